//! Forms: one declaration gives the HTML form, the reading of what was entered, the JSON body and
//! its schema.

use crate::ask::Ask;
use base::{Day, Id, Names, Refusal, Refusals, Result};
use db::Tx;
use files::Upload;
use std::collections::BTreeMap;

/// The fields of a form, in the order they are asked.
pub type Form = Vec<Field>;

/// One question of a form.
#[derive(Clone)]
pub struct Field {
    /// snake_case; the same in HTML, JSON and refusals.
    pub name: &'static str,
    pub kind: FieldKind,
    pub required: bool,
    /// Whether strangers may come to read it: then it must name nobody and hold no telephone number.
    pub public: bool,
    /// Draws each choice of a [`FieldKind::Choice`] by its code.
    pub drawn: Option<fn(&str) -> ui::Html>,
    /// Rarely needed: pages fold it together with its neighbours.
    pub folded: bool,
    /// What kinds of files a chooser offers first, such as `audio/*`; a telephone then offers to record one.
    pub accept: &'static str,
}

/// What a field holds.
#[derive(Clone)]
pub enum FieldKind {
    /// A line; at most so many characters.
    Text(usize),
    /// Several lines; at most so many characters.
    Words(usize),
    /// A line that is not shown back: passwords and codes.
    Secret,
    Email,
    /// A whole number between both ends.
    Whole(i64, i64),
    /// A number with decimals between both ends.
    Decimal(f64, f64),
    Day,
    Choice(Choices),
    /// Any number of the choices.
    Many(Choices),
    /// A box to tick; required means it must be ticked.
    Yes,
    /// A file of at most so many bytes.
    File(u64),
    /// A name in the product's languages, one at least.
    Names(usize),
    /// The version the person saw, for edits by two people at once.
    Version,
}

/// What may be chosen.
#[derive(Clone)]
pub enum Choices {
    /// Codes of a vocabulary; the label of a code is the message `{vocabulary}-{code}`.
    Fixed(&'static str, &'static [&'static str]),
    /// Codes read from the database with their labels.
    Listed(fn(&mut Tx, &Ask) -> Result<Vec<Choice>>),
}

/// A code and its label in the asker's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub code: String,
    pub label: String,
}

impl Field {
    const fn new(name: &'static str, kind: FieldKind) -> Self {
        Self {
            name,
            kind,
            required: true,
            public: false,
            folded: false,
            drawn: None,
            accept: "",
        }
    }
    /// A choice among pictures.
    #[must_use]
    pub const fn drawn(mut self, draw: fn(&str) -> ui::Html) -> Self {
        self.drawn = Some(draw);
        self
    }
    /// A file that is of one kind as a rule.
    #[must_use]
    pub const fn accept(mut self, kinds: &'static str) -> Self {
        self.accept = kinds;
        self
    }
    /// What is entered may come to be read by strangers.
    #[must_use]
    pub const fn public(mut self) -> Self {
        self.public = true;
        self
    }
    /// May be left out, and mostly is.
    #[must_use]
    pub const fn rare(mut self) -> Self {
        self.required = false;
        self.folded = true;
        self
    }
    /// A line of text.
    pub const fn text(name: &'static str) -> Self {
        Self::new(name, FieldKind::Text(200))
    }
    /// Several lines of text.
    pub const fn words(name: &'static str) -> Self {
        Self::new(name, FieldKind::Words(20_000))
    }
    /// A password or code.
    pub const fn secret(name: &'static str) -> Self {
        Self::new(name, FieldKind::Secret)
    }
    /// An e-mail address.
    pub const fn email(name: &'static str) -> Self {
        Self::new(name, FieldKind::Email)
    }
    /// A whole number from `least` to `most`.
    pub const fn whole(name: &'static str, least: i64, most: i64) -> Self {
        Self::new(name, FieldKind::Whole(least, most))
    }
    /// A number from `least` to `most`.
    pub const fn decimal(name: &'static str, least: f64, most: f64) -> Self {
        Self::new(name, FieldKind::Decimal(least, most))
    }
    /// A calendar day.
    pub const fn day(name: &'static str) -> Self {
        Self::new(name, FieldKind::Day)
    }
    /// One of the choices.
    pub const fn choice(name: &'static str, choices: Choices) -> Self {
        Self::new(name, FieldKind::Choice(choices))
    }
    /// Any of the choices; when required, one at least.
    pub const fn many(name: &'static str, choices: Choices) -> Self {
        Self::new(name, FieldKind::Many(choices))
    }
    /// A box to tick.
    pub const fn yes(name: &'static str) -> Self {
        Self::new(name, FieldKind::Yes)
    }
    /// A file of at most `bytes_max` bytes.
    pub const fn file(name: &'static str, bytes_max: u64) -> Self {
        Self::new(name, FieldKind::File(bytes_max))
    }
    /// A name in the product's languages.
    pub const fn names(name: &'static str) -> Self {
        Self::new(name, FieldKind::Names(200))
    }
    /// The version the person saw.
    pub const fn version() -> Self {
        Self::new("version", FieldKind::Version)
    }
    /// At most so many characters.
    #[must_use]
    pub const fn max(mut self, characters: usize) -> Self {
        self.kind = match self.kind {
            FieldKind::Words(_) => FieldKind::Words(characters),
            FieldKind::Names(_) => FieldKind::Names(characters),
            _ => FieldKind::Text(characters),
        };
        self
    }
    /// May be left empty.
    #[must_use]
    pub const fn optional(mut self) -> Self {
        self.required = false;
        self
    }
}

/// What a person entered, as it came: every value a text, every file kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entered {
    pub texts: BTreeMap<String, Vec<String>>,
    pub files: BTreeMap<String, Upload>,
    /// Fields whose shape was wrong before their value could be read (JSON bodies only).
    pub misshapen: Vec<Refusal>,
}

impl Entered {
    /// Enters a text.
    #[must_use]
    pub fn with(mut self, name: &str, text: impl Into<String>) -> Self {
        self.texts
            .entry(name.to_owned())
            .or_default()
            .push(text.into());
        self
    }
    /// The first text entered in a field, trimmed.
    pub fn first(&self, name: &str) -> &str {
        self.texts
            .get(name)
            .and_then(|all| all.first())
            .map_or("", |text| text.trim())
    }
    /// Every text entered in a field, trimmed, without the empty ones.
    pub fn all(&self, name: &str) -> Vec<&str> {
        let all = self.texts.get(name).map(Vec::as_slice).unwrap_or_default();
        all.iter()
            .map(|text| text.trim())
            .filter(|text| !text.is_empty())
            .collect()
    }
}

/// A value that was read.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Text(String),
    Whole(i64),
    Decimal(f64),
    Day(Day),
    Many(Vec<String>),
    Yes(bool),
    File(Upload),
    Names(Names),
}

/// The values of a form, all of them right.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values(BTreeMap<&'static str, Value>);

impl Values {
    /// The value of a field.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }
    /// The text of a field; empty when it was left out.
    pub fn text(&self, name: &str) -> &str {
        match self.get(name) {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }
    /// The text of a field that may be left out.
    pub fn opt_text(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }
    /// The number of a field; 0 when it was left out.
    pub fn whole(&self, name: &str) -> i64 {
        self.opt_whole(name).unwrap_or(0)
    }
    /// The number of a field that may be left out.
    pub fn opt_whole(&self, name: &str) -> Option<i64> {
        match self.get(name) {
            Some(Value::Whole(number)) => Some(*number),
            _ => None,
        }
    }
    /// The decimal number of a field that may be left out.
    pub fn opt_decimal(&self, name: &str) -> Option<f64> {
        match self.get(name) {
            Some(Value::Decimal(number)) => Some(*number),
            _ => None,
        }
    }
    /// The day of a field that may be left out.
    pub fn opt_day(&self, name: &str) -> Option<Day> {
        match self.get(name) {
            Some(Value::Day(day)) => Some(*day),
            _ => None,
        }
    }
    /// The choices of a field.
    pub fn many(&self, name: &str) -> Vec<String> {
        match self.get(name) {
            Some(Value::Many(codes)) => codes.clone(),
            _ => Vec::new(),
        }
    }
    /// The box was ticked.
    pub fn yes(&self, name: &str) -> bool {
        self.get(name) == Some(&Value::Yes(true))
    }
    /// The file of a field.
    pub fn file(&self, name: &str) -> Option<&Upload> {
        match self.get(name) {
            Some(Value::File(upload)) => Some(upload),
            _ => None,
        }
    }
    /// The names of a field; empty when it was left out.
    pub fn names(&self, name: &str) -> Names {
        match self.get(name) {
            Some(Value::Names(names)) => names.clone(),
            _ => Names::default(),
        }
    }
    /// The version the person saw.
    pub fn version(&self) -> i64 {
        self.whole("version")
    }
    /// The identifier chosen in a field.
    pub fn id(&self, name: &str) -> Option<Id> {
        Id::parse(self.text(name))
    }
    /// Sets a value, for acts that call one another and for tests.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: Value) -> Self {
        self.0.insert(name, value);
        self
    }
}

/// Fields with their choices read.
pub type Asked = Vec<(Field, Vec<Choice>)>;

/// Reads what may be chosen in each field.
///
/// # Errors
/// A fault of the database.
pub fn resolve(form: Form, tx: &mut Tx, ask: &Ask) -> Result<Asked> {
    let read = |tx: &mut Tx, field: Field| {
        let choices = match &field.kind {
            FieldKind::Choice(choices) | FieldKind::Many(choices) => match choices {
                Choices::Fixed(vocabulary, codes) => codes
                    .iter()
                    .map(|code| Choice {
                        code: (*code).to_owned(),
                        label: ask.words.say(&crate::words::code_key(vocabulary, code)),
                    })
                    .collect(),
                Choices::Listed(list) => list(tx, ask)?,
            },
            _ => Vec::new(),
        };
        Ok((field, choices))
    };
    form.into_iter().map(|field| read(tx, field)).collect()
}

/// Reads what was entered; every reason when something is wrong.
///
/// # Errors
/// Refused, with a reason per field.
pub fn read(asked: &Asked, entered: &Entered) -> Result<Values> {
    let mut refusals = Refusals(entered.misshapen.clone());
    let mut values = Values::default();
    for (field, choices) in asked {
        if refusals.0.iter().any(|r| r.field == field.name) {
            continue;
        }
        match read_field(field, choices, entered) {
            Ok(Some(value)) => {
                values.0.insert(field.name, value);
            }
            Ok(None) if field.required => {
                let key = match field.kind {
                    FieldKind::Yes => "form-must-be-ticked",
                    FieldKind::Choice(_) | FieldKind::Many(_) => "form-choose",
                    FieldKind::File(_) => "form-file-missing",
                    _ => "form-missing",
                };
                refusals.push(Refusal::about(field.name, key));
            }
            Ok(None) => {}
            Err(refusal) => refusals.push(refusal),
        }
    }
    refusals.or(values)
}

type Reading = std::result::Result<Option<Value>, Refusal>;

fn read_field(field: &Field, choices: &[Choice], entered: &Entered) -> Reading {
    let name = field.name;
    let first = entered.first(name);
    let filled = !first.is_empty();
    match &field.kind {
        FieldKind::Text(max) => line(name, first, *max),
        FieldKind::Words(max) => text(name, first, *max),
        FieldKind::Secret => {
            let raw = entered.texts.get(name).and_then(|all| all.first());
            Ok(raw
                .filter(|t| !t.is_empty())
                .map(|t| Value::Text(t.chars().take(1000).collect())))
        }
        FieldKind::Email => email(name, first),
        FieldKind::Whole(least, most) => whole(name, first, *least, *most),
        FieldKind::Version if filled => match first.parse::<i64>() {
            Ok(version) => Ok(Some(Value::Whole(version))),
            Err(_) => Err(Refusal::about(name, "form-not-a-number").with("entered", first)),
        },
        FieldKind::Version => Ok(None),
        FieldKind::Decimal(least, most) => decimal(name, first, *least, *most),
        FieldKind::Day if filled => match Day::parse(first) {
            Some(day) => Ok(Some(Value::Day(day))),
            None => Err(Refusal::about(name, "form-not-a-day").with("entered", first)),
        },
        FieldKind::Day => Ok(None),
        FieldKind::Choice(_) => match choices.iter().find(|choice| choice.code == first) {
            Some(choice) => Ok(Some(Value::Text(choice.code.clone()))),
            None if filled => Err(Refusal::about(name, "form-not-a-choice").with("entered", first)),
            None => Ok(None),
        },
        FieldKind::Many(_) => many(name, &entered.all(name), choices),
        FieldKind::Yes => Ok(
            Some(Value::Yes(matches!(first, "yes" | "true" | "on" | "1")))
                .filter(|value| !field.required || *value == Value::Yes(true)),
        ),
        FieldKind::File(max) => match entered.files.get(name) {
            Some(file) if file.size > *max => Err(Refusal::about(name, "form-file-too-large")
                .with(
                    "max",
                    i64::try_from(max / 1_000_000).unwrap_or(i64::MAX).max(1),
                )),
            Some(file) => Ok(Some(Value::File(file.clone()))),
            None => Ok(None),
        },
        FieldKind::Names(max) => names(name, entered, *max),
    }
}

fn text(name: &str, first: &str, max: usize) -> Reading {
    let count = first.chars().count();
    if count > max {
        return Err(Refusal::about(name, "form-too-long")
            .with("max", max)
            .with("count", count));
    }
    if first
        .chars()
        .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
    {
        return Err(Refusal::about(name, "form-control-characters"));
    }
    Ok(Some(Value::Text(first.replace("\r\n", "\n"))).filter(|_| !first.is_empty()))
}

fn line(name: &str, first: &str, max: usize) -> Reading {
    if first.contains(['\n', '\r']) {
        return Err(Refusal::about(name, "form-one-line"));
    }
    text(name, first, max)
}

fn email(name: &str, first: &str) -> Reading {
    if first.is_empty() {
        return Ok(None);
    }
    let good = first.len() <= 254
        && !first.contains(char::is_whitespace)
        && !first.chars().any(char::is_control)
        && first.split_once('@').is_some_and(|(who, host)| {
            !who.is_empty()
                && host.contains('.')
                && !host.starts_with('.')
                && !host.ends_with('.')
                && !host.contains('@')
        });
    if good {
        Ok(Some(Value::Text(first.to_lowercase())))
    } else {
        Err(Refusal::about(name, "form-not-an-email"))
    }
}

fn whole(name: &str, first: &str, least: i64, most: i64) -> Reading {
    if first.is_empty() {
        return Ok(None);
    }
    let plain: String = first
        .chars()
        .filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}'))
        .collect();
    match plain.parse::<i64>() {
        Ok(number) if (least..=most).contains(&number) => Ok(Some(Value::Whole(number))),
        Ok(_) => Err(Refusal::about(name, "form-out-of-range")
            .with("least", least)
            .with("most", most)),
        Err(_) => Err(Refusal::about(name, "form-not-a-number").with("entered", first)),
    }
}

fn decimal(name: &str, first: &str, least: f64, most: f64) -> Reading {
    if first.is_empty() {
        return Ok(None);
    }
    match first.replace(',', ".").parse::<f64>() {
        Ok(number) if number.is_finite() && number >= least && number <= most => {
            Ok(Some(Value::Decimal(number)))
        }
        Ok(_) => Err(Refusal::about(name, "form-out-of-range")
            .with("least", least.to_string())
            .with("most", most.to_string())),
        Err(_) => Err(Refusal::about(name, "form-not-a-number").with("entered", first)),
    }
}

fn many(name: &str, entered: &[&str], choices: &[Choice]) -> Reading {
    if let Some(strange) = entered
        .iter()
        .find(|code| !choices.iter().any(|c| c.code == **code))
    {
        return Err(Refusal::about(name, "form-not-a-choice").with("entered", *strange));
    }
    let mut codes: Vec<String> = Vec::new();
    for code in entered {
        if !codes.iter().any(|c| c == code) {
            codes.push((*code).to_owned());
        }
    }
    Ok(Some(Value::Many(codes)).filter(|_| !entered.is_empty()))
}

fn names(name: &str, entered: &Entered, max: usize) -> Reading {
    let mut names = Names::default();
    for lang in base::Lang::ALL {
        let part = entered.first(&format!("{name}_{lang}"));
        if let Some(Value::Text(text)) = line(name, part, max)? {
            names.0.insert(lang.code().to_owned(), text);
        }
    }
    Ok(Some(Value::Names(names.clone())).filter(|_| !names.is_empty()))
}
