//! Columns: what a caller wants, found among the headers by folded name.

use crate::day::{self, DayOrder};
use crate::fold::fold;
use crate::numeral::{self, Marks};
use crate::refusal::{Refusal, Refusals, letter};
use crate::sheet::Sheet;

/// What a column holds; days and numbers are looked through for proof of how they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Whole,
    Decimal,
    Day,
    YesNo,
    Code,
    Longitude,
    Latitude,
}

/// A column a caller wants.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    pub name: &'a str,
    /// Other headers it is known by; spelling is folded.
    pub aliases: &'a [&'a str],
    pub required: bool,
    pub kind: Kind,
}

/// The headers of a sheet.
#[derive(Debug, Clone)]
pub struct Table<'a> {
    sheet: &'a Sheet,
    folded: Vec<String>,
}

impl<'a> Table<'a> {
    pub(crate) fn new(sheet: &'a Sheet) -> Self {
        Self {
            sheet,
            folded: sheet.headers().iter().map(|header| fold(header)).collect(),
        }
    }

    /// The position of a header, in any spelling that folds to the same.
    pub fn find(&self, header: &str) -> Option<usize> {
        let wanted = fold(header);
        self.folded
            .iter()
            .position(|folded| !folded.is_empty() && *folded == wanted)
    }

    /// Finds every wanted column, or refuses with all that are missing or met twice.
    pub fn columns(&self, wanted: &[Wanted<'_>]) -> Result<Columns, Vec<Refusal>> {
        let mut refusals = Refusals::new(usize::MAX);
        let mut columns: Vec<Column> = Vec::with_capacity(wanted.len());
        for one in wanted {
            if let Some(column) = refusals.take(self.column(one)) {
                let taken = columns
                    .iter()
                    .find(|other| column.position.is_some() && other.position == column.position);
                if let Some(other) = taken {
                    refusals.push(
                        Refusal::of_file("sheets-column-shared")
                            .at_column(column.header().unwrap_or_default())
                            .with("wanted", one.name)
                            .with("other", &other.name),
                    );
                }
                columns.push(column);
            }
        }
        let unused = self
            .sheet
            .headers()
            .iter()
            .enumerate()
            .filter(|(at, name)| {
                !name.is_empty() && !columns.iter().any(|column| column.position == Some(*at))
            })
            .map(|(_, name)| name.clone())
            .collect();
        refusals.into_result(Columns { columns, unused })
    }

    fn column(&self, wanted: &Wanted<'_>) -> Result<Column, Refusal> {
        let names: Vec<String> = std::iter::once(wanted.name)
            .chain(wanted.aliases.iter().copied())
            .map(fold)
            .collect();
        let mut found = (0..self.folded.len()).filter(|&at| {
            self.folded
                .get(at)
                .is_some_and(|folded| names.contains(folded))
        });
        let position = found.next();
        if let (Some(first), Some(second)) = (position, found.next()) {
            return Err(Refusal::of_file("sheets-column-double")
                .with("wanted", wanted.name)
                .with("first", self.described(first))
                .with("second", self.described(second)));
        }
        if position.is_none() && wanted.required {
            let found: Vec<&str> = self
                .sheet
                .headers()
                .iter()
                .map(String::as_str)
                .filter(|name| !name.is_empty())
                .collect();
            return Err(Refusal::of_file("sheets-column-missing")
                .with("wanted", wanted.name)
                .with("found", found.join(", ")));
        }
        let (day_order, marks) =
            position.map_or_else(Default::default, |at| self.proofs(at, wanted.kind));
        let header = position
            .and_then(|at| self.sheet.headers().get(at))
            .cloned();
        Ok(Column {
            name: wanted.name.to_owned(),
            header,
            position,
            day_order,
            marks,
        })
    }

    fn described(&self, position: usize) -> String {
        let header = self
            .sheet
            .headers()
            .get(position)
            .map_or("", String::as_str);
        format!("{header} ({})", letter(position))
    }

    /// Looks through the whole column for cells that can be read one way only.
    fn proofs(&self, position: usize, kind: Kind) -> (DayOrder, Marks) {
        let mut order = DayOrder::Unproved;
        let (mut dots, mut commas) = (false, false);
        match kind {
            Kind::Day => {
                for row in self.sheet.rows(0..usize::MAX) {
                    order = match (order, day::proof(row.text(position))) {
                        (known, DayOrder::Unproved) => known,
                        (DayOrder::Unproved, new) => new,
                        (known, new) if known == new => known,
                        _ => DayOrder::Mixed,
                    };
                }
            }
            Kind::Whole | Kind::Decimal => {
                for row in self.sheet.rows(0..usize::MAX) {
                    let text = row.text(position);
                    if !row.is_number(position) && text.contains(['.', ',']) {
                        let marks = numeral::proof(text);
                        dots |= marks == Marks::DotDecimal;
                        commas |= marks == Marks::CommaDecimal;
                    }
                }
            }
            Kind::Text | Kind::YesNo | Kind::Code | Kind::Longitude | Kind::Latitude => {}
        }
        let marks = match (dots, commas) {
            (true, false) => Marks::DotDecimal,
            (false, true) => Marks::CommaDecimal,
            _ => Marks::Unproved,
        };
        (order, marks)
    }
}

/// The wanted columns of one sheet.
#[derive(Debug, Clone)]
pub struct Columns {
    columns: Vec<Column>,
    unused: Vec<String>,
}

impl Columns {
    /// A column by the name it was wanted under. An optional column that the sheet lacks reads
    /// as unknown in every row.
    pub fn column(&self, name: &str) -> Result<&Column, Refusal> {
        self.columns
            .iter()
            .find(|column| column.name == name)
            .ok_or_else(|| Refusal::of_file("sheets-column-undeclared").with("wanted", name))
    }

    /// Headers nobody asked for.
    pub fn unused(&self) -> &[String] {
        &self.unused
    }
}

/// One column: where it stands and how its days and numbers are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    name: String,
    header: Option<String>,
    position: Option<usize>,
    day_order: DayOrder,
    marks: Marks,
}

impl Column {
    /// The name it was wanted under.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The header as the file writes it.
    pub fn header(&self) -> Option<&str> {
        self.header.as_deref()
    }

    /// Counted from 0; `None` when the sheet lacks the column.
    pub fn position(&self) -> Option<usize> {
        self.position
    }

    /// Which order of day and month the cells prove.
    pub fn day_order(&self) -> DayOrder {
        self.day_order
    }

    /// Which decimal sign the cells prove.
    pub fn marks(&self) -> Marks {
        self.marks
    }
}
