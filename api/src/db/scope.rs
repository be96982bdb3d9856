//! The one row filter. A finder demands a [`Scope`]; without one it cannot be called.
use std::sync::Arc;

use entity::{OrganizationId, PersonId, affiliation, member, organization_closure, organization_post, person};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, SelectStatement, SimpleExpr},
};

use super::{Engine, Tree};

/// Above this number of organizations the closure table is faster than a list of keys on `PostgreSQL`, which has to be
/// made, sent and read for every statement.
const LIST_LIMIT: usize = 8;
/// Below this part of the tree, all rows of a subtree are read and sorted; above it, rows are read in the order asked for
/// and those elsewhere left out. Left alone, the planner of `PostgreSQL` walks through the city to find a street.
const SMALL_PART: usize = 16;

/// What an actor reaches with one permission: whole subtrees, and perhaps himself.
#[derive(Clone, Debug)]
pub struct Scope {
    roots: Vec<OrganizationId>,
    granted: Vec<OrganizationId>,
    readable: Vec<OrganizationId>,
    own: Option<PersonId>,
    tree: Arc<Tree>,
    engine: Engine,
}

/// The subtrees that the grants of an actor name, by their roots.
#[derive(Clone, Debug, Default)]
pub struct Subtrees {
    /// Those in which the permission is held.
    pub granted: Vec<OrganizationId>,
    /// Those whose organizations may be read.
    pub readable: Vec<OrganizationId>,
}

impl Scope {
    /// The union of the subtrees that are granted and of the person `own`.
    pub fn new(tree: Arc<Tree>, engine: Engine, subtrees: Subtrees, own: Option<PersonId>) -> Self {
        let Subtrees { granted, readable } = subtrees;
        let mut roots = granted.clone();
        roots.retain(|root| tree.get(*root).is_some());
        roots.sort_by_key(|root| tree.place(*root));
        let mut topmost: Vec<OrganizationId> = Vec::with_capacity(roots.len());
        for root in roots {
            if topmost.last().is_none_or(|last| !tree.contains(*last, root)) {
                topmost.push(root);
            }
        }
        Self { roots: topmost, granted, readable, own, tree, engine }
    }

    /// The topmost organizations reached, in tree order.
    pub fn roots(&self) -> &[OrganizationId] {
        &self.roots
    }

    /// The person reached through `SELF`.
    pub fn own(&self) -> Option<PersonId> {
        self.own
    }

    /// Whether nothing at all is reached.
    pub fn is_empty(&self) -> bool {
        self.roots.is_empty() && self.own.is_none()
    }

    /// Whether `id` lies in one of the subtrees.
    pub fn contains(&self, id: OrganizationId) -> bool {
        self.roots.iter().any(|root| self.tree.contains(*root, id))
    }

    /// This scope without `SELF`.
    #[must_use]
    pub fn without_own(&self) -> Self {
        Self { own: None, ..self.clone() }
    }

    /// Whether a filter may name `id`; see [`Scope::naming`].
    pub fn names(&self, id: OrganizationId) -> bool {
        self.readable.iter().any(|root| self.tree.contains(*root, id))
    }

    /// This scope for a filter that names the organization `id`, without `SELF`: nothing where the actor may not read
    /// that organization, so that what has to do with a hidden one stays as unknown as with one that never was.
    #[must_use]
    pub fn naming(&self, id: OrganizationId) -> Self {
        let roots = if self.names(id) { self.roots.clone() } else { Vec::new() };
        Self { roots, own: None, ..self.clone() }
    }

    /// The part of this scope that lies in the subtree of `root`, which a filter names ([`Scope::naming`]).
    #[must_use]
    pub fn within(&self, root: OrganizationId) -> Self {
        let named = self.naming(root);
        let roots = if named.contains(root) {
            vec![root]
        } else {
            named.roots.iter().copied().filter(|inner| self.tree.contains(root, *inner)).collect()
        };
        Self { roots, ..named }
    }

    fn everything(&self) -> bool {
        self.tree.root().is_some_and(|root| self.roots.first() == Some(&root.id))
    }

    /// Whether so much is reached that `SQLite` finds the first rows in an order sooner than all rows.
    pub fn is_walked(&self) -> bool {
        let size: usize = self.roots.iter().map(|root| self.tree.range(*root).len()).sum();
        self.engine == Engine::Sqlite && size * SMALL_PART > self.tree.len()
    }

    /// Rows whose organization column `column` lies in one of the subtrees.
    pub fn organizations(&self, column: impl ColumnTrait) -> Condition {
        if self.everything() {
            return Condition::all().add(column.is_not_null());
        }
        if self.roots.is_empty() {
            return Condition::all().add(Expr::value(false));
        }
        let size: usize = self.roots.iter().map(|root| self.tree.range(*root).len()).sum();
        if self.engine == Engine::Postgres && size <= LIST_LIMIT {
            let ids = self.roots.iter().flat_map(|root| self.tree.subtree(*root)).map(|(node, _)| node.id);
            return Condition::all().add(column.is_in(ids));
        }
        if self.engine == Engine::Postgres && size * SMALL_PART <= self.tree.len() {
            let column = Expr::col(column.as_column_ref());
            let keys = SimpleExpr::SubQuery(None, Box::new(self.closure().into()));
            return Condition::all().add(Expr::cust_with_exprs("$1 = ANY(ARRAY $2)", [column, keys]));
        }
        Condition::all().add(column.in_subquery(self.closure()))
    }

    /// Rows of the past whose organization column `column` lies in one of the subtrees, and lay in one that is granted
    /// when the row was made, at the moment in `at`: what comes into a subtree leaves its history behind.
    pub fn organizations_since(&self, column: impl ColumnTrait, at: impl ColumnTrait) -> Condition {
        use organization_closure::Column;
        if self.everything() || self.roots.is_empty() {
            return self.organizations(column);
        }
        let held = organization_closure::Entity::find()
            .select_only()
            .expr(Expr::value(1))
            .filter(Column::AncestorId.is_in(self.granted.iter().copied()))
            .filter(Expr::col(Column::DescendantId.as_column_ref()).equals(column.as_column_ref()))
            .filter(Expr::col(Column::Since.as_column_ref()).lte(Expr::col(at.as_column_ref())))
            .into_query();
        self.organizations(column).add(Expr::exists(held))
    }

    fn closure(&self) -> SelectStatement {
        organization_closure::Entity::find()
            .select_only()
            .column(organization_closure::Column::DescendantId)
            .filter(organization_closure::Column::AncestorId.is_in(self.roots.iter().copied()))
            .into_query()
    }

    /// Memberships that are counted in one of the subtrees, or that are one's own.
    pub fn members(&self) -> Condition {
        let own = self.own.map(|own| member::Column::PersonId.eq(own));
        Condition::any().add(self.organizations(member::Column::HomeOrganizationId)).add_option(own)
    }

    /// Persons whose home organization, running affiliation or running post lies in one of the subtrees, or oneself.
    pub fn persons(&self, today: entity::Date) -> Condition {
        self.ties(today, None)
    }

    /// [`Scope::persons`] among `ids` alone, without going through everybody else's ties.
    pub fn persons_among(&self, today: entity::Date, ids: &[PersonId]) -> Condition {
        Condition::all().add(person::Column::Id.is_in(ids.iter().copied())).add(self.ties(today, Some(ids)))
    }

    /// Persons who are in [`Scope::persons`] without a membership in [`Scope::members`]: an affiliation or a post
    /// alone lets them be seen.
    pub fn persons_beside_members(&self, today: entity::Date) -> Condition {
        if self.roots.is_empty() {
            return Condition::all().add(Expr::value(false));
        }
        let membership = member::Entity::find()
            .select_only()
            .expr(Expr::value(1))
            .filter(Expr::col((member::Entity, member::Column::PersonId)).equals((person::Entity, person::Column::Id)))
            .filter(self.organizations(member::Column::HomeOrganizationId));
        Condition::all().add(self.tied(today, None)).add(Expr::exists(membership.into_query()).not())
    }

    fn ties(&self, today: entity::Date, among: Option<&[PersonId]>) -> Condition {
        let own = self.own.map(|own| person::Column::Id.eq(own));
        if self.roots.is_empty() {
            return Condition::any().add(Expr::value(false)).add_option(own);
        }
        let members = member::Entity::find()
            .select_only()
            .column(member::Column::PersonId)
            .filter(self.organizations(member::Column::HomeOrganizationId))
            .filter(only(among, member::Column::PersonId));
        self.tied(today, among).add(person::Column::Id.in_subquery(members.into_query())).add_option(own)
    }

    /// Persons with a running affiliation or post in one of the subtrees.
    fn tied(&self, today: entity::Date, among: Option<&[PersonId]>) -> Condition {
        let affiliations = affiliation::Entity::find()
            .select_only()
            .column(affiliation::Column::PersonId)
            .filter(affiliation::Column::From.lte(today))
            .filter(affiliation::Column::Until.is_null().or(affiliation::Column::Until.gt(today)))
            .filter(self.organizations(affiliation::Column::OrganizationId))
            .filter(only(among, affiliation::Column::PersonId));
        let posts = organization_post::Entity::find()
            .select_only()
            .column(organization_post::Column::PersonId)
            .filter(organization_post::Column::From.lte(today))
            .filter(organization_post::Column::Until.is_null().or(organization_post::Column::Until.gt(today)))
            .filter(self.organizations(organization_post::Column::OrganizationId))
            .filter(only(among, organization_post::Column::PersonId));
        Condition::any()
            .add(person::Column::Id.in_subquery(affiliations.into_query()))
            .add(person::Column::Id.in_subquery(posts.into_query()))
    }
}

/// The rows of `ids` alone, where there are any.
fn only(ids: Option<&[PersonId]>, column: impl ColumnTrait) -> Condition {
    Condition::all().add_option(ids.map(|ids| column.is_in(ids.iter().copied())))
}
