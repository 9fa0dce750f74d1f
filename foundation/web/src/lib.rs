//! The web kit: rooms declare pages and acts, the web makes HTML, JSON, CSV, spreadsheets and the
//! description of the API from the same declarations.
//!
//! A request goes one way: what it brings ([`hail`]), who asks ([`ask`]), what is declared ([`room`]),
//! what was entered ([`form`]), one transaction ([`serve`]), then its clothes ([`html`], [`api`],
//! [`export`]). Rooms never see a header or a cookie.

pub mod api;
pub mod ask;
pub mod awake;
mod body;
pub mod discreet;
pub mod entrance;
mod export;
pub mod form;
mod guard;
pub mod hail;
pub mod hand;
pub mod html;
pub mod meters;
mod once;
mod openapi;
pub mod own;
mod reply;
pub mod room;
pub mod serve;
mod shelf;
pub mod site;
pub mod testing;
mod throttle;
pub mod wire;
pub mod words;

pub use ask::{Ask, Call, ListQuery};
pub use form::{Choice, Choices, Entered, Field, FieldKind, Form, Value, Values};
pub use guard::local;
pub use openapi::document as openapi;
pub use room::{
    Act, ActLink, Answer, Check, Done, Download, Filter, Forget, Kept, Line, Listing, MenuGroup,
    MenuItem, Page, Prefill, Room, Shape, Show, Slot, Speaking, View, Waiting, Who, Wire,
};
pub use serve::router;
pub use site::{Authenticate, Credentials, Door, Named, Settings, Site, Touch};

/// What a wire speaks in.
pub use axum::{body::Body, http};
pub use bytes::Bytes;

use base::Lang;
use db::Migration;

/// The framework's own tables.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        name: "20261121_answered",
        sql: include_str!("../migrations/20261121_answered.sql"),
        sample: include_str!("../migrations/20261121_answered.data.sql"),
    },
    Migration {
        name: "20261122_strangers",
        sql: include_str!("../migrations/20261122_strangers.sql"),
        sample: include_str!("../migrations/20261122_strangers.data.sql"),
    },
];

/// The framework's own words.
pub const WORDS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../lang/en.ftl")),
    (Lang::Fr, include_str!("../lang/fr.ftl")),
    (Lang::Ar, include_str!("../lang/ar.ftl")),
];
