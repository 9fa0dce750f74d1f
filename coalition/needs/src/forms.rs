//! What each act asks.

use crate::choose;
use web::{Choices, Field, Form};

/// How soon, in the order matching counts it.
pub(crate) const URGENCIES: &[&str] = &["planned", "soon", "urgent"];
pub(crate) const CONTEXTS: &[&str] = &["emergency", "plan"];
pub(crate) const CAUSES: &[&str] = &[
    "conflict",
    "displacement",
    "drought",
    "earthquake",
    "economic",
    "epidemic",
    "fire",
    "flood",
    "storm",
    "other",
];
pub(crate) const AUDIENCES: &[&str] = &["learners", "teachers", "parents", "schools"];
pub(crate) const METHODS: &[&str] = &["register_count", "census", "survey", "estimate"];
pub(crate) const SEVERITIES: &[&str] = &["1", "2", "3", "4", "5"];
pub(crate) const TIERS: &[&str] = &["0", "1", "2", "3"];
pub(crate) const LEVELS: &[&str] = &["0", "1", "2", "3", "4", "5", "6", "7", "8"];

/// Bytes a letter may have.
const LETTER_BYTES: u64 = 15_000_000;
/// Bytes a register may have.
const REGISTER_BYTES: u64 = 100_000_000;

/// The code of an urgency.
pub(crate) fn urgency_code(urgency: i64) -> &'static str {
    usize::try_from(urgency)
        .ok()
        .and_then(|at| URGENCIES.get(at))
        .copied()
        .unwrap_or("planned")
}

fn urgency() -> Field {
    Field::choice("urgency", Choices::Fixed("needs-urgency", URGENCIES))
}

pub(crate) fn request() -> Form {
    vec![
        Field::choice("country", Choices::Listed(choose::own_countries)),
        Field::text("subject").max(200),
        Field::choice("context", Choices::Fixed("needs-context", CONTEXTS)),
        Field::text("context_name").max(200),
        Field::choice("cause", Choices::Fixed("needs-cause", CAUSES)).optional(),
        Field::text("glide").max(20).optional(),
        Field::words("own_words").max(20_000),
        Field::choice("own_lang", Choices::Listed(choose::languages)),
        urgency(),
        Field::day("required_by"),
        Field::file("letter", LETTER_BYTES).optional(),
    ]
}

pub(crate) fn request_edit() -> Form {
    let mut form = request();
    form.retain(|field| field.name != "country");
    form.push(Field::version());
    form
}

pub(crate) fn nothing() -> Form {
    Vec::new()
}

pub(crate) fn submission() -> Form {
    vec![Field::words("pairing_reason").max(2000).optional()]
}

pub(crate) fn reason() -> Form {
    vec![Field::words("reason").max(4000)]
}

/// Why a need ended: shown with the need.
pub(crate) fn end_reason() -> Form {
    vec![Field::words("reason").max(4000).public()]
}

pub(crate) fn answer() -> Form {
    vec![
        Field::words("answer").max(4000),
        Field::words("pairing_reason").max(2000).optional(),
    ]
}

pub(crate) fn validation() -> Form {
    vec![Field::whole("valid_days", 15, 180).optional()]
}

pub(crate) fn need_edit() -> Form {
    vec![
        Field::names("title").max(200).public(),
        Field::words("clean_text").max(20_000).public(),
        Field::choice("clean_lang", Choices::Fixed("lang", &["en", "fr", "ar"])),
        Field::choice("objective", Choices::Listed(choose::objectives)),
        Field::choice("flagship", Choices::Listed(choose::flagships)).optional(),
        Field::many("pillars", Choices::Listed(choose::pillars)).optional(),
        Field::choice("phase", Choices::Listed(choose::phases)),
        Field::version(),
    ]
}

pub(crate) fn reconfirmation() -> Form {
    vec![
        Field::day("valid_until"),
        Field::words("facts").max(4000).optional().public(),
    ]
}

fn line_facts() -> Form {
    vec![
        Field::whole("quantity", 1, 100_000_000),
        Field::text("place_code").max(40),
        Field::text("school_code").max(60).optional(),
        Field::many("levels", Choices::Fixed("needs-level", LEVELS)).optional(),
        Field::choice("audience", Choices::Fixed("needs-audience", AUDIENCES)),
        Field::whole("learners", 0, 100_000_000).optional(),
        Field::choice("learners_method", Choices::Fixed("needs-method", METHODS)).optional(),
        Field::text("learners_source").max(200).optional().public(),
        Field::day("learners_as_of").optional(),
        Field::whole("girls", 0, 1000).optional(),
        Field::whole("rural", 0, 1000).optional(),
        Field::whole("disability", 0, 1000).optional(),
        Field::whole("displaced", 0, 1000).optional(),
        Field::whole("poor", 0, 1000).optional(),
        Field::choice("severity", Choices::Fixed("needs-severity", SEVERITIES)),
        Field::text("severity_method").max(200).public(),
        urgency(),
        Field::choice("tier", Choices::Fixed("needs-tier", TIERS)).optional(),
        Field::choice("lang1", Choices::Listed(choose::languages)),
        Field::choice("lang2", Choices::Listed(choose::languages)).optional(),
        Field::many("conditions", Choices::Listed(choose::conditions)).optional(),
        Field::day("window_from"),
        Field::day("window_to"),
        Field::whole("partners", 1, 9),
        Field::whole("remote", 100, 1000).optional(),
        Field::day("required_by"),
    ]
}

pub(crate) fn line_new() -> Form {
    let mut form = vec![Field::choice(
        "service_class",
        Choices::Listed(choose::service_classes),
    )];
    form.extend(line_facts());
    form
}

pub(crate) fn line_edit() -> Form {
    let mut form = line_facts();
    form.push(Field::version());
    form
}

pub(crate) fn register() -> Form {
    vec![
        Field::file("register", REGISTER_BYTES),
        Field::choice("rule_set", Choices::Listed(choose::rule_sets)),
        urgency(),
        Field::many("conditions", Choices::Listed(choose::vouched_conditions)).optional(),
        Field::day("required_by"),
        Field::day("window_from"),
        Field::day("window_to"),
    ]
}

pub(crate) fn confirmation() -> Form {
    vec![Field::yes("first_only").optional()]
}
