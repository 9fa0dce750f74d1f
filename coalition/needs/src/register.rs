//! A register that was read, turned into need lines by published rules. Pure but for [`frame`].

use crate::acts::package_of;
use crate::derive::{self, Facts, Ground, Made, Outcome, RuleSet, Services};
use crate::import::Import;
use crate::line::Line;
use crate::store;
use base::{Id, Result};
use db::Tx;
use places::School;
use places::register::{Entry, Reading};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Lines of a report's sample.
const SAMPLE: usize = 20;

/// Everything the rules need to know besides the school.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    pub(crate) set: RuleSet,
    ground: Ground,
    /// The country's own language.
    lang1: String,
    /// A second language for the whole country.
    lang2: Option<String>,
    by_area: BTreeMap<String, String>,
    /// The bit that says a school has electricity.
    electricity: i64,
    country: String,
}

/// Reads what the rules need to know of a country.
pub(crate) fn frame(tx: &mut Tx, country: &str, set: &str, version: i64) -> Result<Frame> {
    let spoken = places::languages_of(tx, country)?;
    let official = || {
        spoken
            .iter()
            .filter(|s| s.official.is_some())
            .map(|s| s.language.clone())
    };
    let first = official()
        .next()
        .or_else(|| spoken.first().map(|s| s.language.clone()));
    let poverty = places::fact(tx, country, "extreme_poverty_percent")?;
    let mut electricity = 0;
    for (code, bit) in crate::terms::condition_bits(tx)? {
        if code == "has_electricity" {
            electricity = 1_i64.checked_shl(bit).unwrap_or(0);
        }
    }
    Ok(Frame {
        set: store::rule_set(tx, set, version)?,
        ground: Ground {
            ldc: places::country(tx, country)?.ldc,
            poor: poverty.map(|fact| per_mille(fact.value)),
        },
        lang1: first.unwrap_or_else(|| "und".to_owned()),
        lang2: official().nth(1),
        by_area: store::area_languages(tx)?,
        electricity,
        country: country.to_owned(),
    })
}

#[expect(clippy::cast_possible_truncation, reason = "a percentage fits easily")]
fn per_mille(percent: f64) -> i64 {
    (percent * 10.0).round().clamp(0.0, 1000.0) as i64
}

/// What the rules look at.
pub(crate) fn facts(school: &School) -> Facts {
    Facts {
        code: school.code.clone(),
        girls: school.learners_girls,
        boys: school.learners_boys,
        learners: school.learners,
        teachers: school.teachers,
        rural: school.rural,
        services: Services {
            water: school.water,
            internet: school.internet,
            electricity: school.electricity,
            computers: school.computers,
        },
    }
}

/// The entries an import takes, in the order of their codes.
pub(crate) fn taken(reading: &Reading, first_only: bool) -> Vec<&Entry> {
    let mut entries = if first_only {
        reading.first_of_each().0
    } else {
        reading.schools.iter().collect()
    };
    entries.sort_by(|a, b| a.school.code.cmp(&b.school.code));
    entries
}

/// What each rule makes of the register.
pub(crate) fn made(set: &RuleSet, entries: &[&Entry]) -> Vec<Made> {
    let start = |rule: &derive::Rule| Made {
        rule: rule.code.clone(),
        service_class: rule.service_class.clone(),
        ..Made::default()
    };
    let mut made: Vec<Made> = set.rules.iter().map(start).collect();
    for entry in entries {
        let facts = facts(&entry.school);
        for (rule, made) in set.rules.iter().zip(&mut made) {
            made.count(derive::apply(rule, &facts), facts.learners);
        }
    }
    made
}

/// The lines of one school, without those of classes that have no need.
pub(crate) fn lines_of(
    school: &School,
    frame: &Frame,
    import: &Import,
    needs: &BTreeMap<String, Id>,
) -> Vec<Line> {
    let facts = facts(school);
    let found: Vec<(&derive::Rule, i64)> = frame
        .set
        .rules
        .iter()
        .filter_map(|rule| match derive::apply(rule, &facts) {
            Outcome::Needs(quantity) => Some((rule, quantity)),
            Outcome::Not | Outcome::Unknown => None,
        })
        .collect();
    let together = found.iter().filter(|(rule, _)| rule.package).count() > 1;
    let package = together.then(|| package_of(import.id, &school.code));
    let line = |(rule, quantity): (&derive::Rule, i64)| {
        let need = *needs.get(&rule.service_class)?;
        let package = package.filter(|_| rule.package);
        let partners = if package.is_some() { 1 } else { rule.partners };
        let base = plain_line(school, &facts, frame, import);
        let id = Id::named(
            "need_line",
            &format!("{}/{}/{}", import.id, rule.code, school.code),
        );
        Some(Line {
            id,
            need,
            quantity,
            audience: rule.audience.clone(),
            partners,
            package,
            ..base
        })
    };
    found.into_iter().filter_map(line).collect()
}

/// What is the same in every line of a school.
fn plain_line(school: &School, facts: &Facts, frame: &Frame, import: &Import) -> Line {
    let department = school
        .department
        .clone()
        .unwrap_or_else(|| frame.country.clone());
    let lang2 = frame
        .by_area
        .get(&department)
        .or(frame.lang2.as_ref())
        .cloned();
    let as_of = school
        .year
        .map_or_else(|| import.as_of.to_string(), |year| year.to_string());
    Line {
        id: import.id,
        need: import.id,
        import: Some(import.id),
        quantity: 0,
        place: school.place.clone(),
        department,
        school: Some(school.code.clone()),
        label: school.name.clone(),
        point: school.point(),
        levels: school.levels.clone(),
        audience: String::new(),
        learners: school.learners,
        learners_method: school.learners.map(|_| "register_count".to_owned()),
        // The import names the file once for all its lines.
        learners_source: None,
        learners_as_of: school.learners.map(|_| as_of),
        shares: derive::shares(facts, &frame.ground),
        severity: derive::severity(&facts.services),
        severity_method: "services_missing".to_owned(),
        urgency: import.urgency,
        tier: derive::tier(&facts.services),
        lang1: frame.lang1.clone(),
        lang2: lang2.filter(|lang| *lang != frame.lang1),
        conditions: import.conditions
            | if facts.services.electricity == Some(true) {
                frame.electricity
            } else {
                0
            },
        window_from: import.window_from,
        window_to: import.window_to,
        partners: 1,
        remote: 100,
        package: None,
        required_by: import.required_by,
        version: 1,
    }
}

/// The report of a dry run: the reading's own, and what the rules make of it.
pub(crate) fn report(read: Value, reading: &Reading, frame: &Frame) -> Value {
    let entries = taken(reading, false);
    let mut areas: BTreeMap<&str, i64> = BTreeMap::new();
    let mut dots: BTreeMap<(i64, i64), i64> = BTreeMap::new();
    let (mut learners, mut unknown) = (0_i64, 0_i64);
    for entry in &entries {
        let school = &entry.school;
        let area = school.department.as_deref().unwrap_or(&frame.country);
        *areas.entry(area).or_default() += 1;
        if let Some((longitude, latitude)) = school.point() {
            *dots
                .entry((store::tenth(longitude), store::tenth(latitude)))
                .or_default() += 1;
        }
        match school.learners {
            Some(count) => learners = learners.saturating_add(count),
            None => unknown += 1,
        }
    }
    let dots: Vec<[i64; 3]> = dots
        .into_iter()
        .map(|((x, y), count)| [x, y, count])
        .collect();
    json!({
        "register": read,
        "made": made(&frame.set, &entries),
        "sample": sample(&entries, frame),
        "areas": areas,
        "dots": dots,
        "learners": learners,
        "learners_unknown": unknown,
        "rule_set": frame.set,
    })
}

/// A few lines from all over the register.
fn sample(entries: &[&Entry], frame: &Frame) -> Vec<Value> {
    let step = (entries.len() / SAMPLE).max(1);
    let mut out = Vec::new();
    for entry in entries.iter().step_by(step) {
        let facts = facts(&entry.school);
        for rule in &frame.set.rules {
            if let Outcome::Needs(quantity) = derive::apply(rule, &facts) {
                out.push(json!({
                    "row": entry.row,
                    "school": entry.school.name,
                    "code": entry.school.code,
                    "service_class": rule.service_class,
                    "quantity": quantity,
                    "learners": entry.school.learners,
                }));
            }
        }
        if out.len() >= SAMPLE {
            break;
        }
    }
    out.truncate(SAMPLE);
    out
}
