//! Mutations of erasures.
use jianghai::testing::TestApp;
use serde_json::{Value, json};

use super::Case;
use super::person::archived;

pub(in crate::laws) async fn proposed(app: &TestApp) -> Value {
    let old = archived(app).await;
    let input = json!({ "person": old["person"], "reason": "本人要求", "version": old["version"] });
    app.mutate("organizer-chongchuan", "personErasePropose", "person { id }", input).await;
    json!({ "person": old["person"], "version": old["version"] })
}

pub(super) fn cases() -> Vec<Case> {
    vec![
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
    ]
}
