//! What operators watch, in Prometheus' text form: requests by status, time spent, jobs, database.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counters since the start; all monotone.
#[derive(Debug, Default)]
pub struct Meters {
    by_class: [AtomicU64; 6],
    micros: AtomicU64,
    bytes: AtomicU64,
    refused_sign_ins: AtomicU64,
}

impl Meters {
    /// Counts an answer.
    pub fn answered(&self, status: u16, micros: u64, bytes: u64) {
        let class = usize::from(status / 100).min(5);
        if let Some(counter) = self.by_class.get(class) {
            counter.fetch_add(1, Ordering::Relaxed);
        }
        self.micros.fetch_add(micros, Ordering::Relaxed);
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Counts a sign-in that was refused.
    pub fn sign_in_refused(&self) {
        self.refused_sign_ins.fetch_add(1, Ordering::Relaxed);
    }

    /// The counters as Prometheus reads them.
    pub fn text(&self, db: db::Stats) -> String {
        let mut out = String::from("# TYPE harambee_http_answers_total counter\n");
        for (class, counter) in self.by_class.iter().enumerate().skip(1) {
            let count = counter.load(Ordering::Relaxed);
            let _ = writeln!(
                out,
                "harambee_http_answers_total{{class=\"{class}xx\"}} {count}"
            );
        }
        let rows = [
            ("harambee_http_answer_microseconds_total", &self.micros),
            ("harambee_http_answer_bytes_total", &self.bytes),
            ("harambee_sign_ins_refused_total", &self.refused_sign_ins),
        ];
        for (name, counter) in rows {
            let _ = writeln!(
                out,
                "# TYPE {name} counter\n{name} {}",
                counter.load(Ordering::Relaxed)
            );
        }
        let counters = [
            ("writes", db.writes),
            ("reads", db.reads),
            ("commits", db.groups),
            ("wait_microseconds", db.wait_micros),
            ("turned_away", db.refused),
            ("retries", db.retries),
        ];
        for (name, value) in counters {
            let _ = writeln!(
                out,
                "# TYPE harambee_db_{name}_total counter\nharambee_db_{name}_total {value}"
            );
        }
        let _ = writeln!(
            out,
            "# TYPE harambee_db_queued gauge\nharambee_db_queued {}",
            db.queued
        );
        out
    }
}
