//! A new person who applies for membership at a branch.
use entity::{Date, MemberStage, OrganizationId, OrganizationKind, OrganizationStatus, member, organization, person};
use sea_orm::DbErr;

use super::{houses, snapshot};
use crate::{
    audit::{self, Change, Snapshot},
    authz::{Actor, Denied},
    db::Tx,
    features::{
        member::{obligation, policy, repo},
        organization::service as organizations,
        person::service::{self as persons, PersonFields, RecordError},
    },
};

/// Who applies, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberCreate {
    /// The branch.
    pub organization: OrganizationId,
    /// What people fill in of the person.
    pub fields: PersonFields,
    /// Day of the application.
    pub applied_on: Date,
}

/// Why an applicant was not recorded.
#[derive(Debug)]
pub enum MemberCreateError {
    /// The right is missing.
    Denied(Denied),
    /// The organization is missing or hidden.
    OrganizationNotFound,
    /// The organization is archived.
    OrganizationArchived,
    /// The organization is no branch.
    NotABranch {
        /// What it is.
        kind: OrganizationKind,
    },
    /// The application lies in the future.
    AppliedLater,
    /// The applicant was not yet 18 years old.
    UnderAge,
    /// The person's fields were not accepted.
    Record(RecordError),
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for MemberCreateError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// Records a person and the membership, in the stage of an applicant.
pub async fn create(tx: &Tx, actor: &Actor, command: MemberCreate) -> Result<member::Model, MemberCreateError> {
    let home = validate(tx, actor, &command).await?;
    let MemberCreate { fields, applied_on, .. } = command;
    let person = persons::enter(tx, actor, fields).await.map_err(MemberCreateError::Record)?;
    let row = repo::insert(tx, generate(tx, &home, &person, applied_on), applied_on).await?;
    organizations::change_count(tx, home.id, row.stage, 1).await?;
    obligation::settle(tx, &row, &person).await?;
    let change = Change {
        action: "memberCreate",
        object_type: "Member",
        object_id: row.id.0,
        organization: Some(home.id),
        person: Some(person.id),
        before: Snapshot::new(),
        after: snapshot(&row).into_iter().chain(persons::snapshot_of_new(&person)).collect(),
        reason: None,
    };
    audit::record(tx, Some(actor.account()), change).await?;
    Ok(row)
}

async fn validate(tx: &Tx, actor: &Actor, command: &MemberCreate) -> Result<organization::Model, MemberCreateError> {
    use MemberCreateError as Error;
    let home = organizations::hold(tx, actor, command.organization).await?.ok_or(Error::OrganizationNotFound)?;
    policy::can_create(actor, home.id).map_err(Error::Denied)?;
    if home.status == OrganizationStatus::Archived {
        return Err(Error::OrganizationArchived);
    }
    if !houses(home.kind) {
        return Err(Error::NotABranch { kind: home.kind });
    }
    if command.applied_on > tx.today() {
        return Err(Error::AppliedLater);
    }
    let birth_date = command.fields.clone().trimmed().completed().birth_date;
    if birth_date.is_some_and(|birth| command.applied_on < persons::of_age_on(birth)) {
        return Err(Error::UnderAge);
    }
    Ok(home)
}

fn generate(tx: &Tx, home: &organization::Model, person: &person::Model, applied_on: Date) -> member::Model {
    member::Model {
        id: tx.new_id(),
        person_id: person.id,
        stage: MemberStage::Applicant,
        home_organization_id: home.id,
        applied_on: Some(applied_on),
        admitted_on: None,
        full_on: None,
        created_at: tx.now(),
        updated_at: tx.now(),
        version: 1,
    }
}
