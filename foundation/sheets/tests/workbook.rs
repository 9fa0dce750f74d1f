//! Workbooks: hidden parts, merged headers, formulas, several sheets, broken and hostile files.
#![expect(clippy::unwrap_used, reason = "a helper of a test fails with its test")]

use std::io::{Cursor, Write};

use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format as Style, Formula, Workbook};
use sheets::{Choice, Format, Kind, Limits, Refusal, Sheet, Wanted};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn read(bytes: &[u8]) -> Result<Sheet, Vec<Refusal>> {
    Sheet::read("register.xlsx", bytes, &Limits::default())
}

fn note_keys(sheet: &Sheet) -> Vec<&'static str> {
    sheet.notes().iter().map(|note| note.key).collect()
}

fn texts(sheet: &Sheet) -> Vec<Vec<&str>> {
    sheet
        .rows(0..sheet.len())
        .map(|row| row.cells().collect())
        .collect()
}

fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, text) in parts {
        zip.start_file(*path, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook of one sheet with these rows of XML.
fn workbook(rows: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    packed(&[
        (
            "_rels/.rels",
            &format!(
                "<Relationships xmlns=\"{relations}\"><Relationship Id=\"rId1\" \
                 Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            &format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets>\
                 <sheet name=\"Data\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &format!(
                "<Relationships xmlns=\"{relations}\"><Relationship Id=\"rId1\" \
                 Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            &format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ])
}

fn head(names: &[&str]) -> String {
    let cells: String = names
        .iter()
        .map(|name| format!("<c t=\"inlineStr\"><is><t>{name}</t></is></c>"))
        .collect();
    format!("<row r=\"1\">{cells}</row>")
}

#[test]
fn hidden_rows_and_columns_and_sheets_are_read_and_told() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Schools").unwrap();
    for (column, name) in ["code", "name", "n"].into_iter().enumerate() {
        sheet
            .write(0, u16::try_from(column).unwrap(), name)
            .unwrap();
    }
    for row in 1..=4 {
        sheet
            .write(row, 0, row)
            .unwrap()
            .write(row, 1, "A")
            .unwrap()
            .write(row, 2, 1.5)
            .unwrap();
    }
    sheet.set_row_hidden(2).unwrap().set_row_hidden(3).unwrap();
    sheet.set_column_hidden(1).unwrap();
    book.add_worksheet().set_name("Codes").unwrap();
    book.add_worksheet()
        .set_name("Secret")
        .unwrap()
        .set_hidden(true);
    let sheet = read(&book.save_to_buffer().unwrap()).unwrap();
    let hidden: Vec<_> = sheet
        .rows(0..9)
        .map(|row| (row.number(), row.hidden()))
        .collect();
    assert_eq!(hidden, [(2, false), (3, true), (4, true), (5, false)]);
    assert_eq!(sheet.hidden_columns(), [1]);
    assert_eq!(
        (sheet.format(), sheet.sheet_name()),
        (Format::Xlsx, Some("Schools"))
    );
    assert_eq!(texts(&sheet)[0], ["1", "A", "1.5"]);
    let expected = [
        "sheets-note-sheet-read",
        "sheets-note-sheet-left",
        "sheets-note-sheet-hidden",
        "sheets-note-rows-hidden",
        "sheets-note-columns-hidden",
    ];
    assert_eq!(note_keys(&sheet), expected);
}

#[test]
fn the_sheet_is_chosen_by_its_headers_or_its_name() {
    let mut book = Workbook::new();
    let cover = book.add_worksheet().set_name("Cover").unwrap();
    cover.write(0, 0, "Register of schools").unwrap();
    let data = book.add_worksheet().set_name("Données").unwrap();
    data.write(2, 0, "Code école")
        .unwrap()
        .write(2, 1, "Nom")
        .unwrap();
    data.write(3, 0, "007").unwrap().write(3, 1, "A").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let choose =
        |choice: &Choice<'_>| Sheet::read_chosen("a.xlsx", &bytes, &Limits::default(), choice);
    let by_headers = choose(&Choice {
        headers: &["code_ecole", "nom"],
        ..Choice::default()
    })
    .unwrap();
    assert_eq!(by_headers.sheet_name(), Some("Données"));
    assert_eq!(texts(&by_headers), [["007", "A"]]);
    let by_name = choose(&Choice {
        sheet: Some("donnees"),
        ..Choice::default()
    })
    .unwrap();
    assert_eq!(by_name.sheet_name(), Some("Données"));
    assert_eq!(by_name.others()[0].name, "Cover");
    let missing = choose(&Choice {
        sheet: Some("Ecoles"),
        ..Choice::default()
    })
    .unwrap_err();
    assert_eq!(missing[0].key, "sheets-no-sheet");
    assert!(
        missing[0]
            .args
            .contains(&("found", "Cover, Données".to_owned()))
    );
}

#[test]
fn merged_headers_are_joined_with_the_names_below() {
    let mut book = Workbook::new();
    let style = Style::new();
    let sheet = book.add_worksheet();
    sheet
        .merge_range(0, 0, 0, 3, "Register 2025", &style)
        .unwrap();
    sheet.merge_range(1, 0, 2, 0, "Code", &style).unwrap();
    sheet.merge_range(1, 1, 1, 2, "Learners", &style).unwrap();
    sheet.write(1, 3, "Town").unwrap();
    sheet
        .write(2, 1, "girls")
        .unwrap()
        .write(2, 2, "boys")
        .unwrap();
    sheet
        .write(3, 0, "A")
        .unwrap()
        .write(3, 1, 5)
        .unwrap()
        .write(3, 2, 6)
        .unwrap();
    let sheet = read(&book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(
        sheet.headers(),
        ["Code", "Learners girls", "Learners boys", "Town"]
    );
    assert_eq!(texts(&sheet), [["A", "5", "6", ""]]);
    assert_eq!(
        note_keys(&sheet),
        ["sheets-note-rows-above", "sheets-note-header-joined"]
    );
}

#[test]
fn a_merged_header_without_names_below_is_refused() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet
        .merge_range(0, 0, 0, 1, "Learners", &Style::new())
        .unwrap();
    sheet.write(0, 2, "Town").unwrap();
    sheet.write(1, 0, 5).unwrap().write(1, 1, 6).unwrap();
    let refusals = read(&book.save_to_buffer().unwrap()).unwrap_err();
    assert_eq!(
        (refusals[0].key, refusals[0].column.as_deref()),
        ("sheets-header-merged", Some("A"))
    );
}

#[test]
fn formulas_give_their_saved_value() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet
        .write(0, 0, "girls")
        .unwrap()
        .write(0, 1, "all")
        .unwrap();
    sheet.write(1, 0, 5).unwrap();
    sheet
        .write_formula(1, 1, Formula::new("=A2*2").set_result("10"))
        .unwrap();
    let sheet = read(&book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(texts(&sheet), [["5", "10"]]);
    assert_eq!(note_keys(&sheet), ["sheets-note-formulas"]);
}

#[test]
fn formulas_without_a_value_and_errors_are_refused_with_their_place() {
    let rows = "<row r=\"2\"><c r=\"A2\"><f>1+1</f></c><c r=\"B2\"><v>1</v></c></row>\
                <row r=\"3\"><c r=\"A3\"><f>1+1</f><v>2</v></c>\
                <c r=\"B3\" t=\"e\"><f>X</f><v>#REF!</v></c></row>";
    let refusals = read(&workbook(&(head(&["a", "b"]) + rows))).unwrap_err();
    let found: Vec<_> = refusals
        .iter()
        .map(|one| (one.key, one.row, one.args[0].1.as_str()))
        .collect();
    let expected = [
        ("sheets-formula-empty", Some(2), "A2"),
        ("sheets-cell-error", Some(3), "#REF!"),
    ];
    assert_eq!(found, expected);
    assert!(refusals[1].args.contains(&("place", "B3".to_owned())));
}

#[test]
fn days_of_a_workbook_are_days() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let style = Style::new().set_num_format("dd/mm/yyyy");
    sheet
        .write(0, 0, "opened")
        .unwrap()
        .write(0, 1, "n")
        .unwrap();
    let day = ExcelDateTime::from_ymd(2026, 3, 9).unwrap();
    sheet.write_with_format(1, 0, &day, &style).unwrap();
    sheet.write(2, 0, 46090).unwrap();
    let sheet = read(&book.save_to_buffer().unwrap()).unwrap();
    let wanted = [Wanted {
        name: "opened",
        aliases: &[],
        required: true,
        kind: Kind::Day,
    }];
    let columns = sheet.table().columns(&wanted).unwrap();
    let opened = columns.column("opened").unwrap();
    for row in sheet.rows(0..2) {
        assert_eq!(
            row.cell(opened).day(),
            Ok(Some(jiff::civil::date(2026, 3, 9)))
        );
    }
}

#[test]
fn a_truncated_workbook_is_refused_at_any_length() {
    let bytes =
        workbook(&(head(&["a", "b"]) + "<row r=\"2\"><c><v>1</v></c><c><v>2</v></c></row>"));
    assert_eq!(texts(&read(&bytes).unwrap()), [["1", "2"]]);
    for length in 4..bytes.len() - 1 {
        assert_eq!(
            read(&bytes[..length]).unwrap_err()[0].key,
            "sheets-broken",
            "{length}"
        );
    }
    let mut spoiled = bytes.clone();
    let middle = spoiled.len() / 3;
    spoiled[middle] ^= 0xFF;
    assert!(read(&spoiled).is_err());
}

#[test]
fn a_zip_bomb_is_refused_before_it_is_unpacked() {
    let zeros = "0".repeat(3_000_000);
    let bytes = packed(&[
        ("xl/workbook.xml", "<workbook/>"),
        ("xl/media/zeros", &zeros),
    ]);
    assert!(bytes.len() < 30_000);
    let limits = Limits {
        unpacked_bytes_max: 1_000_000,
        ..Limits::default()
    };
    let refusals = Sheet::read("bomb.xlsx", &bytes, &limits).unwrap_err();
    assert_eq!(refusals[0].key, "sheets-unpacked-too-big");
}

#[test]
fn a_lone_cell_far_away_costs_nothing_and_far_columns_are_refused() {
    let far = "<row r=\"1048576\"><c r=\"B1048576\"><v>7</v></c></row>";
    let sheet = read(&workbook(&(head(&["a", "b"]) + far))).unwrap();
    assert_eq!(
        sheet.rows(0..1).next().map(|row| row.number()),
        Some(1_048_576)
    );
    assert!(sheet.memory_bytes() < 1_000);
    let wide = "<row r=\"2\"><c r=\"XFD2\"><v>7</v></c></row>";
    let refusals = read(&workbook(&(head(&["a", "b"]) + wide))).unwrap_err();
    assert_eq!(refusals[0].key, "sheets-too-many-columns");
}

fn xml() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<row>",
        "<row r=\"2\">",
        "<row r=\"0\" hidden=\"1\">",
        "<row r=\"99999999999\">",
        "</row>",
        "<c>",
        "<c r=\"A2\">",
        "<c r=\"\">",
        "<c r=\"ZZZZZZZ1\">",
        "<c r=\"A0\">",
        "<c t=\"s\">",
        "<c t=\"e\">",
        "<c t=\"b\">",
        "<c t=\"d\">",
        "<c t=\"str\">",
        "<c s=\"9\">",
        "</c>",
        "<v>",
        "</v>",
        "<v>1</v>",
        "<v>-1e999</v>",
        "<v>2026-03-09</v>",
        "<f>A1+1</f>",
        "<v/>",
        "<f t=\"shared\" si=\"0\" ref=\"A1:B9\">A1</f>",
        "<f t=\"shared\" si=\"99999\"/>",
        "<is><t>x</t></is>",
        "&lt;",
        "&#xD800;",
        "text",
        "<",
        "</sheetData>",
        "<mergeCell ref=\"B2:A1\"/>",
        "<mergeCell ref=\"A0:ZZZZZZZ9\"/>",
        "<col min=\"0\" max=\"9\" hidden=\"1\"/>",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn no_nonsense_in_a_sheet_makes_the_reader_panic(rows in xml(), start in any::<bool>()) {
        let head = if start { head(&["a", "b"]) } else { String::new() };
        drop(read(&workbook(&(head + &rows))));
    }
}

/// An OpenDocument sheet with these rows of XML.
fn document(rows: &str) -> Vec<u8> {
    let urn = "urn:oasis:names:tc:opendocument:xmlns";
    packed(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        (
            "content.xml",
            &format!(
                "<office:document-content xmlns:office=\"{urn}:office:1.0\" \
                 xmlns:table=\"{urn}:table:1.0\" xmlns:text=\"{urn}:text:1.0\" \
                 xmlns:style=\"{urn}:style:1.0\"><office:automatic-styles>\
                 <style:style style:name=\"ta2\"><style:table-properties table:display=\"false\"/>\
                 </style:style></office:automatic-styles><office:body><office:spreadsheet>\
                 <table:table table:name=\"Old\" table:style-name=\"ta2\"/>\
                 <table:table table:name=\"Data\">{rows}</table:table>\
                 </office:spreadsheet></office:body></office:document-content>"
            ),
        ),
    ])
}

#[test]
fn an_opendocument_sheet_is_read_with_its_hidden_parts() {
    let text = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><office:annotation><text:p>no\
                 </text:p></office:annotation><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let number = "<table:table-cell office:value-type=\"float\" office:value=\"5\" \
                  table:number-columns-repeated=\"2\"><text:p>5,00</text:p></table:table-cell>\
                  <table:table-cell table:number-columns-repeated=\"1000\"/>";
    let rows = format!(
        "<table:table-column/><table:table-column table:visibility=\"collapse\"/>\
         <table:table-row>{}{}{}</table:table-row>\
         <table:table-row table:number-rows-repeated=\"2\"><table:table-cell/></table:table-row>\
         <table:table-row table:visibility=\"filter\" table:number-rows-repeated=\"2\">\
         {}{number}</table:table-row>\
         <table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell/>\
         </table:table-row>",
        text("name"),
        text("girls"),
        text("boys"),
        text("A &amp; B<text:s text:c=\"2\"/>C"),
    );
    let sheet = read(&document(&rows)).unwrap();
    assert_eq!(
        (sheet.format(), sheet.sheet_name()),
        (Format::Ods, Some("Data"))
    );
    assert_eq!(texts(&sheet), [["A & B  C", "5", "5"]; 2]);
    let numbers: Vec<_> = sheet
        .rows(0..9)
        .map(|row| (row.number(), row.hidden()))
        .collect();
    assert_eq!(numbers, [(4, true), (5, true)]);
    assert_eq!(sheet.hidden_columns(), [1]);
    assert!(note_keys(&sheet).contains(&"sheets-note-sheet-hidden"));
}

#[test]
fn a_cell_repeated_without_end_is_refused() {
    let rows = "<table:table-row table:number-rows-repeated=\"4000000000\"><table:table-cell \
                office:value-type=\"string\" table:number-columns-repeated=\"1000\">\
                <text:p>x</text:p></table:table-cell></table:table-row>";
    assert_eq!(
        read(&document(rows)).unwrap_err()[0].key,
        "sheets-too-many-rows"
    );
}
