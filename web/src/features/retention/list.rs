//! The page of the register.

use yew::prelude::*;

use super::operations::{RetentionRule, RetentionRulesQuery};
use crate::api::types::PermissionCode;
use crate::api::use_query::use_query_when;
use crate::features::job::Runs;
use crate::i18n::t;
use crate::session::actor::use_actor;
use crate::shell::stop::Forbidden;
use crate::ui::async_view::async_view;
use crate::ui::page::{PageHead, Panel};
use crate::ui::table::{Column, Row, Table};

/// What is kept, and what the last nights took away.
#[component]
pub fn RetentionPage() -> Html {
    let may = use_actor().is_some_and(|actor| actor.may(PermissionCode::JobRead));
    let query = use_query_when::<RetentionRulesQuery, ()>(may.then_some(()));
    if !may {
        return html! { <Forbidden /> };
    }
    let meta = html! { { t("每类数据为什么保存、保存多久。到期的每天凌晨移除，数据是否一致每天凌晨核对。", "Why each kind of data is kept and for how long. Every night what is due goes, and the data are checked.") } };
    html! {
        <>
            <PageHead title={t("数据保存与核对", "Retention and integrity")} {meta} />
            <div class="stack">
                <Runs id="removed" kind="retention_daily" title={t("最近的移除", "What went lately")} empty={t("第一次在凌晨三点。", "The first run is at three at night.")} start={t("立即移除", "Remove now")} />
                <Runs id="integrity" kind="integrity_check" title={t("数据核对", "Integrity")} empty={t("第一次在凌晨四点。", "The first run is at four at night.")} start={t("立即核对", "Check now")} />
                <Panel id="retention" title={t("保存的数据", "What is kept")} busy={query.busy}>
                    { async_view(&query, t("保存的数据", "what is kept"), 8, |data| table(&data.retention_rules)) }
                </Panel>
            </div>
        </>
    }
}

fn table(rules: &[RetentionRule]) -> Html {
    let columns = vec![
        Column::new(t("数据", "Data")),
        Column::new(t("用途", "Purpose")),
        Column::new(t("个人信息", "Personal data")),
        Column::new(t("保存多久", "Kept for")),
        Column::new(t("表", "Table")).wide(),
    ];
    html! { <Table caption={t("保存的数据", "What is kept")} compact=true {columns} rows={rules.iter().map(row).collect::<Vec<_>>()} /> }
}

fn row(rule: &RetentionRule) -> Row {
    let personal = if rule.personal {
        html! { <span class="badge">{ t("有", "Yes") }</span> }
    } else {
        html! { <span class="muted">{ t("无", "No") }</span> }
    };
    Row {
        key: rule.table.clone(),
        cells: vec![
            html! { { rule.name.clone() } },
            html! { { rule.purpose.clone() } },
            personal,
            html! { { rule.sentence.clone() } },
            html! { <code>{ rule.table.clone() }</code> },
        ],
    }
}
