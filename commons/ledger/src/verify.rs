//! Is the chain whole? Every hash is made anew, fact by fact.
//!
//! Cutting facts off the end and mending the head is seen only beside a head that was written
//! down elsewhere: publish it.

use crate::fact::{Link, NO_FACT, head};
use base::Result;
use db::Tx;

/// A chain that is whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    pub facts: i64,
    /// The last fact's hash.
    pub head: String,
}

/// What a walk along the chain found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Whole(Verified),
    /// The first fact that is not what it was when recorded, and why.
    Broken {
        seq: i64,
        why: &'static str,
    },
}

impl Verdict {
    /// Nothing was changed.
    pub const fn is_whole(&self) -> bool {
        matches!(self, Self::Whole(_))
    }
}

/// Walks along the whole chain.
pub fn verify(tx: &mut Tx<'_>) -> Result<Verdict> {
    let (mut seq, mut last) = (0, NO_FACT.to_owned());
    let mut broken = None;
    let sql = "SELECT seq, at, actor_id, verb, subject_kind, subject_id, about, images, prev, hash \
        FROM fact ORDER BY seq";
    tx.each(sql, &[], &mut |row| {
        if broken.is_some() {
            return Ok(());
        }
        let mut read = row.read();
        let found = read.int()?;
        let (at, actor, verb) = (read.int()?, read.opt_id()?, read.str()?);
        let subject = (read.str()?, read.id()?);
        let (about, images, prev, hash) = (read.str()?, read.str()?, read.str()?, read.str()?);
        let link = Link {
            prev,
            seq: found,
            at,
            actor,
            verb,
            subject,
            about,
            images,
        };
        seq += 1;
        if found != seq {
            broken = Some((seq, "a fact is missing"));
        } else if prev != last {
            broken = Some((seq, "it does not follow the one before"));
        } else if link.hash() != hash {
            broken = Some((seq, "its contents were changed"));
        }
        hash.clone_into(&mut last);
        Ok(())
    })?;
    if let Some((seq, why)) = broken {
        return Ok(Verdict::Broken { seq, why });
    }
    if head(tx)? != (seq, last.clone()) {
        return Ok(Verdict::Broken {
            seq: seq + 1,
            why: "the chain ends too early",
        });
    }
    Ok(Verdict::Whole(Verified {
        facts: seq,
        head: last,
    }))
}
