//! What the languages say, as a reader sees it.

use base::{Arg, Day, Lang, Moment, Refusal};
use lang::{Library, Source, Words, testing};

fn words(lang: Lang) -> Words {
    testing::library(&[]).words(lang)
}

#[test]
fn the_shared_words_are_the_same_in_every_language() {
    testing::same_keys(lang::WORDS);
}

#[test]
fn french_signs_stay_with_their_words_and_apostrophes_are_round() {
    const LOOSE: Source = &[
        (Lang::En, "# It's a remark\none = The school's\n"),
        (
            Lang::Fr,
            "one = Quoi ?\ntwo = « Rien\u{a0}»\nthree = Oui\u{a0}: l’école\n",
        ),
    ];
    assert_eq!(
        testing::misset(LOOSE),
        [
            "en, line 2: an apostrophe is ’",
            "fr, line 1: a no-break space belongs in \" ?\"",
            "fr, line 2: a no-break space belongs in \"« \"",
        ]
    );
}

#[test]
fn a_day_is_written_in_words() {
    let day = Day::parse("2026-11-21").unwrap();
    assert_eq!(words(Lang::En).day(day), "21 November 2026");
    assert_eq!(words(Lang::Fr).day(day), "21 novembre 2026");
    assert_eq!(words(Lang::Ar).day(day), "21 نوفمبر 2026");
    assert_eq!(
        words(Lang::Fr).day(Day::parse("2026-05-01").unwrap()),
        "1er mai 2026"
    );
}

#[test]
fn a_moment_is_written_to_the_minute() {
    let moment =
        Moment::start_of_utc(Day::parse("2026-11-21").unwrap()).plus_seconds(14 * 3600 + 305);
    assert_eq!(
        words(Lang::En).moment(moment),
        "21 November 2026, 14:05 UTC"
    );
    assert_eq!(
        words(Lang::Fr).moment(moment),
        "21 novembre 2026 à 14:05 UTC"
    );
}

#[test]
fn plurals_follow_each_language() {
    let days = |lang, n: i64| words(lang).say_with("days", &[("n", n.into())]);
    assert_eq!(days(Lang::En, 1), "1 day");
    assert_eq!(days(Lang::En, 0), "0 days");
    assert_eq!(days(Lang::Fr, 0), "0 jour");
    assert_eq!(days(Lang::Fr, 2_000), "2\u{202f}000 jours");
    for (n, text) in [
        (0, "لا أيام"),
        (1, "يوم واحد"),
        (2, "يومان"),
        (3, "3 أيام"),
        (11, "11 يومًا"),
        (100, "100 يوم"),
    ] {
        assert_eq!(days(Lang::Ar, n), text);
    }
}

#[test]
fn a_refusal_is_put_into_words_and_its_words_too() {
    const MINE: Source = &[
        (
            Lang::En,
            "no-role = Only the { $role } may, not { $who }.\n",
        ),
        (Lang::Fr, "no-role = Réservé : { $role }, pas { $who }.\n"),
        (Lang::Ar, "no-role = { $role } فقط، وليس { $who }.\n"),
    ];
    let library = testing::library(&[MINE]);
    let no = Refusal::whole("no-role")
        .with("role", Arg::Word("role-auditor".to_owned()))
        .with("who", "Amal");
    assert_eq!(
        library.words(Lang::En).refusal(&no),
        "Only the Auditor may, not Amal."
    );
    assert_eq!(
        library.words(Lang::Ar).refusal(&no),
        "مدقّق فقط، وليس \u{2068}Amal\u{2069}."
    );
    assert!(library.missing().is_empty());
}

#[test]
fn a_missing_text_shows_its_key_and_is_remembered() {
    let library = testing::library(&[]);
    assert_eq!(library.words(Lang::Fr).say("no-such-text"), "no-such-text");
    assert_eq!(library.missing(), ["fr: no-such-text"]);
    assert!(!library.words(Lang::Fr).has("no-such-text"));
    assert_eq!(library.words(Lang::Fr).or("no-such-text", "yes"), "Oui");
}

#[test]
fn every_problem_of_the_texts_is_told_at_once() {
    const BAD: Source = &[
        (Lang::En, "yes = Again\nbad = { $x\n"),
        (Lang::Fr, "a = b\n"),
    ];
    let Err(problems) = Library::load(&[BAD]) else {
        panic!("accepted")
    };
    let all = problems.to_string();
    for part in [
        "en: near line 2",
        "en: yes is defined twice",
        "ar: a room has no file",
    ] {
        assert!(all.contains(part), "{part} not in {all}");
    }
    assert_eq!(
        testing::differences(BAD).len(),
        4,
        "{:?}",
        testing::differences(BAD)
    );
}

#[test]
fn a_text_may_name_others_and_stand_on_several_lines() {
    const MINE: Source = &[
        (
            Lang::En,
            "# A note.\nplain = One word \n\n-brand = Harambee\nnames = { plain }, { twice }, { -brand }\n\
             twice = { plain } { plain }\nlong =\n    First\n    second\nlast = Last = last",
        ),
        (
            Lang::Fr,
            "plain = Un\nnames = { $n ->\n[one] un\n*[other] { plain }\n}\n",
        ),
        (
            Lang::Ar,
            "plain = واحد\nother = .\n    .hint = x\nonly =\n    .hint = x\n",
        ),
    ];
    let library = testing::library(&[MINE]);
    let en = library.words(Lang::En);
    assert_eq!(en.say("plain"), "One word");
    assert_eq!(en.say("names"), "One word, One word One word, Harambee");
    assert_eq!(en.say("long"), "First\nsecond");
    assert_eq!(en.say("last"), "Last = last");
    let fr = library.words(Lang::Fr);
    assert_eq!(fr.say_with("names", &[("n", 1_i64.into())]), "un");
    assert_eq!(fr.say_with("names", &[("n", 2_i64.into())]), "Un");
    let ar = library.words(Lang::Ar);
    assert!(ar.has("other") && !ar.has("only") && !ar.has("brand"));
    assert!(library.missing().is_empty());
}

#[test]
fn a_list_reads_as_a_sentence() {
    let items = ["a", "b", "c"].map(str::to_owned);
    assert_eq!(words(Lang::En).list(&items), "a, b and c");
    assert_eq!(words(Lang::Fr).list(&items[..2]), "a et b");
    let tongues = ["English".to_owned(), "العربية".to_owned()];
    assert_eq!(
        words(Lang::En).list(&tongues),
        "English and \u{2068}العربية\u{2069}"
    );
}

#[test]
fn a_room_may_bring_several_files_in_a_language() {
    const TWO: &[(Lang, &str)] = &[
        (Lang::En, "one-of-two = One\n"),
        (Lang::Fr, "one-of-two = Un\n"),
        (Lang::Ar, "one-of-two = واحد\n"),
        (Lang::En, "two-of-two = Two\n"),
        (Lang::Fr, "two-of-two = Deux\n"),
        (Lang::Ar, "two-of-two = اثنان\n"),
    ];
    let library = Library::load(&[TWO]).unwrap();
    assert_eq!(library.words(Lang::Fr).say("one-of-two"), "Un");
    assert_eq!(library.words(Lang::Fr).say("two-of-two"), "Deux");
    assert!(library.missing().is_empty());
}
