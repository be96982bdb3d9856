//! One upload: pieces one after another; where the network fails, it waits and goes on.

use std::cell::Cell;
use std::rc::Rc;

use cynic::Id;
use web_sys::File;
use yew::Callback;

use super::model::{Next, next, pause};
use super::operations::{
    AttachmentUploadBegin, AttachmentUploadBeginInput, AttachmentUploadCancel, AttachmentUploadCancelInput,
    AttachmentUploadFinish, AttachmentUploadFinishInput, BegunUpload,
};
use super::unfinished::{self, Unfinished};
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

/// What is uploaded, and for whom.
pub struct Upload {
    /// Who uploads.
    pub account: String,
    /// Who will own the attachment.
    pub owner: Id,
    /// The file.
    pub file: File,
    /// Told how far it is.
    pub report: Callback<Step>,
    /// Set where the user gives it up.
    pub stopped: Rc<Cell<bool>>,
}

/// Uploads a file; goes on with the upload `before` where there is one.
pub async fn upload(upload: Upload, before: Option<Unfinished>) -> Result<(), Failed> {
    let before = match before {
        Some(before) => safe(&before, &upload.file).await.map(|offset| (before, offset)),
        None => None,
    };
    let (begun, offset) = match before {
        Some(before) => before,
        None => (begin(&upload).await?, 0),
    };
    let outcome = send(&upload, &begun, offset).await;
    unfinished::forget(&upload.account, &begun.id);
    outcome
}

/// Begins an upload and remembers it.
async fn begin(upload: &Upload) -> Result<Unfinished, Failed> {
    let Upload { account, owner, file, .. } = upload;
    let (name, size) = (file.name(), size(file));
    let input = AttachmentUploadBeginInput { owner: owner.clone(), name: name.clone(), size };
    let BegunUpload { id, url } = perform::<AttachmentUploadBegin>(input).await?;
    let modified = file.last_modified().to_string();
    let begun = Unfinished { id, url, owner: owner.clone(), size, modified, name };
    unfinished::keep(account, begun.clone());
    Ok(begun)
}

/// How many bytes of an earlier upload are safe; none where the server has given it up.
async fn safe(before: &Unfinished, file: &File) -> Option<u32> {
    for attempt in 0.. {
        // No bytes for the beginning: the answer says where it goes on.
        match piece(&before.url, file, 0, 0).await {
            Next::On(offset) => return Some(offset),
            Next::Again => browser::wait(pause(attempt)).await,
            Next::Renew if attempt == 0 && token::renewed().await.is_ok() => {}
            Next::Renew | Next::Stop(_) => return None,
        }
    }
    None
}

/// Sends what is missing and makes an attachment of it.
async fn send(upload: &Upload, begun: &Unfinished, from: u32) -> Result<(), Failed> {
    let Upload { file, report, stopped, .. } = upload;
    let Unfinished { id, url, size, .. } = begun;
    let all = u32::try_from(*size).unwrap_or_default();
    let (mut offset, mut failed, mut renewed) = (from.min(all), 0, false);
    report.emit(Step::Sent(offset));
    loop {
        if stopped.get() {
            let _ = perform::<AttachmentUploadCancel>(AttachmentUploadCancelInput { upload: id.clone() }).await;
            return Err(Failed::Stopped);
        }
        let outcome = if offset < all {
            piece(url, file, offset, (offset + PIECE).min(all)).await
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
                browser::wait(pause(failed)).await;
                failed += 1;
            }
            Next::Stop(reason) => return Err(Failed::Refused(reason)),
        }
    }
}

/// Gives up the upload `id`, which is not running.
pub async fn give_up(account: &str, id: Id) {
    unfinished::forget(account, &id);
    let _ = perform::<AttachmentUploadCancel>(AttachmentUploadCancelInput { upload: id }).await;
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
