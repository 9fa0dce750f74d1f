//! Opening a site: the database brought up to date, the shipped data loaded, the rooms joined.

use crate::config::Config;
use crate::rooms::{DOOR, rooms};
use base::{Clock, Result};
use db::{Db, Migration};
use files::Files;
use web::{Settings, Site};

/// Every migration of the house, upstream first.
pub fn migrations() -> Vec<Migration> {
    web::site::migrations(&rooms())
}

/// The database alone, brought up to date.
///
/// # Errors
/// A fault of the database.
pub fn database(config: &Config) -> Result<Db> {
    std::fs::create_dir_all(&config.data).map_err(base::Error::fault)?;
    Db::open(&config.database_url(), &migrations())
}

/// A site that is ready to serve.
///
/// # Errors
/// A fault of the database, the disk or the translation files.
pub fn site(config: &Config, clock: Clock, notice_key: Option<&'static str>) -> Result<Site> {
    let db = database(config)?;
    let files = Files::open(&config.data.join("files"))?;
    let settings = Settings {
        name: config.name.clone(),
        url: config.url.clone(),
        secret: config.secret()?,
        lang: config.lang()?,
        behind_proxy: config.behind_proxy,
        notice_key,
    };
    let site = Site::new(db, files, clock, settings, rooms(), DOOR)?;
    seed(&site)?;
    Ok(site)
}

/// Loads what ships with the product where it is not there yet: countries, places, vocabularies.
///
/// # Errors
/// A fault of the database.
pub fn seed(site: &Site) -> Result<()> {
    let now = site.clock.now();
    people::seed(&site.db)?;
    site.db.write_now(move |tx| places::seed(tx, now))?;
    site.db.write_now(move |tx| catalogue::seed(tx, now))?;
    site.db.write_now(move |tx| allocation::seed(tx, now))?;
    site.db.write_now(move |tx| agreements::seed(tx, now))?;
    site.db.write_now(move |tx| evidence::seed(tx, now))?;
    Ok(())
}
