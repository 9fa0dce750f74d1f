//! The decisions: who may do what with a lesson, and when it can be published. Pure.

use crate::lesson::{Body, ItemRow, Lesson, Review, Standing, Step};
use base::{Actor, Error, Id, Refusal, Refusals, Result, Role};
use formats::item::Text;
use resources::{Licence, Resource, Use};
use std::collections::BTreeMap;

/// Steps a lesson has at most: more is more than one lesson.
pub(crate) const STEPS_MAX: usize = 60;

const STAFF: [Role; 2] = [Role::SchoolHead, Role::Teacher];
const ANYBODY_THERE: [Role; 4] = [
    Role::SchoolHead,
    Role::Teacher,
    Role::Learner,
    Role::Guardian,
];

/// Who keeps lessons and items: a school, or the country’s authority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keeper {
    pub country: String,
    pub school: Option<Id>,
}

impl Keeper {
    /// The keeper of a lesson.
    pub fn of(lesson: &Lesson) -> Self {
        Self {
            country: lesson.country.clone(),
            school: lesson.school,
        }
    }
    /// The keeper of an item.
    pub fn of_item(row: &ItemRow) -> Self {
        Self {
            country: row.country.clone(),
            school: row.school,
        }
    }
}

/// Whether the actor writes for this keeper: teachers and heads for their school, learning officers for their country.
pub(crate) fn writes_for(actor: &Actor, keeper: &Keeper) -> bool {
    match keeper.school {
        Some(school) => STAFF.iter().any(|role| actor.is_for(*role, school)),
        None => actor.is_in(Role::LearningOfficer, &keeper.country),
    }
}

pub(crate) fn may_write(actor: &Actor, keeper: &Keeper) -> Result<()> {
    if writes_for(actor, keeper) {
        return Ok(());
    }
    Err(Error::Forbidden(match keeper.school {
        Some(_) => Role::Teacher.code(),
        None => Role::LearningOfficer.code(),
    }))
}

/// Whether somebody may read the lesson.
pub fn may_see(lesson: &Lesson, actor: Option<&Actor>) -> bool {
    if lesson.for_all && lesson.standing != Standing::Draft {
        return true;
    }
    let Some(actor) = actor else {
        return false;
    };
    let nationally = [
        Role::LearningOfficer,
        Role::ResourceReviewer,
        Role::AuthoritySignatory,
    ]
    .iter()
    .any(|role| actor.is_in(*role, &lesson.country));
    let there = lesson.school.is_some_and(|school| {
        let roles: &[Role] = if lesson.standing == Standing::Draft {
            &STAFF
        } else {
            &ANYBODY_THERE
        };
        roles.iter().any(|role| actor.is_for(*role, school))
    });
    let offered = lesson.review != Review::None || lesson.school.is_none();
    there || (nationally && offered) || actor.is(Role::Auditor)
}

/// Whether the actor reads what is meant for teachers: notes and answers.
pub(crate) fn reads_as_teacher(actor: Option<&Actor>) -> bool {
    actor.is_some_and(|actor| {
        actor.is_any(&[
            Role::Teacher,
            Role::SchoolHead,
            Role::LearningOfficer,
            Role::ResourceReviewer,
            Role::AuthoritySignatory,
            Role::Auditor,
        ])
    })
}

/// The one of a lesson's editions that was begun and is not published yet.
pub(crate) fn begun(editions: &[Lesson]) -> Option<Id> {
    let mut drafts = editions
        .iter()
        .filter(|one| one.standing == Standing::Draft);
    drafts.next().map(|one| one.id)
}

/// A lesson that its keeper still works on.
pub(crate) fn may_change(lesson: &Lesson) -> Result<()> {
    let mut no = Refusals::default();
    no.unless(lesson.standing == Standing::Draft, "", "lessons-fixed");
    no.unless(
        lesson.review != Review::Proposed,
        "",
        "lessons-under-review",
    );
    no.or(())
}

/// The languages that every text and every item of the lesson has, its title first of all.
pub(crate) fn whole_langs(
    lesson: &Lesson,
    steps: &[Step],
    items: &BTreeMap<Id, ItemRow>,
) -> Vec<String> {
    let mut langs: Vec<String> = lesson
        .names
        .0
        .iter()
        .filter(|(_, name)| !name.trim().is_empty())
        .map(|(code, _)| code.clone())
        .collect();
    let has = |step: &Step, lang: &str| match &step.body {
        Body::Text { html, .. } => html.has(lang),
        Body::Item(id) => items.get(id).is_some_and(|row| row.item.prompt.has(lang)),
        Body::Resource { .. } => true,
    };
    langs.retain(|lang| steps.iter().all(|step| has(step, lang)));
    if langs.is_empty() {
        // A text may be in a language the title has no field for.
        let all = steps.iter().filter_map(|step| match &step.body {
            Body::Text { html, .. } => Some(html),
            Body::Item(id) => items.get(id).map(|row| &row.item.prompt),
            Body::Resource { .. } => None,
        });
        let mut candidates: Vec<String> =
            all.flat_map(|text: &Text| text.0.keys().cloned()).collect();
        candidates.sort_unstable();
        candidates.dedup();
        candidates.retain(|lang| steps.iter().all(|step| has(step, lang)));
        langs = candidates;
    }
    langs
}

/// What else a lesson needs before anybody learns with it. Every reason at once.
pub(crate) fn may_publish(
    lesson: &Lesson,
    steps: &[Step],
    items: &BTreeMap<Id, ItemRow>,
    shown: &BTreeMap<Id, Resource>,
) -> Result<()> {
    let mut no = Refusals::default();
    no.unless(!steps.is_empty(), "", "lessons-without-steps");
    no.unless(
        steps.is_empty() || !whole_langs(lesson, steps, items).is_empty(),
        "",
        "lessons-no-whole-language",
    );
    let school = lesson.school.is_some();
    no.unless(
        school || !lesson.competencies.is_empty(),
        "",
        "lessons-without-competency",
    );
    for row in items.values().filter(|row| row.withdrawn) {
        no.push(Refusal::whole("lessons-item-withdrawn").with("code", row.code.as_str()));
    }
    for row in items
        .values()
        .filter(|row| row.school.is_some() && row.school != lesson.school)
    {
        no.push(Refusal::whole("lessons-item-of-another-school").with("code", row.code.as_str()));
    }
    for id in used(steps, items) {
        match shown.get(&id) {
            None => no.push(Refusal::whole("lessons-resource-missing")),
            Some(one) => {
                if let Err(refusal) = one.may(Use::Show) {
                    no.push(refusal);
                } else if !one.is_usable(lesson.school) {
                    no.push(
                        Refusal::whole("lessons-resource-not-usable")
                            .with("code", one.code.as_str()),
                    );
                }
            }
        }
    }
    no.or(())
}

/// What is asked before the lesson goes to all: as publishing, and nothing only its school may see.
pub(crate) fn may_offer(
    lesson: &Lesson,
    (steps, items): (&[Step], &BTreeMap<Id, ItemRow>),
    shown: &BTreeMap<Id, Resource>,
) -> Result<()> {
    let mut no = Refusals::default();
    let ready = match lesson.school {
        Some(_) => lesson.standing == Standing::Published,
        None => lesson.standing == Standing::Draft,
    };
    no.unless(ready, "", "lessons-not-to-offer");
    no.unless(
        !matches!(lesson.review, Review::Proposed | Review::Approved),
        "",
        "lessons-offered-already",
    );
    no.unless(
        !lesson.competencies.is_empty(),
        "",
        "lessons-without-competency",
    );
    for id in used(steps, items) {
        if let Some(one) = shown.get(&id).filter(|one| !one.is_usable(None)) {
            no.push(
                Refusal::whole("lessons-resource-only-at-school").with("code", one.code.as_str()),
            );
        }
    }
    no.or(())
}

/// The resources that a lesson shows or plays, each once.
pub(crate) fn used(steps: &[Step], items: &BTreeMap<Id, ItemRow>) -> Vec<Id> {
    let played = steps.iter().flat_map(|step| step.sounds.values());
    let asked = items.values().flat_map(|row| row.item.sounds.values());
    let mut ids: Vec<Id> = steps
        .iter()
        .filter_map(|step| match step.body {
            Body::Resource { resource, .. } => Some(resource),
            Body::Text { .. } | Body::Item(_) => None,
        })
        .chain(played.chain(asked).map(|sound| sound.resource))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Why the lesson as a whole may not be used so: the strictest of its own licence, its items’ and what it shows.
pub(crate) fn gate_all(licences: &[Licence], resources: &[&Resource], wanted: Use) -> Result<()> {
    let mut no = Refusals::default();
    let own = licences
        .iter()
        .map(|licence| resources::gate(licence, wanted));
    let shown = resources.iter().map(|one| one.may(wanted));
    for refusal in own.chain(shown).filter_map(std::result::Result::err) {
        if !no.0.contains(&refusal) {
            no.push(refusal);
        }
    }
    no.or(())
}

/// The places of steps after one of them moves: the others keep their order.
pub(crate) fn moved(steps: &[Step], number: i64, place: i64) -> Option<Vec<i64>> {
    let mut order: Vec<i64> = steps.iter().map(|step| step.number).collect();
    let from = order.iter().position(|n| *n == number)?;
    order.remove(from);
    let to = usize::try_from(place - 1).unwrap_or(0).min(order.len());
    order.insert(to, number);
    Some(order)
}

/// A code for people to read aloud and write by hand: no letters or digits that look alike.
pub(crate) fn code(first: char, id: Id, salt: u32) -> String {
    const SIGNS: &[u8] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
    let text = format!("{id}{salt}");
    let mut sum = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    sum ^= sum >> 29;
    let mut code = String::from(first);
    for _ in 0..5 {
        let count = SIGNS.len() as u64;
        let sign = usize::try_from(sum % count).ok().and_then(|n| SIGNS.get(n));
        code.push(char::from(sign.copied().unwrap_or(b'2')));
        sum /= count;
    }
    code
}
