//! Being told of changes: one WebSocket for the app, opened when something is followed first.
//!
//! What is told is only that something changed; whoever hears it asks again by the way that it asked before. A connection
//! that breaks is made again, with growing pauses, and everything followed is told then, since something may have been
//! missed. The token is renewed on the open connection before it runs out.

use std::cell::RefCell;

use cynic::QueryFragment;
use js_sys::{Date, Math};
use serde::Serialize;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{CloseEvent, MessageEvent, WebSocket};
use yew::prelude::*;

use super::documents::request;
use super::json::Json;
use crate::i18n;
use crate::session::token;
use crate::ui::browser;

/// Milliseconds before the end of a token at which it is renewed; later than the token itself would be.
const MARGIN_MS: f64 = 20_000.0;
/// Longest pause between two attempts to connect, in milliseconds.
const LONGEST_PAUSE: i32 = 30_000;
/// The token was refused or has run out.
const FORBIDDEN: u16 = 4403;

/// Something that is followed.
struct Follower {
    id: u32,
    /// The JSON of the operation.
    operation: AttrValue,
    /// Told `true` of each change, and `false` when the connection comes or goes.
    told: Callback<bool>,
}

#[derive(Default)]
struct Live {
    followers: Vec<Follower>,
    last_id: u32,
    socket: Option<WebSocket>,
    /// Whether a connection is there or under way.
    busy: bool,
    ready: bool,
    failures: u32,
}

thread_local! {
    static LIVE: RefCell<Live> = RefCell::default();
}

/// The operation that follows something.
pub fn operation<S: QueryFragment, V: Serialize>(variables: V) -> AttrValue {
    request::<S, V>(variables)
}

/// Calls `again` whenever one of `operations` tells of a change, once the answer before is there. Says whether changes are
/// told at the moment; otherwise the component has to look by itself.
#[hook]
pub fn use_live(operations: Vec<AttrValue>, busy: bool, again: Callback<()>) -> bool {
    let changes = use_mut_ref(|| 0_usize);
    let update = use_force_update();
    {
        let changes = changes.clone();
        use_effect_with(operations, move |operations| {
            let told = Callback::from(move |changed: bool| {
                *changes.borrow_mut() += usize::from(changed);
                update.force_update();
            });
            let ids: Vec<u32> = operations.iter().map(|operation| follow(operation.clone(), told.clone())).collect();
            move || ids.into_iter().for_each(leave)
        });
    }
    let count = *changes.borrow();
    let answered = use_mut_ref(|| 0_usize);
    use_effect_with((count, busy), move |(count, busy)| {
        if !busy && *answered.borrow() != *count {
            *answered.borrow_mut() = *count;
            again.emit(());
        }
    });
    LIVE.with_borrow(|live| live.ready)
}

fn follow(operation: AttrValue, told: Callback<bool>) -> u32 {
    let (id, ready, busy) = LIVE.with_borrow_mut(|live| {
        live.last_id += 1;
        let id = live.last_id;
        live.followers.push(Follower { id, operation, told });
        (id, live.ready, live.busy)
    });
    if ready {
        subscribe(id);
    } else if !busy {
        connect();
    }
    id
}

fn leave(id: u32) {
    LIVE.with_borrow_mut(|live| live.followers.retain(|follower| follower.id != id));
    send(&format!(r#"{{"type":"complete","id":"{id}"}}"#));
}

fn is_ours(socket: &WebSocket) -> bool {
    LIVE.with_borrow(|live| live.socket.as_ref() == Some(socket))
}

/// Ends the connection when somebody signs out; the next one belongs to somebody else.
pub fn close() {
    let socket = LIVE.with_borrow_mut(|live| live.socket.take());
    if let Some(socket) = socket {
        lost(0);
        // One that is not open yet is closed once it is: closing it now would be an error in the browser's log.
        if socket.ready_state() == WebSocket::OPEN {
            let _ = socket.close();
        }
    }
}

fn send(message: &str) {
    LIVE.with_borrow(|live| {
        // The other side may be closing it at this moment.
        let open = |socket: &&WebSocket| live.ready && socket.ready_state() == WebSocket::OPEN;
        if let Some(socket) = live.socket.as_ref().filter(open) {
            let _ = socket.send_with_str(message);
        }
    });
}

fn subscribe(id: u32) {
    let operation = LIVE.with_borrow(|live| {
        live.followers.iter().find(|follower| follower.id == id).map(|follower| follower.operation.clone())
    });
    if let Some(operation) = operation {
        send(&format!(r#"{{"type":"subscribe","id":"{id}","payload":{operation}}}"#));
    }
}

fn connect() {
    LIVE.with_borrow_mut(|live| live.busy = true);
    wasm_bindgen_futures::spawn_local(async {
        match token::valid().await {
            Ok(token) if open(&token).is_some() => {}
            _ => lost(0),
        }
    });
}

/// Opens a connection; its answer comes later.
fn open(token: &str) -> Option<()> {
    let location = browser::window()?.location();
    let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
    let address = format!("{scheme}://{}/graphql", location.host().ok()?);
    let socket = WebSocket::new_with_str(&address, "graphql-transport-ws").ok()?;
    let language = i18n::current().tag();
    let hello =
        format!(r#"{{"type":"connection_init","payload":{{"accessToken":"{token}","language":"{language}"}}}}"#);
    let opened = {
        let socket = socket.clone();
        Closure::once_into_js(move || {
            let _ = if is_ours(&socket) { socket.send_with_str(&hello) } else { socket.close() };
        })
    };
    socket.set_onopen(Some(opened.unchecked_ref()));
    let heard = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| {
        if let Some(message) = event.data().as_string().and_then(|text| Json::parse(&text)) {
            hear(&message);
        }
    });
    socket.set_onmessage(Some(heard.into_js_value().unchecked_ref()));
    let closed = {
        let socket = socket.clone();
        Closure::<dyn Fn(CloseEvent)>::new(move |event: CloseEvent| {
            if is_ours(&socket) {
                lost(event.code());
            }
        })
    };
    socket.set_onclose(Some(closed.into_js_value().unchecked_ref()));
    LIVE.with_borrow_mut(|live| live.socket = Some(socket));
    Some(())
}

fn hear(message: &Json) {
    let text = |name| message.get(name).and_then(Json::as_text).unwrap_or_default();
    let until = message.get("payload").and_then(|payload| payload.get("expiresAt")).and_then(Json::as_text);
    if let Some(until) = until {
        renew_before(until);
    }
    match text("type") {
        "connection_ack" => {
            let ids: Vec<u32> = LIVE.with_borrow_mut(|live| {
                (live.ready, live.failures) = (true, 0);
                live.followers.iter().map(|follower| follower.id).collect()
            });
            // Each is told by the first answer to its subscription.
            ids.into_iter().for_each(subscribe);
        }
        "next" => {
            let id = text("id").parse::<u32>().unwrap_or_default();
            let told = LIVE.with_borrow(|live| {
                live.followers.iter().find(|follower| follower.id == id).map(|follower| follower.told.clone())
            });
            told.unwrap_or_default().emit(true);
        }
        "ping" => send(r#"{"type":"pong"}"#),
        _ => {}
    }
}

/// Sends a newer token shortly before `until`.
fn renew_before(until: &str) {
    let socket = LIVE.with_borrow(|live| live.socket.clone());
    let renew = move || {
        if LIVE.with_borrow(|live| live.socket != socket) {
            return;
        }
        wasm_bindgen_futures::spawn_local(async {
            // Where there is none the connection ends by itself.
            if let Ok(token) = token::valid().await {
                send(&format!(r#"{{"type":"ping","payload":{{"accessToken":"{token}"}}}}"#));
            }
        });
    };
    later(whole(Date::parse(until) - Date::now() - MARGIN_MS), renew);
}

/// Notes that there is no connection, and makes another one where somebody follows something.
fn lost(code: u16) {
    let (failures, told) = LIVE.with_borrow_mut(|live| {
        live.failures += 1;
        (live.socket, live.ready, live.busy) = (None, false, true);
        (live.failures, live.followers.iter().map(|follower| follower.told.clone()).collect::<Vec<_>>())
    });
    // From now on they look by themselves.
    for told in told {
        told.emit(false);
    }
    let longest = LONGEST_PAUSE.min(500 << failures.min(10));
    // Not everybody at once when a server has gone.
    let pause = longest / 2 + whole(Math::random() * f64::from(longest / 2));
    later(pause, move || {
        if LIVE.with_borrow(|live| live.followers.is_empty()) {
            LIVE.with_borrow_mut(|live| live.busy = false);
        } else if code == FORBIDDEN {
            wasm_bindgen_futures::spawn_local(async {
                match token::renewed().await {
                    Ok(_) => connect(),
                    Err(_) => lost(0),
                }
            });
        } else {
            connect();
        }
    });
}

#[expect(clippy::cast_possible_truncation, reason = "the conversion saturates")]
fn whole(number: f64) -> i32 {
    number.max(0.0) as i32
}

fn later(milliseconds: i32, work: impl FnOnce() + 'static) {
    if let Some(window) = browser::window() {
        let work = Closure::once_into_js(work);
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(work.unchecked_ref(), milliseconds);
    }
}
