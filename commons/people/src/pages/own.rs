//! A person's own account.

use crate::account::{Appointed, Key};
use crate::pages::{before_moment, link};
use crate::{door, rules, secret, sessions, store};
use base::{Id, Result};
use db::Tx;
use ui::{Cell, Column, Html, Kind, html};
use web::{ActLink, Answer, Ask, Line, Listing, Page, Shape, Show, View, Who};

pub(crate) fn views() -> Vec<View> {
    let own = |path, shape, run| View {
        path,
        who: Who::SignedIn,
        shape,
        run,
    };
    vec![
        own("/account", Shape::Page, account),
        own(
            "/account/sessions",
            Shape::List(SESSIONS, &[]),
            sessions_list,
        ),
        own("/account/keys", Shape::List(KEYS, &[]), keys),
        own(
            "/account/affiliations",
            Shape::List(AFFILIATIONS, &[]),
            affiliations,
        ),
        own("/shown/{id}", Shape::Record(SHOWN), shown),
    ]
}

fn account(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let account = store::account(tx, ask.actor()?.account)?;
    let words = &ask.words;
    let second = account.totp_secret.is_some();
    let cells = [
        Cell::from(account.name.as_str()),
        Cell::from(account.email.as_str()),
        Cell::code(account.lang.code()),
        Cell::Yes(second),
    ];
    let mut body = ui::facts(words, OWN, &cells);
    body.push(withheld(tx, ask, &account)?);
    body.push(ui::section(
        &words.say("account-roles"),
        roles(tx, ask, account.id)?,
    ));
    body.push(ui::section(
        &words.say("account-safety"),
        safety(tx, ask, &account)?,
    ));
    let here = [
        ("account-sessions", "/account/sessions"),
        ("account-keys", "/account/keys"),
        ("account-affiliations", "/account/affiliations"),
    ];
    let items: Html = here
        .iter()
        .map(|(key, href)| {
            let help = words.say(&format!("{key}-help"));
            html!(
                "<li>{} <small>{}</small></li>",
                ui::link(href, words.say(key)),
                help
            )
        })
        .collect();
    body.push(ui::section(
        &words.say("account-more"),
        html!("<ul>{}</ul>", items),
    ));
    let mut acts = vec![link(ask, "account-language", "/account/language")];
    if ask.is_any(crate::acts::people::APPOINTERS) {
        acts.push(link(ask, "person-new", "/people/new"));
    }
    body.push(ui::actions(&acts));
    Ok(Answer::Page(Page {
        title: words.say("account-title"),
        body,
        ..Page::default()
    }))
}

const OWN: &[Column] = &[
    Column::new("name", Kind::Text),
    Column::new("email", Kind::Text),
    Column::new("language", Kind::Code("lang")),
    Column::new("second_factor", Kind::Yes),
];

/// Says that roles wait for the second factor, and where to give it.
fn withheld(tx: &mut Tx, ask: &Ask, account: &crate::account::Account) -> Result<Html> {
    let full = door::actor_of(tx, account, true, ask.today)?
        .appointments
        .len();
    if full == ask.actor()?.appointments.len() {
        return Ok(Html::new());
    }
    let (key, href, act) = if account.totp_secret.is_some() {
        ("account-code-first", "/sign-in/code", "sign-in-code")
    } else {
        (
            "account-second-factor-first",
            "/account/second-factor",
            "second-factor",
        )
    };
    let to = ui::link(href, ask.words.say(&format!("{act}-button")));
    Ok(ui::notice(
        &ask.words,
        ui::Tone::Warn,
        html!("<p>{} {}</p>", ask.words.say(key), to),
    ))
}

fn safety(tx: &mut Tx, ask: &Ask, account: &crate::account::Account) -> Result<Html> {
    let mut acts = vec![link(ask, "password", "/account/password")];
    let mut out = Html::new();
    if account.totp_secret.is_some() {
        let left = store::recovery_left(tx, account.id)?;
        let said = ask
            .words
            .say_with("account-recovery-left", &[("n", left.into())]);
        out.push(html!("<p>{}</p>", said));
        acts.push(link(ask, "recovery-codes", "/account/recovery-codes"));
        acts.push(link(
            ask,
            "second-factor-removal",
            "/account/second-factor/removal",
        ));
    } else {
        out.push(html!(
            "<p>{}</p>",
            ask.words.say("account-no-second-factor")
        ));
        acts.push(link(ask, "second-factor", "/account/second-factor"));
    }
    out.push(ui::actions(&acts));
    Ok(out)
}

/// The roles a person holds or will hold, in words.
///
/// # Errors
/// A fault of the database.
pub(crate) fn roles(tx: &mut Tx, ask: &Ask, account: Id) -> Result<Html> {
    let held = store::appointments_of(tx, account)?;
    let open =
        |a: &&Appointed| a.ended_at.is_none() && a.to_on.is_none_or(|last| ask.today <= last);
    let mut items = Html::new();
    for appointed in held.iter().filter(open) {
        items.push(html!("<li>{}</li>", role_line(tx, ask, appointed)?));
    }
    Ok(if items.is_empty() {
        html!("<p>{}</p>", ask.words.say("account-no-roles"))
    } else {
        html!("<ul>{}</ul>", items)
    })
}

/// One role in words: for whom, where, until when.
pub(crate) fn role_line(tx: &mut Tx, ask: &Ask, a: &Appointed) -> Result<Html> {
    let words = &ask.words;
    let organisation = door::organisation_name(tx, words, a.organisation)?;
    let parts: Vec<String> = [
        organisation,
        a.country.clone().unwrap_or_default(),
        a.places.join(", "),
    ]
    .into_iter()
    .filter(|part| !part.is_empty())
    .collect();
    let until = a
        .to_on
        .map(|last| words.say_with("account-role-until", &[("day", words.day(last).into())]));
    Ok(html!(
        "<strong>{}</strong> <span>{}</span> <small>{}</small>",
        words.code("role", a.role.code()),
        words.list(&parts),
        until
    ))
}

const SESSIONS: &[Column] = &[
    Column::new("agent", Kind::Text),
    Column::new("began_by", Kind::Code("session-began-by")),
    Column::new("created_at", Kind::Moment),
    Column::new("seen_at", Kind::Moment),
    Column::new("second_factor", Kind::Yes),
    Column::new("this_one", Kind::Yes),
    Column::new("end", Kind::Link),
];

fn sessions_list(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let limit = ask.list().limit;
    let here = sessions::here(tx, ask)?.map(|session| session.id);
    let mut found = store::sessions(tx, ask.actor()?.account, before_moment(ask), limit + 1)?;
    let more = found.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let end = ask.words.say("session-end-button");
    let alive = found
        .iter()
        .filter(|session| rules::is_alive(session, ask.now));
    let rows = alive
        .map(|session| Line {
            key: format!("{}~{}", session.created_at.micros(), session.id),
            href: None,
            cells: vec![
                session.agent.as_str().into(),
                Cell::code(session.began_by.as_str()),
                session.created_at.into(),
                session.seen_at.into(),
                session.second_at.is_some().into(),
                (Some(session.id) == here).into(),
                Cell::link(
                    format!("/account/sessions/{}/end", session.id),
                    end.as_str(),
                ),
            ],
        })
        .collect();
    let actions = vec![link(
        ask,
        "sessions-end-others",
        "/account/sessions/end-others",
    )];
    let title = ask.words.say("account-sessions");
    Ok(Answer::List(Listing {
        title,
        rows,
        more,
        actions,
        ..Listing::default()
    }))
}

const KEYS: &[Column] = &[
    Column::new("label", Kind::Text),
    Column::new("shown_start", Kind::Text),
    Column::new("scope", Kind::Code("key-scope")),
    Column::new("paths", Kind::Text),
    Column::new("created_at", Kind::Moment),
    Column::new("expires_on", Kind::Day),
    Column::new("state", Kind::Code("key-state")),
    Column::new("revoke", Kind::Link),
];

fn keys(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let query = ask.list();
    let after = query
        .after
        .as_deref()
        .and_then(Id::parse)
        .unwrap_or(crate::choose::FIRST);
    let mut found = store::keys_of(tx, ask.actor()?.account, after, query.limit + 1)?;
    let more = found.len() > usize::try_from(query.limit).unwrap_or(usize::MAX);
    found.truncate(usize::try_from(query.limit).unwrap_or(usize::MAX));
    let rows = found.iter().map(|key| key_line(ask, key)).collect();
    let actions = vec![ActLink {
        main: true,
        ..link(ask, "key-new", "/account/keys/new")
    }];
    let title = ask.words.say("account-keys");
    let before = html!("<p>{}</p>", ask.words.say("account-keys-help"));
    Ok(Answer::List(Listing {
        title,
        before,
        rows,
        more,
        actions,
        ..Listing::default()
    }))
}

fn key_line(ask: &Ask, key: &Key) -> Line {
    let alive = rules::is_key_alive(key, ask.today);
    let state = match (key.revoked_at.is_some(), alive) {
        (true, _) => "revoked",
        (false, true) => "active",
        (false, false) => "expired",
    };
    let revoke = if key.revoked_at.is_none() {
        let href = format!("/account/keys/{}/revocation", key.id);
        Cell::link(href, ask.words.say("key-revocation-button"))
    } else {
        Cell::NotApplicable
    };
    Line {
        key: key.id.to_string(),
        href: None,
        cells: vec![
            key.label.as_str().into(),
            key.shown_start.as_str().into(),
            Cell::code(key.scope.code()),
            key.paths.join(" ").into(),
            key.created_at.into(),
            Cell::or_not_applicable(key.expires_on),
            Cell::code(state),
            revoke,
        ],
    }
}

const AFFILIATIONS: &[Column] = &[
    Column::new("organisation", Kind::Link),
    Column::new("kind", Kind::Code("affiliation-kind")),
    Column::new("from_on", Kind::Day),
    Column::new("to_on", Kind::Day),
    Column::new("end", Kind::Link),
];

fn affiliations(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let mut rows = Vec::new();
    for tie in store::affiliations(tx, ask.actor()?.account)? {
        let name = door::organisation_name(tx, &ask.words, Some(tie.organisation))?;
        let end = if tie.to_on.is_none_or(|last| ask.today < last) {
            let href = format!("/account/affiliations/{}/end", tie.id);
            Cell::link(href, ask.words.say("affiliation-end-button"))
        } else {
            Cell::NotApplicable
        };
        rows.push(Line {
            key: tie.id.to_string(),
            href: None,
            cells: vec![
                Cell::link(format!("/organisations/{}", tie.organisation), name),
                Cell::code(tie.kind),
                tie.from_on.into(),
                Cell::or_not_applicable(tie.to_on),
                end,
            ],
        });
    }
    let actions = vec![ActLink {
        main: true,
        ..link(ask, "affiliation-new", "/account/affiliations/new")
    }];
    let title = ask.words.say("account-affiliations");
    let before = html!("<p>{}</p>", ask.words.say("account-affiliations-help"));
    Ok(Answer::List(Listing {
        title,
        before,
        rows,
        actions,
        ..Listing::default()
    }))
}

const SHOWN: &[Column] = &[Column::new("secret", Kind::Words)];

fn shown(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let id = ask.id("id")?;
    let (what, sealed) = store::shown(tx, id, ask.actor()?.account, ask.now)?;
    let opened = secret::sealed(&ask.site.settings.secret, id, &sealed);
    let text = String::from_utf8(opened).map_err(|_| base::Error::Missing)?;
    let minutes = ask
        .words
        .say_with("shown-for", &[("minutes", rules::SHOWN_MINUTES.into())]);
    let help = html!(
        "<p>{}</p><p>{}</p>",
        ask.words.say(&format!("{what}-help")),
        minutes
    );
    Ok(Answer::Record(Show {
        title: ask.words.say(&what),
        before: ui::notice(&ask.words, ui::Tone::Warn, help),
        cells: vec![text.into()],
        ..Show::default()
    }))
}
