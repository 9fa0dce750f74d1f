//! A school with people on a port, to try packages in a browser: `school PORT`. Prints the links by
//! which its people sign in, as one line of JSON.
#![allow(clippy::print_stdout, reason = "that is what it is for")]

use base::{Clock, Lang};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).unwrap_or_else(|| "8091".to_owned());
    let rooms = people::testing::rooms(vec![
        places::room(),
        curricula::room(),
        resources::room(),
        lessons::room(),
        classes::room(),
        records::room(),
        launch::room(),
    ]);
    let folder = std::env::temp_dir().join(format!("harambee-packages-{}", base::Uuid::new_v4()));
    std::fs::create_dir_all(&folder)?;
    let file = folder.join("school.db");
    let db = db::Db::open(
        &format!("sqlite:{}", file.display()),
        &web::site::migrations(&rooms),
    )?;
    let clock = Clock::Machine;
    let now = clock.now();
    let links = db.write_now(move |tx| {
        places::seed(tx, now)?;
        let school = classes::testing::school(tx, "KE", "T-1", now)?;
        let seeded = classes::seed_demo(tx, school, now)?;
        Ok(seeded.links)
    })?;
    let url = format!("http://127.0.0.1:{port}");
    let settings = web::Settings {
        name: "Packages".to_owned(),
        url: url.clone(),
        secret: [7; 32],
        lang: Lang::En,
        behind_proxy: false,
        notice_key: None,
    };
    let files = files::Files::open(&folder.join("files"))?;
    let site = web::Site::new(db, files, clock, settings, rooms, classes::DOOR)?;
    let sign_in: serde_json::Map<String, serde_json::Value> = links
        .into_iter()
        .map(|(role, path)| (role.to_owned(), format!("{url}{path}").into()))
        .collect();
    println!("{}", serde_json::json!({ "url": url, "sign_in": sign_in }));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await?;
        axum::serve(listener, web::router(&site)).await
    })?;
    Ok(())
}
