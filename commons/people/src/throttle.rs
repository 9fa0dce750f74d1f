//! How long somebody waits who tried in vain.

use base::Moment;

/// What is counted, how many tries are free, the first delay, and after how long all is forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Throttle {
    pub kind: &'static str,
    pub free: i64,
    pub first_seconds: i64,
    pub forget_seconds: i64,
}

/// The longest delay: nobody can lock another person out for longer.
const DELAY_MAX_SECONDS: i64 = 900;

impl Throttle {
    /// The tries that still count.
    pub const fn counted(self, tries: i64, last_at: Moment, now: Moment) -> i64 {
        if now.seconds() - last_at.seconds() >= self.forget_seconds {
            0
        } else {
            tries
        }
    }
    /// Seconds to wait before the next try; 0 when it may be made now. Doubles with each try.
    pub fn wait_seconds(self, tries: i64, last_at: Moment, now: Moment) -> i64 {
        let over = self.counted(tries, last_at, now) - self.free;
        if over < 0 {
            return 0;
        }
        let doubled = self.first_seconds.saturating_mul(1 << over.clamp(0, 20));
        let delay = doubled.min(DELAY_MAX_SECONDS);
        (last_at.seconds() + delay - now.seconds()).clamp(0, DELAY_MAX_SECONDS)
    }
}
