//! H5P: the text of the common content types, and their questions as items.

mod play;

pub use play::{Play, play};

use crate::book::{Book, note};
use crate::clean::{escape, plain, sanitise};
use crate::item::{Choice, Interaction, Item, Part, Text};
use crate::{Package, Reading, licence_of, limits};
use base::{Refusal, Result};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{Read, Seek};

pub(crate) fn read<R: Read + Seek>(reading: &mut Reading, package: &mut Package<R>) -> Result<()> {
    let facts = json(package, "h5p.json")?;
    let Some(library) = facts.get("mainLibrary").and_then(Value::as_str) else {
        return Err(Refusal::about("file", "format-h5p-library").into());
    };
    let content = json(package, "content/content.json")?;
    reading.title = some(&facts, "title").map(|title| plain(&title));
    let lang = some(&facts, "language").filter(|lang| lang != "und" && crate::clean::is_lang(lang));
    reading.langs.extend(lang.clone());
    reading.licence = licence(&facts);
    if let Some(authors) = facts.get("authors").and_then(Value::as_array) {
        let names = authors
            .iter()
            .take(50)
            .filter_map(|author| some(author, "name"));
        reading.authors = names.collect();
    }
    let mut teller = Teller {
        lang: lang.unwrap_or_else(|| "und".to_owned()),
        html: String::new(),
        items: Vec::new(),
        remarks: Vec::new(),
        left: 5_000,
    };
    teller.part(library, &content, 0);
    for remark in teller.remarks {
        note(reading, remark);
    }
    let mut book = Book::default();
    book.add(
        "content/content.json",
        reading.title.clone(),
        &teller.html,
        false,
    );
    let first = teller
        .items
        .into_iter()
        .filter(|item| item.faults().0.is_empty());
    reading.items = first.take(limits::ITEMS).collect();
    book.finish(reading, package);
    reading.entry = Some("h5p.json".to_owned());
    Ok(())
}

fn json<R: Read + Seek>(package: &mut Package<R>, name: &str) -> Result<Value> {
    let refuse =
        || base::Error::from(Refusal::about("file", "format-h5p-content").with("name", name));
    let bytes = package.read(name).map_err(|error| match error {
        base::Error::Missing => refuse(),
        other => other,
    })?;
    if bytes.len() > limits::TEXT {
        return Err(Refusal::about("file", "format-text-large")
            .with("most", limits::TEXT >> 20)
            .into());
    }
    let text = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(&bytes);
    // The reader of JSON refuses what is nested too deeply by itself.
    serde_json::from_slice(text).map_err(|_| refuse())
}

fn licence(facts: &Value) -> Option<String> {
    let code = some(facts, "license").filter(|code| code != "U")?;
    let version = some(facts, "licenseVersion").unwrap_or_default();
    Some(match code.as_str() {
        "PD" | "CC PDM" => "PDM-1.0".to_owned(),
        "CC0 1.0" | "CC0" => "CC0-1.0".to_owned(),
        "C" => "all-rights-reserved".to_owned(),
        "GNU GPL" => "GPL-3.0-or-later".to_owned(),
        other => licence_of(&format!("{other} {version}")).unwrap_or_else(|| other.to_owned()),
    })
}

/// A text of an object; none when it is not there or empty.
fn some(value: &Value, key: &str) -> Option<String> {
    let text = value.get(key)?.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value
        .get(key)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}
fn is_true(value: &Value, key: &str) -> bool {
    matches!(value.get(key), Some(Value::Bool(true)))
        || value.get(key).and_then(Value::as_str) == Some("true")
}

/// Goes through the content, telling its text and collecting its questions.
struct Teller {
    lang: String,
    html: String,
    items: Vec<Item>,
    remarks: Vec<Refusal>,
    /// Parts that are still looked at.
    left: usize,
}

impl Teller {
    fn text(&self, html: &str) -> Text {
        let html = sanitise(html);
        if html.trim().is_empty() {
            Text::default()
        } else {
            Text::one(&self.lang, html)
        }
    }
    fn say(&mut self, html: &str) {
        if self.html.len() < limits::TEXT {
            self.html.push_str("<div>");
            self.html.push_str(html);
            self.html.push_str("</div>");
        }
    }
    fn head(&mut self, text: &str) {
        let text = plain(text);
        if !text.is_empty() {
            self.say(&format!("<h3>{}</h3>", escape(&text)));
        }
    }
    fn remark(&mut self, key: &str, name: &str) {
        let remark = Refusal::whole(key).with("name", name);
        if self.remarks.len() < limits::REASONS && !self.remarks.contains(&remark) {
            self.remarks.push(remark);
        }
    }
    fn picture(&mut self, file: Option<&Value>, alt: &str) {
        let path = file.and_then(|file| some(file, "path"));
        let Some(path) = path.filter(|path| !path.contains(':')) else {
            return;
        };
        self.say(&format!(
            "<img src=\"{}\" alt=\"{}\">",
            escape(&path),
            escape(&plain(alt))
        ));
    }
    fn sound(&mut self, value: &Value, key: &str) {
        for file in list(value, key).iter().take(1) {
            let path = some(file, "path").unwrap_or_default();
            let mime = some(file, "mime").unwrap_or_default();
            if path.contains("://") {
                self.say(&format!("<a href=\"{0}\">{0}</a>", escape(&path)));
            } else if !path.is_empty() && mime.starts_with("audio") {
                self.say(&format!("<audio src=\"{}\"></audio>", escape(&path)));
            } else if !path.is_empty() {
                self.say(&format!("<video src=\"{}\"></video>", escape(&path)));
            }
        }
    }

    /// A part that names its own library.
    fn inner(&mut self, value: &Value, depth: usize) {
        let library = some(value, "library").unwrap_or_default();
        if let Some(params) = value.get("params") {
            let name = library.split(' ').next().unwrap_or_default();
            self.part(name, params, depth + 1);
        }
    }

    fn part(&mut self, library: &str, value: &Value, depth: usize) {
        if self.left == 0 || depth > 20 {
            return;
        }
        self.left -= 1;
        match library {
            "H5P.MultiChoice" => self.choices(value),
            "H5P.TrueFalse" => self.true_false(value),
            "H5P.SingleChoiceSet" => self.single_choices(value),
            "H5P.Blanks" => self.blanks(value),
            "H5P.DragText" => self.drag_text(value),
            "H5P.MarkTheWords" => self.marked_words(value),
            "H5P.Essay" => self.essay(value),
            "H5P.Dialogcards" | "H5P.Flashcards" => self.cards(value),
            "H5P.Text" | "H5P.AdvancedText" => {
                self.say(&some(value, "text").unwrap_or_default());
            }
            "H5P.Table" => self.say(&some(value, "text").unwrap_or_default()),
            "H5P.Image" => {
                let alt = some(value, "alt").unwrap_or_default();
                self.picture(value.get("file"), &alt);
            }
            "H5P.Audio" => self.sound(value, "files"),
            "H5P.Video" => self.sound(value, "sources"),
            "H5P.Link" => {
                let title = some(value, "title").unwrap_or_default();
                self.say(&escape(&title));
            }
            _ => self.holder(library, value, depth),
        }
    }

    /// Content that holds other content.
    fn holder(&mut self, library: &str, value: &Value, depth: usize) {
        match library {
            "H5P.Column" | "H5P.RowColumn" => {
                for part in list(value, "content") {
                    self.inner(part.get("content").unwrap_or(part), depth);
                }
            }
            "H5P.InteractiveBook" => {
                for chapter in list(value, "chapters") {
                    let title = chapter.pointer("/metadata/title").and_then(Value::as_str);
                    self.head(title.unwrap_or_default());
                    self.inner(chapter, depth);
                }
            }
            "H5P.CoursePresentation" => {
                let slides = value
                    .pointer("/presentation/slides")
                    .and_then(Value::as_array);
                for slide in slides.map_or(&[] as &[Value], Vec::as_slice) {
                    for element in list(slide, "elements") {
                        self.inner(element.get("action").unwrap_or(element), depth);
                    }
                }
            }
            "H5P.QuestionSet" => {
                self.say(
                    value
                        .pointer("/introPage/introduction")
                        .and_then(Value::as_str)
                        .unwrap_or_default(),
                );
                for question in list(value, "questions") {
                    self.inner(question, depth);
                }
            }
            "H5P.InteractiveVideo" => {
                if let Some(sources) = value.pointer("/interactiveVideo/video") {
                    self.sound(sources, "files");
                }
                let parts = value
                    .pointer("/interactiveVideo/assets/interactions")
                    .and_then(Value::as_array);
                for part in parts.map_or(&[] as &[Value], Vec::as_slice) {
                    self.inner(part.get("action").unwrap_or(part), depth);
                }
            }
            "H5P.Accordion" => {
                for panel in list(value, "panels") {
                    self.head(&some(panel, "title").unwrap_or_default());
                    self.inner(panel.get("content").unwrap_or(panel), depth);
                }
            }
            _ => {
                if library.is_empty() {
                    return;
                }
                self.remark("format-h5p-kind", library);
                self.anything(value, depth);
            }
        }
    }

    /// Of what is not known: the texts that look like content, and the pictures.
    fn anything(&mut self, value: &Value, depth: usize) {
        const TOLD: [&str; 14] = [
            "title",
            "text",
            "description",
            "question",
            "taskDescription",
            "introduction",
            "intro",
            "greeting",
            "summary",
            "answer",
            "label",
            "labelText",
            "body",
            "header",
        ];
        if self.left == 0 || depth > 20 {
            return;
        }
        self.left -= 1;
        match value {
            Value::Object(fields) => {
                if let Some(library) = fields.get("library").and_then(Value::as_str)
                    && fields.contains_key("params")
                    && library.starts_with("H5P.")
                {
                    return self.inner(value, depth);
                }
                if fields.get("path").is_some_and(Value::is_string) {
                    return self.picture(Some(value), &some(value, "alt").unwrap_or_default());
                }
                for key in TOLD {
                    if let Some(text) = some(value, key) {
                        self.say(&text);
                    }
                }
                for (key, inner) in fields {
                    if !matches!(
                        key.as_str(),
                        "behaviour"
                            | "l10n"
                            | "a11y"
                            | "metadata"
                            | "copyright"
                            | "UI"
                            | "override"
                    ) {
                        self.anything(inner, depth + 1);
                    }
                }
            }
            Value::Array(parts) => parts.iter().for_each(|part| self.anything(part, depth + 1)),
            _ => {}
        }
    }

    fn media(&mut self, value: &Value) {
        if let Some(media) = value.pointer("/media/type") {
            self.inner(media, 1);
        }
    }

    fn choices(&mut self, value: &Value) {
        self.media(value);
        let answers = list(value, "answers");
        let options: Vec<Choice> = answers
            .iter()
            .enumerate()
            .map(|(n, answer)| {
                let said = answer
                    .pointer("/tipsAndFeedback/chosenFeedback")
                    .and_then(Value::as_str);
                Choice {
                    id: format!("a{}", n + 1),
                    text: self.text(&some(answer, "text").unwrap_or_default()),
                    right: is_true(answer, "correct"),
                    feedback: self.text(said.unwrap_or_default()),
                }
            })
            .collect();
        let one = options.iter().filter(|option| option.right).count() == 1;
        let several = value.pointer("/behaviour/type").and_then(Value::as_str) == Some("multi");
        let interaction = if one && !several {
            Interaction::Choice { options }
        } else {
            Interaction::Several { options }
        };
        self.ask(&some(value, "question").unwrap_or_default(), interaction);
    }

    /// Keeps a question; what is no whole item is told as text.
    fn ask(&mut self, prompt: &str, interaction: Interaction) {
        let item = Item::new(self.text(prompt), interaction);
        if item.faults().0.is_empty() {
            self.items.push(item);
        } else {
            self.say(prompt);
        }
    }

    fn true_false(&mut self, value: &Value) {
        self.media(value);
        let word = |key: &str, usual: &str| {
            let own = value
                .pointer(&format!("/l10n/{key}"))
                .and_then(Value::as_str);
            own.unwrap_or(usual).to_owned()
        };
        let right = is_true(value, "correct");
        let option = |id: &str, text: String, right| Choice {
            id: id.to_owned(),
            text: Text::one(&self.lang, escape(&text)),
            right,
            feedback: Text::default(),
        };
        let options = vec![
            option("true", word("trueText", "True"), right),
            option("false", word("falseText", "False"), !right),
        ];
        self.ask(
            &some(value, "question").unwrap_or_default(),
            Interaction::Choice { options },
        );
    }

    fn single_choices(&mut self, value: &Value) {
        for choice in list(value, "choices") {
            let answers = list(choice, "answers");
            // The first is right; it is shown in another order.
            let options = answers.iter().enumerate().map(|(n, answer)| Choice {
                id: format!("a{}", n + 1),
                text: self.text(answer.as_str().unwrap_or_default()),
                right: n == 0,
                feedback: Text::default(),
            });
            let mut options: Vec<Choice> = options.collect();
            options.sort_by_key(|option| turned(option.text.get("")));
            self.ask(
                &some(choice, "question").unwrap_or_default(),
                Interaction::Choice { options },
            );
        }
    }

    /// Words between asterisks: `*answer/other:hint*`.
    fn blanks(&mut self, value: &Value) {
        self.media(value);
        let intro = some(value, "text").unwrap_or_default();
        for question in list(value, "questions").iter().filter_map(Value::as_str) {
            let (pieces, words) = starred(question);
            if let [word] = words.as_slice() {
                let (answers, hint) = word.split_once(':').unwrap_or((word, ""));
                let answers: Vec<String> = answers
                    .split('/')
                    .map(|a| plain(a).trim().to_owned())
                    .collect();
                let prompt = format!("{intro}<p>{}</p>", sanitise(&pieces.join("____")));
                let case = value
                    .pointer("/behaviour/caseSensitive")
                    .and_then(Value::as_bool);
                let mut item = Item::new(
                    self.text(&prompt),
                    Interaction::Word {
                        accepted: BTreeMap::from([(self.lang.clone(), answers)]),
                        case: case.unwrap_or(false),
                        accents: false,
                        foreseen: Vec::new(),
                    },
                );
                item.hint = self.text(&escape(hint));
                self.items.push(item);
            } else {
                self.gaps(&intro, question);
            }
        }
    }

    fn drag_text(&mut self, value: &Value) {
        self.media(value);
        let text = some(value, "textField").unwrap_or_default();
        let more = some(value, "distractors").unwrap_or_default();
        let text = escape(&text).replace('\n', "<br>");
        let extra: Vec<String> = starred(&more).1;
        self.gapped(
            &some(value, "taskDescription").unwrap_or_default(),
            &text,
            &extra,
        );
    }
    fn gaps(&mut self, intro: &str, text: &str) {
        self.gapped(intro, text, &[]);
    }

    /// Several gaps: each goes with one of the words.
    fn gapped(&mut self, intro: &str, text: &str, extra: &[String]) {
        let (pieces, words) = starred(text);
        let mut prompt = format!("{intro}<p>");
        let (mut left, mut right, mut pairs) = (Vec::new(), Vec::<Part>::new(), BTreeMap::new());
        let part = |id: String, text: &str, lang: &str| Part {
            id,
            text: Text::one(lang, escape(text)),
        };
        for (n, piece) in pieces.iter().enumerate() {
            prompt.push_str(piece);
            let Some(word) = words.get(n) else { continue };
            let word = word.split([':', '/']).next().unwrap_or_default();
            let word = word.split('\\').next().unwrap_or_default().trim();
            prompt.push_str(&format!("({}) ____", n + 1));
            let shown = plain(word);
            let known = right
                .iter()
                .position(|p| p.text.get(&self.lang) == escape(&shown));
            let at = known.unwrap_or_else(|| {
                right.push(part(format!("w{}", right.len() + 1), &shown, &self.lang));
                right.len() - 1
            });
            left.push(part(
                format!("g{}", n + 1),
                &format!("({})", n + 1),
                &self.lang,
            ));
            pairs.insert(format!("g{}", n + 1), format!("w{}", at + 1));
        }
        for word in extra {
            let word = word.split(':').next().unwrap_or_default();
            right.push(part(
                format!("w{}", right.len() + 1),
                &plain(word),
                &self.lang,
            ));
        }
        right.sort_by_key(|part| turned(part.text.get("")));
        prompt.push_str("</p>");
        self.ask(&prompt, Interaction::Match { left, right, pairs });
    }

    fn marked_words(&mut self, value: &Value) {
        let text = some(value, "textField").unwrap_or_default();
        let intro = some(value, "taskDescription").unwrap_or_default();
        let (_, right) = starred(&text);
        let bare = plain(&text).replace('*', "");
        let mut options: Vec<Choice> = Vec::new();
        for word in bare.split_whitespace() {
            let word = word.trim_matches(|c: char| c.is_ascii_punctuation());
            if word.is_empty()
                || options
                    .iter()
                    .any(|option| option.text.get("") == escape(word))
            {
                continue;
            }
            options.push(Choice {
                id: format!("w{}", options.len() + 1),
                text: Text::one(&self.lang, escape(word)),
                right: right.iter().any(|r| plain(r).trim() == word),
                feedback: Text::default(),
            });
        }
        let prompt = format!("{intro}<p>{}</p>", sanitise(&text.replace('*', "")));
        self.ask(&prompt, Interaction::Several { options });
    }

    fn essay(&mut self, value: &Value) {
        self.media(value);
        let words: Vec<String> = list(value, "keywords")
            .iter()
            .filter_map(|word| some(word, "keyword"))
            .map(|word| escape(&word))
            .collect();
        let rubric = self.text(&words.join(", "));
        self.ask(
            &some(value, "taskDescription").unwrap_or_default(),
            Interaction::Open { lines: 8, rubric },
        );
    }

    fn cards(&mut self, value: &Value) {
        self.say(&some(value, "description").unwrap_or_default());
        let all = list(value, "dialogs").iter().chain(list(value, "cards"));
        for card in all {
            self.picture(
                card.get("image"),
                &some(card, "imageAltText").unwrap_or_default(),
            );
            self.head(&some(card, "text").unwrap_or_default());
            self.say(&some(card, "answer").unwrap_or_default());
        }
    }
}

/// Text cut at asterisks: what stands outside them, and what stands between.
fn starred(text: &str) -> (Vec<String>, Vec<String>) {
    let (mut outside, mut inside) = (Vec::new(), Vec::new());
    let parts: Vec<&str> = text.split('*').collect();
    let whole = parts.len() / 2 * 2 + 1;
    for (n, part) in parts.iter().enumerate() {
        if n % 2 == 0 || (n + 1 == parts.len() && parts.len() < whole) {
            outside.push((*part).to_owned());
        } else {
            inside.push((*part).to_owned());
        }
    }
    (outside, inside)
}

/// A number that puts texts into an order that is always the same and tells nothing.
fn turned(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
