//! SCORM 1.2 and 2004: the manifest, and the text of its pages.

mod manifest;
mod pages;

pub use manifest::{Activity, Manifest, Organisation, Resource, manifest};
pub(crate) use pages::{read, read_html};
