//! Maps: areas shaded by a number, and places as dots, over outlines made ready beforehand.
//!
//! Every shade has its number in the area and in the legend; every map has its table.

use crate::charts::{As, behind, frame, swatch};
use crate::html::Html;
use lang::{Arg, Words};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The shades of a choropleth, lightest first: fills `s1` to `s5`.
const SHADES: usize = 5;
/// Bytes the dots of a map may take; the grid grows coarser until they fit.
const DOTS_BYTES: usize = 7_000;
/// Places a dot of each size stands for, at least.
const DOT_SIZES: [usize; 4] = [1, 2, 10, 100];

/// The outlines of a country's areas, or of the world's countries.
#[derive(Clone, Debug, Deserialize)]
pub struct Outline {
    /// The country's ISO 3166-1 alpha-3; empty for the world.
    #[serde(default)]
    pub country: String,
    #[serde(rename = "viewBox")]
    pub view_box: [f64; 4],
    #[serde(default)]
    pub projection: Option<Projection>,
    pub areas: Vec<Area>,
    /// Where areas lie that are too small to be drawn: code, x, y.
    #[serde(default)]
    pub points: BTreeMap<String, [f64; 2]>,
}

/// One area: its code, its name, its outline as SVG.
#[derive(Clone, Debug, Deserialize)]
pub struct Area {
    #[serde(alias = "iso2")]
    pub code: String,
    pub name: String,
    pub path: String,
    /// Codes of later divisions that lie inside.
    #[serde(default)]
    pub covers: Vec<String>,
}

/// How a latitude and a longitude become x and y.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Projection {
    Equirectangular {
        lon0: f64,
        lat0: f64,
        scale: f64,
        cos: f64,
    },
    NaturalEarth {
        half: f64,
        top: f64,
        scale: f64,
    },
}

impl Projection {
    /// Where a place lies on the map.
    pub fn put(self, lat: f64, lon: f64) -> (f64, f64) {
        match self {
            Self::Equirectangular {
                lon0,
                lat0,
                scale,
                cos,
            } => ((lon - lon0) * cos * scale, (lat0 - lat) * scale),
            Self::NaturalEarth { half, top, scale } => {
                let (l, p) = (lon.to_radians(), lat.to_radians());
                let (q, r) = (p * p, p * p * p * p);
                let x = l
                    * (0.870_700 - 0.131_979 * q
                        + r * (-0.013_791 + r * (0.003_971 * q - 0.001_529 * r)));
                let y = p
                    * (1.007_226
                        + q * (0.015_085 + r * (-0.044_475 + 0.028_874 * q - 0.005_916 * r)));
                ((x + half) * scale, (top - y) * scale)
            }
        }
    }
}

impl Outline {
    /// Reads an outline file.
    ///
    /// # Errors
    /// A fault that says what does not fit.
    pub fn parse(json: &str) -> Result<Self, base::Error> {
        serde_json::from_str(json).map_err(base::Error::fault)
    }

    fn svg(&self, title: &str, told: &str, inside: &Html) -> Html {
        let [x, y, wide, high] = self.view_box;
        html!(
            "<svg class=\"map\" viewBox=\"{}\" role=\"img\" direction=\"ltr\"><title>{}</title><desc>{}</desc>{}</svg>",
            format!("{x} {y} {wide} {high}"),
            title,
            told,
            inside
        )
    }
}

/// Areas shaded in five steps of as many areas each; areas without a figure stay empty.
pub fn choropleth(
    words: &Words,
    outline: &Outline,
    values: &BTreeMap<String, f64>,
    title: &str,
    how: As,
) -> Html {
    let known: Vec<(&Area, f64)> = outline
        .areas
        .iter()
        .filter_map(|area| values.get(&area.code).map(|value| (area, *value)))
        .filter(|(_, value)| value.is_finite())
        .collect();
    let steps = steps(known.iter().map(|(_, value)| *value).collect());
    let shade = |value: f64| steps.iter().take_while(|(from, _)| *from <= value).count();
    // Few shades are the dark ones, so that a single area stands out.
    let fill = |step: usize| {
        if step > 0 {
            step + SHADES - steps.len()
        } else {
            0
        }
    };
    let small = (outline.view_box[2].max(outline.view_box[3]) / 160.0).round();
    let mut shapes = Html::new();
    let mut digits = Html::new();
    for area in &outline.areas {
        let value = values
            .get(&area.code)
            .copied()
            .filter(|value| value.is_finite());
        let step = value.map_or(0, shade);
        shapes.push(html!(
            "<path class=\"s{}\" d=\"{}\"><title>{}: {}</title></path>",
            fill(step),
            area.path,
            area.name,
            how.say(words, value)
        ));
        match (step, middle(&area.path, outline.view_box)) {
            (0, _) | (_, Middle::None) => {}
            (_, Middle::Wide(x, y)) => {
                let at = format!("x=\"{x:.0}\" y=\"{y:.0}\"");
                digits.push(html!(
                    "<text class=\"t{}\" {}>{}</text>",
                    fill(step),
                    Html::raw(at),
                    step
                ));
            }
            // A small area is easily overlooked: a dot says where it is.
            (_, Middle::Small(x, y)) => {
                let at = Html::raw(format!("cx=\"{x:.0}\" cy=\"{y:.0}\" r=\"{small}\""));
                digits.push(html!("<circle class=\"s{}\" {}/>", fill(step), at));
            }
        }
    }
    for (code, [x, y]) in &outline.points {
        if let (Some(value), false) = (
            values.get(code),
            outline.areas.iter().any(|a| a.code == *code),
        ) {
            let at = Html::raw(format!("cx=\"{x:.0}\" cy=\"{y:.0}\""));
            shapes.push(html!(
                "<circle class=\"s{}\" {} r=\"6\"/>",
                fill(shade(*value)),
                at
            ));
        }
    }
    let told = told(words, outline, &known, how);
    let size = (outline.view_box[2].max(outline.view_box[3]) / 34.0).round();
    let digits = html!(
        "<g class=\"digits\" text-anchor=\"middle\" dominant-baseline=\"central\" font-weight=\"600\" font-size=\"{}\">{}</g>",
        format!("{size}"),
        digits
    );
    let svg = outline.svg(title, &told, &html!("{}{}", shapes, digits));
    let table = area_table(words, title, &known, how);
    let legend = shade_legend(words, &steps, how);
    frame(title, &html!("{}{}<p>{}</p>{}", svg, legend, told, table))
}

/// Lowest and highest value of each shade. Equal values share a shade.
fn steps(mut values: Vec<f64>) -> Vec<(f64, f64)> {
    values.sort_by(f64::total_cmp);
    let mut out: Vec<(f64, f64)> = Vec::new();
    let mut shade = 0;
    for (place, value) in values.iter().enumerate() {
        let wanted = place * SHADES / values.len() + 1;
        match out.last_mut() {
            Some(last) if wanted == shade || last.1.total_cmp(value).is_eq() => last.1 = *value,
            _ => {
                out.push((*value, *value));
                shade = wanted;
            }
        }
    }
    out
}

fn told(words: &Words, outline: &Outline, known: &[(&Area, f64)], how: As) -> String {
    let Some((most, value)) = known.iter().max_by(|a, b| a.1.total_cmp(&b.1)) else {
        return words.say("ui-chart-none");
    };
    let args: [(&str, Arg); 4] = [
        ("known", known.len().into()),
        ("all", outline.areas.len().into()),
        ("name", most.name.as_str().into()),
        ("value", how.say(words, Some(*value)).into()),
    ];
    words.say_with("ui-map-known", &args)
}

fn shade_legend(words: &Words, steps: &[(f64, f64)], how: As) -> Html {
    let darkest = u8::try_from(SHADES - steps.len().min(SHADES)).unwrap_or(0);
    let mut items: Html = (1_u8..)
        .zip(steps)
        .map(|(step, (from, to))| {
            let (low, high) = (how.say(words, Some(*from)), how.say(words, Some(*to)));
            let range = if low == high {
                low
            } else {
                words.say_with("ui-map-range", &[("from", low.into()), ("to", high.into())])
            };
            html!(
                "<li>{}<b>{}</b> {}</li>",
                swatch(step + darkest),
                u32::from(step),
                range
            )
        })
        .collect();
    items.push(html!(
        "<li>{}{}</li>",
        swatch(0),
        words.say("ui-map-unknown")
    ));
    html!("<ul class=\"legend\">{}</ul>", items)
}

fn area_table(words: &Words, title: &str, known: &[(&Area, f64)], how: As) -> Html {
    let mut sorted: Vec<_> = known.to_vec();
    sorted.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.name.cmp(&b.0.name)));
    let rows: Vec<Vec<Html>> = sorted
        .iter()
        .map(|(area, value)| {
            vec![
                html!("<bdi>{}</bdi>", area.name),
                html!("<bdi>{}</bdi>", how.say(words, Some(*value))),
            ]
        })
        .collect();
    let head = ["ui-chart-name", "ui-chart-value"].map(|key| words.say(key));
    behind(words, title, &head, &rows)
}

/// Places as dots, given as latitude and longitude. Near places share a dot, larger for more.
pub fn points(words: &Words, outline: &Outline, places: &[(f64, f64)], title: &str) -> Html {
    let dots = dots(outline, places);
    let total: usize = dots.iter().map(|(_, _, count)| count).sum();
    let told = words.say_with(
        "ui-map-points",
        &[("n", total.into()), ("dots", dots.len().into())],
    );
    let areas: Html = outline
        .areas
        .iter()
        .map(|area| html!("<path class=\"s0\" d=\"{}\"/>", area.path))
        .collect();
    let mut marks = Html::new();
    let mut items = Html::new();
    let mut rows = Vec::new();
    for (size, from) in DOT_SIZES.into_iter().enumerate() {
        let below = DOT_SIZES.get(size + 1).copied();
        let of_size = |count: usize| count >= from && below.is_none_or(|below| count < below);
        let drawn = path_of(&dots, of_size);
        let number = dots.iter().filter(|(_, _, count)| of_size(*count)).count();
        if number == 0 {
            continue;
        }
        let label = dot_label(words, from, below);
        marks.push(html!("<path class=\"dot d{}\" d=\"{}\"/>", size, drawn));
        items.push(html!(
            "<li><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><path class=\"dot d{}\" d=\"M5 5h0\"/></svg>{}</li>",
            size,
            label
        ));
        let inside: usize = dots
            .iter()
            .filter(|(_, _, c)| of_size(*c))
            .map(|(_, _, c)| c)
            .sum();
        let number = i64::try_from(inside).unwrap_or(i64::MAX);
        rows.push(vec![
            html!("{}", label),
            html!("<bdi>{}</bdi>", words.number(number)),
        ]);
    }
    let svg = outline.svg(title, &told, &html!("{}{}", areas, marks));
    let head = ["ui-chart-name", "ui-map-places"].map(|key| words.say(key));
    let table = behind(words, title, &head, &rows);
    let legend = html!("<ul class=\"legend\">{}</ul>", items);
    frame(title, &html!("{}{}<p>{}</p>{}", svg, legend, told, table))
}

fn dot_label(words: &Words, from: usize, below: Option<usize>) -> String {
    match below {
        Some(2) => words.say("ui-map-dot-one"),
        Some(below) => {
            let args = [("from", Arg::from(from)), ("to", Arg::from(below - 1))];
            words.say_with("ui-map-dots", &args)
        }
        None => words.say_with("ui-map-dots-more", &[("from", from.into())]),
    }
}

/// Places gathered on a grid fine enough to tell and coarse enough to send: x, y, how many.
fn dots(outline: &Outline, places: &[(f64, f64)]) -> Vec<(i64, i64, usize)> {
    let Some(projection) = outline.projection else {
        return Vec::new();
    };
    let [left, top, wide, high] = outline.view_box;
    let put: Vec<(f64, f64)> = places
        .iter()
        .map(|(lat, lon)| projection.put(*lat, *lon))
        .filter(|(x, y)| (left..=left + wide).contains(x) && (top..=top + high).contains(y))
        .collect();
    let mut cell = (wide.max(high) / 125.0).max(1.0);
    loop {
        let gathered = gather(&put, cell);
        let bytes: usize = path_of(&gathered, |_| true).len();
        if bytes <= DOTS_BYTES || gathered.len() < 2 {
            return gathered;
        }
        cell *= 1.25;
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a map is some thousand units wide"
)]
#[expect(clippy::cast_precision_loss, reason = "cells are few")]
fn gather(put: &[(f64, f64)], cell: f64) -> Vec<(i64, i64, usize)> {
    let mut grid: BTreeMap<(i64, i64), usize> = BTreeMap::new();
    for (x, y) in put {
        let key = ((y / cell).floor() as i64, (x / cell).floor() as i64);
        *grid.entry(key).or_default() += 1;
    }
    let middle = |n: i64| ((n as f64 + 0.5) * cell).round() as i64;
    grid.into_iter()
        .map(|((y, x), count)| (middle(x), middle(y), count))
        .collect()
}

/// Dots as one path of strokes without length: round ends make them dots.
fn path_of(dots: &[(i64, i64, usize)], wanted: impl Fn(usize) -> bool) -> String {
    let mut out = String::new();
    let (mut at_x, mut at_y) = (0, 0);
    for (x, y, _) in dots.iter().filter(|(_, _, count)| wanted(*count)) {
        let (dx, dy) = (x - at_x, y - at_y);
        let gap = if dy < 0 { "" } else { " " };
        let first = if out.is_empty() { 'M' } else { 'm' };
        out.push_str(&format!("{first}{dx}{gap}{dy}h0"));
        (at_x, at_y) = (*x, *y);
    }
    out
}

/// The middle of an area's largest piece: a digit fits there, or the area is very small.
enum Middle {
    Wide(f64, f64),
    Small(f64, f64),
    None,
}

fn middle(path: &str, view_box: [f64; 4]) -> Middle {
    let room = view_box[2].max(view_box[3]) / 16.0;
    let pieces = pieces(path).into_iter();
    let Some(largest) = pieces.max_by(|a, b| area(a).abs().total_cmp(&area(b).abs())) else {
        return Middle::None;
    };
    let (xs, ys): (Vec<f64>, Vec<f64>) = largest.iter().copied().unzip();
    let span = |list: &[f64]| {
        let low = list.iter().copied().fold(f64::MAX, f64::min);
        list.iter().copied().fold(f64::MIN, f64::max) - low
    };
    let (wide, high) = (span(&xs), span(&ys));
    let (x, y) = centre(&largest);
    if wide > room && high > room {
        Middle::Wide(x, y)
    } else if wide.max(high) < room / 2.0 && x.is_finite() && y.is_finite() {
        Middle::Small(x, y)
    } else {
        Middle::None
    }
}

fn pairs(ring: &[(f64, f64)]) -> impl Iterator<Item = (&(f64, f64), &(f64, f64))> {
    ring.iter().zip(ring.iter().cycle().skip(1))
}

fn area(ring: &[(f64, f64)]) -> f64 {
    pairs(ring).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<f64>() / 2.0
}

fn centre(ring: &[(f64, f64)]) -> (f64, f64) {
    let area = area(ring);
    let sum = pairs(ring).fold((0.0, 0.0), |sum, (a, b)| {
        let cross = a.0 * b.1 - b.0 * a.1;
        (sum.0 + (a.0 + b.0) * cross, sum.1 + (a.1 + b.1) * cross)
    });
    (sum.0 / (6.0 * area), sum.1 / (6.0 * area))
}

/// The rings of a path made of M, l and z, as the outline files have them.
fn pieces(path: &str) -> Vec<Vec<(f64, f64)>> {
    let mut out: Vec<Vec<(f64, f64)>> = Vec::new();
    let (mut x, mut y) = (0.0, 0.0);
    for part in path.split(['z', 'Z']).filter(|part| !part.is_empty()) {
        let (start, rest) = part
            .trim_start_matches('M')
            .split_once('l')
            .unwrap_or((part, ""));
        if let [a, b] = numbers(start)[..] {
            (x, y) = (a, b);
        }
        let mut ring = vec![(x, y)];
        for step in numbers(rest).chunks_exact(2) {
            if let [dx, dy] = step {
                (x, y) = (x + dx, y + dy);
                ring.push((x, y));
            }
        }
        out.push(ring);
    }
    out
}

fn numbers(text: &str) -> Vec<f64> {
    let spaced = text.replace('-', " -");
    spaced
        .split([' ', ','])
        .filter_map(|number| number.parse().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::Lang;

    const SQUARES: &str = r#"{"country":"XXX","viewBox":[0,0,100,50],
        "projection":{"kind":"equirectangular","lon0":10,"lat0":5,"scale":10,"cos":1},
        "areas":[{"code":"X1","name":"West","path":"M0 0l50 0 0 50-50 0z"},
                 {"code":"X2","name":"East & far","path":"M50 0l50 0 0 50-50 0z"}]}"#;

    #[test]
    fn an_area_says_its_number_and_an_unknown_one_says_so() {
        let words = crate::testing::words(Lang::En);
        let outline = Outline::parse(SQUARES).unwrap();
        let values = BTreeMap::from([("X1".to_owned(), 3.0)]);
        let html = choropleth(&words, &outline, &values, "Needs", As::Whole).into_string();
        assert!(html.contains("<title>West: 3</title>"), "{html}");
        assert!(
            html.contains("<title>East &amp; far: Unknown</title>"),
            "{html}"
        );
        assert!(
            html.contains("<text class=\"t5\" x=\"25\" y=\"25\">1</text>"),
            "{html}"
        );
        assert!(html.contains("1 of 2 areas have a figure"), "{html}");
    }

    #[test]
    fn shades_hold_as_many_areas_each_and_never_part_equals() {
        let values: Vec<f64> = (0..10).map(f64::from).collect();
        let even = [(0.0, 1.0), (2.0, 3.0), (4.0, 5.0), (6.0, 7.0), (8.0, 9.0)];
        assert_eq!(steps(values), even);
        assert_eq!(steps(vec![0.0; 9]), [(0.0, 0.0)]);
        assert_eq!(steps(vec![0.0, 0.0, 0.0, 7.0]), [(0.0, 0.0), (7.0, 7.0)]);
        assert_eq!(steps(Vec::new()), []);
    }

    #[test]
    fn sixteen_thousand_places_stay_small_and_none_is_lost() {
        let outline = Outline::parse(SQUARES).unwrap();
        let places: Vec<(f64, f64)> = (0..16_000)
            .map(|n| (f64::from(n % 127) / 25.4, 10.0 + f64::from(n / 127) / 12.6))
            .collect();
        let dots = dots(&outline, &places);
        assert_eq!(
            dots.iter().map(|(_, _, count)| count).sum::<usize>(),
            16_000
        );
        assert!(path_of(&dots, |_| true).len() <= DOTS_BYTES);
        assert!(dots.len() > 500, "{}", dots.len());
    }

    #[test]
    fn the_world_is_projected_as_its_outline_was() {
        let world = Projection::NaturalEarth {
            half: 2.735_385,
            top: 1.382_343,
            scale: 365.579_288,
        };
        let (x, _) = world.put(0.0, 0.0);
        assert!((x - 1000.0).abs() < 0.1);
        assert!(world.put(84.0, 0.0).1.abs() < 0.1);
    }
}
