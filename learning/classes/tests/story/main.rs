//! A school day: the head lists people, children come in with pictures, a teacher keeps the register,
//! a guardian is verified by another person, a roster comes and goes.

#![expect(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

mod children;
mod hours;
mod lessons;
mod marks;
mod persons;
mod register;
mod roster;

use base::{Clock, Day, Id, Moment, Role};
use classes::{PICTURE_CODES, Seeded};
use db::{Db, Migration};
use people::testing::{all_is_well, morning, person};
use web::Site;
use web::testing::Browser;

const TODAY: &str = "2026-11-19";

fn rooms() -> Vec<web::Room> {
    classes::testing::rooms(Vec::new())
}

fn migrations() -> Vec<Migration> {
    web::site::migrations(&rooms())
}

struct House {
    site: Site,
    clock: Clock,
    school: Id,
    other: Id,
    seeded: Seeded,
    head: Browser,
    teacher: Browser,
    officer: Browser,
    nobody: Browser,
}

fn today() -> Day {
    Day::parse(TODAY).unwrap()
}

fn start() -> Moment {
    morning(TODAY)
}

impl House {
    async fn open(db: Db) -> Self {
        let clock = Clock::at(start());
        let made = db.write(|tx| {
            let now = start();
            places::seed(tx, now)?;
            let school = classes::testing::school(tx, "KE", "T-1", now)?;
            let other = classes::testing::school(tx, "KE", "T-2", now)?;
            Ok((school, other, classes::seed_demo(tx, school, now)?))
        });
        let (school, other, seeded) = made.await.unwrap();
        let site = classes::testing::site(db, clock.clone(), rooms());
        let head = classes::testing::signed_in(&site, seeded.head).await;
        let teacher = classes::testing::signed_in(&site, seeded.teachers[0]).await;
        let officer = person(
            &site,
            "Lucy Officer",
            &[Role::LearningOfficer],
            (Some(ministry(&site).await), Some("KE")),
        )
        .await;
        let nobody = Browser::new(&site);
        Self {
            site,
            clock,
            school,
            other,
            seeded,
            head,
            teacher,
            officer,
            nobody,
        }
    }
    async fn read<T: Send + 'static>(
        &self,
        f: impl FnMut(&mut db::Tx) -> base::Result<T> + Send + 'static,
    ) -> T {
        self.site.db.read(f).await.unwrap()
    }
    /// The class code of the first class.
    async fn code(&self) -> String {
        let class = self.seeded.classes[0];
        self.read(move |tx| Ok(classes::class(tx, class)?.code))
            .await
    }
}

async fn ministry(site: &Site) -> Id {
    let now = site.clock.now();
    let made = site.db.write(move |tx| {
        people::testing::organisation(tx, "Ministry", "government", Some("KE"), now)
    });
    made.await.unwrap()
}

/// A page without the marks that set inserted words apart.
fn unmarked(page: &str) -> String {
    page.replace(['\u{2068}', '\u{2069}'], "")
}

/// The pictures and the four digits on the card of the n-th of the list, as the page of cards says.
fn on_card(page: &str, number: usize) -> (Vec<String>, String) {
    let page = unmarked(page);
    let (_, rest) = page.split_once(&format!("No. {number}</text>")).unwrap();
    let (pictures, rest) = rest.split_once(">or ").unwrap();
    let digits: String = rest.chars().filter(char::is_ascii_digit).take(4).collect();
    let pictures = pictures
        .split("</text>")
        .filter_map(|part| part.rsplit_once('>'))
        .map(|(_, word)| word.to_lowercase())
        .take(3)
        .collect();
    (pictures, digits)
}
