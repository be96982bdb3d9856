//! The words of a role, and the page that it opens.

use std::rc::Rc;

use yew::prelude::*;

use super::model::{NAME, NAME_EN, SENTENCE, SENTENCE_EN, WORKBENCH};
use crate::api::fragments::UserError;
use crate::api::types::Workbench;
use crate::i18n::t;
use crate::ui::field::{Field, Kind, options};
use crate::ui::form::FormHandle;

/// The fields.
pub fn fields(form: &FormHandle, errors: &Rc<Vec<UserError>>) -> Html {
    html! {
        <>
            <div class="form-grid">
                <Field form={form.clone()} name={NAME} label={t("名称", "Name")} help={t("最多 40 字，不与别的角色重名。", "In Chinese, at most 40 characters; no other role has it.")} required=true errors={errors.clone()} />
                <Field form={form.clone()} name={NAME_EN} label={t("英文名称", "Name in English")} help={t("不填时与名称相同。", "The same as the name where it is left empty.")} errors={errors.clone()} />
                <Field form={form.clone()} name={SENTENCE} label={t("说明", "What it is for")} help={t("一句话，最多 200 字。", "A sentence in Chinese, at most 200 characters.")} errors={errors.clone()} />
                <Field form={form.clone()} name={SENTENCE_EN} label={t("英文说明", "What it is for, in English")} errors={errors.clone()} />
                <Field form={form.clone()} name={WORKBENCH} kind={Kind::Select} options={options::<Workbench>()} label={t("登录后打开", "Opens after signing in")} required=true errors={errors.clone()} />
            </div>
        </>
    }
}
