//! What is kept of learners' ways through packages with an order of their own, in plain tables: it is
//! about persons.

use super::report::{Report, number, standing};
use super::sequencing::{Course, Navigate, Run, Said, SaidOf, State, real};
use super::store;
use base::{Id, Moment, Refusal, Result};
use db::{Tx, args};
use formats::scorm::sequencing::Store;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Signs of one shared store, as the standard has it.
const STORE: usize = 64_000;
/// Bytes of everything shared that is kept for one learner's package.
const MOST: usize = 2_000_000;

/// One learner's way, as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Way<'a> {
    pub run: Run<'a>,
    /// Counts the requests answered.
    pub turn: i64,
    /// When what is open was opened, in microseconds.
    pub opened_at: i64,
    /// It went on where it was left.
    pub resumed: bool,
    pub stores: BTreeMap<String, String>,
    /// Stores that have changed.
    written: Vec<String>,
}

/// Whose, and of which package.
type Whose = (Id, Id);

/// What is shared by all packages stands at no package.
fn scope(everywhere: bool, form: Id) -> Id {
    if everywhere {
        Id(base::Uuid::nil())
    } else {
        form
    }
}

impl<'a> Way<'a> {
    /// As it is kept, or at its start.
    pub(crate) fn load(tx: &mut Tx, course: &'a Course, (person, form): Whose) -> Result<Self> {
        let row = tx.row(
            "SELECT turn, opened_at, resumed, state FROM package_way WHERE person = $1 AND form_id = $2",
            &args![person, form],
        )?;
        let mut kept = None;
        let (mut turn, mut opened_at, mut resumed) = (0, 0, false);
        if let Some(row) = row {
            let mut r = row.read();
            (turn, opened_at, resumed) = (r.int()?, r.int()?, r.bool()?);
            kept = State::read(course, r.str()?);
        }
        let begins = kept.is_none();
        let seed = Id::named("package-way", &format!("{person} {form}"));
        let (seed, _) = seed.0.as_u64_pair();
        let state = kept.unwrap_or_else(|| State::new(course, seed));
        let mut out = Self {
            run: Run {
                c: course,
                s: state,
            },
            turn,
            opened_at,
            resumed,
            stores: BTreeMap::new(),
            written: Vec::new(),
        };
        for (kind, everywhere) in [
            ("objective", course.objectives_everywhere),
            ("store", course.stores_everywhere),
        ] {
            let rows = tx.rows(
                "SELECT name, held FROM package_shared WHERE person = $1 AND form_id = $2 AND kind = $3 ORDER BY name",
                &args![person, scope(everywhere, form), kind],
            )?;
            for row in &rows {
                let mut r = row.read();
                let (name, held) = (r.text()?, r.text()?);
                if kind == "store" {
                    out.stores.insert(name, held);
                } else if let Ok(known) = serde_json::from_str(&held) {
                    out.run.s.shared.insert(name, known);
                }
            }
        }
        if begins {
            out.run.prepare();
        }
        Ok(out)
    }

    /// Writes it down.
    pub(crate) fn save(
        &mut self,
        tx: &mut Tx,
        course: &Course,
        (person, form): Whose,
        now: Moment,
    ) -> Result<()> {
        tx.exec(
            "INSERT INTO package_way (person, form_id, turn, opened_at, resumed, state, said_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (person, form_id) DO UPDATE SET turn = excluded.turn, \
             opened_at = excluded.opened_at, resumed = excluded.resumed, state = excluded.state, \
             said_at = excluded.said_at",
            &args![
                person,
                form,
                self.turn,
                self.opened_at,
                self.resumed,
                self.run.s.written(),
                now
            ],
        )?;
        let mut rows = Vec::new();
        let at = scope(course.objectives_everywhere, form);
        for name in std::mem::take(&mut self.run.s.touched) {
            let known = self.run.s.shared.get(&name).copied().unwrap_or_default();
            let held = serde_json::to_string(&known).unwrap_or_default();
            rows.push(args![person, at, "objective", name, held].to_vec());
        }
        let at = scope(course.stores_everywhere, form);
        for name in std::mem::take(&mut self.written) {
            let held = self.stores.get(&name).cloned().unwrap_or_default();
            rows.push(args![person, at, "store", name, held].to_vec());
        }
        if rows.is_empty() {
            return Ok(());
        }
        if self.stores.values().map(String::len).sum::<usize>() > MOST {
            return Err(Refusal::whole("package-report-large").into());
        }
        tx.exec_many(
            "INSERT INTO package_shared (person, form_id, kind, name, held) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (person, form_id, kind, name) DO UPDATE SET held = excluded.held",
            &rows,
        )?;
        Ok(())
    }

    /// Whether an activity is the one that is open.
    pub(crate) fn is_open(&self, place: usize) -> bool {
        self.run.s.current == Some(place) && self.run.track(place).active
    }
    /// The unit that is open.
    pub(crate) fn open(&self) -> Option<usize> {
        let current = self.run.s.current?;
        self.run
            .c
            .at(current)
            .unit
            .filter(|_| self.is_open(current))
    }

    /// Takes over what an activity wrote to its shared stores, as far as it may.
    pub(crate) fn put(&mut self, place: usize, stores: &[(usize, String)]) {
        let all = &self.run.c.rules(place).stores;
        for (number, text) in stores {
            if let Some(store) = all.get(*number).filter(|store| store.write) {
                let text = text.chars().take(STORE).collect();
                self.stores.insert(store.target.clone(), text);
                self.written.push(store.target.clone());
            }
        }
    }

    /// What may be asked for now, as pages of packages are told.
    pub(crate) fn valid(&self) -> Value {
        let offers = self.run.offers();
        let yes = |yes: bool| if yes { "true" } else { "false" };
        let ids = || self.run.c.nodes.iter().map(|node| node.id.clone());
        let choice: serde_json::Map<String, Value> = ids()
            .zip(&offers.choices)
            .map(|(id, why)| (id, yes(why.is_none()).into()))
            .collect();
        let jump: serde_json::Map<String, Value> = ids()
            .zip(&offers.jumps)
            .map(|(id, may)| (id, yes(*may).into()))
            .collect();
        json!({ "next": yes(offers.next), "before": yes(offers.back), "choice": choice, "jump": jump })
    }

    /// What a unit finds of its objectives when it begins anew.
    pub(crate) fn beginning(&self, place: usize) -> BTreeMap<String, String> {
        let mut out = BTreeMap::new();
        let all = self.run.c.rules(place).objectives.iter().enumerate();
        let named = all.filter_map(|(number, one)| Some((number, one.id.as_ref()?)));
        for (n, (number, id)) in named.enumerate() {
            let known = self.run.known(place, number);
            let mut put = |name: &str, value: String| {
                out.insert(format!("cmi.objectives.{n}.{name}"), value);
            };
            put("id", id.clone());
            if let Some(satisfied) = known.satisfied {
                put(
                    "success_status",
                    if satisfied { "passed" } else { "failed" }.to_owned(),
                );
            }
            if let Some(measure) = known.measure {
                put("score.scaled", real(measure).to_string());
            }
            if let Some(completed) = known.completed {
                let word = if completed { "completed" } else { "incomplete" };
                put("completion_status", word.to_owned());
            }
            if let Some(progress) = known.progress {
                put("progress_measure", real(progress).to_string());
            }
            for (name, score) in ["raw", "min", "max"].into_iter().zip(known.scores) {
                if let Some(score) = score {
                    put(&format!("score.{name}"), real(score).to_string());
                }
            }
        }
        out
    }
}

/// What a page is told of the order around it.
#[derive(Debug)]
pub(super) struct Told {
    pub opened_at: i64,
    pub resumed: bool,
    place: usize,
    valid: Value,
    /// The stores the activity shares, with what they hold.
    stores: Vec<(Store, Option<String>)>,
}

/// What a page of a unit is told; none when it is not its turn.
pub(super) fn told(tx: &mut Tx, course: &Course, whose: Whose, unit: u32) -> Result<Option<Told>> {
    let way = Way::load(tx, course, whose)?;
    if way.open() != usize::try_from(unit).ok() {
        return Ok(None);
    }
    let Some(place) = way.run.s.current else {
        return Ok(None);
    };
    let stores = course.rules(place).stores.iter();
    let held = |store: &Store| {
        way.stores
            .get(&store.target)
            .filter(|_| store.read)
            .cloned()
    };
    Ok(Some(Told {
        opened_at: way.opened_at,
        resumed: way.resumed,
        place,
        valid: way.valid(),
        stores: stores.map(|store| (store.clone(), held(store))).collect(),
    }))
}

impl Told {
    /// Adds it to what a page is told.
    pub(super) fn tell(self, course: &Course, out: &mut Value) {
        let rules = course.rules(self.place);
        let primary = rules.objectives.first().filter(|one| one.by_measure);
        out["facts"]["mastery"] = primary.map(|one| one.least.to_string()).into();
        out["facts"]["threshold"] = rules.completes.map(|least| least.to_string()).into();
        for name in ["next", "before"] {
            out["facts"][name] = self.valid[name].clone();
        }
        out["facts"]["valid"] = self.valid;
        let stores: Vec<Value> = self
            .stores
            .into_iter()
            .map(|(store, held)| {
                json!({ "id": store.target, "held": held, "read": store.read, "write": store.write })
            })
            .collect();
        out["facts"]["stores"] = stores.into();
    }
}

/// Takes what is written to shared stores out of a report: it is kept elsewhere.
pub(super) fn stores(report: &mut Report) -> Vec<(usize, String)> {
    let all = std::mem::take(&mut report.set);
    let mut out = Vec::new();
    for (name, value) in all {
        match name.strip_prefix("adl.data.") {
            None => {
                report.set.insert(name, value);
            }
            Some(rest) => {
                let number = rest.strip_suffix(".store").and_then(|n| n.parse().ok());
                out.extend(number.map(|number| (number, value)));
            }
        }
    }
    out
}

/// Where a unit wants to go on when it is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wish(String);

impl Wish {
    /// As a request; none when it wants nothing or nobody knows it.
    pub(super) fn ask(&self, course: &Course) -> Option<Navigate> {
        Some(match self.0.as_str() {
            "continue" => Navigate::Continue,
            "previous" => Navigate::Previous,
            "exit" => Navigate::Exit,
            "exitAll" => Navigate::ExitAll,
            "abandon" => Navigate::Abandon,
            "abandonAll" => Navigate::AbandonAll,
            "suspendAll" => Navigate::SuspendAll,
            other => {
                let (target, verb) = other.strip_prefix("{target=")?.split_once('}')?;
                let target = course.find(target).unwrap_or(usize::MAX);
                match verb {
                    "choice" => Navigate::Choice(target),
                    "jump" => Navigate::Jump(target),
                    _ => return None,
                }
            }
        })
    }
}

/// What a unit has said in this attempt, and where it wants to go on.
pub(super) fn said(tx: &mut Tx, work: Id, report: &Report) -> Result<(Said, Option<Wish>)> {
    let mut values = store::summary(tx, work)?;
    values.append(&mut store::objectives(tx, work)?);
    let get = |name: &str| values.get(name).map(String::as_str).unwrap_or_default();
    let of = |prefix: &str| SaidOf {
        completed: match get(&format!("{prefix}completion_status")) {
            "completed" => Some(true),
            "incomplete" | "not attempted" => Some(false),
            _ => None,
        },
        passed: match get(&format!("{prefix}success_status")) {
            "passed" => Some(true),
            "failed" => Some(false),
            _ => None,
        },
        score: number(get(&format!("{prefix}score.scaled"))),
        progress: number(get(&format!("{prefix}progress_measure"))),
        scores: ["raw", "min", "max"].map(|name| number(get(&format!("{prefix}score.{name}")))),
    };
    let mut objectives = Vec::new();
    for n in 0..values.len() {
        let prefix = format!("cmi.objectives.{n}.");
        match get(&format!("{prefix}id")) {
            "" => break,
            id => objectives.push((id.to_owned(), of(&prefix))),
        }
    }
    let exit = get("cmi.exit");
    let said = Said {
        whole: of("cmi."),
        objectives,
        seconds: standing("2004", &values, report.end).seconds,
        suspended: report.end.then_some(exit == "suspend"),
    };
    let wish = match exit {
        "time-out" | "logout" => "exitAll",
        _ => get("adl.nav.request"),
    };
    let wish = Some(Wish(wish.to_owned())).filter(|wish| !matches!(wish.0.as_str(), "" | "_none_"));
    Ok((said, wish))
}

#[cfg(test)]
mod tests {
    use super::super::sequencing::Known;
    use super::*;

    #[test]
    fn what_a_unit_writes_to_stores_is_taken_out_of_its_report() {
        let mut report = Report::default();
        for (name, value) in [
            ("adl.data.1.store", "x"),
            ("adl.data.0.id", "y"),
            ("cmi.location", "z"),
        ] {
            report.set.insert(name.to_owned(), value.to_owned());
        }
        assert_eq!(stores(&mut report), [(1, "x".to_owned())]);
        assert_eq!(report.set.len(), 1);
    }

    #[test]
    fn wishes_are_read() {
        let course = Course::default();
        let ask = |text: &str| Wish(text.to_owned()).ask(&course);
        assert_eq!(ask("continue"), Some(Navigate::Continue));
        assert_eq!(ask("{target=a}choice"), Some(Navigate::Choice(usize::MAX)));
        assert_eq!(ask("{target=a}jump"), Some(Navigate::Jump(usize::MAX)));
        for odd in ["{target=a}", "dance", "{target=achoice"] {
            assert_eq!(ask(odd), None);
        }
        assert_eq!(
            serde_json::to_string(&Known::default()).ok().as_deref(),
            Some("{}")
        );
    }
}
