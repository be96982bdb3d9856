//! Pages that stop the reader, each with a way out.

use yew::prelude::*;

use crate::api::types::PermissionCode;
use crate::i18n::t;
use crate::routes::Link;
use crate::session::actor::use_actor;
use crate::session::can::Can;
use crate::ui::notice::state;
use crate::ui::page::use_title;

/// No such page, or none that the reader may see.
#[component]
pub fn NotFound() -> Html {
    let title = t("没有这个页面，或当前账号看不到它", "There is no such page, or this account cannot see it");
    stop_page(
        use_home(),
        "search",
        title,
        t(
            "链接可能抄错了，也可能对象已移出当前账号的范围。",
            "The link may be wrong, or the object has moved out of this account's scope.",
        ),
    )
}

/// A page that the reader may not use.
#[component]
pub fn Forbidden() -> Html {
    let title = t("当前账号没有这项权限", "This account lacks the permission");
    stop_page(
        use_home(),
        "lock",
        title,
        t("需要时可联系本单位的系统管理员。", "If you need it, the administrator of your unit can help."),
    )
}

#[hook]
fn use_home() -> &'static str {
    use_actor().map_or("/", |actor| actor.home())
}

fn stop_page(home: &'static str, icon: &str, title: &'static str, text: &'static str) -> Html {
    // The same for what is hidden and for what never was.
    let ways = html! {
        <>
            <Link class="button button--primary" to={home}>{ t("回到工作台", "Back to the workbench") }</Link>
            <Can permission={PermissionCode::AccessExplain}><Link class="button" to="/desk/access">{ t("解释权限", "Explain access") }</Link></Can>
        </>
    };
    html! {
        <>
            <Title text={title} />
            <div class="panel">{ state(icon, title.into(), text.into(), ways) }</div>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct TitleProps {
    text: &'static str,
}

#[component]
fn Title(props: &TitleProps) -> Html {
    use_title(&props.text.into());
    html! { <h1 class="visually-hidden">{ props.text }</h1> }
}
