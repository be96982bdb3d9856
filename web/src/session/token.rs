//! The access token: kept in memory only, renewed before it ends, once for all waiting requests.

use std::cell::RefCell;

use js_sys::{Date, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use yew::Callback;

use crate::api::auth::{self, AuthError, Token};
use crate::api::errors::{ApiError, ErrorKind};
use crate::api::live;
use crate::session::preview;
use crate::ui::browser;

/// A token this close to its end is renewed first.
const MARGIN_MS: f64 = 30_000.0;

/// Says on this device that a session may be there. The cookie itself cannot be seen from here, and asking the
/// server for a session that never began is an error in the browser's log.
const SESSION_KEY: &str = "jianghai.session";

#[derive(Default)]
struct State {
    token: Option<Token>,
    renewal: Option<Promise>,
    on_lost: Callback<bool>,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

/// Says whom to tell when nobody is signed in; true when a session ended that was in use.
pub fn on_lost(callback: Callback<bool>) {
    STATE.with_borrow_mut(|state| state.on_lost = callback);
}

/// Takes the token of a fresh sign-in.
pub fn keep(token: Token) {
    browser::store(SESSION_KEY, "open");
    STATE.with_borrow_mut(|state| state.token = Some(token));
}

/// Drops the token after signing out.
pub fn forget() {
    browser::forget(SESSION_KEY);
    preview::forget();
    live::close();
    STATE.with_borrow_mut(|state| state.token = None);
}

/// Drops a token that the server no longer takes, and tells the app.
pub fn lose() {
    browser::forget(SESSION_KEY);
    preview::forget();
    live::close();
    let (callback, used) = STATE.with_borrow_mut(|state| (state.on_lost.clone(), state.token.take().is_some()));
    callback.emit(used);
}

/// A token that lasts for the next request.
pub async fn valid() -> Result<String, ApiError> {
    let current = STATE.with_borrow(|state| state.token.clone());
    match current {
        Some(token) if Date::parse(&token.expires_at) - Date::now() > MARGIN_MS => Ok(token.access_token),
        None if browser::stored(SESSION_KEY).is_none() => Err(ApiError::new(ErrorKind::SignedOut)),
        _ => renewed().await,
    }
}

/// A new token. Requests that ask at the same time share one renewal.
pub async fn renewed() -> Result<String, ApiError> {
    let renewal =
        STATE.with_borrow_mut(|state| state.renewal.get_or_insert_with(|| future_to_promise(renew())).clone());
    match JsFuture::from(renewal).await {
        Ok(token) => Ok(token.as_string().unwrap_or_default()),
        Err(reached) if reached.is_truthy() => Err(ApiError::new(ErrorKind::SignedOut)),
        Err(_) => Err(ApiError::new(ErrorKind::Offline)),
    }
}

/// Rejects with `true` when the server refused and with `false` when it was not reached.
async fn renew() -> Result<JsValue, JsValue> {
    let outcome = auth::refresh().await;
    STATE.with_borrow_mut(|state| state.renewal = None);
    match outcome {
        Ok(token) => {
            let text = JsValue::from_str(&token.access_token);
            keep(token);
            Ok(text)
        }
        Err(AuthError::Refused(_)) => {
            lose();
            Err(JsValue::TRUE)
        }
        Err(AuthError::Failed(_)) => Err(JsValue::FALSE),
    }
}
