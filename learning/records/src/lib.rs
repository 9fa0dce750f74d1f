//! What learners did, as statements.

/// The room.
pub fn room() -> web::Room {
    web::Room {
        name: "records",
        ..web::Room::default()
    }
}
