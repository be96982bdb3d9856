//! A smaller tree of the same variety: every demonstration place, kind, level, branch form and sector stays.
use std::collections::HashSet;

use entity::{BranchForm, OrganizationKind, OrganizationLevel, Sector};

use super::plan::{Node, Plan};

/// Something that must occur in every demonstration.
#[derive(PartialEq, Eq, Hash)]
enum Trait {
    Kind(OrganizationKind),
    Level(OrganizationLevel),
    Form(BranchForm),
    Sector(Sector),
}

/// Cuts `plan` to about `wanted` nodes, taken evenly from all over the tree.
pub(super) fn cut(plan: Plan, wanted: usize) -> Plan {
    if wanted >= plan.nodes().len() {
        return plan;
    }
    let mut kept = Kept { plan: &plan, marks: vec![false; plan.nodes().len()], count: 0 };
    let leading = plan.leading_branches();
    let mut seen = HashSet::new();
    for (place, node) in plan.nodes().iter().enumerate() {
        if node.place.is_some() {
            kept.keep(place);
            if let Some(branch) = leading.get(place).copied().flatten() {
                kept.keep(branch);
            }
        }
        let mut traits = vec![Trait::Kind(node.kind), Trait::Level(node.level), Trait::Sector(node.sector)];
        traits.extend(node.form.map(Trait::Form));
        // `|`: every trait of the node counts as seen.
        if traits.into_iter().fold(false, |new, one| new | seen.insert(one)) {
            kept.keep(place);
        }
    }
    let parents: HashSet<usize> = plan.nodes().iter().filter_map(|node| node.parent).collect();
    let leaves: Vec<usize> = (0..plan.nodes().len()).filter(|place| !parents.contains(place)).collect();
    let stride = golden_stride(leaves.len());
    for step in 0..leaves.len() {
        if kept.count >= wanted {
            break;
        }
        if let Some(leaf) = leaves.get(step * stride % leaves.len()) {
            kept.keep(*leaf);
        }
    }
    renumber(&plan, &kept.marks)
}

struct Kept<'a> {
    plan: &'a Plan,
    marks: Vec<bool>,
    count: usize,
}

impl Kept<'_> {
    /// Keeps `place` and everything above it.
    fn keep(&mut self, place: usize) {
        for place in std::iter::once(place).chain(self.plan.ancestors(place)) {
            if let Some(mark) = self.marks.get_mut(place).filter(|mark| !**mark) {
                *mark = true;
                self.count += 1;
            }
        }
    }
}

/// About 0.618 of `len` and without a divisor in common with it, so that steps of it visit every place, far apart.
fn golden_stride(len: usize) -> usize {
    let divisor = |mut a: usize, mut b: usize| {
        while b > 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    (len * 618 / 1_000..=len + 1).find(|stride| divisor(len, *stride) == 1).unwrap_or(1)
}

fn renumber(plan: &Plan, marks: &[bool]) -> Plan {
    let mut places = vec![None; marks.len()];
    let mut nodes: Vec<Node> = Vec::new();
    for ((place, node), kept) in plan.nodes().iter().enumerate().zip(marks) {
        if *kept {
            let parent = node.parent.and_then(|parent| places.get(parent).copied().flatten());
            if let Some(slot) = places.get_mut(place) {
                *slot = Some(nodes.len());
            }
            nodes.push(Node { parent, ..node.clone() });
        }
    }
    Plan::of(nodes)
}
