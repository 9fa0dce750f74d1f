//! How items are shown: HTML forms without script. Content stays data.

use crate::figure;
use crate::mark::Marked;
use base::Refusals;
use formats::item::{Answer, Choice, Interaction, Item, Part, Text};
use lang::Words;
use std::collections::BTreeMap;
use ui::{Html, Tone, html};

/// The direction a language is written in.
pub fn dir(lang: &str) -> &'static str {
    let primary = lang.split('-').next().unwrap_or(lang);
    if ["ar", "fa", "ur", "he", "ps", "ckb", "sd", "yi", "dv", "ug"].contains(&primary) {
        "rtl"
    } else {
        "ltr"
    }
}

/// The language something is shown in: the one wanted where there is a text, else the first there is.
pub fn spoken<'a>(langs: &[&'a str], wanted: &'a str) -> &'a str {
    let primary = wanted.split('-').next().unwrap_or(wanted);
    [wanted, primary, "en"]
        .into_iter()
        .find(|lang| langs.contains(lang))
        .or_else(|| langs.first().copied())
        .unwrap_or(wanted)
}

/// A text of content in a language, drawn, as HTML.
pub fn content(words: &Words, text: &Text, lang: &str) -> Html {
    // Texts of content were sanitised when they were read.
    Html::raw(figure::drawn(words, text.get(lang)))
}

/// The sign of the nth option, from 0: a letter of the language's script.
pub fn letter(lang: &str, n: usize) -> char {
    const ARABIC: [char; 20] = [
        'أ', 'ب', 'ج', 'د', 'ه', 'و', 'ز', 'ح', 'ط', 'ي', 'ك', 'ل', 'م', 'ن', 'س', 'ع', 'ف', 'ص',
        'ق', 'ر',
    ];
    if lang == "ar" || lang.starts_with("ar-") {
        ARABIC.get(n).copied().unwrap_or('؟')
    } else {
        let n = u8::try_from(n).unwrap_or(u8::MAX).min(25);
        char::from(b'A' + n)
    }
}

/// The order in which mixed parts are shown: always the same for one item, on every channel, and never the right one.
pub fn mixed<'a>(item: &Item, parts: &'a [Part]) -> Vec<&'a Part> {
    let salt = item.prompt.get("en");
    let mut order: Vec<(u64, usize)> = parts
        .iter()
        .enumerate()
        .map(|(place, part)| (hash(salt, &part.id), place))
        .collect();
    order.sort_unstable();
    if order.len() > 1 && order.iter().enumerate().all(|(n, (_, place))| n == *place) {
        order.rotate_left(1);
    }
    order
        .into_iter()
        .filter_map(|(_, place)| parts.get(place))
        .collect()
}

fn hash(salt: &str, id: &str) -> u64 {
    let bytes = salt.bytes().chain([0]).chain(id.bytes());
    let sum = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    sum ^ (sum >> 31)
}

/// Names of the controls under the prefix `answer`: the whole, then its parts, for forms that are declared.
pub const CONTROLS: [&str; 21] = [
    "answer",
    "answer_1",
    "answer_2",
    "answer_3",
    "answer_4",
    "answer_5",
    "answer_6",
    "answer_7",
    "answer_8",
    "answer_9",
    "answer_10",
    "answer_11",
    "answer_12",
    "answer_13",
    "answer_14",
    "answer_15",
    "answer_16",
    "answer_17",
    "answer_18",
    "answer_19",
    "answer_20",
];

/// The declared fields that take the answer to any item, under the prefix `answer`.
pub fn answer_form() -> web::Form {
    let field = |name: &'static str| {
        if name == "answer" {
            web::Field::words(name).max(ANSWER_MAX).optional()
        } else {
            web::Field::text(name).optional()
        }
    };
    CONTROLS.into_iter().map(field).collect()
}

/// What was entered in [`answer_form`], as [`read_answer`] takes it with the prefix `answer`.
pub fn entered(values: &web::Values) -> BTreeMap<String, Vec<String>> {
    let given = |name: &&str| {
        values
            .opt_text(name)
            .map(|text| ((*name).to_owned(), vec![text.to_owned()]))
    };
    CONTROLS.iter().filter_map(given).collect()
}

/// Characters of an answer in own words.
pub const ANSWER_MAX: usize = 5_000;

/// The question and its controls, without form and button. `given` is what was answered before; `marked` what came of
/// it. Controls are named `{prefix}`, or `{prefix}_1`, `{prefix}_2` … where there are several.
pub fn render_item(
    words: &Words,
    lang: &str,
    item: &Item,
    given: Option<&Answer>,
    marked: Option<&Marked>,
    prefix: &str,
) -> Html {
    let lang = spoken(&item.langs(), lang);
    let sound = crate::sounds::heard(&item.sounds, lang);
    let question = html!(
        "{}<section id=\"{}-q\">{}</section>",
        sound.map(|sound| crate::sounds::player(words, sound)),
        prefix,
        content(words, &item.prompt, lang)
    );
    let asked = Asked {
        words,
        lang,
        item,
        given,
        marked,
        prefix,
    };
    let mut out = html!(
        "<section lang=\"{}\" dir=\"{}\">{}{}</section>",
        lang,
        dir(lang),
        question,
        asked.controls()
    );
    if let Some(marked) = marked {
        out.push(said(words, lang, marked));
    } else if !item.hint.is_empty() {
        out.push(html!(
            "<details><summary>{}</summary><div lang=\"{}\" dir=\"{}\">{}</div></details>",
            words.say("lessons-hint"),
            lang,
            dir(lang),
            content(words, &item.hint, lang)
        ));
    }
    out
}

/// What came of an answer, as a notice.
pub fn said(words: &Words, lang: &str, marked: &Marked) -> Html {
    let (tone, key) = match marked.right {
        Some(true) => (Tone::Good, "lessons-right"),
        Some(false) if marked.score > 0.0 => (Tone::Warn, "lessons-partly-right"),
        Some(false) => (Tone::Warn, "lessons-not-right"),
        None => (Tone::Busy, "lessons-sent"),
    };
    let note = marked
        .note
        .as_ref()
        .map(|note| html!("<p>{}</p>", words.refusal(note)));
    let feedback = Html::raw(figure::drawn(words, &marked.feedback));
    ui::notice(
        words,
        tone,
        html!(
            "<p><strong>{}</strong></p>{}<div lang=\"{}\" dir=\"{}\">{}</div>",
            words.say(key),
            note,
            lang,
            dir(lang),
            feedback
        ),
    )
}

struct Asked<'a> {
    words: &'a Words,
    lang: &'a str,
    item: &'a Item,
    given: Option<&'a Answer>,
    marked: Option<&'a Marked>,
    prefix: &'a str,
}

impl Asked<'_> {
    fn controls(&self) -> Html {
        match &self.item.interaction {
            Interaction::Choice { options } => self.ticks(
                "radio",
                options,
                |id| matches!(self.given, Some(Answer::Choice(chosen)) if chosen == id),
            ),
            Interaction::Several { options } => self.ticks(
                "checkbox",
                options,
                |id| matches!(self.given, Some(Answer::Several(chosen)) if chosen.contains(id)),
            ),
            Interaction::Word { .. } => {
                let given = match self.given {
                    Some(Answer::Word(word)) => word,
                    _ => "",
                };
                self.line(given, "autocomplete=\"off\" autocapitalize=\"none\" size=\"24\" maxlength=\"200\" dir=\"auto\"", None)
            }
            Interaction::Number { unit, .. } => {
                let given = match self.given {
                    Some(Answer::Number(number)) => number,
                    _ => "",
                };
                self.line(
                    given,
                    "autocomplete=\"off\" size=\"10\" maxlength=\"40\" dir=\"ltr\"",
                    Some(unit),
                )
            }
            Interaction::Order { parts } => self.order(parts),
            Interaction::Match { left, right, .. } => self.pairs(left, right),
            Interaction::Open { lines, .. } => {
                let given = match self.given {
                    Some(Answer::Open(text)) => text,
                    _ => "",
                };
                html!(
                    "<div class=\"field\"><textarea name=\"{}\" aria-labelledby=\"{}-q\" rows=\"{}\" maxlength=\"{}\" dir=\"auto\">\n{}</textarea></div>",
                    self.prefix,
                    self.prefix,
                    i64::from((*lines).clamp(3, 20)),
                    ANSWER_MAX.to_string(),
                    given
                )
            }
        }
    }

    fn sign(&self, id: &str) -> Html {
        let Some(right) = self.marked.and_then(|marked| marked.parts.get(id)) else {
            return Html::new();
        };
        let (tone, key) = if *right {
            (Tone::Good, "lessons-sign-right")
        } else {
            (Tone::Warn, "lessons-sign-wrong")
        };
        html!(" {}", ui::tag_as(tone, &self.words.say(key)))
    }

    fn ticks(&self, kind: &str, options: &[Choice], chosen: impl Fn(&str) -> bool) -> Html {
        let lines: Html = options
            .iter()
            .enumerate()
            .map(|(n, option)| {
                let name = if kind == "radio" { self.prefix.to_owned() } else { format!("{}_{}", self.prefix, n + 1) };
                let checked = if chosen(&option.id) { Html::raw(" checked".to_owned()) } else { Html::new() };
                html!(
                    "<label class=\"tick\"><input type=\"{}\" name=\"{}\" value=\"{}\"{}><span>{}</span><span>{}{}</span></label>",
                    kind,
                    name,
                    option.id,
                    checked,
                    letter(self.lang, n).to_string(),
                    inline(&content(self.words, &option.text, self.lang)),
                    self.sign(&option.id)
                )
            })
            .collect();
        let many = (kind == "checkbox").then(|| {
            html!(
                "<p class=\"hint\">{}</p>",
                self.words.say("lessons-choose-all")
            )
        });
        html!(
            "<fieldset class=\"field\" aria-labelledby=\"{}-q\">{}{}</fieldset>",
            self.prefix,
            many,
            lines
        )
    }

    fn line(&self, given: &str, more: &'static str, unit: Option<&Text>) -> Html {
        let unit = unit.filter(|unit| !unit.is_empty()).map(|unit| {
            html!(
                " <span>{}</span>",
                inline(&content(self.words, unit, self.lang))
            )
        });
        html!(
            "<p><input type=\"text\" name=\"{}\" aria-labelledby=\"{}-q\" value=\"{}\" {}>{}</p>",
            self.prefix,
            self.prefix,
            given,
            Html::raw(more.to_owned()),
            unit
        )
    }

    fn order(&self, parts: &[Part]) -> Html {
        let shown = mixed(self.item, parts);
        let count = shown.len();
        let lines: Html = shown
            .iter()
            .enumerate()
            .map(|(n, part)| {
                let place = match self.given {
                    Some(Answer::Order(ids)) => ids.iter().position(|id| *id == part.id),
                    _ => None,
                };
                let options: Html = (0..count)
                    .map(|at| {
                        option(
                            &(at + 1).to_string(),
                            &(at + 1).to_string(),
                            place == Some(at),
                        )
                    })
                    .collect();
                self.select(
                    n,
                    &inline(&content(self.words, &part.text, self.lang)),
                    &options,
                    &part.id,
                )
            })
            .collect();
        html!(
            "<fieldset class=\"field\" aria-labelledby=\"{}-q\"><p class=\"hint\">{}</p>{}</fieldset>",
            self.prefix,
            self.words.say("lessons-put-in-order"),
            lines
        )
    }

    fn pairs(&self, left: &[Part], right: &[Part]) -> Html {
        let shown = mixed(self.item, right);
        let lines: Html = left
            .iter()
            .enumerate()
            .map(|(n, part)| {
                let chosen = match self.given {
                    Some(Answer::Match(pairs)) => pairs.get(&part.id),
                    _ => None,
                };
                let options: Html = shown
                    .iter()
                    .map(|to| {
                        option(
                            &to.id,
                            &figure::plain(to.text.get(self.lang)),
                            chosen == Some(&to.id),
                        )
                    })
                    .collect();
                self.select(
                    n,
                    &inline(&content(self.words, &part.text, self.lang)),
                    &options,
                    &part.id,
                )
            })
            .collect();
        html!(
            "<fieldset class=\"field\" aria-labelledby=\"{}-q\"><p class=\"hint\">{}</p>{}</fieldset>",
            self.prefix,
            self.words.say("lessons-choose-pairs"),
            lines
        )
    }

    fn select(&self, n: usize, label: &Html, options: &Html, id: &str) -> Html {
        html!(
            "<label class=\"tick\"><select name=\"{}_{}\"><option value=\"\">{}</option>{}</select><span>{}{}</span></label>",
            self.prefix,
            (n + 1).to_string(),
            self.words.say("ui-choose"),
            options,
            label,
            self.sign(id)
        )
    }
}

fn option(value: &str, label: &str, chosen: bool) -> Html {
    let chosen = if chosen { " selected" } else { "" };
    html!(
        "<option value=\"{}\"{}>{}</option>",
        value,
        Html::raw(chosen.to_owned()),
        label
    )
}

/// One paragraph without its tags, so that it can stand in a line.
pub(crate) fn inline(html: &Html) -> Html {
    let text = html.as_str().trim();
    let inner = text
        .strip_prefix("<p>")
        .and_then(|rest| rest.strip_suffix("</p>"));
    match inner {
        Some(inner) if !inner.contains("<p") => Html::raw(inner.to_owned()),
        _ => html.clone(),
    }
}

/// Every fault of an item, with those only marking knows: a number that is none.
pub(crate) fn faults(item: &Item) -> Refusals {
    let mut no = item.faults();
    if let Interaction::Number {
        answer, tolerance, ..
    } = &item.interaction
    {
        let readable = |text: &str| crate::number::parse(text, "en", "").is_some();
        no.unless(
            answer.trim().is_empty() || readable(answer),
            "answer",
            "item-answer-not-a-number",
        );
        no.unless(
            tolerance.as_deref().is_none_or(readable),
            "tolerance",
            "item-answer-not-a-number",
        );
    }
    no
}
