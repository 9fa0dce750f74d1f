//! Items as QTI 3, and as a package of them.

use crate::clean::{escape, rewrite};
use crate::item::{Choice, Form, Interaction, Item, Part, Text};
use crate::pack;
use base::Result;
use std::fmt::Write as _;

/// One item as a QTI 3 document in one language.
pub fn item_xml(item: &Item, id: &str, title: &str, lang: &str) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = write!(
        out,
        "<qti-assessment-item xmlns=\"http://www.imsglobal.org/xsd/imsqtiasi_v3p0\" identifier=\"{}\" title=\"{}\" \
         xml:lang=\"{}\" time-dependent=\"false\" adaptive=\"false\"",
        escape(&name(id)),
        escape(title),
        escape(lang)
    );
    if let Some(difficulty) = item.difficulty {
        let _ = write!(out, " data-difficulty=\"{difficulty}\"");
    }
    out.push_str(">\n");
    declaration(&mut out, item, lang);
    out.push_str("<qti-outcome-declaration identifier=\"SCORE\" cardinality=\"single\" base-type=\"float\"/>\n");
    out.push_str("<qti-outcome-declaration identifier=\"FEEDBACK\" cardinality=\"multiple\" base-type=\"identifier\"/>\n");
    out.push_str("<qti-item-body>\n");
    let _ = writeln!(out, "<div>{}</div>", html(&item.prompt, lang));
    interaction(&mut out, item, lang);
    out.push_str("</qti-item-body>\n");
    if !matches!(item.interaction, Interaction::Open { .. }) {
        out.push_str("<qti-response-processing template=\"https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml\"/>\n");
    }
    for (id, text) in [
        ("hint", &item.hint),
        ("correct", &item.when_right),
        ("incorrect", &item.when_wrong),
        ("solution", &item.solution),
    ] {
        if !text.is_empty() {
            let _ = writeln!(
                out,
                "<qti-modal-feedback outcome-identifier=\"FEEDBACK\" identifier=\"{id}\" show-hide=\"show\">\
                 <qti-content-body>{}</qti-content-body></qti-modal-feedback>",
                html(text, lang)
            );
        }
    }
    out.push_str("</qti-assessment-item>\n");
    out
}

/// An id as QTI takes it: it starts with a letter.
fn name(id: &str) -> String {
    let id: String = id
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') {
                c
            } else {
                '-'
            }
        })
        .collect();
    if id.starts_with(|c: char| c.is_ascii_alphabetic()) {
        id
    } else {
        format!("i-{id}")
    }
}

/// What stands before the ids of the two sides of a match, so that none is on both.
fn sides(left: &[Part], right: &[Part]) -> (&'static str, &'static str) {
    let both = left
        .iter()
        .any(|part| right.iter().any(|other| other.id == part.id));
    if both { ("L-", "R-") } else { ("", "") }
}

/// Small HTML as XML.
fn html(text: &Text, lang: &str) -> String {
    let html = rewrite(text.get(lang), &|address| {
        Some(address.strip_prefix("asset:").unwrap_or(address).to_owned())
    });
    let mut out = String::with_capacity(html.len());
    let mut rest = html.as_str();
    while let Some(start) = rest.find('<') {
        let Some(size) = rest.get(start..).and_then(|tag| tag.find('>')) else {
            break;
        };
        let (before, tail) = rest.split_at(start);
        let (tag, after) = tail.split_at(size);
        out.push_str(before);
        out.push_str(&tag.replace("<audio controls ", "<audio controls=\"controls\" "));
        let word = tag
            .trim_start_matches('<')
            .split(' ')
            .next()
            .unwrap_or_default();
        out.push_str(if matches!(word, "br" | "hr" | "img") {
            "/>"
        } else {
            ">"
        });
        rest = after.strip_prefix('>').unwrap_or(after);
    }
    out.push_str(rest);
    out
}

fn declaration(out: &mut String, item: &Item, lang: &str) {
    let (cardinality, kind, values): (&str, &str, Vec<String>) = match &item.interaction {
        Interaction::Choice { options } => ("single", "identifier", right(options)),
        Interaction::Several { options } => ("multiple", "identifier", right(options)),
        Interaction::Word { accepted, .. } => {
            let own = accepted.get(lang).or_else(|| accepted.values().next());
            ("single", "string", own.cloned().unwrap_or_default())
        }
        Interaction::Number { answer, .. } => {
            let decimal = answer.trim().parse::<f64>().is_ok();
            (
                "single",
                if decimal { "float" } else { "string" },
                vec![answer.clone()],
            )
        }
        Interaction::Order { parts } => (
            "ordered",
            "identifier",
            parts.iter().map(|part| name(&part.id)).collect(),
        ),
        Interaction::Match { left, right, pairs } => {
            let (l, r) = sides(left, right);
            let pairs = pairs.iter().map(|(from, to)| {
                format!(
                    "{} {}",
                    name(&format!("{l}{from}")),
                    name(&format!("{r}{to}"))
                )
            });
            ("multiple", "directedPair", pairs.collect())
        }
        Interaction::Open { .. } => ("single", "string", Vec::new()),
    };
    let _ = write!(
        out,
        "<qti-response-declaration identifier=\"RESPONSE\" cardinality=\"{cardinality}\" base-type=\"{kind}\">"
    );
    let words = matches!(item.interaction, Interaction::Word { .. });
    if !values.is_empty() {
        out.push_str("<qti-correct-response>");
        for value in values.iter().take(if words { 1 } else { values.len() }) {
            let _ = write!(out, "<qti-value>{}</qti-value>", escape(value));
        }
        out.push_str("</qti-correct-response>");
    }
    if let Interaction::Word { case, .. } = &item.interaction {
        out.push_str("<qti-mapping default-value=\"0\">");
        for value in &values {
            let _ = write!(
                out,
                "<qti-map-entry map-key=\"{}\" mapped-value=\"1\" case-sensitive=\"{case}\"/>",
                escape(value)
            );
        }
        out.push_str("</qti-mapping>");
    }
    out.push_str("</qti-response-declaration>\n");
}

fn right(options: &[Choice]) -> Vec<String> {
    options
        .iter()
        .filter(|option| option.right)
        .map(|option| name(&option.id))
        .collect()
}

fn interaction(out: &mut String, item: &Item, lang: &str) {
    match &item.interaction {
        Interaction::Choice { options } => choice(out, options, 1, lang),
        Interaction::Several { options } => choice(out, options, 0, lang),
        Interaction::Word { accents, .. } => {
            let _ = writeln!(
                out,
                "<p><qti-text-entry-interaction response-identifier=\"RESPONSE\" data-accents=\"{accents}\"/></p>"
            );
        }
        Interaction::Number {
            tolerance,
            form,
            unit,
            ..
        } => {
            out.push_str("<p><qti-text-entry-interaction response-identifier=\"RESPONSE\" data-kind=\"number\"");
            let form = match form {
                Form::Value => "value",
                Form::Simplest => "simplest",
                Form::Exact => "exact",
            };
            let _ = write!(out, " data-form=\"{form}\"");
            if let Some(tolerance) = tolerance {
                let _ = write!(out, " data-tolerance=\"{}\"", escape(tolerance));
            }
            if !unit.is_empty() {
                let _ = write!(out, " data-unit=\"{}\"", escape(unit.get(lang)));
            }
            out.push_str("/></p>\n");
        }
        Interaction::Order { parts } => {
            // Shown by their ids, not in the right order.
            let mut shown: Vec<&Part> = parts.iter().collect();
            shown.sort_by(|a, b| a.id.cmp(&b.id));
            out.push_str(
                "<qti-order-interaction response-identifier=\"RESPONSE\" shuffle=\"true\">\n",
            );
            for part in shown {
                let _ = writeln!(
                    out,
                    "<qti-simple-choice identifier=\"{}\">{}</qti-simple-choice>",
                    name(&part.id),
                    html(&part.text, lang)
                );
            }
            out.push_str("</qti-order-interaction>\n");
        }
        Interaction::Match { left, right, .. } => {
            let _ = writeln!(
                out,
                "<qti-match-interaction response-identifier=\"RESPONSE\" shuffle=\"true\" max-associations=\"{}\">",
                left.len()
            );
            let (l, r) = sides(left, right);
            for (side, parts, most) in [(l, left, 1), (r, right, 0)] {
                out.push_str("<qti-simple-match-set>\n");
                for part in parts {
                    let _ = writeln!(
                        out,
                        "<qti-simple-associable-choice identifier=\"{}\" match-max=\"{most}\">{}</qti-simple-associable-choice>",
                        name(&format!("{side}{}", part.id)),
                        html(&part.text, lang)
                    );
                }
                out.push_str("</qti-simple-match-set>\n");
            }
            out.push_str("</qti-match-interaction>\n");
        }
        Interaction::Open { lines, rubric } => {
            let _ = writeln!(
                out,
                "<qti-extended-text-interaction response-identifier=\"RESPONSE\" expected-lines=\"{lines}\"/>"
            );
            if !rubric.is_empty() {
                let _ = writeln!(
                    out,
                    "<qti-rubric-block view=\"scorer\"><qti-content-body>{}</qti-content-body></qti-rubric-block>",
                    html(rubric, lang)
                );
            }
        }
    }
}

fn choice(out: &mut String, options: &[Choice], most: u8, lang: &str) {
    let _ = writeln!(
        out,
        "<qti-choice-interaction response-identifier=\"RESPONSE\" shuffle=\"false\" max-choices=\"{most}\">"
    );
    for option in options {
        let _ = write!(
            out,
            "<qti-simple-choice identifier=\"{}\">{}",
            name(&option.id),
            html(&option.text, lang)
        );
        if !option.feedback.is_empty() {
            let _ = write!(
                out,
                "<qti-feedback-inline outcome-identifier=\"FEEDBACK\" identifier=\"{}\" show-hide=\"show\">{}</qti-feedback-inline>",
                name(&option.id),
                html(&option.feedback, lang)
            );
        }
        out.push_str("</qti-simple-choice>\n");
    }
    out.push_str("</qti-choice-interaction>\n");
}

/// Items with their ids and titles as a QTI 3 package in one language, with a test that names them
/// in order. `assets` are the files that their texts show.
///
/// # Errors
/// A fault when it would be larger than a zip can be.
pub fn package(
    title: &str,
    items: &[(String, String, Item)],
    assets: &[(String, Vec<u8>)],
    lang: &str,
) -> Result<Vec<u8>> {
    let mut files = Vec::new();
    let (mut resources, mut refs) = (String::new(), String::new());
    for (id, title, item) in items {
        let file = format!("{}.xml", name(id));
        let id = name(id);
        let _ = writeln!(
            resources,
            "<resource identifier=\"{id}\" type=\"imsqti_item_xmlv3p0\" href=\"{file}\"><file href=\"{file}\"/></resource>"
        );
        let _ = writeln!(
            refs,
            "<qti-assessment-item-ref identifier=\"{id}\" href=\"{file}\"/>"
        );
        files.push((file, item_xml(item, &id, title, lang).into_bytes()));
    }
    for (name, _) in assets {
        let name = escape(name);
        let _ = writeln!(
            resources,
            "<resource identifier=\"asset-{}\" type=\"webcontent\" href=\"{name}\"><file href=\"{name}\"/></resource>",
            resources.len()
        );
    }
    let test = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<qti-assessment-test xmlns=\"http://www.imsglobal.org/xsd/imsqtiasi_v3p0\" \
         identifier=\"test\" title=\"{}\"><qti-test-part identifier=\"part\" navigation-mode=\"nonlinear\" \
         submission-mode=\"individual\"><qti-assessment-section identifier=\"section\" title=\"{}\" visible=\"true\">\n{refs}\
         </qti-assessment-section></qti-test-part></qti-assessment-test>\n",
        escape(title),
        escape(title)
    );
    let manifest = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest xmlns=\"http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1\" \
         identifier=\"manifest\"><metadata><schema>QTI Package</schema><schemaversion>3.0.0</schemaversion></metadata>\
         <organizations/><resources>\n<resource identifier=\"test\" type=\"imsqti_test_xmlv3p0\" href=\"test.xml\">\
         <file href=\"test.xml\"/></resource>\n{resources}</resources></manifest>\n"
    );
    files.insert(0, ("imsmanifest.xml".to_owned(), manifest.into_bytes()));
    files.insert(1, ("test.xml".to_owned(), test.into_bytes()));
    files.extend(assets.iter().cloned());
    pack(&files)
}
