//! Registers as ministries send them: every trap at once.

#![expect(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

use places::register::{self, Frame, Reading};
use places::{Gazetteer, Place};
use sheets::{Bounds, Limits, Sheet};

fn place(code: &str, parent: Option<&str>, level: i64, name: &str, aliases: &[&str]) -> Place {
    Place {
        code: code.to_owned(),
        country: "HN".to_owned(),
        parent: parent.map(str::to_owned),
        level,
        kind: "area".to_owned(),
        name: name.to_owned(),
        aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        version: 1,
    }
}

fn honduras() -> Gazetteer {
    Gazetteer::new(vec![
        place("HN", None, 0, "Honduras", &[]),
        place("HN01", Some("HN"), 1, "Atlántida", &["Atlantida"]),
        place("HN05", Some("HN"), 1, "Cortés", &[]),
        place("HN0101", Some("HN01"), 2, "La Ceiba", &["Ceiba"]),
        place("HN0501", Some("HN05"), 2, "San Pedro Sula", &[]),
        place("HN0502", Some("HN05"), 2, "Choloma", &[]),
    ])
    .unwrap()
}

const AROUND: Bounds = Bounds {
    west: -90.0,
    south: 12.5,
    east: -82.5,
    north: 17.0,
};

fn frame<'a>(gazetteer: &'a Gazetteer, allowed: &'a [String]) -> Frame<'a> {
    Frame {
        country: "HN",
        gazetteer,
        bounds: Some(AROUND),
        this_year: 2026,
        allowed,
    }
}

fn read(csv: &str) -> Reading {
    let gazetteer = honduras();
    let sheet = Sheet::read("register.csv", csv.as_bytes(), &Limits::default()).unwrap();
    register::read(&sheet, frame(&gazetteer, &[])).unwrap()
}

fn reasons(reading: &Reading) -> Vec<(u64, &'static str)> {
    reading
        .refused
        .iter()
        .map(|r| (r.row.unwrap_or(0), r.key))
        .collect()
}

fn remarks(reading: &Reading) -> Vec<(&'static str, u64)> {
    reading.remarks.iter().map(|r| (r.key, r.rows)).collect()
}

#[test]
fn columns_are_known_in_four_languages() {
    for csv in [
        "school_code,school name,county,sub_county,girls,boys\n7,Unidad,Cortes,Choloma,3,4\n",
        "Código;Nombre;Departamento;Municipio;Niñas;Niños\n7;Unidad;Cortés;Choloma;3;4\n",
        "Code école;Nom de l'école;Département;Commune;Filles;Garçons\n7;Unidad;Cortes;CHOLOMA;3;4\n",
        "رمز المدرسة,اسم المدرسة,المحافظة,القضاء,البنات,البنين\n7,Unidad,Cortés,Choloma,3,4\n",
    ] {
        let reading = read(csv);
        let school = &reading
            .schools
            .first()
            .unwrap_or_else(|| panic!("{csv}: {:?}", reading.refused))
            .school;
        assert_eq!(
            (school.code.as_str(), school.place.as_str()),
            ("7", "HN0502"),
            "{csv}"
        );
        assert_eq!(
            (school.learners_girls, school.learners),
            (Some(3), Some(7)),
            "{csv}"
        );
        assert!(reading.unused.is_empty(), "{csv}: {:?}", reading.unused);
    }
}

#[test]
fn unknown_is_not_zero() {
    let reading = read(
        "code,name,department,girls,boys,learners,internet,water,electricity\n\
         1,A,Cortés,0,0,,0,,NA\n2,B,Cortés,,5,,yes,no,?\n3,C,Cortés,NA,-,n/a,,1,0\n",
    );
    let schools: Vec<_> = reading.schools.iter().map(|entry| &entry.school).collect();
    assert_eq!(schools.len(), 3, "{:?}", reading.refused);
    assert_eq!(schools[0].learners, Some(0));
    assert_eq!(
        (schools[1].learners_boys, schools[1].learners),
        (Some(5), None)
    );
    assert_eq!(
        (schools[2].learners_girls, schools[2].learners),
        (None, None)
    );
    assert_eq!(
        schools.iter().map(|s| s.internet).collect::<Vec<_>>(),
        [Some(false), Some(true), None]
    );
    assert_eq!(
        schools.iter().map(|s| s.water).collect::<Vec<_>>(),
        [None, Some(false), Some(true)]
    );
    assert_eq!(
        schools.iter().map(|s| s.electricity).collect::<Vec<_>>(),
        [None, None, Some(false)]
    );
    assert!(
        schools
            .iter()
            .all(|s| s.rural.is_none() && s.levels.is_empty() && s.point().is_none())
    );
}

#[test]
fn what_cannot_be_right_refuses_the_row_with_its_reason() {
    let reading = read(
        "code,name,department,longitude,latitude,girls,year\n\
         1,Good,Cortés,-88.02,15.5,10,2011\n\
         2,Negative,Cortés,-88.02,15.5,-3,2011\n\
         3,Swapped,Cortés,15.5,-88.02,10,2011\n\
         4,Half,Cortés,-88.02,,10,2011\n\
         5,Far,Cortés,2.35,48.85,10,2011\n\
         6,Zero,Cortés,0,0,10,2011\n\
         7,Late,Cortés,-88.02,15.5,10,2090\n\
         8,Words,Cortés,-88.02,15.5,many,2011\n\
         ,Codeless,Cortés,-88.02,15.5,10,2011\n",
    );
    assert_eq!(
        reasons(&reading),
        [
            (3, "sheets-negative"),
            (4, "sheets-place-swapped"),
            (5, "sheets-place-half"),
            (6, "sheets-place-outside"),
            (7, "sheets-place-zero"),
            (8, "places-year-strange"),
            (9, "sheets-number"),
            (10, "sheets-cell-empty"),
        ]
    );
    assert_eq!(
        (reading.schools.len(), reading.refused_rows, reading.rows),
        (1, 8, 9)
    );
}

#[test]
fn a_year_is_read_from_days_in_three_styles() {
    for (cells, year) in [
        (["2011", "2012"], [Some(2011), Some(2012)]),
        (["2011-03-09", "2012-12-31"], [Some(2011), Some(2012)]),
        (["25/12/2011", "09/03/2012"], [Some(2011), Some(2012)]),
        (["9 March 2011", ""], [Some(2011), None]),
    ] {
        let csv = format!(
            "code,name,survey date\n1,A,{}\n2,B,{}\n",
            cells[0], cells[1]
        );
        let reading = read(&csv);
        let found: Vec<_> = reading
            .schools
            .iter()
            .map(|entry| entry.school.year)
            .collect();
        assert_eq!(found, year, "{cells:?} {:?}", reading.refused);
    }
}

#[test]
fn the_same_code_again_is_refused_and_shown_beside_the_first() {
    let reading = read("code,name\n5,One\n6,Two\n5,Three\n5,Four\n");
    assert_eq!(
        reasons(&reading),
        [(4, "places-code-repeated"), (5, "places-code-repeated")]
    );
    let group = &reading.duplicates[0];
    assert_eq!(
        (group.reason, group.rows.as_slice(), group.shared.as_str()),
        ("code", &[2, 4, 5][..], "5")
    );
    assert_eq!(reading.schools.len(), 2);
}

#[test]
fn rows_that_look_alike_are_shown_and_never_merged() {
    let reading = read(
        "code,name,department,municipality,longitude,latitude,level,uuid\n\
         1,Escuela Lempira,Cortés,Choloma,-87.950,15.600,Primary,a\n\
         2,ESCUELA  LEMPIRA,Cortés,Choloma,-87.951,15.600,primaria,b\n\
         3,Escuela Lempira,Cortés,Choloma,-87.951,15.600,Secondary,c\n\
         4,Escuela Lempira,Cortés,San Pedro Sula,-88.020,15.500,Primary,d\n\
         5,Another,Cortés,Choloma,-87.900,15.600,Primary,e\n\
         6,Quite another,Cortés,Choloma,-87.800,15.600,Primary,e\n\
         7,Sin punto,Cortés,Choloma,,,Primary,f\n\
         8,SIN PUNTO,Cortés,Choloma,,,Primary,g\n",
    );
    assert_eq!(reading.schools.len(), 8);
    let mut groups: Vec<_> = reading
        .duplicates
        .iter()
        .map(|g| (g.reason, g.rows.clone()))
        .collect();
    groups.sort();
    assert_eq!(
        groups,
        [
            ("name_and_place", vec![8, 9]),
            ("name_near", vec![2, 3]),
            ("survey", vec![6, 7])
        ]
    );
    let (kept, left) = reading.first_of_each();
    assert_eq!(left, [3, 7, 9]);
    assert_eq!(kept.len(), 5);
}

#[test]
fn places_are_found_below_their_area_or_the_row_says_what_is_open() {
    let reading = read(
        "code,name,department,municipality,place code\n\
         1,A,ATLANTIDA,Ceiba,\n\
         2,B,Departamento de Cortés,Municipio de Choloma,\n\
         3,C,Cortés,La Ceiba,\n\
         4,D,Nowhere,Choloma,\n\
         5,E,,Choloma,\n\
         6,F,,,\n\
         7,G,Cortés,,HN0101\n\
         8,H,,,XX99\n\
         9,I,Cortés,,\n",
    );
    let found: Vec<_> = reading
        .schools
        .iter()
        .map(|entry| {
            (
                entry.school.place.as_str(),
                entry.school.department.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("HN0101", Some("HN01")),
            ("HN0502", Some("HN05")),
            ("HN05", Some("HN05")),
            ("HN", None),
            ("HN0502", Some("HN05")),
            ("HN", None),
            ("HN0101", Some("HN01")),
            ("HN", None),
            ("HN05", Some("HN05")),
        ]
    );
    let mut said = remarks(&reading);
    said.sort_unstable();
    assert_eq!(
        said,
        [
            ("places-remark-area-not-found", 1),
            ("places-remark-code-unknown", 1),
            ("places-remark-district-unknown", 1),
            ("places-remark-no-place", 1),
        ]
    );
}

#[test]
fn a_country_without_a_gazetteer_keeps_its_schools_and_says_so_once() {
    let alone = Gazetteer::new(vec![place("HN", None, 0, "Honduras", &[])]).unwrap();
    let csv = "code,name,department\n1,A,Cortés\n2,B,Olancho\n";
    let sheet = Sheet::read("register.csv", csv.as_bytes(), &Limits::default()).unwrap();
    let reading = register::read(&sheet, frame(&alone, &[])).unwrap();
    assert_eq!(remarks(&reading), [("places-remark-no-gazetteer", 2)]);
    assert!(
        reading
            .schools
            .iter()
            .all(|entry| entry.school.place == "HN")
    );
}

#[test]
fn somebody_narrowed_to_places_brings_schools_of_those_only() {
    let (gazetteer, allowed) = (honduras(), ["HN05".to_owned()]);
    let csv =
        "code,name,department,municipality\n1,A,Cortés,Choloma\n2,B,Atlántida,La Ceiba\n3,C,,\n";
    let sheet = Sheet::read("register.csv", csv.as_bytes(), &Limits::default()).unwrap();
    let reading = register::read(&sheet, frame(&gazetteer, &allowed)).unwrap();
    assert_eq!(
        reasons(&reading),
        [
            (3, "places-outside-your-places"),
            (4, "places-outside-your-places")
        ]
    );
    assert_eq!(reading.schools.len(), 1);
}

#[test]
fn text_decoded_twice_is_read_as_it_was_meant() {
    let csv = "deped_id,school_name,adm1,adm2\n1,José Trinidad CabaÃ±as,AtlÃ¡ntida,La Ceiba\n2,NiÃ±o Jesús,AtlÃ¡ntida,La Ceiba\n";
    let reading = read(csv);
    assert!(
        reading
            .schools
            .iter()
            .all(|entry| entry.school.place == "HN0101"),
        "{:?}",
        reading.remarks
    );
}

#[test]
fn a_survey_file_is_read_with_its_own_words() {
    let csv = "facility_ID,uuid,facility_name,facility_type,management,state,lga,gps,date_of_survey,\
        num_students_total,num_students_male,num_students_female,num_tchrs_total,phcn_electricity,power_access,\
        improved_water_supply,head_phone\n\
        S:a,u1,First,primary_only,public,Cortés,Choloma,15.6 -87.95 40.5 5.0,2012-07-27,30,10,20,2,true,false,false,123\n\
        S:b,u2,Second,js_ss,NA,Cortés,Choloma,15.5 -87.90 40.5 5.0,2012-07-27,NA,NA,NA,NA,true,NA,true,456\n\
        S:c,u2,Third,adult_lit,private,Cortés,Choloma,15.4 -87.80 40.5 5.0,2012-07-27,9,10,20,2,NA,NA,NA,789\n\
        S:d,u4,NA,primary,private,Cortés,Choloma,-87.80 15.4 40.5 5.0,2012-07-27,1,,,,,,,\n\
        S:e,u5,NA,primary,private,Cortés,Choloma,15.4 -87.80,2012-07-27,1,,,,,,,\n";
    let reading = read(csv);
    assert_eq!(reasons(&reading), [(5, "places-gps-swapped")]);
    let schools: Vec<_> = reading.schools.iter().map(|entry| &entry.school).collect();
    assert_eq!(schools[0].point(), Some((-87.95, 15.6)));
    assert_eq!(
        (
            schools[0].electricity,
            schools[1].electricity,
            schools[2].electricity
        ),
        (Some(false), Some(true), None)
    );
    assert_eq!(
        schools[0]
            .attributes
            .get("grid")
            .and_then(serde_json::Value::as_bool),
        Some(true)
    );
    assert_eq!(
        (schools[1].levels.join(""), schools[1].learners),
        ("23".to_owned(), None)
    );
    assert_eq!(schools[2].learners, Some(9), "kept as written");
    assert_eq!(
        (schools[3].name.as_str(), schools[3].year),
        ("S:e", Some(2012))
    );
    let survey: Vec<_> = reading
        .duplicates
        .iter()
        .map(|g| (g.reason, g.rows.clone()))
        .collect();
    assert_eq!(survey, [("survey", vec![3, 4])]);
    let mut said = remarks(&reading);
    said.sort_unstable();
    assert_eq!(
        said,
        [
            ("places-remark-learners-differ", 1),
            ("places-remark-level-unknown", 1),
            ("places-remark-no-name", 2)
        ]
    );
    assert_eq!(
        reading.unused,
        ["head_phone"],
        "what nobody asked for is not kept"
    );
    assert!(
        schools
            .iter()
            .all(|s| !s.attributes.values().any(|v| v == "123"))
    );
}

#[test]
fn of_two_headers_for_one_column_the_surer_one_counts() {
    let reading = read("id,school_code,name\n99,1,A\n");
    assert_eq!(reading.schools[0].school.code, "1");
    assert_eq!(reading.unused, ["id"]);
}

#[test]
fn a_file_without_code_or_name_is_refused_whole() {
    let gazetteer = honduras();
    let sheet = Sheet::read("register.csv", b"school,girls\nA,1\n", &Limits::default()).unwrap();
    let refused = register::read(&sheet, frame(&gazetteer, &[])).unwrap_err();
    assert_eq!(
        refused.iter().map(|r| r.key).collect::<Vec<_>>(),
        ["sheets-column-missing"]
    );
}

#[test]
fn reading_in_slices_says_the_same_as_reading_at_once() {
    let mut csv = "code,name,department,girls\n".to_owned();
    for n in 0..250 {
        csv.push_str(&format!(
            "{},School {},Cortés,{}\n",
            n % 240,
            n % 100,
            if n % 17 == 0 { -1 } else { n }
        ));
    }
    let gazetteer = honduras();
    let sheet = Sheet::read("register.csv", csv.as_bytes(), &Limits::default()).unwrap();
    let once = register::read(&sheet, frame(&gazetteer, &[])).unwrap();
    for slice in [1, 7, 100, 1_000] {
        let mut reader = register::Reader::new(&sheet, frame(&gazetteer, &[])).unwrap();
        sheet.slices(slice).for_each(|range| reader.slice(range));
        let sliced = reader.finish();
        assert_eq!(sliced.schools, once.schools);
        assert_eq!(sliced.duplicates, once.duplicates);
        assert_eq!(
            (sliced.refused_rows, sliced.remarks),
            (once.refused_rows, once.remarks.clone())
        );
    }
}

#[test]
fn the_shipped_registers_are_read_whole() {
    for (country, bytes, rows) in [
        ("HN", places::shipped::honduras().unwrap(), 16_733),
        ("KE", places::shipped::kenya().unwrap(), 37_930),
    ] {
        let sheet = Sheet::read("schools.csv", &bytes, &Limits::default()).unwrap();
        assert_eq!(sheet.len(), rows, "{country}");
        let alone = Gazetteer::new(vec![Place {
            country: country.to_owned(),
            ..place(country, None, 0, country, &[])
        }])
        .unwrap();
        let bounds = places::outline(country).and_then(places::bounds);
        let frame = Frame {
            country,
            gazetteer: &alone,
            bounds,
            this_year: 2026,
            allowed: &[],
        };
        let reading = register::read(&sheet, frame).unwrap();
        assert_eq!(
            (reading.schools.len(), reading.refused_rows),
            (rows, 0),
            "{country}"
        );
        assert!(reading.unused.is_empty());
    }
}
