//! Passwords: Argon2id with one set of parameters; never inside a transaction.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use base::{Error, Result};
use std::sync::{Condvar, Mutex, OnceLock, PoisonError};

/// Memory of one hashing, in KiB: 19 MiB, so that several at once fit on a machine of 1 GB.
/// Source of the three parameters: OWASP Password Storage Cheat Sheet.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Hashings at once: 76 MiB at most, however many people sign in or try to.
const AT_ONCE: u32 = 4;

static BUSY: Mutex<u32> = Mutex::new(0);
static FREE: Condvar = Condvar::new();

/// A turn at hashing; the next in line goes on when it is dropped.
struct Turn;

impl Turn {
    fn wait() -> Self {
        let mut busy = BUSY.lock().unwrap_or_else(PoisonError::into_inner);
        while *busy >= AT_ONCE {
            busy = FREE.wait(busy).unwrap_or_else(PoisonError::into_inner);
        }
        *busy += 1;
        Self
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        *BUSY.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        FREE.notify_one();
    }
}

/// The hash of a password, with its salt and parameters, as text.
///
/// # Errors
/// A fault of the machine.
pub fn hash(password: &str) -> Result<String> {
    let _turn = Turn::wait();
    Ok(argon()?
        .hash_password(password.as_bytes())
        .map_err(Error::fault)?
        .to_string())
}

/// Whether the password is the one that was hashed. Without a hash it takes as long and says no, so
/// that nobody learns from the time which accounts there are.
///
/// # Errors
/// A fault when what was kept is no hash.
pub fn is_right(password: &str, hash: Option<&str>) -> Result<bool> {
    static NOBODYS: OnceLock<String> = OnceLock::new();
    let nobodys = NOBODYS.get_or_init(|| self::hash("nobody's password").unwrap_or_default());
    let _turn = Turn::wait();
    let parsed = PasswordHash::new(hash.unwrap_or(nobodys)).map_err(Error::fault)?;
    let right = argon()?
        .verify_password(password.as_bytes(), &parsed)
        .is_ok();
    Ok(right && hash.is_some())
}

fn argon() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(Error::fault)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_at_once_wait_their_turn() {
        let kept = hash("nine wild horses").unwrap();
        std::thread::scope(|scope| {
            for _ in 0..12 {
                scope.spawn(|| assert!(is_right("nine wild horses", Some(&kept)).unwrap()));
            }
        });
        assert!(*BUSY.lock().unwrap() <= AT_ONCE);
    }

    #[test]
    fn only_the_right_password_is_right() {
        let kept = hash("nine wild horses").unwrap();
        assert!(
            kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{kept}"
        );
        assert!(is_right("nine wild horses", Some(&kept)).unwrap());
        assert!(!is_right("nine wild horse", Some(&kept)).unwrap());
        assert!(!is_right("nobody's password", None).unwrap());
        assert_ne!(hash("nine wild horses").unwrap(), kept);
    }
}
