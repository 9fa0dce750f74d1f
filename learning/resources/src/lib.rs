//! The national library.

/// The room.
pub fn room() -> web::Room {
    web::Room {
        name: "resources",
        ..web::Room::default()
    }
}
