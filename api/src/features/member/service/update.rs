//! Another day of application, where the recorded one is wrong.
use chrono::Datelike;
use entity::{Date, MemberId, RecordStatus, member, person};
use sea_orm::DbErr;

use super::snapshot;
use crate::{
    audit::{self, Change},
    authz::{Actor, Denied},
    db::{Tx, violated},
    features::{
        member::{obligation, policy, repo},
        person::service as persons,
    },
};

/// Years of age that an applicant has.
const OF_AGE: i32 = 18;

/// What is to be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemberUpdate {
    /// The membership.
    pub member: MemberId,
    /// The version the caller saw.
    pub version: i32,
    /// Day of the application; none keeps it.
    pub applied_on: Option<Date>,
}

/// Why a membership was not changed.
#[derive(Debug)]
pub enum MemberUpdateError {
    /// The right is missing.
    Denied(Denied),
    /// The membership is missing or hidden.
    NotFound,
    /// The person's record is archived.
    Archived,
    /// The application would lie in the future, or not before the next stage.
    AppliedOutOfRange,
    /// The applicant was not yet 18 years old.
    UnderAge,
    /// Somebody else changed it; this is how it stands.
    Conflict(Box<member::Model>),
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for MemberUpdateError {
    fn from(error: DbErr) -> Self {
        match violated(&error) {
            Some("ck_member_dates" | "no_overlap_member_stage" | "no_overlap_member_home") => Self::AppliedOutOfRange,
            _ => Self::Db(error),
        }
    }
}

/// Changes the day of application. The first stage and the first home period begin with it.
pub async fn update(tx: &Tx, actor: &Actor, command: MemberUpdate) -> Result<member::Model, MemberUpdateError> {
    use MemberUpdateError as Error;
    let old = super::readable(tx, actor, command.member).await?.ok_or(Error::NotFound)?;
    policy::can_update(actor, old.home_organization_id).map_err(Error::Denied)?;
    if old.version != command.version {
        return Err(Error::Conflict(Box::new(old)));
    }
    let person = persons::of_member(tx, &old).await?;
    if person.status == RecordStatus::Archived {
        return Err(Error::Archived);
    }
    let applied_on = command.applied_on.or(old.applied_on);
    if let Some(day) = command.applied_on {
        validate(tx, &old, &person, day).await?;
    }
    let new = member::Model { applied_on, ..old.clone() };
    let new = repo::update(tx, new, old.version).await?.ok_or_else(|| Error::Conflict(Box::new(old.clone())))?;
    if let (Some(was), Some(is)) = (old.applied_on, applied_on)
        && was != is
    {
        repo::shift_beginning(tx, new.id, was, is).await?;
    }
    obligation::settle(tx, &new, &person).await?;
    let change = Change {
        action: "memberUpdate",
        object_type: "Member",
        object_id: new.id.0,
        organization: Some(new.home_organization_id),
        person: Some(new.person_id),
        before: snapshot(&old),
        after: snapshot(&new),
        reason: None,
    };
    audit::record(tx, Some(actor.account()), change).await?;
    Ok(new)
}

async fn validate(tx: &Tx, old: &member::Model, person: &person::Model, day: Date) -> Result<(), MemberUpdateError> {
    use MemberUpdateError as Error;
    // The periods that begin with the application must not end before the new day.
    let stages = repo::stage_periods(tx.conn(), &[old.id]).await?;
    let homes = repo::home_periods(tx.conn(), &[old.id]).await?;
    let ends = stages
        .iter()
        .map(|row| (row.from, row.until))
        .chain(homes.iter().map(|row| (row.from, row.until)))
        .filter(|(from, _)| Some(*from) == old.applied_on)
        .filter_map(|(_, until)| until);
    if day > tx.today() || ends.min().is_some_and(|end| day >= end) {
        return Err(Error::AppliedOutOfRange);
    }
    // By the year, which everybody sees in the age band: an error must not tell the birth date.
    if person.birth_year.is_some_and(|year| day.year() - year < OF_AGE) {
        return Err(Error::UnderAge);
    }
    Ok(())
}
