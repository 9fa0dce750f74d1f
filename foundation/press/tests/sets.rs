//! What is set can be read: every script, both directions, the same bytes each time.
#![expect(clippy::unwrap_used, reason = "a test that goes wrong ends here")]

use base::{Day, Lang};
use press::{Block, Document, Pair, Signer};

fn pair(one: &str, two: &str) -> Pair {
    [one.to_owned(), two.to_owned()]
}

/// A page of everything, in French and Arabic.
fn sample() -> Document {
    let text = pair(
        "Les parties s’engagent à ce que l’aide en nature serve l’enseignement des élèves.",
        "يتعهّد الطرفان بأن يخدم الدعم العيني تعليم المتعلّمين في المدارس (12 V).",
    );
    let clause = |number: &str| Block::Clause {
        number: number.to_owned(),
        heading: pair("Objet", "الموضوع"),
        text: text.clone(),
    };
    Document {
        langs: [Lang::Fr, Lang::Ar],
        kind: pair("Acte de don en nature", "عقد هبة عينية"),
        title: pair("Tablettes pour le Nord", "أجهزة لوحية للشمال"),
        code: "LB-2026-A-0001".to_owned(),
        version: pair("version 1", "النسخة 1"),
        dated: Day::parse("2026-11-22").unwrap(),
        blocks: vec![
            Block::Facts {
                rows: vec![(
                    pair("Gratuit jusqu’au", "مجّاني حتى"),
                    pair("31 décembre 2027", "31 كانون الأول 2027"),
                )],
            },
            Block::Heading {
                text: pair("Clauses", "البنود"),
            },
            clause("1"),
            clause("2"),
            Block::Table {
                heads: vec![pair("Service", "الخدمة"), pair("Quantité", "الكمية")],
                numbers: vec![false, true],
                rows: vec![vec![
                    pair("Tablettes", "أجهزة لوحية"),
                    pair("1 200", "1,200"),
                ]],
            },
            Block::Ticks {
                yes: pair("Oui", "نعم"),
                no: pair("Non", "لا"),
                rows: vec![(true, text.clone()), (false, text.clone())],
            },
            Block::Text { text: text.clone() },
            Block::Signatures {
                boxes: vec![
                    Signer {
                        party: pair("Ministère de l’Éducation", "وزارة التربية"),
                        role: pair("Pour l’autorité", "عن السلطة"),
                        lines: vec![pair("Nom", "الاسم"), pair("Signature", "التوقيع")],
                    };
                    2
                ],
            },
        ],
        mark: None,
        page: [pair("Page ", "الصفحة "), pair(" sur ", " من ")],
        check: Some((
            "https://harambee.example/agreements/check/00".to_owned(),
            pair("Vérifier cette page", "تحقّق من هذه الصفحة"),
        )),
    }
}

fn with(text: &str) -> Document {
    Document {
        blocks: vec![Block::Text {
            text: pair(text, text),
        }],
        ..sample()
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let first = press::pdf(&sample()).unwrap();
    assert!(first.starts_with(b"%PDF-1.7"));
    assert_eq!(first, press::pdf(&sample()).unwrap());
    let mut other = sample();
    other.title = pair("Tablettes pour le Sud", "أجهزة لوحية للجنوب");
    assert_ne!(first, press::pdf(&other).unwrap());
}

#[test]
fn the_hash_is_of_every_word_and_of_nothing_else() {
    let said = sample();
    let mut elsewhere = sample();
    elsewhere.check = None;
    assert_eq!(
        said.hash(),
        elsewhere.hash(),
        "where it can be checked is no part of it"
    );
    for change in [
        |d: &mut Document| d.code.push('9'),
        |d: &mut Document| d.title[1].push('ا'),
        |d: &mut Document| d.blocks.truncate(4),
        |d: &mut Document| d.langs = [Lang::Fr, Lang::Fr],
    ] {
        let mut changed = sample();
        change(&mut changed);
        assert_ne!(said.hash(), changed.hash());
    }
    assert!(said.text().contains("Quantité"));
    assert!(said.text().contains("أجهزة لوحية | 1,200"));
}

#[test]
fn every_script_of_the_fonts_can_be_set_and_others_are_named() {
    let latin = "À l’œuvre où naît l’Être — «ğüşöçı» Čeština Tiếng Việt £ € № 12 × 3 ≤ 4";
    let more = "Ελληνικά Кириллица";
    let arabic = "السَّلَامُ عليكم، لا إله؛ المدرسة ١٢٣ ٪ پچژگ ـ ﷲ؟";
    for text in [latin, more, arabic] {
        assert_eq!(press::unsettable(&with(text)), Vec::<char>::new(), "{text}");
        press::pdf(&with(text)).unwrap();
    }
    assert_eq!(press::unsettable(&with("አ A 学")), ['አ', '学']);
}

#[test]
fn one_language_is_set_in_one_column() {
    let mut one = sample();
    one.langs = [Lang::Fr, Lang::Fr];
    assert!(!one.text().contains("الموضوع"));
    press::pdf(&one).unwrap();
}

#[test]
fn words_that_mean_something_to_the_typesetter_are_set_as_they_stand() {
    let plain = press::pdf(&with("plain")).unwrap();
    let odd = "#panic(\"no\") $x$ *bold* _it_ @ref <label> [a] // c /* d */ \\ \" ' `";
    let set = press::pdf(&with(odd)).unwrap();
    assert_ne!(plain, set);
}
