//! `jianghai demo`: an empty database filled with the demonstration data.
use entity::setting;
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde::{Deserialize, Serialize};

use super::{
    CommandError,
    open::{Opened, ready},
};
use crate::{
    app::App,
    config::Config,
    demo::{self, DemoError, DemoOptions, DemoSummary, State},
    features::account::service,
};

/// The password of the demonstration accounts where none is given.
pub const DEMO_PASSWORD: &str = "jianghai-demo-2026";

/// The variable that gives another one.
const PASSWORD_VARIABLE: &str = "JIANGHAI_DEMO_PASSWORD";

/// The setting that remembers the demonstration accounts; their password is not among it.
const LOGINS: &str = "demo_logins";

#[derive(Serialize, Deserialize)]
struct Login {
    name: String,
    role: String,
    place: String,
}

/// What to load.
#[derive(Clone, Copy, Debug)]
pub struct Demo {
    /// Multiplies the people.
    pub scale: u32,
    /// Cuts the tree to about this many organizations.
    pub organizations: Option<u32>,
    /// Does nothing where the database is not empty.
    pub if_empty: bool,
}

/// Loads the demonstration data; none where the database was not empty and that was allowed for.
pub async fn demo(config: &Config, command: Demo) -> Result<Option<DemoSummary>, CommandError> {
    let opened = ready(config).await?;
    let Opened { db, ambient, vault, .. } = &opened;
    if command.if_empty && matches!(demo::state(db.read()).await?, State::Loaded | State::InUse) {
        return Ok(None);
    }
    let options = DemoOptions { scale: command.scale, organizations: command.organizations, password: password() };
    let progress = |step: &str| println!("demo: {step}");
    let summary = demo::load(db, ambient, vault, &options, &progress).await.map_err(|error| match error {
        DemoError::Database(error) => CommandError::Db(error),
        error => CommandError::Refused(error.to_string()),
    })?;
    let logins: Vec<Login> = summary
        .logins
        .iter()
        .map(|login| Login { name: login.name.clone(), role: login.role_zh.clone(), place: login.place.clone() })
        .collect();
    let row = setting::ActiveModel {
        key: Set(LOGINS.to_owned()),
        value: Set(serde_json::to_string(&logins).unwrap_or_default()),
    };
    setting::Entity::insert(row).exec_without_returning(db.write()).await?;
    opened.db.close().await?;
    Ok(Some(summary))
}

fn password() -> String {
    std::env::var(PASSWORD_VARIABLE).unwrap_or_else(|_| DEMO_PASSWORD.to_owned())
}

/// The demonstration accounts as lines for people; nothing outside a demonstration. The password is shown only while
/// it still opens the first account.
pub(super) async fn logins(app: &App) -> Result<Vec<String>, CommandError> {
    let Some(row) = setting::Entity::find_by_id(LOGINS.to_owned()).one(app.db.read()).await? else {
        return Ok(Vec::new());
    };
    let logins: Vec<Login> = serde_json::from_str(&row.value).unwrap_or_default();
    let Some(first) = logins.first() else { return Ok(Vec::new()) };
    let password = password();
    let opens = service::opens(app, &first.name, password.clone()).await;
    let mut lines = vec![match opens {
        Ok(true) => format!("demonstration accounts, all with the password {password}"),
        _ => "demonstration accounts, with the password that was given when they were loaded".to_owned(),
    }];
    lines.extend(logins.iter().map(|login| format!("  {:<22} {} · {}", login.name, login.role, login.place)));
    Ok(lines)
}
