//! The inverted table: finding resources by words and by what they are, on either engine.
//!
//! Words and facets stand in one table: `@lang:sw` is a word like any other. A search begins with the
//! rarest of its words, so that it reads little however large the library is.

use crate::licence::Use;
use crate::light::{self, Code, Light};
use crate::resource::{Resource, Standing};
use crate::search::{Analyser, FORMS, Term, terms};
use base::{Id, Lang, Result};
use db::{Row, Tx, Val, args};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Rows the rarest word may bring; more of them are not looked at.
const CAP: i64 = 2_000;

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

/// The facets counted.
pub const FACETS: [&str; 5] = ["lang", "subject", "grade", "kind", "licence"];

fn tag(facet: &str, value: impl std::fmt::Display) -> String {
    format!("@{facet}:{value}")
}

/// What a resource is, as words.
fn tags(r: &Resource) -> Vec<String> {
    let mut all = vec!["@all".to_owned(), tag("country", &r.country)];
    all.push(tag("subject", &r.subject));
    all.push(tag("kind", &r.kind));
    all.push(tag("licence", &r.licence));
    all.extend(r.langs.iter().map(|lang| tag("lang", lang)));
    all.extend((r.grades.0..=r.grades.1).map(|grade| tag("grade", grade)));
    all.extend(r.competencies.iter().map(|id| tag("competency", id)));
    if r.recommended {
        all.push("@recommended".to_owned());
    }
    all
}

/// Takes a resource out of the table.
pub(crate) fn forget(tx: &mut Tx, id: Id) -> Result<()> {
    tx.exec(
        "UPDATE resource_facet SET held = held - 1 WHERE token IN \
         (SELECT token FROM resource_word WHERE resource_id = $1 AND token >= '@' AND token < 'A') \
         AND EXISTS (SELECT 1 FROM resource_word w WHERE w.resource_id = $1 AND w.token = '@all')",
        &args![id],
    )?;
    tx.exec(
        "DELETE FROM resource_word WHERE resource_id = $1",
        &args![id],
    )?;
    Ok(())
}

/// Puts a resource into the table again, as it now is; `text` is its plain text.
pub(crate) fn learn(tx: &mut Tx, r: &Resource, text: &str) -> Result<()> {
    forget(tx, r.id)?;
    if r.standing == Standing::Withdrawn || (r.standing != Standing::Approved && r.school.is_none())
    {
        return Ok(());
    }
    let mut analyser = Analyser::new(&r.langs);
    for (lang, title) in &r.names.0 {
        analyser.title(lang, title);
        // A title whose language nobody said is read in the work's own.
        if let Some(own) = r.langs.first().filter(|own| *own != lang) {
            analyser.title(own, title);
        }
    }
    for (lang, about) in r.about.iter().flat_map(|names| &names.0) {
        analyser.about(lang, about);
    }
    analyser.about("", &r.credit);
    analyser.about("", &r.code);
    analyser.body(text);
    let mut rows: Vec<Vec<Val>> = analyser
        .finish()
        .into_iter()
        .map(|(token, weight)| args![r.id, token, weight].to_vec())
        .collect();
    let open = r.standing == Standing::Approved;
    let rank = i64::from(r.recommended) * 1_000_000 + r.number.min(999_999);
    let mut facets = Vec::new();
    for token in tags(r) {
        // A school's own material is found through the school only.
        let token = if open { token } else { format!("@own{token}") };
        rows.push(args![r.id, &token, rank].to_vec());
        if open {
            facets.push(args![token].to_vec());
        }
    }
    if let Some(school) = r.school {
        rows.push(args![r.id, tag("school", school), rank].to_vec());
    }
    tx.exec_many(
        "INSERT INTO resource_word (resource_id, token, weight) VALUES ($1, $2, $3)",
        &rows,
    )?;
    tx.exec_many(
        "INSERT INTO resource_facet (token, held) VALUES ($1, 1) \
         ON CONFLICT (token) DO UPDATE SET held = resource_facet.held + 1",
        &facets,
    )?;
    Ok(())
}

/// A word that must be there, and how many resources may have it.
struct Must {
    term: Term,
    is_tag: bool,
    held: i64,
}

/// The rarest word: its forms and where its beginnings stand, the best first.
const LEAD: &str = "SELECT resource_id, MAX(weight) FROM (SELECT resource_id, weight FROM \
     resource_word WHERE token IN ($1, $2, $3, $4, $5, $6) UNION ALL SELECT resource_id, weight \
     FROM resource_word WHERE token >= $7 AND token < $8) AS w GROUP BY resource_id \
     ORDER BY MAX(weight) DESC, resource_id LIMIT $9";
/// The same where it has one form, in the order it is kept in: no more is read than is wanted.
const LEAD_ONE: &str = "SELECT resource_id, weight FROM resource_word WHERE token = $1 \
     ORDER BY weight DESC, resource_id LIMIT $2";
/// Every resource with one of a word's forms.
const FORMED: &str =
    "SELECT resource_id, weight FROM resource_word WHERE token IN ($1, $2, $3, $4, $5, $6)";
/// Every resource with a word that begins so.
const BEGUN: &str =
    "SELECT resource_id, weight FROM resource_word WHERE token >= $1 AND token < $2";
/// What one resource has of a word.
const OF_ONE: &str = "SELECT COALESCE((SELECT MAX(x.weight) FROM resource_word x \
     WHERE x.resource_id = $9 AND x.token IN ($1, $2, $3, $4, $5, $6)), 0) + \
     COALESCE((SELECT MAX(y.weight) FROM resource_word y \
     WHERE y.resource_id = $9 AND y.token >= $7 AND y.token < $8), 0)";
/// So many rows are read while one resource is asked.
const ASKED: usize = 16;

fn held(tx: &mut Tx, token: &str) -> Result<i64> {
    let row = tx.row(
        "SELECT held FROM resource_facet WHERE token = $1",
        &args![token],
    )?;
    row.map_or(Ok(0), |row| row.read().int())
}

/// How many resources have one of the forms, counted no further than matters.
fn common(tx: &mut Tx, term: &Term) -> Result<i64> {
    let forms = padded(term);
    let mut values: Vec<Val> = forms.iter().map(Val::from).collect();
    values.extend(range(term).map(Val::from));
    tx.one(
        "SELECT COUNT(*) FROM (SELECT 1 FROM resource_word WHERE token IN ($1, $2, $3, $4, $5, $6) \
         UNION ALL SELECT 1 FROM resource_word WHERE token >= $7 AND token < $8 LIMIT 2001) AS w",
        &values,
    )?
    .read()
    .int()
}

fn padded(term: &Term) -> [String; FORMS] {
    let first = term.any.first().cloned().unwrap_or_default();
    std::array::from_fn(|at| term.any.get(at).cloned().unwrap_or_else(|| first.clone()))
}

/// From where to where the beginnings of a word stand; nothing when it is whole.
fn range(term: &Term) -> [String; 2] {
    match &term.prefix {
        Some(prefix) => [prefix.clone(), format!("{prefix}\u{10ffff}")],
        None => [String::new(), String::new()],
    }
}

/// What must be there, words and facets.
fn musts(tx: &mut Tx, wanted: &Search) -> Result<Vec<Must>> {
    let own = wanted.own.unwrap_or(Lang::En).code();
    let mut musts = Vec::new();
    if let Some(q) = &wanted.q {
        for term in terms(q, wanted.lang.as_deref(), own) {
            let held = common(tx, &term)?;
            musts.push(Must {
                term,
                is_tag: false,
                held,
            });
        }
    }
    let mut tags = Vec::new();
    let mut want = |facet: &str, value: Option<String>| {
        tags.extend(value.map(|value| tag(facet, value)));
    };
    want("lang", wanted.lang.clone());
    want("subject", wanted.subject.clone());
    want("grade", wanted.grade.map(|grade| grade.to_string()));
    want("kind", wanted.kind.clone());
    want("licence", wanted.licence.clone());
    want("competency", wanted.competency.map(|id| id.to_string()));
    want("country", wanted.country.clone());
    if wanted.recommended {
        tags.push("@recommended".to_owned());
    }
    for token in tags {
        let held = held(tx, &token)?;
        let term = Term {
            any: vec![token],
            prefix: None,
        };
        musts.push(Must {
            term,
            is_tag: true,
            held,
        });
    }
    Ok(musts)
}

/// A word's forms and range, as the statements take them.
fn values(term: &Term) -> Vec<Val> {
    let mut values: Vec<Val> = padded(term).iter().map(Val::from).collect();
    values.extend(range(term).map(Val::from));
    values
}

/// The resources the rarest word brings, with what it weighs in them.
fn led(tx: &mut Tx, lead: Option<&Must>, school: Option<Id>, most: i64) -> Result<Vec<(Id, i64)>> {
    let mut term = lead.map_or_else(
        || Term {
            any: vec!["@all".to_owned()],
            prefix: None,
        },
        |lead| lead.term.clone(),
    );
    if school.is_some() && lead.is_none_or(|lead| lead.is_tag) {
        // A facet that leads brings the school's own material as well.
        let own = term.any.first().map(|tag| format!("@own{tag}"));
        term.any.extend(own);
    }
    let rows = match (term.any.as_slice(), &term.prefix) {
        ([one], None) => tx.rows(LEAD_ONE, &args![one, most])?,
        _ => {
            let mut values = values(&term);
            values.push(most.into());
            tx.rows(LEAD, &values)?
        }
    };
    rows.iter().map(pair).collect()
}

fn pair(row: &Row) -> Result<(Id, i64)> {
    let mut r = row.read();
    Ok((r.id()?, r.int()?))
}

/// Adds what a further word weighs in each, and leaves out who does not have it.
fn with_word(tx: &mut Tx, found: &mut Vec<Scored>, must: &Must) -> Result<()> {
    let few = usize::try_from(must.held).is_ok_and(|held| {
        let more = if must.held > CAP { held * 2 } else { held };
        found.len() * ASKED < more
    });
    if few {
        let mut values = values(&must.term);
        values.push(Val::Null);
        let mut kept = Vec::with_capacity(found.len());
        for mut one in found.drain(..) {
            if let Some(last) = values.last_mut() {
                *last = one.id.into();
            }
            let weight = tx.one(OF_ONE, &values)?.read().int()?;
            if weight > 0 {
                one.rest += weight;
                kept.push(one);
            }
        }
        *found = kept;
        return Ok(());
    }
    let [from, to] = range(&must.term);
    let mut best = |sql: &'static str, values: &[Val]| -> Result<HashMap<Id, i64>> {
        let mut best = HashMap::new();
        tx.each(sql, values, &mut |row| {
            let (id, weight) = pair(&row)?;
            let held = best.entry(id).or_insert(weight);
            *held = weight.max(*held);
            Ok(())
        })?;
        Ok(best)
    };
    let forms: Vec<Val> = padded(&must.term).iter().map(Val::from).collect();
    let formed = best(FORMED, &forms)?;
    let begun = match must.term.prefix {
        Some(_) => best(BEGUN, &args![from, to])?,
        None => HashMap::new(),
    };
    found.retain_mut(|one| {
        let weight = [&formed, &begun].map(|map| map.get(&one.id).copied().unwrap_or(0));
        one.rest += weight.iter().sum::<i64>();
        weight.iter().sum::<i64>() > 0
    });
    Ok(())
}

/// A resource on its way to be found: what the rarest word weighs in it, and the others.
struct Scored {
    id: Id,
    lead: i64,
    rest: i64,
}

/// What is asked of the resource itself; made once the resources are known.
struct Filter {
    lang: Option<Code>,
    subject: Option<Code>,
    grade: Option<i64>,
    kind: Option<Code>,
    licence: Option<Code>,
    country: Option<Code>,
}

impl Filter {
    fn of(wanted: &Search) -> Self {
        let code = |text: &Option<String>| text.as_deref().map(light::asked);
        Self {
            lang: code(&wanted.lang),
            subject: code(&wanted.subject),
            grade: wanted.grade,
            kind: code(&wanted.kind),
            licence: code(&wanted.licence),
            country: code(&wanted.country),
        }
    }

    fn lets(&self, wanted: &Search, one: &Light) -> bool {
        let is = |asked: Option<Code>, own: Code| asked.is_none_or(|asked| asked == own);
        (one.approved || (wanted.school.is_some() && one.school == wanted.school))
            && self.lang.is_none_or(|lang| one.langs.contains(&lang))
            && is(self.subject, one.subject)
            && is(self.kind, one.kind)
            && is(self.licence, one.licence)
            && is(self.country, one.country)
            && self
                .grade
                .is_none_or(|n| (i64::from(one.grades.0)..=i64::from(one.grades.1)).contains(&n))
            && wanted
                .competency
                .is_none_or(|id| one.competencies.contains(&id))
            && (!wanted.recommended || one.recommended)
            && wanted.only_usable_for.is_none_or(|what| one.lets(what))
    }
}

/// Finds resources.
///
/// # Errors
/// A fault of the database.
pub fn search(tx: &mut Tx, wanted: &Search) -> Result<Found> {
    let musts = musts(tx, wanted)?;
    let words = wanted.q.as_deref().is_some_and(|q| !q.trim().is_empty());
    if words && !musts.iter().any(|must| !must.is_tag) {
        // Nothing but signs was entered.
        return Ok(Found::default());
    }
    let rarest = (0..musts.len())
        .min_by_key(|at| musts.get(*at).map_or(0, |must| must.held))
        .unwrap_or(usize::MAX);
    let lead = musts.get(rarest);
    let browsing = musts.is_empty() && wanted.school.is_none() && wanted.only_usable_for.is_none();
    // Who only looks around sees the best; how many there are of what is known without counting.
    let page = i64::try_from(wanted.after + wanted.limit + 1).unwrap_or(CAP);
    let most = if browsing { page } else { CAP + 1 };
    let mut found: Vec<Scored> = led(tx, lead, wanted.school, most)?
        .into_iter()
        .map(|(id, lead)| Scored { id, lead, rest: 0 })
        .collect();
    let mut further: Vec<&Must> = musts
        .iter()
        .enumerate()
        .filter(|(at, must)| *at != rarest && !must.is_tag)
        .map(|(_, must)| must)
        .collect();
    further.sort_by_key(|must| must.held);
    for must in further {
        with_word(tx, &mut found, must)?;
    }
    // A facet weighs what browsing sorts by; beside words it says nothing.
    let lead_says = !(words && lead.is_none_or(|must| must.is_tag));
    let scored: Vec<(Id, i64)> = found
        .iter()
        .map(|one| (one.id, one.rest + if lead_says { one.lead } else { 0 }))
        .collect();
    let known = light::known(tx)?;
    let mut lights = known.of(tx, &scored)?;
    let filter = Filter::of(wanted);
    lights.retain(|(_, _, one)| filter.lets(wanted, one));
    let leading = match lead {
        Some(lead) => lead.held,
        None => held(tx, "@all")?,
    };
    let full = leading > CAP;
    lights.sort_by_key(|(id, score, one)| {
        let bonus = if words && one.recommended { 20 } else { 0 };
        (std::cmp::Reverse(score + bonus), std::cmp::Reverse(*id))
    });
    let facets = if browsing {
        all_facets(tx)?
    } else {
        counted(&lights)
    };
    let total = if browsing {
        usize::try_from(held(tx, "@all")?).unwrap_or(0)
    } else {
        lights.len()
    };
    let hits: Vec<Hit> = lights
        .iter()
        .skip(wanted.after)
        .take(wanted.limit)
        .map(|(id, score, _)| Hit {
            resource: *id,
            score: *score,
        })
        .collect();
    Ok(Found {
        more: wanted.after + hits.len() < lights.len(),
        hits,
        total,
        at_least: full && !browsing,
        facets,
    })
}

fn counted(lights: &[(Id, i64, Arc<Light>)]) -> BTreeMap<&'static str, BTreeMap<String, i64>> {
    let mut codes = [const { Vec::<i64>::new() }; 4];
    let mut grades = BTreeMap::new();
    for (_, _, one) in lights {
        let own = [
            &*one.langs,
            std::slice::from_ref(&one.subject),
            std::slice::from_ref(&one.kind),
            std::slice::from_ref(&one.licence),
        ];
        for (counts, own) in codes.iter_mut().zip(own) {
            for code in own {
                let at = usize::try_from(*code).unwrap_or(0);
                if counts.len() <= at {
                    counts.resize(at + 1, 0);
                }
                if let Some(count) = counts.get_mut(at) {
                    *count += 1;
                }
            }
        }
        *grades.entry(one.grades).or_insert(0) += 1;
    }
    let mut facets: BTreeMap<&'static str, BTreeMap<String, i64>> = BTreeMap::new();
    for (facet, counts) in ["lang", "subject", "kind", "licence"]
        .into_iter()
        .zip(codes)
    {
        for (code, count) in (0..).zip(counts).filter(|(_, count)| *count > 0) {
            let values = facets.entry(facet).or_default();
            values.insert(light::said(code).to_string(), count);
        }
    }
    for ((from, to), count) in grades {
        for grade in from..=to {
            let values = facets.entry("grade").or_default();
            *values.entry(grade.to_string()).or_default() += count;
        }
    }
    facets
}

/// The facets of the whole library, as they are kept.
fn all_facets(tx: &mut Tx) -> Result<BTreeMap<&'static str, BTreeMap<String, i64>>> {
    let mut facets: BTreeMap<&'static str, BTreeMap<String, i64>> = BTreeMap::new();
    let rows = tx.rows(
        "SELECT token, held FROM resource_facet WHERE held > 0 \
         AND token NOT LIKE '@competency:%' ORDER BY token",
        &[],
    )?;
    for row in rows {
        let mut r = row.read();
        let (token, held) = (r.text()?, r.int()?);
        let Some((facet, value)) = token.trim_start_matches('@').split_once(':') else {
            continue;
        };
        if let Some(name) = FACETS.into_iter().find(|name| *name == facet) {
            facets
                .entry(name)
                .or_default()
                .insert(value.to_owned(), held);
        }
    }
    Ok(facets)
}

/// Resources whose place in the table does not agree with where they stand.
pub(crate) fn out_of_step(tx: &mut Tx) -> Result<Vec<Id>> {
    let rows = tx.rows(
        "SELECT id FROM resource r WHERE (r.standing = 'approved') <> \
         (EXISTS (SELECT 1 FROM resource_word w WHERE w.resource_id = r.id AND w.token = '@all')) \
         ORDER BY id LIMIT 100",
        &[],
    )?;
    rows.iter().map(|row| row.read().id()).collect()
}

/// The values of a facet the library holds.
pub(crate) fn held_of(tx: &mut Tx, facet: &str) -> Result<Vec<String>> {
    let (from, to) = (format!("@{facet}:"), format!("@{facet};"));
    let rows = tx.rows(
        "SELECT token FROM resource_facet WHERE token >= $1 AND token < $2 AND held > 0 ORDER BY token",
        &args![&from, to],
    )?;
    rows.iter()
        .map(|row| {
            let token = row.read().text()?;
            Ok(token.strip_prefix(&from).unwrap_or_default().to_owned())
        })
        .collect()
}
