//! Assignments, attempts and mastery.

/// The room.
pub fn room() -> web::Room {
    web::Room {
        name: "progress",
        ..web::Room::default()
    }
}
