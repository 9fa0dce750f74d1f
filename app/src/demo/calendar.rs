//! The story's days: the clock is led from one to the next, never back.

use base::{Day, Error, Moment, Result};
use web::Site;

/// A day written in the story.
///
/// # Errors
/// A fault when it is no day.
pub fn day(text: &str) -> Result<Day> {
    Day::parse(text).ok_or_else(|| Error::fault(format!("{text} is no day")))
}

/// Eight in the morning of that day, unless it is later already.
///
/// # Errors
/// A fault when it is no day.
pub fn go_to(site: &Site, text: &str) -> Result<()> {
    go_to_day(site, day(text)?);
    Ok(())
}

/// The same for a day that was reckoned.
pub fn go_to_day(site: &Site, day: Day) {
    let wanted = Moment::start_of(day).plus_seconds(8 * 3_600).seconds();
    site.clock
        .advance_seconds((wanted - site.clock.now().seconds()).max(0));
}
