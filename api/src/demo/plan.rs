//! The organization tree to be loaded, in memory: parents before children.
use entity::{BranchForm, Date, OrganizationKind, OrganizationLevel, Sector};

use super::{
    bodies,
    chain::{self, Divisions},
    seed::{Seed, days_before, years_before},
};

/// A node to which demonstration accounts belong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// 中共南通市委
    City,
    /// 中共崇川区委
    Chongchuan,
    /// 中共如皋市委
    Rugao,
    /// 虹桥街道党工委
    Street,
    /// A grid branch of 虹桥街道: the branch of the secretary.
    StreetBranch,
    /// A grid branch of 如皋
    RugaoBranch,
    /// An industry chain.
    Chain,
    /// An organization of new employment.
    NewEmployment,
}

/// One organization of the plan.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// Place of the organization above in the plan.
    pub(super) parent: Option<usize>,
    /// Code, unique among siblings.
    pub(super) code: String,
    /// Name.
    pub(super) name: String,
    /// Legal kind.
    pub(super) kind: OrganizationKind,
    /// Where it stands.
    pub(super) level: OrganizationLevel,
    /// How a branch is set up.
    pub(super) form: Option<BranchForm>,
    /// Field of work.
    pub(super) sector: Sector,
    /// Code of its division.
    pub(super) division: String,
    /// Day of its founding.
    pub(super) founded_on: Date,
    /// Day of archiving.
    pub(super) archived_on: Option<Date>,
    /// Whether its people lead the organization above.
    pub(super) seat: bool,
    /// Share of the people; 0 where nobody is at home.
    pub(super) weight: u32,
    /// Which demonstration accounts belong here.
    pub(super) place: Option<Place>,
}

impl Node {
    /// Whether it is an organization in law.
    pub(super) fn statutory(&self) -> bool {
        !matches!(self.kind, OrganizationKind::Group | OrganizationKind::MemberHousehold)
    }
}

/// The whole tree.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    nodes: Vec<Node>,
}

impl Plan {
    /// The tree of the city: the chain along the divisions, then the bodies beside it.
    pub(super) fn build(divisions: &Divisions<'_>, seed: &Seed) -> Result<Self, super::MappingError> {
        let mut plan = Self::default();
        let root = chain::root(&mut plan, divisions, seed)?;
        bodies::of_city(&mut plan, root, seed);
        chain::counties(&mut plan, root, divisions, seed)?;
        Ok(plan)
    }

    /// A plan of `nodes`, parents before children.
    pub(super) fn of(nodes: Vec<Node>) -> Self {
        Self { nodes }
    }

    /// All nodes.
    pub(super) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The node at `place`, to be changed.
    pub(super) fn node_mut(&mut self, place: usize) -> Option<&mut Node> {
        self.nodes.get_mut(place)
    }

    /// Adds `node` and returns its place.
    pub(super) fn add(&mut self, node: Node) -> usize {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    /// The node at `place` with its name, division and day of founding, as the start of a child.
    pub(super) fn child(&self, parent: usize, code: String, name: String, seed: &Seed) -> Node {
        let above = self.nodes.get(parent);
        // Nobody is founded before the organization above him, and the last five years begin with all in place.
        let youngest = days_before(seed.today(), 5 * 366);
        let oldest = above.map_or(years_before(seed.today(), 40), |above| above.founded_on);
        let age = seed.between(0, (youngest - oldest).num_days().clamp(0, 3_000));
        Node {
            parent: Some(parent),
            code,
            name,
            kind: OrganizationKind::Branch,
            level: OrganizationLevel::Unit,
            form: None,
            sector: above.map_or(Sector::Government, |above| above.sector),
            division: above.map(|above| above.division.clone()).unwrap_or_default(),
            founded_on: days_before(youngest, age).max(oldest),
            archived_on: None,
            seat: false,
            weight: 0,
            place: None,
        }
    }

    /// The node that is `place`.
    pub(super) fn at(&self, place: Place) -> Option<(usize, &Node)> {
        self.nodes.iter().enumerate().find(|(_, node)| node.place == Some(place))
    }

    /// Places of the ancestors of `place`, nearest first.
    pub(super) fn ancestors(&self, place: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(self.parent(place), |place| self.parent(*place))
    }

    fn parent(&self, place: usize) -> Option<usize> {
        self.nodes.get(place)?.parent
    }

    /// For every node the branch whose people lead it: itself, its seat, or the first branch below.
    pub(super) fn leading_branches(&self) -> Vec<Option<usize>> {
        let mut leading: Vec<Option<usize>> = vec![None; self.nodes.len()];
        // Children stand behind their parents, so what lies below is known on the way back.
        for (place, node) in self.nodes.iter().enumerate().rev() {
            if node.kind == OrganizationKind::Branch && node.archived_on.is_none() {
                set(&mut leading, place, Some(place));
            }
            let below = leading.get(place).copied().flatten();
            if let (Some(parent), true) = (node.parent, below.is_some()) {
                // Going backwards, an earlier sibling overwrites a later one.
                set(&mut leading, parent, below);
            }
        }
        for (place, node) in self.nodes.iter().enumerate() {
            if let (true, Some(parent)) = (node.seat, node.parent) {
                set(&mut leading, parent, Some(place));
            }
            if let (false, Some(parent)) = (node.statutory(), node.parent) {
                let branch = leading.get(parent).copied().flatten();
                set(&mut leading, place, branch);
            }
        }
        leading
    }
}

fn set<T>(slots: &mut [T], place: usize, value: T) {
    if let Some(slot) = slots.get_mut(place) {
        *slot = value;
    }
}
