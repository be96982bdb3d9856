//! Words of the audit trail.

use crate::api::types::{
    BranchForm, Education, Labelled, MemberStage, OccupationGroup, OrganizationKind, OrganizationLevel,
    OrganizationStatus, PostTitle, Sector, Sex,
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
    ("personUnmask", "查看脱敏信息", "looked at a masked value"),
    ("memberCreate", "新增申请人", "added an applicant"),
    ("memberUpdate", "修改申请日期", "changed the application date"),
    ("memberTransfer", "转接组织关系", "transferred the member"),
    ("memberContactAssign", "指定培养联系人", "assigned contact persons"),
    ("affiliationCreate", "添加组织关联", "added an affiliation"),
    ("affiliationEnd", "结束组织关联", "ended an affiliation"),
    ("accountCreate", "新建账号", "created the account"),
    ("accountDisable", "停用账号", "disabled the account"),
    ("accountEnable", "启用账号", "enabled the account"),
    ("accountPasswordChange", "修改密码", "changed the password"),
    ("signInSessionEnd", "结束登录会话", "ended a sign-in session"),
    ("roleGrant", "授予角色", "granted a role"),
    ("roleGrantEnd", "结束授权", "ended a grant"),
    ("problemReport", "报告问题", "reported a problem"),
];

/// What a field of the contract is called.
pub fn field_label(field: &str) -> &str {
    match field {
        "name" => t("名称", "Name"),
        "code" => t("代码", "Code"),
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
        "from" => t("起", "From"),
        "until" => t("止", "Until"),
        "effectiveOn" => t("生效日期", "Effective on"),
        "term" => t("任期", "Term"),
        "field" => t("字段", "Field"),
        other => other,
    }
}

/// A value of a change as people read it: words for closed sets, and for what is only said to have changed.
pub fn value_label<'a>(field: &str, value: &'a str) -> &'a str {
    fn label<T: Labelled>(value: &str) -> Option<&'static str> {
        T::from_code(value).map(Labelled::label)
    }
    if value == "changed" {
        return t("已变更", "changed");
    }
    let label = match field {
        "stage" => label::<MemberStage>(value),
        "status" => label::<OrganizationStatus>(value),
        "sex" => label::<Sex>(value),
        "education" => label::<Education>(value),
        "occupationGroup" => label::<OccupationGroup>(value),
        "kind" => label::<OrganizationKind>(value),
        "level" => label::<OrganizationLevel>(value),
        "branchForm" => label::<BranchForm>(value),
        "sector" => label::<Sector>(value),
        "title" => label::<PostTitle>(value),
        _ => None,
    };
    label.unwrap_or(value)
}

/// The page of a changed object.
pub fn address_of(object_type: &str, id: &str) -> Option<String> {
    match object_type.to_ascii_lowercase().as_str() {
        "organization" => Some(format!("/organizations/{id}")),
        "person" => Some(format!("/people/{id}")),
        "account" => Some(format!("/accounts/{id}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_a_door_only_where_there_is_a_page() {
        assert_eq!(address_of("Organization", "x"), Some("/organizations/x".into()));
        assert_eq!(address_of("Grant", "x"), None);
    }

    #[test]
    fn codes_of_closed_sets_are_read_as_words_and_texts_stay() {
        assert_eq!(value_label("stage", "APPLICANT"), "申请人");
        assert_eq!(value_label("phone", "changed"), "已变更");
        assert_eq!(value_label("employer", "APPLICANT"), "APPLICANT");
    }

    #[test]
    fn an_action_without_words_keeps_its_name() {
        assert_eq!(action_label("memberTransfer"), Some("转接组织关系"));
        assert_eq!(action_label("later"), None);
    }
}
