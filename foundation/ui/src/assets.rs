//! Files the pages need: one style sheet, one mark. Their names carry a hash, so they never change.

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// A file served under its own path, for a year.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
    /// `/assets/{hash}.css`
    pub path: &'static str,
    pub mime: &'static str,
    pub bytes: &'static [u8],
}

/// Every file the pages need.
pub fn assets() -> &'static [Asset] {
    ASSETS
}

/// The style sheet's path, for a preload header.
pub const fn sheet_path() -> &'static str {
    SHEET
}
