//! What can be set: blocks whose texts stand in one language or in two, side by side.

use base::{Day, Lang};
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// The same text in both languages of the document; where it has one language, both are the same.
pub type Pair = [String; 2];

/// A document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The same twice sets one column.
    pub langs: [Lang; 2],
    /// What kind of document it is, above the title.
    pub kind: Pair,
    pub title: Pair,
    /// What it is called by, such as `HN-2026-A-0001`, and which version this is.
    pub code: String,
    pub version: Pair,
    /// The day it is of.
    pub dated: Day,
    pub blocks: Vec<Block>,
    /// Across every page of what is not meant to be used yet.
    pub mark: Option<Pair>,
    /// What stands before a page's number and between it and the number of pages.
    pub page: [Pair; 2],
    /// What the square leads to and the line that says what it is for.
    pub check: Option<(String, Pair)>,
}

/// A part of a document, in reading order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Block {
    Heading {
        text: Pair,
    },
    Text {
        text: Pair,
    },
    /// A numbered clause.
    Clause {
        number: String,
        heading: Pair,
        text: Pair,
    },
    /// Labels and what they say.
    Facts {
        rows: Vec<(Pair, Pair)>,
    },
    /// A table; columns marked so hold numbers.
    Table {
        heads: Vec<Pair>,
        numbers: Vec<bool>,
        rows: Vec<Vec<Pair>>,
    },
    /// Statements that hold or do not.
    Ticks {
        yes: Pair,
        no: Pair,
        rows: Vec<(bool, Pair)>,
    },
    /// A box for each who signs, with labelled lines.
    Signatures {
        boxes: Vec<Signer>,
    },
}

/// Who signs: the party, in which capacity, and the lines to fill in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Signer {
    pub party: Pair,
    pub role: Pair,
    pub lines: Vec<Pair>,
}

impl Document {
    /// The whole text, one language after the other, line by line: what a hash is taken of.
    pub fn text(&self) -> String {
        let mut out = format!("{}\n", self.code);
        for side in self.sides() {
            let _ = writeln!(
                out,
                "\n[{}]",
                self.langs.get(side).copied().unwrap_or_default()
            );
            let mut line = |text: &str| {
                let _ = writeln!(out, "{text}");
            };
            for pair in [&self.kind, &self.title, &self.version] {
                line(of(pair, side));
            }
            for block in &self.blocks {
                told(block, side, &mut line);
            }
        }
        out
    }

    /// The languages it has, once each.
    pub(crate) fn sides(&self) -> std::ops::Range<usize> {
        if self.langs.first() == self.langs.last() {
            0..1
        } else {
            0..2
        }
    }

    /// SHA-256 of the text, hexadecimal.
    pub fn hash(&self) -> String {
        use sha2::{Digest, Sha256};
        let digest = Sha256::digest(self.text().as_bytes());
        digest
            .iter()
            .fold(String::with_capacity(64), |mut out, byte| {
                let _ = write!(out, "{byte:02x}");
                out
            })
    }
}

#[cfg(feature = "pdf")]
impl Document {
    /// Does something with every text in a language that is written from right to left; not with what
    /// stands the same in both, such as a name.
    pub(crate) fn each_from_right_to_left(&mut self, act: &mut impl FnMut(&mut String)) {
        let two = self.sides().len() == 2;
        let right = self.langs.map(|lang| lang.dir() == "rtl");
        let mut both = |pair: &mut Pair| {
            if two && pair.first() == pair.last() {
                return;
            }
            for (text, right) in pair.iter_mut().zip(right) {
                if right {
                    act(text);
                }
            }
        };
        [&mut self.kind, &mut self.title, &mut self.version]
            .into_iter()
            .for_each(&mut both);
        for block in &mut self.blocks {
            match block {
                Block::Heading { text } | Block::Text { text } => both(text),
                Block::Clause { heading, text, .. } => {
                    [heading, text].into_iter().for_each(&mut both)
                }
                Block::Facts { rows } => {
                    rows.iter_mut()
                        .flat_map(|(label, value)| [label, value])
                        .for_each(&mut both);
                }
                Block::Table { heads, rows, .. } => {
                    heads
                        .iter_mut()
                        .chain(rows.iter_mut().flatten())
                        .for_each(&mut both);
                }
                Block::Ticks { yes, no, rows } => {
                    let rows = rows.iter_mut().map(|(_, text)| text);
                    [yes, no].into_iter().chain(rows).for_each(&mut both);
                }
                Block::Signatures { boxes } => {
                    let texts = boxes.iter_mut().flat_map(|b| [&mut b.party, &mut b.role]);
                    texts.for_each(&mut both);
                }
            }
        }
    }
}

fn of(pair: &Pair, side: usize) -> &str {
    pair.get(side).map_or("", String::as_str)
}

fn told(block: &Block, side: usize, line: &mut impl FnMut(&str)) {
    let joined = |row: &[Pair]| {
        let cells: Vec<&str> = row.iter().map(|pair| of(pair, side)).collect();
        cells.join(" | ")
    };
    match block {
        Block::Heading { text } => line(&format!("\n{}", of(text, side))),
        Block::Text { text } => line(of(text, side)),
        Block::Clause {
            number,
            heading,
            text,
        } => {
            line(&format!("{number}. {}", of(heading, side)));
            line(of(text, side));
        }
        Block::Facts { rows } => rows.iter().for_each(|(label, value)| {
            line(&format!("{}: {}", of(label, side), of(value, side)));
        }),
        Block::Table { heads, rows, .. } => {
            line(&joined(heads));
            rows.iter().for_each(|row| line(&joined(row)));
        }
        Block::Ticks { yes, no, rows } => rows.iter().for_each(|(holds, text)| {
            let said = if *holds { yes } else { no };
            line(&format!("{}: {}", of(said, side), of(text, side)));
        }),
        Block::Signatures { boxes } => boxes.iter().for_each(|signer| {
            line(&format!(
                "{}: {}",
                of(&signer.role, side),
                of(&signer.party, side)
            ));
        }),
    }
}
