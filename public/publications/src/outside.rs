//! Validators that live outside, run where they are installed; their results are kept beside ours.

use crate::release::{Built, Checked, Format};
use crate::store;
use base::{Moment, Result};
use jobs::Bench;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

/// A validator: the file it reads, the program, and what of the standard it needs at hand.
struct Tool {
    format: Format,
    file: &'static str,
    validator: &'static str,
    program: &'static str,
    /// Below the folder of standards; empty when it brings its own.
    needs: &'static str,
    /// `{file}`, `{needs}` and `{out}` are put in.
    args: &'static [&'static str],
    /// What it must say besides ending well.
    says: &'static str,
}

const fn hxl(file: &'static str, needs: &'static str) -> Tool {
    Tool {
        format: Format::Hxl,
        file,
        validator: "hxlvalidate",
        program: "hxlvalidate",
        needs,
        args: &["-s", "{needs}", "{file}"],
        says: "",
    }
}

const TOOLS: [Tool; 6] = [
    Tool {
        format: Format::Iati,
        file: "activities.xml",
        validator: "xmllint, IATI schema 2.03",
        program: "xmllint",
        needs: "schemas/iati-activities-schema.xsd",
        args: &["--noout", "--schema", "{needs}", "{file}"],
        says: "",
    },
    Tool {
        format: Format::Ocds,
        file: "releases.json",
        validator: "libcoveocds",
        program: "libcoveocds",
        needs: "ocds-1.1.zip",
        args: &[
            "-s",
            "1.1",
            "--standard-zip",
            "{needs}",
            "-o",
            "{out}",
            "-d",
            "{file}",
        ],
        says: "\"validation_errors\": []",
    },
    hxl("needs.csv", "hxl-needs.json"),
    hxl("3w.csv", "hxl-3w.json"),
    hxl("results.csv", "hxl-results.json"),
    Tool {
        format: Format::Csv,
        file: "datapackage.json",
        validator: "frictionless",
        program: "frictionless",
        needs: "",
        args: &["validate", "{file}"],
        says: "",
    },
];

/// Lines of a validator's words that are kept.
const LINES: usize = 20;

/// Runs every validator that is installed over what was written into `dir`, keeps the results with
/// their releases and adds them there; answers the validators that could not run, and why.
///
/// # Errors
/// A fault of the database.
pub fn check_outside(
    bench: &Bench,
    all: &mut [Built],
    dir: &Path,
    standards: Option<&Path>,
) -> Result<Vec<String>> {
    let (now, mut absent) = (bench.clock.now(), Vec::new());
    for built in all {
        let folder = dir.join(built.release.format.code());
        for tool in TOOLS
            .iter()
            .filter(|tool| tool.format == built.release.format)
        {
            match tool.run(&folder, standards, now) {
                Ok(check) => {
                    let (id, told) = (built.release.id, check.clone());
                    bench.db.write_now(move |tx| {
                        store::add_check(tx, id, &told)?;
                        ledger::tell(tx, (now, None), "publications.checked", ("publication", id), json!({ "validator": told.validator, "file": told.file, "errors": told.errors }))
                    })?;
                    built.checks.push(check);
                }
                Err(why) => absent.push(format!("{}: {why}", tool.validator)),
            }
        }
    }
    Ok(absent)
}

impl Tool {
    fn run(
        &self,
        folder: &Path,
        standards: Option<&Path>,
        now: Moment,
    ) -> std::result::Result<Checked, String> {
        let needs = match (self.needs, standards) {
            ("", _) => String::new(),
            (_, None) => return Err("the folder of standards was not named".to_owned()),
            (name, Some(dir)) => {
                let path = std::path::absolute(dir.join(name)).map_err(|e| e.to_string())?;
                if !path.exists() {
                    return Err(format!("{} is not there", path.display()));
                }
                path.display().to_string()
            }
        };
        let out =
            std::env::temp_dir().join(format!("harambee-cove-{}", base::Uuid::new_v4().simple()));
        let out = out.display().to_string();
        let args = self.args.iter().map(|arg| {
            arg.replace("{file}", self.file)
                .replace("{needs}", &needs)
                .replace("{out}", &out)
        });
        let done = Command::new(self.program)
            .args(args)
            .current_dir(folder)
            .output();
        let done = done.map_err(|_| "it is not installed".to_owned())?;
        let said = String::from_utf8_lossy(&done.stdout);
        let good = done.status.success() && said.contains(self.says);
        let words = format!("{said}\n{}", String::from_utf8_lossy(&done.stderr));
        let lines: Vec<&str> = words
            .lines()
            .filter(|line| !line.trim().is_empty())
            .take(LINES)
            .collect();
        let found: Vec<Value> = lines
            .into_iter()
            .filter(|_| !good)
            .map(|line| json!({ "error": true, "says": line, "times": 1, "first": "" }))
            .collect();
        Ok(Checked {
            file: self.file.to_owned(),
            validator: self.validator.to_owned(),
            version: version(self.program),
            errors: i64::from(!good),
            warnings: 0,
            found: Value::Array(found),
            by: None,
            at: now,
        })
    }
}

/// What a program says of itself, on one line.
fn version(program: &str) -> String {
    let said = Command::new(program).arg("--version").output();
    let text = said.map_or_else(
        |_| String::new(),
        |done| {
            let both = [done.stdout, done.stderr].concat();
            String::from_utf8_lossy(&both)
                .lines()
                .next()
                .unwrap_or_default()
                .to_owned()
        },
    );
    if text.len() > 80 || text.is_empty() {
        "installed".to_owned()
    } else {
        text
    }
}
