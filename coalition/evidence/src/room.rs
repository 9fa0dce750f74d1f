//! What the room declares to the site.

mod acts;

use crate::{claims, files, inbox, indicators, lessons, reports, statements, visits};
use base::{Result, Role};
use db::Tx;
use ui::Column;
use web::{Answer, Ask, Check, Filter, MenuGroup, MenuItem, Room, Shape, Slot, View, Who};

const WRITERS: Who = Who::Any(&crate::WRITERS);
const OFFICER: Who = Who::Any(&[Role::SecretariatOfficer]);
const APPROVER: Who = Who::Any(&[Role::SecretariatApprover]);
const SECRETARIAT: Who = Who::Any(&[Role::SecretariatOfficer, Role::SecretariatApprover]);
const AUTHORITY: Who = Who::Any(&[Role::AuthorityFocalPoint, Role::AuthoritySignatory]);
const VERIFIER: Who = Who::Any(&[Role::IndependentVerifier]);
/// Who reads reports.
const PARTIES: Who = Who::Any(&[
    Role::MemberFocalPoint,
    Role::MemberOfficer,
    Role::AuthorityFocalPoint,
    Role::AuthoritySignatory,
    Role::SecretariatOfficer,
    Role::SecretariatApprover,
    Role::Auditor,
]);
/// Who reads of visits.
const VISITORS: Who = Who::Any(&[
    Role::IndependentVerifier,
    Role::SecretariatOfficer,
    Role::SecretariatApprover,
    Role::Auditor,
]);

/// The room.
pub fn room() -> Room {
    Room {
        name: "evidence",
        migrations: crate::MIGRATIONS,
        words: crate::WORDS,
        tables: crate::TABLES,
        views: views(),
        acts: acts::report_acts()
            .into_iter()
            .chain(acts::file_acts())
            .chain(acts::claim_acts())
            .chain(acts::visit_acts())
            .collect(),
        inbox: Some(inbox::inbox),
        checks: vec![
            Check {
                name: "evidence-indicators-sound",
                run: unsound_indicators,
            },
            Check {
                name: "evidence-corrections-paired",
                run: unpaired_corrections,
            },
        ],
        slots: vec![
            Slot {
                at: "deployment-page",
                fill: reports::elsewhere::on_deployment,
            },
            Slot {
                at: "term-page",
                fill: claims::pages::on_indicator,
            },
        ],
        menu: vec![
            menu(
                "/claims",
                "claims-title",
                Who::Anyone,
                MenuGroup::Results,
                20,
            ),
            menu(
                "/lessons-learnt",
                "lessons-title",
                Who::Anyone,
                MenuGroup::Results,
                30,
            ),
            menu(
                "/claims/public-record",
                "public-record-title",
                Who::Anyone,
                MenuGroup::Results,
                40,
            ),
            menu(
                "/indicators",
                "indicators-title",
                Who::Anyone,
                MenuGroup::Data,
                30,
            ),
            menu(
                "/reports",
                "evidence-reports-title",
                PARTIES,
                MenuGroup::Work,
                60,
            ),
            menu("/visits", "visits-title", VISITORS, MenuGroup::Work, 61),
        ],
        ..Room::default()
    }
}

fn menu(href: &'static str, key: &'static str, who: Who, group: MenuGroup, order: u8) -> MenuItem {
    MenuItem {
        href,
        key,
        who,
        group,
        order,
    }
}

type See = fn(&mut Tx, &Ask) -> Result<Answer>;

fn views() -> Vec<View> {
    let seen = |path, who, shape, run: See| View {
        path,
        who,
        shape,
        run,
    };
    let list =
        |columns: &'static [Column], filters: &'static [Filter]| Shape::List(columns, filters);
    let all = Who::Anyone;
    vec![
        seen(
            "/claims",
            all,
            list(claims::pages::CLAIMS, claims::pages::FILTERS),
            claims::pages::claims,
        ),
        seen(
            "/claims/public-record",
            all,
            Shape::Page,
            statements::pages::record,
        ),
        seen(
            "/claims/public-record/rows",
            all,
            list(statements::pages::STATEMENTS, &[]),
            statements::pages::rows,
        ),
        seen(
            "/claims/public-record/commitments",
            all,
            list(statements::pages::COMMITMENTS, &[]),
            statements::pages::commitments,
        ),
        seen(
            "/claims/{id}",
            all,
            Shape::Record(claims::pages::CLAIM),
            claims::pages::claim,
        ),
        seen(
            "/indicators",
            all,
            list(indicators::COLUMNS, &[]),
            indicators::page,
        ),
        seen(
            "/lessons-learnt",
            all,
            list(lessons::pages::LESSONS, lessons::pages::FILTERS),
            lessons::pages::lessons,
        ),
        seen(
            "/reports",
            PARTIES,
            list(reports::pages::REPORTS, reports::pages::FILTERS),
            reports::pages::reports,
        ),
        seen(
            "/reports/due",
            PARTIES,
            list(reports::pages::DUE, reports::pages::DUE_FILTERS),
            reports::pages::owed,
        ),
        seen(
            "/reports/{id}",
            PARTIES,
            Shape::Record(reports::pages::REPORT),
            reports::pages::report,
        ),
        seen(
            "/reports/{id}/figures",
            PARTIES,
            list(claims::pages::CLAIMS, &[]),
            reports::pages::figures,
        ),
        seen(
            "/report-files/{id}",
            PARTIES,
            Shape::Record(files::pages::FILE),
            files::pages::file,
        ),
        seen(
            "/report-files/{id}/questions",
            PARTIES,
            list(files::pages::QUESTIONS, files::pages::FILTERS),
            files::pages::questions,
        ),
        seen(
            "/report-files/{id}/original",
            PARTIES,
            Shape::File,
            files::pages::original,
        ),
        seen(
            "/visits",
            VISITORS,
            list(visits::pages::VISITS, visits::pages::FILTERS),
            visits::pages::visits,
        ),
        seen(
            "/visits/{id}",
            VISITORS,
            Shape::Record(visits::pages::VISIT),
            visits::pages::visit,
        ),
    ]
}

/// Every indicator in use can be read as one.
fn unsound_indicators(tx: &mut Tx) -> Result<Vec<String>> {
    let known: Vec<String> = indicators(tx)?.into_iter().map(|one| one.code).collect();
    let terms = catalogue::terms(tx, "indicators")?.into_iter();
    Ok(terms
        .filter(|term| !known.contains(&term.code))
        .map(|term| format!("indicator {} has no unit or no population", term.code))
        .collect())
}

/// A claim is corrected exactly when another has taken its place.
fn unpaired_corrections(tx: &mut Tx) -> Result<Vec<String>> {
    let found = claims::store::unpaired(tx)?;
    Ok(found
        .iter()
        .map(|id| format!("claim {id} is corrected without a successor, or the other way round"))
        .collect())
}
