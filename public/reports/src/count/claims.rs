//! Claims become totals: of each indicator, at each level, for everything they are about.

use super::{Places, Sheet, work::Deployed};
use crate::interval::{Counts, Record, Total, Tree, UNBOUNDED, fold};
use crate::snapshot::{Figure, Scope};
use base::{Day, Id, Result};
use catalogue::Mission;
use db::Tx;
use evidence::{Claim, ClaimScope, Comparator, Indicator, Level, Standing, Unit};
use std::collections::{BTreeMap, HashMap};

/// The levels a figure is told at, and which claims each counts. What the authority confirmed was
/// delivered, and what a third party saw was confirmed: those three contain each other. No other
/// level contains another.
pub(crate) fn levels(level: &str) -> &'static [Option<Level>] {
    match level {
        "reported" => &[None],
        "target" => &[Some(Level::Target)],
        "pledged" => &[Some(Level::Pledged)],
        "committed" => &[Some(Level::Committed)],
        "delivered" => &[
            Some(Level::Delivered),
            Some(Level::Confirmed),
            Some(Level::Verified),
        ],
        "confirmed" => &[Some(Level::Confirmed), Some(Level::Verified)],
        "verified" => &[Some(Level::Verified)],
        _ => &[],
    }
}

const LEVELS: [&str; 7] = [
    "reported",
    "target",
    "pledged",
    "committed",
    "delivered",
    "confirmed",
    "verified",
];

/// A claim made small, so that a million fit: what the rule needs, and what the claim is about.
#[derive(Clone, Copy)]
pub(crate) struct Told {
    pub(crate) record: Record,
    pub(crate) level: Option<Level>,
    indicator: u16,
    country: u16,
    member: u32,
    flagship: u16,
    as_of: i32,
}

/// Numbers for words that come again and again.
struct Numbers<T>(HashMap<T, u32>, Vec<T>);

impl<T> Default for Numbers<T> {
    fn default() -> Self {
        Self(HashMap::new(), Vec::new())
    }
}

impl<T: Clone + Eq + std::hash::Hash> Numbers<T> {
    fn of(&mut self, word: &T) -> u32 {
        if let Some(number) = self.0.get(word) {
            return *number;
        }
        let number = u32::try_from(self.1.len()).unwrap_or(u32::MAX);
        self.0.insert(word.clone(), number);
        self.1.push(word.clone());
        number
    }
    fn small(&mut self, word: &T) -> u16 {
        u16::try_from(self.of(word)).unwrap_or(u16::MAX)
    }
    fn word(&self, number: u32) -> Option<&T> {
        self.1.get(number as usize)
    }
}

/// Days as numbers.
pub(crate) fn number(day: Day) -> i32 {
    i32::try_from(day.epoch_days()).unwrap_or(i32::MAX)
}

/// A number that stands for a text, the same in every run.
fn hash(text: &str) -> u128 {
    Id::named("print", text).0.as_u128()
}

/// What the rule of counting needs of a claim.
pub(crate) fn told(claim: &Claim, nth: usize, place: u32, group: u16) -> Record {
    let about = match claim.deployment {
        Some(deployment) => format!("{} {deployment}", claim.indicator),
        None => format!(
            "{} {} {}",
            claim.indicator, claim.organisation, claim.source
        ),
    };
    #[expect(
        clippy::cast_possible_truncation,
        reason = "half a hash tells apart as well"
    )]
    let activity = hash(&about) as u64;
    Record {
        print: hash(&claim.print),
        activity,
        nth: u32::try_from(nth).unwrap_or(u32::MAX),
        place,
        group,
        contested: claim.standing == Standing::Contested,
        about: claim.comparator == Comparator::About,
        from: number(claim.from),
        to: number(claim.to),
        low: claim.low.unwrap_or(0),
        high: claim.high.unwrap_or(UNBOUNDED),
    }
}

/// Everything counted from claims goes onto the sheet.
pub(crate) fn count(
    tx: &mut Tx,
    deployed: &Deployed,
    places: &mut Places,
    sheet: &mut Sheet,
) -> Result<()> {
    let indicators = evidence::indicators(tx)?;
    let missions = catalogue::missions(tx)?;
    let mut all = Numbers::<String>::default();
    let (mut countries, mut members) = (Numbers::<String>::default(), Numbers::<Id>::default());
    let (mut groups, mut flagships) = (Numbers::default(), Numbers::<String>::default());
    groups.of(&evidence::EVERYBODY.to_owned());
    flagships.of(&String::new());
    let mut claims: Vec<Told> = Vec::new();
    let mut spots: Vec<(String, String)> = Vec::new();
    let mut seen: HashMap<(String, String), u32> = HashMap::new();
    evidence::each_claim(tx, &ClaimScope::Everything, None, &mut |claim| {
        if !claim.standing.counts() {
            return Ok(());
        }
        // The place's number is given after the stream: it asks the gazetteer.
        let spot = (claim.country.clone(), claim.place.clone());
        let next = u32::try_from(spots.len()).unwrap_or(u32::MAX);
        let spot_number = *seen.entry(spot.clone()).or_insert(next);
        if spot_number == next {
            spots.push(spot);
        }
        let group = groups.small(&claim.group);
        let flagship = claim.deployment.and_then(|id| deployed.flagship.get(&id));
        claims.push(Told {
            record: told(&claim, claims.len(), spot_number, group),
            level: claim.level,
            indicator: all.small(&claim.indicator),
            country: countries.small(&claim.country),
            member: members.of(&claim.organisation),
            flagship: flagship.map_or(0, |code| flagships.small(code)),
            as_of: number(claim.as_of),
        });
        Ok(())
    })?;
    let mut numbers = Vec::with_capacity(spots.len());
    for (country, place) in &spots {
        numbers.push(places.number(tx, country, place)?);
    }
    for claim in &mut claims {
        let spot = claim.record.place as usize;
        claim.record.place = numbers.get(spot).copied().unwrap_or_default();
    }

    let mut trees: BTreeMap<String, Tree> = BTreeMap::new();
    for population in indicators.iter().map(|one| one.population.as_str()) {
        if !trees.contains_key(population) {
            trees.insert(population.to_owned(), places.peopled(tx, population)?);
        }
    }
    let known: BTreeMap<u16, &Indicator> = indicators
        .iter()
        .map(|indicator| (all.small(&indicator.code), indicator))
        .collect();
    let folder = Folder { known, trees };

    folder.each(&mut claims, |_| 0, |_| Some(Scope::Coalition), sheet);
    let country = |number| countries.word(number).filter(|code| !code.is_empty());
    let of = |number| country(number).cloned().map(Scope::Country);
    folder.each(&mut claims, |told| told.country.into(), of, sheet);
    let of = |number| members.word(number).copied().map(Scope::Member);
    folder.each(&mut claims, |told| told.member, of, sheet);
    let flagship = |number| flagships.word(number).filter(|code| !code.is_empty());
    let of = |number| flagship(number).cloned().map(Scope::Flagship);
    folder.each(&mut claims, |told| told.flagship.into(), of, sheet);
    for mission in &missions {
        folder.mission(&claims, mission, sheet);
    }
    Ok(())
}

struct Folder<'a> {
    known: BTreeMap<u16, &'a Indicator>,
    trees: BTreeMap<String, Tree>,
}

impl Folder<'_> {
    /// One figure for each indicator and level of each thing the claims are about.
    fn each(
        &self,
        claims: &mut [Told],
        about: impl Fn(&Told) -> u32,
        scope: impl Fn(u32) -> Option<Scope>,
        sheet: &mut Sheet,
    ) {
        claims.sort_unstable_by_key(|told| (about(told), told.indicator, told.record.nth));
        for of_one in claims.chunk_by(|a, b| (about(a), a.indicator) == (about(b), b.indicator)) {
            let Some(first) = of_one.first() else {
                continue;
            };
            let (Some(scope), Some(indicator)) =
                (scope(about(first)), self.known.get(&first.indicator))
            else {
                continue;
            };
            let Some(tree) = self.trees.get(&indicator.population) else {
                continue;
            };
            let what = What {
                scope,
                code: &indicator.code,
                unit: indicator.unit,
            };
            what.put(&|| of_one.iter(), tree, sheet);
        }
    }
    /// A mission counts every indicator that serves it in its own unit: one person who is in two of
    /// them may be the same.
    fn mission(&self, claims: &[Told], mission: &Mission, sheet: &mut Sheet) {
        let (Some(unit), Some(tree)) = (
            Unit::parse(&mission.unit),
            self.trees.get(&mission.population),
        ) else {
            return;
        };
        let serves = |told: &&Told| {
            let indicator = self.known.get(&told.indicator);
            indicator.is_some_and(|one| one.unit == unit && one.missions.contains(&mission.code))
        };
        let what = What {
            scope: Scope::Mission(mission.code.clone()),
            code: &mission.code,
            unit,
        };
        what.put(&|| claims.iter().filter(serves), tree, sheet);
    }
}

/// What a figure counts, of what, in which unit.
struct What<'a> {
    scope: Scope,
    code: &'a str,
    unit: Unit,
}

impl What<'_> {
    /// The figures of all levels at which something was told.
    fn put<'c, I: Iterator<Item = &'c Told>>(
        &self,
        claims: &dyn Fn() -> I,
        tree: &Tree,
        sheet: &mut Sheet,
    ) {
        let counts = counts(self.unit);
        for level in LEVELS {
            let wanted = levels(level);
            let here = || claims().filter(|told| wanted.contains(&told.level));
            let Some(as_of) = here().map(|told| told.as_of).max() else {
                continue;
            };
            let total = fold(counts, here().map(|told| told.record), tree);
            sheet.put(Figure {
                scope: self.scope.clone(),
                code: self.code.to_owned(),
                level: level.to_owned(),
                unit: self.unit.code().to_owned(),
                low: Some(total.low),
                high: total.high,
                sum: Some(total.sum),
                records: total.records,
                as_of: Day::parse("1970-01-01").map(|day| day.plus(as_of.into())),
                rule: rule(counts).to_owned(),
                marks: marks(&total),
            });
        }
    }
}

/// How a unit adds up.
const fn counts(unit: Unit) -> Counts {
    if unit.is_distinct() {
        Counts::Distinct
    } else {
        Counts::Additive
    }
}

const fn rule(counts: Counts) -> &'static str {
    match counts {
        Counts::Distinct => "distinct",
        Counts::Additive => "additive",
    }
}

/// The codes of what must be said beside a total.
pub(crate) fn marks(total: &Total) -> Vec<String> {
    let told = total.marks;
    [
        ("about", told.about),
        ("contested", told.contested),
        ("beyond_population", told.beyond_population),
        ("contradictory", told.contradictory),
        ("open_ended", told.open_ended),
        ("population_unknown", told.population_unknown),
        ("repeated", total.repeated > 0),
    ]
    .into_iter()
    .filter(|(_, holds)| *holds)
    .map(|(code, _)| code.to_owned())
    .collect()
}
