// A package of SCORM 2004 with an order of its own, in a real browser: what is not open yet stays closed,
// the page's buttons and the package's own wishes lead on, and at its end the whole is passed.
//
// usage: order(browser, demo, check) from another script.
import { add, box, signedIn } from './packages.mjs';

export async function order(browser, demo, check) {
  const base = demo.url.replace(/\/$/, '');
  const teacher = await signedIn(browser, demo, 'teacher');
  const resource = await add(teacher, base, 'in-order-scorm-2004.zip', 'Safe water, step by step', 'Safe water');
  const learner = await signedIn(browser, demo, 'learner');
  const wrong = [];
  learner.on('pageerror', (e) => wrong.push(String(e)));
  await learner.goto(resource, { waitUntil: 'load' });
  await learner.locator('main a[href^="/packages/"]').first().click();
  await learner.waitForURL('**/packages/*');
  const contents = learner.url();
  const main = () => learner.locator('main').innerText();
  const opens = () => learner.getByRole('button', { name: /^Open / }).evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
  const pass = async (frame) => {
    await frame.locator('#done').click();
    await learner.locator('[role=status]', { hasText: 'Saved' }).waitFor({ timeout: 10_000 });
  };
  check('a package in order fits 320 px', await learner.evaluate(() => document.documentElement.scrollWidth) <= 320);
  check('only the first part opens', (await opens()).join() === 'Open Boil the water', (await opens()).join());

  // A part that is not passed leads nowhere; once it is passed the page's own button leads on.
  await learner.getByRole('button', { name: 'Begin' }).click();
  let frame = await box(learner, 'boil.html');
  check('nothing leads on from what is not passed', await learner.getByRole('button', { name: 'Next' }).count() === 0);
  await pass(frame);
  await learner.reload({ waitUntil: 'load' });
  frame = await box(learner, 'boil.html');
  await learner.getByRole('button', { name: 'Next' }).click();
  frame = await box(learner, 'cool.html');

  // What was left is gone on with, and the package may ask for the next part itself.
  await learner.getByRole('button', { name: 'Leave and go on later' }).click();
  await learner.waitForURL(contents);
  check('what was left is offered again', /Go on/.test(await main()), await main());
  await learner.getByRole('button', { name: /^Go on/ }).click();
  frame = await box(learner, 'cool.html');
  await pass(frame);
  await frame.locator('#on').click();
  frame = await box(learner, 'keep.html');
  await pass(frame);
  await learner.goto(contents, { waitUntil: 'load' });
  await learner.getByRole('button', { name: 'End everything' }).click();
  await learner.waitForURL(contents);
  check('the whole is passed', /The whole package: Passed/i.test((await main()).replace(/\s+/g, ' ')), await main());
  check('a package in order runs without a word of error', wrong.length === 0, wrong.join('; '));
  await learner.context().close();
  await teacher.context().close();
}
