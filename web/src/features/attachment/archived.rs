//! The files that were put away, and the way to bring one back.

use cynic::Id;
use yew::prelude::*;

use super::model::size_text;
use super::operations::{
    Attachment, AttachmentRestore, AttachmentRestoreInput, AttachmentsQuery, AttachmentsVariables,
};
use crate::api::types::{AttachmentState, PermissionCode};
use crate::api::use_mutation::use_mutation;
use crate::api::use_query::use_query_when;
use crate::i18n::{fill, format, t};
use crate::ui::async_view::async_view;
use crate::ui::button::Button;
use crate::ui::notice::notice;
use crate::ui::toast::use_toaster;

/// Whose files.
#[derive(Properties, PartialEq)]
pub struct ArchivedProps {
    /// The organization or person.
    pub owner: Id,
}

/// A button, and behind it the files.
#[component]
pub fn Archived(props: &ArchivedProps) -> Html {
    let shown = use_state(|| false);
    let variables = AttachmentsVariables { id: props.owner.clone(), state: AttachmentState::Archived };
    let query = use_query_when::<AttachmentsQuery, _>(shown.then_some(variables));
    let restore = use_mutation::<AttachmentRestore>();
    let toaster = use_toaster();
    let label = if *shown {
        t("收起已归档的附件", "Hide archived files")
    } else {
        t("已归档的附件", "Archived files")
    };
    let onclick = {
        let shown = shown.clone();
        Callback::from(move |()| shown.set(!*shown))
    };
    let state = restore.state();
    let onrestore = Callback::from(move |file: Attachment| {
        let toaster = toaster.clone();
        let input = AttachmentRestoreInput { attachment: file.id, version: file.version };
        let done = Callback::from(move |_| toaster.show(fill("已恢复附件“{0}”", "{0} is back", &[&file.name])));
        restore.run(input, done);
    });
    let failure = state.failure.as_ref().map(|failure| failure.sentence().to_owned());
    let refused = failure.or(state.errors.first().map(|error| error.message.clone()));
    html! {
        <div class="stack stack--tight">
            <div class="pager"><Button class="button--quiet button--sm" {label} {onclick} /></div>
            if *shown {
                if let Some(message) = refused { { notice("warn", html! { { message } }, Html::default()) } }
                { async_view(&query, t("已归档的附件", "archived files"), 1, |data| list(data.files(), state.busy, &onrestore)) }
            }
        </div>
    }
}

fn list(files: &[Attachment], busy: bool, onrestore: &Callback<Attachment>) -> Html {
    if files.is_empty() {
        return html! { <p class="panel__body meta">{ t("没有已归档的附件。", "No archived files.") }</p> };
    }
    let row = |file: &Attachment| {
        let meta = [size_text(file.size), file.uploaded_by.clone(), format::time(&file.created_at.0)].join(" · ");
        let may = file.viewer_can.contains(&PermissionCode::AttachmentArchive);
        let (label, subject) = (t("恢复", "Bring back"), file.name.clone());
        let onclick = {
            let (onrestore, file) = (onrestore.clone(), file.clone());
            Callback::from(move |()| onrestore.emit(file.clone()))
        };
        html! {
            <li class="attachment" key={file.id.inner().to_owned()}>
                <div class="grow"><p class="attachment__name">{ file.name.clone() }</p><p class="meta num">{ meta }</p></div>
                if may { <Button class="button--sm" {label} {subject} {busy} {onclick} /> }
            </li>
        }
    };
    html! { <ul class="list list--tight">{ for files.iter().map(row) }</ul> }
}
