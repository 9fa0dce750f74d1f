//! Everything the open pages count, from one snapshot, and for how long it may be shown.

use crate::rules::{self, Answers, Concerned};
use crate::store::{self, Country, Round, Units};
use base::{Day, Lang, Moment, Names, Result};
use catalogue::Term;
use db::Tx;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};
use web::Ask;

/// Everything counted, and as of which fact.
#[derive(Clone, Debug)]
pub(crate) struct Figures {
    /// Number and fingerprint of the last fact counted.
    pub(crate) head: (i64, String),
    pub(crate) at: Moment,
    pub(crate) members: i64,
    pub(crate) authorities: i64,
    pub(crate) needs: i64,
    pub(crate) lines: i64,
    pub(crate) offers: i64,
    pub(crate) calls: i64,
    pub(crate) answers: Answers,
    pub(crate) learners: Concerned,
    pub(crate) learners_by_country: BTreeMap<String, Concerned>,
    pub(crate) countries: Vec<Country>,
    pub(crate) units: Vec<Units>,
    /// Names of the service classes, and of their units in the plural.
    pub(crate) classes: BTreeMap<String, (Names, Names)>,
    pub(crate) round: Option<Round>,
    pub(crate) steps: Vec<Term>,
    pub(crate) flagships: Vec<Term>,
    pub(crate) missions: Vec<Term>,
}

impl Figures {
    /// The snapshot in words a machine finds again: `fact 1234, ab12cd34`.
    pub(crate) fn snapshot(&self, ask: &Ask) -> String {
        let (seq, hash) = &self.head;
        let short = hash.get(..8).unwrap_or(hash);
        let args = [
            ("moment", ask.words.moment(self.at).into()),
            ("seq", (*seq).into()),
            ("hash", short.into()),
        ];
        ask.words.say_with("portal-snapshot", &args)
    }
    /// A service class and its unit, in words.
    pub(crate) fn class(&self, code: &str, lang: Lang) -> (String, String) {
        match self.classes.get(code) {
            Some((name, unit)) => (name.get(lang).to_owned(), unit.get(lang).to_owned()),
            None => (code.to_owned(), String::new()),
        }
    }
}

fn count(tx: &mut Tx, today: Day, at: Moment) -> Result<Figures> {
    let head = ledger::head(tx)?;
    let by_country = rules::concerned(&store::learners(tx)?);
    let units: BTreeMap<String, Names> = catalogue::units(tx)?
        .into_iter()
        .map(|unit| (unit.code, unit.plurals))
        .collect();
    let classes = catalogue::service_classes(tx)?.into_iter().map(|class| {
        let plural = units.get(&class.unit).cloned().unwrap_or_default();
        (class.code, (class.names, plural))
    });
    Ok(Figures {
        head,
        at,
        members: members::count_on(tx, today)?,
        authorities: i64::try_from(authorities::actives(tx, today)?.len()).unwrap_or(i64::MAX),
        needs: needs::count_needs(tx)?,
        lines: needs::count_lines(tx)?,
        offers: offers::count_available(tx, today)?,
        calls: store::open_calls(tx, today)?,
        answers: rules::answers(&store::requests(tx)?),
        learners: rules::all(&by_country),
        learners_by_country: by_country,
        countries: store::countries(tx)?,
        units: store::units(tx)?,
        classes: classes.collect(),
        round: store::latest_round(tx)?,
        steps: catalogue::terms(tx, "how_it_works")?,
        flagships: catalogue::terms(tx, "flagships")?,
        missions: catalogue::terms(tx, "missions")?,
    })
}

struct Kept {
    figures: Arc<Figures>,
    today: Day,
    counted: Instant,
    took: Duration,
}

/// Up to so many need lines all is counted anew after every fact.
const FEW_LINES: i64 = 2_000;
/// More are kept so many times as long as counting took: it never fills the machine's time.
const KEPT_TIMES: u32 = 50;
/// No figure is older than this.
const KEPT_MOST: Duration = Duration::from_secs(30);
/// Databases remembered: one in a server, a few in tests.
const KEPT_DATABASES: usize = 8;

fn kept() -> &'static Mutex<BTreeMap<String, Kept>> {
    static KEPT: OnceLock<Mutex<BTreeMap<String, Kept>>> = OnceLock::new();
    KEPT.get_or_init(Mutex::default)
}

/// Everything counted: as of the last fact, or as of a moment ago where counting takes long. All
/// of it comes from one snapshot, and says from which.
///
/// # Errors
/// A fault of the database.
pub(crate) fn figures(tx: &mut Tx, ask: &Ask) -> Result<Arc<Figures>> {
    let Some(lineage) = store::lineage(tx)? else {
        return count(tx, ask.today, ask.now).map(Arc::new);
    };
    let head = ledger::head(tx)?;
    if let Some(one) = kept()
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .get(&lineage)
    {
        let fresh = one.figures.head == head;
        let keeps = (one.took * KEPT_TIMES).min(KEPT_MOST);
        let recent = one.figures.lines > FEW_LINES && one.counted.elapsed() < keeps;
        if one.today == ask.today && (fresh || recent) {
            return Ok(one.figures.clone());
        }
    }
    let counted = Instant::now();
    let figures = Arc::new(count(tx, ask.today, ask.now)?);
    let took = counted.elapsed();
    let mut all = kept().lock().unwrap_or_else(PoisonError::into_inner);
    if all.len() >= KEPT_DATABASES {
        all.clear();
    }
    all.insert(
        lineage,
        Kept {
            figures: figures.clone(),
            today: ask.today,
            counted,
            took,
        },
    );
    Ok(figures)
}
