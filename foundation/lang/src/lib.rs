//! Words: every text the product says, in every language it speaks.
//!
//! Loads Fluent files, picks plurals by each language's own rules, writes numbers and days as
//! that language does. Knows no room: rooms hand over their files as [`Source`]s.
//! Never panics: a missing text shows its key and is remembered in [`Library::missing`].

mod figures;
mod library;
mod shelf;
pub mod testing;
mod words;

pub use base::{Arg, Lang};
pub use library::{Library, Problems};
pub use words::Words;

/// One room's texts: a Fluent file for each language.
pub type Source = &'static [(Lang, &'static str)];

/// The words all rooms share: yes and no, unknown, months, roles, common refusals.
pub const WORDS: Source = &[
    (Lang::En, include_str!("../lang/en.ftl")),
    (Lang::Fr, include_str!("../lang/fr.ftl")),
    (Lang::Ar, include_str!("../lang/ar.ftl")),
];
