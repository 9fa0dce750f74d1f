//! What a country teaches.

/// The room.
pub fn room() -> web::Room {
    web::Room {
        name: "curricula",
        ..web::Room::default()
    }
}
