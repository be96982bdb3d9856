//! One case for every mutation: an input that works, who may, who may not.
use jianghai::{graphql::ids, testing::TestApp};
use serde_json::{Value, json};

use super::mutations::{CURRENT, Prepared};

/// A mutation with an input that works.
pub(super) struct Case {
    pub field: &'static str,
    pub selection: &'static str,
    /// Makes the input, with whatever must exist before.
    pub input: for<'a> fn(&'a TestApp) -> Prepared<'a>,
    /// Who may do it.
    pub right: &'static str,
    /// Accounts that may not, beside nobody, `nobody` and `expired`.
    pub wrong: &'static [&'static str],
    /// The field of the input whose object says in `viewerCan` whether one may, and the permission.
    pub guarded: Option<(&'static str, &'static str)>,
}

pub(super) fn person(app: &TestApp, name: &str) -> String {
    ids::encode(app.human(name).person).to_string()
}

pub(super) fn member(app: &TestApp, name: &str) -> String {
    ids::encode(app.human(name).member).to_string()
}

pub(super) fn account(app: &TestApp, name: &str) -> String {
    ids::encode(app.account(name)).to_string()
}

fn post(app: &TestApp) -> Value {
    json!({ "organization": app.organization_id("grid1"), "person": person(app, "李示例宁"), "title": "DEPUTY_SECRETARY",
        "from": "2026-09-01" })
}

fn reported_in(app: &TestApp) -> Value {
    json!({ "organization": app.organization_id("grid1"), "affiliation": "COMMUNITY_REPORT_IN", "person": { "name": "许示例来" } })
}

fn station(app: &TestApp) -> Value {
    json!({ "person": person(app, "孙示例静"), "organization": app.organization_id("grid1"), "kind": "STATION", "from": "2026-09-01" })
}

async fn archived(app: &TestApp) -> Value {
    let made = app.mutate("secretary", "personCreate", "person { id }", reported_in(app)).await;
    let id = made.at("/personCreate/person/id").clone();
    let input = json!({ "person": id, "reason": "离开", "version": 1 });
    let done = app.mutate("secretary", "personArchive", "person { version }", input).await;
    json!({ "person": id, "reason": "回来", "version": done.at("/personArchive/person/version") })
}

async fn upload(app: &TestApp) -> Value {
    let input = json!({ "owner": app.organization_id("grid1"), "name": "决议.txt", "size": 6 });
    let begun = app.mutate("secretary", "attachmentUploadBegin", "upload { id }", input).await;
    begun.at("/attachmentUploadBegin/upload/id").clone()
}

async fn attachment(app: &TestApp) -> Value {
    let file = ("决议.txt", "同意".as_bytes());
    crate::attachment::attached(app, "secretary", &app.organization_id("grid1"), file).await
}

async fn queued(app: &TestApp) -> Value {
    let input = json!({ "organization": app.organization_id("chongchuan") });
    let asked = app.mutate("organizer-chongchuan", "obligationRecompute", "job { id }", input).await;
    asked.at("/obligationRecompute/job/id").clone()
}

async fn duty(app: &TestApp) -> Value {
    let document = "query($id: ID!) { obligations(first: 1, filter: { organization: $id }) { nodes { id } } }";
    let asked = app.run("secretary", document, json!({ "id": app.organization_id("grid1") })).await;
    asked.at("/obligations/nodes/0/id").clone()
}

async fn told(app: &TestApp) -> Value {
    let made = app.mutate("organizer-city", "memberCreate", "member { id }", activist(app)).await;
    assert_eq!(made.user_errors("memberCreate"), Vec::<String>::new());
    let inbox = app.run("secretary", "{ notifications(first: 1) { nodes { id } } }", json!({})).await;
    json!({ "notification": inbox.at("/notifications/nodes/0/id") })
}

fn activist(app: &TestApp) -> Value {
    json!({ "organization": app.organization_id("grid1"), "person": { "name": "何示例新" }, "appliedOn": "2026-09-01" })
}

async fn reported(app: &TestApp) -> Value {
    let report = json!({ "page": "/members", "text": "名册打不开" });
    let made = app.mutate("secretary", "problemReport", "report { id }", report).await;
    made.at("/problemReport/report/id").clone()
}

pub(super) async fn proposed(app: &TestApp) -> Value {
    let old = archived(app).await;
    let input = json!({ "person": old["person"], "reason": "本人要求", "version": old["version"] });
    app.mutate("organizer-chongchuan", "personErasePropose", "person { id }", input).await;
    json!({ "person": old["person"], "version": old["version"] })
}

pub(super) async fn grant(app: &TestApp) -> Value {
    let roles = app.run("admin", "{ roles { id code } }", json!({})).await;
    let roles = roles.at("/roles").as_array().unwrap().clone();
    let role = roles.iter().find(|role| role["code"] == "secretary").unwrap()["id"].clone();
    json!({ "account": account(app, "nobody"), "role": role, "scope": "SUBTREE",
        "organization": app.organization_id("grid2"), "from": "2026-09-09", "reason": "换届任职" })
}

/// The set of rules that comes with the product.
pub(super) const SHIPPED_RULES: entity::RuleSetId =
    entity::RuleSetId(uuid::Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001));

async fn draft(app: &TestApp) -> Value {
    let input = json!({ "family": "OBLIGATION" });
    let made = app.mutate("admin", "ruleSetDraft", "ruleSet { id version }", input).await;
    json!({ "ruleSet": made.at("/ruleSetDraft/ruleSet/id"), "version": 1 })
}

/// The table.
pub(super) fn cases() -> Vec<Case> {
    vec![
        Case {
            field: "organizationCreate",
            selection: "organization { id }",
            input: |app| {
                Box::pin(async move {
                    json!({ "parent": app.organization_id("hongdong"), "name": "第三网格党支部", "code": "G3", "kind": "BRANCH",
                    "level": "GRID", "sector": "COMMUNITY" })
                })
            },
            right: "organizer-chongchuan",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin"],
            guarded: Some(("parent", "ORGANIZATION_CREATE")),
        },
        Case {
            field: "organizationUpdate",
            selection: "organization { id version }",
            input: |app| {
                Box::pin(async move {
                    json!({ "organization": app.organization_id("grid1"), "version": 1, "name": "新名" })
                })
            },
            right: "secretary",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin"],
            guarded: Some(("organization", "ORGANIZATION_UPDATE")),
        },
        Case {
            field: "organizationMove",
            selection: "organization { id version }",
            input: |app| {
                Box::pin(async move {
                    json!({ "organization": app.organization_id("empty"), "to": app.organization_id("hongdong"),
                    "effectiveOn": "2026-09-01", "reason": "调整", "version": 1 })
                })
            },
            right: "organizer-chongchuan",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin", "secretary"],
            guarded: Some(("organization", "ORGANIZATION_MOVE")),
        },
        Case {
            field: "organizationMerge",
            selection: "organization { id version }",
            input: |app| {
                Box::pin(async move {
                    json!({ "source": app.organization_id("grid2"), "into": app.organization_id("grid1"),
                    "effectiveOn": "2026-09-09", "reason": "合并", "sourceVersion": 1, "intoVersion": 1 })
                })
            },
            right: "organizer-chongchuan",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin", "secretary"],
            guarded: Some(("source", "ORGANIZATION_MERGE")),
        },
        Case {
            field: "organizationArchive",
            selection: "organization { id version }",
            input: |app| {
                Box::pin(async move {
                    json!({ "organization": app.organization_id("empty"), "reason": "撤销", "version": 1 })
                })
            },
            right: "organizer-chongchuan",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin", "secretary"],
            guarded: Some(("organization", "ORGANIZATION_ARCHIVE")),
        },
        Case {
            field: "organizationRestore",
            selection: "organization { id version }",
            input: |app| {
                Box::pin(async move {
                    {
                        let input =
                            json!({ "organization": app.organization_id("empty"), "reason": "撤销", "version": 1 });
                        app.mutate("organizer-city", "organizationArchive", "organization { id }", input).await;
                        json!({ "organization": app.organization_id("empty"), "reason": "恢复", "version": 2 })
                    }
                })
            },
            right: "organizer-chongchuan",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin", "secretary"],
            guarded: Some(("organization", "ORGANIZATION_ARCHIVE")),
        },
        Case {
            field: "termRecord",
            selection: "organization { id version }",
            input: |app| {
                Box::pin(async move {
                    json!({ "organization": app.organization_id("grid1"), "from": "2026-09-08", "until": "2029-09-08", "version": 1 })
                })
            },
            right: "secretary",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin"],
            guarded: Some(("organization", "TERM_RECORD")),
        },
        Case {
            field: "postAssign",
            selection: "post { id }",
            input: |app| Box::pin(async move { post(app) }),
            right: "secretary",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin"],
            guarded: Some(("organization", "POST_ASSIGN")),
        },
        Case {
            field: "postEnd",
            selection: "post { id }",
            input: |app| {
                Box::pin(async move {
                    {
                        let made = app.mutate("secretary", "postAssign", "post { id }", post(app)).await;
                        json!({ "post": made.at("/postAssign/post/id"), "until": "2026-09-09" })
                    }
                })
            },
            right: "secretary",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin"],
            guarded: None,
        },
        Case {
            field: "personCreate",
            selection: "person { id }",
            input: |app| Box::pin(async move { reported_in(app) }),
            right: "secretary",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin"],
            guarded: Some(("organization", "PERSON_CREATE")),
        },
        Case {
            field: "personUpdate",
            selection: "person { id version }",
            input: |app| {
                Box::pin(async move {
                    json!({ "person": person(app, "王示例安"), "version": 1, "employer": "示例厂" })
                })
            },
            right: "secretary",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin"],
            guarded: Some(("person", "PERSON_UPDATE")),
        },
        Case {
            field: "personArchive",
            selection: "person { id version }",
            input: |app| {
                Box::pin(async move {
                    {
                        let made = app.mutate("secretary", "personCreate", "person { id }", reported_in(app)).await;
                        json!({ "person": made.at("/personCreate/person/id"), "reason": "离开", "version": 1 })
                    }
                })
            },
            right: "secretary",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin"],
            guarded: Some(("person", "PERSON_ARCHIVE")),
        },
        Case {
            field: "personRestore",
            selection: "person { id version }",
            input: |app| Box::pin(async move { archived(app).await }),
            right: "organizer-city",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin"],
            guarded: None,
        },
        Case {
            field: "personUnmask",
            selection: "value",
            input: |app| {
                Box::pin(
                    async move { json!({ "person": person(app, "赵示例远"), "field": "PHONE", "reason": "CARE" }) },
                )
            },
            right: "secretary",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin"],
            guarded: Some(("person", "PERSON_UNMASK")),
        },
        Case {
            field: "personErasePropose",
            selection: "person { id version }",
            input: |app| Box::pin(async move { archived(app).await }),
            right: "organizer-chongchuan",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin", "secretary"],
            guarded: Some(("person", "PERSON_ERASE")),
        },
        Case {
            field: "personEraseConfirm",
            selection: "person { id version }",
            input: |app| Box::pin(async move { proposed(app).await }),
            right: "organizer-city",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin", "secretary"],
            guarded: None,
        },
        Case {
            field: "personEraseWithdraw",
            selection: "person { id version }",
            input: |app| Box::pin(async move { proposed(app).await }),
            right: "organizer-chongchuan",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin", "secretary"],
            guarded: None,
        },
        Case {
            field: "personExport",
            selection: "export { requestedAt }",
            input: |app| Box::pin(async move { json!({ "person": person(app, "李示例宁") }) }),
            right: "member",
            wrong: &["organizer-city", "organizer-chongchuan", "secretary", "secretary-grid2", "inspector", "admin"],
            guarded: None,
        },
        Case {
            field: "memberCreate",
            selection: "member { id }",
            input: |app| {
                Box::pin(async move {
                    json!({ "organization": app.organization_id("grid1"), "person": { "name": "何示例新" }, "appliedOn": "2026-09-01" })
                })
            },
            right: "secretary",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin"],
            guarded: Some(("organization", "MEMBER_CREATE")),
        },
        Case {
            field: "memberUpdate",
            selection: "member { id version }",
            input: |app| {
                Box::pin(async move {
                    json!({ "member": member(app, "赵示例远"), "version": 1, "appliedOn": "2026-08-01" })
                })
            },
            right: "secretary",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin"],
            guarded: Some(("member", "MEMBER_UPDATE")),
        },
        Case {
            field: "memberTransfer",
            selection: "member { id version }",
            input: |app| {
                Box::pin(async move {
                    json!({ "member": member(app, "单示例平"), "to": app.organization_id("grid2"), "effectiveOn": "2026-09-09",
                    "reason": "迁居", "version": 1 })
                })
            },
            right: "organizer-chongchuan",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin", "secretary"],
            guarded: Some(("member", "MEMBER_TRANSFER")),
        },
        Case {
            field: "memberContactAssign",
            selection: "member { id version }",
            input: |app| {
                Box::pin(async move {
                    json!({ "member": member(app, "刘示例明"), "contacts": [person(app, "王示例安")], "version": 1 })
                })
            },
            right: "secretary",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin"],
            guarded: Some(("member", "MEMBER_UPDATE")),
        },
        Case {
            field: "affiliationCreate",
            selection: "affiliation { id }",
            input: |app| Box::pin(async move { station(app) }),
            right: "organizer-chongchuan",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin"],
            guarded: None,
        },
        Case {
            field: "affiliationEnd",
            selection: "affiliation { id }",
            input: |app| {
                Box::pin(async move {
                    {
                        let made = app
                            .mutate("organizer-chongchuan", "affiliationCreate", "affiliation { id }", station(app))
                            .await;
                        json!({ "affiliation": made.at("/affiliationCreate/affiliation/id"), "until": "2026-09-09" })
                    }
                })
            },
            right: "organizer-chongchuan",
            wrong: &["organizer-rugao", "inspector", "member", "admin"],
            guarded: None,
        },
        Case {
            field: "accountCreate",
            selection: "account { id }",
            input: |_| {
                Box::pin(async move {
                    json!({ "name": "new-service", "kind": "SERVICE", "password": "a long enough secret" })
                })
            },
            right: "admin",
            wrong: &["organizer-city", "secretary", "inspector", "member"],
            guarded: None,
        },
        Case {
            field: "accountDisable",
            selection: "account { id version }",
            input: |app| {
                Box::pin(async move { json!({ "account": account(app, "inspector"), "reason": "离岗", "version": 1 }) })
            },
            right: "admin",
            wrong: &["organizer-city", "secretary", "member"],
            guarded: Some(("account", "ACCOUNT_DISABLE")),
        },
        Case {
            field: "accountEnable",
            selection: "account { id version }",
            input: |app| {
                Box::pin(async move {
                    {
                        let input = json!({ "account": account(app, "inspector"), "reason": "离岗", "version": 1 });
                        app.mutate("admin", "accountDisable", "account { id }", input).await;
                        json!({ "account": account(app, "inspector"), "reason": "返岗", "version": 2 })
                    }
                })
            },
            right: "admin",
            wrong: &["organizer-city", "secretary", "member"],
            guarded: None,
        },
        Case {
            field: "accountPasswordChange",
            selection: "account { id }",
            input: |_| {
                Box::pin(async move { json!({ "currentPassword": CURRENT, "newPassword": "another long secret 9" }) })
            },
            right: "organizer-city",
            wrong: &[],
            guarded: None,
        },
        Case {
            field: "roleGrant",
            selection: "grant { id }",
            input: |app| Box::pin(async move { grant(app).await }),
            right: "admin",
            wrong: &["organizer-city", "secretary", "inspector", "member"],
            guarded: None,
        },
        Case {
            field: "roleGrantConfirm",
            selection: "grant { id }",
            input: |app| {
                Box::pin(async move {
                    let made = app.mutate("admin", "roleGrant", "grant { id }", grant(app).await).await;
                    json!({ "grant": made.at("/roleGrant/grant/id") })
                })
            },
            right: "admin2",
            wrong: &["organizer-city", "secretary", "inspector", "member"],
            guarded: None,
        },
        Case {
            field: "roleGrantEnd",
            selection: "grant { id }",
            input: |app| {
                Box::pin(async move {
                    {
                        let made = app.mutate("admin", "roleGrant", "grant { id }", grant(app).await).await;
                        json!({ "grant": made.at("/roleGrant/grant/id"), "until": "2026-09-09", "reason": "离任" })
                    }
                })
            },
            right: "admin",
            wrong: &["organizer-city", "secretary", "inspector", "member"],
            guarded: None,
        },
        Case {
            field: "obligationRecompute",
            selection: "job { id }",
            input: |app| Box::pin(async move { json!({ "organization": app.organization_id("chongchuan") }) }),
            right: "organizer-chongchuan",
            wrong: &["organizer-rugao", "secretary", "inspector", "member", "admin"],
            guarded: Some(("organization", "OBLIGATION_RECOMPUTE")),
        },
        Case {
            field: "jobStart",
            selection: "job { id }",
            input: |_| Box::pin(async move { json!({ "kind": "integrity_check" }) }),
            right: "admin",
            wrong: &["organizer-city", "organizer-rugao", "secretary", "inspector", "member"],
            guarded: None,
        },
        Case {
            field: "obligationSnooze",
            selection: "obligation { id }",
            input: |app| {
                Box::pin(async move {
                    json!({ "obligation": duty(app).await, "until": "2026-09-15", "reason": "等待调档" })
                })
            },
            right: "secretary",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin"],
            guarded: Some(("obligation", "OBLIGATION_SNOOZE")),
        },
        Case {
            field: "obligationUnsnooze",
            selection: "obligation { id }",
            input: |app| {
                Box::pin(async move {
                    let duty = duty(app).await;
                    let input = json!({ "obligation": duty, "until": "2026-09-15", "reason": "等待调档" });
                    app.mutate("secretary", "obligationSnooze", "obligation { id }", input).await;
                    json!({ "obligation": duty })
                })
            },
            right: "organizer-chongchuan",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin"],
            guarded: None,
        },
        Case {
            field: "jobCancel",
            selection: "job { id }",
            input: |app| Box::pin(async move { json!({ "job": queued(app).await }) }),
            right: "admin",
            wrong: &["organizer-rugao", "organizer-city", "secretary", "inspector", "member"],
            guarded: Some(("job", "JOB_MANAGE")),
        },
        Case {
            field: "jobRetry",
            selection: "job { id }",
            input: |app| {
                Box::pin(async move {
                    let job = queued(app).await;
                    app.mutate("admin", "jobCancel", "job { id }", json!({ "job": job })).await;
                    json!({ "job": job })
                })
            },
            right: "organizer-chongchuan",
            wrong: &["organizer-rugao", "organizer-city", "secretary", "inspector", "member"],
            guarded: Some(("job", "JOB_MANAGE")),
        },
        Case {
            field: "attachmentUploadBegin",
            selection: "upload { id }",
            input: |app| {
                Box::pin(async move { json!({ "owner": app.organization_id("grid1"), "name": "决议.txt", "size": 6 }) })
            },
            right: "secretary",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin"],
            guarded: Some(("owner", "ATTACHMENT_ADD")),
        },
        Case {
            field: "attachmentUploadFinish",
            selection: "attachment { id }",
            input: |app| {
                Box::pin(async move {
                    let upload = upload(app).await;
                    crate::attachment::send(app, "secretary", &upload, 0, "同意".as_bytes()).await.unwrap();
                    json!({ "upload": upload })
                })
            },
            right: "secretary",
            wrong: &["organizer-city", "organizer-rugao", "inspector", "member", "secretary-grid2", "admin"],
            guarded: None,
        },
        Case {
            field: "attachmentUploadCancel",
            selection: "upload { id }",
            input: |app| Box::pin(async move { json!({ "upload": upload(app).await }) }),
            right: "secretary",
            wrong: &["organizer-city", "organizer-rugao", "inspector", "member", "secretary-grid2", "admin"],
            guarded: None,
        },
        Case {
            field: "attachmentArchive",
            selection: "attachment { id version }",
            input: |app| Box::pin(async move { json!({ "attachment": attachment(app).await, "version": 1 }) }),
            right: "secretary",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin"],
            guarded: Some(("attachment", "ATTACHMENT_ARCHIVE")),
        },
        Case {
            field: "attachmentRestore",
            selection: "attachment { id version }",
            input: |app| {
                Box::pin(async move {
                    let attachment = attachment(app).await;
                    let input = json!({ "attachment": attachment, "version": 1 });
                    app.mutate("secretary", "attachmentArchive", "attachment { id }", input).await;
                    json!({ "attachment": attachment, "version": 2 })
                })
            },
            right: "secretary",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin"],
            guarded: Some(("attachment", "ATTACHMENT_ARCHIVE")),
        },
        Case {
            field: "ruleSetDraft",
            selection: "ruleSet { id }",
            input: |_| Box::pin(async { json!({ "family": "OBLIGATION", "note": "通党组〔2026〕1号" }) }),
            right: "admin",
            wrong: &["organizer-city", "inspector", "member", "secretary"],
            guarded: None,
        },
        Case {
            field: "ruleSetEdit",
            selection: "ruleSet { id version }",
            input: |app| {
                Box::pin(async move {
                    let mut input = draft(app).await;
                    input["note"] = json!("通党组〔2026〕2号");
                    input["rules"] = json!([{ "completeRecord": { "days": 21 } }]);
                    input
                })
            },
            right: "admin",
            wrong: &["organizer-city", "inspector", "member", "secretary"],
            guarded: Some(("ruleSet", "RULE_EDIT")),
        },
        Case {
            field: "ruleSetPublish",
            selection: "ruleSet { id version }",
            input: |app| {
                Box::pin(async move {
                    let mut input = draft(app).await;
                    input["from"] = json!("2026-10-01");
                    input
                })
            },
            right: "admin",
            wrong: &["organizer-city", "inspector", "member", "secretary"],
            guarded: Some(("ruleSet", "RULE_EDIT")),
        },
        Case {
            field: "ruleSetDiscard",
            selection: "ruleSet { id version }",
            input: |app| Box::pin(async move { draft(app).await }),
            right: "admin",
            wrong: &["organizer-city", "inspector", "member", "secretary"],
            guarded: Some(("ruleSet", "RULE_EDIT")),
        },
        Case {
            field: "notificationRead",
            selection: "notification { id }",
            input: |app| Box::pin(async move { told(app).await }),
            right: "secretary",
            wrong: &["organizer-city", "organizer-rugao", "inspector", "member", "secretary-grid2", "admin"],
            guarded: None,
        },
        Case {
            field: "notificationReadAll",
            selection: "notification { id }",
            input: |app| Box::pin(async move { told(app).await }),
            right: "secretary",
            wrong: &["organizer-city", "organizer-rugao", "inspector", "member", "secretary-grid2", "admin"],
            guarded: None,
        },
        Case {
            field: "notificationSettingUpdate",
            selection: "setting { kind }",
            input: |_| Box::pin(async move { json!({ "kind": "JOB_DONE", "inApp": false, "inDigest": true }) }),
            right: "nobody",
            wrong: &[],
            guarded: None,
        },
        Case {
            field: "problemReportAnswer",
            selection: "report { id version }",
            input: |app| {
                Box::pin(async move { json!({ "report": reported(app).await, "answer": "已修好", "version": 1 }) })
            },
            right: "admin",
            wrong: &["organizer-city", "secretary", "inspector", "member"],
            guarded: Some(("report", "PROBLEM_ANSWER")),
        },
        Case {
            field: "problemReport",
            selection: "report { id }",
            input: |_| Box::pin(async move { json!({ "page": "/members", "text": "名册打不开" }) }),
            right: "nobody",
            wrong: &[],
            guarded: None,
        },
    ]
}
