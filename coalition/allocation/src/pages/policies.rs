//! Policies in plain words, and the form of a draft.

use crate::policy::{FloorRule, GROUPS, Parameters, Policy};
use crate::{acts, rules, store};
use base::{Error, Refusal, Result, Role};
use db::Tx;
use lang::Words;
use serde_json::json;
use std::fmt::Write as _;
use ui::{Action, Cell, Column, Html, Kind, html};
use web::{Answer, Ask, Call, Done, Entered, Field, Form, Line, Listing, Prefill, Show};

pub(crate) const POLICIES: &[Column] = &[
    Column::new("policy_version", Kind::Link),
    Column::new("state", Kind::Code("policy-state")),
    Column::new("policy_note", Kind::Words),
    Column::new("created_at", Kind::Moment),
    Column::new("published_at", Kind::Moment),
    Column::new("id", Kind::Id),
];
pub(crate) const POLICY: &[Column] = &[
    Column::new("policy_number", Kind::Whole),
    Column::new("state", Kind::Code("policy-state")),
    Column::new("policy_note", Kind::Words),
    Column::new("created_at", Kind::Moment),
    Column::new("published_at", Kind::Moment),
    Column::new("parameters", Kind::Words),
    Column::new("id", Kind::Id),
    Column::new("version", Kind::Whole),
];

const READERS: &[Role] = super::READERS;

fn seen(tx: &mut Tx, ask: &Ask) -> Result<Policy> {
    let policy = store::policies::find(tx, ask.id("id")?)?;
    let visible = policy.published_at.is_some() || ask.is_any(READERS);
    if visible {
        Ok(policy)
    } else {
        Err(Error::Missing)
    }
}

fn title(words: &Words, policy: &Policy) -> String {
    words.say_with("policy-version", &[("n", policy.number.to_string().into())])
}

pub(crate) fn policies(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let mut found = store::policies::all(tx)?;
    found.retain(|policy| policy.published_at.is_some() || ask.is_any(READERS));
    let row = |policy: &Policy| Line {
        key: policy.number.to_string(),
        cells: vec![
            Cell::link(policy.path(), title(&ask.words, policy)),
            Cell::code(policy.state()),
            policy.note.clone().into(),
            policy.created_at.into(),
            Cell::or_not_applicable(policy.published_at),
            policy.id.into(),
        ],
        href: None,
    };
    let mut actions = Vec::new();
    if ask.is_any(&[Role::SecretariatOfficer]) {
        let label = ask.words.say("policy-new-button");
        actions.push(Action {
            href: "/allocation/policies/new".to_owned(),
            label,
            main: true,
        });
    }
    let rows = match ask.list().after {
        Some(_) => Vec::new(),
        None => found.iter().map(row).collect(),
    };
    Ok(Answer::List(Listing {
        title: ask.words.say("policies-title"),
        before: html!("<p>{}</p>", ask.words.say("policies-intro")),
        rows,
        actions,
        ..Listing::default()
    }))
}

pub(crate) fn policy(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let policy = seen(tx, ask)?;
    let mut actions = Vec::new();
    let mut add = |end: &str, key: &str, main: bool| {
        let label = ask.words.say(key);
        actions.push(Action {
            href: format!("{}/{end}", policy.path()),
            label,
            main,
        });
    };
    if policy.published_at.is_none() {
        if ask.is_any(&[Role::SecretariatOfficer]) {
            add("edit", "policy-edit-button", false);
        }
        if ask.is_any(&[Role::SecretariatApprover]) {
            add("publication", "policy-publication-button", true);
        }
    }
    let parameters = serde_json::to_string(&policy.parameters).map_err(Error::fault)?;
    Ok(Answer::Record(Show {
        title: title(&ask.words, &policy),
        before: html!("<p>{}</p>", ask.words.say("policy-intro")),
        cells: vec![
            policy.number.into(),
            Cell::code(policy.state()),
            policy.note.clone().into(),
            policy.created_at.into(),
            Cell::or_not_applicable(policy.published_at),
            parameters.into(),
            policy.id.into(),
            policy.version.into(),
        ],
        sections: in_words(tx, ask, &policy.parameters)?,
        actions,
        slot: None,
    }))
}

fn in_words(tx: &mut Tx, ask: &Ask, p: &Parameters) -> Result<Html> {
    let words = &ask.words;
    let number = |x: f64| words.decimal(x, 2);
    let mut out = ui::section(&words.say("policy-learner"), learner(words, p));
    let mut items = Html::new();
    let mut say = |key: &str, args: &[(&'static str, base::Arg)]| {
        items.push(html!("<li>{}</li>", words.say_with(key, args)));
    };
    let mut from = 0.0;
    for (until, slope) in p.welfare_breaks.iter().zip(&p.welfare_slopes) {
        let args = [
            ("from", words.share(from).into()),
            ("until", words.share(*until).into()),
            ("slope", number(*slope).into()),
        ];
        say("policy-welfare-words", &args);
        from = *until;
    }
    say(
        "policy-second-language-words",
        &[("fit", words.share(p.second_language_fit).into())],
    );
    say(
        "policy-cost-words",
        &[
            ("usd", number(p.points_per_usd).into()),
            ("delivery", number(p.points_per_delivery).into()),
        ],
    );
    say(
        "policy-overlap-words",
        &[("points", number(p.points_per_overlap).into())],
    );
    say(
        "policy-opening-words",
        &[("points", number(p.points_per_opening).into())],
    );
    say(
        "policy-package-words",
        &[("share", words.share(p.package_share).into())],
    );
    for (coverage, part) in &p.package_levels {
        say(
            "policy-package-level-words",
            &[
                ("coverage", words.share(*coverage).into()),
                ("part", words.share(*part).into()),
            ],
        );
    }
    say(
        "policy-stability-words",
        &[("share", words.share(p.stability).into())],
    );
    say(
        "policy-cap-words",
        &[("share", words.share(p.country_cap).into())],
    );
    for floor in &p.floors {
        let class = catalogue::label(tx, "service_classes", &floor.service_class, words.lang())?;
        let group = words.say(&format!("allocation-group-{}", floor.group));
        let share = words.share(floor.min_share);
        say(
            "policy-floor-words",
            &[
                ("service", class.into()),
                ("group", group.into()),
                ("share", share.into()),
            ],
        );
    }
    out.push(ui::section(
        &words.say("policy-rules"),
        html!("<ul>{}</ul>", items),
    ));
    let labels = catalogue::labels(tx, "service_classes", words.lang())?;
    let row = |(code, value): (&String, &f64)| {
        vec![
            ui::text(labels.get(code).map_or(code.as_str(), String::as_str)),
            ui::text(&number(*value)),
        ]
    };
    let rows: Vec<Vec<Html>> = p.category_values.iter().map(row).collect();
    let heads = [
        words.say("allocation-head-service"),
        words.say("policy-value"),
    ];
    let mut body = html!("<p>{}</p>", words.say("policy-values-words"));
    body.push(ui::plain_table(&words.say("policy-values"), &heads, &rows));
    out.push(ui::section(&words.say("policy-values"), body));
    Ok(out)
}

/// What a learner weighs, with an example anybody can recompute.
fn learner(words: &Words, p: &Parameters) -> Html {
    let number = |x: f64| words.decimal(x, 2);
    let mut out = html!("<p>{}</p>", words.say("policy-weight-words"));
    let rows: Vec<Vec<Html>> = GROUPS
        .iter()
        .zip(p.equity)
        .map(|(group, points)| {
            vec![
                ui::text(&words.say(&format!("allocation-group-{group}"))),
                ui::text(&number(points)),
            ]
        })
        .collect();
    let heads = [words.say("column-group"), words.say("policy-points")];
    out.push(ui::plain_table(
        &words.say("policy-points-of-groups"),
        &heads,
        &rows,
    ));
    let rows: Vec<Vec<Html>> = (0..4_usize)
        .zip(p.urgency.iter().zip(p.late))
        .map(|(at, (factor, late))| {
            let label = words.say(&format!("allocation-urgency-{at}"));
            vec![
                ui::text(&label),
                ui::text(&number(*factor)),
                ui::text(&words.share(late)),
            ]
        })
        .collect();
    let heads = [
        words.say("policy-urgency"),
        words.say("policy-factor"),
        words.say("policy-late"),
    ];
    out.push(ui::plain_table(&words.say("policy-urgency"), &heads, &rows));
    let args = [
        ("girls", number(p.equity[0]).into()),
        ("rural", number(p.equity[1]).into()),
        ("factor", number(p.urgency[3]).into()),
        (
            "weight",
            number(p.weight([1000, 1000, 0, 0, 0, 0], 3)).into(),
        ),
    ];
    out.push(html!("<p>{}</p>", words.say_with("policy-example", &args)));
    out
}

// ---- acts

const EQUITY: [&str; 6] = [
    "equity_girls",
    "equity_rural",
    "equity_disability",
    "equity_displaced",
    "equity_poor",
    "equity_ldc",
];
const URGENCY: [&str; 4] = ["urgency_0", "urgency_1", "urgency_2", "urgency_3"];
const LATE: [&str; 4] = ["late_0", "late_1", "late_2", "late_3"];

pub(crate) fn form() -> Form {
    let mut out = vec![Field::words("policy_note").max(2_000).public()];
    out.extend(EQUITY.map(|name| Field::decimal(name, 0.0, 100.0)));
    out.extend(URGENCY.map(|name| Field::decimal(name, 0.0, 100.0)));
    out.extend(LATE.map(|name| Field::decimal(name, 0.0, 1.0)));
    out.push(Field::words("welfare").max(500));
    for name in [
        "second_language_fit",
        "package_share",
        "stability",
        "country_cap",
    ] {
        out.push(Field::decimal(name, 0.0, 1.0));
    }
    out.push(Field::words("package_levels").max(500).optional());
    for name in [
        "points_per_usd",
        "points_per_delivery",
        "points_per_overlap",
        "points_per_opening",
    ] {
        out.push(Field::decimal(name, 0.0, 1_000_000.0));
    }
    out.push(Field::words("floors").max(5_000).optional());
    out.push(Field::words("category_values").max(5_000));
    out.push(Field::version().optional());
    out
}

fn pairs<'p>(list: impl Iterator<Item = (&'p f64, &'p f64)>) -> String {
    list.fold(String::new(), |mut out, (a, b)| {
        let _ = writeln!(out, "{a} {b}");
        out
    })
}

fn entered(note: &str, p: &Parameters, version: i64) -> Entered {
    let mut out = Entered::default()
        .with("policy_note", note)
        .with("version", version.to_string());
    let many = EQUITY
        .iter()
        .zip(&p.equity)
        .chain(URGENCY.iter().zip(&p.urgency))
        .chain(LATE.iter().zip(&p.late));
    let single = [
        ("second_language_fit", p.second_language_fit),
        ("package_share", p.package_share),
        ("stability", p.stability),
        ("country_cap", p.country_cap),
        ("points_per_usd", p.points_per_usd),
        ("points_per_delivery", p.points_per_delivery),
        ("points_per_overlap", p.points_per_overlap),
        ("points_per_opening", p.points_per_opening),
    ];
    for (name, value) in many.map(|(name, value)| (*name, *value)).chain(single) {
        out = out.with(name, value.to_string());
    }
    let floors = p.floors.iter().fold(String::new(), |mut out, f| {
        let _ = writeln!(out, "{} {} {}", f.service_class, f.group, f.min_share);
        out
    });
    let values = p
        .category_values
        .iter()
        .fold(String::new(), |mut out, (code, value)| {
            let _ = writeln!(out, "{code} {value}");
            out
        });
    out.with(
        "welfare",
        pairs(p.welfare_breaks.iter().zip(&p.welfare_slopes)),
    )
    .with(
        "package_levels",
        pairs(p.package_levels.iter().map(|(a, b)| (a, b))),
    )
    .with("floors", floors)
    .with("category_values", values)
}

pub(crate) fn new_prefill(tx: &mut Tx, _: &Ask) -> Result<Prefill> {
    let newest = store::policies::newest(tx)?;
    let entered = newest.map_or_else(Entered::default, |p| entered("", &p.parameters, 0));
    Ok(Prefill {
        entered,
        ..Prefill::default()
    })
}

pub(crate) fn edit_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let policy = seen(tx, ask)?;
    rules::edit_policy(&policy, ask.actor()?)?;
    let entered = entered(&policy.note, &policy.parameters, policy.version);
    Ok(Prefill {
        entered,
        ..Prefill::default()
    })
}

/// Pairs of numbers, a pair a line.
fn read_pairs(field: &str, text: &str) -> Result<Vec<(f64, f64)>> {
    let mut out = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let unreadable = || Refusal::about(field, "allocation-line-unreadable").with("line", line);
        let (a, b) = line
            .split_once(char::is_whitespace)
            .ok_or_else(unreadable)?;
        let read = |text: &str| {
            text.trim()
                .replace(',', ".")
                .parse::<f64>()
                .ok()
                .filter(|x| x.is_finite())
        };
        out.push(read(a).zip(read(b)).ok_or_else(unreadable)?);
    }
    Ok(out)
}

fn read_floors(text: &str) -> Result<Vec<FloorRule>> {
    let mut out = Vec::new();
    for (name, min_share) in rules::numbers("floors", text)? {
        let unreadable =
            || Refusal::about("floors", "allocation-line-unreadable").with("line", name.as_str());
        let (class, group) = name
            .split_once(char::is_whitespace)
            .ok_or_else(unreadable)?;
        out.push(FloorRule {
            service_class: class.trim().to_owned(),
            group: group.trim().to_owned(),
            min_share,
        });
    }
    Ok(out)
}

fn parameters(call: &Call) -> Result<Parameters> {
    let v = &call.values;
    let number = |name: &str| v.opt_decimal(name).unwrap_or(0.0);
    let welfare = read_pairs("welfare", v.text("welfare"))?;
    Ok(Parameters {
        welfare_breaks: welfare.iter().map(|pair| pair.0).collect(),
        welfare_slopes: welfare.iter().map(|pair| pair.1).collect(),
        equity: EQUITY.map(number),
        urgency: URGENCY.map(number),
        late: LATE.map(number),
        second_language_fit: number("second_language_fit"),
        points_per_usd: number("points_per_usd"),
        points_per_delivery: number("points_per_delivery"),
        points_per_overlap: number("points_per_overlap"),
        points_per_opening: number("points_per_opening"),
        package_share: number("package_share"),
        package_levels: read_pairs("package_levels", v.text("package_levels"))?,
        stability: number("stability"),
        country_cap: number("country_cap"),
        floors: read_floors(v.text("floors"))?,
        category_values: rules::numbers("category_values", v.text("category_values"))?,
    })
}

pub(crate) fn new(tx: &mut Tx, call: &Call) -> Result<Done> {
    let p = parameters(call)?;
    let id = acts::policies::draft(
        tx,
        call.values.text("policy_note"),
        p,
        call.actor()?,
        call.now,
    )?;
    Ok(Done::see(format!("/allocation/policies/{id}")).with(json!({ "id": id })))
}

pub(crate) fn edit(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    let change = (
        call.values.text("policy_note"),
        parameters(call)?,
        call.values.version(),
    );
    acts::policies::edit(tx, id, change, call.actor()?, call.now)?;
    Ok(Done::see(format!("/allocation/policies/{id}")).with(json!({ "id": id })))
}

pub(crate) fn publish(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::policies::publish(tx, id, call.actor()?, call.now)?;
    Ok(Done::see(format!("/allocation/policies/{id}")).with(json!({ "id": id })))
}
