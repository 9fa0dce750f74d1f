//! The form of an act: its fields, what was entered, and why it was refused.

use super::{framed, here, is_at, options, status_of};
use crate::ask::Ask;
use crate::discreet;
use crate::form::{self, Asked, Choice, Entered, Field, FieldKind};
use crate::guard;
use crate::hail::Hail;
use crate::reply::Reply;
use crate::room::{Act, Page, Prefill};
use crate::words;
use axum::http::StatusCode;
use base::{Error, Lang};
use db::Tx;
use lang::Words;
use ui::{Control, Html, Input, Tone, html};

/// The form of an act as a page; after a refusal with what was entered and words at the fields.
///
/// # Errors
/// Whoever may not do it is told so; whatever the act's own prefill answers.
pub fn form(
    tx: &mut Tx,
    ask: &Ask,
    hail: &Hail,
    act: &Act,
    tried: Option<&(Entered, Error)>,
    token: &str,
) -> base::Result<Reply> {
    act.who.admits(ask.actor.as_ref())?;
    let asked = form::resolve((act.form)(), tx, ask)?;
    let prefill = match act.prefill {
        Some(prefill) => prefill(tx, ask)?,
        None => Prefill::default(),
    };
    let (entered, error) = match tried {
        Some((entered, error)) => (entered.clone(), Some(error)),
        None => (with_query_values(prefill.entered, ask), None),
    };
    let mut body = trouble(ask, act, &asked, &entered, error);
    if let Some(intro) = ask.words.opt(&format!("{}-intro", act.name)) {
        body.push(html!("<p>{}</p>", intro));
    }
    body.push(prefill.beside);
    let mut controls: Vec<Control> = vec![
        Control::hidden("form_token", token),
        Control::hidden("form_once", guard::random()),
    ];
    for (field, choices) in &asked {
        controls.extend(field_controls(ask, act, field, choices, &entered, error));
    }
    let form = ui::Form {
        action: here(ask),
        controls,
        button: ask.words.say(&format!("{}-button", act.name)),
        grave: false,
        cancel: Some(above(ask)),
    };
    body.push(ui::form(&ask.words, &form));
    let title = ask.words.say(&format!("{}-title", act.name));
    let status = error.map_or(StatusCode::OK, |error| status_of(error).0);
    framed(
        ask,
        hail,
        Page {
            title,
            body,
            ..Page::default()
        },
        status,
    )
}

/// A link may bring values with it: `/offers/new?service_class=devices`.
fn with_query_values(mut entered: Entered, ask: &Ask) -> Entered {
    for (name, value) in &ask.query {
        entered
            .texts
            .entry(name.clone())
            .or_insert_with(|| vec![value.clone()]);
    }
    entered
}

fn saved_version(error: Option<&Error>) -> Option<i64> {
    match error {
        Some(Error::Conflict(conflict)) => Some(conflict.version),
        _ => None,
    }
}

/// Where a form's cancel leads: the nearest page above it that the person may see.
fn above(ask: &Ask) -> String {
    let mut path = ask.path.trim_end_matches('/');
    while let Some((parent, _)) = path.rsplit_once('/') {
        path = parent;
        let actor = ask.actor.as_ref();
        let mut views = ask.site.views();
        if views.any(|view| is_at(view.path, path) && view.who.admits(actor).is_ok()) {
            return path.to_owned();
        }
    }
    "/".to_owned()
}

/// What stands above a form that was refused.
fn trouble(ask: &Ask, act: &Act, asked: &Asked, entered: &Entered, error: Option<&Error>) -> Html {
    match error {
        Some(Error::Refused(refusals)) => {
            // What nobody sees has no name to be called by.
            let seen = |field: &Field| !matches!(field.kind, FieldKind::Version);
            let known = |name: &str| {
                let mut fields = asked.iter().map(|(field, _)| field);
                fields.any(|field| field.name == name && seen(field))
            };
            let lines: Vec<(String, String)> = refusals
                .0
                .iter()
                .map(|refusal| {
                    let said = ask.words.refusal(refusal);
                    if !known(&refusal.field) {
                        return (String::new(), said);
                    }
                    (refusal.field.clone(), named(ask, act, refusal, said))
                })
                .collect();
            ui::error_summary(&ask.words, &lines)
        }
        Some(Error::Conflict(conflict)) => {
            let differences: Vec<ui::Difference> = conflict
                .saved
                .iter()
                .filter_map(|(name, saved)| {
                    let (field, _) = asked
                        .iter()
                        .find(|(field, _)| field.name == name.as_str())?;
                    let (yours, saved) = both(field, entered, saved);
                    (yours != saved).then(|| ui::Difference {
                        label: words::field(&ask.words, act.name, name),
                        yours,
                        saved,
                    })
                })
                .collect();
            ui::conflict(&ask.words, &differences)
        }
        Some(Error::Later(seconds)) => {
            let said = ask
                .words
                .say_with("problem-later-seconds", &[("seconds", (*seconds).into())]);
            ui::notice(&ask.words, Tone::Bad, said)
        }
        _ => Html::new(),
    }
}

/// A reason as it stands far from its field: what every field can be refused for says which field it is.
fn named(ask: &Ask, act: &Act, refusal: &base::Refusal, said: String) -> String {
    if !refusal.key.starts_with("form-") {
        return said;
    }
    let label = words::field(&ask.words, act.name, &refusal.field);
    ask.words.say_with(
        "form-of-field",
        &[("field", label.into()), ("reason", said.into())],
    )
}

/// What was entered in a field and what is saved, written alike.
fn both(field: &Field, entered: &Entered, saved: &str) -> (String, String) {
    if !matches!(field.kind, FieldKind::Names(_)) {
        return (entered.all(field.name).join(" · "), saved.to_owned());
    }
    let yours = Lang::ALL.map(|lang| entered.first(&format!("{}_{lang}", field.name)).to_owned());
    let [en, fr, ar] = &yours;
    let written = |names: &base::Names| names.0.values().cloned().collect::<Vec<_>>().join(" · ");
    let saved: base::Names = serde_json::from_str(saved).unwrap_or_default();
    (written(&base::Names::three(en, fr, ar)), written(&saved))
}

fn field_controls(
    ask: &Ask,
    act: &Act,
    field: &Field,
    choices: &[Choice],
    entered: &Entered,
    error: Option<&Error>,
) -> Vec<Control> {
    let name = field.name;
    let input = match &field.kind {
        FieldKind::Text(max) => Input::Text { max: *max },
        FieldKind::Words(max) => Input::Words { max: *max },
        FieldKind::Secret if name.starts_with("new_") => Input::NewSecret,
        FieldKind::Secret if name == "code" => Input::OneTimeCode,
        FieldKind::Secret => Input::Secret,
        FieldKind::Email => Input::Email,
        FieldKind::Whole(min, max) => Input::Whole {
            min: *min,
            max: *max,
        },
        FieldKind::Decimal(min, max) => Input::Decimal {
            min: Some(*min),
            max: Some(*max),
        },
        FieldKind::Day => Input::Day,
        FieldKind::Choice(_) => match field.drawn {
            Some(draw) => Input::Pictures(options(choices), draw),
            None => Input::Choice(options(choices)),
        },
        FieldKind::Many(_) => Input::Many(options(choices)),
        FieldKind::Yes => Input::Yes,
        FieldKind::File(max) => Input::File {
            max_bytes: usize::try_from(*max).unwrap_or(usize::MAX),
            accept: field.accept.to_owned(),
        },
        FieldKind::Names(max) => Input::Names { max: *max },
        FieldKind::Version => {
            let value = saved_version(error)
                .map_or_else(|| entered.first(name).to_owned(), |v| v.to_string());
            return vec![Control::hidden(name, value)];
        }
    };
    let mut control = Control::new(name, words::field(&ask.words, act.name, name), input);
    control.hint = words::hint(&ask.words, act.name, name);
    if discreet::is_read_by_all(field) {
        let open = ask.words.say("form-public");
        let hint = control.hint.take();
        control.hint = Some(hint.map_or_else(|| open.clone(), |hint| format!("{hint} {open}")));
    }
    control.optional = !field.required;
    control.folded = field.folded;
    control.errors = errors_at(&ask.words, name, error);
    control.values = match &field.kind {
        FieldKind::Names(_) => Lang::ALL
            .iter()
            .map(|l| entered.first(&format!("{name}_{l}")).to_owned())
            .collect(),
        FieldKind::Many(_) => entered.all(name).into_iter().map(str::to_owned).collect(),
        FieldKind::Secret | FieldKind::File(_) => Vec::new(),
        _ => Some(entered.first(name))
            .filter(|v| !v.is_empty())
            .map(str::to_owned)
            .into_iter()
            .collect(),
    };
    let mut controls = Vec::new();
    if let (FieldKind::File(_), Some(upload)) = (&field.kind, entered.files.get(name)) {
        let kept = ask
            .words
            .say_with("form-file-kept", &[("name", upload.name.as_str().into())]);
        control.hint = Some(kept);
        controls.push(Control::hidden(
            format!("{name}.kept"),
            guard::seal(&ask.site.settings, upload),
        ));
    }
    controls.push(control);
    controls
}

fn errors_at(words: &Words, name: &str, error: Option<&Error>) -> Vec<String> {
    match error {
        Some(Error::Refused(refusals)) => {
            let here = refusals.0.iter().filter(|refusal| refusal.field == name);
            here.map(|refusal| words.refusal(refusal)).collect()
        }
        _ => Vec::new(),
    }
}
