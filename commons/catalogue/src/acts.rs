//! The verbs: draft a change, publish it, return it.

use crate::rules;
use crate::store;
use crate::term::{Attributes, Draft, Step, Term};
use base::{Conflict, Error, Id, Names, Refusal, Result, Role};
use db::Tx;
use serde_json::json;
use web::{Call, Done};

/// What a draft proposes.
struct Proposed {
    step: Step,
    names: Names,
    descriptions: Names,
    attributes: Attributes,
    source: String,
}

pub(crate) fn add(tx: &mut Tx, call: &Call) -> Result<Done> {
    let code = call.values.text("code").to_owned();
    let vocabulary = vocabulary(tx, call)?;
    let proposed = entered(call, Step::Add)?;
    draft(tx, call, &vocabulary, &code, proposed)
}

pub(crate) fn edit(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (vocabulary, code) = (
        call.param("vocabulary").to_owned(),
        call.param("code").to_owned(),
    );
    let proposed = entered(call, Step::Edit)?;
    draft(tx, call, &vocabulary, &code, proposed)
}

pub(crate) fn retire(tx: &mut Tx, call: &Call) -> Result<Done> {
    as_it_is(tx, call, Step::Retire)
}

pub(crate) fn restore(tx: &mut Tx, call: &Call) -> Result<Done> {
    as_it_is(tx, call, Step::Restore)
}

fn as_it_is(tx: &mut Tx, call: &Call, step: Step) -> Result<Done> {
    let (vocabulary, code) = (
        call.param("vocabulary").to_owned(),
        call.param("code").to_owned(),
    );
    let term = store::term(tx, &vocabulary, &code)?.ok_or(Error::Missing)?;
    let Term {
        names,
        descriptions,
        attributes,
        source,
        ..
    } = term;
    draft(
        tx,
        call,
        &vocabulary,
        &code,
        Proposed {
            step,
            names,
            descriptions,
            attributes,
            source,
        },
    )
}

fn vocabulary(tx: &mut Tx, call: &Call) -> Result<String> {
    let name = call.param("vocabulary").to_owned();
    if store::terms(tx, &name)?.is_empty() {
        Err(Error::Missing)
    } else {
        Ok(name)
    }
}

fn entered(call: &Call, step: Step) -> Result<Proposed> {
    Ok(Proposed {
        step,
        names: call.values.names("names"),
        descriptions: call.values.names("descriptions"),
        attributes: rules::attributes(call.values.text("attributes"))?,
        source: call.values.text("source").to_owned(),
    })
}

fn draft(
    tx: &mut Tx,
    call: &Call,
    vocabulary: &str,
    code: &str,
    proposed: Proposed,
) -> Result<Done> {
    let actor = call.actor()?;
    actor.require(Role::SecretariatOfficer)?;
    let term = store::term(tx, vocabulary, code)?;
    rules::may_draft(proposed.step, term.as_ref())?;
    if let Some(term) = &term {
        unchanged(term, call.values.version())?;
    }
    let draft = Draft {
        id: Id::new(call.now),
        step: proposed.step,
        vocabulary: vocabulary.to_owned(),
        code: code.to_owned(),
        names: proposed.names,
        descriptions: proposed.descriptions,
        attributes: proposed.attributes,
        source: proposed.source,
        reason: call.values.text("reason").to_owned(),
        base_version: term.as_ref().map_or(0, |term| term.version),
        drafted_by: actor.account,
        drafted_at: call.now,
        state: "open".to_owned(),
        decided_by: None,
        decided_at: None,
        decision: None,
        version: 1,
    };
    judge(tx, &draft, term.as_ref())?;
    tx.add(&store::TERM_DRAFT, store::draft_row(&draft))?;
    record(tx, call, &draft, "catalogue.draft-written")?;
    let body = json!({ "id": draft.id.to_string(), "state": "open" });
    Ok(Done::see(format!("/catalogue/drafts/{}", draft.id)).with(body))
}

/// The term that would come out must be sound; what others point at cannot be retired.
fn judge(tx: &mut Tx, draft: &Draft, term: Option<&Term>) -> Result<()> {
    let next = rules::applied(draft, term, 0);
    match draft.step {
        Step::Add | Step::Edit | Step::Restore => {
            let mut others = store::terms(tx, &draft.vocabulary)?;
            for vocabulary in rules::points_at(&draft.vocabulary) {
                others.extend(store::terms(tx, vocabulary)?);
            }
            rules::sound(&next, &others)
        }
        Step::Retire => {
            let all: Vec<Term> = store::all_terms(tx)?
                .into_iter()
                .map(|term| {
                    if (&term.vocabulary, &term.code) == (&next.vocabulary, &next.code) {
                        next.clone()
                    } else {
                        term
                    }
                })
                .collect();
            let user = all
                .iter()
                .filter(|term| {
                    term.retired.is_none()
                        && rules::points_at(&term.vocabulary).contains(draft.vocabulary.as_str())
                })
                .find(|term| rules::sound(term, &all).is_err());
            match user {
                Some(user) => {
                    let name = format!("{}/{}", user.vocabulary, user.code);
                    Err(Refusal::whole("catalogue-still-used")
                        .with("user", name)
                        .into())
                }
                None => Ok(()),
            }
        }
    }
}

/// A conflict that shows both versions, unless the person saw the version that is saved.
fn unchanged(term: &Term, seen: i64) -> Result<()> {
    if term.version == seen {
        return Ok(());
    }
    let kept = |names: &Names| serde_json::json!(names).to_string();
    let saved = [
        ("names", kept(&term.names)),
        ("descriptions", kept(&term.descriptions)),
        ("attributes", rules::written(&term.attributes)),
        ("source", term.source.clone()),
    ];
    let saved = saved.map(|(field, text)| (field.to_owned(), text)).to_vec();
    Err(Error::Conflict(Box::new(Conflict {
        version: term.version,
        saved,
    })))
}

pub(crate) fn publish(tx: &mut Tx, call: &Call) -> Result<Done> {
    let draft = store::draft(tx, call.id("id")?)?.ok_or(Error::Missing)?;
    let second = rules::may_decide(&draft, call.actor()?)?;
    let term = store::term(tx, &draft.vocabulary, &draft.code)?;
    rules::may_draft(draft.step, term.as_ref())?;
    if let Some(term) = &term {
        unchanged(term, draft.base_version)?;
    }
    judge(tx, &draft, term.as_ref())?;
    let place = store::next_place(tx, &draft.vocabulary)?;
    let next = rules::applied(&draft, term.as_ref(), place);
    match &term {
        None => tx.add(&store::TERM, store::term_row(&next))?,
        Some(_) => {
            tx.change(&store::TERM, store::term_row(&next), draft.base_version)?;
        }
    }
    let decided = Draft {
        state: "published".to_owned(),
        decided_by: Some(second.account()),
        decided_at: Some(call.now),
        ..draft.clone()
    };
    tx.change(
        &store::TERM_DRAFT,
        store::draft_row(&decided),
        draft.version,
    )?;
    record(tx, call, &decided, "catalogue.draft-published")?;
    let path = format!("/catalogue/{}/{}", draft.vocabulary, draft.code);
    Ok(Done::see(path).with(json!({ "id": draft.id.to_string(), "state": "published" })))
}

pub(crate) fn give_back(tx: &mut Tx, call: &Call) -> Result<Done> {
    let draft = store::draft(tx, call.id("id")?)?.ok_or(Error::Missing)?;
    let second = rules::may_decide(&draft, call.actor()?)?;
    let decided = Draft {
        state: "returned".to_owned(),
        decided_by: Some(second.account()),
        decided_at: Some(call.now),
        decision: Some(call.values.text("reason").to_owned()),
        ..draft.clone()
    };
    tx.change(
        &store::TERM_DRAFT,
        store::draft_row(&decided),
        draft.version,
    )?;
    record(tx, call, &decided, "catalogue.draft-returned")?;
    let body = json!({ "id": draft.id.to_string(), "state": "returned" });
    Ok(Done::see(format!("/catalogue/drafts/{}", draft.id)).with(body))
}

fn record(tx: &mut Tx, call: &Call, draft: &Draft, verb: &'static str) -> Result<()> {
    let name = format!("{}/{}", draft.vocabulary, draft.code);
    ledger::tell(
        tx,
        (call.now, call.actor.as_ref().map(|actor| actor.account)),
        verb,
        ("term", Id::named("term", &name)),
        json!({
            "vocabulary": draft.vocabulary, "code": draft.code, "step": draft.step.code(),
            "draft": draft.id.to_string(),
        }),
    )
}
