// Keeps this week's lessons on a phone of one's own and sends answers later. Nothing here is needed:
// every page works without it.
const KEPT = 'harambee-week-1';
const open = () => new Promise((yes, no) => {
  const ask = indexedDB.open('harambee-answers', 1);
  ask.onupgradeneeded = () => ask.result.createObjectStore('answers', { autoIncrement: true });
  ask.onsuccess = () => yes(ask.result);
  ask.onerror = () => no(ask.error);
});
const store = async (mode, run) => {
  const db = await open();
  return new Promise((yes, no) => {
    const tx = db.transaction('answers', mode);
    const ask = run(tx.objectStore('answers'));
    tx.oncomplete = () => { db.close(); yes(ask && ask.result); };
    tx.onerror = tx.onabort = () => { db.close(); no(tx.error); };
  });
};
const isPage = (path) => path === '/learn' || path.startsWith('/learn/lessons/') || path === '/learn/kept';
const isFixed = (path) => path.startsWith('/assets/') || /^\/resources\/[^/]+\/files\//.test(path);
const isAnswer = (path) => /^\/learn\/lessons\/[^/]+\/items\/\d+$/.test(path);

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

// A page that leads to the sign-in belongs to nobody and is not kept.
const keep = async (request, answer) => {
  if (answer.ok && !answer.redirected && answer.type === 'basic') {
    const cache = await caches.open(KEPT);
    await cache.put(request, answer.clone());
  }
  return answer;
};
const page = async (request) => {
  try {
    const answer = await keep(request.url.split('?')[0], await fetch(request));
    send();
    return answer;
  } catch (gone) {
    const kept = await caches.match(request, { ignoreSearch: true });
    if (kept) return kept;
    throw gone;
  }
};
const fixed = async (request) => (await caches.match(request)) || keep(request, await fetch(request));

// An answer that cannot be sent is written down with the time it was made.
const answer = async (request) => {
  const copy = request.clone();
  try {
    return await fetch(request);
  } catch (gone) {
    const body = `${await copy.text()}&made_at=${Date.now()}`;
    await store('readwrite', (all) => all.add({ url: copy.url, body }));
    if (self.registration.sync) await self.registration.sync.register('answers').catch(() => {});
    return (await caches.match('/learn/kept')) || Response.redirect('/learn', 303);
  }
};

// Sends what was written down, in order. The server knows an answer it has by what it answers.
let sending = null;
const send = () => (sending = sending || really().catch(() => {}).finally(() => { sending = null; }));
const really = async () => {
  const keys = await store('readonly', (all) => all.getAllKeys());
  for (const key of keys) {
    const one = await store('readonly', (all) => all.get(key));
    const said = await fetch(one.url, {
      method: 'POST',
      body: one.body,
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-kept': '1' },
      credentials: 'same-origin',
      redirect: 'manual',
    });
    // Not signed in, or somebody else is: it waits for its own learner.
    if (![204, 404, 422].includes(said.status)) return;
    await store('readwrite', (all) => all.delete(key));
  }
};

// Fetches the week: the home page, its lessons, their questions, what they show.
const week = async () => {
  const seen = new Set(['/learn', '/learn/kept']);
  const queue = [...seen];
  while (queue.length && seen.size < 400) {
    const path = queue.shift();
    const got = await fetch(path, { credentials: 'same-origin' });
    await keep(path, got.clone());
    if (!(got.headers.get('content-type') || '').startsWith('text/html')) continue;
    const text = await got.text();
    for (const [, link] of text.matchAll(/(?:href|src)="([^"#?]+)"/g)) {
      const inside = link.startsWith('/learn/lessons/') || isFixed(link);
      if (inside && !seen.has(link)) { seen.add(link); queue.push(link); }
    }
  }
  return seen.size;
};
const forget = () => caches.delete(KEPT);

self.addEventListener('message', (event) => {
  const back = (said) => event.ports[0] && event.ports[0].postMessage(said);
  const work = event.data === 'keep' ? week() : event.data === 'forget' ? forget() : send();
  event.waitUntil(Promise.resolve(work).then(() => back('done'), () => back('failed')));
});
self.addEventListener('sync', (event) => event.waitUntil(send()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === 'POST') {
    if (isAnswer(url.pathname)) event.respondWith(answer(request));
    else if (url.pathname.endsWith('/sign-out')) event.waitUntil(forget());
    return;
  }
  if (request.method !== 'GET') return;
  if (isPage(url.pathname)) event.respondWith(page(request));
  else if (isFixed(url.pathname) && !request.headers.has('range')) event.respondWith(fixed(request));
});
