//! What this process has cost so far, as the system tells it: processor time, memory, bytes to disk.
//!
//! Read from Linux's `/proc`; 0 where the system does not say.

use std::fs::read_to_string;

/// Clock ticks in a second, as Linux counts them for programs.
const TICKS: f64 = 100.0;

/// Processor seconds of all threads, in the program and in the kernel, to a hundredth.
pub fn cpu_seconds() -> f64 {
    let stat = read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let fields = after.split_whitespace().skip(11).take(2);
    fields.filter_map(|n| n.parse::<f64>().ok()).sum::<f64>() / TICKS
}

/// Processor seconds of the calling thread, to a nanosecond.
pub fn thread_seconds() -> f64 {
    let told = read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos = told.split(' ').next().and_then(|n| n.parse::<f64>().ok());
    nanos.unwrap_or(0.0) / 1e9
}

/// The largest memory so far, in megabytes.
pub fn peak_mb() -> f64 {
    kilobytes("VmHWM:") / 1024.0
}

/// The memory held now, in megabytes.
pub fn resident_mb() -> f64 {
    kilobytes("VmRSS:") / 1024.0
}

/// What of the memory held now is the program's own, and what are pages of files, in megabytes: the
/// system can take the second back at any time and reads it again when it is wanted.
pub fn own_and_file_mb() -> (f64, f64) {
    let file = kilobytes("RssFile:") / 1024.0;
    (resident_mb() - file, file)
}

fn kilobytes(name: &str) -> f64 {
    number(
        &read_to_string("/proc/self/status").unwrap_or_default(),
        name,
    )
}

/// Bytes sent to disk.
pub fn written_bytes() -> f64 {
    let told = read_to_string("/proc/self/io").unwrap_or_default();
    number(&told, "write_bytes:")
}

/// The number behind a name at the start of a line.
fn number(told: &str, name: &str) -> f64 {
    let line = told.lines().find_map(|line| line.strip_prefix(name));
    let first = line.and_then(|line| line.split_whitespace().next());
    first.and_then(|n| n.parse().ok()).unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_shows() {
        let before = (cpu_seconds(), thread_seconds());
        let mut sum = 0_u64;
        while thread_seconds() - before.1 < 0.05 {
            sum = (0..100_000).fold(sum, |sum, n| std::hint::black_box(sum ^ n));
        }
        assert!(cpu_seconds() > before.0);
        assert!(peak_mb() >= resident_mb() && resident_mb() > 0.5);
        let (own, file) = own_and_file_mb();
        assert!(own > 0.0 && file > 0.0 && own + file < 2.0 * peak_mb());
    }

    #[test]
    fn a_number_is_found_by_its_name() {
        assert!((number("a: 1\nVmRSS:\t  20 kB\n", "VmRSS:") - 20.0).abs() < 1e-9);
        assert!(number("", "VmRSS:").abs() < 1e-9);
    }
}
