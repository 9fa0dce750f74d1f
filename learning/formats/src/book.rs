//! Documents of a package as pages of small HTML that know each other.

use crate::clean::{
    Address, Cleaned, clean, cut, mark_of, normal, outside, plain, rewrite, scheme, title_of,
};
use crate::kind::media_type;
use crate::{Asset, PageOf, Reading, limits, mime_of};
use base::Refusal;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Bytes of HTML beyond which a document is cut into several pages, where a block ends.
const PAGE: usize = 12_000;
/// Bytes a page has before a heading starts the next.
const BEFORE_HEADING: usize = 4_000;

/// Documents on their way to be pages.
#[derive(Default)]
pub(crate) struct Book {
    docs: Vec<Doc>,
    /// Pictures that stood inside the documents.
    inline: RefCell<Vec<Asset>>,
    /// What comes before names in addresses of cartridges, and what it stands for.
    pub places: Vec<(&'static str, &'static str)>,
    size: usize,
    full: bool,
}

struct Doc {
    path: String,
    title: Option<String>,
    cleaned: Cleaned,
}

/// Where the files of a package come from.
pub(crate) trait Files {
    fn has(&self, name: &str) -> bool;
    /// None when it is not there, too large or broken.
    fn get(&mut self, name: &str) -> Option<Vec<u8>>;
}

/// There are none.
pub(crate) struct NoFiles;
impl Files for NoFiles {
    fn has(&self, _: &str) -> bool {
        false
    }
    fn get(&mut self, _: &str) -> Option<Vec<u8>> {
        None
    }
}
impl<R: std::io::Read + std::io::Seek> Files for crate::Package<R> {
    fn has(&self, name: &str) -> bool {
        Self::has(self, name)
    }
    fn get(&mut self, name: &str) -> Option<Vec<u8>> {
        self.read(name).ok()
    }
}

/// Adds a remark once, and not more than are read.
pub(crate) fn note(reading: &mut Reading, remark: Refusal) {
    if reading.remarks.len() < limits::REASONS && !reading.remarks.contains(&remark) {
        reading.remarks.push(remark);
    }
}

impl Book {
    /// Adds a document; the title given stands over its own.
    pub fn add(&mut self, path: &str, title: Option<String>, source: &str, xml: bool) -> &Cleaned {
        let cleaned = if self.full {
            Cleaned::default()
        } else {
            clean(cut(source), xml, &|address| self.address(path, address))
        };
        self.size += cleaned.html.len();
        self.full |= self.size > limits::HTML || self.docs.len() >= limits::PAGES;
        let title = title
            .or_else(|| cleaned.title.clone())
            .or_else(|| title_of(&cleaned.html));
        self.docs.push(Doc {
            path: path.to_owned(),
            title,
            cleaned,
        });
        &self.docs[self.docs.len() - 1].cleaned
    }

    fn address(&self, path: &str, address: Address) -> Option<String> {
        let shown = matches!(address, Address::Shown(_));
        let (Address::Shown(text) | Address::Goes(text)) = address;
        match scheme(text) {
            Some("data") if shown => return self.keep(text),
            Some("doc" | "asset" | "page") => return None,
            Some(_) if shown => return None,
            Some(_) => return outside(text),
            None => {}
        }
        let mark = text.split_once('#').and_then(|(_, mark)| mark_of(mark));
        let name = if text.starts_with('#') {
            Some(path.to_owned())
        } else {
            self.placed(text).or_else(|| normal(path, text))
        }?;
        Some(match (shown, mark) {
            (true, _) => format!("asset:{name}"),
            (false, Some(mark)) => format!("doc:{name}#{mark}"),
            (false, None) => format!("doc:{name}"),
        })
    }

    fn placed(&self, text: &str) -> Option<String> {
        let text = text.replace("%24", "$");
        self.places.iter().find_map(|(word, folder)| {
            let rest = text.strip_prefix(word)?;
            normal("", &format!("{folder}{rest}"))
        })
    }

    /// A picture written into the address itself.
    fn keep(&self, address: &str) -> Option<String> {
        let (head, body) = address.split_once(',')?;
        if !head.to_ascii_lowercase().ends_with(";base64") || body.len() > 4 << 20 {
            return None;
        }
        let body: String = body.split_whitespace().collect();
        let bytes = base64(body.as_bytes())?;
        let mime = media_type(&bytes, "").filter(|mime| mime.starts_with("image/"))?;
        let mut inline = self.inline.borrow_mut();
        let held: usize = inline.iter().map(|asset| asset.bytes.len()).sum();
        if held + bytes.len() > limits::ASSETS / 2 || inline.len() >= 1_000 {
            return None;
        }
        let name = format!("inline-{}.{}", inline.len() + 1, mime.rsplit('/').next()?);
        inline.push(Asset {
            name: name.clone(),
            mime,
            bytes,
        });
        Some(format!("asset:{name}"))
    }

    /// Cuts the documents into pages, joins them, and takes the files they show.
    pub fn finish(self, reading: &mut Reading, files: &mut dyn Files) {
        if self.full {
            note(reading, Refusal::whole("format-text-cut"));
        }
        if self.docs.iter().any(|doc| doc.cleaned.active) {
            note(reading, Refusal::whole("format-scripts-left-out"));
        }
        let first = reading.pages.len();
        let (mut starts, mut marks) = (BTreeMap::new(), BTreeMap::new());
        let mut owners = Vec::new();
        for doc in &self.docs {
            let pages = pages_of(doc);
            for page in pages {
                if reading.pages.len() >= limits::PAGES {
                    note(reading, Refusal::whole("format-text-cut"));
                    break;
                }
                let at = reading.pages.len();
                starts.entry(doc.path.clone()).or_insert(at);
                for mark in marks_in(&page.html) {
                    marks.entry((doc.path.clone(), mark)).or_insert(at);
                }
                owners.push(doc.path.clone());
                reading.pages.push(page);
            }
        }
        let mut shown = BTreeSet::new();
        let inline = self.inline.into_inner();
        let known = |name: &str| inline.iter().any(|asset| asset.name == name) || files.has(name);
        let lost = RefCell::new(BTreeSet::new());
        for (at, page) in reading.pages.iter_mut().enumerate().skip(first) {
            let wanted = RefCell::new(Vec::new());
            page.html = rewrite(&page.html, &|address| {
                if let Some(name) = address.strip_prefix("asset:") {
                    if !known(name) {
                        lost.borrow_mut().insert(name.to_owned());
                        return None;
                    }
                    wanted.borrow_mut().push(name.to_owned());
                    return Some(address.to_owned());
                }
                let Some(target) = address.strip_prefix("doc:") else {
                    return Some(address.to_owned());
                };
                let (path, mark) = target.split_once('#').map_or((target, ""), |(p, m)| (p, m));
                let page = marks.get(&(path.to_owned(), mark.to_owned()));
                match page {
                    Some(page) if *page == at => Some(format!("#{mark}")),
                    Some(page) => Some(format!("page:{page}#{mark}")),
                    None => match starts.get(path) {
                        Some(page) => Some(format!("page:{page}")),
                        None if files.has(path) => Some(format!("asset:{path}")),
                        None => None,
                    },
                }
            });
            shown.extend(wanted.into_inner());
        }
        for name in lost.into_inner().into_iter().take(limits::REASONS) {
            note(
                reading,
                Refusal::whole("format-file-missing").with("name", name),
            );
        }
        take_assets(reading, files, inline, &shown);
    }
}

fn take_assets(
    reading: &mut Reading,
    files: &mut dyn Files,
    inline: Vec<Asset>,
    shown: &BTreeSet<String>,
) {
    let mut held: usize = reading.assets.iter().map(|asset| asset.bytes.len()).sum();
    for asset in inline {
        held += asset.bytes.len();
        if shown.contains(&asset.name) {
            reading.assets.push(asset);
        }
    }
    for name in shown {
        if reading.assets.iter().any(|asset| asset.name == *name) {
            continue;
        }
        let Some(bytes) = files.get(name) else {
            note(
                reading,
                Refusal::whole("format-file-missing").with("name", name.as_str()),
            );
            continue;
        };
        let mime = mime_of(name, &bytes);
        let wanted = mime.starts_with("image/") || mime.starts_with("audio/");
        if !wanted || (mime == "image/svg+xml" && moves(&bytes)) {
            if !mime.starts_with("video/") {
                note(
                    reading,
                    Refusal::whole("format-file-left-out").with("name", name.as_str()),
                );
            }
            continue;
        }
        if held + bytes.len() > limits::ASSETS {
            note(
                reading,
                Refusal::whole("format-files-large").with("most", limits::ASSETS >> 20),
            );
            break;
        }
        held += bytes.len();
        reading.assets.push(Asset {
            name: name.clone(),
            mime,
            bytes,
        });
    }
}

/// A drawing that holds anything but shapes.
fn moves(svg: &[u8]) -> bool {
    let text = String::from_utf8_lossy(svg).to_ascii_lowercase();
    [
        "<script",
        "foreignobject",
        "javascript:",
        "<!entity",
        "<iframe",
        "<use",
        "data:text",
    ]
    .iter()
    .any(|word| text.contains(word))
        || text.split('<').any(|tag| {
            let tag = tag.split('>').next().unwrap_or_default();
            tag.split_ascii_whitespace()
                .skip(1)
                .any(|word| word.starts_with("on"))
        })
}

fn marks_in(html: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find(" id=\"") {
        let tail = rest.get(at + 5..).unwrap_or_default();
        let Some(end) = tail.find('"') else { break };
        out.extend(tail.get(..end).map(str::to_owned));
        rest = tail.get(end..).unwrap_or_default();
    }
    out
}

fn pages_of(doc: &Doc) -> Vec<PageOf> {
    let html = &doc.cleaned.html;
    if html.is_empty() {
        return Vec::new();
    }
    let title = doc.title.clone().unwrap_or_default();
    let mut cuts = vec![0];
    if html.len() > PAGE {
        let mut start = 0;
        let ends = doc.cleaned.blocks.iter().skip(1).map(|(at, _)| *at);
        let ends: Vec<usize> = ends.chain([html.len()]).collect();
        for ((at, level), end) in doc.cleaned.blocks.iter().zip(ends) {
            let before = at - start;
            let heading = *level <= 3 && before > BEFORE_HEADING;
            if before > 0 && (heading || end - start > PAGE) {
                cuts.push(*at);
                start = *at;
            }
        }
    }
    cuts.push(html.len());
    let mut out = Vec::new();
    for pair in cuts.windows(2) {
        let [from, to] = *pair else { continue };
        let Some(part) = html.get(from..to).filter(|part| !part.is_empty()) else {
            continue;
        };
        let own = if out.is_empty() { None } else { title_of(part) };
        out.push(PageOf {
            title: own.unwrap_or_else(|| title.clone()),
            html: part.to_owned(),
        });
    }
    out
}

/// Whether pages say anything at all.
pub(crate) fn says_something(pages: &[PageOf]) -> bool {
    pages.iter().any(|page| !plain(&page.html).is_empty())
}

fn base64(text: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for byte in text {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(value)) & 0x00ff_ffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push(u8::try_from(bits >> held & 0xff).ok()?);
        }
    }
    Some(out)
}
