//! The inverted table: finding resources by words and by what they are, on either engine.
//!
//! Words and facets stand in one table: `@lang:sw` is a word like any other. A search begins with the
//! rarest of its words, so that it reads little however large the library is.

use crate::licence::Use;
use crate::resource::{Resource, Standing};
use crate::search::{Analyser, FORMS, Term, terms};
use crate::store::unbarred;
use base::{Id, Lang, Result};
use db::{Tx, Val, args};
use std::collections::BTreeMap;

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

/// A filter's slots beside the words.
const TAGS: usize = 7;
const WORDS: usize = crate::search::TERMS;

macro_rules! having {
    ($a:literal, $b:literal, $c:literal, $d:literal, $e:literal, $f:literal, $from:literal, $to:literal) => {
        concat!(
            "CASE WHEN $",
            $a,
            " = '' THEN 1 ELSE COALESCE((SELECT MAX(x.weight) FROM resource_word x \
             WHERE x.resource_id = h.resource_id AND x.token IN ($",
            $a,
            ", $",
            $b,
            ", $",
            $c,
            ", $",
            $d,
            ", $",
            $e,
            ", $",
            $f,
            ")), 0) + COALESCE((SELECT MAX(y.weight) FROM resource_word y \
             WHERE y.resource_id = h.resource_id AND y.token >= $",
            $from,
            " AND y.token < $",
            $to,
            "), 0) END"
        )
    };
}
macro_rules! tagged {
    ($a:literal) => {
        concat!(
            " AND ($",
            $a,
            " = '' OR EXISTS (SELECT 1 FROM resource_word x WHERE \
             x.resource_id = t.resource_id AND x.token IN ($",
            $a,
            ", '@own' || $",
            $a,
            ")))"
        )
    };
}

macro_rules! find {
    ($lead:literal) => {
        concat!(
            "SELECT r.id, r.langs, r.subject, r.grade_from, r.grade_to, r.kind, r.licence, r.permits, \
             r.recommended, t.s0, t.s1 + t.s2 + t.s3 + t.s4 + t.s5 \
             FROM (SELECT h.resource_id, h.weight AS s0, ",
            having!("9", "10", "11", "12", "13", "14", "15", "16"),
            " AS s1, ",
            having!("17", "18", "19", "20", "21", "22", "23", "24"),
            " AS s2, ",
            having!("25", "26", "27", "28", "29", "30", "31", "32"),
            " AS s3, ",
            having!("33", "34", "35", "36", "37", "38", "39", "40"),
            " AS s4, ",
            having!("41", "42", "43", "44", "45", "46", "47", "48"),
            " AS s5 FROM (",
            $lead,
            " LIMIT $57) AS h) AS t JOIN resource r ON r.id = t.resource_id \
             WHERE t.s1 > 0 AND t.s2 > 0 AND t.s3 > 0 AND t.s4 > 0 AND t.s5 > 0",
            tagged!("49"),
            tagged!("50"),
            tagged!("51"),
            tagged!("52"),
            tagged!("53"),
            tagged!("54"),
            tagged!("55"),
            " AND (r.standing = 'approved' OR r.school_id = CAST($56 AS UUID))"
        )
    };
}

/// The search: $1–$8 the rarest word, $9–$48 five more, $49–$55 facets, $56 the school,
/// $57 the rows the rarest word may bring.
const FIND: &str = find!(
    "SELECT resource_id, MAX(weight) AS weight FROM (SELECT resource_id, weight FROM \
     resource_word WHERE token IN ($1, $2, $3, $4, $5, $6) UNION ALL SELECT resource_id, weight \
     FROM resource_word WHERE token >= $7 AND token < $8) AS w GROUP BY resource_id \
     ORDER BY MAX(weight) DESC, resource_id"
);
/// The same where the rarest word has one form, in the order it is kept in: no more is read than is wanted.
const FIND_ONE: &str = find!(
    "SELECT resource_id, weight FROM resource_word WHERE token = $1 \
     AND $1 IN ($2, $3, $4, $5, $6) AND $7 = $8 ORDER BY weight DESC, resource_id"
);

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
    // No more slots than that; the country is the least telling.
    if tags.len() > TAGS {
        tags.retain(|tag| !tag.starts_with("@country:"));
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

/// The parameters of the search; the rarest word first.
fn parameters(musts: &[Must], rarest: usize, school: Option<Id>) -> Vec<Val> {
    let mut values = Vec::with_capacity(56);
    let mut word = |term: Option<&Term>, driving: Option<bool>| {
        let Some(term) = term else {
            values.extend(std::iter::repeat_n(Val::from(""), FORMS + 2));
            return;
        };
        let mut forms = padded(term);
        if driving == Some(true) && school.is_some() {
            // A facet that leads brings the school's own material as well.
            if let Some(own) = forms.get_mut(1) {
                *own = format!("@own{}", term.any.first().map_or("", String::as_str));
            }
        }
        values.extend(forms.iter().map(Val::from));
        values.extend(range(term).map(Val::from));
    };
    let lead = musts.get(rarest);
    let every = Term {
        any: vec!["@all".to_owned()],
        prefix: None,
    };
    match lead {
        Some(lead) => word(Some(&lead.term), Some(lead.is_tag)),
        None => word(Some(&every), Some(true)),
    }
    let rest: Vec<&Must> = musts
        .iter()
        .enumerate()
        .filter(|(at, _)| *at != rarest)
        .map(|(_, must)| must)
        .collect();
    let mut words = rest.iter().filter(|must| !must.is_tag);
    for _ in 0..WORDS {
        word(words.next().map(|must| &must.term), None);
    }
    let mut tags = rest.iter().filter(|must| must.is_tag);
    for _ in 0..TAGS {
        let token = tags.next().and_then(|must| must.term.any.first());
        values.push(Val::from(token.map_or("", String::as_str)));
    }
    values.push(school.into());
    values
}

/// A row of what was found, before it is counted and cut.
struct Light {
    id: Id,
    langs: Vec<String>,
    subject: String,
    grades: (i64, i64),
    kind: String,
    licence: String,
    permits: String,
    recommended: bool,
    score: i64,
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
    let browsing = musts.is_empty() && wanted.school.is_none() && wanted.only_usable_for.is_none();
    let lead_is_tag = musts.get(rarest).is_none_or(|must| must.is_tag);
    let mut values = parameters(&musts, rarest, wanted.school);
    // Who only looks around sees the best; how many there are of what is known without counting.
    let page = i64::try_from(wanted.after + wanted.limit + 1).unwrap_or(CAP);
    values.push(if browsing { page } else { CAP + 1 }.into());
    let mut lights: Vec<Light> = Vec::new();
    let one_form = values
        .get(1..FORMS)
        .is_some_and(|more| more.iter().all(|form| Some(form) == values.first()))
        && values.get(FORMS) == values.get(FORMS + 1);
    let sql = if one_form { FIND_ONE } else { FIND };
    for row in tx.rows(sql, &values)? {
        let mut r = row.read();
        let light = Light {
            id: r.id()?,
            langs: unbarred(r.str()?),
            subject: r.text()?,
            grades: (r.int()?, r.int()?),
            kind: r.text()?,
            licence: r.text()?,
            permits: r.text()?,
            recommended: r.bool()?,
            score: {
                // A facet weighs what browsing sorts by; beside words it says nothing.
                let (lead, rest) = (r.int()?, r.int()?);
                if words && lead_is_tag {
                    rest
                } else {
                    lead + rest
                }
            },
        };
        if wanted.only_usable_for.is_none_or(|what| lets(&light, what)) {
            lights.push(light);
        }
    }
    let leading = match musts.get(rarest) {
        Some(lead) => lead.held,
        None => held(tx, "@all")?,
    };
    let full = leading > CAP;
    lights.sort_by_key(|one| {
        let bonus = if words && one.recommended { 20 } else { 0 };
        (
            std::cmp::Reverse(one.score + bonus),
            std::cmp::Reverse(one.id),
        )
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
        .map(|one| Hit {
            resource: one.id,
            score: one.score,
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

fn lets(light: &Light, what: Use) -> bool {
    let letter: Vec<Use> = unbarred(&light.permits)
        .iter()
        .filter_map(|code| Use::parse(code))
        .collect();
    crate::licence::licence(&light.licence).map_or_else(
        || letter.contains(&what),
        |known| known.with_letter(&letter).lets(what),
    )
}

fn counted(lights: &[Light]) -> BTreeMap<&'static str, BTreeMap<String, i64>> {
    let mut facets: BTreeMap<&'static str, BTreeMap<String, i64>> = BTreeMap::new();
    let mut count = |facet: &'static str, value: &str| {
        let values = facets.entry(facet).or_default();
        match values.get_mut(value) {
            Some(n) => *n += 1,
            None => {
                values.insert(value.to_owned(), 1);
            }
        }
    };
    for one in lights {
        for lang in &one.langs {
            count("lang", lang);
        }
        count("subject", &one.subject);
        for grade in one.grades.0..=one.grades.1 {
            count("grade", &grade.to_string());
        }
        count("kind", &one.kind);
        count("licence", &one.licence);
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
