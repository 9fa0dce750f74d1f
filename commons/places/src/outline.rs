//! Outlines for maps: parsed once, with the projection that puts a point on them.

use sheets::Bounds;
use std::collections::BTreeMap;
use std::sync::OnceLock;
use ui::maps::{Outline, Projection};

/// Where a point lies on a map; none on a map without a projection.
pub fn project(outline: &Outline, lon: f64, lat: f64) -> Option<(f64, f64)> {
    outline
        .projection
        .map(|projection| projection.put(lat, lon))
}

/// The corners of a country's map and half a degree around them; none for the world.
pub fn bounds(outline: &Outline) -> Option<Bounds> {
    const AROUND: f64 = 0.5;
    let [_, _, width, height] = outline.view_box;
    match outline.projection {
        Some(Projection::Equirectangular {
            lon0,
            lat0,
            scale,
            cos,
        }) => Some(Bounds {
            west: lon0 - AROUND,
            south: lat0 - height / scale - AROUND,
            east: lon0 + width / (cos * scale) + AROUND,
            north: lat0 + AROUND,
        }),
        Some(Projection::NaturalEarth { .. }) | None => None,
    }
}

macro_rules! shipped {
    ($($country:literal = $file:literal),* $(,)?) => {
        const SHIPPED: &[(&str, &str)] = &[$((
            $country,
            include_str!(concat!("../../../data/outlines/", $file, ".json")),
        )),*];
    };
}
shipped!(
    "BD" = "BGD",
    "BF" = "BFA",
    "BJ" = "BEN",
    "BO" = "BOL",
    "CI" = "CIV",
    "CM" = "CMR",
    "GN" = "GIN",
    "GT" = "GTM",
    "HN" = "HND",
    "KE" = "KEN",
    "LB" = "LBN",
    "ML" = "MLI",
    "NE" = "NER",
    "NG" = "NGA",
    "PE" = "PER",
    "PH" = "PHL",
    "SN" = "SEN",
    "TD" = "TCD",
    "TG" = "TGO",
    "TZ" = "TZA",
);
const WORLD: &str = include_str!("../../../data/outlines/world.json");

fn parsed() -> &'static BTreeMap<&'static str, Outline> {
    static PARSED: OnceLock<BTreeMap<&'static str, Outline>> = OnceLock::new();
    // A test reads every shipped outline, so none is left out here.
    let read =
        |(country, text): &(&'static str, &str)| Some((*country, Outline::parse(text).ok()?));
    PARSED.get_or_init(|| SHIPPED.iter().filter_map(read).collect())
}

/// The map of a country by ISO 3166-1 alpha-2, where one is shipped.
pub fn outline(country: &str) -> Option<&'static Outline> {
    parsed().get(country)
}

/// The countries with a map.
pub fn outlined() -> impl Iterator<Item = (&'static str, &'static Outline)> {
    parsed()
        .iter()
        .map(|(country, outline)| (*country, outline))
}

/// The map of the world.
pub fn world() -> Option<&'static Outline> {
    static PARSED: OnceLock<Option<Outline>> = OnceLock::new();
    PARSED.get_or_init(|| Outline::parse(WORLD).ok()).as_ref()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_outline_is_read() {
        assert_eq!(outlined().count(), SHIPPED.len());
        for (country, outline) in outlined() {
            assert!(!outline.areas.is_empty(), "{country}");
            let mut codes: Vec<&str> = outline.areas.iter().map(|a| a.code.as_str()).collect();
            codes.sort_unstable();
            codes.dedup();
            assert_eq!(
                codes.len(),
                outline.areas.len(),
                "{country} has an area twice"
            );
        }
        assert!(world().is_some_and(|world| world.areas.len() > 150 && world.points.len() > 200));
    }

    #[test]
    fn a_capital_lies_inside_the_drawing() {
        let honduras = outline("HN").unwrap();
        let (x, y) = project(honduras, -87.2068, 14.0723).unwrap();
        let [_, _, width, height] = honduras.view_box;
        assert!(
            x > 0.0 && x < width && y > height / 2.0 && y < height,
            "{x} {y}"
        );
        let around = bounds(honduras).unwrap();
        assert!(
            around.west < -89.3
                && around.east > -83.2
                && around.south < 13.0
                && around.north > 16.5
        );
        let world = world().unwrap();
        let [x, y] = world.points["HN"];
        let (px, py) = project(world, -86.5, 14.8).unwrap();
        assert!(
            (x - px).abs() < 25.0 && (y - py).abs() < 25.0,
            "{x},{y} {px},{py}"
        );
        assert!(outline("FR").is_none());
    }
}
