//! The form of a signature. For an electronic one the signer gives the second factor as at sign-in:
//! the same act counts the tries, checks the code and uses it up, in the signature's transaction.

use super::Told;
use super::agreement::seen;
use crate::agreement::{Agreement, Evidence, Signature};
use crate::{acts, rules, store};
use base::{Actor, Error, Id, Refusal, Result};
use db::Tx;
use serde_json::json;
use ui::html;
use web::{Ask, Call, Choices, Done, Entered, Field, Form, Prefill, Site, Who};

/// Bytes a signed paper may have.
const PAPER_MAX: u64 = 20_000_000;
/// The act of people that takes a code.
const CODE_ACT: &str = "sign-in-code";

pub(super) fn acts() -> Vec<Told> {
    vec![Told {
        name: "agreement-signature",
        path: "/agreements/{id}/signature",
        who: Who::SignedIn,
        form,
        prefill: Some(prefill),
        prepare: Some(count_try),
        run: sign,
    }]
}

fn form() -> Form {
    vec![
        Field::text("document_hash").max(64),
        Field::choice(
            "signing",
            Choices::Fixed("agreement-signing", &["electronic", "paper"]),
        ),
        Field::yes("read_and_authorised"),
        Field::secret("code").optional(),
        Field::file("signed_paper", PAPER_MAX).optional(),
        Field::day("signed_on").optional(),
    ]
}

/// The party the actor may sign for now.
fn party(tx: &mut Tx, a: &Agreement, actor: &Actor) -> Result<(Id, i64)> {
    let number = rules::to_sign(a)?;
    let mut given: Vec<Signature> = store::versions::signatures(tx, a.id)?;
    given.retain(|s| s.number == number);
    match rules::signs(a, a.authority, &given, actor) {
        Ok(_) => Ok((a.authority, number)),
        Err(Error::Forbidden(_)) => {
            rules::signs(a, a.member, &given, actor).map(|_| (a.member, number))
        }
        Err(other) => Err(other),
    }
}

fn prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let a = seen(tx, ask)?;
    let (party, number) = party(tx, &a, ask.actor()?)?;
    let version = store::versions::find(tx, a.id, number)?;
    let organisation = people::organisation(tx, party)?;
    let words = &ask.words;
    let args = [
        ("title", words.name(&version.terms.title).into()),
        ("party", words.name(&organisation.names).into()),
        ("number", number.into()),
    ];
    let path = format!("{}/document.pdf?version={number}", a.path());
    let mut beside = html!(
        "<p>{}</p><p>{}</p>",
        words.say_with("agreements-signs", &args),
        ui::link(&path, words.say("agreements-read"))
    );
    if organisation.sample {
        beside.push(html!("<p>{}</p>", words.say("agreements-sample-signs")));
    }
    let hash = version.document_hash.unwrap_or_default();
    Ok(Prefill {
        entered: Entered::default().with("document_hash", hash),
        beside,
    })
}

fn gives_code(call: &Call) -> bool {
    call.values.text("signing") == "electronic" && call.values.opt_text("code").is_some()
}

/// Counts the try and looks at the code, outside the transaction.
fn count_try(site: &Site, call: &mut Call) -> Result<()> {
    let act = site.act(CODE_ACT).and_then(|act| act.prepare);
    match act.filter(|_| gives_code(call)) {
        Some(prepare) => prepare(site, call),
        None => Ok(()),
    }
}

fn sign(tx: &mut Tx, call: &Call) -> Result<Done> {
    let a = seen(tx, call)?;
    let actor = call.actor()?;
    let (party, _) = party(tx, &a, actor)?;
    let hash = call.values.text("document_hash").trim().to_lowercase();
    let mut session = None;
    let evidence = if call.values.text("signing") == "paper" {
        paper(call)?
    } else if call.credentials.key.is_some() {
        return Err(Refusal::whole("agreements-program-cannot-sign").into());
    } else if gives_code(call) {
        session = second_factor(tx, call)?;
        Evidence::Electronic(hash)
    } else {
        Evidence::Sample(hash)
    };
    acts::signing::sign(tx, a.id, party, &evidence, actor, call.now)?;
    let mut done = Done::see(a.path()).with(json!({ "id": a.id, "party": party }));
    done.session = session;
    Ok(done)
}

/// Uses the code up, as at sign-in; answers the session that begins with it.
fn second_factor(tx: &mut Tx, call: &Call) -> Result<Option<String>> {
    let act = call
        .site
        .act(CODE_ACT)
        .ok_or_else(|| Error::fault("no act takes codes"))?;
    if let Some(is_set_up) = act.prefill {
        is_set_up(tx, call)?;
    }
    Ok((act.run)(tx, call)?.session)
}

fn paper(call: &Call) -> Result<Evidence> {
    let paper = call.values.file("signed_paper").cloned();
    let paper = paper.ok_or_else(|| Refusal::about("signed_paper", "form-file-missing"))?;
    let on = call.values.opt_day("signed_on");
    let on = on.ok_or_else(|| Refusal::about("signed_on", "form-missing"))?;
    Ok(Evidence::Paper(paper, on))
}
