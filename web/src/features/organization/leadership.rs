//! The leading body of an organization: posts, and the term.

use std::rc::Rc;

use yew::prelude::*;

use super::change_dialogs::{PostAssignDialog, PostEndDialog};
use super::model::has_term;
use super::operations::{Organization, OrganizationPost};
use crate::api::types::{Labelled, OrganizationStatus, PermissionCode};
use crate::i18n::{fill, t};
use crate::routes::{Link, person};
use crate::ui::button::Button;
use crate::ui::notice::empty_state;
use crate::ui::table::{Column, Row, Table, nothing};

/// Whose leading body.
#[derive(Properties, PartialEq)]
pub struct LeadershipProps {
    /// The organization.
    pub organization: Rc<Organization>,
    /// Records a term.
    pub onterm: Callback<()>,
}

#[derive(Clone, PartialEq)]
enum Open {
    Assign,
    End(OrganizationPost),
}

/// Posts with their holders, and the running term.
#[component]
pub fn Leadership(props: &LeadershipProps) -> Html {
    let organization = &props.organization;
    let open = use_state(|| None::<Open>);
    let active = organization.status == OrganizationStatus::Active;
    let may_assign = active && organization.viewer_can.contains(&PermissionCode::PostAssign);
    let may_record = active && has_term(organization) && organization.viewer_can.contains(&PermissionCode::TermRecord);
    let onclose = {
        let open = open.clone();
        Callback::from(move |()| open.set(None))
    };
    let show = {
        let open = open.clone();
        Callback::from(move |dialog: Open| open.set(Some(dialog)))
    };
    let term = match &organization.term {
        Some(term) => fill("本届任期 {0} 至 {1}。", "The running term: {0} to {1}.", &[&term.from.0, &term.until.0]),
        None if has_term(organization) => t("还没有登记任期。", "No term recorded.").to_owned(),
        None => t("这类组织没有任期。", "This kind has no term.").to_owned(),
    };
    html! {
        <>
            <div class="panel__body spread">
                <p>{ term }</p>
                <div class="cluster">
                    if may_record { <Button icon="vote" label={t("登记换届", "Record term")} onclick={props.onterm.clone()} /> }
                    if may_assign { <Button icon="plus" label={t("任命职务", "Assign post")} onclick={show.reform(|()| Open::Assign)} /> }
                </div>
            </div>
            { posts(&organization.posts, may_assign, &show) }
            { match (*open).clone() {
                None => Html::default(),
                Some(Open::Assign) => html! { <PostAssignDialog organization={organization.clone()} {onclose} /> },
                Some(Open::End(post)) => html! { <PostEndDialog {post} {onclose} /> },
            } }
        </>
    }
}

fn posts(posts: &[OrganizationPost], may_end: bool, show: &Callback<Open>) -> Html {
    if posts.is_empty() {
        return empty_state(t("还没有登记班子成员", "No posts recorded yet"), "", Html::default());
    }
    let columns = vec![
        Column::new(t("姓名", "Name")),
        Column::new(t("职务", "Post")),
        Column::new(t("专职", "Full-time")),
        Column::new(t("任职起", "Since")),
        Column::new(t("操作", "Action")).action(),
    ];
    let row = |post: &OrganizationPost| {
        let onclick = {
            let (show, post) = (show.clone(), post.clone());
            Callback::from(move |()| show.emit(Open::End(post.clone())))
        };
        Row {
            key: post.id.inner().to_owned(),
            cells: vec![
                html! { <span class="table__who"><span class="avatar avatar--sm" aria-hidden="true">{ post.holder().chars().next().map(String::from) }</span>{ holder(post) }</span> },
                html! { { post.title.label() } },
                html! { { if post.full_time { t("专职", "Yes") } else { t("兼职", "No") } } },
                html! { { post.from.0.clone() } },
                if may_end {
                    html! { <Button class="button--sm" label={t("免去职务", "End post")} subject={post.holder()} {onclick} /> }
                } else {
                    nothing()
                },
            ],
        }
    };
    html! { <Table caption={t("班子成员", "Leading body")} compact=true {columns} rows={posts.iter().map(row).collect::<Vec<_>>()} /> }
}

/// The holder of a post, as a link where the viewer may see him.
pub fn holder(post: &OrganizationPost) -> Html {
    match &post.person {
        Some(who) => html! { <Link to={person(&who.id)}>{ who.name.clone() }</Link> },
        None => html! { <span class="muted">{ post.holder() }</span> },
    }
}
