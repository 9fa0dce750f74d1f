//! How much of anything is taken: what lies beyond is refused or left out in words.

/// Entries of a package.
pub const ENTRIES: u64 = 20_000;
/// Bytes of one unpacked file of a package.
pub const FILE: u64 = 64 << 20;
/// Bytes of all files of a package, unpacked.
pub const UNPACKED: u64 = 2 << 30;
/// How many times larger than packed the whole of a package may be, beyond [`FREE`].
pub const RATIO: u64 = 200;
/// Unpacked bytes below which no ratio is looked at.
pub const FREE: u64 = 16 << 20;
/// Bytes of a text that is parsed: XML, HTML, JSON, Markdown.
pub const TEXT: usize = 8 << 20;
/// Depth of nested elements that is kept.
pub const DEPTH: usize = 64;
/// Pages of a reading.
pub const PAGES: usize = 5_000;
/// Bytes of all pages of a reading.
pub const HTML: usize = 24 << 20;
/// Bytes of all assets of a reading.
pub const ASSETS: usize = 48 << 20;
/// Items of a reading.
pub const ITEMS: usize = 5_000;
/// Refusals or remarks that are listed; more are counted.
pub const REASONS: usize = 100;
