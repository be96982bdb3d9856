//! The only place that names the table of exports, and the one that reads what every other table says about somebody:
//! for that person alone, with every column.
use entity::{
    AccountId, MemberId, PersonId, RoleId, Timestamp, account, affiliation, api_token, attachment, attachment_upload,
    erasure_proposal, idempotency_key, job, member, member_contact, member_home, member_stage, notification,
    notification_setting, obligation, one_time_link, organization_post, person, person_export, problem_report,
    recovery_code, refresh_token, role, role_grant, search_token, second_factor, sign_in_event, sign_in_session,
    unmask_event,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IdenStatic,
    IntoActiveModel, Iterable, ModelTrait, PrimaryKeyToColumn, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Value,
    sea_query::IntoCondition,
};

use crate::{db::Tx, features::retention::Words};

/// Tables that say something about people and are not in an export, with the reason.
pub const WITHHELD: &[(&str, Words)] = &[
    (
        "audit",
        (
            "变动记录同时涉及别人和正在办理的事，可以向管理员申请查阅；谁查看过敏感信息已列出。",
            "The trail tells about others and about matters that are not closed; ask an administrator. Who looked at protected fields is listed.",
        ),
    ),
    (
        "sign_in_throttle",
        (
            "只有加密后的计数，一天后移除，看不出是谁。",
            "Counts under a keyed hash that names nobody, removed after a day.",
        ),
    ),
    ("person_export", ("就是这份文件。", "It is this file.")),
];

/// Whose data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The person.
    pub person: PersonId,
    /// The account of the person.
    pub account: AccountId,
    /// The membership; a key that never exists where there is none.
    pub member: MemberId,
}

/// A row: columns in the order of the table, with their values.
pub type Row = Vec<(&'static str, Value)>;

/// What a table says about somebody.
pub struct Found {
    /// Every column of the table.
    pub columns: Vec<&'static str>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// What `table` says about `subject`; none for a table that no export reads.
pub async fn find(conn: &impl ConnectionTrait, subject: Subject, table: &str) -> Result<Option<Found>, DbErr> {
    let Subject { person, account, member } = subject;
    let sessions = sign_in_session::Entity::find()
        .select_only()
        .column(sign_in_session::Column::Id)
        .filter(sign_in_session::Column::AccountId.eq(account))
        .into_query();
    let either = |one, other| Condition::any().add(one).add(other);
    Ok(Some(match table {
        "person" => read::<person::Entity>(conn, person::Column::Id.eq(person)).await?,
        "member" => read::<member::Entity>(conn, member::Column::Id.eq(member)).await?,
        "member_stage" => read::<member_stage::Entity>(conn, member_stage::Column::MemberId.eq(member)).await?,
        "member_home" => read::<member_home::Entity>(conn, member_home::Column::MemberId.eq(member)).await?,
        "member_contact" => {
            use member_contact::Column::{MemberId, PersonId};
            read::<member_contact::Entity>(conn, either(MemberId.eq(member), PersonId.eq(person))).await?
        }
        "affiliation" => read::<affiliation::Entity>(conn, affiliation::Column::PersonId.eq(person)).await?,
        "organization_post" => {
            read::<organization_post::Entity>(conn, organization_post::Column::PersonId.eq(person)).await?
        }
        "search_token" => {
            read::<search_token::Entity>(conn, search_token::Column::SubjectId.is_in([person.0, member.0])).await?
        }
        "account" => read::<account::Entity>(conn, account::Column::PersonId.eq(person)).await?,
        "role_grant" => read::<role_grant::Entity>(conn, role_grant::Column::AccountId.eq(account)).await?,
        "erasure_proposal" => {
            read::<erasure_proposal::Entity>(conn, erasure_proposal::Column::PersonId.eq(person)).await?
        }
        "unmask_event" => read::<unmask_event::Entity>(conn, unmask_event::Column::PersonId.eq(person)).await?,
        "obligation" => read::<obligation::Entity>(conn, obligation::Column::PersonId.eq(person)).await?,
        "attachment" => read::<attachment::Entity>(conn, attachment::Column::PersonId.eq(person)).await?,
        "attachment_upload" => {
            use attachment_upload::Column::{AccountId, PersonId};
            read::<attachment_upload::Entity>(conn, either(PersonId.eq(person), AccountId.eq(account))).await?
        }
        "notification" => read::<notification::Entity>(conn, notification::Column::AccountId.eq(account)).await?,
        "notification_setting" => {
            read::<notification_setting::Entity>(conn, notification_setting::Column::AccountId.eq(account)).await?
        }
        "problem_report" => read::<problem_report::Entity>(conn, problem_report::Column::AccountId.eq(account)).await?,
        "job" => read::<job::Entity>(conn, job::Column::ActorId.eq(account)).await?,
        "idempotency_key" => {
            read::<idempotency_key::Entity>(conn, idempotency_key::Column::ActorId.eq(account)).await?
        }
        "refresh_token" => {
            read::<refresh_token::Entity>(conn, refresh_token::Column::SessionId.in_subquery(sessions)).await?
        }
        "second_factor" => read::<second_factor::Entity>(conn, second_factor::Column::AccountId.eq(account)).await?,
        "recovery_code" => read::<recovery_code::Entity>(conn, recovery_code::Column::AccountId.eq(account)).await?,
        "one_time_link" => {
            use one_time_link::Column::{AccountId, CreatedBy};
            read::<one_time_link::Entity>(conn, either(AccountId.eq(account), CreatedBy.eq(account))).await?
        }
        "api_token" => {
            use api_token::Column::{AccountId, CreatedBy, RevokedBy};
            let by = either(CreatedBy.eq(account), RevokedBy.eq(account));
            read::<api_token::Entity>(conn, by.add(AccountId.eq(account))).await?
        }
        "sign_in_session" => {
            read::<sign_in_session::Entity>(conn, sign_in_session::Column::AccountId.eq(account)).await?
        }
        "sign_in_event" => read::<sign_in_event::Entity>(conn, sign_in_event::Column::AccountId.eq(account)).await?,
        _ => return Ok(None),
    }))
}

/// The rows of a table that match `condition`, oldest first, with every column.
async fn read<E: EntityTrait>(conn: &impl ConnectionTrait, condition: impl IntoCondition) -> Result<Found, DbErr>
where
    E::Model: ModelTrait<Entity = E>,
{
    let mut select = E::find().filter(condition);
    for key in E::PrimaryKey::iter() {
        select = select.order_by_asc(key.into_column());
    }
    let rows = select.all(conn).await?;
    let values = |row: &E::Model| E::Column::iter().map(|column| (column.as_str(), row.get(column))).collect();
    Ok(Found {
        columns: E::Column::iter().map(|column| column.as_str()).collect(),
        rows: rows.iter().map(values).collect(),
    })
}

/// Names of `persons`, whom the own record names.
pub async fn names(conn: &impl ConnectionTrait, persons: Vec<PersonId>) -> Result<Vec<(PersonId, String)>, DbErr> {
    person::Entity::find()
        .select_only()
        .columns([person::Column::Id, person::Column::Name])
        .filter(person::Column::Id.is_in(persons))
        .into_tuple()
        .all(conn)
        .await
}

/// Names of `roles`, which the own grants name.
pub async fn role_names(conn: &impl ConnectionTrait, roles: Vec<RoleId>) -> Result<Vec<(RoleId, String)>, DbErr> {
    role::Entity::find()
        .select_only()
        .columns([role::Column::Id, role::Column::Name])
        .filter(role::Column::Id.is_in(roles))
        .into_tuple()
        .all(conn)
        .await
}

/// The export of `person`. The caller shows that it is the own one.
pub async fn get(conn: &impl ConnectionTrait, person: PersonId) -> Result<Option<person_export::Model>, DbErr> {
    person_export::Entity::find_by_id(person).one(conn).await
}

/// Writes an export that was asked for.
pub async fn insert(tx: &Tx, row: person_export::Model) -> Result<(), DbErr> {
    let row = row.into_active_model().reset_all();
    person_export::Entity::insert(row).exec_without_returning(tx.conn()).await.map(|_| ())
}

/// Forgets the export of `person`.
pub async fn remove(tx: &Tx, person: PersonId) -> Result<(), DbErr> {
    person_export::Entity::delete_by_id(person).exec(tx.conn()).await.map(|_| ())
}

/// Keeps the content of the export that was asked for at `requested_at`; false where it is not there any more.
pub async fn finish(tx: &Tx, person: PersonId, requested_at: Timestamp, content: Vec<u8>) -> Result<bool, DbErr> {
    let change = person_export::ActiveModel {
        finished_at: Set(Some(tx.now())),
        content_sealed: Set(Some(content)),
        ..Default::default()
    };
    let done = person_export::Entity::update_many()
        .set(change)
        .filter(person_export::Column::PersonId.eq(person))
        .filter(person_export::Column::RequestedAt.eq(requested_at))
        .exec(tx.conn())
        .await?;
    Ok(done.rows_affected > 0)
}
