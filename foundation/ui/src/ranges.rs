//! Intervals as bars: what is certain in full colour, what is possible lighter, what nobody bounds
//! in dashes; a target, where there is one, as a line across.

use crate::charts::{As, behind, frame, swatch};
use crate::html::Html;
use lang::Words;

/// A name and the interval known of it; both ends unknown is unknown.
#[derive(Clone, Debug)]
pub struct Range {
    pub label: Html,
    pub low: Option<f64>,
    pub high: Option<f64>,
}

impl Range {
    /// The ends as far as they are drawn: what is certain, and how far it may go.
    fn drawn(&self, most: f64) -> (f64, f64) {
        let low = self.low.unwrap_or(0.0).max(0.0);
        let open = if self.low.is_some() { most } else { 0.0 };
        (low, self.high.unwrap_or(open).max(low))
    }
}

/// An interval in words: a number when both ends are the same, unknown when there is none.
pub fn between(words: &Words, low: Option<f64>, high: Option<f64>, how: As) -> String {
    let say = |end: f64| how.say(words, Some(end));
    match (low, high) {
        (None, None) => words.say("unknown"),
        #[expect(clippy::float_cmp, reason = "two ends that are one number")]
        (Some(low), Some(high)) if low == high => say(low),
        (None | Some(0.0), Some(high)) => {
            words.say_with("ui-range-at-most", &[("n", say(high).into())])
        }
        (Some(low), None) => words.say_with("ui-range-at-least", &[("n", say(low).into())]),
        (Some(low), Some(high)) => words.say_with(
            "ui-map-range",
            &[("from", say(low).into()), ("to", say(high).into())],
        ),
    }
}

const WIDE: f64 = 1000.0;
/// How wide the line of the target is: seen on the smallest screen.
const TICK: f64 = 14.0;

/// Intervals under each other on one scale, with a target across them.
pub fn ranges(words: &Words, title: &str, target: Option<f64>, rows: &[Range], how: As) -> Html {
    if rows.is_empty() {
        return frame(title, &html!("<p>{}</p>", words.say("ui-chart-none")));
    }
    let ends = rows.iter().flat_map(|row| [row.low, row.high]).flatten();
    let known = ends.chain(target).filter(|end| end.is_finite());
    let most = known.fold(0.0, f64::max);
    let x = |value: f64| {
        if most > 0.0 {
            (value / most * WIDE).clamp(0.0, WIDE)
        } else {
            0.0
        }
    };
    let mut used = [false; 3];
    let mut lines = Html::new();
    for row in rows {
        let (low, high) = row.drawn(most);
        let open = row.low.is_some() && row.high.is_none();
        let parts = [(5, 0.0, low), (if open { 0 } else { 2 }, low, high)];
        let mut marks = Html::new();
        for (class, from, to) in parts {
            if x(to) > x(from) {
                used[usize::from(class == 2) + 2 * usize::from(class == 0)] = true;
                let (from, wide) = (format!("{:.0}", x(from)), format!("{:.0}", x(to) - x(from)));
                marks.push(html!(
                    "<rect class=\"s{}\" x=\"{}\" width=\"{}\" height=\"10\"/>",
                    class,
                    from,
                    wide
                ));
            }
        }
        if let Some(target) = target {
            let at = format!("{:.0}", (x(target) - TICK).max(0.0));
            marks.push(html!(
                "<rect class=\"s6\" x=\"{}\" y=\"-2\" width=\"{}\" height=\"14\"/>",
                at,
                format!("{TICK}")
            ));
        }
        // The words beside it say all: only the eye needs the bar. What is unknown has none.
        let bar = (row.low.is_some() || row.high.is_some()).then(|| {
            html!(
                "<svg viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">{}</svg>",
                marks
            )
        });
        lines.push(html!(
            "<li><span>{}</span><bdi>{}</bdi>{}</li>",
            &row.label,
            between(words, row.low, row.high, how),
            bar
        ));
    }
    let keys = [
        (5, "ui-range-certain"),
        (2, "ui-range-possible"),
        (0, "ui-range-open"),
    ];
    let shown = keys.into_iter().zip(used).filter(|(_, used)| *used);
    let mut legend: Html = shown
        .map(|((class, key), _)| html!("<li>{}{}</li>", swatch(class), words.say(key)))
        .collect();
    if let Some(target) = target {
        let says = [("n", how.say(words, Some(target)).into())];
        legend.push(html!(
            "<li>{}{}</li>",
            swatch(6),
            words.say_with("ui-range-target", &says)
        ));
    }
    frame(
        title,
        &html!(
            "<ul class=\"legend\">{}</ul><ul class=\"bars\">{}</ul>{}",
            legend,
            lines,
            table(words, title, rows, how)
        ),
    )
}

fn table(words: &Words, title: &str, rows: &[Range], how: As) -> Html {
    let line = |row: &Range| {
        let end = |end| html!("<bdi>{}</bdi>", how.say(words, end));
        vec![row.label.clone(), end(row.low), end(row.high)]
    };
    let rows: Vec<Vec<Html>> = rows.iter().map(line).collect();
    let head = ["ui-chart-name", "ui-range-certain", "ui-range-possible"];
    behind(words, title, &head.map(|key| words.say(key)), &rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::Lang;

    fn row(label: &str, low: Option<f64>, high: Option<f64>) -> Range {
        Range {
            label: crate::text(label),
            low,
            high,
        }
    }

    #[test]
    fn an_interval_is_said_as_it_is() {
        let words = crate::testing::words(Lang::En);
        let say = |low, high| between(&words, low, high, As::Whole);
        assert_eq!(say(None, None), "Unknown");
        assert_eq!(say(Some(0.0), Some(0.0)), "0");
        assert_eq!(say(Some(1_200.0), Some(1_200.0)), "1,200");
        assert_eq!(say(Some(400.0), Some(520.0)), "400 to 520");
        assert_eq!(say(Some(400.0), None), "at least 400");
        assert_eq!(say(Some(0.0), Some(520.0)), "at most 520");
    }

    #[test]
    fn the_certain_part_and_the_possible_part_touch() {
        let words = crate::testing::words(Lang::En);
        let rows = [
            row("Delivered", Some(400.0), Some(600.0)),
            row("Confirmed", Some(250.0), None),
            row("Verified", None, None),
        ];
        let html = ranges(&words, "Teachers", Some(1_000.0), &rows, As::Whole).into_string();
        for part in [
            "class=\"s5\" x=\"0\" width=\"400\"",
            "class=\"s2\" x=\"400\" width=\"200\"",
            "class=\"s0\" x=\"250\" width=\"750\"",
            "<bdi>Unknown</bdi>",
            "class=\"s6\" x=\"986\"",
            "<details>",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
    }
}
