//! A new organization below an existing one.
use entity::{OrganizationId, OrganizationKind, OrganizationLevel, OrganizationStatus, organization};
use sea_orm::DbErr;

use super::{Fault, OrganizationFields, containable, snapshot, statutory};
use crate::{
    audit::{self, Change, Snapshot},
    authz::{Actor, Denied, Permission},
    db::{Tx, search, violated},
    features::{
        division,
        organization::{policy, repo},
    },
};

/// What is to be created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganizationCreate {
    /// The organization above.
    pub parent: OrganizationId,
    /// Legal kind.
    pub kind: OrganizationKind,
    /// Where it stands.
    pub level: OrganizationLevel,
    /// What people fill in.
    pub fields: OrganizationFields,
}

/// Why an organization was not created.
#[derive(Debug)]
pub enum OrganizationCreateError {
    /// The right is missing.
    Denied(Denied),
    /// The parent is missing or hidden.
    ParentNotFound,
    /// The parent is archived.
    ParentArchived,
    /// The parent cannot contain this kind.
    NotContainable {
        /// Kind of the parent.
        parent: OrganizationKind,
    },
    /// The division is missing.
    DivisionNotFound,
    /// Fields are not filled in rightly.
    Faults(Vec<Fault>),
    /// A sibling has this code.
    CodeTaken,
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for OrganizationCreateError {
    fn from(error: DbErr) -> Self {
        match violated(&error) {
            Some("uq_organization_sibling_code") => Self::CodeTaken,
            _ => Self::Db(error),
        }
    }
}

/// Creates an organization.
pub async fn create(
    tx: &Tx,
    actor: &Actor,
    command: OrganizationCreate,
) -> Result<organization::Model, OrganizationCreateError> {
    let parent = validate(tx, actor, &command).await?;
    let row = generate(tx, &parent, command);
    let row = repo::insert(tx, row).await?;
    let change = Change {
        action: "organizationCreate",
        object_type: "Organization",
        object_id: row.id.0,
        organization: Some(row.id),
        person: None,
        before: Snapshot::new(),
        after: snapshot(&row),
        reason: None,
    };
    audit::record(tx, Some(actor.account()), change).await?;
    Ok(row)
}

async fn validate(
    tx: &Tx,
    actor: &Actor,
    command: &OrganizationCreate,
) -> Result<organization::Model, OrganizationCreateError> {
    use OrganizationCreateError as Error;
    let readable = actor.scope(Permission::OrganizationRead);
    let parent = repo::get(tx.conn(), &readable, command.parent).await?.ok_or(Error::ParentNotFound)?;
    policy::can_create(actor, parent.id).map_err(Error::Denied)?;
    if parent.status == OrganizationStatus::Archived {
        return Err(Error::ParentArchived);
    }
    if !containable(parent.kind).contains(&command.kind) {
        return Err(Error::NotContainable { parent: parent.kind });
    }
    let faults = command.fields.clone().trimmed().faults(command.kind, tx.today());
    if !faults.is_empty() {
        return Err(Error::Faults(faults));
    }
    if let Some(id) = command.fields.division
        && !division::exists(tx.conn(), id).await?
    {
        return Err(Error::DivisionNotFound);
    }
    Ok(parent)
}

fn generate(tx: &Tx, parent: &organization::Model, command: OrganizationCreate) -> organization::Model {
    let OrganizationFields {
        name,
        code,
        sort_key,
        branch_form,
        sector,
        division,
        founded_on,
        office_phone,
        office_address,
    } = command.fields.trimmed();
    organization::Model {
        id: tx.new_id(),
        parent_id: Some(parent.id),
        sort_key: sort_key.unwrap_or_else(|| search::sort_key(&name)),
        code,
        name,
        kind: command.kind,
        level: command.level,
        branch_form,
        sector,
        division_id: division,
        statutory: statutory(command.kind),
        status: OrganizationStatus::Active,
        founded_on,
        office_phone,
        office_address,
        created_at: tx.now(),
        updated_at: tx.now(),
        version: 1,
    }
}
