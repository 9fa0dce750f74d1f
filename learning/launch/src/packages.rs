//! Packages that run in the browser: SCORM, HTML5 and H5P.

use web::Room;

/// What this part brings to the room.
pub(crate) fn part() -> Room {
    Room::default()
}
