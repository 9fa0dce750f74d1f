//! What pages are made of: the shell, the parts, charts, maps, the style sheet.
//!
//! Parts are functions from values and words to [`Html`]. Nothing here knows a room, a database
//! or the web; nothing here reads a clock.

/// Joins pieces of HTML; see [`html!`](crate::html!).
#[macro_use]
mod html;
mod assets;
mod cell;
pub mod charts;
mod fields;
mod gallery;
pub mod maps;
mod parts;
mod ranges;
mod shell;
mod table;
pub mod testing;

pub use assets::{Asset, assets, sheet_path};
pub use cell::{Cell, Column, Kind, NOT_APPLICABLE, Typed, cell_csv, cell_html, cell_json, typed};
pub use fields::{Choice, Control, Form, Input, control, field_id, form, size};
pub use gallery::gallery;
pub use html::{Html, Show, Shown, is_safe, link, paragraphs, shown, text, with_query};
pub use parts::{
    Action, Difference, Link, Step, StepState, Tone, actions, card, cards, conflict, empty,
    error_summary, figure, notice, post_button, progress, section, side_by_side, steps, tabs, tag,
    tag_as, trail,
};
pub use shell::{AccountLine, MenuGroup, MenuLink, Shell};
pub use table::{Line, downloads, facts, filters, pager, plain_table, table};

/// This crate's texts: parts (`ui-…`) and the columns many rooms share (`column-…`).
pub const WORDS: lang::Source = &[
    (lang::Lang::En, include_str!("../lang/en.ftl")),
    (lang::Lang::Fr, include_str!("../lang/fr.ftl")),
    (lang::Lang::Ar, include_str!("../lang/ar.ftl")),
];
