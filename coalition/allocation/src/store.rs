//! Every SQL statement of this room.

pub(crate) mod calls;
pub(crate) mod policies;
pub(crate) mod proposals;
pub(crate) mod results;
pub(crate) mod rounds;

/// The ledgered tables of this room, upstream first.
pub(crate) static TABLES: [&db::Table; 6] = [
    &policies::POLICY,
    &rounds::ROUND,
    &proposals::PROPOSAL,
    &proposals::PROPOSAL_LINE,
    &proposals::PROPOSAL_DROP,
    &calls::CALL,
];

/// Codes as they are kept: each between bars, so that one can be looked for.
pub(crate) fn barred(codes: &[String]) -> String {
    format!("|{}|", codes.join("|"))
}
pub(crate) fn unbarred(text: &str) -> Vec<String> {
    text.split('|')
        .filter(|code| !code.is_empty())
        .map(str::to_owned)
        .collect()
}
