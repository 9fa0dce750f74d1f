//! People with passwords, and what their authenticators show.

#![expect(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

use base::{Clock, Id, Role};
use db::{Db, Migration};
use hmac::{Hmac, KeyInit, Mac};
use people::NewAccount;
use people::testing::{appoint, morning, named, rooms};
use web::Site;
use web::testing::Browser;

pub const PASSWORD: &str = "nine wild horses";

pub fn migrations() -> Vec<Migration> {
    web::site::migrations(&rooms(Vec::new()))
}

pub fn site(db: Db) -> Site {
    let clock = Clock::at(morning("2026-11-21"));
    people::testing::site(db, clock, rooms(Vec::new()))
}

/// Somebody with a password and, perhaps, a role.
pub async fn account(site: &Site, name: &str, role: Option<Role>) -> Id {
    let (name, now) = (format!("{name} Osei"), site.clock.now());
    let hash = people::hash_password(PASSWORD).unwrap();
    let made = site.db.write(move |tx| {
        let new = NewAccount {
            password_hash: Some(hash.clone()),
            ..named(&name)
        };
        let account = people::add_account(tx, &new, now)?;
        appoint(tx, account, role.as_slice(), (None, None), now)?;
        Ok(account)
    });
    made.await.unwrap()
}

/// A browser signed in with the password only.
pub async fn with_password(site: &Site, name: &str) -> Browser {
    let mut browser = Browser::new(site);
    let email = format!("{}@example.org", name.to_lowercase());
    browser
        .act("/sign-in", &[("email", &email), ("password", PASSWORD)])
        .await;
    browser
}

/// A browser signed in with a second factor set up on the way; and its secret.
pub async fn with_both(site: &Site, name: &str) -> (Browser, Vec<u8>) {
    let mut browser = with_password(site, name).await;
    let secret = secret_on(&browser.get("/account/second-factor").await.text);
    browser
        .act("/account/second-factor", &[("code", &code(&secret, site))])
        .await;
    (browser, secret)
}

/// The secret as the page shows it.
pub fn secret_on(page: &str) -> Vec<u8> {
    let start = page.find("<p><code>").unwrap() + "<p><code>".len();
    let shown = page
        .get(start..)
        .unwrap()
        .split('<')
        .next()
        .unwrap()
        .replace(' ', "");
    data_encoding::BASE32_NOPAD
        .decode(shown.as_bytes())
        .unwrap()
}

/// What an authenticator shows at the site's time.
pub fn code(secret: &[u8], site: &Site) -> String {
    let step = site.clock.now().seconds() / 30;
    let mut mac = Hmac::<sha1::Sha1>::new_from_slice(secret).unwrap();
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let offset = usize::from(digest[19] & 15);
    let four: [u8; 4] = digest[offset..offset + 4].try_into().unwrap();
    format!(
        "{:06}",
        (u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000
    )
}
