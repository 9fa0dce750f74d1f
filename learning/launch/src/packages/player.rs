//! The program that plays H5P files, where whoever runs the node has installed one: kept among the
//! files, known by one row, served to everybody alike.

use super::store;
use super::wire::open_to_the_box;
use base::{Error, Moment, Result};
use db::Tx;
use files::Files;
use formats::Package;
use std::io::BufReader;
use web::http::{Method, Request, Response, StatusCode, header};
use web::wire::{bare, put};
use web::{Body, Bytes, Site, Speaking};

pub(super) const PATH: &str = "/packages/player/{mark}/{*name}";
/// Without these it is no player.
const NEEDED: [&str; 3] = ["main.bundle.js", "frame.bundle.js", "styles/h5p.css"];
/// Faces for text, a hundred kilobytes each: every device has its own.
const FACES: [&str; 2] = ["fonts/inter/", "fonts/open-sans/"];
/// Files and bytes of a player.
const MOST: (usize, usize) = (500, 32 << 20);

/// An installed player.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Player {
    pub version: String,
    /// Of the archive that is kept of it.
    pub hash: String,
    /// What a browser fetches of it at most.
    pub bytes: i64,
}

impl Player {
    /// Where its files lie; another player lies elsewhere.
    pub(super) fn base(&self) -> String {
        format!("/packages/player/{}", mark(&self.hash))
    }
}

fn mark(hash: &str) -> &str {
    hash.get(..16).unwrap_or(hash)
}

/// The player for H5P files; none while nobody has installed one.
///
/// # Errors
/// A fault of the database.
pub fn player(tx: &mut Tx) -> Result<Option<Player>> {
    store::player(tx)
}

/// What a folder lacks to be a player for H5P files.
pub fn player_lacks(found: &[(String, Vec<u8>)]) -> Vec<&'static str> {
    let there = |name: &&str| {
        let mut all = found.iter();
        !all.any(|(own, bytes)| own == *name && !bytes.is_empty())
    };
    NEEDED.into_iter().filter(there).collect()
}

/// Keeps a player, in place of the one before.
///
/// # Errors
/// A fault that names what is missing; a fault of the database or the disk.
pub fn install_player(
    tx: &mut Tx,
    files: &Files,
    (version, found): (&str, &[(String, Vec<u8>)]),
    now: Moment,
) -> Result<Player> {
    let lacks = player_lacks(found);
    if !lacks.is_empty() {
        return Err(Error::fault(lacks.join(", ")));
    }
    let taken: Vec<(String, Vec<u8>)> = found
        .iter()
        .filter(|(name, _)| !FACES.iter().any(|face| name.starts_with(face)))
        .filter(|(name, _)| !name.ends_with(".d.ts"))
        .cloned()
        .collect();
    let bytes: usize = taken.iter().map(|(_, bytes)| bytes.len()).sum();
    if taken.len() > MOST.0 || bytes > MOST.1 {
        return Err(Error::fault(format!("{} / {bytes}", taken.len())));
    }
    let kept = files.keep("h5p-player.zip", "application/zip", &formats::pack(&taken)?)?;
    let size = i64::try_from(kept.size).map_err(Error::fault)?;
    let player = Player {
        version: version.to_owned(),
        hash: kept.hash,
        bytes: size,
    };
    store::set_player(tx, &player, now)?;
    Ok(player)
}

/// Takes the player out; answers whether there was one.
///
/// # Errors
/// A fault of the database.
pub fn remove_player(tx: &mut Tx) -> Result<bool> {
    store::remove_player(tx)
}

pub(super) fn serve(site: Site, request: Request<Bytes>) -> Speaking {
    Box::pin(async move {
        let mut response = match *request.method() {
            Method::GET | Method::HEAD => file(&site, request.uri().path())
                .await
                .unwrap_or_else(|_| none()),
            _ => bare(StatusCode::METHOD_NOT_ALLOWED),
        };
        if *request.method() == Method::HEAD {
            *response.body_mut() = Body::empty();
        }
        open_to_the_box(&mut response);
        response
    })
}

/// A face that was left out is not asked for again.
fn none() -> Response<Body> {
    let mut response = bare(StatusCode::NOT_FOUND);
    put(
        &mut response,
        header::CACHE_CONTROL,
        "public, max-age=86400",
    );
    response
}

async fn file(site: &Site, path: &str) -> Result<Response<Body>> {
    let rest = path.strip_prefix("/packages/player/");
    let (asked, name) = rest
        .and_then(|rest| rest.split_once('/'))
        .ok_or(Error::Missing)?;
    let name = base::address::decoded(name).ok_or(Error::Missing)?;
    let player = site.db.read(player).await?.ok_or(Error::Missing)?;
    if mark(&player.hash) != asked {
        return Err(Error::Missing);
    }
    let inner = site.clone();
    let work = tokio::task::spawn_blocking(move || -> Result<Response<Body>> {
        let (kept, _) = inner.files.open_kept(&player.hash)?;
        let bytes = Package::over(BufReader::new(kept))?.read(&name)?;
        let mime = formats::mime_of(&name, &bytes);
        let mut response = Response::new(Body::from(bytes));
        put(&mut response, header::CONTENT_TYPE, mime);
        put(
            &mut response,
            header::CACHE_CONTROL,
            "public, max-age=31536000, immutable",
        );
        Ok(response)
    });
    work.await.map_err(Error::fault)?
}
