//! The theme: light, dark, or the system's.

use yew::prelude::*;

use crate::i18n::{fill, t};
use crate::ui::browser;
use crate::ui::button::IconButton;

/// The next theme in the round system, light, dark.
fn next(theme: Option<&str>) -> Option<&'static str> {
    match theme {
        None => Some("light"),
        Some("light") => Some("dark"),
        Some(_) => None,
    }
}

fn name(theme: Option<&str>) -> &'static str {
    match theme {
        None => t("跟随系统", "system"),
        Some("light") => t("浅色", "light"),
        Some(_) => t("深色", "dark"),
    }
}

/// What the button looks like.
#[derive(Properties, PartialEq)]
pub struct ThemeButtonProps {
    /// Classes of the button.
    #[prop_or_default]
    pub class: Classes,
}

/// Goes through the themes.
#[component]
pub fn ThemeButton(props: &ThemeButtonProps) -> Html {
    let (theme, turn) = use_theme();
    let icon = match theme.as_deref() {
        None => "theme",
        Some("light") => "sun",
        Some(_) => "moon",
    };
    html! { <IconButton class={props.class.clone()} {icon} label={label(theme.as_deref())} onclick={turn} /> }
}

/// The button's words: the theme now, and the one to come.
pub fn label(theme: Option<&str>) -> String {
    fill("主题：{0}，切换为{1}", "Theme: {0}, change to {1}", &[name(theme), name(next(theme))])
}

/// The theme and a way to the next one.
#[hook]
pub fn use_theme() -> (Option<String>, Callback<()>) {
    let theme = use_state(browser::theme);
    let turn = {
        let theme = theme.clone();
        Callback::from(move |()| {
            let next = next(theme.as_deref());
            browser::set_theme(next);
            theme.set(next.map(str::to_owned));
        })
    };
    ((*theme).clone(), turn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_presses_come_back_to_the_system() {
        assert_eq!(next(next(next(None))), None);
        assert_eq!(next(None), Some("light"));
    }
}
