//! Mutations of previews.
use serde_json::json;

use super::{Case, grant};

pub(super) fn cases() -> Vec<Case> {
    vec![Case {
        field: "previewBegin",
        selection: "preview { token until role { code } organization { id } }",
        input: |app| {
            Box::pin(async move {
                let wish = grant(app).await;
                json!({ "role": wish["role"], "organization": app.organization_id("grid1") })
            })
        },
        right: "admin",
        wrong: &["organizer-city", "inspector", "member", "secretary"],
        guarded: None,
    }]
}
