// H5P files in a real browser: the operator installs the player, a learner answers, the result is on
// the learner's page; the box reaches neither cookies nor this site.
//
// usage: HARAMBEE_BINARY=… HARAMBEE_DATA=… node h5p.mjs DEMO_LINE; or h5p(browser, demo, check) from another script.
import { chromium } from 'playwright-core';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { add, box, signedIn } from './packages.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const player = here('./node_modules/h5p-standalone');
// A file of the H5P Group with all its libraries; it may not be passed on, so it is looked for beside the checkout.
const real = here('../../../shared/samples/h5p/H5P.DragText.h5p');

function operator(...args) {
  return execFileSync(process.env.HARAMBEE_BINARY, ['player', 'h5p', ...args], { env: { ...process.env, HARAMBEE_DATABASE: '' }, encoding: 'utf8' });
}

export async function h5p(browser, demo, check) {
  const base = demo.url.replace(/\/$/, '');
  const teacher = await signedIn(browser, demo, 'teacher');
  const steps = await add(teacher, base, 'steps.h5p', 'Halves and quarters', 'Harambee');
  const drag = fs.existsSync(real) ? await add(teacher, base, real, 'Drag the berries', 'H5P Group') : null;
  const learner = await signedIn(browser, demo, 'learner');
  const wrong = [];
  learner.on('pageerror', (e) => wrong.push(String(e)));
  const see = async (resource) => {
    await learner.goto(resource, { waitUntil: 'load' });
    await learner.locator('main a[href^="/packages/"]').first().click();
    await learner.waitForURL('**/packages/*');
    return learner.url();
  };
  const saved = () => learner.locator('[role=status]', { hasText: 'Saved' }).waitFor({ timeout: 10_000 });

  const contents = await see(steps);
  check('without a player an H5P file says so', await learner.getByText('can install a player').count() === 1, await learner.locator('main').innerText());
  const said = operator(player);
  check('the operator installs the player', /h5p-standalone \d/.test(said), said);
  await learner.goto(contents, { waitUntil: 'load' });
  check('the page of an H5P file fits 320 px', await learner.evaluate(() => document.documentElement.scrollWidth) <= 320);

  // What it says weighs no less than what is fetched.
  let fetched = 0;
  const count = async (r) => { if (r.url().includes('/packages/')) fetched += (await r.request().sizes().catch(() => ({ responseBodySize: 0 }))).responseBodySize; };
  const promised = parseFloat((await learner.getByRole('link', { name: /^Open/ }).innerText()).replace(/\D*(\d+).*/s, '$1')) * 1000;
  learner.on('requestfinished', async (r) => count(await r.response()));
  await learner.getByRole('link', { name: /^Open/ }).click();
  let frame = await box(learner, '~play');
  await frame.getByText('0 of 2 answered').waitFor({ timeout: 10_000 });
  await saved();
  check('an H5P file weighs what its page says', fetched > 30_000 && fetched <= promised + 15_000, `${fetched} bytes, ${promised} said`);
  const seen = await frame.evaluate(async (url) => {
    const tries = { origin: self.origin };
    try { tries.cookie = document.cookie; } catch (e) { tries.cookie = 'refused'; }
    try { tries.site = await (await fetch(url, { credentials: 'include' })).text(); } catch (e) { tries.site = 'refused'; }
    return tries;
  }, `${base}/learn`);
  check('an H5P file reaches neither cookies nor the site', seen.origin === 'null' && seen.cookie === '' && seen.site === 'refused', JSON.stringify(seen).slice(0, 200));
  check('its libraries bring their own looks', await frame.locator('.steps-end').evaluate((e) => getComputedStyle(e).borderTopWidth) === '3px');

  // Left after the first answer, gone on with, answered to the end.
  await frame.getByRole('button', { name: '1/2' }).first().click();
  await frame.getByText('1 of 2 answered').waitFor();
  await learner.waitForTimeout(1_200);
  await learner.goto(contents, { waitUntil: 'load' });
  await learner.getByRole('link', { name: /^Go on where you were/ }).click();
  frame = await box(learner, '~play');
  await frame.getByText('1 of 2 answered').waitFor({ timeout: 10_000 });
  await saved();
  await frame.getByRole('button', { name: '1/4' }).click();
  await frame.getByText('Done: 2 of 2').waitFor();
  await learner.waitForTimeout(1_200);
  await saved();
  await learner.goto(contents, { waitUntil: 'load' });
  let main = await learner.locator('main').innerText();
  check('what an H5P file says is on the learner’s page', /Passed/.test(main) && /Score 100/.test(main), main);

  if (drag) {
    const page = await see(drag);
    await learner.getByRole('link', { name: /^Open/ }).click();
    frame = await box(learner, '~play');
    const words = frame.locator('.h5p-drag-text .ui-draggable');
    await words.first().waitFor({ timeout: 15_000 });
    for (const [n, word] of ['blue', 'red', 'orange'].entries()) {
      const zone = frame.locator('.h5p-drag-dropzone-container').nth(n);
      // A busy machine may let a word fall on its way; whoever drags it tries again.
      for (let tries = 1; !(await zone.getByText(word).count()); tries += 1) {
        if (tries > 5) throw new Error(`${word} does not stay where it was put`);
        await words.filter({ hasText: word }).first().dragTo(zone.locator('.ui-droppable'));
        await learner.waitForTimeout(500);
      }
    }
    await frame.getByRole('button', { name: 'Check' }).click();
    await frame.locator('.h5p-joubelui-score-bar').first().waitFor();
    await learner.waitForTimeout(1_200);
    await saved();
    await learner.goto(page, { waitUntil: 'load' });
    main = await learner.locator('main').innerText();
    check('words are dragged, and count', /Completed/.test(main) && /Score 100/.test(main), main);
  }
  operator('--remove');
  check('H5P files run without a word of error', wrong.length === 0, wrong.join('; '));
  await learner.context().close();
  await teacher.context().close();
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'] });
  let failed = 0;
  await h5p(browser, JSON.parse(process.argv[2]), (what, holds, detail = '') => {
    console.log(`${holds ? 'ok' : 'FAILED'} ${what} ${holds ? '' : detail}`);
    failed += holds ? 0 : 1;
  });
  await browser.close();
  process.exit(failed ? 1 : 0);
}
