//! Everything is counted once, and published by another person than the one who built it.

use super::calendar::go_to;
use super::cast::{self, Cast};
use base::Result;
use publications::{Format, Order, State};
use web::Site;

const PUBLISHED: &str = "2027-04-22";

/// A snapshot is taken; each format's release is built by an officer and published by an approver.
///
/// # Errors
/// A refusal the story should not have met.
pub fn publish(site: &Site, cast: &Cast) -> Result<()> {
    if site.db.read_now(reports::snapshot_newest)?.is_none() {
        go_to(site, PUBLISHED)?;
    }
    reports::take_now(&site.bench())?;
    let order = Order {
        site: site.settings.url.clone(),
        by: Some(cast.second_officer),
        note: None,
    };
    for format in Format::ALL {
        let built = publications::build(&site.bench(), format, &order)?;
        if built.release.state == State::Published {
            continue;
        }
        site.clock.advance_seconds(600);
        let (approver, now) = (cast::actor(site, cast.approver)?, site.clock.now());
        let release = built.release.id;
        site.db
            .write_now(move |tx| publications::publish(tx, release, &approver, now))?;
    }
    Ok(())
}
