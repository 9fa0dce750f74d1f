//! Form fields: label, hint, error and control of every kind, and the form around them.

use crate::html::{Html, text};
use base::Lang;
use lang::Words;

/// Radio buttons up to so many options, a list to choose from beyond.
const RADIOS_MAX: usize = 6;

/// One field of a form, with what was entered.
#[derive(Clone, Debug)]
pub struct Control {
    pub name: String,
    pub label: String,
    pub hint: Option<String>,
    pub errors: Vec<String>,
    pub optional: bool,
    /// Rarely needed: stands folded with its neighbours until it is filled in or refused.
    pub folded: bool,
    /// As entered: one value; for many, each ticked; for names in the order of [`Lang::ALL`].
    pub values: Vec<String>,
    pub input: Input,
}

/// What a field takes.
#[derive(Clone, Debug)]
pub enum Input {
    Text {
        max: usize,
    },
    /// Long text.
    Words {
        max: usize,
    },
    Whole {
        min: i64,
        max: i64,
    },
    Decimal {
        min: Option<f64>,
        max: Option<f64>,
    },
    Day,
    /// One of these: radio buttons, or a list when there are many.
    Choice(Vec<Choice>),
    /// One of these, each drawn beside the others: radio buttons with picture and word.
    Pictures(Vec<Choice>, fn(&str) -> Html),
    /// Any of these.
    Many(Vec<Choice>),
    /// A statement to tick.
    Yes,
    File {
        max_bytes: usize,
        accept: String,
    },
    Email,
    Telephone,
    /// A secret that exists; the password manager offers it.
    Secret,
    /// A secret that is being made.
    NewSecret,
    /// A six-digit code from a second factor.
    OneTimeCode,
    /// A name in each language: `{name}_en`, `{name}_fr`, `{name}_ar`.
    Names {
        max: usize,
    },
    Hidden,
}

/// An option of a choice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub hint: Option<String>,
}

impl Choice {
    /// An option without a hint.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            hint: None,
        }
    }
    /// Yes and no, as the values `yes` and `no`.
    pub fn yes_or_no(words: &Words) -> Vec<Self> {
        ["yes", "no"]
            .map(|code| Self::new(code, words.say(code)))
            .into()
    }
}

impl Control {
    /// An empty field that must be filled in.
    pub fn new(name: impl Into<String>, label: impl Into<String>, input: Input) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            hint: None,
            errors: Vec::new(),
            optional: false,
            folded: false,
            values: Vec::new(),
            input,
        }
    }
    /// A value that travels unseen, such as a version or a key.
    pub fn hidden(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self::new(name, "", Input::Hidden).value(value)
    }
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.values.push(value.into());
        self
    }
    #[must_use]
    pub fn error(mut self, error: impl Into<String>) -> Self {
        self.errors.push(error.into());
        self
    }
    #[must_use]
    pub const fn optional(mut self) -> Self {
        self.optional = true;
        self
    }
    #[must_use]
    pub const fn folded(mut self) -> Self {
        self.folded = true;
        self
    }
    /// The id of its first control, where an error summary leads.
    pub fn id(&self) -> String {
        field_id(&self.name)
    }
    fn first(&self) -> &str {
        self.values.first().map_or("", String::as_str)
    }
}

/// The id of the field of that name.
pub fn field_id(name: &str) -> String {
    format!("f-{}", name.replace('_', "-"))
}

/// A field.
pub fn control(words: &Words, field: &Control) -> Html {
    let id = field.id();
    match &field.input {
        Input::Hidden => {
            let (name, value) = (&field.name, field.first());
            return html!(
                "<input type=\"hidden\" name=\"{}\" value=\"{}\">",
                name,
                value
            );
        }
        Input::Yes => return yes(words, field),
        Input::Choice(options) if options.len() <= RADIOS_MAX => {
            let mut options = options.clone();
            if field.optional {
                options.push(Choice::new("", words.say("ui-no-answer")));
            }
            return group(words, field, &ticks(field, &options, "radio"));
        }
        Input::Many(options) => {
            let ticks = ticks(field, options, "checkbox");
            let columns =
                (options.len() > LONG).then(|| html!("<div class=\"ticks\">{}</div>", ticks));
            return group(words, field, &columns.unwrap_or(ticks));
        }
        Input::Pictures(options, draw) => {
            return group(words, field, &pictures(field, options, *draw));
        }
        Input::Names { max } => return group(words, field, &names(field, *max)),
        _ => {}
    }
    html!(
        "<div class=\"field{}\"><label for=\"{}\">{}</label>{}{}</div>",
        wrong(field),
        id,
        label(words, field),
        beside(words, field, &id),
        single(words, field, &id)
    )
}

/// One control with its label outside.
fn single(words: &Words, field: &Control, id: &str) -> Html {
    let (name, value) = (&field.name, field.first());
    let rest = attributes(field, id);
    let input = |kind: &str, more: Html| {
        html!(
            "<input type=\"{}\" id=\"{}\" name=\"{}\" value=\"{}\"{}{}>",
            kind,
            id,
            name,
            value,
            more,
            rest
        )
    };
    match &field.input {
        Input::Words { max } => html!(
            "<textarea id=\"{}\" name=\"{}\" rows=\"6\" maxlength=\"{}\" dir=\"auto\"{}>\n{}</textarea>",
            id,
            name,
            max,
            rest,
            value
        ),
        Input::Whole { min, max } => {
            let digits = max.to_string().len().max(min.to_string().len());
            input(
                "text",
                html!(
                    " inputmode=\"numeric\" dir=\"ltr\" size=\"{}\"",
                    digits.clamp(4, 20)
                ),
            )
        }
        Input::Decimal { .. } => input(
            "text",
            html!(" inputmode=\"decimal\" dir=\"ltr\" size=\"12\""),
        ),
        Input::Day => input("date", Html::new()),
        Input::Choice(options) => select(words, field, options, id),
        Input::File { accept, .. } => {
            let accept = if accept.is_empty() {
                Html::new()
            } else {
                html!(" accept=\"{}\"", accept)
            };
            html!(
                "<input type=\"file\" id=\"{}\" name=\"{}\"{}{}>",
                id,
                name,
                accept,
                rest
            )
        }
        Input::Email => input("email", html!(" autocomplete=\"email\" dir=\"ltr\"")),
        Input::Telephone => input("tel", html!(" autocomplete=\"tel\" dir=\"ltr\"")),
        Input::Secret => html!(
            "<input type=\"password\" id=\"{}\" name=\"{}\" autocomplete=\"current-password\" dir=\"ltr\"{}>",
            id,
            name,
            rest
        ),
        Input::NewSecret => html!(
            "<input type=\"password\" id=\"{}\" name=\"{}\" autocomplete=\"new-password\" dir=\"ltr\"{}>",
            id,
            name,
            rest
        ),
        Input::OneTimeCode => input(
            "text",
            html!(
                " inputmode=\"numeric\" autocomplete=\"one-time-code\" dir=\"ltr\" size=\"8\" maxlength=\"9\""
            ),
        ),
        Input::Text { max } => input("text", html!(" maxlength=\"{}\" dir=\"auto\"", max)),
        Input::Many(_) | Input::Pictures(..) | Input::Yes | Input::Names { .. } | Input::Hidden => {
            Html::new()
        }
    }
}

/// Radio buttons that are pictures, several in a line. None is chosen at first, and none can be left out again by
/// choosing: whoever needs neither leaves them all.
fn pictures(field: &Control, options: &[Choice], draw: fn(&str) -> Html) -> Html {
    let base = field.id();
    let each: Html = options
        .iter()
        .enumerate()
        .map(|(place, option)| {
            let id = if place == 0 { base.clone() } else { format!("{base}-{place}") };
            html!(
                "<label><input type=\"radio\" id=\"{}\" name=\"{}\" value=\"{}\"{}>{}<span>{}</span></label>",
                id,
                field.name,
                option.value,
                flag(" checked", field.values.contains(&option.value)),
                draw(&option.value),
                option.label
            )
        })
        .collect();
    html!("<div class=\"pictures\">{}</div>", each)
}

fn select(words: &Words, field: &Control, options: &[Choice], id: &str) -> Html {
    let first = words.say(if field.optional {
        "ui-no-answer"
    } else {
        "ui-choose"
    });
    select_from(&first, field, options, id)
}

/// A field of a filter: always a plain box or list, whose empty value asks for all.
pub(crate) fn filter(words: &Words, field: &Control) -> Html {
    let (id, mut field) = (field.id(), field.clone());
    field.optional = true;
    let inside = match &field.input {
        Input::Choice(options) | Input::Many(options) => {
            select_from(&words.say("ui-any"), &field, options, &id)
        }
        Input::Yes => select_from(&words.say("ui-any"), &field, &Choice::yes_or_no(words), &id),
        Input::Hidden => return control(words, &field),
        _ => single(words, &field, &id),
    };
    html!(
        "<div class=\"field\"><label for=\"{}\">{}</label>{}</div>",
        id,
        field.label,
        inside
    )
}

fn select_from(first: &str, field: &Control, options: &[Choice], id: &str) -> Html {
    let options: Html = options
        .iter()
        .map(|option| {
            let chosen = flag(" selected", field.values.contains(&option.value));
            html!(
                "<option value=\"{}\"{}>{}</option>",
                option.value,
                chosen,
                option.label
            )
        })
        .collect();
    html!(
        "<select id=\"{}\" name=\"{}\"{}><option value=\"\">{}</option>{}</select>",
        id,
        field.name,
        attributes(field, id),
        first,
        options
    )
}

/// More ticks than this stand in columns.
const LONG: usize = 9;

/// Radio buttons or checkboxes, each a whole line to hit.
fn ticks(field: &Control, options: &[Choice], kind: &str) -> Html {
    let none = [String::new()];
    let values = if field.values.is_empty() && field.optional && kind == "radio" {
        &none[..]
    } else {
        &field.values
    };
    let base = field.id();
    options
        .iter()
        .enumerate()
        .map(|(place, option)| {
            let id = if place == 0 { base.clone() } else { format!("{base}-{place}") };
            let hint = option.hint.as_ref().map(|hint| html!("<small>{}</small>", hint));
            html!(
                "<label class=\"tick\"><input type=\"{}\" id=\"{}\" name=\"{}\" value=\"{}\"{}><span>{}{}</span></label>",
                kind,
                id,
                field.name,
                option.value,
                flag(" checked", values.contains(&option.value)),
                option.label,
                hint
            )
        })
        .collect()
}

fn yes(words: &Words, field: &Control) -> Html {
    let id = field.id();
    html!(
        "<div class=\"field{}\">{}<label class=\"tick\"><input type=\"checkbox\" id=\"{}\" name=\"{}\" value=\"yes\"{}{}><span>{}</span></label></div>",
        wrong(field),
        beside(words, field, &id),
        id,
        field.name,
        flag(" checked", field.first() == "yes"),
        attributes(field, &id),
        field.label
    )
}

fn names(field: &Control, max: usize) -> Html {
    let base = field.id();
    Lang::ALL
        .into_iter()
        .enumerate()
        .map(|(place, lang)| {
            let id = if place == 0 { base.clone() } else { format!("{base}-{lang}") };
            let value = field.values.get(place).map_or("", String::as_str);
            html!(
                "<label for=\"{}\"><bdi lang=\"{}\">{}</bdi></label><input type=\"text\" id=\"{}\" name=\"{}_{}\" value=\"{}\" maxlength=\"{}\" lang=\"{}\" dir=\"{}\">",
                id,
                lang,
                lang.own_name(),
                id,
                field.name,
                lang,
                value,
                max,
                lang,
                lang.dir()
            )
        })
        .collect()
}

fn group(words: &Words, field: &Control, inside: &Html) -> Html {
    let id = field.id();
    html!(
        "<fieldset class=\"field{}\"{}><legend>{}</legend>{}{}</fieldset>",
        wrong(field),
        described(field, &id),
        label(words, field),
        beside(words, field, &id),
        inside
    )
}

fn label(words: &Words, field: &Control) -> Html {
    if field.optional {
        html!(
            "{} <small>{}</small>",
            field.label,
            words.say("ui-optional")
        )
    } else {
        text(&field.label)
    }
}

/// Hint and errors, between the label and the control.
fn beside(words: &Words, field: &Control, id: &str) -> Html {
    let mut out = Html::new();
    if let Some(hint) = hint(words, field) {
        out.push(html!("<p class=\"hint\" id=\"{}-hint\">{}</p>", id, hint));
    }
    if !field.errors.is_empty() {
        let lines: Html = field
            .errors
            .iter()
            .map(|error| html!("<span>{}</span>", error))
            .collect();
        out.push(html!(
            "<p class=\"error\" id=\"{}-error\">{}</p>",
            id,
            lines
        ));
    }
    out
}

fn hint(words: &Words, field: &Control) -> Option<String> {
    match (&field.hint, &field.input) {
        (Some(hint), _) => Some(hint.clone()),
        (None, Input::File { max_bytes, .. }) => {
            let size = [("size", size(words, *max_bytes).into())];
            Some(words.say_with("ui-file-max", &size))
        }
        (None, _) => None,
    }
}

/// A number of bytes in words.
pub fn size(words: &Words, bytes: usize) -> String {
    let (unit, per) = if bytes < 1_000_000 {
        ("ui-kilobytes", 1_000)
    } else {
        ("ui-megabytes", 1_000_000)
    };
    words.say_with(unit, &[("n", bytes.div_ceil(per).into())])
}

fn described(field: &Control, id: &str) -> Html {
    let mut ids = Vec::new();
    if field.hint.is_some() || matches!(field.input, Input::File { .. }) {
        ids.push(format!("{id}-hint"));
    }
    if !field.errors.is_empty() {
        ids.push(format!("{id}-error"));
    }
    if ids.is_empty() {
        Html::new()
    } else {
        html!(" aria-describedby=\"{}\"", ids.join(" "))
    }
}

fn attributes(field: &Control, id: &str) -> Html {
    html!(
        "{}{}{}",
        flag(" required", !field.optional),
        flag(" aria-invalid=\"true\"", !field.errors.is_empty()),
        described(field, id)
    )
}

fn wrong(field: &Control) -> &'static str {
    if field.errors.is_empty() {
        ""
    } else {
        " wrong"
    }
}

fn flag(attribute: &'static str, holds: bool) -> Html {
    Html::raw(if holds {
        attribute.to_owned()
    } else {
        String::new()
    })
}

/// A form that posts.
#[derive(Clone, Debug, Default)]
pub struct Form {
    pub action: String,
    pub controls: Vec<Control>,
    pub button: String,
    /// The button warns: what it does is hard to take back.
    pub grave: bool,
    /// Where to go instead.
    pub cancel: Option<String>,
}

/// The form; its fields are judged by the server only, in the reader's language.
pub fn form(words: &Words, form: &Form) -> Html {
    let files = form
        .controls
        .iter()
        .any(|c| matches!(c.input, Input::File { .. }));
    let kind = flag(" enctype=\"multipart/form-data\"", files);
    let runs = form
        .controls
        .chunk_by(|one, next| one.folded == next.folded);
    let controls: Html = runs.map(|run| fields(words, run)).collect();
    let class = if form.grave { "button grave" } else { "button" };
    let cancel = form
        .cancel
        .as_ref()
        .map(|to| crate::link(to, words.say("ui-cancel")));
    html!(
        "<form method=\"post\" action=\"{}\" novalidate{}>{}<p class=\"actions\"><button class=\"{}\">{}</button>{}</p></form>",
        form.action,
        kind,
        controls,
        class,
        form.button,
        cancel
    )
}

/// Neighbours that are folded alike.
fn fields(words: &Words, run: &[Control]) -> Html {
    let all: Html = run.iter().map(|c| control(words, c)).collect();
    if run.iter().any(|c| !c.folded) {
        return all;
    }
    let said = |c: &Control| c.values.iter().any(|value| !value.is_empty());
    let open = run.iter().any(|c| said(c) || !c.errors.is_empty());
    html!(
        "<details class=\"field\"{}><summary>{}</summary><section>{}</section></details>",
        flag(" open", open),
        words.say("ui-more-fields"),
        all
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_rarely_needed_are_folded_until_something_is_said_of_them() {
        let words = crate::testing::words(Lang::En);
        let field = |name: &str| Control::new(name, name, Input::Text { max: 9 });
        let rare = |name: &str| field(name).folded();
        let drawn = |controls: Vec<Control>| {
            let form = Form {
                controls,
                ..Form::default()
            };
            super::form(&words, &form).into_string()
        };
        let html = drawn(vec![field("title"), rare("source"), rare("minutes")]);
        let (before, folded) = html
            .split_once("<details class=\"field\">")
            .unwrap_or_default();
        assert!(
            before.contains("f-title") && !before.contains("f-source"),
            "{html}"
        );
        assert!(
            folded.contains("f-source") && folded.contains("f-minutes"),
            "{html}"
        );
        assert_eq!(html.matches("<details").count(), 1);
        for said in [
            rare("source").value("A book"),
            rare("source").error("Too long"),
        ] {
            assert!(drawn(vec![field("title"), said]).contains("<details class=\"field\" open>"));
        }
    }

    #[test]
    fn many_ticks_stand_in_columns() {
        let words = crate::testing::words(Lang::En);
        let drawn = |count: usize| {
            let options = (0..count)
                .map(|place| Choice::new(place.to_string(), "One"))
                .collect();
            control(&words, &Control::new("uses", "Uses", Input::Many(options))).into_string()
        };
        assert!(!drawn(LONG).contains("class=\"ticks\""));
        assert!(drawn(LONG + 1).contains("<div class=\"ticks\"><label"));
    }

    #[test]
    fn an_error_is_tied_to_its_control() {
        let words = crate::testing::words(Lang::En);
        let field = Control::new("own_words", "Why", Input::Text { max: 9 })
            .hint("Say it")
            .error("Too long")
            .value("a\"b");
        let html = control(&words, &field).into_string();
        assert!(
            html.contains("aria-describedby=\"f-own-words-hint f-own-words-error\""),
            "{html}"
        );
        assert!(html.contains("value=\"a&quot;b\""), "{html}");
        assert!(html.contains("aria-invalid=\"true\""), "{html}");
        assert!(
            html.contains("<label for=\"f-own-words\">Why</label>"),
            "{html}"
        );
    }

    #[test]
    fn a_secret_is_never_sent_back() {
        let words = crate::testing::words(Lang::En);
        for input in [Input::Secret, Input::NewSecret] {
            let html = control(
                &words,
                &Control::new("secret", "Secret", input).value("s3cr3t"),
            );
            assert!(!html.as_str().contains("s3cr3t"));
        }
    }

    #[test]
    fn what_was_chosen_stays_chosen() {
        let words = crate::testing::words(Lang::En);
        let options: Vec<Choice> = (0..9).map(|n| Choice::new(n.to_string(), "x")).collect();
        let list = Control::new("a", "A", Input::Choice(options.clone())).value("4");
        assert!(
            control(&words, &list)
                .as_str()
                .contains("<option value=\"4\" selected>")
        );
        let many = Control::new("a", "A", Input::Many(options))
            .value("4")
            .value("7");
        assert_eq!(
            control(&words, &many).as_str().matches(" checked").count(),
            2
        );
        let few = Control::new("a", "A", Input::Choice(Choice::yes_or_no(&words))).optional();
        assert_eq!(
            control(&words, &few).as_str().matches(" checked").count(),
            1
        );
    }
}
