//! What is to be seen in this room; the list is also CSV, XLSX and JSON. No page for the public
//! names a person.

use crate::accreditation::{Accreditation, Standing, State};
use crate::acts::AUTHORITY_ROLES;
use crate::{rules, store};
use base::{Actor, Error, Id, Result, Role, Uuid};
use db::Tx;
use ui::{Cell, Column, Html, Kind, html};
use web::{ActLink, Answer, Ask, Download, Filter, Line, Listing, Shape, Show, View, Waiting, Who};

const FILTERS: &[Filter] = &[
    Filter::codes("state", "authority-state", Standing::CODES),
    Filter::listed("country", places::choose::countries),
];

/// Every view of the room.
pub(crate) fn all() -> Vec<View> {
    let view = |path, who, shape, run| View {
        path,
        who,
        shape,
        run,
    };
    vec![
        view(
            "/authorities",
            Who::Anyone,
            Shape::List(LIST, FILTERS),
            list,
        ),
        view(
            "/authorities/{id}",
            Who::Anyone,
            Shape::Record(RECORD),
            record,
        ),
        view(
            "/authorities/{id}/letter",
            Who::SignedIn,
            Shape::File,
            letter,
        ),
    ]
}

const LIST: &[Column] = &[
    Column::new("country", Kind::Link).hxl("#country+name"),
    Column::new("country_code", Kind::Text).hxl("#country+code+v_iso2"),
    Column::new("organisation", Kind::Link).hxl("#org"),
    Column::new("state", Kind::Code("authority-state")).hxl("#status"),
    Column::new("valid_from", Kind::Day).hxl("#date+start"),
    Column::new("valid_to", Kind::Day).hxl("#date+end"),
];

/// Who sees what has not been confirmed, and the people behind it.
fn is_inside(actor: Option<&Actor>, a: &Accreditation) -> bool {
    actor.is_some_and(|actor| {
        actor.reads_all()
            || !rules::speaks(actor, &a.country, a.organisation, AUTHORITY_ROLES).is_empty()
    })
}

fn list(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let query = ask.list();
    let [country, id] = query.after_parts::<2>();
    let wanted = store::Wanted {
        after: (&country, Id::parse(&id).unwrap_or(Id(Uuid::nil()))),
        country: query.filter("country"),
        standing: query.filter("state"),
        confirmed_only: !ask.actor.as_ref().is_some_and(Actor::reads_all),
        today: ask.today,
        limit: query.limit + 1,
    };
    let mut found = store::list(tx, &wanted)?;
    let most = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = found.len() > most;
    found.truncate(most);
    let mut rows = Vec::with_capacity(found.len());
    for a in found {
        let name = places::country_name(tx, &a.country, ask.words.lang())?;
        let organisation = people::organisation_name(tx, &ask.words, Some(a.organisation))?;
        rows.push(Line {
            key: format!("{}~{}", a.country, a.id),
            href: None,
            cells: vec![
                Cell::link(format!("/authorities/{}", a.id), name),
                a.country.as_str().into(),
                Cell::link(format!("/organisations/{}", a.organisation), organisation),
                Cell::code(rules::standing(&a, ask.today).code()),
                a.valid_from.into(),
                a.valid_to.into(),
            ],
        });
    }
    let actions = if ask.is_any(&[Role::SecretariatOfficer]) {
        vec![ActLink {
            main: true,
            ..link(ask, "authority-new", "/authorities/new".to_owned())
        }]
    } else {
        Vec::new()
    };
    let title = ask.words.say("authorities-title");
    let before = html!("<p>{}</p>", ask.words.say("authorities-intro"));
    Ok(Answer::List(Listing {
        title,
        before,
        rows,
        more,
        actions,
        ..Listing::default()
    }))
}

fn link(ask: &Ask, act: &str, href: String) -> ActLink {
    ActLink {
        href,
        label: ask.words.say(&format!("{act}-button")),
        main: false,
    }
}

const RECORD: &[Column] = &[
    Column::new("country", Kind::Text),
    Column::new("organisation", Kind::Link),
    Column::new("state", Kind::Code("authority-state")),
    Column::new("letter_on", Kind::Day),
    Column::new("valid_from", Kind::Day),
    Column::new("valid_to", Kind::Day),
    Column::new("verified_at", Kind::Moment),
    Column::new("replaces", Kind::Link),
    Column::new("ended_at", Kind::Moment),
];

fn record(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let a = store::accreditation(tx, ask.id("id")?)?;
    let inside = is_inside(ask.actor.as_ref(), &a);
    if !inside && a.verified_at.is_none() {
        return Err(Error::Missing);
    }
    let words = &ask.words;
    let country = places::country_name(tx, &a.country, words.lang())?;
    let organisation = people::organisation_name(tx, words, Some(a.organisation))?;
    let earlier = a.replaces.map_or(Cell::NotApplicable, |id| {
        Cell::link(format!("/authorities/{id}"), words.say("authority-earlier"))
    });
    let cells = vec![
        country.as_str().into(),
        Cell::link(
            format!("/organisations/{}", a.organisation),
            organisation.as_str(),
        ),
        Cell::code(rules::standing(&a, ask.today).code()),
        a.letter.on.into(),
        a.valid_from.into(),
        a.valid_to.into(),
        Cell::or_unknown(a.verified_at),
        earlier,
        Cell::or_not_applicable(a.ended_at),
    ];
    let sections = if inside {
        insides(tx, ask, &a)?
    } else {
        Html::new()
    };
    let actions = actions(tx, ask, &a)?;
    Ok(Answer::Record(Show {
        title: words.say_with(
            "authority-title",
            &[
                ("country", country.into()),
                ("organisation", organisation.into()),
            ],
        ),
        cells,
        sections,
        actions,
        slot: Some(("authority-page", a.id.to_string())),
        ..Show::default()
    }))
}

fn actions(tx: &mut Tx, ask: &Ask, a: &Accreditation) -> Result<Vec<ActLink>> {
    let mut acts = Vec::new();
    let Some(actor) = &ask.actor else {
        return Ok(acts);
    };
    let path = |end: &str| format!("/authorities/{}/{end}", a.id);
    let mine = a.nominated_by == actor.account;
    if a.state == State::Nominated && actor.is(Role::SecretariatApprover) && !mine {
        acts.push(ActLink {
            main: true,
            ..link(ask, "authority-verification", path("verification"))
        });
        acts.push(link(ask, "authority-call-back", path("call-back")));
        acts.push(link(ask, "authority-decline", path("decline")));
    }
    if a.state == State::Verified {
        if actor.is(Role::SecretariatOfficer)
            && store::of_country(tx, &a.country, State::Nominated)?.is_none()
        {
            acts.push(link(ask, "authority-renewal", path("renewal")));
        }
        if actor.is(Role::SecretariatApprover) {
            acts.push(link(ask, "authority-revocation", path("revocation")));
        }
        let named = store::named(tx, a.id)?
            .iter()
            .any(|n| n.account == actor.account);
        let speaks = !rules::speaks(actor, &a.country, a.organisation, AUTHORITY_ROLES).is_empty();
        if named && speaks && rules::standing(a, ask.today) == Standing::Active {
            acts.push(link(ask, "delegation-new", path("delegations/new")));
        }
    }
    Ok(acts)
}

/// What the secretariat, the auditor and the authority's own people see.
fn insides(tx: &mut Tx, ask: &Ask, a: &Accreditation) -> Result<Html> {
    let words = &ask.words;
    let size = ui::size(words, usize::try_from(a.letter.size).unwrap_or(0));
    let letter = html!(
        "<p>{} <small>{}</small></p>",
        ui::link(
            &format!("/authorities/{}/letter", a.id),
            words.say("authority-letter")
        ),
        size
    );
    let mut out = ui::section(&words.say("authority-letter-title"), letter);
    if let Some(reason) = &a.end_reason {
        out.push(ui::section(
            &words.say("authority-end-reason"),
            ui::paragraphs(reason),
        ));
    }
    let mut rows = Vec::new();
    for person in store::named(tx, a.id)? {
        let (name, email) = people::person(tx, person.account)?;
        let role = words.code("role", person.role.code());
        rows.push(vec![
            html!("{}", name),
            html!("{}", email),
            html!("{}", role),
        ]);
    }
    let head = ["column-name", "column-email", "column-role"].map(|key| words.say(key));
    let title = words.say("authority-people");
    out.push(ui::section(&title, ui::plain_table(&title, &head, &rows)));
    out.push(calls(tx, ask, a)?);
    out.push(delegations(tx, ask, a)?);
    Ok(out)
}

fn calls(tx: &mut Tx, ask: &Ask, a: &Accreditation) -> Result<Html> {
    let words = &ask.words;
    let mut rows = Vec::new();
    for call in store::calls(tx, a.id)? {
        let confirmed: Vec<String> = call
            .confirmed
            .iter()
            .map(|what| words.code("call-confirmed", what))
            .collect();
        rows.push(vec![
            html!("{}", words.day(call.called_on)),
            html!("{}", words.code("call-channel", &call.channel)),
            html!("{}", call.channel_source),
            html!("{}", call.spoke_to),
            html!("{}", words.code("call-outcome", &call.outcome)),
            html!("{}", words.list(&confirmed)),
            html!("{}", people::person_name(tx, call.called_by)?),
        ]);
    }
    let title = words.say("authority-calls");
    if rows.is_empty() {
        return Ok(ui::section(
            &title,
            html!("<p>{}</p>", words.say("authority-no-calls")),
        ));
    }
    let head = [
        "called-on",
        "channel",
        "channel-source",
        "spoke-to",
        "outcome",
        "confirmed",
        "called-by",
    ]
    .map(|name| words.say(&format!("authority-column-{name}")));
    Ok(ui::section(&title, ui::plain_table(&title, &head, &rows)))
}

fn delegations(tx: &mut Tx, ask: &Ask, a: &Accreditation) -> Result<Html> {
    let words = &ask.words;
    let mut rows = Vec::new();
    let named = store::named(tx, a.id)?;
    for d in store::delegations(tx, a.id)? {
        let mut names = Vec::new();
        for place in &d.places {
            names.push(places::place_name(tx, place, words.lang())?);
        }
        let may = ask
            .actor
            .as_ref()
            .is_some_and(|actor| rules::revoke_delegation(&d, &named, actor).is_ok());
        let state = match d.revoked_at {
            Some(at) => html!(
                "{} {}",
                words.say_with(
                    "delegation-revoked-on",
                    &[("day", words.day(at.day()).into())]
                ),
                d.revoke_reason
            ),
            None if d.to_on < ask.today => html!("{}", words.say("delegation-over")),
            None if may => ui::link(
                &format!("/delegations/{}/revocation", d.id),
                words.say("delegation-revocation-button"),
            ),
            None => Html::new(),
        };
        rows.push(vec![
            html!("{}", people::person_name(tx, d.to)?),
            html!("{}", people::person_name(tx, d.from)?),
            html!("{}", words.list(&names)),
            html!("{}", words.day(d.from_on)),
            html!("{}", words.day(d.to_on)),
            state,
        ]);
    }
    if rows.is_empty() {
        return Ok(Html::new());
    }
    let title = words.say("authority-delegations");
    let head = [
        "authority-column-delegated-to",
        "authority-column-delegated-by",
        "authority-column-places",
        "column-from-on",
        "column-until-on",
        "column-ended",
    ]
    .map(|key| words.say(key));
    Ok(ui::section(&title, ui::plain_table(&title, &head, &rows)))
}

fn letter(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let a = store::accreditation(tx, ask.id("id")?)?;
    if !is_inside(ask.actor.as_ref(), &a) {
        return Err(Error::Missing);
    }
    let bytes = ask.site.files.read(&a.letter.hash)?;
    let (mime, ending) = rules::letter_kind(&bytes)?;
    let name = format!("accreditation-{}-{}.{ending}", a.country, a.letter.on);
    Ok(Answer::File(Download {
        name,
        mime: mime.to_owned(),
        bytes,
    }))
}

/// What waits: letters for a call back by approvers, ends in sight for officers and authorities.
pub(crate) fn inbox(tx: &mut Tx, ask: &Ask, actor: &Actor) -> Result<Vec<Waiting>> {
    let mut all = Vec::new();
    let say = |tx: &mut Tx, key: &str, a: &Accreditation| -> Result<String> {
        let country = places::country_name(tx, &a.country, ask.words.lang())?;
        Ok(ask.words.say_with(
            key,
            &[
                ("country", country.into()),
                ("day", ask.words.day(a.valid_to).into()),
            ],
        ))
    };
    if actor.is(Role::SecretariatApprover) {
        for a in store::waiting(tx)?
            .into_iter()
            .filter(|a| a.nominated_by != actor.account)
        {
            let text = say(tx, "authorities-inbox-letter", &a)?;
            all.push(Waiting {
                href: format!("/authorities/{}", a.id),
                text,
                since: a.nominated_at,
                due: None,
            });
        }
    }
    let officer = actor.is(Role::SecretariatOfficer);
    if officer || actor.is_any(AUTHORITY_ROLES) {
        let last = ask.today.plus(rules::EXPIRING_DAYS);
        for a in store::verified(tx, ask.today, Some(last))? {
            let own = !rules::speaks(actor, &a.country, a.organisation, AUTHORITY_ROLES).is_empty();
            let renewing = store::of_country(tx, &a.country, State::Nominated)?.is_some();
            if (officer || own) && !renewing && rules::is_expiring(&a, ask.today) {
                let text = say(tx, "authorities-inbox-expiring", &a)?;
                let since = base::Moment::start_of(a.valid_to.plus(-rules::EXPIRING_DAYS));
                let href = format!("/authorities/{}", a.id);
                all.push(Waiting {
                    href,
                    text,
                    since,
                    due: Some(a.valid_to),
                });
            }
        }
    }
    Ok(all)
}
