//! What the web asks for each act, and how its answers become the act.

use crate::acts::{self, Entering, Line, Try};
use crate::assignment::{Giving, Target};
use crate::level::Ladder;
use crate::mastery::Rule;
use crate::pages::{self, TEACHERS};
use crate::{rules, store};
use base::{Day, Error, Id, Refusal, Refusals, Result, Role};
use db::Tx;
use records::Mode;
use serde_json::json;
use std::collections::BTreeMap;
use web::{Act, Ask, Call, Choice, Choices, Done, Entered, Field, Form, Prefill, Who};

const OFFICER: Who = Who::Any(&[Role::LearningOfficer]);

type Filled = Option<fn(&mut Tx, &Ask) -> Result<Prefill>>;

/// Every act of the room.
pub(crate) fn all() -> Vec<Act> {
    let act = |name, path, form, prefill: Filled, run| Act {
        name,
        path,
        who: TEACHERS,
        form,
        prefill,
        prepare: None,
        run,
    };
    vec![
        act(
            "progress-assignment",
            "/teach/classes/{id}/assignments/new",
            give_form,
            Some(give_prefill),
            give,
        ),
        act(
            "progress-resource-assignment",
            "/teach/classes/{id}/courses/new",
            give_resource_form,
            Some(give_prefill),
            give_resource,
        ),
        act(
            "progress-resource-result",
            "/teach/assignments/{id}/learners/{learner}/result",
            result_form,
            Some(pages::beside_result),
            say_result,
        ),
        Act {
            name: "progress-answer",
            path: "/learn/lessons/{assignment}/items/{n}/answers/new",
            who: pages::LEARNERS,
            form: answer_form,
            prefill: Some(pages::beside_question),
            prepare: None,
            run: answer,
        },
        act(
            "progress-plan",
            "/teach/classes/{id}/week/plan",
            plan_form,
            Some(plan_prefill),
            plan,
        ),
        act(
            "progress-move",
            "/teach/assignments/{id}/move",
            move_form,
            Some(move_prefill),
            move_days,
        ),
        act(
            "progress-withdrawal",
            "/teach/assignments/{id}/withdrawal",
            withdrawal_form,
            Some(version_prefill),
            withdraw,
        ),
        act(
            "progress-lines",
            "/teach/assignments/{id}/lines",
            lines_form,
            Some(pages::beside_lines),
            lines,
        ),
        act(
            "progress-mark",
            "/teach/work/{id}",
            mark_form,
            Some(pages::beside_attempt),
            mark,
        ),
        act(
            "progress-correction",
            "/teach/attempts/{id}/correction",
            correction_form,
            Some(pages::beside_attempt),
            correct,
        ),
        act(
            "progress-judgement",
            "/teach/learners/{id}/competencies/{competency}/judgement",
            judgement_form,
            Some(judgement_prefill),
            judge,
        ),
        act(
            "progress-word-back",
            "/teach/learners/{id}/competencies/{competency}/judgement/withdrawal",
            Vec::new,
            None,
            word_back,
        ),
        act(
            "progress-check",
            "/teach/classes/{id}/levels/new",
            check_form,
            Some(check_prefill),
            hold_check,
        ),
        act(
            "progress-comment",
            "/teach/classes/{id}/reports/{term}/{learner}",
            comment_form,
            Some(comment_prefill),
            comment,
        ),
        Act {
            who: OFFICER,
            ..act(
                "progress-rule",
                "/mastery/new",
                rule_form,
                Some(rule_prefill),
                set_rule,
            )
        },
    ]
}

fn give_form() -> Form {
    vec![
        Field::choice("lesson", Choices::Listed(pages::choose_lessons)),
        Field::many("to", Choices::Listed(pages::choose_targets)),
        Field::day("opens_on"),
        Field::day("due_on"),
    ]
}

fn give_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let class = pages::class_of(tx, ask)?;
    let mut entered = Entered::default();
    let mut begin = |name: &str, value: String| {
        if !ask.query.contains_key(name) {
            entered = std::mem::take(&mut entered).with(name, value);
        }
    };
    begin("to", format!("class {}", class.id));
    begin("opens_on", ask.today.to_string());
    begin("due_on", ask.today.plus(7).to_string());
    Ok(Prefill {
        entered,
        ..Prefill::default()
    })
}

fn target(text: &str) -> Option<Target> {
    let (kind, id) = text.split_once(' ')?;
    Target::of(kind, Id::parse(id)?)
}

fn day(call: &Call, name: &str) -> Day {
    call.values.opt_day(name).unwrap_or(call.today)
}

fn give_resource_form() -> Form {
    vec![
        Field::choice("resource", Choices::Listed(pages::choose_resources)),
        Field::many("to", Choices::Listed(pages::choose_targets)),
        Field::day("opens_on"),
        Field::day("due_on"),
    ]
}

fn give_resource(tx: &mut Tx, call: &Call) -> Result<Done> {
    let giving = giving(call, "resource")?;
    let id = acts::give_resource(tx, &giving, call.actor()?, call.now)?;
    Ok(Done::see(format!("/teach/assignments/{id}"))
        .with(json!({ "id": id }))
        .notice("progress-resource-given"))
}

fn result_form() -> Form {
    vec![
        Field::choice(
            "verdict",
            Choices::Fixed("progress-outcome", acts::Verdict::CODES),
        ),
        Field::whole("percent", 0, 100).optional(),
        Field::words("reason").max(rules::WORDS_MAX),
    ]
}

fn say_result(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (assignment, learner) = (call.id("id")?, call.id("learner")?);
    let verdict = acts::Verdict::parse(call.values.text("verdict")).ok_or(Error::Missing)?;
    let said = (
        verdict,
        call.values.opt_whole("percent"),
        call.values.text("reason"),
    );
    let actor = call.actor()?;
    let id = acts::say_result(tx, (assignment, learner), said, actor, call.now)?;
    Ok(Done::see(format!("/teach/assignments/{assignment}"))
        .with(json!({ "id": id }))
        .notice("progress-result-said"))
}

/// What a form of giving says; `what` is the field that names it.
fn giving(call: &Call, what: &str) -> Result<Giving> {
    Ok(Giving {
        class: call.id("id")?,
        lesson: call.values.id(what).ok_or(Error::Missing)?,
        to: call
            .values
            .many("to")
            .iter()
            .filter_map(|text| target(text))
            .collect(),
        opens_on: day(call, "opens_on"),
        due_on: day(call, "due_on"),
    })
}

fn give(tx: &mut Tx, call: &Call) -> Result<Done> {
    let giving = giving(call, "lesson")?;
    let id = acts::give(tx, &giving, call.actor()?, call.now)?;
    Ok(Done::see(format!("/teach/assignments/{id}"))
        .with(json!({ "id": id }))
        .notice("progress-given"))
}

const PACES: &[&str] = &["one_a_day", "at_once"];

fn plan_form() -> Form {
    vec![
        Field::many("lessons", Choices::Listed(pages::choose_lessons)).optional(),
        Field::day("opens_on"),
        Field::day("due_on"),
        Field::choice("pace", Choices::Fixed("progress-pace", PACES)),
        Field::words("note").max(rules::WORDS_MAX).optional(),
    ]
}

/// An answer in one line, as it stands in a message or on paper: letters, a number, words.
fn answer_form() -> Form {
    vec![
        Field::words("answer").max(lessons::ANSWER_MAX),
        Field::whole("try_number", 1, acts::TRIES_MAX).optional(),
    ]
}

fn answer(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (assignment, position) = (call.id("assignment")?, pages::place(call)?);
    let learner = call.actor()?.account;
    let lang = call.words.lang().code();
    let number = match call.values.opt_whole("try_number") {
        Some(number) => number,
        None => store::tries_of(tx, assignment, learner)?
            .iter()
            .filter(|one| one.position == position)
            .map(|one| one.number + 1)
            .max()
            .unwrap_or(1),
    };
    let given = Try {
        assignment,
        position,
        learner,
        number,
        mode: Mode::Web,
        seconds: None,
        said_at: None,
        lang,
    };
    let read = |item: &formats::Item| lessons::read_short(item, lang, call.values.text("answer"));
    let saved = acts::save(tx, &given, &read, call.now)?;
    let outcome = crate::assignment::Outcome::of(saved.score);
    let see = format!("/learn/lessons/{assignment}/items/{position}");
    Ok(Done::see(see).with(json!({
        "id": saved.id,
        "again": saved.again,
        "outcome": outcome.code(),
        "score": saved.score,
    })))
}

fn plan_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let (subject, monday) = pages::week_of(tx, ask)?;
    let class = pages::class_of(tx, ask)?;
    let note = store::week(tx, class.id, &subject, monday)?
        .unwrap_or_default()
        .note;
    let entered = Entered::default()
        .with("opens_on", monday.max(ask.today).to_string())
        .with("due_on", monday.plus(6).to_string())
        .with("pace", "one_a_day")
        .with("note", note);
    Ok(Prefill {
        entered,
        ..Prefill::default()
    })
}

fn plan(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (subject, monday) = pages::week_of(tx, call)?;
    let class = pages::class_of(tx, call)?;
    let actor = call.actor()?;
    let (first, due_on) = (day(call, "opens_on"), day(call, "due_on"));
    let spread = call.values.text("pace") == "one_a_day";
    let mut given = 0_i64;
    for (lesson, n) in call.values.many("lessons").iter().zip(0_i64..) {
        let opens_on = if spread {
            first.plus(n).min(due_on)
        } else {
            first
        };
        let giving = Giving {
            class: class.id,
            lesson: Id::parse(lesson).ok_or(Error::Missing)?,
            to: vec![Target::Class(class.id)],
            opens_on,
            due_on,
        };
        acts::give(tx, &giving, actor, call.now)?;
        given += 1;
    }
    acts::note_week(
        tx,
        (class.id, &subject, monday),
        call.values.text("note"),
        actor,
        call.now,
    )?;
    let path = ui::with_query(
        &format!("/teach/classes/{}/week", class.id),
        "week",
        Some(&monday.to_string()),
    );
    Ok(
        Done::see(ui::with_query(&path, "school_subject", Some(&subject)))
            .with(json!({ "given": given }))
            .notice("progress-planned"),
    )
}

fn move_form() -> Form {
    vec![
        Field::day("opens_on"),
        Field::day("due_on"),
        Field::version(),
    ]
}

fn own(tx: &mut Tx, ask: &Ask) -> Result<crate::Assignment> {
    let found = store::assignment(tx, ask.id("id")?)?;
    classes::require_teaches(tx, ask.actor()?, found.class, ask.today)?;
    Ok(found)
}

fn move_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let a = own(tx, ask)?;
    let entered = Entered::default()
        .with("opens_on", a.opens_on.to_string())
        .with("due_on", a.due_on.to_string())
        .with("version", a.version.to_string());
    Ok(Prefill {
        entered,
        ..Prefill::default()
    })
}

fn version_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let a = own(tx, ask)?;
    Ok(Prefill {
        entered: Entered::default().with("version", a.version.to_string()),
        ..Prefill::default()
    })
}

fn see_assignment(call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    Ok(Done::see(format!("/teach/assignments/{id}")).with(json!({ "id": id })))
}

fn move_days(tx: &mut Tx, call: &Call) -> Result<Done> {
    let days = (day(call, "opens_on"), day(call, "due_on"));
    acts::move_days(
        tx,
        call.id("id")?,
        days,
        call.values.version(),
        call.actor()?,
        call.now,
    )?;
    see_assignment(call)
}

fn withdrawal_form() -> Form {
    vec![
        Field::words("reason").max(rules::WORDS_MAX),
        Field::version(),
    ]
}

fn withdraw(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (reason, seen) = (call.values.text("reason"), call.values.version());
    acts::withdraw(tx, call.id("id")?, reason, seen, call.actor()?, call.now)?;
    see_assignment(call)
}

fn lines_form() -> Form {
    vec![
        Field::choice(
            "mode",
            Choices::Fixed("progress-mode", &["paper", "oral", "sms"]),
        ),
        Field::day("held_on"),
        Field::words("results").max(20_000),
    ]
}

fn lines(tx: &mut Tx, call: &Call) -> Result<Done> {
    let a = own(tx, call)?;
    let listed: BTreeMap<i64, Id> = classes::listed(tx, a.class, call.today)?
        .iter()
        .map(|one| (one.number, one.person.id))
        .collect();
    let most = listed.keys().max().copied().unwrap_or(0);
    let read = rules::strings("results", call.values.text("results"), most, a.items)?;
    let mut refusals = Refusals::default();
    let mut lines = Vec::new();
    for one in read {
        match listed.get(&one.number) {
            Some(learner) => lines.push(Line {
                learner: *learner,
                marks: (1..).zip(one.marks).collect(),
            }),
            None => refusals.push(
                Refusal::about("results", "progress-number-nobody").with("number", one.number),
            ),
        }
    }
    refusals.unless(!lines.is_empty(), "results", "progress-lines-none");
    refusals.or(())?;
    let entering = Entering {
        assignment: a.id,
        mode: Mode::parse(call.values.text("mode")).unwrap_or(Mode::Paper),
        held_on: day(call, "held_on"),
        lang: call.words.lang().code(),
        lines,
    };
    let done = acts::enter_results(tx, &entering, call.actor()?, call.now)?;
    let body = json!({ "new": done.new, "corrected": done.corrected, "same": done.same });
    Ok(Done::see(format!("/teach/assignments/{}", a.id))
        .with(body)
        .notice("progress-entered"))
}

const SCORES: &[&str] = &["right", "partly", "not_yet"];

fn score(call: &Call) -> f64 {
    match call.values.text("score") {
        "right" => 1.0,
        "partly" => 0.5,
        _ => 0.0,
    }
}

fn mark_form() -> Form {
    vec![
        Field::choice("score", Choices::Fixed("progress-outcome", SCORES)),
        Field::words("comment").max(rules::WORDS_MAX).optional(),
    ]
}

fn mark(tx: &mut Tx, call: &Call) -> Result<Done> {
    let comment = call.values.text("comment");
    let id = acts::mark(
        tx,
        call.id("id")?,
        score(call),
        comment,
        call.actor()?,
        call.now,
    )?;
    Ok(Done::see("/teach/work")
        .with(json!({ "id": id }))
        .notice("progress-marked"))
}

fn correction_form() -> Form {
    vec![
        Field::choice("score", Choices::Fixed("progress-outcome", SCORES)),
        Field::words("reason").max(rules::WORDS_MAX),
    ]
}

fn correct(tx: &mut Tx, call: &Call) -> Result<Done> {
    let reason = call.values.text("reason");
    let id = acts::correct(
        tx,
        call.id("id")?,
        score(call),
        reason,
        call.actor()?,
        call.now,
    )?;
    Ok(Done::see(format!("/teach/attempts/{id}")).with(json!({ "id": id })))
}

const WORDS_OF_TEACHERS: &[&str] = &["mastered", "not_yet"];

fn judgement_form() -> Form {
    vec![
        Field::choice("word", Choices::Fixed("progress-word", WORDS_OF_TEACHERS)),
        Field::words("reason").max(rules::WORDS_MAX),
    ]
}

fn judgement_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let (learner, competency) = (ask.id("id")?, ask.id("competency")?);
    Ok(Prefill {
        beside: pages::beside_judgement(tx, ask, learner, competency)?,
        ..Prefill::default()
    })
}

fn judge(tx: &mut Tx, call: &Call) -> Result<Done> {
    let about = (call.id("id")?, call.id("competency")?);
    let mastered = call.values.text("word") == "mastered";
    let reason = call.values.text("reason");
    let id = acts::judge_by_word(tx, about, mastered, reason, call.actor()?, call.now)?;
    Ok(Done::see(format!("/teach/learners/{}/progress", about.0)).with(json!({ "id": id })))
}

fn word_back(tx: &mut Tx, call: &Call) -> Result<Done> {
    let about = (call.id("id")?, call.id("competency")?);
    acts::take_word_back(tx, about, call.actor()?, call.now)?;
    Ok(Done::see(format!("/teach/learners/{}/progress", about.0)))
}

fn check_form() -> Form {
    vec![
        Field::choice("ladder", Choices::Fixed("progress-ladder", Ladder::CODES)),
        Field::day("held_on"),
    ]
}

fn check_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    pages::class_of(tx, ask)?;
    Ok(Prefill {
        entered: Entered::default().with("held_on", ask.today.to_string()),
        ..Prefill::default()
    })
}

fn hold_check(tx: &mut Tx, call: &Call) -> Result<Done> {
    let ladder = Ladder::parse(call.values.text("ladder")).ok_or(Error::Missing)?;
    let held_on = day(call, "held_on");
    let id = acts::hold_check(tx, call.id("id")?, ladder, held_on, call.actor()?, call.now)?;
    Ok(Done::see(format!("/teach/levels/{id}")).with(json!({ "id": id })))
}

fn comment_form() -> Form {
    vec![Field::words("comment").max(rules::WORDS_MAX).optional()]
}

fn comment_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let class = pages::class_of(tx, ask)?;
    let learner = ask.id("learner")?;
    let kept = store::term_comment(tx, class.id, learner, ask.param("term"))?;
    let name = classes::name(tx, learner)?;
    Ok(Prefill {
        entered: Entered::default().with("comment", kept.map(|(text, _)| text).unwrap_or_default()),
        beside: ui::html!("<p><strong>{}</strong></p>", name),
    })
}

fn comment(tx: &mut Tx, call: &Call) -> Result<Done> {
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
fn own_countries(_: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
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

fn rule_form() -> Form {
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

fn rule_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
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

fn set_rule(tx: &mut Tx, call: &Call) -> Result<Done> {
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
