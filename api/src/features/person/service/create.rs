//! A new person without a membership, tied to an organization by an affiliation.
use entity::{AffiliationKind, OrganizationId, OrganizationStatus, person};
use sea_orm::DbErr;

use super::{PersonFields, RecordError, enter, snapshot_of_new};
use crate::{
    audit::{self, Change, Snapshot},
    authz::{Actor, Denied},
    db::Tx,
    features::{affiliation, organization, person::policy},
};

/// Who is to be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonCreate {
    /// Where the person gets a tie.
    pub organization: OrganizationId,
    /// Kind of the tie.
    pub affiliation: AffiliationKind,
    /// What people fill in.
    pub fields: PersonFields,
}

/// Why a person was not recorded.
#[derive(Debug)]
pub enum PersonCreateError {
    /// The right is missing.
    Denied(Denied),
    /// The organization is missing or hidden.
    OrganizationNotFound,
    /// The organization is archived.
    OrganizationArchived,
    /// The person's fields were not accepted.
    Record(RecordError),
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for PersonCreateError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// Records a person with a running affiliation from today.
pub async fn create(tx: &Tx, actor: &Actor, command: PersonCreate) -> Result<person::Model, PersonCreateError> {
    use PersonCreateError as Error;
    let held = organization::service::hold(tx, actor, command.organization).await?;
    let organization = held.ok_or(Error::OrganizationNotFound)?;
    policy::can_create(actor, organization.id).map_err(Error::Denied)?;
    if organization.status == OrganizationStatus::Archived {
        return Err(Error::OrganizationArchived);
    }
    let row = enter(tx, actor, command.fields).await.map_err(Error::Record)?;
    affiliation::service::begin(tx, row.id, organization.id, command.affiliation, tx.today()).await?;
    let change = Change {
        action: "personCreate",
        object_type: "Person",
        object_id: row.id.0,
        organization: Some(organization.id),
        person: Some(row.id),
        before: Snapshot::new(),
        after: snapshot_of_new(&row),
        reason: None,
    };
    audit::record(tx, Some(actor.account()), change).await?;
    Ok(row)
}
