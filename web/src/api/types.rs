//! The closed sets of the contract with their labels in both languages, and its scalars.

use super::read::{Part, Read};
use crate::i18n::t;

/// A closed set that people read and URLs carry.
pub trait Labelled: Copy + PartialEq + Sized + 'static {
    /// All values in their natural order.
    const ALL: &'static [Self];
    /// The value as the contract and URLs write it.
    fn code(self) -> &'static str;
    /// The value as people read it.
    fn label(self) -> &'static str;
    /// The value of a code.
    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.code() == code)
    }
    /// Code and label of every value, for a select.
    fn options() -> Vec<(&'static str, &'static str)> {
        Self::ALL.iter().map(|value| (value.code(), value.label())).collect()
    }
}

/// Declares a closed set: each value with its code in the contract.
macro_rules! coded {
    ($(#[$doc:meta])* $name:ident { $($variant:ident $code:literal,)+ }) => {
        $(#[$doc])*
        #[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
        #[cynic(schema_module = "crate::api::schema")]
        pub enum $name {
            $(#[cynic(rename = $code)] $variant,)+
        }

        impl Read for $name {
            fn read(part: Part<'_>) -> Self {
                const VALUES: &[(&str, $name)] = &[$(($code, $name::$variant)),+];
                const FIRST: $name = { let [first, ..] = [$($name::$variant),+]; first };
                part.one_of(VALUES, FIRST)
            }
        }
    };
}

/// Declares a closed set that people read: each value with its code and its labels.
macro_rules! labelled {
    ($(#[$doc:meta])* $name:ident { $($variant:ident $code:literal $zh:literal $en:literal,)+ }) => {
        coded! {
            $(#[$doc])*
            $name { $($variant $code,)+ }
        }

        impl Labelled for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];

            fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }

            fn label(self) -> &'static str {
                match self {
                    $(Self::$variant => t($zh, $en),)+
                }
            }
        }
    };
}

/// Calendar date, `YYYY-MM-DD`.
#[derive(cynic::Scalar, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cynic(schema_module = "crate::api::schema")]
pub struct Date(pub String);

impl Read for Date {
    fn read(part: Part<'_>) -> Self {
        Self(Read::read(part))
    }
}

/// Point in time, RFC 3339.
#[derive(cynic::Scalar, Clone, Debug, PartialEq, Eq)]
#[cynic(schema_module = "crate::api::schema")]
pub struct DateTime(pub String);

impl Read for DateTime {
    fn read(part: Part<'_>) -> Self {
        Self(Read::read(part))
    }
}

labelled! {
    /// The legal kind of an organization.
    OrganizationKind {
        Committee "COMMITTEE" "党委" "Committee",
        WorkingCommittee "WORKING_COMMITTEE" "党工委" "Working committee",
        GeneralBranch "GENERAL_BRANCH" "党总支" "General branch",
        Branch "BRANCH" "党支部" "Branch",
        Group "GROUP" "党小组" "Group",
        MemberHousehold "MEMBER_HOUSEHOLD" "党员中心户" "Member household",
    }
}

labelled! {
    /// Where an organization stands.
    OrganizationLevel {
        City "CITY" "市" "City",
        County "COUNTY" "县市区" "County",
        Street "STREET" "街道" "Street",
        Town "TOWN" "镇" "Town",
        Zone "ZONE" "园区" "Zone",
        Community "COMMUNITY" "村社区" "Community",
        Grid "GRID" "网格" "Grid",
        Unit "UNIT" "单位" "Unit",
    }
}

labelled! {
    /// How a branch is set up.
    BranchForm {
        Ordinary "ORDINARY" "普通" "Ordinary",
        TaskForce "TASK_FORCE" "攻坚党支部" "Task force",
        Regional "REGIONAL" "区域型" "Regional",
        Industry "INDUSTRY" "行业型" "Industry",
        Joint "JOINT" "联合" "Joint",
    }
}

labelled! {
    /// The field of society an organization works in.
    Sector {
        Village "VILLAGE" "农村" "Village",
        Community "COMMUNITY" "社区" "Community",
        Government "GOVERNMENT" "机关" "Government body",
        StateEnterprise "STATE_ENTERPRISE" "国企" "State-owned enterprise",
        University "UNIVERSITY" "高校" "University",
        PublicHospital "PUBLIC_HOSPITAL" "公立医院" "Public hospital",
        PrivateEnterprise "PRIVATE_ENTERPRISE" "非公企业" "Private enterprise",
        SocialOrganization "SOCIAL_ORGANIZATION" "社会组织" "Social organization",
        NewEmployment "NEW_EMPLOYMENT" "新业态新就业群体" "New employment",
        IndustryChain "INDUSTRY_CHAIN" "产业链" "Industry chain",
    }
}

labelled! {
    /// Whether an organization is in being.
    OrganizationStatus {
        Active "ACTIVE" "正常" "Active",
        Archived "ARCHIVED" "已归档" "Archived",
    }
}

labelled! {
    /// A stage of development, or how it ended.
    MemberStage {
        Applicant "APPLICANT" "申请人" "Applicant",
        Activist "ACTIVIST" "积极分子" "Activist",
        Candidate "CANDIDATE" "发展对象" "Candidate",
        Probationary "PROBATIONARY" "预备党员" "Probationary member",
        Full "FULL" "正式党员" "Full member",
        Withdrawn "WITHDRAWN" "已退出" "Withdrawn",
        Cancelled "CANCELLED" "已取消" "Cancelled",
        Expelled "EXPELLED" "已除名" "Expelled",
        Deceased "DECEASED" "已去世" "Deceased",
    }
}

labelled! {
    /// Sex as in the record.
    Sex {
        Female "FEMALE" "女" "Female",
        Male "MALE" "男" "Male",
    }
}

labelled! {
    /// Highest education.
    Education {
        Primary "PRIMARY" "小学" "Primary",
        JuniorSecondary "JUNIOR_SECONDARY" "初中" "Junior secondary",
        SeniorSecondary "SENIOR_SECONDARY" "高中" "Senior secondary",
        Vocational "VOCATIONAL" "中专" "Vocational",
        College "COLLEGE" "大专" "College",
        Bachelor "BACHELOR" "本科" "Bachelor",
        Master "MASTER" "硕士" "Master",
        Doctor "DOCTOR" "博士" "Doctor",
    }
}

labelled! {
    /// What a person works as.
    OccupationGroup {
        Farmer "FARMER" "农民" "Farmer",
        Worker "WORKER" "工人" "Worker",
        CivilServant "CIVIL_SERVANT" "公务员" "Civil servant",
        Professional "PROFESSIONAL" "专业技术人员" "Professional",
        EnterpriseManager "ENTERPRISE_MANAGER" "企业管理人员" "Enterprise manager",
        CommunityWorker "COMMUNITY_WORKER" "社区工作者" "Community worker",
        Teacher "TEACHER" "教师" "Teacher",
        Medical "MEDICAL" "医务人员" "Medical staff",
        Student "STUDENT" "学生" "Student",
        Courier "COURIER" "快递外卖员" "Courier",
        RideHailingDriver "RIDE_HAILING_DRIVER" "网约车司机" "Ride-hailing driver",
        Streamer "STREAMER" "网络主播" "Streamer",
        SelfEmployed "SELF_EMPLOYED" "个体经营者" "Self-employed",
        Retired "RETIRED" "退休人员" "Retired",
        Other "OTHER" "其他" "Other",
    }
}

labelled! {
    /// Age reached in the running year.
    AgeBand {
        Under26 "UNDER_26" "25 岁及以下" "25 and under",
        From26To35 "FROM_26_TO_35" "26 至 35 岁" "26 to 35",
        From36To45 "FROM_36_TO_45" "36 至 45 岁" "36 to 45",
        From46To55 "FROM_46_TO_55" "46 至 55 岁" "46 to 55",
        From56To65 "FROM_56_TO_65" "56 至 65 岁" "56 to 65",
        Over65 "OVER_65" "66 岁及以上" "66 and over",
    }
}

labelled! {
    /// A post of a leading body.
    PostTitle {
        Secretary "SECRETARY" "书记" "Secretary",
        DeputySecretary "DEPUTY_SECRETARY" "副书记" "Deputy secretary",
        OrganizationMember "ORGANIZATION_MEMBER" "组织委员" "Organization member",
        PublicityMember "PUBLICITY_MEMBER" "宣传委员" "Publicity member",
        DisciplineMember "DISCIPLINE_MEMBER" "纪检委员" "Discipline member",
        CommitteeMember "COMMITTEE_MEMBER" "委员" "Committee member",
        GroupLeader "GROUP_LEADER" "党小组组长" "Group leader",
        Organizer "ORGANIZER" "组织员" "Organizer",
    }
}

labelled! {
    /// A tie beside the home organization.
    AffiliationKind {
        CommunityReportIn "COMMUNITY_REPORT_IN" "社区报到" "Community report-in",
        Alliance "ALLIANCE" "联盟" "Alliance",
        Station "STATION" "驿站" "Station",
        Temporary "TEMPORARY" "流动" "Temporary",
    }
}

labelled! {
    /// A dated duty.
    ObligationKind {
        ReelectionDue "REELECTION_DUE" "组织换届" "Hold the reelection",
        MemberWithoutContact "MEMBER_WITHOUT_CONTACT" "指定培养联系人" "Assign contact persons",
        IncompleteRecord "INCOMPLETE_RECORD" "补全人员信息" "Complete the record",
        TransferAsked "TRANSFER_ASKED" "答复转接询问" "Answer a transfer question",
    }
}

labelled! {
    /// Whether a record is in use.
    RecordStatus {
        Active "ACTIVE" "在册" "On record",
        Archived "ARCHIVED" "已归档" "Archived",
    }
}

labelled! {
    /// Whether an account may sign in.
    AccountStatus {
        Active "ACTIVE" "启用" "Enabled",
        Disabled "DISABLED" "已停用" "Disabled",
    }
}

labelled! {
    /// Whose account it is.
    AccountKind {
        Person "PERSON" "个人账号" "Personal",
        Service "SERVICE" "服务账号" "Service",
    }
}

labelled! {
    /// A field that is shown masked.
    SensitiveField {
        Phone "PHONE" "手机" "Phone",
        IdentityNumber "IDENTITY_NUMBER" "身份证号" "Identity number",
        Address "ADDRESS" "住址" "Address",
        BirthDate "BIRTH_DATE" "出生日期" "Birth date",
    }
}

labelled! {
    /// Why a masked value is looked at.
    UnmaskReason {
        ContactPerson "CONTACT_PERSON" "联系本人" "Contact the person",
        VerifyIdentity "VERIFY_IDENTITY" "核对身份" "Verify the identity",
        Transfer "TRANSFER" "办理转接" "Handle a transfer",
        Care "CARE" "走访关怀" "Visit and care",
        Correction "CORRECTION" "更正信息" "Correct the record",
    }
}

labelled! {
    /// Which way a list is sorted.
    OrderDirection {
        Asc "ASC" "升序" "Ascending",
        Desc "DESC" "降序" "Descending",
    }
}

labelled! {
    /// What the member list is sorted by.
    MemberOrderField {
        Name "NAME" "姓名" "Name",
        Stage "STAGE" "阶段" "Stage",
        AppliedOn "APPLIED_ON" "申请日期" "Applied on",
        FullOn "FULL_ON" "转正日期" "Full on",
        UpdatedAt "UPDATED_AT" "更新时间" "Updated",
    }
}

labelled! {
    /// The page that a role opens.
    Workbench {
        Secretary "SECRETARY" "本周待办" "This week",
        Organizer "ORGANIZER" "组织员工作台" "Organizer",
        FundManager "FUND_MANAGER" "党费管理" "Funds",
        Inspector "INSPECTOR" "督查" "Inspection",
        AllianceCoordinator "ALLIANCE_COORDINATOR" "联盟" "Alliance",
        StationKeeper "STATION_KEEPER" "驿站" "Station",
        Member "MEMBER" "我的档案" "My record",
        Administrator "ADMINISTRATOR" "系统管理" "Administration",
    }
}

labelled! {
    /// What a grant reaches.
    GrantScope {
        Subtree "SUBTREE" "组织及下级" "The organization and below",
        OnlySelf "SELF" "仅本人" "Only oneself",
    }
}

coded! {
    /// A permission, `resource:action`.
    PermissionCode {
        OrganizationRead "ORGANIZATION_READ",
        OrganizationCreate "ORGANIZATION_CREATE",
        OrganizationUpdate "ORGANIZATION_UPDATE",
        OrganizationMove "ORGANIZATION_MOVE",
        OrganizationMerge "ORGANIZATION_MERGE",
        OrganizationArchive "ORGANIZATION_ARCHIVE",
        PostAssign "POST_ASSIGN",
        TermRecord "TERM_RECORD",
        PersonRead "PERSON_READ",
        PersonCreate "PERSON_CREATE",
        PersonUpdate "PERSON_UPDATE",
        PersonArchive "PERSON_ARCHIVE",
        PersonErase "PERSON_ERASE",
        PersonReadContact "PERSON_READ_CONTACT",
        PersonReadIdentity "PERSON_READ_IDENTITY",
        PersonReadBirthDate "PERSON_READ_BIRTH_DATE",
        PersonUnmask "PERSON_UNMASK",
        MemberCreate "MEMBER_CREATE",
        MemberUpdate "MEMBER_UPDATE",
        MemberTransfer "MEMBER_TRANSFER",
        ObligationRead "OBLIGATION_READ",
        ObligationRecompute "OBLIGATION_RECOMPUTE",
        AttachmentAdd "ATTACHMENT_ADD",
        AttachmentArchive "ATTACHMENT_ARCHIVE",
        AccountRead "ACCOUNT_READ",
        AccountCreate "ACCOUNT_CREATE",
        AccountDisable "ACCOUNT_DISABLE",
        RoleRead "ROLE_READ",
        GrantRead "GRANT_READ",
        GrantCreate "GRANT_CREATE",
        AuditRead "AUDIT_READ",
        JobRead "JOB_READ",
        JobManage "JOB_MANAGE",
        ProblemRead "PROBLEM_READ",
    }
}

coded! {
    /// How far a job has come.
    JobState {
        Queued "QUEUED",
        Running "RUNNING",
        Done "DONE",
        Parked "PARKED",
        Cancelled "CANCELLED",
    }
}

coded! {
    /// What is wrong with the input of a mutation.
    UserErrorCode {
        Required "REQUIRED",
        TooLong "TOO_LONG",
        Invalid "INVALID",
        NotFound "NOT_FOUND",
        Conflict "CONFLICT",
        Duplicate "DUPLICATE",
        HeldElsewhere "HELD_ELSEWHERE",
        Cycle "CYCLE",
        NotContainable "NOT_CONTAINABLE",
        NotEmpty "NOT_EMPTY",
        Archived "ARCHIVED",
        NotArchived "NOT_ARCHIVED",
        OutOfRange "OUT_OF_RANGE",
        Overlap "OVERLAP",
        FieldNotReadable "FIELD_NOT_READABLE",
        WrongPassword "WRONG_PASSWORD",
        WeakPassword "WEAK_PASSWORD",
        BudgetExhausted "BUDGET_EXHAUSTED",
        IdempotencyMismatch "IDEMPOTENCY_MISMATCH",
    }
}
