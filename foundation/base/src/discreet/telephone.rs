//! Telephone numbers in a text: international and local shapes, and what only looks like them.
//!
//! Digits that stand near each other are a run. Dates, years, decimal numbers, thousands written apart
//! and codes joined to letters are taken out of it; what is left must have a shape in which people write
//! numbers, or stand after a word like «tel».

use crate::fold;

/// Digits of a telephone number, at most, with its country.
const DIGITS_MAX: usize = 15;

/// Said before a telephone number; then even digits without a shape are one.
const SAID_BEFORE: [&str; 29] = [
    "tel",
    "tels",
    "telephone",
    "phone",
    "whatsapp",
    "call",
    "fax",
    "cell",
    "cel",
    "celular",
    "mobile",
    "movil",
    "telefono",
    "hotline",
    "appelez",
    "appeler",
    "portable",
    "gsm",
    "هاتف",
    "الهاتف",
    "هاتفي",
    "جوال",
    "الجوال",
    "واتساب",
    "واتس",
    "تلفون",
    "اتصل",
    "اتصلوا",
    "محمول",
];
/// Said before a code of digits, which is no telephone number then.
const CODE_BEFORE: [&str; 25] = [
    "code",
    "codes",
    "codigo",
    "id",
    "ref",
    "reference",
    "udise",
    "emis",
    "sace",
    "register",
    "matricule",
    "siret",
    "siren",
    "rtn",
    "nit",
    "glide",
    "isbn",
    "issn",
    "school",
    "ecole",
    "escuela",
    "مدرسه",
    "المدرسه",
    "رمز",
    "كود",
];
/// Shapes in which local numbers are written apart: digits of each group.
const SHAPES: [&[usize]; 11] = [
    &[3, 3, 4],
    &[2, 4, 4],
    &[3, 4, 4],
    &[2, 3, 4],
    &[1, 3, 3, 4],
    &[2, 3, 2, 2],
    &[3, 3, 2, 2],
    &[2, 2, 2, 2],
    &[2, 2, 2, 2, 2],
    &[1, 2, 2, 2, 2],
    &[3, 2, 2, 2],
];

/// Digits that stand together.
struct Group {
    digits: String,
    from: usize,
    to: usize,
    /// What stands between the group before and this one.
    gap: String,
}

/// Groups of digits with nothing but spaces and strokes between them.
struct Run {
    groups: Vec<Group>,
    plus: bool,
    bracket: bool,
    /// The word before, and the one before that, folded.
    before: [String; 2],
    /// Letters are joined to it: a code.
    joined: bool,
}

/// The first telephone number of a text, as it is written there.
pub fn telephone(text: &str) -> Option<&str> {
    runs(text).iter().find_map(|run| {
        let (from, to) = number_in(run)?;
        text.get(from..to)
    })
}

fn runs(text: &str) -> Vec<Run> {
    let chars: Vec<(usize, char)> = text
        .char_indices()
        .filter(|(_, c)| !is_unseen(*c))
        .map(|(at, c)| (at, plain_digit(c)))
        .collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((_, c)) = chars.get(at) {
        if c.is_ascii_digit() {
            let (run, next) = run_from(&chars, at, text.len());
            found.push(run);
            at = next;
        } else {
            at += 1;
        }
    }
    found
}

fn run_from(chars: &[(usize, char)], start: usize, end: usize) -> (Run, usize) {
    let char_at = |at: usize| chars.get(at).map(|(_, c)| *c);
    let byte_at = |at: usize| chars.get(at).map_or(end, |(byte, _)| *byte);
    let mut first = start;
    let mut bracket = false;
    if first > 0 && char_at(first - 1) == Some('(') {
        bracket = true;
        first -= 1;
    }
    let plus = first > 0 && char_at(first - 1) == Some('+');
    if plus {
        first -= 1;
    }
    let (mut groups, mut at, mut gap) = (Vec::new(), start, String::new());
    loop {
        let begun = at;
        while char_at(at).is_some_and(|c| c.is_ascii_digit()) {
            at += 1;
        }
        groups.push(Group {
            digits: chars
                .get(begun..at)
                .unwrap_or_default()
                .iter()
                .map(|(_, c)| *c)
                .collect(),
            from: byte_at(if groups.is_empty() { first } else { begun }),
            to: byte_at(at),
            gap: std::mem::take(&mut gap),
        });
        let ahead = (at..at + 4)
            .take_while(|a| char_at(*a).is_some_and(is_between))
            .count();
        if !(1..=3).contains(&ahead) || !char_at(at + ahead).is_some_and(|c| c.is_ascii_digit()) {
            break;
        }
        gap = chars
            .get(at..at + ahead)
            .unwrap_or_default()
            .iter()
            .map(|(_, c)| *c)
            .collect();
        at += ahead;
    }
    let strokes = (0..first)
        .rev()
        .take_while(|a| char_at(*a).is_some_and(|c| matches!(c, '-' | '/' | '_' | '=')))
        .count();
    let last = first - strokes;
    let letters = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let after = char_at(at);
    let hooked = matches!(after, Some('-' | '_' | '/')) && letters(char_at(at + 1));
    let (near, place) = before(chars, last);
    let before = [near, before(chars, place).0];
    let touching = last > 0 && letters(char_at(last - 1)) && !plus && !is_said(&before[0]);
    let run = Run {
        groups,
        plus,
        bracket,
        joined: touching || letters(after) || hooked,
        before,
    };
    (run, at)
}

/// The word before a place, folded, and where it begins.
fn before(chars: &[(usize, char)], end: usize) -> (String, usize) {
    let near = chars.get(end.saturating_sub(5)..end).unwrap_or_default();
    if near.iter().map(|(_, c)| *c).eq("wa.me".chars()) {
        return ("whatsapp".to_owned(), end - near.len());
    }
    let back = |from: usize, wanted: fn(char) -> bool| {
        let kept = |at: &usize| chars.get(*at).is_some_and(|(_, c)| wanted(*c));
        from - (0..from).rev().take_while(kept).count()
    };
    let stop = back(end, |c| {
        !c.is_alphabetic() && !c.is_ascii_digit() && c != '\n'
    });
    let start = back(stop, char::is_alphabetic);
    let word: String = chars
        .get(start..stop)
        .unwrap_or_default()
        .iter()
        .map(|(_, c)| *c)
        .collect();
    (fold(&word), start)
}

fn is_said(word: &str) -> bool {
    SAID_BEFORE.contains(&word)
}

/// Where in a run a telephone number stands.
fn number_in(run: &Run) -> Option<(usize, usize)> {
    let whole = |groups: &[Group]| Some((groups.first()?.from, groups.last()?.to));
    let [near, far] = &run.before;
    if run.plus {
        let mut digits = 0;
        let within = |g: &&Group| {
            digits += g.digits.len();
            digits <= DIGITS_MAX
        };
        let count = run.groups.iter().take_while(within).count();
        let groups = run.groups.get(..count)?;
        let digits = count_digits(groups);
        let quantity = is_quantity(groups) && digits < 9;
        return (digits >= 8 && !quantity).then(|| whole(groups))?;
    }
    if run.joined {
        return None;
    }
    let coded = [near, far]
        .iter()
        .any(|word| CODE_BEFORE.contains(&word.as_str()));
    // «mobile classrooms: 1 200 000» counts classrooms.
    let said = |part: &[Group]| is_said(near) || (is_said(far) && !is_quantity(part));
    parts(&run.groups)
        .into_iter()
        .find(|part| is_local(part, said(part), coded, run.bracket))
        .and_then(whole)
}

fn count_digits(groups: &[Group]) -> usize {
    groups.iter().map(|g| g.digits.len()).sum()
}

/// A run without the dates, years and decimal numbers in it.
fn parts(groups: &[Group]) -> Vec<&[Group]> {
    let mut found = Vec::new();
    let (mut from, mut at) = (0, 0);
    while at < groups.len() {
        let rest = groups.get(at..).unwrap_or_default();
        let taken = apart(rest);
        if taken > 0 {
            found.push(groups.get(from..at).unwrap_or_default());
            at += taken;
            from = at;
        } else {
            at += 1;
        }
    }
    found.push(groups.get(from..).unwrap_or_default());
    found.retain(|part| !part.is_empty());
    found
}

/// How many groups at the beginning are a date, a span of years, a year or a decimal number.
fn apart(groups: &[Group]) -> usize {
    let value = |g: &Group| g.digits.parse::<u32>().unwrap_or(u32::MAX);
    let year = |g: &Group| g.digits.len() == 4 && (1900..=2100).contains(&value(g));
    let day = |g: &Group| g.digits.len() <= 2 && (1..=31).contains(&value(g));
    let tight = |g: &Group| matches!(g.gap.as_str(), "-" | "/" | "." | "–" | "‑");
    match groups {
        [a, b, c, ..]
            if tight(b)
                && b.gap == c.gap
                && day(b)
                && ((year(a) && day(c)) || (day(a) && year(c))) =>
        {
            3
        }
        [a, b, ..] if year(a) && year(b) && b.gap.trim() != "" => 2,
        [a, b, rest @ ..]
            if a.gap != "."
                && b.gap == "."
                && rest.first().is_none_or(|c| c.gap != ".")
                && a.digits.len() <= 3
                && !(a.digits.starts_with('0') && a.digits.len() > 1) =>
        {
            2
        }
        [a, rest @ ..] if year(a) && rest.first().is_none_or(|b| b.gap.trim().is_empty()) => 1,
        _ => 0,
    }
}

/// Whether groups are a whole number with its thousands apart.
fn is_quantity(groups: &[Group]) -> bool {
    match groups {
        [only] => !only.digits.starts_with('0'),
        [first, rest @ ..] => {
            let gap = rest.first().map(|g| g.gap.as_str()).unwrap_or_default();
            (1..=3).contains(&first.digits.len())
                && !first.digits.starts_with('0')
                && (gap.trim().is_empty() || gap == ".")
                && rest.iter().all(|g| g.digits.len() == 3 && g.gap == gap)
        }
        [] => false,
    }
}

fn is_local(groups: &[Group], said: bool, coded: bool, bracket: bool) -> bool {
    let digits = count_digits(groups);
    let text: String = groups.iter().map(|g| g.digits.as_str()).collect();
    if said && (7..=DIGITS_MAX).contains(&digits) {
        return true;
    }
    if !(7..=DIGITS_MAX + 2).contains(&digits) {
        return false;
    }
    let abroad = text.starts_with("00") && !text.starts_with("000") && digits >= 10;
    match groups {
        [_] => {
            let at_home = text.starts_with('0') && (10..=11).contains(&digits);
            let bare =
                !text.starts_with('0') && (11..=13).contains(&digits) && !text.ends_with("000");
            let book = digits == 13 && (text.starts_with("978") || text.starts_with("979"));
            !coded && !book && (at_home || bare || abroad)
        }
        _ if digits > DIGITS_MAX && !abroad => false,
        _ if is_quantity(groups) => digits >= 12 && !text.ends_with("000"),
        _ => abroad || is_apart(groups, &text, bracket),
    }
}

/// Whether groups of digits are written as local numbers are.
fn is_apart(groups: &[Group], text: &str, bracket: bool) -> bool {
    let value = |g: &Group| g.digits.parse::<u64>().unwrap_or(0);
    let lengths: Vec<usize> = groups.iter().map(|g| g.digits.len()).collect();
    let rising = groups
        .windows(2)
        .all(|pair| matches!(pair, [a, b] if value(a) < value(b)));
    let strokes = groups.iter().skip(1).all(|g| !g.gap.trim().is_empty());
    if let [a, b] = groups
        && lengths == [4, 4]
        && !text.starts_with('0')
    {
        let round = value(a) % 10 == 0 && value(b) % 10 == 0;
        return !(round && (rising || !strokes));
    }
    if lengths.iter().all(|n| *n == 1) {
        return lengths.len() >= 8 && !rising;
    }
    let leading =
        text.starts_with('0') && (8..=11).contains(&text.len()) && lengths.iter().all(|n| *n >= 2);
    let dashed = groups.len() >= 3 && strokes && text.len() >= 8 && lengths.iter().all(|n| *n <= 4);
    let isbn = text.len() == 13 && (text.starts_with("978") || text.starts_with("979"));
    let by_year = groups
        .first()
        .is_some_and(|g| (1900..=2100).contains(&value(g)) && g.digits.len() == 4);
    let shaped = SHAPES.contains(&lengths.as_slice());
    let pairs = lengths.iter().all(|n| *n == 2);
    let dotted = groups.iter().skip(1).all(|g| g.gap == ".");
    let listed = rising && !dotted && (pairs || !text.starts_with('0'));
    bracket || !(isbn || by_year || listed) && (leading || dashed || shaped)
}

/// What may stand between the groups of a number.
const fn is_between(c: char) -> bool {
    matches!(
        c,
        ' ' | '\u{a0}'
            | '\u{202f}'
            | '\u{2009}'
            | '-'
            | '–'
            | '\u{2010}'
            | '\u{2011}'
            | '.'
            | '/'
            | '('
            | ')'
    )
}

/// What no reader sees: joiners and marks of direction.
const fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

/// Arabic and Persian digits as the digits of machines.
fn plain_digit(c: char) -> char {
    let of = |zero: u32| char::from_digit((u32::from(c) - zero).min(9), 10).unwrap_or(c);
    match c {
        '\u{660}'..='\u{669}' => of(0x660),
        '\u{6f0}'..='\u{6f9}' => of(0x6f0),
        '\u{ff10}'..='\u{ff19}' => of(0xff10),
        _ => c,
    }
}
