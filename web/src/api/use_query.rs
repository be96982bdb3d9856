//! Reading: a query that runs when its variables change, keeps what it showed while it runs again, and aborts when its component goes.

use std::any::Any;
use std::rc::Rc;

use cynic::{QueryBuilder, QueryFragment, QueryVariables};
use serde::Serialize;
use web_sys::AbortController;
use yew::prelude::*;

use super::client::graphql;
use super::documents::request;
use super::errors::{ApiError, ErrorKind};
use super::json::Json;
use super::read::{Read, read};

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

#[derive(Clone, Default)]
struct Raw {
    data: Option<Rc<dyn Any>>,
    error: Option<ApiError>,
    busy: bool,
}

/// Runs a query, and again whenever its variables change.
#[hook]
pub fn use_query<Q, V>(variables: V) -> QueryHandle<Q>
where
    Q: QueryFragment + QueryBuilder<V> + Read + 'static,
    V: QueryVariables + Serialize,
{
    use_query_when(Some(variables))
}

/// Runs a query once its variables are known.
#[hook]
pub fn use_query_when<Q, V>(variables: Option<V>) -> QueryHandle<Q>
where
    Q: QueryFragment + QueryBuilder<V> + Read + 'static,
    V: QueryVariables + Serialize,
{
    let (raw, retry) = use_raw_query(variables.map(request::<Q, V>), read_any::<Q>);
    let data = raw.data.and_then(|data| data.downcast().ok());
    QueryHandle { data, error: raw.error, busy: raw.busy, retry }
}

fn read_any<Q: Read + 'static>(answer: &Json) -> Option<Rc<dyn Any>> {
    read::<Q>(answer).map(|data| -> Rc<dyn Any> { Rc::new(data) })
}

/// What all queries have in common, so that it is compiled once.
#[hook]
fn use_raw_query(body: Option<AttrValue>, read: fn(&Json) -> Option<Rc<dyn Any>>) -> (Raw, Callback<()>) {
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
                    let outcome = outcome.and_then(|data| read(&data).ok_or(ApiError::new(ErrorKind::Outdated)));
                    let next = match outcome {
                        Ok(data) => Raw { data: Some(data), error: None, busy: false },
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
