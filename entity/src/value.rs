//! Closed sets and scalar values of the tables.
use chrono::{DateTime, SubsecRound, TimeZone, Utc};
use sea_orm::{DeriveActiveEnum, DeriveValueType, EnumIter};
use serde::{Deserialize, Serialize};

/// A local calendar date.
pub type Date = chrono::NaiveDate;

/// A point in time: microseconds since 1970-01-01 UTC, the same integer on both engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, DeriveValueType, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl From<DateTime<Utc>> for Timestamp {
    fn from(at: DateTime<Utc>) -> Self {
        Self(at.trunc_subsecs(6).timestamp_micros())
    }
}

impl Timestamp {
    /// The same point as a `chrono` value.
    pub fn to_utc(self) -> DateTime<Utc> {
        Utc.timestamp_micros(self.0).single().unwrap_or_default()
    }

    /// This point moved by `seconds`, which may be negative.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }
}

macro_rules! closed_set {
    ($(#[$doc:meta])* $name:ident { $($variant:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
        #[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
        #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
        #[expect(missing_docs, reason = "the variants are the words of the glossary")]
        pub enum $name { $($variant),* }
    };
}

closed_set!(
    /// Whether an attachment is in use.
    AttachmentState { Stored, Archived }
);
closed_set!(
    /// Level of an administrative division.
    DivisionLevel { City, County, Town, Village }
);
closed_set!(
    /// Legal kind of an organization (组织类别).
    OrganizationKind { Committee, WorkingCommittee, GeneralBranch, Branch, Group, MemberHousehold }
);
closed_set!(
    /// Where an organization stands (层级).
    OrganizationLevel { City, County, Street, Town, Zone, Community, Grid, Unit }
);
closed_set!(
    /// How a branch is set up (设置方式).
    BranchForm { Ordinary, TaskForce, Regional, Industry, Joint }
);
closed_set!(
    /// Field of work (领域).
    Sector { Village, Community, Government, StateEnterprise, University, PublicHospital, PrivateEnterprise, SocialOrganization, NewEmployment, IndustryChain }
);
closed_set!(
    /// Whether an organization works or is kept only as a record.
    OrganizationStatus { Active, Archived }
);
closed_set!(
    /// How far a job has come.
    JobState { Queued, Running, Done, Parked, Cancelled }
);
closed_set!(
    /// What a fact of the outbox tells: a record, a duty or a job was changed.
    FactKind { Record, Obligation, Job, Notification }
);
closed_set!(
    /// Whether a record is in use.
    RecordStatus { Active, Archived }
);
closed_set!(
    /// Sex.
    Sex { Female, Male }
);
closed_set!(
    /// Highest education.
    Education { Primary, JuniorSecondary, SeniorSecondary, Vocational, College, Bachelor, Master, Doctor }
);
closed_set!(
    /// Occupation group.
    OccupationGroup { Farmer, Worker, CivilServant, Professional, EnterpriseManager, CommunityWorker, Teacher, Medical, Student, Courier, RideHailingDriver, Streamer, SelfEmployed, Retired, Other }
);
closed_set!(
    /// Post of a leading body (职务).
    PostTitle { Secretary, DeputySecretary, OrganizationMember, PublicityMember, DisciplineMember, CommitteeMember, GroupLeader, Organizer }
);
closed_set!(
    /// Kind of tie beside the home organization (组织关联).
    AffiliationKind { CommunityReportIn, Alliance, Station, Temporary }
);
closed_set!(
    /// What is to be done.
    ObligationKind { ReelectionDue, MemberWithoutContact, IncompleteRecord, TransferAsked, GrantEnding }
);
closed_set!(
    /// What an account is told.
    NotificationKind { DutyNew, DutyOverdue, GrantBegins, GrantEnds, GrantWaiting, ErasureWaiting, ReportAnswered, JobDone, JobParked, DailyDigest }
);
closed_set!(
    /// Whether an account may sign in.
    AccountStatus { Active, Disabled }
);
closed_set!(
    /// Whose account it is.
    AccountKind { Person, Service }
);
closed_set!(
    /// What the app opens to for a role.
    Workbench { Secretary, Organizer, FundManager, Inspector, AllianceCoordinator, StationKeeper, Member, Administrator }
);
closed_set!(
    /// What a grant reaches.
    GrantScope { Subtree, Own }
);
closed_set!(
    /// A protected field of a person.
    SensitiveField { Phone, IdentityNumber, Address, BirthDate }
);
closed_set!(
    /// Why somebody looks at a protected field.
    UnmaskReason { ContactPerson, VerifyIdentity, Transfer, Care, Correction }
);
closed_set!(
    /// What became of a proposal to erase.
    ErasureOutcome { Confirmed, Withdrawn }
);
closed_set!(
    /// What a set of rules rules.
    RuleFamily { Obligation }
);
closed_set!(
    /// What a search token leads to.
    SearchSubject { Organization, Person }
);
closed_set!(
    /// Why a sign-in session ended.
    SessionEnd { SignedOut, EndedByOwner, EndedByAdministrator, PasswordChanged, AccountDisabled, TokenReused, Expired }
);
closed_set!(
    /// What came of a sign-in.
    SignInOutcome { SignedIn, BadCredentials, Throttled, Disabled, TokenReused, CodeAsked, BadCode }
);

/// Stage of a membership (发展阶段), stored by its rank so that lists sort along the way.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "i32", db_type = "Integer")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MemberStage {
    /// 申请人
    #[sea_orm(num_value = 10)]
    Applicant,
    /// 入党积极分子
    #[sea_orm(num_value = 20)]
    Activist,
    /// 发展对象
    #[sea_orm(num_value = 30)]
    Candidate,
    /// 预备党员
    #[sea_orm(num_value = 40)]
    Probationary,
    /// 正式党员
    #[sea_orm(num_value = 50)]
    Full,
    /// Left the way by his own wish.
    #[sea_orm(num_value = 60)]
    Withdrawn,
    /// Candidacy or probation cancelled.
    #[sea_orm(num_value = 70)]
    Cancelled,
    /// Expelled.
    #[sea_orm(num_value = 80)]
    Expelled,
    /// Deceased.
    #[sea_orm(num_value = 90)]
    Deceased,
}
