//! The gazetteer: places with explicit parents. A code never says who its parent is.

use base::{Refusal, Refusals, fold};
use std::collections::{BTreeMap, BTreeSet};

/// A place of the gazetteer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// A P-code where there is one; a country's code is ISO 3166-1 alpha-2.
    pub code: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// None for the country itself.
    pub parent: Option<String>,
    /// 0 the country, 1 its departments, 2 their municipalities …
    pub level: i64,
    pub kind: String,
    pub name: String,
    /// Other spellings and other codes of the same place.
    pub aliases: Vec<String>,
    pub version: i64,
}

/// The places of a country as a tree that certainly is one.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    places: BTreeMap<String, Place>,
    children: BTreeMap<String, Vec<String>>,
    names: BTreeMap<String, Vec<String>>,
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found<'a> {
    One(&'a Place),
    Nothing,
    /// Several places of the same level have the name.
    Several(usize),
}

impl Gazetteer {
    /// Builds the tree.
    ///
    /// # Errors
    /// Every code that stands twice, every parent that is not there, every cycle, and every place
    /// that is not below its parent or lies in another country.
    pub fn new(places: Vec<Place>) -> Result<Self, Refusals> {
        let mut refusals = Refusals::default();
        let mut tree = Self::default();
        for place in places {
            if tree.places.contains_key(&place.code) {
                refusals.push(about(&place.code, "places-code-twice"));
                continue;
            }
            tree.places.insert(place.code.clone(), place);
        }
        for place in tree.places.values() {
            if let Some(refusal) = tree.misplaced(place) {
                refusals.push(refusal);
            }
        }
        if !refusals.0.is_empty() {
            return Err(refusals);
        }
        tree.index();
        Ok(tree)
    }

    fn misplaced(&self, place: &Place) -> Option<Refusal> {
        let Some(parent) = &place.parent else {
            let root = place.level == 0 && place.code == place.country;
            return (!root).then(|| about(&place.code, "places-parent-missing"));
        };
        if self.climbs_in_a_circle(place) {
            return Some(about(&place.code, "places-cycle"));
        }
        match self.places.get(parent) {
            None => {
                Some(about(&place.code, "places-parent-unknown").with("parent", parent.as_str()))
            }
            Some(above) if above.level >= place.level => {
                Some(about(&place.code, "places-not-below-parent").with("parent", parent.as_str()))
            }
            Some(above) if above.country != place.country => {
                Some(about(&place.code, "places-other-country").with("parent", parent.as_str()))
            }
            Some(_) => None,
        }
    }

    fn climbs_in_a_circle(&self, place: &Place) -> bool {
        let mut seen = BTreeSet::from([place.code.as_str()]);
        let mut above = place.parent.as_deref();
        while let Some(code) = above {
            if !seen.insert(code) {
                return true;
            }
            above = self.places.get(code).and_then(|p| p.parent.as_deref());
        }
        false
    }

    fn index(&mut self) {
        for place in self.places.values() {
            if let Some(parent) = &place.parent {
                self.children
                    .entry(parent.clone())
                    .or_default()
                    .push(place.code.clone());
            }
            let spelled = std::iter::once(&place.name)
                .chain(&place.aliases)
                .chain([&place.code]);
            let keys: BTreeSet<String> =
                spelled.flat_map(|name| [fold(name), plain(name)]).collect();
            for key in keys {
                self.names.entry(key).or_default().push(place.code.clone());
            }
        }
    }

    /// No place is known.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }
    /// Every place, by code.
    pub fn places(&self) -> impl Iterator<Item = &Place> {
        self.places.values()
    }
    /// The place of a code.
    pub fn get(&self, code: &str) -> Option<&Place> {
        self.places.get(code)
    }
    /// The places around a place, nearest first, the country last; without the place itself.
    pub fn ancestors(&self, code: &str) -> Vec<&Place> {
        let mut out = Vec::new();
        let mut above = self.get(code).and_then(|p| p.parent.as_deref());
        while let Some(place) = above.and_then(|code| self.get(code)) {
            out.push(place);
            above = place.parent.as_deref();
        }
        out
    }
    /// Whether a place lies in another, or is it.
    pub fn is_within(&self, code: &str, ancestor: &str) -> bool {
        code == ancestor
            || self
                .ancestors(code)
                .iter()
                .any(|place| place.code == ancestor)
    }
    /// The places right below.
    pub fn children(&self, code: &str) -> Vec<&Place> {
        let below = self
            .children
            .get(code)
            .map(Vec::as_slice)
            .unwrap_or_default();
        below.iter().filter_map(|code| self.get(code)).collect()
    }
    /// The place and everything below it.
    pub fn within(&self, code: &str) -> Vec<&Place> {
        let mut out: Vec<&Place> = self.get(code).into_iter().collect();
        let mut next = 0;
        while let Some(place) = out.get(next).copied() {
            out.extend(self.children(&place.code));
            next += 1;
        }
        out
    }
    /// The first-level area a place lies in, or is.
    pub fn department(&self, code: &str) -> Option<&Place> {
        let place = self.get(code)?;
        std::iter::once(place)
            .chain(self.ancestors(code))
            .find(|place| place.level == 1)
    }
    /// What a name, another spelling or a code stands for below a place: the highest level counts.
    pub fn resolve(&self, below: &str, name: &str) -> Found<'_> {
        let (exact, plain) = (fold(name), plain(name));
        match self.named(below, &exact) {
            Found::Nothing if plain != exact => self.named(below, &plain),
            found => found,
        }
    }

    fn named(&self, below: &str, key: &str) -> Found<'_> {
        if key.is_empty() {
            return Found::Nothing;
        }
        let codes = self.names.get(key).map(Vec::as_slice).unwrap_or_default();
        let inside = codes
            .iter()
            .filter(|code| *code != below && self.is_within(code, below));
        let places: Vec<&Place> = inside.filter_map(|code| self.get(code)).collect();
        let Some(level) = places.iter().map(|place| place.level).min() else {
            return Found::Nothing;
        };
        let highest: Vec<&Place> = places.into_iter().filter(|p| p.level == level).collect();
        match highest.as_slice() {
            [one] => Found::One(one),
            several => Found::Several(several.len()),
        }
    }
}

fn about(code: &str, key: &str) -> Refusal {
    Refusal::about("code", key).with("code", code)
}

/// Words that say what kind of place it is, not which.
const KINDS: [&str; 30] = [
    "county",
    "state",
    "province",
    "department",
    "district",
    "region",
    "municipality",
    "city",
    "departamento",
    "municipio",
    "provincia",
    "distrito",
    "departement",
    "commune",
    "prefecture",
    "governorate",
    "mohafazat",
    "caza",
    "of",
    "de",
    "del",
    "du",
    "des",
    "la",
    "محافظه",
    "قضاء",
    "ولايه",
    "مديريه",
    "lga",
    "sub",
];

/// A folded name without the words that only say what kind of place it is; the folded name when
/// nothing else is left.
pub fn plain(name: &str) -> String {
    let folded = fold(name);
    let words: Vec<&str> = folded
        .split(' ')
        .filter(|word| !KINDS.contains(word))
        .collect();
    if words.is_empty() {
        folded
    } else {
        words.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn place(code: &str, parent: Option<&str>, level: i64, name: &str) -> Place {
        Place {
            code: code.to_owned(),
            country: "LB".to_owned(),
            parent: parent.map(str::to_owned),
            level,
            kind: "area".to_owned(),
            name: name.to_owned(),
            aliases: Vec::new(),
            version: 1,
        }
    }

    fn lebanon() -> Vec<Place> {
        vec![
            place("62179", Some("LB63"), 3, "Ghaziye"),
            place("LB6", Some("LB"), 1, "South"),
            place("LB63", Some("LB6"), 2, "Saida"),
            place("LB", None, 0, "Lebanon"),
            place("LB1", Some("LB"), 1, "Beirut"),
        ]
    }

    fn keys(places: Vec<Place>) -> Vec<String> {
        let refusals = Gazetteer::new(places).unwrap_err().0;
        refusals.into_iter().map(|refusal| refusal.key).collect()
    }

    #[test]
    fn a_parent_is_what_is_written_not_what_the_code_looks_like() {
        let tree = Gazetteer::new(lebanon()).unwrap();
        let above: Vec<&str> = tree
            .ancestors("62179")
            .iter()
            .map(|p| p.code.as_str())
            .collect();
        assert_eq!(above, ["LB63", "LB6", "LB"]);
        assert!(tree.is_within("62179", "LB6") && tree.is_within("LB6", "LB6"));
        assert!(!tree.is_within("62179", "LB1") && !tree.is_within("LB", "LB6"));
        assert_eq!(
            tree.department("62179").map(|p| p.code.as_str()),
            Some("LB6")
        );
        assert_eq!(tree.department("LB"), None);
        assert_eq!(tree.within("LB6").len(), 3);
    }

    #[test]
    fn what_is_no_tree_is_refused() {
        let mut cycle = lebanon();
        cycle[1].parent = Some("62179".to_owned());
        let found = keys(cycle);
        assert!(found.iter().all(|key| key == "places-cycle"), "{found:?}");
        let mut own = lebanon();
        own[4].parent = Some("LB1".to_owned());
        assert_eq!(keys(own), ["places-cycle"]);
        let mut orphan = lebanon();
        orphan[4].parent = Some("XX".to_owned());
        assert_eq!(keys(orphan), ["places-parent-unknown"]);
        let mut twice = lebanon();
        twice.push(place("LB1", Some("LB"), 1, "Beirut"));
        assert_eq!(keys(twice), ["places-code-twice"]);
        let mut flat = lebanon();
        flat[0].level = 2;
        assert_eq!(keys(flat), ["places-not-below-parent"]);
        let mut rootless = lebanon();
        rootless[4].parent = None;
        assert_eq!(keys(rootless), ["places-parent-missing"]);
        let mut abroad = lebanon();
        abroad[4].country = "SY".to_owned();
        assert_eq!(keys(abroad), ["places-other-country"]);
    }

    #[test]
    fn a_name_is_found_however_it_is_written_but_only_below() {
        let mut places = lebanon();
        places[2].aliases = vec!["Sidon".to_owned(), "صيدا".to_owned()];
        places.push(place("LB11", Some("LB1"), 2, "Saida"));
        let tree = Gazetteer::new(places).unwrap();
        let code = |below: &str, name: &str| match tree.resolve(below, name) {
            Found::One(place) => place.code.clone(),
            Found::Nothing => "nothing".to_owned(),
            Found::Several(count) => count.to_string(),
        };
        assert_eq!(code("LB6", "SAÏDA"), "LB63");
        assert_eq!(code("LB6", "Caza of Saida"), "LB63");
        assert_eq!(code("LB6", "صيدا"), "LB63");
        assert_eq!(code("LB", "Saida"), "2");
        assert_eq!(code("LB", "LB63"), "LB63");
        assert_eq!(code("LB1", "Sidon"), "nothing");
        assert_eq!(code("LB", ""), "nothing");
    }

    /// Trees: each place's parent is any earlier one.
    fn trees() -> impl Strategy<Value = Vec<Place>> {
        proptest::collection::vec(any::<proptest::sample::Index>(), 1..40).prop_map(|parents| {
            let mut places = vec![place("LB", None, 0, "Lebanon")];
            for (number, index) in parents.iter().enumerate() {
                let above = index.get(&places).clone();
                let code = format!("p{number}");
                places.push(place(&code, Some(&above.code), above.level + 1, &code));
            }
            places
        })
    }

    proptest! {
        #[test]
        fn within_and_ancestors_say_the_same(places in trees()) {
            let tree = Gazetteer::new(places.clone()).unwrap();
            for a in &places {
                let inside: BTreeSet<&str> = tree.within(&a.code).iter().map(|p| p.code.as_str()).collect();
                for b in &places {
                    let above = b.code == a.code || tree.ancestors(&b.code).iter().any(|p| p.code == a.code);
                    prop_assert_eq!(inside.contains(b.code.as_str()), above);
                    prop_assert_eq!(tree.is_within(&b.code, &a.code), above);
                }
                for child in tree.children(&a.code) {
                    prop_assert_eq!(child.parent.as_deref(), Some(a.code.as_str()));
                }
            }
        }

        #[test]
        fn bending_a_parent_below_itself_is_always_refused(places in trees(), at in any::<proptest::sample::Index>(), to in any::<proptest::sample::Index>()) {
            let tree = Gazetteer::new(places.clone()).unwrap();
            let mut bent = places.clone();
            let at = at.index(bent.len() - 1) + 1;
            let below = tree.within(&bent[at].code);
            let code = to.get(&below).code.clone();
            bent[at].parent = Some(code);
            prop_assert!(Gazetteer::new(bent).is_err());
        }
    }
}
