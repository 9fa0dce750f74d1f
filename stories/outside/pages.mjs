// The demo in a real browser: every kind of page each role can reach, at 320 px, in three
// languages, without scripts, by keyboard, on paper; axe finds no breach of WCAG 2.2 AA.
//
// usage: HARAMBEE_BINARY=… HARAMBEE_DATA=… node pages.mjs DEMO_LINE, the JSON line the demo prints when it is ready;
// the binary and the folder of its data are for what an operator does meanwhile.
import { chromium } from 'playwright-core';
import { createRequire } from 'node:module';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { courses } from './courses.mjs';
import { h5p } from './h5p.mjs';
import { order } from './order.mjs';
import { packages } from './packages.mjs';

const demo = JSON.parse(process.argv[2]);
const base = demo.url.replace(/\/$/, '');
const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const PAGES_MAX = 45; // kinds of pages looked at for each role, beyond those another role has seen
const BYTES_MAX = 60_000; // of a page and its style sheet on the wire, without scripts

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--disable-background-networking'],
});
let passed = 0;
const failures = [];
const check = (what, holds, detail = '') => {
  if (holds) passed += 1;
  else { failures.push(`${what} ${detail}`); console.log(`FAILED ${what} ${detail}`); }
};

// One address stands for all of its kind: identifiers and codes are left out.
const kind = (url) => {
  const u = new URL(url);
  const parts = u.pathname.split('/').map((p) => (/[0-9]/.test(p) || /^[A-Z]/.test(p) ? '·' : p));
  return parts.join('/');
};

async function context(lang, options = {}) {
  return browser.newContext({
    bypassCSP: true, viewport: { width: 320, height: 640 }, locale: lang,
    extraHTTPHeaders: { 'Accept-Language': lang }, ...options,
  });
}

async function signIn(ctx, role) {
  const page = await ctx.newPage();
  if (role !== 'public') {
    await page.goto(demo.sign_in[role], { waitUntil: 'load' });
    await page.locator('main form button').first().click();
    await page.waitForURL(`${base}/**`, { waitUntil: 'load' });
    check(`${role} signs in`, !page.url().includes('/sign-in'), page.url());
  }
  return page;
}

async function look(page, url, lang, name) {
  let response;
  try {
    response = await page.goto(url, { waitUntil: 'load' });
  } catch (error) {
    check(`${name} is a page or a file`, String(error).includes('Download is starting'), String(error));
    return [];
  }
  const status = response ? response.status() : 0;
  check(`${name} answers`, status < 400, `status ${status}`);
  if (status >= 400) return [];
  const type = (response.headers()['content-type'] || '');
  if (!type.startsWith('text/html')) return [];
  const facts = await page.evaluate(() => ({
    lang: document.documentElement.lang, dir: document.documentElement.dir,
    wide: document.documentElement.scrollWidth, h1: document.querySelectorAll('h1').length,
    links: [...document.querySelectorAll('a[href]:not([download])')].map((a) => a.href),
  }));
  check(`${name} speaks its language`, facts.lang === lang && facts.dir === (lang === 'ar' ? 'rtl' : 'ltr'), JSON.stringify(facts).slice(0, 60));
  check(`${name} fits 320 px`, facts.wide <= 320, `${facts.wide} px wide`);
  check(`${name} has one heading`, facts.h1 === 1, String(facts.h1));
  await page.evaluate(axe);
  const found = await page.evaluate((t) => axe.run(document, { runOnly: { type: 'tag', values: t } }), tags);
  const words = found.violations.map((v) => `${v.id} (${v.nodes.length}) ${v.nodes[0].target.join(' ')}`).join('; ');
  check(`${name} axe`, found.violations.length === 0, words);
  return facts.links.filter((l) => l.startsWith(base) && !l.includes('/sign-out') && !/lang=/.test(l) && !/\.(csv|xlsx|json)(\?|$)/.test(l) && !l.includes('/api/'));
}

// What some role has looked at already, by language; each role still opens its own first pages.
const known = new Map();

async function crawl(role, lang, max) {
  const ctx = await context(lang);
  const page = await signIn(ctx, role);
  await page.goto(`${base}/?lang=${lang}`, { waitUntil: 'load' }); // an account may prefer another
  const queue = [`${base}/`, ...(role === 'public' ? [] : [`${base}/inbox`])];
  const seen = new Set();
  if (!known.has(lang)) known.set(lang, new Set());
  const others = known.get(lang);
  while (queue.length && seen.size < max) {
    const url = queue.shift().split('#')[0];
    const own = seen.size < 2;
    if (seen.has(kind(url)) || (!own && others.has(kind(url)))) continue;
    seen.add(kind(url));
    others.add(kind(url));
    queue.push(...await look(page, url, lang, `${role} ${lang} ${new URL(url).pathname}`));
  }
  await ctx.close();
  return seen;
}

async function withoutScripts() {
  const ctx = await context('en', { javaScriptEnabled: false });
  const page = await ctx.newPage();
  for (const where of ['/', '/needs', '/members', '/offers', '/allocation', '/agreements', '/deployments', '/missions', '/figures', '/data', '/sign-in', '/curricula', '/resources', '/learning/lessons', '/learn/sign-in']) {
    let bytes = 0;
    const client = await ctx.newCDPSession(page);
    await client.send('Network.enable');
    await client.send('Network.setCacheDisabled', { cacheDisabled: true });
    client.on('Network.loadingFinished', (e) => { bytes += e.encodedDataLength; });
    const response = await page.goto(base + where, { waitUntil: 'networkidle' });
    check(`without scripts ${where}`, response.status() === 200, String(response.status()));
    check(`bytes of ${where}`, bytes > 0 && bytes <= BYTES_MAX, `${bytes} bytes`);
    console.log(`bytes ${where} ${bytes}`);
    await client.detach();
  }
  await ctx.close();
}

// A child's way on the cheapest telephone: card, home, lesson, question, everything counted once.
async function aChildsWay() {
  const ctx = await context('en', { javaScriptEnabled: false });
  const page = await ctx.newPage();
  const client = await ctx.newCDPSession(page);
  await client.send('Network.enable');
  let bytes = 0;
  let requests = 0;
  client.on('Network.loadingFinished', (e) => { bytes += e.encodedDataLength; requests += e.encodedDataLength > 0 ? 1 : 0; });
  await page.goto(`${base}/learn/sign-in`, { waitUntil: 'networkidle' });
  const entrance = { bytes, requests };
  await page.goto(demo.sign_in.learner, { waitUntil: 'networkidle' });
  await page.locator('main form button').first().click();
  await page.waitForURL(`${base}/learn**`, { waitUntil: 'networkidle' });
  [bytes, requests] = [entrance.bytes, entrance.requests];
  await page.goto(`${base}/learn`, { waitUntil: 'networkidle' });
  await page.locator('main a[href*="/learn/lessons/"]').first().click();
  await page.waitForURL(`${base}/learn/lessons/**`, { waitUntil: 'networkidle' });
  await page.locator('main a[href*="/items/"]').first().click();
  await page.waitForURL(`${base}/learn/lessons/**/items/**`, { waitUntil: 'networkidle' });
  check('a child reaches a question', await page.locator('main form').count() > 0, page.url());
  check('a first visit to a question', bytes <= 45_000 && requests <= 6, `${bytes} bytes, ${requests} requests`);
  console.log(`bytes of a first visit to a question ${bytes} in ${requests} requests`);
  await ctx.clearCookies();
  await ctx.close();
}

async function byKeyboard() {
  const ctx = await context('en');
  const page = await ctx.newPage();
  await page.goto(`${base}/sign-in`, { waitUntil: 'load' });
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => document.activeElement.getAttribute('href'));
  check('the first stop skips to the content', (first || '').startsWith('#'), String(first));
  const stops = new Set();
  for (let i = 0; i < 60; i += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const e = document.activeElement;
      const s = getComputedStyle(e);
      return { name: e.name || e.tagName, seen: s.outlineStyle !== 'none' || s.boxShadow !== 'none' };
    });
    stops.add(stop.name);
    check(`focus is seen on ${stop.name}`, stop.seen || stop.name === 'BODY');
    if (stop.name === 'password') break;
  }
  check('the keyboard reaches the password', stops.has('password'), [...stops].join(' '));
  await page.focus('[name=email]');
  await page.keyboard.type('nobody@example.org');
  const answered = page.waitForEvent('load');
  await page.keyboard.press('Enter');
  await answered;
  check('a refused form says so', await page.locator('#errors, [role=alert]').count() > 0);
  await ctx.close();
}

async function onPaper() {
  const ctx = await context('en');
  const page = await ctx.newPage();
  await page.goto(`${base}/needs`, { waitUntil: 'load' });
  const file = path.join(os.tmpdir(), `needs-${process.pid}.pdf`);
  await page.pdf({ path: file, format: 'A4' });
  check('prints', fs.statSync(file).size > 1000);
  fs.unlinkSync(file);
  await ctx.close();
}

const roles = ['public', ...Object.keys(demo.sign_in)];
for (const role of roles) {
  const kinds = await crawl(role, 'en', PAGES_MAX);
  console.log(`${role}: ${kinds.size} kinds of pages`);
}
const speakers = ['public', 'authority_focal_point', 'member_focal_point', 'secretariat_officer', 'teacher', 'learner'];
for (const lang of ['fr', 'ar']) for (const role of speakers) await crawl(role, lang, 10);
await withoutScripts();
await aChildsWay();
await byKeyboard();
await onPaper();
await packages(browser, demo, check);
await h5p(browser, demo, check);
await order(browser, demo, check);
await courses(browser, demo, check);
await browser.close();
for (const failure of failures) console.log(`FAILED ${failure}`);
console.log(`pages: ${passed} passed, ${failures.length} failed`);
process.exit(failures.length ? 1 : 0);
