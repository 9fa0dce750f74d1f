//! What the room declares to the site.

use crate::{claims, files, inbox, indicators, lessons, reports, statements, visits};
use base::{Result, Role};
use db::Tx;
use ui::Column;
use web::{
    Act, Answer, Ask, Call, Check, Done, Filter, Form, MenuGroup, MenuItem, Prefill, Room, Shape,
    Slot, View, Who,
};

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
        acts: report_acts()
            .into_iter()
            .chain(file_acts())
            .chain(claim_acts())
            .chain(visit_acts())
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
                fill: reports::pages::on_deployment,
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
                "/lessons",
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
            "/lessons",
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

type Seen = fn(&mut Tx, &Ask) -> Result<Prefill>;
type Run = fn(&mut Tx, &Call) -> Result<Done>;

fn act(name: &'static str, path: &'static str, who: Who, form: fn() -> Form, run: Run) -> Act {
    Act {
        name,
        path,
        who,
        form,
        prefill: None,
        prepare: None,
        run,
    }
}

/// An act whose form shows something first.
fn shown(seen: Seen, act: Act) -> Act {
    Act {
        prefill: Some(seen),
        ..act
    }
}

fn report_acts() -> Vec<Act> {
    use lessons::pages as lesson;
    use reports::forms as form;
    vec![
        shown(
            form::new_seen,
            act(
                "report-new",
                "/deployments/{id}/reports/new",
                WRITERS,
                form::new_report,
                form::draft,
            ),
        ),
        shown(
            form::edit_seen,
            act(
                "report-edit",
                "/reports/{id}/edit",
                WRITERS,
                form::edit,
                form::change,
            ),
        ),
        shown(
            form::figure_seen,
            act(
                "figure-new",
                "/reports/{id}/figures/new",
                WRITERS,
                form::new_figure,
                form::add_figure,
            ),
        ),
        shown(
            claims::forms::removal_seen,
            act(
                "figure-removal",
                "/claims/{id}/removal",
                WRITERS,
                claims::forms::removal,
                claims::forms::remove,
            ),
        ),
        act(
            "report-submission",
            "/reports/{id}/submission",
            WRITERS,
            form::nothing,
            form::submit,
        ),
        act(
            "report-return",
            "/reports/{id}/return",
            OFFICER,
            form::reason,
            form::send_back,
        ),
        act(
            "report-acceptance",
            "/reports/{id}/acceptance",
            OFFICER,
            form::nothing,
            form::accept,
        ),
        act(
            "report-confirmation",
            "/reports/{id}/confirmation",
            AUTHORITY,
            form::confirmation,
            form::confirm,
        ),
        shown(
            lesson::new_seen,
            act(
                "lesson-new",
                "/reports/{id}/lessons/new",
                WRITERS,
                lesson::new_form,
                lesson::write,
            ),
        ),
        act(
            "lesson-removal",
            "/lessons/{id}/removal",
            WRITERS,
            form::nothing,
            lesson::remove,
        ),
        act(
            "lesson-publication",
            "/lessons/{id}/publication",
            SECRETARIAT,
            form::nothing,
            lesson::publish,
        ),
    ]
}

fn file_acts() -> Vec<Act> {
    use files::pages as page;
    let new = act(
        "file-new",
        "/reports/{id}/files/new",
        WRITERS,
        page::new_form,
        page::receive,
    );
    let nothing = reports::forms::nothing;
    vec![
        Act {
            prefill: Some(page::new_seen),
            prepare: Some(page::prepare),
            ..new
        },
        act(
            "file-answers",
            "/report-files/{id}/answers",
            WRITERS,
            page::answers_form,
            page::answer,
        ),
        act(
            "file-rest",
            "/report-files/{id}/rest",
            WRITERS,
            nothing,
            page::rest,
        ),
        act(
            "file-import",
            "/report-files/{id}/import",
            WRITERS,
            nothing,
            page::import,
        ),
        act(
            "file-discard",
            "/report-files/{id}/discard",
            WRITERS,
            nothing,
            page::discard,
        ),
    ]
}

fn claim_acts() -> Vec<Act> {
    use claims::forms as form;
    let record = act(
        "public-record-import",
        "/claims/public-record/import",
        OFFICER,
        statements::acts::form,
        statements::acts::import,
    );
    vec![
        shown(
            form::seen,
            act(
                "claim-contest",
                "/claims/{id}/contest",
                Who::SignedIn,
                form::public_reason,
                form::contest,
            ),
        ),
        shown(
            form::seen,
            act(
                "claim-upholding",
                "/claims/{id}/upholding",
                APPROVER,
                form::public_reason,
                form::uphold,
            ),
        ),
        shown(
            form::correction_seen,
            act(
                "claim-correction",
                "/claims/{id}/correction",
                APPROVER,
                form::correction,
                form::correct,
            ),
        ),
        shown(
            form::seen,
            act(
                "claim-retraction",
                "/claims/{id}/retraction",
                APPROVER,
                form::public_reason,
                form::retract,
            ),
        ),
        Act {
            prepare: Some(statements::acts::prepare),
            ..record
        },
    ]
}

fn visit_acts() -> Vec<Act> {
    use reports::forms::{nothing, reason};
    use visits::pages as page;
    vec![
        act(
            "visit-new",
            "/deployments/{id}/visits/new",
            APPROVER,
            page::new_form,
            page::plan,
        ),
        act(
            "visit-acceptance",
            "/visits/{id}/acceptance",
            VERIFIER,
            page::no_tie,
            page::accept,
        ),
        act(
            "visit-refusal",
            "/visits/{id}/refusal",
            VERIFIER,
            reason,
            page::refuse,
        ),
        shown(
            page::finding_seen,
            act(
                "visit-finding-new",
                "/visits/{id}/findings/new",
                VERIFIER,
                page::finding_form,
                page::find,
            ),
        ),
        act(
            "visit-report",
            "/visits/{id}/report",
            VERIFIER,
            page::report_form,
            page::report,
        ),
        act(
            "visit-return",
            "/visits/{id}/return",
            APPROVER,
            reason,
            page::send_back,
        ),
        act(
            "visit-approval",
            "/visits/{id}/approval",
            APPROVER,
            nothing,
            page::approve,
        ),
        act(
            "visit-cancellation",
            "/visits/{id}/cancellation",
            APPROVER,
            reason,
            page::cancel,
        ),
    ]
}

/// Every indicator in use can be read as one.
fn unsound_indicators(tx: &mut Tx) -> Result<Vec<String>> {
    let known: Vec<String> = indicators::indicators(tx)?
        .into_iter()
        .map(|one| one.code)
        .collect();
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
