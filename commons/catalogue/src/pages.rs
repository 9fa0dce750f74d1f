//! What this room shows.

use crate::rules;
use crate::store;
use crate::term::{Draft, Step, Term};
use base::{Actor, Error, Id, Names, Result, Role};
use db::Tx;
use lang::Words;
use ui::{Cell, Column, Html, Kind, Link, Tone, html};
use web::{
    ActLink, Answer, Ask, Entered, Field, Filter, Form, Line, Listing, Prefill, Show, Waiting,
};

pub(crate) const VOCABULARY_COLUMNS: &[Column] = &[
    Column::new("code", Kind::Id),
    Column::new("name", Kind::Link),
    Column::new("terms", Kind::Whole),
    Column::new("retired_terms", Kind::Whole),
];
pub(crate) const TERM_COLUMNS: &[Column] = &[
    Column::new("code", Kind::Id),
    Column::new("name", Kind::Link),
    Column::new("description", Kind::Names),
    Column::new("standing", Kind::Code("term-state")),
    Column::new("source", Kind::Text),
];
pub(crate) const TERM_FILTERS: &[Filter] = &[Filter::codes(
    "standing",
    "term-state",
    &["used", "retired"],
)];
pub(crate) const TERM_RECORD: &[Column] = &[
    Column::new("vocabulary", Kind::Link),
    Column::new("code", Kind::Id),
    Column::new("name", Kind::Names),
    Column::new("description", Kind::Names),
    Column::new("standing", Kind::Code("term-state")),
    Column::new("retired_reason", Kind::Words),
    Column::new("source", Kind::Text),
    Column::new("version", Kind::Whole),
];
pub(crate) const DRAFT_COLUMNS: &[Column] = &[
    Column::new("id", Kind::Link),
    Column::new("step", Kind::Code("term-step")),
    Column::new("vocabulary", Kind::Text),
    Column::new("code", Kind::Id),
    Column::new("reason", Kind::Words),
    Column::new("state", Kind::Code("draft-state")),
    Column::new("created_at", Kind::Moment),
];
pub(crate) const DRAFT_FILTERS: &[Filter] = &[Filter::codes(
    "state",
    "draft-state",
    &["open", "published", "returned"],
)];
pub(crate) const DRAFT_RECORD: &[Column] = &[
    Column::new("step", Kind::Code("term-step")),
    Column::new("vocabulary", Kind::Link),
    Column::new("code", Kind::Id),
    Column::new("name", Kind::Names),
    Column::new("description", Kind::Names),
    Column::new("source", Kind::Text),
    Column::new("reason", Kind::Words),
    Column::new("state", Kind::Code("draft-state")),
    Column::new("decision", Kind::Words),
    Column::new("base_version", Kind::Whole),
    Column::new("created_at", Kind::Moment),
    Column::new("decided_at", Kind::Moment),
];

/// A vocabulary's name; its code when the words have none, for vocabularies a coalition adds.
fn vocabulary_name(words: &Words, code: &str) -> String {
    let key = format!("vocabulary-{}", code.replace('_', "-"));
    words.opt(&key).unwrap_or_else(|| code.replace('_', " "))
}

fn names(names: &Names) -> Cell {
    if names.is_empty() {
        Cell::Unknown
    } else {
        Cell::Names(names.clone())
    }
}

fn text(text: &str) -> Cell {
    if text.is_empty() {
        Cell::Unknown
    } else {
        Cell::from(text)
    }
}

fn standing(term: &Term) -> Cell {
    Cell::code(if term.retired.is_some() {
        "retired"
    } else {
        "used"
    })
}

fn is_officer(ask: &Ask) -> bool {
    ask.is_any(&[Role::SecretariatOfficer])
}

fn act(ask: &Ask, name: &str, href: String, main: bool) -> ActLink {
    ActLink {
        href,
        label: ask.words.say(&format!("{name}-button")),
        main,
    }
}

pub(crate) fn vocabularies(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let list = ask.list();
    let after = list.after.as_deref().unwrap_or("");
    let limit = usize::try_from(list.limit).unwrap_or(usize::MAX);
    let all = store::vocabularies(tx)?;
    let named = |code: &str| base::fold(&format!("{code} {}", vocabulary_name(&ask.words, code)));
    let mut found = all.into_iter().filter(|(code, _, _)| {
        code.as_str() > after && list.q.as_deref().is_none_or(|q| named(code).contains(q))
    });
    let rows: Vec<Line> = found
        .by_ref()
        .take(limit)
        .map(|(code, used, retired)| Line {
            cells: vec![
                Cell::Text(code.clone()),
                Cell::link(
                    format!("/catalogue/{code}/terms"),
                    vocabulary_name(&ask.words, &code),
                ),
                Cell::Whole(used),
                Cell::Whole(retired),
            ],
            href: Some(format!("/catalogue/{code}/terms")),
            key: code,
        })
        .collect();
    let mut actions = Vec::new();
    if ask.is_any(&[
        Role::SecretariatOfficer,
        Role::SecretariatApprover,
        Role::Auditor,
    ]) {
        actions.push(ActLink {
            href: "/catalogue/drafts".to_owned(),
            label: ask.words.say("catalogue-drafts-title"),
            main: false,
        });
    }
    Ok(Answer::List(Listing {
        title: ask.words.say("catalogue-title"),
        before: html!("<p>{}</p>", ask.words.say("catalogue-intro")),
        more: found.next().is_some(),
        rows,
        actions,
        ..Listing::default()
    }))
}

/// A vocabulary is its terms.
pub(crate) fn vocabulary(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let vocabulary = ask.param("vocabulary");
    if store::terms(tx, vocabulary)?.is_empty() {
        return Err(Error::Missing);
    }
    Ok(Answer::See(format!("/catalogue/{vocabulary}/terms")))
}

pub(crate) fn terms(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let vocabulary = ask.param("vocabulary").to_owned();
    let list = ask.list();
    let [place, code] = list.after_parts::<2>();
    let query = store::TermQuery {
        vocabulary: &vocabulary,
        after_place: place.parse().unwrap_or(i64::MIN),
        after_code: &code,
        q: list.q.as_deref(),
        standing: list.filter("standing"),
        limit: list.limit + 1,
    };
    let mut found = store::term_page(tx, &query)?;
    if found.is_empty() && store::terms(tx, &vocabulary)?.is_empty() {
        return Err(Error::Missing);
    }
    let limit = usize::try_from(list.limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let line = |term: &Term| {
        let href = format!("/catalogue/{}/{}", term.vocabulary, term.code);
        Line {
            key: format!("{}~{}", term.place, term.code),
            cells: vec![
                Cell::Text(term.code.clone()),
                Cell::link(href.as_str(), term.name(ask.words.lang())),
                names(&term.descriptions),
                standing(term),
                text(&term.source),
            ],
            href: Some(href),
        }
    };
    let new = act(
        ask,
        "term-new",
        format!("/catalogue/{vocabulary}/new"),
        true,
    );
    Ok(Answer::List(Listing {
        title: vocabulary_name(&ask.words, &vocabulary),
        before: trail(&ask.words, &[]),
        rows: found.iter().map(line).collect(),
        more,
        actions: is_officer(ask).then_some(new).into_iter().collect(),
        ..Listing::default()
    }))
}

fn trail(words: &Words, more: &[Link]) -> Html {
    let mut links = vec![Link::new("/catalogue", words.say("catalogue-title"))];
    links.extend_from_slice(more);
    ui::trail(words, &links)
}

fn vocabulary_link(words: &Words, code: &str) -> Link {
    Link::new(
        format!("/catalogue/{code}/terms"),
        vocabulary_name(words, code),
    )
}

pub(crate) fn term(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (vocabulary, code) = (
        ask.param("vocabulary").to_owned(),
        ask.param("code").to_owned(),
    );
    let term = crate::term(tx, &vocabulary, &code)?;
    let words = &ask.words;
    let link = vocabulary_link(words, &vocabulary);
    let path = format!("/catalogue/{vocabulary}/{code}");
    let mut actions = Vec::new();
    if is_officer(ask) {
        if term.retired.is_some() {
            actions.push(act(
                ask,
                "term-restoration",
                format!("{path}/restoration"),
                false,
            ));
        } else {
            actions.push(act(ask, "term-draft", format!("{path}/draft"), true));
            actions.push(act(
                ask,
                "term-retirement",
                format!("{path}/retirement"),
                false,
            ));
        }
    }
    let mut sections = attributes(words, &term.attributes);
    if ask.actor.as_ref().is_some_and(Actor::reads_all) {
        sections.push(past(tx, words, &vocabulary, &code)?);
    }
    Ok(Answer::Record(Show {
        title: term.name(words.lang()).to_owned(),
        before: trail(words, std::slice::from_ref(&link)),
        cells: vec![
            Cell::link(link.href, link.label),
            Cell::Text(term.code.clone()),
            Cell::Names(term.names.clone()),
            names(&term.descriptions),
            standing(&term),
            term.retired
                .as_deref()
                .map_or(Cell::NotApplicable, Cell::from),
            text(&term.source),
            Cell::Whole(term.version),
        ],
        sections,
        actions,
        slot: Some(("term-page", format!("{vocabulary}/{code}"))),
    }))
}

/// What a term says of itself beyond its name, under the words for it where there are some.
fn attributes(words: &Words, attributes: &crate::Attributes) -> Html {
    if attributes.is_empty() {
        return Html::new();
    }
    let rows: Html = attributes
        .iter()
        .map(|(name, value)| {
            let key = format!("term-attribute-{}", name.replace('_', "-"));
            let label = words.opt(&key).unwrap_or_else(|| name.replace('_', " "));
            let shown = if ui::is_safe(value) {
                ui::link(value, value)
            } else {
                html!("<bdi>{}</bdi>", value)
            };
            html!("<div><dt>{}</dt><dd>{}</dd></div>", label, shown)
        })
        .collect();
    ui::section(
        &words.say("catalogue-attributes"),
        html!("<dl class=\"facts\">{}</dl>", rows),
    )
}

/// Who changed it before is in the ledger; here stands what was proposed and what became of it.
fn past(tx: &mut Tx, words: &Words, vocabulary: &str, code: &str) -> Result<Html> {
    let drafts = store::drafts_of(tx, vocabulary, code)?;
    if drafts.is_empty() {
        return Ok(Html::new());
    }
    let items: Html = drafts
        .iter()
        .map(|draft| {
            let what = words.code("term-step", draft.step.code());
            let state = ui::tag(&draft.state, &words.code("draft-state", &draft.state));
            let day = words.day(draft.drafted_at.day());
            html!(
                "<li>{} {} {}</li>",
                ui::link(&format!("/catalogue/drafts/{}", draft.id), what),
                day,
                state
            )
        })
        .collect();
    Ok(ui::section(
        &words.say("catalogue-past"),
        html!("<ul>{}</ul>", items),
    ))
}

// ---- drafts

pub(crate) fn drafts(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let list = ask.list();
    let after = list.after.as_deref().and_then(Id::parse);
    let mut found = store::draft_page(tx, after, list.filter("state"), list.limit + 1)?;
    let limit = usize::try_from(list.limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let line = |draft: &Draft| {
        let href = format!("/catalogue/drafts/{}", draft.id);
        Line {
            key: draft.id.to_string(),
            cells: vec![
                Cell::link(href.as_str(), title(&ask.words, draft)),
                Cell::code(draft.step.code()),
                Cell::Text(vocabulary_name(&ask.words, &draft.vocabulary)),
                Cell::Text(draft.code.clone()),
                Cell::Text(draft.reason.clone()),
                Cell::Code(draft.state.clone()),
                Cell::Moment(draft.drafted_at),
            ],
            href: Some(href),
        }
    };
    Ok(Answer::List(Listing {
        title: ask.words.say("catalogue-drafts-title"),
        before: trail(&ask.words, &[]),
        rows: found.iter().map(line).collect(),
        more,
        ..Listing::default()
    }))
}

fn title(words: &Words, draft: &Draft) -> String {
    let name = draft.names.get(words.lang());
    let name = if name.is_empty() {
        draft.code.as_str()
    } else {
        name
    };
    words.say_with(
        &format!("catalogue-draft-{}", draft.step.code()),
        &[
            ("term", name.into()),
            (
                "vocabulary",
                vocabulary_name(words, &draft.vocabulary).into(),
            ),
        ],
    )
}

pub(crate) fn draft(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let draft = store::draft(tx, ask.id("id")?)?.ok_or(Error::Missing)?;
    let words = &ask.words;
    let link = vocabulary_link(words, &draft.vocabulary);
    let path = format!("/catalogue/drafts/{}", draft.id);
    let decides = ask
        .actor
        .as_ref()
        .is_some_and(|actor| rules::may_decide(&draft, actor).is_ok());
    let actions = if decides {
        vec![
            act(ask, "term-publication", format!("{path}/publication"), true),
            act(ask, "term-return", format!("{path}/return"), false),
        ]
    } else {
        Vec::new()
    };
    let mut before = trail(words, std::slice::from_ref(&link));
    if draft.state == "open" {
        before.push(ui::notice(
            words,
            Tone::Busy,
            words.say("catalogue-draft-waits"),
        ));
    }
    Ok(Answer::Record(Show {
        title: title(words, &draft),
        before,
        cells: vec![
            Cell::code(draft.step.code()),
            Cell::link(link.href, link.label),
            Cell::Text(draft.code.clone()),
            names(&draft.names),
            names(&draft.descriptions),
            text(&draft.source),
            Cell::Text(draft.reason.clone()),
            Cell::Code(draft.state.clone()),
            draft
                .decision
                .clone()
                .map_or(Cell::NotApplicable, Cell::Text),
            if draft.base_version == 0 {
                Cell::NotApplicable
            } else {
                Cell::Whole(draft.base_version)
            },
            Cell::Moment(draft.drafted_at),
            Cell::or_not_applicable(draft.decided_at),
        ],
        sections: compared(tx, words, &draft)?,
        actions,
        slot: None,
    }))
}

/// What is published beside what is proposed, where they differ.
fn compared(tx: &mut Tx, words: &Words, draft: &Draft) -> Result<Html> {
    let saved = store::term(tx, &draft.vocabulary, &draft.code)?;
    let next = rules::applied(draft, saved.as_ref(), 0);
    let face = |term: &Term| {
        let mut text = String::new();
        for (lang, name) in term.names.0.iter().chain(&term.descriptions.0) {
            text.push_str(&format!("{lang}: {name}\n"));
        }
        text.push('\n');
        text.push_str(&rules::written(&term.attributes));
        text
    };
    let now = saved
        .as_ref()
        .map_or_else(|| words.say("catalogue-not-yet"), &face);
    let sides = ui::side_by_side(
        (&words.say("catalogue-published"), &now),
        (&words.say("catalogue-proposed"), &face(&next)),
    );
    Ok(ui::section(&words.say("catalogue-compared"), sides))
}

pub(crate) fn inbox(tx: &mut Tx, ask: &Ask, actor: &Actor) -> Result<Vec<Waiting>> {
    if !actor.is(Role::SecretariatApprover) {
        return Ok(Vec::new());
    }
    let drafts = store::open_drafts(tx)?;
    let mine = drafts
        .iter()
        .filter(|draft| rules::may_decide(draft, actor).is_ok());
    Ok(mine
        .map(|draft| Waiting {
            href: format!("/catalogue/drafts/{}", draft.id),
            text: title(&ask.words, draft),
            since: draft.drafted_at,
            due: None,
        })
        .collect())
}

// ---- forms

pub(crate) fn new_form() -> Form {
    let mut form = vec![Field::text("code").max(60)];
    form.extend(content());
    form
}

pub(crate) fn edit_form() -> Form {
    let mut form = content();
    form.push(Field::version());
    form
}

fn content() -> Form {
    vec![
        Field::names("names").public(),
        Field::names("descriptions").max(2_000).optional().public(),
        Field::words("attributes").max(10_000).optional().public(),
        Field::text("source").max(300).optional().public(),
        Field::words("reason").max(2_000),
    ]
}

/// Why a term is retired or comes back: shown with the term.
pub(crate) fn reason_form() -> Form {
    vec![Field::words("reason").max(2_000).public(), Field::version()]
}

pub(crate) fn return_form() -> Form {
    vec![Field::words("reason").max(2_000)]
}

/// The attributes the vocabulary's terms have, as a start.
pub(crate) fn new_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let terms = store::terms(tx, ask.param("vocabulary"))?;
    let example = terms.first().ok_or(Error::Missing)?;
    let blank: String = example
        .attributes
        .keys()
        .map(|name| format!("{name} = \n"))
        .collect();
    let beside = html!(
        "<p>{}</p>",
        ask.words.say_with(
            "catalogue-new-beside",
            &[(
                "vocabulary",
                vocabulary_name(&ask.words, ask.param("vocabulary")).into()
            )],
        )
    );
    Ok(Prefill {
        entered: Entered::default().with("attributes", blank),
        beside,
    })
}

pub(crate) fn edit_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let term = now(tx, ask, Step::Edit)?;
    let mut entered = Entered::default()
        .with("attributes", rules::written(&term.attributes))
        .with("source", term.source.as_str())
        .with("version", term.version.to_string());
    for (field, names) in [("names", &term.names), ("descriptions", &term.descriptions)] {
        for (lang, name) in &names.0 {
            entered = entered.with(&format!("{field}_{lang}"), name.as_str());
        }
    }
    Ok(Prefill {
        entered,
        beside: Html::new(),
    })
}

pub(crate) fn retire_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    asked_why(tx, ask, Step::Retire)
}

pub(crate) fn restore_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    asked_why(tx, ask, Step::Restore)
}

fn asked_why(tx: &mut Tx, ask: &Ask, step: Step) -> Result<Prefill> {
    let term = now(tx, ask, step)?;
    let entered = Entered::default().with("version", term.version.to_string());
    let beside = html!("<p><bdi>{}</bdi></p>", term.name(ask.words.lang()));
    Ok(Prefill { entered, beside })
}

fn now(tx: &mut Tx, ask: &Ask, step: Step) -> Result<Term> {
    let term = store::term(tx, ask.param("vocabulary"), ask.param("code"))?;
    rules::may_draft(step, term.as_ref())?;
    term.ok_or(Error::Missing)
}

pub(crate) fn decide_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let draft = store::draft(tx, ask.id("id")?)?.ok_or(Error::Missing)?;
    rules::may_decide(&draft, ask.actor()?)?;
    let beside = compared(tx, &ask.words, &draft)?;
    Ok(Prefill {
        entered: Entered::default(),
        beside,
    })
}
