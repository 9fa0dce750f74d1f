//! Atom feeds of what changed: everywhere, in a country, by a member. An entry's id follows from the
//! fact it tells of and never changes.

use crate::xml::Xml;
use base::{Error, Id, Moment, Result};
use db::Tx;
use ledger::{FactRow, Filter};
use std::collections::BTreeMap;
use ui::with_query;
use web::{Answer, Ask, Download, Shape, View, Who};

/// Entries of a feed.
const ENTRIES: usize = 50;
/// Facts of a verb that are looked through for one country or member.
const LOOKED_AT: i64 = 500;

/// The facts strangers may follow: verb, and the kind of thing it happened to.
const VERBS: &[&str] = &[
    "agreement.signed",
    "agreement.amended",
    "agreement.suspended",
    "agreement.resumed",
    "agreement.terminated",
    "deployment.planned",
    "deployment.activated",
    "deployment.paused",
    "deployment.resumed",
    "deployment.completion_claimed",
    "deployment.confirmed",
    "deployment.closed",
    "deployment.cancelled",
    "claim.contested",
    "claim.upheld",
    "claim.corrected",
    "claim.retracted",
    "publications.published",
];

/// The feeds.
pub(crate) fn views() -> Vec<View> {
    let seen = |path, run| View {
        path,
        who: Who::Anyone,
        shape: Shape::File,
        run,
    };
    vec![
        seen("/feeds/changes.atom", |tx, ask| feed(tx, ask, &Whose::All)),
        seen("/feeds/countries/{file}", |tx, ask| {
            let code = stem(ask)?;
            places::country(tx, code)?;
            feed(tx, ask, &Whose::Country(code.to_owned()))
        }),
        seen("/feeds/members/{file}", |tx, ask| {
            let id = Id::parse(stem(ask)?).ok_or(Error::Missing)?;
            people::organisation(tx, id)?;
            feed(tx, ask, &Whose::Member(id))
        }),
    ]
}

fn stem(ask: &Ask) -> Result<&str> {
    ask.param("file")
        .strip_suffix(".atom")
        .ok_or(Error::Missing)
}

enum Whose {
    All,
    Country(String),
    Member(Id),
}

/// What a fact is about, as far as strangers may know of it.
struct Subject {
    /// Its code, or what else it is called.
    name: String,
    path: String,
    country: Option<String>,
    member: Option<Id>,
}

fn feed(tx: &mut Tx, ask: &Ask, whose: &Whose) -> Result<Answer> {
    let mut facts: Vec<FactRow> = Vec::new();
    let limit = match whose {
        Whose::All => i64::try_from(ENTRIES).unwrap_or(LOOKED_AT),
        Whose::Country(_) | Whose::Member(_) => LOOKED_AT,
    };
    for verb in VERBS {
        let filter = Filter {
            verb: Some((*verb).to_owned()),
            ..Filter::default()
        };
        facts.extend(ledger::facts(tx, &filter, None, limit)?);
    }
    facts.sort_by_key(|fact| std::cmp::Reverse(fact.seq));
    let mut known: BTreeMap<(String, Id), Option<Subject>> = BTreeMap::new();
    let mut entries = Vec::with_capacity(ENTRIES);
    for fact in facts {
        let key = (fact.subject_kind.clone(), fact.subject);
        if !known.contains_key(&key) {
            let found = subject(tx, ask, &fact)?;
            known.insert(key.clone(), found);
        }
        let Some(Some(about)) = known.get(&key) else {
            continue;
        };
        let ours = match whose {
            Whose::All => true,
            Whose::Country(code) => about.country.as_ref() == Some(code),
            Whose::Member(id) => about.member == Some(*id),
        };
        if ours {
            entries.push((fact, key));
        }
        if entries.len() == ENTRIES {
            break;
        }
    }
    let bytes = written(tx, ask, whose, &entries, &known)?;
    Ok(Answer::File(Download {
        name: "changes.atom".to_owned(),
        mime: "application/atom+xml; charset=utf-8".to_owned(),
        bytes,
    }))
}

fn written(
    tx: &mut Tx,
    ask: &Ask,
    whose: &Whose,
    entries: &[(FactRow, (String, Id))],
    known: &BTreeMap<(String, Id), Option<Subject>>,
) -> Result<Vec<u8>> {
    let (words, site) = (&ask.words, ask.site.settings.url.as_str());
    let of = match whose {
        Whose::All => ask.site.settings.name.clone(),
        Whose::Country(code) => places::country_name(tx, code, words.lang())?,
        Whose::Member(id) => people::organisation_name(tx, words, Some(*id))?,
    };
    let here = format!(
        "{site}{}",
        with_query(&ask.path, "lang", Some(words.lang().code()))
    );
    let mut xml = Xml::new(Vec::new())?;
    let attrs = [
        ("xmlns", "http://www.w3.org/2005/Atom"),
        ("xml:lang", words.lang().code()),
    ];
    xml.open("feed", &attrs)?;
    xml.text(
        "id",
        &[],
        &format!("urn:uuid:{}", Id::named("feed", &ask.path)),
    )?;
    let title = words.say_with("feeds-title", &[("of", of.as_str().into())]);
    xml.text("title", &[], &title)?;
    let updated = entries
        .first()
        .map_or(Moment::from_micros(0), |(fact, _)| fact.at);
    xml.text("updated", &[], &updated.to_string())?;
    xml.empty(
        "link",
        &[
            ("rel", "self"),
            ("type", "application/atom+xml"),
            ("href", here.as_str()),
        ],
    )?;
    xml.empty(
        "link",
        &[
            ("rel", "alternate"),
            ("type", "text/html"),
            ("href", format!("{site}/data").as_str()),
        ],
    )?;
    xml.open("author", &[])?;
    xml.text("name", &[], &ask.site.settings.name)?;
    xml.close("author")?;
    xml.text("rights", &[], crate::ocds::LICENCE)?;
    for (fact, key) in entries {
        let Some(Some(about)) = known.get(key) else {
            continue;
        };
        xml.open("entry", &[])?;
        xml.text(
            "id",
            &[],
            &format!("urn:uuid:{}", Id::named("fact", &fact.hash)),
        )?;
        let said = format!("feeds-{}", fact.verb.replace(['.', '_'], "-"));
        let title = words.say_with(&said, &[("name", about.name.as_str().into())]);
        xml.text("title", &[], &title)?;
        xml.text("updated", &[], &fact.at.to_string())?;
        let href = format!("{site}{}", about.path);
        xml.empty(
            "link",
            &[
                ("rel", "alternate"),
                ("type", "text/html"),
                ("href", href.as_str()),
            ],
        )?;
        xml.empty("category", &[("term", fact.verb.as_str())])?;
        xml.text("summary", &[], &title)?;
        xml.close("entry")?;
    }
    xml.close("feed")?;
    Ok(xml.into_inner())
}

/// What a fact is about; none when strangers may not know of it.
fn subject(tx: &mut Tx, ask: &Ask, fact: &FactRow) -> Result<Option<Subject>> {
    match read_subject(tx, ask, fact) {
        Err(Error::Missing) => Ok(None),
        other => other,
    }
}

fn read_subject(tx: &mut Tx, ask: &Ask, fact: &FactRow) -> Result<Option<Subject>> {
    match fact.subject_kind.as_str() {
        "agreement" => {
            let a = agreements::agreement(tx, fact.subject, ask.today)?;
            Ok(a.is_public().then(|| Subject {
                name: a.code.clone(),
                path: a.path(),
                country: Some(a.country.clone()),
                member: Some(a.member),
            }))
        }
        "deployment" => {
            let d = deployments::deployment(tx, fact.subject, ask.today)?;
            let agreement = agreements::agreement(tx, d.agreement, ask.today)?;
            Ok(agreement.is_public().then(|| Subject {
                name: d.code.clone(),
                path: d.path(),
                country: Some(d.country.clone()),
                member: Some(d.member),
            }))
        }
        "claim" => {
            let c = evidence::claim(tx, fact.subject)?;
            let name = catalogue::label(tx, "indicators", &c.indicator, ask.words.lang())?;
            Ok(c.submitted_at.map(|_| Subject {
                name,
                path: c.path(),
                country: Some(c.country.clone()),
                member: Some(c.organisation),
            }))
        }
        "publication" => {
            let r = crate::store::find(tx, fact.subject)?;
            Ok((r.state == crate::State::Published).then(|| Subject {
                name: r.code.clone(),
                path: r.path(),
                country: None,
                member: None,
            }))
        }
        _ => Ok(None),
    }
}
