//! The only place that names the tables of attachments, uploads and chunks. A finder demands its scope; an upload is
//! found by the account that makes it.
use std::collections::HashSet;

use entity::{
    AccountId, AttachmentId, AttachmentState, Date, PersonId, Timestamp, attachment, attachment_chunk,
    attachment_upload, person,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select, sea_query::Expr,
};
use uuid::Uuid;

use super::Owner;
use crate::{
    authz::{Actor, Permission},
    db::{
        Tx,
        page::{Key, Place, Sort},
        scope::Scope,
    },
};

/// Whose files a reader sees.
#[derive(Clone)]
pub struct Reach {
    organizations: Scope,
    persons: Scope,
    today: Date,
}

impl Reach {
    /// What `actor` sees: the files of organizations and persons that he may read.
    pub fn of(actor: &Actor) -> Self {
        Self {
            organizations: actor.scope(Permission::OrganizationRead),
            persons: actor.scope(Permission::PersonRead),
            today: actor.today(),
        }
    }

    /// Files of those among `persons`, or of organizations, that lie within reach.
    fn condition(&self, persons: &[PersonId]) -> Condition {
        let organizations = self.organizations.organizations(attachment::Column::OrganizationId);
        let among = person::Entity::find()
            .select_only()
            .column(person::Column::Id)
            .filter(self.persons.persons_among(self.today, persons));
        let persons = (!persons.is_empty()).then(|| attachment::Column::PersonId.in_subquery(among.into_query()));
        Condition::any().add(organizations).add_option(persons)
    }
}

/// The files of `owner` in `state`, where it lies within `reach`.
pub fn list(reach: &Reach, owner: Owner, state: AttachmentState) -> Select<attachment::Entity> {
    let (owned, persons) = match owner {
        Owner::Organization(id) => (attachment::Column::OrganizationId.eq(id), None),
        Owner::Person(id) => (attachment::Column::PersonId.eq(id), Some(id)),
    };
    attachment::Entity::find()
        .filter(owned)
        .filter(attachment::Column::State.eq(state))
        .filter(reach.condition(persons.as_slice()))
}

/// Newest first; keys are ordered by time.
pub fn sort() -> (Sort, Place<attachment::Model>) {
    let id = Expr::col((attachment::Entity, attachment::Column::Id));
    (Sort { name: "attachment", key: None, id, descending: true }, |row| (Key::None, row.id.0))
}

/// The attachments `ids` within `reach`, in every state.
pub async fn get_all(
    conn: &impl ConnectionTrait,
    reach: &Reach,
    ids: &[AttachmentId],
) -> Result<Vec<attachment::Model>, DbErr> {
    let keyed = || attachment::Entity::find().filter(attachment::Column::Id.is_in(ids.iter().copied()));
    let persons: Vec<PersonId> = keyed()
        .select_only()
        .column(attachment::Column::PersonId)
        .filter(attachment::Column::PersonId.is_not_null())
        .into_tuple()
        .all(conn)
        .await?;
    keyed().filter(reach.condition(&persons)).all(conn).await
}

/// The attachment `id` within `reach`.
pub async fn get(
    conn: &impl ConnectionTrait,
    reach: &Reach,
    id: AttachmentId,
) -> Result<Option<attachment::Model>, DbErr> {
    Ok(get_all(conn, reach, &[id]).await?.pop())
}

/// Files in use of `owner`, whoever may see them, and uploads touched since `since` that may still become some,
/// without the upload `except`.
pub async fn count(tx: &Tx, owner: Owner, except: Option<AttachmentId>, since: Timestamp) -> Result<u64, DbErr> {
    let (stored, coming) = match owner {
        Owner::Organization(id) => {
            (attachment::Column::OrganizationId.eq(id), attachment_upload::Column::OrganizationId.eq(id))
        }
        Owner::Person(id) => (attachment::Column::PersonId.eq(id), attachment_upload::Column::PersonId.eq(id)),
    };
    let stored = attachment::Entity::find()
        .filter(stored)
        .filter(attachment::Column::State.eq(AttachmentState::Stored))
        .count(tx.conn())
        .await?;
    let coming = attachment_upload::Entity::find()
        .filter(coming)
        .filter(attachment_upload::Column::TouchedAt.gte(since))
        .filter(Condition::all().add_option(except.map(|id| attachment_upload::Column::Id.ne(id))))
        .count(tx.conn())
        .await?;
    Ok(stored + coming)
}

/// Writes a new attachment.
pub async fn insert(tx: &Tx, row: attachment::Model) -> Result<attachment::Model, DbErr> {
    attachment::Entity::insert(row.clone().into_active_model().reset_all()).exec_without_returning(tx.conn()).await?;
    Ok(row)
}

/// Writes `row` where the database still has `version`; none where somebody else was faster.
pub async fn update(tx: &Tx, mut row: attachment::Model, version: i32) -> Result<Option<attachment::Model>, DbErr> {
    row.version = version + 1;
    row.updated_at = tx.now();
    let done = attachment::Entity::update_many()
        .set(row.clone().into_active_model().reset_all())
        .filter(attachment::Column::Id.eq(row.id))
        .filter(attachment::Column::Version.eq(version))
        .exec(tx.conn())
        .await?;
    Ok((done.rows_affected > 0).then_some(row))
}

/// Forgets every file and upload of `person`, whoever may see them; the content goes with the next collection.
pub async fn remove_of_person(tx: &Tx, person: PersonId) -> Result<(), DbErr> {
    attachment_upload::Entity::delete_many()
        .filter(attachment_upload::Column::PersonId.eq(person))
        .exec(tx.conn())
        .await?;
    attachment::Entity::delete_many().filter(attachment::Column::PersonId.eq(person)).exec(tx.conn()).await.map(|_| ())
}

/// The upload `id` of `account`.
pub async fn upload(
    conn: &impl ConnectionTrait,
    account: AccountId,
    id: AttachmentId,
) -> Result<Option<attachment_upload::Model>, DbErr> {
    attachment_upload::Entity::find_by_id(id).filter(attachment_upload::Column::AccountId.eq(account)).one(conn).await
}

/// Uploads of `account` that have been touched since `since`.
pub async fn count_uploads(tx: &Tx, account: AccountId, since: Timestamp) -> Result<u64, DbErr> {
    attachment_upload::Entity::find()
        .filter(attachment_upload::Column::AccountId.eq(account))
        .filter(attachment_upload::Column::TouchedAt.gte(since))
        .count(tx.conn())
        .await
}

/// Writes a new upload.
pub async fn insert_upload(tx: &Tx, row: attachment_upload::Model) -> Result<attachment_upload::Model, DbErr> {
    let fresh = row.clone().into_active_model().reset_all();
    attachment_upload::Entity::insert(fresh).exec_without_returning(tx.conn()).await?;
    Ok(row)
}

/// Adds the chunk of `size` bytes in `object` to the end of `upload`; false where others were added meanwhile.
pub async fn append(tx: &Tx, upload: &attachment_upload::Model, size: i64, object: Uuid) -> Result<bool, DbErr> {
    use attachment_upload::Column;
    let done = attachment_upload::Entity::update_many()
        .col_expr(Column::Received, Expr::value(upload.received + size))
        .col_expr(Column::TouchedAt, Expr::value(tx.now()))
        .filter(Column::Id.eq(upload.id))
        .filter(Column::Received.eq(upload.received))
        .exec(tx.conn())
        .await?;
    if done.rows_affected == 0 {
        return Ok(false);
    }
    let chunk = attachment_chunk::Model { upload_id: upload.id, from: upload.received, size, object };
    let chunk = chunk.into_active_model().reset_all();
    attachment_chunk::Entity::insert(chunk).exec_without_returning(tx.conn()).await?;
    Ok(true)
}

/// The chunks of an upload that the caller has found, in the order of the file.
pub async fn chunks(conn: &impl ConnectionTrait, upload: AttachmentId) -> Result<Vec<attachment_chunk::Model>, DbErr> {
    attachment_chunk::Entity::find()
        .filter(attachment_chunk::Column::UploadId.eq(upload))
        .order_by_asc(attachment_chunk::Column::From)
        .all(conn)
        .await
}

/// Removes an upload with its chunks; false where somebody else did.
pub async fn remove_upload(tx: &Tx, id: AttachmentId) -> Result<bool, DbErr> {
    let done = attachment_upload::Entity::delete_by_id(id).exec(tx.conn()).await?;
    Ok(done.rows_affected > 0)
}

/// Those of `objects` that a row still names, whoever may see it: for the collection of orphans alone.
pub async fn needed(conn: &impl ConnectionTrait, objects: &[Uuid]) -> Result<HashSet<Uuid>, DbErr> {
    let files: Vec<Uuid> = attachment::Entity::find()
        .select_only()
        .column(attachment::Column::Object)
        .filter(attachment::Column::Object.is_in(objects.iter().copied()))
        .into_tuple()
        .all(conn)
        .await?;
    let chunks: Vec<Uuid> = attachment_chunk::Entity::find()
        .select_only()
        .column(attachment_chunk::Column::Object)
        .filter(attachment_chunk::Column::Object.is_in(objects.iter().copied()))
        .into_tuple()
        .all(conn)
        .await?;
    Ok(files.into_iter().chain(chunks).collect())
}
