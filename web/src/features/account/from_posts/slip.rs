//! One slip: who, where, the link as text and as a picture, and what to do with it.

use yew::prelude::*;

use super::super::actions::OneTimeSlip;
use crate::i18n::{fill, format, t};
use crate::ui::browser;
use crate::ui::qr::qr;

/// What stands on a slip beside the link.
pub struct SlipFacts<'a> {
    /// Who.
    pub person: &'a str,
    /// The post.
    pub post: &'a str,
    /// Where.
    pub place: &'a str,
    /// Sign-in name.
    pub account: &'a str,
}

/// The slip; one whose link is not shown again says so.
pub fn slip(facts: &SlipFacts<'_>, link: Option<&OneTimeSlip>) -> Html {
    let head = html! {
        <>
            <h3 class="slip__name">{ facts.person.to_owned() }</h3>
            <p class="slip__post">{ fill("{0} · {1}", "{0} · {1}", &[facts.place, facts.post]) }</p>
        </>
    };
    let Some(link) = link else {
        return html! { <>{ head }<p>{ t("链接已显示过一次，补发一张新的。", "The link was shown once; make another one.") }</p></> };
    };
    let origin = browser::window().and_then(|window| window.location().origin().ok()).unwrap_or_default();
    let address = format!("{origin}/start/{}", link.code);
    let what = fill("{0}的链接二维码", "QR code of the link of {0}", &[facts.person]);
    html! {
        <>
            { head }
            <div class="slip__body">
                { qr(&address, &what) }
                <dl class="slip__facts">
                    <div><dt>{ t("登录名", "Sign-in name") }</dt><dd>{ facts.account.to_owned() }</dd></div>
                    <div><dt>{ t("有效期至", "Works until") }</dt><dd>{ format::time(&link.valid_until.0) }</dd></div>
                    <div><dt>{ t("链接", "Link") }</dt><dd><code class="secret">{ address.clone() }</code></dd></div>
                </dl>
            </div>
            <p class="slip__todo">{ t("扫码或输入链接，设置自己的密码，再用登录名登录。链接只能用一次，收到后尽快使用，不要转给别人。", "Scan the picture or type the link, set a password of your own, and sign in with your name. The link works once: use it soon and give it to nobody.") }</p>
        </>
    }
}
