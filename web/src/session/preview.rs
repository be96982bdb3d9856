//! A preview: the role through which this tab looks, read-only, for half an hour at most. It lasts from page to page, and
//! ends with the tab, by a click, by signing out, or when the server says so.

use js_sys::Date;

use crate::ui::browser;

/// Where it is kept for this tab.
const KEY: &str = "jianghai.preview";
/// Where a preview begins and where it leads back to.
pub const START: &str = "/desk/access";

/// A preview that lasts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// What is sent with every request.
    pub token: String,
    /// Name of the role.
    pub role: String,
    /// Name of the organization.
    pub organization: String,
    /// When it is over.
    pub until: String,
}

impl Preview {
    /// Milliseconds that are left.
    pub fn left(&self) -> f64 {
        Date::parse(&self.until) - Date::now()
    }

    fn write(&self) -> String {
        [&self.token, &self.until, &self.role, &self.organization].map(String::as_str).join("\n")
    }

    fn read(text: &str) -> Option<Self> {
        let mut lines = text.splitn(4, '\n').map(str::to_owned);
        let (token, until) = (lines.next()?, lines.next()?);
        Some(Self { token, until, role: lines.next()?, organization: lines.next()? })
    }
}

/// The preview of this tab.
pub fn current() -> Option<Preview> {
    Preview::read(&browser::kept(KEY)?)
}

/// Looks through `preview` from now on.
pub fn begin(preview: &Preview) {
    // Where nothing can be kept, a preview would show the viewer's own rights under its mark.
    if browser::keep(KEY, Some(&preview.write())) {
        browser::open("/");
    }
}

/// Forgets the preview, as when somebody signs out.
pub fn forget() {
    browser::keep(KEY, None);
}

/// Ends the preview and leads back to where previews begin.
pub fn end() {
    forget();
    browser::open(START);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preview_is_read_as_it_was_written() {
        let preview = Preview {
            token: "r.o.1.s".into(),
            role: "党组织书记".into(),
            organization: "虹东社区党委".into(),
            until: "2026-09-09T08:30:00Z".into(),
        };
        assert_eq!(Preview::read(&preview.write()), Some(preview));
        assert_eq!(Preview::read(""), None);
        assert_eq!(Preview::read("a\nb"), None);
    }
}
