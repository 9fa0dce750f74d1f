//! The acts of the room, by subject.

use super::{APPROVER, AUTHORITY, OFFICER, SECRETARIAT, VERIFIER, WRITERS};
use crate::{claims, files, lessons, reports, statements, visits};
use base::Result;
use db::Tx;
use web::{Act, Ask, Call, Done, Form, Prefill, Who};

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

pub(super) fn report_acts() -> Vec<Act> {
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
            "/lessons-learnt/{id}/removal",
            WRITERS,
            form::nothing,
            lesson::remove,
        ),
        act(
            "lesson-publication",
            "/lessons-learnt/{id}/publication",
            SECRETARIAT,
            form::nothing,
            lesson::publish,
        ),
    ]
}

pub(super) fn file_acts() -> Vec<Act> {
    use files::forms as page;
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

pub(super) fn claim_acts() -> Vec<Act> {
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

pub(super) fn visit_acts() -> Vec<Act> {
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
