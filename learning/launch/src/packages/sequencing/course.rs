//! The tree of activities as the manifest has it.

use formats::scorm::sequencing::{Button, Sequencing};
use formats::scorm::{Activity, Manifest};

/// The place of the activity that holds all others.
pub(crate) const ROOT: usize = 0;

/// An activity: a unit that is opened, or a group.
#[derive(Clone, Debug, Default)]
pub(crate) struct Node {
    pub id: String,
    pub title: String,
    pub parent: Option<usize>,
    pub children: Vec<usize>,
    /// The place behind its last descendant.
    pub end: usize,
    /// What is opened; none for groups.
    pub unit: Option<usize>,
    pub visible: bool,
    pub rules: Sequencing,
}

/// The tree, each activity before what is in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Course {
    pub nodes: Vec<Node>,
    pub objectives_everywhere: bool,
    pub stores_everywhere: bool,
    /// For places that are not there.
    none: Node,
}

impl Course {
    /// The course of a manifest; none when nothing in it says an order.
    pub(crate) fn of(manifest: &Manifest, unit: &dyn Fn(&str) -> Option<usize>) -> Option<Self> {
        let chosen = manifest.organisations.get(manifest.chosen)?;
        let mut out = Self {
            objectives_everywhere: chosen.objectives_everywhere,
            stores_everywhere: chosen.stores_everywhere,
            ..Self::default()
        };
        out.nodes.push(Node {
            id: chosen.id.clone(),
            title: chosen.title.clone(),
            visible: true,
            rules: chosen.sequencing.clone(),
            ..Node::default()
        });
        let mut open: Vec<(usize, &Activity)> = chosen
            .activities
            .iter()
            .rev()
            .map(|one| (ROOT, one))
            .collect();
        while let Some((parent, activity)) = open.pop() {
            let unit = unit(&activity.id).filter(|_| activity.activities.is_empty());
            if unit.is_none() && !opens(activity, &|id| lies_inside(id, manifest)) {
                // Nothing in it can be opened: it is as if it were not there.
                continue;
            }
            let place = out.nodes.len();
            out.nodes.push(Node {
                id: activity.id.clone(),
                title: activity.title.clone(),
                parent: Some(parent),
                unit,
                visible: activity.visible,
                rules: activity.sequencing.clone(),
                ..Node::default()
            });
            if let Some(above) = out.nodes.get_mut(parent) {
                above.children.push(place);
            }
            open.extend(activity.activities.iter().rev().map(|one| (place, one)));
        }
        out.closed();
        let said = out.nodes.iter().any(|node| node.rules.said);
        let leaves = out.nodes.iter().filter(|node| node.unit.is_some()).count();
        let open = out.nodes.iter().all(|node| node.rules.is_open());
        let stores = out.nodes.iter().any(|node| !node.rules.stores.is_empty());
        (leaves > 0 && (stores || said && (leaves > 1 || !open))).then_some(out)
    }

    /// Says where each activity ends.
    fn closed(&mut self) {
        for place in (0..self.nodes.len()).rev() {
            let last = self.at(place).children.last().copied();
            let end = last.map_or(place + 1, |last| self.at(last).end);
            if let Some(node) = self.nodes.get_mut(place) {
                node.end = end;
            }
        }
    }

    pub(crate) fn at(&self, place: usize) -> &Node {
        self.nodes.get(place).unwrap_or(&self.none)
    }
    pub(crate) fn rules(&self, place: usize) -> &Sequencing {
        &self.at(place).rules
    }
    pub(crate) fn parent(&self, place: usize) -> Option<usize> {
        self.at(place).parent
    }
    pub(crate) fn is_leaf(&self, place: usize) -> bool {
        self.at(place).children.is_empty()
    }
    /// The activity itself or one below it.
    pub(crate) fn holds(&self, above: usize, place: usize) -> bool {
        (above..self.at(above).end).contains(&place)
    }
    /// From an activity up to the root, both with them.
    pub(crate) fn up(&self, place: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(place), |at| self.parent(*at))
    }
    /// From the root down to an activity, both with them.
    pub(crate) fn down(&self, place: usize) -> Vec<usize> {
        let mut out: Vec<usize> = self.up(place).collect();
        out.reverse();
        out
    }
    /// The lowest activity that holds both.
    pub(crate) fn common(&self, a: usize, b: usize) -> usize {
        self.up(a).find(|at| self.holds(*at, b)).unwrap_or(ROOT)
    }
    /// The place of an activity by its name in the manifest.
    pub(crate) fn find(&self, id: &str) -> Option<usize> {
        self.nodes.iter().position(|node| node.id == id)
    }
    /// The activity that opens a unit.
    pub(crate) fn of_unit(&self, unit: usize) -> Option<usize> {
        self.nodes.iter().position(|node| node.unit == Some(unit))
    }
    pub(crate) fn hides(&self, place: usize, button: Button) -> bool {
        self.rules(place).hides.contains(&button)
    }
}

/// Whether anything in an activity can be opened.
fn opens(activity: &Activity, any: &dyn Fn(&str) -> bool) -> bool {
    let mut open: Vec<&Activity> = activity.activities.iter().collect();
    while let Some(one) = open.pop() {
        if one.activities.is_empty() && one.resource.as_deref().is_some_and(any) {
            return true;
        }
        open.extend(&one.activities);
    }
    false
}

/// Whether a resource lies in the package.
fn lies_inside(resource: &str, manifest: &Manifest) -> bool {
    let found = manifest.resources.iter().find(|one| one.id == resource);
    found.is_some_and(|one| one.href.as_ref().is_some_and(|href| !href.contains("://")))
}
