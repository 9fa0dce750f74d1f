//! The inverted table: who has which words, on either engine.
//!
//! Words and facets stand in one table: `@lang:sw` is a word like any other.

use crate::resource::{Resource, Standing};
use crate::search::Analyser;
use base::{Id, Result};
use db::{Tx, Val, args};
use std::collections::BTreeMap;

/// The facets counted.
pub const FACETS: [&str; 5] = ["lang", "subject", "grade", "kind", "licence"];

pub(crate) fn tag(facet: &str, value: impl std::fmt::Display) -> String {
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
    let rank = crate::light::rank(r.recommended, r.number);
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

/// How many resources of the library have a facet.
pub(crate) fn held(tx: &mut Tx, token: &str) -> Result<i64> {
    let row = tx.row(
        "SELECT held FROM resource_facet WHERE token = $1",
        &args![token],
    )?;
    row.map_or(Ok(0), |row| row.read().int())
}

/// The facets of the whole library, as they are kept.
pub(crate) fn all_facets(tx: &mut Tx) -> Result<BTreeMap<&'static str, BTreeMap<String, i64>>> {
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
