//! Items and the lessons made of them.

/// The room.
pub fn room() -> web::Room {
    web::Room {
        name: "lessons",
        ..web::Room::default()
    }
}
