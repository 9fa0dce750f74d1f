//! Finding resources by words and by what they are.
//!
//! A search begins with the rarest of its words; whoever else must be there narrows what that brings.
//! What the resources are is known by heart, and so are the words that many have.

use crate::heart::{ASKED, Known, common, known, weights};
use crate::index::{all_facets, held, tag};
use crate::licence::Use;
use crate::light::{Library, Light};
use crate::postings::Postings;
use crate::search::{Term, terms};
use base::{Id, Lang, Result};
use db::{Tx, args};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

/// So many are asked one by one where a word was not read to its end.
const ASK_MOST: usize = 512;
/// So few are always asked one by one.
const FEW: usize = 8;
/// What recommended works have before others that the words fit as well.
const RECOMMENDED: i64 = 20;

/// What is looked for.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// Words, as entered.
    pub q: Option<String>,
    /// A BCP 47 code.
    pub lang: Option<String>,
    pub subject: Option<String>,
    pub grade: Option<i64>,
    pub kind: Option<String>,
    pub licence: Option<String>,
    pub competency: Option<Id>,
    pub country: Option<String>,
    pub recommended: bool,
    /// A school whose own material is looked through as well.
    pub school: Option<Id>,
    /// Only what the licence lets people use in this way.
    pub only_usable_for: Option<Use>,
    /// The language of whoever looks; words are tried in it first.
    pub own: Option<Lang>,
    /// How many of the best are left out, for the next page.
    pub after: usize,
    pub limit: usize,
}

impl Search {
    /// Nothing is asked: whoever looks around sees the best of the library.
    fn is_browsing(&self) -> bool {
        let texts = [
            &self.lang,
            &self.subject,
            &self.kind,
            &self.licence,
            &self.country,
        ];
        texts.iter().all(|text| text.is_none())
            && self.q.as_deref().is_none_or(|q| q.trim().is_empty())
            && (self.grade, self.competency, self.school) == (None, None, None)
            && self.only_usable_for.is_none()
            && !self.recommended
    }
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The best first.
    pub hits: Vec<Hit>,
    /// There are more after the last one.
    pub more: bool,
    /// How many were found.
    pub total: usize,
    /// There may be more than `total`.
    pub at_least: bool,
    /// How many of those found are what: by `lang`, `subject`, `grade`, `kind`, `licence`.
    pub facets: BTreeMap<&'static str, BTreeMap<String, i64>>,
}

/// A resource that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub resource: Id,
    pub score: i64,
}

/// Finds resources.
///
/// # Errors
/// A fault of the database.
pub fn search(tx: &mut Tx, wanted: &Search) -> Result<Found> {
    if wanted.is_browsing() {
        return browse(tx, wanted);
    }
    let asked = wanted.q.as_deref().filter(|q| !q.trim().is_empty());
    let own = wanted.own.unwrap_or(Lang::En).code();
    let words = asked.map(|q| terms(q, wanted.lang.as_deref(), own));
    if words.as_ref().is_some_and(Vec::is_empty) {
        // Nothing but signs was entered.
        return Ok(Found::default());
    }
    let known = known(tx)?;
    let library = &*known.library;
    let aligned = match wanted.competency {
        Some(competency) => Some(aligned(tx, &known, competency)?),
        None => None,
    };
    let mut at_least = aligned.as_ref().is_some_and(|list| list.cut);
    let mut found: Vec<(u32, i64)> = match (&words, &aligned) {
        (Some(words), aligned) => {
            let mut found = with_words(tx, &known, words, &mut at_least)?;
            if let Some(aligned) = aligned {
                aligned.narrow(&mut found, 0);
            }
            found
        }
        (None, Some(aligned)) => aligned.iter().map(|(place, _)| (place, 0)).collect(),
        (None, None) => (0..)
            .zip(library.all())
            .map(|(place, _)| (place, 0))
            .collect(),
    };
    let filter = Filter::of(library, wanted);
    found.retain_mut(|(place, score)| {
        let one = library.at(*place).filter(|one| filter.lets(one));
        if let (Some(one), None) = (one, &words) {
            // Facets say nothing beside words; alone they are sorted as the whole library is.
            *score = one.rank();
        }
        one.is_some()
    });
    Ok(Found {
        facets: counted(library, &found),
        total: found.len(),
        more: found.len() > wanted.after.saturating_add(wanted.limit),
        at_least,
        hits: best(library, found, words.is_some(), wanted),
    })
}

/// The best of the whole library: how many there are of what is known without counting.
fn browse(tx: &mut Tx, wanted: &Search) -> Result<Found> {
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let rows = tx.rows(
        "SELECT resource_id, weight FROM resource_word WHERE token = '@all' \
         ORDER BY weight DESC, resource_id LIMIT $1 OFFSET $2",
        &args![number(wanted.limit.saturating_add(1)), number(wanted.after)],
    )?;
    let hits = rows.iter().take(wanted.limit).map(|row| {
        let mut r = row.read();
        Ok(Hit {
            resource: r.id()?,
            score: r.int()?,
        })
    });
    Ok(Found {
        hits: hits.collect::<Result<_>>()?,
        more: rows.len() > wanted.limit,
        total: usize::try_from(held(tx, "@all")?).unwrap_or(0),
        at_least: false,
        facets: all_facets(tx)?,
    })
}

/// A word that must be there, who has it if that is known, and about how many do.
struct Must<'a> {
    term: &'a Term,
    list: Option<Arc<Postings>>,
    held: usize,
}

/// Who has a word: by heart, or as it is read now.
fn listed(tx: &mut Tx, known: &Known, term: &Term) -> Result<Arc<Postings>> {
    match known.by_heart(tx, term)? {
        Some(list) => Ok(list),
        None => known.read(tx, term),
    }
}

/// What is aligned to a competency, of the library and of schools.
fn aligned(tx: &mut Tx, known: &Known, competency: Id) -> Result<Arc<Postings>> {
    let tag = tag("competency", competency);
    let term = Term {
        any: vec![format!("@own{tag}"), tag],
        prefix: None,
    };
    listed(tx, known, &term)
}

/// Where all the words are, in order, with what they weigh together.
fn with_words(
    tx: &mut Tx,
    known: &Known,
    words: &[Term],
    at_least: &mut bool,
) -> Result<Vec<(u32, i64)>> {
    let mut musts = Vec::with_capacity(words.len());
    for term in words {
        let list = known.by_heart(tx, term)?;
        let held = match &list {
            Some(list) => list.len(),
            None if words.len() == 1 => 0,
            None => common(tx, term)?,
        };
        musts.push(Must { term, list, held });
    }
    musts.sort_by_key(|must| must.held);
    let mut found: Option<Vec<(u32, i64)>> = None;
    for must in musts {
        if let Some(found) = &mut found {
            let cut = must.list.as_ref().is_some_and(|list| list.cut);
            let unread = cut || must.list.is_none();
            let few = unread && found.len() * ASKED < must.held;
            let once = few && (found.len() <= FEW || !known.is_wanted_again(must.term));
            if once || (few && cut) || (cut && found.len() <= ASK_MOST) {
                with_weights(tx, known, must.term, found)?;
                continue;
            }
        }
        let list = match must.list {
            Some(list) => list,
            None => known.read(tx, must.term)?,
        };
        *at_least |= list.cut;
        match &mut found {
            Some(found) => list.narrow(found, 1),
            None => {
                let all = list
                    .iter()
                    .map(|(place, weight)| (place, i64::from(weight)));
                found = Some(all.collect());
            }
        }
    }
    Ok(found.unwrap_or_default())
}

/// Asks those found so far, one by one, for a further word.
fn with_weights(
    tx: &mut Tx,
    known: &Known,
    term: &Term,
    found: &mut Vec<(u32, i64)>,
) -> Result<()> {
    let id = |place: u32| known.library.at(place).map(|one| one.id);
    found.retain(|(place, _)| id(*place).is_some());
    let ids: Vec<Id> = found.iter().filter_map(|(place, _)| id(*place)).collect();
    let mut weights = weights(tx, term, &ids)?.into_iter();
    found.retain_mut(|(_, score)| {
        let weight = weights.next().unwrap_or(0);
        *score += i64::from(weight);
        weight > 0
    });
    Ok(())
}

/// What is asked of the resource itself.
struct Filter<'a> {
    wanted: &'a Search,
    /// Of each set of languages, whether the one asked for is in it.
    spoken: Option<Vec<bool>>,
    school: Option<u32>,
    subject: Option<u16>,
    kind: Option<u16>,
    licence: Option<u16>,
    country: Option<u16>,
}

impl<'a> Filter<'a> {
    fn of(library: &Library, wanted: &'a Search) -> Self {
        let code = |text: &Option<String>| text.as_deref().map(|text| library.code(text));
        let spoken = code(&wanted.lang).map(|lang| {
            let sets = library.langs.all().iter();
            sets.map(|set| set.contains(&u32::from(lang))).collect()
        });
        Self {
            wanted,
            spoken,
            school: wanted.school.map(|school| library.school(school)),
            subject: code(&wanted.subject),
            kind: code(&wanted.kind),
            licence: code(&wanted.licence),
            country: code(&wanted.country),
        }
    }

    fn lets(&self, one: &Light) -> bool {
        let is = |asked: Option<u16>, own: u16| asked.is_none_or(|asked| asked == own);
        let speaks = |sets: &Vec<bool>| sets.get(one.langs as usize) == Some(&true);
        let grades = i64::from(one.grades.0)..=i64::from(one.grades.1);
        one.is_open_to(self.school)
            && self.spoken.as_ref().is_none_or(speaks)
            && is(self.subject, one.subject)
            && is(self.kind, one.kind)
            && is(self.licence, one.licence)
            && is(self.country, one.country)
            && self
                .wanted
                .grade
                .is_none_or(|grade| grades.contains(&grade))
            && (!self.wanted.recommended || one.recommended)
            && self
                .wanted
                .only_usable_for
                .is_none_or(|what| one.lets(what))
    }
}

/// The page that was asked for, the best first; of two alike the younger.
fn best(library: &Library, mut found: Vec<(u32, i64)>, words: bool, wanted: &Search) -> Vec<Hit> {
    let key = |(place, score): &(u32, i64)| {
        let one = library.at(*place);
        let bonus = one.is_some_and(|one| words && one.recommended);
        let score = score + i64::from(bonus) * RECOMMENDED;
        Reverse((score, one.map(|one| one.id)))
    };
    let until = wanted.after.saturating_add(wanted.limit);
    if until == 0 {
        return Vec::new();
    }
    if found.len() > until {
        found.select_nth_unstable_by_key(until - 1, key);
        found.truncate(until);
    }
    found.sort_unstable_by_key(key);
    let page = found.iter().skip(wanted.after);
    let hits = page.filter_map(|(place, score)| {
        let resource = library.at(*place)?.id;
        Some(Hit {
            resource,
            score: *score,
        })
    });
    hits.collect()
}

type Facets = BTreeMap<&'static str, BTreeMap<String, i64>>;

/// Adds one for a number.
fn count(counts: &mut Vec<i64>, number: u32) {
    let at = number as usize;
    if counts.len() <= at {
        counts.resize(at + 1, 0);
    }
    if let Some(count) = counts.get_mut(at) {
        *count += 1;
    }
}

/// How many of those found are what.
fn counted(library: &Library, found: &[(u32, i64)]) -> Facets {
    let (mut sets, mut grades) = (Vec::new(), Vec::new());
    let mut codes = [const { Vec::<i64>::new() }; 3];
    for one in found.iter().filter_map(|(place, _)| library.at(*place)) {
        count(&mut sets, one.langs);
        for (counts, code) in codes.iter_mut().zip([one.subject, one.kind, one.licence]) {
            count(counts, u32::from(code));
        }
        // Both grades in one number; they are at most 13.
        count(
            &mut grades,
            u32::from(one.grades.0) << 4 | u32::from(one.grades.1 & 15),
        );
    }
    let mut facets = Facets::new();
    let mut add = |facet: &'static str, value: String, count: i64| {
        *facets.entry(facet).or_default().entry(value).or_default() += count;
    };
    let some = |counts: Vec<i64>| (0_usize..).zip(counts).filter(|(_, count)| *count > 0);
    let said = |code: usize| library.codes.all().get(code).map(|code| code.to_string());
    for (facet, counts) in ["subject", "kind", "licence"].into_iter().zip(codes) {
        for (code, count) in some(counts) {
            add(facet, said(code).unwrap_or_default(), count);
        }
    }
    for (set, count) in some(sets) {
        for lang in library
            .langs
            .all()
            .get(set)
            .iter()
            .flat_map(|set| set.iter())
        {
            add("lang", said(*lang as usize).unwrap_or_default(), count);
        }
    }
    for (pair, count) in some(grades) {
        for grade in pair >> 4..=pair & 15 {
            add("grade", grade.to_string(), count);
        }
    }
    facets
}
