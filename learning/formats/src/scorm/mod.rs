//! SCORM 1.2 and 2004: the manifest, and the text of its pages.

mod manifest;
mod pages;
mod sequenced;
pub mod sequencing;
mod span;

pub use manifest::{Activity, Manifest, Organisation, Resource, manifest};
pub(crate) use pages::{read, read_html};
pub use span::seconds;

use crate::{Kind, Package, decode};
use base::Result;
use std::io::{Read, Seek};

/// The manifest of a package, and what kind of package it makes; nothing else is read.
///
/// # Errors
/// Missing without a manifest; refused with every reason.
pub fn manifest_of<R: Read + Seek>(package: &mut Package<R>) -> Result<(Kind, Manifest)> {
    let bytes = package.read("imsmanifest.xml")?;
    let (text, _) = decode::text(&bytes);
    let found = manifest(&text, &|name| package.has(name))?;
    Ok((crate::kind::of_manifest(&bytes), found))
}
