//! The whole of Honduras against the sample offers: a measurement.
//! `cargo test --release -p allocation --test honduras -- --ignored --nocapture`.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a story that goes wrong ends here")]

mod house;

use house::{House, migrations};
use std::time::Instant;

/// CPU seconds of this process so far.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let rest = stat.rsplit(')').next().unwrap();
    let ticks: u32 = rest.split_whitespace().skip(11).take(2).map(|n| n.parse::<u32>().unwrap()).sum();
    f64::from(ticks) / 100.0
}

/// The shipped offers, all given by the house's two members.
fn offers(house: &House) -> usize {
    let bytes = include_bytes!("../../../data/sample/offers.csv");
    let sheet = sheets::Sheet::read("offers.csv", bytes, &sheets::Limits::default()).unwrap();
    let head = sheet.headers().to_vec();
    let mut made = 0;
    for row in sheet.rows(0..sheet.len()) {
        let cell = |name: &str| row.text(head.iter().position(|h| h == name).unwrap()).to_owned();
        let whole = |name: &str| cell(name).parse::<i64>().ok();
        let codes = |name: &str| cell(name).split('|').filter(|c| !c.is_empty()).map(str::to_owned).collect::<Vec<_>>();
        let kind = offers::Kind::parse(&cell("kind")).unwrap();
        let capacity = match kind {
            offers::Kind::Rate => whole("per_period"),
            offers::Kind::Stock => whole("quantity"),
            offers::Kind::Inexhaustible => Some(5),
        };
        let mut terms = house::terms(&cell("service_class"), kind, capacity.unwrap_or(1));
        terms.title = base::Names::one("en", &cell("title_en"));
        terms.lot_min = whole("lot_min").unwrap_or(1);
        terms.lot_step = whole("lot_step").unwrap_or(1);
        terms.lot_max = whole("lot_max");
        if cell("places") == "*" {
            terms.places = offers::Places::World;
        } else {
            terms.places = offers::Places::Listed(codes("places"));
        }
        if cell("languages") != "*" {
            terms.languages = offers::Spoken::Listed(codes("languages"));
        }
        terms.levels = codes("levels");
        terms.modality = cell("modality");
        terms.tier = cell("min_tier").parse().unwrap_or(0);
        terms.window_from = house::day(&cell("window_from"));
        terms.window_to = house::day(&cell("window_to"));
        terms.setup_days = whole("setup_days").unwrap_or(0);
        terms.free_until = base::Day::parse(&cell("free_until")).unwrap_or(terms.window_to);
        #[allow(clippy::cast_possible_truncation, reason = "a sample's cents")]
        let cents = |name: &str| (cell(name).parse::<f64>().unwrap_or(0.0) * 100.0).round() as i64;
        terms.unit_cost_cents = cents("unit_cost_usd");
        terms.fixed_cost_cents = cents("fixed_cost_usd");
        terms.conditions = codes("conditions");
        let local = cell("local") == "1";
        let (member, focal) = if local { (house.known.local, "mary") } else { (house.known.foreign, "nora") };
        house.offer(member, focal, &terms);
        made += 1;
    }
    made
}

fn measure(db: db::Db) {
    let house = House::open(db);
    let made = offers(&house);
    let register = places::shipped::honduras().unwrap();
    house.request(&register);
    let timed = |what: &str, work: &mut dyn FnMut()| {
        let (before, clock) = (cpu(), Instant::now());
        work();
        println!("  {what}: {:.2} CPU s, {:.2?}", cpu() - before, clock.elapsed());
    };
    println!("{:?}: {made} offers", house.site.db.engine());
    let mut first = (base::Id::named("", ""), serde_json::Value::Null);
    timed("a round", &mut || first = house.round("The whole of Honduras"));
    println!("{}", serde_json::to_string_pretty(&first.1).unwrap());
    house.all_is_well();
    let proposals = house.proposals(first.0);
    let largest = proposals.iter().max_by_key(|p| p.lines).unwrap();
    println!("  largest proposal: {} lines, {} units", largest.lines, largest.quantity);
    let (id, member) = (largest.id, largest.member);
    let officer = if member == house.known.local { "max" } else { "nils" };
    let (max, ana) = (house.actor(officer), house.actor("ana"));
    let part = allocation::Part::default();
    timed("the member accepts", &mut || {
        let (max, part) = (max.clone(), part.clone());
        house.write(move |tx, now| allocation::accept_for_member(tx, id, &part, &max, now)).unwrap();
    });
    timed("the authority accepts", &mut || {
        let (ana, part) = (ana.clone(), part.clone());
        house.write(move |tx, now| allocation::accept_for_authority(tx, id, &part, &ana, now)).unwrap();
    });
    house.all_is_well();
    timed("a second round", &mut || first = house.round("Again"));
    println!("  {} gap {} proposals {}", first.1["objective"], first.1["gap"], first.1["proposals"]);
    house.all_is_well();
}

#[test]
#[ignore = "a measurement: run it alone, in a release build"]
fn the_whole_of_honduras() {
    db::testing::each_engine(&migrations(), measure);
}
