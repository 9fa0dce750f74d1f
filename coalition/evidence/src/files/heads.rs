//! Headers as partners write them: which column says where, when and of whom, and which hold figures.

use crate::Indicator;
use std::collections::BTreeMap;

/// What a column says beside the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Says {
    Indicator,
    /// 0 a code, else how fine a place it names.
    Place(u8),
    Group,
    From,
    To,
    Period,
    Value,
    Low,
    High,
    Comparator,
    Method,
    Source,
}

/// Headers of columns that say something beside the figures, folded.
const SAID: [(Says, &[&str]); 15] = [
    (
        Says::Indicator,
        &[
            "indicator",
            "indicateur",
            "indicador",
            "المؤشر",
            "whatwascounted",
        ],
    ),
    (
        Says::Place(0),
        &[
            "pcode",
            "placecode",
            "admcode",
            "adm2pcode",
            "adm1pcode",
            "رمزالمكان",
        ],
    ),
    (
        Says::Place(1),
        &[
            "department",
            "region",
            "province",
            "county",
            "state",
            "governorate",
            "departement",
            "departamento",
            "provincia",
            "المحافظة",
            "الاقليم",
            "adm1",
        ],
    ),
    (
        Says::Place(2),
        &[
            "municipality",
            "district",
            "commune",
            "municipio",
            "subcounty",
            "المديرية",
            "البلدية",
            "adm2",
        ],
    ),
    (
        Says::Place(3),
        &[
            "place",
            "location",
            "area",
            "where",
            "lieu",
            "lugar",
            "المكان",
        ],
    ),
    (
        Says::Group,
        &[
            "group",
            "disaggregation",
            "sex",
            "gender",
            "groupe",
            "sexe",
            "grupo",
            "sexo",
            "genero",
            "الفئة",
            "الجنس",
        ],
    ),
    (
        Says::From,
        &[
            "from",
            "start",
            "startdate",
            "datefrom",
            "du",
            "debut",
            "desde",
            "inicio",
            "fechadeinicio",
            "من",
        ],
    ),
    (
        Says::To,
        &[
            "to",
            "until",
            "end",
            "enddate",
            "dateto",
            "au",
            "fin",
            "hasta",
            "fechadefin",
            "الى",
        ],
    ),
    (
        Says::Period,
        &[
            "period",
            "date",
            "month",
            "quarter",
            "year",
            "reportingperiod",
            "periode",
            "mois",
            "annee",
            "periodo",
            "mes",
            "ano",
            "fecha",
            "الفترة",
            "التاريخ",
            "الشهر",
            "السنة",
        ],
    ),
    (
        Says::Value,
        &[
            "value",
            "figure",
            "number",
            "count",
            "actual",
            "achieved",
            "result",
            "valeur",
            "nombre",
            "chiffre",
            "resultat",
            "valor",
            "cantidad",
            "numero",
            "logrado",
            "القيمة",
            "العدد",
        ],
    ),
    (
        Says::Low,
        &[
            "low",
            "atleast",
            "minimum",
            "min",
            "lower",
            "aumoins",
            "minimo",
            "الادنى",
        ],
    ),
    (
        Says::High,
        &[
            "high",
            "atmost",
            "maximum",
            "max",
            "upper",
            "auplus",
            "maximo",
            "الاعلى",
        ],
    ),
    (
        Says::Comparator,
        &["comparator", "precision", "comparateur", "comparador"],
    ),
    (
        Says::Method,
        &["method", "howcounted", "methode", "metodo", "الطريقة"],
    ),
    (
        Says::Source,
        &[
            "source",
            "meansofverification",
            "evidence",
            "fuente",
            "mediodeverificacion",
            "moyendeverification",
            "المصدر",
        ],
    ),
];

/// Other words for groups, folded; the catalogue's own names are added.
const GROUP_WORDS: [(&str, &[&str]); 3] = [
    (
        "all",
        &[
            "all",
            "total",
            "both",
            "everybody",
            "tous",
            "toutes",
            "ensemble",
            "todos",
            "todas",
            "ambos",
            "الكل",
            "المجموع",
            "الجميع",
        ],
    ),
    (
        "girls",
        &[
            "girl",
            "girls",
            "female",
            "females",
            "women",
            "f",
            "filles",
            "femmes",
            "feminin",
            "ninas",
            "mujeres",
            "femenino",
            "بنات",
            "اناث",
            "الاناث",
        ],
    ),
    (
        "boys",
        &[
            "boy",
            "boys",
            "male",
            "males",
            "men",
            "m",
            "garcons",
            "hommes",
            "masculin",
            "ninos",
            "hombres",
            "masculino",
            "بنين",
            "ذكور",
            "الذكور",
        ],
    ),
];

/// What a column is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    Says(Says),
    /// Figures of an indicator; none when another column names it.
    Figures {
        indicator: Option<String>,
        group: String,
    },
    /// Nothing is read from it.
    Unread,
}

/// Knows headers and words.
pub(crate) struct Known {
    /// Folded name to code.
    indicators: BTreeMap<String, String>,
    groups: BTreeMap<String, String>,
}

impl Known {
    /// From the catalogue's indicators and groups (code and names).
    pub(crate) fn new(indicators: &[Indicator], groups: &[(String, Vec<String>)]) -> Self {
        let mut by_name = BTreeMap::new();
        for indicator in indicators {
            for alias in indicator.aliases.iter().filter(|alias| !alias.is_empty()) {
                by_name
                    .entry(alias.clone())
                    .or_insert_with(|| indicator.code.clone());
            }
        }
        let mut of_group = BTreeMap::new();
        for (code, words) in GROUP_WORDS {
            of_group.extend(
                words
                    .iter()
                    .map(|word| ((*word).to_owned(), code.to_owned())),
            );
        }
        for (code, names) in groups {
            let names = names.iter().map(|name| sheets::fold(name));
            of_group.extend(names.map(|name| (name, code.clone())));
            of_group.insert(sheets::fold(code), code.clone());
        }
        Self {
            indicators: by_name,
            groups: of_group,
        }
    }

    /// The indicator a cell names.
    pub(crate) fn indicator(&self, text: &str) -> Option<&str> {
        self.indicators.get(&sheets::fold(text)).map(String::as_str)
    }

    /// The group a cell names; an empty one means everybody.
    pub(crate) fn group(&self, text: &str) -> Option<&str> {
        let folded = sheets::fold(text);
        if folded.is_empty() {
            return Some(crate::EVERYBODY);
        }
        self.groups.get(&folded).map(String::as_str)
    }

    /// What a column is for, by its header.
    pub(crate) fn column(&self, header: &str) -> Column {
        let folded = sheets::fold(header);
        if let Some((says, _)) = SAID
            .iter()
            .find(|(_, words)| words.contains(&folded.as_str()))
        {
            return Column::Says(*says);
        }
        let figures = |indicator: Option<&String>, group: &str| Column::Figures {
            indicator: indicator.cloned(),
            group: group.to_owned(),
        };
        if let Some(code) = self.indicators.get(&folded) {
            return figures(Some(code), crate::EVERYBODY);
        }
        // «Learners girls», «Girls reached»: the longest name of an indicator wins.
        let mut best: Option<(usize, Column)> = None;
        for (alias, code) in &self.indicators {
            let rest = folded
                .strip_prefix(alias.as_str())
                .or_else(|| folded.strip_suffix(alias.as_str()));
            let group = rest.and_then(|rest| self.groups.get(rest));
            if let Some(group) = group
                && best
                    .as_ref()
                    .is_none_or(|(length, _)| alias.len() > *length)
            {
                best = Some((alias.len(), figures(Some(code), group)));
            }
        }
        match (best, self.groups.get(&folded)) {
            (Some((_, column)), _) => column,
            (None, Some(group)) => figures(None, group),
            (None, None) => Column::Unread,
        }
    }

    /// Names that tell a header row from others.
    pub(crate) fn headers(&self) -> Vec<String> {
        let said = SAID
            .iter()
            .flat_map(|(_, words)| words.iter().map(|word| (*word).to_owned()));
        said.chain(self.indicators.keys().cloned()).collect()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::{Outcome, Unit};
    use base::Names;

    pub(crate) fn known() -> Known {
        let one = |code: &str, aliases: &[&str]| Indicator {
            code: code.to_owned(),
            names: Names::one("en", code),
            definition: Names::default(),
            unit: Unit::People,
            population: "learners".to_owned(),
            result: Outcome::Output,
            means_of_verification: Names::default(),
            missions: Vec::new(),
            aliases: aliases
                .iter()
                .map(|a| sheets::fold(a))
                .chain([sheets::fold(code)])
                .collect(),
            version: 1,
        };
        Known::new(
            &[
                one(
                    "learners_reached",
                    &["Learners", "Learners reached", "élèves"],
                ),
                one("teachers_trained", &["Teachers", "Teachers trained"]),
            ],
            &[(
                "displaced".to_owned(),
                vec![
                    "Displaced learners".to_owned(),
                    "Élèves déplacés".to_owned(),
                ],
            )],
        )
    }

    #[test]
    fn headers_are_known_however_they_are_written() {
        let known = known();
        let is = |header: &str, indicator: Option<&str>, group: &str| {
            let wanted = Column::Figures {
                indicator: indicator.map(str::to_owned),
                group: group.to_owned(),
            };
            assert_eq!(known.column(header), wanted, "{header}");
        };
        is("Learners reached", Some("learners_reached"), "all");
        is("Learners Girls", Some("learners_reached"), "girls");
        is("Élèves – filles", Some("learners_reached"), "girls");
        is("TEACHERS  Female", Some("teachers_trained"), "girls");
        is("Boys", None, "boys");
        is("Total", None, "all");
        assert_eq!(known.column("Departamento"), Column::Says(Says::Place(1)));
        assert_eq!(known.column("Start date"), Column::Says(Says::From));
        assert_eq!(known.column("Remarks"), Column::Unread);
        assert_eq!(known.group("F"), Some("girls"));
        assert_eq!(known.group("élèves déplacés"), Some("displaced"));
        assert_eq!(known.group("aliens"), None);
    }
}
