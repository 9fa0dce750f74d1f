//! The tables of open data, column by column.

mod hxl;
mod plain;

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

/// The tables with HXL tags.
pub(crate) const HXL: [&Table; 3] = [&hxl::NEEDS, &hxl::WHO_WHAT_WHERE, &hxl::RESULTS];
/// The plain tables; what a table refers to stands before it.
pub(crate) const PLAIN: [&Table; 10] = [
    &plain::SERVICES,
    &plain::INDICATORS,
    &plain::NEEDS,
    &plain::AGREEMENTS,
    &plain::DEPLOYMENTS,
    &plain::DELIVERIES,
    &plain::RESULTS,
    &plain::FIGURES,
    &plain::CORRECTIONS,
    &plain::STATEMENTS,
];
