//! Pages made once for each count: a snapshot never changes, so what was made of it stays good.

use base::{Id, Lang, Result};
use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};
use ui::Html;

/// Which page, made of which snapshot, in which language.
type Key = (Id, Lang, String);

/// Pages remembered: those of the newest count, in a few languages.
const KEPT_MOST: usize = 256;

fn kept() -> &'static Mutex<BTreeMap<Key, Html>> {
    static KEPT: OnceLock<Mutex<BTreeMap<Key, Html>>> = OnceLock::new();
    KEPT.get_or_init(Mutex::default)
}

/// The page as it was made before of the same snapshot, or as `make` makes it now.
pub(crate) fn page(
    snapshot: Id,
    lang: Lang,
    name: &str,
    make: impl FnOnce() -> Result<Html>,
) -> Result<Html> {
    let key = (snapshot, lang, name.to_owned());
    let known = |key| {
        let all = kept().lock().unwrap_or_else(PoisonError::into_inner);
        all.get(key).cloned()
    };
    if let Some(page) = known(&key) {
        return Ok(page);
    }
    let page = make()?;
    let mut all = kept().lock().unwrap_or_else(PoisonError::into_inner);
    if all.len() >= KEPT_MOST {
        all.clear();
    }
    all.insert(key, page.clone());
    Ok(page)
}
