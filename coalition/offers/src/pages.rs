//! What people see: the open offers, one offer, a member's own, capabilities, a tried import.

use crate::forms;
use crate::offer::{Kind, Load, Offer, Places, Spoken, Stage, State};
use crate::period::Period;
use crate::{rules, store};
use base::{Actor, Arg, Error, Id, Moment, Result, Role};
use db::Tx;
use lang::Words;
use serde_json::Value;
use ui::{Action, Cell, Column, Html, Kind as Shown, Tone, html};
use web::{Answer, Ask, Filter, Line, Listing, Page, Prefill, Shape, Show, View, Waiting, Who};

/// Who sees more than the public: members' people and the secretariat.
pub(crate) const INSIDE: Who = Who::Any(&[
    Role::MemberFocalPoint,
    Role::MemberOfficer,
    Role::SecretariatOfficer,
    Role::SecretariatApprover,
    Role::Auditor,
]);

const OFFERS: &[Column] = &[
    Column::new("title", Shown::Link),
    Column::new("organisation", Shown::Text).hxl("#org+name"),
    Column::new("service", Shown::Text).hxl("#service"),
    Column::new("kind", Shown::Code("offer-kind")),
    Column::new("capacity", Shown::Whole).hxl("#capacity"),
    Column::new("unit", Shown::Text).hxl("#capacity+unit"),
    Column::new("free_now", Shown::Whole),
    Column::new("places", Shown::Text).hxl("#loc+name"),
    Column::new("spoken_languages", Shown::Text),
    Column::new("available_from", Shown::Day).hxl("#date+start"),
    Column::new("available_to", Shown::Day).hxl("#date+end"),
    Column::new("free_until", Shown::Day),
    Column::new("state", Shown::Code("offer-state")),
    Column::new("sample", Shown::Yes),
    Column::new("id", Shown::Id),
];
const OFFERS_FILTERS: &[Filter] = &[
    Filter::listed("service", catalogue::choose::service_class),
    Filter::listed("country", places::choose::countries),
    Filter::listed("language", places::choose::all_languages),
    Filter::codes("kind", "offer-kind", Kind::CODES),
    Filter::codes("state", "offer-state", State::PUBLIC),
];
const MINE_FILTERS: &[Filter] = &[
    Filter::listed("service", catalogue::choose::service_class),
    Filter::codes("kind", "offer-kind", Kind::CODES),
    Filter::codes("state", "offer-state", State::CODES),
];
const OFFER: &[Column] = &[
    Column::new("title", Shown::Names),
    Column::new("organisation", Shown::Link),
    Column::new("service", Shown::Text),
    Column::new("kind", Shown::Code("offer-kind")),
    Column::new("state", Shown::Code("offer-state")),
    Column::new("capacity", Shown::Whole),
    Column::new("unit", Shown::Text),
    Column::new("free_now", Shown::Whole),
    Column::new("lot_min", Shown::Whole),
    Column::new("lot_step", Shown::Whole),
    Column::new("lot_max", Shown::Whole),
    Column::new("places", Shown::Text),
    Column::new("spoken_languages", Shown::Text),
    Column::new("levels", Shown::Text),
    Column::new("modality", Shown::Text),
    Column::new("connectivity_needed", Shown::Text),
    Column::new("available_from", Shown::Day),
    Column::new("available_to", Shown::Day),
    Column::new("setup_days", Shown::Whole),
    Column::new("free_until", Shown::Day),
    Column::new("conditions_required", Shown::Text),
    Column::new("licence", Shown::Text),
    Column::new("accessibility", Shown::Text),
    Column::new("evidence_level", Shown::Text),
    Column::new("unit_cost_usd", Shown::Decimal),
    Column::new("fixed_cost_usd", Shown::Decimal),
    Column::new("in_person", Shown::Code("offer-in-person")),
    Column::new("assured_on", Shown::Day),
    Column::new("notice_until", Shown::Day),
    Column::new("sample", Shown::Yes),
    Column::new("id", Shown::Id),
    Column::new("version", Shown::Whole),
];
const CAPABILITIES: &[Column] = &[
    Column::new("service", Shown::Link),
    Column::new("organisation", Shown::Text),
    Column::new("people_ready", Shown::Code("readiness")),
    Column::new("equipment_ready", Shown::Code("readiness")),
    Column::new("funding_ready", Shown::Code("readiness")),
    Column::new("assured_on", Shown::Day),
    Column::new("assured_lately", Shown::Yes),
    Column::new("sample", Shown::Yes),
    Column::new("id", Shown::Id),
];
const CAPABILITY: &[Column] = &[
    Column::new("organisation", Shown::Link),
    Column::new("service", Shown::Text),
    Column::new("people_ready", Shown::Code("readiness")),
    Column::new("equipment_ready", Shown::Code("readiness")),
    Column::new("funding_ready", Shown::Code("readiness")),
    Column::new("description", Shown::Words),
    Column::new("assured_on", Shown::Day),
    Column::new("until_on", Shown::Day),
    Column::new("sample", Shown::Yes),
    Column::new("id", Shown::Id),
];
const CAPABILITIES_FILTERS: &[Filter] =
    &[Filter::listed("service", catalogue::choose::service_class)];

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
            "/offers",
            Who::Anyone,
            Shape::List(OFFERS, OFFERS_FILTERS),
            open_offers,
        ),
        seen(
            "/offers/mine",
            INSIDE,
            Shape::List(OFFERS, MINE_FILTERS),
            own_offers,
        ),
        seen("/offers/{id}", Who::Anyone, Shape::Record(OFFER), offer),
        seen(
            "/offers/imports/{id}",
            Who::Any(&[Role::MemberFocalPoint]),
            Shape::Page,
            tried,
        ),
        seen(
            "/capabilities",
            Who::Anyone,
            Shape::List(CAPABILITIES, CAPABILITIES_FILTERS),
            capabilities,
        ),
        seen(
            "/capabilities/{id}",
            Who::Anyone,
            Shape::Record(CAPABILITY),
            capability,
        ),
    ]
}

// ---- words

/// Places as a form and a file write them.
pub(crate) fn places_codes(places: &Places) -> String {
    match places {
        Places::World => "*".to_owned(),
        Places::Listed(codes) => codes.join(" "),
    }
}
/// Languages as a form and a file write them.
pub(crate) fn language_codes(spoken: &Spoken) -> String {
    match spoken {
        Spoken::Any => "*".to_owned(),
        Spoken::Listed(codes) => codes.join(" "),
    }
}
/// Cents as dollars.
pub(crate) fn usd(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}
#[expect(clippy::cast_precision_loss, reason = "cents stay below 2^53")]
fn dollars(cents: i64) -> Cell {
    Cell::Decimal(cents as f64 / 100.0)
}

fn places_said(tx: &mut Tx, words: &Words, places: &Places) -> Result<String> {
    let Places::Listed(codes) = places else {
        return Ok(words.say("offers-world"));
    };
    let mut all = Vec::with_capacity(codes.len());
    for code in codes {
        all.push(places::place_name(tx, code, words.lang())?);
    }
    Ok(words.list(&all))
}

fn languages_said(tx: &mut Tx, words: &Words, spoken: &Spoken) -> Result<String> {
    let Spoken::Listed(codes) = spoken else {
        return Ok(words.say("offers-any-language"));
    };
    let mut all = Vec::with_capacity(codes.len());
    for code in codes {
        all.push(places::language_name(tx, code, words.lang())?);
    }
    Ok(words.list(&all))
}

fn label(tx: &mut Tx, words: &Words, vocabulary: &str, code: &str) -> Result<String> {
    catalogue::label(tx, vocabulary, code, words.lang())
}

fn labels(tx: &mut Tx, words: &Words, vocabulary: &str, codes: &[String]) -> Result<String> {
    let mut all = Vec::with_capacity(codes.len());
    for code in codes {
        all.push(label(tx, words, vocabulary, code)?);
    }
    Ok(words.list(&all))
}

/// What an offer is counted in: units, units a quarter, or countries.
fn unit(tx: &mut Tx, words: &Words, offer: &Offer) -> Result<String> {
    if offer.terms.kind == Kind::Inexhaustible {
        return Ok(words.say("offers-unit-countries"));
    }
    let Ok(class) = catalogue::service_class(tx, &offer.terms.service_class) else {
        return Ok(String::new());
    };
    let unit = label(tx, words, "units", &class.unit)?;
    Ok(match offer.terms.kind {
        Kind::Rate => words.say_with("offers-unit-per-quarter", &[("unit", unit.into())]),
        Kind::Stock | Kind::Inexhaustible => unit,
    })
}

fn action(words: &Words, href: &str, key: &str, main: bool) -> Action {
    Action {
        href: href.to_owned(),
        label: words.say(key),
        main,
    }
}

// ---- lists

struct Scope {
    organisation: Option<Id>,
    public: bool,
    running: bool,
}

fn list(tx: &mut Tx, ask: &Ask, scope: &Scope) -> Result<(Vec<Line>, bool)> {
    let (query, words) = (ask.list(), &ask.words);
    let [title, id] = query.after_parts::<2>();
    let wanted = store::Wanted {
        after: (&title, Id::parse(&id)),
        q: query.q.as_deref(),
        service_class: query.filter("service"),
        country: query.filter("country"),
        language: query.filter("language"),
        kind: query.filter("kind"),
        state: query.filter("state"),
        organisation: scope.organisation,
        public: scope.public,
        running: scope.running,
        limit: query.limit + 1,
    };
    let mut found = store::page(tx, &wanted, ask.today)?;
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let mut rows = Vec::with_capacity(found.len());
    for one in &found {
        let t = &one.offer.terms;
        rows.push(Line {
            key: format!("{}~{}", one.title_key, one.offer.id),
            cells: vec![
                Cell::link(format!("/offers/{}", one.offer.id), words.name(&t.title)),
                members::marked(words, words.name(&one.organisation), one.sample).into(),
                label(tx, words, "service_classes", &t.service_class)?.into(),
                Cell::code(t.kind.code()),
                t.capacity.into(),
                unit(tx, words, &one.offer)?.into(),
                Cell::or_not_applicable(one.free),
                places_said(tx, words, &t.places)?.into(),
                languages_said(tx, words, &t.languages)?.into(),
                t.window_from.into(),
                t.window_to.into(),
                t.free_until.into(),
                Cell::code(one.state.as_str()),
                one.sample.into(),
                Cell::Text(one.offer.id.to_string()),
            ],
            href: None,
        });
    }
    Ok((rows, more))
}

fn open_offers(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let (rows, more) = list(
        tx,
        ask,
        &Scope {
            organisation: None,
            public: true,
            running: true,
        },
    )?;
    let count = store::count_available(tx, ask.today)?;
    let mut actions = Vec::new();
    if ask.is_any(&[Role::MemberFocalPoint]) {
        actions.push(action(words, "/offers/new", "offer-new-button", true));
    }
    actions.push(action(words, "/capabilities", "offers-capabilities", false));
    Ok(Answer::List(Listing {
        title: words.say("offers-title"),
        before: html!(
            "<p>{}</p>",
            words.say_with("offers-count", &[("n", count.into())])
        ),
        rows,
        more,
        actions,
        ..Listing::default()
    }))
}

/// The organisation a member's person asks about: the one named, else their first.
fn asked_for(ask: &Ask, actor: &Actor) -> Result<Option<Id>> {
    let named = ask
        .query
        .get("organisation")
        .and_then(|text| Id::parse(text));
    if actor.reads_all() {
        return Ok(named);
    }
    let mut own = actor
        .organisations()
        .into_iter()
        .filter(|id| rules::speaks_for(actor, *id));
    match named {
        Some(id) if rules::speaks_for(actor, id) => Ok(Some(id)),
        Some(_) => Err(Error::Missing),
        None => Ok(Some(own.next().ok_or(Error::Missing)?)),
    }
}

fn own_offers(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (words, actor) = (&ask.words, ask.actor()?);
    let organisation = asked_for(ask, actor)?;
    let (rows, more) = list(
        tx,
        ask,
        &Scope {
            organisation,
            public: false,
            running: false,
        },
    )?;
    let mut actions = Vec::new();
    if actor.is(Role::MemberFocalPoint) {
        actions.push(action(words, "/offers/new", "offer-new-button", true));
        actions.push(action(
            words,
            "/offers/imports/new",
            "offer-import-button",
            false,
        ));
        actions.push(action(
            words,
            "/capabilities/new",
            "capability-new-button",
            false,
        ));
    }
    if actor.is_any(&[Role::MemberFocalPoint, Role::SecretariatOfficer]) {
        actions.push(action(
            words,
            "/offers/pledges/new",
            "pledge-new-button",
            false,
        ));
    }
    let (title, mut before) = match organisation {
        Some(id) => {
            let o = people::organisation(tx, id)?;
            let name = members::marked(words, words.name(&o.names), o.sample);
            (
                words.say_with("offers-of", &[("name", name.into())]),
                Html::new(),
            )
        }
        None => (words.say("offers-all"), Html::new()),
    };
    if let Some(id) = organisation
        && members::require_in_standing(tx, id, ask.today).is_err()
    {
        before.push(ui::notice(words, Tone::Warn, words.say("offers-frozen")));
    }
    Ok(Answer::List(Listing {
        title,
        before,
        rows,
        more,
        actions,
        ..Listing::default()
    }))
}

// ---- one offer

fn offer(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let offer = store::find(tx, ask.id("id")?)?;
    rules::may_see(&offer, ask.actor.as_ref())?;
    let loads = store::loads(tx, offer.id)?;
    let state = rules::state_on(&offer, &loads, ask.today);
    let o = people::organisation(tx, offer.organisation)?;
    let name = members::marked(words, words.name(&o.names), o.sample);
    let mut sections = Html::new();
    if !loads.is_empty() {
        sections.push(capacity(words, &offer, &loads));
    }
    sections.push(principles(tx, words, &offer)?);
    let inside = ask
        .actor
        .as_ref()
        .is_some_and(|a| a.reads_all() || rules::speaks_for(a, offer.organisation));
    if let (true, Some(note)) = (inside, &offer.check_note) {
        sections.push(ui::section(
            &words.say("offers-check-note"),
            ui::paragraphs(note),
        ));
    }
    Ok(Answer::Record(Show {
        title: members::marked(words, words.name(&offer.terms.title), o.sample),
        before: notices(words, &offer, state, o.sample, inside),
        cells: cells(tx, words, &offer, (state, &loads), (&name, o.sample))?,
        sections,
        actions: actions(words, ask, &offer),
        slot: Some(("offer-page", offer.id.to_string())),
    }))
}

fn cells(
    tx: &mut Tx,
    words: &Words,
    offer: &Offer,
    (state, loads): (State, &[Load]),
    (name, sample): (&str, bool),
) -> Result<Vec<Cell>> {
    let t = &offer.terms;
    let endless = t.kind == Kind::Inexhaustible;
    let lot = |n: i64| {
        if endless {
            Cell::NotApplicable
        } else {
            n.into()
        }
    };
    let free = if loads.is_empty() {
        None
    } else {
        Some(loads.iter().map(Load::free).sum::<i64>())
    };
    Ok(vec![
        Cell::Names(t.title.clone()),
        Cell::link(format!("/members/{}", offer.organisation), name),
        label(tx, words, "service_classes", &t.service_class)?.into(),
        Cell::code(t.kind.code()),
        Cell::code(state.code()),
        t.capacity.into(),
        unit(tx, words, offer)?.into(),
        Cell::or_not_applicable(free),
        lot(t.lot_min),
        lot(t.lot_step),
        if endless {
            Cell::NotApplicable
        } else {
            Cell::or_not_applicable(t.lot_max)
        },
        places_said(tx, words, &t.places)?.into(),
        languages_said(tx, words, &t.languages)?.into(),
        labels(tx, words, "isced_levels", &t.levels)?.into(),
        label(tx, words, "modalities", &t.modality)?.into(),
        label(tx, words, "connectivity_tiers", &format!("tier_{}", t.tier))?.into(),
        t.window_from.into(),
        t.window_to.into(),
        t.setup_days.into(),
        t.free_until.into(),
        if t.conditions.is_empty() {
            words.say("none").into()
        } else {
            labels(tx, words, "conditions", &t.conditions)?.into()
        },
        match &t.licence {
            Some(code) => label(tx, words, "licences", code)?.into(),
            None => Cell::NotApplicable,
        },
        Cell::or_unknown(t.accessibility.clone()),
        label(tx, words, "evidence_levels", &t.evidence_level)?.into(),
        dollars(t.unit_cost_cents),
        dollars(t.fixed_cost_cents),
        Cell::code(if t.replaces_in_person {
            "replaces"
        } else {
            "supplements"
        }),
        offer.assured_on.into(),
        Cell::or_not_applicable(offer.notice_until),
        sample.into(),
        Cell::Text(offer.id.to_string()),
        offer.version.into(),
    ])
}

/// What there is, is held and is left, by period.
fn capacity(words: &Words, offer: &Offer, loads: &[Load]) -> Html {
    let heads = [
        "offers-period-head",
        "offers-capacity-head",
        "offers-reserved",
        "offers-committed",
        "offers-left",
    ];
    let heads = heads.map(|key| words.say(key));
    let rows: Vec<Vec<Html>> = loads
        .iter()
        .map(|load| {
            let period = if load.period == Period::WHOLE {
                words.say(if offer.terms.kind == Kind::Inexhaustible {
                    "offers-countries-row"
                } else {
                    "offers-whole-window"
                })
            } else {
                load.period.to_string()
            };
            let numbers = [load.capacity, load.reserved, load.committed, load.free()];
            let mut row = vec![ui::text(&period)];
            row.extend(numbers.map(|n| ui::text(&words.number(n))));
            row
        })
        .collect();
    ui::plain_table(&words.say("offers-capacity-title"), &heads, &rows)
}

fn principles(tx: &mut Tx, words: &Words, offer: &Offer) -> Result<Html> {
    let mut rows = Html::new();
    for (code, (answer, own)) in forms::principles(tx, offer)? {
        let name = label(tx, words, "data_principles", &code)?;
        let whose = words.say(if own {
            "offers-principle-own"
        } else {
            "offers-principle-member"
        });
        rows.push(html!(
            "<dt>{}</dt><dd>{}<small>{}</small></dd>",
            name,
            ui::paragraphs(&answer),
            whose
        ));
    }
    Ok(if rows.is_empty() {
        Html::new()
    } else {
        ui::section(&words.say("offers-principles"), html!("<dl>{}</dl>", rows))
    })
}

/// Why an offer came back, for its member.
pub(crate) fn sent_back(words: &Words, offer: &Offer) -> Html {
    match (&offer.reason, offer.stage) {
        (Some(reason), Stage::Draft) => {
            let body = html!(
                "<p>{}</p>{}",
                words.say("offers-sent-back"),
                ui::paragraphs(reason)
            );
            ui::notice(words, Tone::Warn, body)
        }
        _ => Html::new(),
    }
}

fn notices(words: &Words, offer: &Offer, state: State, sample: bool, inside: bool) -> Html {
    let mut before = Html::new();
    if sample {
        before.push(ui::notice(
            words,
            Tone::Warn,
            words.say("members-sample-notice"),
        ));
    }
    if let (State::Pledge, Some(minute)) = (state, &offer.pledge_minute) {
        let body = html!(
            "<p>{}</p>{}",
            words.say("offers-pledge-notice"),
            ui::paragraphs(minute)
        );
        before.push(ui::notice(words, Tone::Warn, body));
    }
    if offer.terms.replaces_in_person {
        before.push(ui::notice(
            words,
            Tone::Warn,
            words.say("offers-replaces-notice"),
        ));
    }
    if state == State::Stale {
        before.push(ui::notice(
            words,
            Tone::Warn,
            words.say("offers-stale-notice"),
        ));
    }
    if let (State::Withdrawn, Some(until)) = (state, offer.notice_until) {
        let says = words.say_with("offers-notice-until", &[("day", words.day(until).into())]);
        before.push(ui::notice(words, Tone::Warn, says));
    }
    if let (State::Withdrawn, Some(reason)) = (state, &offer.reason) {
        let body = html!(
            "<p>{}</p>{}",
            words.say("offers-withdrawn-because"),
            ui::paragraphs(reason)
        );
        before.push(ui::notice(words, Tone::Plain, body));
    }
    if inside {
        before.push(sent_back(words, offer));
    }
    before
}

fn actions(words: &Words, ask: &Ask, offer: &Offer) -> Vec<Action> {
    let Some(actor) = &ask.actor else {
        return Vec::new();
    };
    let mut list = Vec::new();
    let mut offered = |end: &str, key: &str, main: bool| {
        list.push(action(
            words,
            &format!("/offers/{}/{end}", offer.id),
            key,
            main,
        ));
    };
    let focal = actor.is_for(Role::MemberFocalPoint, offer.organisation);
    let head = actor.is_for(Role::MemberOfficer, offer.organisation);
    let stage = offer.stage;
    if focal && stage != Stage::Withdrawn {
        if stage == Stage::Draft && offer.pledge_minute.is_none() {
            offered("registration", "offer-registration-button", true);
        }
        if stage != Stage::Draft {
            offered(
                "assurance",
                "offer-assurance-button",
                stage == Stage::Available,
            );
        }
        offered("edit", "offer-edit-button", offer.pledge_minute.is_some());
    }
    if head && stage != Stage::Withdrawn {
        offered("withdrawal", "offer-withdrawal-button", false);
    }
    if stage == Stage::Registered && actor.is(Role::SecretariatOfficer) {
        offered("check", "offer-check-button", true);
        offered("return", "offer-return-button", false);
    }
    if stage == Stage::Checked && actor.is(Role::SecretariatApprover) {
        offered("approval", "offer-approval-button", true);
        offered("return", "offer-return-button", false);
    }
    list
}

/// The offer as the person sees it while deciding.
pub(crate) fn beside(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let words = &ask.words;
    let offer = store::find(tx, ask.id("id")?)?;
    rules::may_see(&offer, ask.actor.as_ref())?;
    let loads = store::loads(tx, offer.id)?;
    let state = rules::state_on(&offer, &loads, ask.today);
    let o = people::organisation(tx, offer.organisation)?;
    let name = members::marked(words, words.name(&o.names), o.sample);
    let cells = cells(tx, words, &offer, (state, &loads), (&name, o.sample))?;
    let beside = html!(
        "{}{}",
        ui::facts(words, OFFER, &cells),
        principles(tx, words, &offer)?
    );
    Ok(Prefill {
        beside,
        ..Prefill::default()
    })
}

// ---- capabilities

fn capabilities(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (query, words) = (ask.list(), &ask.words);
    let [id] = query.after_parts::<1>();
    let after = Id::parse(&id).unwrap_or(Id(base::Uuid::nil()));
    let organisation = ask
        .query
        .get("organisation")
        .and_then(|text| Id::parse(text));
    let class = query.filter("service");
    let mut found = store::capabilities(tx, after, class, organisation, query.limit + 1)?;
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let mut rows = Vec::with_capacity(found.len());
    for one in &found {
        let o = people::organisation(tx, one.organisation)?;
        let name = members::marked(words, words.name(&o.names), o.sample);
        rows.push(Line {
            key: one.id.to_string(),
            cells: vec![
                Cell::link(
                    format!("/capabilities/{}", one.id),
                    label(tx, words, "service_classes", &one.service_class)?,
                ),
                name.into(),
                Cell::code(one.people.as_str()),
                Cell::code(one.equipment.as_str()),
                Cell::code(one.funding.as_str()),
                one.assured_on.into(),
                (!rules::is_stale(one.assured_on, ask.today)).into(),
                o.sample.into(),
                Cell::Text(one.id.to_string()),
            ],
            href: None,
        });
    }
    let mut actions = Vec::new();
    if ask.is_any(&[Role::MemberFocalPoint]) {
        actions.push(action(
            words,
            "/capabilities/new",
            "capability-new-button",
            true,
        ));
    }
    Ok(Answer::List(Listing {
        title: words.say("offers-capabilities"),
        before: html!("<p>{}</p>", words.say("offers-capabilities-intro")),
        rows,
        more,
        actions,
        ..Listing::default()
    }))
}

fn capability(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let one = store::capability(tx, ask.id("id")?)?;
    let o = people::organisation(tx, one.organisation)?;
    let name = members::marked(words, words.name(&o.names), o.sample);
    let service = label(tx, words, "service_classes", &one.service_class)?;
    let own = ask
        .actor
        .as_ref()
        .is_some_and(|a| a.is_for(Role::MemberFocalPoint, one.organisation));
    let mut actions = Vec::new();
    if own && one.ended_on.is_none() {
        let at = |end: &str| format!("/capabilities/{}/{end}", one.id);
        actions.push(action(
            words,
            &at("assurance"),
            "capability-assurance-button",
            true,
        ));
        actions.push(action(words, &at("end"), "capability-end-button", false));
    }
    Ok(Answer::Record(Show {
        title: service.clone(),
        cells: vec![
            Cell::link(format!("/members/{}", one.organisation), name),
            service.into(),
            Cell::code(one.people.as_str()),
            Cell::code(one.equipment.as_str()),
            Cell::code(one.funding.as_str()),
            Cell::or_not_applicable(one.note.clone()),
            one.assured_on.into(),
            Cell::or_not_applicable(one.ended_on),
            o.sample.into(),
            Cell::Text(one.id.to_string()),
        ],
        actions,
        ..Show::default()
    }))
}

// ---- a tried import

fn tried(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (words, actor) = (&ask.words, ask.actor()?);
    let tried = store::import(tx, ask.id("id")?)?;
    if !rules::speaks_for(actor, tried.organisation) {
        return Err(Error::Missing);
    }
    let refused = tried
        .refused
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let notes = tried
        .notes
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let says = words.say_with(
        "offers-import-says",
        &[
            ("file", tried.file_name.as_str().into()),
            ("n", tried.rows.into()),
        ],
    );
    let mut body = html!("<p>{}</p>", says);
    if tried.accepted {
        body.push(ui::notice(
            words,
            Tone::Good,
            words.say("offers-import-accepted"),
        ));
    } else if refused.is_empty() {
        body.push(ui::notice(
            words,
            Tone::Good,
            words.say("offers-import-clean"),
        ));
        let href = format!("/offers/imports/{}/acceptance", tried.id);
        body.push(ui::actions(&[action(
            words,
            &href,
            "offer-import-acceptance-button",
            true,
        )]));
    } else {
        let says = words.say_with("offers-import-refused", &[("n", refused.len().into())]);
        body.push(ui::notice(words, Tone::Bad, says));
        body.push(remarks(words, "offers-import-refused-rows", refused));
        body.push(ui::actions(&[action(
            words,
            "/offers/imports/new",
            "offer-import-button",
            true,
        )]));
    }
    if !notes.is_empty() {
        body.push(remarks(words, "offers-import-notes", notes));
    }
    Ok(Answer::Page(Page {
        title: words.say("offers-import-result"),
        body,
        ..Page::default()
    }))
}

fn remarks(words: &Words, title: &str, remarks: &[Value]) -> Html {
    let heads = [
        "offers-import-row",
        "offers-import-column",
        "offers-import-why",
    ]
    .map(|key| words.say(key));
    let rows: Vec<Vec<Html>> = remarks
        .iter()
        .map(|remark| {
            let row = remark
                .get("row")
                .and_then(Value::as_i64)
                .map(|row| row.to_string())
                .unwrap_or_default();
            let column = remark
                .get("column")
                .and_then(Value::as_str)
                .unwrap_or_default();
            vec![
                ui::text(&row),
                ui::text(column),
                ui::text(&said(words, remark)),
            ]
        })
        .collect();
    ui::plain_table(&words.say(title), &heads, &rows)
}

/// A kept remark in the reader's words.
fn said(words: &Words, remark: &Value) -> String {
    let key = remark
        .get("key")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let kept = remark
        .get("args")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let mut args: Vec<(&str, Arg)> = Vec::new();
    for one in kept {
        let part = |at: usize| one.get(at);
        let name = part(0).and_then(Value::as_str).unwrap_or_default();
        let value = match (part(1).and_then(Value::as_str), part(2)) {
            (Some("number"), Some(n)) => Arg::Number(n.as_i64().unwrap_or(0)),
            (Some("word"), Some(w)) => Arg::Word(w.as_str().unwrap_or_default().to_owned()),
            (_, text) => Arg::Text(text.and_then(Value::as_str).unwrap_or_default().to_owned()),
        };
        args.push((name, value));
    }
    words.say_with(key, &args)
}

// ---- on the member's page, and what waits

/// A member's open offers, on its public page.
pub(crate) fn of_member(tx: &mut Tx, ask: &Ask, id: &str) -> Result<Html> {
    let Some(organisation) = Id::parse(id) else {
        return Ok(Html::new());
    };
    let words = &ask.words;
    let wanted = store::Wanted {
        organisation: Some(organisation),
        public: true,
        running: true,
        limit: 50,
        ..store::Wanted::default()
    };
    let found = store::page(tx, &wanted, ask.today)?;
    let mut list = Html::new();
    for one in &found {
        let state = words.code("offer-state", &one.state);
        let href = format!("/offers/{}", one.offer.id);
        let title = words.name(&one.offer.terms.title);
        list.push(html!(
            "<li>{} {}</li>",
            ui::link(&href, title),
            ui::tag(&one.state, &state)
        ));
    }
    let body = if found.is_empty() {
        html!("<p>{}</p>", words.say("offers-none-open"))
    } else {
        html!("<ul>{}</ul>", list)
    };
    Ok(ui::section(&words.say("offers-title"), body))
}

fn waiting(ask: &Ask, (offer, sample): (&Offer, bool), key: &str, since: Moment) -> Waiting {
    let title = members::marked(&ask.words, ask.words.name(&offer.terms.title), sample);
    Waiting {
        href: format!("/offers/{}", offer.id),
        text: ask.words.say_with(key, &[("title", title.into())]),
        since,
        due: None,
    }
}

/// What waits for the actor in this room.
pub(crate) fn inbox(tx: &mut Tx, ask: &Ask, actor: &Actor) -> Result<Vec<Waiting>> {
    let mut list = Vec::new();
    if actor.is(Role::SecretariatOfficer) {
        for offer in store::in_stage(tx, Stage::Registered)? {
            let since = offer.registered_at.unwrap_or(offer.made_at);
            let sample = people::organisation(tx, offer.organisation)?.sample;
            list.push(waiting(ask, (&offer, sample), "offers-waits-check", since));
        }
    }
    if actor.is(Role::SecretariatApprover) {
        for offer in store::in_stage(tx, Stage::Checked)? {
            if offer.checked_by != Some(actor.account) {
                let since = offer.checked_at.unwrap_or(offer.made_at);
                let sample = people::organisation(tx, offer.organisation)?.sample;
                list.push(waiting(
                    ask,
                    (&offer, sample),
                    "offers-waits-approval",
                    since,
                ));
            }
        }
    }
    let mut own = actor.organisations();
    own.sort_unstable();
    own.dedup();
    for organisation in own
        .into_iter()
        .filter(|id| actor.is_for(Role::MemberFocalPoint, *id))
    {
        let sample = people::organisation(tx, organisation)?.sample;
        for offer in store::of(tx, organisation)? {
            list.extend(own_waiting(ask, (&offer, sample)));
        }
    }
    Ok(list)
}

/// What a member's focal point has to do about an offer, and by when.
fn own_waiting(ask: &Ask, marked: (&Offer, bool)) -> Vec<Waiting> {
    let (offer, _) = marked;
    let mut list = Vec::new();
    if offer.stage == Stage::Draft && offer.reason.is_some() {
        list.push(waiting(
            ask,
            marked,
            "offers-waits-correction",
            offer.made_at,
        ));
    }
    if offer.stage != Stage::Available || offer.terms.window_to < ask.today {
        return list;
    }
    let over = offer.terms.free_until < ask.today;
    if !over && rules::is_stale(offer.assured_on, ask.today) {
        let since = Moment::start_of(offer.assured_on.plus(rules::ASSURED_DAYS + 1));
        list.push(waiting(ask, marked, "offers-waits-assurance", since));
    }
    let left = ask.today.days_until(offer.terms.free_until);
    if (0..=rules::FREE_NOTICE_DAYS).contains(&left) {
        let since = Moment::start_of(offer.terms.free_until.plus(-rules::FREE_NOTICE_DAYS));
        let mut entry = waiting(ask, marked, "offers-waits-free-end", since);
        entry.due = Some(offer.terms.free_until);
        list.push(entry);
    }
    list
}
