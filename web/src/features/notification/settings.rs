//! What one is told, by kind.

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::operations::{
    NotificationSetting, NotificationSettingUpdate, NotificationSettingUpdateInput, NotificationSettingsQuery,
};
use crate::api::types::{Labelled, NotificationKind};
use crate::api::use_mutation::use_mutation;
use crate::api::use_query::use_query;
use crate::i18n::{fill, t};
use crate::ui::async_view::async_view;
use crate::ui::notice::notice;
use crate::ui::table::{Column, Row, Table};

/// A table of switches that work at once.
#[component]
pub fn NotificationSettings() -> Html {
    let query = use_query::<NotificationSettingsQuery, ()>(());
    let update = use_mutation::<NotificationSettingUpdate>();
    let onchange = {
        let update = update.clone();
        Callback::from(move |input: NotificationSettingUpdateInput| update.run(input, Callback::noop()))
    };
    let failed = update.state().failure.map(|failure| failure.sentence().to_owned());
    html! {
        <>
            <p class="panel__body muted">{ t("每天早上有一条汇总，按种类数出要办的事和未读的通知；没有内容时不发。", "Every morning one notification sums up what is due and what is unread; there is none where there is nothing.") }</p>
            if let Some(message) = failed { { notice("warn", html! { { message } }, Html::default()) } }
            { async_view(&query, t("通知设置", "the settings"), 8, |data| table(&data.notification_settings, &onchange)) }
        </>
    }
}

fn table(settings: &[NotificationSetting], onchange: &Callback<NotificationSettingUpdateInput>) -> Html {
    let columns = vec![
        Column::new(t("通知", "Notification")),
        Column::new(t("应用内显示", "Shown in the app")),
        Column::new(t("计入每日汇总", "In the daily digest")),
    ];
    let row = |setting: &NotificationSetting| {
        let NotificationSetting { kind, in_app, in_digest } = setting.clone();
        let app = onchange.reform(move |in_app| NotificationSettingUpdateInput { kind, in_app, in_digest });
        let digest = onchange.reform(move |in_digest| NotificationSettingUpdateInput { kind, in_app, in_digest });
        let label = kind.label();
        Row {
            key: kind.code().to_owned(),
            cells: vec![
                html! { { label } },
                switch(in_app, fill("应用内显示：{0}", "Shown in the app: {0}", &[label]), app),
                if kind == NotificationKind::DailyDigest {
                    Html::default()
                } else {
                    switch(in_digest, fill("计入每日汇总：{0}", "In the daily digest: {0}", &[label]), digest)
                },
            ],
        }
    };
    html! { <Table caption={t("通知设置", "Notification settings")} compact=true {columns} rows={settings.iter().map(row).collect::<Vec<_>>()} /> }
}

fn switch(checked: bool, label: String, onchange: Callback<bool>) -> Html {
    let onchange = Callback::from(move |event: Event| {
        if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
            onchange.emit(input.checked());
        }
    });
    html! { <label class="check"><input type="checkbox" {checked} aria-label={label} {onchange} /></label> }
}
