//! The visible tree for a tree view, from memory and one statement of counts.
use std::collections::HashMap;

use entity::{OrganizationId, OrganizationKind, OrganizationLevel, OrganizationStatus};

use super::shown;
use crate::{
    authz::{Actor, Permission},
    db::{TreeNode, scope::Scope},
    features::organization::repo::StageTotal,
};

/// Most rows of one answer.
const LARGEST: usize = 10_000;

/// One visible organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisibleRow {
    /// The organization.
    pub id: OrganizationId,
    /// The one above, where it is visible in this answer.
    pub parent: Option<OrganizationId>,
    /// Official full name.
    pub name: String,
    /// Legal kind.
    pub kind: OrganizationKind,
    /// Where it stands.
    pub level: OrganizationLevel,
    /// Steps below the top of this answer.
    pub depth: u32,
    /// Probationary and full members in the subtree, where they may be shown.
    pub members: Option<i64>,
    /// Active direct children.
    pub children: usize,
}

/// The visible part of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visible {
    /// Rows, depth first.
    pub rows: Vec<VisibleRow>,
    /// Whether rows were left out because of depth or number.
    pub has_more: bool,
}

/// The active organizations of `scope`, down to `depth` steps below its roots.
pub fn visible(actor: &Actor, scope: &Scope, depth: Option<u32>, counts: &[StageTotal]) -> Visible {
    let tree = actor.tree();
    let people = actor.scope(Permission::PersonRead);
    let active = |node: &TreeNode| node.status == OrganizationStatus::Active;
    let mut direct: HashMap<OrganizationId, i64> = HashMap::new();
    for count in counts {
        *direct.entry(count.organization_id).or_default() += count.n;
    }
    let mut visible = Visible { rows: Vec::new(), has_more: false };
    for root in scope.roots() {
        let nodes: Vec<(&TreeNode, u32)> = tree.subtree(*root).collect();
        let top = nodes.first().map_or(0, |(_, depth)| *depth);
        // Totals by running sum over the depth-first order: a subtree is a contiguous range.
        let mut sums = Vec::with_capacity(nodes.len() + 1);
        sums.push(0i64);
        for (node, _) in &nodes {
            let sum = sums.last().copied().unwrap_or(0) + direct.get(&node.id).copied().unwrap_or(0);
            sums.push(sum);
        }
        let mut children: HashMap<OrganizationId, usize> = HashMap::new();
        for (node, _) in nodes.iter().filter(|(node, _)| active(node)) {
            if let Some(parent) = node.parent {
                *children.entry(parent).or_default() += 1;
            }
        }
        for (place, (node, node_depth)) in nodes.iter().enumerate().filter(|(_, (node, _))| active(node)) {
            let below = node_depth - top;
            if depth.is_some_and(|depth| below > depth) || visible.rows.len() >= LARGEST {
                visible.has_more = true;
                continue;
            }
            let end = place + tree.range(node.id).len();
            let total = sums.get(end).copied().unwrap_or(0) - sums.get(place).copied().unwrap_or(0);
            visible.rows.push(VisibleRow {
                id: node.id,
                parent: if below == 0 { None } else { node.parent },
                name: node.name.clone(),
                kind: node.kind,
                level: node.level,
                depth: below,
                members: shown(total, people.contains(node.id)),
                children: children.get(&node.id).copied().unwrap_or(0),
            });
        }
    }
    visible
}
