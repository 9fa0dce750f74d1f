//! How items and steps are shown and answered: HTML forms without script, paper, short messages. Content stays data.

use crate::figure;
use crate::mark::Marked;
use base::{Error, Refusal, Refusals, Result};
use formats::item::{Answer, Choice, Interaction, Item, Part, Text};
use lang::Words;
use std::collections::{BTreeMap, BTreeSet};
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
    let question = html!(
        "<section id=\"{}-q\">{}</section>",
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

/// Reads what a form sent for an item: values by the names of the controls. An answer that cannot be meant is refused
/// with words, so that nothing is counted against a slip of the finger.
///
/// # Errors
/// Refused when nothing was answered, or not all of it.
pub fn read_answer(
    item: &Item,
    prefix: &str,
    given: &BTreeMap<String, Vec<String>>,
) -> Result<Answer> {
    let all = |name: &str| given.get(name).map(Vec::as_slice).unwrap_or_default();
    let one = |name: &str| {
        all(name)
            .iter()
            .map(|text| text.trim())
            .find(|text| !text.is_empty())
    };
    let part = |n: usize| one(&format!("{prefix}_{}", n + 1));
    let no = |key: &str| Error::from(Refusal::about(prefix, key));
    let text = || {
        let text = one(prefix).ok_or_else(|| no("lessons-answer-empty"))?;
        if text.chars().count() > ANSWER_MAX {
            return Err(no("lessons-answer-long"));
        }
        Ok(text.to_owned())
    };
    match &item.interaction {
        Interaction::Choice { options } => {
            let id = one(prefix).ok_or_else(|| no("lessons-answer-choose"))?;
            known(options, id, prefix).map(Answer::Choice)
        }
        Interaction::Several { options } => {
            let parts = (0..options.len()).filter_map(part);
            let whole = all(prefix)
                .iter()
                .map(|id| id.trim())
                .filter(|id| !id.is_empty());
            let ids: Result<BTreeSet<String>> = parts
                .chain(whole)
                .map(|id| known(options, id, prefix))
                .collect();
            let ids = ids?;
            if ids.is_empty() {
                return Err(no("lessons-answer-choose"));
            }
            Ok(Answer::Several(ids))
        }
        Interaction::Word { .. } => text().map(Answer::Word),
        Interaction::Number { unit, .. } => {
            let text = text()?;
            let readable = unit
                .0
                .values()
                .map(|unit| formats::plain(unit))
                .chain([String::new()])
                .any(|unit| {
                    ["en", "fr"]
                        .iter()
                        .any(|lang| crate::number::parse(&text, lang, &unit).is_some())
                });
            if readable {
                Ok(Answer::Number(text))
            } else {
                Err(no("lessons-answer-not-number"))
            }
        }
        Interaction::Order { parts } => {
            let shown = mixed(item, parts);
            let mut places: Vec<Option<String>> = vec![None; shown.len()];
            let mut twice = false;
            for (n, shown) in shown.iter().enumerate() {
                let at = part(n)
                    .and_then(|at| at.parse::<usize>().ok())
                    .and_then(|at| at.checked_sub(1));
                let Some(place) = at.and_then(|at| places.get_mut(at)) else {
                    return Err(no("lessons-answer-incomplete"));
                };
                twice |= place.replace(shown.id.clone()).is_some();
            }
            if twice {
                return Err(no("lessons-answer-order-twice"));
            }
            Ok(Answer::Order(places.into_iter().flatten().collect()))
        }
        Interaction::Match { left, right, .. } => {
            let mut pairs = BTreeMap::new();
            for (n, from) in left.iter().enumerate() {
                let to = part(n).filter(|id| right.iter().any(|part| part.id == *id));
                let to = to.ok_or_else(|| no("lessons-answer-incomplete"))?;
                pairs.insert(from.id.clone(), to.to_owned());
            }
            Ok(Answer::Match(pairs))
        }
        Interaction::Open { .. } => text().map(Answer::Open),
    }
}

fn known(options: &[Choice], id: &str, prefix: &str) -> Result<String> {
    let found = options.iter().find(|option| option.id == id);
    found
        .map(|option| option.id.clone())
        .ok_or_else(|| Refusal::about(prefix, "lessons-answer-choose").into())
}

/// Reads an answer as it stands on paper or in a short message: `B`, `AC` for several, `BCA` for an order or for the
/// partners of a match from top to bottom, else the number or words themselves.
///
/// # Errors
/// Refused when it names no option, or not as many as are needed.
pub fn read_short(item: &Item, lang: &str, text: &str) -> Result<Answer> {
    let no = |key: &str| Error::from(Refusal::about("answer", key).with("answer", text.trim()));
    let places = |count: usize| -> Result<Vec<usize>> {
        let letters = text.chars().filter(|c| c.is_alphabetic());
        letters
            .map(|c| {
                let upper = c.to_uppercase().next().unwrap_or(c);
                let upper = if matches!(upper, 'ا' | 'إ' | 'آ') {
                    'أ'
                } else {
                    upper
                };
                let found = (0..count).find(|n| {
                    [letter("en", *n), letter(lang, *n), letter("ar", *n)].contains(&upper)
                });
                found.ok_or_else(|| no("lessons-answer-no-such-letter"))
            })
            .collect()
    };
    match &item.interaction {
        Interaction::Choice { options } => match places(options.len())?.as_slice() {
            [one] => Ok(Answer::Choice(
                options.get(*one).map(|o| o.id.clone()).unwrap_or_default(),
            )),
            [] => Err(no("lessons-answer-empty")),
            _ => Err(no("lessons-answer-one-letter")),
        },
        Interaction::Several { options } => {
            let found = places(options.len())?;
            let ids: BTreeSet<String> = found
                .iter()
                .filter_map(|n| options.get(*n))
                .map(|o| o.id.clone())
                .collect();
            if ids.is_empty() {
                Err(no("lessons-answer-empty"))
            } else {
                Ok(Answer::Several(ids))
            }
        }
        Interaction::Order { parts } => {
            let shown = mixed(item, parts);
            let found = places(shown.len())?;
            let ids: Vec<String> = found
                .iter()
                .filter_map(|n| shown.get(*n))
                .map(|part| part.id.clone())
                .collect();
            let once: BTreeSet<&String> = ids.iter().collect();
            if ids.len() == parts.len() && once.len() == ids.len() {
                Ok(Answer::Order(ids))
            } else {
                Err(no("lessons-answer-letters-missing"))
            }
        }
        Interaction::Match { left, right, .. } => {
            let shown = mixed(item, right);
            let found = places(shown.len())?;
            if found.len() != left.len() {
                return Err(no("lessons-answer-letters-missing"));
            }
            let to = found
                .iter()
                .filter_map(|n| shown.get(*n))
                .map(|part| part.id.clone());
            Ok(Answer::Match(
                left.iter().map(|part| part.id.clone()).zip(to).collect(),
            ))
        }
        Interaction::Word { .. } | Interaction::Number { .. } | Interaction::Open { .. } => {
            let given = BTreeMap::from([("answer".to_owned(), vec![text.to_owned()])]);
            read_answer(item, "answer", &given)
        }
    }
}

/// The right answer as it stands on paper; none where a teacher marks.
pub fn key(item: &Item, lang: &str) -> Option<String> {
    let letters = |ids: Vec<&str>, shown: &[&str]| -> String {
        let signs = ids
            .iter()
            .filter_map(|id| shown.iter().position(|s| s == id));
        signs.map(|n| letter(lang, n)).collect()
    };
    match &item.interaction {
        Interaction::Choice { options } | Interaction::Several { options } => {
            let shown: Vec<&str> = options.iter().map(|o| o.id.as_str()).collect();
            let right = options
                .iter()
                .filter(|o| o.right)
                .map(|o| o.id.as_str())
                .collect();
            Some(letters(right, &shown))
        }
        Interaction::Word { accepted, .. } => {
            let own = accepted.get(lang).or_else(|| accepted.values().next());
            own.and_then(|all| all.first()).cloned()
        }
        Interaction::Number { answer, unit, .. } => {
            let unit = formats::plain(unit.get(lang));
            Some(format!("{answer} {unit}").trim().to_owned())
        }
        Interaction::Order { parts } => {
            let shown: Vec<&str> = mixed(item, parts).iter().map(|p| p.id.as_str()).collect();
            Some(letters(
                parts.iter().map(|p| p.id.as_str()).collect(),
                &shown,
            ))
        }
        Interaction::Match { left, right, pairs } => {
            let shown: Vec<&str> = mixed(item, right).iter().map(|p| p.id.as_str()).collect();
            let to = left
                .iter()
                .filter_map(|p| pairs.get(&p.id))
                .map(String::as_str)
                .collect();
            Some(letters(to, &shown))
        }
        Interaction::Open { .. } => None,
    }
}

/// The right answer as data; none where a teacher marks.
pub fn right_answer(item: &Item, lang: &str) -> Option<Answer> {
    read_short(item, lang, &key(item, lang)?).ok()
}

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
