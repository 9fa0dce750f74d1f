//! Whatever the bytes are: nothing panics, nothing grows without bound, nothing harmful comes out.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails where it is surprised"
)]

use formats::{cmi5, limits, markdown, media, pack, plain, read, sanitise, storybook, subtitles};
use proptest::prelude::*;
use std::fs;

fn file(name: &str) -> Vec<u8> {
    fs::read(format!("{}/tests/files/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// Real and made files, each with a name.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let item = "<assessmentItem xmlns=\"x\" identifier=\"a\" title=\"t\"><responseDeclaration identifier=\"R\" cardinality=\"single\"><correctResponse><value>A</value></correctResponse></responseDeclaration><itemBody><choiceInteraction responseIdentifier=\"R\" maxChoices=\"1\"><simpleChoice identifier=\"A\">a</simpleChoice><simpleChoice identifier=\"B\">b</simpleChoice></choiceInteraction></itemBody></assessmentItem>";
    let h5p = pack(&[
        ("h5p.json".to_owned(), br#"{"title":"T","mainLibrary":"H5P.Column","language":"en","license":"CC BY","licenseVersion":"4.0"}"#.to_vec()),
        ("content/content.json".to_owned(), br#"{"content":[{"content":{"library":"H5P.Blanks 1.1","params":{"text":"<p>Fill</p>","questions":["<p>a *b/c:tip* d</p>","x *1* y *2*"]}}},{"content":{"library":"H5P.MultiChoice 1.1","params":{"question":"Q","answers":[{"text":"a","correct":true},{"text":"b"}]}}}]}"#.to_vec()),
    ])
    .unwrap();
    let scorm = pack(&[
        ("imsmanifest.xml".to_owned(), b"<manifest identifier=\"m\" xmlns:adlcp=\"http://www.adlnet.org/xsd/adlcp_rootv1p2\"><organizations default=\"o\"><organization identifier=\"o\"><title>T</title><item identifier=\"i\" identifierref=\"r\"><title>One</title></item></organization></organizations><resources><resource identifier=\"r\" type=\"webcontent\" adlcp:scormtype=\"sco\" href=\"a.html\"><file href=\"a.html\"/></resource></resources></manifest>".to_vec()),
        ("a.html".to_owned(), b"<p>One</p>".to_vec()),
    ])
    .unwrap();
    vec![
        ("a.epub", file("hefty-water.epub")),
        ("a.imscc", file("latex.imscc")),
        ("b.imscc", file("grouptest.zip")),
        ("a.srt", file("testsubtitles_ar.srt")),
        ("a.sami", file("encapsulated.sami")),
        ("a.md", file("story/sw-0001.md")),
        ("cmi5.xml", file("cmi5/001-essentials__cmi5.xml")),
        ("item.xml", item.as_bytes().to_vec()),
        ("a.h5p", h5p),
        ("a.zip", scorm),
        ("a.pdf", include_bytes!("files/made.pdf").to_vec()),
    ]
}

const NAMES: [&str; 14] = [
    "a.zip", "a.epub", "a.html", "a.md", "a.txt", "a.srt", "a.vtt", "a.xml", "a.h5p", "a.pdf",
    "a.mp3", "a.mp4", "a.jpg", "a.webm",
];

/// What must hold of whatever was read.
fn sound(name: &str, bytes: &[u8]) {
    let Ok(reading) = read(name, bytes) else {
        return;
    };
    let html: usize = reading.pages.iter().map(|page| page.html.len()).sum();
    let assets: usize = reading.assets.iter().map(|asset| asset.bytes.len()).sum();
    assert!(html <= limits::HTML * 3 && assets <= limits::ASSETS);
    assert!(reading.pages.len() <= limits::PAGES && reading.items.len() <= limits::ITEMS);
    assert!(reading.remarks.len() <= limits::REASONS + 2);
    for page in &reading.pages {
        harmless(&page.html);
    }
    for item in &reading.items {
        assert!(item.faults().0.is_empty());
        item.prompt.0.values().for_each(|html| harmless(html));
    }
}

/// Nothing in the HTML can run, and its tags are whole.
fn harmless(html: &str) {
    let lower = html.to_ascii_lowercase();
    for tag in lower.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap_or_default();
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        assert!(!name.is_empty(), "{html}");
        for word in [
            "script", "style", "iframe", "object", "embed", "form", "svg", "link", "meta", "base",
        ] {
            assert_ne!(name, word, "{html}");
        }
        let mut rest = tag;
        while let Some((before, after)) = rest.split_once("=\"") {
            let attribute = before.rsplit(' ').next().unwrap_or_default();
            assert!(
                !attribute.starts_with("on") && attribute != "style",
                "{html}"
            );
            let (value, tail) = after.split_once('"').unwrap_or((after, ""));
            let scheme = value.trim_start().split(':').next().unwrap_or_default();
            assert!(
                !matches!(scheme, "javascript" | "vbscript" | "data"),
                "{html}"
            );
            rest = tail;
        }
    }
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<b>",
        "</b>",
        "<i>",
        "<ul>",
        "<li>",
        "</ul>",
        "<ol>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<a href=\"javascript:x\">",
        "</a>",
        "<a href=http://x>",
        "<img src=x onerror=y>",
        "<script>",
        "</script>",
        "<style>",
        "</style>",
        "<math>",
        "</math>",
        "<mtext>",
        "<svg>",
        "</svg>",
        "<title>",
        "<pre>",
        "</pre>",
        "<h1>",
        "</h1>",
        "<blockquote>",
        "</blockquote>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "&lt;",
        "&#0;",
        "\"",
        "'",
        "<",
        ">",
        " ",
        "\n",
        "text",
        "سلام",
        "<figure>",
        "<figcaption>",
        "<dl>",
        "<dt>",
        "<ruby>",
        "<rt>",
        "<br>",
        "<hr>",
        "<audio src=a>",
        "<video src=b.mp4>",
        "<caption>",
        "<th colspan=9>",
        "<noscript>",
        "<textarea>",
        "<template>",
        "<p id=x lang=ar dir=rtl>",
        "=\"",
        "onclick=",
        "<p onclick=\"x\">",
        "\0",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn any_bytes_under_any_name(bytes in prop::collection::vec(any::<u8>(), 0..600), n in 0..NAMES.len(), start in 0..12_usize) {
        let starts: [&[u8]; 12] = [b"", b"PK\x03\x04", b"PK\x05\x06", b"%PDF-1.4\n", b"<?xml ", b"\xff\xd8\xff", b"ID3\x03\0\0",
            b"OggS", b"\x1a\x45\xdf\xa3", b"\0\0\0\x18ftypmp42", b"RIFF\0\0\0\0WAVE", b"GIF89a"];
        let mut whole = starts[start].to_vec();
        whole.extend(&bytes);
        sound(NAMES[n], &whole);
        let mime = formats::mime_of(NAMES[n], &whole);
        let _ = media::measure(mime, &whole);
        let _ = media::without_traces(&whole);
    }

    #[test]
    fn real_files_with_bytes_changed(n in 0..11_usize, changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12), cut in any::<prop::sample::Index>(), whole in any::<bool>()) {
        let (name, mut bytes) = files().swap_remove(n);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if !whole {
            bytes.truncate(cut.index(bytes.len()));
        }
        sound(name, &bytes);
    }

    /// The files inside a package changed, so that they are not stopped at its checksums.
    #[test]
    fn packed_files_with_bytes_changed(n in prop::sample::select(vec![0_usize, 1, 2, 8, 9]), changes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<u8>()), 1..30)) {
        let (name, bytes) = files().swap_remove(n);
        let mut package = formats::Package::open(&bytes).unwrap();
        let names: Vec<String> = package.names().map(str::to_owned).collect();
        let mut inside: Vec<(String, Vec<u8>)> = names.iter().map(|n| (n.clone(), package.read(n).unwrap())).collect();
        for (which, at, byte) in changes {
            let which = which.index(inside.len());
            let (_, bytes) = &mut inside[which];
            if !bytes.is_empty() {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
        }
        sound(name, &pack(&inside).unwrap());
    }

    #[test]
    fn html_comes_out_harmless_and_stays_as_it_is(html in pieces()) {
        let once = sanitise(&html);
        harmless(&once);
        prop_assert!(once.len() <= html.len() * 8 + 64);
        prop_assert_eq!(sanitise(&once), once.clone());
        harmless(&markdown(&html));
        let _ = plain(&html);
    }

    #[test]
    fn other_texts(text in "\\PC{0,300}") {
        let _ = subtitles::cues(&text);
        let _ = storybook::story("x/0001_a.md", &text);
        let _ = cmi5::course(&text, None);
        harmless(&sanitise(&text));
    }
}

#[test]
fn deep_and_long_texts_are_written_in_one_pass() {
    for piece in [
        "<p>",
        "<b>",
        "<ul><li>",
        "<table><tr><td>",
        "<blockquote>",
        "<a href=x>",
        "<math>",
        "<div>a",
        "<svg>",
        "<",
        "<!--",
    ] {
        let html = piece.repeat(100_000);
        let start = std::time::Instant::now();
        harmless(&sanitise(&html));
        assert!(
            start.elapsed().as_secs() < 20,
            "{piece}: {:?}",
            start.elapsed()
        );
    }
    let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    assert_eq!(
        read("cmi5.xml", format!("<courseStructure>{deep}").as_bytes())
            .unwrap_err()
            .keys(),
        ["format-xml-deep"]
    );
    let entities = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><courseStructure>&b;&b;</courseStructure>";
    assert_eq!(
        read("cmi5.xml", entities.as_bytes()).unwrap_err().keys(),
        ["format-cmi5-root"]
    );
}

#[test]
fn subtitles_of_odd_times_are_read_or_left_out() {
    for text in [
        "1\n99999999999:00:00,000 --> 0\nx",
        "00:00:01.5 --> 00:00:02\nx",
        "-1:0 --> 0:0\nx",
        "-->",
        "WEBVTT\n\n-->\n",
    ] {
        let _ = subtitles::cues(text);
    }
}
