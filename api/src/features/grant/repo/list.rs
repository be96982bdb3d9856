//! Lists of grants.
use entity::{AccountId, Date, OrganizationId, RoleId, role_grant};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, Select,
    sea_query::{Expr, ExprTrait},
};

use super::{not_extended, running, visible};
use crate::{
    authz::{Actor, Permission},
    db::page::{Key, Place, Sort},
};

/// How a grant stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It waits for a second holder.
    Waiting,
    /// It has not begun.
    Upcoming,
    /// It works.
    InForce,
    /// It is over.
    Ended,
}

impl Standing {
    /// How `row` stands on `today`.
    pub fn of(row: &role_grant::Model, today: Date) -> Self {
        match () {
            () if row.ended_at.is_some() || row.until.is_some_and(|until| until <= today) => Self::Ended,
            () if row.confirmed_at.is_none() => Self::Waiting,
            () if today < row.from => Self::Upcoming,
            () => Self::InForce,
        }
    }
}

/// What a list of grants may be narrowed by.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Whose they are.
    pub account: Option<AccountId>,
    /// The role.
    pub role: Option<RoleId>,
    /// On this organization or below it.
    pub organization: Option<OrganizationId>,
    /// How they stand; none for all that are not over.
    pub standing: Option<Standing>,
    /// Over on this day, and nobody has extended them.
    pub ends_by: Option<Date>,
}

/// Grants that `actor` may see and that match `filter`.
pub fn list(actor: &Actor, filter: &Filter) -> Select<role_grant::Entity> {
    use role_grant::Column;
    let today = actor.today();
    let standing = match filter.standing {
        None => running(actor),
        Some(Standing::Ended) => Condition::any().add(Column::EndedAt.is_not_null()).add(Column::Until.lte(today)),
        Some(Standing::Waiting) => running(actor).add(Column::ConfirmedAt.is_null()),
        Some(Standing::Upcoming) => running(actor).add(Column::ConfirmedAt.is_not_null()).add(Column::From.gt(today)),
        Some(Standing::InForce) => running(actor).add(Column::ConfirmedAt.is_not_null()).add(Column::From.lte(today)),
    };
    let place = filter.organization.map(|organization| {
        actor.scope(Permission::OrganizationRead).within(organization).organizations(Column::OrganizationId)
    });
    let ending = filter.ends_by.map(|day| not_extended().add(Column::Until.lte(day)));
    let narrowed = Condition::all()
        .add_option(filter.account.map(|account| Column::AccountId.eq(account)))
        .add_option(filter.role.map(|role| Column::RoleId.eq(role)))
        .add_option(place)
        .add_option(ending);
    role_grant::Entity::find().filter(visible(actor)).filter(standing).filter(narrowed)
}

/// Where open grants stand among those that end.
const OPEN_END: Date = match Date::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => Date::MAX,
};

/// By the end, open ones last; those that are over with the newest first.
pub fn sort(ended: bool) -> (Sort, Place<role_grant::Model>) {
    use role_grant::Column;
    let key = Expr::col((role_grant::Entity, Column::Until)).if_null(OPEN_END);
    let id = Expr::col((role_grant::Entity, Column::Id));
    let name = if ended { "grant.ended" } else { "grant.until" };
    let place = |row: &role_grant::Model| (Key::Date(row.until.unwrap_or(OPEN_END)), row.id.0);
    (Sort { name, key: Some(key), id, descending: ended }, place)
}
