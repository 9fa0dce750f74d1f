//! A large register: time and memory stay in proportion to the file.
#![expect(clippy::unwrap_used, reason = "a helper of a test fails with its test")]

use std::fmt::Write;

use sheets::{Kind, Limits, Sheet, Wanted};

const ROWS: usize = if cfg!(debug_assertions) {
    200_000
} else {
    1_000_000
};

fn register() -> String {
    let mut text =
        String::from("objectid,code,school_name,level,county,girls,boys,x_coord,y_coord\n");
    for row in 0..ROWS {
        let (girls, boys) = (row % 700, row % 650);
        let tail = row % 9_000;
        writeln!(
            text,
            "{row},{:07},Bakwanin {tail},Primary,Baringo,{girls},{boys},35.7{tail:04},0.4{tail:04}",
            row * 3
        )
        .unwrap();
    }
    text
}

#[test]
fn a_register_of_a_million_rows_is_read_within_twice_its_size() {
    let text = register();
    let sheet = Sheet::read("register.csv", text.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(sheet.len(), ROWS);
    assert!(
        sheet.memory_bytes() <= 2 * text.len(),
        "{} of {}",
        sheet.memory_bytes(),
        text.len()
    );
    let wanted = [
        Wanted {
            name: "girls",
            aliases: &[],
            required: true,
            kind: Kind::Whole,
        },
        Wanted {
            name: "boys",
            aliases: &[],
            required: true,
            kind: Kind::Whole,
        },
    ];
    let columns = sheet.table().columns(&wanted).unwrap();
    let (girls, boys) = (
        columns.column("girls").unwrap(),
        columns.column("boys").unwrap(),
    );
    let mut total = 0;
    for range in sheet.slices(10_000) {
        for row in sheet.rows(range) {
            total += row.cell(girls).whole(0, 5_000).unwrap().unwrap();
            total += row.cell(boys).whole(0, 5_000).unwrap().unwrap();
        }
    }
    let expected: usize = (0..ROWS).map(|row| row % 700 + row % 650).sum();
    assert_eq!(total, i64::try_from(expected).unwrap());
}
