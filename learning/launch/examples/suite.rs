//! A small house with courses, for conformance suites: `suite PORT DATABASE-URL`. Writes a key for
//! running courses and one for reading records, and serves until it is ended.

use base::{Clock, Lang};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let mut next = |default: &str| args.next().unwrap_or_else(|| default.to_owned());
    let (port, url) = (next("8091"), next("sqlite::memory:"));
    let rooms = classes::testing::rooms(vec![resources::room(), records::room(), launch::room()]);
    let db = db::Db::open(&url, &web::site::migrations(&rooms))?;
    let clock = Clock::Machine;
    let now = clock.now();
    let key = db.write_now(move |tx| {
        places::seed(tx, now)?;
        let new = records::NewKey {
            name: "suite",
            secret: "suite-secret-of-tests",
            label: "Suite",
            scopes: &[records::Scope::All],
            country: "KE",
            ends_on: None,
        };
        records::add_key(tx, &new, None, now)?;
        launch::add_key(tx, "Suite", "KE", None, now)
    })?;
    let settings = web::Settings {
        name: "Courses".to_owned(),
        url: format!("http://127.0.0.1:{port}"),
        secret: [7; 32],
        lang: Lang::En,
        behind_proxy: false,
        notice_key: None,
    };
    let files = files::Files::open(&std::env::temp_dir().join(format!("harambee-courses-{port}")))?;
    let site = web::Site::new(db, files, clock, settings, rooms, classes::DOOR)?;
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    println!("{{\"api\":\"http://127.0.0.1:{port}/launch/api\",\"key\":\"{key}\"}}");
    axum::serve(listener, web::router(&site)).await?;
    Ok(())
}
