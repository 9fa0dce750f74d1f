//! What a handler is told: who asks, for what, in which language, at what time.

use crate::form::Values;
use crate::site::{Credentials, Site};
use base::{Actor, Day, Error, Id, Moment, Result};
use lang::Words;
use std::collections::BTreeMap;
use std::ops::Deref;

/// A request to see something.
#[derive(Clone)]
pub struct Ask {
    pub site: Site,
    pub actor: Option<Actor>,
    /// What the request was signed with.
    pub credentials: Credentials,
    pub words: Words,
    /// The path as asked, without the query.
    pub path: String,
    /// What stood in the path's braces.
    pub params: BTreeMap<String, String>,
    pub query: BTreeMap<String, String>,
    pub now: Moment,
    pub today: Day,
}

impl Ask {
    /// The actor.
    ///
    /// # Errors
    /// Sign in first, when nobody is.
    pub fn actor(&self) -> Result<&Actor> {
        self.actor.as_ref().ok_or(Error::SignIn)
    }
    /// Whether somebody is signed in who holds one of the roles.
    pub fn is_any(&self, roles: &[base::Role]) -> bool {
        self.actor.as_ref().is_some_and(|actor| actor.is_any(roles))
    }
    /// The text that stood in the path.
    pub fn param(&self, name: &str) -> &str {
        self.params.get(name).map_or("", String::as_str)
    }
    /// The identifier that stood in the path.
    ///
    /// # Errors
    /// Missing when it is no identifier.
    pub fn id(&self, name: &str) -> Result<Id> {
        Id::parse(self.param(name)).ok_or(Error::Missing)
    }
    /// What the list was asked for.
    pub fn list(&self) -> ListQuery {
        let get = |name: &str| {
            self.query
                .get(name)
                .map(|v| v.trim())
                .filter(|v| !v.is_empty())
        };
        ListQuery {
            after: get("after").map(str::to_owned),
            limit: get("limit")
                .and_then(|n| n.parse().ok())
                .map_or(PAGE_ROWS, |n: i64| n.clamp(1, EXPORT_ROWS)),
            q: get("q").map(base::fold).filter(|q| !q.is_empty()),
            filters: self.query.clone(),
        }
    }
    /// The same request for another page of the list.
    #[must_use]
    pub fn page(&self, after: Option<&str>, limit: i64) -> Self {
        let mut ask = self.clone();
        ask.query.remove("after");
        if let Some(after) = after {
            ask.query.insert("after".to_owned(), after.to_owned());
        }
        ask.query.insert("limit".to_owned(), limit.to_string());
        ask
    }
}

/// Rows a page of a list shows.
pub const PAGE_ROWS: i64 = 50;
/// Rows an export reads at a time.
pub const EXPORT_ROWS: i64 = 2_000;

/// What a list was asked for.
#[derive(Clone, Debug)]
pub struct ListQuery {
    /// The key of the last row already shown.
    pub after: Option<String>,
    /// Rows wanted.
    pub limit: i64,
    /// The words searched for, folded.
    pub q: Option<String>,
    filters: BTreeMap<String, String>,
}

impl ListQuery {
    /// The value of a filter, when one was chosen.
    pub fn filter(&self, name: &str) -> Option<&str> {
        self.filters
            .get(name)
            .map(|v| v.trim())
            .filter(|v| !v.is_empty())
    }
    /// The key of the last row already shown, cut into its `N` parts; each empty on the first page.
    pub fn after_parts<const N: usize>(&self) -> [String; N] {
        let mut parts = self.after.as_deref().unwrap_or("").splitn(N, '~');
        std::array::from_fn(|_| parts.next().unwrap_or("").to_owned())
    }
}

/// A request to do something, with what was entered.
#[derive(Clone)]
pub struct Call {
    pub ask: Ask,
    pub values: Values,
    /// What slow work outside the transaction found, by name.
    pub prepared: BTreeMap<String, String>,
}

impl Deref for Call {
    type Target = Ask;
    fn deref(&self) -> &Ask {
        &self.ask
    }
}
