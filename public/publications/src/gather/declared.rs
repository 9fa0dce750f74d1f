//! The tables of open data, column by column.

use crate::table::{Field, Kind, Table};

const NEED: &[&str] = &needs::Standing::CODES;
const LEVELS: &[&str] = &[
    "reported",
    "target",
    "pledged",
    "committed",
    "delivered",
    "confirmed",
    "verified",
];
const COMPARATORS: &[&str] = &evidence::Comparator::CODES;
const CLAIM: &[&str] = &evidence::Standing::CODES;
const DEPLOYMENT: &[&str] = &deployments::Standing::CODES;
const AGREEMENT: &[&str] = &agreements::Standing::CODES;

const fn field(name: &'static str, kind: Kind, tag: &'static str, says: &'static str) -> Field {
    Field {
        name,
        kind,
        tag,
        says,
        required: false,
    }
}

const fn must(name: &'static str, kind: Kind, tag: &'static str, says: &'static str) -> Field {
    Field {
        required: true,
        ..field(name, kind, tag, says)
    }
}

const ID: &str = "Identifies the row; never used for anything else";
const COUNTRY: &str = "ISO 3166-1 alpha-3";
const PCODE: &str = "First-level area by gazetteer code; empty when only the country is known";

/// Validated needs by first-level area.
pub(crate) const HXL_NEEDS: Table = Table {
    name: "needs",
    title: "Validated needs by area",
    key: "row",
    links: &[],
    tagged: true,
    stamps: &["reported_on"],
    fields: &[
        must("row", Kind::Text, "#meta+id", ID),
        must(
            "reported_on",
            Kind::Day,
            "#date+reported",
            "The day these figures stand for",
        ),
        must(
            "need",
            Kind::Text,
            "#meta+need+code",
            "Code of the validated need",
        ),
        must("country", Kind::Text, "#country+code+v_iso3", COUNTRY),
        field("adm1_code", Kind::Text, "#adm1+code+v_pcode", PCODE),
        field("adm1_name", Kind::Text, "#adm1+name", "Its name"),
        must(
            "sector",
            Kind::Text,
            "#sector+code+v_dac",
            "DAC/CRS purpose code",
        ),
        must(
            "service",
            Kind::Text,
            "#service+type",
            "Code of the service class",
        ),
        must(
            "indicator",
            Kind::Text,
            "#indicator+name",
            "What is needed, in words",
        ),
        must("units_needed", Kind::Whole, "#need+num", "Units asked for"),
        must("unit", Kind::Text, "#need+unit", "What a unit is"),
        field(
            "in_need_at_least",
            Kind::Whole,
            "#inneed+lower",
            "Learners concerned: at least; empty is unknown",
        ),
        field(
            "in_need_at_most",
            Kind::Whole,
            "#inneed+upper",
            "Learners concerned: at most; empty where a place's number is unknown",
        ),
        field(
            "valid_until",
            Kind::Day,
            "#date+valid_to",
            "The authority must confirm the need again by then",
        ),
        must(
            "status",
            Kind::Code(NEED),
            "#status",
            "Follows from the ledger and the date",
        ),
    ],
};

/// Who does what where.
pub(crate) const HXL_3W: Table = Table {
    name: "3w",
    title: "Who does what where",
    key: "row",
    links: &[],
    tagged: true,
    stamps: &["reported_on"],
    fields: &[
        must("row", Kind::Text, "#meta+id", ID),
        must(
            "reported_on",
            Kind::Day,
            "#date+reported",
            "The day these figures stand for",
        ),
        must(
            "activity",
            Kind::Text,
            "#activity+id",
            "Code of the deployment, as in the IATI identifier",
        ),
        must("activity_name", Kind::Text, "#activity+name", "Its title"),
        must(
            "agreement",
            Kind::Text,
            "#meta+agreement+id",
            "Code of the agreement it stands under",
        ),
        must(
            "provider",
            Kind::Text,
            "#org+provider",
            "The member that gives",
        ),
        must("implementers", Kind::Text, "#org+impl", "Who does the work"),
        must(
            "authority",
            Kind::Text,
            "#org+receiver",
            "The national authority that asked",
        ),
        must("country", Kind::Text, "#country+code+v_iso3", COUNTRY),
        field("adm1_code", Kind::Text, "#adm1+code+v_pcode", PCODE),
        field("adm1_name", Kind::Text, "#adm1+name", "Its name"),
        field(
            "place_code",
            Kind::Text,
            "#loc+code",
            "The place itself, by gazetteer code",
        ),
        must(
            "sector",
            Kind::Text,
            "#sector+code+v_dac",
            "DAC/CRS purpose code",
        ),
        must(
            "service",
            Kind::Text,
            "#service+type",
            "Code of the service class",
        ),
        field(
            "start",
            Kind::Day,
            "#date+start",
            "Actual start, planned before there is one",
        ),
        field(
            "end",
            Kind::Day,
            "#date+end",
            "Actual end, planned before there is one",
        ),
        field(
            "targeted",
            Kind::Whole,
            "#targeted",
            "People the whole deployment plans to reach; repeated for each of its places, so never add it up",
        ),
        field(
            "reached_at_least",
            Kind::Whole,
            "#reached+lower",
            "People the whole deployment reached: the largest single figure",
        ),
        field(
            "reached_at_most",
            Kind::Whole,
            "#reached+upper",
            "The sum of its distinct figures; empty when one of them has no upper bound",
        ),
        must(
            "status",
            Kind::Code(DEPLOYMENT),
            "#status",
            "How the deployment stands",
        ),
    ],
};

/// Figures with their level.
pub(crate) const HXL_RESULTS: Table = Table {
    name: "results",
    title: "Reported results with how surely they are known",
    key: "row",
    links: &[],
    tagged: true,
    stamps: &[],
    fields: &[
        must(
            "row",
            Kind::Text,
            "#meta+id",
            "Identifies the claim; its page is /claims/ and this",
        ),
        field(
            "activity",
            Kind::Text,
            "#activity+id",
            "Code of the deployment",
        ),
        must("organisation", Kind::Text, "#org+name", "Who says so"),
        must("country", Kind::Text, "#country+code+v_iso3", COUNTRY),
        field(
            "place_code",
            Kind::Text,
            "#loc+code",
            "Place by gazetteer code",
        ),
        must(
            "indicator_code",
            Kind::Text,
            "#indicator+code",
            "Code of the indicator",
        ),
        must("indicator", Kind::Text, "#indicator+name", "Its name"),
        must(
            "unit",
            Kind::Text,
            "#indicator+unit",
            "People, enrolments, contacts … never added to each other",
        ),
        must(
            "group",
            Kind::Text,
            "#beneficiary+type",
            "all, or the code of a group; groups overlap",
        ),
        must(
            "comparator",
            Kind::Code(COMPARATORS),
            "#meta+claim+comparator",
            "Equal, at least, at most, about",
        ),
        field(
            "value_at_least",
            Kind::Whole,
            "#indicator+value+num+lower",
            "The figure: at least",
        ),
        field(
            "value_at_most",
            Kind::Whole,
            "#indicator+value+num+upper",
            "The figure: at most",
        ),
        must(
            "level",
            Kind::Code(LEVELS),
            "#meta+claim+level",
            "How surely it is known; levels are never added to each other",
        ),
        must("from", Kind::Day, "#date+start", "First day of its period"),
        must("to", Kind::Day, "#date+end", "Last day of its period"),
        must("as_of", Kind::Day, "#date+reported", "The day it was true"),
        must("method", Kind::Text, "#meta+method", "How it was counted"),
        field(
            "source",
            Kind::Text,
            "#meta+source",
            "Where it can be checked",
        ),
        must(
            "standing",
            Kind::Code(CLAIM),
            "#status",
            "Whether it stands, is contested, was corrected or retracted",
        ),
        must(
            "record",
            Kind::Text,
            "#meta+record+hash",
            "The same for records that say the same: count them once",
        ),
    ],
};

pub(crate) const SERVICES: Table = Table {
    name: "services",
    title: "Service classes",
    key: "code",
    links: &[],
    tagged: false,
    stamps: &[],
    fields: &[
        must("code", Kind::Text, "", "Code of the service class"),
        must("name_en", Kind::Text, "", "Name in English"),
        field("name_fr", Kind::Text, "", "Name in French"),
        field("name_ar", Kind::Text, "", "Name in Arabic"),
        must("unit", Kind::Text, "", "What a unit is, in the plural"),
    ],
};

pub(crate) const INDICATORS: Table = Table {
    name: "indicators",
    title: "Indicators",
    key: "code",
    links: &[],
    tagged: false,
    stamps: &[],
    fields: &[
        must("code", Kind::Text, "", "Code of the indicator"),
        must("name_en", Kind::Text, "", "Name in English"),
        field("name_fr", Kind::Text, "", "Name in French"),
        field("name_ar", Kind::Text, "", "Name in Arabic"),
        must("unit", Kind::Text, "", "What is counted"),
        must("population", Kind::Text, "", "Of whom or what"),
        field("definition", Kind::Text, "", "What it means, in English"),
        field(
            "means_of_verification",
            Kind::Text,
            "",
            "How it can be checked, in English",
        ),
    ],
};

pub(crate) const NEEDS: Table = Table {
    name: "needs",
    title: "Validated needs",
    key: "code",
    links: &[("service", "services")],
    tagged: false,
    stamps: &[],
    fields: &[
        must("code", Kind::Text, "", "Code of the need"),
        must("country", Kind::Text, "", COUNTRY),
        must(
            "authority",
            Kind::Text,
            "",
            "The national authority that asked",
        ),
        must("service", Kind::Text, "", "Code of the service class"),
        must("lines", Kind::Whole, "", "Schools or places it names"),
        must("units", Kind::Whole, "", "Units asked for"),
        must(
            "uncovered",
            Kind::Whole,
            "",
            "Units nobody has offered to cover",
        ),
        must("proposed", Kind::Whole, "", "Units in open proposals"),
        must("committed", Kind::Whole, "", "Units under an agreement"),
        must("in_transit", Kind::Whole, "", "Units on their way"),
        must(
            "delivered",
            Kind::Whole,
            "",
            "Units that arrived, as the member says",
        ),
        must("confirmed", Kind::Whole, "", "Units the receiver confirmed"),
        must("returned", Kind::Whole, "", "Units that went back"),
        must("lost", Kind::Whole, "", "Units that were lost"),
        field(
            "valid_until",
            Kind::Day,
            "",
            "The authority must confirm it again by then",
        ),
        must(
            "status",
            Kind::Code(NEED),
            "",
            "Follows from the ledger and the date",
        ),
        must("url", Kind::Text, "", "Its page"),
    ],
};

pub(crate) const AGREEMENTS: Table = Table {
    name: "agreements",
    title: "Agreements every party has signed",
    key: "code",
    links: &[],
    tagged: false,
    stamps: &[],
    fields: &[
        must("code", Kind::Text, "", "Code of the agreement"),
        must("country", Kind::Text, "", COUNTRY),
        must("authority", Kind::Text, "", "The national authority"),
        must("member", Kind::Text, "", "The member that gives"),
        must("kind", Kind::Text, "", "Kind of instrument"),
        must("selection", Kind::Text, "", "How the member was chosen"),
        must(
            "version",
            Kind::Whole,
            "",
            "Version every party signed last",
        ),
        must("signed_on", Kind::Day, "", "The day the last party signed"),
        must("starts_on", Kind::Day, "", "First day"),
        must("ends_on", Kind::Day, "", "Last day"),
        must(
            "free_until",
            Kind::Day,
            "",
            "The service is free until then",
        ),
        field(
            "sovereignty_lacking",
            Kind::Text,
            "",
            "Clauses of sovereignty it lacks, separated by spaces",
        ),
        must("status", Kind::Code(AGREEMENT), "", "How it stands"),
        must("sample", Kind::Yes, "", "Made for a demonstration"),
        must("url", Kind::Text, "", "Its page"),
    ],
};

pub(crate) const DEPLOYMENTS: Table = Table {
    name: "deployments",
    title: "Deployments",
    key: "code",
    links: &[("agreement", "agreements"), ("service", "services")],
    tagged: false,
    stamps: &[],
    fields: &[
        must("code", Kind::Text, "", "Code of the deployment"),
        must(
            "agreement",
            Kind::Text,
            "",
            "Code of the agreement it stands under",
        ),
        must("country", Kind::Text, "", COUNTRY),
        must("member", Kind::Text, "", "The member that gives"),
        must("service", Kind::Text, "", "Code of the service class"),
        must(
            "places",
            Kind::Text,
            "",
            "Places by gazetteer code, separated by spaces",
        ),
        field(
            "group",
            Kind::Text,
            "",
            "The group it is for; empty is everybody",
        ),
        must(
            "levels",
            Kind::Text,
            "",
            "ISCED 2011 levels, separated by spaces",
        ),
        field("flagship", Kind::Text, "", "Flagship it belongs to"),
        field(
            "missions",
            Kind::Text,
            "",
            "Missions it contributes to, separated by spaces",
        ),
        must(
            "in_person",
            Kind::Text,
            "",
            "Supplements or replaces teaching in person",
        ),
        must("planned_from", Kind::Day, "", "Planned start"),
        must("planned_to", Kind::Day, "", "Planned end"),
        field("actual_from", Kind::Day, "", "Actual start"),
        field("actual_to", Kind::Day, "", "Actual end"),
        field("reach_planned", Kind::Whole, "", "People it plans to reach"),
        must("units", Kind::Whole, "", "Units it gives"),
        must("lines", Kind::Whole, "", "Need lines it serves"),
        must("status", Kind::Code(DEPLOYMENT), "", "How it stands"),
        must("url", Kind::Text, "", "Its page"),
    ],
};

pub(crate) const DELIVERIES: Table = Table {
    name: "deliveries",
    title: "Units checked in by those who received them, by area",
    key: "",
    links: &[("deployment", "deployments"), ("service", "services")],
    tagged: false,
    stamps: &[],
    fields: &[
        must("deployment", Kind::Text, "", "Code of the deployment"),
        must("country", Kind::Text, "", COUNTRY),
        field("adm1_code", Kind::Text, "", PCODE),
        must("service", Kind::Text, "", "Code of the service class"),
        must("unit", Kind::Text, "", "What a unit is"),
        must("lines", Kind::Whole, "", "Lines checked in"),
        must("good", Kind::Whole, "", "Units the receivers confirm now"),
        must("damaged", Kind::Whole, "", "Units that were damaged"),
        must("short", Kind::Whole, "", "Units that were missing"),
        must(
            "surplus",
            Kind::Whole,
            "",
            "Units more than sent; in no need's balance",
        ),
        must("last_on", Kind::Day, "", "The day of the last check-in"),
    ],
};

pub(crate) const RESULTS: Table = Table {
    name: "results",
    title: "Figures with their level, one claim a row",
    key: "id",
    links: &[("deployment", "deployments"), ("indicator", "indicators")],
    tagged: false,
    stamps: &[],
    fields: &[
        must("id", Kind::Text, "", ID),
        field("deployment", Kind::Text, "", "Code of the deployment"),
        must("indicator", Kind::Text, "", "Code of the indicator"),
        must(
            "unit",
            Kind::Text,
            "",
            "What is counted; units are never added to each other",
        ),
        must("level", Kind::Code(LEVELS), "", "How surely it is known"),
        must(
            "comparator",
            Kind::Code(COMPARATORS),
            "",
            "Equal, at least, at most, about",
        ),
        field("low", Kind::Whole, "", "At least"),
        field("high", Kind::Whole, "", "At most"),
        must("country", Kind::Text, "", COUNTRY),
        must("place", Kind::Text, "", "Place by gazetteer code"),
        must(
            "group",
            Kind::Text,
            "",
            "all, or the code of a group; groups overlap",
        ),
        must("from", Kind::Day, "", "First day of its period"),
        must("to", Kind::Day, "", "Last day of its period"),
        must("as_of", Kind::Day, "", "The day it was true"),
        must("method", Kind::Text, "", "How it was counted"),
        field("source", Kind::Text, "", "Where it can be checked"),
        must("organisation", Kind::Text, "", "Who says so"),
        must("standing", Kind::Code(CLAIM), "", "Whether it stands"),
        field(
            "supersedes",
            Kind::Text,
            "",
            "The claim it takes the place of",
        ),
        must(
            "record",
            Kind::Text,
            "",
            "The same for records that say the same",
        ),
    ],
};

pub(crate) const FIGURES: Table = Table {
    name: "figures",
    title: "Totals of the snapshot, as intervals",
    key: "",
    links: &[],
    tagged: false,
    stamps: &["snapshot", "url"],
    fields: &[
        must(
            "snapshot",
            Kind::Text,
            "",
            "The snapshot all rows come from",
        ),
        must("scope", Kind::Text, "", "coalition or country"),
        field("country", Kind::Text, "", COUNTRY),
        must("figure", Kind::Text, "", "What is counted"),
        field(
            "level",
            Kind::Text,
            "",
            "How surely it is known, or where the units are",
        ),
        must(
            "unit",
            Kind::Text,
            "",
            "The unit; units are never added to each other",
        ),
        field("low", Kind::Whole, "", "At least"),
        field(
            "high",
            Kind::Whole,
            "",
            "At most; empty when nothing bounds it",
        ),
        field("sum", Kind::Whole, "", "Sum of the reports, as they came"),
        must("records", Kind::Whole, "", "Records it was counted from"),
        field("as_of", Kind::Day, "", "The day of its newest record"),
        must("rule", Kind::Text, "", "The rule it was counted by"),
        field(
            "marks",
            Kind::Text,
            "",
            "What to know before quoting it, separated by spaces",
        ),
        must("url", Kind::Text, "", "Its page with its rows"),
    ],
};

pub(crate) const CORRECTIONS: Table = Table {
    name: "corrections",
    title: "Corrections: figure, old, new, reason",
    key: "id",
    links: &[("indicator", "indicators")],
    tagged: false,
    stamps: &[],
    fields: &[
        must("id", Kind::Text, "", ID),
        must("at", Kind::Moment, "", "When"),
        must("claim", Kind::Text, "", "The claim that was corrected"),
        field(
            "by",
            Kind::Text,
            "",
            "The claim that stands now; empty when it was retracted",
        ),
        must("indicator", Kind::Text, "", "Code of the indicator"),
        must("country", Kind::Text, "", COUNTRY),
        must("place", Kind::Text, "", "Place by gazetteer code"),
        field("old_low", Kind::Whole, "", "Before: at least"),
        field("old_high", Kind::Whole, "", "Before: at most"),
        field("new_low", Kind::Whole, "", "Now: at least"),
        field("new_high", Kind::Whole, "", "Now: at most"),
        must("reason", Kind::Text, "", "Why"),
    ],
};

pub(crate) const STATEMENTS: Table = Table {
    name: "statements",
    title: "What was said in public, contradictions included",
    key: "id",
    links: &[],
    tagged: false,
    stamps: &[],
    fields: &[
        must("id", Kind::Text, "", ID),
        must("topic", Kind::Text, "", "What it is about"),
        must("metric", Kind::Text, "", "What is counted"),
        field("value", Kind::Text, "", "The figure as it was said"),
        field("unit", Kind::Text, "", "Of what"),
        field("comparator", Kind::Text, "", "Exactly, over, up to …"),
        field("as_of", Kind::Text, "", "As precisely as it is known"),
        field(
            "country",
            Kind::Text,
            "",
            "ISO 3166-1 alpha-3; empty is the whole coalition",
        ),
        must("source", Kind::Text, "", "Where it was said"),
        field("url", Kind::Text, "", "Its address"),
    ],
};

/// The tables with HXL tags.
pub(crate) const HXL: [&Table; 3] = [&HXL_NEEDS, &HXL_3W, &HXL_RESULTS];
/// The plain tables; what a table refers to stands before it.
pub(crate) const PLAIN: [&Table; 10] = [
    &SERVICES,
    &INDICATORS,
    &NEEDS,
    &AGREEMENTS,
    &DEPLOYMENTS,
    &DELIVERIES,
    &RESULTS,
    &FIGURES,
    &CORRECTIONS,
    &STATEMENTS,
];
