//! Pictures: beside what was given, a light form made on the box, that a slow line fetches.

use crate::reading::light_name;
use crate::resource::{NewRendition, Rendition};
use base::Result;
use files::Files;
use formats::picture;

/// The lightest picture among the forms of a resource.
pub fn picture_of(forms: &[Rendition]) -> Option<&Rendition> {
    let pictures = forms.iter().filter(|one| one.channel == "image");
    pictures.min_by_key(|one| one.bytes)
}

/// The light form of a picture; none when it is as light already, or of a kind that has none.
///
/// # Errors
/// Refused when it cannot be read.
pub(crate) fn at_once(
    files: &Files,
    given: &NewRendition,
    bytes: &[u8],
) -> Result<Option<NewRendition>> {
    if !picture::may_be_light(&given.mime) {
        return Ok(None);
    }
    let light = picture::light(bytes)?;
    let size = i64::try_from(light.len()).unwrap_or(i64::MAX);
    if size.saturating_mul(10) >= given.bytes.saturating_mul(9) {
        return Ok(None);
    }
    let name = light_name(&given.name, "jpg");
    let kept = files.keep(&name, picture::MIME, &light)?;
    Ok(Some(NewRendition {
        channel: given.channel.clone(),
        name,
        mime: picture::MIME.to_owned(),
        bytes: size,
        hash: kept.hash,
        lang: given.lang.clone(),
        seconds: None,
    }))
}
