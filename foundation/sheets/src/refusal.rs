//! Refusals and notes: what was wrong, or done, and where; the words stand in `lang/`.

/// One reason why a file, a column or a cell was not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The row as the spreadsheet program numbers it, from 1.
    pub row: Option<u64>,
    /// The header of the column, or its letter where it has no header.
    pub column: Option<String>,
    /// The message key; begins with `sheets-`.
    pub key: &'static str,
    pub args: Vec<(&'static str, String)>,
}

impl Refusal {
    /// A refusal of the whole file.
    pub fn of_file(key: &'static str) -> Self {
        Self {
            row: None,
            column: None,
            key,
            args: Vec::new(),
        }
    }

    /// A refusal of one row.
    pub fn of_row(row: u64, key: &'static str) -> Self {
        Self {
            row: Some(row),
            ..Self::of_file(key)
        }
    }

    /// Adds one argument for the words.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// Names the column.
    #[must_use]
    pub fn at_column(mut self, column: impl Into<String>) -> Self {
        self.column = Some(column.into());
        self
    }

    /// All arguments of the message, the place included as `row` and `column`.
    pub fn arguments(&self) -> Vec<(&'static str, String)> {
        arguments(self.row, self.column.as_deref(), &self.args)
    }
}

/// Something the reader noticed or did, which a person must be told before the import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The first row it concerns.
    pub row: Option<u64>,
    pub column: Option<String>,
    /// The message key; begins with `sheets-note-`.
    pub key: &'static str,
    pub args: Vec<(&'static str, String)>,
}

impl Note {
    pub(crate) fn new(key: &'static str) -> Self {
        Self {
            row: None,
            column: None,
            key,
            args: Vec::new(),
        }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    pub(crate) fn at_row(mut self, row: Option<u64>) -> Self {
        self.row = row;
        self
    }

    /// All arguments of the message, the place included as `row` and `column`.
    pub fn arguments(&self) -> Vec<(&'static str, String)> {
        arguments(self.row, self.column.as_deref(), &self.args)
    }
}

fn arguments(
    row: Option<u64>,
    column: Option<&str>,
    args: &[(&'static str, String)],
) -> Vec<(&'static str, String)> {
    let mut all = args.to_vec();
    all.extend(row.map(|row| ("row", row.to_string())));
    all.extend(column.map(|column| ("column", column.to_owned())));
    all
}

/// Collects refusals: keeps the first ones and counts the rest.
#[derive(Debug, Clone)]
pub struct Refusals {
    kept: Vec<Refusal>,
    kept_max: usize,
    total: u64,
}

impl Refusals {
    /// A collector that keeps this many details.
    pub fn new(kept_max: usize) -> Self {
        Self {
            kept: Vec::new(),
            kept_max,
            total: 0,
        }
    }

    /// Adds one refusal.
    pub fn push(&mut self, refusal: Refusal) {
        self.total += 1;
        if self.kept.len() < self.kept_max {
            self.kept.push(refusal);
        }
    }

    /// Keeps the refusal, or hands on the value.
    pub fn take<T>(&mut self, result: Result<T, Refusal>) -> Option<T> {
        result.map_err(|refusal| self.push(refusal)).ok()
    }

    /// How many there were, kept or not.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// True while nothing was refused.
    pub fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// The kept refusals; the last one counts those that were not kept.
    pub fn into_vec(self) -> Vec<Refusal> {
        let mut all = self.kept;
        let more = self.total.saturating_sub(all.len() as u64);
        if more > 0 {
            all.push(Refusal::of_file("sheets-more").with("count", more));
        }
        all
    }

    /// The value when nothing was refused, otherwise every refusal.
    pub fn into_result<T>(self, value: T) -> Result<T, Vec<Refusal>> {
        if self.is_empty() {
            Ok(value)
        } else {
            Err(self.into_vec())
        }
    }
}

/// The letter of a column as spreadsheet programs show it: 0 is A, 26 is AA.
pub(crate) fn letter(position: usize) -> String {
    let mut rest = position;
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        if rest < 26 {
            break;
        }
        rest = rest / 26 - 1;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_follow_the_spreadsheet_program() {
        for (position, expected) in [
            (0, "A"),
            (25, "Z"),
            (26, "AA"),
            (51, "AZ"),
            (701, "ZZ"),
            (702, "AAA"),
        ] {
            assert_eq!(letter(position), expected);
        }
    }

    #[test]
    fn the_rest_is_counted_when_enough_details_are_kept() {
        let mut refusals = Refusals::new(2);
        for row in 1..=5 {
            refusals.push(Refusal::of_row(row, "sheets-whole"));
        }
        let all = refusals.into_vec();
        assert_eq!(all.len(), 3);
        assert_eq!(all[2].args, [("count", "3".to_owned())]);
    }
}
