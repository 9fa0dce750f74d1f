//! The words of one language: what pages, exports and letters ask for.

use crate::figures;
use crate::library::Shelves;
use base::{Arg, Day, Lang, Moment, Names, Refusal};
use fluent_bundle::{FluentArgs, FluentValue};
use std::fmt;
use std::sync::Arc;

/// First strong isolate and its end: around foreign text inside an Arabic sentence.
const ISOLATE: (char, char) = ('\u{2068}', '\u{2069}');

/// Texts, numbers and days in one language. Cheap to clone.
#[derive(Clone)]
pub struct Words {
    shelves: Arc<Shelves>,
    lang: Lang,
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Words({})", self.lang)
    }
}

impl Words {
    pub(crate) const fn new(shelves: Arc<Shelves>, lang: Lang) -> Self {
        Self { shelves, lang }
    }
    /// The language.
    pub const fn lang(&self) -> Lang {
        self.lang
    }
    /// Its direction: `ltr` or `rtl`.
    pub const fn dir(&self) -> &'static str {
        self.lang.dir()
    }
    /// The same library in another language.
    #[must_use]
    pub fn in_lang(&self, lang: Lang) -> Self {
        Self::new(Arc::clone(&self.shelves), lang)
    }

    /// The text of a key; English when this language lacks it, the key itself when all do.
    pub fn say(&self, key: &str) -> String {
        self.say_with(key, &[])
    }
    /// The text of a key with its arguments.
    pub fn say_with(&self, key: &str, args: &[(&str, Arg)]) -> String {
        self.try_say(self.lang, key, args)
            .or_else(|| {
                self.shelves.miss(format!("{}: {key}", self.lang));
                self.try_say(Lang::En, key, args)
            })
            .unwrap_or_else(|| key.to_owned())
    }
    /// Whether this language has the key.
    pub fn has(&self, key: &str) -> bool {
        let shelf = self.shelves.of(self.lang);
        let parsed = || shelf.bundle().get_message(key);
        shelf.find(key).is_some_and(|text| {
            text.is_some() || parsed().is_some_and(|message| message.value().is_some())
        })
    }
    /// The text of the first key when there is one, else of the second.
    pub fn or(&self, key: &str, fallback: &str) -> String {
        self.say(if self.has(key) { key } else { fallback })
    }
    /// The text of a key that need not be there.
    pub fn opt(&self, key: &str) -> Option<String> {
        self.has(key).then(|| self.say(key))
    }
    /// The label of a code of a vocabulary: key `{vocabulary}-{code}`, underscores as dashes.
    pub fn code(&self, vocabulary: &str, code: &str) -> String {
        self.say(&format!("{vocabulary}-{code}").replace('_', "-"))
    }
    /// Why a rule said no, in words.
    pub fn refusal(&self, refusal: &Refusal) -> String {
        self.say_with(&refusal.key, &refusal.args)
    }
    /// A name in this language, or the nearest there is.
    pub fn name<'a>(&self, names: &'a Names) -> &'a str {
        names.get(self.lang)
    }

    /// A whole number: `1,234`.
    pub fn number(&self, number: i64) -> String {
        figures::whole(self.lang, number)
    }
    /// A number with exactly `places` decimals: `1,234.50`.
    pub fn decimal(&self, number: f64, places: usize) -> String {
        figures::decimal(self.lang, number, places)
    }
    /// A fraction of one as a percentage: `12.3%`.
    pub fn share(&self, fraction: f64) -> String {
        figures::share(self.lang, fraction)
    }
    /// A day: `21 November 2026`.
    pub fn day(&self, day: Day) -> String {
        let (year, month, number) = day.parts();
        let number = match (self.lang, number) {
            (Lang::Fr, 1) => "1er".to_owned(),
            _ => number.to_string(),
        };
        format!("{number} {} {year}", self.month(month))
    }
    /// A month's name, 1 to 12.
    pub fn month(&self, month: i8) -> String {
        self.say(&format!("month-{month}"))
    }
    /// A moment to the minute as clocks of the site show it: `21 November 2026, 14:05 UTC+12`.
    ///
    /// The difference to UTC says it, not an abbreviation: IST, CST and PST are several zones each.
    pub fn moment(&self, moment: Moment) -> String {
        let minutes = moment.clock_minutes();
        let time = format!("{:02}:{:02}", minutes / 60, minutes % 60);
        let mut said = vec![
            ("day", self.day(moment.day()).into()),
            ("time", time.into()),
        ];
        if moment.offset_seconds() == 0 {
            return self.say_with("moment", &said);
        }
        said.push(("zone", self.zone(moment).into()));
        self.say_with("moment-there", &said)
    }
    /// How far clocks of the site are from UTC at a moment: `UTC+12`, `UTC+5:45`.
    pub fn zone(&self, moment: Moment) -> String {
        figures::ahead(moment.offset_seconds())
    }
    /// Whose days and times are shown here: the name of the site's zone, and its difference to UTC now.
    pub fn site_zone(&self, now: Moment) -> String {
        let (name, zone) = (base::Zone::of_site().name().to_owned(), self.zone(now));
        let key = if name == zone {
            "site-zone-utc"
        } else {
            "site-zone"
        };
        self.say_with(key, &[("name", name.into()), ("zone", zone.into())])
    }
    /// Several texts as one: `a, b and c`.
    pub fn list(&self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [init @ .., last] => {
                let comma = if self.lang == Lang::Ar { "، " } else { ", " };
                let init: Vec<String> = init.iter().map(|item| self.apart(item)).collect();
                let head = init.join(comma);
                let last = self.apart(last);
                self.say_with("list-end", &[("head", head.into()), ("last", last.into())])
            }
        }
    }

    /// An item of a list; one that runs against the language is kept from turning its neighbours
    /// around (first strong isolate, Unicode UAX 9).
    fn apart(&self, item: &str) -> String {
        let arabic = |c: char| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fefc}');
        let first = item.chars().find(|c| c.is_alphabetic());
        match first {
            Some(first) if arabic(first) != (self.lang == Lang::Ar) => {
                format!("\u{2068}{item}\u{2069}")
            }
            _ => item.to_owned(),
        }
    }

    fn try_say(&self, lang: Lang, key: &str, args: &[(&str, Arg)]) -> Option<String> {
        let shelf = self.shelves.of(lang);
        if let Some(plain) = shelf.find(key)? {
            return Some(plain.to_owned());
        }
        let bundle = shelf.bundle();
        let pattern = bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        let values = (!args.is_empty()).then(|| self.values(args));
        let text = bundle
            .format_pattern(pattern, values.as_ref(), &mut errors)
            .into_owned();
        for error in errors {
            self.shelves.miss(format!("{lang}: {key}: {error}"));
        }
        Some(text)
    }

    fn values<'a>(&self, args: &'a [(&'a str, Arg)]) -> FluentArgs<'a> {
        args.iter()
            .map(|(name, arg)| {
                let value: FluentValue<'a> = match arg {
                    Arg::Number(number) => FluentValue::from(*number),
                    Arg::Text(text) => self.isolated(text).into(),
                    Arg::Word(key) => self.say(&key.replace('_', "-")).into(),
                };
                (*name, value)
            })
            .collect()
    }

    /// In Arabic, text that begins in another script would pull its neighbours' order along.
    fn isolated(&self, text: &str) -> String {
        let foreign = text.chars().any(|c| c.is_alphanumeric() && !is_arabic(c));
        if self.lang == Lang::Ar && foreign {
            format!("{}{text}{}", ISOLATE.0, ISOLATE.1)
        } else {
            text.to_owned()
        }
    }
}

const fn is_arabic(c: char) -> bool {
    matches!(c, '\u{0600}'..='\u{06ff}' | '\u{0750}'..='\u{077f}' | '\u{fb50}'..='\u{feff}')
}
