//! Says what files hold: `cargo run -p formats --example look FILE…`.

use std::time::Instant;

fn main() {
    for path in std::env::args().skip(1) {
        let Ok(bytes) = std::fs::read(&path) else {
            println!("{path}: cannot be opened");
            continue;
        };
        let name = path.rsplit('/').next().unwrap_or_default();
        let start = Instant::now();
        let outcome = formats::read(name, &bytes);
        let ms = start.elapsed().as_millis();
        match outcome {
            Ok(r) => {
                let html: usize = r.pages.iter().map(|page| page.html.len()).sum();
                println!(
                    "{name}: {} {:?} langs={:?} licence={:?} by={:?} pages={} html={html} assets={} entry={:?} items={} course={} media={:?} {ms} ms",
                    r.kind.code(),
                    r.title,
                    r.langs,
                    r.licence,
                    r.authors,
                    r.pages.len(),
                    r.assets.len(),
                    r.entry,
                    r.items.len(),
                    r.course.is_some(),
                    r.media
                );
                if formats::picture::may_be_light(r.mime) {
                    let start = Instant::now();
                    let light = formats::picture::light(&bytes).map(|light| light.len());
                    let ms = start.elapsed().as_millis();
                    println!("    {} bytes, light {light:?} in {ms} ms", bytes.len());
                }
                if r.mime.starts_with("audio/") {
                    let start = Instant::now();
                    let light = formats::sound::light(&bytes, &mut |_| true);
                    let light = light.map(|made| made.map(|made| made.bytes.len()));
                    let ms = start.elapsed().as_millis();
                    println!("    {} bytes, light {light:?} in {ms} ms", bytes.len());
                }
                for remark in r.remarks.iter().take(4) {
                    println!("    remark {} {:?}", remark.key, remark.args);
                }
                if std::env::var_os("PAGES").is_some() {
                    for page in &r.pages {
                        println!("--- {}\n{}", page.title, page.html);
                    }
                    for item in &r.items {
                        println!("=== {}", serde_json::to_string(item).unwrap_or_default());
                    }
                }
            }
            Err(error) => println!("{name}: {error} {ms} ms"),
        }
    }
}
