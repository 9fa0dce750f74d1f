//! Jobs on their way to a database thread: a bounded queue, and what is measured about it.

use crate::tx::Tx;
use base::{Error, Result};
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// How long those are waited for who just had an answer and are about to ask for more.
const GATHERING: std::time::Duration = std::time::Duration::from_micros(500);
/// Jobs that may wait before callers are told to come back later.
const WAITING_MAX: usize = 4096;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Write,
    Read,
}

/// A closure on its way, with the answer it gave when it last ran.
pub(crate) trait Job: Send {
    /// Runs the closure; true when what it did may be kept.
    fn run(&mut self, tx: &mut Tx<'_>) -> bool;
    /// Puts an error in place of the answer.
    fn spoil(&mut self, error: Error);
    /// Gives the answer to whoever waits.
    fn answer(self: Box<Self>);
}

pub(crate) struct Task<T, F, R> {
    pub(crate) act: F,
    pub(crate) outcome: Result<T>,
    pub(crate) reply: R,
}

impl<T, F, R> Job for Task<T, F, R>
where
    T: Send,
    F: FnMut(&mut Tx<'_>) -> Result<T> + Send,
    R: FnOnce(Result<T>) + Send,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> bool {
        let act = &mut self.act;
        let ran = catch_unwind(AssertUnwindSafe(|| act(&mut *tx)));
        self.outcome = match ran {
            Ok(Ok(value)) => tx.may_end().map(|()| value),
            Ok(Err(error)) => Err(error),
            Err(panic) => Err(Error::Fault(format!("panic in a job: {}", said(&*panic)))),
        };
        self.outcome.is_ok()
    }
    fn spoil(&mut self, error: Error) {
        self.outcome = Err(error);
    }
    fn answer(self: Box<Self>) {
        (self.reply)(self.outcome);
    }
}

fn said(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no words")
}

pub(crate) struct Waiting {
    pub(crate) job: Box<dyn Job>,
    pub(crate) mode: Mode,
    since: Instant,
}

#[derive(Default)]
struct Line {
    waiting: VecDeque<Waiting>,
    closed: bool,
}

#[derive(Default)]
pub(crate) struct Queue {
    line: Mutex<Line>,
    arrived: Condvar,
    left: Condvar,
}

impl Queue {
    fn line(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Queues a job. When the queue is full it waits if `patient`, else says to come back later.
    pub(crate) fn push(&self, job: Box<dyn Job>, mode: Mode, patient: bool) -> Result<()> {
        let mut line = self.line();
        while patient && !line.closed && line.waiting.len() >= WAITING_MAX {
            line = self.left.wait(line).unwrap_or_else(PoisonError::into_inner);
        }
        if line.closed {
            return Err(Error::fault("the database is closed"));
        }
        if line.waiting.len() >= WAITING_MAX {
            return Err(Error::Later(1));
        }
        line.waiting.push_back(Waiting {
            job,
            mode,
            since: Instant::now(),
        });
        drop(line);
        self.arrived.notify_one();
        Ok(())
    }

    /// Waits for jobs and takes up to `most`; none when the queue is closed and empty. Where fewer wait
    /// than are likely to come, it gives the others a moment.
    pub(crate) fn take(
        &self,
        most: usize,
        likely: usize,
        stats: &Counters,
    ) -> Option<Vec<Waiting>> {
        let mut line = self.line();
        while line.waiting.is_empty() {
            if line.closed {
                return None;
            }
            line = self
                .arrived
                .wait(line)
                .unwrap_or_else(PoisonError::into_inner);
        }
        if line.waiting.len() < likely.min(most) && !line.closed {
            drop(line);
            std::thread::sleep(GATHERING);
            line = self.line();
        }
        let count = line.waiting.len().min(most);
        let taken: Vec<Waiting> = line.waiting.drain(..count).collect();
        drop(line);
        self.left.notify_all();
        let waited = taken.iter().map(|w| micros(w.since)).sum();
        stats.wait_micros.fetch_add(waited, Ordering::Relaxed);
        Some(taken)
    }

    pub(crate) fn close(&self) {
        self.line().closed = true;
        self.arrived.notify_all();
        self.left.notify_all();
    }

    pub(crate) fn len(&self) -> usize {
        self.line().waiting.len()
    }
}

fn micros(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_micros()).unwrap_or(u64::MAX)
}

#[derive(Default)]
pub(crate) struct Counters {
    pub(crate) writes: AtomicU64,
    pub(crate) reads: AtomicU64,
    pub(crate) groups: AtomicU64,
    pub(crate) group_max: AtomicU64,
    pub(crate) wait_micros: AtomicU64,
    pub(crate) refused: AtomicU64,
    pub(crate) retries: AtomicU64,
}

impl Counters {
    pub(crate) fn count(counter: &AtomicU64, more: usize) {
        counter.fetch_add(more as u64, Ordering::Relaxed);
    }
    pub(crate) fn group(&self, size: usize) {
        Self::count(&self.groups, 1);
        Self::count(&self.writes, size);
        self.group_max.fetch_max(size as u64, Ordering::Relaxed);
    }
}

/// What the database has done since it was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Write jobs run.
    pub writes: u64,
    /// Read jobs run.
    pub reads: u64,
    /// Commits that carried write jobs; `writes / groups` is the mean size of a group.
    pub groups: u64,
    /// The largest group.
    pub group_max: u64,
    /// Microseconds all jobs together have waited for a thread.
    pub wait_micros: u64,
    /// Jobs turned away because too many waited.
    pub refused: u64,
    /// Jobs run again after a deadlock or a lost connection.
    pub retries: u64,
    /// Jobs that wait now.
    pub queued: u64,
}

impl Counters {
    pub(crate) fn stats(&self, queued: usize) -> Stats {
        let get = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Stats {
            writes: get(&self.writes),
            reads: get(&self.reads),
            groups: get(&self.groups),
            group_max: get(&self.group_max),
            wait_micros: get(&self.wait_micros),
            refused: get(&self.refused),
            retries: get(&self.retries),
            queued: queued as u64,
        }
    }
}
