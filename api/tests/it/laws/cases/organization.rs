//! Mutations of organizations.
use serde_json::json;

use super::Case;

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
    ]
}
