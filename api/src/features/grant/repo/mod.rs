//! The only place that names the table of grants. A finder demands the actor.
mod list;

use entity::{
    AccountId, AccountStatus, Date, GrantId, OrganizationId, PostId, RoleId, account, role, role_grant, role_permission,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};

pub use list::{Filter, Standing, list, sort};

use crate::{
    authz::{Actor, Permission},
    db::Tx,
};

/// The role with this code.
pub async fn get_by_code(conn: &impl ConnectionTrait, code: &str) -> Result<Option<role::Model>, DbErr> {
    role::Entity::find().filter(role::Column::Code.eq(code)).one(conn).await
}

/// Grants that `actor` may see: his own, those on organizations where he may see grants, and with that right on the
/// whole tree all of them.
fn visible(actor: &Actor) -> Condition {
    let own = role_grant::Column::AccountId.eq(actor.account());
    if actor.may_everywhere(Permission::GrantRead) {
        return Condition::all();
    }
    let scope = actor.scope(Permission::GrantRead);
    Condition::any().add(own).add(scope.organizations(role_grant::Column::OrganizationId))
}

/// Grants of `accounts` that have not ended by `actor`'s day, as far as he may see them, in order of their beginning.
pub async fn of_accounts(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    accounts: &[AccountId],
) -> Result<Vec<role_grant::Model>, DbErr> {
    role_grant::Entity::find()
        .filter(role_grant::Column::AccountId.is_in(accounts.iter().copied()))
        .filter(running(actor))
        .filter(visible(actor))
        .order_by_asc(role_grant::Column::From)
        .order_by_asc(role_grant::Column::Id)
        .all(conn)
        .await
}

fn running(actor: &Actor) -> Condition {
    let ahead =
        Condition::any().add(role_grant::Column::Until.is_null()).add(role_grant::Column::Until.gt(actor.today()));
    Condition::all().add(role_grant::Column::EndedAt.is_null()).add(ahead)
}

/// Grants that wait for a second holder other than `actor`, oldest first, as far as he may see them.
pub async fn waiting(conn: &impl ConnectionTrait, actor: &Actor, most: u64) -> Result<Vec<role_grant::Model>, DbErr> {
    use role_grant::Column;
    role_grant::Entity::find()
        .filter(Column::ConfirmedAt.is_null())
        .filter(running(actor))
        .filter(visible(actor))
        .filter(Column::AccountId.ne(actor.account()))
        .filter(Condition::any().add(Column::GrantedBy.is_null()).add(Column::GrantedBy.ne(actor.account())))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .limit(most)
        .all(conn)
        .await
}

/// The grants `ids`, as far as `actor` may see them.
pub async fn get_all(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    ids: &[GrantId],
) -> Result<Vec<role_grant::Model>, DbErr> {
    role_grant::Entity::find()
        .filter(role_grant::Column::Id.is_in(ids.iter().copied()))
        .filter(visible(actor))
        .all(conn)
        .await
}

/// The grant `id`, where `actor` may see it.
pub async fn get(conn: &impl ConnectionTrait, actor: &Actor, id: GrantId) -> Result<Option<role_grant::Model>, DbErr> {
    Ok(get_all(conn, actor, &[id]).await?.pop())
}

/// Whether `account` has a grant of the same role and place that shares a day with the new one.
pub async fn overlaps(tx: &Tx, new: &role_grant::Model) -> Result<bool, DbErr> {
    let place = match new.organization_id {
        Some(organization) => role_grant::Column::OrganizationId.eq(organization),
        None => role_grant::Column::OrganizationId.is_null(),
    };
    let mut select = role_grant::Entity::find()
        .filter(role_grant::Column::AccountId.eq(new.account_id))
        .filter(role_grant::Column::RoleId.eq(new.role_id))
        .filter(place)
        .filter(role_grant::Column::EndedAt.is_null())
        .filter(Expr::col(role_grant::Column::Until).is_null().or(role_grant::Column::Until.gt(new.from)));
    if let Some(until) = new.until {
        select = select.filter(role_grant::Column::From.lt(until));
    }
    Ok(select.one(tx.conn()).await?.is_some())
}

/// Grants that are bound to the post `post` and have not ended.
pub async fn bound_to(tx: &Tx, post: PostId) -> Result<Vec<role_grant::Model>, DbErr> {
    unended(tx, role_grant::Column::PostId.eq(post)).await
}

/// Grants on `organization` itself that have not ended.
pub async fn on(tx: &Tx, organization: OrganizationId) -> Result<Vec<role_grant::Model>, DbErr> {
    unended(tx, role_grant::Column::OrganizationId.eq(organization)).await
}

/// What extends the grant `id` and has not ended.
pub async fn extension(tx: &Tx, id: GrantId) -> Result<Option<role_grant::Model>, DbErr> {
    Ok(unended(tx, role_grant::Column::ExtendsId.eq(id)).await?.pop())
}

async fn unended(tx: &Tx, which: impl Into<Condition>) -> Result<Vec<role_grant::Model>, DbErr> {
    use role_grant::Column;
    role_grant::Entity::find()
        .filter(which.into())
        .filter(Column::EndedAt.is_null())
        .filter(Column::Until.is_null().or(Column::Until.gt(tx.today())))
        .order_by_asc(Column::Id)
        .all(tx.conn())
        .await
}

/// What extends the grants `ids` and has not ended, as far as `actor` may see it.
pub async fn extensions(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    ids: &[GrantId],
) -> Result<Vec<role_grant::Model>, DbErr> {
    role_grant::Entity::find()
        .filter(role_grant::Column::ExtendsId.is_in(ids.iter().copied()))
        .filter(role_grant::Column::EndedAt.is_null())
        .filter(visible(actor))
        .all(conn)
        .await
}

/// Grants that nobody has extended: those that do end when their period does.
fn not_extended() -> Condition {
    use role_grant::Column;
    let extended = role_grant::Entity::find()
        .select_only()
        .column(Column::ExtendsId)
        .filter(Column::ExtendsId.is_not_null())
        .filter(Column::EndedAt.is_null())
        .filter(Column::ConfirmedAt.is_not_null());
    Condition::all().add(Column::Id.not_in_subquery(extended.into_query()))
}

/// Writes a new grant.
pub async fn insert(tx: &Tx, row: role_grant::Model) -> Result<role_grant::Model, DbErr> {
    role_grant::Entity::insert(row.clone().into_active_model().reset_all()).exec_without_returning(tx.conn()).await?;
    Ok(row)
}

/// Writes the end or the confirmation of a grant.
pub async fn update(tx: &Tx, row: role_grant::Model) -> Result<role_grant::Model, DbErr> {
    role_grant::Entity::update_many()
        .set(row.clone().into_active_model().reset_all())
        .filter(role_grant::Column::Id.eq(row.id))
        .exec(tx.conn())
        .await?;
    Ok(row)
}

/// Organizations of `organizations` with the active accounts that hold `permission` on that very one today.
pub async fn acting_on(
    tx: &Tx,
    permission: Permission,
    organizations: &[OrganizationId],
) -> Result<Vec<(OrganizationId, AccountId)>, DbErr> {
    use role_grant::Column;
    let roles = role_permission::Entity::find()
        .select_only()
        .column(role_permission::Column::RoleId)
        .filter(role_permission::Column::Permission.eq(permission.code()))
        .filter(role_permission::Column::Uses.eq(true));
    let accounts = account::Entity::find()
        .select_only()
        .column(account::Column::Id)
        .filter(account::Column::Status.eq(AccountStatus::Active));
    role_grant::Entity::find()
        .select_only()
        .columns([Column::OrganizationId, Column::AccountId])
        .distinct()
        .filter(Column::OrganizationId.is_in(organizations.iter().copied()))
        .filter(Column::RoleId.in_subquery(roles.into_query()))
        .filter(Column::AccountId.in_subquery(accounts.into_query()))
        .filter(Column::EndedAt.is_null())
        .filter(Column::ConfirmedAt.is_not_null())
        .filter(Column::From.lte(tx.today()))
        .filter(Column::Until.is_null().or(Column::Until.gt(tx.today())))
        .into_tuple()
        .all(tx.conn())
        .await
}

/// Which grants are asked for.
#[derive(Clone, Copy, Debug)]
pub enum Which<'a> {
    /// Those on the organizations themselves.
    On(&'a [OrganizationId]),
    /// Those with the keys.
    These(&'a [GrantId]),
    /// The next by key.
    After {
        /// The one before; none for the first ones.
        last: Option<GrantId>,
        /// At most so many.
        most: u64,
    },
}

/// Grants in force that nobody has extended and whose first day after lies between tomorrow and `by`, by key.
pub async fn ending(tx: &Tx, which: Which<'_>, by: Date) -> Result<Vec<role_grant::Model>, DbErr> {
    use role_grant::Column;
    let select = role_grant::Entity::find();
    let select = match which {
        Which::On(organizations) => select.filter(Column::OrganizationId.is_in(organizations.iter().copied())),
        Which::These(ids) => select.filter(Column::Id.is_in(ids.iter().copied())),
        Which::After { last, most } => {
            select.filter(Condition::all().add_option(last.map(|last| Column::Id.gt(last)))).limit(most)
        }
    };
    select
        .filter(Column::EndedAt.is_null())
        .filter(Column::ConfirmedAt.is_not_null())
        .filter(Column::From.lte(tx.today()))
        .filter(Column::Until.gt(tx.today()))
        .filter(Column::Until.lte(by))
        .filter(not_extended())
        .order_by_asc(Column::Id)
        .all(tx.conn())
        .await
}

/// The grants `ids`, whoever may see them: their duties are brought in line.
pub async fn by_keys(tx: &Tx, ids: &[GrantId]) -> Result<Vec<role_grant::Model>, DbErr> {
    role_grant::Entity::find().filter(role_grant::Column::Id.is_in(ids.iter().copied())).all(tx.conn()).await
}

/// Grants of `role` that have not ended by `today`, those included that wait or have not begun.
pub async fn running_of(
    conn: &impl ConnectionTrait,
    role: RoleId,
    today: Date,
) -> Result<Vec<role_grant::Model>, DbErr> {
    use role_grant::Column;
    role_grant::Entity::find()
        .filter(Column::RoleId.eq(role))
        .filter(Column::EndedAt.is_null())
        .filter(Condition::any().add(Column::Until.is_null()).add(Column::Until.gt(today)))
        .all(conn)
        .await
}
