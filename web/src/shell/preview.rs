//! The mark of a preview, on every screen while it lasts.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use yew::prelude::*;

use crate::i18n::t;
use crate::session::preview;
use crate::ui::browser;
use crate::ui::button::Button;
use crate::ui::icon::icon;

/// Says through which role the viewer looks, and ends it.
#[component]
pub fn PreviewBanner() -> Html {
    let preview = use_memo((), |()| preview::current());
    use_effect_with((), {
        let left = preview.as_ref().as_ref().map(preview::Preview::left);
        move |()| {
            let timer = left.zip(browser::window()).and_then(|(left, window)| {
                let end = Closure::once_into_js(preview::end);
                #[expect(clippy::cast_possible_truncation, reason = "half an hour of milliseconds, cut at its ends")]
                let left = left.clamp(0.0, 1_800_000.0) as i32;
                window.set_timeout_with_callback_and_timeout_and_arguments_0(end.unchecked_ref(), left).ok()
            });
            move || {
                if let (Some(timer), Some(window)) = (timer, browser::window()) {
                    window.clear_timeout_with_handle(timer);
                }
            }
        }
    });
    let Some(preview) = preview.as_ref() else { return Html::default() };
    let what = format!("{}{}{}", preview.role, t("，", ", "), preview.organization);
    html! {
        <div class="preview-banner" role="status">
            { icon("eye") }
            <span class="grow"><b>{ t("只读预览：", "Preview, read-only: ") }</b>{ what }{ t("。只显示这个角色和您自己都能看到的，不能改动，已记入审计。", ". It shows what both this role and you may see; nothing can be changed, and the trail says so.") }</span>
            <Button class="button--sm" label={t("结束预览", "End preview")} onclick={Callback::from(|()| preview::end())} />
        </div>
    }
}
