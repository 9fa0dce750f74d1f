//! What is written reads back the same; no bytes make the reader panic.
#![expect(clippy::unwrap_used, reason = "a helper of a test fails with its test")]

use jiff::civil::Date;
use proptest::prelude::*;
use sheets::{Cell, Choice, CsvWriter, Direction, Kind, Limits, Sheet, Wanted, XlsxWriter};

const HEAD: [&str; 3] = ["first", "second name", "third_one"];
const TAGS: [&str; 3] = ["#adm1 +code", "#org", ""];

fn cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        Just(Cell::Empty),
        "[ -~éñأب\n]{1,20}".prop_map(Cell::Text),
        "['=+@\t-]{1,3}[a-z0-9]{0,3}".prop_map(Cell::Text),
        (-9_007_199_254_740_992..=9_007_199_254_740_992_i64).prop_map(Cell::Whole),
        (-1e12..1e12).prop_map(Cell::Decimal),
        (1_900..2_200_i16, 1..=12_i8, 1..=28_i8)
            .prop_map(|(year, month, day)| Cell::Day(Date::new(year, month, day).unwrap())),
    ]
}

fn rows() -> impl Strategy<Value = Vec<[Cell; 3]>> {
    let filled = |row: &[Cell; 3]| row.iter().any(|cell| !is_blank(cell));
    let row = prop::array::uniform3(cell()).prop_filter("blank rows are left out", filled);
    prop::collection::vec(row, 1..12)
}

fn is_blank(cell: &Cell) -> bool {
    match cell {
        Cell::Empty => true,
        Cell::Text(text) => text.trim().is_empty(),
        Cell::Whole(_) | Cell::Decimal(_) | Cell::Day(_) => false,
    }
}

fn written(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Whole(value) => value.to_string(),
        Cell::Decimal(value) => value.to_string(),
        Cell::Day(day) => day.to_string(),
    }
}

fn check(bytes: &[u8], rows: &[[Cell; 3]]) {
    let choice = Choice {
        headers: &HEAD,
        ..Choice::default()
    };
    let sheet = Sheet::read_chosen("a", bytes, &Limits::default(), &choice).unwrap();
    assert_eq!(sheet.headers(), HEAD);
    assert_eq!(sheet.tags(), &TAGS[..2]);
    let read: Vec<Vec<String>> = sheet
        .rows(0..sheet.len())
        .map(|row| row.cells().map(str::to_owned).collect())
        .collect();
    let expected: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(written).collect())
        .collect();
    assert_eq!(read, expected);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn csv_reads_back_what_was_written(rows in rows()) {
        let mut csv = CsvWriter::with_mark(Vec::new()).unwrap();
        csv.head(&HEAD).unwrap();
        csv.tags(&TAGS).unwrap();
        for row in &rows {
            csv.row(row).unwrap();
        }
        check(&csv.finish().unwrap(), &rows);
    }

    #[test]
    fn xlsx_reads_back_what_was_written(rows in rows()) {
        let mut xlsx = XlsxWriter::new("المدارس", Direction::RightToLeft).unwrap();
        xlsx.head(&HEAD).unwrap();
        xlsx.tags(&TAGS).unwrap();
        for row in &rows {
            xlsx.row(row).unwrap();
        }
        check(&xlsx.finish().unwrap(), &rows);
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for start in [b"".as_slice(), b"PK\x03\x04", b"\x1F\x8B\x08", b"\xFF\xFE", b"sep=;\n"] {
            drop(Sheet::read("a", &[start, &bytes].concat(), &Limits::default()));
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "[a-c0-9,;\t\"\n\r'=#. éÃ¡/-]{0,200}") {
        let Ok(sheet) = Sheet::read("a", text.as_bytes(), &Limits::default()) else { return Ok(()) };
        let header = sheet.headers()[0].clone();
        for kind in [Kind::Day, Kind::Whole, Kind::Text] {
            let wanted = [Wanted { name: &header, aliases: &[], required: false, kind }];
            let Ok(columns) = sheet.table().columns(&wanted) else { continue };
            for row in sheet.rows(0..sheet.len()) {
                let cell = row.cell(columns.column(&header).unwrap());
                drop((cell.text(5), cell.whole(0, 9), cell.decimal(0.0, 9.0), cell.day()));
                drop((cell.yes_no(), cell.code(&["a"]), cell.longitude(), cell.latitude()));
            }
        }
    }

    #[test]
    fn no_spoiled_workbook_makes_the_reader_panic(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut xlsx = XlsxWriter::new("a", Direction::LeftToRight).unwrap();
        xlsx.head(&HEAD).unwrap();
        xlsx.row(&[Cell::Whole(1), Cell::Text("b".into()), Cell::Decimal(0.5)]).unwrap();
        let mut bytes = xlsx.finish().unwrap();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        drop(Sheet::read("a", &bytes, &Limits::default()));
    }
}
