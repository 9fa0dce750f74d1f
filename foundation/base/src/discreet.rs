//! What must not stand in a text that everybody may read: telephone numbers, e-mail addresses, and
//! the words among which the name of a person may be.
//!
//! Pure. Who is known by name is asked elsewhere; here a name and a text are only cut into keys that
//! meet when one stands in the other, in whatever order its words are written.

mod telephone;

pub use telephone::telephone;

use crate::fold;
use std::collections::BTreeMap;

/// Words a key is made of, at most.
const NAME_WORDS_MAX: usize = 5;

/// Whether a text has the shape of a code, as registers give them: letters and digits with strokes, and
/// no words side by side among which a name could be.
pub fn is_code(text: &str) -> bool {
    let inside =
        |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | '/' | '_' | '#' | ':');
    let words: Vec<&str> = text.split_whitespace().collect();
    let lettered =
        |word: &&str| word.chars().all(char::is_alphabetic) && word.chars().nth(1).is_some();
    text.chars().all(inside) && !words.windows(2).any(|pair| pair.iter().all(lettered))
}

/// The first e-mail address of a text, as it is written there.
pub fn email(text: &str) -> Option<&str> {
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '<' | '>' | '"' | '«' | '»'))
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .find(|word| {
            let plain = word
                .to_lowercase()
                .replace('＠', "@")
                .replace("(at)", "@")
                .replace("[at]", "@")
                .replace("(dot)", ".")
                .replace("[dot]", ".");
            plain.split_once('@').is_some_and(|(who, host)| {
                let ending = host.rsplit_once('.');
                !who.is_empty()
                    && !host.starts_with('.')
                    && ending.is_some_and(|(name, end)| {
                        !name.is_empty()
                            && end.chars().take_while(|c| c.is_alphabetic()).count() >= 2
                    })
            })
        })
}

/// The keys by which a person's name is found: all its words, and the first with the last.
pub fn name_keys(name: &str) -> Vec<String> {
    let folded = fold(name);
    let words: Vec<&str> = folded.split(' ').filter(|w| !w.is_empty()).collect();
    let mut keys = vec![key(words.iter().take(NAME_WORDS_MAX).copied().collect())];
    if let ([first, .., last], true) = (words.as_slice(), words.len() > 2) {
        keys.push(key(vec![first, last]));
    }
    keys.dedup();
    keys
}

/// The keys of all neighbouring words of a text, each with the words as they are written.
pub fn name_candidates(text: &str) -> BTreeMap<String, &str> {
    let words = words(text);
    let mut found = BTreeMap::new();
    for count in 2..=NAME_WORDS_MAX {
        for window in words.windows(count) {
            let numbers =
                |(folded, _, _): &(String, usize, usize)| folded.chars().all(char::is_numeric);
            if window.iter().any(numbers) {
                continue;
            }
            let (from, to) = match window {
                [first, .., last] => (first.1, last.2),
                _ => continue,
            };
            if let Some(written) = text.get(from..to) {
                let folded = window.iter().map(|(word, _, _)| word.as_str());
                found.entry(key(folded.collect())).or_insert(written);
            }
        }
    }
    found
}

fn key(mut words: Vec<&str>) -> String {
    words.sort_unstable();
    words.join(" ")
}

/// The words of a text, folded, with where each begins and ends.
fn words(text: &str) -> Vec<(String, usize, usize)> {
    let inside = |c: char| {
        c.is_alphanumeric()
            || matches!(c, '\'' | '’' | '`' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{300}'..='\u{36f}')
    };
    let mut found = Vec::new();
    let mut begun: Option<usize> = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (begun, inside(c)) {
            (None, true) => begun = Some(at),
            (Some(from), false) => {
                let folded = fold(text.get(from..at).unwrap_or_default());
                if !folded.is_empty() {
                    found.push((folded, from, at));
                }
                begun = None;
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests;
