//! The header of a sheet: where it stands, names joined over two rows, empty and doubled names.

use std::collections::BTreeMap;

use crate::fold::fold;
use crate::limits::Choice;
use crate::refusal::{Note, Refusal, Refusals, letter};
use crate::sheet::Raw;
use crate::store::{CellKind, Store};

/// Rows at the top among which the header is looked for.
pub(crate) const SEARCHED_ROWS: usize = 20;

/// Cells merged into one; rows as the spreadsheet program numbers them, columns from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Merge {
    pub(crate) first_row: u32,
    pub(crate) last_row: u32,
    pub(crate) first_column: u32,
    pub(crate) last_column: u32,
}

/// The header found: its names, HXL tags, and the position of the first row of values.
#[derive(Debug, Default)]
pub(crate) struct Head {
    pub(crate) names: Vec<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) first: usize,
}

/// The position of the header row: the row with most of the wanted headers; without wanted
/// headers, the first row after titles of a single cell.
pub(crate) fn position(store: &Store, choice: &Choice<'_>) -> usize {
    let rows = 0..store.len().min(SEARCHED_ROWS);
    let wanted: Vec<String> = choice.headers.iter().map(|header| fold(header)).collect();
    let best = rows
        .clone()
        .map(|row| (matches(store, row, &wanted), row))
        .fold(
            (0, 0),
            |best, found| if found.0 > best.0 { found } else { best },
        );
    if best.0 > 0 {
        return best.1;
    }
    rows.clone()
        .find(|&row| filled(store, row) > 1)
        .filter(|&row| row > 0)
        .unwrap_or_default()
}

/// How many of the wanted names, already folded, stand in a row.
pub(crate) fn matches(store: &Store, row: usize, wanted: &[String]) -> usize {
    let names: Vec<String> = (0..store.width(row))
        .map(|position| fold(store.cell(row, position)))
        .collect();
    wanted
        .iter()
        .filter(|name| !name.is_empty() && names.contains(name))
        .count()
}

fn filled(store: &Store, row: usize) -> usize {
    (0..store.width(row))
        .filter(|&position| !store.cell(row, position).trim().is_empty())
        .count()
}

/// Reads the header and checks it; what is wrong goes to the refusals of the sheet.
pub(crate) fn read(raw: &mut Raw, choice: &Choice<'_>) -> Head {
    let Raw {
        store,
        refusals,
        notes,
        merges,
        width_max,
        ..
    } = raw;
    if store.len() == 0 {
        refusals.push(Refusal::of_file("sheets-empty"));
        return Head::default();
    }
    let row = position(store, choice);
    let number = u64::from(store.number(row));
    if row > 0 {
        let note = Note::new("sheets-note-rows-above").with("count", row);
        notes.push(note.at_row(Some(number)));
    }
    let mut names: Vec<String> = (0..store.width(row))
        .map(|position| store.cell(row, position).trim().to_owned())
        .collect();
    let mut next = row + 1;
    if join_merged(store, row, merges, &mut names, refusals) {
        notes.push(Note::new("sheets-note-header-joined").at_row(Some(number)));
        next += 1;
    }
    check_doubles(&names, number, refusals);
    let tags = tags(store, next);
    if !tags.is_empty() {
        notes.push(Note::new("sheets-note-tags").at_row(Some(u64::from(store.number(next)))));
        next += 1;
    }
    let head = Head {
        names,
        tags,
        first: next,
    };
    check_empty(store, &head, *width_max, number, refusals);
    head
}

/// Joins "Learners" over "girls" and "boys" to "Learners girls" and "Learners boys". True when
/// the row below belongs to the header.
fn join_merged(
    store: &Store,
    row: usize,
    merges: &[Merge],
    names: &mut Vec<String>,
    refusals: &mut Refusals,
) -> bool {
    let number = store.number(row);
    let here = |merge: &&Merge| merge.first_row == number;
    let wide: Vec<&Merge> = merges
        .iter()
        .filter(here)
        .filter(|m| m.last_column > m.first_column)
        .collect();
    let below = row + 1;
    if wide.is_empty() {
        return false;
    }
    let is_name = |position: usize| {
        !store.cell(below, position).trim().is_empty()
            && store.kind(below, position) == CellKind::Text
            && store.cell(below, position).parse::<f64>().is_err()
    };
    if store.number(below) != number + 1 {
        return refuse_merged(number, &wide, refusals);
    }
    for merge in &wide {
        let positions = merge.first_column as usize..=merge.last_column as usize;
        if !positions.clone().all(is_name) {
            return refuse_merged(number, &wide, refusals);
        }
        let above = store
            .cell(row, merge.first_column as usize)
            .trim()
            .to_owned();
        names.resize(
            names.len().max(merge.last_column as usize + 1),
            String::new(),
        );
        for (name, position) in names.iter_mut().skip(*positions.start()).zip(positions) {
            *name = format!("{above} {}", store.cell(below, position).trim())
                .trim()
                .to_owned();
        }
    }
    let under = store.width(below);
    names.resize(names.len().max(under), String::new());
    for (position, name) in names
        .iter_mut()
        .enumerate()
        .filter(|(_, name)| name.is_empty())
    {
        store.cell(below, position).trim().clone_into(name);
    }
    true
}

fn refuse_merged(number: u32, wide: &[&Merge], refusals: &mut Refusals) -> bool {
    for merge in wide {
        let last = letter(merge.last_column as usize);
        refusals.push(
            Refusal::of_row(u64::from(number), "sheets-header-merged")
                .at_column(letter(merge.first_column as usize))
                .with("last", last),
        );
    }
    false
}

fn check_doubles(names: &[String], row: u64, refusals: &mut Refusals) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (position, name) in names.iter().enumerate() {
        let folded = fold(name);
        if folded.is_empty() {
            continue;
        }
        if let Some(&first) = seen.get(&folded) {
            refusals.push(
                Refusal::of_row(row, "sheets-header-twice")
                    .at_column(name.clone())
                    .with("first", letter(first))
                    .with("second", letter(position)),
            );
        } else {
            seen.insert(folded, position);
        }
    }
}

/// A column without a name is refused when it holds anything.
fn check_empty(store: &Store, head: &Head, width_max: usize, number: u64, refusals: &mut Refusals) {
    let names = head.names.iter().enumerate();
    let nameless: Vec<usize> = names
        .filter(|(_, name)| fold(name).is_empty())
        .map(|(position, _)| position)
        .collect();
    let mut reported = Vec::new();
    for row in head.first..store.len() {
        let beyond = head.names.len()..store.width(row).min(width_max);
        for position in nameless.iter().copied().chain(beyond) {
            if store.cell(row, position).trim().is_empty() || reported.contains(&position) {
                continue;
            }
            reported.push(position);
            refusals.push(
                Refusal::of_row(number, "sheets-header-empty")
                    .at_column(letter(position))
                    .with("filled", store.number(row)),
            );
        }
    }
}

/// The HXL tags, when every filled cell of the row is one.
fn tags(store: &Store, row: usize) -> Vec<String> {
    let cells = || (0..store.width(row)).map(|position| store.cell(row, position).trim());
    let is_tag = |cell: &str| {
        cell.strip_prefix('#')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))
    };
    if cells().any(is_tag) && cells().all(|cell| cell.is_empty() || is_tag(cell)) {
        return cells().map(str::to_owned).collect();
    }
    Vec::new()
}
