// Real packages in a real browser: a teacher adds them, a learner opens them, what they report is
// kept and comes back; neither reaches this site's cookies.
//
// usage: node packages.mjs DEMO_LINE; or packages(browser, demo, check) from another script.
import { chromium } from 'playwright-core';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const files = fileURLToPath(new URL('../../learning/launch/tests/files/', import.meta.url));

export async function signedIn(browser, demo, role) {
  const ctx = await browser.newContext({ viewport: { width: 320, height: 640 }, locale: 'en', extraHTTPHeaders: { 'Accept-Language': 'en' } });
  const page = await ctx.newPage();
  await page.goto(demo.sign_in[role], { waitUntil: 'load' });
  await page.locator('main form button').first().click();
  await page.waitForURL(`${demo.url.replace(/\/$/, '')}/**`, { waitUntil: 'load' });
  return page;
}

// A school's own material is usable there at once.
export async function add(page, base, file, title, credit = 'Rustici Software') {
  await page.goto(`${base}/resources/new`, { waitUntil: 'load' });
  const owner = page.locator('[name=resource_owner]').first();
  if ((await owner.getAttribute('type')) === 'radio') await owner.check();
  else if (await owner.count()) {
    const own = await owner.locator('option').evaluateAll((all) => all.map((o) => o.value).filter(Boolean));
    await owner.selectOption(own.find((v) => v.length > 2) || own[0]);
  }
  await page.setInputFiles('input[type=file]', path.resolve(files, file));
  const fill = async (name, value) => {
    const field = page.locator(`[name=${name}]`).first();
    if (!(await field.count())) return;
    const tag = await field.evaluate((e) => e.tagName);
    if (tag === 'SELECT') await field.selectOption(value); else await field.fill(value);
  };
  await fill('names_en', title);
  const english = page.locator('[name=resource_languages][value=en]');
  if (await english.count()) await english.check(); else await fill('other_languages', 'en');
  await fill('school_subject', 'mathematics');
  await fill('grade_from', '1');
  await fill('grade_to', '12');
  await fill('resource_licence', 'CC-BY-4.0');
  await fill('resource_credit', credit);
  await page.locator('main form summary').first().click();
  await fill('resource_source', 'https://scorm.com');
  await page.locator('main form').filter({ has: page.locator('input[type=file]') }).locator('button[type=submit], button:not([type])').last().click();
  await page.waitForLoadState('load');
  return page.url().split('?')[0];
}

export const box = async (page, part) => {
  for (let i = 0; i < 100; i += 1) {
    const found = page.frames().find((f) => f.url().includes(part));
    if (found) { await found.waitForLoadState('load'); return found; }
    await page.waitForTimeout(50);
  }
  throw new Error(`no frame of ${part} in ${page.frames().map((f) => f.url()).join(' ')}`);
};

export async function packages(browser, demo, check) {
  const base = demo.url.replace(/\/$/, '');
  const teacher = await signedIn(browser, demo, 'teacher');
  const old = await add(teacher, base, 'golf-scorm-1.2.zip', 'Golf, the older version');
  const recent = await add(teacher, base, 'golf-scorm-2004.zip', 'Golf, the newer version');
  check('a teacher adds packages', /\/resources\/[0-9a-f-]{36}$/.test(old) && /\/resources\/[0-9a-f-]{36}$/.test(recent), `${old} ${recent}`);
  const learner = await signedIn(browser, demo, 'learner');
  const wrong = [];
  learner.on('pageerror', (e) => wrong.push(String(e)));
  learner.on('dialog', (d) => { if (d.type() === 'alert') wrong.push(d.message()); d.accept(); });

  // The older version: many parts; the quiz marks itself.
  await learner.goto(old, { waitUntil: 'load' });
  await learner.locator('main a[href^="/packages/"]').first().click();
  await learner.waitForURL('**/packages/*');
  const contents = learner.url();
  check('the contents fit 320 px', await learner.evaluate(() => document.documentElement.scrollWidth) <= 320);
  await learner.getByRole('link', { name: 'How to Play' }).click();
  let frame = await box(learner, 'Playing/Playing.html');
  await learner.locator('[role=status]', { hasText: 'Saved' }).waitFor({ timeout: 10_000 });
  const seen = await frame.evaluate(() => {
    const tries = {};
    try { tries.cookie = document.cookie; } catch (e) { tries.cookie = 'refused'; }
    try { tries.top = String(window.top.document.title); } catch (e) { tries.top = 'refused'; }
    tries.origin = self.origin;
    return tries;
  });
  check('a package reaches neither cookies nor the page around it', seen.cookie === '' && seen.top === 'refused' && seen.origin === 'null', JSON.stringify(seen));
  const stolen = await frame.evaluate(async (url) => {
    try { const r = await fetch(url, { credentials: 'include' }); return await r.text(); } catch (e) { return 'refused'; }
  }, `${base}/learn`);
  check('a package cannot read this site', stolen === 'refused', stolen.slice(0, 60));
  await learner.goto(contents, { waitUntil: 'load' });
  await learner.waitForTimeout(500);
  await learner.reload({ waitUntil: 'load' });
  check('a part that was looked at counts', await learner.getByText('Completed').count() > 0, await learner.locator('main').innerText());
  await learner.getByRole('link', { name: 'Playing Golf Quiz' }).click();
  frame = await box(learner, 'assessmenttemplate.html');
  check('the parameters of a part reach it', frame.url().includes('questions=Playing'));

  // The newer version: pages in a frame of the package's own, a bookmark, a test that reports to it.
  await learner.goto(recent, { waitUntil: 'load' });
  await learner.locator('main a[href^="/packages/"]').first().click();
  await learner.waitForURL('**/packages/*');
  const second = learner.url();
  await learner.locator('main a[href$="/units/1"]').first().click();
  frame = await box(learner, 'launchpage.html');
  await frame.locator('#butNext').click();
  await frame.locator('#butNext').click();
  await box(learner, 'Playing/Scoring.html');
  await learner.locator('[role=status]', { hasText: 'Saved' }).waitFor({ timeout: 15_000 });
  await learner.goto(second, { waitUntil: 'load' });
  await learner.waitForTimeout(700);
  await learner.reload({ waitUntil: 'load' });
  check('what was begun can be gone on with', await learner.getByText('Go on where you were').count() === 1, await learner.locator('main').innerText());
  await learner.locator('main a[href$="/units/1"]').first().click();
  frame = await box(learner, 'launchpage.html');
  await box(learner, 'Playing/Scoring.html').then(() => check('the bookmark came back', true), (e) => check('the bookmark came back', false, String(e)));
  for (let i = 0; i < 12; i += 1) await frame.locator('#butNext').click();
  const test = await box(learner, 'assessmenttemplate.html');
  await test.locator('input[type=button], input[type=submit]').last().click();
  await learner.waitForTimeout(400);
  await frame.locator('#butExit').click();
  await learner.waitForURL(second, { timeout: 15_000 });
  const main = await learner.locator('main').innerText();
  check('a test inside reports its score', /Not passed|Passed/.test(main) && /Score/.test(main), main);
  check('packages run without a word of error', wrong.length === 0, wrong.join('; '));
  await learner.context().close();
  await teacher.context().close();
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'] });
  let failed = 0;
  await packages(browser, JSON.parse(process.argv[2]), (what, holds, detail = '') => {
    console.log(`${holds ? 'ok' : 'FAILED'} ${what} ${holds ? '' : detail}`);
    failed += holds ? 0 : 1;
  });
  await browser.close();
  process.exit(failed ? 1 : 0);
}
