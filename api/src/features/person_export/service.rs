//! Use cases of exports: one is asked for, put together table by table, kept under seal, and fetched.
use entity::{MemberId, PersonId, Timestamp, person, person_export};
use sea_orm::DbErr;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    content,
    job::{KIND, Wanted},
    policy,
    repo::{self, Subject, WITHHELD},
};
use crate::{
    audit::{self, Change, Snapshot},
    authz::{Actor, Denied},
    clock::Ambient,
    db::{Tx, seal::Unsealable},
    features::{
        member,
        person::service as persons,
        retention::{Entry, REGISTER, Words},
    },
    job::{NewJob, enqueue},
};

/// Seconds for which an export is kept; the register says the same in days.
pub const KEPT: i64 = 7 * 86_400;
/// Under which name the content is bound to the person.
const COLUMN: &str = "person_export";
/// Names the form of the JSON.
const FORMAT: &str = "jianghai-person-export-1";

/// Why no export was begun.
#[derive(Debug)]
pub enum PersonExportError {
    /// It is somebody else's record.
    Denied(Denied),
    /// The person is missing or hidden.
    NotFound,
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for PersonExportError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// Why an export that was begun is not put together or fetched.
#[derive(Debug, thiserror::Error)]
pub enum ContentError {
    /// The register calls a table personal that no export reads.
    #[error("no export reads the table {0}")]
    Unread(&'static str),
    /// The record is gone, or erased.
    #[error("the record of the person is gone")]
    Gone,
    /// The keys do not fit the record.
    #[error(transparent)]
    Sealed(#[from] Unsealable),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbErr),
}

/// Asks for the export of `person`; the last one is forgotten.
pub async fn request(tx: &Tx, actor: &Actor, person: PersonId) -> Result<person_export::Model, PersonExportError> {
    use PersonExportError as Error;
    let row = persons::readable(tx, actor, person).await?.ok_or(Error::NotFound)?;
    policy::can_export(actor, row.id).map_err(Error::Denied)?;
    let payload = Wanted { person: row.id, requested_at: tx.now() };
    let job = enqueue(tx, NewJob { kind: KIND, payload, actor: actor.account() }).await?;
    let export = person_export::Model {
        person_id: row.id,
        requested_at: tx.now(),
        requested_by: actor.account(),
        job_id: job.id,
        finished_at: None,
        content_sealed: None,
    };
    repo::remove(tx, row.id).await?;
    repo::insert(tx, export.clone()).await?;
    note(tx, actor, "personExport", row.id).await?;
    Ok(export)
}

/// Tables that say something about people, in the order of the register, without those that are withheld.
pub fn tables() -> impl Iterator<Item = &'static Entry> {
    REGISTER.iter().filter(|entry| entry.personal && !WITHHELD.iter().any(|(table, _)| *table == entry.table))
}

/// What the table of `entry` says about the person of `actor`.
pub async fn section(tx: &Tx, actor: &Actor, person: PersonId, entry: &Entry) -> Result<Value, ContentError> {
    let row = persons::readable(tx, actor, person).await?.ok_or(ContentError::Gone)?;
    let member = member::service::of_person(tx, person).await?;
    let member = member.map_or(MemberId(Uuid::nil()), |member| member.id);
    let subject = Subject { person, account: actor.account(), member };
    let found = repo::find(tx.conn(), subject, entry.table).await?.ok_or(ContentError::Unread(entry.table))?;
    let mut rows = content::objects(tx, actor, found.rows).await?;
    if entry.table == "person" {
        for shown in &mut rows {
            for field in persons::FIELDS {
                let value = persons::open(tx.vault(), &row, field)?;
                shown.insert(persons::column(field).to_owned(), json!(value));
            }
        }
    }
    Ok(json!({ "table": entry.table, "name": words(entry.name), "purpose": words(entry.purpose),
        "kept": sentence(entry), "columns": found.columns, "rows": rows }))
}

fn words((zh, en): Words) -> Value {
    json!({ "zh": zh, "en": en })
}

fn sentence(entry: &Entry) -> Value {
    let (zh, en) = entry.sentence();
    json!({ "zh": zh, "en": en })
}

/// The whole, made of `sections` at the present moment.
pub fn whole(ambient: &Ambient, sections: &[Value]) -> Value {
    let withheld: Vec<Value> = WITHHELD
        .iter()
        .filter_map(|(table, why)| Some((REGISTER.iter().find(|entry| entry.table == *table)?, why)))
        .map(|(entry, why)| json!({ "table": entry.table, "name": words(entry.name), "reason": words(*why) }))
        .collect();
    json!({ "format": FORMAT, "madeAt": ambient.local(ambient.now()).to_rfc3339(), "sections": sections,
        "withheld": withheld })
}

/// Keeps `content` under seal; false where a newer export was asked for meanwhile.
pub async fn keep(tx: &Tx, actor: &Actor, wanted: Wanted, content: &Value) -> Result<bool, ContentError> {
    let row = persons::readable(tx, actor, wanted.person).await?.ok_or(ContentError::Gone)?;
    let key = tx.vault().open_data_key(row.id.0, row.data_key.as_deref().ok_or(ContentError::Gone)?)?;
    let sealed = tx.vault().seal(tx.ambient(), &key, row.id.0, COLUMN, &content.to_string());
    Ok(repo::finish(tx, wanted.person, wanted.requested_at, sealed).await?)
}

/// Fetches the export of `person`; none where there is none that is ready. The trail says so.
pub async fn fetch(tx: &Tx, actor: &Actor, person: PersonId) -> Result<Option<(Timestamp, Value)>, ContentError> {
    if policy::can_export(actor, person).is_err() {
        return Ok(None);
    }
    let Some(row) = persons::readable(tx, actor, person).await? else { return Ok(None) };
    let Some((finished_at, sealed)) = repo::get(tx.conn(), person).await?.and_then(ready) else { return Ok(None) };
    let content = open(tx, &row, &sealed)?;
    note(tx, actor, "personExportFetch", person).await?;
    Ok(Some((finished_at, content)))
}

fn ready(row: person_export::Model) -> Option<(Timestamp, Vec<u8>)> {
    row.finished_at.zip(row.content_sealed)
}

fn open(tx: &Tx, row: &person::Model, sealed: &[u8]) -> Result<Value, ContentError> {
    let key = tx.vault().open_data_key(row.id.0, row.data_key.as_deref().ok_or(ContentError::Gone)?)?;
    let text = tx.vault().open(&key, row.id.0, COLUMN, sealed)?;
    serde_json::from_str(&text).map_err(|_| ContentError::Sealed(Unsealable))
}

/// Forgets the export of `person`, whose record is erased.
pub async fn erase_of_person(tx: &Tx, person: PersonId) -> Result<(), DbErr> {
    repo::remove(tx, person).await
}

async fn note(tx: &Tx, actor: &Actor, action: &'static str, person: PersonId) -> Result<(), DbErr> {
    let change = Change {
        action,
        object_type: "Person",
        object_id: person.0,
        organization: persons::anchors(tx, person).await?.first().copied(),
        person: Some(person),
        before: Snapshot::new(),
        after: Snapshot::new(),
        reason: None,
    };
    audit::record(tx, Some(actor.account()), change).await
}
