//! What every part of a running process shares.
use std::{sync::Arc, time::Duration};

use sea_orm::DbErr;

use crate::{
    authz::{Authority, AuthorityStore},
    clock::Ambient,
    config::{Config, Secrets},
    db::{Database, KeyFit, KnownKeys, seal::Vault},
    features::{
        self,
        account::{Doorkeeper, Passwords},
        api_token::service::Touched,
    },
    graphql::{
        documents::Documents,
        rate::RateBudget,
        schema::{self, ApiSchema},
        trusted::TrustedDocuments,
    },
    http::{admission::Admission, metrics::Metrics, socket::Sockets, tokens::TokenKeys},
    job::Jobs,
    outbox::Outbox,
    storage::Storage,
};

/// How often a running instance looks whether the data secret was changed.
pub const KEY_CHECK: Duration = Duration::from_secs(1);

/// One running instance: its database, its keys, its memory.
pub struct App {
    /// Settings as read at the start.
    pub config: Config,
    /// The database.
    pub db: Database,
    /// Clock, calendar and randomness.
    pub ambient: Ambient,
    /// Keys for personal data and cursors.
    pub vault: Arc<Vault>,
    /// Keys for access tokens.
    pub tokens: TokenKeys,
    /// Tree, roles, grants and accounts.
    pub authority: AuthorityStore,
    /// The schema.
    pub schema: ApiSchema,
    /// The same schema for documents that were found to fit it.
    pub trusting: ApiSchema,
    /// Parsed documents.
    pub documents: Documents,
    /// Documents of the web app.
    pub trusted: TrustedDocuments,
    /// Budgets of the accounts.
    pub rate: RateBudget,
    /// Hashes passwords.
    pub passwords: Passwords,
    /// Lets attempts to sign in with one name pass one after another.
    pub doorkeeper: Doorkeeper,
    /// When uses of API tokens were last written down.
    pub touched: Touched,
    /// Where the content of files lies.
    pub storage: Storage,
    /// Background work.
    pub jobs: Jobs,
    /// What has changed.
    pub outbox: Outbox,
    /// Turns of requests.
    pub admission: Admission,
    /// Open connections of those who follow changes.
    pub sockets: Sockets,
    /// What is counted.
    pub metrics: Metrics,
}

impl App {
    /// An instance over `db`, whose memory is still empty.
    pub fn new(config: Config, db: Database, ambient: Ambient, secrets: &Secrets) -> Arc<Self> {
        Arc::new(Self {
            metrics: Metrics::new(db.engine()),
            storage: Storage::new(&config),
            admission: Admission::new(&config),
            jobs: Jobs::new(features::work(&config)).telling(Arc::new(features::notification::JobEnded)),
            config,
            db,
            passwords: Passwords::default(),
            ambient,
            vault: Arc::new(secrets.vault()),
            tokens: TokenKeys::new(secrets),
            authority: AuthorityStore::default(),
            schema: schema::build(),
            trusting: schema::build_trusting(),
            documents: Documents::default(),
            trusted: TrustedDocuments::embedded(),
            rate: RateBudget::default(),
            doorkeeper: Doorkeeper::default(),
            touched: Touched::default(),
            outbox: Outbox::default(),
            sockets: Sockets::default(),
        })
    }

    /// The newest state of tree and grants, read from the database where it has moved on.
    pub async fn refresh_authority(&self) -> Result<Arc<Authority>, DbErr> {
        self.authority.refresh(self.db.read(), self.ambient.now()).await
    }

    /// Looks at the epoch every second for as long as the process lives, so that a change made by another
    /// replica works here within a second.
    pub async fn follow_authority(self: Arc<Self>) {
        let mut tick = tokio::time::interval(Duration::from_secs(1));
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tick.tick().await;
            if let Err(error) = self.refresh_authority().await {
                tracing::warn!(%error, "tree and grants could not be refreshed; the last known state stays in force");
            }
        }
    }

    /// Whether the keys in memory are those of the database; newer ones are taken from where the secrets are.
    pub async fn refresh_keys(&self) -> Result<bool, DbErr> {
        let known = KnownKeys::read(self.db.read()).await?;
        if known.adopted_by(&self.vault) == KeyFit::Fits {
            return Ok(true);
        }
        let Ok(secrets) = Secrets::existing(&self.config) else { return Ok(false) };
        let newer = secrets.vault();
        if known.adopted_by(&newer) != KeyFit::Fits {
            return Ok(false);
        }
        self.vault.replace(&newer);
        tracing::info!("the data secret was changed; this instance works with the new one");
        Ok(true)
    }

    /// Follows changes of the data secret. Returns when this instance has not got the secret of the database: what it
    /// wrote from then on nobody could read.
    pub async fn follow_keys(self: Arc<Self>) {
        let mut tick = tokio::time::interval(KEY_CHECK);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tick.tick().await;
            match self.refresh_keys().await {
                Ok(true) => {}
                Ok(false) => return,
                Err(error) => tracing::warn!(%error, "whether the data secret was changed cannot be read"),
            }
        }
    }
}
