//! What this room decides, without database or clock.

use crate::term::{Attributes, Draft, Step, Term, list};
use base::{Actor, Error, Refusal, Refusals, Result, Role, Second};
use std::collections::BTreeSet;

/// What an attribute must be.
#[derive(Clone, Copy, Debug)]
enum Must {
    Whole(i64, i64),
    Decimal(f64, f64),
    YesNo,
    OneOf(&'static [&'static str]),
    /// A code of another vocabulary.
    CodeOf(&'static str),
    /// Codes of another vocabulary.
    CodesOf(&'static str),
    Text,
}

/// Vocabulary, attribute, what it must be, whether it must be there.
const SHAPES: &[(&str, &str, Must, bool)] = &[
    (
        "service_classes",
        "kind",
        Must::OneOf(&["stock", "rate", "digital"]),
        true,
    ),
    ("service_classes", "unit", Must::CodeOf("units"), true),
    ("service_classes", "language_bearing", Must::YesNo, true),
    ("service_classes", "value", Must::Decimal(0.0, 100.0), true),
    (
        "service_classes",
        "pairs_with",
        Must::CodesOf("service_classes"),
        false,
    ),
    (
        "service_classes",
        "modality",
        Must::CodeOf("modalities"),
        true,
    ),
    ("service_classes", "min_tier", Must::Whole(0, 3), true),
    ("service_classes", "needs_electricity", Must::YesNo, true),
    ("service_classes", "package", Must::YesNo, true),
    ("service_classes", "pillar", Must::CodeOf("pillars"), false),
    ("units", "dimension", Must::Text, true),
    ("groups", "weight", Must::Decimal(0.0, 100.0), true),
    (
        "groups",
        "basis",
        Must::OneOf(&["learner", "place", "country"]),
        true,
    ),
    ("connectivity_tiers", "tier", Must::Whole(0, 3), true),
    ("isced_levels", "level", Must::Whole(0, 8), true),
    ("conditions", "bit", Must::Whole(0, 31), true),
    ("conditions", "needs_proof", Must::YesNo, true),
    ("urgency", "factor", Must::Decimal(0.01, 100.0), true),
    ("evidence_levels", "rank", Must::Whole(0, 9), true),
    ("licences", "share", Must::YesNo, true),
    ("licences", "adapt", Must::YesNo, true),
    ("licences", "commercial", Must::YesNo, true),
    ("licences", "share_alike", Must::YesNo, true),
    ("missions", "target", Must::Whole(1, i64::MAX), true),
    ("missions", "unit", Must::Text, true),
    ("missions", "population", Must::Text, true),
    ("missions", "flagship", Must::CodeOf("flagships"), false),
    (
        "toolkit",
        "service_classes",
        Must::CodesOf("service_classes"),
        false,
    ),
    ("programmes", "flagship", Must::CodeOf("flagships"), false),
];

/// Attributes that no two terms of a vocabulary share.
const UNIQUE: &[(&str, &str)] = &[
    ("conditions", "bit"),
    ("connectivity_tiers", "tier"),
    ("isced_levels", "level"),
];

/// Whether a term has what its vocabulary needs; `others` are the terms of this and other
/// vocabularies it may point at or collide with.
///
/// # Errors
/// Refused with every reason.
pub fn sound(term: &Term, others: &[Term]) -> Result<()> {
    let mut refusals = Refusals::default();
    refusals.unless(is_code(&term.code), "code", "catalogue-code-shape");
    refusals.unless(!term.names.is_empty(), "names", "form-missing");
    for (_, name, must, needed) in SHAPES
        .iter()
        .filter(|(vocabulary, ..)| *vocabulary == term.vocabulary)
    {
        let text = term.attribute(name);
        let about = |key: &str| Refusal::about("attributes", key).with("attribute", *name);
        match (text.is_empty(), needed) {
            (true, true) => refusals.push(about("catalogue-attribute-missing")),
            (true, false) => {}
            (false, _) => {
                if let Some((key, say)) = breach(*must, text, others) {
                    refusals.push(about(key).with("value", text).with("allowed", say));
                }
            }
        }
    }
    for (_, name) in UNIQUE
        .iter()
        .filter(|(vocabulary, _)| *vocabulary == term.vocabulary)
    {
        let taken = others.iter().find(|other| {
            other.vocabulary == term.vocabulary
                && other.code != term.code
                && other.attribute(name) == term.attribute(name)
        });
        if let Some(other) = taken {
            let about =
                Refusal::about("attributes", "catalogue-attribute-taken").with("attribute", *name);
            refusals.push(
                about
                    .with("value", term.attribute(name))
                    .with("other", other.code.as_str()),
            );
        }
    }
    refusals.or(())
}

fn breach(must: Must, text: &str, others: &[Term]) -> Option<(&'static str, String)> {
    let known = |vocabulary: &str, code: &str| {
        others.iter().any(|term| {
            term.vocabulary == vocabulary && term.code == code && term.retired.is_none()
        })
    };
    match must {
        Must::Whole(least, most) => {
            let good = text
                .parse::<i64>()
                .is_ok_and(|number| (least..=most).contains(&number));
            (!good).then(|| ("catalogue-attribute-range", format!("{least}–{most}")))
        }
        Must::Decimal(least, most) => {
            let good = text
                .parse::<f64>()
                .is_ok_and(|number| number >= least && number <= most);
            (!good).then(|| ("catalogue-attribute-range", format!("{least}–{most}")))
        }
        Must::YesNo => {
            (!matches!(text, "0" | "1")).then(|| ("catalogue-attribute-one-of", "0, 1".to_owned()))
        }
        Must::OneOf(codes) => {
            (!codes.contains(&text)).then(|| ("catalogue-attribute-one-of", codes.join(", ")))
        }
        Must::CodeOf(vocabulary) => {
            (!known(vocabulary, text)).then(|| ("catalogue-attribute-code", vocabulary.to_owned()))
        }
        Must::CodesOf(vocabulary) => {
            let bad = list(text).into_iter().any(|code| !known(vocabulary, &code));
            bad.then(|| ("catalogue-attribute-code", vocabulary.to_owned()))
        }
        Must::Text => None,
    }
}

/// Codes are short and can stand in an address.
pub fn is_code(code: &str) -> bool {
    let first = code
        .bytes()
        .next()
        .is_some_and(|b| b.is_ascii_alphanumeric());
    let rest = code
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'));
    first
        && rest
        && code.len() <= 60
        && !matches!(
            code,
            "new" | "drafts" | "terms" | "terms.csv" | "terms.xlsx"
        )
}

/// Reads attributes as people write them: one `name = value` a line.
///
/// # Errors
/// Refused with the first line that is no pair, or names an attribute twice.
pub fn attributes(text: &str) -> Result<Attributes> {
    let mut out = Attributes::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let about = |key: &str| Refusal::about("attributes", key).with("line", line);
        let (name, value) = line
            .split_once('=')
            .ok_or_else(|| about("catalogue-attribute-line"))?;
        let name = name.trim();
        let good = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        if !good {
            return Err(about("catalogue-attribute-line").into());
        }
        if out
            .insert(name.to_owned(), value.trim().to_owned())
            .is_some()
        {
            return Err(about("catalogue-attribute-twice").into());
        }
    }
    Ok(out)
}

/// Attributes as people write them.
pub fn written(attributes: &Attributes) -> String {
    attributes
        .iter()
        .map(|(name, value)| format!("{name} = {value}\n"))
        .collect()
}

/// Whether the step makes sense for the term as it stands.
///
/// # Errors
/// Refused when the term is there already, is not there, or is retired or not.
pub fn may_draft(step: Step, term: Option<&Term>) -> Result<()> {
    let key = match (step, term.map(|term| term.retired.is_some())) {
        (Step::Add, None)
        | (Step::Edit | Step::Retire, Some(false))
        | (Step::Restore, Some(true)) => return Ok(()),
        (Step::Add, Some(_)) => "catalogue-code-taken",
        (Step::Edit | Step::Retire, Some(true)) => "catalogue-retired-already",
        (Step::Restore, Some(false)) => "catalogue-not-retired",
        (Step::Edit | Step::Retire | Step::Restore, None) => return Err(Error::Missing),
    };
    Err(Refusal::about("code", key).into())
}

/// Whether the actor may decide on the draft: an approver who did not draft it.
///
/// # Errors
/// Forbidden, or refused when the draft is decided already or is the actor's own.
pub fn may_decide(draft: &Draft, actor: &Actor) -> Result<Second> {
    actor.require(Role::SecretariatApprover)?;
    if draft.state != "open" {
        return Err(Refusal::whole("catalogue-decided").into());
    }
    Second::after(&[draft.drafted_by], actor)
}

/// The term after the draft.
pub fn applied(draft: &Draft, saved: Option<&Term>, place: i64) -> Term {
    let mut term = saved.cloned().unwrap_or_else(|| Term {
        vocabulary: draft.vocabulary.clone(),
        code: draft.code.clone(),
        place,
        version: 1,
        ..Term::default()
    });
    match draft.step {
        Step::Add | Step::Edit => {
            term.names = draft.names.clone();
            term.descriptions = draft.descriptions.clone();
            term.attributes = draft.attributes.clone();
            term.source = draft.source.clone();
        }
        Step::Retire => term.retired = Some(draft.reason.clone()),
        Step::Restore => term.retired = None,
    }
    term
}

/// Vocabularies a term points at: what must be read to judge it.
pub fn points_at(vocabulary: &str) -> BTreeSet<&'static str> {
    let mut out = BTreeSet::new();
    for (_, _, must, _) in SHAPES.iter().filter(|(of, ..)| *of == vocabulary) {
        if let Must::CodeOf(other) | Must::CodesOf(other) = must {
            out.insert(*other);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::{Appointment, Id, Lang, Moment, Names};

    fn term(vocabulary: &str, code: &str, attributes: &[(&str, &str)]) -> Term {
        Term {
            vocabulary: vocabulary.to_owned(),
            code: code.to_owned(),
            names: Names::three("Name", "Nom", "اسم"),
            attributes: attributes
                .iter()
                .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
                .collect(),
            version: 1,
            ..Term::default()
        }
    }

    fn keys(done: Result<()>) -> Vec<String> {
        done.err().map_or_else(Vec::new, |error| {
            error.keys().into_iter().map(str::to_owned).collect()
        })
    }

    #[test]
    fn a_term_has_what_its_vocabulary_needs() {
        let tiers = [term("connectivity_tiers", "tier_0", &[("tier", "0")])];
        for (attributes, expected) in [
            (&[("tier", "1")][..], vec![]),
            (&[], vec!["catalogue-attribute-missing"]),
            (&[("tier", "4")], vec!["catalogue-attribute-range"]),
            (&[("tier", "much")], vec!["catalogue-attribute-range"]),
            (&[("tier", "0")], vec!["catalogue-attribute-taken"]),
        ] {
            assert_eq!(
                keys(sound(
                    &term("connectivity_tiers", "tier_1", attributes),
                    &tiers
                )),
                expected
            );
        }
        assert_eq!(
            keys(sound(&term("phases", "response", &[]), &[])),
            Vec::<String>::new()
        );
        let mut nameless = term("phases", "re sponse", &[]);
        nameless.names = Names::default();
        assert_eq!(
            keys(sound(&nameless, &[])),
            ["catalogue-code-shape", "form-missing"]
        );
    }

    #[test]
    fn a_term_points_only_at_terms_in_use() {
        let mut others = vec![term("flagships", "teachers", &[])];
        let mission = term(
            "missions",
            "campus",
            &[
                ("target", "5"),
                ("unit", "people"),
                ("population", "teachers"),
                ("flagship", "teachers"),
            ],
        );
        assert_eq!(keys(sound(&mission, &others)), Vec::<String>::new());
        others[0].retired = Some("gone".to_owned());
        assert_eq!(keys(sound(&mission, &others)), ["catalogue-attribute-code"]);
        assert!(points_at("missions").contains("flagships"));
    }

    #[test]
    fn attributes_are_written_line_by_line() {
        let read = attributes("tier = 1\n\n url=https://example.org/?a=b \n").unwrap();
        assert_eq!(
            read.get("url").map(String::as_str),
            Some("https://example.org/?a=b")
        );
        assert_eq!(attributes(&written(&read)).unwrap(), read);
        assert_eq!(
            attributes("tier 1").unwrap_err().keys(),
            ["catalogue-attribute-line"]
        );
        assert_eq!(
            attributes("a b = 1").unwrap_err().keys(),
            ["catalogue-attribute-line"]
        );
        assert_eq!(
            attributes("a = 1\na = 2").unwrap_err().keys(),
            ["catalogue-attribute-twice"]
        );
    }

    #[test]
    fn a_step_fits_the_term_as_it_stands() {
        let used = term("phases", "response", &[]);
        let retired = Term {
            retired: Some("gone".to_owned()),
            ..used.clone()
        };
        for (step, term, good) in [
            (Step::Add, None, true),
            (Step::Add, Some(&used), false),
            (Step::Edit, Some(&used), true),
            (Step::Edit, Some(&retired), false),
            (Step::Edit, None, false),
            (Step::Retire, Some(&used), true),
            (Step::Retire, Some(&retired), false),
            (Step::Restore, Some(&retired), true),
            (Step::Restore, Some(&used), false),
        ] {
            assert_eq!(may_draft(step, term).is_ok(), good, "{step:?}");
            assert_eq!(Step::parse(step.code()), Some(step));
        }
    }

    fn actor(name: &str, roles: &[Role]) -> Actor {
        let held = |role: &Role| Appointment {
            role: *role,
            organisation: None,
            country: None,
            places: Vec::new(),
        };
        Actor {
            account: Id::named("account", name),
            name: name.to_owned(),
            lang: Lang::En,
            appointments: roles.iter().map(held).collect(),
        }
    }

    fn draft(step: Step, by: &Actor) -> Draft {
        Draft {
            id: Id::named("draft", "1"),
            step,
            vocabulary: "phases".to_owned(),
            code: "response".to_owned(),
            names: Names::one("en", "Reply"),
            descriptions: Names::default(),
            attributes: Attributes::new(),
            source: "the board".to_owned(),
            reason: "Clearer".to_owned(),
            base_version: 1,
            drafted_by: by.account,
            drafted_at: Moment::from_micros(0),
            state: "open".to_owned(),
            decided_by: None,
            decided_at: None,
            decision: None,
            version: 1,
        }
    }

    #[test]
    fn nobody_publishes_their_own_draft() {
        let both = actor(
            "amal",
            &[Role::SecretariatOfficer, Role::SecretariatApprover],
        );
        let approver = actor("bilal", &[Role::SecretariatApprover]);
        let officer = actor("chen", &[Role::SecretariatOfficer]);
        let open = draft(Step::Edit, &both);
        assert_eq!(may_decide(&open, &both).unwrap_err().keys(), ["four-eyes"]);
        assert!(may_decide(&open, &officer).is_err());
        assert_eq!(
            may_decide(&open, &approver).unwrap().account(),
            approver.account
        );
        let decided = Draft {
            state: "published".to_owned(),
            ..open
        };
        assert_eq!(
            may_decide(&decided, &approver).unwrap_err().keys(),
            ["catalogue-decided"]
        );
    }

    #[test]
    fn a_draft_changes_what_it_says_and_nothing_else() {
        let by = actor("amal", &[Role::SecretariatOfficer]);
        let saved = Term {
            place: 7,
            ..term("phases", "response", &[("rank", "1")])
        };
        let edited = applied(&draft(Step::Edit, &by), Some(&saved), 0);
        assert_eq!((edited.names.get(Lang::En), edited.place), ("Reply", 7));
        let retired = applied(&draft(Step::Retire, &by), Some(&saved), 0);
        assert_eq!(
            retired,
            Term {
                retired: Some("Clearer".to_owned()),
                ..saved.clone()
            }
        );
        assert_eq!(
            applied(&draft(Step::Restore, &by), Some(&retired), 0),
            saved
        );
        assert_eq!(applied(&draft(Step::Add, &by), None, 9).place, 9);
    }
}
