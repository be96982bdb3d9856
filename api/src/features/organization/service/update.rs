//! Other values in an organization's own fields.
use entity::{BranchForm, Date, DivisionId, OrganizationId, OrganizationStatus, Sector, organization};
use sea_orm::DbErr;

use super::{Fault, OrganizationFields, snapshot};
use crate::{
    audit::{self, Change},
    authz::{Actor, Denied, Permission},
    db::{Tx, search, violated},
    features::{
        division,
        organization::{policy, repo},
    },
};

/// New values; an outer none keeps the old one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrganizationPatch {
    /// Official full name.
    pub name: Option<String>,
    /// Short code.
    pub code: Option<String>,
    /// ASCII pinyin to sort by.
    pub sort_key: Option<String>,
    /// How a branch is set up.
    pub branch_form: Option<Option<BranchForm>>,
    /// Field of work.
    pub sector: Option<Sector>,
    /// Administrative division.
    pub division: Option<Option<DivisionId>>,
    /// Day of its founding.
    pub founded_on: Option<Option<Date>>,
    /// Telephone of the office.
    pub office_phone: Option<Option<String>>,
    /// Address of the office.
    pub office_address: Option<Option<String>>,
}

/// What is to be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganizationUpdate {
    /// The organization.
    pub organization: OrganizationId,
    /// The version the caller saw.
    pub version: i32,
    /// The new values.
    pub patch: OrganizationPatch,
}

/// Why an organization was not changed.
#[derive(Debug)]
pub enum OrganizationUpdateError {
    /// The right is missing.
    Denied(Denied),
    /// The organization is missing or hidden.
    NotFound,
    /// It is archived.
    Archived,
    /// Somebody else changed it; this is how it stands.
    Conflict(Box<organization::Model>),
    /// The division is missing.
    DivisionNotFound,
    /// Fields are not filled in rightly.
    Faults(Vec<Fault>),
    /// A sibling has this code.
    CodeTaken,
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for OrganizationUpdateError {
    fn from(error: DbErr) -> Self {
        match violated(&error) {
            Some("uq_organization_sibling_code") => Self::CodeTaken,
            _ => Self::Db(error),
        }
    }
}

/// Changes an organization.
pub async fn update(
    tx: &Tx,
    actor: &Actor,
    command: OrganizationUpdate,
) -> Result<organization::Model, OrganizationUpdateError> {
    use OrganizationUpdateError as Error;
    let readable = actor.scope(Permission::OrganizationRead);
    let old = repo::get(tx.conn(), &readable, command.organization).await?.ok_or(Error::NotFound)?;
    policy::can_update(actor, old.id).map_err(Error::Denied)?;
    if old.version != command.version {
        return Err(Error::Conflict(Box::new(old)));
    }
    if old.status == OrganizationStatus::Archived {
        return Err(Error::Archived);
    }
    let new = apply(tx, &old, command.patch)?;
    if let Some(id) = new.division_id
        && !division::exists(tx.conn(), id).await?
    {
        return Err(Error::DivisionNotFound);
    }
    let new = repo::update(tx, new, command.version).await?.ok_or_else(|| Error::Conflict(Box::new(old.clone())))?;
    let change = Change {
        action: "organizationUpdate",
        object_type: "Organization",
        object_id: new.id.0,
        organization: Some(new.id),
        person: None,
        before: snapshot(&old),
        after: snapshot(&new),
        reason: None,
    };
    audit::record(tx, Some(actor.account()), change).await?;
    Ok(new)
}

fn apply(
    tx: &Tx,
    old: &organization::Model,
    patch: OrganizationPatch,
) -> Result<organization::Model, OrganizationUpdateError> {
    let renamed = patch.name.as_ref().is_some_and(|name| name.trim() != old.name);
    let kept = (!renamed).then(|| old.sort_key.clone());
    let fields = OrganizationFields {
        name: patch.name.unwrap_or_else(|| old.name.clone()),
        code: patch.code.unwrap_or_else(|| old.code.clone()),
        sort_key: patch.sort_key.or(kept),
        branch_form: patch.branch_form.unwrap_or(old.branch_form),
        sector: patch.sector.unwrap_or(old.sector),
        division: patch.division.unwrap_or(old.division_id),
        founded_on: patch.founded_on.unwrap_or(old.founded_on),
        office_phone: patch.office_phone.unwrap_or_else(|| old.office_phone.clone()),
        office_address: patch.office_address.unwrap_or_else(|| old.office_address.clone()),
    }
    .trimmed();
    let faults = fields.faults(old.kind, tx.today());
    if !faults.is_empty() {
        return Err(OrganizationUpdateError::Faults(faults));
    }
    Ok(organization::Model {
        sort_key: fields.sort_key.unwrap_or_else(|| search::sort_key(&fields.name)),
        name: fields.name,
        code: fields.code,
        branch_form: fields.branch_form,
        sector: fields.sector,
        division_id: fields.division,
        founded_on: fields.founded_on,
        office_phone: fields.office_phone,
        office_address: fields.office_address,
        ..old.clone()
    })
}
