//! Remembering when a token was last used, at most once a minute.
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use entity::{ApiTokenId, Timestamp};

use crate::{app::App, features::api_token::repo};

/// Seconds for which a use stands for those after it.
const SECONDS: i64 = 60;

/// When this process last wrote down a use of each token.
#[derive(Default)]
pub struct Touched(Mutex<HashMap<ApiTokenId, Timestamp>>);

impl Touched {
    /// Whether a use at `now` is to be written down; it is taken to be.
    fn is_due(&self, id: ApiTokenId, now: Timestamp) -> bool {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let due = known.get(&id).is_none_or(|at| at.plus_seconds(SECONDS) <= now);
        if due {
            known.insert(id, now);
        }
        due
    }
}

/// Remembers that the token `id` is in use. That it cannot be written down keeps nobody from asking.
pub async fn touch(app: &App, id: ApiTokenId) {
    let now = app.ambient.now();
    if app.touched.is_due(id, now)
        && let Err(error) = repo::touch(app.db.write(), id, now, now.plus_seconds(-SECONDS)).await
    {
        tracing::warn!(%error, token.id = %id.0, "a use of the token {} could not be written down", id.0);
    }
}
