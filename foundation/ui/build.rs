//! Joins css/*.css in the order of their layers, strips what a browser does not need, and names
//! the result by its hash.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// The sheet's files in the order they are joined. A file not named here fails the build.
const FILES: [&str; 14] = [
    "reset", "tokens", "base", "shell", "buttons", "notices", "fields", "table", "facts", "tags",
    "steps", "charts", "maps", "print",
];

fn main() -> Result<(), io::Error> {
    println!("cargo::rerun-if-changed=css");
    println!("cargo::rerun-if-changed=mark.svg");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let mut sheet = String::from("@layer reset,base,layout,parts,print;");
    for name in FILES {
        sheet.push_str(&fs::read_to_string(format!("css/{name}.css"))?);
    }
    for entry in fs::read_dir("css")? {
        let path = entry?.path();
        let name = path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .unwrap_or_default();
        if !FILES.contains(&name) {
            return Err(io::Error::other(format!(
                "css/{name}.css is not named in build.rs"
            )));
        }
    }
    let sheet = squeeze(&sheet);
    let mark = fs::read_to_string("mark.svg")?;
    let mark = mark.trim();
    fs::write(out.join("sheet.css"), &sheet)?;
    fs::write(out.join("mark.svg"), mark)?;
    fs::write(out.join("assets.rs"), code(&out, &sheet, mark))
}

/// Joins blocks of one layer that follow each other.
fn joined(css: &str, layer: &str) -> String {
    let open = format!("@layer {layer}{{");
    let mut blocks = css.split(open.as_str());
    let mut out = blocks.next().unwrap_or_default().to_owned();
    for block in blocks {
        let own = out.contains(open.as_str()) && out.ends_with('}') && ends_its_layer(&out, &open);
        if own {
            out.pop();
        } else {
            out.push_str(&open);
        }
        out.push_str(block);
    }
    out
}

/// The last brace of the text closes the last block of that layer.
fn ends_its_layer(text: &str, open: &str) -> bool {
    let inside = text.rsplit(open).next().unwrap_or_default();
    let mut depth = 1_i32;
    for (place, c) in inside.char_indices() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if depth == 0 {
            return place + 1 == inside.len();
        }
    }
    false
}

fn code(out: &Path, sheet: &str, mark: &str) -> String {
    let mut text = String::new();
    let files = [
        (
            "SHEET",
            "sheet.css",
            "css",
            "text/css; charset=utf-8",
            sheet,
        ),
        ("MARK", "mark.svg", "svg", "image/svg+xml", mark),
    ];
    let mut list = String::new();
    for (name, file, ending, mime, content) in files {
        let hash = hash(content.as_bytes());
        let _ = writeln!(
            text,
            "pub(crate) const {name}: &str = \"/assets/{hash:016x}.{ending}\";"
        );
        let _ = writeln!(
            list,
            "Asset {{ path: {name}, mime: {mime:?}, bytes: include_bytes!({:?}) }},",
            out.join(file)
        );
    }
    let _ = writeln!(text, "const ASSETS: &[Asset] = &[{list}];");
    text
}

/// FNV-1a: enough to tell one release's sheet from another's.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Drops comments and the spaces that mean nothing.
fn squeeze(css: &str) -> String {
    let mut plain = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((head, tail)) = rest.split_once("/*") {
        plain.push_str(head);
        rest = tail.split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    let mut out = String::with_capacity(plain.len());
    for word in plain.split_whitespace() {
        let tight =
            out.ends_with(['{', '}', ';', ':', ',', '>']) || word.starts_with(['{', '}', '>']);
        if !out.is_empty() && !tight {
            out.push(' ');
        }
        out.push_str(word);
    }
    // Neighbours of one layer become one block.
    for layer in ["reset", "base", "layout", "parts", "print"] {
        out = joined(&out, layer);
    }
    out.replace(";}", "}")
}
