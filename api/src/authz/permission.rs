//! The catalogue of permissions: `resource:action`, with a label and a sentence in both languages.

macro_rules! catalogue {
    ($($variant:ident $code:literal $zh:literal $en:literal $zh_sentence:literal $en_sentence:literal $sensitive:literal;)*) => {
        /// A right to do one thing to one kind of object.
        #[derive(async_graphql::Enum, Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[graphql(name = "PermissionCode")]
        pub enum Permission {$(
            #[doc = $en_sentence]
            $variant,
        )*}

        impl Permission {
            /// Every permission, grouped by resource.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The code, such as `person:read`.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// The label in Chinese and in English.
            pub fn label(self) -> (&'static str, &'static str) {
                match self { $(Self::$variant => ($zh, $en)),* }
            }

            /// A sentence that says what it allows, in Chinese and in English.
            pub fn sentence(self) -> (&'static str, &'static str) {
                match self { $(Self::$variant => ($zh_sentence, $en_sentence)),* }
            }

            /// Whether a second holder confirms a grant that carries it.
            pub fn sensitive(self) -> bool {
                match self { $(Self::$variant => $sensitive),* }
            }

            /// The permission with this code.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)* _ => None }
            }

            /// The bit of this permission in a [`Permissions`] set.
            fn bit(self) -> u64 {
                1 << (self as u64)
            }
        }
    };
}

catalogue! {
    OrganizationRead "organization:read" "看组织" "See organizations" "看到范围内的组织、班子和人数。" "See the organizations in scope, their posts and head counts." false;
    OrganizationCreate "organization:create" "新建组织" "Create organizations" "在范围内的组织下新建下级组织。" "Create organizations below those in scope." false;
    OrganizationUpdate "organization:update" "编辑组织" "Edit organizations" "修改组织的名称、代码、领域和联系方式。" "Change name, code, sector and contact of an organization." false;
    OrganizationMove "organization:move" "移动组织" "Move organizations" "把组织移到范围内的另一个上级之下。" "Move an organization below another one in scope." false;
    OrganizationMerge "organization:merge" "合并组织" "Merge organizations" "把一个组织的人员和下级并入另一个组织。" "Merge the people and children of one organization into another." false;
    OrganizationArchive "organization:archive" "归档和恢复组织" "Archive and restore organizations" "归档不再工作的组织，或恢复它。" "Archive an organization that no longer works, or restore it." false;
    PostAssign "post:assign" "任免职务" "Assign posts" "登记班子成员的任职和离任。" "Record who takes and leaves a post of a leading body." false;
    TermRecord "term:record" "登记换届" "Record reelections" "登记换届结果和新的任期。" "Record a reelection and the new term." false;
    PersonRead "person:read" "看人员" "See persons" "看到范围内的人员和党员，敏感信息脱敏。" "See persons and members in scope, sensitive fields masked." false;
    PersonCreate "person:create" "新增人员" "Add persons" "在范围内的组织新增人员。" "Add persons to organizations in scope." false;
    PersonUpdate "person:update" "编辑人员" "Edit persons" "修改范围内人员的资料。" "Change the records of persons in scope." false;
    PersonArchive "person:archive" "归档和恢复人员" "Archive and restore persons" "归档不再使用的人员记录，或恢复它。" "Archive a record no longer used, or restore it." false;
    PersonErase "person:erase" "清除个人信息" "Erase personal data" "提出或确认清除已归档人员的个人信息，须两人，不可恢复。" "Propose or confirm the erasure of an archived person's data; it takes two and is final." true;
    PersonReadContact "person:read_contact" "看联系方式" "See contact data" "说明理由后查看手机号和住址。" "See phone and address after giving a reason." false;
    PersonReadIdentity "person:read_identity" "看身份证号" "See identity numbers" "说明理由后查看身份证号。" "See the identity number after giving a reason." true;
    PersonReadBirthDate "person:read_birth_date" "看出生日期" "See birth dates" "说明理由后查看出生日期。" "See the birth date after giving a reason." false;
    PersonUnmask "person:unmask" "查看脱敏信息" "Unmask fields" "逐条查看脱敏信息，需说明理由，本人可见记录。" "Unmask one field at a time with a reason; the person sees it." true;
    MemberCreate "member:create" "新增申请人" "Add applicants" "登记入党申请人。" "Record an applicant for membership." false;
    MemberUpdate "member:update" "编辑党员信息" "Edit memberships" "修改入党日期和培养联系人。" "Change dates and contact persons of a membership." false;
    MemberTransfer "member:transfer" "转接组织关系" "Transfer members" "在范围内转接党员组织关系。" "Move a member between organizations in scope." false;
    ObligationRead "obligation:read" "看应办事项" "See obligations" "看到范围内组织的应办事项。" "See what is due for organizations in scope." false;
    ObligationRecompute "obligation:recompute" "重新计算应办事项" "Work out obligations again" "让范围内组织的应办事项按记录重新计算。" "Have the obligations of organizations in scope worked out again from the records." false;
    ObligationSnooze "obligation:snooze" "暂缓应办事项" "Put obligations off" "说明理由，把范围内组织的应办事项暂缓到某一天，仍计入上级统计。" "Put off an obligation in scope until a day, with a reason; it stays counted for those above." false;
    AttachmentAdd "attachment:add" "添加附件" "Attach files" "给范围内的组织和人员添加附件。" "Attach files to organizations and persons in scope." false;
    AttachmentArchive "attachment:archive" "归档附件" "Archive attachments" "归档不再需要的附件。" "Archive attachments no longer needed." false;
    AccountRead "account:read" "看账号" "See accounts" "看到账号、登录会话和授权。" "See accounts, sign-in sessions and grants." false;
    AccountCreate "account:create" "开设账号" "Create accounts" "为人员或系统开设账号。" "Create accounts for persons and services." false;
    AccountDisable "account:disable" "停用和启用账号" "Disable and enable accounts" "停用或启用账号，结束登录会话。" "Disable or enable an account, end its sign-in sessions." false;
    AccountReset "account:reset" "重置账号" "Reset accounts" "发一次性链接让本人重设密码，重置两步验证。" "Send a one-time link for a new password, reset the second factor." true;
    TokenIssue "token:issue" "发访问令牌" "Issue tokens" "给系统账号发访问令牌，或撤销它。" "Issue and revoke tokens of service accounts." true;
    RoleRead "role:read" "看角色" "See roles" "看到角色和它们的权限。" "See roles and their permissions." false;
    RoleEdit "role:edit" "设计角色" "Design roles" "新建、修改、归档全市的角色，不超出自己可转授的权限。" "Create, change and archive the roles of the whole city, within what one may pass on." true;
    GrantRead "grant:read" "看授权" "See grants" "看到谁在哪里有什么角色。" "See who has which role where." false;
    GrantCreate "grant:create" "授权和收回" "Give and end grants" "在自己可转授的范围内授予或收回角色。" "Give and end roles within what may be passed on." true;
    AccessExplain "access:explain" "解释权限" "Explain access" "问范围内的对象谁能看、谁能改、为什么。" "Ask who may do what to objects in scope, and why." false;
    AccessPreview "access:preview" "以角色预览" "Preview a role" "在范围内的组织以某个角色只读预览，不超出自己的权限。" "Look read-only at what a role shows on an organization in scope, never beyond one's own rights." false;
    AuditRead "audit:read" "看变动记录" "See the audit trail" "看到范围内的变动记录。" "See the record of changes in scope." true;
    RuleEdit "rule:edit" "维护规则" "Edit rules" "起草、发布全市的规则，并试算影响。" "Draft and publish the rules of the whole city, and see what they would hit." false;
    JobRead "job:read" "看后台任务" "See background work" "看到所有人的后台任务和进度。" "See everybody's background work and its progress." false;
    JobManage "job:manage" "管理后台任务" "Manage background work" "取消或重试别人的后台任务。" "Cancel and retry the background work of others." false;
    ProblemRead "problem:read" "看问题反馈" "See problem reports" "看到用户反馈的问题。" "See the problems that users report." false;
    ProblemAnswer "problem:answer" "答复问题反馈" "Answer problem reports" "答复用户反馈的问题，反馈的人会收到通知。" "Answer the problems that users report; the reporter is notified." false;
}

/// What permissions are about, in catalogue order: code, label in Chinese and in English.
const RESOURCES: &[(&str, &str, &str)] = &[
    ("organization", "组织", "Organizations"),
    ("post", "职务", "Posts"),
    ("term", "换届", "Reelections"),
    ("person", "人员", "Persons"),
    ("member", "党员", "Members"),
    ("obligation", "应办事项", "Obligations"),
    ("attachment", "附件", "Attachments"),
    ("account", "账号", "Accounts"),
    ("token", "访问令牌", "Tokens"),
    ("role", "角色", "Roles"),
    ("grant", "授权", "Grants"),
    ("access", "权限解释", "Explanations"),
    ("audit", "变动记录", "Audit trail"),
    ("rule", "规则", "Rules"),
    ("job", "后台任务", "Background work"),
    ("problem", "问题反馈", "Problem reports"),
];

impl Permission {
    /// What it is about, such as `person`.
    pub fn resource(self) -> &'static str {
        self.code().split(':').next().unwrap_or_default()
    }

    /// What it is about, in Chinese and in English.
    pub fn resource_label(self) -> (&'static str, &'static str) {
        let resource = self.resource();
        RESOURCES.iter().find(|(code, ..)| *code == resource).map_or((resource, resource), |(_, zh, en)| (zh, en))
    }
}

/// A set of permissions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Permissions(u64);

impl Permissions {
    /// Whether `permission` is in the set.
    pub fn contains(self, permission: Permission) -> bool {
        self.0 & permission.bit() != 0
    }

    /// Adds `permission`.
    pub fn insert(&mut self, permission: Permission) {
        self.0 |= permission.bit();
    }

    /// The permissions of the set, in catalogue order.
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.iter().copied().filter(move |permission| self.contains(*permission))
    }

    /// The permissions that are in both sets.
    #[must_use]
    pub fn meet(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether it holds nothing.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// What is in this set or in `other`.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is in this set and not in `other`.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether every permission of `other` is in this set.
    pub fn covers(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }
}

impl FromIterator<Permission> for Permissions {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        let mut set = Self::default();
        for permission in permissions {
            set.insert(permission);
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_is_grouped_by_resources_that_all_have_a_label() {
        let mut groups: Vec<&str> = Permission::ALL.iter().map(|permission| permission.resource()).collect();
        groups.dedup();
        let known: Vec<&str> = RESOURCES.iter().map(|(code, ..)| *code).collect();
        assert_eq!(groups, known);
    }

    #[test]
    fn sets_are_united_and_subtracted() {
        let set = |permissions: &[Permission]| permissions.iter().copied().collect::<Permissions>();
        let (read, edit) = (set(&[Permission::RoleRead]), set(&[Permission::RoleEdit]));
        assert_eq!(read.union(edit), set(&[Permission::RoleRead, Permission::RoleEdit]));
        assert_eq!(read.union(edit).without(read), edit);
        assert!(edit.without(edit).is_empty());
    }
}
