//! Stories of African Storybook as their sources are kept: a folder for each language, a Markdown
//! file for each story, a line `##` between pages, licence and authors on the last one.
//!
//! The same number in two folders is the same story in two languages.

use crate::licence::licence_named;
use crate::resource::{New, NewRendition, TextPage};
use crate::{acts, index, store};
use base::{Error, Id, Moment, Names, Refusal, Result};
use db::Tx;
use files::Files;
use serde_json::json;
use std::collections::BTreeMap;

/// The sample that ships: stories under CC BY in languages spoken in eastern Africa and beyond.
pub(crate) const SAMPLE: &[u8] = include_bytes!("../../../data/storybook/stories.zip");

/// Where the stories come from.
const SOURCE: &str = "African Storybook, https://africanstorybook.org";

/// A story as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Story {
    /// The language's folder, and the file below it.
    pub path: String,
    /// BCP 47.
    pub lang: String,
    /// The story's number, alike in every language.
    pub number: String,
    pub title: String,
    pub pages: Vec<String>,
    /// As it says it.
    pub licence: String,
    pub text_by: String,
    pub pictures_by: String,
    pub translation_by: String,
    /// Pictures that lie beside the stories, in the order of the pages.
    pub pictures: Vec<std::path::PathBuf>,
}

/// Reads a story; none when the file is something else.
pub fn story(path: &str, text: &str) -> Option<Story> {
    let (folder, file) = path.rsplit_once('/')?;
    let folder = folder.rsplit('/').next()?;
    let number: String = file.chars().take_while(char::is_ascii_digit).collect();
    if number.len() != 4 || !file.ends_with(".md") {
        return None;
    }
    let mut story = Story {
        path: format!("{folder}/{file}"),
        // "ha-ne" is Hausa as spoken in Niger, "tw-akua" a dialect.
        lang: folder.split('-').next()?.to_owned(),
        number,
        ..Story::default()
    };
    let mut parts = text.split("\n##");
    let head = parts.next()?;
    story.title = head
        .trim_start_matches('\u{feff}')
        .trim()
        .trim_start_matches('#')
        .trim()
        .to_owned();
    for part in parts {
        let part = part.trim();
        if !part.contains("* License:") && !part.contains("* Licence:") {
            if !part.is_empty() {
                story.pages.push(part.to_owned());
            }
            continue;
        }
        for line in part.lines() {
            let Some((name, value)) = line.trim_start_matches(['*', ' ']).split_once(':') else {
                continue;
            };
            let value = value.trim().to_owned();
            match name.trim() {
                "License" | "Licence" => story.licence = value,
                "Text" => story.text_by = value,
                "Illustration" => story.pictures_by = value,
                "Translation" => story.translation_by = value,
                _ => {}
            }
        }
    }
    (!story.title.is_empty() && !story.pages.is_empty()).then_some(story)
}

impl Story {
    /// The authors as they are to be named.
    pub fn credit(&self) -> String {
        let parts = [
            ("Text", &self.text_by),
            ("Pictures", &self.pictures_by),
            ("Translation", &self.translation_by),
        ];
        let said: Vec<String> = parts
            .into_iter()
            .filter(|(_, who)| !who.is_empty() && *who != "-")
            .map(|(what, who)| format!("{what}: {who}"))
            .collect();
        said.join("; ")
    }
    /// How hard it is to read, from the words on a page: 1 to 5.
    pub fn level(&self) -> i64 {
        let words: usize = self
            .pages
            .iter()
            .map(|page| page.split_whitespace().count())
            .sum();
        match words / self.pages.len().max(1) {
            0..=9 => 1,
            10..=24 => 2,
            25..=49 => 3,
            50..=89 => 4,
            _ => 5,
        }
    }
    /// Puts the pictures before the texts of their pages; where there is one more, the first is the cover.
    fn drawn(&self, files: &Files, pages: &mut [TextPage]) -> Result<Vec<NewRendition>> {
        let cover = usize::from(self.pictures.len() > pages.len());
        let mut forms = Vec::with_capacity(self.pictures.len());
        let mut heads = vec![String::new(); pages.len()];
        for (at, path) in self.pictures.iter().enumerate() {
            let Some(head) = heads.get_mut(at.saturating_sub(cover)) else {
                break;
            };
            let fault = |e: std::io::Error| Error::fault(format!("{}: {e}", path.display()));
            let bytes = std::fs::read(path).map_err(fault)?;
            let bytes = formats::media::without_traces(&bytes);
            let name = format!("{:02}.{}", at + 1, ending(path));
            let mime = formats::mime_of(&name, &bytes);
            if !mime.starts_with("image/") {
                continue;
            }
            let kept = files.keep(&name, mime, &bytes)?;
            let shown = format!("<p><img src=\"asset:{name}\" alt=\"\"></p>");
            head.push_str(&shown);
            forms.push(NewRendition {
                channel: "asset".to_owned(),
                name,
                mime: mime.to_owned(),
                bytes: i64::try_from(kept.size).unwrap_or(i64::MAX),
                hash: kept.hash,
                lang: None,
                seconds: None,
            });
        }
        for (page, head) in pages.iter_mut().zip(heads) {
            page.html.insert_str(0, &head);
        }
        Ok(forms)
    }
    fn plain(&self) -> String {
        format!("{}\n{}", self.title, self.pages.join("\n"))
    }
    /// The resource it becomes.
    ///
    /// # Errors
    /// Refused when its licence is none we know; a fault when the disk refuses.
    fn resource(&self, files: &Files, country: &str) -> Result<New> {
        let licence = licence_named(&self.licence)
            .ok_or_else(|| Refusal::about("licence", "resource-licence-missing"))?;
        let mut pages: Vec<TextPage> = self
            .pages
            .iter()
            .map(|page| TextPage {
                title: String::new(),
                html: formats::markdown(page),
            })
            .collect();
        let drawn = self.drawn(files, &mut pages)?;
        let level = self.level();
        let text = crate::keep_text(files, Some(&self.lang), &pages)?;
        let whole = self.plain();
        let words = i64::try_from(whole.split_whitespace().count()).unwrap_or(0);
        Ok(New {
            country: country.to_owned(),
            names: Names::one(&self.lang, &self.title),
            langs: vec![self.lang.clone()],
            kind: formats::Kind::Markdown.code().to_owned(),
            subject: "language".to_owned(),
            grades: [(1, 2), (1, 3), (2, 4), (3, 5), (4, 6)]
                .get(usize::try_from(level - 1).unwrap_or(0))
                .copied()
                .unwrap_or((1, 6)),
            licence: licence.code.clone(),
            credit: self.credit(),
            source: SOURCE.to_owned(),
            series: Some(format!("asb-{}", self.number)),
            accessibility: vec!["textual".to_owned(), "read_aloud".to_owned()],
            reading_level: Some(level),
            // Forty words a minute, read aloud by somebody who learns to read.
            minutes: Some((words + 39) / 40),
            renditions: std::iter::once(text).chain(drawn).collect(),
            text: whole,
            ..New::default()
        })
    }
}

/// What an import of stories did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    pub added: usize,
    /// In the library already.
    pub known: usize,
    /// Which were not kept, and why, as keys of words.
    pub refused: Vec<(String, String)>,
}

/// The end of a file's name, in small letters.
fn ending(path: &std::path::Path) -> String {
    let end = path.extension().and_then(|end| end.to_str());
    end.unwrap_or_default().to_ascii_lowercase()
}

/// The stories of an archive (ZIP or tar.gz).
///
/// # Errors
/// Refused when it is none.
pub fn stories_of(archive: &[u8]) -> Result<Vec<Story>> {
    if archive.starts_with(&[0x1f, 0x8b]) {
        let mut stories = Vec::new();
        formats::storybook::untar(archive, &mut |path, bytes| {
            stories.extend(story(path, &String::from_utf8_lossy(bytes)));
        })?;
        return Ok(stories);
    }
    let mut package = formats::Package::open(archive)?;
    let names: Vec<String> = package.names().map(str::to_owned).collect();
    let mut stories = Vec::new();
    for name in names {
        let text = String::from_utf8_lossy(&package.read(&name)?).into_owned();
        stories.extend(story(&name, &text));
    }
    Ok(stories)
}

/// The stories below a folder.
///
/// # Errors
/// A fault when it cannot be read.
pub fn stories_below(folder: &std::path::Path) -> Result<Vec<Story>> {
    let mut stories = Vec::new();
    let mut pictures: BTreeMap<String, Vec<std::path::PathBuf>> = BTreeMap::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        let fault = |e: std::io::Error| Error::fault(format!("{}: {e}", next.display()));
        for entry in std::fs::read_dir(&next).map_err(fault)? {
            let path = entry.map_err(fault)?.path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|end| end == "md") {
                let text = std::fs::read_to_string(&path).map_err(fault)?;
                stories.extend(story(&path.to_string_lossy(), &text));
            } else if matches!(ending(&path).as_str(), "jpg" | "jpeg" | "png" | "webp") {
                // A bank of pictures has a folder for each story's number, and in it a file for each page.
                let above = path.parent().and_then(|above| above.file_name());
                if let Some(number) = above.and_then(|name| name.to_str()) {
                    pictures.entry(number.to_owned()).or_default().push(path);
                }
            }
        }
    }
    for all in pictures.values_mut() {
        all.sort();
    }
    for one in &mut stories {
        if let Some(own) = pictures.get(&one.number) {
            one.pictures.clone_from(own);
        }
    }
    stories.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(stories)
}

/// Keeps stories in a country's library; safe to repeat. With a reviewer, another person than `by`,
/// they are approved at once as a set looked at beforehand; without one they wait for review.
///
/// # Errors
/// Refused when one person is both; a fault of the database or the disk.
pub fn bring_stories(
    tx: &mut Tx,
    files: &Files,
    stories: &[Story],
    country: &str,
    (by, reviewer): (Id, Option<Id>),
    now: Moment,
) -> Result<Imported> {
    if reviewer == Some(by) {
        return Err(Refusal::whole("four-eyes").into());
    }
    let mut done = Imported::default();
    for one in stories {
        let source = format!("asb-{}", one.number);
        let there = store::of_series_in(tx, country, &source, &one.lang, &one.title)?;
        if there {
            done.known += 1;
            continue;
        }
        let brought = one.resource(files, country).and_then(|new| {
            // Different dialects share a folder's language; each is kept.
            acts::bring(tx, &new, (Some(by), reviewer), now)
        });
        match brought {
            Ok(mut resource) => {
                done.added += 1;
                if reviewer.is_none() {
                    acts::wait(tx, &mut resource)?;
                }
            }
            Err(Error::Refused(why)) => {
                let key = why.0.first().map_or("", |one| one.key.as_str());
                done.refused.push((one.path.clone(), key.to_owned()));
            }
            Err(error) => return Err(error),
        }
    }
    if done.added > 0 {
        ledger::tell(
            tx,
            (now, Some(by)),
            "resources.imported",
            ("resource_import", Id::new(now)),
            json!({"country": country, "added": done.added, "refused": done.refused.len()}),
        )?;
    }
    Ok(done)
}

/// Imports the stories of an archive or a folder, slice by slice; blocks.
///
/// # Errors
/// Refused when there is no story; a fault of the database or the disk.
pub fn import_storybook(
    bench: &jobs::Bench,
    from: &std::path::Path,
    country: &str,
    people: (Id, Option<Id>),
) -> Result<Imported> {
    const SLICE: usize = 100;
    let stories = if from.is_dir() {
        stories_below(from)?
    } else {
        let bytes =
            std::fs::read(from).map_err(|e| Error::fault(format!("{}: {e}", from.display())))?;
        stories_of(&bytes)?
    };
    let mut sum = Imported::default();
    for slice in stories.chunks(SLICE) {
        let (files, slice, country) = (bench.files.clone(), slice.to_vec(), country.to_owned());
        let now = bench.clock.now();
        let done = bench
            .db
            .write_now(move |tx| bring_stories(tx, &files, &slice, &country, people, now))?;
        sum.added += done.added;
        sum.known += done.known;
        sum.refused.extend(done.refused);
    }
    Ok(sum)
}

/// The demonstration's library: the stories that ship, three of the best loved recommended.
///
/// # Errors
/// A fault of the database or the disk.
pub fn seed_demo(
    tx: &mut Tx,
    files: &Files,
    country: &str,
    (officer, reviewer): (Id, Id),
    now: Moment,
) -> Result<Imported> {
    let stories = stories_of(SAMPLE)?;
    let done = bring_stories(tx, files, &stories, country, (officer, Some(reviewer)), now)?;
    if done.added == 0 {
        return Ok(done);
    }
    let mut first = None;
    for number in ["0087", "0001", "0262"] {
        for mut one in store::of_series(tx, country, &format!("asb-{number}"))? {
            if !one.recommended
                && one
                    .langs
                    .iter()
                    .any(|lang| matches!(lang.as_str(), "en" | "sw" | "fr"))
            {
                one.recommended = true;
                let seen = one.version;
                store::change(tx, &mut one, seen)?;
                let text = acts::plain_text(tx, files, one.id)?;
                index::learn(tx, &one, &text)?;
                first.get_or_insert(one.id);
            }
        }
    }
    if let Some(first) = first {
        ledger::tell(
            tx,
            (now, Some(officer)),
            "resources.recommended",
            ("resource", first),
            json!({"country": country}),
        )?;
    }
    Ok(done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_stories_are_free_named_and_in_many_languages() {
        let stories = stories_of(SAMPLE).unwrap();
        assert!((60..=120).contains(&stories.len()), "{}", stories.len());
        let langs: std::collections::BTreeSet<&str> =
            stories.iter().map(|one| one.lang.as_str()).collect();
        assert!(langs.len() >= 10, "{langs:?}");
        for one in &stories {
            let licence = licence_named(&one.licence).map(|known| known.code.as_str());
            assert_eq!(licence, Some("CC-BY-4.0"), "{}", one.path);
            assert!(
                !one.text_by.is_empty() && !one.pages.is_empty(),
                "{}",
                one.path
            );
            assert!((1..=5).contains(&one.level()));
        }
    }

    #[test]
    fn pictures_beside_the_stories_come_to_their_pages() {
        let place = std::env::temp_dir().join(format!("stories-{}", base::Uuid::new_v4()));
        let put = |path: &str, bytes: &[u8]| {
            let path = place.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        };
        let text =
            "# A goat\n\n##\nOne goat.\n\n##\nTwo goats.\n\n##\n* License: [CC-BY]\n* Text: Ann\n";
        put("asp/en/0123_a-goat.md", text.as_bytes());
        put("asp/fr/0124_autre.md", text.as_bytes());
        for (n, sign) in [("01", b'a'), ("02", b'b'), ("03", b'c')] {
            let picture = [b"\x89PNG\r\n\x1a\n".as_slice(), &[sign]].concat();
            put(&format!("medium/0123/{n}.png"), &picture);
        }
        let stories = stories_below(&place).unwrap();
        let files = Files::open(&place.join("kept")).unwrap();
        let new = stories[0].resource(&files, "KE").unwrap();
        assert_eq!(new.renditions.len(), 4);
        let kept = files.read(&new.renditions[0].hash).unwrap();
        let pages: Vec<TextPage> = serde_json::from_slice(&kept).unwrap();
        let at = |page: usize, words: &str| pages[page].html.find(words).unwrap();
        assert!(at(0, "01.png") < at(0, "02.png") && at(0, "02.png") < at(0, "One goat."));
        assert!(at(1, "03.png") < at(1, "Two goats."));
        assert_eq!(
            stories[1].resource(&files, "KE").unwrap().renditions.len(),
            1
        );
        std::fs::remove_dir_all(place).unwrap();
    }

    #[test]
    fn a_story_is_pages_and_a_last_one_with_its_licence() {
        let text = "# A goat\n\n##\nOne goat.\n\n##\nTwo goats.\n\n##\n* License: [CC-BY-NC]\n\
                    * Text: Ann Other\n* Illustration: -\n* Translation: -\n* Language: en\n";
        let one = story("asp/en/0123_a-goat.md", text).unwrap();
        assert_eq!((one.lang.as_str(), one.number.as_str()), ("en", "0123"));
        assert_eq!(one.pages, ["One goat.", "Two goats."]);
        assert_eq!(one.credit(), "Text: Ann Other");
        assert_eq!(story("asp/en/README.md", text), None);
        assert_eq!(story("0123_a.md", text), None);
        assert_eq!(story("asp/en/0123_a.md", ""), None);
    }
}
