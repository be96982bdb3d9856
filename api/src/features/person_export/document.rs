//! An export as a page to read and to print: one file that needs nothing else and runs nothing.
use std::fmt::Write;

use chrono::DateTime;
use serde_json::Value;
use uuid::Uuid;

use super::{content::SECRET, words};
use crate::graphql::Locale;

const STYLE: &str = "body{font:15px/1.6 system-ui,sans-serif;color:#1d1d1f;background:#fff;max-width:60rem;\
margin:2rem auto;padding:0 1rem}h1{font-size:1.6rem;margin:0}h2{font-size:1.15rem;margin:2rem 0 .25rem;\
border-top:1px solid #d2d2d7;padding-top:1rem}p{margin:.25rem 0}.meta{color:#5c5c61}dl{display:grid;\
grid-template-columns:minmax(8rem,14rem) 1fr;margin:.75rem 0;padding:.5rem .75rem;background:#f5f5f7;break-inside:avoid}\
dt{color:#5c5c61}dd{margin:0;overflow-wrap:anywhere}@media(max-width:30rem){dl{grid-template-columns:1fr}dd{margin:0 0 .5rem}}\
@media print{body{margin:0;max-width:none}dl{background:none;border:1px solid #d2d2d7}}";

/// `content` as a page in the language of `locale`.
pub fn html(content: &Value, locale: Locale) -> String {
    let title = locale.pick("本人信息", "Your data");
    let lang = locale.pick("zh-CN", "en");
    let at = text(&content["madeAt"], locale).map(|at| escaped(&at)).unwrap_or_default();
    let made = locale.pick("江海保存的关于您的全部信息，生成于", "Everything that Jianghai stores about you, as of");
    let mut page = format!(
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style></head><body><main><h1>{title}</h1>\
         <p class=\"meta\">{made} {at}</p>"
    );
    for section in list(&content["sections"]) {
        self::section(&mut page, section, locale);
    }
    put(&mut page, format_args!("<h2>{}</h2>", locale.pick("没有列出的", "What is not listed")));
    for table in list(&content["withheld"]) {
        let (name, reason) = (said(&table["name"], locale), said(&table["reason"], locale));
        put(&mut page, format_args!("<p><strong>{name}</strong> {reason}</p>"));
    }
    page.push_str("</main></body></html>");
    page
}

fn section(page: &mut String, section: &Value, locale: Locale) {
    let [name, purpose, kept] = ["name", "purpose", "kept"].map(|field| said(&section[field], locale));
    put(page, format_args!("<h2>{name}</h2><p class=\"meta\">{purpose} {kept}</p>"));
    let rows = list(&section["rows"]);
    if rows.is_empty() {
        put(page, format_args!("<p>{}</p>", locale.pick("没有。", "Nothing.")));
    }
    for row in rows {
        page.push_str("<dl>");
        for column in words::columns() {
            let Some(text) = row.get(column).and_then(|value| text(value, locale)) else { continue };
            let label = words::column(column, locale).unwrap_or(column);
            put(page, format_args!("<dt>{label}</dt><dd>{}</dd>", escaped(&text)));
        }
        page.push_str("</dl>");
    }
}

/// A value as people read it; none for what is empty or means something to machines alone.
fn text(value: &Value, locale: Locale) -> Option<String> {
    match value {
        Value::Bool(yes) => Some(if *yes { locale.pick("是", "yes") } else { locale.pick("否", "no") }.to_owned()),
        Value::Number(n) => Some(n.to_string()),
        Value::String(text) if text == SECRET => Some(locale.pick("（不导出）", SECRET).to_owned()),
        Value::String(text) => plain(text, locale),
        Value::Object(named) => named.get("name").and_then(Value::as_str).map(ToOwned::to_owned),
        Value::Null | Value::Array(_) => None,
    }
}

/// Text as people read it: times to the minute, sentences and words of closed sets in their language, no bare keys.
fn plain(text: &str, locale: Locale) -> Option<String> {
    if Uuid::try_parse(text).is_ok() {
        return None;
    }
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Some(at.format("%Y-%m-%d %H:%M").to_string());
    }
    let kept = serde_json::from_str::<Value>(text).ok().filter(Value::is_object);
    let sentence = kept.as_ref().and_then(|kept| kept[locale.pick("zh", "en")].as_str());
    Some(sentence.map_or_else(|| words::value(text, locale), ToOwned::to_owned))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn said(words: &Value, locale: Locale) -> String {
    escaped(words[locale.pick("zh", "en")].as_str().unwrap_or_default())
}

fn put(page: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = page.write_fmt(text);
}

/// `text` as it stands between tags.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_people_typed_stays_text() {
        let section = json!({ "name": { "zh": "反馈", "en": "Reports" }, "rows": [
            { "text": "<script>alert(\"1\")</script> & more", "sex": "FEMALE", "password_hash": SECRET,
              "id": "01a20b11-1a82-7249-9138-ddbacb6f33f2", "created_at": "2026-09-09T08:15:00.123456+08:00",
              "result": "{\"zh\":\"好了\",\"en\":\"Done\"}" } ] });
        let content = json!({ "madeAt": "2026-09-09T08:00:00+08:00", "sections": [section], "withheld": [] });
        let page = html(&content, Locale::ZhCn);
        assert!(page.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; more"), "{page}");
        assert!(!page.contains("<script"), "{page}");
        assert!(page.contains("<dt>性别</dt><dd>女</dd>") && page.contains("（不导出）"), "{page}");
        assert!(page.contains("<dd>2026-09-09 08:15</dd>") && page.contains("<dd>好了</dd>"), "{page}");
        assert!(!page.contains("01a20b11"), "{page}");
        assert!(html(&content, Locale::En).contains("<dt>Sex</dt><dd>female</dd>"));
    }
}
