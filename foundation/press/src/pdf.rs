//! The typesetter: typst with one source, one file of data and the fonts of this folder. It reads
//! no clock, no disk and no network, so that the same document gives the same bytes.

use crate::document::Document;
use base::{Error, Result};
use qrcode::{Color, EcLevel, QrCode};
use std::collections::BTreeSet;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration, Module, NativeRuleMap, Scope, Smart};
use typst::routines::Routines;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryBuilder, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// Results the typesetter keeps for this many documents after they were last used: the parsed
/// template and shaped words are worth keeping, the rest is not.
const KEPT_DOCUMENTS: usize = 3;

/// What does not change from document to document.
struct Shop {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: Source,
    data: FileId,
    square: FileId,
}

/// What the typesetter does, without web pages: nobody asks it for them.
static ROUTINES: Routines = Routines {
    rules: || {
        let mut rules = NativeRuleMap::new();
        typst_layout::register(&mut rules);
        rules
    },
    eval_string: typst_eval::eval_string,
    eval_closure: typst_eval::eval_closure,
    realize: typst_realize::realize,
    layout_frame: typst_layout::layout_frame,
    html_module: || Module::anonymous(Scope::new()),
    html_mathml_body: |_, _| None,
    html_span_filled: |content, _| content,
};

static SHOP: LazyLock<Option<Shop>> = LazyLock::new(Shop::open);

const FONTS: [&[u8]; 5] = [
    include_bytes!("../fonts/NotoSerif-Regular.ttf"),
    include_bytes!("../fonts/NotoSerif-Bold.ttf"),
    include_bytes!("../fonts/NotoNaskhArabic-Regular.ttf"),
    include_bytes!("../fonts/NotoNaskhArabic-Bold.ttf"),
    include_bytes!("../fonts/NotoSansMath-Regular.ttf"),
];

impl Shop {
    fn open() -> Option<Self> {
        let file = |path: &str| {
            let path = VirtualPath::new(path).ok()?;
            Some(RootedPath::new(VirtualRoot::Project, path).intern())
        };
        let fonts: Vec<Font> = FONTS
            .iter()
            .flat_map(|bytes| Font::iter(Bytes::new(*bytes)))
            .collect();
        let template = include_str!("document.typ").to_owned();
        Some(Self {
            library: LazyHash::new(LibraryBuilder::from_routines(&ROUTINES).build()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            template: Source::new(file("document.typ")?, template),
            data: file("data.json")?,
            square: file("square")?,
        })
    }
}

/// One document on its way through the shop.
struct Job<'s> {
    shop: &'s Shop,
    data: Bytes,
    square: Bytes,
}

impl World for Job<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.shop.library
    }
    fn book(&self) -> &LazyHash<FontBook> {
        &self.shop.book
    }
    fn main(&self) -> FileId {
        self.shop.template.id()
    }
    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.shop.template.id() {
            Ok(self.shop.template.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }
    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.shop.data {
            Ok(self.data.clone())
        } else if id == self.shop.square {
            Ok(self.square.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }
    fn font(&self, index: usize) -> Option<Font> {
        self.shop.fonts.get(index).cloned()
    }
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Sets a document as PDF/A-2u, with its hash at the foot of every page.
///
/// # Errors
/// A fault naming what the typesetter could not do.
pub fn pdf(document: &Document) -> Result<Vec<u8>> {
    let shop = SHOP
        .as_ref()
        .ok_or_else(|| Error::fault("the press has no fonts"))?;
    let hash = document.hash();
    let square = document
        .check
        .as_ref()
        .map(|(address, _)| square(address))
        .transpose()?;
    let (modules, square) = square.unwrap_or_default();
    let mut shown = document.clone();
    shown.each_from_right_to_left(&mut isolated);
    let mut data = serde_json::to_value(&shown).map_err(Error::fault)?;
    if let Some(data) = data.as_object_mut() {
        data.insert("hash".to_owned(), hash.clone().into());
        data.insert("modules".to_owned(), modules.into());
        let dirs = document.langs.map(|lang| lang.dir());
        data.insert("dirs".to_owned(), dirs.to_vec().into());
    }
    let job = Job {
        shop,
        data: Bytes::from_string(data.to_string()),
        square: Bytes::new(square),
    };
    let paged = typst::compile::<PagedDocument>(&job).output;
    let told = |errors: typst::diag::SourceResult<Vec<u8>>| {
        errors.map_err(|all| {
            let all: Vec<&str> = all.iter().map(|one| one.message.as_str()).collect();
            Error::fault(format!("{}: {}", document.code, all.join("; ")))
        })
    };
    let standards =
        PdfStandards::new(&[PdfStandard::A_2u]).map_err(|e| Error::fault(e.message()))?;
    let options = PdfOptions {
        ident: Smart::Custom(hash),
        creator: Smart::Custom(Some("Harambee".to_owned())),
        standards,
        ..PdfOptions::default()
    };
    let bytes = told(paged.and_then(|paged| typst_pdf::pdf(&paged, &options)));
    comemo::evict(KEPT_DOCUMENTS);
    bytes
}

/// The square that leads to an address: modules a side and one byte of grey each, quiet zone around.
fn square(address: &str) -> Result<(usize, Vec<u8>)> {
    const QUIET: usize = 2;
    let code = QrCode::with_error_correction_level(address, EcLevel::M).map_err(Error::fault)?;
    let (inner, colours) = (code.width(), code.to_colors());
    let side = inner + 2 * QUIET;
    let mut grey = vec![255_u8; side * side];
    for (at, _) in colours
        .iter()
        .enumerate()
        .filter(|(_, colour)| **colour == Color::Dark)
    {
        let (row, column) = (at / inner + QUIET, at % inner + QUIET);
        if let Some(module) = grey.get_mut(row * side + column) {
            *module = 0;
        }
    }
    Ok((side, grey))
}

/// Puts what is written from left to right inside a text from right to left into isolates, so that
/// `12 V` and `HN-2026-A-0001` keep their order.
fn isolated(text: &mut String) {
    const LEFT_TO_RIGHT: char = '\u{2066}';
    const END: char = '\u{2069}';
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text.as_str();
    while let Some(start) = rest.find(|c: char| c.is_ascii_alphanumeric()) {
        let (before, run) = rest.split_at(start);
        let end = run
            .find(|c: char| !c.is_ascii_graphic() && c != ' ')
            .unwrap_or(run.len());
        let last = run
            .get(..end)
            .and_then(|run| run.rfind(|c: char| c.is_ascii_alphanumeric()));
        let (run, after) = run.split_at(closed(run, last.map_or(end, |last| last + 1)));
        out.push_str(before);
        if run.contains(|c: char| c.is_ascii_alphabetic()) {
            out.extend([LEFT_TO_RIGHT]);
            out.push_str(run);
            out.extend([END]);
        } else {
            out.push_str(run);
        }
        rest = after;
    }
    out.push_str(rest);
    *text = out;
}

/// The end of a run together with the brackets it has opened.
fn closed(run: &str, end: usize) -> usize {
    let own = run.get(..end).unwrap_or_default();
    let open = own
        .matches('(')
        .count()
        .saturating_sub(own.matches(')').count());
    let after = run.get(end..).unwrap_or_default();
    end + after.chars().take(open).take_while(|c| *c == ')').count()
}

/// The characters no font here has; none for what can be set.
pub fn unsettable(document: &Document) -> Vec<char> {
    let Some(shop) = SHOP.as_ref() else {
        return Vec::new();
    };
    let known = |c: char| {
        let covers = |font: &Font| font.info().coverage.contains(u32::from(c));
        c.is_whitespace() || shop.fonts.iter().any(covers)
    };
    let text = document.text();
    let strange: BTreeSet<char> = text.chars().filter(|c| !known(*c)).collect();
    strange.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_runs_the_other_way_is_kept_together() {
        for (text, kept) in [
            ("مصدر (12 V) هنا", "مصدر (\u{2066}12 V\u{2069}) هنا"),
            (
                "الاتفاق HN-2026-A-0001.",
                "الاتفاق \u{2066}HN-2026-A-0001\u{2069}.",
            ),
            (
                "تدعم Open (sample) التعليم",
                "تدعم \u{2066}Open (sample)\u{2069} التعليم",
            ),
            ("من 3 إلى 1,200", "من 3 إلى 1,200"),
            ("", ""),
        ] {
            let mut shown = text.to_owned();
            isolated(&mut shown);
            assert_eq!(shown, kept);
        }
    }
}
