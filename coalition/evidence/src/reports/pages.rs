//! What people see of reports: what is owed, what was handed in, and one report with all of it.

use super::due::{self, Whose};
use super::rules::{self, Step};
use super::{Due, Report, Standing, State, store};
use crate::claims;
use crate::tell::{Teller, act, section};
use base::{Actor, Day, Error, Id, Result, Role};
use db::Tx;
use deployments::Deployment;
use ui::{Cell, Column, Html, Kind, html};
use web::{ActLink, Answer, Ask, Filter, Line, Listing, Show};

pub(crate) const REPORTS: &[Column] = &[
    Column::new("reported_period", Kind::Text),
    Column::new("serving_deployment", Kind::Link),
    Column::new("organisation", Kind::Text),
    Column::new("country", Kind::Text),
    Column::new("report_state", Kind::Code("report-state")),
    Column::new("submitted_at", Kind::Moment),
    Column::new("id", Kind::Id),
];
pub(crate) const DUE: &[Column] = &[
    Column::new("serving_deployment", Kind::Link),
    Column::new("reported_period", Kind::Text),
    Column::new("organisation", Kind::Text),
    Column::new("country", Kind::Text),
    Column::new("due_on", Kind::Day),
    Column::new("report_state", Kind::Code("report-state")),
    Column::new("report_begun", Kind::Link),
];
pub(crate) const REPORT: &[Column] = &[
    Column::new("report_state", Kind::Code("report-state")),
    Column::new("reported_period", Kind::Text),
    Column::new("serving_deployment", Kind::Link),
    Column::new("organisation", Kind::Text),
    Column::new("country", Kind::Text),
    Column::new("due_on", Kind::Day),
    Column::new("submitted_at", Kind::Moment),
    Column::new("corrected_figures", Kind::Whole),
    Column::new("narrative", Kind::Words),
    Column::new("id", Kind::Id),
    Column::new("version", Kind::Whole),
];
pub(crate) const FILTERS: &[Filter] = &[
    Filter::listed("country", places::choose::countries),
    Filter::codes(
        "report_state",
        "report-state",
        &["draft", "submitted", "sent_back", "accepted"],
    ),
];
pub(crate) const DUE_FILTERS: &[Filter] = &[Filter::codes(
    "report_state",
    "report-state",
    &Standing::CODES,
)];

/// Figures a report's page shows; the rest is in their list.
const SHOWN: usize = 50;

/// Whose reports the actor reads; none when nobody's.
fn whose(actor: &Actor) -> Vec<Whose> {
    if actor.reads_all() {
        return vec![Whose::Everybody];
    }
    let held = actor
        .appointments
        .iter()
        .filter(|a| crate::WRITERS.contains(&a.role));
    let mut members: Vec<Id> = held.filter_map(|a| a.organisation).collect();
    members.sort_unstable();
    members.dedup();
    let countries = actor.authority_countries().into_iter().map(Whose::Country);
    members
        .into_iter()
        .map(Whose::Member)
        .chain(countries)
        .collect()
}

/// The reports the asker may read.
pub(crate) fn reports(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (query, actor) = (ask.list(), ask.actor()?.clone());
    let [day, id] = query.after_parts::<2>();
    let own = actor.organisations();
    let mut found: Vec<Report> = Vec::new();
    for scope in whose(&actor) {
        let (member, within) = match scope {
            Whose::Everybody => (None, None),
            Whose::Member(member) => (Some(member), None),
            Whose::Country(country) => (None, Some(country)),
        };
        let asked = query.filter("country").map(str::to_owned);
        if within.is_some() && asked.is_some() && within != asked {
            continue;
        }
        let wanted = store::Wanted {
            state: query.filter("report_state").map(str::to_owned),
            country: within.or(asked),
            member,
            q: query.q.clone(),
            below: Day::parse(&day).zip(Id::parse(&id)),
            limit: query.limit + 1,
        };
        // A member that is also asked about as a country's appears once.
        let more = store::list(tx, &wanted)?;
        found.extend(
            more.into_iter()
                .filter(|r| !found.iter().any(|one| one.id == r.id))
                .collect::<Vec<_>>(),
        );
    }
    found.sort_by_key(|report| std::cmp::Reverse((report.period.to, report.id)));
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let rule = due::rule(tx)?;
    let mut teller = Teller::new(tx, &ask.words)?;
    let mut rows = Vec::with_capacity(found.len());
    for report in &found {
        rows.push(Line {
            key: format!("{}~{}", report.period.to, report.id),
            cells: vec![
                teller.period(report.period).into(),
                teller.deployment(tx, report.deployment, ask.today)?,
                teller.organisation(tx, report.member)?.into(),
                teller.place(tx, &report.country)?.into(),
                shown(report, rule, ask.today),
                Cell::or_not_applicable(report.submitted_at),
                report.id.into(),
            ],
            // A draft is opened by its writers alone.
            href: (report.state != State::Draft || own.contains(&report.member))
                .then(|| report.path()),
        });
    }
    let due = ui::link("/reports/due", ask.words.say("evidence-reports-due-title"));
    Ok(Answer::List(Listing {
        title: ask.words.say("evidence-reports-title"),
        before: html!(
            "<p>{}</p><p>{}</p>",
            ask.words.say("evidence-reports-intro"),
            due
        ),
        rows,
        more,
        ..Listing::default()
    }))
}

/// Where a report stands today: a draft is due or not by the calendar.
fn shown(report: &Report, rule: super::Rule, today: Day) -> Cell {
    Cell::code(rules::standing(Some(report.state), report.period, rule, today).code())
}

/// What is owed: the longest due first.
pub(crate) fn owed(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (query, actor) = (ask.list(), ask.actor()?.clone());
    let mut all: Vec<Due> = Vec::new();
    for scope in whose(&actor) {
        all.extend(due::all(tx, &scope, ask.today)?);
    }
    match query.filter("report_state") {
        Some(code) => all.retain(|due| due.standing.code() == code),
        None => all.retain(|due| due::is_waited_for(due.standing)),
    }
    all.sort_by(|a, b| (a.due_on, &a.code).cmp(&(b.due_on, &b.code)));
    all.dedup();
    let mut teller = Teller::new(tx, &ask.words)?;
    if let Some(q) = &query.q {
        let mut kept = Vec::new();
        for due in all {
            let named = format!("{} {}", due.code, teller.organisation(tx, due.member)?);
            kept.extend(Some(due).filter(|_| base::fold(&named).contains(q)));
        }
        all = kept;
    }
    let key = |due: &Due| format!("{}~{}", due.due_on, due.code);
    if let Some(after) = &query.after {
        all.retain(|due| &key(due) > after);
    }
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = all.len() > limit;
    all.truncate(limit);
    let mut rows = Vec::with_capacity(all.len());
    for due in &all {
        let report = match due.report {
            Some(id) => Cell::link(
                format!("/reports/{id}"),
                ask.words.say("evidence-see-report"),
            ),
            None => Cell::NotApplicable,
        };
        let write = format!(
            "/deployments/{}/reports/new?period={}",
            due.deployment, due.period.from
        );
        rows.push(Line {
            key: key(due),
            cells: vec![
                teller.deployment(tx, due.deployment, ask.today)?,
                teller.period(due.period).into(),
                teller.organisation(tx, due.member)?.into(),
                teller.place(tx, &due.country)?.into(),
                due.due_on.into(),
                Cell::code(due.standing.code()),
                report,
            ],
            href: Some(due.report.map_or(write, |id| format!("/reports/{id}")))
                .filter(|_| due.report.is_some() || actor.is_any(&crate::WRITERS)),
        });
    }
    Ok(Answer::List(Listing {
        title: ask.words.say("evidence-reports-due-title"),
        before: html!("<p>{}</p>", ask.words.say("evidence-reports-due-intro")),
        rows,
        more,
        ..Listing::default()
    }))
}

/// A report the asker may read.
pub(crate) fn readable(tx: &mut Tx, ask: &Ask) -> Result<(Report, Deployment)> {
    readable_by(tx, ask.actor()?, ask.id("id")?, ask.today)
}

/// A report somebody may read: drafts are their writers' alone.
pub(crate) fn readable_by(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    today: Day,
) -> Result<(Report, Deployment)> {
    let report = store::find(tx, id)?;
    let deployment = deployments::deployment(tx, report.deployment, today)?;
    let open = report.state != State::Draft || crate::is_writer(actor, &deployment);
    if open && crate::is_party(actor, &deployment) {
        Ok((report, deployment))
    } else {
        Err(Error::Missing)
    }
}

/// A report the asker writes.
pub(crate) fn writable(tx: &mut Tx, ask: &Ask) -> Result<(Report, Deployment)> {
    let (report, deployment) = readable(tx, ask)?;
    crate::require_writer(ask.actor()?, &deployment)?;
    rules::next(report.state, Step::Edit)?;
    Ok((report, deployment))
}

/// One report with its figures, files, lessons and history.
pub(crate) fn report(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (report, deployment) = readable(tx, ask)?;
    let figures = claims::store::of_report(tx, report.id)?;
    let rule = due::rule(tx)?;
    let w = &ask.words;
    let mut teller = Teller::new(tx, w)?;
    let corrected = figures
        .iter()
        .filter(|c| c.standing == crate::Standing::Corrected)
        .count();
    let cells = vec![
        shown(&report, rule, ask.today),
        teller.period(report.period).into(),
        teller.deployment(tx, report.deployment, ask.today)?,
        teller.organisation(tx, report.member)?.into(),
        teller.place(tx, &report.country)?.into(),
        rules::due_on(report.period, rule).into(),
        Cell::or_not_applicable(report.submitted_at),
        i64::try_from(corrected).unwrap_or(i64::MAX).into(),
        report.narrative.clone().map_or(Cell::Unknown, Cell::Text),
        report.id.into(),
        report.version.into(),
    ];
    let period = teller.period(report.period);
    let mine = crate::is_writer(ask.actor()?, &deployment) && report.state.is_open();
    let mut sections = sent_back(tx, ask, &report)?;
    sections.push(figures_of(tx, &mut teller, &report, &figures, mine)?);
    sections.push(crate::files::pages::of_report(tx, ask, &report)?);
    sections.push(crate::lessons::pages::of_report(tx, ask, &report, mine)?);
    sections.push(history(tx, ask, &report)?);
    Ok(Answer::Record(Show {
        title: w.say_with(
            "evidence-report-of",
            &[
                ("code", deployment.code.as_str().into()),
                ("period", period.into()),
            ],
        ),
        cells,
        sections,
        actions: actions(tx, ask, &report, &deployment, &figures)?,
        slot: Some(("report-page", report.id.to_string())),
        ..Show::default()
    }))
}

/// Why the report came back, above everything else.
fn sent_back(tx: &mut Tx, ask: &Ask, report: &Report) -> Result<Html> {
    if report.state != State::SentBack {
        return Ok(Html::new());
    }
    let steps = store::steps(tx, report.id)?;
    let last = steps.iter().rev().find(|step| step.step == "sent_back");
    let why = last
        .and_then(|step| step.words.as_deref())
        .unwrap_or_default();
    let body = html!(
        "<p><strong>{}</strong></p>{}",
        ask.words.say("evidence-was-sent-back"),
        ui::paragraphs(why)
    );
    Ok(ui::notice(&ask.words, ui::Tone::Warn, body))
}

fn figures_of(
    tx: &mut Tx,
    teller: &mut Teller<'_>,
    report: &Report,
    figures: &[crate::Claim],
    mine: bool,
) -> Result<Html> {
    let w = teller.words;
    let title = w.say("evidence-figures");
    if figures.is_empty() {
        return Ok(ui::section(
            &title,
            ui::empty(&w.say("evidence-no-figures"), None),
        ));
    }
    let mut rows = Vec::new();
    for claim in figures.iter().take(SHOWN) {
        let level = claim.level.map_or("reported", crate::Level::code);
        let mut links = Html::new();
        if claim.submitted_at.is_some() {
            links.push(ui::link(&claim.path(), w.say("evidence-see-claim")));
        }
        if mine && claim.standing.counts() {
            links.push(html!(" "));
            links.push(ui::link(
                &format!("{}/removal", claim.path()),
                w.say("figure-removal-button"),
            ));
        }
        rows.push(vec![
            ui::text(&teller.indicator(&claim.indicator)),
            ui::text(&teller.figure(claim.figure())),
            ui::text(&w.code("counted-unit", claim.unit.code())),
            ui::text(&teller.group(&claim.group)),
            ui::text(&teller.place(tx, &claim.place)?),
            ui::text(&w.code("claim-level", level)),
            ui::tag(
                claim.standing.code(),
                &w.code("claim-state", claim.standing.code()),
            ),
            links,
        ]);
    }
    let head = [
        "column-indicator",
        "column-claimed",
        "column-counted-unit",
        "column-people-group",
        "column-place",
        "column-known-level",
        "column-claim-state",
    ];
    let mut head: Vec<String> = head.iter().map(|key| w.say(key)).collect();
    head.push(String::new());
    let mut body = ui::plain_table("", &head, &rows);
    if figures.len() > SHOWN {
        let all = w.say_with("evidence-all-figures", &[("n", figures.len().into())]);
        body.push(html!(
            "<p>{}</p>",
            ui::link(&format!("{}/figures", report.path()), all)
        ));
    }
    Ok(ui::section(&title, body))
}

/// Every figure of a report.
pub(crate) fn figures(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (report, deployment) = readable(tx, ask)?;
    let query = ask.list();
    let after = query.after.as_deref().and_then(Id::parse);
    let mut all = claims::store::of_report(tx, report.id)?;
    all.retain(|claim| after.is_none_or(|after| claim.id > after));
    let mut teller = Teller::new(tx, &ask.words)?;
    if let Some(q) = &query.q {
        let mut kept = Vec::new();
        for claim in all {
            let said = base::fold(&teller.claim(tx, &claim)?);
            kept.extend(Some(claim).filter(|_| said.contains(q)));
        }
        all = kept;
    }
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = all.len() > limit;
    all.truncate(limit);
    let mut rows = claims::pages::lines(tx, &mut teller, &all)?;
    for (row, claim) in rows.iter_mut().zip(&all) {
        row.href = row.href.take().filter(|_| claim.submitted_at.is_some());
    }
    Ok(Answer::List(Listing {
        title: ask.words.say("evidence-figures"),
        before: html!("<p>{}</p>", ui::link(&report.path(), deployment.code)),
        rows,
        more,
        ..Listing::default()
    }))
}

fn history(tx: &mut Tx, ask: &Ask, report: &Report) -> Result<Html> {
    let steps = store::steps(tx, report.id)?;
    let step = |one: &super::ReportStep| ui::Step {
        title: ask.words.code("report-step", &one.step),
        when: ask.words.moment(one.at),
        detail: one.words.as_deref().map(ui::paragraphs).unwrap_or_default(),
        state: ui::StepState::Done,
    };
    let steps: Vec<ui::Step> = steps.iter().map(step).collect();
    Ok(section(
        &ask.words,
        "evidence-history",
        ui::steps(&ask.words, &steps),
    ))
}

fn actions(
    tx: &mut Tx,
    ask: &Ask,
    report: &Report,
    deployment: &Deployment,
    figures: &[crate::Claim],
) -> Result<Vec<ActLink>> {
    let (w, actor, path) = (&ask.words, ask.actor()?, report.path());
    let mut list = Vec::new();
    let mut offer =
        |name: &str, end: &str, main| list.push(act(w, name, format!("{path}/{end}"), main));
    if crate::is_writer(actor, deployment) && report.state.is_open() {
        let something = !figures.is_empty() || report.narrative.is_some();
        offer("figure-new", "figures/new", figures.is_empty());
        offer("file-new", "files/new", false);
        offer("lesson-new", "lessons/new", false);
        offer("report-edit", "edit", false);
        if something {
            offer("report-submission", "submission", !figures.is_empty());
        }
    }
    if actor.is(Role::SecretariatOfficer) && report.state == State::Submitted {
        offer("report-acceptance", "acceptance", true);
        offer("report-return", "return", false);
    }
    let open = figures
        .iter()
        .any(|c| c.level == Some(crate::Level::Delivered) && c.standing == crate::Standing::Stands);
    if open
        && report.state == State::Accepted
        && authorities::require_active(tx, actor, &report.country, ask.today).is_ok()
    {
        offer("report-confirmation", "confirmation", true);
    }
    Ok(list)
}
