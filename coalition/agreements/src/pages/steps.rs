//! The forms of the way to signature: review, return, release, giving up.

use super::agreement::{seen, weighed};
use super::{APPROVER, OFFICER, Told};
use crate::acts::{drafting, ending};
use crate::{rules, store};
use base::Result;
use db::Tx;
use serde_json::json;
use ui::{Html, html};
use web::{Ask, Call, Done, Field, Form, Prefill, Who};

pub(super) fn acts() -> Vec<Told> {
    let told = |name, path, who, form: fn() -> Form, prefill, run| Told {
        name,
        path,
        who,
        form,
        prefill: Some(prefill),
        prepare: None,
        run,
    };
    vec![
        told(
            "agreement-review",
            "/agreements/{id}/review",
            OFFICER,
            Vec::new,
            drafted,
            review,
        ),
        told(
            "agreement-return",
            "/agreements/{id}/return",
            APPROVER,
            reason_form,
            reviewed,
            give_back,
        ),
        told(
            "agreement-release",
            "/agreements/{id}/release",
            APPROVER,
            release_form,
            reviewed,
            release,
        ),
        told(
            "agreement-withdrawal",
            "/agreements/{id}/withdrawal",
            Who::SignedIn,
            reason_form,
            open,
            withdraw,
        ),
    ]
}

fn reason_form() -> Form {
    vec![Field::words("reason").max(rules::WORDS_MAX)]
}

fn release_form() -> Form {
    vec![
        Field::words("not_duplicate")
            .max(rules::WORDS_MAX)
            .optional(),
    ]
}

/// What to look at while deciding: the document, and what speaks against it.
fn beside(tx: &mut Tx, ask: &Ask, a: &crate::Agreement) -> Result<Html> {
    let mut out = weighed(tx, ask, a)?;
    let path = format!("{}/document.pdf", a.path());
    out.push(html!(
        "<p>{}</p>",
        ui::link(&path, ask.words.say("agreements-read"))
    ));
    Ok(out)
}

fn drafted(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let a = seen(tx, ask)?;
    rules::drafted(&a)?;
    Ok(Prefill {
        beside: beside(tx, ask, &a)?,
        ..Prefill::default()
    })
}

fn reviewed(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let a = seen(tx, ask)?;
    rules::reviewed(&a)?;
    Ok(Prefill {
        beside: beside(tx, ask, &a)?,
        ..Prefill::default()
    })
}

fn open(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let a = seen(tx, ask)?;
    rules::withdraw(&a, ask.actor()?)?;
    let args = [("title", ask.words.name(&a.title).into())];
    let key = if a.is_public() {
        "agreements-gives-up-amendment"
    } else {
        "agreements-gives-up"
    };
    Ok(Prefill {
        beside: html!("<p>{}</p>", ask.words.say_with(key, &args)),
        ..Prefill::default()
    })
}

fn back(call: &Call) -> Result<Done> {
    Ok(Done::see(format!("/agreements/{}", call.id("id")?)))
}

fn review(tx: &mut Tx, call: &Call) -> Result<Done> {
    drafting::send_for_review(tx, call.id("id")?, call.actor()?, call.now)?;
    back(call)
}

fn give_back(tx: &mut Tx, call: &Call) -> Result<Done> {
    let reason = call.values.text("reason");
    drafting::send_back(tx, call.id("id")?, reason, call.actor()?, call.now)?;
    back(call)
}

fn release(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    let not_duplicate = call.values.opt_text("not_duplicate");
    let site = call.site.settings.url.trim_end_matches('/');
    let hash =
        drafting::release_for_signature(tx, id, site, not_duplicate, call.actor()?, call.now)?;
    Ok(back(call)?.with(json!({ "id": id, "hash": hash })))
}

fn withdraw(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    let a = store::agreements::find(tx, id, call.today)?;
    if !rules::may_see(&a, Some(call.actor()?)) {
        return Err(base::Error::Missing);
    }
    ending::withdraw(tx, id, call.values.text("reason"), call.actor()?, call.now)?;
    back(call)
}
