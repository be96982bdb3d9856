//! The uploads of a panel: how far each is, and what went wrong.

use std::cell::Cell;
use std::rc::Rc;

use cynic::Id;
use web_sys::{File, FileList};
use yew::prelude::*;

use super::model::size_text;
use super::unfinished::{self, Unfinished};
use super::upload::{Failed, Step, Upload, give_up, size, upload};
use crate::api::use_query::Epoch;
use crate::i18n::{fill, t};
use crate::session::actor::use_actor;
use crate::ui::button::{Button, IconButton};
use crate::ui::notice::notice;
use crate::ui::toast::{Toaster, use_toaster};

/// One upload.
#[derive(Clone, PartialEq)]
struct Running {
    key: usize,
    name: String,
    size: i32,
    sent: u32,
    waiting: bool,
    failure: Option<String>,
    stopped: Rc<Cell<bool>>,
}

enum Change {
    Add(Running),
    Step(usize, Step),
    Fail(usize, String),
    Remove(usize),
    /// Something that is not running was given up.
    Look,
}

#[derive(Clone, Default, PartialEq)]
struct Uploads(Vec<Running>);

impl Reducible for Uploads {
    type Action = Change;

    fn reduce(self: Rc<Self>, change: Change) -> Rc<Self> {
        let mut next = (*self).clone();
        let mut alter = |key: usize, change: &dyn Fn(&mut Running)| {
            next.0.iter_mut().filter(|running| running.key == key).for_each(change);
        };
        match change {
            Change::Add(running) => next.0.push(running),
            Change::Step(key, Step::Sent(sent)) => {
                alter(key, &|running| (running.sent, running.waiting) = (sent, false));
            }
            Change::Step(key, Step::Waiting) => alter(key, &|running| running.waiting = true),
            Change::Fail(key, reason) => alter(key, &|running| running.failure = Some(reason.clone())),
            Change::Remove(key) => next.0.retain(|running| running.key != key),
            Change::Look => {}
        }
        Rc::new(next)
    }
}

/// The uploads of one owner's panel.
#[derive(Clone, PartialEq)]
pub struct UploadsHandle {
    owner: Id,
    account: Option<Id>,
    uploads: UseReducerHandle<Uploads>,
    next: Rc<Cell<usize>>,
    epoch: Option<Epoch>,
    toaster: Toaster,
}

/// No uploads yet.
#[hook]
pub fn use_uploads(owner: Id) -> UploadsHandle {
    let uploads = use_reducer(Uploads::default);
    let next = use_memo((), |()| Cell::new(0));
    let account = use_actor().and_then(|actor| actor.viewer.account.as_ref().map(|account| account.id.clone()));
    UploadsHandle { owner, account, uploads, next, epoch: use_context::<Epoch>(), toaster: use_toaster() }
}

impl UploadsHandle {
    /// Begins to upload each of `files`.
    pub fn add(&self, files: &FileList) {
        (0..files.length()).filter_map(|index| files.item(index)).for_each(|file| self.begin(file));
    }

    fn account(&self) -> String {
        self.account.as_ref().map(|id| id.inner().to_owned()).unwrap_or_default()
    }

    /// What was begun for this owner on this device and does not run.
    fn unfinished(&self) -> Vec<Unfinished> {
        let running = |name: &str, size: i32| {
            self.uploads.0.iter().any(|one| one.failure.is_none() && one.name == name && one.size == size)
        };
        let mut all = unfinished::all(&self.account());
        all.retain(|one| one.owner == self.owner && !running(&one.name, one.size));
        all
    }

    fn begin(&self, file: File) {
        let before = self.unfinished().into_iter().find(|one| one.is(&file));
        let key = self.next.replace(self.next.get() + 1);
        let stopped = Rc::new(Cell::new(false));
        let (name, size) = (file.name(), size(&file));
        let running = Running { key, name, size, sent: 0, waiting: false, failure: None, stopped: stopped.clone() };
        let name = running.name.clone();
        let uploads = self.uploads.dispatcher();
        uploads.dispatch(Change::Add(running));
        let (owner, account) = (self.owner.clone(), self.account());
        let (epoch, toaster) = (self.epoch.clone(), self.toaster.clone());
        wasm_bindgen_futures::spawn_local(async move {
            let report = {
                let uploads = uploads.clone();
                Callback::from(move |step| uploads.dispatch(Change::Step(key, step)))
            };
            match upload(Upload { account, owner, file, report, stopped }, before).await {
                Ok(()) => {
                    uploads.dispatch(Change::Remove(key));
                    toaster.show(fill("已添加附件“{0}”", "{0} is attached", &[&name]));
                    if let Some(epoch) = epoch {
                        epoch.bump.emit(());
                    }
                }
                Err(Failed::Stopped) => uploads.dispatch(Change::Remove(key)),
                Err(Failed::Refused(reason)) => uploads.dispatch(Change::Fail(key, reason)),
            }
        });
    }

    /// The uploads as rows above the list, with those that a reload broke off, whose file `onadd` lets the user choose
    /// again; nothing where there are none.
    pub fn rows(&self, onadd: &Callback<()>) -> Html {
        let unfinished = self.unfinished();
        if self.uploads.0.is_empty() && unfinished.is_empty() {
            return Html::default();
        }
        html! {
            <ul class="list list--tight" aria-live="polite">
                { for unfinished.into_iter().map(|one| self.broken_off(one, onadd)) }
                { for self.uploads.0.iter().map(|running| self.row(running)) }
            </ul>
        }
    }

    fn broken_off(&self, one: Unfinished, onadd: &Callback<()>) -> Html {
        let Unfinished { id, name, size, .. } = one;
        let key = id.inner().to_owned();
        let onstop = {
            let (account, uploads) = (self.account(), self.uploads.dispatcher());
            Callback::from(move |()| {
                let (account, id, uploads) = (account.clone(), id.clone(), uploads.clone());
                wasm_bindgen_futures::spawn_local(async move {
                    give_up(&account, id).await;
                    uploads.dispatch(Change::Look);
                });
            })
        };
        let text = fill(
            "上次没有传完（{0}）。再选一次同一个文件，就从断开的地方接着传。",
            "Not sent to its end ({0}). Choose the same file again, and it goes on where it was.",
            &[&size_text(size)],
        );
        html! {
            <li class="stack stack--tight" {key}>
                <div class="spread">
                    <span class="attachment__name">{ name.clone() }</span>
                    <span class="cluster">
                        <Button class="button--sm" label={t("选择文件", "Choose the file")} subject={name.clone()} onclick={onadd.clone()} />
                        <Button class="button--sm button--quiet" label={t("不传了", "Give up")} subject={name} onclick={onstop} />
                    </span>
                </div>
                <p class="status status--warn">{ text }</p>
            </li>
        }
    }

    fn row(&self, running: &Running) -> Html {
        let Running { key, name, size, sent, waiting, failure, stopped } = running.clone();
        let onclose = {
            let uploads = self.uploads.dispatcher();
            Callback::from(move |()| uploads.dispatch(Change::Remove(key)))
        };
        let Some(failure) = failure else {
            let onstop = Callback::from(move |()| stopped.set(true));
            let sent = i32::try_from(sent).unwrap_or(i32::MAX);
            let text = if waiting {
                t("网络中断，恢复后接着传。", "No network; it goes on by itself.").to_owned()
            } else {
                fill("{0} / {1}", "{0} of {1}", &[&size_text(sent), &size_text(size)])
            };
            return html! {
                <li class="stack stack--tight" {key}>
                    <div class="spread"><span class="attachment__name">{ name.clone() }</span><Button class="button--sm" label={t("取消", "Cancel")} subject={name.clone()} onclick={onstop} /></div>
                    <progress class="progress" value={sent.to_string()} max={size.to_string()} aria-label={name}></progress>
                    <p class={if waiting { "status status--warn" } else { "meta num" }}>{ text }</p>
                </li>
            };
        };
        let close = html! { <IconButton class="icon-button--sm" icon="close" label={t("知道了", "Dismiss")} onclick={onclose} /> };
        html! { <li {key}>{ notice("danger", html! { <><b>{ name }</b>{ t("：", ": ") }{ failure }</> }, close) }</li> }
    }
}
