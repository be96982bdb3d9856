//! Dates and numbers as people read them, by the browser's `Intl`.

use js_sys::{Date, Number, Object, Reflect};
use wasm_bindgen::JsValue;

use super::{Locale, current};

/// A number with the separators of the language.
pub fn number(value: i32) -> String {
    Number::from(value).to_locale_string(current().tag()).into()
}

/// Month and day of a calendar date, with the weekday: `9月10日 周四`.
pub fn day(date: &str) -> String {
    const DAY: [(&str, &str); 2] = [("month", "short"), ("day", "numeric")];
    const WEEKDAY: (&str, &str) = ("weekday", "short");
    if current() == Locale::ZhCn {
        // The browser writes the weekday without a space.
        return format!("{} {}", local_date(date, &DAY), local_date(date, &[WEEKDAY]));
    }
    let [month, day] = DAY;
    local_date(date, &[month, day, WEEKDAY])
}

/// A point in time to the minute, in the reader's time zone.
pub fn time(at: &str) -> String {
    let date = Date::new(&JsValue::from_str(at));
    let this_year = date.get_full_year() == Date::new_0().get_full_year();
    let mut parts =
        vec![("month", "short"), ("day", "numeric"), ("hour", "2-digit"), ("minute", "2-digit"), ("hourCycle", "h23")];
    if !this_year {
        parts.push(("year", "numeric"));
    }
    date.to_locale_string(current().tag(), &options(&parts)).into()
}

fn local_date(date: &str, parts: &[(&str, &str)]) -> String {
    // Noon keeps the day the same in every time zone.
    Date::new(&JsValue::from_str(&format!("{date}T12:00:00")))
        .to_locale_date_string(current().tag(), &options(parts))
        .into()
}

fn options(parts: &[(&str, &str)]) -> JsValue {
    let options = Object::new();
    for (name, value) in parts {
        // Setting a property of a fresh object does not fail.
        let _ = Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    options.into()
}
