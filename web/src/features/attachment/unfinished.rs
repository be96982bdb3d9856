//! Uploads that a reload of the page broke off: this device remembers them, and the same file, chosen again, goes on where
//! it was. The browser does not let a page keep a file, so the user has to choose it.

use cynic::Id;
use web_sys::File;

use super::upload::size;
use crate::ui::browser;

/// Where they are remembered, for each account apart.
const KEY: &str = "jianghai.uploads.";
/// Most that are remembered; the server gives an upload up after a day.
const MOST: usize = 20;

/// An upload that has not ended, and by what its file is known again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfinished {
    /// The upload.
    pub id: Id,
    /// Where its bytes go.
    pub url: String,
    /// Who will own the attachment.
    pub owner: Id,
    /// Bytes of the file.
    pub size: i32,
    /// When the file was changed last, in milliseconds.
    pub modified: String,
    /// Name of the file.
    pub name: String,
}

impl Unfinished {
    /// Whether `file` is the one, as far as a browser tells.
    pub fn is(&self, file: &File) -> bool {
        self.name == file.name() && self.size == size(file) && self.modified == file.last_modified().to_string()
    }

    fn line(&self) -> String {
        let Self { id, url, owner, size, modified, name } = self;
        format!("{}\t{url}\t{}\t{size}\t{modified}\t{name}", id.inner(), owner.inner())
    }

    fn of(line: &str) -> Option<Self> {
        let mut parts = line.splitn(6, '\t');
        let mut next = || parts.next().map(str::to_owned);
        let (id, url, owner) = (Id::new(next()?), next()?, Id::new(next()?));
        Some(Self { id, url, owner, size: next()?.parse().ok()?, modified: next()?, name: next()? })
    }
}

/// Those that `account` began on this device.
pub fn all(account: &str) -> Vec<Unfinished> {
    browser::stored(&format!("{KEY}{account}")).map(|text| read(&text)).unwrap_or_default()
}

/// Remembers that `upload` has begun.
pub fn keep(account: &str, upload: Unfinished) {
    let mut uploads = all(account);
    // One that the server has given up meanwhile was for the same file.
    uploads.retain(|other| (&other.owner, &other.name) != (&upload.owner, &upload.name));
    uploads.push(upload);
    write(account, &uploads);
}

/// The upload `id` is over.
pub fn forget(account: &str, id: &Id) {
    let mut uploads = all(account);
    uploads.retain(|upload| upload.id != *id);
    write(account, &uploads);
}

fn read(text: &str) -> Vec<Unfinished> {
    text.lines().filter_map(Unfinished::of).collect()
}

fn written(uploads: &[Unfinished]) -> String {
    let newest = uploads.iter().skip(uploads.len().saturating_sub(MOST));
    newest.map(Unfinished::line).collect::<Vec<_>>().join("\n")
}

fn write(account: &str, uploads: &[Unfinished]) {
    let key = format!("{KEY}{account}");
    if uploads.is_empty() { browser::forget(&key) } else { browser::store(&key, &written(uploads)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upload(number: usize) -> Unfinished {
        Unfinished {
            id: Id::new(format!("u{number}")),
            url: format!("/files/upload/{number}"),
            owner: Id::new("o"),
            size: 1_500_000,
            modified: "1790000000000".to_owned(),
            name: "换届\t决议 2026.pdf".to_owned(),
        }
    }

    #[test]
    fn what_was_written_is_read_again_and_what_is_broken_is_left_out() {
        let uploads = [upload(1), upload(2)];
        assert_eq!(read(&written(&uploads)), uploads);
        assert_eq!(read(&format!("{}\nu3\t/files\n\n{}", upload(1).line(), upload(2).line())), uploads);
        assert_eq!(read(""), []);
    }

    #[test]
    fn the_newest_are_remembered() {
        let uploads: Vec<Unfinished> = (0..30).map(upload).collect();
        assert_eq!(read(&written(&uploads)), uploads[10..]);
    }
}
