// The demo's cmi5 course in a real browser: a learner opens its units, what they say is kept, the course is finished.
//
// usage: node courses.mjs DEMO_LINE; or courses(browser, demo, check) from another script.
import { chromium } from 'playwright-core';
import { pathToFileURL } from 'node:url';
import { signedIn } from './packages.mjs';

const narrow = (page) => page.evaluate(() => document.documentElement.scrollWidth <= 320);

async function unit(page, course, title) {
  await page.goto(course, { waitUntil: 'load' });
  await page.locator('main').getByRole('link', { name: title, exact: true }).first().click();
  await page.waitForURL('**/units/*');
  await page.locator('main form button').first().click();
  await page.waitForURL('**/launch/content/**', { waitUntil: 'load' });
}

export async function courses(browser, demo, check) {
  const base = demo.url.replace(/\/$/, '');
  const page = await signedIn(browser, demo, 'learner');
  const wrong = [];
  page.on('pageerror', (e) => wrong.push(String(e)));
  await page.goto(`${base}/learn`, { waitUntil: 'load' });
  check('a learner finds the way to courses', await page.locator('a[href$="/learn/courses"]').count() > 0);
  await page.goto(`${base}/learn/courses`, { waitUntil: 'load' });
  await page.getByRole('link', { name: 'Sharing bread' }).click();
  await page.waitForURL('**/learn/courses/*');
  const course = page.url();
  check('a course fits 320 px', await narrow(page));

  await unit(page, course, 'Look');
  await page.locator('#seen').waitFor();
  const cookie = await page.evaluate(() => { try { return document.cookie; } catch (e) { return 'refused'; } });
  check('a unit has none of this site’s cookies', cookie === 'refused' || cookie === '', cookie);
  check('a unit fits 320 px', await narrow(page));
  await page.locator('#seen').click();
  await page.locator('#back').waitFor({ timeout: 10_000 });
  await page.locator('#back').click();
  await page.waitForURL(`${base}/learn/courses/**`, { waitUntil: 'load' });
  check('a unit that was seen is done', (await page.locator('main').innerText()).includes('1 of 2 units done'), await page.locator('main').innerText());

  await unit(page, course, 'Try');
  await page.locator('[name=q1][value="2"]').check();
  await page.locator('[name=q2][value="8"]').check();
  await page.locator('[name=q3][value=half]').check();
  await page.locator('#try button').click();
  await page.locator('#back').waitFor({ timeout: 10_000 });
  const file = page.url().split('?')[0];
  check('a unit tells what was right', (await page.locator('#said').innerText()).includes('3 of 3'));
  await page.goto(`${base}/learn/courses`, { waitUntil: 'load' });
  check('the course is finished', await page.getByText('You have finished this course.').count() === 1, await page.locator('main').innerText());
  check('units run without a word of error', wrong.length === 0, wrong.join('; '));
  await page.context().close();

  // Opened without a launch it says so, in the browser's language.
  const arabic = await browser.newContext({ viewport: { width: 320, height: 640 }, locale: 'ar' });
  const alone = await arabic.newPage();
  await alone.goto(`${file}?unit=try`, { waitUntil: 'load' });
  const facts = await alone.evaluate(() => [document.documentElement.lang, document.documentElement.dir, document.getElementById('said').textContent.length > 10]);
  check('a unit speaks Arabic, and says when it cannot save', facts.join(' ') === 'ar rtl true' && await narrow(alone), facts.join(' '));
  await arabic.close();
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'] });
  let failed = 0;
  await courses(browser, JSON.parse(process.argv[2]), (what, holds, detail = '') => {
    console.log(`${holds ? 'ok' : 'FAILED'} ${what} ${holds ? '' : detail}`);
    failed += holds ? 0 : 1;
  });
  await browser.close();
  process.exit(failed ? 1 : 0);
}
