//! Batch loaders: one statement a batch, made per request, never shared between actors.
use std::{borrow::Cow, collections::HashMap, fmt::Debug, hash::Hash, sync::Arc};

use async_trait::async_trait;
use dataloader::{BatchFn, cached};
use sea_orm::DbErr;

/// Largest batch.
const LARGEST: usize = 1_000;
/// A batch that failed.
#[derive(Clone, Debug)]
pub struct LoadError(pub Arc<dyn std::error::Error + Send + Sync>);

/// Where the values of a batch come from. A source holds the actor's scope; a hidden key is a missing key.
#[async_trait]
pub trait Source: Send + Sync + 'static {
    /// What is asked for.
    type Key: Copy + Eq + Hash + Debug + Send + Sync + 'static;
    /// What is answered.
    type Value: Clone + Send + Sync + 'static;

    /// The values of `keys`, in one statement; missing and hidden keys are left out.
    async fn load(&self, keys: &[Self::Key]) -> Result<HashMap<Self::Key, Self::Value>, DbErr>;
}

/// Answers of a batch, by key.
pub type Answers<S> = HashMap<<S as Source>::Key, Answer<S>>;
/// One answer: a value, nothing, or the failure of its batch.
pub type Answer<S> = Result<Option<<S as Source>::Value>, LoadError>;

/// Calls a source in the form that the loader library asks for.
pub struct Adapter<S>(S);

impl<S: Source> BatchFn<S::Key, Answer<S>> for Adapter<S> {
    async fn load(&mut self, keys: &[S::Key]) -> Answers<S> {
        match self.0.load(&padded(keys)).await {
            Ok(mut values) => keys.iter().map(|key| (*key, Ok(values.remove(key)))).collect(),
            Err(error) => {
                let error = LoadError(Arc::new(error));
                keys.iter().map(|key| (*key, Err(error.clone()))).collect()
            }
        }
    }
}

/// `keys` with the last one repeated up to a power of two: a list of another length is another statement, and a
/// connection keeps few of them prepared.
fn padded<K: Copy>(keys: &[K]) -> Cow<'_, [K]> {
    let Some(last) = keys.last().filter(|_| !keys.len().is_power_of_two()) else { return Cow::Borrowed(keys) };
    let mut padded = keys.to_vec();
    padded.resize(keys.len().next_power_of_two(), *last);
    Cow::Owned(padded)
}

/// A loader over one source.
pub struct Loader<S: Source>(cached::Loader<S::Key, Answer<S>, Adapter<S>>);

impl<S: Source> Loader<S> {
    /// A loader for one request.
    pub fn new(source: S) -> Self {
        Self(cached::Loader::new(Adapter(source)).with_max_batch_size(LARGEST))
    }

    /// The value of `key`; none where it is missing or hidden.
    pub async fn load(&self, key: S::Key) -> Answer<S> {
        self.0.try_load(key).await.unwrap_or_else(|error| Err(LoadError(Arc::new(error))))
    }

    /// Learns values that another statement has read, so that nobody asks for them again.
    pub async fn learn(&self, values: impl IntoIterator<Item = (S::Key, Option<S::Value>)>) {
        self.0.prime_many(values.into_iter().map(|(key, value)| (key, Ok(value)))).await;
    }

    /// The values of `keys` that exist, in the order of `keys`.
    pub async fn load_all(&self, keys: Vec<S::Key>) -> Result<Vec<S::Value>, LoadError> {
        let mut found = self.0.try_load_many(keys.clone()).await.map_err(|error| LoadError(Arc::new(error)))?;
        keys.iter().filter_map(|key| found.remove(key).and_then(Result::transpose)).collect()
    }
}
