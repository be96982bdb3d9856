//! Reading the audit trail. Rows are written in [`crate::audit`] alone.
use entity::{AccountId, AuditId, OrganizationId, PersonId, Timestamp, audit};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::Expr,
};

use crate::{
    authz::{Actor, Permission},
    db::page::{Key, Place, Sort},
};

/// What the trail may be narrowed by.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Mutations.
    pub action: Option<Vec<String>>,
    /// This organization and everything below it.
    pub organization: Option<OrganizationId>,
    /// Who acted.
    pub account: Option<AccountId>,
    /// Changes at this moment or later.
    pub from: Option<Timestamp>,
    /// Changes before this moment.
    pub until: Option<Timestamp>,
}

/// Rows that `actor` may read and that match `filter`.
pub fn list(actor: &Actor, filter: &Filter) -> Select<audit::Entity> {
    use audit::Column;
    let scope = actor.scope(Permission::AuditRead);
    let condition = match filter.organization {
        Some(organization) => scope.within(organization).organizations(Column::OrganizationId),
        None if actor.may_everywhere(Permission::AuditRead) => Condition::all(),
        None => scope.organizations(Column::OrganizationId),
    };
    let mut select = audit::Entity::find().filter(condition);
    if let Some(action) = &filter.action {
        select = select.filter(Column::Action.is_in(action.iter().map(String::as_str)));
    }
    if let Some(account) = filter.account {
        select = select.filter(Column::ActorId.eq(account));
    }
    if let Some(from) = filter.from {
        select = select.filter(Column::At.gte(from));
    }
    if let Some(until) = filter.until {
        select = select.filter(Column::At.lt(until));
    }
    select
}

/// The row `id`, where `actor` may read it.
pub async fn get(conn: &impl ConnectionTrait, actor: &Actor, id: AuditId) -> Result<Option<audit::Model>, DbErr> {
    list(actor, &Filter::default()).filter(audit::Column::Id.eq(id)).one(conn).await
}

/// Newest first; keys of rows are ordered by time.
pub fn sort() -> (Sort, Place<audit::Model>) {
    let id = Expr::col((audit::Entity, audit::Column::Id));
    (Sort { name: "audit", key: None, id, descending: true }, |row| (Key::None, row.id.0))
}

/// Whose history is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Changes to an organization and to what belonged to it directly.
    Organization(OrganizationId),
    /// Changes to a person and the membership.
    Person(PersonId),
}

/// The newest `size` rows about `subject` that `actor` may read.
pub async fn newest(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    subject: Subject,
    size: u64,
) -> Result<Vec<audit::Model>, DbErr> {
    let select = list(actor, &Filter::default());
    let select = match subject {
        Subject::Organization(id) => select.filter(audit::Column::OrganizationId.eq(id)),
        Subject::Person(id) => select.filter(audit::Column::PersonId.eq(id)),
    };
    select.order_by_desc(audit::Column::Id).limit(size).all(conn).await
}
