//! What people see: a learner the units of a course, a teacher who has done what.

use super::acts::{self, url_again};
use super::course::{Course, Marks, Registration};
use super::store;
use super::{desk, in_lang};
use base::{Error, Id, Result, Role};
use db::Tx;
use lang::Words;
use resources::{Resource, Search, Use};
use ui::{Action, Column, Html, Kind, html};
use web::{Answer, Ask, Filter, Page, Prefill, Shape, View, Who};

pub(crate) const OFFICER: Who = Who::Any(&[Role::LearningOfficer]);
/// Who brings courses and looks after them.
pub(crate) const LOOKS: Who = Who::Any(&[Role::Teacher, Role::SchoolHead, Role::LearningOfficer]);
const LEARNER: Who = Who::Any(&[Role::Learner]);
/// Courses a page shows.
const PAGE: usize = 50;

const COURSES: &[Column] = &[
    Column::new("title", Kind::Link),
    Column::new("launch_units", Kind::Whole),
    Column::new("launch_begun", Kind::Whole),
    Column::new("launch_finished", Kind::Whole),
];
const LEARNERS: &[Column] = &[
    Column::new("launch_who", Kind::Link),
    Column::new("launch_done", Kind::Whole),
    Column::new("launch_units", Kind::Whole),
    Column::new("launch_state", Kind::Code("launch-state")),
    Column::new("launch_since", Kind::Day),
];
const KEYS: &[Column] = &[
    Column::new("label", Kind::Text),
    Column::new("launch_made_on", Kind::Day),
    Column::new("launch_key_state", Kind::Code("launch-key-state")),
    Column::new("launch_key_end", Kind::Link),
];
const CLASSES: &[Filter] = &[Filter::listed("class", desk::class_choices)];

/// Every view of courses.
pub(crate) fn views() -> Vec<View> {
    let seen = |path, who, shape, run| View {
        path,
        who,
        shape,
        run,
    };
    vec![
        seen(
            "/learn/courses",
            LEARNER,
            Shape::Page,
            offered as fn(&mut Tx, &Ask) -> Result<Answer>,
        ),
        seen("/learn/courses/{id}", LEARNER, Shape::Page, contents),
        seen(
            "/learn/courses/{id}/opened/{session}",
            LEARNER,
            Shape::Page,
            elsewhere,
        ),
        seen("/courses", LOOKS, Shape::List(COURSES, &[]), desk::courses),
        seen(
            "/courses/{id}/learners",
            LOOKS,
            Shape::List(LEARNERS, CLASSES),
            desk::one_course,
        ),
        seen(
            "/courses/registrations/{registration}",
            LOOKS,
            Shape::Page,
            desk::one_learner,
        ),
        seen("/courses/keys", OFFICER, Shape::List(KEYS, &[]), desk::keys),
    ]
}

pub(crate) fn page(title: String, body: Html) -> Answer {
    Answer::Page(Page {
        title,
        body,
        ..Page::default()
    })
}

pub(crate) fn action(words: &Words, href: String, key: &str, main: bool) -> Action {
    Action {
        href,
        label: words.say(key),
        main,
    }
}

/// The number of a unit in the path.
pub(crate) fn unit(ask: &Ask) -> Result<i64> {
    ask.param("unit").parse().map_err(|_| Error::Missing)
}

/// The page of a registration.
pub(crate) fn path_of(registration: &Registration) -> String {
    format!("/courses/registrations/{}", registration.id)
}

// ---- the learner

/// The course of the path, when the learner may use it.
pub(crate) fn for_learner(tx: &mut Tx, ask: &Ask) -> Result<Resource> {
    let actor = ask.actor()?;
    let resource = resources::resource(tx, ask.id("id")?)?;
    let own = actor.schools(&[Role::Learner]);
    let usable = own.iter().any(|school| resource.is_usable(Some(*school)));
    if usable && actor.is_in(Role::Learner, &resource.country) {
        Ok(resource)
    } else {
        Err(Error::Missing)
    }
}

/// Whether a unit is satisfied in the newest registration of a person of ours.
pub(crate) fn is_satisfied(tx: &mut Tx, course: &Course, person: Id, unit: i64) -> Result<bool> {
    let Some(there) = store::of_person(tx, course.resource, person)? else {
        return Ok(false);
    };
    let mark = store::marks(tx, there.id)?.of(course.unit(unit)?.position);
    Ok(mark.satisfied_at.is_some())
}

fn offered(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (actor, words) = (ask.actor()?, &ask.words);
    let held = actor
        .appointments
        .iter()
        .find(|held| held.role == Role::Learner);
    let (country, school) = held.map_or((None, None), |h| (h.country.clone(), h.organisation));
    let after: usize = ask
        .query
        .get("after")
        .and_then(|n| n.parse().ok())
        .unwrap_or(0);
    let found = resources::search(
        tx,
        &Search {
            kind: Some(formats::Kind::Cmi5.code().to_owned()),
            country,
            school,
            only_usable_for: Some(Use::Show),
            own: Some(words.lang()),
            after,
            limit: PAGE,
            ..Search::default()
        },
    )?;
    let mut cards = Vec::new();
    for hit in &found.hits {
        let resource = resources::resource(tx, hit.resource)?;
        let says = match store::of_person(tx, resource.id, actor.account)? {
            Some(there) if there.satisfied_at.is_some() => words.say("launch-course-finished"),
            Some(there) => {
                let course = store::course(tx, resource.id)?.ok_or(Error::Missing)?;
                so_far(words, &course, &store::marks(tx, there.id)?)
            }
            None => words.say("launch-course-new-to-you"),
        };
        let href = format!("/learn/courses/{}", resource.id);
        let title = resources::title(words, &resource);
        cards.push(ui::card(&href, title, html!("<p>{}</p>", says)));
    }
    let mut body = if cards.is_empty() {
        html!("<p>{}</p>", words.say("launch-no-courses"))
    } else {
        ui::cards(&cards)
    };
    if found.more {
        let href = format!("/learn/courses?after={}", after + PAGE);
        body.push(html!(
            "<p>{}</p>",
            ui::link(&href, words.say("launch-more"))
        ));
    }
    Ok(page(words.say("launch-learn-title"), body))
}

pub(crate) fn counted(course: &Course, marks: &Marks) -> (i64, i64) {
    let units = course.nodes.iter().filter(|node| node.number.is_some());
    units.fold((0, 0), |(done, all), node| {
        let satisfied = marks.of(node.position).satisfied_at.is_some();
        (done + i64::from(satisfied), all + 1)
    })
}

pub(crate) fn so_far(words: &Words, course: &Course, marks: &Marks) -> String {
    let (done, all) = counted(course, marks);
    words.say_with(
        "launch-so-far",
        &[("done", done.into()), ("all", all.into())],
    )
}

pub(crate) fn state(words: &Words, code: &str) -> Html {
    ui::tag(code, &words.say(&format!("launch-state-{code}")))
}

/// The parts of a course as nested lists; `line` writes what stands behind a unit's title.
pub(crate) fn tree(
    words: &Words,
    course: &Course,
    line: &mut dyn FnMut(&super::course::Node) -> Html,
) -> Html {
    let mut body = html!("<ul class=\"plain\">");
    let mut depths: Vec<i64> = Vec::new();
    for node in course.nodes.iter().skip(1) {
        let parent = node.parent.unwrap_or(0);
        while depths.last().is_some_and(|open| *open != parent) {
            depths.pop();
            body.push(html!("</ul></li>"));
        }
        let title = in_lang(&node.titles, words.lang());
        if node.kind == "block" {
            body.push(html!("<li><strong>{}</strong><ul class=\"plain\">", title));
            depths.push(node.position);
        } else {
            body.push(html!("<li>{}</li>", line(node)));
        }
    }
    for _ in depths {
        body.push(html!("</ul></li>"));
    }
    body.push(html!("</ul>"));
    body
}

fn contents(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let resource = for_learner(tx, ask)?;
    let course = acts::read(tx, &ask.site.files, &resource)?;
    let there = store::of_person(tx, resource.id, ask.actor()?.account)?;
    let (marks, live) = match &there {
        Some(there) => (
            store::marks(tx, there.id)?,
            store::sessions(tx, there.id, 1)?,
        ),
        None => (Marks::default(), Vec::new()),
    };
    let mut body = html!("<p>{}</p>", so_far(words, &course, &marks));
    if there
        .as_ref()
        .is_some_and(|there| there.satisfied_at.is_some())
    {
        body.push(html!(
            "<p><strong>{}</strong></p>",
            words.say("launch-course-finished")
        ));
    }
    body.push(tree(words, &course, &mut |node| {
        let number = node.number.unwrap_or(0);
        let href = format!("/learn/courses/{}/units/{number}", resource.id);
        let open = live
            .iter()
            .any(|s| s.position == node.position && s.closed_at.is_none());
        let code = marks.of(node.position).code(open);
        let title = in_lang(&node.titles, words.lang());
        html!("{} {}", ui::link(&href, title), state(words, code))
    }));
    body.push(html!(
        "<p>{}</p>",
        ui::link("/learn/courses", words.say("launch-learn-title"))
    ));
    Ok(page(resources::title(words, &resource).to_owned(), body))
}

/// What a learner should know before opening a unit.
pub(crate) fn before_opening(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let words = &ask.words;
    let resource = for_learner(tx, ask)?;
    let course = acts::read(tx, &ask.site.files, &resource)?;
    let node = course.unit(unit(ask)?)?;
    let title = in_lang(&node.titles, words.lang());
    let mut beside = html!("<p><strong>{}</strong></p>", title);
    if let Some(host) = host(&node.url) {
        let says = words.say_with("launch-leads-to", &[("host", host.into())]);
        beside.push(html!("<p>{}</p>", says));
    }
    if is_satisfied(tx, &course, ask.actor()?.account, unit(ask)?)? {
        beside.push(html!("<p>{}</p>", words.say("launch-again")));
    }
    Ok(Prefill {
        beside,
        ..Prefill::default()
    })
}

/// Where an address leads, when it leads elsewhere.
fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    rest.split(['/', '?', '#']).next()
}

/// The way to a unit that lies elsewhere.
fn elsewhere(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let resource = for_learner(tx, ask)?;
    let session = store::session(tx, ask.id("session")?)?.ok_or(Error::Missing)?;
    let found = store::registration(tx, session.registration)?.ok_or(Error::Missing)?;
    let own = found.whose.learner == Some(ask.actor()?.account);
    if !own || found.resource != resource.id {
        return Err(Error::Missing);
    }
    let back = format!("/learn/courses/{}", resource.id);
    let course = store::course(tx, resource.id)?.ok_or(Error::Missing)?;
    let node = course.node(session.position)?;
    let mut body = Html::new();
    if session.closed_at.is_none() && session.token.is_none() {
        let url = url_again(&ask.site, &course, &found, &session)?;
        let says = words.say_with(
            "launch-leads-to",
            &[("host", host(&node.url).unwrap_or_default().into())],
        );
        let target = if node.own_window {
            " target=\"_blank\" rel=\"noopener\""
        } else {
            ""
        };
        body.push(html!(
            "<p>{}</p><p><a class=\"button\" href=\"{}\"",
            says,
            url
        ));
        body.push(Html::raw(target.to_owned()));
        body.push(html!(">{}</a></p>", words.say("launch-open-button")));
    } else {
        body.push(html!("<p>{}</p>", words.say("launch-opened-already")));
    }
    body.push(html!(
        "<p>{}</p>",
        ui::link(&back, words.say("launch-back"))
    ));
    Ok(page(in_lang(&node.titles, words.lang()), body))
}
