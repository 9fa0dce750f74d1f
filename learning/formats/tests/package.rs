//! Packages: what others pack is read, what is made to hurt is refused in words.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails where it is surprised"
)]

use formats::{Package, pack, read};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

fn zipped(files: &[(&str, &[u8])], options: SimpleFileOptions) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
fn keys(bytes: &[u8]) -> Vec<String> {
    match Package::open(bytes) {
        Ok(_) => Vec::new(),
        Err(error) => error.keys().into_iter().map(str::to_owned).collect(),
    }
}

#[test]
fn what_other_programs_pack_is_read() {
    let long = vec![b'x'; 100_000];
    let files: [(&str, &[u8]); 4] = [
        ("a.txt", b"one"),
        ("b/c.txt", &long),
        ("empty", b""),
        ("é.txt", b"two"),
    ];
    for options in [
        SimpleFileOptions::default().compression_method(CompressionMethod::Stored),
        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated),
        SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .large_file(true),
    ] {
        let bytes = zipped(&files, options);
        let mut package = Package::open(&bytes).unwrap();
        assert_eq!(
            package.names().collect::<Vec<_>>(),
            ["a.txt", "b/c.txt", "empty", "é.txt"]
        );
        for (name, content) in files {
            assert_eq!(package.read(name).unwrap(), content);
            assert_eq!(package.entry(name).unwrap().size, content.len() as u64);
        }
        assert!(matches!(package.read("none"), Err(base::Error::Missing)));
    }
}

#[test]
fn what_is_packed_here_others_read() {
    let files = vec![
        ("a.txt".to_owned(), b"hello hello hello hello".to_vec()),
        ("dir/é.bin".to_owned(), vec![0, 1, 2, 255]),
        ("empty".to_owned(), Vec::new()),
    ];
    let bytes = pack(&files).unwrap();
    let mut other = zip::ZipArchive::new(Cursor::new(bytes.clone())).unwrap();
    assert_eq!(other.len(), 3);
    let mut own = Package::open(&bytes).unwrap();
    for (name, content) in &files {
        let mut read = Vec::new();
        std::io::copy(&mut other.by_name(name).unwrap(), &mut read).unwrap();
        assert_eq!(&read, content);
        assert_eq!(&own.read(name).unwrap(), content);
    }
}

/// The end of the list moved behind 64-bit fields.
fn widened(bytes: &[u8]) -> Vec<u8> {
    let end = bytes.len() - 22;
    let field = |at: usize, size: usize| {
        let mut value = [0_u8; 8];
        value[..size].copy_from_slice(&bytes[end + at..end + at + size]);
        u64::from_le_bytes(value)
    };
    let (count, size, start) = (field(10, 2), field(12, 4), field(16, 4));
    let mut out = bytes[..end].to_vec();
    out.extend(b"PK\x06\x06");
    out.extend(44_u64.to_le_bytes());
    out.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for value in [count, count, size, start] {
        out.extend(value.to_le_bytes());
    }
    out.extend(b"PK\x06\x07");
    out.extend(0_u32.to_le_bytes());
    out.extend((end as u64).to_le_bytes());
    out.extend(1_u32.to_le_bytes());
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([0xff; 12]);
    out.extend([0, 0]);
    out
}

#[test]
fn wide_packages_are_read() {
    let bytes = widened(&pack(&[("a.txt".to_owned(), b"wide".to_vec())]).unwrap());
    assert_eq!(
        Package::open(&bytes).unwrap().read("a.txt").unwrap(),
        b"wide"
    );
}

#[test]
fn names_that_leave_the_package_are_refused() {
    for name in [
        "../a",
        "a/../../b",
        "/etc/passwd",
        "C:/x",
        "a/./b",
        "x\u{7}",
        "..\\a\\b",
        "",
    ] {
        let bytes = pack(&[(name.to_owned(), b"x".to_vec())]).unwrap();
        assert_eq!(keys(&bytes), ["format-package-path"], "{name}");
    }
    let twice = [
        ("a".to_owned(), b"x".to_vec()),
        ("a".to_owned(), b"y".to_vec()),
    ];
    assert_eq!(keys(&pack(&twice).unwrap()), ["format-package-twice"]);
    // Every reason is told.
    let both = [
        ("../a".to_owned(), b"x".to_vec()),
        ("/b".to_owned(), b"y".to_vec()),
    ];
    assert_eq!(keys(&pack(&both).unwrap()).len(), 2);
}

#[test]
fn bombs_are_refused_before_they_are_unpacked() {
    let zeros = vec![0; 30 << 20];
    let bytes = zipped(
        &[("a", &zeros)],
        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated),
    );
    assert!(bytes.len() < 100_000);
    assert_eq!(keys(&bytes), ["format-package-bomb"]);

    // A list that lies about the size: the file is not taken beyond what was said.
    let mut lying = zipped(
        &[("a", &zeros[..5 << 20])],
        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated),
    );
    let list = lying
        .windows(4)
        .rposition(|part| part == b"PK\x01\x02")
        .unwrap();
    lying[list + 24..list + 28].copy_from_slice(&10_u32.to_le_bytes());
    let error = Package::open(&lying).unwrap().read("a").unwrap_err();
    assert_eq!(error.keys(), ["format-package-file-broken"]);

    // Many files that lie upon one another.
    let one = vec![7; 200_000];
    let mut overlapping = pack(&[("a".to_owned(), one)]).unwrap();
    let end = overlapping.len() - 22;
    let start = u32::from_le_bytes(overlapping[end + 16..end + 20].try_into().unwrap()) as usize;
    let entry = overlapping[start..end].to_vec();
    let tail = overlapping.split_off(end);
    let mut count = 1_u16;
    for n in 0..400_u16 {
        let mut copy = entry.clone();
        copy[46] = b'b' + (n % 20) as u8;
        copy[28] = 3;
        copy.extend(format!("{n:02}").bytes().take(2));
        overlapping.extend(copy);
        count += 1;
    }
    let size = (overlapping.len() - start) as u32;
    overlapping.extend(&tail);
    let end = overlapping.len() - 22;
    overlapping[end + 8..end + 10].copy_from_slice(&count.to_le_bytes());
    overlapping[end + 10..end + 12].copy_from_slice(&count.to_le_bytes());
    overlapping[end + 12..end + 16].copy_from_slice(&size.to_le_bytes());
    assert!(keys(&overlapping).contains(&"format-package-bomb".to_owned()));
}

#[test]
fn too_many_files_are_refused_in_words() {
    let files: Vec<(String, Vec<u8>)> = (0..20_001).map(|n| (n.to_string(), Vec::new())).collect();
    assert_eq!(keys(&pack(&files).unwrap()), ["format-package-entries"]);
}

#[test]
fn what_is_cut_off_locked_or_packed_otherwise_is_said() {
    let bytes = pack(&[(
        "index.html".to_owned(),
        b"<p>hello hello hello hello</p>".to_vec(),
    )])
    .unwrap();
    for cut in 0..bytes.len() {
        assert!(Package::open(&bytes[..cut]).is_err());
    }
    let list = bytes
        .windows(4)
        .rposition(|part| part == b"PK\x01\x02")
        .unwrap();
    let mut locked = bytes.clone();
    locked[list + 8] |= 1;
    assert_eq!(keys(&locked), ["format-package-locked"]);
    let mut other = bytes.clone();
    other[list + 10] = 14;
    assert_eq!(keys(&other), ["format-package-method"]);
    let mut damaged = bytes.clone();
    damaged[40] ^= 0xff;
    let error = Package::open(&damaged)
        .unwrap()
        .read("index.html")
        .unwrap_err();
    assert_eq!(error.keys(), ["format-package-file-broken"]);
    assert_eq!(read("x.zip", &bytes).unwrap().pages.len(), 1);
}
