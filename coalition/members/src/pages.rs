//! What people see: the directory, a member's public record, the count at a day, applications.

use crate::membership::{Found, Membership, Message, State, Step};
use crate::{rules, store, terms};
use base::{Actor, Day, Error, Id, Moment, Names, Result, Role};
use db::Tx;
use lang::Words;
use ui::charts::{As, Bar, line};
use ui::{Action, Cell, Column, Html, Kind, Tone, html};
use web::{Answer, Ask, Filter, Line, Listing, Page, Prefill, Shape, Show, View, Waiting, Who};

/// The id before all others.
const FIRST: Id = Id(base::Uuid::nil());
/// The id after all others.
const LAST: Id = Id(base::Uuid::max());

const DIRECTORY: &[Column] = &[
    Column::new("name", Kind::Link),
    Column::new("kind", Kind::Text),
    Column::new("country", Kind::Text).hxl("#country+name"),
    Column::new("objectives", Kind::Text),
    Column::new("member_since", Kind::Day).hxl("#date+start"),
    Column::new("state", Kind::Code("member-state")),
    Column::new("sample", Kind::Yes),
    Column::new("id", Kind::Id).hxl("#org+id"),
];
const DIRECTORY_FILTERS: &[Filter] = &[
    Filter::listed("kind", catalogue::choose::org_kind),
    Filter::listed("country", places::choose::countries),
    Filter::listed("objective", catalogue::choose::objective),
    Filter::codes("state", "member-state", State::PUBLIC),
];
const MEMBER: &[Column] = &[
    Column::new("name", Kind::Names),
    Column::new("kind", Kind::Text),
    Column::new("country", Kind::Text),
    Column::new("registered_as", Kind::Text),
    Column::new("website", Kind::Text),
    Column::new("strengths", Kind::Names),
    Column::new("objectives", Kind::Text),
    Column::new("member_since", Kind::Day),
    Column::new("state", Kind::Code("member-state")),
    Column::new("until_on", Kind::Day),
    Column::new("sample", Kind::Yes),
    Column::new("id", Kind::Id),
];
const COUNT: &[Column] = &[
    Column::new("on", Kind::Day),
    Column::new("members", Kind::Whole),
    Column::new("members_suspended", Kind::Whole),
    Column::new("method", Kind::Words),
];
const APPLICATIONS: &[Column] = &[
    Column::new("organisation", Kind::Link),
    Column::new("state", Kind::Code("member-state")),
    Column::new("applied_on", Kind::Day),
    Column::new("criteria_answered", Kind::Whole),
    Column::new("sample", Kind::Yes),
    Column::new("id", Kind::Id),
];
const APPLICATION: &[Column] = &[
    Column::new("organisation", Kind::Names),
    Column::new("kind", Kind::Text),
    Column::new("country", Kind::Text),
    Column::new("registered_as", Kind::Text),
    Column::new("website", Kind::Text),
    Column::new("state", Kind::Code("member-state")),
    Column::new("applied_on", Kind::Day),
    Column::new("strengths", Kind::Names),
    Column::new("objectives", Kind::Text),
    Column::new("obligations", Kind::Text),
    Column::new("obligations_accepted_on", Kind::Day),
    Column::new("do_no_harm_signed_on", Kind::Day),
    Column::new("sample", Kind::Yes),
    Column::new("id", Kind::Id),
    Column::new("version", Kind::Whole),
];

/// Every view of the room.
pub(crate) fn views() -> Vec<View> {
    let seen = |path, who, shape, run| View {
        path,
        who,
        shape,
        run,
    };
    vec![
        seen(
            "/members",
            Who::Anyone,
            Shape::List(DIRECTORY, DIRECTORY_FILTERS),
            directory,
        ),
        seen("/members/count", Who::Anyone, Shape::Record(COUNT), count),
        seen("/members/{id}", Who::Anyone, Shape::Record(MEMBER), member),
        seen(
            "/applications",
            Who::SignedIn,
            Shape::List(APPLICATIONS, APPLICATION_FILTERS),
            applications,
        ),
        seen(
            "/applications/{id}",
            Who::SignedIn,
            Shape::Record(APPLICATION),
            application,
        ),
        seen(
            "/applications/{id}/received",
            Who::Anyone,
            Shape::Page,
            received,
        ),
    ]
}
const APPLICATION_FILTERS: &[Filter] = &[Filter::codes("state", "member-state", State::CODES)];

/// A name as it is shown: sample organisations are plainly marked wherever they appear.
pub fn marked(words: &Words, name: &str, sample: bool) -> String {
    if sample {
        words.say_with("members-marked", &[("name", name.into())])
    } else {
        name.to_owned()
    }
}

fn labels(
    tx: &mut Tx,
    words: &Words,
    vocabulary: &'static str,
    codes: &[String],
) -> Result<String> {
    let mut all = Vec::with_capacity(codes.len());
    for code in codes {
        all.push(terms::label(tx, vocabulary, code, words.lang())?);
    }
    Ok(words.list(&all))
}

fn country(tx: &mut Tx, words: &Words, code: Option<&str>) -> Result<Cell> {
    match code {
        Some(code) => Ok(Cell::Text(places::country_name(tx, code, words.lang())?)),
        None => Ok(Cell::NotApplicable),
    }
}

fn heading(words: &Words, key: &str, body: impl ui::Show) -> Html {
    ui::section(&words.say(key), body)
}

// ---- the directory

fn directory(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (query, words) = (ask.list(), &ask.words);
    let [name, id] = query.after_parts::<2>();
    let wanted = store::Wanted {
        after: (&name, Id::parse(&id).unwrap_or(FIRST)),
        q: query.q.as_deref(),
        kind: query.filter("kind"),
        country: query.filter("country"),
        objective: query.filter("objective"),
        state: query
            .filter("state")
            .filter(|code| State::PUBLIC.contains(code)),
        limit: query.limit + 1,
    };
    let mut found = store::directory(tx, &wanted)?;
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let mut rows = Vec::with_capacity(found.len());
    for one in &found {
        let m = &one.membership;
        let href = format!("/members/{}", m.organisation);
        let name = marked(words, words.name(&one.names), one.sample);
        rows.push(Line {
            key: format!("{}~{}", one.name_key, m.organisation),
            cells: vec![
                Cell::link(href, name),
                terms::label(tx, terms::KINDS, &one.kind, words.lang())?.into(),
                country(tx, words, one.country.as_deref())?,
                labels(tx, words, terms::OBJECTIVES, &m.objectives)?.into(),
                Cell::or_unknown(m.admitted_on),
                Cell::code(m.state.code()),
                one.sample.into(),
                Cell::Text(m.organisation.to_string()),
            ],
            href: None,
        });
    }
    let members = store::count_on(tx, State::Admitted, ask.today)?;
    let says = words.say_with(
        "members-count-today",
        &[("n", members.into()), ("day", words.day(ask.today).into())],
    );
    Ok(Answer::List(Listing {
        title: words.say("members-title"),
        before: html!(
            "<p>{} {}</p>",
            says,
            ui::link("/members/count", words.say("members-count-link"))
        ),
        rows,
        more,
        actions: vec![action(
            words,
            "/members/new",
            "member-application-button",
            true,
        )],
        ..Listing::default()
    }))
}

fn action(words: &Words, href: &str, key: &str, main: bool) -> Action {
    Action {
        href: href.to_owned(),
        label: words.say(key),
        main,
    }
}

// ---- one member

fn organisation_cells(tx: &mut Tx, words: &Words, o: &people::Organisation) -> Result<[Cell; 5]> {
    let numbers: Vec<String> = o
        .identifiers
        .iter()
        .map(|(scheme, code)| format!("{scheme}-{code}"))
        .collect();
    Ok([
        Cell::Names(o.names.clone()),
        terms::label(tx, terms::KINDS, &o.kind, words.lang())?.into(),
        country(tx, words, o.country.as_deref())?,
        words.list(&numbers).into(),
        Cell::or_not_applicable(o.website.clone()),
    ])
}

fn member(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let id = ask.id("id")?;
    let m = store::latest_admitted(tx, id)?.ok_or(Error::Missing)?;
    let o = people::organisation(tx, id)?;
    let [name, kind, country, numbers, website] = organisation_cells(tx, words, &o)?;
    let mut before = Html::new();
    if o.sample {
        before.push(ui::notice(
            words,
            Tone::Warn,
            words.say("members-sample-notice"),
        ));
    }
    if m.state == State::Suspended {
        before.push(ui::notice(
            words,
            Tone::Warn,
            words.say("members-suspended-notice"),
        ));
    }
    let mut sections = all_names(words, &o.names);
    sections.push(principles(tx, words, &m)?);
    let steps = store::public_steps(tx, id)?;
    let list: Html = steps.iter().map(|step| stretch(words, step)).collect();
    sections.push(heading(
        words,
        "members-standing-history",
        html!("<ol>{}</ol>", list),
    ));
    Ok(Answer::Record(Show {
        title: marked(words, words.name(&o.names), o.sample),
        before,
        cells: vec![
            name,
            kind,
            country,
            numbers,
            website,
            Cell::Names(m.strengths.clone()),
            labels(tx, words, terms::OBJECTIVES, &m.objectives)?.into(),
            Cell::or_unknown(m.admitted_on),
            Cell::code(m.state.code()),
            Cell::or_not_applicable(m.ended_on),
            o.sample.into(),
            Cell::Text(id.to_string()),
        ],
        sections,
        actions: member_actions(words, ask, &m),
        slot: Some(("member-page", id.to_string())),
    }))
}

/// The name in every language it is known in, when there are several.
fn all_names(words: &Words, names: &Names) -> Html {
    if names.0.len() < 2 {
        return Html::new();
    }
    let list: Html = names
        .0
        .iter()
        .map(|(lang, name)| {
            html!(
                "<li lang=\"{}\"><bdi>{}</bdi></li>",
                lang.as_str(),
                name.as_str()
            )
        })
        .collect();
    heading(words, "members-names", html!("<ul>{}</ul>", list))
}

/// The answers to the principles, each under the principle's published name.
fn principles(tx: &mut Tx, words: &Words, m: &Membership) -> Result<Html> {
    let mut list = Html::new();
    for (code, answer) in &m.principles {
        let label = terms::label(tx, terms::PRINCIPLES, code, words.lang())?;
        list.push(html!(
            "<dt>{}</dt><dd>{}</dd>",
            label,
            ui::paragraphs(answer)
        ));
    }
    Ok(heading(
        words,
        "members-principles",
        html!("<dl>{}</dl>", list),
    ))
}

fn stretch(words: &Words, step: &Step) -> Html {
    let state = words.code("member-state", step.state.code());
    let from = words.day(step.from_on);
    let when = match step.until_on {
        Some(until) => words.say_with(
            "members-from-until",
            &[("from", from.into()), ("until", words.day(until).into())],
        ),
        None => words.say_with("members-from", &[("from", from.into())]),
    };
    let reason = step
        .reason
        .as_deref()
        .map(ui::paragraphs)
        .unwrap_or_default();
    html!(
        "<li>{} {}{}</li>",
        ui::tag(step.state.code(), &state),
        when,
        reason
    )
}

fn member_actions(words: &Words, ask: &Ask, m: &Membership) -> Vec<Action> {
    let mut list = Vec::new();
    let mut offer = |end: &str, key: &str| {
        list.push(action(
            words,
            &format!("/members/{}/{end}", m.organisation),
            key,
            false,
        ));
    };
    if ask.is_any(&[Role::SecretariatApprover]) {
        match m.state {
            State::Admitted => offer("suspension", "member-suspension-button"),
            State::Suspended => {
                offer("reinstatement", "member-reinstatement-button");
                if m.removal_by.is_none() {
                    offer("removal-proposal", "member-removal-proposal-button");
                } else {
                    offer("removal", "member-removal-button");
                }
            }
            State::Applied
            | State::UnderReview
            | State::Clarification
            | State::Declined
            | State::Removed
            | State::Withdrawn => {}
        }
    }
    let officer = ask
        .actor
        .as_ref()
        .is_some_and(|a| a.is_for(Role::MemberOfficer, m.organisation));
    if officer && matches!(m.state, State::Admitted | State::Suspended) {
        offer("withdrawal", "member-withdrawal-button");
    }
    list
}

// ---- the count at a day

fn count(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let day = match ask
        .query
        .get("on")
        .map(|text| text.trim())
        .filter(|text| !text.is_empty())
    {
        Some(text) => Day::parse(text)
            .ok_or_else(|| base::Refusal::about("on", "form-not-a-day").with("entered", text))?,
        None => ask.today,
    };
    let members = store::count_on(tx, State::Admitted, day)?;
    let suspended = store::count_on(tx, State::Suspended, day)?;
    let on = ui::Control::new("on", words.say("members-count-day"), ui::Input::Day)
        .value(day.to_string());
    let before = ui::filters(words, "/members/count", None, &[on]);
    Ok(Answer::Record(Show {
        title: words.say("members-count-title"),
        before,
        cells: vec![
            day.into(),
            members.into(),
            suspended.into(),
            words.say("members-count-method").into(),
        ],
        sections: over_time(tx, words, day)?,
        ..Show::default()
    }))
}

/// The count at the end of each month, from the first admission to the day, at most five years.
fn over_time(tx: &mut Tx, words: &Words, day: Day) -> Result<Html> {
    let Some(first) = store::first_admission(tx)?.filter(|first| *first <= day) else {
        return Ok(Html::new());
    };
    let mut ends = vec![day];
    let (mut year, mut month, _) = day.parts();
    while ends.len() < 60 {
        let Some(start) = Day::new(year, month, 1) else {
            break;
        };
        let end = start.plus(-1);
        ends.push(end);
        if end < first {
            break;
        }
        (year, month, _) = end.parts();
    }
    ends.reverse();
    let mut points = Vec::with_capacity(ends.len());
    for end in ends {
        #[expect(clippy::cast_precision_loss, reason = "a count of members stays small")]
        let members = store::count_on(tx, State::Admitted, end)? as f64;
        points.push(Bar::new(words.day(end), members));
    }
    Ok(line(
        words,
        &words.say("members-count-over-time"),
        &points,
        As::Whole,
    ))
}

// ---- applications

fn applications(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (query, words, actor) = (ask.list(), &ask.words, ask.actor()?);
    let person = if actor.reads_all() {
        None
    } else {
        Some(actor.account)
    };
    let [at, id] = query.after_parts::<2>();
    let after = (
        at.parse().unwrap_or(i64::MAX),
        Id::parse(&id).unwrap_or(LAST),
    );
    let wanted = (query.q.as_deref(), query.filter("state"), person);
    let mut found = store::applications(tx, after, wanted, query.limit + 1)?;
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let criteria = terms::codes(tx, terms::CRITERIA)?;
    let mut rows = Vec::with_capacity(found.len());
    for m in &found {
        let o = people::organisation(tx, m.organisation)?;
        let findings = store::findings(tx, m.id)?;
        let answered = criteria
            .iter()
            .filter(|code| rules::counting(&findings, code).is_some())
            .count();
        rows.push(Line {
            key: format!("{}~{}", m.applied_at.micros(), m.id),
            cells: vec![
                Cell::link(
                    format!("/applications/{}", m.id),
                    marked(words, words.name(&o.names), o.sample),
                ),
                Cell::code(m.state.code()),
                m.applied_at.day().into(),
                i64::try_from(answered).unwrap_or(i64::MAX).into(),
                o.sample.into(),
                Cell::Text(m.id.to_string()),
            ],
            href: None,
        });
    }
    let title = if actor.reads_all() {
        "members-applications"
    } else {
        "members-own-applications"
    };
    Ok(Answer::List(Listing {
        title: words.say(title),
        rows,
        more,
        actions: vec![action(
            words,
            "/members/new",
            "member-application-button",
            false,
        )],
        ..Listing::default()
    }))
}

fn application(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (words, actor) = (&ask.words, ask.actor()?);
    let m = store::find(tx, ask.id("id")?)?;
    rules::may_see(&m, actor)?;
    let o = people::organisation(tx, m.organisation)?;
    let [name, kind, country, numbers, website] = organisation_cells(tx, words, &o)?;
    let findings = store::findings(tx, m.id)?;
    let mut sections = all_names(words, &o.names);
    sections.push(principles(tx, words, &m)?);
    sections.push(persons(tx, words, &m)?);
    sections.push(criteria(tx, words, &findings, actor.reads_all())?);
    sections.push(conversation(words, &store::messages(tx, m.id)?));
    let steps: Html = store::steps(tx, m.id)?
        .iter()
        .map(|step| stretch(words, step))
        .collect();
    sections.push(heading(
        words,
        "members-history",
        html!("<ol>{}</ol>", steps),
    ));
    Ok(Answer::Record(Show {
        title: marked(words, words.name(&o.names), o.sample),
        before: Html::new(),
        cells: vec![
            name,
            kind,
            country,
            numbers,
            website,
            Cell::code(m.state.code()),
            m.applied_at.day().into(),
            Cell::Names(m.strengths.clone()),
            labels(tx, words, terms::OBJECTIVES, &m.objectives)?.into(),
            labels(tx, words, terms::OBLIGATIONS, &m.obligations)?.into(),
            m.obligations_on.into(),
            m.do_no_harm_on.into(),
            o.sample.into(),
            Cell::Text(m.id.to_string()),
            m.version.into(),
        ],
        sections,
        actions: application_actions(words, actor, &m),
        slot: Some(("application-page", m.id.to_string())),
    }))
}

/// The persons named, for the applicant and the secretariat only.
fn persons(tx: &mut Tx, words: &Words, m: &Membership) -> Result<Html> {
    let (contact, _) = people::person(tx, m.contact)?;
    let mut list = html!(
        "<dt>{}</dt><dd>{}</dd>",
        words.say("members-contact"),
        contact
    );
    if let Some(officer) = m.officer {
        let (name, _) = people::person(tx, officer)?;
        list.push(html!(
            "<dt>{}</dt><dd>{}</dd>",
            words.say("members-officer"),
            name
        ));
    }
    Ok(heading(
        words,
        "members-persons",
        html!("<dl>{}</dl>", list),
    ))
}

/// Each published criterion with what was found; the note and evidence for the secretariat only.
fn criteria(tx: &mut Tx, words: &Words, found: &[Found], all: bool) -> Result<Html> {
    let mut rows = Vec::new();
    for choice in terms::choices(tx, terms::CRITERIA, words.lang())? {
        let counting = rules::counting(found, &choice.code);
        let outcome = match counting {
            None => ui::tag_as(Tone::Busy, &words.say("member-outcome-open")),
            Some(one) if one.finding.met => {
                ui::tag_as(Tone::Good, &words.say("member-outcome-met"))
            }
            Some(_) => ui::tag_as(Tone::Bad, &words.say("member-outcome-not-met")),
        };
        let text = |pick: fn(&Found) -> &str| {
            counting
                .filter(|_| all)
                .map(|one| ui::paragraphs(pick(one)))
                .unwrap_or_default()
        };
        rows.push(vec![
            ui::text(&choice.label),
            outcome,
            text(|one| &one.finding.note),
            text(|one| &one.finding.evidence),
        ]);
    }
    let heads = [
        "members-criterion",
        "members-outcome",
        "members-note",
        "members-evidence",
    ];
    let heads = heads.map(|key| words.say(key));
    Ok(ui::plain_table(
        &words.say("members-criteria"),
        &heads,
        &rows,
    ))
}

fn conversation(words: &Words, messages: &[Message]) -> Html {
    if messages.is_empty() {
        return Html::new();
    }
    let list: Html = messages
        .iter()
        .map(|message| {
            let who = words.say(if message.question {
                "members-question"
            } else {
                "members-answer"
            });
            html!(
                "<li><strong>{}</strong> <small>{}</small>{}</li>",
                who,
                words.day(message.at.day()),
                ui::paragraphs(&message.text)
            )
        })
        .collect();
    heading(words, "members-conversation", html!("<ol>{}</ol>", list))
}

fn application_actions(words: &Words, actor: &Actor, m: &Membership) -> Vec<Action> {
    let mut list = Vec::new();
    let mut offer = |end: &str, key: &str, main: bool| {
        list.push(action(
            words,
            &format!("/applications/{}/{end}", m.id),
            key,
            main,
        ));
    };
    let officer = actor.is(Role::SecretariatOfficer);
    let approver = actor.is(Role::SecretariatApprover);
    match m.state {
        State::Applied if officer => offer("review", "application-review-button", true),
        State::UnderReview => {
            if officer {
                offer("verification", "application-verification-button", true);
                offer("clarification", "application-clarification-button", false);
            }
            if approver {
                offer("admission", "application-admission-button", true);
                offer("refusal", "application-refusal-button", false);
            }
        }
        State::Clarification => {
            if rules::is_applicant(m, actor) {
                offer("answer", "application-answer-button", true);
            }
            if approver {
                offer("refusal", "application-refusal-button", false);
            }
        }
        State::Applied
        | State::Admitted
        | State::Declined
        | State::Suspended
        | State::Removed
        | State::Withdrawn => {}
    }
    if officer {
        offer("invitation", "application-invitation-button", false);
    }
    list
}

/// What a visitor sees after applying without an account: that it arrived, and nothing of anybody.
fn received(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let m = store::find(tx, ask.id("id")?)?;
    let words = &ask.words;
    let number = m.id.to_string();
    Ok(Answer::Page(Page {
        title: words.say("members-received-title"),
        body: html!(
            "<p>{}</p><p>{}</p>",
            words.say("members-received"),
            words.say_with("members-received-number", &[("number", number.into())])
        ),
        ..Page::default()
    }))
}

// ---- beside the forms

/// The application as the person sees it while deciding.
pub(crate) fn beside(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let (words, actor) = (&ask.words, ask.actor()?);
    let m = store::find(tx, ask.id("id")?)?;
    rules::may_see(&m, actor)?;
    let o = people::organisation(tx, m.organisation)?;
    let found = store::findings(tx, m.id)?;
    let mut beside = html!(
        "<p><strong>{}</strong> {}</p>",
        marked(words, words.name(&o.names), o.sample),
        ui::tag(m.state.code(), &words.code("member-state", m.state.code()))
    );
    beside.push(conversation(words, &store::messages(tx, m.id)?));
    beside.push(criteria(tx, words, &found, actor.reads_all())?);
    Ok(Prefill {
        beside,
        ..Prefill::default()
    })
}

/// The member as the person sees it while deciding; a proposed removal with its reason.
pub(crate) fn beside_member(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let words = &ask.words;
    let m = store::latest_admitted(tx, ask.id("id")?)?.ok_or(Error::Missing)?;
    let o = people::organisation(tx, m.organisation)?;
    let mut beside = html!(
        "<p><strong>{}</strong> {}</p>",
        marked(words, words.name(&o.names), o.sample),
        ui::tag(m.state.code(), &words.code("member-state", m.state.code()))
    );
    if let (Some(reason), true) = (&m.removal_reason, ask.is_any(&[Role::SecretariatApprover])) {
        let says = html!(
            "<p>{}</p>{}",
            words.say("members-removal-reason"),
            ui::paragraphs(reason)
        );
        beside.push(ui::notice(words, Tone::Warn, says));
    }
    Ok(Prefill {
        beside,
        ..Prefill::default()
    })
}

/// The published obligations, principles and criteria, beside the application form.
pub(crate) fn beside_application(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let words = &ask.words;
    let mut beside = Html::new();
    for (key, vocabulary) in [
        ("members-criteria-published", terms::CRITERIA),
        ("members-obligations-published", terms::OBLIGATIONS),
    ] {
        let terms = terms::choices(tx, vocabulary, words.lang())?;
        let list: Html = terms
            .iter()
            .map(|term| html!("<li>{}</li>", term.label.as_str()))
            .collect();
        beside.push(html!("<p>{}</p><ul>{}</ul>", words.say(key), list));
    }
    Ok(Prefill {
        beside,
        ..Prefill::default()
    })
}

// ---- what waits

/// What waits for the actor in this room.
pub(crate) fn inbox(tx: &mut Tx, ask: &Ask, actor: &Actor) -> Result<Vec<Waiting>> {
    let mut list = Vec::new();
    for m in store::asked(tx, actor.account)? {
        list.push(waiting(tx, ask, &m, "members-waits-answer", "answer")?);
    }
    let officer = actor.is(Role::SecretariatOfficer);
    let approver = actor.is(Role::SecretariatApprover);
    if !officer && !approver {
        return Ok(list);
    }
    if officer {
        for m in store::in_state(tx, State::Applied)? {
            list.push(waiting(tx, ask, &m, "members-waits-review", "")?);
        }
    }
    let criteria = terms::codes(tx, terms::CRITERIA)?;
    for m in store::in_state(tx, State::UnderReview)? {
        let found = store::findings(tx, m.id)?;
        let verified = rules::is_verified(&found, &criteria);
        let second = !rules::before_admission(&m, &found).contains(&actor.account);
        if verified && approver && second {
            list.push(waiting(tx, ask, &m, "members-waits-decision", "")?);
        } else if !verified && officer {
            list.push(waiting(tx, ask, &m, "members-waits-verification", "")?);
        }
    }
    if approver {
        for m in store::in_state(tx, State::Suspended)? {
            if m.removal_by.is_some_and(|first| first != actor.account) {
                list.push(waiting(tx, ask, &m, "members-waits-removal", "removal")?);
            }
        }
    }
    Ok(list)
}

fn waiting(tx: &mut Tx, ask: &Ask, m: &Membership, key: &str, end: &str) -> Result<Waiting> {
    let o = people::organisation(tx, m.organisation)?;
    let name = marked(&ask.words, ask.words.name(&o.names), o.sample);
    let since: Moment = store::steps(tx, m.id)?
        .last()
        .map_or(m.applied_at, |step| step.at);
    let href = match end {
        "removal" => format!("/members/{}/removal", m.organisation),
        "" => format!("/applications/{}", m.id),
        end => format!("/applications/{}/{end}", m.id),
    };
    Ok(Waiting {
        href,
        text: ask.words.say_with(key, &[("name", name.into())]),
        since,
        due: None,
    })
}
