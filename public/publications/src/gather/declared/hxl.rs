//! The tables with HXL tags.

use super::{CLAIM, COMPARATORS, COUNTRY, DEPLOYMENT, ID, LEVELS, NEED, PCODE, field, must};
use crate::table::{Kind, Table};

/// Validated needs by first-level area.
pub(super) const NEEDS: Table = Table {
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
pub(super) const WHO_WHAT_WHERE: Table = Table {
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
pub(super) const RESULTS: Table = Table {
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
