//! The document as PDF and as text, the papers, and the page a square leads to.

use super::agreement::{inside, seen};
use crate::acts::drafting;
use crate::agreement::{Agreement, Version};
use crate::{store, work};
use base::{Error, Id, Result};
use db::Tx;
use files::Upload;
use ui::{Control, Html, Input, Tone, html};
use web::{Answer, Ask, Download, Page};

/// The version asked for; otherwise the one in preparation for those who work on it, the valid one
/// for everybody else.
fn version(tx: &mut Tx, ask: &Ask, a: &Agreement) -> Result<Version> {
    let asked = ask.query.get("version").and_then(|text| text.parse().ok());
    let inside = inside(ask, a);
    let number = match (asked, a.open()) {
        (Some(number), _) => number,
        (None, Some((number, _))) if inside => number,
        (None, _) => a.number,
    };
    let version = store::versions::find(tx, a.id, number)?;
    if inside || version.signed_on.is_some() {
        Ok(version)
    } else {
        Err(Error::Missing)
    }
}

/// The document of a version: as released, or as it would be.
fn document(tx: &mut Tx, ask: &Ask, a: &Agreement, version: &Version) -> Result<press::Document> {
    match version.document {
        Some(_) => work::released(version),
        None => drafting::preview(tx, a, version, None, ask.now),
    }
}

/// The PDF: kept once it was set, and the same bytes ever after; a draft is set as it is asked for.
pub(crate) fn pdf(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let a = seen(tx, ask)?;
    let version = version(tx, ask, &a)?;
    let name = work::name(&a.code, version.number);
    if let Some(hash) = version.pdf.clone().filter(|hash| ask.site.files.has(hash)) {
        return Ok(Answer::Kept(web::room::Kept {
            hash,
            name,
            mime: press::MIME.to_owned(),
            fixed: ask.query.contains_key("version"),
        }));
    }
    let document = document(tx, ask, &a, &version)?;
    Ok(Answer::File(Download {
        name,
        mime: press::MIME.to_owned(),
        bytes: press::pdf(&document)?,
    }))
}

/// The words whose hash is signed: any tool can hash them again.
pub(crate) fn text(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let a = seen(tx, ask)?;
    let version = version(tx, ask, &a)?;
    let document = work::released(&version)?;
    Ok(Answer::File(Download {
        name: work::name(&a.code, version.number).replace(".pdf", ".txt"),
        mime: "text/plain; charset=utf-8".to_owned(),
        bytes: document.text().into_bytes(),
    }))
}

/// A paper somebody signed: for the parties, the secretariat and the auditor.
pub(crate) fn paper(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let a = seen(tx, ask)?;
    let (party, number) = (ask.id("party")?, version(tx, ask, &a)?.number);
    let all = store::versions::signatures(tx, a.id)?;
    let own = all
        .into_iter()
        .find(|s| s.number == number && s.organisation == party);
    kept(ask, &a, own.and_then(|s| s.paper))
}

/// The paper that ended it, for the same people.
pub(crate) fn ending_paper(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let a = seen(tx, ask)?;
    let paper = a
        .ended_paper
        .as_deref()
        .map(store::versions::paper)
        .transpose()?;
    kept(ask, &a, paper)
}

fn kept(ask: &Ask, a: &Agreement, paper: Option<Upload>) -> Result<Answer> {
    let paper = paper.filter(|_| inside(ask, a)).ok_or(Error::Missing)?;
    Ok(Answer::Kept(web::room::Kept {
        hash: paper.hash,
        name: paper.name,
        mime: paper.mime,
        fixed: false,
    }))
}

/// Whether the paper in somebody's hand is what was released and signed. Tells strangers nothing of
/// an unsigned version but that it is not signed.
pub(crate) fn check(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let a = store::agreements::find(tx, ask.id("id")?, ask.today)?;
    let versions = store::versions::all(tx, a.id)?;
    let released: Vec<&Version> = versions
        .iter()
        .filter(|v| v.document_hash.is_some())
        .collect();
    if released.is_empty() && !inside(ask, &a) {
        return Err(Error::Missing);
    }
    let asked = ask
        .query
        .get("version")
        .and_then(|text| text.parse::<i64>().ok());
    let mut body = html!("<p>{}</p>", words.say("agreements-check-intro"));
    body.push(compared(ask, &a, &released));
    for version in released
        .iter()
        .rev()
        .filter(|v| asked.is_none_or(|n| n == v.number))
    {
        body.push(told(tx, ask, &a, version)?);
    }
    if a.is_public() {
        let link = ui::link(&a.path(), words.say("agreements-see"));
        body.push(html!("<p>{}</p>", link));
    }
    Ok(Answer::Page(Page {
        title: words.say_with(
            "agreements-check-title",
            &[("code", a.code.as_str().into())],
        ),
        body,
        ..Page::default()
    }))
}

/// The form for the characters at the foot of a page, and what comes of comparing them.
fn compared(ask: &Ask, a: &Agreement, released: &[&Version]) -> Html {
    let words = &ask.words;
    let entered = ask.query.get("fingerprint").map_or("", String::as_str);
    let plain: String = entered.chars().filter(char::is_ascii_hexdigit).collect();
    let plain = plain.to_lowercase();
    let mut out = Html::new();
    if !plain.is_empty() {
        let same = released
            .iter()
            .find(|v| v.document_hash.as_deref() == Some(&plain));
        out.push(match same {
            Some(version) => {
                let args = [("number", version.number.into())];
                ui::notice(
                    words,
                    Tone::Good,
                    words.say_with("agreements-check-same", &args),
                )
            }
            None => ui::notice(words, Tone::Bad, words.say("agreements-check-other")),
        });
    }
    let label = words.say("agreements-check-fingerprint");
    let field = Control::new("fingerprint", &label, Input::Text { max: 100 }).value(entered);
    out.push(ui::filters(
        words,
        &format!("{}/check", a.path()),
        None,
        &[field],
    ));
    out
}

fn told(tx: &mut Tx, ask: &Ask, a: &Agreement, version: &Version) -> Result<Html> {
    let words = &ask.words;
    let number = version.number;
    let state = if version.signed_on.is_none() {
        words.say("agreements-check-unsigned")
    } else if number == a.number {
        let state = words.code("agreement-state", a.standing.code());
        words.say_with("agreements-check-valid", &[("state", state.into())])
    } else {
        words.say_with("agreements-check-replaced", &[("number", a.number.into())])
    };
    let mut items = Html::new();
    if version.signed_on.is_some() {
        let all = store::versions::signatures(tx, a.id)?;
        let own: Vec<_> = all.iter().filter(|s| s.number == number).collect();
        let ids: Vec<Id> = own.iter().map(|s| s.organisation).collect();
        let names = super::register::names(tx, ask, &ids)?;
        for signature in own {
            let name = names
                .get(&signature.organisation)
                .cloned()
                .unwrap_or_default();
            let args = [
                ("party", name.into()),
                ("day", words.day(signature.signed_on).into()),
                (
                    "method",
                    words
                        .code("agreement-method", signature.method.code())
                        .into(),
                ),
            ];
            items.push(html!(
                "<li>{}</li>",
                words.say_with("agreements-check-signed", &args)
            ));
        }
    }
    let hash = version.document_hash.as_deref().unwrap_or_default();
    let body = html!(
        "<p>{}</p><p><code>{}</code></p><ul>{}</ul>",
        state,
        hash,
        items
    );
    let title = words.say_with("agreements-version", &[("number", number.into())]);
    Ok(ui::section(&title, body))
}
