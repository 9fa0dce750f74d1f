//! Sets a document from its JSON: `cargo run -p press --example proof -- document.json out.pdf`.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a tool for people at the bench"
)]

fn main() {
    let mut paths = std::env::args().skip(1);
    let document = std::fs::read(paths.next().expect("a document")).unwrap();
    let document: press::Document = serde_json::from_slice(&document).unwrap();
    std::fs::write(
        paths.next().expect("where to"),
        press::pdf(&document).unwrap(),
    )
    .unwrap();
}
