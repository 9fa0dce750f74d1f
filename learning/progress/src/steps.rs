//! A rule judged step by step: what is kept of the tries so far, so that the next one is judged without
//! reading them again. Whatever is not simply the next try is judged from the tries themselves.

use crate::mastery::{Finding, Rule, Try};
use crate::rules;
use base::{Id, Moment};

/// Tries that are kept right or not; no rule looks at more.
const KEPT: i64 = 64;
/// Questions of one day that are kept.
const MET: usize = 100;

/// What is kept of a learner's tries about a competency beside the finding; where no teacher has spoken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Steps {
    /// Right or not, the newest try that counted in the lowest bit.
    rights: u64,
    /// The questions of the last day, each by some of its bits.
    met: Vec<u16>,
    /// Which day that is follows from how far clocks were ahead of UTC at the last try, in quarters of an hour.
    ahead: i8,
}

/// How far clocks of the site are ahead of UTC, in quarters of an hour; none where it is no whole number of them.
fn ahead(at: Moment) -> Option<i8> {
    let seconds = at.offset_seconds();
    (seconds % 900 == 0)
        .then(|| i8::try_from(seconds / 900).ok())
        .flatten()
}

/// What the next try comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// It counts.
    On(Finding, Steps),
    /// The question, or one much like it, was tried on that day: if it was, nothing changes.
    Met,
    /// Only the tries themselves tell.
    Unknown,
}

/// Some bits of a question's id.
fn bits(item: Id) -> u16 {
    let bytes = item.0.as_bytes();
    bytes.chunks_exact(2).fold(0, |sum, pair| {
        sum.rotate_left(3) ^ u16::from_be_bytes([pair[0], pair[1]])
    })
}

impl Steps {
    /// What is kept of the tries that counted, oldest first. None where it would be too much, or where
    /// the last day may begin before the first of them.
    pub fn of(counted: &[Try], cut: bool) -> Option<Self> {
        let last = counted.last()?.at;
        let (day, ahead) = (last.day(), ahead(last)?);
        let today = counted.iter().filter(|one| one.at.day() == day);
        let met: Vec<u16> = today.map(|one| bits(one.item)).collect();
        let whole_from = rules::whole_from(counted.first()?.at);
        if met.len() > MET || (cut && day < whole_from) {
            return None;
        }
        let right = |one: &Try| u64::from(one.score >= rules::RIGHT);
        let rights = counted.iter().fold(0, |sum, one| (sum << 1) | right(one));
        Some(Self { rights, met, ahead })
    }

    /// The next try, by the finding before it.
    pub fn step(&self, before: &Finding, new: &Try) -> Step {
        let window = match before.rule {
            Rule::MOfN { n, .. } | Rule::InARow { n } => n,
            Rule::Judgement => KEPT,
        };
        let Some(last) = before.last_at.filter(|last| *last < new.at) else {
            return Step::Unknown;
        };
        if window > KEPT
            || before.wrong_in_a_row >= KEPT
            || (before.rule == Rule::Judgement && before.counted >= KEPT)
        {
            return Step::Unknown;
        }
        // Where the site's zone was another one when this was kept, the last day was another one too.
        let Some(new_ahead) = ahead(new.at).filter(|_| ahead(last) == Some(self.ahead)) else {
            return Step::Unknown;
        };
        let mut met = self.met.clone();
        if last.day() != new.at.day() {
            met.clear();
        } else if met.contains(&bits(new.item)) {
            return Step::Met;
        } else if met.len() >= MET {
            return Step::Unknown;
        }
        met.push(bits(new.item));
        let right = new.score >= rules::RIGHT;
        let rights = (self.rights << 1) | u64::from(right);
        let counted = window.min(before.counted + 1);
        let shift = u32::try_from(KEPT - counted).unwrap_or(0);
        let looked_at = rights.checked_shl(shift).unwrap_or(0);
        let weighed = rules::Weighed {
            counted,
            right: looked_at.count_ones().into(),
            wrong_in_a_row: if right { 0 } else { before.wrong_in_a_row + 1 },
            last_at: Some(new.at),
        };
        Step::On(
            rules::decide(before.rule, weighed, None),
            Self {
                rights,
                met,
                ahead: new_ahead,
            },
        )
    }

    /// As it is kept: how far clocks were ahead is one byte more, left out on UTC.
    pub fn bytes(&self) -> Vec<u8> {
        let met = self.met.iter().flat_map(|bits| bits.to_be_bytes());
        let ahead = (self.ahead != 0).then_some(self.ahead.to_be_bytes());
        let rights = self.rights.to_be_bytes().into_iter();
        rights
            .chain(met)
            .chain(ahead.into_iter().flatten())
            .collect()
    }
    /// As it was kept.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let (rights, met) = bytes.split_first_chunk()?;
        let pairs = met.chunks_exact(2);
        Some(Self {
            rights: u64::from_be_bytes(*rights),
            ahead: pairs
                .remainder()
                .first()
                .map_or(0, |byte| i8::from_be_bytes([*byte])),
            met: pairs
                .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
                .collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rule() -> impl Strategy<Value = Rule> {
        prop_oneof![
            (1_i64..6, 0_i64..4).prop_map(|(m, more)| Rule::MOfN { m, n: m + more }),
            (1_i64..6).prop_map(|n| Rule::InARow { n }),
            Just(Rule::Judgement),
        ]
    }

    /// Judged from all tries: the finding, and what is kept of them.
    fn whole(rule: Rule, tries: &[Try]) -> (Finding, Option<Steps>) {
        let counted = rules::counted(tries);
        (rules::judge(rule, tries, None), Steps::of(&counted, false))
    }

    proptest! {
        #[test]
        fn step_by_step_is_as_from_the_beginning_in_every_order(
            rule in rule(),
            tries in proptest::collection::vec((0_i64..5, 0_i64..9, 0_usize..7, 0_usize..3), 1..40),
            in_order in any::<bool>(),
        ) {
            let mut tries: Vec<Try> = tries.iter().map(|(day, hour, item, score)| Try {
                item: Id::named("item", &item.to_string()),
                at: Moment::from_micros((day * 86_400 + hour * 3_600) * 1_000_000),
                score: [0.0, 0.5, 1.0][*score],
            }).collect();
            if in_order {
                tries.sort_by_key(|one| one.at);
            }
            let (mut before, mut kept) = (rules::judge(rule, &[], None), None::<Steps>);
            for n in 0..tries.len() {
                let (found, steps) = whole(rule, &tries[..=n]);
                let step = kept.as_ref().map_or(Step::Unknown, |kept| kept.step(&before, &tries[n]));
                match step {
                    Step::On(one, after) => {
                        prop_assert_eq!(one, found);
                        prop_assert_eq!(Some(&after), steps.as_ref());
                        prop_assert_eq!(Steps::parse(&after.bytes()), Some(after));
                    }
                    Step::Met => {
                        prop_assert_eq!(before, found);
                        prop_assert_eq!(&kept, &steps);
                    }
                    Step::Unknown => prop_assert!(
                        kept.is_none() || before.last_at >= Some(tries[n].at)
                    ),
                }
                (before, kept) = (found, steps);
            }
        }
    }

    #[test]
    fn what_was_kept_by_another_zone_is_judged_anew() {
        let rule = Rule::MOfN { m: 4, n: 5 };
        let one = |hour: i64| Try {
            item: Id::named("item", &hour.to_string()),
            at: Moment::from_micros(hour * 3_600_000_000),
            score: 1.0,
        };
        let before = rules::judge(rule, &[one(1)], None);
        let here = Steps::of(&[one(1)], false).unwrap();
        assert!(matches!(here.step(&before, &one(2)), Step::On(..)));
        for ahead in [48, -14, 51] {
            let there = Steps {
                ahead,
                ..here.clone()
            };
            assert_eq!(Steps::parse(&there.bytes()).as_ref(), Some(&there));
            assert_eq!(there.step(&before, &one(2)), Step::Unknown);
        }
    }

    #[test]
    fn a_day_that_may_begin_earlier_is_not_kept() {
        let one = Try {
            item: Id::named("item", "1"),
            at: Moment::from_micros(5),
            score: 1.0,
        };
        assert_eq!(Steps::of(&[one], true), None);
        assert!(Steps::of(&[one], false).is_some());
        assert_eq!(Steps::of(&[], false), None);
    }
}
