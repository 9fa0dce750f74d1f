//! The steps of lessons in the database, with the recordings that read them out.

use super::*;

fn step_values(lesson: Id, step: &Step) -> Vec<Val> {
    let (source, html, resource, page, item) = match &step.body {
        Body::Text { source, html } => (json(source), json(html), Val::Null, Val::Null, Val::Null),
        Body::Resource { resource, page } => (
            Val::Null,
            Val::Null,
            (*resource).into(),
            (*page).into(),
            Val::Null,
        ),
        Body::Item(item) => (Val::Null, Val::Null, Val::Null, Val::Null, (*item).into()),
    };
    vec![
        lesson.into(),
        step.number.into(),
        step.place.into(),
        step.body.code().into(),
        source,
        html,
        resource,
        page,
        item,
        json(&step.notes),
    ]
}

fn read_step(row: &Row) -> Result<Step> {
    let mut r = row.read();
    let (number, place, kind) = (r.int()?, r.int()?, r.text()?);
    let (source, html) = (read_text(&mut r)?, read_text(&mut r)?);
    let (resource, page, item) = (r.opt_id()?, r.opt_int()?, r.opt_id()?);
    let body = match (resource, item) {
        _ if kind == "text" => Body::Text { source, html },
        (Some(resource), _) => Body::Resource { resource, page },
        (None, Some(item)) => Body::Item(item),
        (None, None) => return Err(strange(&kind)),
    };
    Ok(Step {
        number,
        place,
        body,
        notes: parsed(&r.text()?)?,
        sounds: Sounds::new(),
    })
}

/// The recordings of a lesson's steps, by their numbers.
fn sounds(tx: &mut Tx, lesson: Id) -> Result<BTreeMap<i64, Sounds>> {
    let mut all: BTreeMap<i64, Sounds> = BTreeMap::new();
    for row in tx.rows(
        "SELECT number, lang, resource_id, form_id, bytes, seconds FROM lesson_sound \
         WHERE lesson_id = $1 ORDER BY number, lang",
        &args![lesson],
    )? {
        let mut r = row.read();
        let (number, lang) = (r.int()?, r.text()?);
        let sound = Sound {
            resource: r.id()?,
            form: r.id()?,
            bytes: r.int()?,
            seconds: r.opt_int()?,
        };
        all.entry(number).or_default().insert(lang, sound);
    }
    Ok(all)
}

/// The steps of a lesson in their order.
pub(crate) fn steps(tx: &mut Tx, lesson: Id) -> Result<Vec<Step>> {
    let rows = tx.rows(
        "SELECT s.number, s.place, s.kind, s.source, s.html, s.resource_id, s.page, s.item_id, s.notes \
         FROM lesson_step s WHERE s.lesson_id = $1 ORDER BY s.place, s.number",
        &args![lesson],
    )?;
    let mut sounds = sounds(tx, lesson)?;
    let mut steps: Vec<Step> = rows.iter().map(read_step).collect::<Result<_>>()?;
    for step in &mut steps {
        step.sounds = sounds.remove(&step.number).unwrap_or_default();
    }
    Ok(steps)
}

pub(crate) fn put_step(tx: &mut Tx, lesson: Id, step: &Step) -> Result<()> {
    tx.put(&STEP, step_values(lesson, step))?;
    let before = sounds(tx, lesson)?.remove(&step.number).unwrap_or_default();
    for lang in before
        .keys()
        .filter(|lang| !step.sounds.contains_key(*lang))
    {
        tx.remove(&SOUND, &args![lesson, step.number, lang])?;
    }
    for (lang, sound) in &step.sounds {
        if before.get(lang) != Some(sound) {
            let row = args![
                lesson,
                step.number,
                lang,
                sound.resource,
                sound.form,
                sound.bytes,
                sound.seconds
            ];
            tx.put(&SOUND, row.to_vec())?;
        }
    }
    Ok(())
}

pub(crate) fn remove_step(tx: &mut Tx, lesson: Id, number: i64) -> Result<()> {
    for lang in sounds(tx, lesson)?
        .remove(&number)
        .unwrap_or_default()
        .keys()
    {
        tx.remove(&SOUND, &args![lesson, number, lang])?;
    }
    tx.remove(&STEP, &args![lesson, number])
}
