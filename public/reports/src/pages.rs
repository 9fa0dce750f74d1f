//! The pages of counts: every figure with its rule and its rows, snapshots, missions, flagships.

mod figures;
mod missions;

use ui::{Column, Kind};
use web::{Filter, MenuGroup, MenuItem, Shape, View, Who};

const FIGURE: &[Column] = &[
    Column::new("figure", Kind::Text).hxl("#indicator+name"),
    Column::new("counted_of", Kind::Text),
    Column::new("claim_level", Kind::Text),
    Column::new("at_least", Kind::Whole).hxl("#indicator+value+min+num"),
    Column::new("at_most", Kind::Whole).hxl("#indicator+value+max+num"),
    Column::new("sum_told", Kind::Whole),
    Column::new("records", Kind::Whole),
    Column::new("unit", Kind::Text),
    Column::new("as_of", Kind::Day).hxl("#date+reported"),
    Column::new("how_counted", Kind::Words),
    Column::new("to_know", Kind::Words),
    Column::new("snapshot", Kind::Id),
    Column::new("as_of_fact", Kind::Whole),
];

const FIGURES: &[Column] = &[
    Column::new("figure", Kind::Text).hxl("#indicator+name"),
    Column::new("code", Kind::Text).hxl("#indicator+code"),
    Column::new("counted_of", Kind::Text),
    Column::new("claim_level", Kind::Text),
    Column::new("at_least", Kind::Whole).hxl("#indicator+value+min+num"),
    Column::new("at_most", Kind::Whole).hxl("#indicator+value+max+num"),
    Column::new("sum_told", Kind::Whole),
    Column::new("records", Kind::Whole),
    Column::new("unit", Kind::Text),
    Column::new("as_of", Kind::Day).hxl("#date+reported"),
    Column::new("snapshot", Kind::Id),
    Column::new("rows_at", Kind::Link),
];

/// The claims on a figure's own page: what a reader needs to see why it counts.
const BEHIND: &[Column] = &[
    Column::new("told_figure", Kind::Link),
    Column::new("counted_as", Kind::Text),
    Column::new("place", Kind::Text),
    Column::new("group", Kind::Text),
    Column::new("from_on", Kind::Day),
    Column::new("until_on", Kind::Day),
    Column::new("claim_level", Kind::Text),
    Column::new("organisation", Kind::Text),
    Column::new("as_of", Kind::Day),
];

const CLAIMS: &[Column] = &[
    Column::new("counted_as", Kind::Text),
    Column::new("indicator", Kind::Text).hxl("#indicator+name"),
    Column::new("told_figure", Kind::Text).hxl("#indicator+value"),
    Column::new("place", Kind::Text).hxl("#adm+name"),
    Column::new("group", Kind::Text),
    Column::new("from_on", Kind::Day).hxl("#date+start"),
    Column::new("until_on", Kind::Day).hxl("#date+end"),
    Column::new("claim_level", Kind::Text),
    Column::new("organisation", Kind::Text).hxl("#org+name"),
    Column::new("method", Kind::Text),
    Column::new("source", Kind::Text),
    Column::new("as_of", Kind::Day).hxl("#date+reported"),
    Column::new("claim", Kind::Link),
];

const THINGS: &[Column] = &[
    Column::new("row", Kind::Link),
    Column::new("country", Kind::Text),
    Column::new("organisation", Kind::Text),
    Column::new("state", Kind::Text),
    Column::new("value", Kind::Whole),
];

const SNAPSHOTS: &[Column] = &[
    Column::new("snapshot", Kind::Id),
    Column::new("taken_at", Kind::Moment),
    Column::new("as_of_fact", Kind::Whole),
    Column::new("hash", Kind::Text),
];

const KINDS: Filter = Filter::codes(
    "about_kind",
    "reports-kind",
    &["coalition", "country", "member", "mission", "flagship"],
);
const LEVELS: Filter = Filter::codes(
    "claim_level",
    "reports-level",
    &[
        "reported",
        "target",
        "pledged",
        "committed",
        "delivered",
        "confirmed",
        "verified",
    ],
);
const COUNTRIES: Filter = Filter::listed("country", places::choose::countries);

pub(crate) fn views() -> Vec<View> {
    let seen = |path, shape, run| View {
        path,
        who: Who::Anyone,
        shape,
        run,
    };
    vec![
        seen(
            "/figures",
            Shape::List(FIGURES, &[KINDS, COUNTRIES, LEVELS]),
            figures::list,
        ),
        seen(
            "/figures/{snapshot}/{figure}",
            Shape::Record(FIGURE),
            figures::one,
        ),
        seen(
            "/figures/{snapshot}/{figure}/claims",
            Shape::List(CLAIMS, &[]),
            figures::claims,
        ),
        seen(
            "/figures/{snapshot}/{figure}/rows",
            Shape::List(THINGS, &[]),
            figures::things,
        ),
        seen(
            "/snapshots",
            Shape::List(SNAPSHOTS, &[]),
            figures::snapshots,
        ),
        seen("/missions", Shape::Page, missions::all),
        seen("/missions/{code}", Shape::Page, missions::mission),
        seen("/flagships", Shape::Page, missions::flagships),
        seen("/flagships/{code}", Shape::Page, missions::flagship),
    ]
}

pub(crate) fn menu() -> Vec<MenuItem> {
    let item = |href, key, order| MenuItem {
        href,
        key,
        who: Who::Anyone,
        group: MenuGroup::Results,
        order,
    };
    vec![
        item("/missions", "reports-missions", 10),
        item("/flagships", "reports-flagships", 11),
        item("/figures", "reports-figures", 40),
    ]
}
