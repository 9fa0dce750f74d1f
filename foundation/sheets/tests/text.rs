//! Text files: encodings, separators, quotes, headers, what is refused and what is told.
#![expect(clippy::unwrap_used, reason = "a helper of a test fails with its test")]

use std::io::Write;

use sheets::{Choice, Format, Legacy, Limits, Refusal, Sheet};

fn read(bytes: &[u8]) -> Result<Sheet, Vec<Refusal>> {
    Sheet::read("register.csv", bytes, &Limits::default())
}

fn refused(bytes: &[u8]) -> Vec<(&'static str, Option<u64>)> {
    read(bytes)
        .unwrap_err()
        .iter()
        .map(|one| (one.key, one.row))
        .collect()
}

fn rows(sheet: &Sheet) -> Vec<(u64, Vec<String>)> {
    sheet
        .rows(0..sheet.len())
        .map(|row| (row.number(), row.cells().map(str::to_owned).collect()))
        .collect()
}

fn note_keys(sheet: &Sheet) -> Vec<&'static str> {
    sheet.notes().iter().map(|note| note.key).collect()
}

fn row(number: u64, cells: &[&str]) -> (u64, Vec<String>) {
    (number, cells.iter().map(|&cell| cell.to_owned()).collect())
}

#[test]
fn line_breaks_in_fields_and_blank_lines_keep_the_numbers_of_the_spreadsheet() {
    let text = "\r\nname,note\r\nA,\"one\r\ntwo\"\r\n\r\nB,\"say \"\"yes\"\"\"\r\n,\r\nC,last";
    let sheet = read(text.as_bytes()).unwrap();
    assert_eq!(sheet.headers(), ["name", "note"]);
    let expected = [
        row(3, &["A", "one\r\ntwo"]),
        row(5, &["B", "say \"yes\""]),
        row(7, &["C", "last"]),
    ];
    assert_eq!(rows(&sheet), expected);
    assert!(sheet.notes().is_empty());
}

#[test]
fn text_in_any_encoding_reads_the_same() {
    let text = "école,élèves\nÉtoile,12\n";
    let wide = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let western: Vec<u8> = text
        .chars()
        .map(|letter| u8::try_from(u32::from(letter)).unwrap())
        .collect();
    for (bytes, told) in [
        (text.as_bytes().to_vec(), false),
        (wide(&[0xEF, 0xBB, 0xBF], text.as_bytes().to_vec()), false),
        (wide(&[0xFF, 0xFE], little.clone()), true),
        (wide(&[0xFE, 0xFF], big), true),
        (little, true),
        (western, true),
    ] {
        let sheet = read(&bytes).unwrap();
        assert_eq!(sheet.headers(), ["école", "élèves"]);
        assert_eq!(rows(&sheet), [row(2, &["Étoile", "12"])]);
        let expected: &[&str] = if told { &["sheets-note-encoding"] } else { &[] };
        assert_eq!(note_keys(&sheet), expected);
    }
}

#[test]
fn arabic_of_old_programs_is_read_when_the_caller_says_so() {
    let bytes = b"name,n\n\xE3\xCF\xD1\xD3\xC9,1\n";
    let choice = Choice {
        legacy: Legacy::Arabic,
        ..Choice::default()
    };
    let sheet = Sheet::read_chosen("a.csv", bytes, &Limits::default(), &choice).unwrap();
    assert_eq!(rows(&sheet), [row(2, &["مدرسة", "1"])]);
}

#[test]
fn text_decoded_twice_is_repaired_and_told() {
    let text = "name,place\nJOSE CECILIO,AtlÃ¡ntida\nOTHER,ColÃ³n\nSÃO,Brasil\n";
    let sheet = read(text.as_bytes()).unwrap();
    let expected = [
        row(2, &["JOSE CECILIO", "Atlántida"]),
        row(3, &["OTHER", "Colón"]),
        row(4, &["SÃO", "Brasil"]),
    ];
    assert_eq!(rows(&sheet), expected);
    let note = &sheet.notes()[0];
    assert_eq!((note.key, note.row), ("sheets-note-decoded-twice", Some(2)));
    let args = [("count", "2"), ("example", "AtlÃ¡ntida"), ("place", "B2")]
        .map(|(name, value)| (name, value.to_owned()));
    assert_eq!(note.args, args);
}

#[test]
fn separators_are_found_and_decimals_do_not_disturb() {
    for text in [
        "a;b\n1,5;x\n2,5;y\n",
        "a\tb\n1,5\tx\n2,5\ty\n",
        "sep=;\r\na;b\r\n1,5;x\r\n2,5;y\r\n",
    ] {
        let sheet = read(text.as_bytes()).unwrap();
        assert_eq!(
            rows(&sheet),
            [row(2, &["1,5", "x"]), row(3, &["2,5", "y"])],
            "{text:?}"
        );
    }
}

#[test]
fn ragged_rows_are_refused_by_number_and_separators_at_the_end_are_not() {
    let keys = refused(b"a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3,,\n");
    assert_eq!(
        keys,
        [
            ("sheets-row-ragged", Some(3)),
            ("sheets-row-ragged", Some(4))
        ]
    );
}

#[test]
fn headers_must_be_there_and_differ() {
    let refusals = read(b"Code,N\xC3\xBAmero,code,\n1,2,3,4\n").unwrap_err();
    let found: Vec<_> = refusals
        .iter()
        .map(|one| (one.key, one.column.as_deref().unwrap()))
        .collect();
    assert_eq!(
        found,
        [
            ("sheets-header-twice", "code"),
            ("sheets-header-empty", "D")
        ]
    );
    assert!(read(b"a,b,,\n1,2,,\n").is_ok());
}

#[test]
fn an_empty_file_is_refused_and_a_lone_header_is_told() {
    for bytes in [b"".as_slice(), b"\n\n", b" ,,\n", b"\xEF\xBB\xBF"] {
        assert_eq!(refused(bytes), [("sheets-empty", None)], "{bytes:?}");
    }
    let sheet = read(b"a,b\n").unwrap();
    assert!(sheet.is_empty());
    assert_eq!(note_keys(&sheet), ["sheets-note-no-rows"]);
}

#[test]
fn an_open_quote_is_refused() {
    assert_eq!(
        refused(b"a,b\n1,\"2\n3,4\n5,6\n"),
        [("sheets-quote-open", Some(2))]
    );
}

#[test]
fn what_is_no_table_is_refused_by_its_kind() {
    for (bytes, key) in [
        (b"%PDF-1.7\n...".as_slice(), "sheets-not-a-table"),
        (b"\x89PNG\r\n\x1A\n\0\0\0", "sheets-not-a-table"),
        (
            b"<html><table><tr><td>1</td></tr></table>",
            "sheets-web-page",
        ),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "sheets-old-excel"),
        (b"PK\x03\x04broken", "sheets-broken"),
        (b"\x1F\x8B\x08broken", "sheets-broken"),
    ] {
        assert_eq!(refused(bytes), [(key, None)]);
    }
}

#[test]
fn titles_above_the_header_and_tags_below_it_are_told() {
    let text = "Ministry of Education\nRegister 2025\ncode,name\n#adm,#loc +name\n1,A\n";
    let sheet = read(text.as_bytes()).unwrap();
    assert_eq!(sheet.headers(), ["code", "name"]);
    assert_eq!(sheet.tags(), ["#adm", "#loc +name"]);
    assert_eq!(rows(&sheet), [row(5, &["1", "A"])]);
    assert_eq!(
        note_keys(&sheet),
        ["sheets-note-rows-above", "sheets-note-tags"]
    );
}

#[test]
fn wanted_headers_find_their_row() {
    let text = "Register;Ministry;2025\nCode école;Nom;Filles\n1;A;2\n";
    let choice = Choice {
        headers: &["code_ecole", "NOM"],
        ..Choice::default()
    };
    let sheet = Sheet::read_chosen("a.csv", text.as_bytes(), &Limits::default(), &choice).unwrap();
    assert_eq!(sheet.headers(), ["Code école", "Nom", "Filles"]);
}

#[test]
fn formulas_in_text_stay_text_and_are_told() {
    let text = "a,b\n=1+2,-5\n@SUM(A1),+504 22\n-,'=x\n-cmd,+x\n";
    let sheet = read(text.as_bytes()).unwrap();
    assert_eq!(rows(&sheet)[0].1, ["=1+2", "-5"]);
    assert_eq!(rows(&sheet)[2].1, ["-", "=x"]);
    let note = &sheet.notes()[0];
    assert_eq!(
        (note.key, note.args[0].1.as_str()),
        ("sheets-note-formula-text", "5")
    );
}

#[test]
fn gzip_is_unpacked_within_the_limit() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(b"a,b\n").unwrap();
    packed
        .write_all("1,2\n".repeat(100_000).as_bytes())
        .unwrap();
    let packed = packed.finish().unwrap();
    let sheet = read(&packed).unwrap();
    assert_eq!((sheet.len(), sheet.format()), (100_000, Format::Csv));
    let limits = Limits {
        unpacked_bytes_max: 10_000,
        ..Limits::default()
    };
    let refusals = Sheet::read("a.csv.gz", &packed, &limits).unwrap_err();
    assert_eq!(refusals[0].key, "sheets-unpacked-too-big");
}

#[test]
fn limits_are_kept_and_details_counted() {
    let text = format!("a,b\n{}", "1\n".repeat(100));
    let limits = Limits {
        refusals_max: 3,
        ..Limits::default()
    };
    let refusals = Sheet::read("a.csv", text.as_bytes(), &limits).unwrap_err();
    let keys: Vec<_> = refusals.iter().map(|one| one.key).collect();
    assert_eq!(
        keys,
        [
            "sheets-row-ragged",
            "sheets-row-ragged",
            "sheets-row-ragged",
            "sheets-more"
        ]
    );
    assert_eq!(refusals[3].args[0].1, "97");
    for (limits, key) in [
        (
            Limits {
                bytes_max: 10,
                ..Limits::default()
            },
            "sheets-too-big",
        ),
        (
            Limits {
                rows_max: 5,
                ..Limits::default()
            },
            "sheets-too-many-rows",
        ),
        (
            Limits {
                columns_max: 1,
                ..Limits::default()
            },
            "sheets-too-many-columns",
        ),
        (
            Limits {
                cell_bytes_max: 0,
                ..Limits::default()
            },
            "sheets-cell-too-long",
        ),
        (
            Limits {
                cells_max: 5,
                ..Limits::default()
            },
            "sheets-too-many-cells",
        ),
    ] {
        let refusals =
            Sheet::read("a.csv", b"a,b\n1,2\n1,2\n1,2\n1,2\n1,2\n", &limits).unwrap_err();
        assert_eq!(refusals[0].key, key);
        assert!(refusals[0].args.contains(&("file", "a.csv".to_owned())));
    }
}

#[test]
fn slices_cover_every_row_once() {
    let text = format!("a,b\n{}", "1,2\n".repeat(25));
    let sheet = read(text.as_bytes()).unwrap();
    let sizes: Vec<usize> = sheet
        .slices(10)
        .map(|range| sheet.rows(range).len())
        .collect();
    assert_eq!(sizes, [10, 10, 5]);
    assert_eq!(sheet.rows(20..1_000).len(), 5);
    assert_eq!(sheet.rows(1_000..2_000).len(), 0);
}
