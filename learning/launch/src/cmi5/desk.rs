//! What teachers, heads and officers see: who has done what, and the keys of programs.

use super::acts;
use super::course::{Course, Mark, Marks, Registration, Session};
use super::in_lang;
use super::pages::{LOOKS, action, counted, page, path_of, so_far, state, tree, unit};
use super::store::{self, Key};
use base::{Actor, Error, Id, Result, Role};
use db::Tx;
use lang::Words;
use ui::{Cell, Html, html};
use web::{Answer, Ask, Choice, Line, Listing, Prefill};

/// The country a learning officer works for.
pub(crate) fn country(actor: &Actor) -> Result<String> {
    let held = actor.appointments.iter();
    held.filter(|held| held.role == Role::LearningOfficer)
        .find_map(|held| held.country.clone())
        .ok_or(Error::Forbidden(Role::LearningOfficer.code()))
}

pub(crate) fn courses(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (query, words) = (ask.list(), &ask.words);
    let [after] = query.after_parts::<1>();
    let mut found = store::courses(tx, Id::parse(&after), query.limit + 1)?;
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let ids: Vec<Id> = found.iter().map(|one| one.resource).collect();
    let known = resources::resources(tx, &ids)?;
    let rows = found.iter().filter_map(|one| {
        let resource = known.get(&one.resource)?;
        if !resources::may_see(resource, ask.actor.as_ref()) {
            return None;
        }
        Some(Line {
            key: one.resource.to_string(),
            cells: vec![
                Cell::link(
                    format!("/courses/{}/learners", one.resource),
                    resources::title(words, resource).to_owned(),
                ),
                one.units.into(),
                one.begun.into(),
                one.finished.into(),
            ],
            href: None,
        })
    });
    let rows: Vec<Line> = rows.collect();
    let mut actions = vec![action(
        words,
        "/courses/new".to_owned(),
        "launch-course-new-button",
        true,
    )];
    if ask.is_any(&[Role::LearningOfficer]) {
        actions.push(action(
            words,
            "/courses/keys".to_owned(),
            "launch-keys",
            false,
        ));
    }
    Ok(Answer::List(Listing {
        title: words.say("launch-title"),
        before: html!("<p>{}</p>", words.say("launch-intro")),
        rows,
        more,
        actions,
        ..Listing::default()
    }))
}

/// The classes somebody teaches, or of the school somebody heads.
fn own_classes(tx: &mut Tx, ask: &Ask) -> Result<Vec<classes::Class>> {
    let actor = ask.actor()?;
    let mut all = classes::classes_of_teacher(tx, actor.account, ask.today)?;
    for school in actor.schools(&[Role::SchoolHead]) {
        for class in classes::classes_of_school(tx, school, ask.today, 200)? {
            if all.iter().all(|one| one.id != class.id) {
                all.push(class);
            }
        }
    }
    Ok(all)
}

pub(crate) fn class_choices(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let lang = ask.words.lang();
    let choice = |class: classes::Class| Choice {
        code: class.id.to_string(),
        label: class.names.get(lang).to_owned(),
    };
    Ok(own_classes(tx, ask)?.into_iter().map(choice).collect())
}

fn line(
    (key, href, who): (String, Option<String>, String),
    (done, units): (i64, i64),
    found: Option<&Registration>,
) -> Line {
    let code = match found {
        Some(found) if found.satisfied_at.is_some() => "satisfied",
        Some(_) => "open",
        None => "untouched",
    };
    Line {
        key,
        cells: vec![
            match href {
                Some(href) => Cell::link(href, who),
                None => who.into(),
            },
            done.into(),
            units.into(),
            Cell::code(code),
            Cell::or_not_applicable(found.map(|found| found.made_at.day())),
        ],
        href: None,
    }
}

pub(crate) fn one_course(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (query, words, actor) = (ask.list(), &ask.words, ask.actor()?);
    let resource = resources::resource(tx, ask.id("id")?)?;
    if !resources::may_see(&resource, Some(actor)) {
        return Err(Error::Missing);
    }
    let course = acts::read(tx, &ask.site.files, &resource)?;
    let (_, units) = counted(&course, &Marks::default());
    let mut rows = Vec::new();
    let mut more = false;
    let before;
    if actor.is_in(Role::LearningOfficer, &resource.country) {
        // Names are the school's to see: an officer sees figures and the registration's number.
        let [after] = query.after_parts::<1>();
        let mut found = store::of_course(tx, resource.id, Id::parse(&after), query.limit + 1)?;
        let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
        more = found.len() > limit;
        found.truncate(limit);
        for one in &found {
            let (done, _) = counted(&course, &store::marks(tx, one.id)?);
            let who = (one.id.to_string(), Some(path_of(one)), one.id.to_string());
            rows.push(line(who, (done, units), Some(one)));
        }
        before = words.say("launch-course-officer");
    } else {
        let own = own_classes(tx, ask)?;
        let wanted = query.filter("class").and_then(Id::parse);
        let class = own
            .iter()
            .find(|class| wanted.is_none_or(|id| id == class.id));
        if let Some(class) = class {
            for person in classes::learners(tx, class.id, ask.today)? {
                let wanted = query.q.as_deref().unwrap_or_default();
                if !base::fold(&person.name()).contains(wanted) {
                    continue;
                }
                let found = store::of_person(tx, resource.id, person.id)?;
                let done = match &found {
                    Some(found) => counted(&course, &store::marks(tx, found.id)?).0,
                    None => 0,
                };
                let href = found.as_ref().map(path_of);
                let who = (person.id.to_string(), href, person.name());
                rows.push(line(who, (done, units), found.as_ref()));
            }
        }
        before = class.map_or_else(
            || words.say("launch-no-class"),
            |class| class.names.get(words.lang()).to_owned(),
        );
    }
    let about = format!("/resources/{}", resource.id);
    Ok(Answer::List(Listing {
        title: resources::title(words, &resource).to_owned(),
        before: html!("<p>{}</p>", before),
        rows,
        more,
        actions: vec![action(words, about, "launch-about", false)],
        ..Listing::default()
    }))
}

/// A registration somebody may look after, and the name of its learner where they may see it.
pub(crate) fn seen(tx: &mut Tx, ask: &Ask, id: Id) -> Result<(Registration, String)> {
    let actor = ask.actor()?;
    let found = store::registration(tx, id)?.ok_or(Error::Missing)?;
    let resource = resources::resource(tx, found.resource)?;
    if let Some(learner) = found.whose.learner
        && actor.is_any(&[Role::Teacher, Role::SchoolHead])
        && let Ok(person) = classes::require_may_see(tx, actor, learner, ask.today)
    {
        return Ok((found, person.name()));
    }
    if actor.is_in(Role::LearningOfficer, &resource.country) {
        let number = found.id.to_string();
        return Ok((found, number));
    }
    Err(Error::Missing)
}

pub(crate) fn one_learner(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let (found, who) = seen(tx, ask, ask.id("registration")?)?;
    let resource = resources::resource(tx, found.resource)?;
    let course = store::course(tx, found.resource)?.ok_or(Error::Missing)?;
    let marks = store::marks(tx, found.id)?;
    let sessions = store::sessions(tx, found.id, 50)?;
    let mut body = html!(
        "<p>{}</p><p>{}</p>",
        ui::link(
            &format!("/courses/{}/learners", resource.id),
            resources::title(words, &resource)
        ),
        so_far(words, &course, &marks)
    );
    body.push(tree(words, &course, &mut |node| {
        let mark = marks.of(node.position);
        let open = sessions
            .iter()
            .any(|s| s.position == node.position && s.closed_at.is_none());
        let mut line = html!(
            "{} {}",
            in_lang(&node.titles, words.lang()),
            state(words, mark.code(open))
        );
        line.push(more_of(words, &mark));
        if mark.satisfied_at.is_none() {
            let number = node.number.unwrap_or(0);
            let href = format!("{}/units/{number}/waiver", path_of(&found));
            line.push(html!(
                " {}",
                ui::link(&href, words.say("launch-waive-button"))
            ));
        }
        line
    }));
    if !sessions.is_empty() {
        let mut list = html!("<ul>");
        for session in &sessions {
            list.push(html!("<li>{}</li>", told(words, &course, session)));
        }
        list.push(html!("</ul>"));
        body.push(ui::section(&words.say("launch-sessions"), list));
    }
    Ok(page(who, body))
}

fn more_of(words: &Words, mark: &Mark) -> Html {
    let mut more = Html::new();
    if let Some(score) = mark.score {
        more.push(html!(" {}", words.share(score)));
    }
    if let Some(at) = mark.satisfied_at {
        more.push(html!(" {}", words.day(at.day())));
    }
    if let Some(reason) = &mark.reason {
        more.push(html!(" «{}»", reason.as_str()));
    }
    more
}

fn told(words: &Words, course: &Course, session: &Session) -> Html {
    let title = course
        .node(session.position)
        .map(|node| in_lang(&node.titles, words.lang()));
    let code = session.closing.as_deref().unwrap_or("live");
    let mut line = html!(
        "{} · {} · {}",
        words.moment(session.launched_at),
        title.unwrap_or_default(),
        words.say(&format!("launch-session-{code}"))
    );
    if session.closed_at.is_none() {
        let href = format!("/courses/sessions/{}/ending", session.id);
        line.push(html!(
            " {}",
            ui::link(&href, words.say("launch-abandon-button"))
        ));
    }
    line
}

/// Whom a waiver is for, and what it waives.
pub(crate) fn before_waiver(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let (found, who) = seen(tx, ask, ask.id("registration")?)?;
    let course = store::course(tx, found.resource)?.ok_or(Error::Missing)?;
    let title = in_lang(&course.unit(unit(ask)?)?.titles, ask.words.lang());
    Ok(Prefill {
        beside: html!("<p>{}</p><p><strong>{}</strong></p>", who, title),
        ..Prefill::default()
    })
}

/// Whose session is to end.
pub(crate) fn before_ending(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let session = store::session(tx, ask.id("session")?)?.ok_or(Error::Missing)?;
    let (found, who) = seen(tx, ask, session.registration)?;
    let course = store::course(tx, found.resource)?.ok_or(Error::Missing)?;
    Ok(Prefill {
        beside: html!(
            "<p>{}</p><p>{}</p>",
            who,
            told(&ask.words, &course, &session)
        ),
        ..Prefill::default()
    })
}

/// The way from a resource to its course.
pub(crate) fn of_resource(tx: &mut Tx, ask: &Ask, id: &str) -> Result<Html> {
    let Some(id) = Id::parse(id) else {
        return Ok(Html::new());
    };
    let resource = resources::resource(tx, id)?;
    if resource.kind != formats::Kind::Cmi5.code() {
        return Ok(Html::new());
    }
    let words = &ask.words;
    let mut links = Html::new();
    if ask.is_any(&[Role::Learner]) {
        let href = format!("/learn/courses/{id}");
        links.push(html!("<p>{}</p>", ui::link(&href, words.say("launch-go"))));
    }
    if ask
        .actor
        .as_ref()
        .is_some_and(|actor| LOOKS.admits(Some(actor)).is_ok())
    {
        let href = format!("/courses/{id}/learners");
        links.push(html!(
            "<p>{}</p>",
            ui::link(&href, words.say("launch-who-did-what"))
        ));
    }
    if links.is_empty() {
        return Ok(links);
    }
    Ok(ui::section(&words.say("launch-course"), links))
}

// ---- keys

/// The key of an act, when it is the actor's country's.
pub(crate) fn own_key(tx: &mut Tx, ask: &Ask) -> Result<Key> {
    let key = store::key(tx, ask.id("id")?)?;
    if ask.actor()?.is_in(Role::LearningOfficer, &key.country) {
        Ok(key)
    } else {
        Err(Error::Missing)
    }
}

/// The key somebody is about to end.
pub(crate) fn before_key_end(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let key = own_key(tx, ask)?;
    Ok(Prefill {
        beside: html!("<p>{}</p>", key.label),
        ..Prefill::default()
    })
}

pub(crate) fn keys(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (query, words) = (ask.list(), &ask.words);
    let [before] = query.after_parts::<1>();
    let country = country(ask.actor()?)?;
    let mut found = store::keys(tx, &country, Id::parse(&before), query.limit + 1)?;
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let rows = found.iter().map(|key| {
        let good = key.ended_at.is_none();
        let href = format!("/courses/keys/{}/ending", key.id);
        Line {
            key: key.id.to_string(),
            cells: vec![
                key.label.clone().into(),
                key.made_at.day().into(),
                Cell::code(if good { "good" } else { "ended" }),
                if good {
                    Cell::link(href, words.say("launch-key-end-button"))
                } else {
                    Cell::NotApplicable
                },
            ],
            href: None,
        }
    });
    let rows: Vec<Line> = rows.collect();
    let url = format!("{}/launch/api", ask.site.settings.url);
    let new = "/courses/keys/new".to_owned();
    Ok(Answer::List(Listing {
        title: words.say("launch-keys"),
        before: html!(
            "<p>{}</p><p><code>{}</code></p>",
            words.say("launch-keys-intro"),
            url
        ),
        rows,
        more,
        actions: vec![action(words, new, "launch-key-new-button", true)],
        ..Listing::default()
    }))
}
