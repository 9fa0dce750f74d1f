//! IATI 2.03: what was agreed, begun and delivered, one activity for each deployment.
//!
//! Support in kind has no price, so there is no transaction and no invented value: what was given
//! is a result of type output, counted in its own unit.

use crate::xml::{DEFAULT_LANG, Xml};
use base::{Arg, Day, Moment, Names, Result};
use lang::Library;
use std::io::Write;

/// Who publishes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publisher {
    pub name: String,
    /// Code of IATI's list OrganisationType.
    pub kind: String,
    /// Organisation identifier: registration agency and number.
    pub iati_ref: String,
    /// The prefix Open Contracting gave the publisher.
    pub ocds_prefix: String,
}

/// An organisation that takes part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Party {
    /// Registration agency and number; empty when it has none.
    pub reference: String,
    /// Code of IATI's list OrganisationType; empty when unknown.
    pub kind: String,
    pub names: Names,
    /// Codes of IATI's list OrganisationRole: 1 funding, 2 accountable, 3 extending, 4 implementing.
    pub roles: Vec<&'static str>,
}

/// Where it happens, by gazetteer code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    pub code: String,
    pub name: String,
}

/// A page or paper about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paper {
    pub url: String,
    /// Media type.
    pub format: &'static str,
    /// Code of IATI's list DocumentCategory.
    pub category: &'static str,
    pub title: Names,
    pub dated: Option<Day>,
}

/// A figure of a period: at least, at most, and how surely.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Actual {
    pub level: &'static str,
    /// One of both ends is known.
    pub low: Option<i64>,
    pub high: Option<i64>,
    /// What else tells this figure from others of its period: place, group.
    pub dimensions: Vec<(&'static str, String)>,
}

/// A period of an indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    pub from: Day,
    pub to: Day,
    pub target: Option<i64>,
    pub actuals: Vec<Actual>,
}

/// What came of it, in one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// 1 output, 2 outcome.
    pub kind: &'static str,
    /// Whether values of this indicator may be added to others'.
    pub adds: bool,
    pub title: Names,
    /// Our indicator's or service class's code.
    pub code: String,
    pub baseline: Option<(Day, i64)>,
    pub periods: Vec<Period>,
    pub papers: Vec<Paper>,
}

/// A deployment as the world reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    /// Unique among the publisher's activities.
    pub code: String,
    pub updated: Option<Moment>,
    pub humanitarian: bool,
    pub title: Names,
    pub description: Names,
    pub parties: Vec<Party>,
    /// The agreement it stands under.
    pub agreement: String,
    /// Code of IATI's list ActivityStatus.
    pub status: &'static str,
    /// Planned start, actual start, planned end, actual end.
    pub dates: [Option<Day>; 4],
    pub country: String,
    pub spots: Vec<Spot>,
    /// DAC purpose code.
    pub sector: &'static str,
    /// Target of SDG 4.
    pub target: &'static str,
    pub papers: Vec<Paper>,
    /// Codes of activities under the same agreement.
    pub siblings: Vec<String>,
    pub outcomes: Vec<Outcome>,
}

/// A file of activities, written one by one.
pub struct Activities<W: Write> {
    xml: Xml<W>,
    library: Library,
    publisher: Publisher,
    /// Address of the site, without a slash at the end.
    site: String,
    count: i64,
}

impl<W: Write> Activities<W> {
    /// Begins a file that says when it was made.
    ///
    /// # Errors
    /// A fault when it cannot be written.
    pub fn begin(out: W, publisher: &Publisher, site: &str, made: Moment) -> Result<Self> {
        let mut xml = Xml::new(out)?;
        let made = made.to_string();
        let attrs = [("version", "2.03"), ("generated-datetime", made.as_str())];
        xml.open("iati-activities", &attrs)?;
        Ok(Self {
            xml,
            library: Library::load(&[crate::WORDS])?,
            publisher: publisher.clone(),
            site: site.to_owned(),
            count: 0,
        })
    }

    /// What it is written to.
    pub fn out(&mut self) -> &mut W {
        self.xml.out()
    }

    /// Ends the file; answers how many activities it holds.
    ///
    /// # Errors
    /// A fault when it cannot be written.
    pub fn finish(mut self) -> Result<(W, i64)> {
        self.xml.close("iati-activities")?;
        let mut out = self.xml.into_inner();
        out.write_all(b"\n").map_err(base::Error::fault)?;
        Ok((out, self.count))
    }

    /// The identifier of an activity, for all time.
    fn identifier(&self, code: &str) -> String {
        format!("{}-{code}", self.publisher.iati_ref)
    }

    /// Adds an activity.
    ///
    /// # Errors
    /// A fault when it cannot be written.
    pub fn add(&mut self, a: &Activity) -> Result<()> {
        let updated = a.updated.map_or_else(String::new, |at| at.to_string());
        let humanitarian = if a.humanitarian { "1" } else { "" };
        self.xml.open(
            "iati-activity",
            &[
                ("last-updated-datetime", updated.as_str()),
                ("xml:lang", DEFAULT_LANG),
                ("humanitarian", humanitarian),
            ],
        )?;
        self.who(a)?;
        self.when_and_where(a)?;
        self.papers(&a.papers)?;
        for sibling in &a.siblings {
            let reference = self.identifier(sibling);
            self.xml.empty(
                "related-activity",
                &[("ref", reference.as_str()), ("type", "3")],
            )?;
        }
        for outcome in &a.outcomes {
            self.outcome(outcome)?;
        }
        self.count += 1;
        self.xml.close("iati-activity")
    }

    fn who(&mut self, a: &Activity) -> Result<()> {
        let identifier = self.identifier(&a.code);
        let publisher = self.publisher.clone();
        let xml = &mut self.xml;
        xml.text("iati-identifier", &[], &identifier)?;
        let reporting = [
            ("ref", publisher.iati_ref.as_str()),
            ("type", publisher.kind.as_str()),
            ("secondary-reporter", "0"),
        ];
        let name = Names::one(DEFAULT_LANG, &publisher.name);
        xml.named("reporting-org", &reporting, &name)?;
        xml.named("title", &[], &a.title)?;
        xml.named("description", &[("type", "1")], &a.description)?;
        for party in &a.parties {
            for role in &party.roles {
                let attrs = [
                    ("ref", party.reference.as_str()),
                    ("type", party.kind.as_str()),
                    ("role", role),
                ];
                xml.named("participating-org", &attrs, &party.names)?;
            }
        }
        if !a.agreement.is_empty() {
            xml.empty(
                "other-identifier",
                &[("ref", a.agreement.as_str()), ("type", "A9")],
            )?;
        }
        Ok(())
    }

    fn when_and_where(&mut self, a: &Activity) -> Result<()> {
        let xml = &mut self.xml;
        xml.empty("activity-status", &[("code", a.status)])?;
        for (kind, day) in ["1", "2", "3", "4"].iter().zip(a.dates) {
            if let Some(day) = day {
                let day = day.to_string();
                xml.empty(
                    "activity-date",
                    &[("iso-date", day.as_str()), ("type", kind)],
                )?;
            }
        }
        xml.empty("recipient-country", &[("code", a.country.as_str())])?;
        for spot in a.spots.iter().filter(|spot| spot.code != a.country) {
            xml.open("location", &[("ref", spot.code.as_str())])?;
            xml.empty("location-reach", &[("code", "1")])?;
            xml.named("name", &[], &Names::one(DEFAULT_LANG, &spot.name))?;
            let attrs = [
                ("vocabulary", "A4"),
                ("code", a.country.as_str()),
                ("level", "0"),
            ];
            xml.empty("administrative", &attrs)?;
            xml.empty("location-class", &[("code", "1")])?;
            xml.close("location")?;
        }
        xml.empty("sector", &[("vocabulary", "1"), ("code", a.sector)])?;
        xml.empty("tag", &[("vocabulary", "3"), ("code", a.target)])
    }

    fn papers(&mut self, papers: &[Paper]) -> Result<()> {
        for paper in papers {
            let url = if paper.url.starts_with('/') {
                format!("{}{}", self.site, paper.url)
            } else {
                paper.url.clone()
            };
            let xml = &mut self.xml;
            xml.open(
                "document-link",
                &[("url", url.as_str()), ("format", paper.format)],
            )?;
            xml.named("title", &[], &paper.title)?;
            xml.empty("category", &[("code", paper.category)])?;
            if let Some(day) = paper.dated {
                let day = day.to_string();
                xml.empty("document-date", &[("iso-date", day.as_str())])?;
            }
            xml.close("document-link")?;
        }
        Ok(())
    }

    fn outcome(&mut self, o: &Outcome) -> Result<()> {
        let adds = if o.adds { "1" } else { "0" };
        self.xml
            .open("result", &[("type", o.kind), ("aggregation-status", adds)])?;
        self.xml.named("title", &[], &o.title)?;
        self.papers(&o.papers)?;
        let xml = &mut self.xml;
        xml.open(
            "indicator",
            &[
                ("measure", "1"),
                ("ascending", "1"),
                ("aggregation-status", adds),
            ],
        )?;
        xml.named("title", &[], &o.title)?;
        let vocabulary = format!("{}/catalogue/indicators", self.site);
        xml.empty(
            "reference",
            &[
                ("vocabulary", "99"),
                ("code", o.code.as_str()),
                ("indicator-uri", vocabulary.as_str()),
            ],
        )?;
        if let Some((day, value)) = o.baseline {
            let (year, day, value) = (day.to_string(), day.to_string(), value.to_string());
            let attrs = [
                ("year", year.get(..4).unwrap_or_default()),
                ("iso-date", day.as_str()),
                ("value", value.as_str()),
            ];
            xml.empty("baseline", &attrs)?;
        }
        for period in &o.periods {
            write_period(xml, &self.library, period)?;
        }
        xml.close("indicator")?;
        xml.close("result")
    }
}

fn write_period<W: Write>(xml: &mut Xml<W>, library: &Library, period: &Period) -> Result<()> {
    xml.open("period", &[])?;
    let (from, to) = (period.from.to_string(), period.to.to_string());
    xml.empty("period-start", &[("iso-date", from.as_str())])?;
    xml.empty("period-end", &[("iso-date", to.as_str())])?;
    if let Some(target) = period.target {
        xml.empty("target", &[("value", target.to_string().as_str())])?;
    }
    for actual in &period.actuals {
        let Some(value) = actual.low.or(actual.high) else {
            continue;
        };
        xml.open("actual", &[("value", value.to_string().as_str())])?;
        let level = [("claim-level", actual.level)].into_iter();
        let others = actual.dimensions.iter().map(|(n, v)| (*n, v.as_str()));
        for (name, value) in level.chain(others) {
            xml.empty("dimension", &[("name", name), ("value", value)])?;
        }
        xml.named("comment", &[], &bounds(library, actual))?;
        xml.close("actual")?;
    }
    xml.close("period")
}

/// The bounds of a figure in words: the value alone is one of them.
fn bounds(library: &Library, actual: &Actual) -> Names {
    let (key, low, high) = match (actual.low, actual.high) {
        (Some(low), Some(high)) if high == low => ("publications-figure-exact", low, high),
        (Some(low), Some(high)) => ("publications-figure-between", low, high),
        (Some(low), None) => ("publications-figure-at-least", low, low),
        (None, high) => {
            let high = high.unwrap_or_default();
            ("publications-figure-at-most", high, high)
        }
    };
    library.names(
        key,
        &[("low", Arg::Number(low)), ("high", Arg::Number(high))],
    )
}
