//! Use cases of attachments: an upload begins, receives its bytes, is finished or given up; a file is archived.

mod archive;
mod begin;
mod finish;
mod receive;

use entity::{
    AttachmentId, AttachmentState, OrganizationId, OrganizationStatus, PersonId, RecordStatus, attachment,
    attachment_upload,
};
use sea_orm::DbErr;
use serde_json::json;

pub use archive::{AttachmentArchive, AttachmentArchiveError, archive, restore};
pub use begin::{AttachmentUploadBegin, AttachmentUploadBeginError, Fault, begin, cancel};
pub use finish::{Assembled, AttachmentUploadFinishError, Whole, assemble, finish};
pub use receive::{CHUNK, ReceiveError, receive, seen};

use super::repo;
use crate::{
    app::App,
    audit::{self, Change, Snapshot},
    authz::Actor,
    db::Tx,
    features::{organization, person},
};

/// Seconds after which an upload that nobody goes on with is given up.
pub const STALE: i64 = 86_400;
/// Longest file name in characters.
pub const NAME: usize = 120;
/// Unfinished uploads of one account.
pub const UNFINISHED: u64 = 20;

/// To whom a file belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// An organization.
    Organization(OrganizationId),
    /// A person.
    Person(PersonId),
}

impl Owner {
    fn columns(self) -> (Option<OrganizationId>, Option<PersonId>) {
        match self {
            Self::Organization(id) => (Some(id), None),
            Self::Person(id) => (None, Some(id)),
        }
    }

    fn of(organization: Option<OrganizationId>, person: Option<PersonId>) -> Self {
        match (organization, person) {
            (Some(id), _) => Self::Organization(id),
            (None, id) => Self::Person(id.unwrap_or(PersonId(uuid::Uuid::nil()))),
        }
    }

    /// Who owns `row`.
    pub fn of_attachment(row: &attachment::Model) -> Self {
        Self::of(row.organization_id, row.person_id)
    }

    /// Who will own what `row` uploads.
    pub fn of_upload(row: &attachment_upload::Model) -> Self {
        Self::of(row.organization_id, row.person_id)
    }
}

/// An owner that the actor may read.
struct Readable {
    owner: Owner,
    archived: bool,
    /// The organizations that answer for it.
    anchors: Vec<OrganizationId>,
}

/// `owner` where `actor` may read it, kept from being archived until `tx` ends.
async fn readable(tx: &Tx, actor: &Actor, owner: Owner) -> Result<Option<Readable>, DbErr> {
    Ok(match owner {
        Owner::Organization(id) => organization::service::hold(tx, actor, id).await?.map(|row| Readable {
            owner,
            archived: row.status == OrganizationStatus::Archived,
            anchors: vec![row.id],
        }),
        Owner::Person(id) => match person::service::readable(tx, actor, id).await? {
            Some(row) => Some(Readable {
                owner,
                archived: row.status == RecordStatus::Archived,
                anchors: person::service::anchors(tx, row.id).await?,
            }),
            None => None,
        },
    })
}

/// The attachment `id` in use, where `actor` may read its owner.
pub async fn shown(app: &App, actor: &Actor, id: AttachmentId) -> Result<Option<attachment::Model>, DbErr> {
    let found = repo::get(app.db.read(), &repo::Reach::of(actor), id).await?;
    Ok(found.filter(|row| row.state == AttachmentState::Stored))
}

/// Forgets every file of `person`, whose record is erased; the contents go with the next collection.
pub async fn erase_of_person(tx: &Tx, person: PersonId) -> Result<(), DbErr> {
    repo::remove_of_person(tx, person).await
}

/// What history shows. The name of a person's file may tell about the person, so history only says that there is one.
fn snapshot(owner: Owner, name: &str, size: i64, rest: Snapshot) -> Snapshot {
    let name = match owner {
        Owner::Organization(_) => name,
        Owner::Person(_) => "changed",
    };
    rest.into_iter().chain([("name", json!(name)), ("size", json!(size))]).collect()
}

async fn record(
    tx: &Tx,
    actor: &Actor,
    action: &'static str,
    id: AttachmentId,
    owner: &Readable,
    (before, after): (Snapshot, Snapshot),
    reason: Option<String>,
) -> Result<(), DbErr> {
    let (organization, person) = owner.owner.columns();
    let change = Change {
        action,
        object_type: "Attachment",
        object_id: id.0,
        organization: organization.or_else(|| owner.anchors.first().copied()),
        person,
        before,
        after,
        reason,
    };
    audit::record(tx, Some(actor.account()), change).await
}
