//! The languages the product speaks.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A language of the product's own texts.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    En,
    Fr,
    Ar,
}

impl Lang {
    /// Every language, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::En, Self::Fr, Self::Ar];

    /// The BCP 47 code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
            Self::Ar => "ar",
        }
    }
    /// The language's name in itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Fr => "Français",
            Self::Ar => "العربية",
        }
    }
    /// The direction of its script: `ltr` or `rtl`.
    pub const fn dir(self) -> &'static str {
        match self {
            Self::Ar => "rtl",
            Self::En | Self::Fr => "ltr",
        }
    }
    /// The language of a code such as `fr` or `fr-CA`; none when the product does not speak it.
    pub fn parse(code: &str) -> Option<Self> {
        let primary = code.split(['-', '_']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|l| l.code().eq_ignore_ascii_case(primary))
    }
    /// The best of ours for an `Accept-Language` header.
    pub fn accepted(header: &str) -> Option<Self> {
        let mut wanted: Vec<(i32, usize, Self)> = Vec::new();
        for (position, part) in header.split(',').enumerate() {
            let (code, weight) = part.split_once(";q=").unwrap_or((part, "1"));
            let weight = weight.trim().parse::<f32>().unwrap_or(0.0);
            if let (Some(lang), true) = (Self::parse(code.trim()), weight > 0.0) {
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "a weight lies between 0 and 1"
                )]
                wanted.push((-(weight * 1000.0) as i32, position, lang));
            }
        }
        wanted.sort_unstable();
        wanted.first().map(|(_, _, lang)| *lang)
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_accepted_language_wins() {
        for (header, lang) in [
            ("fr-CA,fr;q=0.9,en;q=0.8", Some(Lang::Fr)),
            ("es, ar;q=0.2, en;q=0.5", Some(Lang::En)),
            ("ar", Some(Lang::Ar)),
            ("es", None),
            ("en;q=0", None),
            ("", None),
        ] {
            assert_eq!(Lang::accepted(header), lang, "{header}");
        }
    }
}
