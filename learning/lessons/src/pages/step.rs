//! One step of a lesson as HTML: text, and what others made, as far as its licence lets it be shown.

use crate::lesson::{Body, Step};
use crate::shown::{content, dir, spoken};
use base::{Error, Id, Result};
use db::Tx;
use resources::{Rendition, Resource, Use};
use ui::{Html, Tone, html};
use web::Ask;

/// A text or resource step for whoever asks. Nothing for an item: its caller knows who answers it, and where to.
///
/// # Errors
/// A fault of the database or of the disk.
pub fn render_step(tx: &mut Tx, ask: &Ask, lang: &str, step: &Step) -> Result<Html> {
    match &step.body {
        Body::Text { html, .. } => {
            let langs: Vec<&str> = html.0.keys().map(String::as_str).collect();
            let lang = spoken(&langs, lang);
            let sound = crate::sounds::heard(&step.sounds, lang);
            Ok(html!(
                "<section lang=\"{}\" dir=\"{}\">{}{}</section>",
                lang,
                dir(lang),
                sound.map(|sound| crate::sounds::player(&ask.words, sound)),
                content(&ask.words, html, lang)
            ))
        }
        Body::Resource { resource, page } => shown(tx, ask, *resource, *page),
        Body::Item(_) => Ok(Html::new()),
    }
}

fn gone(ask: &Ask, key: &str) -> Html {
    ui::notice(&ask.words, Tone::Warn, ask.words.say(key))
}

fn shown(tx: &mut Tx, ask: &Ask, id: Id, page: Option<i64>) -> Result<Html> {
    let one = match resources::resource(tx, id) {
        Ok(one) => one,
        Err(Error::Missing) => return Ok(gone(ask, "lessons-resource-missing")),
        Err(error) => return Err(error),
    };
    let words = &ask.words;
    if one.standing == resources::Standing::Withdrawn {
        return Ok(gone(ask, "lessons-resource-withdrawn"));
    }
    if let Err(refusal) = one.may(Use::Show) {
        return Ok(ui::notice(words, Tone::Warn, words.refusal(&refusal)));
    }
    let renditions = resources::renditions(tx, id)?;
    let mut out = html!(
        "<h3><a href=\"/resources/{}\">{}</a></h3>",
        one.id.to_string(),
        words.name(&one.names)
    );
    // A later room opens packages.
    out.push(web::html::slot(
        tx,
        ask,
        "resource-open",
        &one.id.to_string(),
    )?);
    match renditions.iter().find(|r| r.channel == "text") {
        Some(text) => out.push(text_pages(ask, &one, text, page)?),
        None => out.push(heavy(ask, &one, &renditions)),
    }
    out.push(html!("<p><small>{}</small></p>", one.credit));
    Ok(out)
}

fn text_pages(ask: &Ask, one: &Resource, text: &Rendition, page: Option<i64>) -> Result<Html> {
    let pages = resources::text_of(&ask.site.files, text)?;
    let lang = text
        .lang
        .clone()
        .or_else(|| one.langs.first().cloned())
        .unwrap_or_default();
    let wanted = page.and_then(|n| usize::try_from(n - 1).ok());
    let pages: Vec<&resources::TextPage> = match wanted {
        Some(n) => pages.get(n).into_iter().collect(),
        None => pages.iter().take(PAGES_SHOWN).collect(),
    };
    let base = format!("/resources/{}", one.id);
    let body: Html = pages
        .iter()
        .map(|page| {
            let asset = |name: &str| format!("{base}/files/{name}");
            let other = |n: &str| format!("{base}?page={n}");
            Html::raw(formats::linked(&page.html, &|name| asset(name), &|n| {
                other(&n.to_string())
            }))
        })
        .collect();
    Ok(html!(
        "<section lang=\"{}\" dir=\"{}\">{}</section>",
        lang,
        dir(&lang),
        body
    ))
}

/// Pages of a whole work shown in a lesson; the rest is one link away.
const PAGES_SHOWN: usize = 12;

/// What is heavy says its size before it is fetched; nothing is fetched unasked.
fn heavy(ask: &Ask, one: &Resource, renditions: &[Rendition]) -> Html {
    let words = &ask.words;
    let sound = resources::sound_of(renditions).map(|r| r.id);
    let picture = resources::picture_of(renditions).map(|r| r.id);
    // Of several recordings or pictures the lightest; the others are on the resource's page.
    let shown = renditions.iter().filter(|r| match r.channel.as_str() {
        "asset" => false,
        "audio" => Some(r.id) == sound,
        "image" => Some(r.id) == picture,
        _ => true,
    });
    let links = shown.map(|r| {
        let href = format!("/resources/{}/download/{}", one.id, r.id);
        let size = ui::size(words, usize::try_from(r.bytes).unwrap_or(0));
        match r.channel.as_str() {
            "audio" => html!(
                "<p><audio controls preload=\"none\" src=\"{}\"></audio> <a href=\"{}\">{}</a> ({})</p>",
                href,
                href,
                r.name,
                size
            ),
            "video" => html!(
                "<p><video controls preload=\"none\" width=\"320\" src=\"{}\"></video><br><a href=\"{}\">{}</a> ({})</p>",
                href,
                href,
                r.name,
                size
            ),
            _ => html!("<p><a href=\"{}\">{}</a> ({})</p>", href, r.name, size),
        }
    });
    links.collect()
}
