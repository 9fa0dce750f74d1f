//! A place on the map from two cells.

use crate::field::Field;
use crate::refusal::Refusal;

/// Where the places of a table should lie, in degrees. A box across the 180th meridian has its
/// west greater than its east.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    pub west: f64,
    pub south: f64,
    pub east: f64,
    pub north: f64,
}

impl Bounds {
    /// True for a place inside or on the border.
    pub fn holds(&self, longitude: f64, latitude: f64) -> bool {
        let between = if self.west <= self.east {
            (self.west..=self.east).contains(&longitude)
        } else {
            longitude >= self.west || longitude <= self.east
        };
        between && (self.south..=self.north).contains(&latitude)
    }
}

/// Longitude and latitude, both or neither.
pub fn point(
    longitude: &Field<'_>,
    latitude: &Field<'_>,
    bounds: Option<&Bounds>,
) -> Result<Option<(f64, f64)>, Refusal> {
    let (east, north) = match (longitude.longitude()?, latitude.latitude()) {
        (None, Ok(None)) => return Ok(None),
        (Some(_), Ok(None)) => return Err(latitude.refuse("sheets-place-half", Vec::new())),
        (None, Ok(Some(_))) => return Err(longitude.refuse("sheets-place-half", Vec::new())),
        (Some(east), Ok(Some(north))) => (east, north),
        (_, Err(refusal)) => return Err(swapped(longitude, latitude, bounds).unwrap_or(refusal)),
    };
    let args = || {
        vec![
            ("longitude", east.to_string()),
            ("latitude", north.to_string()),
        ]
    };
    if east == 0.0 && north == 0.0 {
        return Err(longitude.refuse("sheets-place-zero", args()));
    }
    match bounds {
        Some(bounds) if !bounds.holds(east, north) => {
            let key = if bounds.holds(north, east) {
                "sheets-place-swapped"
            } else {
                "sheets-place-outside"
            };
            Err(longitude.refuse(key, args()))
        }
        _ => Ok(Some((east, north))),
    }
}

/// A latitude beyond 90 degrees that would be a good longitude.
fn swapped(
    longitude: &Field<'_>,
    latitude: &Field<'_>,
    bounds: Option<&Bounds>,
) -> Option<Refusal> {
    let (north, east) = (longitude.latitude().ok()??, latitude.longitude().ok()??);
    if !bounds.is_none_or(|bounds| bounds.holds(east, north)) {
        return None;
    }
    let args = vec![
        ("longitude", north.to_string()),
        ("latitude", east.to_string()),
    ];
    Some(longitude.refuse("sheets-place-swapped", args))
}
