//! Courses and packages that are given: what the learner sees, what the teacher sees, what may be chosen.

use super::learn::Work;
use super::link;
use super::shown::{outcome_sign, outcome_tag};
use crate::acts::KINDS;
use crate::assignment::{Assignment, Outcome};
use crate::store;
use crate::tried::{ResourceTry, Way, standing};
use base::{Error, Id, Result};
use classes::Listed;
use db::Tx;
use lang::Words;
use resources::{Resource, Search, Standing, Use};
use std::collections::{BTreeMap, BTreeSet};
use ui::{Html, Tone, html};
use web::{Answer, Ask, Choice, Page, Prefill};

/// Resources a form offers.
const OFFERED: usize = 100;

/// How a learner stands with a given course or package.
#[derive(Clone, Debug, Default)]
pub(super) struct Whole {
    /// The try that stands.
    pub tried: Option<ResourceTry>,
    /// It was opened, and nothing came of it yet.
    pub begun: bool,
    /// The library took it away: why.
    pub gone: Option<String>,
}

impl Whole {
    pub(super) fn of(tx: &mut Tx, resource: Id, learner: Id) -> Result<Self> {
        let tries = store::resource_tries(tx, learner, resource)?;
        let found = resources::resources(tx, &[resource])?;
        let tried = standing(&tries).cloned();
        let begun = tried.is_none() && !launch::begun(tx, resource, &[learner])?.is_empty();
        Ok(Self {
            tried,
            begun,
            gone: gone(found.get(&resource)),
        })
    }
    pub(super) fn outcome(&self) -> Outcome {
        came_to(self.tried.as_ref(), self.begun)
    }
}

/// What came of a course so far.
fn came_to(tried: Option<&ResourceTry>, begun: bool) -> Outcome {
    match tried {
        Some(one) => one.outcome(),
        None if begun => Outcome::Begun,
        None => Outcome::Open,
    }
}

fn gone(resource: Option<&Resource>) -> Option<String> {
    match resource {
        Some(one) if one.standing == Standing::Withdrawn => {
            Some(one.reason.clone().unwrap_or_default())
        }
        Some(_) => None,
        None => Some(String::new()),
    }
}

/// Whether the library took away what was given, so that nobody can do it any more.
pub(super) fn is_gone(tx: &mut Tx, assignment: &Assignment) -> Result<bool> {
    let Some(id) = assignment.resource else {
        return Ok(false);
    };
    Ok(gone(resources::resources(tx, &[id])?.get(&id)).is_some())
}

/// How many questions of an assignment each of these learners has done; of a course, one when it is over.
pub(super) fn done_by(
    tx: &mut Tx,
    assignment: &Assignment,
    learners: &BTreeSet<Id>,
) -> Result<BTreeMap<Id, i64>> {
    let Some(resource) = assignment.resource else {
        return store::done_by(tx, assignment.id);
    };
    let mut out = BTreeMap::new();
    for learner in learners {
        let tries = store::resource_tries(tx, *learner, resource)?;
        if standing(&tries).is_some_and(|one| one.outcome().is_over()) {
            out.insert(*learner, 1);
        }
    }
    Ok(out)
}

/// What came of a course so far, in words: the outcome and the score where there is one.
pub(super) fn came_of(words: &Words, tried: Option<&ResourceTry>, begun: bool) -> Html {
    let tag = outcome_tag(words, came_to(tried, begun));
    match tried.and_then(|one| one.score) {
        Some(score) => html!("{} {}", tag, words.share(score)),
        None => tag,
    }
}

/// Where a result came from, in words.
pub(super) fn came_from(words: &Words, one: &ResourceTry) -> String {
    words.code("progress-way", one.way.code())
}

/// How far a learner is with something given, in a few words.
pub(super) fn far(words: &Words, work: &Work) -> Html {
    match &work.whole {
        Some(whole) => came_of(words, whole.tried.as_ref(), whole.begun),
        None => html!(
            "{}",
            words.say_with(
                "progress-done-of",
                &[
                    ("done", work.done().into()),
                    ("items", work.assignment.items.into())
                ],
            )
        ),
    }
}

// ---- the learner

/// A given course or package: how the learner stands, and the way in.
pub(super) fn learn(tx: &mut Tx, ask: &Ask, work: &Work, id: Id) -> Result<Answer> {
    let words = &ask.words;
    let whole = work.whole.clone().unwrap_or_default();
    let mut body = html!(
        "<p>{}</p>",
        came_of(words, whole.tried.as_ref(), whole.begun)
    );
    if let Some(one) = &whole.tried {
        body.push(html!("<p>{}</p>", said_of(words, &work.assignment, one)));
        if let Some(comment) = &one.comment {
            let said = html!(
                "<p>{}</p>{}",
                words.say("progress-teacher-says"),
                ui::paragraphs(comment)
            );
            body.push(ui::notice(words, Tone::Plain, said));
        }
    }
    let mut onward = Vec::new();
    if let Some(why) = &whole.gone {
        body.push(ui::notice(
            words,
            Tone::Warn,
            html!(
                "{}{}",
                words.say("progress-resource-gone"),
                ui::paragraphs(why)
            ),
        ));
    } else {
        if whole.tried.is_none() {
            body.push(html!("<p>{}</p>", words.say("progress-resource-how")));
        }
        let key = if work.is_done() {
            "progress-resource-again"
        } else {
            "progress-resource-open"
        };
        for href in ways_in(tx, id)? {
            onward.push(link(href, words.say(key), !work.is_done()));
        }
    }
    onward.push(link("/learn", words.say("progress-home"), false));
    body.push(ui::actions(&onward));
    Ok(Answer::Page(Page {
        title: words.name(&work.assignment.names).to_owned(),
        body,
        ..Page::default()
    }))
}

/// When and by which way a result came; one from before it was given says so.
fn said_of(words: &Words, assignment: &Assignment, one: &ResourceTry) -> String {
    let day = words.day(one.at.day());
    let said = words.say_with(
        "progress-result-came",
        &[("way", came_from(words, one).into()), ("day", day.into())],
    );
    if one.at.day() < assignment.opens_on {
        format!("{said} {}", words.say("progress-result-before"))
    } else {
        said
    }
}

/// Where a course or package is opened.
fn ways_in(tx: &mut Tx, id: Id) -> Result<Vec<String>> {
    let resource = resources::resource(tx, id)?;
    if resource.kind == formats::Kind::Cmi5.code() {
        return Ok(vec![format!("/learn/courses/{id}")]);
    }
    let forms = resources::renditions(tx, id)?;
    let packages = forms.iter().filter(|form| form.channel == "package");
    Ok(packages
        .map(|form| format!("/packages/{}", form.id))
        .collect())
}

// ---- the teacher

/// Where a teacher says what came of a learner's work with a given course.
pub(super) fn result_path(assignment: &Assignment, learner: Id) -> String {
    format!(
        "/teach/assignments/{}/learners/{learner}/result",
        assignment.id
    )
}

/// The try of each learner that stands.
pub(super) fn tries_of(
    tx: &mut Tx,
    resource: Id,
    listed: &[Listed],
) -> Result<BTreeMap<Id, ResourceTry>> {
    let mut out = BTreeMap::new();
    for one in listed {
        let tries = store::resource_tries(tx, one.person.id, resource)?;
        if let Some(found) = standing(&tries) {
            out.insert(one.person.id, found.clone());
        }
    }
    Ok(out)
}

/// Everybody's result, and in words where it came from.
pub(super) fn results(
    ask: &Ask,
    assignment: &Assignment,
    listed: &[Listed],
    tries: &BTreeMap<Id, ResourceTry>,
    begun: &BTreeSet<Id>,
) -> Html {
    let words = &ask.words;
    let head = [
        "progress-column-learner",
        "progress-column-result",
        "progress-column-from",
        "progress-column-decide",
    ]
    .map(|key| words.say(key));
    let rows: Vec<Vec<Html>> = listed
        .iter()
        .map(|one| {
            let found = tries.get(&one.person.id);
            let href = format!("/teach/learners/{}/progress", one.person.id);
            let from = found.map(|found| {
                html!(
                    "{}{}",
                    said_of(words, assignment, found),
                    found
                        .comment
                        .as_deref()
                        .map(|why| html!(" <small>{}</small>", why))
                )
            });
            vec![
                html!("{} {}", one.number, ui::link(&href, one.person.name())),
                came_of(words, found, begun.contains(&one.person.id)),
                from.unwrap_or_default(),
                ui::link(
                    &result_path(assignment, one.person.id),
                    words.say("progress-resource-result-button"),
                ),
            ]
        })
        .collect();
    html!(
        "<div class=\"wide\">{}</div><p><small>{}</small></p>",
        ui::plain_table("", &head, &rows),
        words.say("progress-resource-legend")
    )
}

/// Beside the form of a teacher's word: who it is about, and every record there is.
pub(crate) fn beside_result(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let words = &ask.words;
    let assignment = store::assignment(tx, ask.id("id")?)?;
    classes::require_teaches(tx, ask.actor()?, assignment.class, ask.today)?;
    let resource = assignment.resource.ok_or(Error::Missing)?;
    let learner = ask.id("learner")?;
    crate::acts::may_work(tx, &assignment, learner, ask.today)?;
    let person = classes::require_may_see(tx, ask.actor()?, learner, ask.today)?;
    let history = store::resource_history(tx, learner, resource)?;
    let mut beside = html!(
        "<p><strong>{}</strong> · {}</p>",
        person.name(),
        words.name(&assignment.names)
    );
    if history.is_empty() {
        beside.push(html!("<p>{}</p>", words.say("progress-resource-untried")));
    } else {
        let head = [
            "progress-column-try",
            "progress-column-when",
            "progress-column-result",
            "progress-column-from",
        ]
        .map(|key| words.say(key));
        let rows: Vec<Vec<Html>> = history
            .iter()
            .map(|one| {
                let result = if one.way == Way::TakenBack {
                    outcome_sign(words, Outcome::Open)
                } else {
                    came_of(words, Some(one), false)
                };
                vec![
                    html!("{}", words.number(one.number)),
                    html!("{}", words.moment(one.at)),
                    result,
                    html!(
                        "{} {}",
                        came_from(words, one),
                        one.comment.as_deref().unwrap_or_default()
                    ),
                ]
            })
            .collect();
        beside.push(html!(
            "<div class=\"wide\">{}</div>",
            ui::plain_table("", &head, &rows)
        ));
    }
    Ok(Prefill {
        beside,
        ..Prefill::default()
    })
}

/// Courses and packages a class can be given: those of its subject and grade first.
pub(crate) fn choose_resources(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let class = super::class_of(tx, ask)?;
    let subject = super::shown::subject_of(&class, ask);
    let wanted = ask.query.get("resource").and_then(|id| Id::parse(id));
    let mut ids: Vec<Id> = wanted.into_iter().collect();
    for narrow in [true, false] {
        for kind in KINDS {
            let search = Search {
                kind: Some(kind.code().to_owned()),
                subject: narrow.then(|| subject.clone()),
                grade: narrow.then_some(class.grade),
                country: Some(class.country.clone()),
                school: Some(class.school),
                only_usable_for: Some(Use::Show),
                limit: OFFERED,
                ..Search::default()
            };
            for hit in resources::search(tx, &search)?.hits {
                if !ids.contains(&hit.resource) {
                    ids.push(hit.resource);
                }
            }
        }
    }
    ids.truncate(2 * OFFERED);
    let known = resources::resources(tx, &ids)?;
    let usable = ids.iter().filter_map(|id| known.get(id)).filter(|one| {
        is_given(one) && one.country == class.country && one.is_usable(Some(class.school))
    });
    Ok(usable
        .map(|one| Choice {
            code: one.id.to_string(),
            label: format!(
                "{} · {} · {}",
                one.code,
                resources::title(&ask.words, one),
                ask.words.code("resource-kind", &one.kind)
            ),
        })
        .collect())
}

fn is_given(resource: &Resource) -> bool {
    KINDS.iter().any(|kind| kind.code() == resource.kind)
}

/// On a resource's page: a teacher's classes it can be given to.
pub(crate) fn fill_resource(tx: &mut Tx, ask: &Ask, id: &str) -> Result<Html> {
    let Some(id) = Id::parse(id) else {
        return Ok(Html::new());
    };
    let resource = resources::resource(tx, id)?;
    let form = |class: &classes::Class| {
        let may = is_given(&resource)
            && class.country == resource.country
            && resource.is_usable(Some(class.school));
        may.then(|| {
            let path = format!("/teach/classes/{}/courses/new", class.id);
            ui::with_query(&path, "resource", Some(&id.to_string()))
        })
    };
    super::lesson::to_classes(tx, ask, "progress-resource-assignment-title", &form)
}
