//! Sounds and films on the resource's own page: nothing is fetched before somebody plays it, and what
//! that takes is said first.

use super::resource::direction;
use super::size;
use crate::resource::{Rendition, Resource};
use lang::Words;
use ui::{Html, html};

/// How heavy a form is, and how long it lasts.
pub(super) fn weighs(words: &Words, form: &Rendition) -> String {
    let weight = size(words, form.bytes);
    match form.seconds {
        None => weight,
        Some(seconds) => words.say_with(
            "resource-size-minutes",
            &[("size", weight.into()), ("n", ((seconds + 59) / 60).into())],
        ),
    }
}

/// A player for the lightest recording of each language, and for every film with its subtitles.
pub(super) fn players(words: &Words, r: &Resource, forms: &[Rendition]) -> Html {
    let mut out = Html::new();
    for one in forms {
        let tag = match one.channel.as_str() {
            "audio" if one.mime.starts_with("audio/") && is_lightest(one, forms) => "audio",
            "video" if one.mime.starts_with("video/") => "video",
            _ => continue,
        };
        let label = words.code("resource-channel", &one.channel);
        let source = format!("/resources/{}/download/{}", r.id, one.id);
        let lang = one.lang.as_deref().or(r.langs.first().map(String::as_str));
        let name = html!(
            "<bdi lang=\"{}\" dir=\"{}\">{}</bdi>",
            lang.unwrap_or("und"),
            direction(lang.unwrap_or("und")),
            one.name
        );
        let tracks = if tag == "video" {
            tracks(words, r, forms)
        } else {
            Html::new()
        };
        // Inside stands what a browser without players shows.
        let inside = ui::link(&source, &one.name);
        let opening = format!("{label}: {}", one.name);
        let player = if tag == "video" {
            html!(
                "<video controls preload=\"none\" width=\"288\" playsinline aria-label=\"{}\" src=\"{}\">{}{}</video>",
                opening,
                source,
                tracks,
                inside
            )
        } else {
            html!(
                "<audio controls preload=\"none\" aria-label=\"{}\" src=\"{}\">{}</audio>",
                opening,
                source,
                inside
            )
        };
        out.push(html!(
            "<figure><figcaption>{}: {} ({})</figcaption>{}</figure>",
            label,
            name,
            weighs(words, one),
            player
        ));
    }
    out
}

/// No other recording in the same language is lighter.
fn is_lightest(one: &Rendition, forms: &[Rendition]) -> bool {
    let mut others = forms.iter().filter(|other| {
        other.channel == "audio" && other.mime.starts_with("audio/") && other.lang == one.lang
    });
    others.all(|other| (one.bytes, one.id) <= (other.bytes, other.id))
}

/// The subtitles a resource has, as a film's tracks; those in the film's first language show at once.
fn tracks(words: &Words, r: &Resource, forms: &[Rendition]) -> Html {
    let mut out = Html::new();
    let subtitles = forms.iter().filter(|one| one.channel == "subtitles");
    for (n, one) in subtitles.enumerate() {
        let lang = one.lang.as_deref().or(r.langs.first().map(String::as_str));
        let lang = lang.unwrap_or("und");
        let label = format!("{} ({lang})", words.code("resource-channel", "subtitles"));
        let source = format!("/resources/{}/subtitles/{}", r.id, one.id);
        let shown = if n == 0 { " default" } else { "" };
        out.push(Html::raw(format!(
            "<track kind=\"subtitles\" srclang=\"{}\" label=\"{}\" src=\"{}\"{shown}>",
            ui::text(lang),
            ui::text(&label),
            ui::text(&source)
        )));
    }
    out
}
