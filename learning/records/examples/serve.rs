//! The store alone, for conformance suites and measurements:
//! `serve PORT DATABASE-URL NAME SECRET`.

use base::{Clock, Lang};
use std::sync::Arc;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    run(std::env::args().skip(1)).await
}

/// Serves until it is killed.
pub async fn run(mut args: impl Iterator<Item = String>) -> Result<(), Box<dyn std::error::Error>> {
    let mut next = |default: &str| args.next().unwrap_or_else(|| default.to_owned());
    let (port, url) = (next("8090"), next("sqlite::memory:"));
    let (name, secret) = (next("suite"), next("suite-secret-of-tests"));
    let rooms = vec![records::room()];
    let db = db::Db::open(&url, &web::site::migrations(&rooms))?;
    let clock = Clock::Machine;
    let now = clock.now();
    let made = db.write_now(move |tx| {
        let new = records::NewKey {
            name: &name,
            secret: &secret,
            label: "Suite",
            scopes: &[records::Scope::All],
            country: "KE",
            ends_on: None,
        };
        records::add_key(tx, &new, None, now)
    });
    if let Err(error) = made {
        eprintln!("the key is there already: {error}");
    }
    let folder = std::env::temp_dir().join(format!("harambee-records-{port}"));
    let settings = web::Settings {
        name: "Records".to_owned(),
        url: format!("http://127.0.0.1:{port}"),
        secret: [7; 32],
        lang: Lang::En,
        behind_proxy: false,
        notice_key: None,
    };
    let files = files::Files::open(&folder)?;
    let site = web::Site::new(db, files, clock, settings, rooms, people::DOOR)?;
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    eprintln!("http://127.0.0.1:{port}/xapi/2.0");
    let router = Arc::new(web::router(&site));
    axum::serve(listener, (*router).clone()).await?;
    Ok(())
}
