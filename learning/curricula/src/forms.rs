//! What the web asks for each act on frameworks, and how its answers become the act.

use crate::acts::{self, Draft};
use crate::editions;
use crate::entries::{self, LINKS};
use crate::framework::{Competency, GRADE_MAX, KINDS, SUBJECTS};
use crate::rules::{self, Entry, STATEMENT_MAX};
use crate::{choose, exchange, forms_schemes, pages, store};
use base::{Conflict, Error, Id, Refusal, Result, Role};
use db::Tx;
use serde_json::json;
use web::{Act, Ask, Call, Choice, Choices, Done, Entered, Field, Form, Prefill, Site, Who};

pub(crate) const OFFICER: Who = Who::Any(&[Role::LearningOfficer]);
pub(crate) const SIGNATORY: Who = Who::Any(&[Role::AuthoritySignatory]);

pub(crate) type Filled = Option<fn(&mut Tx, &Ask) -> Result<Prefill>>;
pub(crate) type Run = fn(&mut Tx, &Call) -> Result<Done>;

pub(crate) fn act(
    (name, path): (&'static str, &'static str),
    who: Who,
    form: fn() -> Form,
    prefill: Filled,
    run: Run,
) -> Act {
    Act {
        name,
        path,
        who,
        form,
        prefill,
        prepare: None,
        run,
    }
}

/// Every act of the room.
pub(crate) fn all() -> Vec<Act> {
    let seen: Filled = Some(pages::beside_framework);
    let entry: Filled = Some(pages::beside_competency);
    let mut import = act(
        ("curriculum-import", "/curricula/import"),
        OFFICER,
        import_form,
        Some(own_country),
        import,
    );
    import.prepare = Some(read_package);
    let mut all = vec![
        act(
            ("curriculum-new", "/curricula/new"),
            OFFICER,
            new_form,
            Some(own_country),
            new,
        ),
        import,
        act(
            ("curriculum-edit", "/curricula/{id}/edit"),
            OFFICER,
            edit_form,
            Some(edit_prefill),
            edit,
        ),
        act(
            ("curriculum-entry", "/curricula/{id}/competencies/new"),
            OFFICER,
            entry_form,
            Some(entry_blank),
            add_entry,
        ),
        act(
            ("curriculum-proposal", "/curricula/{id}/proposal"),
            OFFICER,
            Vec::new,
            seen,
            propose,
        ),
        act(
            ("curriculum-return", "/curricula/{id}/return"),
            SIGNATORY,
            reason_form,
            seen,
            send_back,
        ),
        act(
            ("curriculum-adoption", "/curricula/{id}/adoption"),
            SIGNATORY,
            Vec::new,
            seen,
            adopt,
        ),
        act(
            ("curriculum-edition", "/curricula/{id}/editions/new"),
            OFFICER,
            Vec::new,
            seen,
            next_edition,
        ),
        act(
            ("curriculum-withdrawal", "/curricula/{id}/withdrawal"),
            SIGNATORY,
            public_reason_form,
            seen,
            withdraw,
        ),
        act(
            ("curriculum-removal", "/curricula/{id}/removal"),
            OFFICER,
            Vec::new,
            seen,
            discard,
        ),
        act(
            ("competency-edit", "/competencies/{id}/edit"),
            OFFICER,
            entry_edit_form,
            Some(entry_prefill),
            edit_entry,
        ),
        act(
            ("competency-removal", "/competencies/{id}/removal"),
            OFFICER,
            Vec::new,
            entry,
            remove_entry,
        ),
        act(
            ("competency-link", "/competencies/{id}/links/new"),
            OFFICER,
            link_form,
            entry,
            link,
        ),
    ];
    all.extend(forms_schemes::all());
    all
}

pub(crate) fn reason_form() -> Form {
    vec![Field::words("reason").max(2_000)]
}
pub(crate) fn public_reason_form() -> Form {
    vec![Field::words("reason").max(2_000).public()]
}

// ---- frameworks

/// The countries the asker writes for.
pub(crate) fn own_countries(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let Some(actor) = &ask.actor else {
        return Ok(Vec::new());
    };
    let mut all = places::choose::countries(tx, ask)?;
    all.retain(|choice| actor.is_in(Role::LearningOfficer, &choice.code));
    Ok(all)
}

fn own_country(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let own = own_countries(tx, ask)?;
    let mut prefill = Prefill::default();
    if let [one] = own.as_slice() {
        prefill.entered = Entered::default().with("country", one.code.as_str());
    }
    Ok(prefill)
}

fn said_form() -> Form {
    vec![
        Field::names("curriculum_title").public(),
        Field::choice("school_subject", Choices::Fixed("subject", SUBJECTS)),
        Field::text("written_in").max(60),
        Field::text("creator").public(),
        Field::text("publisher").optional().public(),
        Field::text("official_source").max(1_000).optional(),
        Field::text("curriculum_licence").max(100).optional(),
        Field::words("curriculum_about")
            .max(4_000)
            .optional()
            .public(),
    ]
}

fn new_form() -> Form {
    let country = Field::choice("country", Choices::Listed(own_countries));
    let mut form = vec![country];
    form.extend(said_form());
    form
}

fn edit_form() -> Form {
    let mut form = said_form();
    form.push(Field::version());
    form
}

fn draft(call: &Call) -> Result<Draft> {
    let v = &call.values;
    let tags = v.text("written_in");
    let langs: Vec<String> = tags
        .split([',', ' ', ';', '،'])
        .filter(|tag| !tag.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let is_tag = |tag: &String| {
        (2..=3).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    if let Some(strange) = langs.iter().find(|tag| !is_tag(tag)) {
        let refusal = Refusal::about("written_in", "curricula-no-language-code");
        return Err(refusal.with("code", strange.as_str()).into());
    }
    Ok(Draft {
        country: v.text("country").to_owned(),
        names: v.names("curriculum_title"),
        subject: v.text("school_subject").to_owned(),
        langs,
        creator: v.text("creator").to_owned(),
        publisher: v.text("publisher").to_owned(),
        source: v.text("official_source").to_owned(),
        licence: v.text("curriculum_licence").to_owned(),
        description: v.text("curriculum_about").to_owned(),
    })
}

fn to(id: Id, notice: &'static str) -> Done {
    Done::see(format!("/curricula/{id}"))
        .with(json!({ "id": id }))
        .notice(notice)
}

fn new(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = acts::begin(tx, &draft(call)?, call.actor()?, call.now)?;
    Ok(to(id, "curricula-begun"))
}

fn entered(f: &crate::Framework) -> Entered {
    f.names.0.iter().fold(
        Entered::default()
            .with("school_subject", f.subject.as_str())
            .with("written_in", f.langs.join(", "))
            .with("creator", f.creator.as_str())
            .with("publisher", f.publisher.as_str())
            .with("official_source", f.source.as_str())
            .with("curriculum_licence", f.licence.as_str())
            .with("curriculum_about", f.description.as_str())
            .with("version", f.version.to_string()),
        |entered, (lang, name)| entered.with(&format!("curriculum_title_{lang}"), name.as_str()),
    )
}

/// What was saved in between, field by field.
pub(crate) fn saved(entered: &Entered, version: i64) -> Error {
    let texts = entered.texts.iter();
    let pairs = texts.map(|(name, all)| (name.clone(), all.join("\n")));
    Error::Conflict(Box::new(Conflict {
        version,
        saved: pairs.filter(|(name, _)| name != "version").collect(),
    }))
}

fn edit_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let framework = store::framework(tx, ask.id("id")?)?;
    rules::may_draft(ask.actor()?, &framework.country)?;
    rules::is_draft(framework.standing)?;
    Ok(Prefill {
        entered: entered(&framework),
        ..Prefill::default()
    })
}

fn edit(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    let was = store::framework(tx, id)?;
    if was.version != call.values.version() {
        rules::may_draft(call.actor()?, &was.country)?;
        return Err(saved(&entered(&was), was.version));
    }
    let seen = call.values.version();
    acts::edit(tx, id, &draft(call)?, seen, call.actor()?, call.now)?;
    Ok(to(id, "curricula-edited"))
}

fn import_form() -> Form {
    vec![
        Field::choice("country", Choices::Listed(own_countries)),
        Field::file("case_file", exchange::FILE_MAX),
    ]
}

/// Reads the file before the transaction begins.
fn read_package(site: &Site, call: &mut Call) -> Result<()> {
    if let Some(file) = call.values.file("case_file") {
        let bytes = site.files.read(&file.hash)?;
        let package = exchange::parse(&bytes).map_err(at_file)?;
        call.prepared
            .insert("package".to_owned(), package.to_string());
    }
    Ok(())
}

/// Reasons about a package, told at the field the file was given in.
fn at_file(error: Error) -> Error {
    match error {
        Error::Refused(mut refusals) => {
            for refusal in &mut refusals.0 {
                if refusal.field == "file" {
                    "case_file".clone_into(&mut refusal.field);
                }
            }
            Error::Refused(refusals)
        }
        other => other,
    }
}

fn import(tx: &mut Tx, call: &Call) -> Result<Done> {
    let text = call.prepared.get("package").ok_or(Error::Missing)?;
    let package = exchange::parse(text.as_bytes())?;
    let (country, actor) = (call.values.text("country"), call.actor()?);
    let id = exchange::import_case(tx, &package, country, actor, call.now).map_err(at_file)?;
    Ok(to(id, "curricula-imported"))
}

fn propose(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::propose(tx, id, call.actor()?, call.now)?;
    Ok(to(id, "curricula-proposed"))
}

fn send_back(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    let reason = call.values.text("reason");
    acts::send_back(tx, id, reason, call.actor()?, call.now)?;
    Ok(to(id, "curricula-sent-back"))
}

fn adopt(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::adopt(tx, id, call.actor()?, call.now)?;
    Ok(to(id, "curricula-adopted"))
}

fn next_edition(tx: &mut Tx, call: &Call) -> Result<Done> {
    let next = editions::next_edition(tx, call.id("id")?, call.actor()?, call.now)?;
    Ok(to(next, "curricula-edition-begun"))
}

fn withdraw(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    let reason = call.values.text("reason");
    acts::withdraw(tx, id, reason, call.actor()?, call.now)?;
    Ok(to(id, "curricula-withdrawn"))
}

fn discard(tx: &mut Tx, call: &Call) -> Result<Done> {
    acts::discard(tx, call.id("id")?, call.actor()?, call.now)?;
    Ok(Done::see("/curricula").notice("curricula-discarded"))
}

// ---- entries

/// The entries of the framework a form is about: in its path, or that of the entry in its path.
fn siblings(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let id = ask.id("id")?;
    let framework = match store::opt_competency(tx, id)? {
        Some(one) => one.framework,
        None => id,
    };
    let tree = rules::tree(store::of_framework(tx, framework)?);
    let choice = |(depth, one): &(usize, Competency)| Choice {
        code: one.id.to_string(),
        label: format!(
            "{}{}",
            "– ".repeat(*depth),
            rules::short(&choose::competency_label(&ask.words, one))
        ),
    };
    // A form stays a form: what is not a leaf may carry more, and leaves are many.
    let bearing: std::collections::BTreeSet<Id> =
        tree.iter().filter_map(|(_, one)| one.parent).collect();
    let few = tree.len() <= 300;
    let heading = |(_, one): &&(usize, Competency)| {
        few || bearing.contains(&one.id) || !matches!(one.kind.as_str(), "competency" | "outcome")
    };
    Ok(tree.iter().filter(heading).map(choice).collect())
}

fn entry_form() -> Form {
    vec![
        Field::text("code").max(60).optional(),
        Field::names("statement").max(STATEMENT_MAX).public(),
        Field::choice("entry_kind", Choices::Fixed("competency-kind", KINDS)),
        Field::whole("grade_from", 0, GRADE_MAX),
        Field::whole("grade_to", 0, GRADE_MAX),
        Field::choice("below", Choices::Listed(siblings)).optional(),
        Field::whole("sequence", 0, 100_000).optional(),
        Field::words("entry_notes").max(4_000).optional().public(),
    ]
}

fn entry_edit_form() -> Form {
    let mut form = entry_form();
    form.push(Field::version());
    form
}

fn entry(call: &Call) -> Entry {
    let v = &call.values;
    Entry {
        code: v.text("code").to_owned(),
        statement: v.names("statement"),
        kind: v.text("entry_kind").to_owned(),
        grade_from: v.whole("grade_from"),
        grade_to: v.whole("grade_to"),
        parent: v.id("below"),
        sequence: v.opt_whole("sequence"),
        notes: v.text("entry_notes").to_owned(),
    }
}

fn entry_blank(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let framework = store::framework(tx, ask.id("id")?)?;
    rules::may_draft(ask.actor()?, &framework.country)?;
    rules::is_draft(framework.standing)?;
    let mut entered = Entered::default().with("entry_kind", "competency");
    if let Some(parent) = ask.query.get("below").and_then(|text| Id::parse(text)) {
        let parent = store::competency(tx, parent)?;
        entered = entered
            .with("below", parent.id.to_string())
            .with("grade_from", parent.grade_from.to_string())
            .with("grade_to", parent.grade_to.to_string());
    }
    Ok(Prefill {
        entered,
        ..Prefill::default()
    })
}

fn add_entry(tx: &mut Tx, call: &Call) -> Result<Done> {
    let framework = call.id("id")?;
    let id = entries::add_entry(tx, framework, &entry(call), call.actor()?, call.now)?;
    Ok(Done::see(format!("/competencies/{id}"))
        .with(json!({ "id": id }))
        .notice("curricula-entry-added"))
}

fn entry_entered(one: &Competency) -> Entered {
    let parent = one.parent.map(|id| id.to_string()).unwrap_or_default();
    one.statement.0.iter().fold(
        Entered::default()
            .with("code", one.code.as_str())
            .with("entry_kind", one.kind.as_str())
            .with("grade_from", one.grade_from.to_string())
            .with("grade_to", one.grade_to.to_string())
            .with("below", parent)
            .with("sequence", one.sequence.to_string())
            .with("entry_notes", one.notes.as_str())
            .with("version", one.version.to_string()),
        |entered, (lang, text)| entered.with(&format!("statement_{lang}"), text.as_str()),
    )
}

fn entry_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let one = store::competency(tx, ask.id("id")?)?;
    let framework = store::framework(tx, one.framework)?;
    rules::may_draft(ask.actor()?, &framework.country)?;
    rules::is_draft(framework.standing)?;
    Ok(Prefill {
        entered: entry_entered(&one),
        ..Prefill::default()
    })
}

fn edit_entry(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    let was = store::competency(tx, id)?;
    let seen = call.values.version();
    if was.version != seen {
        let framework = store::framework(tx, was.framework)?;
        rules::may_draft(call.actor()?, &framework.country)?;
        return Err(saved(&entry_entered(&was), was.version));
    }
    entries::edit_entry(tx, id, &entry(call), seen, call.actor()?, call.now)?;
    Ok(Done::see(format!("/competencies/{id}"))
        .with(json!({ "id": id }))
        .notice("curricula-entry-edited"))
}

fn remove_entry(tx: &mut Tx, call: &Call) -> Result<Done> {
    let framework = entries::remove_entry(tx, call.id("id")?, call.actor()?, call.now)?;
    Ok(to(framework, "curricula-entry-removed"))
}

fn link_form() -> Form {
    vec![
        Field::choice("relation", Choices::Fixed("relation", LINKS)),
        Field::text("other_entry").max(100),
    ]
}

fn link(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (origin, said) = (call.id("id")?, call.values.text("other_entry"));
    let one = store::competency(tx, origin)?;
    let country = store::framework(tx, one.framework)?.country;
    let id = said.rsplit('/').next().and_then(Id::parse);
    let other = match id {
        Some(id) => store::opt_competency(tx, id)?,
        None => store::by_code_near(tx, one.framework, &country, said)?,
    };
    let other = other.ok_or_else(|| {
        Error::from(Refusal::about("other_entry", "curricula-no-such-entry").with("code", said))
    })?;
    let relation = call.values.text("relation");
    let id = entries::link(tx, origin, other.id, relation, call.actor()?, call.now)?;
    Ok(Done::see(format!("/competencies/{origin}"))
        .with(json!({ "id": id }))
        .notice("curricula-linked"))
}
