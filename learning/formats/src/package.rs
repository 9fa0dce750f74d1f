//! Zip packages, opened lazily: the list first, each file when it is asked for.
//!
//! A reader of our own, because a package from anywhere is the most hostile file there is: every
//! length is checked before a byte is taken, every problem of the list is named.

use crate::limits;
use base::{Error, Refusal, Refusals, Result};
use flate2::{Compression, Crc, read::DeflateDecoder, write::DeflateEncoder};
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Seek, SeekFrom, Write};

/// A file of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub name: String,
    /// Bytes unpacked.
    pub size: u64,
    packed: u64,
    at: u64,
    method: u16,
    crc: u32,
}

/// An opened package.
pub struct Package<R> {
    from: R,
    length: u64,
    entries: BTreeMap<String, Entry>,
    order: Vec<String>,
}

impl<'a> Package<Cursor<&'a [u8]>> {
    /// Opens a package in memory.
    ///
    /// # Errors
    /// Refused with every problem of its list.
    pub fn open(bytes: &'a [u8]) -> Result<Self> {
        Self::over(Cursor::new(bytes))
    }
}

impl<R: Read + Seek> Package<R> {
    /// Opens a package from anything that can be read at any place, such as a file.
    ///
    /// # Errors
    /// Refused with every problem of its list.
    pub fn over(mut from: R) -> Result<Self> {
        let length = from.seek(SeekFrom::End(0)).map_err(Error::fault)?;
        let (count, start, size) = directory(&mut from, length)?;
        if count > limits::ENTRIES {
            return Err(Refusal::about("file", "format-package-entries")
                .with("most", number(limits::ENTRIES))
                .into());
        }
        let list = take(&mut from, start, size).ok_or_else(broken)?;
        let (entries, order) = entries(&list, count, length)?;
        Ok(Self {
            from,
            length,
            entries,
            order,
        })
    }
    /// The names of its files, in the package's order; folders are not named.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.order.iter().map(String::as_str)
    }
    /// Its files, in the package's order.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.order.iter().filter_map(|name| self.entries.get(name))
    }
    /// Whether there is a file of this very name.
    pub fn has(&self, name: &str) -> bool {
        self.entries.contains_key(name)
    }
    /// The file of a name.
    pub fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.get(name)
    }
    /// Bytes of all its files, unpacked.
    pub fn unpacked(&self) -> u64 {
        self.entries.values().map(|entry| entry.size).sum()
    }
    /// The bytes of a file.
    ///
    /// # Errors
    /// [`Error::Missing`] when there is none of this name; refused when it is too large or broken.
    pub fn read(&mut self, name: &str) -> Result<Vec<u8>> {
        let entry = self.entries.get(name).ok_or(Error::Missing)?.clone();
        if entry.size > limits::FILE {
            return Err(about("format-package-file-large", name)
                .with("most", number(limits::FILE >> 20))
                .into());
        }
        self.unpack(&entry)
            .ok_or_else(|| about("format-package-file-broken", name).into())
    }

    fn unpack(&mut self, entry: &Entry) -> Option<Vec<u8>> {
        let head = take(&mut self.from, entry.at, 30)?;
        if !head.starts_with(b"PK\x03\x04") {
            return None;
        }
        let skip = 30 + u64::from(u16_at(&head, 26)?) + u64::from(u16_at(&head, 28)?);
        let start = entry.at.checked_add(skip)?;
        if start.checked_add(entry.packed)? > self.length {
            return None;
        }
        self.from.seek(SeekFrom::Start(start)).ok()?;
        let packed = self.from.by_ref().take(entry.packed);
        let room = usize::try_from(entry.size).ok()?;
        let mut out = Vec::with_capacity(room.min(1 << 20));
        let most = entry.size + 1;
        match entry.method {
            0 => packed.take(most).read_to_end(&mut out).ok()?,
            _ => DeflateDecoder::new(packed)
                .take(most)
                .read_to_end(&mut out)
                .ok()?,
        };
        let mut crc = Crc::new();
        crc.update(&out);
        (out.len() == room && crc.sum() == entry.crc).then_some(out)
    }
}

fn broken() -> Error {
    Refusal::about("file", "format-package-broken").into()
}
fn about(key: &str, name: &str) -> Refusal {
    Refusal::about("file", key).with("name", shown(name))
}
/// A name as it is said in a sentence: short, without what cannot be seen.
fn shown(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_control())
        .take(120)
        .collect::<String>()
}
fn number(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
fn take<R: Read + Seek>(from: &mut R, start: u64, size: u64) -> Option<Vec<u8>> {
    from.seek(SeekFrom::Start(start)).ok()?;
    let mut out = Vec::new();
    from.by_ref().take(size).read_to_end(&mut out).ok()?;
    (out.len() as u64 == size).then_some(out)
}
fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let part = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(part.try_into().ok()?))
}
fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let part = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(part.try_into().ok()?))
}
fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    let part = bytes.get(at..at.checked_add(8)?)?;
    Some(u64::from_le_bytes(part.try_into().ok()?))
}

/// How many entries the list has, where it starts and how long it is.
fn directory<R: Read + Seek>(from: &mut R, length: u64) -> Result<(u64, u64, u64)> {
    let tail_size = length.min(22 + 65_535);
    let tail_start = length - tail_size;
    let tail = take(from, tail_start, tail_size).ok_or_else(broken)?;
    let end = tail
        .windows(4)
        .rposition(|part| part == b"PK\x05\x06")
        .ok_or_else(broken)?;
    let note = u16_at(&tail, end + 20).ok_or_else(broken)?;
    if end + 22 + usize::from(note) > tail.len() {
        return Err(broken());
    }
    let fields = || {
        Some((
            u64::from(u16_at(&tail, end + 10)?),
            u64::from(u32_at(&tail, end + 16)?),
            u64::from(u32_at(&tail, end + 12)?),
        ))
    };
    let (mut count, mut start, mut size) = fields().ok_or_else(broken)?;
    if count == 0xffff || start == 0xffff_ffff || size == 0xffff_ffff {
        let wide = || {
            let locator = end.checked_sub(20)?;
            let part = tail.get(locator..locator + 20)?;
            if !part.starts_with(b"PK\x06\x07") {
                return None;
            }
            u64_at(part, 8)
        };
        if let Some(at) = wide() {
            let record = take(from, at, 56).ok_or_else(broken)?;
            if !record.starts_with(b"PK\x06\x06") {
                return Err(broken());
            }
            let fields = || {
                Some((
                    u64_at(&record, 32)?,
                    u64_at(&record, 48)?,
                    u64_at(&record, 40)?,
                ))
            };
            (count, start, size) = fields().ok_or_else(broken)?;
        }
    }
    let whole = start.checked_add(size).is_some_and(|end| end <= length);
    // An entry of the list is never shorter than 46 bytes.
    if !whole || count.checked_mul(46).is_none_or(|least| least > size) {
        return Err(broken());
    }
    if size > 46 * limits::ENTRIES * 8 {
        return Err(Refusal::about("file", "format-package-entries")
            .with("most", number(limits::ENTRIES))
            .into());
    }
    Ok((count, start, size))
}

type Listed = (BTreeMap<String, Entry>, Vec<String>);

fn entries(list: &[u8], count: u64, length: u64) -> Result<Listed> {
    let mut no = Refusals::default();
    let (mut found, mut order) = (BTreeMap::new(), Vec::new());
    let (mut at, mut unpacked, mut packed) = (0, 0_u64, 0_u64);
    for _ in 0..count {
        let (entry, next, locked) = entry(list, at).ok_or_else(broken)?;
        at = next;
        if no.0.len() >= limits::REASONS {
            break;
        }
        unpacked = unpacked.saturating_add(entry.size);
        packed = packed.saturating_add(entry.packed);
        if entry.name.ends_with('/') && entry.size == 0 {
            continue;
        }
        if entry.at.saturating_add(entry.packed) > length {
            no.push(about("format-package-file-broken", &entry.name));
        }
        if locked {
            no.push(about("format-package-locked", &entry.name));
        } else if !matches!(entry.method, 0 | 8) {
            no.push(about("format-package-method", &entry.name));
        }
        if !safe(&entry.name) {
            no.push(about("format-package-path", &entry.name));
        }
        let name = entry.name.clone();
        if found.insert(name.clone(), entry).is_some() {
            no.push(about("format-package-twice", &name));
        } else {
            order.push(name);
        }
    }
    // What is unpacked to more than could be packed here, and files that lie upon each other,
    // are made to hurt.
    let bomb = unpacked > limits::FREE && unpacked / limits::RATIO > length;
    if unpacked > limits::UNPACKED || bomb || packed > length {
        no.push(Refusal::about("file", "format-package-bomb").with("size", number(unpacked >> 20)));
    }
    no.or((found, order))
}

fn entry(list: &[u8], at: usize) -> Option<(Entry, usize, bool)> {
    let head = list.get(at..)?;
    if !head.starts_with(b"PK\x01\x02") {
        return None;
    }
    let flags = u16_at(head, 8)?;
    let (name_size, extra_size, note_size) = (
        usize::from(u16_at(head, 28)?),
        usize::from(u16_at(head, 30)?),
        usize::from(u16_at(head, 32)?),
    );
    let raw = head.get(46..46 + name_size)?;
    let extra = head.get(46 + name_size..46 + name_size + extra_size)?;
    let (mut size, mut packed, mut start) = (
        u64::from(u32_at(head, 24)?),
        u64::from(u32_at(head, 20)?),
        u64::from(u32_at(head, 42)?),
    );
    let wide = wide_fields(extra);
    let mut wide = wide.iter().copied();
    for value in [&mut size, &mut packed, &mut start] {
        if *value == 0xffff_ffff {
            *value = wide.next().unwrap_or(*value);
        }
    }
    let entry = Entry {
        name: name_of(raw, flags & 0x800 != 0),
        size,
        packed,
        at: start,
        method: u16_at(head, 10)?,
        crc: u32_at(head, 16)?,
    };
    let next = at + 46 + name_size + extra_size + note_size;
    Some((entry, next, flags & 1 != 0))
}

/// The 64-bit values of the extra field.
fn wide_fields(mut extra: &[u8]) -> Vec<u64> {
    while let (Some(id), Some(size)) = (u16_at(extra, 0), u16_at(extra, 2)) {
        let Some(body) = extra.get(4..4 + usize::from(size)) else {
            break;
        };
        if id == 1 {
            return (0..body.len() / 8)
                .filter_map(|n| u64_at(body, n * 8))
                .collect();
        }
        extra = extra.get(4 + usize::from(size)..).unwrap_or_default();
    }
    Vec::new()
}

/// Names are UTF-8; where they are not, as old programs write them.
fn name_of(raw: &[u8], unicode: bool) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(text) => text.to_owned(),
        Err(_) if unicode => String::from_utf8_lossy(raw).into_owned(),
        Err(_) => raw.iter().map(|byte| OLD[usize::from(*byte)]).collect(),
    };
    if name.contains('/') {
        name
    } else {
        name.replace('\\', "/")
    }
}

/// Code page 437.
const OLD: [char; 256] = {
    let mut table = ['\u{fffd}'; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        table[byte as usize] = byte as char;
        byte += 1;
    }
    let upper = [
        'Ç', 'ü', 'é', 'â', 'ä', 'à', 'å', 'ç', 'ê', 'ë', 'è', 'ï', 'î', 'ì', 'Ä', 'Å', 'É', 'æ',
        'Æ', 'ô', 'ö', 'ò', 'û', 'ù', 'ÿ', 'Ö', 'Ü', '¢', '£', '¥', '₧', 'ƒ', 'á', 'í', 'ó', 'ú',
        'ñ', 'Ñ', 'ª', 'º', '¿',
    ];
    let mut n = 0;
    while n < upper.len() {
        table[128 + n] = upper[n];
        n += 1;
    }
    table
};

/// A name that stays inside its package.
fn safe(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 1_000
        && !name.starts_with('/')
        && !name.contains(['\\', '\0'])
        && !name.chars().any(char::is_control)
        && name.as_bytes().get(1) != Some(&b':')
        && name.split('/').all(|part| part != ".." && part != ".")
}

/// Packs files into a package; those that do not shrink are stored as they are.
///
/// # Errors
/// A fault when it would pass four gigabytes.
pub fn pack(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut list = Vec::new();
    let small = |value: usize| u32::try_from(value).map_err(Error::fault);
    for (name, bytes) in files {
        let mut crc = Crc::new();
        crc.update(bytes);
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).map_err(Error::fault)?;
        let packed = encoder.finish().map_err(Error::fault)?;
        let (method, body) = if packed.len() < bytes.len() && name != "mimetype" {
            (8_u16, &packed)
        } else {
            (0_u16, bytes)
        };
        let mut fields = Vec::new();
        for value in [20_u16, 0x800, method, 0, 0x0021] {
            fields.extend(value.to_le_bytes());
        }
        fields.extend(crc.sum().to_le_bytes());
        fields.extend(small(body.len())?.to_le_bytes());
        fields.extend(small(bytes.len())?.to_le_bytes());
        fields.extend(
            u16::try_from(name.len())
                .map_err(Error::fault)?
                .to_le_bytes(),
        );
        fields.extend(0_u16.to_le_bytes());
        let at = small(out.len())?;
        out.extend(b"PK\x03\x04");
        out.extend(&fields);
        out.extend(name.as_bytes());
        out.extend(body);
        list.extend(b"PK\x01\x02");
        list.extend(20_u16.to_le_bytes());
        list.extend(&fields);
        list.extend([0; 10]);
        list.extend(at.to_le_bytes());
        list.extend(name.as_bytes());
    }
    let (at, size) = (small(out.len())?, small(list.len())?);
    let count = u16::try_from(files.len()).map_err(Error::fault)?;
    out.extend(&list);
    out.extend(b"PK\x05\x06");
    out.extend([0; 4]);
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(size.to_le_bytes());
    out.extend(at.to_le_bytes());
    out.extend([0; 2]);
    Ok(out)
}
