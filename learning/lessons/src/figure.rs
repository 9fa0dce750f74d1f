//! Drawings written in a text: `[[bar 3/4]]`, `[[circle 3/4]]`, `[[set 3/8]]`, `[[line 0 2 4 5]]`. A page draws them, a
//! short message or a voice says them.

use lang::Words;
use std::fmt::Write;

/// A drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// A bar cut into equal parts, the first ones shaded.
    Bar { shaded: u8, parts: u8 },
    /// A circle cut likewise.
    Circle { shaded: u8, parts: u8 },
    /// So many things, the first ones shaded.
    Set { shaded: u8, parts: u8 },
    /// A number line from one whole number to another, each unit cut into parts, a mark at the nth cut.
    Line {
        from: u8,
        to: u8,
        parts: u8,
        mark: Option<u8>,
    },
}

const PARTS_MAX: u8 = 24;

impl Figure {
    /// The drawing of what stands between the brackets.
    pub fn parse(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let kind = words.next()?;
        let rest: Vec<&str> = words.collect();
        let part = || {
            let (shaded, parts) = rest.first()?.split_once('/')?;
            let (shaded, parts) = (shaded.parse().ok()?, parts.parse().ok()?);
            (rest.len() == 1 && shaded <= parts && (1..=PARTS_MAX).contains(&parts))
                .then_some((shaded, parts))
        };
        Some(match kind {
            "bar" => part().map(|(shaded, parts)| Self::Bar { shaded, parts })?,
            "circle" => part().map(|(shaded, parts)| Self::Circle { shaded, parts })?,
            "set" => part().map(|(shaded, parts)| Self::Set { shaded, parts })?,
            "line" => {
                let numbers: Option<Vec<u8>> = rest.iter().map(|n| n.parse().ok()).collect();
                let (from, to, parts, mark) = match numbers?.as_slice() {
                    [from, to, parts] => (*from, *to, *parts, None),
                    [from, to, parts, mark] => (*from, *to, *parts, Some(*mark)),
                    _ => return None,
                };
                let cuts = to.checked_sub(from)?.checked_mul(parts)?;
                if cuts == 0 || cuts > PARTS_MAX || mark.is_some_and(|mark| mark > cuts) {
                    return None;
                }
                Self::Line {
                    from,
                    to,
                    parts,
                    mark,
                }
            }
            _ => return None,
        })
    }

    /// The drawing in words, for who cannot see it.
    pub fn said(self, words: &Words) -> String {
        let counted = |key: &str, shaded: u8, parts: u8| {
            words.say_with(
                key,
                &[
                    ("shaded", i64::from(shaded).into()),
                    ("parts", i64::from(parts).into()),
                ],
            )
        };
        match self {
            Self::Bar { shaded, parts } => counted("lessons-figure-bar", shaded, parts),
            Self::Circle { shaded, parts } => counted("lessons-figure-circle", shaded, parts),
            Self::Set { shaded, parts } => counted("lessons-figure-set", shaded, parts),
            Self::Line {
                from,
                to,
                parts,
                mark,
            } => {
                let mut args = vec![
                    ("from", i64::from(from).into()),
                    ("to", i64::from(to).into()),
                    ("parts", i64::from(parts).into()),
                ];
                match mark {
                    None => words.say_with("lessons-figure-line", &args),
                    Some(mark) => {
                        args.push(("mark", i64::from(mark).into()));
                        words.say_with("lessons-figure-line-marked", &args)
                    }
                }
            }
        }
    }

    /// The drawing in characters, for channels without pictures.
    pub fn characters(self) -> String {
        let row = |shaded: u8, parts: u8, full: &str, empty: &str| {
            let cells = (0..parts).map(|n| if n < shaded { full } else { empty });
            cells.collect::<String>()
        };
        match self {
            Self::Bar { shaded, parts } => row(shaded, parts, "■", "□"),
            Self::Circle { shaded, parts } => format!("({})", row(shaded, parts, "◆", "◇")),
            Self::Set { shaded, parts } => row(shaded, parts, "●", "○"),
            Self::Line {
                from,
                to,
                parts,
                mark,
            } => {
                let mut out = String::new();
                for cut in 0..=(to - from) * parts {
                    if cut % parts == 0 {
                        let _ = write!(out, "{}", from + cut / parts);
                    } else {
                        out.push('+');
                    }
                    if mark == Some(cut) {
                        out.push('▲');
                    }
                    if cut < (to - from) * parts {
                        out.push('-');
                    }
                }
                out
            }
        }
    }

    /// The drawing as SVG, with its words. Every piece is numbers of our own.
    fn svg(self, words: &Words) -> String {
        let mut out = String::new();
        let said = ui::text(&self.said(words));
        let (width, height) = match self {
            Self::Bar { .. } => (204, 34),
            Self::Circle { .. } => (84, 84),
            Self::Set { parts, .. } => (
                i32::from(parts.min(8)) * 24 + 4,
                i32::from(parts.div_ceil(8)) * 24 + 4,
            ),
            Self::Line { .. } => (264, 46),
        };
        let _ = write!(
            out,
            "<svg role=\"img\" aria-label=\"{said}\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\">"
        );
        match self {
            Self::Bar { shaded, parts } => bar(&mut out, shaded, parts),
            Self::Circle { shaded, parts } => circle(&mut out, shaded, parts),
            Self::Set { shaded, parts } => {
                for n in 0..parts {
                    let (x, y) = (i32::from(n % 8) * 24 + 14, i32::from(n / 8) * 24 + 14);
                    let fill = if n < shaded {
                        " fill=\"currentColor\""
                    } else {
                        ""
                    };
                    let _ = write!(out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"9\"{fill}/>");
                }
            }
            Self::Line {
                from,
                to,
                parts,
                mark,
            } => line(&mut out, from, to, parts, mark),
        }
        out.push_str("</svg>");
        out
    }
}

fn bar(out: &mut String, shaded: u8, parts: u8) {
    let step = 200.0 / f64::from(parts);
    let end = 2.0 + step * f64::from(shaded);
    let _ = write!(
        out,
        "<path fill=\"currentColor\" fill-opacity=\".45\" stroke=\"none\" d=\"M2 2H{end:.1}V32H2Z\"/><path d=\"M2 2H202V32H2Z"
    );
    for n in 1..parts {
        let x = 2.0 + step * f64::from(n);
        let _ = write!(out, "M{x:.1} 2V32");
    }
    out.push_str("\"/>");
}

fn circle(out: &mut String, shaded: u8, parts: u8) {
    let point = |n: u8| {
        let angle = std::f64::consts::TAU * f64::from(n) / f64::from(parts);
        (42.0 + 40.0 * angle.sin(), 42.0 - 40.0 * angle.cos())
    };
    if shaded == parts {
        out.push_str(
            "<circle cx=\"42\" cy=\"42\" r=\"40\" fill=\"currentColor\" fill-opacity=\".45\"/>",
        );
    } else {
        out.push_str("<circle cx=\"42\" cy=\"42\" r=\"40\"/>");
        if shaded > 0 {
            let (x, y) = point(shaded);
            let large = u8::from(u16::from(shaded) * 2 > u16::from(parts));
            let _ = write!(
                out,
                "<path fill=\"currentColor\" fill-opacity=\".45\" stroke=\"none\" d=\"M42 42V2A40 40 0 {large} 1 {x:.1} {y:.1}Z\"/>"
            );
        }
    }
    if parts > 1 {
        out.push_str("<path d=\"");
        for n in 0..parts {
            let (x, y) = point(n);
            let _ = write!(out, "M42 42L{x:.1} {y:.1}");
        }
        out.push_str("\"/>");
    }
}

fn line(out: &mut String, from: u8, to: u8, parts: u8, mark: Option<u8>) {
    let cuts = (to - from) * parts;
    let at = |cut: u8| 14.0 + 236.0 * f64::from(cut) / f64::from(cuts);
    out.push_str("<path d=\"M2 22H262");
    for cut in 0..=cuts {
        let half = if cut % parts == 0 { 10 } else { 6 };
        let _ = write!(out, "M{:.1} {}V{}", at(cut), 22 - half, 22 + half);
    }
    out.push_str(
        "\"/><g fill=\"currentColor\" stroke=\"none\" font-size=\"13\" text-anchor=\"middle\">",
    );
    for n in from..=to {
        let _ = write!(
            out,
            "<text x=\"{:.1}\" y=\"45\">{n}</text>",
            at((n - from) * parts)
        );
    }
    if let Some(mark) = mark {
        let x = at(mark);
        let _ = write!(
            out,
            "<path d=\"M{:.1} 2H{:.1}L{x:.1} 15Z\"/>",
            x - 6.0,
            x + 6.0
        );
    }
    out.push_str("</g>");
}

/// Cuts a text at its drawings: what is none stays text.
fn each(text: &str, mut words: impl FnMut(&str), mut figure: impl FnMut(Figure)) {
    let mut rest = text;
    while let Some(start) = rest.find("[[") {
        let (before, inside) = rest.split_at(start);
        let found = inside
            .find("]]")
            .and_then(|end| Some((Figure::parse(inside.get(2..end)?)?, end + 2)));
        match found {
            Some((drawn, length)) => {
                words(before);
                figure(drawn);
                rest = inside.get(length..).unwrap_or("");
            }
            None => {
                words(before);
                words("[[");
                rest = inside.get(2..).unwrap_or("");
            }
        }
    }
    words(rest);
}

/// Sets `3/4` in the words of HTML as a fraction; dates, addresses and what stands in tags stay as they are.
fn fractions(html: &str, out: &mut String) {
    let mut rest = html;
    while let Some(at) = rest.find(['/', '<']) {
        let (before, from) = rest.split_at(at);
        if from.starts_with('<') {
            let end = from.find('>').map_or(from.len(), |end| end + 1);
            out.push_str(before);
            out.push_str(from.get(..end).unwrap_or(from));
            rest = from.get(end..).unwrap_or("");
            continue;
        }
        let after = from.get(1..).unwrap_or("");
        let upper = before.len() - before.bytes().rev().take_while(u8::is_ascii_digit).count();
        let lower = after.bytes().take_while(u8::is_ascii_digit).count();
        let (head, top) = before.split_at(upper);
        let (bottom, tail) = after.split_at(lower);
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | ',' | '-');
        let begins = !(head.ends_with(is_part) || head.is_empty() && out.ends_with(is_part));
        let mut behind = tail.chars();
        let ends = match behind.next() {
            Some('.' | ',') => !behind.next().is_some_and(|c| c.is_ascii_digit()),
            Some(c) => !is_part(c),
            None => true,
        };
        if begins && ends && (1..=3).contains(&top.len()) && (1..=3).contains(&lower) {
            let _ = write!(out, "{head}<sup>{top}</sup>⁄<sub>{bottom}</sub>");
            rest = tail;
        } else {
            out.push_str(before);
            out.push('/');
            rest = after;
        }
    }
    out.push_str(rest);
}

/// Sanitised HTML with its drawings drawn and its fractions set.
pub fn drawn(words: &Words, html: &str) -> String {
    if !html.contains("[[") {
        if !html.contains('/') {
            return html.to_owned();
        }
        let mut out = String::with_capacity(html.len() + 100);
        fractions(html, &mut out);
        return out;
    }
    let out = std::cell::RefCell::new(String::with_capacity(html.len() + 400));
    each(
        html,
        |text| fractions(text, &mut out.borrow_mut()),
        |figure| out.borrow_mut().push_str(&figure.svg(words)),
    );
    out.into_inner()
}

/// A text with its drawings in characters.
pub(crate) fn in_characters(text: &str) -> String {
    let out = std::cell::RefCell::new(String::with_capacity(text.len()));
    each(
        text,
        |text| out.borrow_mut().push_str(text),
        |figure| out.borrow_mut().push_str(&figure.characters()),
    );
    out.into_inner()
}

/// Sanitised HTML as plain text, its drawings in characters: for short messages and voices.
pub fn plain(html: &str) -> String {
    in_characters(&formats::plain(html))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_are_set_and_nothing_else() {
        for (html, set) in [
            (
                "<p>3/4 of 12.</p>",
                "<p><sup>3</sup>⁄<sub>4</sub> of 12.</p>",
            ),
            (
                "<a href=\"/a/1/2\">1/2.</a>",
                "<a href=\"/a/1/2\"><sup>1</sup>⁄<sub>2</sub>.</a>",
            ),
            ("3/4/2026 km/h 1/2/3", "3/4/2026 km/h 1/2/3"),
            (
                "1/2 + 1/4 = 3/4, yes",
                "<sup>1</sup>⁄<sub>2</sub> + <sup>1</sup>⁄<sub>4</sub> = <sup>3</sup>⁄<sub>4</sub>, yes",
            ),
            ("1 1/2", "1 <sup>1</sup>⁄<sub>2</sub>"),
            ("x1/2 1/2000", "x1/2 1/2000"),
        ] {
            let mut out = String::new();
            fractions(html, &mut out);
            assert_eq!(out, set, "{html}");
        }
    }

    #[test]
    fn a_drawing_is_read_or_stays_text() {
        for (text, read) in [
            (
                "bar 3/4",
                Some(Figure::Bar {
                    shaded: 3,
                    parts: 4,
                }),
            ),
            (
                "circle 1/2",
                Some(Figure::Circle {
                    shaded: 1,
                    parts: 2,
                }),
            ),
            (
                "line 0 2 4 5",
                Some(Figure::Line {
                    from: 0,
                    to: 2,
                    parts: 4,
                    mark: Some(5),
                }),
            ),
            ("bar 5/4", None),
            ("bar 0/0", None),
            ("bar 1/200", None),
            ("line 2 0 4", None),
            ("line 0 1 4 9", None),
            ("bar", None),
            ("", None),
        ] {
            assert_eq!(Figure::parse(text), read, "{text}");
        }
        assert_eq!(
            plain("<p>A [[bar 3/4]] b [[nothing]] [[ ]]</p>"),
            "A ■■■□ b [[nothing]] [[ ]]"
        );
        assert_eq!(plain("<p>[[line 0 1 2 1]] [[set 1/3]]</p>"), "0-+▲-1 ●○○");
    }
}
