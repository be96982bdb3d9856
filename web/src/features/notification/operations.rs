//! Operations of the inbox.

use cynic::Id;

use crate::api::fragments::{OrganizationRef, PageInfo, PersonRef, changed, fragment, mutation};
use crate::api::schema;
use crate::api::types::{Date, DateTime, NotificationKind, ObligationKind};

/// The newest of the inbox.
#[derive(cynic::QueryVariables, Clone, Debug, PartialEq)]
pub struct NotificationsVariables {
    /// At most so many.
    pub first: Option<i32>,
    /// From here on.
    pub after: Option<String>,
}

fragment! {
    /// The number on the bell.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query")]
    pub struct NotificationUnreadQuery {
        /// Unread ones.
        pub notification_unread_count: i32,
    }

    /// Tells that something came into the inbox, or was read.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Subscription")]
    pub struct NotificationsChanged {
        /// Only that it comes counts.
        notifications_changed: i32,
    }

    /// The inbox.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query", variables = "NotificationsVariables")]
    pub struct NotificationsQuery {
        /// Newest first.
        #[arguments(first: $first, after: $after)]
        pub notifications: NotificationConnection,
    }

    /// A page of the inbox.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct NotificationConnection {
        /// Rows.
        pub nodes: Vec<Notification>,
        /// Where it stands.
        pub page_info: PageInfo,
    }

    /// One notification; what it is about is null where the viewer may no longer see it.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Notification {
        /// Opaque.
        pub id: Id,
        /// What.
        pub kind: NotificationKind,
        /// When.
        pub made_at: DateTime,
        /// When it was read.
        pub read_at: Option<DateTime>,
        /// The duty.
        pub obligation: Option<ToldObligation>,
        /// The grant.
        pub grant: Option<ToldGrant>,
        /// The person whose erasure waits.
        pub person: Option<PersonRef>,
        /// The report.
        pub report: Option<ToldReport>,
        /// The background work.
        pub job: Option<ToldJob>,
        /// The sums of a day.
        pub digest: Option<DailyDigest>,
    }

    /// A duty.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Obligation")]
    pub struct ToldObligation {
        /// What is to be done.
        pub kind: ObligationKind,
        /// By whom.
        pub organization: Option<OrganizationRef>,
        /// For whom.
        pub person: Option<PersonRef>,
        /// Until when.
        pub due_on: Date,
    }

    /// A grant.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Grant")]
    pub struct ToldGrant {
        /// Which role.
        pub role: Option<ToldRole>,
        /// Where.
        pub organization: Option<OrganizationRef>,
        /// From which day.
        pub from: Date,
        /// Until which day.
        pub until: Option<Date>,
    }

    /// A role by its name.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Role")]
    pub struct ToldRole {
        /// As people call it.
        pub name: String,
    }

    /// A report with its answer.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ProblemReport")]
    pub struct ToldReport {
        /// What was reported.
        pub text: String,
        /// What came of it.
        pub answer: Option<String>,
    }

    /// Background work with what came of it.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Job")]
    pub struct ToldJob {
        /// What it was.
        pub label: String,
        /// What came of it.
        pub result: Option<String>,
        /// Why it stopped.
        pub reason: Option<String>,
    }

    /// The sums of a day.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct DailyDigest {
        /// Duties by kind.
        pub duties: Vec<DigestDuty>,
        /// Unread notifications by kind.
        pub unread: Vec<DigestUnread>,
    }

    /// Duties of one kind.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct DigestDuty {
        /// Which.
        pub kind: ObligationKind,
        /// All.
        pub open: i32,
        /// Those past their day.
        pub overdue: i32,
    }

    /// Unread notifications of one kind.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct DigestUnread {
        /// Which.
        pub kind: NotificationKind,
        /// How many.
        pub count: i32,
    }

    /// What one is told.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query")]
    pub struct NotificationSettingsQuery {
        /// For every kind.
        pub notification_settings: Vec<NotificationSetting>,
    }

    /// What one is told of one kind.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct NotificationSetting {
        /// Which.
        pub kind: NotificationKind,
        /// Whether the app shows it.
        pub in_app: bool,
        /// Whether the digest counts it.
        pub in_digest: bool,
    }
}

changed! {
    /// A changed notification.
    ChangedNotification "Notification",
}

/// Which one was read.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct NotificationReadInput {
    pub notification: Id,
}

mutation!($
    /// Marks one as read.
    NotificationRead = notification_read(NotificationReadInput) -> "NotificationReadPayload" { notification: ChangedNotification }
);

/// Up to which one everything was read.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct NotificationReadAllInput {
    pub notification: Id,
}

mutation!($
    /// Marks everything as read.
    NotificationReadAll = notification_read_all(NotificationReadAllInput) -> "NotificationReadAllPayload" { notification: ChangedNotification }
);

/// What is wanted of one kind.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct NotificationSettingUpdateInput {
    pub kind: NotificationKind,
    pub in_app: bool,
    pub in_digest: bool,
}

mutation!($
    /// Changes what one is told.
    NotificationSettingUpdate = notification_setting_update(NotificationSettingUpdateInput) -> "NotificationSettingUpdatePayload" { setting: NotificationSetting }
);
