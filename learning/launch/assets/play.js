/* Beside a package: says whether what it reported is kept, and goes on when it has ended. */
(function () {
  'use strict';
  var frame = document.querySelector('iframe'), says = document.querySelector('[role=status]'), bar = document.body.dataset, going = 0, form = document.querySelector('header form'), waiting = null, open = false;
  function go() { clearTimeout(going); var one = waiting; waiting = null; if (one) one(); }
  // What is open is closed first, so that what it says last is heard before the next part is asked for.
  if (form) form.addEventListener('submit', function (e) {
    if (!open || !e.submitter) return;
    e.preventDefault();
    var button = e.submitter;
    open = false;
    waiting = function () { form.requestSubmit(button); };
    frame.src = 'about:blank';
    going = setTimeout(go, 1500);
  });
  addEventListener('message', function (e) {
    var m = e.data;
    if (e.source !== frame.contentWindow || !m || typeof m.$package !== 'string') return;
    if (m.$package === 'begun') { clearTimeout(going); open = true; says.textContent = ''; }
    if (m.$package === 'saved') says.textContent = bar.saved;
    if (m.$package === 'unsaved') says.textContent = bar.unsaved;
    if (m.$package === 'elsewhere') says.textContent = bar.elsewhere;
    if (m.$package === 'broken') says.textContent = bar.broken + ' ' + String(m.why).slice(0, 200);
    if (m.$package === 'ended') {
      open = false;
      says.textContent = bar.saved;
      if (waiting) { go(); return; }
      var to = bar.now ? bar.now : m.request === 'continue' ? bar.next : m.request === 'previous' ? bar.before : bar.contents;
      if (!m.leaving) going = setTimeout(function () { location.href = to || bar.contents; }, 900);
    }
  });
})();
