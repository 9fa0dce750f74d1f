//! The decisions of this room. Pure: no clock, no database, no web.

use crate::agreement::{
    Agreement, KINDS, Scheduled, Side, Signature, Stage, Standing, Terms, Version,
};
use crate::template::{BLANKS, Clause, Template};
use base::{Actor, Arg, Day, Error, Id, Lang, Names, Refusal, Refusals, Result, Role, Second};
use std::collections::BTreeSet;

/// Characters of a reason, rationale or justification.
pub const WORDS_MAX: usize = 4_000;
/// The code of the selection that a matching round made.
pub const MATCH_ROUND: &str = "match_round";
/// Years an agreement may last.
pub const YEARS_MAX: i64 = 10;

/// How an agreement stands on a day. It begins with the last signature, never before.
pub fn standing(a: &Agreement, today: Day) -> Standing {
    match (a.stage, a.signed_on) {
        (Stage::Suspended, _) => Standing::Suspended,
        (Stage::Terminated, _) => Standing::Terminated,
        (Stage::Withdrawn, _) => Standing::Withdrawn,
        (Stage::Draft, _) => Standing::Draft,
        (Stage::UnderReview, _) => Standing::UnderReview,
        (Stage::ForSignature, None) => Standing::ForSignature,
        (Stage::ForSignature, Some(_)) if a.terms.ends_on < today => Standing::Ended,
        (Stage::ForSignature, Some(signed)) if signed.max(a.terms.starts_on) > today => {
            Standing::Signed
        }
        (Stage::ForSignature, Some(_)) => Standing::InForce,
    }
}

fn word(standing: Standing) -> Arg {
    Arg::Word(format!("agreement-state-{}", standing.code()))
}

/// Refused unless the agreement is in force.
pub fn in_force(a: &Agreement) -> Result<()> {
    if a.standing == Standing::InForce {
        return Ok(());
    }
    let refusal = Refusal::whole("agreements-not-in-force").with("code", a.code.as_str());
    Err(refusal.with("state", word(a.standing)).into())
}

// ---- who may

/// Everybody once it is signed; before that the parties, the secretariat and the auditor.
pub fn may_see(a: &Agreement, actor: Option<&Actor>) -> bool {
    a.is_public() || actor.is_some_and(|actor| works_on(a, actor))
}

/// The parties, the secretariat and the auditor: they see reasons, papers and steps too.
pub fn works_on(a: &Agreement, actor: &Actor) -> bool {
    let ours = actor.organisations();
    actor.reads_all()
        || ours.contains(&a.member)
        || ours.contains(&a.authority)
        || actor.authority_countries().contains(&a.country)
}

/// The side an actor decides for: the authorised officer of a party, or the secretariat's approver.
pub fn side(a: &Agreement, actor: &Actor) -> Option<Side> {
    if actor.is_for(Role::AuthoritySignatory, a.authority) {
        Some(Side::Authority)
    } else if actor.is_for(Role::MemberOfficer, a.member) {
        Some(Side::Member)
    } else if actor.is(Role::SecretariatApprover) {
        Some(Side::Secretariat)
    } else {
        None
    }
}

/// The secretariat's officer drafts, and the member's focal point for its own organisation.
pub fn may_draft(member: Id, actor: &Actor) -> Result<()> {
    if actor.is(Role::SecretariatOfficer) || actor.is_for(Role::MemberFocalPoint, member) {
        return Ok(());
    }
    Err(Error::Forbidden(Role::SecretariatOfficer.code()))
}

/// Nobody judges an agreement of an organisation they have a tie to.
pub fn no_tie(tied: bool) -> Result<()> {
    if tied {
        return Err(Refusal::whole("agreements-conflict-of-interest").into());
    }
    Ok(())
}

/// A reason in words.
pub fn reason(field: &str, text: &str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::about(field, "form-missing").into());
    }
    if text.chars().count() > WORDS_MAX {
        let refusal = Refusal::about(field, "form-too-long").with("max", WORDS_MAX);
        return Err(refusal.with("count", text.chars().count()).into());
    }
    Ok(text.to_owned())
}

// ---- what is wrong with a draft

/// A proposal as a draft takes it up.
#[derive(Clone, Debug, PartialEq)]
pub struct Matched {
    pub proposal: Id,
    /// The offer's title, to name it by.
    pub title: Names,
    pub offer: Id,
    pub need: Id,
    pub member: Id,
    pub country: String,
    pub service_class: String,
    /// Both sides accepted it and it stands.
    pub agreed: bool,
    pub quantity: i64,
    pub given: i64,
    pub places: Vec<String>,
    pub window: (Day, Day),
    pub free_until: Day,
    /// The code of the agreement that holds it already.
    pub held_by: Option<String>,
}

/// What a draft is held against.
#[derive(Clone, Debug, PartialEq)]
pub struct Known<'k> {
    pub matched: &'k [Matched],
    pub member_in_standing: bool,
    /// The country's authority and the last day of its accreditation.
    pub authority: Option<(Id, Day)>,
    /// The template, where there is one.
    pub template: Option<&'k Template>,
    /// The names of the parties.
    pub names: [&'k Names; 2],
    pub principles: &'k [String],
    pub clauses: &'k [String],
    pub selections: &'k [String],
    /// Other agreements of the same parties in these days.
    pub others: &'k [(Id, String, Scheduled)],
    pub today: Day,
}

/// Everything that keeps these terms from becoming an agreement.
pub fn problems(terms: &Terms, known: &Known) -> Refusals {
    let mut no = Refusals::default();
    parties(known, &mut no);
    days(terms, known, &mut no);
    words(terms, known, &mut no);
    for matched in known.matched {
        no.0.extend(of_match(terms, matched));
    }
    no
}

fn parties(known: &Known, no: &mut Refusals) {
    let members: BTreeSet<Id> = known.matched.iter().map(|m| m.member).collect();
    let countries: BTreeSet<&str> = known.matched.iter().map(|m| m.country.as_str()).collect();
    no.unless(
        !known.matched.is_empty(),
        "proposals",
        "agreements-nothing-agreed",
    );
    no.unless(members.len() < 2, "proposals", "agreements-several-members");
    no.unless(
        countries.len() < 2,
        "proposals",
        "agreements-several-countries",
    );
    no.unless(
        known.member_in_standing,
        "",
        "agreements-member-not-in-standing",
    );
    no.unless(known.authority.is_some(), "", "agreements-authority-lapsed");
}

fn days(terms: &Terms, known: &Known, no: &mut Refusals) {
    no.unless(
        terms.starts_on <= terms.ends_on,
        "ends_on",
        "agreements-ends-before-it-starts",
    );
    no.unless(
        terms.ends_on > known.today,
        "ends_on",
        "agreements-over-already",
    );
    let long = terms.starts_on.days_until(terms.ends_on) > YEARS_MAX * 366;
    no.unless(!long, "ends_on", "agreements-too-long");
    no.unless(
        terms.free_until >= terms.starts_on,
        "free_until",
        "agreements-free-ends-before-it-starts",
    );
}

fn words(terms: &Terms, known: &Known, no: &mut Refusals) {
    no.unless(KINDS.contains(&terms.kind.as_str()), "kind", "form-choose");
    let selection = known.selections.contains(&terms.selection);
    no.unless(selection, "selection", "form-choose");
    no.unless(
        !terms.justification.trim().is_empty(),
        "justification",
        "agreements-justification-missing",
    );
    for lang in langs(terms) {
        let said = |names: &Names| names.0.contains_key(lang.code());
        if !said(&terms.title) {
            no.push(untranslated("title", "agreements-part-title", lang));
        }
        if !terms.special.is_empty() && !said(&terms.special) {
            no.push(untranslated("special", "agreements-part-special", lang));
        }
        if let Some(template) = known.template {
            for (at, clause) in (1_usize..).zip(&template.clauses) {
                if !said(&clause.heading) || !said(&clause.text) {
                    let refusal = Refusal::about("template", "agreements-clause-untranslated");
                    no.push(refusal.with("clause", at).with("lang", lang_word(lang)));
                }
            }
        }
    }
    let published = known.template.is_some_and(|t| t.published_at.is_some());
    no.unless(published, "template", "agreements-template-not-published");
    for principle in known
        .principles
        .iter()
        .filter(|p| !terms.data_clauses.contains(p))
    {
        let clause = Arg::Text(principle.clone());
        no.push(Refusal::about("data_clauses", "agreements-clause-missing").with("clause", clause));
    }
    for clause in known
        .clauses
        .iter()
        .filter(|c| !terms.sovereignty.contains_key(*c))
    {
        let clause = Arg::Text(clause.clone());
        no.push(
            Refusal::about("sovereignty", "agreements-clause-unanswered").with("clause", clause),
        );
    }
}

/// The languages of the document, once each.
pub fn langs(terms: &Terms) -> Vec<Lang> {
    let (one, two) = terms.langs;
    if one == two {
        vec![one]
    } else {
        vec![one, two]
    }
}

fn lang_word(lang: Lang) -> Arg {
    Arg::Word(format!("lang-{lang}"))
}

fn untranslated(field: &str, part: &str, lang: Lang) -> Refusal {
    let refusal = Refusal::about(field, "agreements-untranslated");
    refusal
        .with("part", Arg::Word(part.to_owned()))
        .with("lang", lang_word(lang))
}

/// What is wrong with one proposal under these terms.
fn of_match(terms: &Terms, m: &Matched) -> Vec<Refusal> {
    let about = |key: &str| {
        let title = m.title.get(terms.langs.0);
        Refusal::about("proposals", key).with("offer", title)
    };
    let mut no = Vec::new();
    if !m.agreed || m.quantity < 1 {
        no.push(about("agreements-not-agreed"));
    }
    if let Some(code) = &m.held_by {
        no.push(about("agreements-proposal-taken").with("code", code.as_str()));
    }
    if span(terms, m).is_none() {
        let (from, to) = (m.window.0.to_string(), m.window.1.to_string());
        no.push(
            about("agreements-outside-window")
                .with("from", from)
                .with("to", to),
        );
    }
    if terms.free_until > m.free_until {
        no.push(about("agreements-free-beyond-offer").with("day", m.free_until.to_string()));
    }
    no
}

/// The days in which a proposal is served: those of the agreement within the offer's window.
pub fn span(terms: &Terms, m: &Matched) -> Option<(Day, Day)> {
    let (from, to) = (
        terms.starts_on.max(m.window.0),
        terms.ends_on.min(m.window.1),
    );
    (from <= to).then_some((from, to))
}

/// What does not keep a draft from being made but should be seen: controls the country lacks, names
/// that are missing in a language, an accreditation that ends first, other agreements like it.
pub fn remarks(terms: &Terms, known: &Known) -> Vec<Refusal> {
    let mut seen = Vec::new();
    for (clause, _) in terms.sovereignty.iter().filter(|(_, kept)| !**kept) {
        seen.push(
            Refusal::about("sovereignty", "agreements-control-lacking")
                .with("clause", clause.as_str()),
        );
    }
    for lang in langs(terms) {
        for names in known
            .names
            .iter()
            .filter(|n| !n.0.contains_key(lang.code()))
        {
            let refusal = Refusal::whole("agreements-name-untranslated");
            seen.push(
                refusal
                    .with("name", names.get(lang))
                    .with("lang", lang_word(lang)),
            );
        }
    }
    if let Some((_, to)) = known.authority.filter(|(_, to)| *to < terms.ends_on) {
        seen.push(Refusal::whole("agreements-accreditation-ends").with("day", to.to_string()));
    }
    if terms.free_until < terms.ends_on {
        seen.push(Refusal::about("free_until", "agreements-free-ends-first"));
    }
    seen.extend(duplicates(terms, known));
    seen
}

/// Agreements of the same parties that bring the same service to the same places in crossing days.
pub fn duplicates(terms: &Terms, known: &Known) -> Vec<Refusal> {
    let mut found: BTreeSet<&str> = BTreeSet::new();
    for matched in known.matched {
        let Some((from, to)) = span(terms, matched) else {
            continue;
        };
        let same = known.others.iter().filter(|(_, _, other)| {
            let class = other.service_class == matched.service_class;
            let crossing = other.from <= to && other.to >= from;
            class && crossing && meet(&other.places, &matched.places)
        });
        found.extend(same.map(|(_, code, _)| code.as_str()));
    }
    let told = |code: &str| Refusal::whole("agreements-looks-like").with("code", code);
    found.into_iter().map(told).collect()
}

/// Whether two lists of places share one; no places means the whole country.
fn meet(one: &[String], other: &[String]) -> bool {
    one.is_empty() || other.is_empty() || one.iter().any(|place| other.contains(place))
}

// ---- the way to signature

fn at(a: &Agreement, wanted: Stage) -> Result<i64> {
    match a.open() {
        Some((number, stage)) if stage == wanted => Ok(number),
        Some((_, stage)) => Err(not_now(stage.code())),
        None => Err(not_now(a.standing.code())),
    }
}

fn not_now(code: &str) -> Error {
    let state = Arg::Word(format!("agreement-state-{code}"));
    Refusal::whole("agreements-not-now")
        .with("state", state)
        .into()
}

/// The number of the draft that may be edited or sent on.
pub fn drafted(a: &Agreement) -> Result<i64> {
    at(a, Stage::Draft)
}
/// The number of the version under review.
pub fn reviewed(a: &Agreement) -> Result<i64> {
    at(a, Stage::UnderReview)
}
/// The number of the version that waits for signatures.
pub fn to_sign(a: &Agreement) -> Result<i64> {
    at(a, Stage::ForSignature)
}

/// The approver who lets a version out: neither who wrote it nor who sent it.
pub fn release(version: &Version, actor: &Actor) -> Result<Second> {
    actor.require(Role::SecretariatApprover)?;
    let mut first = vec![version.made_by];
    first.extend(version.sent_by);
    Second::after(&first, actor)
}

/// The party an actor signs for; the secretariat signs for nobody, nobody for both.
pub fn signs(a: &Agreement, party: Id, given: &[Signature], actor: &Actor) -> Result<Side> {
    if actor.is_secretariat() {
        return Err(Refusal::whole("agreements-secretariat-signs-for-nobody").into());
    }
    let side = side(a, actor).filter(|side| {
        let own = match side {
            Side::Authority => a.authority,
            Side::Member => a.member,
            Side::Secretariat => return false,
        };
        own == party
    });
    let Some(side) = side else {
        let role = if party == a.authority {
            Role::AuthoritySignatory
        } else {
            Role::MemberOfficer
        };
        return Err(Error::Forbidden(role.code()));
    };
    if given.iter().any(|s| s.organisation == party) {
        return Err(Refusal::whole("agreements-signed-already").into());
    }
    if given.iter().any(|s| s.signed_by == actor.account) {
        return Err(Refusal::whole("agreements-two-people-sign").into());
    }
    Ok(side)
}

/// The day of a paper's signature lies between the release and today.
pub fn signed_day(on: Day, released: Day, today: Day) -> Result<()> {
    if on > today {
        return Err(Refusal::about("signed_on", "agreements-signed-in-the-future").into());
    }
    if on < released {
        let refusal = Refusal::about("signed_on", "agreements-signed-before-release");
        return Err(refusal.with("day", released.to_string()).into());
    }
    Ok(())
}

/// Only what is in force or will be can be amended, one amendment at a time.
pub fn amend(a: &Agreement) -> Result<()> {
    if a.amendment.is_some() {
        return Err(Refusal::whole("agreements-amendment-under-way").into());
    }
    match a.standing {
        Standing::Signed | Standing::InForce => Ok(()),
        other => Err(not_now(other.code())),
    }
}

/// Whether an agreement may be given up before everybody signed, and by whom: who drafts, the
/// approver, or a party.
pub fn withdraw(a: &Agreement, actor: &Actor) -> Result<()> {
    let parties = side(a, actor).is_some();
    if !parties {
        may_draft(a.member, actor)?;
    }
    match a.open() {
        Some(_) => Ok(()),
        None => Err(not_now(a.standing.code())),
    }
}

/// A party or the secretariat's approver suspends what is signed and not over.
pub fn suspend(a: &Agreement, actor: &Actor) -> Result<Side> {
    let side = side(a, actor).ok_or(Error::Forbidden(Role::SecretariatApprover.code()))?;
    match a.standing {
        Standing::Signed | Standing::InForce => Ok(side),
        other => Err(not_now(other.code())),
    }
}

/// Only the side that suspended takes it back.
pub fn resume(a: &Agreement, actor: &Actor) -> Result<()> {
    let side = side(a, actor).ok_or(Error::Forbidden(Role::SecretariatApprover.code()))?;
    if a.standing != Standing::Suspended {
        return Err(not_now(a.standing.code()));
    }
    if a.ended_side != Some(side) {
        return Err(Refusal::whole("agreements-other-side-suspended").into());
    }
    Ok(())
}

/// A party ends it, with a paper; the secretariat cannot.
pub fn terminate(a: &Agreement, actor: &Actor) -> Result<Side> {
    let side = side(a, actor).filter(|side| *side != Side::Secretariat);
    let side = side.ok_or(Error::Forbidden(Role::MemberOfficer.code()))?;
    match a.standing {
        Standing::Signed | Standing::InForce | Standing::Suspended => Ok(side),
        other => Err(not_now(other.code())),
    }
}

// ---- templates

/// What is wrong with the clauses of a template: each in every language, no unknown blank.
pub fn template(name: &Names, clauses: &[Clause]) -> Refusals {
    let mut no = Refusals::default();
    no.unless(!clauses.is_empty(), "clauses_en", "agreements-no-clauses");
    for lang in Lang::ALL {
        if !name.0.contains_key(lang.code()) {
            no.push(untranslated("name", "agreements-part-title", lang));
        }
        for (at, clause) in (1_usize..).zip(clauses) {
            let texts = [&clause.heading, &clause.text].map(|t| t.0.get(lang.code()));
            let field = format!("clauses_{lang}");
            if texts
                .iter()
                .any(|text| text.is_none_or(|t| t.trim().is_empty()))
            {
                let refusal = Refusal::about(&field, "agreements-clause-untranslated");
                no.push(refusal.with("clause", at).with("lang", lang_word(lang)));
            }
            for blank in texts.into_iter().flatten().flat_map(|text| blanks(text)) {
                if !BLANKS.contains(&blank) {
                    let refusal = Refusal::about(&field, "agreements-blank-unknown");
                    no.push(refusal.with("blank", blank).with("clause", at));
                }
            }
        }
    }
    no
}

/// The words in braces.
fn blanks(text: &str) -> impl Iterator<Item = &str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(blank, _)| blank)
}

/// Another person than wrote it publishes a template, once.
pub fn publish(template: &Template, actor: &Actor) -> Result<Second> {
    actor.require(Role::SecretariatApprover)?;
    if template.published_at.is_some() {
        return Err(Refusal::whole("agreements-template-published").into());
    }
    Second::after(template.written_by.as_slice(), actor)
}

#[cfg(test)]
#[path = "rules_test.rs"]
mod tests;
