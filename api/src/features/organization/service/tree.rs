//! The visible tree for a tree view, from memory and one statement of counts.
use std::collections::HashMap;

use entity::{MemberStage, OrganizationId, OrganizationKind, OrganizationLevel, OrganizationStatus};

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
    /// ASCII pinyin by which siblings are sorted.
    pub sort_key: String,
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
    // Probationary and full members apart: their sum is shown only where each of them may be.
    let mut direct: HashMap<OrganizationId, [i64; 2]> = HashMap::new();
    for count in counts {
        let [probationary, full] = direct.entry(count.organization_id).or_default();
        *(if count.stage == MemberStage::Full { full } else { probationary }) += count.n;
    }
    let mut visible = Visible { rows: Vec::new(), has_more: false };
    for root in scope.roots() {
        let nodes: Vec<(&TreeNode, u32)> = tree.subtree(*root).collect();
        let top = nodes.first().map_or(0, |(_, depth)| *depth);
        // Totals by running sum over the depth-first order: a subtree is a contiguous range.
        let mut sums = Vec::with_capacity(nodes.len() + 1);
        let mut sum = [0i64; 2];
        sums.push(sum);
        for (node, _) in &nodes {
            let [probationary, full] = direct.get(&node.id).copied().unwrap_or_default();
            sum = [sum[0] + probationary, sum[1] + full];
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
            let [until, from] = [end, place].map(|place| sums.get(place).copied().unwrap_or_default());
            let exact = people.contains(node.id);
            let probationary = shown(until[0] - from[0], exact);
            let full = shown(until[1] - from[1], exact);
            visible.rows.push(VisibleRow {
                id: node.id,
                parent: if below == 0 { None } else { node.parent },
                name: node.name.clone(),
                sort_key: node.sort_key.clone(),
                kind: node.kind,
                level: node.level,
                depth: below,
                members: probationary.zip(full).map(|(probationary, full)| probationary + full),
                children: children.get(&node.id).copied().unwrap_or(0),
            });
        }
    }
    visible
}
