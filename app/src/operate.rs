//! Commands for operators: export, keep, bring back, move, verify, people, keys.

use crate::config::Config;
use crate::open;
use base::{Actor, Appointment, Clock, Error, Id, Lang, Result, Role};
use clap::Subcommand;
use db::Db;
use publications::{Format, Order};
use serde_json::json;
use std::path::Path;
use web::hand;

/// What is done with accounts.
#[derive(Debug, Subcommand)]
pub enum AccountAct {
    /// Make an account and print the link by which the person chooses a password.
    Add {
        #[arg(long)]
        email: String,
        #[arg(long)]
        name: String,
        /// A role to appoint to, such as administrator.
        #[arg(long)]
        role: Option<String>,
        #[arg(long, default_value = "en")]
        language: String,
    },
    /// Print a link that signs the person in once.
    Link {
        #[arg(long)]
        email: String,
    },
}

/// What is done with machine keys.
#[derive(Debug, Subcommand)]
pub enum KeyAct {
    /// Make a key that acts for a person and print it; it is shown only once.
    Add {
        #[arg(long)]
        email: String,
        #[arg(long, default_value = "command line")]
        label: String,
    },
}

/// Writes a list as CSV to standard output, as the auditor sees it.
///
/// # Errors
/// Missing when there is no such list.
pub fn export(config: &Config, kind: &str) -> Result<bool> {
    let site = open::site(config, Clock::Machine, None)?;
    let auditor = Actor {
        account: Id::named("operator", "command line"),
        name: String::new(),
        lang: Lang::En,
        appointments: vec![Appointment {
            role: Role::Auditor,
            organisation: None,
            country: None,
            places: Vec::new(),
        }],
    };
    let bytes = hand::csv(&site, Some(&auditor), &format!("/{kind}"))?;
    std::io::Write::write_all(&mut std::io::stdout(), &bytes).map_err(Error::fault)?;
    site.db.close();
    Ok(true)
}

/// The formats of open data on the command line.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub enum PublishFormat {
    Iati,
    Ocds,
    Hxl,
    Csv,
    All,
}

impl PublishFormat {
    fn formats(self) -> Vec<Format> {
        match self {
            Self::Iati => vec![Format::Iati],
            Self::Ocds => vec![Format::Ocds],
            Self::Hxl => vec![Format::Hxl],
            Self::Csv => vec![Format::Csv],
            Self::All => Format::ALL.to_vec(),
        }
    }
}

/// Builds releases and writes them into a folder. False when a validator found an error.
///
/// # Errors
/// A fault of the database or the disk.
pub fn publish(config: &Config, format: PublishFormat, out: &Path, as_json: bool) -> Result<bool> {
    let site = open::site(config, Clock::Machine, None)?;
    reports::take_now(&site.bench())?;
    let order = Order {
        site: site.settings.url.clone(),
        by: None,
        note: None,
    };
    std::fs::create_dir_all(out).map_err(Error::fault)?;
    let built = format
        .formats()
        .into_iter()
        .map(|format| publications::build(&site.bench(), format, &order))
        .collect::<Result<Vec<_>>>()?;
    let manifest = publications::write_out(&site.bench(), &built, out)?;
    for one in &built {
        let summary = publications::summary(one);
        if as_json {
            println!("{summary}");
        } else {
            println!(
                "{} {} {} bytes, sha256 {}",
                one.release.code,
                one.release.format.code(),
                one.release.bytes,
                one.release.hash
            );
        }
    }
    if !as_json {
        println!(
            "{} releases in {}; manifest.json says what they are",
            manifest.as_array().map_or(0, Vec::len),
            out.display()
        );
    }
    site.db.close();
    Ok(built
        .iter()
        .all(|one| one.checks.iter().all(|check| check.errors == 0)))
}

/// Copies the whole database into one file.
///
/// # Errors
/// A fault when the file stands already or cannot be written.
pub fn backup(config: &Config, file: &Path) -> Result<bool> {
    if file.exists() {
        return Err(Error::fault(format!(
            "{} stands already; choose another name",
            file.display()
        )));
    }
    let db = open::database(config)?;
    db.backup(file, &open::migrations())?;
    db.close();
    eprintln!(
        "{} written; copy the folder {} too",
        file.display(),
        config.data.join("files").display()
    );
    Ok(true)
}

/// Brings a backup back into the configured database, which must be empty.
///
/// # Errors
/// A fault when the backup cannot be read or the database is not empty.
pub fn restore(config: &Config, file: &Path) -> Result<bool> {
    if !file.is_file() {
        return Err(Error::fault(format!("{} is not there", file.display())));
    }
    let db = open::database(config)?;
    let moved = db::restore(file, &db, &open::migrations())?;
    db.close();
    eprintln!("{} tables brought back", moved.len());
    Ok(true)
}

/// Copies everything from one database to another, empty one.
///
/// # Errors
/// A fault when a table differs afterwards.
pub fn move_data(from: &str, to: &str, as_json: bool) -> Result<bool> {
    let from = Db::open(from, &open::migrations())?;
    let to = Db::open(to, &open::migrations())?;
    let moved = db::move_data(&from, &to)?;
    for table in &moved {
        if as_json {
            println!(
                "{}",
                json!({ "table": table.table, "rows": table.digest.rows })
            );
        } else {
            println!("{:32} {:>10} rows", table.table, table.digest.rows);
        }
    }
    from.close();
    to.close();
    Ok(true)
}

/// Verifies the chain, every room's checks and the references; false when something does not hold.
///
/// # Errors
/// A fault of the database.
pub fn check(config: &Config, replay: bool, as_json: bool) -> Result<bool> {
    let site = open::site(config, Clock::Machine, None)?;
    let mut breaches: Vec<String> = Vec::new();
    let verdict = site.db.read_now(ledger::verify)?;
    let (facts, head) = match &verdict {
        ledger::Verdict::Whole(verified) => (verified.facts, verified.head.clone()),
        ledger::Verdict::Broken { seq, why } => {
            breaches.push(format!("ledger: fact {seq}: {why}"));
            (0, String::new())
        }
    };
    let unbalanced = site.db.read_now(ledger::unbalanced)?;
    breaches.extend(
        unbalanced
            .iter()
            .map(|line| format!("balance: line {line} is not conserved")),
    );
    for check in site.rooms.iter().flat_map(|room| room.checks.clone()) {
        let found = site.db.read_now(move |tx| (check.run)(tx))?;
        breaches.extend(
            found
                .into_iter()
                .map(|what| format!("{}: {what}", check.name)),
        );
    }
    breaches.extend(
        site.db
            .check_references()?
            .into_iter()
            .map(|what| format!("reference: {what}")),
    );
    if replay {
        let empty = Db::scratch(&open::migrations())?;
        let compared = ledger::replay(&site.db, &empty, &site.tables())?;
        let different = compared.iter().filter(|table| !table.is_same());
        breaches.extend(different.map(|table| format!("replay: {table:?}")));
    }
    let player = site.db.read_now(launch::player)?;
    if let Some(gone) = player.as_ref().filter(|one| !site.files.has(&one.hash)) {
        breaches.push(format!(
            "player for H5P: the file {} is not there; install it again",
            gone.hash
        ));
    }
    site.db.close();
    if as_json {
        println!(
            "{}",
            json!({ "facts": facts, "head": head, "verified": verdict.is_whole(), "replayed": replay, "breaches": breaches,
                "players": { "h5p": player.map(|one| one.version) } })
        );
    } else {
        println!("{facts} facts, head {head}");
        println!("{}", crate::player::says(player.as_ref()));
        breaches
            .iter()
            .for_each(|breach| println!("BREACH {breach}"));
        if breaches.is_empty() {
            println!("everything holds");
        }
    }
    Ok(breaches.is_empty())
}

/// Makes an account or a link.
///
/// # Errors
/// Refused when the e-mail address or the role is not good.
pub fn account(config: &Config, act: &AccountAct, as_json: bool) -> Result<bool> {
    let site = open::site(config, Clock::Machine, None)?;
    let now = site.clock.now();
    let path = match act {
        AccountAct::Add {
            email,
            name,
            role,
            language,
        } => {
            let role = role
                .as_deref()
                .map(|code| {
                    Role::parse(code)
                        .ok_or_else(|| Error::fault(format!("no role is called {code}")))
                })
                .transpose()?;
            let new = people::NewAccount {
                email: email.to_lowercase(),
                name: name.clone(),
                lang: Lang::parse(language).unwrap_or_default(),
                ..people::NewAccount::default()
            };
            site.db.write_now(move |tx| {
                let account = people::add_account(tx, &new, now)?;
                if let Some(role) = role {
                    let appointment = people::NewAppointment {
                        account,
                        role,
                        organisation: None,
                        country: None,
                        places: Vec::new(),
                        from_on: now.day(),
                        to_on: None,
                        basis: "secretariat",
                    };
                    people::appoint(tx, &appointment, None, now)?;
                }
                people::invite_account(tx, account, None, now)
            })?
        }
        AccountAct::Link { email } => {
            let email = email.to_lowercase();
            site.db.write_now(move |tx| {
                let account = people::account_by_email(tx, &email)?.ok_or(Error::Missing)?;
                people::sign_in_link(tx, account, now)
            })?
        }
    };
    let link = format!("{}{path}", site.settings.url);
    println!(
        "{}",
        if as_json {
            json!({ "link": link }).to_string()
        } else {
            link
        }
    );
    site.db.close();
    Ok(true)
}

/// Makes a machine key.
///
/// # Errors
/// Missing when no account has the e-mail address.
pub fn key(config: &Config, act: &KeyAct, as_json: bool) -> Result<bool> {
    let site = open::site(config, Clock::Machine, None)?;
    let now = site.clock.now();
    let KeyAct::Add { email, label } = act;
    let (email, label) = (email.to_lowercase(), label.clone());
    let key = site.db.write_now(move |tx| {
        let account = people::account_by_email(tx, &email)?.ok_or(Error::Missing)?;
        people::add_key(tx, account, &label, now)
    })?;
    println!(
        "{}",
        if as_json {
            json!({ "key": key }).to_string()
        } else {
            key
        }
    );
    site.db.close();
    Ok(true)
}
