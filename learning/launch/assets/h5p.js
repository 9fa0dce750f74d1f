/* Plays an H5P file inside the box with the player that whoever runs the node has installed, and reports
   what its events say of the learner's work. */
(function () {
  'use strict';
  var given = window.$package && window.$package.h5p;
  if (!given) return;
  var shell = window.parent, heard = ['answered', 'completed', 'passed', 'failed', 'mastered'];
  var session = given.session, begun = 0, counted = 0, number = 0, over = false;
  var waiting = [], state = given.state || '', held = state, flying = false, timer = 0, lost = 0;
  function tell(message) { shell.postMessage(message, '*'); }
  function broken(why) { tell({ $package: 'broken', why: String((why && why.message) || why || '') }); }
  function later(ms) { clearTimeout(timer); timer = setTimeout(function () { send(false); }, ms); }

  // ---- reports go one after the other; what is not acknowledged goes with the next one
  function send(leaving) {
    clearTimeout(timer);
    if (!given.recorded || (flying && !leaving)) return;
    var of = waiting.length ? waiting[0].session : session;
    var sent = waiting.filter(function (one) { return one.session === of; });
    var set = {}, kept = held;
    if (begun !== of) set['cmi.begun'] = 'true';
    if (of === session && !over && kept !== state) { set['cmi.suspend_data'] = kept; set['cmi.exit'] = 'suspend'; }
    if (sent.some(function (one) { return one.event.whole; })) over = true;
    else if (!sent.length && !Object.keys(set).length) return;
    var body = JSON.stringify({ session: of, number: ++number, set: set, events: sent.map(function (one) { return one.event; }), end: false });
    flying = true;
    fetch(given.to, { method: 'POST', body: body, mode: 'cors', credentials: 'omit', keepalive: body.length < 60000 }).then(function (r) {
      flying = false;
      if (r.status === 409) { given.recorded = false; tell({ $package: 'elsewhere' }); return; }
      if (!r.ok) throw new Error(String(r.status));
      lost = 0;
      begun = of;
      if (set['cmi.suspend_data'] !== undefined) state = kept;
      waiting = waiting.filter(function (one) { return sent.indexOf(one) < 0; });
      tell({ $package: 'saved' });
      if (waiting.length) later(200);
    }).catch(function () {
      flying = false;
      tell({ $package: 'unsaved' });
      if (lost++ < 30) later(Math.min(60000, 2000 * lost));
    });
  }

  // ---- what the program says
  function first(names) { for (var lang in names || {}) return String(names[lang]); return ''; }
  function hear(e) {
    var said = e && e.data && e.data.statement;
    if (!said || !said.verb) return;
    setTimeout(look, 2000);
    var verb = String(said.verb.id).split('/').pop();
    if (heard.indexOf(verb) < 0) return;
    var about = (said.object && said.object.definition) || {}, more = about.extensions || {};
    var above = said.context && said.context.contextActivities && said.context.contextActivities.parent;
    var part = more['http://h5p.org/x-api/h5p-subContentId'] || (above && above.length !== 0 ? 'part' : '');
    // What is said after the whole was judged belongs to another try.
    if (over) { session += 1; over = false; }
    waiting.push({ session: session, event: { n: ++counted, verb: verb, part: part, whole: !part, name: first(about.name), result: said.result || {} } });
    later(700);
  }
  // How far the learner has come: as the program itself describes it.
  function look() {
    var one = window.H5P && window.H5P.instances && window.H5P.instances[0];
    if (over || !one || typeof one.getCurrentState !== 'function') return;
    try {
      var now = one.getCurrentState();
      if (now !== undefined) held = JSON.stringify(now);
    } catch (e) { return; }
    if (held !== state && !waiting.length) later(3000);
  }
  function leave() { look(); send(true); }
  window.addEventListener('pagehide', leave);
  document.addEventListener('visibilitychange', function () { if (document.visibilityState === 'hidden') leave(); });

  if (!window.H5PStandalone) { broken('main.bundle.js'); return; }
  new window.H5PStandalone.H5P(document.getElementById('h5p'), {
    id: 'unit', h5pJsonPath: given.at, frameJs: given.player + '/frame.bundle.js', frameCss: given.player + '/styles/h5p.css',
    embedType: 'div', frame: true, copyright: true, icon: false, fullScreen: true, reportingIsEnabled: true,
    // The core hands a state back only where it believes to save it; without a user it sends none itself.
    saveFreq: 86400, contentUserData: state ? [{ state: state }] : undefined
  }).then(function () {
    if (!window.H5P || !window.H5P.externalDispatcher) { broken('frame.bundle.js'); return; }
    window.H5P.externalDispatcher.on('xAPI', hear);
    tell({ $package: 'begun' });
    later(500);
  }).catch(broken);
})();
