//! What several pages show of figures: results by level, units by where they are, a mission's bar.

use crate::labels::{self, Labels, ends, linked};
use crate::snapshot::{Figure, Snapshot};
use lang::Words;
use std::collections::BTreeSet;
use ui::charts::{As, Range, ranges};
use ui::{Html, html};

/// The levels at which results are shown side by side.
const RESULTS: [&str; 3] = ["delivered", "confirmed", "verified"];

/// One figure among many.
pub fn find<'a>(figures: &'a [Figure], code: &str, level: &str) -> Option<&'a Figure> {
    figures
        .iter()
        .find(|figure| figure.code == code && figure.level == level)
}

/// Every indicator with what was delivered, confirmed and verified of it: intervals that open their
/// rows. None when nothing was told.
pub fn results(
    words: &Words,
    labels: &Labels,
    snapshot: &Snapshot,
    figures: &[Figure],
) -> Option<Html> {
    let told = figures
        .iter()
        .filter(|figure| is_told(std::slice::from_ref(*figure)));
    let codes: BTreeSet<&str> = told.map(|figure| figure.code.as_str()).collect();
    if codes.is_empty() {
        return None;
    }
    let mut head = vec![words.say("column-indicator"), words.say("column-unit")];
    head.extend(RESULTS.map(|level| words.code("reports-level", level)));
    head.push(words.say("column-as-of"));
    let rows: Vec<Vec<Html>> = codes
        .iter()
        .filter_map(|code| {
            let first = figures.iter().find(|figure| figure.code == *code)?;
            let of_code = figures.iter().filter(|figure| figure.code == *code);
            let as_of = of_code.filter_map(|figure| figure.as_of).max();
            let mut cells = vec![
                html!("{}", labels.code(words, code)),
                html!("{}", labels.unit(words, first)),
            ];
            cells.extend(RESULTS.map(|level| match find(figures, code, level) {
                Some(figure) => linked(words, snapshot, figure),
                None => html!("{}", words.say("unknown")),
            }));
            let day = as_of.map_or_else(|| words.say("unknown"), |day| words.day(day));
            cells.push(html!("{}", day));
            Some(cells)
        })
        .collect();
    Some(ui::plain_table(&words.say("reports-results"), &head, &rows))
}

/// Whether anything was told, by anybody.
pub fn is_told(figures: &[Figure]) -> bool {
    let counted = ["distinct", "additive"];
    figures
        .iter()
        .any(|figure| counted.contains(&figure.rule.as_str()))
}

/// A mission level by level against its target.
pub fn mission(
    words: &Words,
    title: &str,
    target: Option<i64>,
    code: &str,
    snapshot: &Snapshot,
    figures: &[Figure],
) -> Html {
    // What deployments plan to reach are people of any kind: it stands apart, below no target.
    let row = |level: &str| {
        let label = words.code("reports-level", level);
        match find(figures, code, level) {
            Some(figure) => {
                let (low, high) = ends(figure);
                let label = ui::link(&figure.name().path(snapshot.id), label);
                Some(Range { label, low, high })
            }
            // What waits for acceptance is shown only when something waits.
            None if level == "reported" => None,
            None => Some(Range {
                label: ui::text(&label),
                low: None,
                high: None,
            }),
        }
    };
    let rows = ["reported", "delivered", "confirmed", "verified"];
    let rows: Vec<Range> = rows.into_iter().filter_map(row).collect();
    #[expect(clippy::cast_precision_loss, reason = "targets are small")]
    let target = target.map(|target| target as f64);
    ranges(words, title, target, &rows, As::Whole)
}

/// Where every unit is, one strip for each service class; most lines first.
pub fn units(
    words: &Words,
    labels: &Labels,
    snapshot: &Snapshot,
    figures: &[Figure],
    most: usize,
) -> Option<Html> {
    let mut wholes: Vec<(&str, i64, i64, [i64; 8])> = Vec::new();
    for figure in figures {
        let Some(class) = figure.code.strip_prefix("units_") else {
            continue;
        };
        if wholes.last().is_none_or(|(last, ..)| *last != class) {
            wholes.push((class, 0, 0, [0; 8]));
        }
        let Some((_, lines, quantity, buckets)) = wholes.last_mut() else {
            continue;
        };
        let amount = figure.low.unwrap_or(0);
        *lines = figure.records.max(*lines);
        let bucket = ui::charts::BUCKETS
            .iter()
            .position(|code| *code == figure.level);
        if let Some(bucket) = bucket.and_then(|at| buckets.get_mut(at)) {
            *bucket = amount;
            *quantity += amount;
        }
    }
    wholes.retain(|(_, _, quantity, _)| *quantity > 0);
    if wholes.is_empty() {
        return None;
    }
    wholes.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let used: Vec<usize> = (0..8)
        .filter(|at| {
            wholes
                .iter()
                .any(|(.., buckets)| buckets.get(*at) > Some(&0))
        })
        .collect();
    let legend: Html = used
        .iter()
        .filter_map(|at| ui::charts::BUCKETS.get(*at).map(|code| (at, code)))
        .map(|(at, code)| html!(
            "<li><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect class=\"s{}\" width=\"10\" height=\"10\"/></svg>{}</li>",
            *at,
            words.code("bucket", code)
        ))
        .collect();
    let rows: Html = wholes
        .iter()
        .take(most)
        .map(|(class, _, quantity, buckets)| {
            strip(
                words,
                labels,
                snapshot,
                figures,
                (class, *quantity, buckets),
            )
        })
        .collect();
    Some(html!(
        "<figure class=\"chart\"><figcaption>{}</figcaption><ul class=\"legend\">{}</ul><ul class=\"bars\">{}</ul></figure>",
        words.say("reports-units-caption"),
        legend,
        rows
    ))
}

fn strip(
    words: &Words,
    labels: &Labels,
    snapshot: &Snapshot,
    figures: &[Figure],
    (class, quantity, buckets): (&str, i64, &[i64; 8]),
) -> Html {
    let (name, unit) = labels.class(words, class);
    let code = format!("units_{class}");
    let whole = figures.iter().find(|figure| figure.code == code);
    let name = match whole {
        Some(figure) => ui::link(&figure.name().path(snapshot.id), name),
        None => ui::text(&name),
    };
    let (mut marks, mut says) = (Html::new(), Vec::new());
    for (at, ((from, width), amount)) in segments(buckets).into_iter().zip(buckets).enumerate() {
        if *amount <= 0 {
            continue;
        }
        marks.push(html!(
            "<rect class=\"s{}\" x=\"{}\" width=\"{}\" height=\"10\"/>",
            at,
            from,
            width
        ));
        let bucket = ui::charts::BUCKETS.get(at).copied().unwrap_or_default();
        says.push(format!(
            "{} {}",
            words.code("bucket", bucket),
            words.number(*amount)
        ));
    }
    html!(
        "<li><span>{}</span><bdi>{} {}</bdi><svg viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" role=\"img\"><title>{}</title>{}</svg></li>",
        name,
        words.number(quantity),
        unit,
        says.join(", "),
        marks
    )
}

/// Where each part of a whole begins and how wide it is, in thousandths: together exactly the
/// whole, and what is not nothing is seen.
fn segments(parts: &[i64]) -> Vec<(i64, i64)> {
    let whole: i128 = parts.iter().map(|part| i128::from((*part).max(0))).sum();
    let mut before = 0_i128;
    let mut from = 0_i64;
    let mut out = Vec::with_capacity(parts.len());
    for part in parts {
        before += i128::from((*part).max(0));
        let end = if whole > 0 { before * 1000 / whole } else { 0 };
        let end = i64::try_from(end).unwrap_or(1000);
        let width = (end - from).max(i64::from(*part > 0));
        out.push((from, width));
        from = end;
    }
    out
}

/// A heading figure: the number opens its page; what it counts; as of when.
pub fn headline(words: &Words, labels: &Labels, snapshot: &Snapshot, figure: &Figure) -> Html {
    let path = figure.name().path(snapshot.id);
    let day = figure.as_of.unwrap_or(snapshot.today);
    let beside = words.say_with("reports-as-of", &[("day", words.day(day).into())]);
    let beside = html!("<p>{}</p>", ui::link(&path, beside));
    let label = labels.code(words, &figure.code);
    ui::figure(&labels::said(words, figure), &label, Some(&beside))
}

#[cfg(test)]
mod tests {
    use super::segments;

    #[test]
    fn parts_fill_the_whole_and_none_is_lost_from_sight() {
        assert_eq!(segments(&[1, 0, 1]), [(0, 500), (500, 0), (500, 500)]);
        let tiny = segments(&[999_999, 1]);
        assert_eq!(tiny[0], (0, 999));
        assert!(tiny[1].1 >= 1, "{tiny:?}");
        assert_eq!(segments(&[0, 0]), [(0, 0), (0, 0)]);
        let big = segments(&[i64::MAX / 2, i64::MAX / 2]);
        assert_eq!(big.iter().map(|(_, width)| width).sum::<i64>(), 1000);
    }
}
