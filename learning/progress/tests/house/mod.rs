//! A house with this room and everything upstream: a school with people, a curriculum, two lessons of
//! the school's own, and who walks through the stories.
#![allow(dead_code, reason = "each story uses a part of it")]
#![allow(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

use base::{Clock, Id, Moment, Names, Role};
use classes::Seeded;
use db::{Db, Migration, Tx};
use formats::item::{Choice, Form, Interaction, Item, Text};
use lessons::{Keeper, NewItem, Terms};
use people::testing::morning;
use web::testing::Browser;
use web::{Room, Site};

/// A Wednesday of a school term.
pub const TODAY: &str = "2026-10-14";
pub const COUNTRY: &str = "KE";

pub struct House {
    pub site: Site,
    pub clock: Clock,
    pub known: Known,
}

#[derive(Clone, Debug)]
pub struct Known {
    pub seeded: Seeded,
    /// What the first lesson is about.
    pub competency: Id,
    /// Three questions: a choice, a number, own words.
    pub lesson: Id,
    /// Six numbers.
    pub numbers: Id,
    pub officer: String,
}

impl Known {
    pub fn class(&self) -> Id {
        self.seeded.classes[0]
    }
    pub fn learner(&self, number: usize) -> Id {
        self.seeded.learners[0][number - 1]
    }
}

pub fn rooms() -> Vec<Room> {
    people::testing::rooms(vec![
        places::room(),
        curricula::room(),
        resources::room(),
        lessons::room(),
        classes::room(),
        records::room(),
        launch::room(),
        progress::room(),
    ])
}

pub fn migrations() -> Vec<Migration> {
    web::site::migrations(&rooms())
}

pub fn start() -> Moment {
    morning(TODAY)
}

pub fn site(db: Db, clock: Clock) -> Site {
    web::testing::site(db, clock, rooms(), classes::DOOR)
}

impl House {
    pub async fn open(db: Db) -> Self {
        let clock = Clock::at(start());
        let known = db.write(move |tx| settle(tx, start())).await.unwrap();
        let site = site(db, clock.clone());
        Self { site, clock, known }
    }

    /// A browser in which a person of the school is signed in.
    pub async fn signed_in(&self, person: Id) -> Browser {
        let now = self.clock.now();
        let made = self
            .site
            .db
            .write(move |tx| classes::sign_in_link(tx, person, now));
        self.with_link(&made.await.unwrap()).await
    }
    pub async fn with_link(&self, link: &str) -> Browser {
        let mut browser = Browser::new(&self.site);
        browser.act(link, &[]).await;
        browser
    }
    pub async fn teacher(&self) -> Browser {
        self.signed_in(self.known.seeded.teachers[0]).await
    }
    pub async fn learner(&self, number: usize) -> Browser {
        self.signed_in(self.known.learner(number)).await
    }
    /// Does something with the database now.
    pub async fn with<T: Send + 'static>(
        &self,
        act: impl Fn(&mut Tx, Moment) -> base::Result<T> + Send + 'static,
    ) -> T {
        let now = self.clock.now();
        self.site.db.write(move |tx| act(tx, now)).await.unwrap()
    }
    /// So many assignments of the same six questions, open from today on.
    pub async fn given(&self, count: i64) -> Vec<Id> {
        let (class, lesson) = (self.known.class(), self.known.numbers);
        let teacher = self.known.seeded.teachers[0];
        self.with(move |tx, now| {
            let actor = classes::actor(tx, teacher, now.day())?;
            let giving = progress::Giving {
                class,
                lesson,
                to: vec![progress::Target::Class(class)],
                opens_on: now.day(),
                due_on: now.day().plus(30),
            };
            (0..count)
                .map(|n| progress::give(tx, &giving, &actor, now.plus_seconds(n)))
                .collect()
        })
        .await
    }

    /// The teacher gives a lesson to the whole class; answers the assignment's path for teachers.
    pub async fn give(&self, teacher: &mut Browser, lesson: Id, more: &[(&str, &str)]) -> String {
        let class = self.known.class();
        let (lesson, to) = (lesson.to_string(), format!("class {class}"));
        let usual = [
            ("lesson", lesson.as_str()),
            ("to", to.as_str()),
            ("opens_on", "2026-10-14"),
            ("due_on", "2026-10-21"),
        ];
        let usual: Vec<(&str, &str)> = usual
            .into_iter()
            .filter(|(name, _)| !more.iter().any(|(other, _)| other == name))
            .collect();
        let all: Vec<(&str, &str)> = usual.iter().chain(more).copied().collect();
        let path = format!("/teach/classes/{class}/assignments/new");
        teacher.act(&path, &all).await.location
    }
}

pub fn text(en: &str) -> Text {
    Text::one("en", en)
}

pub fn choice(prompt: &str, right: &str, wrong: &[&str]) -> Item {
    let option = |id: &str, text: &str, right| Choice {
        id: id.to_owned(),
        text: self::text(text),
        right,
        feedback: Text::default(),
    };
    let mut options = vec![option("a", right, true)];
    for (text, id) in wrong.iter().zip(["b", "c", "d"]) {
        options.push(option(id, text, false));
    }
    let mut item = Item::new(text(prompt), Interaction::Choice { options });
    item.when_wrong = text("Count the parts again.");
    item
}

pub fn number(prompt: &str, answer: &str) -> Item {
    Item::new(
        text(prompt),
        Interaction::Number {
            answer: answer.to_owned(),
            tolerance: None,
            form: Form::Value,
            unit: Text::default(),
            foreseen: Vec::new(),
        },
    )
}

pub fn open(prompt: &str) -> Item {
    Item::new(
        text(prompt),
        Interaction::Open {
            lines: 3,
            rubric: text("Equal parts are named."),
        },
    )
}

fn lesson(
    tx: &mut Tx,
    actor: &base::Actor,
    (school, name): (Id, &str),
    competency: Id,
    items: &[Item],
    now: Moment,
) -> base::Result<Id> {
    let keeper = Keeper {
        country: COUNTRY.to_owned(),
        school: Some(school),
    };
    let terms = Terms {
        names: Names::one("en", name),
        goal: Names::default(),
        unit: None,
        place: 0,
        subject: "mathematics".to_owned(),
        grade: 4,
        competencies: vec![competency],
        minutes: 30,
        licence: "CC-BY-4.0".to_owned(),
        credit: "Our school".to_owned(),
    };
    let id = lessons::begin(tx, &keeper, &terms, actor, now)?;
    let (none, spoken) = (Text::default(), std::collections::BTreeMap::new());
    let words = lessons::text_body("en", "A bread is cut into **equal parts**.");
    lessons::add_step(tx, id, (&words, &none, &spoken), None, actor, now)?;
    for item in items {
        let new = NewItem {
            keeper: keeper.clone(),
            item: item.clone(),
            subject: "mathematics".to_owned(),
            grade: 4,
            competency: Some(competency),
            licence: "CC-BY-4.0".to_owned(),
            credit: "Our school".to_owned(),
            source: None,
        };
        let row = lessons::add_item(tx, &new, actor, now)?;
        let body = lessons::Body::Item(row.id);
        lessons::add_step(tx, id, (&body, &none, &spoken), None, actor, now)?;
    }
    lessons::publish(tx, id, actor, now)?;
    Ok(id)
}

fn settle(tx: &mut Tx, now: Moment) -> base::Result<Known> {
    places::seed(tx, now)?;
    let school = places::School {
        code: "S-1".to_owned(),
        country: COUNTRY.to_owned(),
        name: "Bondo Primary".to_owned(),
        place: COUNTRY.to_owned(),
        ..places::School::default()
    };
    let brought = places::Brought {
        country: COUNTRY,
        file: "schools.csv",
        hash: "0",
        actor: None,
        now,
    };
    places::put_schools(tx, &brought, &[&school])?;
    let ministry =
        people::testing::organisation(tx, "Ministry", "national_authority", Some(COUNTRY), now)?;
    let officer = people::testing::account(tx, "Olga Otieno", now)?;
    let signatory = people::testing::account(tx, "Simon Otieno", now)?;
    let at = (Some(ministry), Some(COUNTRY));
    people::testing::appoint(tx, officer, &[Role::LearningOfficer], at, now)?;
    people::testing::appoint(tx, signatory, &[Role::AuthoritySignatory], at, now)?;
    let seeded = curricula::seed_demo(tx, COUNTRY, ministry, officer, signatory, now)?;
    let week = curricula::scheme(tx, seeded.scheme)?;
    let this = curricula::week_of(&week, now.day()).unwrap_or(1);
    let weeks = curricula::weeks(tx, &week)?;
    let competency = weeks
        .iter()
        .find(|week| week.number == this)
        .and_then(|week| week.competencies.first().copied())
        .unwrap();
    let school = classes::seed_demo(tx, school.id(), now)?;
    let teacher = classes::actor(tx, school.teachers[0], now.day())?;
    let first = [
        choice("Which is one half?", "1/2", &["1/3", "2/1"]),
        number("How many quarters make one bread?", "4"),
        open("Why must the parts be equal?"),
    ];
    let own = (school.school, "Halves and quarters");
    let lesson_id = lesson(tx, &teacher, own, competency, &first, now)?;
    let six: Vec<Item> = (1..=6)
        .map(|n| number(&format!("{n} + {n} = ?"), &(n + n).to_string()))
        .collect();
    let numbers = lesson(
        tx,
        &teacher,
        (school.school, "Doubling"),
        competency,
        &six,
        now,
    )?;
    Ok(Known {
        seeded: school,
        competency,
        lesson: lesson_id,
        numbers,
        officer: people::sign_in_link(tx, officer, now)?,
    })
}

/// A page's `name="…" value="…"`.
pub fn hidden(page: &str, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    page.split_once(&start)
        .and_then(|(_, rest)| rest.split_once('"'))
        .map(|(value, _)| value.to_owned())
        .unwrap_or_default()
}

/// Fills in the form of a screen, as a browser would: what is hidden in it goes along.
pub async fn send(browser: &mut Browser, path: &str, pairs: &[(&str, &str)]) -> web::testing::Got {
    let page = browser.get(path).await.expect(200);
    let kept = ["page_token", "number", "learner"].map(|name| (name, hidden(&page.text, name)));
    let mut all: Vec<(&str, &str)> = pairs.to_vec();
    let given = |name: &str| pairs.iter().any(|(known, _)| *known == name);
    all.extend(
        kept.iter()
            .filter(|(name, value)| !given(name) && !value.is_empty())
            .map(|(name, value)| (*name, value.as_str())),
    );
    browser.post(path, &web::testing::query(&all)).await
}

/// Signs in by a link; answers what the browser would send.
pub async fn cookie(router: &axum::Router, link: &str) -> String {
    let ask = |method: &str, cookie: &str, body: String| {
        let request = web::http::Request::builder()
            .method(method)
            .uri(link)
            .header("cookie", cookie);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        tower::ServiceExt::oneshot(router.clone(), request.body(web::Body::from(body)).unwrap())
    };
    let first = |answer: &web::http::Response<web::Body>| {
        let lines = answer.headers().get_all("set-cookie").iter();
        let pairs = lines.filter_map(|v| v.to_str().ok()?.split(';').next().map(str::to_owned));
        pairs.collect::<Vec<_>>().join("; ")
    };
    let page = ask("GET", "", String::new()).await.unwrap();
    let visitor = first(&page);
    let bytes = axum::body::to_bytes(page.into_body(), usize::MAX)
        .await
        .unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let marks = format!(
        "form_token={}&form_once={}",
        hidden(&text, "form_token"),
        hidden(&text, "form_once")
    );
    first(&ask("POST", &visitor, marks).await.unwrap())
}
