//! How figures are made of what was counted: pure.

use std::collections::BTreeMap;

/// Learners in one first-level area, told apart by whether the lines name a school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Learners {
    pub(crate) country: String,
    /// First-level area; the country itself when only that is known.
    pub(crate) area: String,
    pub(crate) of_schools: bool,
    /// The largest number any line says of a place, added up over the places.
    pub(crate) sum: i64,
    /// The largest number any line says of one place.
    pub(crate) most: i64,
    pub(crate) places: i64,
    /// Places of which no line knows a number.
    pub(crate) unknown: i64,
}

/// Learners concerned: certainly so many, and so many places of which nobody knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Concerned {
    pub(crate) at_least: i64,
    pub(crate) places: i64,
    pub(crate) unknown: i64,
}

/// The learners of each country that are concerned at least. A school counts once however many
/// lines name it; lines for a whole area may mean the learners of its schools again, so the larger
/// of the two counts.
pub(crate) fn concerned(rows: &[Learners]) -> BTreeMap<String, Concerned> {
    let mut areas: BTreeMap<(&str, &str), i64> = BTreeMap::new();
    let mut out: BTreeMap<String, Concerned> = BTreeMap::new();
    for row in rows {
        let certain = if row.of_schools { row.sum } else { row.most };
        let area = areas.entry((&row.country, &row.area)).or_default();
        *area = certain.max(*area);
        let country = out.entry(row.country.clone()).or_default();
        country.places += row.places;
        country.unknown += row.unknown;
    }
    for (country, concerned) in &mut out {
        let own = areas.iter().filter(|((of, _), _)| of == country);
        let (whole, parts): (Vec<_>, Vec<_>) =
            own.partition(|((_, area), _)| *area == country || area.is_empty());
        let parts: i64 = parts.iter().map(|(_, learners)| **learners).sum();
        let whole = whole
            .iter()
            .map(|(_, learners)| **learners)
            .max()
            .unwrap_or(0);
        concerned.at_least = parts.max(whole);
    }
    out
}

/// The learners of all countries.
pub(crate) fn all(countries: &BTreeMap<String, Concerned>) -> Concerned {
    countries
        .values()
        .fold(Concerned::default(), |sum, one| Concerned {
            at_least: sum.at_least + one.at_least,
            places: sum.places + one.places,
            unknown: sum.unknown + one.unknown,
        })
}

/// How requests were answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Answers {
    pub(crate) received: i64,
    pub(crate) answered: i64,
    /// Half of the answers took at most so many hours.
    pub(crate) median_hours: Option<i64>,
}

/// How requests were answered, from the moments of receipt and answer in microseconds.
pub(crate) fn answers(requests: &[(i64, Option<i64>)]) -> Answers {
    const HOUR: i64 = 3_600_000_000;
    let took = requests
        .iter()
        .filter_map(|(received, answered)| answered.map(|a| a - received));
    let mut took: Vec<i64> = took.collect();
    took.sort_unstable();
    let middle = took.get(took.len().saturating_sub(1) / 2);
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Answers {
        received: count(requests.len()),
        answered: count(took.len()),
        // A started hour counts: an answer is never shown faster than it was.
        median_hours: middle.map(|took| (took.max(&1) + HOUR - 1) / HOUR),
    }
}

/// Where each part of a whole begins and how wide it is, in thousandths: together exactly the
/// whole, and what is not nothing is seen.
pub(crate) fn segments(parts: &[i64]) -> Vec<(i64, i64)> {
    let whole: i64 = parts.iter().filter(|part| **part > 0).sum();
    let mut before = 0_i64;
    let mut from = 0;
    let mut out = Vec::with_capacity(parts.len());
    for part in parts {
        before += (*part).max(0);
        let end = if whole > 0 {
            i128::from(before) * 1000 / i128::from(whole)
        } else {
            0
        };
        let end = i64::try_from(end).unwrap_or(1000);
        let end = if *part > 0 {
            end.max(from + 2).min(1000)
        } else {
            end.max(from)
        };
        out.push((from.min(1000), (end - from).max(0)));
        from = end;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(
        country: &str,
        area: &str,
        of_schools: bool,
        sum: i64,
        most: i64,
        unknown: i64,
    ) -> Learners {
        let (country, area) = (country.to_owned(), area.to_owned());
        Learners {
            country,
            area,
            of_schools,
            sum,
            most,
            places: 2,
            unknown,
        }
    }

    #[test]
    fn a_learner_is_never_counted_twice() {
        let rows = [
            row("HN", "HN01", true, 300, 200, 1),
            row("HN", "HN01", false, 500, 250, 0),
            row("HN", "HN02", false, 80, 50, 0),
            row("HN", "HN", false, 320, 320, 0),
            row("KE", "", false, 9, 7, 0),
        ];
        let countries = concerned(&rows);
        assert_eq!(
            countries["HN"].at_least, 350,
            "300 in one area and 50 in the other, over 320"
        );
        assert_eq!(countries["KE"].at_least, 7);
        assert_eq!(
            all(&countries),
            Concerned {
                at_least: 357,
                places: 10,
                unknown: 1
            }
        );
        assert_eq!(all(&concerned(&[])), Concerned::default());
    }

    #[test]
    fn a_country_wide_line_may_mean_more_than_its_areas() {
        let rows = [
            row("HN", "HN01", true, 300, 200, 0),
            row("HN", "HN", false, 900, 900, 0),
        ];
        assert_eq!(concerned(&rows)["HN"].at_least, 900);
    }

    #[test]
    fn half_of_the_answers_took_at_most_so_long() {
        let hour = 3_600_000_000;
        assert_eq!(answers(&[]), Answers::default());
        let running = answers(&[(0, None)]);
        assert_eq!(
            (running.received, running.answered, running.median_hours),
            (1, 0, None)
        );
        let asked = [
            (0, Some(hour)),
            (0, Some(5 * hour)),
            (0, Some(2 * hour + 1)),
            (0, None),
        ];
        assert_eq!(answers(&asked).median_hours, Some(3));
        assert_eq!(
            answers(&asked[..2]).median_hours,
            Some(1),
            "the lower of two middles"
        );
    }

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
