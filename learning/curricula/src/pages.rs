//! What people see: curricula, one of them by grade, an entry, how editions follow one another,
//! schemes of work week by week.

mod competency;
mod crosswalk;
mod framework;
mod inbox;
mod lists;
mod scheme;

pub(crate) use competency::beside as beside_competency;
pub(crate) use framework::beside as beside_framework;
pub(crate) use inbox::inbox;
pub(crate) use lists::of_country;
pub(crate) use scheme::{beside as beside_scheme, of_week};

use base::{Lang, Names, Result};
use db::Tx;
use lang::Words;
use ui::{Action, Html, html};
use web::{Ask, Shape, View, Who};

/// Every view of the room.
pub(crate) fn views() -> Vec<View> {
    let seen = |path, shape, run| View {
        path,
        who: Who::Anyone,
        shape,
        run,
    };
    vec![
        seen(
            "/curricula",
            Shape::List(lists::FRAMEWORKS, lists::FRAMEWORK_FILTERS),
            lists::frameworks,
        ),
        seen(
            "/curricula/{id}",
            Shape::Record(framework::COLUMNS),
            framework::one,
        ),
        seen(
            "/curricula/{id}/competencies",
            Shape::List(lists::ENTRIES, lists::ENTRY_FILTERS),
            lists::entries,
        ),
        seen(
            "/curricula/{id}/crosswalk",
            Shape::List(crosswalk::COLUMNS, crosswalk::FILTERS),
            crosswalk::list,
        ),
        seen("/curricula/{id}/case", Shape::File, framework::package),
        seen(
            "/competencies/{id}",
            Shape::Record(competency::COLUMNS),
            competency::one,
        ),
        seen(
            "/schemes",
            Shape::List(lists::SCHEMES, lists::SCHEME_FILTERS),
            lists::schemes,
        ),
        seen("/schemes/{id}", Shape::Record(scheme::COLUMNS), scheme::one),
        seen(
            "/schemes/{id}/weeks",
            Shape::List(scheme::WEEKS, &[]),
            scheme::weeks,
        ),
    ]
}

fn action(words: &Words, href: String, act: &str, main: bool) -> Action {
    Action {
        href,
        label: words.say(&format!("{act}-button")),
        main,
    }
}

/// The name of a country, or its code.
fn country(tx: &mut Tx, ask: &Ask, code: &str) -> Result<String> {
    places::country_name(tx, code, ask.words.lang())
}

/// A text in the reader's language; one in another language says which it is.
fn said(words: &Words, names: &Names) -> Html {
    let own = words.lang().code();
    if names.0.contains_key(own) {
        return ui::text(words.name(names));
    }
    let fallback = |code: &str| names.0.get(code).map(|text| (code.to_owned(), text));
    let first = || {
        names
            .0
            .iter()
            .next()
            .map(|(code, text)| (code.clone(), text))
    };
    match fallback(Lang::En.code()).or_else(first) {
        Some((code, text)) => html!("<span lang=\"{}\" dir=\"auto\">{}</span>", code, text),
        None => Html::new(),
    }
}

/// The languages something is written in.
fn languages(tx: &mut Tx, words: &Words, codes: &[String]) -> Result<String> {
    let mut all = Vec::with_capacity(codes.len());
    for code in codes {
        all.push(places::language_name(tx, code, words.lang())?);
    }
    Ok(words.list(&all))
}
