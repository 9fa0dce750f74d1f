//! What is found and what is left alone, in the languages people write in.

use super::*;

#[test]
fn telephone_numbers_are_found_in_whatever_shape() {
    for (text, number) in [
        ("Call Zebulon at +504 9988-7766 today", "+504 9988-7766"),
        ("(+254) 712 345 678", "+254) 712 345 678"),
        ("+254712345678", "+254712345678"),
        ("tel:+254712345678", "+254712345678"),
        ("https://wa.me/50499887766", "50499887766"),
        ("00254 712 345 678", "00254 712 345 678"),
        ("0033612345678", "0033612345678"),
        ("254 712 345 678", "254 712 345 678"),
        ("254712345678", "254712345678"),
        ("office 0712 345 678", "0712 345 678"),
        ("office 0712345678, room 4", "0712345678"),
        ("Appelez le 01 23 45 67 89.", "01 23 45 67 89"),
        ("au 07.12.34.56.78", "07.12.34.56.78"),
        ("bureau: 70 12 34 56", "70 12 34 56"),
        ("le 77 123 45 67 à Dakar", "77 123 45 67"),
        ("Oficina 2234-5678", "2234-5678"),
        ("Oficina 2234 5678 y 9988", "2234 5678"),
        ("Tel. 99887766", "99887766"),
        ("tél : 70 123 456", "70 123 456"),
        ("Cel9988-7766", "9988-7766"),
        ("(202) 555-0143", "(202) 555-0143"),
        ("202-555-0143", "202-555-0143"),
        ("1-800-555-0199", "1-800-555-0199"),
        ("504 9988-7766", "504 9988-7766"),
        ("en 2026 9988-7766", "9988-7766"),
        ("9 9 8 8 7 7 6 6", "9 9 8 8 7 7 6 6"),
        ("هاتف: ٧٠١٢٣٤٥٦", "٧٠١٢٣٤٥٦"),
        ("اتصل على ٠٧١٢٣٤٥٦٧٨", "٠٧١٢٣٤٥٦٧٨"),
        ("المدير +٩٦١ ٧٠ ١٢٣ ٤٥٦", "+٩٦١ ٧٠ ١٢٣ ٤٥٦"),
        ("الجوال 70-123-456", "70-123-456"),
    ] {
        assert_eq!(telephone(text), Some(number), "{text}");
    }
    assert!(telephone("99\u{200b}88-77\u{200e}66").is_some());
}

#[test]
fn numbers_that_are_no_telephone_numbers_are_left_alone() {
    for text in [
        "2,345 schools",
        "2 345 schools and 1 200 000 learners",
        "1.200.000 apprenants, dont 70 123 456 filles",
        "1 500 000 000 learners in the world",
        "2026-2027",
        "2026/2027 – 2027/2028",
        "the school year 2026–27",
        "from 2026-01-15 to 2026-12-31",
        "23/11/2026, 23.11.2026 and 1-12-2026",
        "on 2026-11-23 08:00",
        "in 2026 1500 learners",
        "14.0723, -87.1921",
        "14.072312 -87.192134",
        "15.77059 -86.78323",
        "HN-2026-R-001",
        "HN-2026-0000123-A",
        "FL-2020-000220-HND",
        "HND-2020-00022011",
        "XM-DAC-41127 and GB-COH-09506398",
        "XI-RTN-08019995226880",
        "US-EIN-13-5562162",
        "HN0801 and LB62179",
        "school 010100002",
        "010100002",
        "school code 0101000021",
        "UDISE 09010100101",
        "01935000-0000-7000-8000-000000000101",
        "ISBN 978-92-3-100471-1",
        "9789231004711",
        "1200-1500 learners",
        "between 1000 - 2500 desks",
        "ages 12 13 14 15",
        "12-14-16-18",
        "grades 1 2 3 4 5 6 7 8 9",
        "45 desks, 30 chairs, 1200 books",
        "300 000 tablets at 0.75",
        "https://example.org/a/2026/11/23",
        "12 345 678 دولار",
        "١ ٢٠٠ ٠٠٠ متعلم في ٢٣٤٥ مدرسة",
        "العام الدراسي ٢٠٢٦-٢٠٢٧",
        "+5 000 learners",
        "+1 200 000",
        "12000000000",
        "COVID-19, SDG 4.1.1, ISCED 2011",
        "",
    ] {
        assert_eq!(telephone(text), None, "{text}");
    }
}

#[test]
fn addresses_are_found_and_other_words_are_not() {
    for (text, found) in [
        (
            "write to z.quartermaine@example.org.",
            Some("z.quartermaine@example.org"),
        ),
        ("<z+q@mail.example.org>", Some("z+q@mail.example.org")),
        ("zeb(at)example.org", Some("zeb(at)example.org")),
        ("zeb[at]example[dot]org", Some("zeb[at]example[dot]org")),
        ("راسلنا: admin@example.org", Some("admin@example.org")),
        ("écrire à «école@example.fr»", Some("école@example.fr")),
        ("@ministry on the network", None),
        ("3 boxes @ 4.50", None),
        ("see example.org/contact", None),
        ("", None),
    ] {
        assert_eq!(email(text), found, "{text}");
    }
}

/// Whether somebody of that name would be found in a text.
fn meets(name: &str, text: &str) -> Option<String> {
    let candidates = name_candidates(text);
    let found = name_keys(name)
        .into_iter()
        .find_map(|key| candidates.get(&key).copied());
    found.map(str::to_owned)
}

#[test]
fn a_name_is_found_in_any_order_and_spelling() {
    for (name, text, written) in [
        (
            "Zebulon Quartermaine",
            "ask ZEBULON QUARTERMAINE there",
            "ZEBULON QUARTERMAINE",
        ),
        (
            "Zebulon Quartermaine",
            "Quartermaine, Zebulon",
            "Quartermaine, Zebulon",
        ),
        (
            "Zebulon Quartermaine",
            "zebulon-quartermaine",
            "zebulon-quartermaine",
        ),
        (
            "María José Ñáñez",
            "la maestra Maria Jose Nanez",
            "Maria Jose Nanez",
        ),
        ("María José Ñáñez", "Maria Ñañez dijo", "Maria Ñañez"),
        ("Aïcha N’Diaye", "par Aicha N'Diaye", "Aicha N'Diaye"),
        ("أحمد الخطيب", "اتصل بالأستاذ احمد الخطيب", "احمد الخطيب"),
        (
            "Jean-Pierre Kaboré",
            "Kabore Jean Pierre",
            "Kabore Jean Pierre",
        ),
    ] {
        assert_eq!(
            meets(name, text).as_deref(),
            Some(written),
            "{name} in {text}"
        );
    }
}

#[test]
fn a_part_of_a_name_is_nobody() {
    for (name, text) in [
        (
            "Zebulon Quartermaine",
            "Zebulon School and Quartermaine Street",
        ),
        ("Zebulon Quartermaine", "Quartermaine"),
        ("Cher", "cher ami"),
        ("", "nobody at all"),
    ] {
        assert_eq!(meets(name, text), None, "{name} in {text}");
    }
}

#[test]
fn a_code_is_told_from_other_texts() {
    for code in [
        "202918",
        "08019995226880",
        "12.345.678/0001-95",
        "890.903.407-9",
        "XI-IATI-41114",
        "B 123 456 C",
        "FL-2020-000220-HND",
        "Reg. 12",
        "ق 1234",
    ] {
        assert!(is_code(code), "{code}");
    }
    for text in [
        "Zebulon Quartermaine",
        "z@example.org",
        "+504 9988-7766",
        "12 (Zebulon)",
        "أحمد الخطيب",
    ] {
        assert!(!is_code(text), "{text}");
    }
}
