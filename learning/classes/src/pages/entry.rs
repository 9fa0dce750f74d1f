//! The door of the school: the class code, and what belongs to whoever came in.

use super::action;
use crate::{codes, store};
use base::{Error, Result, Role};
use db::Tx;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use ui::{Control, Input, html};
use web::{Answer, Ask, Page};

/// Unknown class codes from one address that are free within an hour.
const FREE: u32 = 60;
/// Addresses remembered at most.
const REMEMBERED: usize = 10_000;

/// Unknown class codes by address: how many, and since which second. Looking at a page writes nothing.
static UNKNOWN: Mutex<BTreeMap<String, (u32, i64)>> = Mutex::new(BTreeMap::new());

/// Counts a class code that does not exist, so that nobody finds classes by trying.
///
/// # Errors
/// Later, after many.
pub(crate) fn count_unknown(ask: &Ask) -> Result<()> {
    let address = ask.credentials.address.clone();
    if address.is_empty() {
        return Ok(());
    }
    let now = ask.now.seconds();
    let mut known = UNKNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if known.len() >= REMEMBERED {
        known.clear();
    }
    let (count, since) = known.entry(address).or_insert((0, now));
    if now - *since >= 3_600 {
        (*count, *since) = (0, now);
    }
    *count += 1;
    if *count > FREE {
        return Err(Error::Later(3_600 - (now - *since)));
    }
    Ok(())
}

/// Asks for the class code, and shows the ways in for adults.
pub(crate) fn sign_in(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let label = words.say("sign-in-class-code");
    let mut control = Control::new("class_code", label, Input::Text { max: 12 })
        .hint(words.say("sign-in-class-code-hint"));
    let typed = ask.query.get("class_code").map_or("", |t| t.trim());
    if !typed.is_empty() {
        let code = codes::class_code_typed(typed);
        if store::classes::by_code(tx, &code)?.is_some() {
            return Ok(Answer::See(format!("/learn/sign-in/{code}")));
        }
        count_unknown(ask)?;
        control = control.value(typed).error(words.say("class-code-unknown"));
    }
    let mut body = html!(
        "<form method=\"get\" action=\"/learn/sign-in\">{}<p class=\"actions\"><button class=\"button\">{}</button></p></form>",
        ui::control(words, &control),
        words.say("sign-in-class-button")
    );
    body.push(ui::section(
        &words.say("sign-in-adults"),
        ui::actions(&[
            action(words, "/learn/adult", "adult-sign-in-button", false),
            action(words, "/learn/first", "first-sign-in-link", false),
        ]),
    ));
    Ok(Answer::Page(Page {
        title: words.say("sign-in-school-title"),
        body,
        ..Page::default()
    }))
}

/// Who is signed in, for which schools, and how to leave.
pub(crate) fn account(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (words, me) = (&ask.words, ask.actor()?);
    let person = match store::people::person(tx, me.account) {
        Err(Error::Missing) => return Ok(Answer::See("/account".to_owned())),
        other => other?,
    };
    let mut rows = Vec::new();
    for held in store::people::roles(tx, person.id)?
        .iter()
        .filter(|h| h.is_on(ask.today))
    {
        let school = places::school(tx, held.school)?.name;
        rows.push(vec![
            ui::text(&words.code("role", held.role.code())),
            html!("<bdi>{}</bdi>", school),
        ]);
    }
    let heads = [words.say("column-role"), words.say("column-at-school")];
    let mut body = html!(
        "<p><bdi>{}</bdi> · <code>{}</code></p>",
        person.name(),
        person.code
    );
    body.push(ui::plain_table(
        &words.say("school-account-roles"),
        &heads,
        &rows,
    ));
    let mut links = vec![action(
        words,
        "/learn/sign-out",
        "school-sign-out-button",
        true,
    )];
    if person.has_password {
        links.push(action(
            words,
            "/learn/account/password",
            "school-password-button",
            false,
        ));
    }
    if me.is_any(&[Role::Teacher, Role::SchoolHead]) {
        links.push(action(words, "/teach", "classes-menu", false));
    }
    body.push(ui::actions(&links));
    Ok(Answer::Page(Page {
        title: words.say("school-account-title"),
        body,
        ..Page::default()
    }))
}
