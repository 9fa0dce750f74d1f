//! People, for administrators and the secretariat.

use crate::account::Account;
use crate::acts::people::{APPOINTERS, READERS};
use crate::pages::own::role_line;
use crate::pages::{after_name, link};
use crate::store::{self, AccountsWanted};
use base::{Result, Role};
use db::Tx;
use ui::{Cell, Column, Html, Kind, html};
use web::{ActLink, Answer, Ask, Filter, Line, Listing, Shape, Show, View, Who};

const ROLES: &[&str] = &[
    "authority_focal_point",
    "authority_signatory",
    "member_focal_point",
    "member_officer",
    "secretariat_officer",
    "secretariat_approver",
    "auditor",
    "administrator",
];

const FILTERS: &[Filter] = &[Filter::codes("role", "role", ROLES)];

pub(crate) fn views() -> Vec<View> {
    vec![
        View {
            path: "/people",
            who: Who::Any(READERS),
            shape: Shape::List(LIST, FILTERS),
            run: list,
        },
        View {
            path: "/people/{id}",
            who: Who::Any(READERS),
            shape: Shape::Record(RECORD),
            run: record,
        },
    ]
}

const LIST: &[Column] = &[
    Column::new("name", Kind::Link),
    Column::new("email", Kind::Text),
    Column::new("roles", Kind::Text),
    Column::new("state", Kind::Code("account-state")),
    Column::new("second_factor", Kind::Yes),
    Column::new("created_at", Kind::Moment),
];

fn state(account: &Account) -> &'static str {
    match (account.closed_at, &account.password_hash, account.sample) {
        (Some(_), _, _) => "closed",
        (None, None, false) => "invited",
        (None, Some(_), _) | (None, None, true) => "active",
    }
}

fn list(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let query = ask.list();
    let (name, id) = after_name(ask);
    let wanted = AccountsWanted {
        after: (&name, id),
        q: query.q.as_deref(),
        role: query.filter("role"),
        today: ask.today,
        limit: query.limit + 1,
    };
    let mut found = store::accounts(tx, &wanted)?;
    let more = found.len() > usize::try_from(query.limit).unwrap_or(usize::MAX);
    found.truncate(usize::try_from(query.limit).unwrap_or(usize::MAX));
    let mut rows = Vec::with_capacity(found.len());
    for (key, account) in found {
        let held = store::appointments_of(tx, account.id)?;
        let mut roles: Vec<String> = held
            .iter()
            .filter(|a| a.is_in_force(ask.today))
            .map(|a| ask.words.code("role", a.role.code()))
            .collect();
        roles.dedup();
        rows.push(Line {
            key: format!("{key}~{}", account.id),
            href: None,
            cells: vec![
                Cell::link(format!("/people/{}", account.id), account.name.as_str()),
                account.email.as_str().into(),
                ask.words.list(&roles).into(),
                Cell::code(state(&account)),
                account.totp_secret.is_some().into(),
                account.created_at.into(),
            ],
        });
    }
    let actions = if ask.is_any(APPOINTERS) {
        vec![ActLink {
            main: true,
            ..link(ask, "person-new", "/people/new")
        }]
    } else {
        Vec::new()
    };
    let title = ask.words.say("people-title");
    Ok(Answer::List(Listing {
        title,
        before: html!("<p>{}</p>", ask.words.site_zone(ask.now)),
        rows,
        more,
        actions,
        ..Listing::default()
    }))
}

const RECORD: &[Column] = &[
    Column::new("name", Kind::Text),
    Column::new("email", Kind::Text),
    Column::new("language", Kind::Code("lang")),
    Column::new("state", Kind::Code("account-state")),
    Column::new("second_factor", Kind::Yes),
    Column::new("sample", Kind::Yes),
    Column::new("created_at", Kind::Moment),
    Column::new("closed_at", Kind::Moment),
];

fn record(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let account = store::account(tx, ask.id("id")?)?;
    let mut sections = ui::section(
        &ask.words.say("person-roles"),
        appointments(tx, ask, &account)?,
    );
    sections.push(ties(tx, ask, &account)?);
    sections.push(reasons(tx, ask, &account)?);
    Ok(Answer::Record(Show {
        title: account.name.clone(),
        cells: vec![
            account.name.as_str().into(),
            account.email.as_str().into(),
            Cell::code(account.lang.code()),
            Cell::code(state(&account)),
            account.totp_secret.is_some().into(),
            account.sample.into(),
            account.created_at.into(),
            Cell::or_not_applicable(account.closed_at),
        ],
        sections,
        actions: actions(ask, &account)?,
        ..Show::default()
    }))
}

fn actions(ask: &Ask, account: &Account) -> Result<Vec<ActLink>> {
    let actor = ask.actor()?;
    let mut acts = Vec::new();
    if account.closed_at.is_some() || actor.account == account.id {
        return Ok(acts);
    }
    let path = |end: &str| format!("/people/{}/{end}", account.id);
    if ask.is_any(APPOINTERS) {
        acts.push(link(ask, "appointment-new", path("appointments/new")));
        if account.password_hash.is_none() {
            acts.push(link(ask, "person-invitation", path("invitation")));
        }
    }
    if actor.is(Role::Administrator) {
        acts.push(link(ask, "person-sign-in-link", path("sign-in-link")));
        if account.totp_secret.is_some() {
            acts.push(link(
                ask,
                "person-second-factor-reset",
                path("second-factor-reset"),
            ));
        }
        acts.push(link(ask, "person-closure", path("closure")));
    }
    Ok(acts)
}

fn appointments(tx: &mut Tx, ask: &Ask, account: &Account) -> Result<Html> {
    let words = &ask.words;
    let mut rows = Vec::new();
    for a in store::appointments_of(tx, account.id)? {
        let ended = a.ended_at.map(|at| words.day(at.day()));
        let reason = a.end_reason.clone();
        let may = crate::rules::may_end(ask.actor()?, &a).is_ok();
        let end = may.then(|| {
            ui::link(
                &format!("/appointments/{}/end", a.id),
                words.say("appointment-end-button"),
            )
        });
        rows.push(vec![
            role_line(tx, ask, &a)?,
            html!("{}", words.day(a.from_on)),
            html!("{}", words.code("appointment-basis", &a.basis)),
            html!("{} {} {}", ended, reason, end),
        ]);
    }
    if rows.is_empty() {
        return Ok(html!("<p>{}</p>", words.say("account-no-roles")));
    }
    let head = [
        "column-role",
        "column-from-on",
        "column-basis",
        "column-ended",
    ]
    .map(|key| words.say(key));
    Ok(ui::plain_table(&words.say("person-roles"), &head, &rows))
}

/// Declared ties: those who give work to the person must know them.
fn ties(tx: &mut Tx, ask: &Ask, account: &Account) -> Result<Html> {
    let mut items = Html::new();
    for tie in store::affiliations(tx, account.id)? {
        let name = crate::door::organisation_name(tx, &ask.words, Some(tie.organisation))?;
        let kind = ask.words.code("affiliation-kind", &tie.kind);
        let until = tie.to_on.map(|last| ask.words.day(last));
        items.push(html!(
            "<li>{} <span>{}</span> <small>{}</small></li>",
            name,
            kind,
            until
        ));
    }
    Ok(if items.is_empty() {
        Html::new()
    } else {
        ui::section(
            &ask.words.say("account-affiliations"),
            html!("<ul>{}</ul>", items),
        )
    })
}

fn reasons(tx: &mut Tx, ask: &Ask, account: &Account) -> Result<Html> {
    let items: Html = store::reasons(tx, account.id)?
        .into_iter()
        .map(|(verb, reason, at)| {
            let verb = ask
                .words
                .code("account-verb", verb.trim_start_matches("account."));
            html!(
                "<li>{} <strong>{}</strong> {}</li>",
                ask.words.day(at.day()),
                verb,
                reason
            )
        })
        .collect();
    Ok(if items.is_empty() {
        Html::new()
    } else {
        ui::section(
            &ask.words.say("person-reasons"),
            html!("<ul>{}</ul>", items),
        )
    })
}
