//! Offers by file: each row becomes an offer or is refused with every reason; nothing is half imported.

use crate::acts;
use crate::offer::{Kind, Places, Terms};
use crate::rules::{self, Published};
use crate::{published, store};
use base::{Actor, Arg, Day, Error, Id, Moment, Names, Refusal, Result};
use db::Tx;
use serde_json::{Value, json};
use sheets::{Column, Columns, Limits, Row, Sheet, Wanted};
use std::collections::{BTreeMap, BTreeSet};

/// Rows a file of offers may have.
const ROWS_MAX: u32 = 5_000;
/// Refusals kept; the rest is counted.
const REFUSED_MAX: usize = 500;

/// Whose offers a file holds.
#[derive(Clone, Copy)]
pub enum Whose<'a> {
    /// The file of a member's focal point: every row is this member's, and is registered by them.
    Own(&'a Actor, Id),
    /// Each row names its member; the offers wait as drafts for the members to register them.
    Rows(Option<Id>),
}

/// Why a row was refused, or what was taken for granted in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    /// The line of the file; none for the whole file.
    pub row: Option<i64>,
    pub column: Option<String>,
    pub refusal: Refusal,
}

impl Remark {
    /// For keeping.
    pub(crate) fn to_json(&self) -> Value {
        let args: Vec<Value> = self
            .refusal
            .args
            .iter()
            .map(|(name, arg)| match arg {
                Arg::Number(n) => json!([name, "number", n]),
                Arg::Text(t) => json!([name, "text", t]),
                Arg::Word(w) => json!([name, "word", w]),
            })
            .collect();
        json!({ "row": self.row, "column": self.column, "key": self.refusal.key, "args": args })
    }
}

/// What a file holds.
#[derive(Clone, Debug, Default)]
pub struct ImportReport {
    pub rows: usize,
    pub made: Vec<Id>,
    pub refused: Vec<Remark>,
    pub notes: Vec<Remark>,
}

const COLUMNS: [(&str, &[&str], bool); 30] = [
    ("offer_code", &["code", "number"], false),
    (
        "member_name_en",
        &["member", "organisation", "member_name"],
        false,
    ),
    ("title_en", &["title"], false),
    ("title_fr", &[], false),
    ("title_ar", &[], false),
    ("service_class", &["service"], true),
    ("kind", &[], false),
    ("quantity", &[], true),
    ("per_period", &[], false),
    ("countries", &["countries_max"], false),
    ("lot_min", &[], false),
    ("lot_step", &[], false),
    ("lot_max", &[], false),
    ("places", &["place", "where"], true),
    ("languages", &["language"], false),
    ("levels", &["level"], true),
    ("modality", &[], false),
    ("min_tier", &["tier"], false),
    ("window_from", &["from"], true),
    ("window_to", &["to", "until"], true),
    ("setup_days", &["setup"], false),
    ("free_until", &[], true),
    ("unit_cost_usd", &["unit_cost"], false),
    ("fixed_cost_usd", &["fixed_cost"], false),
    ("conditions", &[], false),
    ("licence", &["license"], false),
    ("accessibility", &[], false),
    ("evidence_level", &["evidence"], false),
    ("in_person", &[], false),
    ("assured_on", &["last_assured"], false),
];

struct Reading<'a> {
    columns: &'a Columns,
    remarks: Vec<Remark>,
    notes: Vec<Remark>,
    row: Option<i64>,
}

fn args(given: Vec<(&'static str, String)>) -> Vec<(&'static str, Arg)> {
    given
        .into_iter()
        .map(|(name, text)| (name, Arg::Text(text)))
        .collect()
}

fn remark(refusal: sheets::Refusal) -> Remark {
    let given = args(refusal.arguments());
    Remark {
        row: refusal.row.and_then(|row| i64::try_from(row).ok()),
        column: refusal.column,
        refusal: Refusal {
            field: String::new(),
            key: refusal.key.to_owned(),
            args: given,
        },
    }
}

impl Reading<'_> {
    fn column(&mut self, name: &str) -> Option<Column> {
        match self.columns.column(name) {
            Ok(column) => Some(column.clone()),
            Err(refusal) => {
                self.remarks.push(remark(refusal));
                None
            }
        }
    }
    fn keep<T>(&mut self, read: std::result::Result<Option<T>, sheets::Refusal>) -> Option<T> {
        read.unwrap_or_else(|refusal| {
            self.remarks.push(remark(refusal));
            None
        })
    }
    fn text(&mut self, row: &Row<'_>, name: &str, max: usize) -> Option<String> {
        let column = self.column(name)?;
        self.keep(row.cell(&column).text(max))
    }
    fn whole(&mut self, row: &Row<'_>, name: &str, least: i64) -> Option<i64> {
        let column = self.column(name)?;
        self.keep(row.cell(&column).whole(least, rules::UNITS_MAX))
    }
    fn cents(&mut self, row: &Row<'_>, name: &str) -> i64 {
        let Some(column) = self.column(name) else {
            return 0;
        };
        cents(
            self.keep(row.cell(&column).decimal(0.0, 1e9))
                .unwrap_or(0.0),
        )
    }
    fn day(&mut self, row: &Row<'_>, name: &str) -> Option<Day> {
        let column = self.column(name)?;
        self.keep(row.cell(&column).day()).map(Day::from_date)
    }
    fn refuse(&mut self, column: &str, key: &str) {
        let refusal = Refusal::whole(key);
        self.remarks.push(Remark {
            row: self.row,
            column: Some(column.to_owned()),
            refusal,
        });
    }
    fn note(&mut self, column: &str, refusal: Refusal) {
        self.notes.push(Remark {
            row: self.row,
            column: Some(column.to_owned()),
            refusal,
        });
    }
}

/// US dollars as cents.
#[expect(clippy::cast_possible_truncation, reason = "below 10^11")]
pub(crate) fn cents(usd: f64) -> i64 {
    (usd * 100.0).round() as i64
}

/// The terms in a row; none when something in it cannot be read.
fn terms(r: &mut Reading<'_>, row: &Row<'_>, known: &Published) -> Option<Terms> {
    let before = r.remarks.len();
    let title = |r: &mut Reading<'_>, name| r.text(row, name, 200).unwrap_or_default();
    let title = Names::three(
        &title(r, "title_en"),
        &title(r, "title_fr"),
        &title(r, "title_ar"),
    );
    let service_class = r.text(row, "service_class", 60).unwrap_or_default();
    let class = known.classes.get(&service_class);
    let kind = match r.text(row, "kind", 40) {
        Some(code) => Kind::parse(&base::fold(&code)).or_else(|| {
            r.refuse("kind", "offers-kind-unknown");
            None
        }),
        None => class.map(|class| class.kind),
    };
    let places = rules::places(&r.text(row, "places", 4_000).unwrap_or_default());
    let languages = rules::languages(
        &r.text(row, "languages", 400)
            .unwrap_or_else(|| "*".to_owned()),
    );
    let levels = rules::codes(&r.text(row, "levels", 100).unwrap_or_default());
    let capacity = kind.and_then(|kind| capacity(r, row, kind, &places));
    let (from, to) = (r.day(row, "window_from"), r.day(row, "window_to"));
    let free_until = r.day(row, "free_until").or_else(|| {
        let to = to?;
        r.note(
            "free_until",
            Refusal::whole("offers-note-free-until").with("day", to.to_string()),
        );
        Some(to)
    });
    let tier = r
        .whole(row, "min_tier", 0)
        .unwrap_or_else(|| class.map_or(0, |class| i64::from(class.tier)));
    let lot = |r: &mut Reading<'_>, name| r.whole(row, name, 0);
    let (lot_min, lot_step, lot_max) = (lot(r, "lot_min"), lot(r, "lot_step"), lot(r, "lot_max"));
    let modality = r.text(row, "modality", 60);
    let modality = modality
        .or_else(|| class.map(|class| class.modality.clone()))
        .unwrap_or_default();
    let rest = Terms {
        code: r.text(row, "offer_code", 60),
        title,
        service_class,
        kind: kind.unwrap_or(Kind::Stock),
        capacity: capacity.unwrap_or(0),
        lot_min: lot_min.unwrap_or(1),
        lot_step: lot_step.unwrap_or(1),
        lot_max,
        places,
        languages,
        levels,
        modality,
        tier: u8::try_from(tier).unwrap_or(u8::MAX),
        window_from: from.unwrap_or_else(|| Day::from_date(Default::default())),
        window_to: to.unwrap_or_else(|| Day::from_date(Default::default())),
        setup_days: r.whole(row, "setup_days", 0).unwrap_or(0),
        free_until: free_until.unwrap_or_else(|| Day::from_date(Default::default())),
        conditions: rules::codes(&r.text(row, "conditions", 1_000).unwrap_or_default()),
        licence: r.text(row, "licence", 60),
        accessibility: r.text(row, "accessibility", 500),
        evidence_level: r
            .text(row, "evidence_level", 60)
            .unwrap_or_else(|| "untested".to_owned()),
        principles: BTreeMap::new(),
        unit_cost_cents: r.cents(row, "unit_cost_usd"),
        fixed_cost_cents: r.cents(row, "fixed_cost_usd"),
        replaces_in_person: r
            .text(row, "in_person", 40)
            .is_some_and(|t| base::fold(&t) == "replaces"),
    };
    for (column, missing) in [("window_from", from.is_none()), ("window_to", to.is_none())] {
        let read = r
            .remarks
            .iter()
            .skip(before)
            .any(|one| one.column.as_deref() == Some(column));
        if missing && !read {
            r.refuse(column, "offers-day-missing");
        }
    }
    (r.remarks.len() == before).then_some(rest)
}

/// Units in all, units in each period, or countries: by the kind of the offer.
fn capacity(r: &mut Reading<'_>, row: &Row<'_>, kind: Kind, places: &Places) -> Option<i64> {
    let quantity = r.whole(row, "quantity", 1);
    let per_period = r.whole(row, "per_period", 1);
    let countries = r.whole(row, "countries", 1);
    match kind {
        Kind::Stock => quantity,
        Kind::Rate => per_period,
        Kind::Inexhaustible => countries.or_else(|| {
            let named = i64::try_from(rules::countries(places).len()).unwrap_or(0);
            let most = if named == 0 {
                rules::COUNTRIES_MAX
            } else {
                named
            };
            r.note(
                "countries",
                Refusal::whole("offers-note-countries").with("n", most),
            );
            Some(most)
        }),
    }
}

/// Reads a file of offers and, unless it is a trial, makes them; nothing when one row is refused.
///
/// # Errors
/// Refused when the member is not in standing; a fault of the database. What is wrong with the file
/// stands in the report.
pub fn import_file(
    tx: &mut Tx,
    (name, bytes): (&str, &[u8]),
    whose: &Whose<'_>,
    now: Moment,
    dry: bool,
) -> Result<ImportReport> {
    if let Whose::Own(actor, organisation) = whose {
        rules::may_write(actor, *organisation)?;
        members::require_in_standing(tx, *organisation, now.day())?;
    }
    let mut report = ImportReport::default();
    let limits = Limits {
        rows_max: ROWS_MAX,
        ..Limits::default()
    };
    let sheet = match Sheet::read(name, bytes, &limits) {
        Ok(sheet) => sheet,
        Err(refusals) => {
            report.refused = refusals.into_iter().map(remark).collect();
            return Ok(report);
        }
    };
    let wanted = COLUMNS.map(|(name, aliases, required)| Wanted {
        name,
        aliases,
        required,
        kind: sheets::Kind::Text,
    });
    let columns = match sheet.table().columns(&wanted) {
        Ok(columns) => columns,
        Err(refusals) => {
            report.refused = refusals.into_iter().map(remark).collect();
            return Ok(report);
        }
    };
    let ready = rows(tx, &sheet, &columns, whose, (now.day(), &mut report))?;
    if !dry && report.refused.is_empty() {
        for (organisation, terms) in ready {
            report
                .made
                .push(make(tx, organisation, &terms, whose, now)?);
        }
    }
    Ok(report)
}

fn rows(
    tx: &mut Tx,
    sheet: &Sheet,
    columns: &Columns,
    whose: &Whose<'_>,
    (today, report): (Day, &mut ImportReport),
) -> Result<Vec<(Id, Terms)>> {
    let mut known = published::catalogued(tx)?;
    let mut codes: BTreeSet<(Id, String)> = BTreeSet::new();
    let mut ready = Vec::new();
    let mut r = Reading {
        columns,
        remarks: Vec::new(),
        notes: Vec::new(),
        row: None,
    };
    for row in sheet.rows(0..sheet.len()) {
        report.rows += 1;
        r.row = i64::try_from(row.number()).ok();
        if row.hidden() {
            r.refuse("", "offers-row-hidden");
            continue;
        }
        let organisation = owner(tx, &mut r, &row, whose, today)?;
        let Some(terms) = terms(&mut r, &row, &known) else {
            continue;
        };
        published::locate(tx, &mut known, &terms)?;
        let rule = rules::may_register(&terms, &known, today);
        refused(&mut r, rule)?;
        refused(&mut r, names_nobody(tx, &terms)?.or(()))?;
        let Some(organisation) = organisation else {
            continue;
        };
        if let Some(code) = &terms.code {
            let taken = store::has_code(tx, organisation, code)?
                || !codes.insert((organisation, code.clone()));
            if taken {
                r.refuse("offer_code", "offers-code-taken");
            }
        }
        ready.push((organisation, terms));
    }
    let more = r.remarks.len().saturating_sub(REFUSED_MAX);
    report.refused.append(&mut r.remarks);
    if more > 0 {
        report.refused.truncate(REFUSED_MAX);
        let refusal = Refusal::whole("offers-more-refused").with("n", more);
        report.refused.push(Remark {
            row: None,
            column: None,
            refusal,
        });
    }
    report.notes.append(&mut r.notes);
    report.notes.truncate(REFUSED_MAX);
    Ok(ready)
}

/// The member whose offer a row is.
fn owner(
    tx: &mut Tx,
    r: &mut Reading<'_>,
    row: &Row<'_>,
    whose: &Whose<'_>,
    today: Day,
) -> Result<Option<Id>> {
    if let Whose::Own(_, organisation) = whose {
        return Ok(Some(*organisation));
    }
    let Some(name) = r.text(row, "member_name_en", 200) else {
        r.refuse("member_name_en", "offers-member-missing");
        return Ok(None);
    };
    let Some(organisation) = members::by_name(tx, &name)? else {
        r.refuse("member_name_en", "offers-member-unknown");
        return Ok(None);
    };
    let standing = members::require_in_standing(tx, organisation, today);
    refused(r, standing)?;
    Ok(Some(organisation))
}

/// What everybody may read of an offer names nobody, by form or by file.
fn names_nobody(tx: &mut Tx, terms: &Terms) -> Result<base::Refusals> {
    let titles = terms.title.0.values().map(|title| ("title", title));
    let answers = terms.principles.iter();
    let answers = answers.map(|(code, answer)| (code.as_str(), answer));
    let open = terms
        .accessibility
        .iter()
        .map(|text| ("accessibility", text));
    let mut found = base::Refusals::default();
    for (column, text) in titles.chain(answers).chain(open) {
        found.0.extend(people::refuse_personal(tx, column, text)?);
    }
    Ok(found)
}

/// Keeps what a rule refused as remarks on the row.
fn refused(r: &mut Reading<'_>, rule: Result<()>) -> Result<()> {
    match rule {
        Ok(()) => Ok(()),
        Err(Error::Refused(refusals)) => {
            for refusal in refusals.0 {
                let column = Some(refusal.field.clone()).filter(|field| !field.is_empty());
                r.remarks.push(Remark {
                    row: r.row,
                    column,
                    refusal,
                });
            }
            Ok(())
        }
        Err(error) => Err(error),
    }
}

fn make(
    tx: &mut Tx,
    organisation: Id,
    terms: &Terms,
    whose: &Whose<'_>,
    now: Moment,
) -> Result<Id> {
    match whose {
        Whose::Own(actor, _) => acts::register(tx, organisation, terms, actor, now),
        Whose::Rows(by) => acts::add_from_file(tx, organisation, terms, *by, now),
    }
}
