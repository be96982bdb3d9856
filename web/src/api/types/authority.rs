//! Closed sets about accounts, grants and permissions.

use super::{Labelled, coded, labelled};
use crate::api::read::{Part, Read};
use crate::i18n::t;

labelled! {
    /// Whether an account may sign in.
    AccountStatus {
        Active "ACTIVE" "启用" "Enabled",
        Disabled "DISABLED" "已停用" "Disabled",
    }
}

labelled! {
    /// How the one-time link of an account without a password stands.
    AccountLinkState {
        Open "OPEN" "待启用" "Link open",
        Expired "EXPIRED" "链接已过期" "Link expired",
    }
}

labelled! {
    /// What came of a sign-in.
    SignInOutcome {
        SignedIn "SIGNED_IN" "登录成功" "Signed in",
        BadCredentials "BAD_CREDENTIALS" "密码不对" "Wrong password",
        Throttled "THROTTLED" "失败过多，未核对" "Too many failures",
        Disabled "DISABLED" "账号已停用" "Account disabled",
        TokenReused "TOKEN_REUSED" "会话被复用，已结束" "Session reused and ended",
        CodeAsked "CODE_ASKED" "密码正确，等验证码" "Password right, code asked for",
        BadCode "BAD_CODE" "密码正确，验证码不对" "Password right, code wrong",
    }
}

labelled! {
    /// How long a token works.
    ApiTokenLife {
        Days7 "DAYS_7" "7 天" "7 days",
        Days30 "DAYS_30" "30 天" "30 days",
        Days90 "DAYS_90" "90 天" "90 days",
        Days365 "DAYS_365" "365 天" "365 days",
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

labelled! {
    /// How a grant stands today.
    GrantStatus {
        Waiting "WAITING" "待第二人确认" "Waits for a second holder",
        Upcoming "UPCOMING" "未开始" "Not begun",
        InForce "IN_FORCE" "生效中" "In force",
        Ended "ENDED" "已结束" "Ended",
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
        ObligationSnooze "OBLIGATION_SNOOZE",
        AttachmentAdd "ATTACHMENT_ADD",
        AttachmentArchive "ATTACHMENT_ARCHIVE",
        AccountRead "ACCOUNT_READ",
        AccountCreate "ACCOUNT_CREATE",
        AccountDisable "ACCOUNT_DISABLE",
        AccountReset "ACCOUNT_RESET",
        TokenIssue "TOKEN_ISSUE",
        RoleRead "ROLE_READ",
        RoleEdit "ROLE_EDIT",
        GrantRead "GRANT_READ",
        GrantCreate "GRANT_CREATE",
        AccessExplain "ACCESS_EXPLAIN",
        AccessPreview "ACCESS_PREVIEW",
        AuditRead "AUDIT_READ",
        RuleEdit "RULE_EDIT",
        JobRead "JOB_READ",
        JobManage "JOB_MANAGE",
        ProblemRead "PROBLEM_READ",
        ProblemAnswer "PROBLEM_ANSWER",
    }
}

coded! {
    /// A part of what a role carries.
    RolePart {
        Use "USE",
        PassOn "PASS_ON",
    }
}

coded! {
    /// What a set of rules rules.
    RuleFamily {
        Obligation "OBLIGATION",
    }
}

coded! {
    /// What a rule is about.
    RuleKind {
        ContactPerson "CONTACT_PERSON",
        CompleteRecord "COMPLETE_RECORD",
        TransferQuestion "TRANSFER_QUESTION",
    }
}

labelled! {
    /// What a set of rules is today.
    RuleSetState {
        Draft "DRAFT" "草稿" "Draft",
        Coming "COMING" "即将生效" "Coming",
        InForce "IN_FORCE" "现行" "In force",
        Superseded "SUPERSEDED" "已被取代" "Superseded",
        Discarded "DISCARDED" "已放弃" "Given up",
    }
}

labelled! {
    /// What a grant says to somebody who asks for a right.
    AccessOutcome {
        NotCarried "NOT_CARRIED" "角色不含这项权限" "The role does not carry it",
        NotOneself "NOT_ONESELF" "只对本人有效" "For oneself alone",
        Elsewhere "ELSEWHERE" "不包括这里" "Does not reach this place",
        Ended "ENDED" "已结束" "Ended",
        NotBegun "NOT_BEGUN" "尚未开始" "Not begun",
        Waiting "WAITING" "待第二人确认" "Waits for a second holder",
        SecondFactorMissing "SECOND_FACTOR_MISSING" "待启用两步验证" "Waits for a second factor",
        Gives "GIVES" "允许" "Gives it",
    }
}
