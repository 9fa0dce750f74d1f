//! A school: its people, classes and guardians, as lists that stay flat however long they grow.

use super::{CODE, action, class_label, code_filter};
use crate::acts::run_school;
use crate::{oneroster, store};
use base::{Id, Result, Role};
use db::Tx;
use ui::{Cell, Column, Html, Kind, html};
use web::{Answer, Ask, Download, Filter, Line, Listing, Page};

pub(crate) const PEOPLE: &[Column] = &[
    Column::new("name", Kind::Link),
    CODE,
    Column::new("birth_year", Kind::Text),
    Column::new("sex", Kind::Code("person-sex")),
    Column::new("user_name", Kind::Text),
    Column::new("id", Kind::Id),
];
pub(crate) const ROLE_FILTER: &[Filter] = &[code_filter(
    "school_role",
    "role",
    crate::acts::people::ROLES,
)];
pub(crate) const CLASSES: &[Column] = &[
    Column::new("class", Kind::Link),
    Column::new("grade", Kind::Whole),
    Column::new("school_year", Kind::Text),
    CODE,
    Column::new("learners", Kind::Whole),
    Column::new("id", Kind::Id),
];
pub(crate) const GUARDIANS: &[Column] = &[
    Column::new("guardian", Kind::Text),
    Column::new("relation", Kind::Code("relation")),
    Column::new("learner", Kind::Link),
    Column::new("created_at", Kind::Moment),
    Column::new("verified", Kind::Yes),
    Column::new("id", Kind::Id),
];
pub(crate) const TIE_FILTER: &[Filter] = &[code_filter(
    "tie_state",
    "guardian-state",
    &["waiting", "verified"],
)];

/// What the page of a school in the register shows to those who run it.
pub(crate) fn of_school(_: &mut Tx, ask: &Ask, id: &str) -> Result<Html> {
    let Some(actor) = &ask.actor else {
        return Ok(Html::new());
    };
    let Some(school) = Id::parse(id) else {
        return Ok(Html::new());
    };
    if !(actor.is_for(Role::SchoolHead, school) || actor.is(Role::LearningOfficer)) {
        return Ok(Html::new());
    }
    Ok(ui::actions(&[action(
        &ask.words,
        format!("/teach/schools/{school}"),
        "school-people-link",
        false,
    )]))
}

/// A school at a glance.
pub(crate) fn one(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let school = run_school(tx, ask.actor()?, ask.id("id")?)?;
    let path = format!("/teach/schools/{}", school.id());
    let counts = store::people::count_roles(tx, school.id(), ask.today)?;
    let cards: Vec<Html> = crate::acts::people::ROLES
        .iter()
        .map(|role| {
            let n = counts.get(*role).copied().unwrap_or(0);
            let about = html!("<p>{}</p>", words.number(n));
            ui::card(
                &format!("{path}/people?school_role={role}"),
                &words.code("role", role),
                about,
            )
        })
        .collect();
    let mut body = ui::actions(&[
        action(
            words,
            format!("{path}/people/new"),
            "school-person-new-button",
            true,
        ),
        action(
            words,
            format!("{path}/classes/new"),
            "class-new-button",
            false,
        ),
        action(
            words,
            format!("/teach/imports/new?scope={}", school.id()),
            "roster-import-title",
            false,
        ),
        action(
            words,
            format!("{path}/registers"),
            "register-way-title",
            false,
        ),
    ]);
    body.push(ui::cards(&cards));
    let waiting = store::people::links_of_school(tx, school.id(), Some(true), None, 100)?.len();
    if waiting > 0 {
        let says = words.say_with("guardians-wait", &[("n", waiting.into())]);
        let link = html!(
            "<a href=\"{}/guardians?tie_state=waiting\">{}</a>",
            path,
            says
        );
        body.push(ui::notice(words, ui::Tone::Warn, link));
    }
    body.push(ui::actions(&[
        action(words, format!("{path}/people"), "school-people", false),
        action(words, format!("{path}/classes"), "school-classes", false),
        action(
            words,
            format!("{path}/guardians"),
            "school-guardians",
            false,
        ),
        action(words, format!("{path}/marks"), "marks-link", false),
        action(words, format!("{path}/oneroster"), "school-export", false),
    ]));
    let id = school.id().to_string();
    body.push(web::html::slot(tx, ask, "school-page", &id)?);
    body.push(html!("<p>{}</p>", words.site_zone(ask.now)));
    Ok(Answer::Page(Page {
        title: school.name,
        body,
        ..Page::default()
    }))
}

/// The people of a school with a role, by family name.
pub(crate) fn people(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (words, query) = (&ask.words, ask.list());
    let school = run_school(tx, ask.actor()?, ask.id("id")?)?;
    let role = query.filter("school_role").unwrap_or("learner");
    let role = crate::acts::people::ROLES
        .iter()
        .find(|r| **r == role)
        .copied()
        .unwrap_or("learner");
    let [id, key] = query.after_parts::<2>();
    let at = (key.as_str(), Id::parse(&id));
    let mut found = store::people::at_school(
        tx,
        (school.id(), role),
        ask.today,
        query.q.as_deref(),
        at,
        query.limit + 1,
    )?;
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let rows = found
        .into_iter()
        .map(|(key, id, p)| Line {
            key: format!("{id}~{key}"),
            cells: vec![
                Cell::link(format!("/teach/people/{}", p.id), p.name()),
                p.code.as_str().into(),
                Cell::or_unknown(p.birth_year.map(|y| Cell::Text(y.to_string()))),
                Cell::or_unknown(p.sex.as_deref().map(Cell::code)),
                Cell::or_not_applicable(p.user_name.clone()),
                p.id.into(),
            ],
            href: None,
        })
        .collect();
    let new = format!(
        "/teach/schools/{}/people/new?school_role={role}",
        school.id()
    );
    Ok(Answer::List(Listing {
        title: words.say_with(
            "school-people-of",
            &[
                ("school", school.name.into()),
                ("role", words.code("role", role).into()),
            ],
        ),
        rows,
        more,
        actions: vec![action(words, new, "school-person-new-button", true)],
        ..Listing::default()
    }))
}

/// The classes of a school, by grade and name.
pub(crate) fn classes(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (words, query) = (&ask.words, ask.list());
    let school = run_school(tx, ask.actor()?, ask.id("id")?)?;
    let [grade, id, key] = query.after_parts::<3>();
    let at = (grade.parse().unwrap_or(-1), key.as_str(), Id::parse(&id));
    let mut found = store::classes::of_school(tx, school.id(), ask.today, at, query.limit + 1)?;
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let ids: Vec<Id> = found.iter().map(|c| c.id).collect();
    let sizes = store::classes::sizes(tx, &ids, ask.today)?;
    let rows = found
        .iter()
        .map(|c| Line {
            key: store::classes::list_key(c),
            cells: vec![
                Cell::link(format!("/teach/classes/{}", c.id), class_label(words, c)),
                c.grade.into(),
                c.session.as_str().into(),
                c.code.as_str().into(),
                sizes.get(&c.id).copied().unwrap_or(0).into(),
                c.id.into(),
            ],
            href: None,
        })
        .collect();
    let new = format!("/teach/schools/{}/classes/new", school.id());
    Ok(Answer::List(Listing {
        title: words.say_with("school-classes-of", &[("school", school.name.into())]),
        rows,
        more,
        actions: vec![action(words, new, "class-new-button", true)],
        ..Listing::default()
    }))
}

/// The guardians of a school's learners: all, those to be verified, or the verified.
pub(crate) fn guardians(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (words, query) = (&ask.words, ask.list());
    let school = run_school(tx, ask.actor()?, ask.id("id")?)?;
    let waiting = query.filter("tie_state").map(|state| state == "waiting");
    let [id] = query.after_parts::<1>();
    let mut found =
        store::people::links_of_school(tx, school.id(), waiting, Id::parse(&id), query.limit + 1)?;
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let mut rows = Vec::new();
    for link in &found {
        let guardian = store::people::person(tx, link.guardian)?.name();
        let learner = store::people::person(tx, link.learner)?;
        rows.push(Line {
            key: link.id.to_string(),
            cells: vec![
                guardian.into(),
                Cell::code(link.relation.as_str()),
                Cell::link(format!("/teach/people/{}", learner.id), learner.name()),
                link.asked_at.into(),
                link.verified_at.is_some().into(),
                link.id.into(),
            ],
            href: link
                .verified_at
                .is_none()
                .then(|| format!("/teach/guardians/{}/verification", link.id)),
        });
    }
    Ok(Answer::List(Listing {
        title: words.say_with("school-guardians-of", &[("school", school.name.into())]),
        before: html!("<p>{}</p>", words.say("school-guardians-intro")),
        rows,
        more,
        ..Listing::default()
    }))
}

/// Everything of a school as OneRoster 1.2 CSV.
pub(crate) fn oneroster(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let school = run_school(tx, ask.actor()?, ask.id("id")?)?;
    let bytes = oneroster::write(tx, &school, ask.now)?;
    Ok(Answer::File(Download {
        name: format!("oneroster-{}.zip", school.code),
        mime: "application/zip".to_owned(),
        bytes,
    }))
}
