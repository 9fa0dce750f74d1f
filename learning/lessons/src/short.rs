//! Items on other channels: on paper, and in a short message or a voice.

use crate::figure;
use crate::shown::{content, dir, inline, letter, mixed, spoken};
use formats::item::{Interaction, Item, Text};
use lang::Words;
use ui::{Html, html};

/// The item on paper: the question with letters, boxes or lines to write on.
pub fn on_paper(words: &Words, lang: &str, item: &Item) -> Html {
    let lang = spoken(&item.langs(), lang);
    let lettered = |parts: Vec<&Text>| -> Html {
        parts
            .iter()
            .enumerate()
            .map(|(n, text)| {
                html!(
                    "<li><strong>{}</strong> {}</li>",
                    letter(lang, n).to_string(),
                    inline(&content(words, text, lang))
                )
            })
            .collect()
    };
    let blanks = || html!("<p>{}</p>", "_".repeat(16));
    let below = match &item.interaction {
        Interaction::Choice { options } | Interaction::Several { options } => {
            html!(
                "<ul class=\"plain\">{}</ul>",
                lettered(options.iter().map(|o| &o.text).collect())
            )
        }
        Interaction::Order { parts } => html!(
            "<ul class=\"plain\">{}</ul><p>{} {}</p>",
            lettered(mixed(item, parts).iter().map(|p| &p.text).collect()),
            words.say("lessons-paper-order"),
            vec!["___"; parts.len()].join("  ")
        ),
        Interaction::Match { left, right, .. } => {
            let from: Html = left
                .iter()
                .map(|part| {
                    html!(
                        "<li>{}: ______</li>",
                        inline(&content(words, &part.text, lang))
                    )
                })
                .collect();
            html!(
                "<p>{}</p><ol>{}</ol><ul class=\"plain\">{}</ul>",
                words.say("lessons-paper-match"),
                from,
                lettered(mixed(item, right).iter().map(|p| &p.text).collect())
            )
        }
        Interaction::Word { .. } => blanks(),
        Interaction::Number { unit, .. } => html!(
            "<p>{} {}</p>",
            "_".repeat(10),
            inline(&content(words, unit, lang))
        ),
        Interaction::Open { lines, .. } => {
            (0..(*lines).clamp(2, 12)).map(|_| html!("<hr>")).collect()
        }
    };
    html!(
        "<section lang=\"{}\" dir=\"{}\">{}{}</section>",
        lang,
        dir(lang),
        content(words, &item.prompt, lang),
        below
    )
}

/// The item as plain text with letters: for short messages and voices.
pub fn in_short(lang: &str, item: &Item) -> String {
    let lang = spoken(&item.langs(), lang);
    let mut out = figure::plain(item.prompt.get(lang));
    let mut list = |texts: Vec<&Text>| {
        for (n, text) in texts.iter().enumerate() {
            out.push_str(&format!(
                "\n{}) {}",
                letter(lang, n),
                figure::plain(text.get(lang))
            ));
        }
    };
    match &item.interaction {
        Interaction::Choice { options } | Interaction::Several { options } => {
            list(options.iter().map(|o| &o.text).collect());
        }
        Interaction::Order { parts } => list(mixed(item, parts).iter().map(|p| &p.text).collect()),
        Interaction::Match { left, right, .. } => {
            let from: Vec<String> = left
                .iter()
                .enumerate()
                .map(|(n, part)| format!("\n{}. {}", n + 1, figure::plain(part.text.get(lang))))
                .collect();
            list(mixed(item, right).iter().map(|p| &p.text).collect());
            out.push_str(&from.concat());
        }
        Interaction::Word { .. } | Interaction::Number { .. } | Interaction::Open { .. } => {}
    }
    out
}
