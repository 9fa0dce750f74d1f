//! Doing acts by hand: commands and the demo go through the same forms, rules and facts as people do.

use crate::ask::{Ask, Call};
use crate::discreet;
use crate::form::{self, Entered};
use crate::room::{Answer, Done};
use crate::serve::transact;
use crate::site::{Credentials, Site};
use base::{Actor, Error, Lang, Result};
use std::collections::BTreeMap;

/// An actor's request made without HTTP.
pub fn ask(site: &Site, actor: Option<&Actor>, path: &str, params: &[(&str, &str)]) -> Ask {
    let now = site.clock.now();
    Ask {
        site: site.clone(),
        actor: actor.cloned(),
        credentials: Credentials::default(),
        words: site
            .library
            .words(actor.map_or(Lang::En, |actor| actor.lang)),
        path: path.to_owned(),
        params: crate::room::params(params),
        query: BTreeMap::new(),
        now,
        today: now.day(),
    }
}

/// Does the act of that name; blocks until it is on disk.
///
/// # Errors
/// Whatever the form or the act refuses; a fault when no act has the name.
pub fn act(
    site: &Site,
    actor: Option<&Actor>,
    name: &str,
    params: &[(&str, &str)],
    entered: Entered,
) -> Result<Done> {
    let act = *site
        .act(name)
        .ok_or_else(|| Error::fault(format!("no act is called {name}")))?;
    act.who.admits(actor)?;
    let path = params
        .iter()
        .fold(act.path.to_owned(), |path, (name, value)| {
            path.replace(&format!("{{{name}}}"), value)
        });
    let ask = ask(site, actor, &path, params);
    let values = {
        let (ask, named) = (ask.clone(), site.door.named);
        site.db.read_now(move |tx| {
            let asked = form::resolve((act.form)(), tx, &ask)?;
            discreet::read(tx, named, &asked, &entered)
        })?
    };
    let mut call = Call {
        ask,
        values,
        prepared: BTreeMap::new(),
    };
    if let Some(prepare) = act.prepare {
        prepare(site, &mut call)?;
    }
    site.db.write_now(move |tx| transact(tx, act, &call, None))
}

/// Looks at the view of that declared path; blocks.
///
/// # Errors
/// Whatever the view answers; a fault when no view has the path.
pub fn see(
    site: &Site,
    actor: Option<&Actor>,
    path: &str,
    params: &[(&str, &str)],
    query: &[(&str, &str)],
) -> Result<Answer> {
    let view = *site
        .views()
        .find(|view| view.path == path)
        .ok_or_else(|| Error::fault(format!("no view is at {path}")))?;
    view.who.admits(actor)?;
    let mut ask = ask(site, actor, path, params);
    ask.query = crate::room::params(query);
    site.db.read_now(move |tx| (view.run)(tx, &ask))
}

/// The whole list at that declared path as CSV; blocks.
///
/// # Errors
/// Missing when there is no such list.
pub fn csv(site: &Site, actor: Option<&Actor>, path: &str) -> Result<Vec<u8>> {
    let view = *site
        .views()
        .find(|view| view.path == path)
        .ok_or(Error::Missing)?;
    view.who.admits(actor)?;
    let ask = ask(site, actor, path, &[]);
    let reply = site
        .db
        .read_now(move |tx| crate::export::file(tx, &ask, &view, crate::hail::Format::Csv))?;
    Ok(reply.body)
}
