//! What waits for somebody.

use crate::{store, store_schemes};
use base::{Actor, Result, Role};
use db::Tx;
use web::{Ask, Waiting};

/// What waits for the actor in this room: drafts to adopt, drafts that came back.
pub(crate) fn inbox(tx: &mut Tx, ask: &Ask, actor: &Actor) -> Result<Vec<Waiting>> {
    let mut list = Vec::new();
    let words = &ask.words;
    if actor.is(Role::AuthoritySignatory) {
        for f in store::proposed(tx)? {
            let own = f.drafters.contains(&actor.account);
            if actor.is_in(Role::AuthoritySignatory, &f.country) && !own {
                let title = words.name(&f.names).to_owned();
                list.push(Waiting {
                    href: format!("/curricula/{}", f.id),
                    text: words.say_with("curricula-waits-adoption", &[("title", title.into())]),
                    since: f.proposed_at.unwrap_or(f.made_at),
                    due: None,
                });
            }
        }
        for s in store_schemes::proposed(tx)? {
            let own = s.drafters.contains(&actor.account);
            if actor.is_in(Role::AuthoritySignatory, &s.country) && !own {
                let title = super::lists::scheme_title(ask, &s);
                list.push(Waiting {
                    href: format!("/schemes/{}", s.id),
                    text: words.say_with("curricula-waits-scheme", &[("title", title.into())]),
                    since: s.proposed_at.unwrap_or(s.made_at),
                    due: Some(s.starts_on),
                });
            }
        }
    }
    if actor.is(Role::LearningOfficer) {
        for f in store::returned(tx)? {
            if actor.is_in(Role::LearningOfficer, &f.country) {
                let title = words.name(&f.names).to_owned();
                list.push(Waiting {
                    href: format!("/curricula/{}", f.id),
                    text: words.say_with("curricula-waits-correction", &[("title", title.into())]),
                    since: f.changed_at,
                    due: None,
                });
            }
        }
    }
    Ok(list)
}
