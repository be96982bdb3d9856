//! The root of the trail, handed out to be kept elsewhere.

use yew::prelude::*;

use super::model::root_file;
use super::operations::{AuditRoot, AuditRootQuery};
use crate::api::use_query::use_query;
use crate::i18n::{format, t};
use crate::ui::async_view::async_view;
use crate::ui::dialog::Dialog;
use crate::ui::icon::small_icon;

/// What the dialog does.
#[derive(Properties, PartialEq)]
pub struct RootDialogProps {
    /// Called when it is closed.
    pub onclose: Callback<()>,
}

/// Says what the root is good for, and hands it out as a file.
#[component]
pub fn RootDialog(props: &RootDialogProps) -> Html {
    let query = use_query::<AuditRootQuery, _>(());
    html! {
        <Dialog title={t("导出封存根", "Export the root")} onclose={props.onclose.clone()}>
            { async_view(&query, t("封存根", "the root"), 3, |data| data.audit_root.as_ref().map(shown).unwrap_or_default()) }
        </Dialog>
    }
}

fn shown(root: &AuditRoot) -> Html {
    let (name, href) = root_file(root);
    html! {
        <>
            <div class="dialog__body stack">
                <p>{ t("把这个文件保存在系统之外。以后运行 jianghai audit verify，就能核对到这一条为止的变动是否仍是原样。",
                    "Keep this file outside the system. Later, jianghai audit verify tells whether all changes up to this one are still the same.") }</p>
                <dl class="facts">
                    <div><dt>{ t("已封存", "Sealed changes") }</dt><dd class="num">{ format::number(root.count) }</dd></div>
                    <div><dt>{ t("最近封存", "Newest seal") }</dt><dd>{ format::time(&root.at.0) }</dd></div>
                </dl>
                <div><p class="meta">{ t("校验值", "Hash") }</p><code class="hash">{ root.hash.clone() }</code></div>
            </div>
            <div class="dialog__foot"><a class="button button--primary" download={name} {href}>{ small_icon("download") }{ t("下载文件", "Download the file") }</a></div>
        </>
    }
}
