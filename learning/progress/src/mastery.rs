//! When something is mastered: a rule that is data, and says why.

use base::{Arg, Id, Moment};

/// A rule of mastery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// At least `m` of the last `n` right.
    MOfN { m: i64, n: i64 },
    /// The last `n` right, without a slip.
    InARow { n: i64 },
    /// Only the teacher says so.
    Judgement,
}

impl Rule {
    /// What holds where nobody decided otherwise.
    pub const USUAL: Self = Self::MOfN { m: 4, n: 5 };

    /// The rule of stored numbers.
    pub fn of(kind: &str, m: i64, n: i64) -> Option<Self> {
        match kind {
            "m_of_n" if m >= 1 && n >= m => Some(Self::MOfN { m, n }),
            "n_in_a_row" if n >= 1 => Some(Self::InARow { n }),
            "judgement" => Some(Self::Judgement),
            _ => None,
        }
    }
    /// The stable code of its kind.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::MOfN { .. } => "m_of_n",
            Self::InARow { .. } => "n_in_a_row",
            Self::Judgement => "judgement",
        }
    }
    /// Its numbers.
    pub const fn numbers(self) -> (i64, i64) {
        match self {
            Self::MOfN { m, n } => (m, n),
            Self::InARow { n } => (n, n),
            Self::Judgement => (1, 1),
        }
    }
    /// As one line in a row.
    pub fn line(self) -> String {
        let (m, n) = self.numbers();
        format!("{} {m} {n}", self.kind())
    }
    /// The rule of a line.
    pub fn parse(line: &str) -> Option<Self> {
        let mut parts = line.split(' ');
        let kind = parts.next()?;
        Self::of(
            kind,
            parts.next()?.parse().ok()?,
            parts.next()?.parse().ok()?,
        )
    }
    /// The rule in words: a key and its arguments.
    pub fn words(self) -> (&'static str, Vec<(&'static str, Arg)>) {
        match self {
            Self::MOfN { m, n } => (
                "progress-rule-m-of-n",
                vec![("m", m.into()), ("n", n.into())],
            ),
            Self::InARow { n } => ("progress-rule-n-in-a-row", vec![("n", n.into())]),
            Self::Judgement => ("progress-rule-judgement", Vec::new()),
        }
    }
}

/// One try as a rule sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Try {
    pub item: Id,
    pub at: Moment,
    pub score: f64,
}

/// How far a learner is with a competency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    #[default]
    None,
    Begun,
    Stuck,
    Mastered,
}

impl Standing {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Begun => "begun",
            Self::Stuck => "stuck",
            Self::Mastered => "mastered",
        }
    }
    /// The standing of a code.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::None, Self::Begun, Self::Stuck, Self::Mastered]
            .into_iter()
            .find(|one| one.code() == code)
    }
}

/// What a rule found, with everything needed to say why.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finding {
    pub standing: Standing,
    pub rule: Rule,
    /// Tries the rule looked at.
    pub counted: i64,
    pub right: i64,
    pub wrong_in_a_row: i64,
    pub last_at: Option<Moment>,
    /// The teacher's word that decided.
    pub judgement: Option<Id>,
}

impl Finding {
    /// Why, in words: a key and its arguments.
    pub fn why(&self) -> (&'static str, Vec<(&'static str, Arg)>) {
        let numbers = vec![
            ("right", Arg::from(self.right)),
            ("counted", self.counted.into()),
        ];
        match (self.judgement, self.standing) {
            (Some(_), Standing::Mastered) => ("progress-why-judged", Vec::new()),
            (Some(_), _) => ("progress-why-judged-not", Vec::new()),
            (None, Standing::None) => ("progress-why-none", Vec::new()),
            (None, Standing::Stuck) => (
                "progress-why-stuck",
                vec![("wrong", self.wrong_in_a_row.into())],
            ),
            (None, Standing::Mastered) => ("progress-why-mastered", numbers),
            (None, Standing::Begun) => ("progress-why-begun", numbers),
        }
    }
}

/// A finding that is kept, of one learner and competency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mastery {
    pub learner: Id,
    pub competency: Id,
    pub finding: Finding,
}

/// A teacher's own word, with the reason.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    pub id: Id,
    pub learner: Id,
    pub competency: Id,
    pub mastered: bool,
    pub reason: String,
    pub by: Id,
    pub at: Moment,
}
