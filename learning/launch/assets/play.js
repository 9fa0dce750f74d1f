/* Beside a package: says whether what it reported is kept, and goes on when it has ended. */
(function () {
  'use strict';
  var frame = document.querySelector('iframe'), says = document.querySelector('[role=status]'), bar = document.body.dataset, going = 0;
  addEventListener('message', function (e) {
    var m = e.data;
    if (e.source !== frame.contentWindow || !m || typeof m.$package !== 'string') return;
    if (m.$package === 'begun') { clearTimeout(going); says.textContent = ''; }
    if (m.$package === 'saved') says.textContent = bar.saved;
    if (m.$package === 'unsaved') says.textContent = bar.unsaved;
    if (m.$package === 'elsewhere') says.textContent = bar.elsewhere;
    if (m.$package === 'ended') {
      says.textContent = bar.saved;
      var to = m.request === 'continue' ? bar.next : m.request === 'previous' ? bar.before : bar.contents;
      if (!m.leaving) going = setTimeout(function () { location.href = to || bar.contents; }, 900);
    }
  });
})();
