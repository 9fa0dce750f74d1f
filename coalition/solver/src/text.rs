//! The file format as text: reads an instance from its four texts and writes plans, prices and instances back.
//!
//! No file is opened here; the caller hands over the contents. Every fault of the text is named, not only the first.

use crate::instance::{
    Category, Country, Delivery, Floor, Group, Instance, Kind, Languages, Meta, Need, Offer, Place,
    Places, Prior, PriorState, Problem,
};
use crate::json::{self, Json};
use crate::prices::Prices;
use std::fmt::Write as _;

const NEEDS_HEAD: &str = "id,block,country,area,category,qty,learners,g_girls,g_rural,g_disab,g_displ,g_poor,g_ldc,urgency,lang1,lang2,tier,t_from,t_to,partners,remote,have";
const OFFERS_HEAD: &str = "id,member,category,capacity,lot_min,lot_step,lot_max,places,langs,tier_req,t_from,t_to,setup,unit_cost,fixed_cost,cond";
const PRIOR_HEAD: &str = "need,offer,period,qty,state";
const FAULTS_MAX: usize = 100;

/// Reads an instance from the contents of its four files and checks it.
pub fn read_instance(
    meta: &str,
    needs: &str,
    offers: &str,
    prior: &str,
) -> Result<Instance, Vec<Problem>> {
    let mut faults = Vec::new();
    let meta = read_meta(meta, &mut faults);
    let needs = read_needs(needs, &mut faults);
    let offers = read_offers(offers, &mut faults);
    let prior = read_prior(prior, &mut faults);
    let Some(meta) = meta else { return Err(faults) };
    if !faults.is_empty() {
        return Err(faults);
    }
    let instance = Instance {
        meta,
        needs,
        offers,
        prior,
    };
    let faults = instance.validate();
    if faults.is_empty() {
        Ok(instance)
    } else {
        Err(faults)
    }
}

/// Lines after the head, numbered as in the file; a wrong head is a fault.
fn rows<'t>(
    file: &'static str,
    text: &'t str,
    head: &str,
    faults: &mut Vec<Problem>,
) -> impl Iterator<Item = (usize, &'t str)> + use<'t> {
    let mut lines = text.lines();
    let found = lines.next().unwrap_or("");
    let good = found.trim_end() == head;
    if !good {
        faults.push(Problem::new(
            format!("{file} line 1"),
            "wrong_head",
            format!("The first line must be: {head}"),
        ));
    }
    lines
        .enumerate()
        .filter(move |(_, line)| good && !line.is_empty())
        .map(|(at, line)| (at + 2, line))
}

fn bad_row(file: &str, line: usize, faults: &mut Vec<Problem>) {
    if faults.len() < FAULTS_MAX {
        faults.push(Problem::new(
            format!("{file} line {line}"),
            "unreadable_row",
            "A column is missing, too many, not a number or out of range.",
        ));
    }
}

/// Splits a row of whole numbers into `out`; false when the row has another shape.
fn whole_numbers<const N: usize>(line: &str, out: &mut [i64; N]) -> bool {
    let mut at = 0;
    let (mut value, mut digits, mut negative) = (0i64, 0, false);
    for &byte in line.as_bytes().iter().chain(b",") {
        match byte {
            b'0'..=b'9' if digits < 18 => {
                value = value * 10 + i64::from(byte - b'0');
                digits += 1;
            }
            b'-' if digits == 0 && !negative => negative = true,
            b',' if digits > 0 && at < N => {
                out[at] = if negative { -value } else { value };
                at += 1;
                (value, digits, negative) = (0, 0, false);
            }
            _ => return false,
        }
    }
    at == N
}

fn read_needs(text: &str, faults: &mut Vec<Problem>) -> Vec<Need> {
    let mut needs = Vec::with_capacity(text.len() / 60);
    for (line, row) in rows("needs.csv", text, NEEDS_HEAD, faults) {
        let mut n = [0i64; 22];
        match whole_numbers(row, &mut n).then(|| need_of(&n)).flatten() {
            Some(need) if n[0] == needs.len() as i64 => needs.push(need),
            _ => bad_row("needs.csv", line, faults),
        }
    }
    needs
}

fn need_of(n: &[i64; 22]) -> Option<Need> {
    let mut groups = [0u16; 6];
    for (group, &value) in groups.iter_mut().zip(&n[7..13]) {
        *group = u16::try_from(value).ok()?;
    }
    Some(Need {
        block: i32::try_from(n[1]).ok()?,
        country: u16::try_from(n[2]).ok()?,
        area: u32::try_from(n[3]).ok()?,
        category: u8::try_from(n[4]).ok()?,
        qty: u32::try_from(n[5]).ok()?,
        learners: u32::try_from(n[6]).ok()?,
        groups,
        urgency: u8::try_from(n[13]).ok()?,
        lang1: u32::try_from(n[14]).ok()?,
        lang2: i32::try_from(n[15]).ok()?,
        tier: u8::try_from(n[16]).ok()?,
        t_from: u16::try_from(n[17]).ok()?,
        t_to: u16::try_from(n[18]).ok()?,
        partners: u16::try_from(n[19]).ok()?,
        remote: u16::try_from(n[20]).ok()?,
        have: u32::try_from(n[21]).ok()?,
    })
}

fn read_offers(text: &str, faults: &mut Vec<Problem>) -> Vec<Offer> {
    let mut offers = Vec::new();
    for (line, row) in rows("offers.csv", text, OFFERS_HEAD, faults) {
        match offer_of(row, offers.len()) {
            Some(offer) => offers.push(offer),
            None => bad_row("offers.csv", line, faults),
        }
    }
    offers
}

fn offer_of(row: &str, id: usize) -> Option<Offer> {
    let fields: Vec<&str> = row.split(',').collect();
    let [
        own,
        member,
        category,
        capacity,
        lot_min,
        lot_step,
        lot_max,
        places,
        langs,
        tier,
        from,
        to,
        setup,
        unit,
        fixed,
        cond,
    ] = fields[..]
    else {
        return None;
    };
    if own.parse() != Ok(id) {
        return None;
    }
    Some(Offer {
        member: member.parse().ok()?,
        category: category.parse().ok()?,
        capacity: capacity.parse().ok()?,
        lot_min: lot_min.parse().ok()?,
        lot_step: lot_step.parse().ok()?,
        lot_max: lot_max.parse().ok()?,
        places: places_of(places)?,
        languages: languages_of(langs)?,
        tier_required: tier.parse().ok()?,
        t_from: from.parse().ok()?,
        t_to: to.parse().ok()?,
        setup: setup.parse().ok()?,
        unit_cost: unit.parse().ok()?,
        fixed_cost: fixed.parse().ok()?,
        conditions: cond.parse().ok()?,
    })
}

fn places_of(text: &str) -> Option<Places> {
    if text == "*" {
        return Some(Places::Everywhere);
    }
    let mut places = Vec::new();
    for part in text.split('|') {
        let place = match part.split_once(':') {
            Some((country, area)) => Place {
                country: country.parse().ok()?,
                area: Some(area.parse().ok()?),
            },
            None => Place {
                country: part.parse().ok()?,
                area: None,
            },
        };
        places.push(place);
    }
    Some(Places::Listed(places))
}

fn languages_of(text: &str) -> Option<Languages> {
    if text == "*" {
        return Some(Languages::Any);
    }
    text.split('|')
        .map(|part| part.parse().ok())
        .collect::<Option<Vec<u32>>>()
        .map(Languages::Listed)
}

fn read_prior(text: &str, faults: &mut Vec<Problem>) -> Vec<Prior> {
    let mut prior = Vec::new();
    for (line, row) in rows("prior.csv", text, PRIOR_HEAD, faults) {
        match prior_of(row) {
            Some(found) => prior.push(found),
            None => bad_row("prior.csv", line, faults),
        }
    }
    prior
}

fn prior_of(row: &str) -> Option<Prior> {
    let fields: Vec<&str> = row.split(',').collect();
    let [need, offer, period, qty, state] = fields[..] else {
        return None;
    };
    let state = match state {
        "locked" => PriorState::Locked,
        "accepted" => PriorState::Accepted,
        _ => return None,
    };
    Some(Prior {
        need: need.parse().ok()?,
        offer: offer.parse().ok()?,
        period: period.parse().ok()?,
        qty: qty.parse().ok()?,
        state,
    })
}

/// Reads fields of one JSON object and gathers what is missing.
struct Fields<'j, 'f> {
    object: &'j Json,
    faults: &'f mut Vec<Problem>,
}

impl<'j> Fields<'j, '_> {
    fn missing(&mut self, key: &str) {
        self.faults.push(Problem::new(
            "meta.json",
            "missing_field",
            format!("The field {key} is missing or of another kind."),
        ));
    }

    fn number(&mut self, key: &str) -> f64 {
        let found = self.object.get(key).and_then(Json::number);
        if found.is_none() {
            self.missing(key);
        }
        found.unwrap_or(0.0)
    }

    fn list(&mut self, key: &str) -> &'j [Json] {
        let found = self.object.get(key).and_then(Json::list);
        if found.is_none() {
            self.missing(key);
        }
        found.unwrap_or(&[])
    }

    fn numbers(&mut self, key: &str) -> Vec<f64> {
        let list = self.list(key);
        let numbers: Vec<f64> = list.iter().filter_map(Json::number).collect();
        if numbers.len() != list.len() {
            self.missing(key);
        }
        numbers
    }

    fn inner<'s>(&'s mut self, key: &str) -> Fields<'j, 's> {
        if self.object.get(key).is_none() {
            self.missing(key);
        }
        Fields {
            object: self.object.get(key).unwrap_or(&Json::Null),
            faults: self.faults,
        }
    }
}

fn read_meta(text: &str, faults: &mut Vec<Problem>) -> Option<Meta> {
    let root = match json::read(text) {
        Ok(root) => root,
        Err((at, why)) => {
            faults.push(Problem::new(
                format!("meta.json byte {at}"),
                "unreadable_json",
                format!("Not JSON: {why}."),
            ));
            return None;
        }
    };
    let before = faults.len();
    let mut f = Fields {
        object: &root,
        faults,
    };
    let mut equity = [0.0; 6];
    for (points, group) in equity.iter_mut().zip(Group::ALL) {
        *points = f.inner("equity").number(group.code());
    }
    let meta = Meta {
        name: root
            .get("name")
            .and_then(Json::text)
            .unwrap_or("")
            .to_owned(),
        periods: whole(f.number("periods")),
        countries: read_countries(&mut f),
        categories: read_categories(&mut f),
        welfare_breaks: f.inner("welfare").numbers("breaks"),
        welfare_slopes: f.inner("welfare").numbers("slopes"),
        equity,
        urgency: f.numbers("urgency"),
        late: f.numbers("late"),
        second_language_fit: f.number("lang_second"),
        points_per_usd: f.number("mu"),
        points_per_delivery: f.number("frag_points"),
        points_per_overlap: f.number("overlap_points"),
        points_per_opening: f.number("open_points"),
        package_share: f.inner("package").number("share"),
        package_levels: read_levels(&mut f.inner("package")),
        stability: f.number("stability"),
        floors: read_floors(&mut f),
        country_cap: f.number("country_cap"),
    };
    (faults.len() == before).then_some(meta)
}

/// A number of the file as a whole number; anything else becomes one that validation refuses.
fn whole(number: f64) -> u32 {
    if number.fract() == 0.0 && (0.0..=4e9).contains(&number) {
        number as u32
    } else {
        u32::MAX
    }
}

fn read_countries(f: &mut Fields) -> Vec<Country> {
    let mut out = Vec::new();
    for (at, item) in f.list("countries").iter().enumerate() {
        if item.get("id").and_then(Json::number) != Some(at as f64) {
            f.missing("countries.id");
        }
        out.push(Country {
            is_ldc: item.get("ldc").and_then(Json::flag).unwrap_or(false),
        });
    }
    out
}

fn read_categories(f: &mut Fields) -> Vec<Category> {
    let mut out = Vec::new();
    for (at, item) in f.list("categories").iter().enumerate() {
        let kind = match item.get("kind").and_then(Json::text) {
            Some("stock") => Some(Kind::Stock),
            Some("rate") => Some(Kind::Rate),
            Some("digital") => Some(Kind::Digital),
            _ => None,
        };
        if kind.is_none() || item.get("id").and_then(Json::number) != Some(at as f64) {
            f.missing("categories.id or kind");
        }
        let mut inner = Fields {
            object: item,
            faults: f.faults,
        };
        out.push(Category {
            name: item
                .get("name")
                .and_then(Json::text)
                .unwrap_or("")
                .to_owned(),
            kind: kind.unwrap_or(Kind::Stock),
            has_language: item.get("lang").and_then(Json::flag).unwrap_or(false),
            value: inner.number("value"),
        });
    }
    out
}

fn read_levels(f: &mut Fields) -> Vec<(f64, f64)> {
    let mut out = Vec::new();
    for item in f.list("levels") {
        let pair: Vec<f64> = item
            .list()
            .unwrap_or(&[])
            .iter()
            .filter_map(Json::number)
            .collect();
        match pair[..] {
            [theta, part] => out.push((theta, part)),
            _ => f.missing("package.levels"),
        }
    }
    out
}

fn read_floors(f: &mut Fields) -> Vec<Floor> {
    let mut out = Vec::new();
    for item in f.list("floors") {
        let group = item
            .get("group")
            .and_then(Json::text)
            .and_then(Group::from_code);
        if group.is_none() {
            f.missing("floors.group");
        }
        let mut inner = Fields {
            object: item,
            faults: f.faults,
        };
        out.push(Floor {
            category: whole(inner.number("category")),
            group: group.unwrap_or(Group::Girls),
            min_share: inner.number("min_share"),
        });
    }
    out
}

/// The plan as allocation.csv.
pub fn write_allocation(deliveries: &[Delivery]) -> String {
    let mut out = String::with_capacity(24 + deliveries.len() * 20);
    out.push_str("need,offer,period,qty\n");
    for d in deliveries {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{},{},{},{}", d.need, d.offer, d.period, d.qty);
    }
    out
}

/// Reads allocation.csv.
pub fn read_allocation(text: &str) -> Result<Vec<Delivery>, Vec<Problem>> {
    let mut faults = Vec::new();
    let mut out = Vec::new();
    for (line, row) in rows("allocation.csv", text, "need,offer,period,qty", &mut faults) {
        let mut n = [0i64; 4];
        let found = whole_numbers(row, &mut n).then(|| {
            Some(Delivery {
                need: u32::try_from(n[0]).ok()?,
                offer: u32::try_from(n[1]).ok()?,
                period: i32::try_from(n[2]).ok()?,
                qty: u32::try_from(n[3]).ok()?,
            })
        });
        match found.flatten() {
            Some(delivery) => out.push(delivery),
            None => bad_row("allocation.csv", line, &mut faults),
        }
    }
    if faults.is_empty() {
        Ok(out)
    } else {
        Err(faults)
    }
}

/// The certificate as prices.csv.
pub fn write_prices(prices: &Prices) -> String {
    let mut out = String::from("kind,a,b,value\n");
    for (&(offer, period), value) in &prices.offers {
        let _ = writeln!(out, "offer,{offer},{period},{value:?}");
    }
    for (&floor, value) in &prices.floors {
        let _ = writeln!(out, "floor,{floor},0,{value:?}");
    }
    for (&(country, category), value) in &prices.caps {
        let _ = writeln!(out, "cap,{country},{category},{value:?}");
    }
    for (&need, values) in &prices.lines {
        for (at, value) in values.iter().enumerate().filter(|(_, value)| **value > 0.0) {
            let _ = writeln!(out, "line,{need},{at},{value:?}");
        }
    }
    for (need, value) in &prices.needs {
        let _ = writeln!(out, "need,{need},0,{value:?}");
    }
    out
}

/// Reads prices.csv, for a re-solve from stored prices.
pub fn read_prices(text: &str) -> Result<Prices, Vec<Problem>> {
    let mut faults = Vec::new();
    let mut prices = Prices::default();
    for (line, row) in rows("prices.csv", text, "kind,a,b,value", &mut faults) {
        if put_price(&mut prices, row).is_none() {
            bad_row("prices.csv", line, &mut faults);
        }
    }
    prices.needs.sort_by_key(|&(need, _)| need);
    if faults.is_empty() {
        Ok(prices)
    } else {
        Err(faults)
    }
}

fn put_price(prices: &mut Prices, row: &str) -> Option<()> {
    let fields: Vec<&str> = row.split(',').collect();
    let [kind, a, b, value] = fields[..] else {
        return None;
    };
    let a: u32 = a.parse().ok()?;
    let value: f64 = value.parse().ok()?;
    if !(value >= 0.0 && value.is_finite()) {
        return None;
    }
    match kind {
        "offer" => drop(prices.offers.insert((a, b.parse().ok()?), value)),
        "floor" => drop(prices.floors.insert(a, value)),
        "cap" => drop(prices.caps.insert((a, b.parse().ok()?), value)),
        "line" => {
            *prices
                .lines
                .entry(a)
                .or_default()
                .get_mut(b.parse::<usize>().ok()?)? = value
        }
        "need" => prices.needs.push((a, value)),
        _ => return None,
    }
    Some(())
}

/// An instance as its canonical four texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstanceText {
    pub meta: String,
    pub needs: String,
    pub offers: String,
    pub prior: String,
}

/// Writes an instance so that the same instance always gives the same bytes.
pub fn write_instance(instance: &Instance) -> InstanceText {
    InstanceText {
        meta: write_meta(instance),
        needs: write_needs(instance),
        offers: write_offers(instance),
        prior: write_prior(instance),
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if (c as u32) < 0x20 => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn joined<T>(items: impl IntoIterator<Item = T>, mut show: impl FnMut(T) -> String) -> String {
    items
        .into_iter()
        .map(&mut show)
        .collect::<Vec<_>>()
        .join(",")
}

fn write_meta(instance: &Instance) -> String {
    let m = &instance.meta;
    let plain = |numbers: &[f64]| joined(numbers, |n| format!("{n:?}"));
    let countries = joined(m.countries.iter().enumerate(), |(id, c)| {
        format!("{{\"id\":{id},\"ldc\":{}}}", u8::from(c.is_ldc))
    });
    let categories = joined(m.categories.iter().enumerate(), |(id, c)| {
        let (name, kind) = (quoted(&c.name), c.kind.code());
        format!(
            "{{\"id\":{id},\"name\":{name},\"kind\":\"{kind}\",\"lang\":{},\"value\":{:?}}}",
            c.has_language, c.value
        )
    });
    let equity = joined(Group::ALL.iter().zip(m.equity), |(g, b)| {
        format!("\"{}\":{b:?}", g.code())
    });
    let levels = joined(&m.package_levels, |(theta, part)| {
        format!("[{theta:?},{part:?}]")
    });
    let floors = joined(&m.floors, |f| {
        format!(
            "{{\"category\":{},\"group\":\"{}\",\"min_share\":{:?}}}",
            f.category,
            f.group.code(),
            f.min_share
        )
    });
    let mut out = String::from("{\"format\":\"harambee-alloc/1\",\n");
    let mut put = |key: &str, value: String| {
        let _ = writeln!(out, "\"{key}\":{value},");
    };
    put("name", quoted(&m.name));
    put("n_needs", instance.needs.len().to_string());
    put("n_offers", instance.offers.len().to_string());
    put("periods", m.periods.to_string());
    put("countries", format!("[{countries}]"));
    put("categories", format!("[{categories}]"));
    put(
        "welfare",
        format!(
            "{{\"breaks\":[{}],\"slopes\":[{}]}}",
            plain(&m.welfare_breaks),
            plain(&m.welfare_slopes)
        ),
    );
    put("equity", format!("{{{equity}}}"));
    put("urgency", format!("[{}]", plain(&m.urgency)));
    put("late", format!("[{}]", plain(&m.late)));
    put("lang_second", format!("{:?}", m.second_language_fit));
    put("mu", format!("{:?}", m.points_per_usd));
    put("frag_points", format!("{:?}", m.points_per_delivery));
    put("overlap_points", format!("{:?}", m.points_per_overlap));
    put("open_points", format!("{:?}", m.points_per_opening));
    put(
        "package",
        format!("{{\"share\":{:?},\"levels\":[{levels}]}}", m.package_share),
    );
    put("stability", format!("{:?}", m.stability));
    put("floors", format!("[{floors}]"));
    let _ = writeln!(out, "\"country_cap\":{:?}}}", m.country_cap);
    out
}

fn write_needs(instance: &Instance) -> String {
    let mut out = format!("{NEEDS_HEAD}\n");
    for (id, n) in instance.needs.iter().enumerate() {
        let _ = write!(
            out,
            "{id},{},{},{},{},{},{},",
            n.block, n.country, n.area, n.category, n.qty, n.learners
        );
        for share in n.groups {
            let _ = write!(out, "{share},");
        }
        let _ = write!(
            out,
            "{},{},{},{},{},{},",
            n.urgency, n.lang1, n.lang2, n.tier, n.t_from, n.t_to
        );
        let _ = writeln!(out, "{},{},{}", n.partners, n.remote, n.have);
    }
    out
}

fn write_offers(instance: &Instance) -> String {
    let mut out = format!("{OFFERS_HEAD}\n");
    for (id, o) in instance.offers.iter().enumerate() {
        let places = match &o.places {
            Places::Everywhere => "*".to_owned(),
            Places::Listed(list) => {
                let show = |p: &Place| {
                    p.area.map_or(p.country.to_string(), |area| {
                        format!("{}:{area}", p.country)
                    })
                };
                list.iter().map(show).collect::<Vec<_>>().join("|")
            }
        };
        let langs = match &o.languages {
            Languages::Any => "*".to_owned(),
            Languages::Listed(list) => list
                .iter()
                .map(u32::to_string)
                .collect::<Vec<_>>()
                .join("|"),
        };
        let _ = write!(
            out,
            "{id},{},{},{},{},{},{},",
            o.member, o.category, o.capacity, o.lot_min, o.lot_step, o.lot_max
        );
        let _ = write!(
            out,
            "{places},{langs},{},{},{},{},",
            o.tier_required, o.t_from, o.t_to, o.setup
        );
        let _ = writeln!(out, "{:?},{:?},{}", o.unit_cost, o.fixed_cost, o.conditions);
    }
    out
}

fn write_prior(instance: &Instance) -> String {
    let mut out = format!("{PRIOR_HEAD}\n");
    for p in &instance.prior {
        let state = if p.state == PriorState::Locked {
            "locked"
        } else {
            "accepted"
        };
        let _ = writeln!(out, "{},{},{},{},{state}", p.need, p.offer, p.period, p.qty);
    }
    out
}
