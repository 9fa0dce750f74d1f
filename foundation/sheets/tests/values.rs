//! Columns found by name and cells read as what they should be.
#![expect(clippy::unwrap_used, reason = "a helper of a test fails with its test")]

use jiff::civil::date;
use sheets::{Bounds, Column, Columns, Kind, Limits, Marks, Refusals, Sheet, Wanted, point};

fn sheet(text: &str) -> Sheet {
    Sheet::read("register.csv", text.as_bytes(), &Limits::default()).unwrap()
}

fn wanted(name: &'static str, kind: Kind) -> Wanted<'static> {
    Wanted {
        name,
        aliases: &[],
        required: true,
        kind,
    }
}

fn column_of(sheet: &Sheet, kind: Kind) -> Columns {
    sheet.table().columns(&[wanted("v", kind)]).unwrap()
}

/// One column, `v`, with these cells; what `read` makes of each, or the key of its refusal.
fn each<T>(
    kind: Kind,
    cells: &[&str],
    read: impl Fn(&sheets::Field<'_>) -> Result<Option<T>, sheets::Refusal>,
) -> Vec<Result<Option<T>, &'static str>> {
    let text: String = cells.iter().map(|cell| format!("x\t{cell}\n")).collect();
    let sheet = sheet(&format!("i\tv\n{text}"));
    let columns = column_of(&sheet, kind);
    let column: &Column = columns.column("v").unwrap();
    sheet
        .rows(0..sheet.len())
        .map(|row| read(&row.cell(column)).map_err(|no| no.key))
        .collect()
}

#[test]
fn columns_are_found_by_any_spelling() {
    let sheet = sheet("Código Escuela,NÚMERO_DE_ALUMNOS,Other\n1,2,3\n");
    let wanted = [
        Wanted {
            name: "code",
            aliases: &["codigo escuela"],
            required: true,
            kind: Kind::Text,
        },
        Wanted {
            name: "numero de alumnos",
            aliases: &[],
            required: true,
            kind: Kind::Whole,
        },
        Wanted {
            name: "power",
            aliases: &[],
            required: false,
            kind: Kind::YesNo,
        },
    ];
    let columns = sheet.table().columns(&wanted).unwrap();
    let row = sheet.rows(0..1).next().unwrap();
    let cell = |name: &str| row.cell(columns.column(name).unwrap()).whole(0, 9);
    assert_eq!(cell("code"), Ok(Some(1)));
    assert_eq!(cell("numero de alumnos"), Ok(Some(2)));
    assert_eq!(cell("power"), Ok(None));
    assert_eq!(columns.unused(), ["Other"]);
    assert_eq!(
        columns.column("typo").unwrap_err().key,
        "sheets-column-undeclared"
    );
    assert_eq!(sheet.table().find("otHER"), Some(2));
}

#[test]
fn missing_and_doubled_columns_are_refused_together() {
    let sheet = sheet("name,school name,place\nA,B,C\n");
    let wanted = [
        Wanted {
            name: "name",
            aliases: &["School_Name"],
            required: true,
            kind: Kind::Text,
        },
        wanted("code", Kind::Text),
        wanted("place", Kind::Text),
        Wanted {
            name: "town",
            aliases: &["place"],
            required: false,
            kind: Kind::Text,
        },
    ];
    let refusals = sheet.table().columns(&wanted).unwrap_err();
    let keys: Vec<_> = refusals.iter().map(|one| one.key).collect();
    assert_eq!(
        keys,
        [
            "sheets-column-double",
            "sheets-column-missing",
            "sheets-column-shared"
        ]
    );
    assert!(
        refusals[1]
            .args
            .contains(&("found", "name, school name, place".to_owned()))
    );
}

#[test]
fn unknown_is_not_zero() {
    let cells = [
        "",
        "NA",
        "n/a",
        "NULL",
        "unknown",
        "Inconnu",
        "غير معروف",
        "-",
        "?",
        "0",
        "0.0",
    ];
    let read = each(Kind::Whole, &cells, |field| field.whole(0, 100));
    assert!(read[..9].iter().all(|one| *one == Ok(None)), "{read:?}");
    assert_eq!(read[9..], [Ok(Some(0)), Ok(Some(0))]);
}

#[test]
fn quantities_below_zero_and_beyond_the_limits_are_refused() {
    let read = each(
        Kind::Whole,
        &["-5", "-0", "101", "1.5", "many", "100"],
        |field| field.whole(0, 100),
    );
    let expected = [
        Err("sheets-negative"),
        Ok(Some(0)),
        Err("sheets-large"),
        Err("sheets-whole"),
        Err("sheets-number"),
        Ok(Some(100)),
    ];
    assert_eq!(read, expected);
    let read = each(Kind::Decimal, &["-5", "0.5", "11", "inf"], |field| {
        field.decimal(-1.0, 10.0)
    });
    let expected = [
        Err("sheets-small"),
        Ok(Some(0.5)),
        Err("sheets-large"),
        Err("sheets-number"),
    ];
    assert_eq!(read, expected);
}

#[test]
fn a_dot_before_three_digits_is_read_as_the_column_proves() {
    let whole = |cells: &[&str]| each(Kind::Whole, cells, |field| field.whole(0, 9_999_999));
    assert_eq!(whole(&["1.234", "5"])[0], Err("sheets-number-ambiguous"));
    assert_eq!(whole(&["1.234", "1.234.567"])[0], Ok(Some(1_234)));
    assert_eq!(whole(&["1.234", "557.0"])[0], Err("sheets-whole"));
    assert_eq!(
        whole(&["1.234", "557.0", "1.234.567"])[0],
        Err("sheets-number-ambiguous")
    );
    let sheet = sheet("v;w\n1,5;1\n");
    assert_eq!(
        column_of(&sheet, Kind::Decimal)
            .column("v")
            .unwrap()
            .marks(),
        Marks::CommaDecimal
    );
}

#[test]
fn ambiguous_days_are_read_only_when_the_column_proves_their_order() {
    let days = |cells: &[&str]| each(Kind::Day, cells, |field| field.day());
    assert_eq!(days(&["09/03/2026"]), [Err("sheets-day-ambiguous")]);
    assert_eq!(
        days(&["09/03/2026", "25/03/2026"])[0],
        Ok(Some(date(2026, 3, 9)))
    );
    assert_eq!(
        days(&["09/03/2026", "03/25/2026"])[0],
        Ok(Some(date(2026, 9, 3)))
    );
    let mixed = days(&[
        "09/03/2026",
        "03/25/2026",
        "25/03/2026",
        "9 mars 2026",
        "soon",
        "",
    ]);
    let expected = [
        Err("sheets-day-ambiguous"),
        Ok(Some(date(2026, 3, 25))),
        Ok(Some(date(2026, 3, 25))),
        Ok(Some(date(2026, 3, 9))),
        Err("sheets-day"),
        Ok(None),
    ];
    assert_eq!(mixed, expected);
}

#[test]
fn yes_and_no_are_read_in_four_languages() {
    let cells = [
        "1", "TRUE", "Oui", "sí", "نعم", "0", "no", "Non", "لا", "1.0", "0.0", "2", "NA",
    ];
    let read = each(Kind::YesNo, &cells, |field| field.yes_no());
    assert!(
        read[..5].iter().all(|one| *one == Ok(Some(true))),
        "{read:?}"
    );
    assert!(
        read[5..9].iter().all(|one| *one == Ok(Some(false))),
        "{read:?}"
    );
    assert_eq!(
        read[9..],
        [
            Ok(Some(true)),
            Ok(Some(false)),
            Err("sheets-yes-no"),
            Ok(None)
        ]
    );
}

#[test]
fn unknown_codes_are_refused_with_the_list() {
    let cells = ["primary", "PRIMAIRE", "Tertiary", "NA", ""];
    let codes: [(&str, &[&str]); 2] = [("Primary", &["Primaire"]), ("Secondary", &["Secondaire"])];
    let read = each(Kind::Code, &cells, |field| {
        field.code_among(&codes).map(|code| code.map(str::to_owned))
    });
    let primary = || Ok(Some("Primary".to_owned()));
    let expected = [
        primary(),
        primary(),
        Err("sheets-code-unknown"),
        Ok(None),
        Ok(None),
    ];
    assert_eq!(read, expected);
    let namibia = each(Kind::Code, &["NA"], |field| {
        Ok(field.code(&["NA"])?.map(str::to_owned))
    });
    assert_eq!(namibia, [Ok(Some("NA".to_owned()))]);
}

#[test]
fn long_text_is_refused_and_spaces_around_it_are_cut() {
    let read = each(Kind::Text, &[" A b ", "long text", "NULL"], |field| {
        field.text(5)
    });
    let expected = [
        Ok(Some("A b".to_owned())),
        Err("sheets-text-long"),
        Ok(Some("NULL".to_owned())),
    ];
    assert_eq!(read, expected);
}

#[test]
fn places_are_checked_against_the_area() {
    let kenya = Bounds {
        west: 33.9,
        south: -4.7,
        east: 41.9,
        north: 5.5,
    };
    let sheet = sheet(
        "lon;lat\n35.79708;0.40955\n0.40955;35.79708\n-86.7;15.7\n0;0\n36;\n;\n35,797;0,409\n200;1\n",
    );
    let wanted = [
        wanted("lon", Kind::Longitude),
        wanted("lat", Kind::Latitude),
    ];
    let columns = sheet.table().columns(&wanted).unwrap();
    let (lon, lat) = (
        columns.column("lon").unwrap(),
        columns.column("lat").unwrap(),
    );
    let read: Vec<_> = sheet
        .rows(0..sheet.len())
        .map(|row| point(&row.cell(lon), &row.cell(lat), Some(&kenya)).map_err(|no| no.key))
        .collect();
    let expected = [
        Ok(Some((35.79708, 0.40955))),
        Err("sheets-place-swapped"),
        Err("sheets-place-outside"),
        Err("sheets-place-zero"),
        Err("sheets-place-half"),
        Ok(Some((35.797, 0.409))),
        Err("sheets-longitude"),
    ];
    assert_eq!(read, expected);
}

#[test]
fn a_refusal_names_the_row_the_header_and_the_text() {
    let sheet = sheet("code;Filles (total)\n1;\n2;beaucoup\n");
    let wanted = [Wanted {
        name: "girls",
        aliases: &["filles total"],
        required: true,
        kind: Kind::Whole,
    }];
    let columns = sheet.table().columns(&wanted).unwrap();
    let girls = columns.column("girls").unwrap();
    let mut refusals = Refusals::new(10);
    for row in sheet.rows(0..9) {
        let cell = row.cell(girls);
        refusals.take(cell.whole(0, 10).and_then(|value| cell.needed(value)));
    }
    let refusals = refusals.into_result(()).unwrap_err();
    let found: Vec<_> = refusals.iter().map(|one| (one.row, one.key)).collect();
    assert_eq!(
        found,
        [(Some(2), "sheets-cell-empty"), (Some(3), "sheets-number")]
    );
    let arguments = refusals[1].arguments();
    for pair in [
        ("row", "3"),
        ("column", "Filles (total)"),
        ("value", "beaucoup"),
    ] {
        assert!(arguments.contains(&(pair.0, pair.1.to_owned())), "{pair:?}");
    }
}
