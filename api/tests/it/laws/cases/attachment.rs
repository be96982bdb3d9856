//! Mutations of attached files.
use jianghai::testing::TestApp;
use serde_json::{Value, json};

use super::Case;

async fn upload(app: &TestApp) -> Value {
    let input = json!({ "owner": app.organization_id("grid1"), "name": "决议.txt", "size": 6 });
    let begun = app.mutate("secretary", "attachmentUploadBegin", "upload { id }", input).await;
    begun.at("/attachmentUploadBegin/upload/id").clone()
}

async fn attachment(app: &TestApp) -> Value {
    let file = ("决议.txt", "同意".as_bytes());
    crate::attachment::attached(app, "secretary", &app.organization_id("grid1"), file).await
}

pub(super) fn cases() -> Vec<Case> {
    vec![
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
    ]
}
