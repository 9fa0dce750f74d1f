//! Names in several languages, and the folding by which both databases sort and find alike.

use crate::lang::Lang;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A name in several languages, by BCP 47 code.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Names(pub BTreeMap<String, String>);

impl Names {
    /// A name known in one language.
    pub fn one(code: &str, name: &str) -> Self {
        Self(BTreeMap::from([(code.to_owned(), name.to_owned())]))
    }
    /// The names in the product's three languages, where not empty.
    pub fn three(en: &str, fr: &str, ar: &str) -> Self {
        let pairs = [("en", en), ("fr", fr), ("ar", ar)];
        let known = pairs
            .into_iter()
            .filter(|(_, name)| !name.trim().is_empty());
        Self(
            known
                .map(|(code, name)| (code.to_owned(), name.trim().to_owned()))
                .collect(),
        )
    }
    /// The name in `lang`, else in English, else in whatever language there is.
    pub fn get(&self, lang: Lang) -> &str {
        self.0
            .get(lang.code())
            .or_else(|| self.0.get("en"))
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }
    /// No language has a name.
    pub fn is_empty(&self) -> bool {
        self.0.values().all(|name| name.trim().is_empty())
    }
}

/// Folds case, accents and Arabic letter forms, and joins words with single spaces.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for wide in text.chars() {
        for c in wide.to_lowercase() {
            match plain(c) {
                Plain::Gap => gap = !out.is_empty(),
                Plain::Nothing => {}
                Plain::Text(text) => {
                    if std::mem::take(&mut gap) {
                        out.push(' ');
                    }
                    out.push_str(text);
                }
                Plain::Same => {
                    if std::mem::take(&mut gap) {
                        out.push(' ');
                    }
                    out.push(c);
                }
            }
        }
    }
    out
}

enum Plain {
    Same,
    Nothing,
    Gap,
    Text(&'static str),
}

fn plain(c: char) -> Plain {
    match c {
        'a'..='z' | '0'..='9' => Plain::Same,
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => Plain::Text("a"),
        'ç' | 'ć' | 'č' | 'ĉ' | 'ċ' => Plain::Text("c"),
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => Plain::Text("e"),
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ĭ' | 'į' | 'ı' => Plain::Text("i"),
        'ñ' | 'ń' | 'ň' | 'ņ' => Plain::Text("n"),
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ō' | 'ŏ' | 'ő' | 'ø' => Plain::Text("o"),
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => Plain::Text("u"),
        'ý' | 'ÿ' => Plain::Text("y"),
        'ß' => Plain::Text("ss"),
        'æ' => Plain::Text("ae"),
        'œ' => Plain::Text("oe"),
        'ş' | 'š' | 'ś' | 'ș' => Plain::Text("s"),
        'ž' | 'ź' | 'ż' => Plain::Text("z"),
        'ţ' | 'ť' | 'ț' => Plain::Text("t"),
        'ł' | 'ĺ' | 'ľ' => Plain::Text("l"),
        'ğ' | 'ģ' => Plain::Text("g"),
        'đ' | 'ď' => Plain::Text("d"),
        'ř' => Plain::Text("r"),
        'أ' | 'إ' | 'آ' | 'ٱ' => Plain::Text("ا"),
        'ى' => Plain::Text("ي"),
        'ة' => Plain::Text("ه"),
        'ؤ' => Plain::Text("و"),
        'ئ' => Plain::Text("ي"),
        '\u{0640}' | '\u{064b}'..='\u{065f}' | '\u{0300}'..='\u{036f}' => Plain::Nothing,
        '\'' | '’' | '`' => Plain::Nothing,
        _ if c.is_alphanumeric() => Plain::Same,
        _ => Plain::Gap,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_joins_what_people_write_apart() {
        for (a, b) in [
            ("Número de Alumnos", "numero_de_alumnos"),
            ("  ATLÁNTIDA ", "atlantida"),
            ("إدخال", "ادخال"),
            ("N’Djaména", "NDJAMENA"),
            ("École  primaire", "ecole primaire"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} / {b}");
        }
        assert_eq!(fold("中文 学校"), "中文 学校");
    }

    #[test]
    fn a_name_falls_back_to_one_that_is_known() {
        let names = Names::three("School", "", "مدرسة");
        assert_eq!(names.get(Lang::Ar), "مدرسة");
        assert_eq!(names.get(Lang::Fr), "School");
        assert_eq!(Names::one("es", "Escuela").get(Lang::Ar), "Escuela");
        assert!(Names::default().is_empty());
    }
}
