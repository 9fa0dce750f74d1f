//! The document of an agreement: cover, parties, clauses, schedule, data protection, sovereignty,
//! selection, signatures, each in the languages of the parties.

use crate::agreement::{Agreement, Scheduled, Terms};
use crate::desk::Desk;
use crate::store;
use base::{Day, Lang, Names, Refusal, Result};
use db::Tx;
use lang::{Library, Words};
use press::{Block, Document, Pair, Signer};
use std::sync::LazyLock;

/// The words documents are set in, whatever the site's language.
static LIBRARY: LazyLock<Option<Library>> = LazyLock::new(|| Library::load(&[crate::WORDS]).ok());

/// Words for a document.
#[expect(
    clippy::expect_used,
    reason = "a test holds this room's words against the library"
)]
pub(crate) fn words(lang: Lang) -> Words {
    LIBRARY
        .as_ref()
        .expect("this room's words can be read")
        .words(lang)
}

/// What a document is made of.
pub(crate) struct Made<'m> {
    pub agreement: &'m Agreement,
    pub number: i64,
    pub terms: &'m Terms,
    pub schedule: &'m [Scheduled],
    pub rationale: Option<&'m str>,
    pub dated: Day,
    /// The address of the site, for the square; none marks a draft.
    pub site: Option<&'m str>,
}

/// Puts words into both languages.
struct Setter {
    words: [Words; 2],
    langs: [Lang; 2],
}

impl Setter {
    fn both(&self, make: impl Fn(&Words, Lang) -> String) -> Pair {
        let [one, two] = &self.words;
        [make(one, one.lang()), make(two, two.lang())]
    }
    fn say(&self, key: &str) -> Pair {
        self.both(|words, _| words.say(&format!("agreement-doc-{key}")))
    }
    fn names(&self, names: &Names) -> Pair {
        self.langs.map(|lang| names.get(lang).to_owned())
    }
    fn day(&self, day: Day) -> Pair {
        self.both(|words, _| words.day(day))
    }
    fn heading(&self, key: &str) -> Block {
        Block::Heading {
            text: self.say(key),
        }
    }
}

/// Sets the words of an agreement's version into a document.
///
/// # Errors
/// Missing when the template is not there; a fault of the database.
pub(crate) fn build(tx: &mut Tx, desk: &mut Desk, made: &Made) -> Result<Document> {
    let (a, terms) = (made.agreement, made.terms);
    let langs = [terms.langs.0, terms.langs.1];
    let set = Setter {
        words: langs.map(words),
        langs,
    };
    let number = made.number;
    let mut blocks = vec![cover(tx, desk, &set, made)?];
    blocks.extend(parties(tx, desk, &set, a)?);
    blocks.extend(clauses(tx, desk, &set, made)?);
    blocks.extend(brought(tx, desk, &set, made)?);
    blocks.extend(protection(tx, &set, terms)?);
    blocks.extend(sovereignty(tx, &set, terms)?);
    blocks.extend(selection(tx, desk, &set, made)?);
    blocks.extend(signatures(tx, desk, &set, a)?);
    let check = made.site.map(|site| {
        let address = format!("{site}/agreements/{}/check?version={number}", a.id);
        (address, set.say("check"))
    });
    let version = |w: &Words, _| w.say_with("agreement-doc-version", &[("number", number.into())]);
    Ok(Document {
        langs,
        kind: set.both(|w, _| w.code("agreement-kind", &terms.kind)),
        title: set.names(&terms.title),
        code: a.code.clone(),
        version: set.both(version),
        dated: made.dated,
        blocks,
        mark: made.site.is_none().then(|| set.say("draft")),
        page: [set.say("page"), set.say("page-of")],
        check,
    })
}

fn cover(tx: &mut Tx, desk: &mut Desk, set: &Setter, made: &Made) -> Result<Block> {
    let (a, terms) = (made.agreement, made.terms);
    let country = desk.country(tx, &a.country)?;
    let start = set.both(|w, _| {
        w.say_with(
            "agreement-doc-starts-at-signature",
            &[("day", w.day(terms.starts_on).into())],
        )
    });
    Ok(Block::Facts {
        rows: vec![
            (set.say("country"), set.names(&country)),
            (set.say("starts"), start),
            (set.say("ends"), set.day(terms.ends_on)),
            (set.say("free-until"), set.day(terms.free_until)),
        ],
    })
}

fn parties(tx: &mut Tx, desk: &mut Desk, set: &Setter, a: &Agreement) -> Result<Vec<Block>> {
    let authority = desk.organisation(tx, a.authority)?.names.clone();
    let member = desk.organisation(tx, a.member)?.names.clone();
    Ok(vec![
        set.heading("parties"),
        Block::Facts {
            rows: vec![
                (set.say("authority"), set.names(&authority)),
                (set.say("member"), set.names(&member)),
            ],
        },
    ])
}

fn clauses(tx: &mut Tx, desk: &mut Desk, set: &Setter, made: &Made) -> Result<Vec<Block>> {
    let (a, terms) = (made.agreement, made.terms);
    let template = store::templates::find(tx, terms.template)?;
    let authority = desk.organisation(tx, a.authority)?.names.clone();
    let member = desk.organisation(tx, a.member)?.names.clone();
    let country = desk.country(tx, &a.country)?;
    let fill = |text: &Names| {
        set.both(|w, lang| {
            [
                ("{authority}", authority.get(lang).to_owned()),
                ("{member}", member.get(lang).to_owned()),
                ("{country}", country.get(lang).to_owned()),
                ("{code}", a.code.clone()),
                ("{title}", terms.title.get(lang).to_owned()),
                ("{starts_on}", w.day(terms.starts_on)),
                ("{ends_on}", w.day(terms.ends_on)),
                ("{free_until}", w.day(terms.free_until)),
            ]
            .iter()
            .fold(text.get(lang).to_owned(), |text, (blank, said)| {
                text.replace(blank, said)
            })
        })
    };
    let mut blocks = vec![set.heading("clauses")];
    let numbered = (1..).zip(&template.clauses);
    blocks.extend(numbered.map(|(number, clause): (i64, _)| Block::Clause {
        number: number.to_string(),
        heading: fill(&clause.heading),
        text: fill(&clause.text),
    }));
    if !terms.special.is_empty() {
        blocks.push(set.heading("special"));
        blocks.push(Block::Text {
            text: set.names(&terms.special),
        });
    }
    Ok(blocks)
}

/// The schedule of support in kind.
fn brought(tx: &mut Tx, desk: &mut Desk, set: &Setter, made: &Made) -> Result<Vec<Block>> {
    let mut rows = Vec::with_capacity(made.schedule.len());
    for one in made.schedule {
        let mut places: [Vec<String>; 2] = Default::default();
        for (names, lang) in places.iter_mut().zip(set.langs) {
            for place in &one.places {
                names.push(desk.place(tx, place, lang)?);
            }
        }
        let [here, there] = &places;
        let [first, second] = &set.words;
        let listed = [first.list(here), second.list(there)];
        rows.push(vec![
            set.both(|_, lang| desk.service(&one.service_class, lang)),
            listed,
            set.both(|w, _| format!("{} – {}", w.day(one.from), w.day(one.to))),
            set.both(|_, lang| desk.units(&one.service_class, one.given, lang)),
        ]);
    }
    Ok(vec![
        set.heading("schedule"),
        Block::Text {
            text: set.say("schedule-words"),
        },
        Block::Table {
            heads: ["service", "places", "days", "units"]
                .map(|key| set.say(key))
                .to_vec(),
            numbers: vec![false, false, false, true],
            rows,
        },
    ])
}

fn protection(tx: &mut Tx, set: &Setter, terms: &Terms) -> Result<Vec<Block>> {
    let mut blocks = vec![
        set.heading("protection"),
        Block::Text {
            text: set.say("protection-words"),
        },
    ];
    for (number, code) in (1_i64..).zip(&terms.data_clauses) {
        let term = catalogue::term(tx, "data_principles", code)?;
        blocks.push(Block::Clause {
            number: format!("D{number}"),
            heading: set.names(&term.names),
            text: set.names(&term.descriptions),
        });
    }
    Ok(blocks)
}

fn sovereignty(tx: &mut Tx, set: &Setter, terms: &Terms) -> Result<Vec<Block>> {
    let mut rows = Vec::with_capacity(terms.sovereignty.len());
    for term in catalogue::every_term(tx, "sovereignty_clauses")? {
        if let Some(kept) = terms.sovereignty.get(&term.code) {
            rows.push((*kept, set.names(&term.descriptions)));
        }
    }
    Ok(vec![
        set.heading("sovereignty"),
        Block::Text {
            text: set.say("sovereignty-words"),
        },
        Block::Ticks {
            yes: set.say("kept"),
            no: set.say("not-kept"),
            rows,
        },
    ])
}

fn selection(tx: &mut Tx, desk: &mut Desk, set: &Setter, made: &Made) -> Result<Vec<Block>> {
    let term = catalogue::term(tx, "selection_reasons", &made.terms.selection)?;
    let why = why(tx, desk, set, made)?;
    let mut rows = vec![
        (set.say("selection-how"), set.names(&term.descriptions)),
        (set.say("selection-why"), why),
        (
            set.say("free-words"),
            set.both(|w, _| {
                let args = [("day", w.day(made.terms.free_until).into())];
                w.say_with("agreement-doc-free-after", &args)
            }),
        ),
    ];
    if let Some(rationale) = made.rationale {
        rows.push((
            set.say("rationale"),
            [rationale.to_owned(), rationale.to_owned()],
        ));
    }
    Ok(vec![set.heading("selection"), Block::Facts { rows }])
}

/// The justification: what the house wrote itself stands in both languages, what people wrote as
/// they wrote it.
fn why(tx: &mut Tx, desk: &mut Desk, set: &Setter, made: &Made) -> Result<Pair> {
    let own = &made.terms.justification;
    if let Some(first) = made.schedule.first() {
        let said = desk.chosen_by_round(tx, first.proposal)?;
        if said.0.values().any(|text| text == own) {
            return Ok(set.names(&said));
        }
    }
    Ok([own.clone(), own.clone()])
}

fn signatures(tx: &mut Tx, desk: &mut Desk, set: &Setter, a: &Agreement) -> Result<Vec<Block>> {
    let mut boxes = Vec::new();
    for (party, role) in [(a.authority, "for-authority"), (a.member, "for-member")] {
        boxes.push(Signer {
            party: set.names(&desk.organisation(tx, party)?.names),
            role: set.say(role),
            lines: ["signer-name", "signer-day", "signer-hand"]
                .map(|key| set.say(key))
                .to_vec(),
        });
    }
    Ok(vec![
        set.heading("signatures"),
        Block::Text {
            text: set.say("signatures-words"),
        },
        Block::Signatures { boxes },
    ])
}

/// Refused when a character of the text is in none of the fonts.
///
/// # Errors
/// Refused with the characters.
pub(crate) fn settable(document: &Document) -> Result<()> {
    let strange = press::unsettable(document);
    if strange.is_empty() {
        return Ok(());
    }
    let some: Vec<String> = strange.iter().take(12).map(char::to_string).collect();
    Err(Refusal::whole("agreements-cannot-be-set")
        .with("characters", some.join(" "))
        .into())
}
