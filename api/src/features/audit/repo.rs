//! Reading the audit trail. Rows are written in [`crate::audit`] alone.
use std::collections::HashSet;

use entity::{AccountId, AuditId, OrganizationId, PersonId, Timestamp, audit, audit_seal};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    audit::{proof, root},
    authz::{Actor, Permission},
    db::page::{Key, Place, Sort},
    features::{account, person},
};

/// One object that history may be asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// Type, as GraphQL names it.
    pub object_type: &'static str,
    /// Key.
    pub id: Uuid,
}

/// What the trail may be narrowed by.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Mutations.
    pub action: Option<Vec<String>>,
    /// This organization and everything below it.
    pub organization: Option<OrganizationId>,
    /// Who acted.
    pub account: Option<AccountId>,
    /// Sign-in name of the one who acted.
    pub actor: Option<String>,
    /// What was changed; an object of no type is none.
    pub object: Option<Option<Object>>,
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
        Some(organization) => scope.within(organization).organizations_since(Column::OrganizationId, Column::At),
        None if actor.may_everywhere(Permission::AuditRead) => Condition::all(),
        None => scope.organizations_since(Column::OrganizationId, Column::At),
    };
    let mut select = audit::Entity::find().filter(condition);
    if let Some(action) = &filter.action {
        select = select.filter(Column::Action.is_in(action.iter().map(String::as_str)));
    }
    if let Some(account) = filter.account {
        select = select.filter(Column::ActorId.in_subquery(account::visible_among(actor, account)));
    }
    if let Some(name) = &filter.actor {
        // Every row that may be read shows the name, so asking for it tells nothing more.
        let named = actor.authority().accounts.iter().find(|(_, account)| account.name == *name);
        select = select.filter(Column::ActorId.eq(named.map_or(AccountId(Uuid::nil()), |(id, _)| *id)));
    }
    if let Some(object) = &filter.object {
        select = select.filter(about(actor, object.as_ref()));
    }
    if let Some(from) = filter.from {
        select = select.filter(Column::At.gte(from));
    }
    if let Some(until) = filter.until {
        select = select.filter(Column::At.lt(until));
    }
    select
}

/// Rows about `object`: those that name it, which is to be seen in the row itself, and where the actor may read it now,
/// what belongs to it: to a person the membership, posts and ties, to an organization what is directly in it.
fn about(actor: &Actor, object: Option<&Object>) -> Condition {
    use audit::Column;
    let Some(Object { object_type, id }) = object else { return Condition::all().add(Expr::value(false)) };
    let named = Condition::all().add(Column::ObjectId.eq(*id)).add(Column::ObjectType.eq(*object_type));
    let belonging = match *object_type {
        "Person" => Some(Column::PersonId.in_subquery(person::readable_among(actor, PersonId(*id)))),
        "Organization" if actor.may(Permission::OrganizationRead, OrganizationId(*id)) => {
            Some(Column::OrganizationId.eq(*id))
        }
        _ => None,
    };
    Condition::any().add(named).add_option(belonging)
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

/// Those of `rows`, which the actor may read, that are sealed.
pub async fn sealed(conn: &impl ConnectionTrait, rows: &[AuditId]) -> Result<HashSet<AuditId>, DbErr> {
    proof::sealed_among(conn, rows.iter().copied()).await
}

/// The newest link of the chain, where `actor` may read the whole trail: its position counts the changes of everybody.
pub async fn newest_link(conn: &impl ConnectionTrait, actor: &Actor) -> Result<Option<audit_seal::Model>, DbErr> {
    if !actor.may_everywhere(Permission::AuditRead) {
        return Ok(None);
    }
    root::newest(conn).await
}

/// How many changes are sealed up to `position`.
pub async fn count_links(conn: &impl ConnectionTrait, position: i64) -> Result<u64, DbErr> {
    root::count(conn, position).await
}
