//! Level checks of a class: what each child can do, who learns together, who moved since.

use super::{class_of, link};
use crate::acts::set_levels;
use crate::level::Ladder;
use crate::screen::{Sent, token_field};
use crate::store::{self, Check};
use base::{Error, Id, Refusal, Result};
use db::Tx;
use lang::Words;
use std::collections::BTreeMap;
use ui::{Html, Tone, html};
use web::{Answer, Ask, Page};

fn rung(words: &Words, ladder: Ladder, level: i64) -> String {
    let place = usize::try_from(level).unwrap_or(0);
    let code = ladder.rungs().get(place).copied().unwrap_or_default();
    words.code("progress-level", code)
}

fn check_name(words: &Words, check: &Check) -> String {
    words.say_with(
        "progress-check-name",
        &[
            (
                "ladder",
                words.code("progress-ladder", check.ladder.code()).into(),
            ),
            ("round", check.round.into()),
        ],
    )
}

pub(super) fn levels(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let class = class_of(tx, ask)?;
    let words = &ask.words;
    let mut body = html!("<p>{}</p>", words.say("progress-levels-intro"));
    let new = format!("/teach/classes/{}/levels/new", class.id);
    body.push(ui::actions(&[link(
        new,
        words.say("progress-check-button"),
        true,
    )]));
    let checks = store::checks(tx, class.id)?;
    if checks.is_empty() {
        body.push(ui::empty(&words.say("progress-levels-none"), None));
    }
    for ladder in Ladder::ALL {
        let of: Vec<&Check> = checks
            .iter()
            .filter(|check| check.ladder == ladder)
            .collect();
        let Some(last) = of.first() else { continue };
        let found = store::levels(tx, last.id)?;
        let before = match of.get(1) {
            Some(check) => store::levels(tx, check.id)?,
            None => BTreeMap::new(),
        };
        let mut part = spread(words, ladder, &of, tx)?;
        part.push(moved(words, &found, &before));
        part.push(groups(tx, ask, class.id, ladder)?);
        let links: Html = of
            .iter()
            .map(|check| {
                let to = ui::link(
                    &format!("/teach/levels/{}", check.id),
                    check_name(words, check),
                );
                html!("<li>{} · {}</li>", to, words.day(check.held_on))
            })
            .collect();
        part.push(html!("<ul>{}</ul>", links));
        body.push(ui::section(
            &words.code("progress-ladder", ladder.code()),
            part,
        ));
    }
    Ok(Answer::Page(Page {
        title: words.say_with(
            "progress-levels-title",
            &[("class", words.name(&class.names).into())],
        ),
        body,
        ..Page::default()
    }))
}

/// How many children stand on each rung, check by check.
fn spread(words: &Words, ladder: Ladder, checks: &[&Check], tx: &mut Tx) -> Result<Html> {
    let mut head = vec![words.say("progress-column-level")];
    let mut counts: Vec<BTreeMap<i64, i64>> = Vec::new();
    for check in checks.iter().rev() {
        head.push(words.day(check.held_on));
        let mut of = BTreeMap::new();
        for level in store::levels(tx, check.id)?.into_values() {
            *of.entry(level).or_insert(0) += 1;
        }
        counts.push(of);
    }
    let rows: Vec<Vec<Html>> = (0..Ladder::RUNGS)
        .map(|level| {
            let mut row = vec![html!("{}", rung(words, ladder, level))];
            row.extend(
                counts
                    .iter()
                    .map(|of| html!("{}", words.number(of.get(&level).copied().unwrap_or(0)))),
            );
            row
        })
        .collect();
    Ok(html!(
        "<div class=\"wide\">{}</div>",
        ui::plain_table("", &head, &rows)
    ))
}

fn moved(words: &Words, now: &BTreeMap<Id, i64>, before: &BTreeMap<Id, i64>) -> Html {
    if before.is_empty() {
        return Html::new();
    }
    let (mut up, mut same, mut down) = (0_i64, 0_i64, 0_i64);
    for (learner, level) in now {
        match before.get(learner).map(|old| level.cmp(old)) {
            Some(std::cmp::Ordering::Greater) => up += 1,
            Some(std::cmp::Ordering::Equal) => same += 1,
            Some(std::cmp::Ordering::Less) => down += 1,
            None => {}
        }
    }
    let args = [
        ("up", up.into()),
        ("same", same.into()),
        ("down", down.into()),
    ];
    ui::notice(
        words,
        Tone::Plain,
        words.say_with("progress-levels-moved", &args),
    )
}

/// The groups a check made, each with its children and a way to give them a lesson.
fn groups(tx: &mut Tx, ask: &Ask, class: Id, ladder: Ladder) -> Result<Html> {
    let words = &ask.words;
    let mut cards = Vec::new();
    for group in classes::groups(tx, class)? {
        let of = group
            .level
            .as_deref()
            .is_some_and(|code| code.starts_with(ladder.code()));
        if !of {
            continue;
        }
        let members = classes::members(tx, group.id)?;
        let mut names: Vec<String> = classes::persons(tx, &members)?
            .values()
            .map(classes::Person::name)
            .collect();
        names.sort();
        let body = html!("<p>{}</p>", words.list(&names));
        let path = format!("/teach/classes/{class}/assignments/new");
        let href = ui::with_query(&path, "to", Some(&format!("group {}", group.id)));
        cards.push(ui::card(&href, &group.name, body));
    }
    if cards.is_empty() {
        return Ok(Html::new());
    }
    Ok(html!(
        "<p>{}</p>{}",
        words.say("progress-levels-groups"),
        ui::cards(&cards)
    ))
}

/// One check: a table to fill in while the children read and reckon.
pub(crate) fn check(tx: &mut Tx, ask: &Ask, tried: Option<(&Sent, &Error)>) -> Result<Answer> {
    let check = store::check(tx, ask.id("id")?)?;
    let class = classes::require_teaches(tx, ask.actor()?, check.class, ask.today)?;
    let words = &ask.words;
    let found = store::levels(tx, check.id)?;
    let mut body = Html::new();
    if let Some((_, Error::Refused(refusals))) = tried {
        let lines: Vec<(String, String)> = refusals
            .0
            .iter()
            .map(|r| (String::new(), words.refusal(r)))
            .collect();
        body.push(ui::error_summary(words, &lines));
    }
    let how = format!("progress-check-how-{}", check.ladder.code());
    body.push(html!("<p>{}</p>", words.say(&how)));
    let mut listed = classes::listed(tx, class.id, ask.today)?;
    listed.sort_by_key(|one| one.number);
    let head = ["progress-column-learner", "progress-column-level"].map(|key| words.say(key));
    let rows: Vec<Vec<Html>> = listed
        .iter()
        .map(|one| {
            let name = format!("level_{}", one.number);
            let chosen = match tried {
                Some((sent, _)) => sent.first(&name).parse().ok(),
                None => found.get(&one.person.id).copied(),
            };
            let options: Html = (0..Ladder::RUNGS)
                .map(|level| {
                    let mark = if chosen == Some(level) {
                        Html::raw(" selected".to_owned())
                    } else {
                        Html::new()
                    };
                    html!(
                        "<option value=\"{}\"{}>{}</option>",
                        level,
                        mark,
                        rung(words, check.ladder, level)
                    )
                })
                .collect();
            let select = html!(
                "<select name=\"{}\" aria-label=\"{}\"><option value=\"\">{}</option>{}</select>",
                name,
                one.person.name(),
                words.say("progress-level-open"),
                options
            );
            vec![html!("{} {}", one.number, one.person.name()), select]
        })
        .collect();
    body.push(html!(
        "<form method=\"post\" action=\"{}\">{}{}<p class=\"actions\"><button class=\"button\">{}</button></p></form>",
        ask.path,
        token_field(ask),
        ui::plain_table("", &head, &rows),
        words.say("progress-levels-save")
    ));
    let back = format!("/teach/classes/{}/levels", class.id);
    body.push(ui::actions(&[link(
        back,
        words.say("progress-levels"),
        false,
    )]));
    Ok(Answer::Page(Page {
        title: check_name(words, &check),
        body,
        ..Page::default()
    }))
}

/// Takes the levels and sorts the children into groups.
pub(crate) fn take(tx: &mut Tx, ask: &Ask, sent: &Sent) -> Result<String> {
    let check = store::check(tx, ask.id("id")?)?;
    let class = classes::require_teaches(tx, ask.actor()?, check.class, ask.today)?;
    let mut levels = Vec::new();
    for one in classes::listed(tx, class.id, ask.today)? {
        let text = sent.first(&format!("level_{}", one.number));
        if text.is_empty() {
            continue;
        }
        let level = text
            .parse()
            .map_err(|_| Refusal::about("levels", "progress-level-unknown"))?;
        levels.push((one.person.id, level));
    }
    let name = |place: usize| {
        let key = format!("progress-level-group-{}-{place}", check.ladder.code());
        ask.words.say(&key)
    };
    set_levels(tx, check.id, &levels, &name, ask.actor()?, ask.now)?;
    Ok(format!("/teach/classes/{}/levels", class.id))
}
