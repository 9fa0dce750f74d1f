use super::*;
use crate::answer::{key, read_answer, read_short};
use crate::lines::{Draft, read};
use crate::shown::mixed;
use proptest::prelude::*;

fn item(kind: &str, answers: &str, form: &str) -> Item {
    let draft = Draft {
        kind: kind.to_owned(),
        lang: "en".to_owned(),
        question: "Which?".to_owned(),
        answers: answers.to_owned(),
        form: form.to_owned(),
        when_right: "Good.".to_owned(),
        when_wrong: "Look.".to_owned(),
        unit: if kind == "number" {
            "kg".to_owned()
        } else {
            String::new()
        },
        ..Draft::default()
    };
    read(&draft).unwrap()
}

fn short(item: &Item, text: &str) -> Marked {
    mark(item, &read_short(item, "en", text).unwrap(), "en")
}

#[test]
fn numbers_are_right_by_value_or_by_form() {
    let value = item("number", "3/4\n! 3/5 | Count all.", "value");
    for text in ["3/4", "6/8", "0.75", "0,75", "¾", "٣/٤", "0.750 kg"] {
        assert_eq!(short(&value, text).right, Some(true), "{text}");
    }
    assert_eq!(short(&value, "3/5").feedback.trim(), "<p>Count all.</p>");
    assert_eq!(short(&value, "4/5").feedback.trim(), "<p>Look.</p>");
    let simplest = item("number", "3/4", "simplest");
    assert_eq!(short(&simplest, "3/4").right, Some(true));
    for text in ["6/8", "0.75"] {
        let half = short(&simplest, text);
        assert_eq!((half.right, half.score), (Some(false), 0.5), "{text}");
        assert_eq!(half.note.unwrap().key, "lessons-note-write-simplest");
    }
    let exact = item("number", "6/8", "exact");
    assert_eq!(short(&exact, "6/8").right, Some(true));
    assert_eq!(
        short(&exact, "3/4").note.unwrap().key,
        "lessons-note-write-as-asked"
    );
}

#[test]
fn a_tolerance_is_exact_too() {
    let mut near = item("number", "12", "value");
    if let Interaction::Number { tolerance, .. } = &mut near.interaction {
        *tolerance = Some("0.5".to_owned());
    }
    assert_eq!(short(&near, "12.5").right, Some(true));
    assert_eq!(short(&near, "12.51").right, Some(false));
}

#[test]
fn words_forgive_case_accents_and_a_full_stop() {
    let word = item("word", "numérateur\n! dénominateur | Below.", "");
    for text in ["Numerateur", " NUMÉRATEUR. ", "numérateur"] {
        assert_eq!(short(&word, text).right, Some(true), "{text}");
    }
    assert_eq!(
        short(&word, "denominateur").feedback.trim(),
        "<p>Below.</p>"
    );
    assert_eq!(short(&word, "numerator").right, Some(false));
}

#[test]
fn several_answers_give_a_part_of_the_score() {
    let several = item("several", "* a\n* b\nc | Not c.\nd", "");
    assert_eq!(
        (short(&several, "AB").right, short(&several, "AB").score),
        (Some(true), 1.0)
    );
    let one = short(&several, "A");
    assert_eq!((one.right, one.score), (Some(false), 0.5));
    assert_eq!(one.note.unwrap().key, "lessons-note-more-are-right");
    let mixed = short(&several, "ABC");
    assert_eq!((mixed.right, mixed.score), (Some(false), 0.5));
    assert_eq!(mixed.feedback.trim(), "<p>Not c.</p>");
    assert_eq!(short(&several, "CD").score, 0.0);
}

#[test]
fn an_order_and_a_match_are_marked_part_by_part() {
    let order = item("order", "one\ntwo\nthree\nfour", "");
    let right = key(&order, "en").unwrap();
    assert_ne!(right, "ABCD", "never shown in the right order");
    assert_eq!(short(&order, &right).right, Some(true));
    let mut letters: Vec<char> = right.chars().collect();
    letters.swap(0, 1);
    let two = short(&order, &letters.iter().collect::<String>());
    assert_eq!((two.right, two.score), (Some(false), 0.5));
    let pairs = item("match", "1/2 :: half\n1/4 :: quarter\n:: third", "");
    let right = key(&pairs, "en").unwrap();
    assert_eq!(short(&pairs, &right).right, Some(true));
    let swapped: String = right.chars().rev().collect();
    assert_eq!(short(&pairs, &swapped).score, 0.0);
}

#[test]
fn a_form_is_read_as_it_was_shown() {
    let order = item("order", "one\ntwo\nthree", "");
    let Interaction::Order { parts } = &order.interaction else {
        panic!("an order")
    };
    let shown = mixed(&order, parts);
    let given: BTreeMap<String, Vec<String>> = shown
        .iter()
        .enumerate()
        .map(|(n, part)| {
            let place = parts.iter().position(|one| one.id == part.id).unwrap() + 1;
            (format!("answer_{}", n + 1), vec![place.to_string()])
        })
        .collect();
    let answer = read_answer(&order, "answer", &given).unwrap();
    assert_eq!(mark(&order, &answer, "en").right, Some(true));
    let mut twice = given.clone();
    twice.insert("answer_2".to_owned(), given["answer_1"].clone());
    assert_eq!(
        read_answer(&order, "answer", &twice).unwrap_err().keys(),
        ["lessons-answer-order-twice"]
    );
    twice.remove("answer_2");
    assert_eq!(
        read_answer(&order, "answer", &twice).unwrap_err().keys(),
        ["lessons-answer-incomplete"]
    );
}

#[test]
fn paper_takes_arabic_letters_and_refuses_what_is_no_answer() {
    let choice = item("choice", "* a\nb\nc", "");
    for text in ["A", "a", "أ", "ا"] {
        assert_eq!(
            mark(&choice, &read_short(&choice, "ar", text).unwrap(), "en").right,
            Some(true),
            "{text}"
        );
    }
    for (text, key) in [
        ("", "lessons-answer-empty"),
        ("AB", "lessons-answer-one-letter"),
        ("Z", "lessons-answer-no-such-letter"),
    ] {
        assert_eq!(read_short(&choice, "en", text).unwrap_err().keys(), [key]);
    }
}

#[test]
fn own_words_wait_for_a_teacher() {
    let open = item("open", "Says why.", "");
    let marked = short(&open, "Because.");
    assert_eq!((marked.right, marked.score), (None, 0.0));
    assert_eq!(key(&open, "en"), None);
}

proptest! {
    #[test]
    fn a_score_lies_between_nothing_and_all(kind in 0_usize..6, text in "\\PC{0,12}") {
        let (kind, answers) = [
            ("choice", "* a\nb\nc"), ("several", "* a\n* b\nc"), ("word", "half"), ("number", "3/4"),
            ("order", "a\nb\nc"), ("match", "a :: x\nb :: y"),
        ][kind];
        let item = item(kind, answers, "simplest");
        if let Ok(answer) = read_short(&item, "en", &text) {
            let marked = mark(&item, &answer, "en");
            prop_assert!((0.0..=1.0).contains(&marked.score));
            prop_assert_eq!(marked.right == Some(true), marked.score == 1.0);
        }
    }
}
