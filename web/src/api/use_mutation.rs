//! Writing: one business action at a time, with its user errors as data.

use std::marker::PhantomData;
use std::rc::Rc;

use cynic::{MutationBuilder, QueryFragment, QueryVariables};
use serde::Serialize;
use yew::prelude::*;

use super::client::graphql;
use super::documents::request;
use super::errors::{ApiError, ErrorKind};
use super::fragments::UserError;
use super::json::Json;
use super::read::{Read, read};
use super::types::UserErrorCode;
use super::use_query::Epoch;

/// A mutation with one `input` and a payload of the changed object plus user errors.
pub trait Mutation: QueryFragment + MutationBuilder<Self::Variables> + Read + 'static {
    /// What the action takes.
    type Input;
    /// The operation's variables.
    type Variables: QueryVariables + Serialize;
    /// What it changed.
    type Object;

    /// Wraps the input.
    fn variables(input: Self::Input) -> Self::Variables;
    /// The changed object, or what is wrong with the input.
    fn outcome(self) -> (Option<Self::Object>, Vec<UserError>);
}

/// Where the last run stands.
#[derive(Clone, Default, PartialEq)]
pub struct MutationState {
    /// Whether it is under way.
    pub busy: bool,
    /// Why the server did not do it.
    pub failure: Option<ApiError>,
    /// What the user can put right.
    pub errors: Rc<Vec<UserError>>,
}

/// Runs a mutation and knows how the last run went.
pub struct MutationHandle<M> {
    state: UseStateHandle<MutationState>,
    epoch: Option<Epoch>,
    mutation: PhantomData<M>,
}

impl<M> Clone for MutationHandle<M> {
    fn clone(&self) -> Self {
        Self { state: self.state.clone(), epoch: self.epoch.clone(), mutation: PhantomData }
    }
}

/// A mutation that this component can run.
#[hook]
pub fn use_mutation<M: Mutation>() -> MutationHandle<M> {
    let (state, epoch) = use_raw_mutation();
    MutationHandle { state, epoch, mutation: PhantomData }
}

/// What all mutations have in common, so that it is compiled once.
#[hook]
fn use_raw_mutation() -> (UseStateHandle<MutationState>, Option<Epoch>) {
    (use_state(MutationState::default), use_context::<Epoch>())
}

impl<M: Mutation> MutationHandle<M> {
    /// How the last run went.
    pub fn state(&self) -> MutationState {
        (*self.state).clone()
    }

    /// Forgets how the last run went.
    pub fn forget(&self) {
        self.state.set(MutationState::default());
    }

    /// Runs the action. On success mounted queries run again and `done` gets the changed object. They also run again when
    /// somebody else was faster, so that the next attempt begins with what is there now.
    pub fn run(&self, input: M::Input, done: Callback<M::Object>) {
        self.run_or(input, done, Callback::noop());
    }

    /// As `run`; `refused` gets the user errors beside the state.
    pub fn run_or(&self, input: M::Input, done: Callback<M::Object>, refused: Callback<Rc<Vec<UserError>>>) {
        if self.state.busy {
            return;
        }
        let body = request::<M, _>(M::variables(input));
        let finish = Callback::from(move |data: Json| match read(&data).map(M::outcome) {
            Some((Some(object), errors)) if errors.is_empty() => {
                done.emit(object);
                Ok(())
            }
            Some((_, errors)) => Err(errors),
            None => Err(Vec::new()),
        });
        send(self.state.clone(), self.epoch.clone(), body, finish, refused);
    }
}

/// Why a mutation changed nothing.
pub enum Undone {
    /// The server was not reached, or did not do it.
    Failed(ApiError),
    /// What the user can put right.
    Refused(Vec<UserError>),
}

/// Runs a mutation for work that outlives its component.
pub async fn perform<M: Mutation>(input: M::Input) -> Result<M::Object, Undone> {
    let answer = graphql(&request::<M, _>(M::variables(input)), None).await.map_err(Undone::Failed)?;
    match read(&answer).map(M::outcome) {
        Some((Some(object), errors)) if errors.is_empty() => Ok(object),
        Some((_, errors)) if !errors.is_empty() => Err(Undone::Refused(errors)),
        _ => Err(Undone::Failed(ApiError::new(ErrorKind::Server))),
    }
}

type Finish = Callback<Json, Result<(), Vec<UserError>>>;

fn send(
    state: UseStateHandle<MutationState>,
    epoch: Option<Epoch>,
    body: AttrValue,
    finish: Finish,
    refused: Callback<Rc<Vec<UserError>>>,
) {
    state.set(MutationState { busy: true, ..MutationState::default() });
    let renew = move || {
        if let Some(epoch) = epoch {
            epoch.bump.emit(());
        }
    };
    wasm_bindgen_futures::spawn_local(async move {
        let next = match graphql(&body, None).await.map(|data| finish.emit(data)) {
            Ok(Ok(())) => {
                renew();
                MutationState::default()
            }
            Ok(Err(errors)) if errors.is_empty() => {
                MutationState { failure: Some(ApiError::new(ErrorKind::Server)), ..MutationState::default() }
            }
            Ok(Err(errors)) => {
                let errors = Rc::new(errors);
                refused.emit(errors.clone());
                if errors.iter().any(|error| error.code == UserErrorCode::Conflict) {
                    renew();
                }
                MutationState { errors, ..MutationState::default() }
            }
            Err(failure) => MutationState { failure: Some(failure), ..MutationState::default() },
        };
        state.set(next);
    });
}
