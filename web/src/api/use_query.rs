//! Reading: a query that runs when its variables change, keeps what it showed while it runs again, and aborts when its component goes.

use std::rc::Rc;

use cynic::{QueryBuilder, QueryFragment, QueryVariables};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use web_sys::AbortController;
use yew::prelude::*;

use super::client::graphql;
use super::documents::request;
use super::errors::{ApiError, ErrorKind};

/// Counts the changes made in this tab; every mounted query runs again when it moves.
#[derive(Clone, PartialEq)]
pub struct Epoch {
    /// How many changes there were.
    pub count: usize,
    /// Announces a change.
    pub bump: Callback<()>,
}

/// The state of a query.
pub struct QueryHandle<Q> {
    /// The newest data; stays while the query runs again.
    pub data: Option<Rc<Q>>,
    /// Why the last run failed.
    pub error: Option<ApiError>,
    /// Whether a run is under way.
    pub busy: bool,
    /// Runs it again.
    pub retry: Callback<()>,
}

#[derive(Clone)]
struct Shared(Rc<Value>);

impl PartialEq for Shared {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[derive(Clone, Default, PartialEq)]
struct Raw {
    data: Option<Shared>,
    error: Option<ApiError>,
    busy: bool,
}

/// Runs a query, and again whenever its variables change.
#[hook]
pub fn use_query<Q, V>(variables: V) -> QueryHandle<Q>
where
    Q: QueryFragment + QueryBuilder<V> + DeserializeOwned + 'static,
    V: QueryVariables + Serialize + PartialEq + Clone + 'static,
{
    use_query_when(Some(variables))
}

/// Runs a query once its variables are known.
#[hook]
pub fn use_query_when<Q, V>(variables: Option<V>) -> QueryHandle<Q>
where
    Q: QueryFragment + QueryBuilder<V> + DeserializeOwned + 'static,
    V: QueryVariables + Serialize + PartialEq + Clone + 'static,
{
    let body = use_memo(variables, |variables| variables.as_ref().map(request::<Q, _>));
    let (raw, retry) = use_raw_query((*body).clone());
    let parsed = use_memo(raw.data.clone(), |data| {
        data.as_ref().map(|data| serde_json::from_value::<Q>((*data.0).clone()).map(Rc::new))
    });
    let (data, unreadable) = match &*parsed {
        Some(Ok(data)) => (Some(data.clone()), None),
        Some(Err(_)) => (None, Some(ApiError::new(ErrorKind::Outdated))),
        None => (None, None),
    };
    QueryHandle { data, error: raw.error.or(unreadable), busy: raw.busy, retry }
}

#[hook]
fn use_raw_query(body: Option<AttrValue>) -> (Raw, Callback<()>) {
    let state = use_state(|| Raw { busy: body.is_some(), ..Raw::default() });
    let attempt = use_state(|| 0_usize);
    let epoch = use_context::<Epoch>().map_or(0, |epoch| epoch.count);
    {
        let state = state.clone();
        let latest = use_mut_ref(Raw::default);
        use_effect_with((body, epoch, *attempt), move |(body, _, _)| {
            let controller = AbortController::new().ok();
            if let Some(body) = body.clone() {
                let kept = latest.borrow().data.clone();
                state.set(Raw { data: kept.clone(), error: None, busy: true });
                let signal = controller.as_ref().map(AbortController::signal);
                wasm_bindgen_futures::spawn_local(async move {
                    let outcome = graphql(&body, signal.as_ref()).await;
                    if signal.is_some_and(|signal| signal.aborted()) {
                        return;
                    }
                    let next = match outcome {
                        Ok(data) => Raw { data: Some(Shared(Rc::new(data))), error: None, busy: false },
                        Err(error) => Raw { data: kept, error: Some(error), busy: false },
                    };
                    latest.borrow_mut().data.clone_from(&next.data);
                    state.set(next);
                });
            }
            move || {
                if let Some(controller) = controller {
                    controller.abort();
                }
            }
        });
    }
    let retry = Callback::from(move |()| attempt.set(*attempt + 1));
    ((*state).clone(), retry)
}
