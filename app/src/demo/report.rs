//! Members report, others accept, confirm, contest and visit: figures become counts that hold.

use super::calendar::{day, go_to};
use super::cast::{self, Cast, country};
use super::deploy;
use base::{Error, Id, Names, Result};
use deployments::Deployment;
use evidence::{Comparator, Figure, Finding, NewFigure, NewVisit};
use web::Site;

const PERIOD: &str = "2027-01-01";
const PERIOD_END: &str = "2027-03-31";
const REPORTED: &str = "2027-04-06";
const ACCEPTED: &str = "2027-04-09";
const CONFIRMED: &str = "2027-04-14";
const VISITED: &str = "2027-04-20";

/// Each active deployment's first quarter but the last one's, which is late.
///
/// # Errors
/// A refusal the story should not have met.
pub fn report(site: &Site, cast: &Cast) -> Result<()> {
    let mut begun = deploy::all(site)?;
    begun.retain(|one| one.standing.has_begun());
    let known = begun.iter().find_map(|one| {
        let id = one.id;
        let figures = site.db.read_now(move |tx| evidence::figures_of(tx, id));
        figures.map(|found| !found.is_empty()).ok()
    });
    if begun.is_empty() || known == Some(true) {
        return Ok(());
    }
    let trains = |one: &Deployment| one.service_class == "teacher_training";
    begun.sort_by_key(trains);
    let late = begun.iter().rposition(|one| !trains(one));
    let late = late.map(|at| begun.remove(at));
    go_to(site, REPORTED)?;
    let mut reports = Vec::new();
    for (turn, deployment) in begun.iter().enumerate() {
        reports.push(submit(site, deployment, turn)?);
        site.clock.advance_seconds(1_800);
    }
    if let Some(late) = late {
        draft(site, &late)?;
    }
    go_to(site, ACCEPTED)?;
    let officer = cast::actor(site, cast.second_officer)?;
    for report in reports.clone() {
        let (officer, now) = (officer.clone(), site.clock.now());
        site.db
            .write_now(move |tx| evidence::accept_report(tx, report, &officer, now))?;
    }
    go_to(site, CONFIRMED)?;
    let authority = cast::actor(site, cast.signatory)?;
    for (turn, (report, one)) in reports.iter().copied().zip(&begun).enumerate() {
        if turn % 2 == 1 && !trains(one) {
            continue;
        }
        let (authority, now) = (authority.clone(), site.clock.now());
        site.db.write_now(move |tx| {
            evidence::confirm_figures(tx, report, &[], &authority, now).map(drop)
        })?;
    }
    tell_lessons(site, cast)?;
    contest(site, cast, &begun)?;
    visit(site, cast, &begun)
}

/// The last one's report is only begun: its member still waits for a partner's table.
fn draft(site: &Site, deployment: &Deployment) -> Result<()> {
    let officer = cast::member_officer(site, deployment.member)?;
    let (id, now) = (deployment.id, site.clock.now());
    let period = day(PERIOD)?;
    let words = "The partner's table is still to come (sample).";
    site.db.write_now(move |tx| {
        evidence::draft_report(tx, id, period, Some(words), &officer, now).map(drop)
    })
}

/// The secretariat publishes what was learnt, good and bad.
fn tell_lessons(site: &Site, cast: &Cast) -> Result<()> {
    let officer = cast::actor(site, cast.officer)?;
    let now = site.clock.now();
    let lessons = site.db.read_now(|tx| evidence::lessons_waiting(tx, 100))?;
    for lesson in lessons {
        let officer = officer.clone();
        site.db.write_now(move |tx| {
            evidence::publish_lesson(tx, lesson.id, &officer, now).map(drop)
        })?;
    }
    Ok(())
}

/// What a member's report says: the learners of the schools served, by place.
fn submit(site: &Site, deployment: &Deployment, turn: usize) -> Result<Id> {
    let officer = cast::member_officer(site, deployment.member)?;
    let (id, now) = (deployment.id, site.clock.now());
    let figures = figures(site, deployment)?;
    site.db.write_now(move |tx| {
        let narrative = "Most schools were served before the rains; the roads of two municipalities \
                         were closed (sample).";
        let report =
            evidence::draft_report(tx, id, day(PERIOD)?, Some(narrative), &officer, now)?;
        for figure in &figures {
            evidence::add_figure(tx, report, figure, &officer, now)?;
        }
        for (kind, words) in lessons(turn) {
            evidence::add_lesson(tx, report, kind, &words, &officer, now)?;
        }
        evidence::submit_report(tx, report, &officer, now)?;
        Ok(report)
    })
}

/// What the member of that turn learnt: each something good, every second something bad.
fn lessons(turn: usize) -> Vec<(&'static str, Names)> {
    let good = [
        Names::three(
            "Asking the school heads for their term's dates first saved a second journey (sample).",
            "Demander d’abord aux écoles leurs dates a évité un second voyage (exemple).",
            "سؤال المدارس عن مواعيدها أولًا وفّر رحلة ثانية (مثال).",
        ),
        Names::three(
            "Teachers who had tried the material themselves explained it to the others (sample).",
            "Les enseignants qui avaient essayé le matériel l’ont expliqué aux autres (exemple).",
            "المعلّمون الذين جرّبوا المواد بأنفسهم شرحوها لزملائهم (مثال).",
        ),
        Names::three(
            "A printed sheet beside each box told everybody what was in it (sample).",
            "Une feuille imprimée près de chaque carton disait à tous ce qu’il contenait (exemple).",
            "ورقة مطبوعة بجانب كل صندوق أخبرت الجميع بما فيه (مثال).",
        ),
    ];
    let bad = [
        Names::three(
            "We sent before the rains ended; two roads were closed for a week (sample).",
            "Nous avons envoyé avant la fin des pluies ; deux routes ont été fermées une semaine (exemple).",
            "أرسلنا قبل انتهاء الأمطار فأُغلق طريقان أسبوعًا (مثال).",
        ),
        Names::three(
            "Nobody had counted the sockets: half of the devices were charged elsewhere (sample).",
            "Personne n’avait compté les prises : la moitié des appareils étaient chargés ailleurs (exemple).",
            "لم يعدّ أحد المقابس: شُحن نصف الأجهزة في مكان آخر (مثال).",
        ),
    ];
    let mut out = vec![("good", good[turn % good.len()].clone())];
    if turn % 2 == 1 {
        out.push(("bad", bad[turn / 2 % bad.len()].clone()));
    }
    out
}

fn figures(site: &Site, deployment: &Deployment) -> Result<Vec<NewFigure>> {
    let (id, today) = (deployment.id, site.clock.now().day());
    let by_place = site
        .db
        .read_now(move |tx| deliveries::tallies_by_place(tx, id))?;
    let (from, to) = (day(PERIOD)?, day(PERIOD_END)?);
    let figure = |indicator: &str, place: &str, comparator, value: i64| NewFigure {
        indicator: indicator.to_owned(),
        place: place.to_owned(),
        group: evidence::EVERYBODY.to_owned(),
        from,
        to,
        comparator,
        value: Some(value),
        low: None,
        high: None,
        method: "delivery_note".to_owned(),
        source: "Delivery notes and the register of schools (sample)".to_owned(),
        as_of: to.min(today),
    };
    let mut out = Vec::new();
    let trains = deployment.service_class == "teacher_training";
    for (place, tally) in by_place.into_iter().filter(|(_, tally)| tally.good > 0) {
        if trains {
            // A day of a trainer reaches a staff room.
            let taught = tally.good * 6;
            out.push(figure(
                "teachers_trained",
                &place,
                Comparator::About,
                taught,
            ));
            continue;
        }
        out.push(figure(
            "items_distributed",
            &place,
            Comparator::Equal,
            tally.good,
        ));
        out.push(figure(
            "learners_reached",
            &place,
            Comparator::About,
            tally.good * 14,
        ));
    }
    if out.is_empty() {
        out.push(figure(
            "learners_reached",
            country(),
            Comparator::AtLeast,
            250,
        ));
    }
    Ok(out)
}

/// The authority contests a figure of the first report; the approver corrects it.
fn contest(site: &Site, cast: &Cast, begun: &[Deployment]) -> Result<()> {
    let Some(first) = begun.first().map(|one| one.id) else {
        return Ok(());
    };
    let authority = cast::actor(site, cast.focal_point)?;
    let approver = cast::actor(site, cast.approver)?;
    let now = site.clock.now();
    site.db.write_now(move |tx| {
        let claims = evidence::figures_of(tx, first)?;
        let Some(claim) = claims
            .iter()
            .find(|one| one.indicator == "learners_reached")
        else {
            return Ok(());
        };
        let reason = "Two schools were counted that closed in 2026.";
        evidence::contest(tx, claim.id, reason, &authority, now)?;
        let value = claim.low.unwrap_or(0) - 58;
        let figure = Figure {
            comparator: Comparator::Equal,
            low: Some(value.max(0)),
            high: Some(value.max(0)),
        };
        let later = now.plus_seconds(3 * 3_600);
        let reason = "Counted again without the two closed schools.";
        evidence::correct(tx, claim.id, figure, reason, &approver, later).map(drop)
    })
}

/// An independent verifier visits the second deployment and finds what was claimed.
fn visit(site: &Site, cast: &Cast, begun: &[Deployment]) -> Result<()> {
    let Some(second) = begun.get(1).cloned() else {
        return Ok(());
    };
    go_to(site, VISITED)?;
    let now = site.clock.now();
    let approver = cast::actor(site, cast.second_approver)?;
    let verifier = cast::actor(site, cast.verifier)?;
    site.db.write_now(move |tx| {
        let claims: Vec<Id> = evidence::figures_of(tx, second.id)?
            .into_iter()
            .take(2)
            .map(|claim| claim.id)
            .collect();
        let new = NewVisit {
            deployment: second.id,
            place: second.places.first().cloned().ok_or(Error::Missing)?,
            on: now.day(),
            task: "Count what is in use in five schools (sample).".to_owned(),
            verifier: verifier.account,
            claims: claims.clone(),
        };
        let visit = evidence::plan_visit(tx, &new, &approver, now)?;
        evidence::accept_visit(tx, visit, &verifier, now)?;
        for claim in &claims {
            evidence::find_claim(tx, visit, *claim, Finding::AsClaimed, &verifier, now)?;
        }
        let words = "All five schools had what the figure says and use it (sample).";
        evidence::report_visit(tx, visit, now.day(), words, &verifier, now)?;
        evidence::approve_visit(tx, visit, &approver, now)
    })
}
