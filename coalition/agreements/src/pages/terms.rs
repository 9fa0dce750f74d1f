//! The forms that set terms: a new draft, its edit, an amendment.

use super::agreement::{seen, weighed};
use super::{DRAFTERS, Told};
use crate::acts::drafting;
use crate::agreement::{KINDS, Terms};
use crate::{rules, store};
use base::{Error, Id, Lang, Refusal, Result, Role};
use catalogue::choose;
use db::Tx;
use serde_json::json;
use ui::html;
use web::{Ask, Call, Choice, Choices, Done, Entered, Field, Form, Prefill};

const LANGS: [&str; 3] = ["en", "fr", "ar"];
/// Proposals one form offers at most; a batch takes any number.
const CHOICES_MAX: usize = 300;

pub(super) fn acts() -> Vec<Told> {
    vec![
        Told {
            name: "agreement-new",
            path: "/agreements/new",
            who: DRAFTERS,
            form: new_form,
            prefill: Some(new_prefill),
            prepare: None,
            run: new,
        },
        Told {
            name: "agreement-edit",
            path: "/agreements/{id}/edit",
            who: DRAFTERS,
            form: edit_form,
            prefill: Some(edit_prefill),
            prepare: None,
            run: edit,
        },
        Told {
            name: "agreement-amendment",
            path: "/agreements/{id}/amendment",
            who: DRAFTERS,
            form: amendment_form,
            prefill: Some(amendment_prefill),
            prepare: None,
            run: amendment,
        },
    ]
}

/// Agreed proposals that no agreement holds, as far as the asker may draft from them.
fn proposals(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let actor = ask.actor()?;
    let lang = ask.words.lang();
    let mut choices = Vec::new();
    for id in store::agreements::agreed_without(tx, None, None)? {
        let p = allocation::proposal(tx, id)?;
        if !actor.is(Role::SecretariatOfficer) && rules::may_draft(p.member, actor).is_err() {
            continue;
        }
        let offer = offers::offer(tx, p.offer)?;
        let member = people::organisation_name(tx, &ask.words, Some(p.member))?;
        let args = [
            ("offer", ask.words.name(&offer.terms.title).into()),
            ("member", member.into()),
            (
                "country",
                places::country_name(tx, &p.country, lang)?.into(),
            ),
            ("units", p.given_now.into()),
        ];
        let label = ask.words.say_with("agreements-proposal", &args);
        choices.push(Choice {
            code: id.to_string(),
            label,
        });
        if choices.len() == CHOICES_MAX {
            break;
        }
    }
    Ok(choices)
}

fn new_form() -> Form {
    vec![
        Field::many("proposals", Choices::Listed(proposals)),
        Field::choice("kind", Choices::Fixed("agreement-kind", &KINDS)).optional(),
        Field::choice("lang_one", Choices::Fixed("lang", &LANGS)).optional(),
        Field::choice("lang_two", Choices::Fixed("lang", &LANGS)).optional(),
        Field::choice("selection", Choices::Listed(choose::selection_reason)).optional(),
        Field::words("justification")
            .max(rules::WORDS_MAX)
            .optional()
            .public(),
        Field::day("starts_on").optional(),
        Field::day("ends_on").optional(),
        Field::day("free_until").optional(),
    ]
}

fn new_prefill(_: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let mut prefill = Prefill::default();
    if let Some(proposal) = ask.query.get("proposal") {
        prefill.entered = Entered::default().with("proposals", proposal.as_str());
    }
    Ok(prefill)
}

fn lang(call: &Call, field: &str) -> Option<Lang> {
    call.values.opt_text(field).and_then(Lang::parse)
}

fn new(tx: &mut Tx, call: &Call) -> Result<Done> {
    let ids: Vec<Id> = call
        .values
        .many("proposals")
        .iter()
        .filter_map(|id| Id::parse(id))
        .collect();
    let mut terms = drafting::proposed_terms(tx, &ids, call.now)?;
    let values = &call.values;
    if let Some(kind) = values.opt_text("kind") {
        kind.clone_into(&mut terms.kind);
    }
    if let Some(selection) = values.opt_text("selection") {
        if selection != terms.selection && values.opt_text("justification").is_none() {
            let refusal = Refusal::about("justification", "agreements-justification-missing");
            return Err(refusal.into());
        }
        selection.clone_into(&mut terms.selection);
    }
    if let Some(justification) = values.opt_text("justification") {
        justification.clone_into(&mut terms.justification);
    }
    terms.langs.0 = lang(call, "lang_one").unwrap_or(terms.langs.0);
    terms.langs.1 = lang(call, "lang_two").unwrap_or(terms.langs.1);
    terms.starts_on = values.opt_day("starts_on").unwrap_or(terms.starts_on);
    terms.ends_on = values.opt_day("ends_on").unwrap_or(terms.ends_on);
    terms.free_until = values.opt_day("free_until").unwrap_or(terms.free_until);
    let id = drafting::draft(tx, &ids, &terms, call.actor()?, call.now)?;
    Ok(Done::see(format!("/agreements/{id}")).with(json!({ "id": id })))
}

// ---- the whole of the terms

fn edit_form() -> Form {
    let mut form = terms_form();
    form.push(Field::version());
    form
}

fn amendment_form() -> Form {
    let mut form = vec![Field::words("rationale").max(rules::WORDS_MAX).public()];
    form.extend(terms_form());
    form
}

fn terms_form() -> Form {
    vec![
        Field::choice("kind", Choices::Fixed("agreement-kind", &KINDS)),
        Field::names("agreement_title").max(400).public(),
        Field::choice("lang_one", Choices::Fixed("lang", &LANGS)),
        Field::choice("lang_two", Choices::Fixed("lang", &LANGS)),
        Field::choice("template", Choices::Listed(templates)),
        Field::day("starts_on"),
        Field::day("ends_on"),
        Field::day("free_until"),
        Field::choice("selection", Choices::Listed(choose::selection_reason)),
        Field::words("justification").max(rules::WORDS_MAX).public(),
        Field::many("sovereignty", Choices::Listed(choose::sovereignty_clause)).optional(),
        Field::many("data_clauses", Choices::Listed(choose::data_principle)).optional(),
        Field::words("special_en")
            .max(rules::WORDS_MAX)
            .optional()
            .public(),
        Field::words("special_fr")
            .max(rules::WORDS_MAX)
            .optional()
            .public(),
        Field::words("special_ar")
            .max(rules::WORDS_MAX)
            .optional()
            .public(),
    ]
}

fn templates(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let label = |t: &crate::Template| {
        let args = [
            ("name", ask.words.name(&t.name).into()),
            ("number", t.number.into()),
        ];
        ask.words.say_with("agreements-template", &args)
    };
    let all = store::templates::list(tx, false, None, 50)?;
    Ok(all
        .iter()
        .map(|t| Choice {
            code: t.id.to_string(),
            label: label(t),
        })
        .collect())
}

fn entered(terms: &Terms) -> Entered {
    let mut entered = web::room::entered(&[
        ("kind", &terms.kind),
        ("lang_one", terms.langs.0.code()),
        ("lang_two", terms.langs.1.code()),
        ("template", &terms.template.to_string()),
        ("starts_on", &terms.starts_on.to_string()),
        ("ends_on", &terms.ends_on.to_string()),
        ("free_until", &terms.free_until.to_string()),
        ("selection", &terms.selection),
        ("justification", &terms.justification),
    ]);
    for (lang, title) in &terms.title.0 {
        entered = entered.with(&format!("agreement_title_{lang}"), title);
    }
    for (lang, text) in &terms.special.0 {
        entered = entered.with(&format!("special_{lang}"), text);
    }
    for (code, _) in terms.sovereignty.iter().filter(|(_, kept)| **kept) {
        entered = entered.with("sovereignty", code);
    }
    for code in &terms.data_clauses {
        entered = entered.with("data_clauses", code);
    }
    entered
}

fn read(tx: &mut Tx, call: &Call) -> Result<Terms> {
    let values = &call.values;
    let kept = values.many("sovereignty");
    let clauses = catalogue::terms(tx, "sovereignty_clauses")?;
    let day = |field: &str| values.opt_day(field).unwrap_or(call.today);
    Ok(Terms {
        kind: values.text("kind").to_owned(),
        title: values.names("agreement_title"),
        langs: (
            lang(call, "lang_one").unwrap_or_default(),
            lang(call, "lang_two").unwrap_or_default(),
        ),
        template: values.id("template").ok_or(Error::Missing)?,
        selection: values.text("selection").to_owned(),
        justification: values.text("justification").to_owned(),
        free_until: day("free_until"),
        starts_on: day("starts_on"),
        ends_on: day("ends_on"),
        sovereignty: clauses
            .into_iter()
            .map(|term| (term.code.clone(), kept.contains(&term.code)))
            .collect(),
        data_clauses: values.many("data_clauses"),
        special: base::Names::three(
            values.text("special_en"),
            values.text("special_fr"),
            values.text("special_ar"),
        ),
    })
}

fn edit_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let a = seen(tx, ask)?;
    let number = rules::drafted(&a)?;
    let version = store::versions::find(tx, a.id, number)?;
    Ok(Prefill {
        entered: entered(&version.terms).with("version", version.version.to_string()),
        beside: weighed(tx, ask, &a)?,
    })
}

fn edit(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (id, terms) = (call.id("id")?, read(tx, call)?);
    drafting::edit(
        tx,
        id,
        &terms,
        call.values.version(),
        call.actor()?,
        call.now,
    )?;
    Ok(Done::see(format!("/agreements/{id}")))
}

fn amendment_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let a = seen(tx, ask)?;
    rules::amend(&a)?;
    Ok(Prefill {
        entered: entered(&a.terms),
        beside: html!("<p>{}</p>", ask.words.say("agreements-amendment-rule")),
    })
}

fn amendment(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (id, terms) = (call.id("id")?, read(tx, call)?);
    let rationale = call.values.text("rationale");
    let number = drafting::amend(tx, id, &terms, rationale, call.actor()?, call.now)?;
    Ok(Done::see(format!("/agreements/{id}")).with(json!({ "id": id, "number": number })))
}
