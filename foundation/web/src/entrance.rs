//! Where people come in and leave: accounts of the site by one door, people of a school by their own.

use base::Actor;

/// The addresses of one door.
#[derive(Debug, PartialEq, Eq)]
pub struct Entrance {
    pub sign_in: &'static str,
    pub account: &'static str,
    pub sign_out: &'static str,
}

const SITE: Entrance = Entrance {
    sign_in: "/sign-in",
    account: "/account",
    sign_out: "/sign-out",
};
const SCHOOL: Entrance = Entrance {
    sign_in: "/learn/sign-in",
    account: "/learn/account",
    sign_out: "/learn/sign-out",
};

/// How the token of a session begins that is to end with the browser: a telephone many use.
pub const SHARED: &str = "s.";

/// The door to a page.
pub fn to(path: &str) -> &'static Entrance {
    let below = |start: &str| path == start || path.starts_with(&format!("{start}/"));
    if below("/learn") || below("/teach") {
        &SCHOOL
    } else {
        &SITE
    }
}

/// The door an actor came in by.
pub fn of(actor: &Actor) -> &'static Entrance {
    if is_at_school(actor) { &SCHOOL } else { &SITE }
}

/// Somebody of a school and nothing else: the coalition's pages are not put before them.
pub fn is_at_school(actor: &Actor) -> bool {
    let mut held = actor.appointments.iter();
    !actor.appointments.is_empty() && held.all(|one| one.role.is_of_a_school())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schools_have_a_door_of_their_own() {
        for path in ["/learn", "/learn/lessons/1", "/teach", "/teach/classes/1"] {
            assert_eq!(to(path), &SCHOOL, "{path}");
        }
        for path in ["/", "/learning/lessons", "/teachers", "/needs"] {
            assert_eq!(to(path), &SITE, "{path}");
        }
    }
}
