//! What a learner can: the teacher's word, level checks, term comments, a country's rules.

use super::day;
use crate::acts;
use crate::level::Ladder;
use crate::mastery::Rule;
use crate::pages;
use crate::{rules, store};
use base::{Error, Refusal, Result, Role};
use db::Tx;
use serde_json::json;
use web::{Ask, Call, Choice, Choices, Done, Entered, Field, Form, Prefill};

const WORDS_OF_TEACHERS: &[&str] = &["mastered", "not_yet"];

pub(super) fn judgement_form() -> Form {
    vec![
        Field::choice("word", Choices::Fixed("progress-word", WORDS_OF_TEACHERS)),
        Field::words("reason").max(rules::WORDS_MAX),
    ]
}

pub(super) fn judgement_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let (learner, competency) = (ask.id("id")?, ask.id("competency")?);
    Ok(Prefill {
        beside: pages::beside_judgement(tx, ask, learner, competency)?,
        ..Prefill::default()
    })
}

pub(super) fn judge(tx: &mut Tx, call: &Call) -> Result<Done> {
    let about = (call.id("id")?, call.id("competency")?);
    let mastered = call.values.text("word") == "mastered";
    let reason = call.values.text("reason");
    let id = acts::judge_by_word(tx, about, mastered, reason, call.actor()?, call.now)?;
    Ok(Done::see(format!("/teach/learners/{}/progress", about.0)).with(json!({ "id": id })))
}

pub(super) fn word_back(tx: &mut Tx, call: &Call) -> Result<Done> {
    let about = (call.id("id")?, call.id("competency")?);
    acts::take_word_back(tx, about, call.actor()?, call.now)?;
    Ok(Done::see(format!("/teach/learners/{}/progress", about.0)))
}

pub(super) fn check_form() -> Form {
    vec![
        Field::choice("ladder", Choices::Fixed("progress-ladder", Ladder::CODES)),
        Field::day("held_on"),
    ]
}

pub(super) fn check_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    pages::class_of(tx, ask)?;
    Ok(Prefill {
        entered: Entered::default().with("held_on", ask.today.to_string()),
        ..Prefill::default()
    })
}

pub(super) fn hold_check(tx: &mut Tx, call: &Call) -> Result<Done> {
    let ladder = Ladder::parse(call.values.text("ladder")).ok_or(Error::Missing)?;
    let held_on = day(call, "held_on");
    let id = acts::hold_check(tx, call.id("id")?, ladder, held_on, call.actor()?, call.now)?;
    Ok(Done::see(format!("/teach/levels/{id}")).with(json!({ "id": id })))
}

pub(super) fn comment_form() -> Form {
    vec![Field::words("comment").max(rules::WORDS_MAX).optional()]
}

pub(super) fn comment_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let class = pages::class_of(tx, ask)?;
    let learner = ask.id("learner")?;
    let kept = store::term_comment(tx, class.id, learner, ask.param("term"))?;
    let name = classes::name(tx, learner)?;
    Ok(Prefill {
        entered: Entered::default().with("comment", kept.map(|(text, _)| text).unwrap_or_default()),
        beside: ui::html!("<p><strong>{}</strong></p>", name),
    })
}

pub(super) fn comment(tx: &mut Tx, call: &Call) -> Result<Done> {
    let class = call.id("id")?;
    let term = call.param("term").to_owned();
    let text = call.values.text("comment");
    acts::comment_term(
        tx,
        (class, call.id("learner")?, &term),
        text,
        call.actor()?,
        call.now,
    )?;
    Ok(Done::see(format!("/teach/classes/{class}/reports/{term}")))
}

const RULES: &[&str] = &["m_of_n", "n_in_a_row", "judgement"];

/// The countries whose learning the actor runs.
pub(super) fn own_countries(_: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let held = ask.actor.iter().flat_map(|actor| &actor.appointments);
    let mut codes: Vec<String> = held
        .filter(|a| a.role == Role::LearningOfficer)
        .filter_map(|a| a.country.clone())
        .collect();
    codes.sort();
    codes.dedup();
    let choice = |code: String| Choice {
        label: code.clone(),
        code,
    };
    Ok(codes.into_iter().map(choice).collect())
}

pub(super) fn rule_form() -> Form {
    vec![
        Field::choice("rule_country", Choices::Listed(own_countries)),
        Field::choice(
            "competency",
            Choices::Listed(curricula::choose::competencies),
        )
        .optional(),
        Field::choice("rule", Choices::Fixed("progress-rule-kind", RULES)),
        Field::whole("m", 1, 50).optional(),
        Field::whole("n", 1, 50).optional(),
    ]
}

pub(super) fn rule_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let mut entered = Entered::default()
        .with("rule", "m_of_n")
        .with("m", "4")
        .with("n", "5");
    if let [one] = own_countries(tx, ask)?.as_slice() {
        entered = entered.with("rule_country", one.code.as_str());
    }
    Ok(Prefill {
        entered,
        ..Prefill::default()
    })
}

pub(super) fn set_rule(tx: &mut Tx, call: &Call) -> Result<Done> {
    let country = call.values.text("rule_country");
    let competency = call.values.id("competency");
    let (m, n) = (call.values.whole("m"), call.values.whole("n"));
    let rule = Rule::of(call.values.text("rule"), m, n)
        .ok_or_else(|| Error::from(Refusal::about("n", "progress-rule-numbers")))?;
    let seen = store::rule_row(tx, country, competency)?.map_or(0, |(_, _, version)| version);
    let id = acts::set_rule(
        tx,
        (country, competency),
        rule,
        seen,
        call.actor()?,
        call.now,
    )?;
    Ok(Done::see("/mastery").with(json!({ "id": id })))
}
