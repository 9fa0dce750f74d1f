//! Tests that cross rooms: a whole house on each database, and people who go through it over HTTP.

use base::{Clock, Day, Id, Lang, Moment, Role};
use harambee::config::Config;
use std::future::Future;
use std::path::PathBuf;
use web::Site;
use web::testing::Browser;

/// A house of its own: data in a folder that goes when the test ends.
pub struct House {
    pub site: Site,
    pub config: Config,
    _schema: Option<db::testing::Schema>,
}

impl House {
    /// A fresh house on SQLite.
    ///
    /// # Panics
    /// When it cannot be opened.
    pub fn on_sqlite() -> Self {
        Self::open(String::new(), None)
    }

    /// A fresh house on PostgreSQL.
    ///
    /// # Panics
    /// When no server is named in `HARAMBEE_TEST_PG`.
    pub fn on_postgres() -> Self {
        let schema = db::testing::Schema::create();
        Self::open(schema.url(), Some(schema))
    }

    #[expect(clippy::panic, reason = "a test without its house has failed")]
    fn open(database: String, schema: Option<db::testing::Schema>) -> Self {
        let data = std::env::temp_dir().join(format!("harambee-story-{}", base::Uuid::new_v4()));
        let config = Config {
            data,
            database,
            ..Config::default()
        };
        match harambee::open::site(&config, morning(), None) {
            Ok(site) => Self {
                site,
                config,
                _schema: schema,
            },
            Err(error) => panic!("{error}"),
        }
    }

    /// A person with these roles, signed in; speaks English.
    ///
    /// # Panics
    /// When the person cannot be made.
    pub async fn person(&self, name: &str, roles: &[(Role, Option<Id>, Option<&str>)]) -> Browser {
        let account = self.account(name, roles);
        let now = self.site.clock.now();
        let link = done(
            self.site
                .db
                .write_now(move |tx| people::sign_in_link(tx, account, now)),
        );
        let mut browser = Browser::new(&self.site);
        browser.act(&link, &[]).await;
        browser
    }

    /// An account with these roles.
    ///
    /// # Panics
    /// When it cannot be made.
    pub fn account(&self, name: &str, roles: &[(Role, Option<Id>, Option<&str>)]) -> Id {
        let now = self.site.clock.now();
        let new = people::NewAccount {
            email: format!("{name}@example.org"),
            name: name.to_owned(),
            lang: Lang::En,
            password_hash: None,
            sample: true,
        };
        let account = done(
            self.site
                .db
                .write_now(move |tx| people::add_account(tx, &new, now)),
        );
        for (role, organisation, country) in roles {
            let appointment = people::NewAppointment {
                account,
                role: *role,
                organisation: *organisation,
                country: country.map(str::to_owned),
                places: Vec::new(),
                from_on: now.day(),
                to_on: None,
                basis: "secretariat",
            };
            done(
                self.site
                    .db
                    .write_now(move |tx| people::appoint(tx, &appointment, None, now)),
            );
        }
        account
    }

    /// Where its files lie.
    pub fn folder(&self) -> PathBuf {
        self.config.data.clone()
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.site.db.close();
        let _ = std::fs::remove_dir_all(&self.config.data);
    }
}

/// Runs a story in a fresh house on each database.
pub async fn in_each_house<F: Future<Output = ()>>(mut story: impl FnMut(House) -> F) {
    story(House::on_sqlite()).await;
    story(House::on_postgres()).await;
}

/// A morning in November.
///
/// # Panics
/// Never.
pub fn morning() -> Clock {
    let day = Day::parse("2026-11-23").unwrap_or_else(|| Moment::from_micros(0).day());
    Clock::at(Moment::start_of(day).plus_seconds(8 * 3_600))
}

/// The value, or the end of the story.
///
/// # Panics
/// When there is an error instead.
#[expect(clippy::panic, reason = "a story that goes wrong ends here")]
pub fn done<T>(result: base::Result<T>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => panic!("{error}"),
    }
}
