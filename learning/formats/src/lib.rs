//! Reading learning material as it comes: packages, books, sheets of items.
//!
//! Pure: bytes in, a [`Reading`] out, or refusals naming every problem. Whatever the bytes are,
//! nothing here panics, loops, or takes more memory than [`limits`] allow.

mod book;
mod cartridge;
mod clean;
pub mod cmi5;
mod decode;
mod document;
mod epub;
pub mod h5p;
pub mod item;
mod kind;
mod licence;
pub mod limits;
pub mod media;
mod package;
mod pdf;
pub mod picture;
pub mod qti;
mod reader;
pub mod scorm;
pub mod sound;
pub mod storybook;
pub mod subtitles;
mod xml;

pub use clean::{linked, markdown, plain, sanitise};
pub use item::Item;
pub use kind::{Kind, kind_of, mime_of};
pub use licence::licence_of;
pub use package::{Entry, Package, pack};
pub use reader::read;

use base::{Lang, Refusal};

/// The words of this crate's refusals and remarks; the room that shows them adds them to its own.
pub const WORDS: [(Lang, &str); 3] = [
    (Lang::En, include_str!("../lang/en.ftl")),
    (Lang::Fr, include_str!("../lang/fr.ftl")),
    (Lang::Ar, include_str!("../lang/ar.ftl")),
];

/// What a file holds, as far as it can be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    pub kind: Kind,
    /// The media type to serve the file with.
    pub mime: &'static str,
    pub title: Option<String>,
    /// BCP 47 codes, as the file says.
    pub langs: Vec<String>,
    /// As the file says it: an SPDX code where it can be told (`CC-BY-4.0`, `CC-BY` without a
    /// version), else its own words.
    pub licence: Option<String>,
    pub authors: Vec<String>,
    /// The text of the file in reading order, sanitised. Pictures and sounds are addressed as
    /// `asset:name`, other pages as `page:3` (counted from 0): see [`linked`].
    pub pages: Vec<PageOf>,
    /// The files that the pages show.
    pub assets: Vec<Asset>,
    /// The file inside the package where it starts.
    pub entry: Option<String>,
    pub items: Vec<Item>,
    pub course: Option<cmi5::Course>,
    pub media: Option<Media>,
    /// What was left out or guessed, in words.
    pub remarks: Vec<Refusal>,
}

impl Reading {
    /// A reading of which nothing but the kind is known.
    pub const fn of(kind: Kind, mime: &'static str) -> Self {
        Self {
            kind,
            mime,
            title: None,
            langs: Vec::new(),
            licence: None,
            authors: Vec::new(),
            pages: Vec::new(),
            assets: Vec::new(),
            entry: None,
            items: Vec::new(),
            course: None,
            media: None,
            remarks: Vec::new(),
        }
    }
}

/// A page of sanitised HTML.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageOf {
    pub title: String,
    pub html: String,
}

/// A file that pages show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    pub name: String,
    pub mime: &'static str,
    pub bytes: Vec<u8>,
}

/// The measures of a picture, a sound or a film, where its headers tell them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Media {
    pub width: Option<u32>,
    pub height: Option<u32>,
    pub seconds: Option<f64>,
}
