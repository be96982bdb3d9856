//! The role templates that the product ships: copied by administrators, never edited.
use entity::Workbench;

use super::Permission;

/// A role as the product ships it.
pub struct RoleTemplate {
    /// Stable short name.
    pub code: &'static str,
    /// Name in Chinese and in English.
    pub name: (&'static str, &'static str),
    /// What the app opens to.
    pub workbench: Workbench,
    /// Permissions the holder uses.
    pub uses: &'static [Permission],
    /// Permissions the holder hands on without using them.
    pub passes_on: &'static [Permission],
}

/// All templates. The administrator passes on everything and uses only accounts, roles, grants and audit.
pub const TEMPLATES: &[RoleTemplate] = &[
    RoleTemplate {
        code: "administrator",
        name: ("系统管理员", "Administrator"),
        workbench: Workbench::Administrator,
        uses: &[
            Permission::OrganizationRead,
            Permission::AccountRead,
            Permission::AccountCreate,
            Permission::AccountDisable,
            Permission::RoleRead,
            Permission::GrantRead,
            Permission::GrantCreate,
            Permission::AuditRead,
            Permission::JobRead,
            Permission::JobManage,
            Permission::RuleEdit,
            Permission::ProblemRead,
            Permission::ProblemAnswer,
        ],
        passes_on: Permission::ALL,
    },
    RoleTemplate {
        code: "organizer",
        name: ("组织员", "Organizer"),
        workbench: Workbench::Organizer,
        uses: &[
            Permission::OrganizationRead,
            Permission::OrganizationCreate,
            Permission::OrganizationUpdate,
            Permission::OrganizationMove,
            Permission::OrganizationMerge,
            Permission::OrganizationArchive,
            Permission::PostAssign,
            Permission::TermRecord,
            Permission::PersonRead,
            Permission::PersonCreate,
            Permission::PersonUpdate,
            Permission::PersonArchive,
            Permission::PersonErase,
            Permission::PersonReadContact,
            Permission::PersonReadIdentity,
            Permission::PersonReadBirthDate,
            Permission::PersonUnmask,
            Permission::MemberCreate,
            Permission::MemberUpdate,
            Permission::MemberTransfer,
            Permission::AttachmentAdd,
            Permission::AttachmentArchive,
            Permission::ObligationRead,
            Permission::ObligationRecompute,
            Permission::ObligationSnooze,
            Permission::AuditRead,
        ],
        passes_on: &[],
    },
    RoleTemplate {
        code: "secretary",
        name: ("党组织书记", "Secretary"),
        workbench: Workbench::Secretary,
        uses: &[
            Permission::OrganizationRead,
            Permission::OrganizationUpdate,
            Permission::OrganizationCreate,
            Permission::PostAssign,
            Permission::TermRecord,
            Permission::PersonRead,
            Permission::PersonCreate,
            Permission::PersonUpdate,
            Permission::PersonArchive,
            Permission::PersonReadContact,
            Permission::PersonReadBirthDate,
            Permission::PersonUnmask,
            Permission::MemberCreate,
            Permission::MemberUpdate,
            Permission::AttachmentAdd,
            Permission::AttachmentArchive,
            Permission::ObligationRead,
            Permission::ObligationSnooze,
            Permission::AuditRead,
        ],
        passes_on: &[],
    },
    RoleTemplate {
        code: "fund_manager",
        name: ("党费管理员", "Fund manager"),
        workbench: Workbench::FundManager,
        uses: &[Permission::OrganizationRead, Permission::ObligationRead],
        passes_on: &[],
    },
    RoleTemplate {
        code: "inspector",
        name: ("督查员", "Inspector"),
        workbench: Workbench::Inspector,
        uses: &[Permission::OrganizationRead, Permission::ObligationRead, Permission::AuditRead],
        passes_on: &[],
    },
    RoleTemplate {
        code: "alliance_coordinator",
        name: ("联盟秘书处", "Alliance coordinator"),
        workbench: Workbench::AllianceCoordinator,
        uses: &[Permission::OrganizationRead],
        passes_on: &[],
    },
    RoleTemplate {
        code: "station_keeper",
        name: ("驿站站长", "Station keeper"),
        workbench: Workbench::StationKeeper,
        uses: &[Permission::OrganizationRead],
        passes_on: &[],
    },
    RoleTemplate {
        code: "member",
        name: ("党员", "Member"),
        workbench: Workbench::Member,
        uses: &[
            Permission::OrganizationRead,
            Permission::PersonRead,
            Permission::PersonReadContact,
            Permission::PersonReadBirthDate,
            Permission::PersonReadIdentity,
        ],
        passes_on: &[],
    },
    RoleTemplate {
        code: "integrator",
        name: ("第三方集成", "Integrator"),
        workbench: Workbench::Organizer,
        uses: &[Permission::OrganizationRead, Permission::PersonRead],
        passes_on: &[],
    },
];
