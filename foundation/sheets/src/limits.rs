//! Limits and choices a caller sets before a file is read.

/// What a file may cost before it is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    pub bytes_max: u64,
    /// The size after unpacking, for gzip, XLSX and ODS.
    pub unpacked_bytes_max: u64,
    pub rows_max: u32,
    pub columns_max: u32,
    pub cell_bytes_max: u32,
    /// All cells together, empty ones among them.
    pub cells_max: u32,
    /// Refusals kept in detail; the rest is counted.
    pub refusals_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes_max: 128 << 20,
            unpacked_bytes_max: 512 << 20,
            // One more than a sheet of Excel can hold, so that a full one fits with its header.
            rows_max: 1_048_577,
            columns_max: 1_024,
            // Excel holds 32 767 characters in a cell; four bytes each at most.
            cell_bytes_max: 131_068,
            cells_max: 100_000_000,
            refusals_max: 50,
        }
    }
}

/// How text is read that is neither UTF-8 nor UTF-16.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Legacy {
    /// Windows-1252.
    #[default]
    Western,
    /// Windows-1256.
    Arabic,
}

/// Which part of a file is wanted.
#[derive(Debug, Clone, Default)]
pub struct Choice<'a> {
    /// The sheet by its name; a hidden sheet is read only when it is named.
    pub sheet: Option<&'a str>,
    /// Headers that tell the wanted sheet and its header row from the others.
    pub headers: &'a [&'a str],
    pub legacy: Legacy,
}
