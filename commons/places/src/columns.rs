//! The columns of a school register under the names ministries give them.

use sheets::{Column, Kind, Refusal, Sheet, Wanted};

/// Every column a register may have. Only the identifier and the name must be there.
pub fn wanted() -> Vec<Wanted<'static>> {
    vec![
        must("code", CODE, Kind::Text),
        must("name", NAME, Kind::Text),
        may(
            "survey",
            &["uuid", "survey id", "survey uuid", "instance id"],
            Kind::Text,
        ),
        may("place_code", PLACE_CODE, Kind::Text),
        may("department", DEPARTMENT, Kind::Text),
        may("municipality", MUNICIPALITY, Kind::Text),
        may(
            "ward",
            &["aldea", "village", "quartier", "الحي"],
            Kind::Text,
        ),
        may(
            "address",
            &["direccion", "adresse", "location", "العنوان"],
            Kind::Text,
        ),
        may(
            "status",
            &[
                "management",
                "ownership",
                "sector",
                "administracion",
                "statut",
                "gestion",
                "public private",
                "الملكية",
            ],
            Kind::Text,
        ),
        may("level", LEVEL, Kind::Text),
        may("rural", RURAL, Kind::Text),
        may(
            "longitude",
            &[
                "lon",
                "lng",
                "long",
                "x",
                "x coord",
                "x coordinate",
                "gps longitude",
                "longitud",
                "خط الطول",
            ],
            Kind::Text,
        ),
        may(
            "latitude",
            &[
                "lat",
                "y",
                "y coord",
                "y coordinate",
                "gps latitude",
                "latitud",
                "خط العرض",
            ],
            Kind::Text,
        ),
        may(
            "gps",
            &[
                "gps coordinates",
                "coordinates",
                "geopoint",
                "coordenadas",
                "coordonnees",
                "coordonnees gps",
                "الاحداثيات",
            ],
            Kind::Text,
        ),
        may("girls", GIRLS, Kind::Whole),
        may("boys", BOYS, Kind::Whole),
        may("learners", LEARNERS, Kind::Whole),
        may(
            "teachers_female",
            &[
                "female teachers",
                "teachers f",
                "num tchrs female",
                "maestras",
                "docentes mujeres",
                "enseignantes",
                "المعلمات",
            ],
            Kind::Whole,
        ),
        may(
            "teachers_male",
            &[
                "male teachers",
                "teachers m",
                "num tchrs male",
                "maestros",
                "docentes hombres",
                "enseignants hommes",
                "المعلمون الذكور",
            ],
            Kind::Whole,
        ),
        may("teachers", TEACHERS, Kind::Whole),
        may(
            "year",
            &[
                "school year",
                "ano",
                "ano escolar",
                "annee",
                "annee scolaire",
                "date of survey",
                "survey date",
                "fecha",
                "السنة",
                "العام الدراسي",
            ],
            Kind::Day,
        ),
        may(
            "water",
            &[
                "has water",
                "drinking water",
                "agua",
                "agua potable",
                "eau",
                "eau potable",
                "point d eau",
                "improved water supply",
                "المياه",
                "مياه الشرب",
            ],
            Kind::Text,
        ),
        may(
            "internet",
            &[
                "has internet",
                "internet access",
                "connectivity",
                "acceso a internet",
                "conectividad",
                "connexion",
                "connexion internet",
                "acces internet",
                "الانترنت",
                "الاتصال بالانترنت",
            ],
            Kind::Text,
        ),
        may("electricity", ELECTRICITY, Kind::Text),
        may(
            "grid",
            &[
                "phcn electricity",
                "grid electricity",
                "grid",
                "red electrica",
                "reseau electrique",
            ],
            Kind::Text,
        ),
        may(
            "computers",
            &[
                "has computers",
                "computer",
                "computadoras",
                "ordenadores",
                "ordinateurs",
                "salle informatique",
                "الحواسيب",
                "اجهزة الحاسوب",
            ],
            Kind::Text,
        ),
    ]
}

const CODE: &[&str] = &[
    "school code",
    "school id",
    "deped id",
    "facility id",
    "emis code",
    "emis",
    "emis id",
    "uic",
    "school number",
    "codigo",
    "codigo escuela",
    "codigo centro",
    "codigo del centro",
    "code ecole",
    "code etablissement",
    "code de l ecole",
    "identifiant",
    "identifier",
    "id",
    "رمز المدرسة",
    "رقم المدرسة",
    "الرمز",
];
const NAME: &[&str] = &[
    "school name",
    "facility name",
    "name of school",
    "school",
    "nombre",
    "nombre escuela",
    "nombre del centro",
    "nombre centro",
    "centro educativo",
    "escuela",
    "nom",
    "nom ecole",
    "nom de l ecole",
    "nom etablissement",
    "nom de l etablissement",
    "etablissement",
    "ecole",
    "اسم المدرسة",
    "المدرسة",
    "الاسم",
];
const PLACE_CODE: &[&str] = &[
    "pcode",
    "p code",
    "adm2 pcode",
    "adm3 pcode",
    "place",
    "code lieu",
    "codigo lugar",
    "رمز المكان",
];
const DEPARTMENT: &[&str] = &[
    "departamento",
    "departement",
    "county",
    "state",
    "province",
    "provincia",
    "region",
    "adm1",
    "admin1",
    "adm1 name",
    "governorate",
    "gouvernorat",
    "estado",
    "wilaya",
    "المحافظة",
    "الولاية",
];
const MUNICIPALITY: &[&str] = &[
    "municipio",
    "municipalite",
    "commune",
    "sub county",
    "subcounty",
    "district",
    "distrito",
    "lga",
    "adm2",
    "admin2",
    "adm2 name",
    "arrondissement",
    "caza",
    "local government area",
    "القضاء",
    "البلدية",
    "المديرية",
];
const LEVEL: &[&str] = &[
    "school level",
    "education level",
    "isced level",
    "isced",
    "facility type",
    "school type",
    "nivel",
    "nivel educativo",
    "niveau",
    "niveau d enseignement",
    "cycle",
    "المرحلة",
    "المستوى",
];
const RURAL: &[&str] = &[
    "urban rural",
    "rural urban",
    "area",
    "zona",
    "milieu",
    "zone rurale",
    "urbanicity",
    "locality type",
    "المنطقة السكنية",
    "ريفي",
];
const GIRLS: &[&str] = &[
    "learners girls",
    "female learners",
    "female students",
    "students female",
    "num students female",
    "enrolment girls",
    "enrollment girls",
    "enrolment female",
    "ninas",
    "alumnas",
    "matricula mujeres",
    "filles",
    "effectif filles",
    "eleves filles",
    "الفتيات",
    "البنات",
    "عدد البنات",
    "اناث",
];
const BOYS: &[&str] = &[
    "learners boys",
    "male learners",
    "male students",
    "students male",
    "num students male",
    "enrolment boys",
    "enrollment boys",
    "enrolment male",
    "ninos",
    "alumnos varones",
    "matricula hombres",
    "garcons",
    "effectif garcons",
    "eleves garcons",
    "الفتيان",
    "البنين",
    "عدد البنين",
    "ذكور",
];
const LEARNERS: &[&str] = &[
    "students",
    "pupils",
    "enrolment",
    "enrollment",
    "total learners",
    "total students",
    "num students total",
    "total enrolment",
    "alumnos",
    "estudiantes",
    "matricula",
    "matricula total",
    "eleves",
    "effectif",
    "effectif total",
    "total eleves",
    "المتعلمون",
    "التلاميذ",
    "عدد التلاميذ",
    "الطلاب",
];
const TEACHERS: &[&str] = &[
    "total teachers",
    "num tchrs total",
    "docentes",
    "total docentes",
    "maestros total",
    "enseignants",
    "total enseignants",
    "المعلمون",
    "عدد المعلمين",
];
const ELECTRICITY: &[&str] = &[
    "has electricity",
    "power",
    "power access",
    "electricidad",
    "energia electrica",
    "electricite",
    "acces electricite",
    "الكهرباء",
    "كهرباء",
];

const fn must(name: &'static str, aliases: &'static [&'static str], kind: Kind) -> Wanted<'static> {
    Wanted {
        name,
        aliases,
        required: true,
        kind,
    }
}
const fn may(name: &'static str, aliases: &'static [&'static str], kind: Kind) -> Wanted<'static> {
    Wanted {
        name,
        aliases,
        required: false,
        kind,
    }
}

/// The columns that say where a school is.
pub(crate) struct Place {
    pub(crate) place_code: Column,
    pub(crate) department: Column,
    pub(crate) municipality: Column,
}

/// The columns of a file.
pub(crate) struct Used {
    pub(crate) code: Column,
    pub(crate) name: Column,
    pub(crate) survey: Column,
    pub(crate) place: Place,
    pub(crate) ward: Column,
    pub(crate) address: Column,
    pub(crate) status: Column,
    pub(crate) level: Column,
    pub(crate) rural: Column,
    pub(crate) longitude: Column,
    pub(crate) latitude: Column,
    pub(crate) gps: Column,
    pub(crate) girls: Column,
    pub(crate) boys: Column,
    pub(crate) learners: Column,
    pub(crate) teachers_female: Column,
    pub(crate) teachers_male: Column,
    pub(crate) teachers: Column,
    pub(crate) year: Column,
    pub(crate) water: Column,
    pub(crate) internet: Column,
    pub(crate) electricity: Column,
    pub(crate) grid: Column,
    pub(crate) computers: Column,
    pub(crate) unused: Vec<String>,
    found: Vec<(String, String)>,
}

impl Used {
    /// Our name and the file's header of each column that was found.
    pub(crate) fn pairs(&self) -> Vec<(String, String)> {
        self.found.clone()
    }
}

/// Finds the columns of a register in a file.
pub(crate) fn find(sheet: &Sheet) -> Result<Used, Vec<Refusal>> {
    let table = sheet.table();
    let wanted = wanted();
    // Where a file has several of a column's names, the first of our list counts; the others stay
    // among the headers that were not read. The same header twice is refused below.
    let chosen: Vec<[&str; 1]> = wanted
        .iter()
        .map(|want| {
            let mut names = std::iter::once(want.name).chain(want.aliases.iter().copied());
            [names
                .find(|name| table.find(name).is_some())
                .unwrap_or(want.name)]
        })
        .collect();
    let narrowed: Vec<Wanted<'_>> = wanted
        .iter()
        .zip(&chosen)
        .map(|(want, name)| Wanted {
            aliases: name,
            ..*want
        })
        .collect();
    let columns = table.columns(&narrowed)?;
    let column = |name: &str| {
        columns
            .column(name)
            .cloned()
            .map_err(|refusal| vec![refusal])
    };
    let mut found = Vec::new();
    for want in &wanted {
        if let Some(header) = column(want.name)?.header() {
            found.push((want.name.to_owned(), header.to_owned()));
        }
    }
    Ok(Used {
        code: column("code")?,
        name: column("name")?,
        survey: column("survey")?,
        place: Place {
            place_code: column("place_code")?,
            department: column("department")?,
            municipality: column("municipality")?,
        },
        ward: column("ward")?,
        address: column("address")?,
        status: column("status")?,
        level: column("level")?,
        rural: column("rural")?,
        longitude: column("longitude")?,
        latitude: column("latitude")?,
        gps: column("gps")?,
        girls: column("girls")?,
        boys: column("boys")?,
        learners: column("learners")?,
        teachers_female: column("teachers_female")?,
        teachers_male: column("teachers_male")?,
        teachers: column("teachers")?,
        year: column("year")?,
        water: column("water")?,
        internet: column("internet")?,
        electricity: column("electricity")?,
        grid: column("grid")?,
        computers: column("computers")?,
        unused: columns.unused().to_vec(),
        found,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn no_name_of_a_column_means_two_things() {
        let mut owners: BTreeMap<String, &str> = BTreeMap::new();
        for want in wanted() {
            for alias in std::iter::once(&want.name).chain(want.aliases) {
                let owner = owners.insert(sheets::fold(alias), want.name);
                assert!(
                    owner.is_none_or(|other| other == want.name),
                    "{alias}: {owner:?} and {}",
                    want.name
                );
            }
        }
    }
}
