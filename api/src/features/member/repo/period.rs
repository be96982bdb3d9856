//! Periods of memberships: stages, home organizations, contact persons.
use entity::{
    Date, MemberId, MemberStage, OrganizationId, PeriodId, PersonId, member_contact, member_home, member_stage,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{CaseStatement, Expr, ExprTrait},
};

use crate::db::Tx;

/// Rows of one insert.
const CHUNK: usize = 200;

/// Begins a stage.
pub async fn begin_stage(tx: &Tx, member: MemberId, stage: MemberStage, from: Date) -> Result<(), DbErr> {
    let row = member_stage::ActiveModel {
        id: Set(tx.new_id()),
        member_id: Set(member),
        stage: Set(stage),
        from: Set(from),
        until: Set(None),
    };
    member_stage::Entity::insert(row).exec_without_returning(tx.conn()).await.map(|_| ())
}

/// Stages of the members `ids`, which have been shown to be readable, oldest first.
pub async fn stage_periods(conn: &impl ConnectionTrait, ids: &[MemberId]) -> Result<Vec<member_stage::Model>, DbErr> {
    member_stage::Entity::find()
        .filter(member_stage::Column::MemberId.is_in(ids.iter().copied()))
        .order_by_asc(member_stage::Column::From)
        .all(conn)
        .await
}

/// The running stage.
pub async fn running_stage(tx: &Tx, member: MemberId) -> Result<Option<member_stage::Model>, DbErr> {
    member_stage::Entity::find()
        .filter(member_stage::Column::MemberId.eq(member))
        .filter(member_stage::Column::Until.is_null())
        .one(tx.conn())
        .await
}

/// The running stages of the members `ids`.
pub async fn running_stages(tx: &Tx, ids: &[MemberId]) -> Result<Vec<member_stage::Model>, DbErr> {
    member_stage::Entity::find()
        .filter(member_stage::Column::MemberId.is_in(ids.iter().copied()))
        .filter(member_stage::Column::Until.is_null())
        .all(tx.conn())
        .await
}

fn home(tx: &Tx, member: MemberId, organization: OrganizationId, from: Date) -> member_home::ActiveModel {
    member_home::ActiveModel {
        id: Set(tx.new_id()),
        member_id: Set(member),
        organization_id: Set(organization),
        from: Set(from),
        until: Set(None),
    }
}

/// Begins a home period.
pub async fn begin_home(tx: &Tx, member: MemberId, organization: OrganizationId, from: Date) -> Result<(), DbErr> {
    let row = home(tx, member, organization, from);
    member_home::Entity::insert(row).exec_without_returning(tx.conn()).await.map(|_| ())
}

/// Begins home periods at `organization`, a bounded number at a time.
pub async fn begin_homes(tx: &Tx, organization: OrganizationId, members: &[(MemberId, Date)]) -> Result<(), DbErr> {
    for chunk in members.chunks(CHUNK) {
        let rows = chunk.iter().map(|(member, from)| home(tx, *member, organization, *from));
        member_home::Entity::insert_many(rows).exec_without_returning(tx.conn()).await?;
    }
    Ok(())
}

/// Home periods of the members `ids`, which have been shown to be readable, oldest first.
pub async fn home_periods(conn: &impl ConnectionTrait, ids: &[MemberId]) -> Result<Vec<member_home::Model>, DbErr> {
    member_home::Entity::find()
        .filter(member_home::Column::MemberId.is_in(ids.iter().copied()))
        .order_by_asc(member_home::Column::From)
        .all(conn)
        .await
}

/// The running home period.
pub async fn running_home(tx: &Tx, member: MemberId) -> Result<Option<member_home::Model>, DbErr> {
    member_home::Entity::find()
        .filter(member_home::Column::MemberId.eq(member))
        .filter(member_home::Column::Until.is_null())
        .one(tx.conn())
        .await
}

/// Running home periods at `organization`.
pub async fn running_homes(tx: &Tx, organization: OrganizationId) -> Result<Vec<member_home::Model>, DbErr> {
    member_home::Entity::find()
        .filter(member_home::Column::OrganizationId.eq(organization))
        .filter(member_home::Column::Until.is_null())
        .all(tx.conn())
        .await
}

/// Ends the home period `id` on `on`.
pub async fn end_home(tx: &Tx, id: PeriodId, on: Date) -> Result<(), DbErr> {
    member_home::Entity::update_many()
        .col_expr(member_home::Column::Until, Expr::value(on))
        .filter(member_home::Column::Id.eq(id))
        .exec(tx.conn())
        .await
        .map(|_| ())
}

/// Ends the running home periods at `organization` on `on`; one that begins later never ran.
pub async fn end_homes(tx: &Tx, organization: OrganizationId, on: Date) -> Result<(), DbErr> {
    use member_home::Column;
    let end = CaseStatement::new().case(Column::From.gt(on), Expr::col(Column::From)).finally(Expr::value(on));
    member_home::Entity::update_many()
        .col_expr(Column::Until, end.into())
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::Until.is_null())
        .exec(tx.conn())
        .await
        .map(|_| ())
}

/// Lets the first stage and the first home period of `member`, which began on `old`, begin on `new`.
pub async fn shift_beginning(tx: &Tx, member: MemberId, old: Date, new: Date) -> Result<(), DbErr> {
    member_stage::Entity::update_many()
        .col_expr(member_stage::Column::From, Expr::value(new))
        .filter(member_stage::Column::MemberId.eq(member))
        .filter(member_stage::Column::From.eq(old))
        .filter(member_stage::Column::Stage.eq(MemberStage::Applicant))
        .exec(tx.conn())
        .await?;
    member_home::Entity::update_many()
        .col_expr(member_home::Column::From, Expr::value(new))
        .filter(member_home::Column::MemberId.eq(member))
        .filter(member_home::Column::From.eq(old))
        .exec(tx.conn())
        .await
        .map(|_| ())
}

/// Contacts that run on `day`.
pub fn contact_runs(day: Date) -> Condition {
    use member_contact::Column;
    Condition::all().add(Column::From.lte(day)).add(Column::Until.is_null().or(Column::Until.gt(day)))
}

/// Contacts of the members `ids`, which have been shown to be readable, that run on `day`.
pub async fn contacts(
    conn: &impl ConnectionTrait,
    ids: &[MemberId],
    day: Date,
) -> Result<Vec<member_contact::Model>, DbErr> {
    member_contact::Entity::find()
        .filter(member_contact::Column::MemberId.is_in(ids.iter().copied()))
        .filter(contact_runs(day))
        .order_by_asc(member_contact::Column::From)
        .order_by_asc(member_contact::Column::Id)
        .all(conn)
        .await
}

/// Begins a contact.
pub async fn begin_contact(tx: &Tx, member: MemberId, person: PersonId, from: Date) -> Result<(), DbErr> {
    let row = member_contact::ActiveModel {
        id: Set(tx.new_id()),
        member_id: Set(member),
        person_id: Set(person),
        from: Set(from),
        until: Set(None),
    };
    member_contact::Entity::insert(row).exec_without_returning(tx.conn()).await.map(|_| ())
}

/// Ends the contact `id` on `on`.
pub async fn end_contact(tx: &Tx, id: PeriodId, on: Date) -> Result<(), DbErr> {
    member_contact::Entity::update_many()
        .col_expr(member_contact::Column::Until, Expr::value(on))
        .filter(member_contact::Column::Id.eq(id))
        .exec(tx.conn())
        .await
        .map(|_| ())
}
