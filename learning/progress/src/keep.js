// The page on which somebody decides to keep the week on a phone of their own.
(() => {
  const state = document.getElementById('keep-state');
  const yes = document.getElementById('keep-yes');
  const no = document.getElementById('keep-no');
  if (!('serviceWorker' in navigator) || !window.isSecureContext) return;
  const show = (kept) => {
    state.textContent = kept ? state.dataset.kept : state.dataset.none;
    yes.hidden = false;
    no.hidden = !kept;
  };
  const tell = (worker, what) => new Promise((done) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = (event) => done(event.data);
    worker.postMessage(what, [channel.port2]);
  });
  const now = () => navigator.serviceWorker.getRegistration('/learn');
  yes.addEventListener('click', async () => {
    yes.disabled = true;
    state.textContent = state.dataset.busy;
    await navigator.serviceWorker.register('/learn/worker.js', { scope: '/learn' });
    const ready = await navigator.serviceWorker.ready;
    await tell(ready.active, 'keep');
    yes.disabled = false;
    show(true);
  });
  no.addEventListener('click', async () => {
    const known = await now();
    if (known) {
      await tell(known.active, 'send');
      await tell(known.active, 'forget');
      await known.unregister();
    }
    show(false);
  });
  now().then((known) => {
    if (known && known.active) tell(known.active, 'send');
    show(Boolean(known));
  });
})();
