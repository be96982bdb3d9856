//! One upload: pieces one after another; where the network fails, it waits and goes on.

use std::cell::Cell;
use std::rc::Rc;

use cynic::Id;
use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;
use yew::Callback;

use super::model::{Next, next, pause};
use super::operations::{
    AttachmentUploadBegin, AttachmentUploadBeginInput, AttachmentUploadCancel, AttachmentUploadCancelInput,
    AttachmentUploadFinish, AttachmentUploadFinishInput, BegunUpload,
};
use crate::api::client::patch;
use crate::api::errors::{ApiError, ErrorKind};
use crate::api::use_mutation::{Undone, perform};
use crate::session::token;
use crate::ui::browser;

/// Bytes of one piece: little is lost where the network is slow.
const PIECE: u32 = 512 * 1024;

/// How far an upload is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// So many bytes are safe.
    Sent(u32),
    /// The network is gone; it goes on by itself.
    Waiting,
}

/// Why an upload ended without an attachment.
pub enum Failed {
    /// The user gave it up.
    Stopped,
    /// In one sentence.
    Refused(String),
}

/// The number of bytes of `file`; what the contract cannot count is too large in any case.
#[expect(clippy::cast_possible_truncation, reason = "the cast stops at the largest number")]
pub fn size(file: &File) -> i32 {
    file.size() as i32
}

/// Uploads `file` for `owner`.
pub async fn upload(owner: Id, file: File, report: Callback<Step>, stopped: Rc<Cell<bool>>) -> Result<(), Failed> {
    let all = size(&file);
    let begun = AttachmentUploadBeginInput { owner, name: file.name(), size: all };
    let BegunUpload { id, url } = perform::<AttachmentUploadBegin>(begun).await?;
    let all = u32::try_from(all).unwrap_or_default();
    let (mut offset, mut failed, mut renewed) = (0, 0, false);
    loop {
        if stopped.get() {
            let _ = perform::<AttachmentUploadCancel>(AttachmentUploadCancelInput { upload: id }).await;
            return Err(Failed::Stopped);
        }
        let outcome = if offset < all {
            piece(&url, &file, offset, (offset + PIECE).min(all)).await
        } else {
            let finish = AttachmentUploadFinishInput { upload: id.clone() };
            match perform::<AttachmentUploadFinish>(finish).await {
                Ok(_) => return Ok(()),
                Err(Undone::Failed(error)) if error.kind == ErrorKind::Offline => Next::Again,
                Err(undone) => return Err(undone.into()),
            }
        };
        match outcome {
            Next::On(to) => {
                (offset, failed, renewed) = (to.min(all), 0, false);
                report.emit(Step::Sent(offset));
            }
            Next::Renew if !renewed && token::renewed().await.is_ok() => renewed = true,
            Next::Renew => return Err(said(&ApiError::new(ErrorKind::SignedOut))),
            Next::Again => {
                report.emit(Step::Waiting);
                wait(pause(failed)).await;
                failed += 1;
            }
            Next::Stop(reason) => return Err(Failed::Refused(reason)),
        }
    }
}

async fn piece(url: &str, file: &File, from: u32, to: u32) -> Next {
    let Ok(piece) = file.slice_with_f64_and_f64(f64::from(from), f64::from(to)) else { return Next::Again };
    let bearer = match token::valid().await {
        Ok(bearer) => bearer,
        Err(error) if error.kind == ErrorKind::SignedOut => return Next::Renew,
        Err(_) => return Next::Again,
    };
    match patch(url, from, &piece, &bearer).await {
        Ok(answer) => next(answer.status, answer.offset, &answer.text),
        Err(_) => Next::Again,
    }
}

fn said(error: &ApiError) -> Failed {
    Failed::Refused(error.sentence().to_owned())
}

impl From<Undone> for Failed {
    fn from(undone: Undone) -> Self {
        match undone {
            Undone::Failed(error) => said(&error),
            Undone::Refused(errors) => {
                let sentences: Vec<String> = errors.into_iter().map(|error| error.message).collect();
                Self::Refused(sentences.join(" "))
            }
        }
    }
}

async fn wait(milliseconds: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        if let Some(window) = browser::window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
        }
    });
    let _ = JsFuture::from(promise).await;
}
