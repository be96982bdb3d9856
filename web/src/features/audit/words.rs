//! Words of the audit trail.

use crate::api::types::{
    AccountKind, AccountStatus, AffiliationKind, BranchForm, Education, GrantScope, Labelled, MemberStage,
    NotificationKind, OccupationGroup, OrganizationKind, OrganizationLevel, OrganizationStatus, PostTitle,
    RecordStatus, Sector, SensitiveField, Sex, UnmaskReason, Workbench,
};
use crate::i18n::t;

/// The business action behind a mutation's name.
pub fn action_label(action: &str) -> Option<&'static str> {
    ACTIONS.iter().find(|(name, ..)| *name == action).map(|(_, zh, en)| t(zh, en))
}

/// All actions with their words, for a filter.
pub const ACTIONS: &[(&str, &str, &str)] = &[
    ("organizationCreate", "新建组织", "created the organization"),
    ("organizationUpdate", "修改组织", "changed the organization"),
    ("organizationMove", "移动组织", "moved the organization"),
    ("organizationMerge", "合并组织", "merged the organization"),
    ("organizationArchive", "归档组织", "archived the organization"),
    ("organizationRestore", "恢复组织", "restored the organization"),
    ("postAssign", "任命职务", "assigned a post"),
    ("postEnd", "免去职务", "ended a post"),
    ("termRecord", "登记换届", "recorded a term"),
    ("personCreate", "新增人员", "added the person"),
    ("personUpdate", "修改人员", "changed the person"),
    ("personArchive", "归档人员", "archived the person"),
    ("personRestore", "恢复人员", "restored the person"),
    ("personErasePropose", "提议清除个人信息", "proposed to erase the personal data"),
    ("personEraseConfirm", "确认清除个人信息", "confirmed the erasure of the personal data"),
    ("personEraseWithdraw", "撤回清除提议", "withdrew the proposal to erase"),
    ("personUnmask", "查看脱敏信息", "looked at a masked value"),
    ("personExport", "导出本人信息", "asked for an export of the own data"),
    ("personExportFetch", "下载本人信息", "fetched the export of the own data"),
    ("memberCreate", "新增申请人", "added an applicant"),
    ("memberUpdate", "修改申请日期", "changed the application date"),
    ("memberTransfer", "转接组织关系", "transferred the member"),
    ("memberContactAssign", "指定培养联系人", "assigned contact persons"),
    ("affiliationCreate", "添加组织关联", "added an affiliation"),
    ("affiliationEnd", "结束组织关联", "ended an affiliation"),
    ("accountCreate", "新建账号", "created the account"),
    ("accountOpenForPosts", "为任职人员开设账号", "opened the account for a post"),
    ("accountDisable", "停用账号", "disabled the account"),
    ("accountEnable", "启用账号", "enabled the account"),
    ("accountPasswordChange", "修改密码", "changed the password"),
    ("accountReset", "重置账号", "reset the account"),
    ("accountStart", "用一次性链接设置密码", "set a password by a one-time link"),
    ("accountUnlock", "解除登录锁定", "ended a pause after failed sign-ins"),
    ("accountSecondFactorReset", "重置两步验证", "took the second factor away"),
    ("secondFactorBegin", "开始设置两步验证", "began to set up a second factor"),
    ("secondFactorConfirm", "开启两步验证", "switched the second factor on"),
    ("secondFactorDisable", "关闭两步验证", "switched the second factor off"),
    ("roleSecondFactorRequire", "修改角色的两步验证要求", "changed whether a role demands a second factor"),
    ("apiTokenIssue", "发访问令牌", "issued an API token"),
    ("apiTokenRevoke", "撤销访问令牌", "revoked an API token"),
    ("signInSessionEnd", "结束登录会话", "ended a sign-in session"),
    ("roleCreate", "新建角色", "created the role"),
    ("roleUpdate", "修改角色", "changed the role"),
    ("roleArchive", "归档角色", "archived the role"),
    ("roleRestore", "恢复角色", "restored the role"),
    ("roleGrant", "授予角色", "granted a role"),
    ("roleGrantConfirm", "确认授权", "confirmed a grant"),
    ("roleGrantEnd", "结束授权", "ended a grant"),
    ("roleGrantExtend", "延长授权", "extended a grant"),
    ("roleGrantRenew", "批量延长授权", "renewed a grant"),
    ("previewBegin", "以角色预览", "looked through a role"),
    ("obligationRecompute", "重新核对应办事项", "had obligations worked out again"),
    ("ruleSetDraft", "起草规则", "drafted rules"),
    ("ruleSetEdit", "修改规则草稿", "changed the draft of rules"),
    ("ruleSetPublish", "发布规则", "published rules"),
    ("ruleSetDiscard", "放弃规则草稿", "gave a draft of rules up"),
    ("jobStart", "开始后台任务", "began background work"),
    ("obligationSnooze", "暂缓应办事项", "put off an obligation"),
    ("obligationUnsnooze", "恢复应办事项", "took an obligation up again"),
    ("notificationRead", "读了通知", "read a notification"),
    ("notificationReadAll", "读了全部通知", "read all notifications"),
    ("notificationSettingUpdate", "修改通知设置", "changed what is notified"),
    ("jobCancel", "取消后台任务", "cancelled background work"),
    ("jobRetry", "重试后台任务", "tried background work again"),
    ("attachmentUploadBegin", "开始上传附件", "began to upload a file"),
    ("attachmentUploadFinish", "添加附件", "attached a file"),
    ("attachmentUploadCancel", "取消上传附件", "gave up an upload"),
    ("attachmentArchive", "归档附件", "archived an attachment"),
    ("attachmentRestore", "恢复附件", "restored an attachment"),
    ("problemReport", "报告问题", "reported a problem"),
    ("problemReportAnswer", "答复问题反馈", "answered a problem report"),
    ("rekey", "更换数据密钥", "changed the data secret"),
    ("personIdentityHeldElsewhere", "身份证号已在别处登记", "was told of an identity number held elsewhere"),
];

/// Groups of actions for a filter: their words, and how the names of their actions begin.
pub const GROUPS: &[(&str, &str, &[&str])] = &[
    ("组织", "Organizations", &["organization", "post", "term", "obligation"]),
    ("人员", "People", &["person", "member", "affiliation"]),
    ("账号与授权", "Accounts", &["account", "preview", "role", "signIn"]),
];

/// The group of an action; none for what stands alone.
pub fn group_of(action: &str) -> Option<usize> {
    GROUPS.iter().position(|(_, _, beginnings)| beginnings.iter().any(|beginning| action.starts_with(beginning)))
}

/// What the type of a changed object is called.
pub fn object_word(object_type: &str) -> &str {
    match object_type {
        "Organization" => t("组织", "Organization"),
        "Person" => t("人员", "Person"),
        "Member" => t("党员信息", "Membership"),
        "Affiliation" => t("组织关联", "Tie"),
        "OrganizationPost" => t("职务", "Post"),
        "Role" => t("角色", "Role"),
        "RuleSet" => t("规则", "Rules"),
        "Attachment" => t("附件", "Attachment"),
        "Account" => t("账号", "Account"),
        "ApiToken" => t("访问令牌", "API token"),
        "Grant" => t("授权", "Grant"),
        "SignInSession" => t("登录会话", "Sign-in session"),
        "Notification" => t("通知", "Notification"),
        "Obligation" => t("应办事项", "Obligation"),
        "Job" => t("后台任务", "Background job"),
        "ProblemReport" => t("问题反馈", "Problem report"),
        "Setting" => t("系统设置", "Setting"),
        other => other,
    }
}

/// What a field of the contract is called.
pub fn field_label(field: &str) -> &str {
    match field {
        "name" => t("名称", "Name"),
        "read" => t("已读", "Read"),
        "notification" => t("通知", "Notification"),
        "inApp" => t("应用内通知", "Shown in the app"),
        "inDigest" => t("计入每日汇总", "In the daily digest"),
        "answer" => t("答复", "Answer"),
        "snoozedUntil" => t("暂缓至", "Put off until"),
        "confirmed" => t("已生效", "In force"),
        "bound" => t("随职务结束", "Ends with a post"),
        "rules" => t("规则", "Rules"),
        "note" => t("依据", "Source"),
        "published" => t("已发布", "Published"),
        "discarded" => t("已放弃", "Given up"),
        "code" => t("代码", "Code"),
        "size" => t("字节数", "Bytes"),
        "mediaType" => t("类型", "Type"),
        "sha256" => t("校验值", "SHA-256"),
        "sortKey" => t("排序", "Sort key"),
        "kind" => t("类别", "Kind"),
        "level" => t("层级", "Level"),
        "branchForm" => t("设置方式", "Form"),
        "sector" => t("领域", "Sector"),
        "division" => t("行政区划", "Division"),
        "foundedOn" => t("成立日期", "Founded on"),
        "officePhone" => t("办公电话", "Office phone"),
        "officeAddress" => t("办公地址", "Office address"),
        "parent" => t("上级组织", "Parent"),
        "status" => t("状态", "Status"),
        "sex" => t("性别", "Sex"),
        "ethnicity" => t("民族", "Ethnicity"),
        "nativePlace" => t("籍贯", "Native place"),
        "education" => t("学历", "Education"),
        "employer" => t("工作单位", "Employer"),
        "occupationGroup" => t("职业", "Occupation"),
        "birthDate" => t("出生日期", "Birth date"),
        "phone" => t("手机", "Phone"),
        "identityNumber" => t("身份证号", "Identity number"),
        "address" => t("住址", "Address"),
        "homeOrganization" => t("所在组织", "Home organization"),
        "contacts" => t("培养联系人", "Contact persons"),
        "stage" => t("阶段", "Stage"),
        "appliedOn" => t("申请日期", "Applied on"),
        "title" => t("职务", "Post"),
        "person" => t("人员", "Person"),
        "organization" => t("组织", "Organization"),
        "reason" => t("原因", "Reason"),
        "from" => t("起始日期", "From"),
        "until" => t("截止日期", "Until"),
        "admittedOn" => t("接收为预备党员日期", "Admitted on"),
        "fullOn" => t("转正日期", "Full on"),
        "fullTime" => t("专职", "Full time"),
        "termFrom" => t("任期起", "Term from"),
        "termUntil" => t("任期止", "Term until"),
        "mergedInto" => t("并入", "Merged into"),
        "movedMembers" => t("转入人数", "Members moved"),
        "account" => t("账号", "Account"),
        "role" => t("角色", "Role"),
        "copyOf" => t("复制自", "Copy of"),
        "nameEn" => t("英文名称", "Name in English"),
        "sentence" => t("说明", "What it is for"),
        "sentenceEn" => t("英文说明", "What it is for, in English"),
        "workbench" => t("工作台", "Workbench"),
        "permissions" => t("使用的权限", "Permissions to use"),
        "passOn" => t("可转授的权限", "Permissions to pass on"),
        "archived" => t("已归档", "Archived"),
        "scope" => t("范围", "Scope"),
        "password" => t("密码", "Password"),
        "dataSecret" => t("数据密钥", "Data secret"),
        "endReason" => t("结束方式", "How it ended"),
        "unmaskReason" => t("查看原因", "Reason to look"),
        "field" => t("字段", "Field"),
        "state" => t("状态", "State"),
        "page" => t("页面", "Page"),
        other => other,
    }
}

/// A value of a change as people read it: words for closed sets, and for what is only said to have changed.
pub fn value_label<'a>(object_type: &str, field: &str, value: &'a str) -> &'a str {
    fn label<T: Labelled>(value: &str) -> Option<&'static str> {
        T::from_code(value).map(Labelled::label)
    }
    if value == "changed" {
        return t("已变更", "changed");
    }
    let label = match (object_type, field) {
        (_, "stage") => label::<MemberStage>(value),
        ("Account", "status") => label::<AccountStatus>(value),
        ("Person", "status") => label::<RecordStatus>(value),
        (_, "status") => label::<OrganizationStatus>(value),
        ("Account", "kind") => label::<AccountKind>(value),
        ("Account", "notification") => label::<NotificationKind>(value),
        ("Role", "workbench") => label::<Workbench>(value),
        ("Affiliation", "kind") => label::<AffiliationKind>(value),
        (_, "kind") => label::<OrganizationKind>(value),
        (_, "sex") => label::<Sex>(value),
        (_, "education") => label::<Education>(value),
        (_, "occupationGroup") => label::<OccupationGroup>(value),
        (_, "level") => label::<OrganizationLevel>(value),
        (_, "branchForm") => label::<BranchForm>(value),
        (_, "sector") => label::<Sector>(value),
        (_, "title") => label::<PostTitle>(value),
        (_, "scope") => grant_scope(value),
        (_, "field") => label::<SensitiveField>(value),
        (_, "unmaskReason") => label::<UnmaskReason>(value),
        (_, "endReason") => end_reason(value),
        ("Job", "state") => job_state(value),
        (_, "fullTime" | "confirmed" | "bound" | "published" | "discarded" | "inApp" | "inDigest") => {
            Some(if value == "true" { t("是", "yes") } else { t("否", "no") })
        }
        _ => None,
    };
    label.unwrap_or(value)
}

/// The scope of a grant; history keeps the word of the database.
fn grant_scope(value: &str) -> Option<&'static str> {
    match value {
        "OWN" => Some(GrantScope::OnlySelf.label()),
        other => GrantScope::from_code(other).map(Labelled::label),
    }
}

/// How far background work has come.
fn job_state(value: &str) -> Option<&'static str> {
    match value {
        "QUEUED" => Some(t("等待", "waiting")),
        "RUNNING" => Some(t("进行中", "running")),
        "DONE" => Some(t("已完成", "done")),
        "PARKED" => Some(t("已搁置", "parked")),
        "CANCELLED" => Some(t("已取消", "cancelled")),
        _ => None,
    }
}

/// How a sign-in session ended.
fn end_reason(value: &str) -> Option<&'static str> {
    match value {
        "SIGNED_OUT" => Some(t("退出登录", "signed out")),
        "ENDED_BY_OWNER" => Some(t("本人结束", "by its owner")),
        "ENDED_BY_ADMINISTRATOR" => Some(t("管理员结束", "by an administrator")),
        "PASSWORD_CHANGED" => Some(t("修改密码", "password changed")),
        "ACCOUNT_DISABLED" => Some(t("账号停用", "account disabled")),
        "TOKEN_REUSED" => Some(t("令牌被重复使用", "token used twice")),
        "EXPIRED" => Some(t("过期", "expired")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_closed_sets_are_read_as_words_and_texts_stay() {
        assert_eq!(value_label("Member", "stage", "APPLICANT"), "申请人");
        assert_eq!(value_label("Person", "phone", "changed"), "已变更");
        assert_eq!(value_label("Organization", "name", "APPLICANT"), "APPLICANT");
        assert_eq!(value_label("Grant", "scope", "OWN"), "仅本人");
        assert_eq!(value_label("Grant", "confirmed", "false"), "否");
    }

    #[test]
    fn one_word_means_what_the_object_makes_of_it() {
        let status = |object_type| value_label(object_type, "status", "ACTIVE");
        assert_eq!([status("Organization"), status("Person"), status("Account")], ["正常", "在册", "启用"]);
        assert_eq!(value_label("Affiliation", "kind", "STATION"), "驿站");
        assert_eq!(value_label("Account", "kind", "SERVICE"), "服务账号");
        assert_eq!(value_label("Organization", "kind", "BRANCH"), "党支部");
    }

    #[test]
    fn every_mutation_of_the_contract_has_words() {
        let contract = include_str!("../../../../api/schema.graphql");
        let (_, rest) = contract.split_once("type Mutation {").unwrap();
        let (fields, _) = rest.split_once("\n}").unwrap();
        let names: Vec<_> = fields
            .lines()
            .filter_map(|line| line.strip_prefix("  "))
            .filter(|line| line.starts_with(|letter: char| letter.is_ascii_lowercase()) && line.contains("(input: "))
            .filter_map(|line| line.split('(').next())
            .collect();
        assert!(names.len() >= 28, "{names:?}");
        let speechless: Vec<_> = names.into_iter().filter(|name| action_label(name).is_none()).collect();
        assert_eq!(speechless, Vec::<&str>::new());
    }

    #[test]
    fn what_belongs_together_stands_in_one_group() {
        assert_eq!(group_of("termRecord").and_then(|group| GROUPS.get(group)).map(|group| group.0), Some("组织"));
        assert_eq!(group_of("affiliationEnd").and_then(|group| GROUPS.get(group)).map(|group| group.0), Some("人员"));
        assert_eq!(group_of("problemReport"), None);
    }

    #[test]
    fn an_action_without_words_keeps_its_name() {
        assert_eq!(action_label("memberTransfer"), Some("转接组织关系"));
        assert_eq!(action_label("later"), None);
    }
}
