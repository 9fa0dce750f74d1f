//! Folding of names: two spellings of one header or name become equal.

/// Folds case, accents, spaces, underscores and punctuation away; `%`, `#`, `+` and `&` stay,
/// and so does a gap between two digits, or "Class 1 1" would equal "Class 11".
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    for letter in text.chars() {
        if let Some(digit) = digit(letter) {
            if gap && folded.ends_with(|last: char| last.is_ascii_digit()) {
                folded.push(' ');
            }
            folded.push(digit);
            gap = false;
        } else if letter.is_ascii() {
            if letter.is_ascii_alphabetic() || matches!(letter, '%' | '#' | '+' | '&') {
                folded.push(letter.to_ascii_lowercase());
                gap = false;
            } else {
                gap = true;
            }
        } else if is_kept(letter) {
            for lower in letter.to_lowercase() {
                push_plain(&mut folded, lower);
            }
            gap = false;
        } else {
            gap = gap || !is_mark(letter);
        }
    }
    folded
}

/// The ASCII form of a Latin, Arabic or Persian digit.
pub(crate) fn digit(letter: char) -> Option<char> {
    let code = u32::from(letter);
    let value = match letter {
        '0'..='9' => return Some(letter),
        '\u{660}'..='\u{669}' => code - 0x660,
        '\u{6F0}'..='\u{6F9}' => code - 0x6F0,
        _ => return None,
    };
    char::from_digit(value, 10)
}

fn is_kept(letter: char) -> bool {
    letter.is_alphanumeric() && !is_mark(letter)
}

/// Signs that stand on a letter: Latin combining marks, Arabic vowels, the Arabic tatweel.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36F}' | '\u{610}'..='\u{61A}' | '\u{640}'
        | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{200C}'..='\u{200F}' | '\u{FEFF}')
}

fn push_plain(folded: &mut String, letter: char) {
    let plain = match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ'..='ặ' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' | 'ɗ' | 'ḍ' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ɛ' | 'ẹ'..='ệ' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' | 'ḥ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ỉ' | 'ị' => "i",
        'ĵ' => "j",
        'ķ' | 'ƙ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' | 'ŋ' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ơ' | 'ɔ' | 'ọ'..='ợ' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' | 'ṣ' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ŧ' | 'ț' | 'ṭ' => "t",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' | 'ụ'..='ự' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' | 'ƴ' | 'ỳ'..='ỹ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'þ' => "th",
        'ɓ' => "b",
        'أ' | 'إ' | 'آ' | 'ٱ' => "ا",
        'ى' | 'ی' => "ي",
        'ک' => "ك",
        'ة' => "ه",
        'ؤ' => "و",
        'ئ' => "ي",
        other if is_mark(other) => "",
        other => return folded.push(other),
    };
    folded.push_str(plain);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_header_are_equal() {
        for (left, right) in [
            ("Número de Alumnos", "numero_de_alumnos"),
            ("Nu\u{301}mero", "NUMERO"),
            ("facilityName", "Facility name"),
            ("École  (nom)", "ecole nom"),
            ("المدرسة", "المَدْرَسه"),
            ("Straße", "STRASSE"),
            ("Class ٣", "class 3"),
        ] {
            assert_eq!(fold(left), fold(right), "{left} and {right}");
        }
    }

    #[test]
    fn different_headers_stay_different() {
        for (left, right) in [
            ("Girls %", "Girls #"),
            ("Class 1 1", "Class 11"),
            ("a", "b"),
        ] {
            assert_ne!(fold(left), fold(right), "{left} and {right}");
        }
    }
}
