//! IATI's own ruleset and code lists, read from the standard's files and held against what we wrote.

use super::Report;
use super::tree::{self, Node};
use super::xpath::{Expression, Found, Read};
use base::Day;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;
use std::sync::OnceLock;

/// Version of IATI's rulesets and code lists that ship with this room.
pub const VERSION: &str = "2.03";

const RULESET: &str = include_str!("../../standards/iati-ruleset.json");
const CODELISTS: &str = include_str!("../../standards/iati-codelists.json");
/// What the ruleset calls today.
const NOW: &str = "NOW";
/// The only pattern the ruleset asks identifiers to match, and the characters it forbids.
const PLAIN: &str = r"^[^\/\&\|\?]+$";
const FORBIDDEN: [char; 4] = ['/', '&', '|', '?'];

/// Checks a file: codes first, then rules.
///
/// # Errors
/// Why the shipped rules cannot be read.
pub fn check<R: BufRead>(source: R, today: Day) -> Result<(Report, Report), String> {
    static RULES: OnceLock<Read<(Vec<Context>, Codes)>> = OnceLock::new();
    let read = RULES.get_or_init(|| Ok((contexts(RULESET)?, Codes::read(CODELISTS)?)));
    let (contexts, codes) = read.as_ref().map_err(Clone::clone)?;
    let (mut rules, mut lists) = (Report::default(), Report::default());
    let mut trouble = None;
    let mut identifiers = BTreeSet::new();
    let root = tree::each(source, &mut |activity| {
        let name = identifier(activity);
        let mut asked = Asked {
            codes,
            today,
            name,
            report: &mut rules,
        };
        if !identifiers.insert(fingerprint(name)) {
            asked.report.error("the iati-identifier stands twice", name);
        }
        let outcome = contexts
            .iter()
            .try_for_each(|context| context.check(activity, &mut asked))
            .and_then(|()| codes.check(activity, name, &mut lists));
        trouble = trouble.take().or(outcome.err());
    });
    match (root, trouble) {
        (Ok(root), None) => {
            if root.name != "iati-activities" || root.attr("version") != Some(VERSION) {
                rules.error(
                    "the root is not iati-activities of version 2.03",
                    &root.name,
                );
            }
            Ok((lists, rules))
        }
        (Err(why), _) => {
            rules.error("the file is not well formed", &why);
            Ok((lists, rules))
        }
        (_, Some(why)) => Err(why),
    }
}

fn identifier(activity: &Node) -> &str {
    let child = activity
        .children
        .iter()
        .find(|c| c.name == "iati-identifier");
    child.map_or("", |node| node.text.as_str())
}

/// Eight bytes stand for an identifier: a hundred thousand of them fit anywhere.
fn fingerprint(text: &str) -> u64 {
    use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
    BuildHasherDefault::<DefaultHasher>::default().hash_one(text)
}

/// What a rule may ask besides the element.
struct Asked<'r> {
    codes: &'r Codes,
    today: Day,
    name: &'r str,
    report: &'r mut Report,
}

/// Elements rules are about.
struct Context {
    elements: Vec<Where>,
    rules: Vec<Rule>,
}

enum Where {
    Activity,
    Below(Expression),
    Anywhere(String),
}

struct Rule {
    kind: String,
    case: Value,
    /// The expressions of the case by their text; those with `$1` are read when it is known.
    read: BTreeMap<String, Expression>,
    says: String,
    grave: bool,
}

fn contexts(text: &str) -> Read<Vec<Context>> {
    let all: Value = serde_json::from_str(text).map_err(|e| e.to_string())?;
    let all = all.as_object().ok_or("a ruleset is an object")?;
    all.iter()
        .map(|(path, rules)| {
            let elements = path.split(" | ").map(place).collect::<Read<_>>()?;
            let mut read = Vec::new();
            for (kind, cases) in rules.as_object().ok_or("rules are an object")? {
                for case in list(cases, "cases") {
                    read.push(Rule::read(kind, case)?);
                }
            }
            Ok(Context {
                elements,
                rules: read,
            })
        })
        .collect()
}

fn place(path: &str) -> Read<Where> {
    if let Some(name) = path.strip_prefix("//") {
        return Ok(Where::Anywhere(name.to_owned()));
    }
    let below = path
        .strip_prefix("/iati-activities/iati-activity")
        .ok_or_else(|| format!("{path} is not below an activity"))?;
    match below.strip_prefix('/') {
        None => Ok(Where::Activity),
        Some(below) => Ok(Where::Below(Expression::read(below)?)),
    }
}

fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value
        .get(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn word<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn words<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = &'v str> {
    list(value, name).iter().filter_map(Value::as_str)
}

impl Context {
    fn check(&self, activity: &Node, asked: &mut Asked<'_>) -> Read<()> {
        for place in &self.elements {
            let mut elements = Vec::new();
            match place {
                Where::Activity => elements.push(activity),
                Where::Anywhere(name) => activity.all(name, &mut elements),
                Where::Below(path) => elements.extend(nodes(&path.find(activity)?)),
            }
            for element in elements {
                for rule in &self.rules {
                    asked.report.looked(1);
                    if !rule.holds(element, asked)? {
                        if rule.grave {
                            asked.report.error(&rule.says, asked.name);
                        } else {
                            asked.report.warn(&rule.says, asked.name);
                        }
                    }
                }
            }
        }
        Ok(())
    }
}

fn nodes<'a>(found: &[Found<'a>]) -> Vec<&'a Node> {
    found
        .iter()
        .filter_map(|one| match one {
            Found::Element(node) => Some(*node),
            _ => None,
        })
        .collect()
}

impl Rule {
    fn read(kind: &str, case: &Value) -> Read<Self> {
        if kind == "loop" {
            let (inner, cases) = case
                .get("do")
                .and_then(Value::as_object)
                .and_then(|map| map.iter().next())
                .ok_or("a loop does nothing")?;
            let first = list(cases, "cases").first().ok_or("a loop without cases")?;
            let mut case_of = first.clone();
            case_of["foreach"] = word(case, "foreach").into();
            let mut rule = Self::read(inner, &case_of)?;
            rule.kind = format!("loop {inner}");
            return Ok(rule);
        }
        let texts = [
            "condition",
            "if",
            "then",
            "less",
            "more",
            "date",
            "start",
            "end",
            "foreach",
        ]
        .into_iter()
        .map(|name| word(case, name))
        .chain(
            ["paths", "prefix"]
                .into_iter()
                .flat_map(|name| words(case, name)),
        )
        .chain((kind == "one_or_all").then(|| word(case, "one")));
        let mut read = BTreeMap::new();
        for text in texts.filter(|t| !t.is_empty() && *t != NOW && *t != "ORG-ID-PREFIX") {
            read.insert(text.to_owned(), Expression::read(text)?);
        }
        let pattern = word(case, "regex");
        if !pattern.is_empty() && pattern != PLAIN {
            return Err(format!("the pattern {pattern} is not known"));
        }
        let info = case.get("ruleInfo").unwrap_or(&Value::Null);
        Ok(Self {
            kind: kind.to_owned(),
            says: format!("{} {}", word(info, "id"), word(info, "message")),
            grave: word(info, "severity") == "error",
            case: case.clone(),
            read,
        })
    }

    fn holds(&self, at: &Node, asked: &Asked<'_>) -> Read<bool> {
        let Some(inner) = self.kind.strip_prefix("loop ") else {
            return self.one(&self.kind, at, asked, None);
        };
        let values = self.find(word(&self.case, "foreach"), at, None)?;
        for value in values {
            if !self.one(inner, at, asked, Some(value.text()))? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn find<'a>(&self, path: &str, at: &'a Node, value: Option<&str>) -> Read<Vec<Found<'a>>> {
        match value.filter(|_| path.contains("$1")) {
            Some(value) => Expression::read(&path.replace("$1", value))?.find(at),
            None => self
                .read
                .get(path)
                .map_or(Ok(Vec::new()), |read| read.find(at)),
        }
    }
    fn truth(&self, name: &str, at: &Node, value: Option<&str>) -> Read<bool> {
        let text = word(&self.case, name);
        match value.filter(|_| text.contains("$1")) {
            Some(value) => Expression::read(&text.replace("$1", value))?.holds(at),
            None => self.read.get(text).map_or(Ok(true), |read| read.holds(at)),
        }
    }
    fn all<'a>(&self, name: &str, at: &'a Node, value: Option<&str>) -> Read<Vec<Found<'a>>> {
        let mut all = Vec::new();
        for path in words(&self.case, name) {
            all.extend(self.find(path, at, value)?);
        }
        Ok(all)
    }
    fn day(&self, name: &str, at: &Node, today: Day) -> Read<Option<Day>> {
        let path = word(&self.case, name);
        if path == NOW {
            return Ok(Some(today));
        }
        let found = self.find(path, at, None)?;
        Ok(found
            .first()
            .and_then(|one| Day::parse(one.text().get(..10)?)))
    }

    fn one(&self, kind: &str, at: &Node, asked: &Asked<'_>, value: Option<&str>) -> Read<bool> {
        if !self.truth("condition", at, value)? {
            return Ok(true);
        }
        let paths = self.all("paths", at, value)?;
        let mut texts = paths.iter().map(Found::text);
        Ok(match kind {
            "atleast_one" => !paths.is_empty(),
            "no_more_than_one" => paths.len() <= 1,
            "unique" => {
                let mut seen = BTreeSet::new();
                texts.all(|text| seen.insert(text))
            }
            "no_spaces" => texts.all(|text| text == text.trim()),
            "regex_matches" => texts.all(|t| !t.is_empty() && !t.contains(FORBIDDEN)),
            "range" => {
                let bound = |name| self.case.get(name).and_then(Value::as_f64);
                let (min, max) = (
                    bound("min").unwrap_or(f64::MIN),
                    bound("max").unwrap_or(f64::MAX),
                );
                texts.all(|text| text.parse().is_ok_and(|n: f64| n >= min && n <= max))
            }
            "strict_sum" => {
                let sum: f64 = texts.filter_map(|text| text.parse::<f64>().ok()).sum();
                let wanted = self
                    .case
                    .get("sum")
                    .and_then(Value::as_f64)
                    .unwrap_or(100.0);
                paths.is_empty() || (sum - wanted).abs() < 1e-6
            }
            "startswith" => self.begins(at, asked, &paths)?,
            "if_then" => !self.truth("if", at, value)? || self.truth("then", at, value)?,
            "date_now" => self
                .day("date", at, asked.today)?
                .is_none_or(|day| day <= asked.today),
            "date_order" => {
                let less = self.day("less", at, asked.today)?;
                let more = self.day("more", at, asked.today)?;
                less.zip(more).is_none_or(|(less, more)| less <= more)
            }
            "time_limit" => {
                let start = self.day("start", at, asked.today)?;
                let end = self.day("end", at, asked.today)?;
                start.zip(end).is_none_or(|(a, b)| a.days_until(b) <= 366)
            }
            "one_or_all" => self.one_or_all(at)?,
            other => return Err(format!("the rule {other} is not known")),
        })
    }

    fn begins(&self, at: &Node, asked: &Asked<'_>, paths: &[Found<'_>]) -> Read<bool> {
        let separator = word(&self.case, "separator");
        let own = self.all("prefix", at, None)?;
        let agencies = words(&self.case, "prefix").any(|name| name == "ORG-ID-PREFIX");
        let mut prefixes: Vec<&str> = own.iter().map(Found::text).collect();
        if agencies {
            prefixes.extend(asked.codes.agencies.iter().map(String::as_str));
        }
        Ok(paths.iter().all(|one| {
            prefixes.iter().any(|p| {
                one.text()
                    .strip_prefix(p)
                    .is_some_and(|rest| rest.starts_with(separator))
            })
        }))
    }

    /// `one` stands on the activity, or every element that could need it has its own.
    fn one_or_all(&self, at: &Node) -> Read<bool> {
        if !self.find(word(&self.case, "one"), at, None)?.is_empty() {
            return Ok(true);
        }
        let every = |element: &str, test: &dyn Fn(&Node) -> bool| {
            let mut found = Vec::new();
            at.all(element, &mut found);
            found.into_iter().all(test)
        };
        Ok(match word(&self.case, "all") {
            "lang" => every("narrative", &|node| node.attr("xml:lang").is_some()),
            "currency" => every("value", &|node| node.attr("currency").is_some()),
            "sector" => every("transaction", &|node| {
                node.children.iter().any(|c| c.name == "sector")
            }),
            other => return Err(format!("{other} is not known")),
        })
    }
}

/// The code lists, and which values must stand in which.
struct Codes {
    paths: Vec<(Where, Expression, String)>,
    lists: BTreeMap<String, List>,
    agencies: Vec<String>,
}

struct List {
    complete: bool,
    codes: BTreeSet<String>,
    withdrawn: BTreeSet<String>,
}

impl Codes {
    fn read(text: &str) -> Read<Self> {
        let all: Value = serde_json::from_str(text).map_err(|e| e.to_string())?;
        let owned = |value: &Value, name: &str| words(value, name).map(str::to_owned).collect();
        let lists = all
            .get("lists")
            .and_then(Value::as_object)
            .ok_or("no lists")?;
        let lists = lists
            .iter()
            .map(|(name, list)| {
                let complete = list.get("complete").and_then(Value::as_bool) == Some(true);
                let (codes, withdrawn) = (owned(list, "codes"), owned(list, "withdrawn"));
                let list = List {
                    complete,
                    codes,
                    withdrawn,
                };
                (name.clone(), list)
            })
            .collect();
        let mut paths = Vec::new();
        for one in list(&all, "paths") {
            let part = |at: usize| one.get(at).and_then(Value::as_str).unwrap_or_default();
            let (path, condition) = (part(0), part(1));
            let list = part(2).to_owned();
            if let Some(attribute) = path.strip_prefix("//@") {
                let read = Expression::read(&format!("@{attribute}"))?;
                paths.push((Where::Anywhere(String::new()), read, list));
            } else if let Some(below) = path.strip_prefix("//iati-activity/") {
                let (head, tail) = below.rsplit_once('/').ok_or("a path without steps")?;
                let head = if condition.is_empty() {
                    head.to_owned()
                } else {
                    format!("{head}[{condition}]")
                };
                paths.push((
                    Where::Below(Expression::read(&head)?),
                    Expression::read(tail)?,
                    list,
                ));
            }
        }
        let agencies = words(&all, "agencies").map(str::to_owned).collect();
        Ok(Self {
            paths,
            lists,
            agencies,
        })
    }

    fn check(&self, activity: &Node, name: &str, report: &mut Report) -> Read<()> {
        for (place, value, list_name) in &self.paths {
            let Some(list) = self.lists.get(list_name) else {
                continue;
            };
            let mut elements = Vec::new();
            match place {
                Where::Below(path) => elements.extend(nodes(&path.find(activity)?)),
                Where::Activity | Where::Anywhere(_) => everything(activity, &mut elements),
            }
            for element in elements {
                for code in value.find(element)? {
                    report.looked(1);
                    let code = code.text();
                    if list.withdrawn.contains(code) {
                        report.warn(&format!("{code} is withdrawn from {list_name}"), name);
                    } else if !list.codes.contains(code) && list.complete {
                        report.error(&format!("{code} is not in {list_name}"), name);
                    } else if !list.codes.contains(code) {
                        report.warn(
                            &format!("{code} is not in {list_name}, which is open"),
                            name,
                        );
                    }
                }
            }
        }
        Ok(())
    }
}

fn everything<'a>(node: &'a Node, found: &mut Vec<&'a Node>) {
    found.push(node);
    for child in &node.children {
        everything(child, found);
    }
}
