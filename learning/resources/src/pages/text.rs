//! Pages of text, with pictures and sounds that say their size before they are fetched.

use super::size;
use crate::resource::{Rendition, TextPage};
use base::Id;
use lang::Words;
use ui::{Html, html};

/// A picture of so many bytes is shown at once; a larger one is a link that says its size.
const SMALL: i64 = 8_000;

/// Where the files of a resource stand.
pub(crate) fn address(resource: Id, name: &str) -> String {
    format!("/resources/{resource}/files/{}", base::address::path(name))
}

/// One page of a resource's text as it is shown: links lead somewhere, what is heavy says so.
pub(crate) fn render(
    words: &Words,
    resource: Id,
    forms: &[Rendition],
    page: &TextPage,
    pictures: bool,
) -> Html {
    let light = lightened(words, resource, forms, &page.html, pictures);
    let linked = formats::linked(&light, &|name| address(resource, name), &|page| {
        format!("/resources/{resource}?page={}", page + 1)
    });
    Html::raw(linked)
}

/// The page with heavy pictures and all sounds as links.
fn lightened(
    words: &Words,
    resource: Id,
    forms: &[Rendition],
    text: &str,
    pictures: bool,
) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = next_tag(rest) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let end = from.find('>').map_or(from.len(), |end| end + 1);
        let (tag, after) = from.split_at(end);
        rest = after;
        let is_picture = tag.starts_with("<img");
        let name =
            attribute(tag, "src").and_then(|src| src.strip_prefix("asset:").map(str::to_owned));
        let Some(name) = name else { continue };
        let plain = unescaped(&name);
        let form = forms
            .iter()
            .find(|one| one.channel == "asset" && one.name == plain);
        let bytes = form.map_or(0, |one| one.bytes);
        if is_picture && (pictures || (form.is_some() && bytes <= SMALL)) {
            out.push_str(tag.trim_end_matches('>').trim_end_matches('/'));
            out.push_str(" loading=\"lazy\">");
            continue;
        }
        let key = if is_picture {
            "resource-picture"
        } else {
            "resource-sound"
        };
        let alt = attribute(tag, "alt")
            .map(|alt| unescaped(&alt))
            .unwrap_or_default();
        let label = words.say_with(
            key,
            &[("alt", alt.into()), ("size", size(words, bytes).into())],
        );
        let link = html!(
            "<a href=\"{}\">{}</a>",
            address(resource, &plain),
            label.trim()
        );
        out.push_str(link.as_str());
        if !is_picture {
            rest = rest.strip_prefix("</audio>").unwrap_or(rest);
        }
    }
    out.push_str(rest);
    out
}

fn next_tag(text: &str) -> Option<usize> {
    let picture = text.find("<img ");
    let sound = text.find("<audio ");
    match (picture, sound) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))?;
    let rest = tag.get(start..)?.split_once('"')?.1;
    rest.split_once('"').map(|(value, _)| value.to_owned())
}

fn unescaped(text: &str) -> String {
    text.replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

/// The pages that one web page shows: from which to which, as much as a slow line takes at once.
pub(crate) fn share(pages: &[TextPage], wanted: usize) -> std::ops::Range<usize> {
    const BYTES: usize = 12_000;
    let mut starts = vec![0];
    let mut held = 0;
    for (at, page) in pages.iter().enumerate() {
        if held > 0 && held + page.html.len() > BYTES {
            starts.push(at);
            held = 0;
        }
        held += page.html.len();
    }
    let part = starts
        .iter()
        .rposition(|start| *start <= wanted)
        .unwrap_or(0);
    let from = starts.get(part).copied().unwrap_or(0);
    let to = starts.get(part + 1).copied().unwrap_or(pages.len());
    from..to
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(bytes: usize) -> TextPage {
        TextPage {
            title: String::new(),
            html: "x".repeat(bytes),
        }
    }

    #[test]
    fn long_texts_are_shared_out_and_short_ones_stay_together() {
        let short: Vec<TextPage> = (0..9).map(|_| page(200)).collect();
        assert_eq!(share(&short, 0), 0..9);
        let long: Vec<TextPage> = (0..9).map(|_| page(7_000)).collect();
        assert_eq!(share(&long, 0), 0..1);
        assert_eq!(share(&long, 4), 4..5);
        assert_eq!(share(&[page(50_000)], 0), 0..1);
        assert_eq!(share(&[], 3), 0..0);
    }

    #[test]
    fn what_is_heavy_is_a_link_that_says_so() {
        let words = ui::testing::words(base::Lang::En);
        let id = Id::named("resource", "a");
        let form = |name: &str, bytes| Rendition {
            id,
            resource: id,
            channel: "asset".to_owned(),
            name: name.to_owned(),
            mime: "image/png".to_owned(),
            bytes,
            hash: String::new(),
            lang: None,
            seconds: None,
        };
        let forms = [form("a b.png", 90_000), form("small.png", 900)];
        let text = "<p>One <img src=\"asset:a b.png\" alt=\"A hen\"> and \
                    <img src=\"asset:small.png\" alt=\"\"> and <audio src=\"asset:c.mp3\"></audio> end</p>";
        let light = lightened(&words, id, &forms, text, false);
        assert!(!light.contains("asset:a b.png") && light.contains("a%20b.png"));
        assert!(light.contains("<img src=\"asset:small.png\" alt=\"\" loading=\"lazy\">"));
        assert!(
            !light.contains("<audio") && light.contains("c.mp3") && light.ends_with(" end</p>")
        );
        assert!(lightened(&words, id, &forms, text, true).contains("asset:a b.png"));
    }
}
