//! What people see and what they are asked: the register, one agreement, its document, batches and
//! templates.

mod agreement;
mod batches;
mod document;
mod elsewhere;
mod register;
mod signing;
mod steps;
mod templates;
mod terms;

pub(crate) use elsewhere::{inbox, of_member, of_need, of_proposal};

use base::{Result, Role};
use db::Tx;
use lang::Words;
use ui::Action;
use web::{Act, Ask, Call, Done, Form, Prefill, Shape, Site, View, Who};

const OFFICER: Who = Who::Any(&[Role::SecretariatOfficer]);
const APPROVER: Who = Who::Any(&[Role::SecretariatApprover]);
const DRAFTERS: Who = Who::Any(&[Role::SecretariatOfficer, Role::MemberFocalPoint]);
const READERS: Who = Who::Any(&[
    Role::SecretariatOfficer,
    Role::SecretariatApprover,
    Role::Auditor,
]);

/// Every view of the room.
pub(crate) fn views() -> Vec<View> {
    let seen = |path, who, shape, run| View {
        path,
        who,
        shape,
        run,
    };
    let (all, file) = (Who::Anyone, Shape::File);
    vec![
        seen(
            "/agreements",
            all,
            Shape::List(register::COLUMNS, register::FILTERS),
            register::register,
        ),
        seen(
            "/agreements/{id}",
            all,
            Shape::Record(agreement::COLUMNS),
            agreement::agreement,
        ),
        seen("/agreements/{id}/document.pdf", all, file, document::pdf),
        seen("/agreements/{id}/document.txt", all, file, document::text),
        seen("/agreements/{id}/check", all, Shape::Page, document::check),
        seen(
            "/agreements/{id}/papers/{party}",
            Who::SignedIn,
            file,
            document::paper,
        ),
        seen(
            "/agreements/{id}/ending-paper",
            Who::SignedIn,
            file,
            document::ending_paper,
        ),
        seen(
            "/agreements/batches",
            READERS,
            Shape::List(batches::COLUMNS, &[]),
            batches::batches,
        ),
        seen(
            "/agreements/batches/{id}",
            READERS,
            Shape::Record(batches::ONE),
            batches::batch,
        ),
        seen(
            "/agreements/batches/{id}/groups",
            READERS,
            Shape::List(batches::ROWS, batches::FILTERS),
            batches::groups,
        ),
        seen(
            "/agreements/templates",
            all,
            Shape::List(templates::COLUMNS, &[]),
            templates::templates,
        ),
        seen(
            "/agreements/templates/{id}",
            all,
            Shape::Record(templates::ONE),
            templates::template,
        ),
    ]
}

type Filled = Option<fn(&mut Tx, &Ask) -> Result<Prefill>>;
type Prepared = Option<fn(&Site, &mut Call) -> Result<()>>;

/// An act and its form.
struct Told {
    name: &'static str,
    path: &'static str,
    who: Who,
    form: fn() -> Form,
    prefill: Filled,
    prepare: Prepared,
    run: fn(&mut Tx, &Call) -> Result<Done>,
}

/// Every act of the room.
pub(crate) fn acts() -> Vec<Act> {
    let all = [
        terms::acts(),
        steps::acts(),
        signing::acts(),
        batches::acts(),
        templates::acts(),
    ];
    let act = |told: Told| Act {
        name: told.name,
        path: told.path,
        who: told.who,
        form: told.form,
        prefill: told.prefill,
        prepare: told.prepare,
        run: told.run,
    };
    all.into_iter().flatten().map(act).collect()
}

fn action(words: &Words, href: String, key: &str, main: bool) -> Action {
    Action {
        href,
        label: words.say(key),
        main,
    }
}
