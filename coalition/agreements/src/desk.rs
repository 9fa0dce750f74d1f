//! What drafts are held against, read once for many of them.

use crate::agreement::{Scheduled, Terms};
use crate::rules::{self, Known, Matched};
use crate::store;
use crate::template::Template;
use base::{Actor, Day, Error, Id, Lang, Moment, Names, Refusal, Refusals, Result};
use db::Tx;
use people::Organisation;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// What the rooms before this one say, kept while drafts are made.
#[derive(Default)]
pub(crate) struct Desk {
    principles: Vec<String>,
    clauses: Vec<String>,
    selections: Vec<String>,
    templates: BTreeMap<Id, Template>,
    organisations: BTreeMap<Id, Organisation>,
    authorities: BTreeMap<String, Option<(Id, Day)>>,
    standing: BTreeMap<Id, bool>,
    offers: BTreeMap<Id, offers::Offer>,
    ties: BTreeMap<(Id, Id), bool>,
    countries: BTreeMap<String, Names>,
    languages: BTreeMap<String, Lang>,
    services: BTreeMap<String, catalogue::ServiceClass>,
    units: BTreeMap<String, catalogue::Unit>,
    places: BTreeMap<(String, Lang), String>,
    rounds: BTreeMap<Id, (i64, String)>,
}

/// A draft that was held against everything.
pub(crate) struct Weighed {
    pub matched: Vec<Matched>,
    pub member: Id,
    pub country: String,
    pub authority: Option<Id>,
    pub problems: Refusals,
    pub remarks: Vec<Refusal>,
    pub duplicates: Vec<Refusal>,
}

fn codes(terms: Vec<catalogue::Term>) -> Vec<String> {
    terms.into_iter().map(|term| term.code).collect()
}

fn by_code<T>(all: Vec<T>, code: impl Fn(&T) -> &String) -> BTreeMap<String, T> {
    all.into_iter()
        .map(|one| (code(&one).clone(), one))
        .collect()
}

impl Desk {
    pub(crate) fn open(tx: &mut Tx) -> Result<Self> {
        Ok(Self {
            principles: codes(catalogue::terms(tx, "data_principles")?),
            clauses: codes(catalogue::terms(tx, "sovereignty_clauses")?),
            selections: codes(catalogue::terms(tx, "selection_reasons")?),
            services: by_code(catalogue::service_classes(tx)?, |class| &class.code),
            units: by_code(catalogue::units(tx)?, |unit| &unit.code),
            ..Self::default()
        })
    }

    pub(crate) fn organisation(&mut self, tx: &mut Tx, id: Id) -> Result<&Organisation> {
        match self.organisations.entry(id) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(place) => Ok(place.insert(people::organisation(tx, id)?)),
        }
    }

    pub(crate) fn country(&mut self, tx: &mut Tx, code: &str) -> Result<Names> {
        if let Some(names) = self.countries.get(code) {
            return Ok(names.clone());
        }
        let names = places::country(tx, code)?.names;
        self.countries.insert(code.to_owned(), names.clone());
        Ok(names)
    }

    fn template(&mut self, tx: &mut Tx, id: Id) -> Result<Option<Template>> {
        if let Some(known) = self.templates.get(&id) {
            return Ok(Some(known.clone()));
        }
        match store::templates::find(tx, id) {
            Ok(read) => {
                self.templates.insert(id, read.clone());
                Ok(Some(read))
            }
            Err(Error::Missing) => Ok(None),
            Err(other) => Err(other),
        }
    }

    /// The country's active authority and the last day of its accreditation.
    fn authority(&mut self, tx: &mut Tx, country: &str, today: Day) -> Result<Option<(Id, Day)>> {
        if let Some(known) = self.authorities.get(country) {
            return Ok(*known);
        }
        let found = authorities::active(tx, country, today)?.map(|a| (a.organisation, a.valid_to));
        self.authorities.insert(country.to_owned(), found);
        Ok(found)
    }

    fn in_standing(&mut self, tx: &mut Tx, member: Id, today: Day) -> Result<bool> {
        if let Some(known) = self.standing.get(&member) {
            return Ok(*known);
        }
        let stands = match members::require_in_standing(tx, member, today) {
            Ok(()) => true,
            Err(Error::Refused(_)) => false,
            Err(other) => return Err(other),
        };
        self.standing.insert(member, stands);
        Ok(stands)
    }

    /// Whether the actor has a tie to the organisation.
    pub(crate) fn tied(&mut self, tx: &mut Tx, actor: &Actor, to: Id, today: Day) -> Result<bool> {
        let key = (actor.account, to);
        if let Some(known) = self.ties.get(&key) {
            return Ok(*known);
        }
        let tied = people::is_affiliated(tx, actor.account, to, today)?;
        self.ties.insert(key, tied);
        Ok(tied)
    }

    /// A proposal as a draft of agreement `own` takes it up.
    fn matched(&mut self, tx: &mut Tx, id: Id, own: Option<Id>, now: Moment) -> Result<Matched> {
        let p = allocation::proposal(tx, id)?;
        let offer = match self.offers.entry(p.offer) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(offers::offer(tx, p.offer)?),
        };
        let offer = &offer.terms;
        let holder = store::agreements::holder_of(tx, id)?;
        Ok(Matched {
            proposal: id,
            title: offer.title.clone(),
            agreed: allocation::state_on(&p, now) == allocation::State::Agreed,
            held_by: holder
                .filter(|(by, _)| Some(*by) != own)
                .map(|(_, code)| code),
            window: (offer.window_from, offer.window_to),
            free_until: offer.free_until,
            offer: p.offer,
            need: p.need,
            member: p.member,
            country: p.country,
            service_class: p.service_class,
            quantity: p.quantity_now,
            given: p.given_now,
            places: p.areas,
        })
    }

    pub(crate) fn all_matched(
        &mut self,
        tx: &mut Tx,
        proposals: &[Id],
        own: Option<Id>,
        now: Moment,
    ) -> Result<Vec<Matched>> {
        let mut seen: Vec<Id> = Vec::new();
        let mut all = Vec::with_capacity(proposals.len());
        for id in proposals {
            if !seen.contains(id) {
                seen.push(*id);
                all.push(self.matched(tx, *id, own, now)?);
            }
        }
        Ok(all)
    }

    /// Holds terms for these proposals against everything known.
    ///
    /// # Errors
    /// Refused when there is no proposal at all; missing when one is not there.
    pub(crate) fn weigh(
        &mut self,
        tx: &mut Tx,
        matched: Vec<Matched>,
        terms: &Terms,
        own: Option<Id>,
        today: Day,
    ) -> Result<Weighed> {
        let Some(first) = matched.first() else {
            return Err(Refusal::about("proposals", "agreements-nothing-agreed").into());
        };
        let (member, country) = (first.member, first.country.clone());
        let authority = self.authority(tx, &country, today)?;
        let template = self.template(tx, terms.template)?;
        let member_in_standing = self.in_standing(tx, member, today)?;
        let member_names = self.organisation(tx, member)?.names.clone();
        let mut others: Vec<(Id, String, Scheduled)> = Vec::new();
        let mut authority_names = member_names.clone();
        if let Some((authority, _)) = authority {
            authority_names = self.organisation(tx, authority)?.names.clone();
            let days = (terms.starts_on, terms.ends_on);
            let classes: Vec<String> = matched.iter().map(|m| m.service_class.clone()).collect();
            others = store::agreements::alike(tx, (authority, member), own, &classes, days)?;
        }
        let known = Known {
            matched: &matched,
            member_in_standing,
            authority,
            template: template.as_ref(),
            names: [&authority_names, &member_names],
            principles: &self.principles,
            clauses: &self.clauses,
            selections: &self.selections,
            others: &others,
            today,
        };
        let problems = rules::problems(terms, &known);
        let remarks = rules::remarks(terms, &known);
        let duplicates = rules::duplicates(terms, &known);
        Ok(Weighed {
            problems,
            remarks,
            duplicates,
            matched,
            member,
            country,
            authority: authority.map(|(id, _)| id),
        })
    }

    // ---- what a draft says unless somebody says otherwise

    /// The product's language most spoken by law in a country; English where it speaks none.
    fn language(&mut self, tx: &mut Tx, country: &str) -> Result<Lang> {
        if let Some(known) = self.languages.get(country) {
            return Ok(*known);
        }
        let spoken = places::languages_of(tx, country)?;
        let official = spoken.iter().filter(|one| one.official.is_some());
        let lang = official.filter_map(|one| Lang::parse(&one.language)).next();
        let lang = lang.unwrap_or_default();
        self.languages.insert(country.to_owned(), lang);
        Ok(lang)
    }

    /// The languages of the authority and of the member.
    fn languages(&mut self, tx: &mut Tx, country: &str, member: Id) -> Result<(Lang, Lang)> {
        let home = self.organisation(tx, member)?.country.clone();
        let authority = self.language(tx, country)?;
        let member = match home {
            Some(home) => self.language(tx, &home)?,
            None => Lang::En,
        };
        Ok((authority, member))
    }

    /// What proposals are about, in every language: the services and the country.
    fn title(&mut self, tx: &mut Tx, matched: &[Matched]) -> Result<Names> {
        let country = match matched.first() {
            Some(first) => self.country(tx, &first.country)?,
            None => Names::default(),
        };
        let mut title = Names::default();
        for lang in Lang::ALL {
            let mut services: Vec<String> = Vec::new();
            for one in matched {
                let name = self.services.get(&one.service_class);
                let name = name.map_or(one.service_class.as_str(), |class| class.names.get(lang));
                if !services.iter().any(|known| known == name) {
                    services.push(name.to_owned());
                }
            }
            let words = crate::document::words(lang);
            let args = [
                ("services", words.list(&services).into()),
                ("country", country.get(lang).into()),
            ];
            title.0.insert(
                lang.code().to_owned(),
                words.say_with("agreement-doc-title", &args),
            );
        }
        Ok(title)
    }

    /// The instrument that fits: a licence for what is opened once, a donation for goods, a service
    /// for what is given over time or all mixed.
    fn kind(&self, matched: &[Matched]) -> &'static str {
        use catalogue::ServiceKind::{Digital, Stock};
        let kinds = matched
            .iter()
            .map(|m| self.services.get(&m.service_class).map(|c| c.kind));
        let kinds: Vec<_> = kinds.collect();
        if kinds.iter().all(|kind| *kind == Some(Digital)) {
            "licence"
        } else if kinds.iter().all(|kind| *kind == Some(Stock)) {
            "donation"
        } else {
            "service"
        }
    }

    /// What a service is called.
    pub(crate) fn service(&self, code: &str, lang: Lang) -> String {
        let class = self.services.get(code);
        class.map_or(code, |class| class.names.get(lang)).to_owned()
    }

    /// A number of units with what they are called.
    pub(crate) fn units(&self, class: &str, number: i64, lang: Lang) -> String {
        let unit = self
            .services
            .get(class)
            .and_then(|class| self.units.get(&class.unit));
        let name = unit.map_or("", |unit| {
            let names = if number == 1 {
                &unit.names
            } else {
                &unit.plurals
            };
            names.get(lang)
        });
        format!("{} {name}", crate::document::words(lang).number(number))
    }

    /// What a place is called.
    pub(crate) fn place(&mut self, tx: &mut Tx, code: &str, lang: Lang) -> Result<String> {
        let key = (code.to_owned(), lang);
        if let Some(known) = self.places.get(&key) {
            return Ok(known.clone());
        }
        let name = places::place_name(tx, code, lang)?;
        self.places.insert(key, name.clone());
        Ok(name)
    }

    /// The number and the snapshot of the round a proposal comes from.
    fn round(&mut self, tx: &mut Tx, proposal: Id) -> Result<(i64, String)> {
        let round = allocation::proposal(tx, proposal)?.round;
        if let Some(known) = self.rounds.get(&round) {
            return Ok(known.clone());
        }
        let outcome = allocation::outcome(tx, round)?;
        let number = outcome.get("number").and_then(serde_json::Value::as_i64);
        let snapshot = outcome.get("snapshot").and_then(|text| text.as_str());
        let known = (number.unwrap_or(0), snapshot.unwrap_or_default().to_owned());
        self.rounds.insert(round, known.clone());
        Ok(known)
    }

    /// Why a matching round chose, in every language.
    pub(crate) fn chosen_by_round(&mut self, tx: &mut Tx, proposal: Id) -> Result<Names> {
        let (number, snapshot) = self.round(tx, proposal)?;
        let short = snapshot.get(..12).unwrap_or(&snapshot);
        let args = [("number", number.into()), ("snapshot", short.into())];
        let say = |lang: Lang| crate::document::words(lang).say_with("agreement-doc-round", &args);
        let said = Lang::ALL.map(|lang| (lang.code().to_owned(), say(lang)));
        Ok(Names(said.into()))
    }

    /// Terms as they follow from the proposals alone: from the first day every offer is there to the
    /// last one of the latest, free as long as all of them are, all controls with the country.
    ///
    /// # Errors
    /// Refused when there is no proposal or no published template.
    pub(crate) fn proposed(
        &mut self,
        tx: &mut Tx,
        matched: &[Matched],
        today: Day,
    ) -> Result<Terms> {
        let Some(first) = matched.first() else {
            return Err(Refusal::about("proposals", "agreements-nothing-agreed").into());
        };
        let template = store::templates::current(tx)?;
        let template = template
            .ok_or_else(|| Refusal::whole("agreements-no-template"))?
            .id;
        let starts = matched.iter().map(|m| m.window.0).max();
        let ends = matched.iter().map(|m| m.window.1).max();
        let free = matched.iter().map(|m| m.free_until).min();
        let langs = self.languages(tx, &first.country, first.member)?;
        let why = self.chosen_by_round(tx, first.proposal)?;
        Ok(Terms {
            kind: self.kind(matched).to_owned(),
            title: self.title(tx, matched)?,
            langs,
            template,
            selection: rules::MATCH_ROUND.to_owned(),
            justification: why.get(langs.0).to_owned(),
            free_until: free.unwrap_or(today),
            starts_on: starts.unwrap_or(today).max(today),
            ends_on: ends.unwrap_or(today),
            sovereignty: self
                .clauses
                .iter()
                .map(|code| (code.clone(), true))
                .collect(),
            data_clauses: self.principles.clone(),
            special: Names::default(),
        })
    }
}
