//! Keys other programs come in with: a name, a secret kept as its hash, and what they may do.

use base::{Day, Error, Id, Moment, Refusal, Refusals, Result};
use data_encoding::{BASE64, BASE64URL_NOPAD, HEXLOWER};
use db::{Row, Tx, args};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// What a key may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    Write,
    ReadMine,
    Read,
    State,
    Profile,
    Define,
    AllRead,
    All,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 8] = [
        Self::Write,
        Self::ReadMine,
        Self::Read,
        Self::State,
        Self::Profile,
        Self::Define,
        Self::AllRead,
        Self::All,
    ];
    /// The code of the protocol.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Write => "statements/write",
            Self::ReadMine => "statements/read/mine",
            Self::Read => "statements/read",
            Self::State => "state",
            Self::Profile => "profile",
            Self::Define => "define",
            Self::AllRead => "all/read",
            Self::All => "all",
        }
    }
    /// The code in forms and words.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Write => "write",
            Self::ReadMine => "read_mine",
            Self::Read => "read",
            Self::State => "state",
            Self::Profile => "profile",
            Self::Define => "define",
            Self::AllRead => "all_read",
            Self::All => "all",
        }
    }
    /// The scope of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.word() == word)
    }
}

/// A key, without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    pub id: Id,
    /// The user name of Basic authentication.
    pub name: String,
    pub label: String,
    pub scopes: Vec<Scope>,
    pub country: String,
    pub made_at: Moment,
    pub ends_on: Option<Day>,
    pub ended_at: Option<Moment>,
}

/// What a key that came in may do.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    scopes: Vec<Scope>,
    pub authority: Value,
    /// The user name, when it is a guest's.
    pub guest: Option<String>,
}

impl Grant {
    /// What guests may do at most; the room that lets them in says the rest.
    pub(crate) fn of_guest(user: &str, url: &str) -> Self {
        Self {
            scopes: vec![Scope::Write, Scope::Read, Scope::State, Scope::Profile],
            authority: json!({
                "objectType": "Agent",
                "account": { "homePage": url, "name": user },
            }),
            guest: Some(user.to_owned()),
        }
    }
    fn has(&self, any: &[Scope]) -> bool {
        any.iter().any(|scope| self.scopes.contains(scope))
    }
    pub(crate) fn may_write(&self) -> bool {
        self.has(&[Scope::All, Scope::Write])
    }
    pub(crate) fn may_read(&self) -> bool {
        self.has(&[Scope::All, Scope::AllRead, Scope::Read, Scope::ReadMine])
    }
    /// Only what came in with this very key.
    pub(crate) fn reads_own_only(&self) -> bool {
        !self.has(&[Scope::All, Scope::AllRead, Scope::Read])
    }
    pub(crate) fn may_define(&self) -> bool {
        self.has(&[Scope::All, Scope::Define])
    }
    pub(crate) fn may_see_documents(&self, kind: Scope) -> bool {
        self.has(&[Scope::All, Scope::AllRead, kind])
    }
    pub(crate) fn may_change_documents(&self, kind: Scope) -> bool {
        self.has(&[Scope::All, kind])
    }
    pub(crate) fn may_look_around(&self) -> bool {
        self.may_read() || self.has(&[Scope::State, Scope::Profile])
    }
}

fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// A new name and a new secret.
pub(crate) fn fresh() -> (String, String) {
    let bytes = || *base::Uuid::new_v4().as_bytes();
    let secret = [bytes(), bytes()].concat();
    let name = HEXLOWER.encode(bytes().get(..8).unwrap_or_default());
    (name, BASE64URL_NOPAD.encode(&secret))
}

/// A key to be made.
#[derive(Clone, Debug)]
pub struct NewKey<'a> {
    pub name: &'a str,
    pub secret: &'a str,
    pub label: &'a str,
    pub scopes: &'a [Scope],
    pub country: &'a str,
    pub ends_on: Option<Day>,
}

/// Makes a key; the secret itself is not kept.
///
/// # Errors
/// Refused without a name, a secret of twelve signs, or a scope.
pub fn add_key(tx: &mut Tx, new: &NewKey<'_>, by: Option<Id>, now: Moment) -> Result<Id> {
    let mut wrong = Refusals::default();
    let plain =
        |text: &str| !text.is_empty() && !text.contains(':') && !crate::guest::is_taken(text);
    wrong.unless(plain(new.name), "name", "records-key-name");
    wrong.unless(new.secret.len() >= 12, "secret", "records-key-secret");
    wrong.unless(!new.scopes.is_empty(), "scopes", "records-key-scopes");
    wrong.or(())?;
    let id = Id::new(now);
    let words: Vec<&str> = new.scopes.iter().map(|scope| scope.word()).collect();
    let done = tx.exec(
        "INSERT INTO record_key (id, name, secret_hash, label, scopes, country, made_by, made_at, \
         ends_on, ended_at, ended_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL, NULL)",
        &args![
            id,
            new.name,
            hash(new.secret),
            new.label,
            words.join(" "),
            new.country,
            by,
            now,
            new.ends_on
        ],
    );
    let taken = Refusal::about("name", "records-key-taken");
    db::on_unique(done, "record_key.name", taken)?;
    Ok(id)
}

/// Who comes in with the words of an `Authorization` header.
pub(crate) fn grant(tx: &mut Tx, header: &str, now: Moment, url: &str) -> Result<Option<Grant>> {
    let Some((name, secret)) = basic(header) else {
        return Ok(None);
    };
    if let Some(guest) = crate::guest::grant(tx, (&name, &secret), now, url)? {
        return Ok(guest);
    }
    let row = tx.row(
        "SELECT secret_hash, scopes, ends_on FROM record_key WHERE name = $1 AND ended_at IS NULL",
        &args![&name],
    )?;
    let Some(row) = row else {
        return Ok(None);
    };
    let mut read = row.read();
    let (kept, scopes, ends_on) = (read.bytes()?, read.text()?, read.opt_day()?);
    let given = hash(&secret);
    let differs = kept
        .iter()
        .zip(&given)
        .fold(u8::from(kept.len() != given.len()), |sum, (a, b)| {
            sum | (a ^ b)
        });
    if differs != 0 || ends_on.is_some_and(|day| now.day() > day) {
        return Ok(None);
    }
    Ok(Some(Grant {
        scopes: scopes.split(' ').filter_map(Scope::parse).collect(),
        authority: json!({
            "objectType": "Agent",
            "account": { "homePage": url, "name": name },
        }),
        guest: None,
    }))
}

/// The name a request comes in with.
pub(crate) fn named(header: &str) -> Option<String> {
    basic(header).map(|(name, _)| name)
}

/// The name and the secret of Basic authentication.
pub(crate) fn basic(header: &str) -> Option<(String, String)> {
    let (scheme, rest) = header.split_once(' ')?;
    let bytes = scheme
        .eq_ignore_ascii_case("basic")
        .then(|| BASE64.decode(rest.trim().as_bytes()).ok())
        .flatten()?;
    let text = String::from_utf8(bytes).ok()?;
    let (name, secret) = text.split_once(':')?;
    Some((name.to_owned(), secret.to_owned()))
}

fn read(row: &Row) -> Result<ApiKey> {
    let mut read = row.read();
    Ok(ApiKey {
        id: read.id()?,
        name: read.text()?,
        label: read.text()?,
        scopes: read.str()?.split(' ').filter_map(Scope::parse).collect(),
        country: read.text()?,
        made_at: read.moment()?,
        ends_on: read.opt_day()?,
        ended_at: read.opt_moment()?,
    })
}

/// The keys of a country, newest first.
pub(crate) fn of_country(
    tx: &mut Tx,
    country: &str,
    before: Option<Id>,
    limit: i64,
) -> Result<Vec<ApiKey>> {
    let rows = tx.rows(
        "SELECT id, name, label, scopes, country, made_at, ends_on, ended_at FROM record_key \
         WHERE country = $1 AND (CAST($2 AS UUID) IS NULL OR id < CAST($2 AS UUID)) \
         ORDER BY id DESC LIMIT $3",
        &args![country, before, limit],
    )?;
    rows.iter().map(read).collect()
}

/// A key.
pub(crate) fn key(tx: &mut Tx, id: Id) -> Result<ApiKey> {
    let row = tx.one(
        "SELECT id, name, label, scopes, country, made_at, ends_on, ended_at FROM record_key \
         WHERE id = $1",
        &args![id],
    )?;
    read(&row)
}

/// Ends a key.
pub(crate) fn end(tx: &mut Tx, id: Id, by: Id, now: Moment) -> Result<()> {
    let ended = tx.exec(
        "UPDATE record_key SET ended_at = $2, ended_by = $3 WHERE id = $1 AND ended_at IS NULL",
        &args![id, now, by],
    )?;
    if ended == 0 {
        return Err(Error::Refused(Refusals(vec![Refusal::whole(
            "records-key-ended",
        )])));
    }
    Ok(())
}
