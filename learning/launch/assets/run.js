/* What a package finds in the browser: the run-time of SCORM 1.2 and 2004 in its own window, and
   stores that forget. It runs inside the box with the package and can do no more than the package. */
(function () {
  'use strict';
  var given = window.$package;
  if (!given) return;

  // ---- where this page stands: the package's own first frame, a frame inside it, or a window it opened
  var above = window;
  while (above.parent !== above && above.parent !== above.top) above = above.parent;
  if (above === window && window.parent === window && window.opener) {
    above = window.opener;
    while (above.parent !== above && above.parent !== above.top) above = above.parent;
  }
  var root = above === window, shell = above.parent;
  function tell(to, message) { try { to.postMessage(message, '*'); } catch (e) { /* gone */ } }

  // ---- a box has no cookies and no store: these forget when the page goes
  function forgetful() {
    var kept = {};
    return {
      getItem: function (k) { return Object.prototype.hasOwnProperty.call(kept, k) ? kept[k] : null; },
      setItem: function (k, v) { kept[k] = String(v); },
      removeItem: function (k) { delete kept[k]; },
      clear: function () { kept = {}; },
      key: function (n) { var all = Object.keys(kept); return n < all.length ? all[n] : null; },
      get length() { return Object.keys(kept).length; }
    };
  }
  ['localStorage', 'sessionStorage'].forEach(function (name) {
    try { if (window[name]) return; } catch (e) { /* refused: that is the box */ }
    try { Object.defineProperty(window, name, { value: forgetful(), configurable: true }); } catch (e) { /* as it is */ }
  });
  try { document.cookie; } catch (refused) {
    var jar = {};
    Object.defineProperty(document, 'cookie', {
      configurable: true,
      get: function () { return Object.keys(jar).map(function (k) { return k + '=' + jar[k]; }).join('; '); },
      set: function (line) {
        var pair = String(line).split(';')[0].split('=');
        jar[pair.shift().trim()] = pair.join('=');
      }
    });
  }

  // ---- frames of one package cannot look into each other in the box: calls go by message
  window.addEventListener('message', function (e) {
    var m = e.data;
    if (!m || typeof m.$package !== 'string' || e.source === window) return;
    if (m.$package === 'call' && typeof window[m.name] === 'function') window[m.name].apply(window, m.args || []);
    if (m.$package === 'put') window[m.name] = m.value;
    if (m.$package === 'api' && api && root && names.indexOf(m.name) >= 0) api[m.name].apply(api, m.args || []);
    if (m.$package === 'hello' && root) tell(e.source, { $package: 'state', data: data, phase: phase });
    if (m.$package === 'state' && e.source === above && !root) { data = m.data; phase = m.phase; }
  });
  // Many packages look for the functions in their parent's window first: what stands there for the parent
  // has them, and passes calls of everything else on to the frame above, as long as that is the package's.
  function standFor(above, ours) {
    var self = new Proxy(function () {}, {
      get: function (_, name) {
        if (name === 'API' || name === 'API_1484_11') return window[name];
        if (name === 'parent') {
          var up = above.parent;
          return !ours || up === above ? self : standFor(up, up !== above.top);
        }
        if (['top', 'self', 'window', 'location', 'frames', 'length', 'closed', 'opener'].indexOf(name) >= 0) return above[name];
        if (name === 'postMessage') return function (m, o) { above.postMessage(m, o || '*'); };
        if (typeof name !== 'string' || !ours) return undefined;
        return function () { tell(above, { $package: 'call', name: name, args: Array.prototype.slice.call(arguments).map(plain) }); };
      },
      set: function (_, name, value) {
        if (ours) tell(above, { $package: 'put', name: name, value: plain(value) });
        return true;
      }
    });
    return self;
  }
  if (window.parent !== window && typeof Proxy === 'function') {
    var outer = window.parent;
    try { outer.document; } catch (apart) {
      var stand = standFor(outer, outer !== outer.top);
      try { Object.defineProperty(window, 'parent', { configurable: true, get: function () { return stand; } }); } catch (e) { /* as it is */ }
    }
  }
  function plain(value) { try { return JSON.parse(JSON.stringify(value)); } catch (e) { return undefined; } }

  // ---- the data model: what each element may hold
  var new4 = given.version === '2004';
  var data = {}, phase = 'new', last = 0, dirty = {}, number = 0, flying = false, timer = 0, leaving = false, lost = 0;
  var names = new4
    ? ['Initialize', 'Terminate', 'GetValue', 'SetValue', 'Commit', 'GetLastError', 'GetErrorString', 'GetDiagnostic']
    : ['LMSInitialize', 'LMSFinish', 'LMSGetValue', 'LMSSetValue', 'LMSCommit', 'LMSGetLastError', 'LMSGetErrorString', 'LMSGetDiagnostic'];
  var api = null;
  if (!given.version) return;

  var TYPE = new4 ? 406 : 405, RANGE = new4 ? 407 : 405;
  function words(list) { list = list.split('|'); return function (v) { return list.indexOf(v) < 0 ? TYPE : 0; }; }
  function text(most) { return function (v) { return Array.from(v).length > most ? TYPE : 0; }; }
  function like(pattern) { return function (v) { return pattern.test(v) ? 0 : TYPE; }; }
  function real(low, high, blank) {
    return function (v) {
      if (v === '' && blank) return 0;
      if (!/^-?(\d+(\.\d*)?|\.\d+)$/.test(v)) return TYPE;
      return Number(v) < low || Number(v) > high ? RANGE : 0;
    };
  }
  function either() {
    var all = arguments;
    return function (v) {
      for (var i = 0; i < all.length; i++) if (!all[i](v)) return 0;
      return TYPE;
    };
  }
  function localized(most) {
    return function (v) {
      var tag = /^\{lang=([^}]*)\}/.exec(v);
      if (tag && tag[1] && !/^([a-zA-Z]{2,3}|i|x)(-[a-zA-Z0-9]{2,8})*$/.test(tag[1])) return TYPE;
      return Array.from(tag ? v.slice(tag[0].length) : v).length > most ? TYPE : 0;
    };
  }
  var identifier = new4
    ? function (v) {
      if (!v || !v.trim() || /\s/.test(v) || v.length > 4000) return TYPE;
      return /^urn:/i.test(v) && !/^urn:[a-z0-9][-a-z0-9]{1,31}:\S+$/i.test(v) ? TYPE : 0;
    }
    : like(/^[\u0021-\u007E\s]{1,255}$/);
  var any = Infinity, unsigned = real(0, any);
  var span = new4
    ? function (v) {
      return /^P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?)?$/.test(v) ? 0 : TYPE;
    }
    : like(/^\d{2,4}:\d{2}:\d{2}(\.\d{1,2})?$/);
  var moment4 = function (v) {
    var m = /^(\d{4})(-(\d{2})(-(\d{2})(T(\d{2})(:(\d{2})(:(\d{2})(\.\d{1,2}(Z|[+-]\d{2}(:\d{2})?)?)?)?)?)?)?)?$/.exec(v);
    if (!m) return TYPE;
    var ok = m[1] >= '1970' && m[1] <= '2038' && (!m[3] || (m[3] >= 1 && m[3] <= 12)) && (!m[5] || (m[5] >= 1 && m[5] <= 31)) &&
      (!m[7] || m[7] <= 23) && (!m[9] || m[9] <= 59) && (!m[11] || m[11] <= 59);
    return ok ? 0 : TYPE;
  };
  var time12 = like(/^([01]?\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,2})?$/);
  var language = like(/^([a-zA-Z]{2,3}|i|x)?(-[a-zA-Z0-9-]{2,8})*$/);
  var completion = words('completed|incomplete|not attempted|unknown'), success = words('passed|failed|unknown');
  var status12 = words('passed|completed|failed|incomplete|browsed');
  var kinds = new4 ? 'true-false|choice|fill-in|long-fill-in|likert|matching|performance|sequencing|numeric|other'
    : 'true-false|choice|fill-in|matching|performance|sequencing|likert|numeric';

  // An answer must have the form its interaction's type asks for.
  function answered(v, element, pattern) {
    var kind = data[element.replace(/\.(learner_response|correct_responses\.\d+\.pattern)$/, '.type')];
    if (!kind) return 408;
    var id = '[^\\s\\[\\]]{1,250}', lead = '(\\{(lang=[^}]*|case_matters=(true|false)|order_matters=(true|false))\\})*';
    var forms = {
      'true-false': /^(true|false)$/,
      likert: new RegExp('^' + id + '$'),
      choice: new RegExp('^(' + id + '(\\[,\\]' + id + ')*)?$'),
      sequencing: new RegExp('^' + id + '(\\[,\\]' + id + ')*$'),
      matching: new RegExp('^(' + id + '\\[\\.\\]' + id + '(\\[,\\]' + id + '\\[\\.\\]' + id + ')*)?$'),
      numeric: pattern ? /^(-?\d*\.?\d*)?\[:\](-?\d*\.?\d*)?$/ : /^-?(\d+(\.\d*)?|\.\d+)$/,
      performance: new RegExp('^' + lead + '[\\s\\S]+$'),
      'fill-in': new RegExp('^' + lead + '[\\s\\S]*$'),
      'long-fill-in': new RegExp('^' + lead + '[\\s\\S]{0,4000}$')
    };
    return !forms[kind] || forms[kind].test(v) ? 0 : TYPE;
  }

  // element: [r, w or rw; what it may hold; what it is before anybody sets it]
  var T = {};
  function put(prefix, list) { Object.keys(list).forEach(function (k) { T[prefix + k] = list[k]; }); }
  var facts = given.facts || {};
  if (new4) {
    var score4 = { 'score._children': ['k', 'scaled,raw,min,max'], 'score.scaled': ['rw', real(-1, 1)], 'score.raw': ['rw', real(-any, any)], 'score.min': ['rw', real(-any, any)], 'score.max': ['rw', real(-any, any)] };
    put('cmi.', {
      _version: ['k', '1.0'], 'comments_from_learner._children': ['k', 'comment,timestamp,location'], 'comments_from_learner._count': ['c'],
      'comments_from_learner.n.comment': ['rw', localized(4000)], 'comments_from_learner.n.location': ['rw', text(250)], 'comments_from_learner.n.timestamp': ['rw', moment4],
      'comments_from_lms._children': ['k', 'comment,timestamp,location'], 'comments_from_lms._count': ['c'],
      'comments_from_lms.n.comment': ['r'], 'comments_from_lms.n.location': ['r'], 'comments_from_lms.n.timestamp': ['r'],
      completion_status: ['rw', completion, 'unknown'], completion_threshold: ['r', 0, facts.threshold], credit: ['r', 0, facts.credit], entry: ['r', 0, facts.entry],
      exit: ['w', words('time-out|suspend|logout|normal|')], launch_data: ['r', 0, facts.launch], learner_id: ['r', 0, facts.learner], learner_name: ['r', 0, facts.name],
      'interactions._children': ['k', 'id,type,objectives,timestamp,correct_responses,weighting,learner_response,result,latency,description'], 'interactions._count': ['c'],
      'interactions.n.id': ['rw', identifier], 'interactions.n.type': ['rw', words(kinds)], 'interactions.n.objectives._count': ['c'], 'interactions.n.objectives.n.id': ['rw', identifier],
      'interactions.n.timestamp': ['rw', moment4], 'interactions.n.correct_responses._count': ['c'], 'interactions.n.correct_responses.n.pattern': ['rw', function (v, e) { return answered(v, e, true); }],
      'interactions.n.weighting': ['rw', real(-any, any)], 'interactions.n.learner_response': ['rw', function (v, e) { return answered(v, e, false); }],
      'interactions.n.result': ['rw', either(words('correct|incorrect|unanticipated|neutral'), real(-any, any))], 'interactions.n.latency': ['rw', span], 'interactions.n.description': ['rw', localized(250)],
      'learner_preference._children': ['k', 'audio_level,language,delivery_speed,audio_captioning'], 'learner_preference.audio_level': ['rw', unsigned, '1'],
      'learner_preference.language': ['rw', language, ''], 'learner_preference.delivery_speed': ['rw', unsigned, '1'], 'learner_preference.audio_captioning': ['rw', words('-1|0|1'), '0'],
      location: ['rw', text(1000)], max_time_allowed: ['r', 0, facts.longest], mode: ['r', 0, facts.mode],
      'objectives._children': ['k', 'id,score,success_status,completion_status,progress_measure,description'], 'objectives._count': ['c'], 'objectives.n.id': ['rw', identifier],
      'objectives.n.success_status': ['rw', success, 'unknown'], 'objectives.n.completion_status': ['rw', completion, 'unknown'], 'objectives.n.progress_measure': ['rw', real(0, 1)], 'objectives.n.description': ['rw', localized(250)],
      progress_measure: ['rw', real(0, 1)], scaled_passing_score: ['r', 0, facts.mastery], session_time: ['w', span], success_status: ['rw', success, 'unknown'],
      suspend_data: ['rw', text(64000)], time_limit_action: ['r', 0, facts.limit || 'continue,no message'], total_time: ['r', 0, facts.total]
    });
    put('cmi.', score4);
    put('cmi.objectives.n.', score4);
    put('adl.nav.', { request: ['rw', like(/^(continue|previous|exit|exitAll|abandon|abandonAll|suspendAll|_none_|\{target=[^}]+\}(choice|jump))$/), '_none_'], 'request_valid.continue': ['r', 0, facts.next], 'request_valid.previous': ['r', 0, facts.before] });
    put('adl.data.', { _children: ['k', 'id,store'], _count: ['c'], 'n.id': ['r', 0], 'n.store': ['rw', text(64000)] });
  } else {
    var score12 = { 'score._children': ['k', 'raw,min,max'], 'score.raw': ['rw', real(0, 100, true), ''], 'score.max': ['rw', real(0, 100, true), ''], 'score.min': ['rw', real(0, 100, true), ''] };
    put('cmi.', {
      _version: ['k', '3.4'], 'core._children': ['k', 'student_id,student_name,lesson_location,credit,lesson_status,entry,score,total_time,lesson_mode,exit,session_time'],
      'core.student_id': ['r', 0, facts.learner], 'core.student_name': ['r', 0, facts.name], 'core.lesson_location': ['rw', text(255), ''], 'core.credit': ['r', 0, facts.credit],
      'core.lesson_status': ['rw', status12, 'not attempted'], 'core.entry': ['r', 0, facts.entry], 'core.total_time': ['r', 0, facts.total], 'core.lesson_mode': ['r', 0, facts.mode],
      'core.exit': ['w', words('time-out|suspend|logout|normal|')], 'core.session_time': ['w', span], suspend_data: ['rw', text(4096), ''], launch_data: ['r', 0, facts.launch || ''],
      comments: ['rw', text(4096), ''], comments_from_lms: ['r', 0, ''], 'objectives._children': ['k', 'id,score,status'], 'objectives._count': ['c'], 'objectives.n.id': ['rw', identifier, ''], 'objectives.n.status': ['rw', words('passed|completed|failed|incomplete|browsed|not attempted'), ''],
      'student_data._children': ['k', 'mastery_score,max_time_allowed,time_limit_action'], 'student_data.mastery_score': ['r', 0, facts.mastery || ''], 'student_data.max_time_allowed': ['r', 0, facts.longest || ''], 'student_data.time_limit_action': ['r', 0, facts.limit || ''],
      'student_preference._children': ['k', 'audio,language,speed,text'], 'student_preference.audio': ['rw', real(-1, 100), '0'], 'student_preference.language': ['rw', text(255), ''], 'student_preference.speed': ['rw', real(-100, 100), '0'], 'student_preference.text': ['rw', real(-1, 1), '0'],
      'interactions._children': ['k', 'id,objectives,time,type,correct_responses,weighting,student_response,result,latency'], 'interactions._count': ['c'],
      'interactions.n.id': ['w', identifier], 'interactions.n.objectives._count': ['c'], 'interactions.n.objectives.n.id': ['w', identifier], 'interactions.n.time': ['w', time12], 'interactions.n.type': ['w', words(kinds)],
      'interactions.n.correct_responses._count': ['c'], 'interactions.n.correct_responses.n.pattern': ['w', text(255)], 'interactions.n.weighting': ['w', real(-100, 100)], 'interactions.n.student_response': ['w', text(255)],
      'interactions.n.result': ['w', either(words('correct|wrong|unanticipated|neutral'), real(-any, any))], 'interactions.n.latency': ['w', span]
    });
    put('cmi.core.', score12);
    put('cmi.objectives.n.', score12);
  }

  var said = new4 ? {
    0: 'No error', 101: 'General exception', 103: 'Already initialized', 104: 'Content instance terminated', 112: 'Termination before initialization', 113: 'Termination after termination',
    122: 'Retrieve data before initialization', 123: 'Retrieve data after termination', 132: 'Store data before initialization', 133: 'Store data after termination', 142: 'Commit before initialization', 143: 'Commit after termination',
    201: 'General argument error', 301: 'General get failure', 351: 'General set failure', 391: 'General commit failure', 401: 'Undefined data model element', 402: 'Unimplemented data model element',
    403: 'Data model element value not initialized', 404: 'Data model element is read only', 405: 'Data model element is write only', 406: 'Data model element type mismatch', 407: 'Data model element value out of range', 408: 'Data model dependency not established'
  } : {
    0: 'No error', 101: 'General exception', 201: 'Invalid argument error', 202: 'Element cannot have children', 203: 'Element not an array. Cannot have count', 301: 'Not initialized',
    401: 'Not implemented error', 402: 'Invalid set value, element is a keyword', 403: 'Element is read only', 404: 'Element is write only', 405: 'Incorrect data type'
  };
  function count(prefix) {
    var n = 0, at = prefix + '.';
    Object.keys(data).forEach(function (k) { if (k.indexOf(at) === 0) n = Math.max(n, parseInt(k.slice(at.length), 10) + 1); });
    return n;
  }
  // Places that lie beyond the end of their list: the first of them, with whether it is the next one.
  function beyond(element) {
    var pattern = /\.(\d+)(?=\.|$)/g, m;
    while ((m = pattern.exec(element))) {
      var list = element.slice(0, m.index), held = count(list);
      if (+m[1] >= held) return { next: +m[1] === held, list: list, rest: element.slice(m.index + m[0].length) };
    }
    return null;
  }
  function fail(code, value) { last = code; return value; }
  function shared(element) { var m = /^adl\.data\.(\d+)\./.exec(element); return m && facts.stores && facts.stores[+m[1]]; }
  function shape(element) { return element.replace(/\.\d+(?=\.|$)/g, '.n'); }

  function read(element) {
    last = 0;
    element = String(element);
    var asked = new4 && /^adl\.nav\.request_valid\.(choice|jump)\.\{target=([^}]+)\}$/.exec(element);
    if (asked) return facts.valid ? facts.valid[asked[1]][asked[2]] || 'false' : 'unknown';
    if (new4 && facts.valid && element === 'adl.nav.request_valid.continue') return facts.valid.next;
    if (new4 && facts.valid && element === 'adl.nav.request_valid.previous') return facts.valid.before;
    var one = T[shape(element)];
    if (!one) {
      var m = /^(.*)\.(_children|_count|_version)$/.exec(element), known = m && T[shape(m[1])];
      if (known) return fail(new4 ? 301 : m[2] === '_count' ? 203 : 202, '');
      return fail(element === '' && new4 ? 301 : new4 ? 401 : element === '' ? 201 : 401, '');
    }
    if (one[0] === 'w') return fail(new4 ? 405 : 404, '');
    var out = beyond(element);
    if (out) return fail(new4 ? 301 : 201, '');
    var store = shared(element);
    if (store && /store$/.test(element) && !store.read) return fail(405, '');
    if (one[0] === 'k') return one[1];
    if (one[0] === 'c') return String(count(element.slice(0, -7)));
    if (new4 && element === 'cmi.completion_status' && facts.threshold && data['cmi.progress_measure']) {
      return +data['cmi.progress_measure'] >= +facts.threshold ? 'completed' : 'incomplete';
    }
    if (new4 && element === 'cmi.success_status' && facts.mastery && data['cmi.score.scaled']) {
      return +data['cmi.score.scaled'] >= +facts.mastery ? 'passed' : 'failed';
    }
    var value = Object.prototype.hasOwnProperty.call(data, element) ? data[element] : one[2];
    if (value === undefined || value === null) return new4 ? fail(403, '') : '';
    return value;
  }

  function write(element, value) {
    last = 0;
    element = String(element);
    value = value === undefined || value === null ? '' : String(value);
    var one = T[shape(element)];
    if (!one) {
      if (!new4 && /\._(children|count|version)$/.test(element)) return fail(402, 'false');
      return fail(element === '' ? new4 ? 351 : 201 : 401, 'false');
    }
    if (one[0] === 'k' || one[0] === 'c') return fail(new4 ? 404 : 402, 'false');
    if (one[0] === 'r') return fail(new4 ? 404 : 403, 'false');
    var out = beyond(element), problem;
    if (out && !out.next) return fail(new4 ? 351 : 201, 'false');
    if (new4 && out) {
      var keyed = /\.(interactions|objectives)$/.test(out.list) && T[shape(out.list) + '.n.id'];
      if (keyed && out.rest !== '.id') return fail(408, 'false');
    }
    var store = shared(element);
    if (/^adl\.data\./.test(element) && !store) return fail(351, 'false');
    if (store && !store.write) return fail(404, 'false');
    problem = one[1](value, element);
    if (problem) return fail(problem, 'false');
    if (new4 && /\.objectives\.\d+\.id$/.test(element)) {
      var list = element.replace(/\.\d+\.id$/, ''), own = element;
      for (var n = count(list) - 1; n >= 0; n--) {
        if (list + '.' + n + '.id' !== own && data[list + '.' + n + '.id'] === value) return fail(351, 'false');
      }
      if (list === 'cmi.objectives' && data[element] !== undefined && data[element] !== value) return fail(351, 'false');
    }
    if (element === 'cmi.comments') value = ((data[element] || '') + value).slice(0, 4096);
    data[element] = value;
    dirty[element] = value;
    if (root) later(5000);
    return 'true';
  }

  // ---- saving: what changed since the last time, each time with a higher number
  function later(ms) { clearTimeout(timer); timer = setTimeout(function () { send(false); }, ms); }
  function send(end) {
    clearTimeout(timer);
    if (!root) return;
    if (!end && (flying || !Object.keys(dirty).length)) return;
    var set = Object.assign({}, dirty), body = JSON.stringify({ session: given.session, number: ++number, set: set, end: end });
    flying = true;
    fetch(given.to, { method: 'POST', body: body, mode: 'cors', credentials: 'omit', keepalive: body.length < 60000 }).then(function (r) {
      flying = false;
      if (r.status === 409) { tell(shell, { $package: 'elsewhere' }); return; }
      if (!r.ok) throw new Error(String(r.status));
      lost = 0;
      if (r.status === 200) r.json().then(function (now) { facts.valid = now; }, function () { /* as it was */ });
      Object.keys(set).forEach(function (k) { if (dirty[k] === set[k]) delete dirty[k]; });
      tell(shell, { $package: end ? 'ended' : 'saved', request: data['adl.nav.request'] || '', leaving: leaving });
      if (Object.keys(dirty).length) later(1000);
    }).catch(function () {
      flying = false;
      tell(shell, { $package: 'unsaved' });
      if (lost++ < 30) setTimeout(function () { send(end); }, Math.min(60000, 2000 * lost));
    });
  }
  function pass(name, args) { if (!root) tell(above, { $package: 'api', name: name, args: args }); }

  // ---- the functions
  function begin(arg) {
    if (arg !== '') return fail(201, 'false');
    if (phase === 'open') return fail(new4 ? 103 : 101, 'false');
    if (phase === 'over') return fail(new4 ? 104 : 101, 'false');
    phase = 'open';
    pass(names[0], ['']);
    if (root) { tell(shell, { $package: 'begun' }); dirty['cmi.begun'] = 'true'; later(1500); }
    return fail(0, 'true');
  }
  function finish(arg) {
    if (arg !== '') return fail(201, 'false');
    if (phase === 'new') return fail(new4 ? 112 : 301, 'false');
    if (phase === 'over') return fail(new4 ? 113 : 301, 'false');
    if (!new4) {
      var raw = data['cmi.core.score.raw'], now = data['cmi.core.lesson_status'] || 'not attempted';
      if (facts.mastery && raw && facts.credit === 'credit' && now !== 'incomplete') now = +raw >= +facts.mastery ? 'passed' : 'failed';
      else if (now === 'not attempted') now = facts.mode === 'browse' ? 'browsed' : 'completed';
      data['cmi.core.lesson_status'] = dirty['cmi.core.lesson_status'] = now;
    } else {
      ['completion', 'success'].forEach(function (what) {
        var one = 'cmi.' + what + '_status', value = read(one);
        if (value !== (data[one] || 'unknown')) data[one] = dirty[one] = value;
      });
    }
    phase = 'over';
    pass(names[1], ['']);
    send(true);
    return fail(0, 'true');
  }
  function closed(before, after) { return phase === 'new' ? before : phase === 'over' ? after : 0; }
  function get(element) {
    var no = closed(new4 ? 122 : 301, new4 ? 123 : 301);
    return no ? fail(no, '') : read(element);
  }
  function set(element, value) {
    var no = closed(new4 ? 132 : 301, new4 ? 133 : 301);
    if (no) return fail(no, 'false');
    var done = write(element, value);
    if (done === 'true') pass(names[3], [String(element), String(value)]);
    return done;
  }
  function commit(arg) {
    if (arg !== '') return fail(201, 'false');
    var no = closed(new4 ? 142 : 301, new4 ? 143 : 301);
    if (no) return fail(no, 'false');
    pass(names[4], ['']);
    send(false);
    return fail(0, 'true');
  }
  api = {};
  [begin, finish, get, set, commit, function () { return String(last); }, function (code) { return said[code] || ''; },
    function (code) { return said[code === '' || code === undefined ? last : code] || ''; }].forEach(function (f, n) { api[names[n]] = f; });
  if (new4) api.version = '1.0';

  // ---- pages that follow each other in one frame go on where the last one was
  data = Object.assign({}, given.data || {});
  (facts.stores || []).forEach(function (one, n) {
    data['adl.data.' + n + '.id'] = one.id;
    if (one.held !== null) data['adl.data.' + n + '.store'] = one.held;
  });
  if (root) {
    try {
      var carried = JSON.parse(window.name);
      if (carried && carried.to === given.to && carried.until > Date.now()) {
        data = carried.data; dirty = carried.dirty; number = carried.number; given.session = carried.session;
        phase = carried.phase === 'over' ? 'new' : carried.phase;
        if (carried.phase === 'over') given.session = Math.max(given.session, carried.session);
      }
    } catch (e) { /* nothing was carried */ }
    window.name = '';
  } else {
    tell(above, { $package: 'hello' });
  }
  function leave() { leaving = true; }
  window.addEventListener('beforeunload', leave);
  window.addEventListener('unload', leave);
  window.addEventListener('pagehide', function () {
    leaving = true;
    if (!root) return;
    if (phase === 'open') send(false);
    window.name = JSON.stringify({ to: given.to, session: given.session, data: data, dirty: dirty, number: number, phase: phase, until: Date.now() + 20000 });
  });
  // Pages that look for the functions often begin with `var API = null`, in this very window.
  Object.defineProperty(window, new4 ? 'API_1484_11' : 'API', { configurable: true, get: function () { return api; }, set: function () { /* it stays */ } });
})();
