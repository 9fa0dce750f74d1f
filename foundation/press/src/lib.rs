//! Sets documents: blocks of text in one language or two become a well-set PDF, the same bytes for
//! the same document, with the fonts it needs inside.
//!
//! Knows nothing of schools. Without the feature `pdf` documents have their text and hash only.

mod document;
#[cfg(feature = "pdf")]
mod pdf;

pub use document::{Block, Document, Pair, Signer};
#[cfg(feature = "pdf")]
pub use pdf::{pdf, unsettable};

/// The media type of what is set.
pub const MIME: &str = "application/pdf";

#[cfg(not(feature = "pdf"))]
/// Without the typesetter nothing can be set.
///
/// # Errors
/// Refused with `press-not-here`, always.
pub fn pdf(_: &Document) -> base::Result<Vec<u8>> {
    Err(base::Refusal::whole("press-not-here").into())
}

#[cfg(not(feature = "pdf"))]
/// Without the typesetter nothing is known of its fonts.
pub fn unsettable(_: &Document) -> Vec<char> {
    Vec::new()
}
