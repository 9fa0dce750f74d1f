//! Schools’ people, classes, enrolments, attendance.

/// The room.
pub fn room() -> web::Room {
    web::Room {
        name: "classes",
        ..web::Room::default()
    }
}
