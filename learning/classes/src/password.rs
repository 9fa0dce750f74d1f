//! Whether a password is the one that was hashed: never inside a transaction, few at a time.

use argon2::Argon2;
use argon2::password_hash::PasswordVerifier;
use argon2::password_hash::phc::PasswordHash;
use base::{Error, Result};
use std::sync::{Condvar, Mutex, OnceLock, PoisonError};

/// Comparisons at once: 76 MiB at most, however many people try.
const AT_ONCE: u32 = 4;

static BUSY: Mutex<u32> = Mutex::new(0);
static FREE: Condvar = Condvar::new();

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

/// Whether the password is the one that was hashed. Without a hash it takes as long and says no, so
/// that nobody learns from the time who has a password.
pub(crate) fn is_right(password: &str, hash: Option<&str>) -> Result<bool> {
    static NOBODYS: OnceLock<String> = OnceLock::new();
    let nobodys =
        NOBODYS.get_or_init(|| people::hash_password("nobody's password").unwrap_or_default());
    let _turn = Turn::wait();
    let parsed = PasswordHash::new(hash.unwrap_or(nobodys)).map_err(Error::fault)?;
    // The parameters stand in the hash.
    let right = Argon2::default()
        .verify_password(password.as_bytes(), &parsed)
        .is_ok();
    Ok(right && hash.is_some())
}
