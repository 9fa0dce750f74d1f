//! The cells of a sheet, packed: one text and the ends of its cells.

use crate::refusal::Refusal;

/// What a cell was in the file; text files know only text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum CellKind {
    Text = 0,
    Number = 1,
    Day = 2,
    Truth = 3,
}

/// Ends of cells, counted from the beginning of their row. Rows shorter than 64 KiB, which is
/// nearly all, cost two bytes a cell.
#[derive(Debug)]
enum Ends {
    Short(Vec<u16>),
    Long(Vec<u32>),
}

#[derive(Debug, Clone, Copy)]
struct RowPlace {
    /// As the spreadsheet program shows it, from 1.
    number: u32,
    text: u32,
    cells: u32,
}

/// All rows of one sheet; blank rows are left out, their numbers are not used again.
#[derive(Debug)]
pub(crate) struct Store {
    text: String,
    ends: Ends,
    /// Empty for text files.
    kinds: Vec<u8>,
    rows: Vec<RowPlace>,
    /// Numbers of hidden rows, rising.
    hidden: Vec<u32>,
    text_max: usize,
    cells_max: usize,
}

impl Store {
    /// An empty store that refuses more text or more cells than this.
    pub(crate) fn new(text_max: u64, cells_max: u32) -> Self {
        let most = usize::try_from(u32::MAX).unwrap_or(usize::MAX);
        Self {
            text: String::new(),
            ends: Ends::Short(Vec::new()),
            kinds: Vec::new(),
            rows: Vec::new(),
            hidden: Vec::new(),
            text_max: usize::try_from(text_max).unwrap_or(most).min(most),
            cells_max: cells_max as usize,
        }
    }

    /// Makes room for a text of about this size.
    pub(crate) fn reserve(&mut self, bytes: usize) {
        self.text.reserve_exact(bytes);
    }

    pub(crate) fn begin_row(&mut self, number: u32, hidden: bool) {
        let text = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        let cells = u32::try_from(self.cell_count()).unwrap_or(u32::MAX);
        self.rows.push(RowPlace {
            number,
            text,
            cells,
        });
        if hidden {
            self.hidden.push(number);
        }
    }

    /// Adds a cell to the row begun last.
    pub(crate) fn push(&mut self, cell: &str, kind: CellKind) -> Result<(), Refusal> {
        if self.text.len() + cell.len() > self.text_max {
            return Err(Refusal::of_file("sheets-unpacked-too-big").with("limit", self.text_max));
        }
        if self.cell_count() >= self.cells_max {
            return Err(Refusal::of_file("sheets-too-many-cells").with("limit", self.cells_max));
        }
        self.text.push_str(cell);
        let start = self.rows.last().map_or(0, |row| row.text as usize);
        self.push_end(self.text.len() - start);
        if kind != CellKind::Text || !self.kinds.is_empty() {
            self.kinds
                .resize(self.cell_count() - 1, CellKind::Text as u8);
            self.kinds.push(kind as u8);
        }
        Ok(())
    }

    fn push_end(&mut self, end: usize) {
        if let (Ends::Short(ends), Err(_)) = (&mut self.ends, u16::try_from(end)) {
            self.ends = Ends::Long(ends.iter().map(|&end| u32::from(end)).collect());
        }
        match &mut self.ends {
            Ends::Short(ends) => ends.push(u16::try_from(end).unwrap_or(u16::MAX)),
            Ends::Long(ends) => ends.push(u32::try_from(end).unwrap_or(u32::MAX)),
        }
    }

    /// Ends the row: cuts empty cells at its end, and the row itself when nothing is left.
    pub(crate) fn end_row(&mut self) {
        let Some(row) = self.rows.last().copied() else {
            return;
        };
        let first = row.cells as usize;
        while self.cell_count() > first && self.is_last_empty(first) {
            match &mut self.ends {
                Ends::Short(ends) => drop(ends.pop()),
                Ends::Long(ends) => drop(ends.pop()),
            }
        }
        self.kinds.truncate(self.cell_count());
        if self.cell_count() == first {
            self.rows.pop();
            if self.hidden.last() == Some(&row.number) {
                self.hidden.pop();
            }
        }
    }

    fn is_last_empty(&self, first: usize) -> bool {
        let last = self.cell_count() - 1;
        let before = if last == first { 0 } else { self.end(last - 1) };
        self.end(last) == before
    }

    /// Gives back the room that was not needed.
    pub(crate) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        match &mut self.ends {
            Ends::Short(ends) => ends.shrink_to_fit(),
            Ends::Long(ends) => ends.shrink_to_fit(),
        }
        self.kinds.shrink_to_fit();
        self.rows.shrink_to_fit();
    }

    pub(crate) fn memory_bytes(&self) -> usize {
        let ends = match &self.ends {
            Ends::Short(ends) => ends.capacity() * 2,
            Ends::Long(ends) => ends.capacity() * 4,
        };
        let rows = self.rows.capacity() * size_of::<RowPlace>() + self.hidden.capacity() * 4;
        self.text.capacity() + ends + self.kinds.capacity() + rows
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn number(&self, row: usize) -> u32 {
        self.rows.get(row).map_or(0, |row| row.number)
    }

    pub(crate) fn hidden_numbers(&self) -> &[u32] {
        &self.hidden
    }

    pub(crate) fn is_hidden(&self, row: usize) -> bool {
        !self.hidden.is_empty() && self.hidden.binary_search(&self.number(row)).is_ok()
    }

    /// How many cells the row has, without empty ones at its end.
    pub(crate) fn width(&self, row: usize) -> usize {
        let Some(place) = self.rows.get(row) else {
            return 0;
        };
        let next = self
            .rows
            .get(row + 1)
            .map_or(self.cell_count(), |next| next.cells as usize);
        next.saturating_sub(place.cells as usize)
    }

    /// The text of a cell; empty where there is none.
    pub(crate) fn cell(&self, row: usize, position: usize) -> &str {
        let Some(place) = self.rows.get(row).filter(|_| position < self.width(row)) else {
            return "";
        };
        let index = place.cells as usize + position;
        let start = if position == 0 {
            0
        } else {
            self.end(index - 1)
        };
        let text = place.text as usize;
        self.text
            .get(text + start..text + self.end(index))
            .unwrap_or("")
    }

    pub(crate) fn kind(&self, row: usize, position: usize) -> CellKind {
        if self.kinds.is_empty() || position >= self.width(row) {
            return CellKind::Text;
        }
        let index = self.rows.get(row).map_or(0, |place| place.cells as usize) + position;
        match self.kinds.get(index) {
            Some(1) => CellKind::Number,
            Some(2) => CellKind::Day,
            Some(3) => CellKind::Truth,
            _ => CellKind::Text,
        }
    }

    fn cell_count(&self) -> usize {
        match &self.ends {
            Ends::Short(ends) => ends.len(),
            Ends::Long(ends) => ends.len(),
        }
    }

    fn end(&self, index: usize) -> usize {
        match &self.ends {
            Ends::Short(ends) => ends.get(index).map_or(0, |&end| usize::from(end)),
            Ends::Long(ends) => ends.get(index).map_or(0, |&end| end as usize),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(rows: &[&[&str]]) -> Store {
        let mut store = Store::new(1 << 20, 1_000);
        for (number, row) in (1..).zip(rows) {
            store.begin_row(number, false);
            for cell in *row {
                store.push(cell, CellKind::Text).unwrap();
            }
            store.end_row();
        }
        store
    }

    #[test]
    fn blank_rows_and_trailing_empty_cells_are_left_out() {
        let store = stored(&[&["a", "", "b", "", ""], &["", ""], &["", "c"]]);
        assert_eq!((store.len(), store.width(0), store.number(1)), (2, 3, 3));
        assert_eq!(
            [store.cell(0, 2), store.cell(1, 0), store.cell(1, 1)],
            ["b", "", "c"]
        );
        assert_eq!([store.cell(0, 9), store.cell(9, 0)], ["", ""]);
    }

    #[test]
    fn a_row_longer_than_64_kib_is_kept_whole() {
        let long = "x".repeat(70_000);
        let store = stored(&[&["a", "b"], &[&long, "c"], &["d"]]);
        assert_eq!(store.cell(1, 0).len(), 70_000);
        assert_eq!(
            [store.cell(0, 1), store.cell(1, 1), store.cell(2, 0)],
            ["b", "c", "d"]
        );
    }

    #[test]
    fn kinds_begin_with_the_first_cell_that_is_not_text() {
        let mut store = stored(&[&["a", "b"]]);
        store.begin_row(2, false);
        store.push("5", CellKind::Number).unwrap();
        store.end_row();
        assert_eq!(store.kind(0, 1), CellKind::Text);
        assert_eq!(store.kind(1, 0), CellKind::Number);
    }
}
