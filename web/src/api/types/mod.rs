//! The closed sets of the contract with their labels in both languages, and its scalars.

mod authority;
mod organization;
mod person;

use super::read::{Part, Read};
use crate::i18n::t;
pub use authority::*;
pub use organization::*;
pub use person::*;

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

use {coded, labelled};

labelled! {
    /// What an account is told.
    NotificationKind {
        DutyNew "DUTY_NEW" "新的应办事项" "A new duty",
        DutyOverdue "DUTY_OVERDUE" "应办事项逾期" "A duty is overdue",
        GrantBegins "GRANT_BEGINS" "获得角色" "A role is given to you",
        GrantEnds "GRANT_ENDS" "角色即将到期" "A role of yours ends soon",
        GrantWaiting "GRANT_WAITING" "授权待您确认" "A grant waits for you",
        ErasureWaiting "ERASURE_WAITING" "清除个人信息待您确认" "An erasure waits for you",
        ReportAnswered "REPORT_ANSWERED" "您反馈的问题已答复" "Your report was answered",
        JobDone "JOB_DONE" "后台任务已完成" "Background work is done",
        JobParked "JOB_PARKED" "后台任务已停止" "Background work stopped",
        DailyDigest "DAILY_DIGEST" "今日汇总" "Today at a glance",
    }
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
    /// Whether an attachment is in use.
    AttachmentState {
        Stored "STORED" "在用" "In use",
        Archived "ARCHIVED" "已归档" "Archived",
    }
}

labelled! {
    /// Which way a list is sorted.
    OrderDirection {
        Asc "ASC" "升序" "Ascending",
        Desc "DESC" "降序" "Descending",
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
