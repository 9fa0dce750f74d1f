//! Teaching at the right level: a short check, groups by what a child can do, and a check again.

/// What a check is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ladder {
    Reading,
    Arithmetic,
}

impl Ladder {
    /// Every ladder.
    pub const ALL: [Self; 2] = [Self::Reading, Self::Arithmetic];
    /// The codes, for forms.
    pub const CODES: &'static [&'static str] = &["reading", "arithmetic"];
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Arithmetic => "arithmetic",
        }
    }
    /// The ladder of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
    /// The codes of its rungs, lowest first; words `progress-level-{code}`.
    pub const fn rungs(self) -> [&'static str; 5] {
        match self {
            Self::Reading => [
                "reading-beginner",
                "reading-letter",
                "reading-word",
                "reading-paragraph",
                "reading-story",
            ],
            Self::Arithmetic => [
                "arithmetic-beginner",
                "arithmetic-one-digit",
                "arithmetic-two-digits",
                "arithmetic-subtraction",
                "arithmetic-division",
            ],
        }
    }
    /// How many rungs.
    pub const RUNGS: i64 = 5;
    /// Which children learn together, by rung: beginners with the first step, the middle, the upper two.
    pub const fn group(level: i64) -> usize {
        match level {
            ..=1 => 0,
            2 => 1,
            _ => 2,
        }
    }
}
