//! The learner's day: what is given, the lesson, one question at a time.

use super::link;
use super::resource::{Whole, far};
use super::shown::{lang_of, outcome_tag};
use crate::acts::{Try, may_work, save};
use crate::assignment::{Assignment, Attempt, Outcome};
use crate::screen::{Sent, token_field};
use crate::store;
use base::{Day, Error, Id, Moment, Result, Role};
use classes::Class;
use db::Tx;
use formats::item::Answer as Given;
use lessons::Body;
use std::collections::BTreeMap;
use ui::{Html, Tone, html};
use web::{Answer, Ask, Page, Prefill};

/// Days something stays on the home page after it was due.
pub(super) const LATE_DAYS: i64 = 21;

/// An assignment and what became of each question so far.
pub(super) struct Work {
    pub assignment: Assignment,
    pub outcomes: BTreeMap<i64, Outcome>,
    /// Of a course or package: how the learner stands with the whole.
    pub whole: Option<Whole>,
}

impl Work {
    /// What a learner has done of what is given.
    fn of(tx: &mut Tx, assignment: Assignment, learner: Id) -> Result<Self> {
        if let Some(resource) = assignment.resource {
            let whole = Whole::of(tx, resource, learner)?;
            let over = Some(whole.outcome()).filter(|outcome| outcome.is_over());
            return Ok(Self {
                assignment,
                outcomes: over.map(|outcome| (1, outcome)).into_iter().collect(),
                whole: Some(whole),
            });
        }
        let outcomes = store::scores_of(tx, assignment.id, learner)?
            .into_iter()
            .map(|(position, score)| (position, Outcome::of(score)))
            .collect();
        Ok(Self {
            assignment,
            outcomes,
            whole: None,
        })
    }
    /// Whether the library took it away.
    pub(super) fn is_gone(&self) -> bool {
        self.whole
            .as_ref()
            .is_some_and(|whole| whole.gone.is_some())
    }
    /// Whether something is left to do.
    pub(super) fn is_left(&self) -> bool {
        !self.is_done() && !self.is_gone()
    }
    pub(super) fn done(&self) -> i64 {
        i64::try_from(self.outcomes.len()).unwrap_or(i64::MAX)
    }
    pub(super) fn is_done(&self) -> bool {
        self.assignment.items > 0 && self.done() >= self.assignment.items
    }
    fn is_begun(&self) -> bool {
        self.done() > 0 || self.whole.as_ref().is_some_and(|whole| whole.begun)
    }
    /// The first question not yet tried, after a place where there is one.
    fn next(&self, after: i64) -> Option<i64> {
        let all = 1..=self.assignment.items;
        let open = |n: &i64| !self.outcomes.contains_key(n);
        all.clone()
            .find(|n| *n > after && open(n))
            .or_else(|| all.clone().find(open))
    }
    pub(super) fn href(&self) -> String {
        format!("/learn/lessons/{}", self.assignment.id)
    }
    fn onward(&self) -> String {
        match self.next(0).filter(|_| self.whole.is_none()) {
            Some(n) if self.done() > 0 => format!("{}/items/{n}", self.href()),
            _ => self.href(),
        }
    }
}

/// What a learner has been given lately, first what is open and due soonest.
pub(super) fn given(
    tx: &mut Tx,
    learner: Id,
    classes: &[Class],
    (from, today): (Day, Day),
) -> Result<Vec<Work>> {
    let mut targets: Vec<Id> = classes.iter().map(|class| class.id).collect();
    targets.extend(
        classes::groups_of(tx, learner)?
            .iter()
            .map(|group| group.id),
    );
    targets.push(learner);
    let mut found: BTreeMap<Id, Assignment> = BTreeMap::new();
    for target in targets {
        for one in store::given_to(tx, target, from, today, 40)? {
            found.insert(one.id, one);
        }
    }
    let mut all = Vec::with_capacity(found.len());
    for assignment in found.into_values() {
        all.push(Work::of(tx, assignment, learner)?);
    }
    all.sort_by_key(|w| {
        (
            !w.is_left(),
            w.assignment.due_on,
            w.assignment.opens_on,
            w.assignment.id,
        )
    });
    Ok(all)
}

pub(crate) fn home(tx: &mut Tx, ask: &Ask, _: Option<(&Sent, &Error)>) -> Result<Answer> {
    let actor = ask.actor()?;
    if !actor.is(Role::Learner) {
        return super::child::guardian(tx, ask);
    }
    let words = &ask.words;
    let classes = classes::classes_of_learner(tx, actor.account, ask.today)?;
    let from = ask.today.plus(-LATE_DAYS);
    let all = given(tx, actor.account, &classes, (from, ask.today))?;
    let mut body = Html::new();
    if let Some(first) = all.iter().find(|work| work.is_left()) {
        let name = words.name(&first.assignment.names);
        let key = if first.is_begun() {
            "progress-go-on"
        } else {
            "progress-begin"
        };
        let label = words.say_with(key, &[("lesson", name.into())]);
        body.push(ui::actions(&[link(first.onward(), label, true)]));
    }
    let open: Vec<Html> = all
        .iter()
        .filter(|w| w.is_left())
        .map(|w| card(ask, w))
        .collect();
    let done: Vec<Html> = all
        .iter()
        .filter(|w| !w.is_left())
        .map(|w| card(ask, w))
        .collect();
    match (open.is_empty(), done.is_empty()) {
        (true, true) => body.push(ui::empty(&words.say("progress-nothing-given"), None)),
        (true, false) => body.push(ui::notice(
            words,
            Tone::Good,
            words.say("progress-all-done"),
        )),
        (false, _) => body.push(ui::section(&words.say("progress-open"), ui::cards(&open))),
    }
    if !done.is_empty() {
        body.push(ui::section(&words.say("progress-done"), ui::cards(&done)));
    }
    body.push(ui::actions(&[
        link(
            format!("/learn/child/{}", actor.account),
            words.say("progress-what-i-can"),
            false,
        ),
        link("/learn/keep", words.say("progress-keep-title"), false),
    ]));
    let first_name = actor.name.split(' ').next().unwrap_or_default();
    Ok(Answer::Page(Page {
        title: words.say_with("progress-home-title", &[("name", first_name.into())]),
        body,
        ..Page::default()
    }))
}

fn card(ask: &Ask, work: &Work) -> Html {
    let words = &ask.words;
    let a = &work.assignment;
    let far = far(words, work);
    let due = if work.is_done() {
        ui::tag_as(Tone::Good, &words.say("progress-is-done"))
    } else if work.is_gone() {
        ui::tag_as(Tone::Plain, &words.say("progress-is-gone"))
    } else if a.due_on < ask.today {
        ui::tag_as(Tone::Warn, &words.say("progress-is-late"))
    } else {
        let day = words.day(a.due_on);
        html!("{}", words.say_with("progress-due", &[("day", day.into())]))
    };
    let minutes = (a.minutes > 0).then(|| {
        let minutes = words.say_with("progress-minutes", &[("minutes", a.minutes.into())]);
        html!(" · {}", minutes)
    });
    let body = html!("<p>{}{}</p><p>{}</p>", far, minutes, due);
    ui::card(&work.href(), words.name(&a.names), body)
}

/// The assignment in the path with the learner's own work; missing for everybody it is not for.
pub(super) fn own_work(tx: &mut Tx, ask: &Ask) -> Result<Work> {
    let actor = ask.actor()?;
    let assignment = store::assignment(tx, ask.id("assignment")?)?;
    may_work(tx, &assignment, actor.account, ask.today)?;
    if !assignment.is_open(ask.today) {
        return Err(Error::Missing);
    }
    Work::of(tx, assignment, actor.account)
}

pub(crate) fn lesson(tx: &mut Tx, ask: &Ask, _: Option<(&Sent, &Error)>) -> Result<Answer> {
    let work = own_work(tx, ask)?;
    if let Some(resource) = work.assignment.resource {
        return super::resource::learn(tx, ask, &work, resource);
    }
    let words = &ask.words;
    let lesson = lessons::lesson(tx, work.assignment.lesson)?;
    let lang = lang_of(words);
    let mut body = Html::new();
    let mut position = 0;
    for step in lessons::steps(tx, lesson.id)? {
        match &step.body {
            Body::Item(_) => {
                position += 1;
                body.push(question_line(ask, &work, position));
            }
            _ => body.push(lessons::render_step(tx, ask, lang, &step)?),
        }
    }
    let mut onward = Vec::new();
    if let Some(n) = work.next(0) {
        let key = if work.done() > 0 {
            "progress-next"
        } else {
            "progress-first"
        };
        onward.push(link(
            format!("{}/items/{n}", work.href()),
            words.say(key),
            true,
        ));
    } else if work.assignment.items > 0 {
        body.push(ui::notice(
            words,
            Tone::Good,
            words.say("progress-lesson-done"),
        ));
    }
    onward.push(link("/learn", words.say("progress-home"), false));
    body.push(ui::actions(&onward));
    Ok(Answer::Page(Page {
        title: words.name(&lesson.names).to_owned(),
        body,
        ..Page::default()
    }))
}

fn question_line(ask: &Ask, work: &Work, position: i64) -> Html {
    let words = &ask.words;
    let label = words.say_with("progress-question", &[("n", position.into())]);
    let href = format!("{}/items/{position}", work.href());
    let outcome = work
        .outcomes
        .get(&position)
        .copied()
        .unwrap_or(Outcome::Open);
    html!(
        "<p>{} {}</p>",
        ui::link(&href, label),
        outcome_tag(words, outcome)
    )
}

pub(crate) fn item(tx: &mut Tx, ask: &Ask, tried: Option<(&Sent, &Error)>) -> Result<Answer> {
    let work = own_work(tx, ask)?;
    let learner = ask.actor()?.account;
    let position = place(ask)?;
    let asked = crate::acts::question(tx, work.assignment.id, position)?;
    let row = lessons::item(tx, asked.item)?;
    let (words, lang) = (&ask.words, lang_of(&ask.words));
    let tries: Vec<Attempt> = store::tries_of(tx, work.assignment.id, learner)?
        .into_iter()
        .filter(|one| one.position == position)
        .collect();
    let again = ask.query.contains_key("again") || tried.is_some();
    let mut body = Html::new();
    match tries.last() {
        Some(last) if !again => body.push(answered(ask, &work, &row.item, last, position)),
        _ => {
            let number = tries.iter().map(|one| one.number).max().unwrap_or(0) + 1;
            let given = tried
                .and_then(|(sent, _)| lessons::read_answer(&row.item, "answer", &sent.texts).ok());
            if let Some((_, Error::Refused(refusals))) = tried {
                let lines: Vec<(String, String)> = refusals
                    .0
                    .iter()
                    .map(|r| (String::new(), words.refusal(r)))
                    .collect();
                body.push(ui::error_summary(words, &lines));
            }
            let controls =
                lessons::render_item(words, lang, &row.item, given.as_ref(), None, "answer");
            body.push(html!(
                "<form method=\"post\" action=\"{}\">{}<input type=\"hidden\" name=\"number\" value=\"{}\"><input type=\"hidden\" name=\"learner\" value=\"{}\">{}<p class=\"actions\"><button class=\"button\">{}</button></p></form>",
                ask.path,
                token_field(ask),
                number,
                learner,
                controls,
                words.say("progress-send")
            ));
        }
    }
    body.push(ui::actions(&[link(
        work.href(),
        words.say("progress-to-lesson"),
        false,
    )]));
    Ok(Answer::Page(Page {
        title: words.say_with(
            "progress-question-of",
            &[
                ("n", position.into()),
                ("items", work.assignment.items.into()),
            ],
        ),
        body,
        ..Page::default()
    }))
}

/// A question that was answered: what was given, what came of it, and the way on.
fn answered(
    ask: &Ask,
    work: &Work,
    item: &formats::item::Item,
    last: &Attempt,
    position: i64,
) -> Html {
    let (words, lang) = (&ask.words, lang_of(&ask.words));
    let mut body = Html::new();
    if matches!(last.response.as_str(), "+" | "/" | "X") {
        body.push(lessons::on_paper(words, lang, item));
        body.push(html!(
            "<p>{}</p>",
            outcome_tag(words, Outcome::of(last.score))
        ));
    } else {
        let given = Given::from_response(item, &last.response);
        // What a teacher has marked says so itself.
        let marked = last
            .entered_by
            .is_none()
            .then(|| lessons::mark(item, &given, lang));
        body.push(html!(
            "<fieldset disabled>{}</fieldset>",
            lessons::render_item(words, lang, item, Some(&given), marked.as_ref(), "answer")
        ));
        if marked.is_none() {
            body.push(html!(
                "<p>{}</p>",
                outcome_tag(words, Outcome::of(last.score))
            ));
        }
    }
    if let Some(comment) = &last.comment {
        let said = html!(
            "<p>{}</p>{}",
            words.say("progress-teacher-says"),
            ui::paragraphs(comment)
        );
        body.push(ui::notice(words, Tone::Plain, said));
    }
    let mut onward = Vec::new();
    match work.next(position) {
        Some(n) => onward.push(link(
            format!("{}/items/{n}", work.href()),
            words.say("progress-next"),
            true,
        )),
        None => onward.push(link("/learn", words.say("progress-home"), true)),
    }
    onward.push(link(
        format!("{}?again=1", ask.path),
        words.say("progress-again"),
        false,
    ));
    body.push(ui::actions(&onward));
    body
}

/// The question in the path, for a learner it is given to.
fn question(tx: &mut Tx, ask: &Ask) -> Result<formats::Item> {
    let work = own_work(tx, ask)?;
    let asked = crate::acts::question(tx, work.assignment.id, place(ask)?)?;
    Ok(lessons::item(tx, asked.item)?.item)
}

/// The question somebody answers in one line.
pub(crate) fn beside_question(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let item = question(tx, ask)?;
    Ok(Prefill {
        beside: lessons::on_paper(&ask.words, lang_of(&ask.words), &item),
        ..Prefill::default()
    })
}

pub(crate) fn place(ask: &Ask) -> Result<i64> {
    ask.param("n").parse().map_err(|_| Error::Missing)
}

/// Takes an answer. One that was kept on a phone says by whom and when it was made.
pub(crate) fn take(tx: &mut Tx, ask: &Ask, sent: &Sent) -> Result<String> {
    let actor = ask.actor()?;
    let learner = Id::parse(sent.first("learner"));
    if learner.is_some_and(|id| id != actor.account) {
        return Err(Error::Forbidden("learner"));
    }
    let said_at = sent.first("made_at").parse::<i64>().ok();
    let given = Try {
        assignment: ask.id("assignment")?,
        position: place(ask)?,
        learner: actor.account,
        number: sent.first("number").parse().unwrap_or(1),
        mode: records::Mode::Web,
        seconds: sent.first("seconds").parse().ok(),
        said_at: said_at
            .filter(|_| sent.kept)
            .map(|millis| Moment::from_micros(millis.saturating_mul(1_000))),
        lang: lang_of(&ask.words),
    };
    let read = |item: &formats::Item| lessons::read_answer(item, "answer", &sent.texts);
    save(tx, &given, &read, ask.now)?;
    Ok(ask.path.clone())
}

/// The offer to keep the week on a phone of one's own.
pub(super) fn keep(_: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let body = html!(
        "<p>{}</p><p>{}</p><p id=\"keep-state\" role=\"status\" data-kept=\"{}\" data-none=\"{}\" data-busy=\"{}\">{}</p><p class=\"actions\"><button class=\"button\" id=\"keep-yes\" hidden>{}</button><button class=\"button quiet\" id=\"keep-no\" hidden>{}</button></p><script src=\"/learn/keep.js\" defer></script>",
        words.say("progress-keep-intro"),
        words.say("progress-keep-shared"),
        words.say("progress-keep-kept"),
        words.say("progress-keep-none"),
        words.say("progress-keep-busy"),
        words.say("progress-keep-script"),
        words.say("progress-keep-yes"),
        words.say("progress-keep-no")
    );
    Ok(Answer::Page(Page {
        title: words.say("progress-keep-title"),
        body,
        ..Page::default()
    }))
}

/// Shown instead of an answer's page while there is no network.
pub(super) fn kept(_: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let mut body = ui::notice(words, Tone::Busy, words.say("progress-kept-intro"));
    body.push(ui::actions(&[link(
        "/learn",
        words.say("progress-home"),
        true,
    )]));
    Ok(Answer::Page(Page {
        title: words.say("progress-kept-title"),
        body,
        ..Page::default()
    }))
}
