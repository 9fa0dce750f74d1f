//! What is in a package, what it weighs and needs, and how far the learner has come with it.

use super::outline::{Outline, Unit, outline};
use super::player::{Player, player};
use super::store::{self, Work};
use base::{Actor, Error, Id, Result, Role};
use db::Tx;
use formats::Kind;
use lang::Words;
use resources::{Rendition, Resource, Use, may_see};
use std::collections::BTreeMap;
use ui::{Html, Tone, html};
use web::{Answer, Ask, Page, Shape, Slot, View, Who};

pub(super) fn views() -> Vec<View> {
    vec![View {
        path: "/packages/{form}",
        who: Who::Anyone,
        shape: Shape::Page,
        run: package,
    }]
}

pub(super) fn slots() -> Vec<Slot> {
    vec![Slot {
        at: "resource-open",
        fill: on_resource,
    }]
}

/// A package somebody may open.
pub(super) struct Opened {
    pub resource: Resource,
    pub form: Rendition,
    /// Whose work is recorded: a learner's; others look.
    pub learner: Option<Id>,
}

fn learner(actor: Option<&Actor>) -> Option<Id> {
    actor
        .filter(|actor| actor.is_any(&[Role::Learner]))
        .map(|actor| actor.account)
}

/// The package of the path, for somebody who may see it.
pub(super) fn opened(tx: &mut Tx, ask: &Ask) -> Result<Opened> {
    let form = resources::rendition(tx, ask.id("form")?)?;
    let resource = resources::resource(tx, form.resource)?;
    if form.channel != "package" || !may_see(&resource, ask.actor.as_ref()) {
        return Err(Error::Missing);
    }
    resource.may(Use::Show)?;
    Ok(Opened {
        learner: learner(ask.actor.as_ref()),
        resource,
        form,
    })
}

/// What a unit is called: its own title, else the resource's.
pub(super) fn unit_title(words: &Words, opened: &Opened, unit: &Unit, n: usize) -> String {
    if unit.title.trim().is_empty() || n == 0 && unit.title == opened.form.name {
        resources::title(words, &opened.resource).to_owned()
    } else {
        unit.title.clone()
    }
}

fn size(words: &Words, bytes: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "said to one decimal")]
    let (kilo, mega) = (bytes as f64 / 1e3, bytes as f64 / 1e6);
    if bytes < 1_000_000 {
        words.say_with(
            "package-kilobytes",
            &[("n", words.decimal(kilo.max(1.0), 0).into())],
        )
    } else {
        words.say_with("package-megabytes", &[("n", words.decimal(mega, 1).into())])
    }
}

fn weight(form: &Rendition) -> u64 {
    u64::try_from(form.bytes).unwrap_or_default()
}

fn package(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let opened = opened(tx, ask)?;
    let outline = match outline(&ask.site.files, &opened.form) {
        Ok(outline) => outline,
        Err(Error::Refused(why)) => {
            let mut body = Html::new();
            for one in &why.0 {
                body.push(ui::notice(words, Tone::Warn, words.refusal(one)));
            }
            body.push(otherwise(words, &opened));
            return Ok(answer(words, &opened, body));
        }
        Err(other) => return Err(other),
    };
    let mut body = weighs(words, &opened, &outline);
    if outline.runs() {
        let works = match opened.learner {
            Some(learner) => store::of_package(tx, learner, opened.form.id)?,
            None => BTreeMap::new(),
        };
        if outline.version().is_empty() {
            body.push(html!("<p>{}</p>", words.say("package-forgets")));
        } else if opened.learner.is_none() {
            body.push(ui::notice(
                words,
                Tone::Plain,
                words.say("package-is-looked-at"),
            ));
        }
        if let (Some(course), Some(_)) = (&outline.course, opened.learner) {
            body.push(super::way::contents(tx, ask, &opened, (course, &outline))?);
        } else {
            body.push(contents(words, &opened, &outline, &works));
        }
        if outline.course.is_none() && !outline.version().is_empty() && outline.units.len() > 1 {
            body.push(html!(
                "<p><small>{}</small></p>",
                words.say("package-any-order")
            ));
        }
    } else {
        body.push(unopened(tx, words, &opened, &outline)?);
    }
    body.push(otherwise(words, &opened));
    Ok(answer(words, &opened, body))
}

fn answer(words: &Words, opened: &Opened, body: Html) -> Answer {
    Answer::Page(Page {
        title: resources::title(words, &opened.resource).to_owned(),
        body,
        ..Page::default()
    })
}

fn weighs(words: &Words, opened: &Opened, outline: &Outline) -> Html {
    let says = words.say_with(
        "package-weighs",
        &[
            (
                "kind",
                words.code("resource-kind", outline.kind.code()).into(),
            ),
            ("size", size(words, weight(&opened.form)).into()),
            ("n", i64::try_from(outline.files).unwrap_or(i64::MAX).into()),
            ("open", size(words, outline.unpacked).into()),
        ],
    );
    let needs = if outline.runs() {
        words.say("package-needs-scripts")
    } else {
        String::new()
    };
    html!("<p>{} {}</p>", says, needs)
}

/// The table of contents, each unit with how the learner stands.
fn contents(
    words: &Words,
    opened: &Opened,
    outline: &Outline,
    works: &BTreeMap<i64, Work>,
) -> Html {
    let at = |n: usize| i64::try_from(n).ok().and_then(|n| works.get(&n));
    let href = |n: usize| format!("/packages/{}/units/{}", opened.form.id, n + 1);
    if let [unit] = outline.units.as_slice() {
        if unit.start.is_none() {
            return html!("<p>{}</p>", words.say("package-lies-elsewhere"));
        }
        let key = match at(0) {
            Some(work) if work.goes_on() => "package-go-on",
            Some(_) => "package-again",
            None => "package-open",
        };
        let label = words.say_with(key, &[("size", size(words, weight(&opened.form)).into())]);
        let action = ui::Action {
            href: href(0),
            label,
            main: true,
        };
        return html!(
            "<p>{}</p>{}",
            stands(words, at(0), unit),
            ui::actions(&[action])
        );
    }
    let mut list = Html::new();
    let mut depth = 0;
    list.push(html!("<ul>"));
    for line in &outline.lines {
        while depth < line.depth {
            list.push(html!("<li><ul>"));
            depth += 1;
        }
        while depth > line.depth {
            list.push(html!("</ul></li>"));
            depth -= 1;
        }
        let unit = line.unit.and_then(|n| Some((n, outline.units.get(n)?)));
        list.push(match unit {
            Some((n, unit)) if unit.start.is_some() => html!(
                "<li>{} {}</li>",
                ui::link(&href(n), apart(&line.title)),
                stands(words, at(n), unit)
            ),
            Some(_) => html!(
                "<li>{} ({})</li>",
                apart(&line.title),
                words.say("package-lies-elsewhere")
            ),
            None => html!("<li><strong>{}</strong></li>", apart(&line.title)),
        });
    }
    while depth > 0 {
        list.push(html!("</ul></li>"));
        depth -= 1;
    }
    list.push(html!("</ul>"));
    let done = works
        .values()
        .filter(|work| work.standing.completed == Some(true))
        .count();
    let all = outline.units.iter().filter(|unit| unit.talks).count();
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let bar = if opened.learner.is_some() && all > 0 {
        let says = words.say_with(
            "package-done",
            &[("n", count(done).into()), ("all", count(all).into())],
        );
        html!("<p>{}</p>", says)
    } else {
        Html::new()
    };
    html!(
        "{}{}",
        bar,
        ui::section(&words.say("package-contents"), list)
    )
}

/// A title in whatever language, apart from the direction of the words around it.
fn apart(title: &str) -> Html {
    html!("<bdi>{}</bdi>", title)
}

/// How a learner stands with a unit, in words.
pub(super) fn stands(words: &Words, work: Option<&Work>, unit: &Unit) -> Html {
    let Some(work) = work.filter(|_| unit.talks) else {
        return Html::new();
    };
    let now = &work.standing;
    let code = match (now.passed, now.completed) {
        (Some(true), _) => "passed",
        (Some(false), _) => "failed",
        (None, Some(true)) => "completed",
        _ => "begun",
    };
    let tone = match code {
        "passed" | "completed" => Tone::Good,
        "failed" => Tone::Warn,
        _ => Tone::Busy,
    };
    let mut out = ui::tag_as(tone, &words.say(&format!("package-state-{code}")));
    if let Some(score) = now.score {
        let says = words.say_with("package-score", &[("score", words.share(score).into())]);
        out.push(html!(" {}", says));
    }
    let minutes = (work.total() + 59) / 60;
    if minutes > 0 {
        let says = words.say_with("package-minutes", &[("n", minutes.into())]);
        out.push(html!(" {}", says));
    }
    out
}

/// What there is of a package whose pages do not run by themselves: its questions, its program, or words
/// about why not.
fn unopened(tx: &mut Tx, words: &Words, opened: &Opened, outline: &Outline) -> Result<Html> {
    let mut out = Html::new();
    let player = player(tx)?.filter(|_| outline.plays());
    let asks = outline.kind == Kind::H5p && !outline.items.is_empty();
    let work = match opened.learner {
        Some(learner) if asks || player.is_some() => {
            store::of_unit(tx, learner, opened.form.id, 0)?
        }
        _ => None,
    };
    let talks = Unit {
        talks: true,
        ..Unit::default()
    };
    let standing = stands(words, work.as_ref(), &talks);
    if !standing.is_empty() {
        out.push(html!("<p>{}</p>", standing));
    }
    if let Some(player) = &player {
        out.push(played(words, opened, player, work.as_ref()));
    } else if outline.wants_player() {
        out.push(unplayed(words, outline));
    } else if !asks {
        let says = words.say("package-not-opened");
        out.push(ui::notice(words, Tone::Plain, says));
    }
    if asks {
        out.push(html!("<p>{}</p>", words.say("package-h5p-items")));
        let count = outline.items.len().min(super::questions::MOST);
        let n = i64::try_from(count).unwrap_or(i64::MAX);
        let action = ui::Action {
            href: format!("/packages/{}/questions", opened.form.id),
            label: words.say_with("package-answer", &[("n", n.into())]),
            main: player.is_none(),
        };
        out.push(ui::actions(&[action]));
    }
    if player.is_none() {
        for why in &outline.unread {
            out.push(html!("<p>{}</p>", words.refusal(why)));
        }
    }
    Ok(out)
}

/// An H5P file that its own program plays: what it weighs with the player, and the way in.
fn played(words: &Words, opened: &Opened, player: &Player, work: Option<&Work>) -> Html {
    let of_player = u64::try_from(player.bytes).unwrap_or_default();
    let both = size(words, weight(&opened.form).saturating_add(of_player));
    let says = words.say_with(
        "package-h5p-plays",
        &[("size", size(words, of_player).into())],
    );
    let key = match work {
        Some(work) if work.goes_on() => "package-go-on",
        Some(_) => "package-again",
        None => "package-open",
    };
    let action = ui::Action {
        href: format!("/packages/{}/units/1", opened.form.id),
        label: words.say_with(key, &[("size", both.into())]),
        main: true,
    };
    let looked = if opened.learner.is_none() {
        ui::notice(words, Tone::Plain, words.say("package-is-looked-at"))
    } else {
        Html::new()
    };
    html!(
        "<p>{} {}</p>{}{}",
        says,
        words.say("package-needs-scripts"),
        looked,
        ui::actions(&[action])
    )
}

/// Why an H5P file is not played: it lacks parts of its program, or nobody has installed a player.
fn unplayed(words: &Words, outline: &Outline) -> Html {
    let missing = outline
        .play
        .as_ref()
        .map_or(&[] as &[String], |play| &play.missing);
    if missing.is_empty() {
        let says = format!(
            "{} {}",
            words.say("package-h5p-text"),
            words.say("package-h5p-player")
        );
        return ui::notice(words, Tone::Plain, says);
    }
    let mut names = Html::new();
    for name in missing {
        names.push(html!("<li><bdi>{}</bdi></li>", name));
    }
    let says = ui::notice(words, Tone::Warn, words.say("package-h5p-missing"));
    html!("{}<ul>{}</ul>", says, names)
}

/// The ways that need no scripts: the text, and the file itself where it may be passed on.
fn otherwise(words: &Words, opened: &Opened) -> Html {
    let (r, form) = (&opened.resource, &opened.form);
    let text = ui::link(
        &format!("/resources/{}", r.id),
        words.say("package-read-text"),
    );
    let mut list = html!("<li>{}</li>", text);
    if r.may(Use::PassOn).is_ok() {
        let says = words.say_with(
            "package-download",
            &[("size", size(words, weight(form)).into())],
        );
        let href = format!("/resources/{}/download/{}", r.id, form.id);
        list.push(html!("<li>{}</li>", ui::link(&href, says)));
    }
    ui::section(&words.say("package-otherwise"), html!("<ul>{}</ul>", list))
}

/// On the resource's own page: the ways to open its packages.
fn on_resource(tx: &mut Tx, ask: &Ask, id: &str) -> Result<Html> {
    let words = &ask.words;
    let resource = Id::parse(id).ok_or(Error::Missing)?;
    let mut out = Html::new();
    for form in resources::renditions(tx, resource)? {
        let ours = form.channel == "package"
            && outline(&ask.site.files, &form).is_ok_and(|one| one.kind != Kind::Cmi5);
        if ours {
            let label = words.say_with(
                "package-see",
                &[
                    ("name", form.name.clone().into()),
                    ("size", size(words, weight(&form)).into()),
                ],
            );
            let action = ui::Action {
                href: format!("/packages/{}", form.id),
                label,
                main: true,
            };
            out.push(ui::actions(&[action]));
        }
    }
    Ok(out)
}
