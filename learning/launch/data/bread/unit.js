// A cmi5 unit in one file: it fetches its key, says what happens, and goes back.
(function () {
  'use strict';
  var WORDS = {
    en: {
      title: 'Sharing bread', whole: 'A whole loaf is cut in two equal parts.',
      half: 'Each part is a half. Two halves are a whole.',
      quarter: 'Cut each half in two: four equal parts. Each is a quarter.',
      seen: 'I have seen it', ask1: 'How many halves are in one loaf?', ask2: 'How many quarters are in two loaves?',
      ask3: 'Which is more?', a_half: 'a half', a_quarter: 'a quarter', done: 'Finish',
      right: 'Right: {n} of 3.', saved: 'Saved.', back: 'Back', lost: 'This could not be saved. Open it again from your lessons.'
    },
    fr: {
      title: 'Partager le pain', whole: 'Un pain entier est coupé en deux parts égales.',
      half: 'Chaque part est une moitié. Deux moitiés font un entier.',
      quarter: 'Coupe chaque moitié en deux : quatre parts égales. Chacune est un quart.',
      seen: 'J’ai regardé', ask1: 'Combien de moitiés dans un pain ?', ask2: 'Combien de quarts dans deux pains ?',
      ask3: 'Lequel est le plus grand ?', a_half: 'une moitié', a_quarter: 'un quart', done: 'Terminer',
      right: 'Juste : {n} sur 3.', saved: 'Enregistré.', back: 'Retour', lost: 'Cela n’a pas pu être enregistré. Rouvre-le depuis tes leçons.'
    },
    ar: {
      title: 'قسمة الخبز', whole: 'رغيف كامل يُقطع قسمين متساويين.',
      half: 'كل قسم نصف. والنصفان رغيف كامل.',
      quarter: 'اقطع كل نصف قسمين: أربعة أقسام متساوية. كل قسم ربع.',
      seen: 'رأيت', ask1: 'كم نصفًا في رغيف واحد؟', ask2: 'كم ربعًا في رغيفين؟',
      ask3: 'أيهما أكثر؟', a_half: 'نصف', a_quarter: 'ربع', done: 'انتهيت',
      right: 'صحيح: {n} من 3.', saved: 'حُفظ.', back: 'رجوع', lost: 'تعذّر الحفظ. افتحه مرة أخرى من دروسك.'
    }
  };
  var VERBS = 'http://adlnet.gov/expapi/verbs/';
  var asked = new URLSearchParams(location.search);
  var activity = asked.get('activityId'), registration = asked.get('registration');
  var actor = JSON.parse(asked.get('actor') || '{}');
  var unit = document.getElementById(asked.get('unit') === 'try' ? 'try' : 'look');
  var words = WORDS.en, key, launch = {}, began = Date.now();

  function byId(id) { return document.getElementById(id); }

  function speak(code) {
    words = WORDS[code] || WORDS.en;
    document.documentElement.lang = WORDS[code] ? code : 'en';
    document.documentElement.dir = code === 'ar' ? 'rtl' : 'ltr';
    document.querySelectorAll('[data-word]').forEach(function (one) { one.textContent = words[one.dataset.word]; });
    document.title = words.title;
  }

  function ask(method, path, query, body) {
    var parts = Object.keys(query).map(function (name) { return name + '=' + encodeURIComponent(query[name]); });
    return fetch(asked.get('endpoint').replace(/\/$/, '') + '/' + path + '?' + parts.join('&'), {
      method: method,
      headers: { 'Authorization': 'Basic ' + key, 'X-Experience-API-Version': '1.0.3', 'Content-Type': 'application/json' },
      body: body && JSON.stringify(body)
    }).then(function (answer) {
      if (!answer.ok) { throw new Error(String(answer.status)); }
      return answer.status === 204 ? null : answer.json().catch(function () { return null; });
    });
  }

  function id() {
    return 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, function () { return Math.floor(Math.random() * 16).toString(16); });
  }

  function say(verb, result, moves) {
    var context = JSON.parse(JSON.stringify(launch.contextTemplate || {}));
    var about = context.contextActivities = context.contextActivities || {};
    about.category = (about.category || []).concat([{ id: 'https://w3id.org/xapi/cmi5/context/categories/cmi5' }]);
    if (moves) { about.category.push({ id: 'https://w3id.org/xapi/cmi5/context/categories/moveon' }); }
    if (moves && typeof launch.masteryScore === 'number' && result.score) {
      context.extensions = context.extensions || {};
      context.extensions['https://w3id.org/xapi/cmi5/context/extensions/masteryscore'] = launch.masteryScore;
    }
    context.registration = registration;
    if (result) { result.duration = 'PT' + Math.round((Date.now() - began) / 1000) + 'S'; }
    var name = verb.split('/').pop(), statement = {
      id: id(), actor: actor, verb: { id: VERBS + verb, display: { en: name } },
      object: { objectType: 'Activity', id: activity }, timestamp: new Date().toISOString(), context: context
    };
    if (result) { statement.result = result; }
    return ask('PUT', 'statements', { statementId: statement.id }, statement);
  }

  function finish(told) {
    return say('terminated', {}).then(function () {
      byId('said').textContent = told;
      if (launch.returnURL) { byId('back').href = launch.returnURL; byId('back').hidden = false; }
    });
  }

  function lost() { byId('said').textContent = words.lost; }

  function counts() { return launch.launchMode === 'Normal'; }

  byId('seen').addEventListener('click', function () {
    byId('seen').disabled = true;
    var told = counts() ? say('completed', { completion: true }, true) : Promise.resolve();
    told.then(function () { return finish(words.saved); }).catch(lost);
  });

  byId('try').addEventListener('submit', function (event) {
    event.preventDefault();
    var given = new FormData(byId('try'));
    var right = [['q1', '2'], ['q2', '8'], ['q3', 'half']].filter(function (one) { return given.get(one[0]) === one[1]; }).length;
    byId('try').querySelector('button').disabled = true;
    var passed = right / 3 >= (launch.masteryScore || 0);
    var told = counts()
      ? say('completed', { completion: true }, true).then(function () {
        return say(passed ? 'passed' : 'failed', { success: passed, score: { scaled: right / 3, raw: right, min: 0, max: 3 } }, true);
      })
      : Promise.resolve();
    told.then(function () { return finish(words.right.replace('{n}', right)); }).catch(lost);
  });

  speak(navigator.language.slice(0, 2));
  unit.hidden = false;
  fetch(asked.get('fetch'), { method: 'POST' })
    .then(function (answer) { return answer.json(); })
    .then(function (got) {
      key = got['auth-token'];
      var who = { activityId: activity, agent: JSON.stringify(actor), stateId: 'LMS.LaunchData', registration: registration };
      return ask('GET', 'activities/state', who);
    })
    .then(function (got) {
      launch = got || {};
      return ask('GET', 'agents/profile', { agent: JSON.stringify(actor), profileId: 'cmi5LearnerPreferences' }).catch(function () { return null; });
    })
    .then(function (likes) {
      var first = likes && likes.languagePreference && likes.languagePreference.split(',')[0];
      if (first) { speak(first.slice(0, 2)); }
      return say('initialized');
    })
    .catch(lost);
}());
