//! The gallery in every language: well-formed, within its budget, nothing unsaid; and the sheet.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops where it fails"
)]

use base::Lang;
use flate2::{Compression, write::GzEncoder};
use html5ever::tendril::TendrilSink;
use html5ever::tokenizer::{BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer};
use lang::{Library, Words};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::Write;
use ui::charts::As;
use ui::maps::{Outline, Projection, choropleth, points};
use ui::{AccountLine, Html, Link, MenuGroup, Shell};

const ALL: [Lang; 3] = Lang::ALL;

fn library() -> Library {
    lang::testing::library(&[ui::WORDS])
}

fn zipped(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap().len()
}

fn page(words: &Words, body: Html) -> String {
    let mut shell = Shell::new(words, words.say("gallery-title"), body);
    shell.path = "/style?lang=en".to_owned();
    shell.menu = ["lists", "records", "charts", "maps"]
        .map(|key| {
            Link::new("/style", words.say(&format!("gallery-{key}"))).current(key == "lists")
        })
        .into();
    shell.groups = vec![MenuGroup {
        label: words.say("gallery-text"),
        links: shell.menu.split_off(2),
    }];
    shell.trail = vec![
        Link::new("/", words.say("ui-brand")),
        Link::new("/style", words.say("gallery-title")),
    ];
    shell.account = Some(AccountLine {
        name: "Wanjiru Kamau".to_owned(),
        role: words.say("role-authority-focal-point"),
        href: "/account".to_owned(),
        sign_out: "/sign-out".to_owned(),
        hidden: Html::new(),
    });
    shell.snapshot = Some(words.say("none"));
    shell.foot = vec![Link::new("/data", words.say("gallery-lists"))];
    shell.render().unwrap()
}

#[test]
fn the_words_are_the_same_in_every_language() {
    lang::testing::same_keys(ui::WORDS);
}

/// Collects what a browser would have to mend.
#[derive(Default)]
struct Seen {
    errors: RefCell<Vec<String>>,
    ids: RefCell<BTreeMap<String, usize>>,
    named: RefCell<Vec<String>>,
}
impl TokenSink for Seen {
    type Handle = ();
    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        match token {
            Token::ParseError(error) => self.errors.borrow_mut().push(error.into_owned()),
            Token::TagToken(tag) => {
                for attr in &tag.attrs {
                    let value = attr.value.to_string();
                    match &*attr.name.local {
                        "id" => *self.ids.borrow_mut().entry(value).or_default() += 1,
                        "for" => self.named.borrow_mut().push(value),
                        "aria-describedby" => {
                            self.named
                                .borrow_mut()
                                .extend(value.split(' ').map(str::to_owned));
                        }
                        "style" => self
                            .errors
                            .borrow_mut()
                            .push(format!("style on {}", tag.name)),
                        name if name.starts_with("on") => {
                            self.errors
                                .borrow_mut()
                                .push(format!("{name} on {}", tag.name));
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

#[test]
fn the_gallery_is_well_formed_in_every_language() {
    let library = library();
    for lang in ALL {
        let words = library.words(lang);
        let html = page(&words, ui::gallery(&words));
        let parsed = html5ever::parse_document(
            html5ever_dom::Dom::default(),
            html5ever::ParseOpts::default(),
        )
        .one(html.as_str());
        assert_eq!(parsed, Vec::<String>::new(), "{lang}");
        let tokens = Tokenizer::new(Seen::default(), Default::default());
        let queue = BufferQueue::default();
        queue.push_back(html.as_str().into());
        let _ = tokens.feed(&queue);
        tokens.end();
        let seen = &tokens.sink;
        assert_eq!(*seen.errors.borrow(), Vec::<String>::new(), "{lang}");
        let ids = seen.ids.borrow();
        // The gallery shows a filter and a form with a field of the same name, and two summaries.
        let twice: Vec<_> = ids
            .iter()
            .filter(|(_, n)| **n > 1)
            .map(|(id, _)| id.as_str())
            .collect();
        assert_eq!(twice, Vec::<&str>::new(), "{lang}");
        for name in seen.named.borrow().iter() {
            assert!(ids.contains_key(name), "{lang}: nothing has the id {name}");
        }
        assert_eq!(html.matches("<h1").count(), 1);
        write_for_the_eye(&format!("gallery-{lang}"), &html);
    }
    assert_eq!(library.missing(), Vec::<String>::new());
}

#[test]
fn an_ordinary_page_fits_its_budget() {
    let words = library().words(Lang::Fr);
    let empty = page(&words, Html::new());
    let whole = page(&words, ui::gallery(&words));
    let (empty, whole) = (zipped(empty.as_bytes()), zipped(whole.as_bytes()));
    println!("page without body {empty} B gz, gallery {whole} B gz");
    assert!(empty < 1_700, "{empty}");
    assert!(whole < 14_000, "{whole}");
}

#[test]
fn the_sheet_fits_its_budget_and_keeps_its_rules() {
    let sheet = ui::assets()
        .iter()
        .find(|asset| asset.path.ends_with(".css"))
        .unwrap();
    assert_eq!(sheet.path, ui::sheet_path());
    let css = std::str::from_utf8(sheet.bytes).unwrap();
    println!("sheet {} B, {} B gz", css.len(), zipped(sheet.bytes));
    assert!(zipped(sheet.bytes) <= 3_840, "{}", zipped(sheet.bytes));
    for word in [
        "left",
        "right",
        "!important",
        "margin-top",
        "margin-bottom",
        "padding-top",
        "url(",
    ] {
        assert!(!css.contains(word), "{word}");
    }
    assert_eq!(css.matches('{').count(), css.matches('}').count());
}

#[test]
fn the_shipped_outlines_make_maps_that_fit() {
    let words = library().words(Lang::En);
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/outlines");
    let mut eye = Html::new();
    let mut drawn = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let outline = Outline::parse(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let numbers = outline.areas.iter().zip(0_u32..);
        let values = numbers
            .map(|(area, n)| (area.code.clone(), f64::from(n * n % 97)))
            .collect();
        let shades = choropleth(&words, &outline, &values, &name, As::Whole);
        drawn += 1;
        if !["HND", "PHL", "world"].contains(&name.as_str()) {
            continue;
        }
        // As many places as Honduras has schools, spread over the whole sheet.
        let [_, _, wide, high] = outline.view_box;
        let places: Vec<(f64, f64)> = (0..16_004_u32)
            .map(|n| {
                (
                    f64::from(n * 7919 % 10_007) / 10_007.0,
                    f64::from(n * 104_729 % 9_973) / 9_973.0,
                )
            })
            .filter_map(|(x, y)| place(&outline, x * wide, y * high))
            .collect();
        let dots = points(&words, &outline, &places, &name);
        let without = points(&words, &outline, &[], &name);
        let cost = dots.as_str().len() - without.as_str().len();
        assert!(places.is_empty() || cost <= 8_000, "{name}: {cost}");
        assert!(zipped(shades.as_str().as_bytes()) < 20_000, "{name}");
        println!(
            "{name}: shaded {} B gz, dotted {} B gz, dots {cost} B",
            zipped(shades.as_str().as_bytes()),
            zipped(dots.as_str().as_bytes())
        );
        eye.extend([shades, dots]);
    }
    assert!(drawn > 10, "{drawn}");
    write_for_the_eye("maps-en", &page(&words, eye));
}

/// The latitude and longitude of a point of an equirectangular map.
fn place(outline: &Outline, x: f64, y: f64) -> Option<(f64, f64)> {
    match outline.projection {
        Some(Projection::Equirectangular {
            lon0,
            lat0,
            scale,
            cos,
        }) => Some((lat0 - y / scale, lon0 + x / (scale * cos))),
        _ => None,
    }
}

type Tokens = BTreeMap<String, [f64; 3]>;

fn tokens(css: &str) -> Tokens {
    let mut out = Tokens::new();
    for part in css.split("--").skip(1) {
        let Some((name, value)) = part.split_once(':') else {
            continue;
        };
        let hex: String = value
            .trim()
            .chars()
            .skip(1)
            .take_while(char::is_ascii_hexdigit)
            .collect();
        if !value.trim().starts_with('#') {
            continue;
        }
        let wide: String = if hex.len() == 3 {
            hex.chars().flat_map(|c| [c, c]).collect()
        } else {
            hex
        };
        let part =
            |at: usize| f64::from(u8::from_str_radix(&wide[at..at + 2], 16).unwrap()) / 255.0;
        out.insert(name.to_owned(), [part(0), part(2), part(4)]);
    }
    out
}

fn light(rgb: &[f64; 3]) -> f64 {
    let linear = rgb.map(|c| {
        if c <= 0.04045 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

fn contrast(a: &[f64; 3], b: &[f64; 3]) -> f64 {
    let (a, b) = (light(a), light(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn every_pair_of_text_and_ground_can_be_read() {
    let css = include_str!("../css/tokens.css");
    let (bright, dark) = css.split_once("@media").unwrap();
    let mut bright = tokens(bright);
    let mut night = bright.clone();
    night.extend(tokens(dark));
    let mut pairs = vec![
        ("on", "accent"),
        ("on", "bad"),
        ("dark", "focus"),
        ("ink", "field"),
        ("bad", "paper"),
        ("ink", "s1"),
        ("ink", "s2"),
        ("ink", "s3"),
        ("paper", "s4"),
        ("paper", "s5"),
    ];
    for ground in ["paper", "wash"] {
        pairs.extend(["ink", "quiet", "accent"].map(|text| (text, ground)));
    }
    // Notices and tags stand on their own tone, thinned with paper as the sheet does it.
    let tones = [
        ("good", "good-wash"),
        ("warn", "focus-wash"),
        ("bad", "bad-wash"),
        ("busy", "busy-wash"),
        ("ink", "gold-wash"),
    ];
    for set in [&mut bright, &mut night] {
        for (_, wash) in tones {
            let over = set[wash.trim_end_matches("-wash")];
            let under = set["paper"];
            let mixed = [0, 1, 2].map(|at| over[at] * 0.16 + under[at] * 0.84);
            set.insert(wash.to_owned(), mixed);
        }
    }
    pairs.extend(tones);
    pairs.extend(tones.map(|(_, wash)| ("ink", wash)));
    let mut bad = Vec::new();
    for (name, set) in [("light", &bright), ("dark", &night)] {
        for (text, ground) in &pairs {
            let ratio = contrast(&set[*text], &set[*ground]);
            if ratio < 4.5 {
                bad.push(format!("{name}: {text} on {ground} {ratio:.2}"));
            }
        }
        for (mark, ground) in [("gold", "paper"), ("quiet", "field"), ("clay", "paper")] {
            let ratio = contrast(&set[mark], &set[ground]);
            if ratio < 3.0 {
                bad.push(format!("{name}: the mark {mark} on {ground} {ratio:.2}"));
            }
        }
    }
    assert_eq!(bad, Vec::<String>::new());
}

/// Leaves the page where a person can open it.
fn write_for_the_eye(name: &str, html: &str) {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    std::fs::create_dir_all(folder.join("assets")).unwrap();
    for asset in ui::assets() {
        std::fs::write(folder.join(asset.path.trim_start_matches('/')), asset.bytes).unwrap();
    }
    let html = html.replace("=\"/assets/", "=\"assets/");
    std::fs::write(folder.join(format!("{name}.html")), html).unwrap();
}

/// A tree that keeps nothing but the complaints of the parser.
mod html5ever_dom {
    use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
    use html5ever::{Attribute, ExpandedName, QualName, tendril::StrTendril};
    use std::borrow::Cow;
    use std::cell::{Cell, RefCell};

    #[derive(Default)]
    pub struct Dom {
        next: Cell<usize>,
        names: RefCell<Vec<(usize, &'static QualName)>>,
        errors: RefCell<Vec<String>>,
    }

    impl Dom {
        fn id(&self) -> usize {
            self.next.set(self.next.get() + 2);
            self.next.get()
        }
    }

    impl TreeSink for Dom {
        type Handle = usize;
        type Output = Vec<String>;
        type ElemName<'a> = ExpandedName<'a>;

        fn finish(self) -> Vec<String> {
            self.errors.into_inner()
        }
        fn parse_error(&self, message: Cow<'static, str>) {
            self.errors.borrow_mut().push(message.into_owned());
        }
        fn get_document(&self) -> usize {
            0
        }
        fn get_template_contents(&self, target: &usize) -> usize {
            target + 1
        }
        fn set_quirks_mode(&self, _: QuirksMode) {}
        fn same_node(&self, x: &usize, y: &usize) -> bool {
            x == y
        }
        fn elem_name<'a>(&'a self, target: &'a usize) -> ExpandedName<'a> {
            let names = self.names.borrow();
            let (_, name) = names
                .iter()
                .find(|(id, _)| id == target)
                .expect("an element");
            name.expanded()
        }
        fn create_element(&self, name: QualName, _: Vec<Attribute>, _: ElementFlags) -> usize {
            let id = self.id();
            self.names
                .borrow_mut()
                .push((id, Box::leak(Box::new(name))));
            id
        }
        fn create_comment(&self, _: StrTendril) -> usize {
            self.id()
        }
        fn create_pi(&self, _: StrTendril, _: StrTendril) -> usize {
            self.id()
        }
        fn append(&self, _: &usize, _: NodeOrText<usize>) {}
        fn append_based_on_parent_node(&self, _: &usize, _: &usize, _: NodeOrText<usize>) {}
        fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}
        fn append_before_sibling(&self, _: &usize, _: NodeOrText<usize>) {}
        fn add_attrs_if_missing(&self, _: &usize, _: Vec<Attribute>) {}
        fn remove_from_parent(&self, _: &usize) {}
        fn reparent_children(&self, _: &usize, _: &usize) {}
    }
}
