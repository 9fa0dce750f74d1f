//! What people see: lessons, one lesson as learners meet it, the same on paper, items.

mod inbox;
mod item;
mod lesson;
mod lists;
mod paper;
mod step;

pub(crate) use inbox::inbox;
pub(crate) use lesson::copies;
pub(crate) use lists::{of_competency, of_resource};
pub use step::render_step;

use web::{Shape, View, Who};

/// Every view of the room.
pub(crate) fn views() -> Vec<View> {
    let seen = |path, who, shape, run| View {
        path,
        who,
        shape,
        run,
    };
    vec![
        seen(
            "/learning/lessons",
            Who::Anyone,
            Shape::List(lists::COLUMNS, lists::FILTERS),
            lists::open,
        ),
        seen(
            "/learning/lessons/mine",
            crate::forms::WRITERS,
            Shape::List(lists::COLUMNS, lists::FILTERS),
            lists::own,
        ),
        seen(
            "/learning/lessons/{id}",
            Who::Anyone,
            Shape::Record(lesson::COLUMNS),
            lesson::one,
        ),
        seen(
            "/learning/lessons/{id}/paper",
            Who::Anyone,
            Shape::Page,
            paper::paper,
        ),
        seen(
            "/learning/lessons/{id}/qti",
            Who::Anyone,
            Shape::File,
            paper::qti,
        ),
        seen(
            "/learning/items",
            item::READERS,
            Shape::List(item::LIST, item::FILTERS),
            item::list,
        ),
        seen(
            "/learning/items/{id}",
            Who::Anyone,
            Shape::Record(item::COLUMNS),
            item::one,
        ),
    ]
}

fn action(words: &lang::Words, href: String, key: &str, main: bool) -> ui::Action {
    ui::Action {
        href,
        label: words.say(key),
        main,
    }
}

/// The names of languages, in the reader’s own.
fn languages_said(tx: &mut db::Tx, words: &lang::Words, codes: &[String]) -> base::Result<String> {
    let mut all = Vec::with_capacity(codes.len());
    for code in codes {
        all.push(
            match base::Lang::parse(code).filter(|lang| lang.code() == code) {
                Some(lang) => lang.own_name().to_owned(),
                None => places::language_name(tx, code, words.lang())?,
            },
        );
    }
    Ok(words.list(&all))
}

/// Who keeps it: the school’s name, or the country’s.
fn keeper_said(
    tx: &mut db::Tx,
    words: &lang::Words,
    country: &str,
    school: Option<base::Id>,
) -> base::Result<String> {
    match school {
        Some(school) => crate::choose::school_name(tx, school),
        None => {
            let name = places::country_name(tx, country, words.lang())?;
            Ok(words.say_with("lessons-national", &[("country", name.into())]))
        }
    }
}

/// A licence in words; its code when the table lost it.
fn licence_said(words: &lang::Words, code: &str) -> String {
    resources::licence(code)
        .map_or_else(|| code.to_owned(), |one| one.name(words.lang()).to_owned())
}
