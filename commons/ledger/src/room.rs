//! What the ledger shows of itself: the audit for those who read everything, the head of the chain
//! for everybody, since a head that is known elsewhere cannot be mended unseen.

use crate::{MIGRATIONS, TABLES, Verdict, pages, unbalanced, verify};
use base::{Lang, Result, Role};
use db::Tx;
use web::{Check, MenuGroup, MenuItem, Room, Shape, View, Who};

/// The ledger's words.
pub const WORDS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../lang/en.ftl")),
    (Lang::Fr, include_str!("../lang/fr.ftl")),
    (Lang::Ar, include_str!("../lang/ar.ftl")),
];

/// Who reads facts. Administrators run the machine and have no right over content: they see the
/// chain, not what it tells.
pub(crate) const READERS: &[Role] = &[
    Role::Auditor,
    Role::SecretariatOfficer,
    Role::SecretariatApprover,
];

/// The room.
pub fn room() -> Room {
    let seen = |path, who, shape, run| View {
        path,
        who,
        shape,
        run,
    };
    let readers = Who::Any(READERS);
    Room {
        name: "ledger",
        migrations: MIGRATIONS,
        words: WORDS,
        tables: TABLES,
        views: vec![
            seen(
                "/audit",
                readers,
                Shape::List(pages::FACTS, pages::FILTERS),
                pages::facts,
            ),
            seen(
                "/audit/{seq}",
                readers,
                Shape::Record(pages::FACT),
                pages::fact,
            ),
            seen("/audit/{seq}/rows", readers, Shape::File, pages::rows),
            seen(
                "/audit/chain",
                Who::Anyone,
                Shape::Record(pages::CHAIN),
                pages::chain,
            ),
        ],
        checks: vec![
            Check {
                name: "ledger-chain-unbroken",
                run: broken,
            },
            Check {
                name: "ledger-balances-conserved",
                run: not_conserved,
            },
        ],
        menu: vec![MenuItem {
            href: "/audit",
            key: "audit-title",
            who: readers,
            group: MenuGroup::Work,
            order: 95,
        }],
        ..Room::default()
    }
}

fn broken(tx: &mut Tx) -> Result<Vec<String>> {
    Ok(match verify(tx)? {
        Verdict::Whole(_) => Vec::new(),
        Verdict::Broken { seq, why } => vec![format!("fact {seq}: {why}")],
    })
}

fn not_conserved(tx: &mut Tx) -> Result<Vec<String>> {
    let lines = unbalanced(tx)?;
    Ok(lines
        .iter()
        .map(|line| format!("line {line}: its buckets are not the sum of its movements"))
        .collect())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_words_are_there_in_every_language() {
        lang::testing::same_keys(super::WORDS);
    }
}
