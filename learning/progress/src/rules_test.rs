use super::*;
use proptest::prelude::*;

fn at(day: i64, second: i64) -> Moment {
    Moment::from_micros((day * 86_400 + second) * 1_000_000)
}
fn tried(item: &str, day: i64, score: f64) -> Try {
    Try {
        item: Id::named("item", item),
        at: at(day, 0),
        score,
    }
}
fn run(scores: &[f64]) -> Vec<Try> {
    let one = |(index, score): (usize, &f64)| Try {
        item: Id::named("item", &index.to_string()),
        at: at(0, index as i64),
        score: *score,
    };
    scores.iter().enumerate().map(one).collect()
}

#[test]
fn four_of_the_last_five_master() {
    let rule = Rule::USUAL;
    let found = judge(rule, &run(&[0.0, 1.0, 1.0, 0.0, 1.0, 1.0]), None);
    assert_eq!(
        (found.standing, found.right, found.counted),
        (Standing::Mastered, 4, 5)
    );
    assert_eq!(
        judge(rule, &run(&[1.0, 1.0, 0.5, 0.0, 1.0]), None).standing,
        Standing::Begun
    );
    assert_eq!(judge(rule, &[], None).standing, Standing::None);
    assert_eq!(
        judge(rule, &run(&[1.0; 4]), None).standing,
        Standing::Mastered
    );
}

#[test]
fn a_row_breaks_with_one_slip() {
    let rule = Rule::InARow { n: 3 };
    assert_eq!(
        judge(rule, &run(&[1.0, 1.0, 0.0, 1.0, 1.0]), None).standing,
        Standing::Begun
    );
    assert_eq!(
        judge(rule, &run(&[0.0, 1.0, 1.0, 1.0]), None).standing,
        Standing::Mastered
    );
}

#[test]
fn three_wrong_in_a_row_are_stuck_and_say_so() {
    let found = judge(Rule::USUAL, &run(&[1.0, 0.0, 0.5, 0.0]), None);
    assert_eq!((found.standing, found.wrong_in_a_row), (Standing::Stuck, 3));
    assert_eq!(found.why().0, "progress-why-stuck");
}

#[test]
fn the_teachers_word_decides_and_is_named() {
    let word = Id::named("judgement", "1");
    let found = judge(Rule::Judgement, &run(&[0.0, 0.0]), Some((word, true)));
    assert_eq!(
        (found.standing, found.judgement),
        (Standing::Mastered, Some(word))
    );
    assert_eq!(found.why().0, "progress-why-judged");
    let found = judge(Rule::USUAL, &run(&[1.0; 5]), Some((word, false)));
    assert_eq!(found.why().0, "progress-why-judged-not");
    assert_eq!(
        judge(Rule::Judgement, &run(&[1.0; 9]), None).standing,
        Standing::Begun
    );
}

#[test]
fn a_second_try_on_the_same_day_is_practice() {
    let again = [
        tried("a", 0, 0.0),
        Try {
            at: at(0, 9),
            ..tried("a", 0, 1.0)
        },
        tried("a", 1, 1.0),
    ];
    let kept = counted(&again);
    assert_eq!(
        kept.iter().map(|one| one.score).collect::<Vec<_>>(),
        [0.0, 1.0]
    );
}

#[test]
fn who_is_stuck_comes_before_who_is_late_before_who_is_well() {
    let stuck = urgency(&[(Standing::Stuck, 3), (Standing::Mastered, 0)], 0);
    let late = urgency(&[(Standing::Begun, 1)], 2);
    let well = urgency(&[(Standing::Mastered, 0)], 0);
    assert!(stuck < late && late < well);
}

#[test]
fn an_answer_keeps_the_time_of_a_phone_that_can_be_believed() {
    let (opened, now) = (at(10, 0).day(), at(20, 0));
    assert_eq!(made_at(Some(at(15, 5)), opened, now), at(15, 5));
    for strange in [Some(at(25, 0)), Some(at(3, 0)), None] {
        assert_eq!(made_at(strange, opened, now), now);
    }
}

#[test]
fn lines_are_read_as_teachers_write_them() {
    let read = strings("results", "Q7 ABCDA\n\n٣: a bc 3/4\n12.+/x\n5\n", 12, 5).unwrap();
    let plain: Vec<(i64, String)> = read
        .iter()
        .map(|one| (one.number, one.marks.join(" ")))
        .collect();
    assert_eq!(
        plain,
        [
            (7, "A B C D A".into()),
            (3, "A BC 3/4".into()),
            (12, "+ / X".into())
        ]
    );
    let wrong = strings("results", "ABC\n99 A\n1 AAAAAA\n2 A\n2 B", 12, 5).unwrap_err();
    assert_eq!(
        wrong.keys(),
        [
            "progress-line-number",
            "progress-line-nobody",
            "progress-line-long",
            "progress-line-twice"
        ]
    );
}

#[test]
fn every_reason_against_an_assignment_comes_at_once() {
    let day = |text: &str| Day::parse(text).unwrap();
    let wrong = may_give(day("2026-12-02"), day("2026-11-01"), day("2026-12-01"), 0).unwrap_err();
    assert_eq!(
        wrong.keys(),
        [
            "progress-due-before-open",
            "progress-due-over",
            "progress-to-nobody"
        ]
    );
    assert!(may_give(day("2026-12-01"), day("2026-12-01"), day("2026-12-01"), 1).is_ok());
}

proptest! {
    /// The order in which answers arrive never changes what a rule says.
    #[test]
    fn arrival_does_not_matter(scores in prop::collection::vec(0..3_u8, 0..12), seed in any::<u64>()) {
        let tries = run(&scores.iter().map(|s| f64::from(*s) / 2.0).collect::<Vec<_>>());
        let mut mixed = tries.clone();
        mixed.sort_by_key(|one| one.at.micros().unsigned_abs().wrapping_mul(seed | 1) >> 7);
        prop_assert_eq!(judge(Rule::USUAL, &tries, None), judge(Rule::USUAL, &mixed, None));
    }
    /// One more right answer never takes mastery away.
    #[test]
    fn right_answers_never_hurt(scores in prop::collection::vec(prop::bool::ANY, 0..12), n in 1..6_i64) {
        let all: Vec<f64> = scores.iter().map(|right| f64::from(u8::from(*right))).collect();
        let mut more = all.clone();
        more.push(1.0);
        for rule in [Rule::InARow { n }, Rule::MOfN { m: n, n: 6 }] {
            let (before, after) = (judge(rule, &run(&all), None), judge(rule, &run(&more), None));
            if before.standing == Standing::Mastered && all.len() < 6 {
                prop_assert_eq!(after.standing, Standing::Mastered);
            }
            prop_assert!(after.standing != Standing::Stuck);
        }
    }
    /// Where the newest tries suffice, what lies before them changes nothing; and often enough they do.
    #[test]
    fn what_lies_before_the_newest_changes_nothing(
        tries in prop::collection::vec((0..6_i64, 0..8_i64, 0..4_u8), 1..60), read in 1..60_usize, n in 1..6_i64
    ) {
        let mut all: Vec<Try> = tries
            .iter()
            .zip(0_i64..)
            .map(|((day, item, right), second)| Try {
                at: at(*day, second),
                ..tried(&item.to_string(), 0, f64::from(u8::from(*right > 0)))
            })
            .collect();
        all.sort_by_key(|one| one.at);
        let newest = &all[all.len().saturating_sub(read)..];
        for rule in [Rule::InARow { n }, Rule::MOfN { m: 1, n }, Rule::Judgement] {
            if suffices(rule, newest) {
                prop_assert_eq!(judge(rule, newest, None), judge(rule, &all, None));
            }
        }
        if newest.len() > 20 && newest.iter().all(|one| one.score >= RIGHT) && n == 1 {
            let days: BTreeSet<Day> = newest.iter().map(|one| one.at.day()).collect();
            let one = Rule::InARow { n };
            prop_assert!(days.len() < 2 || suffices(one, newest));
        }
    }
    /// No line a person may type breaks the reader.
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,60}") {
        let _ = strings("results", &text, 40, 10);
    }
}
