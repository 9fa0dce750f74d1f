//! Each kind of file, read as a whole.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails where it is surprised"
)]

use formats::item::Interaction;
use formats::{Kind, Reading, kind_of, media, mime_of, pack, plain, read, storybook, subtitles};
use std::fs;

fn file(name: &str) -> Vec<u8> {
    fs::read(format!("{}/tests/files/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}
fn text(reading: &Reading) -> String {
    let pages: Vec<String> = reading.pages.iter().map(|page| plain(&page.html)).collect();
    pages.join("\n")
}
fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let files: Vec<(String, Vec<u8>)> = files
        .iter()
        .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
        .collect();
    pack(&files).unwrap()
}

#[test]
fn kinds_are_told_by_content_first() {
    for (name, bytes, kind) in [
        ("a.pdf", b"%PDF-1.7".as_slice(), Some(Kind::Pdf)),
        ("a.txt", b"%PDF-1.7", Some(Kind::Pdf)),
        ("photo.txt", b"\xff\xd8\xff\xe0", Some(Kind::Image)),
        ("a.md", b"# A", Some(Kind::Markdown)),
        ("a.html", b"<p>A", Some(Kind::Html)),
        ("a", b"WEBVTT\n", Some(Kind::Subtitles)),
        ("a.ogg", b"OggS\0", Some(Kind::Audio)),
        ("a.mp4", b"\0\0\0\x18ftypisom", Some(Kind::Video)),
        ("a.m4a", b"\0\0\0\x18ftypisom", Some(Kind::Audio)),
        ("a.exe", b"MZ\x90\0", None),
        ("a.txt", b"a\0b", None),
        ("a.svg", b"<svg/>", None),
        ("a.txt", b"", None),
    ] {
        assert_eq!(kind_of(name, bytes), kind, "{name}");
    }
    for kind in Kind::ALL {
        assert_eq!(Kind::parse(kind.code()), Some(kind));
    }
    let document = zip(&[
        ("[Content_Types].xml", "<x/>"),
        ("word/document.xml", "<x/>"),
    ]);
    assert_eq!(kind_of("a.docx", &document), Some(Kind::Office));
    assert_eq!(mime_of("a.html", b"<p>"), "text/html; charset=utf-8");
    assert_eq!(mime_of("a.html", b"GIF89a"), "image/gif");
}

#[test]
fn markdown_tells_its_facts() {
    let reading = read(
        "a.md",
        "---\ntitle: \"Fractions\"\nlang: fr\nlicence: CC BY-SA 4.0\nauthor: A, B\n---\n# Titre\n\nUn *demi*.".as_bytes(),
    )
    .unwrap();
    assert_eq!(reading.title.as_deref(), Some("Fractions"));
    assert_eq!(reading.langs, ["fr"]);
    assert_eq!(reading.licence.as_deref(), Some("CC-BY-SA-4.0"));
    assert_eq!(reading.authors, ["A", "B"]);
    assert_eq!(text(&reading), "Titre\nUn demi.");
    assert_eq!(
        read("a.md", b" \n").unwrap_err().keys(),
        ["format-text-empty"]
    );
}

#[test]
fn letters_are_read_as_they_were_written() {
    let latin = read("a.txt", b"L'\xe9cole est ferm\xe9e").unwrap();
    assert_eq!(text(&latin), "L'école est fermée");
    assert_eq!(latin.remarks[0].key, "format-text-guessed");
    let arabic: &[u8] = &[
        0xe3, 0xcf, 0xd1, 0xd3, 0xc9, b' ', 0xcc, 0xcf, 0xed, 0xcf, 0xc9,
    ];
    assert_eq!(text(&read("a.txt", arabic).unwrap()), "مدرسة جديدة");
    let wide: Vec<u8> = "\u{feff}سلام"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let wide = read("a.txt", &wide).unwrap();
    assert_eq!((text(&wide).as_str(), wide.remarks.len()), ("سلام", 0));
    let declared = read("a.html", b"<meta charset=windows-1256><p>\xe3\xcf").unwrap();
    assert_eq!(text(&declared), "مد");
}

#[test]
fn stories_are_read_with_their_facts() {
    let reading = read("am/0087_x.md", &file("story/am-0087.md")).unwrap();
    assert_eq!(reading.title.as_deref(), Some("ማንበብ እወዳለሁ"));
    assert_eq!(reading.langs, ["am"]);
    assert_eq!(reading.licence.as_deref(), Some("CC-BY"));
    assert_eq!(
        reading.authors,
        ["Letta Machoga", "Wiehan de Jager", "ስሂን ተፈራ", "መዘምር ግርማ"]
    );
    assert_eq!(reading.pages.len(), 8);
    let story = String::from_utf8(file("story/sw-0001.md")).unwrap();
    let both = zip(&[
        ("asp/sw/0001_a.md", &story),
        ("asp/sw/README.md", "x"),
        ("asp/sw/0002_b.md", "no story"),
    ]);
    let (stories, remarks) = storybook::stories(&both).unwrap();
    assert_eq!(stories.len(), 1);
    assert_eq!(stories[0].number.as_deref(), Some("0001"));
    assert_eq!(remarks[0].key, "format-story-unreadable");
    assert_eq!(
        storybook::stories(b"x").unwrap_err().keys(),
        ["format-stories-none"]
    );
}

#[test]
fn a_book_is_read_in_its_order() {
    let reading = read("a.epub", &file("hefty-water.epub")).unwrap();
    assert_eq!(reading.title.as_deref(), Some("Hefty Water"));
    assert_eq!(reading.langs, ["en"]);
    assert!(text(&reading).contains("water"));

    let opf = r#"<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>T</dc:title><dc:language>fr</dc:language><dc:rights>CC BY 4.0</dc:rights></metadata>
        <manifest><item id="a" href="text/a.xhtml" media-type="application/xhtml+xml"/><item id="b" href="text/b.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="b"/><itemref idref="a"/></spine></package>"#;
    let container =
        r#"<container><rootfiles><rootfile full-path="O/p.opf"/></rootfiles></container>"#;
    let a = r#"<html><body><h1>One</h1><p id="x">a<img src="../i.png" alt="i"/><script>1</script></p></body></html>"#;
    let b = r##"<html><body><p><a href="a.xhtml#x">go</a> <a href="none.xhtml">lost</a> <a href="https://example.org/">out</a></p></body></html>"##;
    let png = "\u{89}PNG";
    let files = [
        ("META-INF/container.xml", container),
        ("O/p.opf", opf),
        ("O/text/a.xhtml", a),
        ("O/text/b.xhtml", b),
        ("O/i.png", png),
    ];
    let reading = read("b.epub", &zip(&files)).unwrap();
    assert_eq!(reading.licence.as_deref(), Some("CC-BY-4.0"));
    assert_eq!(
        reading.pages[0].html,
        "<p><a href=\"page:1#d-x\">go</a> <a>lost</a> <a href=\"https://example.org/\" rel=\"noreferrer\">out</a></p>"
    );
    assert_eq!(reading.pages[1].title, "One");
    assert!(reading.pages[1].html.contains("src=\"asset:O/i.png\""));
    assert_eq!(reading.assets[0].name, "O/i.png");

    let locked = r#"<encryption><CipherReference URI="O/text/b.xhtml"/></encryption>"#;
    let mut with = files.to_vec();
    with.push(("META-INF/encryption.xml", locked));
    assert_eq!(
        read("b.epub", &zip(&with)).unwrap_err().keys(),
        ["format-epub-locked"]
    );
    assert_eq!(
        read("b.epub", &zip(&files[..1])).unwrap_err().keys(),
        ["format-file-missing"]
    );
}

#[test]
fn packages_start_where_they_say() {
    let manifest = r#"<manifest identifier="m" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"><metadata><schemaversion>1.2</schemaversion></metadata>
        <organizations default="o"><organization identifier="o"><title>Course</title><item identifier="i" identifierref="r" parameters="?x=1"><title>One</title><adlcp:masteryscore>80</adlcp:masteryscore></item></organization></organizations>
        <resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="a/one.html"><file href="a/one.html"/></resource></resources></manifest>"#;
    let page = "<html lang=en><p>Text</p><script>run()</script></html>";
    let bytes = zip(&[("imsmanifest.xml", manifest), ("a/one.html", page)]);
    let reading = read("x.zip", &bytes).unwrap();
    assert_eq!(reading.kind, Kind::Scorm12);
    assert_eq!(reading.entry.as_deref(), Some("a/one.html?x=1"));
    assert_eq!(reading.pages[0].title, "One");
    let scorm = formats::scorm::manifest(manifest, &|_| true).unwrap();
    assert_eq!(scorm.launches()[0].0.mastery, Some(0.8));
    for (changed, key) in [
        (
            manifest.replace("identifierref=\"r\"", "identifierref=\"q\""),
            "format-manifest-points",
        ),
        (
            manifest.replace("a/one.html", "a/two.html"),
            "format-file-missing",
        ),
        (
            manifest.replace("a/one.html", "../one.html"),
            "format-file-missing",
        ),
        (
            manifest.replace("<file", "<dependency identifierref=\"r\"/><file"),
            "format-manifest-circle",
        ),
        (
            manifest
                .replace("<manifest", "<course")
                .replace("</manifest", "</course"),
            "format-manifest-root",
        ),
    ] {
        let error = read(
            "x.zip",
            &zip(&[("imsmanifest.xml", &changed), ("a/one.html", page)]),
        )
        .unwrap_err();
        assert!(error.keys().contains(&key), "{key}: {error}");
    }
    let html = read(
        "x.zip",
        &zip(&[("site/b.html", page), ("site/index.html", page)]),
    )
    .unwrap();
    assert_eq!(
        (html.kind, html.entry.as_deref()),
        (Kind::Html5, Some("site/index.html"))
    );
}

#[test]
fn cartridges_give_pages_and_questions() {
    let reading = read("a.imscc", &file("latex.imscc")).unwrap();
    assert_eq!(reading.title.as_deref(), Some("LaTeX Equations"));
    assert_eq!(reading.pages.len(), 2);
    let reading = read("b.zip", &file("grouptest.zip")).unwrap();
    assert_eq!(
        (reading.kind, reading.licence.as_deref()),
        (Kind::CommonCartridge, Some("PDM-1.0"))
    );
    assert!(reading.items.len() >= 7);
    assert!(text(&reading).contains("1. T/F 1"));
}

#[test]
fn exercises_become_questions() {
    let facts = r#"{"title":"T","mainLibrary":"H5P.QuestionSet","language":"en","license":"CC BY-SA","licenseVersion":"4.0","authors":[{"name":"A","role":"Author"}]}"#;
    let content = r#"{"questions":[
        {"library":"H5P.MultiChoice 1.16","params":{"question":"<p>Which?</p>","answers":[{"text":"<div>a</div>","correct":true,"tipsAndFeedback":{"chosenFeedback":"Yes"}},{"text":"b","correct":false}]}},
        {"library":"H5P.TrueFalse 1.8","params":{"question":"<p>Is it?</p>","correct":"false"}},
        {"library":"H5P.Blanks 1.14","params":{"text":"<p>Fill in</p>","questions":["<p>Sky is *blue/azure:a colour*.</p>"]}},
        {"library":"H5P.DragText 1.10","params":{"taskDescription":"Drag","textField":"a *x* b *y*","distractors":"*z*"}},
        {"library":"H5P.MarkTheWords 1.11","params":{"taskDescription":"Verbs","textField":"I *run* home"}},
        {"library":"H5P.Essay 1.5","params":{"taskDescription":"Write","keywords":[{"keyword":"sun"}]}}]}"#;
    let reading = read(
        "a.h5p",
        &zip(&[("h5p.json", facts), ("content/content.json", content)]),
    )
    .unwrap();
    assert_eq!(reading.licence.as_deref(), Some("CC-BY-SA-4.0"));
    let kinds: Vec<&str> = reading
        .items
        .iter()
        .map(|item| item.interaction.code())
        .collect();
    assert_eq!(
        kinds,
        ["choice", "choice", "word", "match", "several", "open"]
    );
    let Interaction::Word { accepted, .. } = &reading.items[2].interaction else {
        panic!()
    };
    assert_eq!(accepted["en"], ["blue", "azure"]);
    assert_eq!(reading.items[2].hint.get("en"), "a colour");
    assert_eq!(
        read("a.h5p", &zip(&[("h5p.json", facts)]))
            .unwrap_err()
            .keys(),
        ["format-h5p-content"]
    );
}

#[test]
fn a_pdf_tells_its_text() {
    let reading = read("a.pdf", &file("made.pdf")).unwrap();
    assert_eq!(reading.title.as_deref(), Some("Fractions"));
    assert_eq!(reading.authors, ["A. Teacher"]);
    assert_eq!(
        text(&reading),
        "One half and one quarter make three quarters."
    );
    assert_eq!(
        read("a.pdf", b"%PDF-1.4\n").unwrap_err().keys(),
        ["format-pdf-broken"]
    );
}

#[test]
fn subtitles_are_text_and_webvtt() {
    let cues = subtitles::cues(&String::from_utf8(file("testsubtitles_ar.srt")).unwrap()).unwrap();
    assert_eq!(cues.len(), 3);
    assert_eq!((cues[0].from, cues[0].to), (12_464, 14_979));
    let again = subtitles::cues(&subtitles::vtt(&cues)).unwrap();
    assert_eq!(again, cues);
    for name in ["encapsulated.sami", "encapsulated.vtt"] {
        let reading = read(name, &file(name)).unwrap();
        assert!(
            text(&reading).contains("an old, wrinkly man with white hair."),
            "{name}"
        );
        assert!(text(&reading).contains("<LAUGHING & WHOOPS!>"), "{name}");
    }
    assert_eq!(
        read("a.srt", b"nothing").unwrap_err().keys(),
        ["format-subtitles-empty"]
    );
}

#[test]
fn headers_tell_measures() {
    let mut wav =
        b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data"
            .to_vec();
    wav.extend(16_000_u32.to_le_bytes());
    assert_eq!(
        media::measure("audio/wav", &wav).unwrap().seconds,
        Some(2.0)
    );
    let mut opus =
        b"OggS\0\x02\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\x13OpusHead\x01\x01".to_vec();
    opus.extend([0x38, 0x01, 0, 0, 0, 0, 0, 0, 0]);
    opus.extend(b"OggS\0\x04");
    opus.extend((48_000_u64 * 3 + 312).to_le_bytes());
    opus.extend([0; 14]);
    assert_eq!(
        media::measure("audio/ogg", &opus).unwrap().seconds,
        Some(3.0)
    );
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    png.extend([0, 0, 1, 0, 0, 0, 0, 9]);
    let size = media::measure("image/png", &png).unwrap();
    assert_eq!((size.width, size.height), (Some(256), Some(9)));
    // 128 kbit/s, 44.1 kHz, without a note of the number of frames.
    let mut mp3 = vec![0xff, 0xfb, 0x90, 0x64];
    mp3.resize(16_000, 0);
    assert_eq!(
        media::measure("audio/mpeg", &mp3).unwrap().seconds,
        Some(1.0)
    );
}

#[test]
fn photographs_lose_where_and_when_but_not_their_turn() {
    let mut exif = b"Exif\0\0II\x2a\0\x08\0\0\0\x02\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\x25\x88\x04\0\x01\0\0\0\x26\0\0\0\0\0\0\0".to_vec();
    exif.extend(b"GPS 0.1 N 36.8 E");
    let mut photo = vec![0xff, 0xd8, 0xff, 0xe1];
    photo.extend(((exif.len() + 2) as u16).to_be_bytes());
    photo.extend(&exif);
    photo.extend(b"\xff\xfe\0\x08secret\xff\xda\0\x02data\xff\xd9");
    let clean = media::without_traces(&photo);
    let has = |word: &[u8]| clean.windows(word.len()).any(|part| part == word);
    assert!(!has(b"GPS") && !has(b"secret") && has(b"data"));
    assert!(has(b"\x01\x12\0\x03\0\0\0\x01\0\x06"));
    assert_eq!(media::without_traces(b"GIF89a"), b"GIF89a");
}
