//! The panel of attachments of an organization or a person.

use cynic::Id;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, HtmlInputElement};
use yew::prelude::*;

use super::archived::Archived;
use super::model::size_text;
use super::operations::{
    Attachment, AttachmentArchive, AttachmentArchiveInput, AttachmentsQuery, AttachmentsVariables,
};
use super::uploads::{UploadsHandle, use_uploads};
use crate::api::poll::use_later;
use crate::api::types::{AttachmentState, OrganizationStatus, PermissionCode, RecordStatus};
use crate::api::use_mutation::use_mutation;
use crate::api::use_query::use_query;
use crate::i18n::{fill, format, t};
use crate::ui::async_view::async_view;
use crate::ui::button::{Button, IconButton};
use crate::ui::form::{Values, use_form};
use crate::ui::form_dialog::FormDialog;
use crate::ui::icon::icon;
use crate::ui::page::Panel;
use crate::ui::toast::use_toaster;

/// Milliseconds after which links are asked for again; they hold for a minute longer.
const FRESH: i32 = 240_000;

/// Whose files.
#[derive(Properties, PartialEq)]
pub struct AttachmentsProps {
    /// The organization or person.
    pub owner: Id,
}

/// The files of an owner, and the way to add more.
#[component]
pub fn Attachments(props: &AttachmentsProps) -> Html {
    let query = use_query::<AttachmentsQuery, _>(AttachmentsVariables {
        id: props.owner.clone(),
        state: AttachmentState::Stored,
    });
    use_later(!query.busy, FRESH, query.retry.clone());
    let uploads = use_uploads(props.owner.clone());
    let archiving = use_state(|| None::<Attachment>);
    let over = use_state(|| false);
    let input = use_node_ref();
    let may_add = query.data.as_ref().is_some_and(|data| may_add(data));
    let onadd = {
        let input = input.clone();
        Callback::from(move |()| {
            if let Some(input) = input.cast::<HtmlInputElement>() {
                input.click();
            }
        })
    };
    let onchange = {
        let uploads = uploads.clone();
        Callback::from(move |event: Event| {
            let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else {
                return;
            };
            if let Some(files) = input.files() {
                uploads.add(&files);
            }
            // The same file can be chosen again.
            input.set_value("");
        })
    };
    let aside = if may_add {
        html! {
            <>
                <input type="file" multiple=true hidden=true ref={input} {onchange} accept=".pdf,.png,.jpg,.jpeg,.webp,.docx,.xlsx,.txt,.csv" />
                <Button class="button--quiet button--sm" icon="upload" label={t("添加附件", "Attach files")} onclick={onadd.clone()} />
            </>
        }
    } else {
        Html::default()
    };
    let drag = {
        let over = over.clone();
        move |value: bool| {
            let over = over.clone();
            Callback::from(move |event: DragEvent| {
                event.prevent_default();
                over.set(value);
            })
        }
    };
    let ondrop = drop_of(&uploads, may_add, over.setter());
    let onarchive = {
        let archiving = archiving.clone();
        Callback::from(move |file: Attachment| archiving.set(Some(file)))
    };
    let onclose = {
        let archiving = archiving.clone();
        Callback::from(move |()| archiving.set(None))
    };
    let class = classes!("attachments", (*over && may_add).then_some("is-over"));
    html! {
        <div {class} ondragover={drag(true)} ondragleave={drag(false)} {ondrop}>
            <Panel id="attachments" title={t("附件", "Attachments")} {aside} busy={query.busy && query.data.is_none()}>
                { uploads.rows(&onadd) }
                { async_view(&query, t("附件", "attachments"), 2, |data| list(data, may_add, &onarchive)) }
                if may_add { <Archived owner={props.owner.clone()} /> }
            </Panel>
            if let Some(file) = (*archiving).clone() { <ArchiveDialog {file} {onclose} /> }
        </div>
    }
}

fn drop_of(uploads: &UploadsHandle, may_add: bool, over: UseStateSetter<bool>) -> Callback<DragEvent> {
    let uploads = uploads.clone();
    Callback::from(move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        if let Some(files) = event.data_transfer().and_then(|data| data.files()).filter(|_| may_add) {
            uploads.add(&files);
        }
    })
}

fn may_add(data: &AttachmentsQuery) -> bool {
    let may = |rights: &[PermissionCode]| rights.contains(&PermissionCode::AttachmentAdd);
    let organization = data.organization.as_ref();
    let person = data.person.as_ref();
    organization.is_some_and(|owner| owner.status == OrganizationStatus::Active && may(&owner.viewer_can))
        || person.is_some_and(|owner| owner.status == RecordStatus::Active && may(&owner.viewer_can))
}

fn list(data: &AttachmentsQuery, may_add: bool, onarchive: &Callback<Attachment>) -> Html {
    let files = data.files();
    if files.is_empty() {
        let text = if may_add {
            t("还没有附件。可以把文件拖到这里。", "No files yet. They can be dropped here.")
        } else {
            t("还没有附件。", "No files yet.")
        };
        return html! { <p class="panel__body meta">{ text }</p> };
    }
    html! { <ul class="list list--tight">{ for files.iter().map(|file| row(file, onarchive)) }</ul> }
}

fn row(file: &Attachment, onarchive: &Callback<Attachment>) -> Html {
    let picture = match &file.thumbnail_url {
        Some(url) => html! { <img class="attachment__picture" src={url.clone()} alt="" loading="lazy" /> },
        None => html! { <span class="attachment__picture">{ icon("document") }</span> },
    };
    let parts = [size_text(file.size), file.uploaded_by.clone(), format::time(&file.created_at.0)];
    let archive = file.viewer_can.contains(&PermissionCode::AttachmentArchive).then(|| {
        let label = fill("归档“{0}”", "Archive {0}", &[&file.name]);
        let (onarchive, file) = (onarchive.clone(), file.clone());
        html! { <IconButton class="icon-button--sm" icon="archive" {label} onclick={move |()| onarchive.emit(file.clone())} /> }
    });
    html! {
        <li class="attachment" key={file.id.inner().to_owned()}>
            { picture }
            <div class="grow"><a class="attachment__name" href={file.url.clone()} download={file.name.clone()}>{ file.name.clone() }</a><p class="meta num">{ parts.join(" · ") }</p></div>
            { archive }
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct ArchiveDialogProps {
    file: Attachment,
    onclose: Callback<()>,
}

#[component]
fn ArchiveDialog(props: &ArchiveDialogProps) -> Html {
    let form = use_form("attachment-archive", Values::new);
    let archive = use_mutation::<AttachmentArchive>();
    let toaster = use_toaster();
    let onsubmit = {
        let (archive, file, onclose) = (archive.clone(), props.file.clone(), props.onclose.clone());
        Callback::from(move |()| {
            let (onclose, toaster, name) = (onclose.clone(), toaster.clone(), file.name.clone());
            let done = Callback::from(move |_| {
                toaster.show(fill("已归档附件“{0}”", "{0} is archived", &[&name]));
                onclose.emit(());
            });
            archive.run(AttachmentArchiveInput { attachment: file.id.clone(), version: file.version }, done);
        })
    };
    html! {
        <FormDialog title={t("归档附件", "Archive the attachment")} danger=true {form} state={archive.state()} {onsubmit} onclose={props.onclose.clone()}>
            <p>{ fill("“{0}”将不再列出，也不能再下载；可以在“已归档的附件”里恢复。变动记录会留下。", "{0} will be listed no more and cannot be fetched; it can be brought back from the archived files. History keeps that it was there.", &[&props.file.name]) }</p>
        </FormDialog>
    }
}
