//! What a licence lets people do with a work, as data, and the gate every page and export asks.

use base::{Lang, Refusal};
use std::sync::OnceLock;

/// Something done with a work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    /// Shown on a screen, read aloud, broadcast.
    Show,
    /// Put on paper.
    Print,
    /// Translated, shortened, built upon.
    Change,
    /// Copied to somebody else: an export, a pack, another country.
    PassOn,
}

impl Use {
    /// Every use.
    pub const ALL: [Self; 4] = [Self::Show, Self::Print, Self::Change, Self::PassOn];
    /// Every code, for forms.
    pub const CODES: &'static [&'static str] = &["show", "print", "change", "pass_on"];
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Show => "show",
            Self::Print => "print",
            Self::Change => "change",
            Self::PassOn => "pass_on",
        }
    }
    /// The use of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
    /// The key of the words that refuse it.
    const fn refused(self) -> &'static str {
        match self {
            Self::Show => "resource-gate-show",
            Self::Print => "resource-gate-print",
            Self::Change => "resource-gate-change",
            Self::PassOn => "resource-gate-pass-on",
        }
    }
}

/// What a licence asks in return.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Duty {
    /// The authors are named.
    Credit,
    /// What is built upon it carries the same licence.
    ShareAlike,
    /// It stays not for profit.
    NonCommercial,
}

impl Duty {
    /// Every code, for forms.
    pub const CODES: &'static [&'static str] = &["credit", "share_alike", "non_commercial"];
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Credit => "credit",
            Self::ShareAlike => "share_alike",
            Self::NonCommercial => "non_commercial",
        }
    }
    /// The duty of a code.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Credit, Self::ShareAlike, Self::NonCommercial]
            .into_iter()
            .find(|one| one.code() == code)
    }
}

/// A licence and what it lets people do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Licence {
    pub code: String,
    /// Where its text stands; empty when it is a letter.
    pub url: String,
    pub may_show: bool,
    pub may_print: bool,
    pub may_change: bool,
    pub may_pass_on: bool,
    /// The authors must be named.
    pub credit: bool,
    /// What is built upon it carries the same licence.
    pub share_alike: bool,
    pub non_commercial: bool,
    /// What may be done stands in a letter of the owner, work by work.
    pub by_letter: bool,
    names: [String; 3],
}

impl Licence {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        let [en, fr, ar] = &self.names;
        match lang {
            Lang::En => en,
            Lang::Fr => fr,
            Lang::Ar => ar,
        }
    }
    /// Whether the licence lets people do that.
    pub const fn lets(&self, what: Use) -> bool {
        match what {
            Use::Show => self.may_show,
            Use::Print => self.may_print,
            Use::Change => self.may_change,
            Use::PassOn => self.may_pass_on,
        }
    }
    /// A licence of a country, from its terms.
    pub fn of_terms(code: &str, permits: &[Use], duties: &[Duty]) -> Self {
        Self {
            code: code.to_owned(),
            may_show: permits.contains(&Use::Show),
            may_print: permits.contains(&Use::Print),
            may_change: permits.contains(&Use::Change),
            may_pass_on: permits.contains(&Use::PassOn),
            credit: duties.contains(&Duty::Credit),
            share_alike: duties.contains(&Duty::ShareAlike),
            non_commercial: duties.contains(&Duty::NonCommercial),
            names: [code.to_owned(), code.to_owned(), code.to_owned()],
            ..Self::default()
        }
    }
    /// The same under its own names and address.
    #[must_use]
    pub fn called(mut self, names: &base::Names, url: &str) -> Self {
        self.names = Lang::ALL.map(|lang| names.get(lang).to_owned());
        url.clone_into(&mut self.url);
        self
    }
    /// The licence as one letter of the owner narrows or widens it.
    #[must_use]
    pub fn with_letter(&self, permits: &[Use]) -> Self {
        if !self.by_letter {
            return self.clone();
        }
        Self {
            may_show: permits.contains(&Use::Show),
            may_print: permits.contains(&Use::Print),
            may_change: permits.contains(&Use::Change),
            may_pass_on: permits.contains(&Use::PassOn),
            ..self.clone()
        }
    }
}

/// Lets a use through or says why not.
///
/// # Errors
/// The reason, naming the licence.
pub fn gate(licence: &Licence, what: Use) -> Result<(), Refusal> {
    if licence.lets(what) {
        Ok(())
    } else {
        Err(Refusal::about("licence", what.refused()).with("licence", licence.code.as_str()))
    }
}

/// Licences of one family: a later version of the same terms counts as the same.
pub fn same_terms(a: &str, b: &str) -> bool {
    let family = |code: &str| match licence(code) {
        // A country's licences are each their own.
        None => code.to_owned(),
        Some(_) => code
            .trim_end_matches("-IGO")
            .rsplit_once('-')
            .map_or_else(|| code.to_owned(), |(head, _)| head.to_owned()),
    };
    family(a) == family(b)
}

/// Every licence known, the freest first.
pub fn licences() -> &'static [Licence] {
    static ALL: OnceLock<Vec<Licence>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut reader =
            csv::Reader::from_reader(include_bytes!("../data/licences.csv").as_slice());
        reader
            .records()
            .filter_map(Result::ok)
            .map(|row| {
                let text = |n: usize| row.get(n).unwrap_or("").to_owned();
                let yes = |n: usize| row.get(n) == Some("yes");
                Licence {
                    code: text(0),
                    url: text(1),
                    may_show: yes(2),
                    may_print: yes(3),
                    may_change: yes(4),
                    may_pass_on: yes(5),
                    credit: yes(6),
                    share_alike: yes(7),
                    non_commercial: yes(8),
                    by_letter: yes(9),
                    names: [text(10), text(11), text(12)],
                }
            })
            .collect()
    })
}

/// The licence of a code.
pub fn licence(code: &str) -> Option<&'static Licence> {
    licences().iter().find(|one| one.code == code)
}

/// The licence a work names in its own words: "CC BY", "[CC-BY-NC]", an address, an SPDX code.
pub fn licence_named(words: &str) -> Option<&'static Licence> {
    if let Some(known) = licence(words.trim()) {
        return Some(known);
    }
    let upper = words.to_uppercase();
    let plain: String = upper
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '.' {
                c
            } else {
                ' '
            }
        })
        .collect();
    let parts: Vec<&str> = plain.split_whitespace().collect();
    let has = |part: &str| parts.contains(&part);
    if has("CC0") || (has("ZERO") && has("PUBLICDOMAIN")) {
        return licence("CC0-1.0");
    }
    if plain.contains("PUBLIC DOMAIN") || (has("PUBLICDOMAIN") && has("MARK")) {
        return licence("PDM-1.0");
    }
    let creative = has("CC") || plain.contains("CREATIVE COMMONS") || has("CREATIVECOMMONS.ORG");
    let by = has("BY") || has("ATTRIBUTION");
    if !(creative && by) {
        return licences()
            .iter()
            .find(|one| one.code.to_uppercase() == words.trim().to_uppercase());
    }
    let nc = has("NC") || has("NONCOMMERCIAL");
    let nd = has("ND") || has("NODERIVATIVES") || has("NODERIVS");
    let sa = has("SA") || has("SHAREALIKE");
    let version = if has("3.0") { "3.0" } else { "4.0" };
    let mut code = String::from("CC-BY");
    for (part, on) in [("-NC", nc), ("-SA", sa && !nd), ("-ND", nd)] {
        if on {
            code.push_str(part);
        }
    }
    let igo = if has("IGO") && version == "3.0" {
        "-IGO"
    } else {
        ""
    };
    licence(&format!("{code}-{version}{igo}")).or_else(|| licence(&format!("{code}-4.0")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_licence_is_whole_and_named_in_three_languages() {
        assert!(licences().len() > 20);
        for one in licences() {
            assert!(!one.code.is_empty());
            for lang in Lang::ALL {
                assert!(!one.name(lang).is_empty(), "{}", one.code);
            }
            assert!(!one.may_change || one.may_show, "{}", one.code);
        }
    }

    #[test]
    fn the_gate_says_which_licence_forbids_what() {
        let no_change = licence("CC-BY-ND-4.0").unwrap();
        assert_eq!(gate(no_change, Use::Print), Ok(()));
        let refused = gate(no_change, Use::Change).unwrap_err();
        assert_eq!(refused.key, "resource-gate-change");
        let closed = licence("all-rights-reserved").unwrap();
        for what in Use::ALL {
            assert!(gate(closed, what).is_err());
        }
    }

    #[test]
    fn a_letter_opens_what_it_names_and_nothing_else() {
        let letter = licence("permission").unwrap().with_letter(&[Use::Show]);
        assert!(letter.lets(Use::Show) && !letter.lets(Use::Print));
        let free = licence("CC-BY-4.0").unwrap().with_letter(&[]);
        assert!(free.lets(Use::PassOn));
    }

    #[test]
    fn licences_are_known_however_they_are_written() {
        let cases = [
            ("[CC-BY]", "CC-BY-4.0"),
            ("CC BY", "CC-BY-4.0"),
            ("[CC-BY-NC]", "CC-BY-NC-4.0"),
            ("CC BY-NC-SA 3.0 IGO", "CC-BY-NC-SA-3.0-IGO"),
            (
                "https://creativecommons.org/licenses/by-sa/4.0/",
                "CC-BY-SA-4.0",
            ),
            (
                "https://creativecommons.org/publicdomain/zero/1.0/",
                "CC0-1.0",
            ),
            (
                "Creative Commons Attribution-NonCommercial-NoDerivatives 4.0",
                "CC-BY-NC-ND-4.0",
            ),
            ("Public Domain", "PDM-1.0"),
            ("mit", "MIT"),
        ];
        for (words, code) in cases {
            assert_eq!(
                licence_named(words).map(|l| l.code.as_str()),
                Some(code),
                "{words}"
            );
        }
        assert_eq!(licence_named("copyright 2019"), None);
        assert_eq!(licence_named(""), None);
    }
}
