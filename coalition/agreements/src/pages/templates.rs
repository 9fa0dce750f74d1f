//! Templates: the published ones for everybody, drafts for the secretariat.

use super::{APPROVER, OFFICER, READERS, Told, action};
use crate::template::{self, Clause, Template};
use crate::{acts, rules, store};
use base::{Conflict, Error, Lang, Result};
use db::Tx;
use serde_json::json;
use ui::{Cell, Column, Html, Kind, html};
use web::{Answer, Ask, Call, Done, Entered, Field, Form, Line, Listing, Prefill, Show};

pub(crate) const COLUMNS: &[Column] = &[
    Column::new("template_name", Kind::Link),
    Column::new("template_number", Kind::Whole),
    Column::new("template_clauses", Kind::Whole),
    Column::new("published_at", Kind::Moment),
    Column::new("id", Kind::Id),
];
pub(crate) const ONE: &[Column] = &[
    Column::new("template_name", Kind::Names),
    Column::new("template_number", Kind::Whole),
    Column::new("template_clauses", Kind::Whole),
    Column::new("published_at", Kind::Moment),
    Column::new("id", Kind::Id),
    Column::new("version", Kind::Whole),
];
const CLAUSES: [&str; 3] = ["clauses_en", "clauses_fr", "clauses_ar"];
/// Characters of a template's clauses in one language.
const CLAUSES_MAX: usize = 60_000;

pub(super) fn acts() -> Vec<Told> {
    vec![
        Told {
            name: "agreement-template-new",
            path: "/agreements/templates/new",
            who: OFFICER,
            form,
            prefill: Some(new_prefill),
            prepare: None,
            run: new,
        },
        Told {
            name: "agreement-template-edit",
            path: "/agreements/templates/{id}/edit",
            who: OFFICER,
            form: edit_form,
            prefill: Some(edit_prefill),
            prepare: None,
            run: edit,
        },
        Told {
            name: "agreement-template-publication",
            path: "/agreements/templates/{id}/publication",
            who: APPROVER,
            form: Vec::new,
            prefill: Some(shown),
            prepare: None,
            run: publish,
        },
    ]
}

fn form() -> Form {
    let mut form = vec![Field::names("template_name").max(200).public()];
    form.extend(CLAUSES.map(|field| Field::words(field).max(CLAUSES_MAX).public()));
    form
}

fn edit_form() -> Form {
    let mut form = form();
    form.push(Field::version());
    form
}

fn entered(template: &Template) -> Entered {
    let mut entered = Entered::default();
    for (lang, name) in &template.name.0 {
        entered = entered.with(&format!("template_name_{lang}"), name);
    }
    for (field, lang) in CLAUSES.into_iter().zip(Lang::ALL) {
        entered = entered.with(field, template.written(lang));
    }
    entered
}

/// A new template begins with the words of the one that is used now.
fn new_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let current = store::templates::current(tx)?;
    Ok(Prefill {
        entered: current.as_ref().map(entered).unwrap_or_default(),
        beside: blanks(ask),
    })
}

/// What may stand in braces.
fn blanks(ask: &Ask) -> Html {
    let code = |blank: &&str| html!("<code>{}</code> ", format!("{{{blank}}}"));
    let all: Html = template::BLANKS.iter().map(code).collect();
    html!("<p>{} {}</p>", ask.words.say("agreements-blanks"), all)
}

fn read(call: &Call) -> Result<Vec<Clause>> {
    template::clauses(CLAUSES.map(|field| call.values.text(field)))
}

fn new(tx: &mut Tx, call: &Call) -> Result<Done> {
    let name = call.values.names("template_name");
    let id = acts::templates::write(tx, &name, read(call)?, call.actor()?, call.now)?;
    Ok(Done::see(format!("/agreements/templates/{id}")).with(json!({ "id": id })))
}

fn edit_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let template = find(tx, ask)?;
    Ok(Prefill {
        entered: entered(&template).with("version", template.version.to_string()),
        beside: blanks(ask),
    })
}

fn edit(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    let (name, clauses) = (call.values.names("template_name"), read(call)?);
    let saved = store::templates::find(tx, id)?;
    if saved.version != call.values.version() {
        let lang = call.words.lang();
        let saved_name = saved.name.get(lang).to_owned();
        return Err(Error::Conflict(Box::new(Conflict {
            version: saved.version,
            saved: vec![
                (format!("template_name_{lang}"), saved_name),
                (format!("clauses_{lang}"), saved.written(lang)),
            ],
        })));
    }
    let seen = call.values.version();
    acts::templates::edit(tx, id, (&name, clauses), seen, call.actor()?, call.now)?;
    Ok(Done::see(format!("/agreements/templates/{id}")))
}

fn shown(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let template = find(tx, ask)?;
    rules::publish(&template, ask.actor()?)?;
    Ok(Prefill {
        beside: clauses(ask, &template),
        ..Prefill::default()
    })
}

fn publish(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::templates::publish(tx, id, call.actor()?, call.now)?;
    Ok(Done::see(format!("/agreements/templates/{id}")))
}

/// A template the asker may see.
fn find(tx: &mut Tx, ask: &Ask) -> Result<Template> {
    let template = store::templates::find(tx, ask.id("id")?)?;
    if template.published_at.is_some() || READERS.admits(ask.actor.as_ref()).is_ok() {
        Ok(template)
    } else {
        Err(Error::Missing)
    }
}

pub(crate) fn templates(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let query = ask.list();
    let drafts = READERS.admits(ask.actor.as_ref()).is_ok();
    let below = query.after.as_deref().and_then(|text| text.parse().ok());
    let mut found = store::templates::list(tx, drafts, below, query.limit + 1)?;
    let limit = usize::try_from(query.limit).unwrap_or(0);
    let more = found.len() > limit;
    found.truncate(limit);
    let line = |t: &Template| Line {
        key: t.number.to_string(),
        cells: vec![
            Cell::link(path(t), ask.words.name(&t.name).to_owned()),
            t.number.into(),
            i64::try_from(t.clauses.len()).unwrap_or(0).into(),
            Cell::or_unknown(t.published_at),
            t.id.into(),
        ],
        href: None,
    };
    let mut actions = Vec::new();
    if OFFICER.admits(ask.actor.as_ref()).is_ok() {
        let path = "/agreements/templates/new".to_owned();
        actions.push(action(
            &ask.words,
            path,
            "agreement-template-new-button",
            true,
        ));
    }
    Ok(Answer::List(Listing {
        title: ask.words.say("agreement-templates-title"),
        before: html!("<p>{}</p>", ask.words.say("agreement-templates-intro")),
        rows: found.iter().map(line).collect(),
        more,
        actions,
        ..Listing::default()
    }))
}

fn path(template: &Template) -> String {
    format!("/agreements/templates/{}", template.id)
}

pub(crate) fn template(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let t = find(tx, ask)?;
    let mut actions = Vec::new();
    let words = &ask.words;
    if t.published_at.is_none() {
        if ask
            .actor
            .as_ref()
            .is_some_and(|actor| rules::publish(&t, actor).is_ok())
        {
            let key = "agreement-template-publication-button";
            actions.push(action(
                words,
                format!("{}/publication", path(&t)),
                key,
                true,
            ));
        }
        if OFFICER.admits(ask.actor.as_ref()).is_ok() {
            let key = "agreement-template-edit-button";
            actions.push(action(words, format!("{}/edit", path(&t)), key, false));
        }
    }
    let args = [
        ("name", words.name(&t.name).into()),
        ("number", t.number.into()),
    ];
    Ok(Answer::Record(Show {
        title: words.say_with("agreements-template", &args),
        cells: vec![
            Cell::Names(t.name.clone()),
            t.number.into(),
            i64::try_from(t.clauses.len()).unwrap_or(0).into(),
            Cell::or_unknown(t.published_at),
            t.id.into(),
            t.version.into(),
        ],
        sections: clauses(ask, &t),
        actions,
        ..Show::default()
    }))
}

/// The clauses in every language, each in its own direction.
fn clauses(ask: &Ask, template: &Template) -> Html {
    let mut out = Html::new();
    for lang in Lang::ALL {
        let items: Html = template
            .clauses
            .iter()
            .map(|clause| {
                let text = ui::paragraphs(clause.text.get(lang));
                html!(
                    "<li><strong>{}</strong>{}</li>",
                    clause.heading.get(lang),
                    text
                )
            })
            .collect();
        let list = html!(
            "<ol lang=\"{}\" dir=\"{}\">{}</ol>",
            lang.code(),
            lang.dir(),
            items
        );
        out.push(ui::section(&ask.words.code("lang", lang.code()), list));
    }
    out
}
