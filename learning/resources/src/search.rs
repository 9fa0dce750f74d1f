//! How texts become the words they are found by: pure.
//!
//! A word is kept twice: folded (case, accents, Arabic letter forms), so that the beginning of a word
//! finds it, and as its stem where the language has a stemmer. Scripts that put no spaces between
//! words are cut into pairs of characters.

use rust_stemmers::{Algorithm, Stemmer};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// Characters of a word that are looked at.
const WORD_MAX: usize = 40;
/// Words of one text that are kept; the commonest first would say nothing more.
const WORDS_MAX: usize = 4_000;

/// The stemmer of a language, by its BCP 47 code.
fn algorithm(lang: &str) -> Option<Algorithm> {
    let primary = lang.split(['-', '_']).next().unwrap_or_default();
    Some(match primary {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "nl" | "af" => Algorithm::Dutch,
        "en" => Algorithm::English,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "no" | "nb" | "nn" => Algorithm::Norwegian,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "es" => Algorithm::Spanish,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}

/// The languages that have a stemmer and that a searcher's words are tried in.
const TRIED: [&str; 8] = ["en", "fr", "ar", "pt", "es", "de", "ru", "it"];

/// Whether words of the character's script stand without spaces between them.
const fn is_unspaced(c: char) -> bool {
    matches!(
        c,
        '\u{0e00}'..='\u{0eff}'      // Thai, Lao
        | '\u{1000}'..='\u{109f}'    // Myanmar
        | '\u{1780}'..='\u{17ff}'    // Khmer
        | '\u{3040}'..='\u{30ff}'    // kana
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{2ffff}'
    )
}

/// A word of a text, or a run of a script without spaces.
enum Run {
    Word(String),
    Unspaced(Vec<char>),
}

fn runs(text: &str) -> Vec<Run> {
    let mut out = Vec::new();
    let mut word = String::new();
    let mut dense: Vec<char> = Vec::new();
    for c in text.chars() {
        if is_unspaced(c) {
            if !word.is_empty() {
                out.push(Run::Word(std::mem::take(&mut word)));
            }
            dense.push(c);
            continue;
        }
        if !dense.is_empty() && !is_mark(c) {
            out.push(Run::Unspaced(std::mem::take(&mut dense)));
        }
        if c.is_alphanumeric() || is_mark(c) {
            word.push(c);
        } else if is_joining(c) && !word.is_empty() {
            // An apostrophe inside a word: l'école, ng'ombe.
            word.push('\'');
        } else if !word.is_empty() {
            out.push(Run::Word(std::mem::take(&mut word)));
        }
    }
    if !dense.is_empty() {
        out.push(Run::Unspaced(dense));
    }
    if !word.is_empty() {
        out.push(Run::Word(word));
    }
    out
}

/// A mark that belongs to the letter before it.
const fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{0300}'..='\u{036f}'
            | '\u{064b}'..='\u{065f}'
            | '\u{0670}'
            | '\u{0640}'
            | '\u{094d}'
            | '\u{09cd}'
            | '\u{0bcd}'
            | '\u{200c}'
            | '\u{200d}'
    )
}

const fn is_joining(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{02bc}')
}

/// A word without what grammar puts before it: the article in Arabic, elisions in French.
fn bare(word: &str) -> String {
    let whole = word.trim_matches('\'');
    if let Some((head, tail)) = whole.split_once('\'')
        && tail.chars().count() >= 3
        && matches!(
            base::fold(head).as_str(),
            "l" | "d" | "j" | "m" | "t" | "s" | "c" | "n" | "qu" | "jusqu" | "lorsqu" | "puisqu"
        )
    {
        return tail.replace('\'', "");
    }
    whole.replace('\'', "")
}

/// Letters that stand for the same sound, or that keyboards lack.
fn plain(c: char) -> char {
    let moved = |from: u32, to: u32| char::from_u32(c as u32 - from + to).unwrap_or(c);
    match c {
        // Ethiopic: four rows of letters are written one for another.
        '\u{1210}'..='\u{1216}' => moved(0x1210, 0x1200),
        '\u{1280}'..='\u{1286}' => moved(0x1280, 0x1200),
        '\u{1220}'..='\u{1226}' => moved(0x1220, 0x1230),
        '\u{12d0}'..='\u{12d6}' => moved(0x12d0, 0x12a0),
        '\u{1340}'..='\u{1346}' => moved(0x1340, 0x1338),
        'ɓ' | 'Ɓ' => 'b',
        'ɗ' | 'Ɗ' | 'ɖ' => 'd',
        'ƙ' | 'Ƙ' => 'k',
        'ƴ' | 'Ƴ' => 'y',
        'ɛ' | 'Ɛ' | 'ə' => 'e',
        'ɔ' | 'Ɔ' => 'o',
        'ŋ' | 'Ŋ' => 'n',
        other => other,
    }
}

/// The folded word, without the Arabic article.
fn folded(word: &str) -> String {
    let open: String = word.nfkd().filter(|c| !is_mark(*c)).map(plain).collect();
    let folded: String = base::fold(&open)
        .chars()
        .filter(|c| *c != ' ')
        .take(WORD_MAX)
        .collect();
    for article in ["وال", "بال", "كال", "فال", "لل", "ال"] {
        if let Some(rest) = folded.strip_prefix(article)
            && rest.chars().count() >= 3
        {
            return rest.to_owned();
        }
    }
    folded
}

/// The stem of a word in a language, marked as one; none where the language has no stemmer.
fn stem(lang: &str, word: &str) -> Option<String> {
    let lower: String = word.to_lowercase().nfc().take(WORD_MAX).collect();
    let stemmed = Stemmer::create(algorithm(lang)?).stem(&lower).into_owned();
    let plain = folded(&stemmed);
    (!plain.is_empty()).then(|| format!("={plain}"))
}

fn pairs(run: &[char]) -> Vec<String> {
    match run {
        [one] => vec![one.to_string()],
        many => many.windows(2).map(|two| two.iter().collect()).collect(),
    }
}

/// What weighs how much.
#[derive(Clone, Copy)]
enum Weight {
    Title = 40,
    About = 12,
    Body = 1,
}

/// The words a resource is found by, each with its weight.
pub(crate) struct Analyser<'a> {
    langs: &'a [String],
    words: BTreeMap<String, i64>,
}

impl<'a> Analyser<'a> {
    /// For a text in these languages.
    pub(crate) const fn new(langs: &'a [String]) -> Self {
        Self {
            langs,
            words: BTreeMap::new(),
        }
    }
    /// A title, in a language of its own.
    pub(crate) fn title(&mut self, lang: &str, text: &str) {
        self.take(text, &[lang], Weight::Title);
    }
    /// What it is about, who made it.
    pub(crate) fn about(&mut self, lang: &str, text: &str) {
        self.take(text, &[lang], Weight::About);
    }
    /// The text itself.
    pub(crate) fn body(&mut self, text: &str) {
        let langs: Vec<&str> = self.langs.iter().take(3).map(String::as_str).collect();
        self.take(text, &langs, Weight::Body);
    }

    fn take(&mut self, text: &str, langs: &[&str], weight: Weight) {
        for run in runs(text) {
            match run {
                Run::Unspaced(run) => {
                    for pair in pairs(&run) {
                        self.add(pair, weight);
                    }
                }
                Run::Word(word) => {
                    let bare = bare(&word);
                    let form = folded(&bare);
                    if form.is_empty() {
                        continue;
                    }
                    for lang in langs {
                        if let Some(stem) = stem(lang, &bare) {
                            self.add(stem, weight);
                        }
                    }
                    self.add(form, weight);
                }
            }
        }
    }

    fn add(&mut self, token: String, weight: Weight) {
        if self.words.len() >= WORDS_MAX && !self.words.contains_key(&token) {
            return;
        }
        let had = self.words.entry(token).or_insert(0);
        let more = weight as i64;
        // The tenth time a text says a word tells little that the third did not.
        if *had < more * 8 {
            *had += more;
        }
    }

    /// Every word with its weight.
    pub(crate) fn finish(self) -> BTreeMap<String, i64> {
        self.words
    }
}

/// A word searched for: any of its forms, or the beginning of one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Term {
    /// Six at most.
    pub any: Vec<String>,
    pub prefix: Option<String>,
}

/// Forms of a word that are tried.
pub(crate) const FORMS: usize = 6;
/// Words of a search that are looked for; the longest are.
pub(crate) const TERMS: usize = 5;

/// The words of a search. The last one may be unfinished.
pub(crate) fn terms(query: &str, lang: Option<&str>, own: &str) -> Vec<Term> {
    let all = runs(query);
    let open = query
        .chars()
        .last()
        .is_some_and(|c| c.is_alphanumeric() || is_mark(c));
    let count = all.len();
    let mut terms = Vec::new();
    for (at, run) in all.into_iter().enumerate() {
        match run {
            Run::Unspaced(run) => terms.extend(pairs(&run).into_iter().map(|pair| Term {
                any: vec![pair],
                prefix: None,
            })),
            Run::Word(word) => {
                let bare = bare(&word);
                let form = folded(&bare);
                if form.is_empty() {
                    continue;
                }
                let last = open && at + 1 == count && form.chars().count() >= 2;
                terms.push(Term {
                    any: forms(&bare, &form, lang, own),
                    prefix: last.then(|| form.clone()),
                });
            }
        }
    }
    terms.dedup();
    if terms.len() > TERMS {
        let length = |term: &Term| term.any.first().map_or(0, |form| form.chars().count());
        terms.sort_by_key(|term| std::cmp::Reverse(length(term)));
        terms.truncate(TERMS);
    }
    terms
}

/// The word as it stands, and its stems in the language asked for, or in the searcher's own first.
fn forms(bare: &str, form: &str, lang: Option<&str>, own: &str) -> Vec<String> {
    let mut any = vec![form.to_owned()];
    let tried: Vec<&str> = match lang {
        Some(lang) => vec![lang],
        None => std::iter::once(own).chain(TRIED).collect(),
    };
    for stem in tried.into_iter().filter_map(|lang| stem(lang, bare)) {
        if any.len() < FORMS && !any.contains(&stem) {
            any.push(stem);
        }
    }
    any
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(lang: &str, text: &str) -> BTreeMap<String, i64> {
        let langs = [lang.to_owned()];
        let mut analyser = Analyser::new(&langs);
        analyser.body(text);
        analyser.finish()
    }

    /// Whether a text in one language is found by the words, each of them.
    fn finds(lang: &str, text: &str, query: &str) -> bool {
        let kept = words(lang, text);
        let all = terms(query, None, "en");
        !all.is_empty()
            && all.iter().all(|term| {
                let exact = term.any.iter().any(|form| kept.contains_key(form));
                exact
                    || term.prefix.as_ref().is_some_and(|prefix| {
                        kept.keys().any(|word| word.starts_with(prefix.as_str()))
                    })
            })
    }

    #[test]
    fn words_are_found_however_they_are_written() {
        let cases = [
            ("en", "Reading stories about rivers", "story river"),
            ("en", "The hippos have no hair", "hippo"),
            ("fr", "Les élèves de l’école étudient", "ecole"),
            ("fr", "Les élèves de l'école étudiaient", "étudier élève"),
            ("fr", "J'aime lire à l’école", "l'école"),
            ("sw", "Ng'ombe wangu amelala", "ng’ombe"),
            ("sw", "Watoto wanapenda kusoma", "kusom"),
            ("ar", "المُدَرِّسَةُ في المدرسة", "مدرسه"),
            ("ar", "إقرأ القصّة الأولى", "اقرا قصة"),
            ("ar", "كتب الرياضيات", "والرياضيات"),
            ("ar", "على مستوى عالٍ", "مستوي"),
            ("am", "ማንበብ እወዳለሁ", "እወዳለሁ"),
            ("yo", "Mo fẹ́ràn láti kàwé", "feran kawe"),
            ("zh", "我喜欢读书", "读书"),
            ("ja", "わたしは本が好き", "好き"),
            ("th", "ฉันชอบอ่านหนังสือ", "หนังสือ"),
            ("ru", "Дети читают книги", "книга"),
            ("pt", "A menina gosta de ler histórias", "historia"),
            ("de", "Die Straße der Kinder", "strasse kind"),
        ];
        for (lang, text, query) in cases {
            assert!(finds(lang, text, query), "{lang}: {query} in {text}");
        }
        assert!(!finds("en", "Reading stories about rivers", "mountain"));
        assert!(!finds("zh", "我喜欢读书", "写字"));
        assert!(terms("  --- ", None, "en").is_empty());
    }

    #[test]
    fn a_title_weighs_more_than_any_number_of_mentions() {
        let langs = ["en".to_owned()];
        let mut analyser = Analyser::new(&langs);
        analyser.title("en", "Goat");
        analyser.body(&"dog ".repeat(500));
        let kept = analyser.finish();
        assert!(kept["goat"] > 3 * kept["dog"]);
    }

    #[test]
    fn only_the_last_word_may_be_unfinished() {
        let two = terms("read sto", None, "en");
        assert_eq!(two[0].prefix, None);
        assert_eq!(two[1].prefix.as_deref(), Some("sto"));
        assert_eq!(terms("story ", None, "en")[0].prefix, None);
        assert!(terms("a b c d e f g h", None, "en").len() <= TERMS);
    }

    proptest! {
        #[test]
        fn any_text_is_found_by_each_of_its_words(text in "\\PC{0,60}") {
            for word in text.split_whitespace() {
                if !terms(word, None, "en").is_empty() {
                    prop_assert!(finds("en", &text, word), "{word:?}");
                }
            }
        }

        #[test]
        fn no_search_asks_for_more_than_its_share(text in "\\PC{0,200}") {
            let all = terms(&text, None, "fr");
            prop_assert!(all.len() <= TERMS);
            prop_assert!(all.iter().all(|term| !term.any.is_empty() && term.any.len() <= FORMS));
        }
    }
}
