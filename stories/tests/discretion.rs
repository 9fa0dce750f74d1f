//! Nothing personal: a name, a telephone number and an address planted in every free text of every
//! form that anybody can reach never come to be read by strangers.
//!
//! The world is the demonstration's. One after the other, everybody with a role goes wherever links
//! lead and fills in every form met on the way; then a stranger reads whatever is open. Rooms are not
//! named here: what a room declares is walked.

use base::Id;
use harambee::config::Config;
use harambee::demo;
use people::NewAccount;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use stories::done;
use web::testing::{Browser, plain, query};
use web::{Act, Field, FieldKind, Shape, Site};

/// What is planted: somebody with an account, in full.
const PLANT: &str = "Zebulon Quartermaine +504 9988-7766 z.quartermaine@example.org";
/// Any of these on an open page is a leak.
const TRACES: [&str; 4] = ["quartermaine", "9988-7766", "99887766", "zebulon"];
/// What is written where everybody may read it.
const PLAIN: &str = "Plain words";
/// Pages of one kind a person looks at.
const PAGES: usize = 2;
/// Forms of one kind a person fills in.
const FORMS: usize = 2;
/// Things a form is tried on.
const TRIES: usize = 4;
/// Pages of one kind a stranger looks at, besides those others were led to.
const OPEN_PAGES: usize = 5;

/// Acts that end a person's own way through the house.
fn ends_the_walk(act: &Act) -> bool {
    let own = [
        "/sign-",
        "/account",
        "/people/",
        "/appointments/",
        "/invitation/",
    ];
    act.path.contains("/sign-out") || own.iter().any(|start| act.path.starts_with(start))
}

/// Whether a path is one of those a declared path stands for, and how exactly.
fn fits(declared: &str, path: &str) -> Option<usize> {
    let (mut exact, mut said) = (0, path.split('/'));
    for part in declared.split('/') {
        match said.next() {
            Some(word) if word == part => exact += 1,
            Some(_) if part.starts_with('{') => {}
            _ => return None,
        }
    }
    said.next().is_none().then_some(exact)
}

/// The links of a page that stay in the house, without what follows a question mark.
fn links(page: &str) -> Vec<String> {
    let after = page.split("href=\"").skip(1);
    let paths = after.filter_map(|rest| rest.split(['"', '?', '#']).next());
    paths
        .filter(|path| path.starts_with('/') && !path.starts_with("/assets"))
        .map(str::to_owned)
        .collect()
}

/// Where people have been and what they met.
#[derive(Default)]
struct Walk {
    /// Every address met by anybody.
    met: BTreeSet<String>,
    /// Free texts that were tried, by act and field, and whether strangers may read them.
    tried: BTreeMap<String, bool>,
    /// Forms that were done with something planted in them.
    planted: usize,
}

struct World {
    site: Site,
    folder: std::path::PathBuf,
}

impl World {
    /// The demonstration's end as the present, with one person more.
    fn open() -> Self {
        let folder =
            std::env::temp_dir().join(format!("harambee-discretion-{}", base::Uuid::new_v4()));
        let choice = demo::Choice {
            port: 0,
            data: Some(folder.clone()),
            once: true,
            json: true,
            told: false,
        };
        done(demo::run(&choice));
        let config = Config {
            data: folder.clone(),
            ..Config::default()
        };
        let clock = done(last_moment(&config));
        let site = done(harambee::open::site(&config, clock, None));
        let now = site.clock.now();
        let zebulon = NewAccount {
            email: "z.quartermaine@example.org".to_owned(),
            name: "Zebulon Quartermaine".to_owned(),
            sample: true,
            ..NewAccount::default()
        };
        done(
            site.db
                .write_now(move |tx| people::add_account(tx, &zebulon, now)),
        );
        Self { site, folder }
    }

    /// Two people of every role, the later ones too: what needs four eyes has them.
    fn people(&self) -> Vec<Id> {
        let today = self.site.clock.now().day();
        let read = move |tx: &mut db::Tx| {
            let mut all = Vec::new();
            for role in base::Role::ALL {
                let held = people::appointed(tx, role, None, None, today)?;
                all.extend(held.into_iter().take(2));
            }
            Ok(all)
        };
        let mut seen = BTreeSet::new();
        let mut all = done(self.site.db.read_now(read));
        all.retain(|account| seen.insert(*account));
        all
    }

    /// The full names of everybody at the schools that learn here, in small letters.
    fn learners(&self) -> Vec<String> {
        let today = self.site.clock.now().day();
        let school = places::School::id_of("KE", demo::SCHOOL);
        let read = move |tx: &mut db::Tx| {
            let mut all = Vec::new();
            for role in base::Role::ALL
                .into_iter()
                .filter(|role| role.is_of_a_school())
            {
                all.extend(classes::with_role(tx, school, role, today, 500)?);
            }
            Ok(all)
        };
        let all = done(self.site.db.read_now(read));
        assert!(all.len() > 100, "nobody learns here");
        all.iter().map(|one| one.name().to_lowercase()).collect()
    }

    async fn browser(&self, account: Id) -> Browser {
        let now = self.site.clock.now();
        let link = self
            .site
            .db
            .write(move |tx| people::sign_in_link(tx, account, now));
        let link = done(link.await);
        let mut browser = self.stranger();
        browser.act(&link, &[]).await;
        browser.get("/account?lang=en").await;
        browser
    }

    fn stranger(&self) -> Browser {
        let mut browser = Browser::new(&self.site);
        browser.waive(
            "words",
            "told at the end: one missing word would end every walk",
        );
        browser
    }

    /// The act at an address.
    fn act_at(&self, path: &str) -> Option<Act> {
        let at = |act: &&Act| fits(act.path, path);
        let view = self
            .site
            .views()
            .filter_map(|view| fits(view.path, path))
            .max();
        let found = self
            .site
            .acts()
            .filter(|act| at(act).is_some())
            .max_by_key(at)?;
        (at(&found) > view).then_some(*found)
    }

    /// The kind of page at an address: its declared path.
    fn kind_of(&self, path: &str) -> Option<(&'static str, Shape)> {
        let found = self
            .site
            .views()
            .filter_map(|view| Some((fits(view.path, path)?, view)));
        let (_, view) = found.max_by_key(|(exact, _)| *exact)?;
        Some((view.path, view.shape))
    }

    /// Goes wherever links lead, and fills in every form met; then tries what no link leads to.
    async fn walk(&self, who: &mut Browser, walk: &mut Walk) {
        let mut pages: BTreeMap<&str, usize> = BTreeMap::new();
        let mut forms: BTreeMap<&str, usize> = BTreeMap::new();
        let (mut seen, mut led_to) = (BTreeSet::new(), BTreeSet::new());
        let views = self.site.views().map(|view| view.path);
        let open = views.chain(self.site.acts().map(|act| act.path));
        let mut ahead: VecDeque<String> = open
            .filter(|path| !path.contains('{'))
            .map(str::to_owned)
            .collect();
        let mut unlinked = false;
        loop {
            let Some(path) = ahead.pop_front() else {
                if unlinked {
                    break;
                }
                unlinked = true;
                ahead.extend(self.unlinked(walk));
                continue;
            };
            if !seen.insert(path.clone()) {
                continue;
            }
            if let Some(act) = self.act_at(&path) {
                let count = forms.entry(act.path).or_default();
                if *count < FORMS && !ends_the_walk(&act) {
                    let (filled, led) = self.fill_in(who, &act, &path, walk).await;
                    *count += usize::from(filled);
                    if let Some(led) = led {
                        walk.met.insert(led.clone());
                        led_to.insert(led.clone());
                        ahead.push_front(led);
                    }
                }
                continue;
            }
            let Some((kind, shape)) = self.kind_of(&path) else {
                continue;
            };
            walk.met.insert(path.clone());
            let count = pages.entry(kind).or_default();
            let enough = *count >= PAGES && !led_to.contains(&path);
            if enough || matches!(shape, Shape::File) {
                continue;
            }
            let page = who.get(&path).await;
            if page.status == 200 {
                *count += 1;
                ahead.extend(links(&page.text));
            }
        }
    }

    /// Addresses of acts on things that anybody met, the newest first.
    fn unlinked(&self, walk: &Walk) -> Vec<String> {
        let mut all = Vec::new();
        for act in self.site.acts().filter(|act| !ends_the_walk(act)) {
            let Some(end) = act.path.rfind('}') else {
                continue;
            };
            let (thing, rest) = act.path.split_at(end + 1);
            let things = walk.met.iter().rev();
            let things = things.filter(|path| fits(thing, path).is_some());
            all.extend(things.take(TRIES).map(|path| format!("{path}{rest}")));
        }
        all
    }

    /// Fills in a form with everything planted, then with the plant where only insiders read; whether
    /// it was shown, and where it led.
    async fn fill_in(
        &self,
        who: &mut Browser,
        act: &Act,
        path: &str,
        walk: &mut Walk,
    ) -> (bool, Option<String>) {
        let page = who.get(path).await;
        if page.status != 200 {
            return (false, None);
        }
        let form = (act.form)();
        let free: Vec<&Field> = form.iter().filter(|field| is_free(field)).collect();
        for field in &free {
            walk.tried
                .insert(format!("{}: {}", act.path, field.name), field.public);
        }
        if free.iter().any(|field| field.public) {
            let everywhere = answers(&form, &page.text, |_| PLANT);
            let got = self.send(who, path, &form, &everywhere).await;
            assert_eq!(got.status, 422, "{path} takes what everybody would read");
            let roomy = |field: &&Field| field.public && room_of(field) >= PLANT.len();
            if free.iter().any(roomy) {
                for said in [
                    "the telephone number “+504 9988-7766”",
                    "the person’s name",
                    "the e-mail address",
                ] {
                    assert!(got.says(said), "{path}: {}", plain(&got.text));
                }
            }
        }
        let inside = |field: &Field| if field.public { PLAIN } else { PLANT };
        let mut pairs = answers(&form, &page.text, inside);
        let mut got = self.send(who, path, &form, &pairs).await;
        for _ in 0..2 {
            if got.status != 422 {
                break;
            }
            // What has a shape of its own is answered in that shape.
            let wrong = got.text.split("href=\"#").skip(1);
            let wrong: BTreeSet<&str> = wrong.filter_map(|rest| rest.split('"').next()).collect();
            for (name, answer) in &mut pairs {
                if wrong.contains(name.as_str()) || wrong.contains(name.trim_end_matches("_en")) {
                    *answer = in_shape(name, value_of(&page.text, name));
                }
            }
            got = self.send(who, path, &form, &pairs).await;
        }
        let kept = pairs
            .iter()
            .any(|(_, answer)| answer.starts_with("Zebulon"));
        walk.planted += usize::from(got.status == 303 && kept);
        let led = got.location.split('?').next().unwrap_or("/").to_owned();
        (true, (got.status == 303).then_some(led))
    }

    async fn send(
        &self,
        who: &mut Browser,
        path: &str,
        form: &[Field],
        pairs: &[(String, String)],
    ) -> web::testing::Got {
        let pairs: Vec<(&str, &str)> = pairs
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        let file = form
            .iter()
            .find(|field| matches!(field.kind, FieldKind::File(_)));
        match file {
            Some(file) => {
                who.upload(
                    path,
                    &pairs,
                    file.name,
                    "Zebulon Quartermaine 9988-7766.pdf",
                    b"%PDF-1.4 sample",
                )
                .await
            }
            None => who.post(path, &query(&pairs)).await,
        }
    }

    /// A stranger reads whatever is open: pages, JSON, files.
    async fn read_as_a_stranger(&self, walk: &Walk) -> (usize, Vec<String>) {
        let mut traces: Vec<String> = TRACES.map(str::to_owned).into();
        traces.extend(self.learners());
        let mut nobody = self.stranger();
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        let (mut seen, mut leaks, mut count) = (BTreeSet::new(), Vec::new(), 0);
        let mut ahead: VecDeque<(String, bool)> =
            walk.met.iter().map(|path| (path.clone(), true)).collect();
        while let Some((path, met)) = ahead.pop_front() {
            if !seen.insert(path.clone()) {
                continue;
            }
            let (kind, shape) = match self.kind_of(&path) {
                Some(found) => found,
                None if self.act_at(&path).is_some() => ("form", Shape::Page),
                None => continue,
            };
            let of_kind = kinds.entry(kind).or_default();
            if !met && *of_kind >= OPEN_PAGES {
                continue;
            }
            *of_kind += 1;
            let mut ways = vec![path.clone()];
            match shape {
                Shape::List(..) => {
                    ways.push(format!("/api{path}"));
                    if *of_kind <= 2 {
                        ways.extend([format!("{path}.csv"), format!("{path}.xlsx")]);
                    }
                }
                Shape::Record(_) => ways.push(format!("/api{path}")),
                Shape::Page | Shape::File => {}
            }
            for way in ways {
                let got = nobody.get(&way).await;
                if got.status != 200 {
                    continue;
                }
                count += 1;
                let text = readable(&got).to_lowercase();
                for trace in traces.iter().filter(|trace| text.contains(trace.as_str())) {
                    let at = text.find(trace.as_str()).unwrap_or(0);
                    let near: String = text
                        .chars()
                        .skip(
                            text.get(..at)
                                .map_or(0, |t| t.chars().count())
                                .saturating_sub(120),
                        )
                        .take(240)
                        .collect();
                    leaks.push(format!("{way}: {trace}: …{near}…"));
                }
                ahead.extend(links(&got.text).into_iter().map(|path| (path, false)));
            }
        }
        (count, leaks)
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.site.db.close();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The clock of a world that goes on where its last fact was.
fn last_moment(config: &Config) -> base::Result<base::Clock> {
    let db = harambee::open::database(config)?;
    let last = db.read_now(|tx| tx.one("SELECT MAX(at) FROM fact", &[])?.read().moment())?;
    db.close();
    Ok(base::Clock::at(last.plus_seconds(60)))
}

fn is_free(field: &Field) -> bool {
    matches!(
        field.kind,
        FieldKind::Text(_) | FieldKind::Words(_) | FieldKind::Names(_)
    )
}

/// How many characters a field takes.
fn room_of(field: &Field) -> usize {
    match field.kind {
        FieldKind::Text(max) | FieldKind::Words(max) | FieldKind::Names(max) => max,
        _ => 0,
    }
}

/// An answer in the shape a question asks for, by a word in its name.
fn in_shape(name: &str, shown: Option<String>) -> String {
    let by_word = [
        ("website", "https://example.org"),
        ("identifier", "12345"),
        ("place", "HN01"),
        ("languages", "es"),
        ("school", ""),
        ("code", ""),
        ("round", ""),
        ("_to", "2027-12-31"),
        ("until", "2027-12-31"),
        ("required_by", "2027-12-31"),
        ("letter_on", "2026-06-01"),
        ("called_on", "2026-06-01"),
    ];
    let said = by_word.iter().find(|(word, _)| name.contains(word));
    shown.unwrap_or_else(|| said.map_or(PLAIN, |(_, answer)| answer).to_owned())
}

/// What a spreadsheet holds as well as what a page says.
fn readable(got: &web::testing::Got) -> String {
    if !got.mime.contains("spreadsheetml") {
        return got.text.clone();
    }
    let limits = sheets::Limits::default();
    match sheets::Sheet::read("file.xlsx", &got.bytes, &limits) {
        Ok(sheet) => {
            let rows = sheet.rows(0..sheet.len());
            rows.flat_map(|row| {
                row.cells()
                    .map(|cell| format!("{cell}\n"))
                    .collect::<Vec<_>>()
            })
            .collect()
        }
        Err(_) => String::new(),
    }
}

/// Answers to every question of a form: free texts as told, the others as they stand or as they may be.
fn answers(
    form: &[Field],
    page: &str,
    told: impl Fn(&Field) -> &'static str,
) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for field in form {
        let name = field.name.to_owned();
        match &field.kind {
            FieldKind::Text(max) | FieldKind::Words(max) => {
                pairs.push((name, told(field).chars().take(*max).collect()));
            }
            FieldKind::Names(_) => pairs.push((format!("{name}_en"), told(field).to_owned())),
            FieldKind::Secret => pairs.push((name, "nine wild horses".to_owned())),
            FieldKind::Email => pairs.push((name, "somebody@example.org".to_owned())),
            FieldKind::Whole(least, most) => {
                let shown =
                    value_of(page, &name).unwrap_or_else(|| (*least).max(1).min(*most).to_string());
                pairs.push((name, shown));
            }
            FieldKind::Decimal(least, _) => {
                pairs.push((
                    name.clone(),
                    value_of(page, &name).unwrap_or_else(|| least.to_string()),
                ));
            }
            FieldKind::Day => {
                pairs.push((
                    name.clone(),
                    value_of(page, &name).unwrap_or_else(|| "2027-03-01".to_owned()),
                ));
            }
            FieldKind::Choice(_) => {
                if let Some(choice) = choice_of(page, &name) {
                    pairs.push((name, choice));
                }
            }
            FieldKind::Many(_) => {
                let mark = format!("name=\"{name}\"");
                let each = page.split(&mark).skip(1);
                let codes = each.filter_map(|rest| {
                    let tag = rest.split('>').next()?;
                    tag.split_once("value=\"")?.1.split('"').next()
                });
                pairs.extend(codes.take(30).map(|code| (name.clone(), code.to_owned())));
            }
            FieldKind::Yes => pairs.push((name, "yes".to_owned())),
            FieldKind::Version => {
                pairs.push((name.clone(), value_of(page, &name).unwrap_or_default()))
            }
            FieldKind::File(_) => {}
        }
    }
    pairs
}

/// The value a control shows.
fn value_of(page: &str, name: &str) -> Option<String> {
    let (_, rest) = page.split_once(&format!("name=\"{name}\""))?;
    let tag = rest.split('>').next()?;
    let (_, value) = tag.split_once("value=\"")?;
    value
        .split('"')
        .next()
        .filter(|v| !v.is_empty())
        .map(str::to_owned)
}

/// The first answer a control offers.
fn choice_of(page: &str, name: &str) -> Option<String> {
    let (_, rest) = page.split_once(&format!("name=\"{name}\""))?;
    let inside = rest.split("</select>").next().unwrap_or(rest);
    let start = if rest.starts_with('>') || inside.contains("<option") {
        inside
    } else {
        rest
    };
    let values = start.split("value=\"").skip(1);
    values
        .filter_map(|v| v.split('"').next())
        .find(|v| !v.is_empty())
        .map(str::to_owned)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_planted_in_any_form_is_never_read_by_strangers() {
    let world = World::open();
    let mut walk = Walk::default();
    for account in world.people() {
        let mut browser = world.browser(account).await;
        world.walk(&mut browser, &mut walk).await;
    }
    let mut nobody = world.stranger();
    world.walk(&mut nobody, &mut walk).await;
    let (pages, leaks) = world.read_as_a_stranger(&walk).await;
    let public = walk.tried.values().filter(|public| **public).count();
    println!(
        "{} free texts tried, {public} of them public; {} forms done with a plant; {} addresses met; a stranger read {pages}",
        walk.tried.len(),
        walk.planted,
        walk.met.len(),
    );
    let declared = world.site.acts().flat_map(|act| {
        let free = (act.form)().into_iter().filter(is_free);
        free.map(|field| format!("{}: {}", act.path, field.name))
            .collect::<Vec<_>>()
    });
    let missed: Vec<String> = declared
        .filter(|name| !walk.tried.contains_key(name))
        .collect();
    println!("not reached: {missed:#?}");
    println!("words missing: {:?}", world.site.library.missing());
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
    assert!(
        walk.planted > 10 && public > 10 && pages > 100,
        "too little was walked"
    );
}
