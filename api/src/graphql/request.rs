//! What one request knows: who asks, in which language, and its loaders.
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use async_graphql::Context;

use super::{Failure, Loader, Result, Source};
use crate::{
    app::App,
    authz::{Actor, Permission},
    db::scope::Scope,
};

/// Language of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Locale {
    /// Simplified Chinese.
    #[default]
    ZhCn,
    /// English.
    En,
}

impl Locale {
    /// The language that an `Accept-Language` header asks for first.
    pub fn from_header(header: Option<&str>) -> Self {
        match header {
            Some(header) if header.trim_start().to_ascii_lowercase().starts_with("en") => Self::En,
            _ => Self::ZhCn,
        }
    }

    /// The text in this language.
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Self::ZhCn => zh,
            Self::En => en,
        }
    }
}

/// One request. It never outlives the answer and is never shared between actors.
pub struct Request {
    /// The instance.
    pub app: Arc<App>,
    /// Who asks; none where nobody is signed in.
    pub actor: Option<Arc<Actor>>,
    /// Language of messages.
    pub locale: Locale,
    /// Id that logs and errors carry.
    pub id: String,
    loaders: anymap::Loaders,
    looked: AtomicBool,
}

impl Request {
    /// A request of `actor`.
    pub fn new(app: Arc<App>, actor: Option<Arc<Actor>>, locale: Locale, id: String) -> Self {
        Self { app, actor, locale, id, loaders: anymap::Loaders::default(), looked: AtomicBool::new(false) }
    }

    /// Who asks, or the error that nobody does.
    pub fn actor(&self) -> Result<&Arc<Actor>> {
        self.actor.as_ref().ok_or(Failure::Unauthenticated)
    }

    /// Lets one look at a protected field pass, and no second one by another alias.
    pub fn look_once(&self, field: &'static str) -> Result<()> {
        if self.looked.swap(true, Ordering::Relaxed) { Err(Failure::OncePerRequest(field)) } else { Ok(()) }
    }

    /// What `permission` reaches for the one who asks.
    pub fn scope(&self, permission: Permission) -> Result<Scope> {
        Ok(self.actor()?.scope(permission))
    }

    /// The loader of this request over the source that `make` makes.
    pub fn loader<S: Source>(&self, make: impl FnOnce(&App, &Arc<Actor>) -> S) -> Result<Arc<Loader<S>>> {
        self.loader_for(String::new(), make)
    }

    /// Like [`Request::loader`], one for each `variant`: what else the batch depends on, such as the arguments of a field.
    pub fn loader_for<S: Source>(
        &self,
        variant: String,
        make: impl FnOnce(&App, &Arc<Actor>) -> S,
    ) -> Result<Arc<Loader<S>>> {
        let actor = self.actor()?;
        Ok(self.loaders.get_or_insert(variant, || Loader::new(make(&self.app, actor))))
    }
}

/// The request behind `ctx`.
pub fn request<'a>(ctx: &Context<'a>) -> &'a Request {
    ctx.data_unchecked::<Request>()
}

mod anymap {
    //! One loader of each type and variant for one request.
    use std::{
        any::{Any, TypeId},
        collections::HashMap,
        sync::{Arc, Mutex, PoisonError},
    };

    #[derive(Default)]
    pub(super) struct Loaders(Mutex<HashMap<(TypeId, String), Arc<dyn Any + Send + Sync>>>);

    impl Loaders {
        pub(super) fn get_or_insert<T: Send + Sync + 'static>(
            &self,
            variant: String,
            make: impl FnOnce() -> T,
        ) -> Arc<T> {
            let key = (TypeId::of::<T>(), variant);
            let mut loaders = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(found) = loaders.get(&key).and_then(|known| Arc::clone(known).downcast().ok()) {
                return found;
            }
            let made = Arc::new(make());
            loaders.insert(key, Arc::clone(&made) as Arc<dyn Any + Send + Sync>);
            made
        }
    }
}
