//! What a manifest of SCORM 2004 says of the order in which its activities are opened.

/// When something may be done anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum When {
    #[default]
    Never,
    Once,
    EachAttempt,
}

/// What a condition asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    Satisfied,
    StatusKnown,
    MeasureKnown,
    MeasureAbove,
    MeasureBelow,
    Completed,
    ProgressKnown,
    Attempted,
    AttemptsUsed,
    TimeUsed,
    OutsideTime,
    Always,
}

/// One condition of a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    pub test: Test,
    pub not: bool,
    /// The objective it is about; the primary one when none is named.
    pub objective: Option<String>,
    pub threshold: f64,
}

/// What follows from a rule of an activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Skip,
    Disabled,
    Hidden,
    StopForward,
    Exit,
    ExitParent,
    ExitAll,
    Retry,
    RetryAll,
    Continue,
    Previous,
}

/// A rule: before an activity, after it, or while something below it is open.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// One condition is enough.
    pub any: bool,
    pub conditions: Vec<Condition>,
    pub action: Action,
}

/// What the children of a group come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Satisfied,
    NotSatisfied,
    Completed,
    Incomplete,
}

/// How many children a rollup rule needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Children {
    All,
    Any,
    None,
    Count(usize),
    /// From 0 to 1.
    Share(f64),
}

/// A rule by which a group follows from its children.
#[derive(Clone, Debug, PartialEq)]
pub struct RollupRule {
    pub children: Children,
    pub any: bool,
    pub conditions: Vec<Condition>,
    pub outcome: Outcome,
}

/// When a child counts in what its group comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Counts {
    #[default]
    Always,
    NotSuspended,
    Attempted,
    NotSkipped,
}

/// An objective of one activity, tied to one that several share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tie {
    pub target: String,
    pub read_status: bool,
    pub read_measure: bool,
    pub write_status: bool,
    pub write_measure: bool,
    pub read_completion: bool,
    pub write_completion: bool,
    pub read_progress: bool,
    pub write_progress: bool,
    /// Raw, lowest and highest score.
    pub read_scores: [bool; 3],
    pub write_scores: [bool; 3],
}

/// An objective of an activity; the first of them is the primary one.
#[derive(Clone, Debug, PartialEq)]
pub struct Objective {
    pub id: Option<String>,
    pub by_measure: bool,
    /// From -1 to 1: the least measure that satisfies.
    pub least: f64,
    pub ties: Vec<Tie>,
}

impl Default for Objective {
    fn default() -> Self {
        Self {
            id: None,
            by_measure: false,
            least: 1.0,
            ties: Vec::new(),
        }
    }
}

/// A store of text that activities share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Store {
    pub target: String,
    pub read: bool,
    pub write: bool,
}

/// Buttons of the platform that the content stands in for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Button {
    Previous,
    Continue,
    Exit,
    ExitAll,
    Abandon,
    AbandonAll,
    SuspendAll,
}

/// Everything said about the order around one activity; what is not said is as the standard has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sequencing {
    /// The manifest says something itself.
    pub said: bool,
    pub choice: bool,
    pub choice_exit: bool,
    pub flow: bool,
    pub forward_only: bool,
    pub current_objectives: bool,
    pub current_progress: bool,
    pub before: Vec<Rule>,
    pub after: Vec<Rule>,
    pub exits: Vec<Rule>,
    pub attempts: Option<u32>,
    /// Seconds of one attempt.
    pub seconds: Option<f64>,
    pub rollup: Vec<RollupRule>,
    pub rolls_objective: bool,
    pub rolls_progress: bool,
    pub weight: f64,
    /// Never empty.
    pub objectives: Vec<Objective>,
    pub selection: When,
    pub select: Option<usize>,
    pub randomization: When,
    pub reorder: bool,
    pub tracked: bool,
    pub completion_by_content: bool,
    pub objective_by_content: bool,
    pub prevent_activation: bool,
    pub constrain_choice: bool,
    /// For satisfied, not satisfied, completed, incomplete.
    pub counts: [Counts; 4],
    pub measure_if_active: bool,
    /// The least progress that completes, where progress decides.
    pub completes: Option<f64>,
    pub progress_weight: f64,
    pub stores: Vec<Store>,
    pub hides: Vec<Button>,
}

impl Default for Sequencing {
    fn default() -> Self {
        Self {
            said: false,
            choice: true,
            choice_exit: true,
            flow: false,
            forward_only: false,
            current_objectives: true,
            current_progress: true,
            before: Vec::new(),
            after: Vec::new(),
            exits: Vec::new(),
            attempts: None,
            seconds: None,
            rollup: Vec::new(),
            rolls_objective: true,
            rolls_progress: true,
            weight: 1.0,
            objectives: vec![Objective::default()],
            selection: When::Never,
            select: None,
            randomization: When::Never,
            reorder: false,
            tracked: true,
            completion_by_content: false,
            objective_by_content: false,
            prevent_activation: false,
            constrain_choice: false,
            counts: [Counts::Always; 4],
            measure_if_active: true,
            completes: None,
            progress_weight: 1.0,
            stores: Vec::new(),
            hides: Vec::new(),
        }
    }
}

impl Sequencing {
    /// Nothing here can close a way or tie the activity to another one.
    pub fn is_open(&self) -> bool {
        self.before.is_empty()
            && self.after.is_empty()
            && self.exits.is_empty()
            && self.attempts.is_none()
            && self.seconds.is_none()
            && self.stores.is_empty()
            && self.objectives.iter().all(|one| one.ties.is_empty())
    }
}
