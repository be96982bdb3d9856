//! The organization tree in memory: who lies under whom, answered in nanoseconds.
use std::collections::HashMap;

use entity::{OrganizationId, OrganizationKind, OrganizationLevel, OrganizationStatus};

/// One organization of the tree.
#[derive(Clone, Debug)]
pub struct TreeNode {
    /// The organization.
    pub id: OrganizationId,
    /// The one above.
    pub parent: Option<OrganizationId>,
    /// Its full name.
    pub name: String,
    /// Its sort key.
    pub sort_key: String,
    /// Its kind.
    pub kind: OrganizationKind,
    /// Its level.
    pub level: OrganizationLevel,
    /// Active or archived.
    pub status: OrganizationStatus,
}

/// All organizations, depth first, siblings by sort key. A subtree is a contiguous range.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    nodes: Vec<TreeNode>,
    ends: Vec<usize>,
    depths: Vec<u32>,
    places: HashMap<OrganizationId, usize>,
}

impl Tree {
    /// Arranges `rows`, whose parents are among them. Rows that no root reaches are left out.
    pub fn new(mut rows: Vec<TreeNode>) -> Self {
        rows.sort_by(|a, b| (&a.sort_key, a.id).cmp(&(&b.sort_key, b.id)));
        let mut children: HashMap<Option<OrganizationId>, Vec<usize>> = HashMap::new();
        for (place, row) in rows.iter().enumerate() {
            children.entry(row.parent).or_default().push(place);
        }
        let mut rows: Vec<Option<TreeNode>> = rows.into_iter().map(Some).collect();
        let mut tree = Self::default();
        // Entered once on the way down (`None`) and once on the way up (`Some(place)`).
        let mut stack: Vec<(Option<usize>, usize, u32)> =
            children.get(&None).into_iter().flatten().rev().map(|row| (None, *row, 0)).collect();
        while let Some((opened, row, depth)) = stack.pop() {
            if let Some(place) = opened {
                let end = tree.nodes.len();
                if let Some(slot) = tree.ends.get_mut(place) {
                    *slot = end;
                }
                continue;
            }
            let Some(node) = rows.get_mut(row).and_then(Option::take) else {
                continue;
            };
            let place = tree.nodes.len();
            stack.push((Some(place), row, depth));
            for child in children.get(&Some(node.id)).into_iter().flatten().rev() {
                stack.push((None, *child, depth + 1));
            }
            tree.places.insert(node.id, place);
            tree.nodes.push(node);
            tree.depths.push(depth);
            tree.ends.push(place + 1);
        }
        tree
    }

    /// Number of organizations.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The organization `id`.
    pub fn get(&self, id: OrganizationId) -> Option<&TreeNode> {
        self.nodes.get(*self.places.get(&id)?)
    }

    /// The topmost organization.
    pub fn root(&self) -> Option<&TreeNode> {
        self.nodes.first()
    }

    /// Place of `id` in depth-first order.
    pub fn place(&self, id: OrganizationId) -> Option<usize> {
        self.places.get(&id).copied()
    }

    /// The range of places that `id` and everything below it take.
    pub fn range(&self, id: OrganizationId) -> std::ops::Range<usize> {
        self.place(id).map_or(0..0, |place| place..self.ends.get(place).copied().unwrap_or(place))
    }

    /// `id` and everything below it, depth first, with the steps below the tree's root.
    pub fn subtree(&self, id: OrganizationId) -> impl Iterator<Item = (&TreeNode, u32)> {
        let range = self.range(id);
        let depths = self.depths.get(range.clone()).unwrap_or_default();
        self.nodes.get(range).unwrap_or_default().iter().zip(depths.iter().copied())
    }

    /// Whether `id` is `root` or lies below it.
    pub fn contains(&self, root: OrganizationId, id: OrganizationId) -> bool {
        self.place(id).is_some_and(|place| self.range(root).contains(&place))
    }

    /// The top of what the subtrees of `one` and `other` have in common; none where they have nothing.
    pub fn meet(&self, one: OrganizationId, other: OrganizationId) -> Option<OrganizationId> {
        match () {
            () if self.contains(one, other) => Some(other),
            () if self.contains(other, one) => Some(one),
            () => None,
        }
    }

    /// The organizations above `id`, nearest first.
    pub fn ancestors(&self, id: OrganizationId) -> impl Iterator<Item = &TreeNode> {
        std::iter::successors(self.get(id).and_then(|node| self.get(node.parent?)), |node| self.get(node.parent?))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn id(n: usize) -> OrganizationId {
        OrganizationId(Uuid::from_u128(n as u128 + 1))
    }

    fn node(n: usize, parent: Option<usize>) -> TreeNode {
        TreeNode {
            id: id(n),
            parent: parent.map(id),
            name: format!("组织{n}"),
            sort_key: format!("{:03}", (n * 7) % 100),
            kind: OrganizationKind::Committee,
            level: OrganizationLevel::Unit,
            status: OrganizationStatus::Active,
        }
    }

    proptest! {
        #[test]
        fn a_subtree_is_what_climbing_up_says(parents in prop::collection::vec(any::<prop::sample::Index>(), 1..60)) {
            let above: Vec<Option<usize>> =
                std::iter::once(None).chain(parents.iter().enumerate().map(|(n, parent)| Some(parent.index(n + 1)))).collect();
            let tree = Tree::new(above.iter().enumerate().map(|(n, parent)| node(n, *parent)).collect());
            prop_assert_eq!(tree.len(), above.len());
            for n in 0..above.len() {
                let climbed: Vec<usize> = std::iter::successors(above[n], |up| above[*up]).collect();
                let ancestors: Vec<OrganizationId> = tree.ancestors(id(n)).map(|node| node.id).collect();
                prop_assert_eq!(&ancestors, &climbed.iter().copied().map(id).collect::<Vec<_>>());
                for root in 0..above.len() {
                    prop_assert_eq!(tree.contains(id(root), id(n)), root == n || climbed.contains(&root));
                }
                prop_assert!(tree.subtree(id(n)).all(|(below, _)| tree.contains(id(n), below.id)));
            }
        }
    }

    #[test]
    fn rows_that_no_root_reaches_are_left_out() {
        let tree = Tree::new(vec![node(0, None), node(1, Some(2)), node(2, Some(1))]);
        assert_eq!(tree.len(), 1);
        assert!(!tree.contains(id(1), id(2)));
    }
}
