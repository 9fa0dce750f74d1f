//! Requests, needs and need lines: from an authority's letter to rows that others can serve.
//!
//! A request holds one need per service class; a need holds lines, one for each school or place.
//! Nobody but the authority and the secretariat knows of any of it before it is validated.

pub mod acts;
mod choose;
pub mod derive;
mod door;
mod forms;
mod import;
mod line;
mod need;
mod pages;
mod register;
mod request;
pub mod rules;
mod store;
pub mod sums;
mod terms;

pub use acts::{Derived, ImportOptions, import_file, run_import};
pub use door::{
    NeedHead, Scope, authority_of, count_lines, count_needs, head, heads, line, lines,
    needs_of_request, open_lines, request_of, requests_of_country, require_open, served,
};
pub use import::{Import, ImportState};
pub use line::{Line, OpenLine, Shares};
pub use need::{Buckets, Need, Standing, Tally};
pub use request::{Request, State, Step};

use base::{Lang, Result, Role};
use db::{Migration, Tx};
use web::{Act, Check, MenuGroup, MenuItem, Room, Shape, View, Who};

/// This room's part of the schema.
pub const MIGRATIONS: &[Migration] = &[Migration {
    name: "20261121_needs",
    sql: include_str!("../migrations/20261121_needs.sql"),
    sample: include_str!("../migrations/20261121_needs.data.sql"),
}];

/// This room's words.
pub const WORDS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../lang/en.ftl")),
    (Lang::Fr, include_str!("../lang/fr.ftl")),
    (Lang::Ar, include_str!("../lang/ar.ftl")),
];

/// Who speaks for a national authority.
const AUTHORITY: Who = Who::Any(&[Role::AuthorityFocalPoint, Role::AuthoritySignatory]);
/// Who assesses.
const OFFICER: Who = Who::Any(&[Role::SecretariatOfficer]);
/// Who validates and declines: another person.
const APPROVER: Who = Who::Any(&[Role::SecretariatApprover]);
/// Who may know of requests at all.
const READERS: Who = Who::Any(&[
    Role::AuthorityFocalPoint,
    Role::AuthoritySignatory,
    Role::SecretariatOfficer,
    Role::SecretariatApprover,
    Role::Auditor,
]);
/// Who may close a need.
const CLOSERS: Who = Who::Any(&[
    Role::AuthorityFocalPoint,
    Role::AuthoritySignatory,
    Role::SecretariatApprover,
]);

/// The room.
pub fn room() -> Room {
    Room {
        name: "needs",
        migrations: MIGRATIONS,
        words: WORDS,
        tables: store::TABLES,
        views: views(),
        acts: request_acts()
            .into_iter()
            .chain(secretariat_acts())
            .chain(line_acts())
            .chain(need_acts())
            .collect(),
        inbox: Some(pages::inbox),
        checks: vec![
            Check {
                name: "needs-lines-have-balances",
                run: unbalanced,
            },
            Check {
                name: "needs-imports-are-whole",
                run: broken_imports,
            },
        ],
        jobs: vec![
            jobs::Kind {
                name: acts::IMPORT,
                run: acts::run,
            },
            jobs::Kind {
                name: acts::DISCARD,
                run: acts::run_discard,
            },
        ],
        menu: vec![
            MenuItem {
                href: "/needs",
                key: "needs-title",
                who: Who::Anyone,
                group: MenuGroup::Coalition,
                order: 20,
            },
            MenuItem {
                href: "/requests",
                key: "requests-title",
                who: READERS,
                group: MenuGroup::Work,
                order: 21,
            },
            MenuItem {
                href: "/answer-times",
                key: "answer-times-title",
                who: Who::Anyone,
                group: MenuGroup::Results,
                order: 70,
            },
        ],
        ..Room::default()
    }
}

fn views() -> Vec<View> {
    request_views().into_iter().chain(need_views()).collect()
}

fn request_views() -> Vec<View> {
    let seen = |path, who, shape, run| View {
        path,
        who,
        shape,
        run,
    };
    vec![
        seen(
            "/requests",
            READERS,
            Shape::List(pages::REQUEST_COLUMNS, pages::REQUEST_FILTERS),
            pages::requests,
        ),
        seen(
            "/requests/{id}",
            READERS,
            Shape::Record(pages::REQUEST_RECORD),
            pages::request,
        ),
        seen("/requests/{id}/letter", READERS, Shape::File, pages::letter),
        seen(
            "/requests/{id}/lines",
            READERS,
            Shape::List(pages::OWN_LINE_COLUMNS, &[]),
            pages::own_lines,
        ),
        seen(
            "/imports/{id}",
            READERS,
            Shape::Record(pages::IMPORT_RECORD),
            pages::import,
        ),
        seen(
            "/imports/{id}/progress",
            READERS,
            Shape::Page,
            pages::progress,
        ),
        seen(
            "/imports/{id}/refused",
            READERS,
            Shape::List(pages::REFUSED_COLUMNS, &[]),
            pages::refused,
        ),
    ]
}

fn need_views() -> Vec<View> {
    let seen = |path, who, shape, run| View {
        path,
        who,
        shape,
        run,
    };
    vec![
        seen(
            "/needs",
            Who::Anyone,
            Shape::List(pages::NEED_COLUMNS, pages::NEED_FILTERS),
            pages::needs,
        ),
        seen(
            "/needs/{id}",
            Who::Anyone,
            Shape::Record(pages::NEED_RECORD),
            pages::need,
        ),
        seen(
            "/needs/{id}/lines",
            Who::Anyone,
            Shape::List(pages::LINE_COLUMNS, pages::LINE_FILTERS),
            pages::lines,
        ),
        seen(
            "/need-lines/{id}",
            Who::Anyone,
            Shape::Record(pages::LINE_RECORD),
            pages::line,
        ),
        seen(
            "/answer-times",
            Who::Anyone,
            Shape::List(pages::ANSWER_TIME_COLUMNS, pages::ANSWER_TIME_FILTERS),
            pages::answer_times,
        ),
        seen(
            "/derivation-rules",
            Who::Anyone,
            Shape::List(pages::RULE_COLUMNS, &[]),
            pages::derivation_rules,
        ),
    ]
}

fn request_acts() -> Vec<Act> {
    let edit = Act::new(
        "request-edit",
        "/requests/{id}/edit",
        AUTHORITY,
        forms::request_edit,
        acts::change,
    );
    vec![
        Act::new(
            "request-new",
            "/requests/new",
            AUTHORITY,
            forms::request,
            acts::draft,
        ),
        edit.shown(acts::prefill_request),
        Act::new(
            "request-submission",
            "/requests/{id}/submission",
            AUTHORITY,
            forms::submission,
            acts::submit,
        ),
        Act::new(
            "request-answer",
            "/requests/{id}/answer",
            AUTHORITY,
            forms::answer,
            acts::answer,
        ),
        Act::new(
            "request-withdrawal",
            "/requests/{id}/withdrawal",
            AUTHORITY,
            forms::reason,
            acts::withdraw,
        ),
    ]
}

fn secretariat_acts() -> Vec<Act> {
    vec![
        Act::new(
            "request-receipt",
            "/requests/{id}/receipt",
            OFFICER,
            forms::nothing,
            acts::receive,
        ),
        Act::new(
            "request-assessment",
            "/requests/{id}/assessment",
            OFFICER,
            forms::nothing,
            acts::assess,
        ),
        Act::new(
            "request-return",
            "/requests/{id}/return",
            OFFICER,
            forms::reason,
            acts::return_request,
        ),
        Act::new(
            "request-validation",
            "/requests/{id}/validation",
            APPROVER,
            forms::validation,
            acts::validate,
        ),
        Act::new(
            "request-decline",
            "/requests/{id}/decline",
            APPROVER,
            forms::reason,
            acts::decline,
        ),
    ]
}

fn line_acts() -> Vec<Act> {
    let edit = Act::new(
        "line-edit",
        "/need-lines/{id}/edit",
        AUTHORITY,
        forms::line_edit,
        acts::change_line,
    );
    let register = Act::new(
        "register-new",
        "/requests/{id}/register",
        AUTHORITY,
        forms::register,
        acts::upload,
    );
    vec![
        Act::new(
            "line-new",
            "/requests/{id}/lines/new",
            AUTHORITY,
            forms::line_new,
            acts::add_line,
        ),
        edit.shown(acts::prefill_line),
        Act::new(
            "line-removal",
            "/need-lines/{id}/removal",
            AUTHORITY,
            forms::nothing,
            acts::remove_line,
        ),
        register.prepared(acts::dry_run),
        Act::new(
            "import-confirmation",
            "/imports/{id}/confirmation",
            AUTHORITY,
            forms::confirmation,
            acts::confirm,
        ),
        Act::new(
            "import-discard",
            "/imports/{id}/discard",
            AUTHORITY,
            forms::nothing,
            acts::discard,
        ),
    ]
}

fn need_acts() -> Vec<Act> {
    let edit = Act::new(
        "need-edit",
        "/needs/{id}/edit",
        OFFICER,
        forms::need_edit,
        acts::edit_need,
    );
    vec![
        edit.shown(acts::prefill_edit),
        Act::new(
            "need-reconfirmation",
            "/needs/{id}/reconfirmation",
            AUTHORITY,
            forms::reconfirmation,
            acts::reconfirm,
        ),
        Act::new(
            "need-closure",
            "/needs/{id}/closure",
            CLOSERS,
            forms::end_reason,
            acts::close,
        ),
        Act::new(
            "need-withdrawal",
            "/needs/{id}/withdrawal",
            AUTHORITY,
            forms::end_reason,
            acts::withdraw_need,
        ),
    ]
}

fn unbalanced(tx: &mut Tx) -> Result<Vec<String>> {
    let lines = store::without_balance(tx)?;
    Ok(lines
        .iter()
        .map(|line| format!("need line {line} has no balance of its quantity"))
        .collect())
}

fn broken_imports(tx: &mut Tx) -> Result<Vec<String>> {
    let imports = store::imports_short(tx)?;
    Ok(imports
        .iter()
        .map(|id| format!("import {id} has not as many lines as it says"))
        .collect())
}
