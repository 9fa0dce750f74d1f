//! Reading a school register as a ministry keeps it: its own column names, its own spellings, its
//! gaps and its mistakes. Pure: bytes read before, places known before, no clock.
//!
//! What cannot be right refuses the row, with the reason. What is only strange is noted and kept as
//! written. What is not said stays unknown. Rows that look alike are shown in groups; none is merged.

use crate::columns::{self, Place as PlaceColumns, Used};
use crate::density;
use crate::levels;
use crate::place::{Found, Gazetteer, Place};
use crate::rules;
use crate::school::School;
use base::fold;
use sheets::{Bounds, Column, Field, Refusal, Refusals, Row, Sheet};
use std::collections::BTreeMap;
use std::ops::Range;

/// Two schools of one name nearer than this may be one.
pub const NEAR_METRES: f64 = 500.0;
/// Refused rows kept with their reason; the rest is counted.
pub const REFUSED_MAX: usize = 20_000;
/// Different notes kept; the rest is counted.
const NOTES_MAX: usize = 2_000;

/// What a register is read against.
#[derive(Clone, Debug)]
pub struct Frame<'a> {
    /// ISO 3166-1 alpha-2.
    pub country: &'a str,
    pub gazetteer: &'a Gazetteer,
    /// Where the country lies, when that is known.
    pub bounds: Option<Bounds>,
    /// No register tells of a later year.
    pub this_year: i64,
    /// Place codes the reader may bring schools of; empty means the whole country.
    pub allowed: &'a [String],
}

/// A row that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The row in the file, as a spreadsheet numbers it.
    pub row: u64,
    pub school: School,
    /// The identifier of the survey record behind the row, where the file has one.
    pub survey: Option<String>,
}

/// Something done or left open that the owner of the file should know; said once for all its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    pub key: &'static str,
    pub args: Vec<(&'static str, String)>,
    /// How many rows it is about.
    pub rows: u64,
    pub first_row: u64,
}

/// Rows that look like one school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// `code`, `survey`, `name_near` or `name_and_place`.
    pub reason: &'static str,
    /// Rows of the file; one of them may be a refused row.
    pub rows: Vec<u64>,
    /// What they share, in the file's words.
    pub shared: String,
}

/// What came of a register.
#[derive(Debug, Default)]
pub struct Reading {
    pub schools: Vec<Entry>,
    /// Why rows were refused; the last one counts what was not kept.
    pub refused: Vec<Refusal>,
    pub refused_rows: u64,
    pub remarks: Vec<Remark>,
    pub duplicates: Vec<Alike>,
    /// Rows below the header that are not blank.
    pub rows: u64,
    /// The columns read: our name, the file's header.
    pub used: Vec<(String, String)>,
    /// Headers that were not read; nothing of them is kept.
    pub unused: Vec<String>,
}

impl Reading {
    /// The entries without the later ones of each group that looks alike: what a person decides who
    /// has seen the groups, never what the reading does by itself.
    pub fn first_of_each(&self) -> (Vec<&Entry>, Vec<u64>) {
        let mut left: Vec<u64> = Vec::new();
        for group in self
            .duplicates
            .iter()
            .filter(|group| group.reason != "code")
        {
            left.extend(group.rows.iter().skip(1));
        }
        left.sort_unstable();
        left.dedup();
        let kept = self
            .schools
            .iter()
            .filter(|entry| left.binary_search(&entry.row).is_err());
        (kept.collect(), left)
    }
}

/// A key of the words and their arguments.
type Said = (&'static str, Vec<(&'static str, String)>);

/// Reads a register slice by slice, so that whoever waits can be told how far it is.
pub struct Reader<'a> {
    sheet: &'a Sheet,
    frame: Frame<'a>,
    used: Used,
    refusals: Refusals,
    refused_rows: u64,
    /// How many rows, and the first of them.
    remarks: BTreeMap<Said, (u64, u64)>,
    remarks_left: u64,
    entries: Vec<Entry>,
    codes: BTreeMap<String, (u64, Vec<u64>)>,
    places: BTreeMap<[String; 3], Placed>,
}

/// Where a row's words put it.
#[derive(Clone, Debug, Default)]
struct Placed {
    place: String,
    department: Option<String>,
    remark: Option<Said>,
}

/// Reads the whole register at once.
///
/// # Errors
/// Every reason why the file as a whole cannot be read: columns missing or standing twice.
pub fn read(sheet: &Sheet, frame: Frame<'_>) -> Result<Reading, Vec<Refusal>> {
    let mut reader = Reader::new(sheet, frame)?;
    reader.slice(0..sheet.len());
    Ok(reader.finish())
}

impl<'a> Reader<'a> {
    /// Finds the columns.
    ///
    /// # Errors
    /// Every reason why the file as a whole cannot be read.
    pub fn new(sheet: &'a Sheet, frame: Frame<'a>) -> Result<Self, Vec<Refusal>> {
        Ok(Self {
            used: columns::find(sheet)?,
            sheet,
            frame,
            refusals: Refusals::new(REFUSED_MAX),
            refused_rows: 0,
            remarks: BTreeMap::new(),
            remarks_left: 0,
            entries: Vec::new(),
            codes: BTreeMap::new(),
            places: BTreeMap::new(),
        })
    }

    /// Reads some of the rows.
    pub fn slice(&mut self, range: Range<usize>) {
        let sheet = self.sheet;
        for row in sheet.rows(range) {
            let before = self.refusals.total();
            let entry = self.row(&row);
            match entry {
                Some(entry) if self.refusals.total() == before => self.entries.push(entry),
                _ => self.refused_rows += 1,
            }
        }
    }

    /// Looks for what only the whole register shows: schools that stand alone, rows that look alike.
    pub fn finish(mut self) -> Reading {
        if self.used.rural.header().is_none() {
            density::mark(&mut self.entries);
            let marked = self
                .entries
                .iter()
                .filter(|e| e.school.rural.is_some())
                .count();
            if marked > 0 {
                let rows = u64::try_from(marked).unwrap_or(u64::MAX);
                self.count("places-remark-rural-derived", Vec::new(), 1, rows);
            }
        }
        let duplicates = self.alike();
        if self.remarks_left > 0 {
            let left = self.remarks_left;
            self.remarks
                .insert(("places-remark-more", Vec::new()), (left, 0));
        }
        let remark = |((key, args), (rows, first_row))| Remark {
            key,
            args,
            rows,
            first_row,
        };
        let mut remarks: Vec<Remark> = self.remarks.into_iter().map(remark).collect();
        remarks.sort_by(|a, b| b.rows.cmp(&a.rows).then(a.first_row.cmp(&b.first_row)));
        Reading {
            schools: self.entries,
            refused: self.refusals.into_vec(),
            refused_rows: self.refused_rows,
            remarks,
            duplicates,
            rows: u64::try_from(self.sheet.len()).unwrap_or(u64::MAX),
            used: self.used.pairs(),
            unused: self.used.unused.clone(),
        }
    }

    fn alike(&self) -> Vec<Alike> {
        let repeated = self
            .codes
            .iter()
            .filter(|(_, (_, later))| !later.is_empty());
        let mut out: Vec<Alike> = repeated
            .map(|(code, (first, later))| Alike {
                reason: "code",
                rows: std::iter::once(*first)
                    .chain(later.iter().copied())
                    .collect(),
                shared: code.clone(),
            })
            .collect();
        let names: Vec<String> = self.entries.iter().map(alike_name).collect();
        let candidates: Vec<sheets::duplicates::Candidate<'_>> = self
            .entries
            .iter()
            .zip(&names)
            .map(|(entry, name)| sheets::duplicates::Candidate {
                identifier: entry.survey.as_deref(),
                name: (entry.school.name != entry.school.code).then_some(name.as_str()),
                place: Some(entry.school.place.as_str()),
                point: entry.school.point(),
            })
            .collect();
        for group in sheets::duplicates::find(&candidates, NEAR_METRES) {
            let entries: Vec<&Entry> = group
                .rows
                .iter()
                .filter_map(|at| self.entries.get(*at))
                .collect();
            let first = entries.first();
            let (reason, shared) = match group.reason {
                sheets::duplicates::Reason::Identifier => {
                    ("survey", first.and_then(|e| e.survey.clone()))
                }
                sheets::duplicates::Reason::NameNear => {
                    ("name_near", first.map(|e| e.school.name.clone()))
                }
                sheets::duplicates::Reason::NameAndPlace => {
                    ("name_and_place", first.map(|e| e.school.name.clone()))
                }
            };
            let rows = entries.iter().map(|entry| entry.row).collect();
            out.push(Alike {
                reason,
                rows,
                shared: shared.unwrap_or_default(),
            });
        }
        out
    }

    fn remark(&mut self, key: &'static str, args: Vec<(&'static str, String)>, row: u64) {
        self.count(key, args, row, 1);
    }

    fn count(&mut self, key: &'static str, args: Vec<(&'static str, String)>, row: u64, rows: u64) {
        let known = self.remarks.len();
        match self.remarks.entry((key, args)) {
            std::collections::btree_map::Entry::Occupied(mut seen) => seen.get_mut().0 += rows,
            std::collections::btree_map::Entry::Vacant(new) if known < NOTES_MAX => {
                new.insert((rows, row));
            }
            std::collections::btree_map::Entry::Vacant(_) => self.remarks_left += rows,
        }
    }

    fn row(&mut self, row: &Row<'a>) -> Option<Entry> {
        let number = row.number();
        let mut school = School {
            country: self.frame.country.to_owned(),
            version: 1,
            ..School::default()
        };
        let code = self.code(row);
        self.names(row, &mut school, code.as_deref());
        self.figures(row, &mut school);
        self.services(row, &mut school);
        self.level(row, &mut school);
        self.point(row, &mut school);
        let placed = self.place(row);
        if let Some((key, args)) = placed.remark {
            self.remark(key, args, number);
        }
        school.place = placed.place;
        school.department = placed.department;
        if !rules::may_bring(self.frame.gazetteer, self.frame.allowed, &school.place) {
            let field = row.cell(&self.used.place.place_code);
            self.refusals.push(field.refuse(
                "places-outside-your-places",
                vec![("place", school.place.clone())],
            ));
        }
        let survey = self.text(row, |used| &used.survey, 80);
        school.note("survey", survey.clone());
        school.code = code?;
        Some(Entry {
            row: number,
            school,
            survey,
        })
    }

    /// The code; a later row with the code of an earlier one is refused and shown with it.
    fn code(&mut self, row: &Row<'a>) -> Option<String> {
        let code = self.text(row, |used| &used.code, 60);
        let code = self.refusals.take(row.cell(&self.used.code).needed(code))?;
        match self.codes.get_mut(&code) {
            Some((first, later)) => {
                later.push(row.number());
                let args = vec![("code", code), ("first", first.to_string())];
                self.refusals.push(
                    row.cell(&self.used.code)
                        .refuse("places-code-repeated", args),
                );
                None
            }
            None => {
                self.codes.insert(code.clone(), (row.number(), Vec::new()));
                Some(code)
            }
        }
    }

    fn names(&mut self, row: &Row<'a>, school: &mut School, code: Option<&str>) {
        match self.text(row, |used| &used.name, 1_000) {
            Some(name) => school.name = name,
            None => {
                school.name = code.unwrap_or_default().to_owned();
                self.remark("places-remark-no-name", Vec::new(), row.number());
            }
        }
        let address = self.text(row, |used| &used.address, 300);
        let ward = self.text(row, |used| &used.ward, 120);
        let status = self.text(row, |used| &used.status, 60);
        school.note("address", address);
        school.note("ward", ward);
        school.note("status", status);
    }

    fn figures(&mut self, row: &Row<'a>, school: &mut School) {
        const LEARNERS_MAX: i64 = 100_000;
        const TEACHERS_MAX: i64 = 10_000;
        let refusals = &mut self.refusals;
        let used = &self.used;
        let mut whole = |column, max| refusals.take(row.cell(column).whole(0, max)).flatten();
        school.learners_girls = whole(&used.girls, LEARNERS_MAX);
        school.learners_boys = whole(&used.boys, LEARNERS_MAX);
        let learners = whole(&used.learners, LEARNERS_MAX);
        school.teachers_female = whole(&used.teachers_female, TEACHERS_MAX);
        school.teachers_male = whole(&used.teachers_male, TEACHERS_MAX);
        let teachers = whole(&used.teachers, TEACHERS_MAX);
        let (learners, agree) = rules::total(school.learners_girls, school.learners_boys, learners);
        if !agree {
            self.remark("places-remark-learners-differ", Vec::new(), row.number());
        }
        let (teachers, agree) =
            rules::total(school.teachers_female, school.teachers_male, teachers);
        if !agree {
            self.remark("places-remark-teachers-differ", Vec::new(), row.number());
        }
        (school.learners, school.teachers) = (learners, teachers);
        school.year = self.year(row);
    }

    /// A year alone, or the year of a day in any of the styles days are written in.
    fn year(&mut self, row: &Row<'a>) -> Option<i64> {
        let field = row.cell(&self.used.year);
        let raw = known(field.raw())?;
        let alone = raw.strip_suffix(".0").unwrap_or(raw);
        let year = match alone.parse::<i64>() {
            Ok(year) if (1_000..10_000).contains(&year) => Some(year),
            _ => self
                .refusals
                .take(row.cell(&self.used.year).day())?
                .map(|day| i64::from(day.year())),
        }?;
        if (1900..=self.frame.this_year).contains(&year) {
            return Some(year);
        }
        let args = vec![("year", year.to_string())];
        self.refusals.push(
            row.cell(&self.used.year)
                .refuse("places-year-strange", args),
        );
        None
    }

    fn services(&mut self, row: &Row<'a>, school: &mut School) {
        let refusals = &mut self.refusals;
        let used = &self.used;
        let mut yes_no = |column| {
            let field: Field<'_> = row.cell(column);
            known(field.raw()).and_then(|_| refusals.take(row.cell(column).yes_no()).flatten())
        };
        school.water = yes_no(&used.water);
        school.internet = yes_no(&used.internet);
        school.computers = yes_no(&used.computers);
        let (any, grid) = (yes_no(&used.electricity), yes_no(&used.grid));
        school.electricity = any.or(grid);
        if let Some(grid) = grid {
            school.attributes.insert("grid".to_owned(), grid.into());
        }
    }

    fn level(&mut self, row: &Row<'a>, school: &mut School) {
        if let Some(written) = self.text(row, |used| &used.level, 120) {
            match levels::isced(&written) {
                Some(levels) => {
                    school.levels = levels.iter().map(|code| (*code).to_owned()).collect()
                }
                None => {
                    let args = vec![("level", written.clone())];
                    self.remark("places-remark-level-unknown", args, row.number());
                }
            }
            school.note("level", Some(written));
        }
        if let Some(written) = self.text(row, |used| &used.rural, 60) {
            match rules::rural(&written) {
                Some(rural) => {
                    school.rural = Some(rural);
                    school.rural_basis = Some("written".to_owned());
                }
                None => {
                    let args = vec![("area", written)];
                    self.remark("places-remark-area-unknown", args, row.number());
                }
            }
        }
    }

    fn point(&mut self, row: &Row<'a>, school: &mut School) {
        let gps = row.cell(&self.used.gps);
        let point = match known(gps.raw()) {
            Some(text) => match rules::gps(text, self.frame.bounds.as_ref()) {
                Ok(point) => Some(point),
                Err(key) => {
                    self.refusals
                        .push(gps.refuse(key, vec![("gps", text.to_owned())]));
                    None
                }
            },
            None => {
                let (lon, lat) = (
                    row.cell(&self.used.longitude),
                    row.cell(&self.used.latitude),
                );
                if known(lon.raw()).is_none() && known(lat.raw()).is_none() {
                    return;
                }
                self.refusals
                    .take(sheets::point(&lon, &lat, self.frame.bounds.as_ref()))
                    .flatten()
            }
        };
        (school.lon, school.lat) = (point.map(|p| p.0), point.map(|p| p.1));
    }

    /// A text of a cell, unless it only says that nothing is known.
    fn text(
        &mut self,
        row: &Row<'a>,
        column: fn(&Used) -> &Column,
        chars_max: usize,
    ) -> Option<String> {
        let field = row.cell(column(&self.used));
        known(field.raw())?;
        self.refusals
            .take(field.text(chars_max))
            .flatten()
            .map(|text| text.trim().to_owned())
    }

    /// The smallest place known for the row: by its code, else by the names of area and district.
    fn place(&mut self, row: &Row<'a>) -> Placed {
        let PlaceColumns {
            place_code,
            department,
            municipality,
        } = &self.used.place;
        let words = [place_code, department, municipality]
            .map(|column| known(row.cell(column).raw()).unwrap_or_default().to_owned());
        if let Some(placed) = self.places.get(&words) {
            return placed.clone();
        }
        let placed = placed(self.frame.gazetteer, self.frame.country, &words);
        self.places.insert(words, placed.clone());
        placed
    }
}

/// Where a place code, an area's name and a district's name put a school.
fn placed(tree: &Gazetteer, country: &str, [code, area, district]: &[String; 3]) -> Placed {
    let found = |place: &Place| Placed {
        place: place.code.clone(),
        department: tree.department(&place.code).map(|p| p.code.clone()),
        remark: None,
    };
    let nowhere = |remark| Placed {
        place: country.to_owned(),
        department: None,
        remark,
    };
    if tree.children(country).is_empty() {
        return nowhere(Some(("places-remark-no-gazetteer", Vec::new())));
    }
    if !code.is_empty() {
        match tree
            .get(code)
            .filter(|place| tree.is_within(&place.code, country))
        {
            Some(place) => return found(place),
            None if area.is_empty() && district.is_empty() => {
                return nowhere(Some((
                    "places-remark-code-unknown",
                    vec![("code", code.clone())],
                )));
            }
            None => {}
        }
    }
    let unplaced = |name: &str, key| (key, vec![("name", name.to_owned()), ("area", area.clone())]);
    let below = match tree.resolve(country, area) {
        Found::One(place) => Some(place),
        Found::Nothing | Found::Several(_) => None,
    };
    match (below, district.is_empty()) {
        (Some(below), true) => found(below),
        (Some(below), false) => match tree.resolve(&below.code, district) {
            Found::One(place) => found(place),
            Found::Nothing => Placed {
                remark: Some(unplaced(district, "places-remark-district-unknown")),
                ..found(below)
            },
            Found::Several(_) => Placed {
                remark: Some(unplaced(district, "places-remark-district-several")),
                ..found(below)
            },
        },
        (None, _) if area.is_empty() => match tree.resolve(country, district) {
            Found::One(place) => found(place),
            Found::Nothing | Found::Several(_) if district.is_empty() => {
                nowhere(Some(("places-remark-no-place", Vec::new())))
            }
            Found::Nothing | Found::Several(_) => {
                nowhere(Some(unplaced(district, "places-remark-district-unknown")))
            }
        },
        (None, _) => nowhere(Some((
            "places-remark-area-not-found",
            vec![("area", area.clone())],
        ))),
    }
}

/// A name with the level, so that a primary and a secondary school of one name are two.
fn alike_name(entry: &Entry) -> String {
    format!(
        "{} {}",
        fold(&entry.school.name),
        entry.school.levels.join(" ")
    )
}

/// The words of a cell, unless they only say that nothing is known.
fn known(raw: &str) -> Option<&str> {
    const NOTHING: [&str; 12] = [
        "", "na", "n/a", "n.a.", "nan", "null", "none", "-", "--", "?", "nd", "s/d",
    ];
    let text = raw.trim();
    (!NOTHING.contains(&text.to_lowercase().as_str())).then_some(text)
}
