//! What developers and continuous integration run: `cargo xtask test`, `tidy`, `bench`, `new-room`.

mod bench;
mod layers;
mod new_room;
mod operations;
mod postgres;
mod run;
mod tests;
mod tidy;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask test      installs what the tests need, then passes all of them
cargo xtask tidy      checks what the compiler cannot: layers, sizes, words, the map
cargo xtask bench     measures what the README and the budgets promise
cargo xtask new-room ROOM/NAME   writes the furniture of a new room
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["test"] => tests::all(),
        ["tidy"] => tidy::look(),
        ["bench", rest @ ..] => bench::run(rest),
        ["new-room", path] => new_room::run(path),
        _ => {
            eprint!("{HELP}");
            return ExitCode::FAILURE;
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(what) => {
            eprintln!("xtask: {what}");
            ExitCode::FAILURE
        }
    }
}
