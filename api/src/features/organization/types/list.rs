//! How organizations are listed: filter, sort, tree.
use async_graphql::{Enum, ID, InputObject, SimpleObject};

use super::{OrganizationKind, OrganizationLevel, OrganizationStatus, Sector};
use crate::{features::organization::repo, graphql::ids};

/// What a list of organizations may be narrowed by.
#[derive(InputObject, Default)]
pub struct OrganizationFilter {
    /// Matches name, pinyin initials or code, from the start of a word.
    pub text: Option<String>,
    /// Kinds.
    pub kind: Option<Vec<OrganizationKind>>,
    /// Levels.
    pub level: Option<Vec<OrganizationLevel>>,
    /// Sectors.
    pub sector: Option<Vec<Sector>>,
    /// Statuses; active ones alone where left out.
    pub status: Option<Vec<OrganizationStatus>>,
    /// This organization and everything below it.
    pub under: Option<ID>,
}

impl From<OrganizationFilter> for repo::Filter {
    fn from(filter: OrganizationFilter) -> Self {
        let OrganizationFilter { text, kind, level, sector, status, under } = filter;
        Self {
            text,
            kind: kind.map(|kinds| kinds.into_iter().map(Into::into).collect()),
            level: level.map(|levels| levels.into_iter().map(Into::into).collect()),
            sector: sector.map(|sectors| sectors.into_iter().map(Into::into).collect()),
            status: status.map(|statuses| statuses.into_iter().map(Into::into).collect()),
            parent: None,
            under: under.map(|id| ids::decode_or_nil(&id)),
        }
    }
}

/// By what a list of organizations is sorted.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrganizationOrderField {
    /// Name, by pinyin.
    Name,
    /// Code.
    Code,
    /// Time of the last change.
    UpdatedAt,
}

/// Direction of a sort.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderDirection {
    /// From small to large.
    Asc,
    /// From large to small.
    Desc,
}

/// Sort of a list of organizations.
#[derive(InputObject, Clone, Copy)]
pub struct OrganizationOrder {
    /// By what.
    pub field: OrganizationOrderField,
    /// Which way.
    pub direction: OrderDirection,
}

/// One row of the visible tree.
#[derive(SimpleObject)]
pub struct OrganizationTreeRow {
    /// Global id of the organization.
    pub id: ID,
    /// Global id of the organization above; null at a root of the visible tree.
    pub parent_id: Option<ID>,
    /// Official full name.
    pub name: String,
    /// ASCII pinyin by which siblings are sorted; typing its beginning or its initials finds the row.
    pub sort_key: String,
    /// Legal kind.
    pub kind: OrganizationKind,
    /// Where it stands.
    pub level: OrganizationLevel,
    /// Steps below the root that was asked for.
    pub depth: i32,
    /// Probationary and full members, with everything below. Where the viewer may not read them: null under 5, else
    /// cut to a multiple of 5.
    pub member_count: Option<i32>,
    /// Active direct children.
    pub child_count: i32,
}

/// The visible part of the tree, depth first.
#[derive(SimpleObject)]
pub struct OrganizationTree {
    /// The rows.
    pub rows: Vec<OrganizationTreeRow>,
    /// True where rows were left out because of depth or number; open a node with `root`.
    pub has_more: bool,
}
