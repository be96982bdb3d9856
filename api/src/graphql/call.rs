//! The frame of every mutation: transaction, fresh rights, idempotency, commit, errors.
use std::sync::Arc;

use async_graphql::{Context, Value};
use entity::{AccountId, idempotency_key};
use sea_orm::{ActiveValue::Set, EntityTrait};
use uuid::Uuid;

use super::{Explain, Explained, Failure, Problem, Request, Result, UserError, UserErrorCode, ids::GlobalId, request};
use crate::{
    authz::{Actor, read_epoch},
    db::Tx,
};

/// Longest idempotency key.
const LONGEST_KEY: usize = 100;

/// One running mutation.
pub struct Call<'a> {
    request: &'a Request,
    /// The transaction.
    pub tx: Tx,
    /// Who acts, under the rights that hold inside the transaction.
    pub actor: Arc<Actor>,
    key: Option<(String, Vec<u8>)>,
}

/// What a mutation changes beside its own rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// Nothing that rights depend on.
    None,
    /// Organizations, grants, accounts or sign-in sessions: one such change at a time, and every replica is told.
    Authority,
}

/// How a mutation begins.
pub enum Begun<'a> {
    /// The work is still to be done.
    Fresh(Call<'a>),
    /// The same key made this object before.
    Replayed(Uuid),
    /// The key cannot be used: it is malformed, or was used with other input.
    Mismatch(Vec<UserError>),
}

impl<'a> Call<'a> {
    /// Begins a mutation that is not repeatable by key.
    pub async fn begin(ctx: &Context<'a>, lock: Lock) -> Result<Self> {
        let request = request(ctx);
        let known = request.actor()?;
        let app = &request.app;
        let tx = Tx::begin(&app.db, &app.ambient, &app.vault, &request.id).await?;
        let epoch = match lock {
            Lock::None => read_epoch(tx.conn()).await?,
            // Under the lock the count stands one higher than the state that this transaction builds on.
            Lock::Authority => tx.lock_authority().await? - 1,
        };
        let authority = app.authority.at(epoch, tx.conn(), tx.now()).await?;
        let actor = Arc::new(known.renewed(&authority).ok_or(Failure::Unauthenticated)?);
        Ok(Self { request, tx, actor, key: None })
    }

    /// Begins a mutation that may carry an `idempotencyKey` in its input.
    pub async fn begin_keyed(ctx: &Context<'a>, lock: Lock, key: Option<&str>) -> Result<Begun<'a>> {
        let mut call = Self::begin(ctx, lock).await?;
        let Some(key) = key else { return Ok(Begun::Fresh(call)) };
        if key.is_empty() || key.chars().count() > LONGEST_KEY {
            let problem = Problem::new(
                &["idempotencyKey"],
                UserErrorCode::Invalid,
                format!("幂等键要有 1 到 {LONGEST_KEY} 个字符，换一个键再提交。"),
                format!("An idempotency key has 1 to {LONGEST_KEY} characters; send another one."),
            );
            return Ok(Begun::Mismatch(vec![problem.into_user_error(call.request.locale)]));
        }
        let arguments = ctx
            .field()
            .arguments()
            .map_err(|error| Failure::Internal(Arc::new(sea_orm::DbErr::Custom(error.message))))?;
        let arguments: Vec<(String, Value)> =
            arguments.into_iter().map(|(name, value)| (name.to_string(), value)).collect();
        // Keyed, since the input may contain a password.
        let text = serde_json::to_string(&(ctx.field().name(), arguments)).unwrap_or_default();
        let hashes = call.tx.vault().blind_indexes("idempotency_key", &text);
        let known =
            idempotency_key::Entity::find_by_id((call.actor.account(), key.to_owned())).one(call.tx.conn()).await?;
        match known {
            Some(row) if hashes.contains(&row.request_hash) => Ok(Begun::Replayed(row.object_id)),
            Some(_) => {
                let problem = Problem::new(
                    &["idempotencyKey"],
                    UserErrorCode::IdempotencyMismatch,
                    "这个幂等键已用于另一份内容，换一个键再提交。",
                    "This idempotency key was used with other input; send a new key.",
                );
                Ok(Begun::Mismatch(vec![problem.into_user_error(call.request.locale)]))
            }
            None => {
                let current = hashes.into_iter().next().unwrap_or_default();
                call.key = Some((key.to_owned(), current));
                Ok(Begun::Fresh(call))
            }
        }
    }

    /// Like [`Call::finish`], and remembers under the idempotency key what was made.
    pub async fn finish_keyed<T, E: Explain<T>>(
        mut self,
        outcome: Result<T, E>,
        id: impl FnOnce(&T) -> Uuid,
    ) -> Result<(Option<T>, Vec<UserError>)> {
        if let (Ok(made), Some((key, hash))) = (&outcome, self.key.take()) {
            let row = idempotency_key::ActiveModel {
                actor_id: Set(self.actor.account()),
                key: Set(key),
                request_hash: Set(hash),
                object_id: Set(id(made)),
                created_at: Set(self.tx.now()),
            };
            idempotency_key::Entity::insert(row).exec_without_returning(self.tx.conn()).await?;
        }
        self.finish(outcome).await
    }

    /// Commits what succeeded; rolls back and explains what did not.
    pub async fn finish<T, E: Explain<T>>(self, outcome: Result<T, E>) -> Result<(Option<T>, Vec<UserError>)> {
        match outcome {
            Ok(changed) => {
                let authority_changed = self.tx.authority_changed();
                self.tx.commit().await?;
                self.request.app.outbox.ring();
                if authority_changed {
                    self.request.app.refresh_authority().await?;
                }
                Ok((Some(changed), Vec::new()))
            }
            Err(mut error) => {
                drop(self.tx);
                let current = error.current();
                match error.explain() {
                    Explained::Problems(problems) => {
                        let locale = self.request.locale;
                        Ok((current, problems.into_iter().map(|problem| problem.into_user_error(locale)).collect()))
                    }
                    Explained::Failure(failure) => Err(failure),
                }
            }
        }
    }

    /// The account that acts.
    pub fn account(&self) -> AccountId {
        self.actor.account()
    }
}

/// The key of an object that a repeated call made before, as its typed key.
pub fn replayed<T: GlobalId>(id: Uuid) -> T {
    id.into()
}
