//! Mutations of members.
use serde_json::json;

use super::{Case, member, person};

pub(super) fn cases() -> Vec<Case> {
    vec![
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
    ]
}
