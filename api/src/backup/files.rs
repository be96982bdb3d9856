//! Attached files in a backup. Under its key a file never changes, so in a backup on the same disk it is the same
//! file under a second name, which stays when the first one goes.
use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::disk;

/// Where they lie in a backup.
const FOLDER: &str = "attachments";
/// What of the storage is kept: pieces of uploads that are not finished are not.
const KEPT: [&str; 2] = ["file", "thumbnail"];

/// Brings the files of `storage` into the backup that grows in `staging`; answers their names there.
pub(super) fn take(storage: &Path, staging: &Path) -> io::Result<Vec<PathBuf>> {
    let mut names = Vec::new();
    let mut folders: Vec<PathBuf> = KEPT.iter().map(PathBuf::from).collect();
    while let Some(folder) = folders.pop() {
        let Some(entries) = present(fs::read_dir(storage.join(&folder)))? else { continue };
        for entry in entries {
            let entry = entry?;
            let inner = folder.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                folders.push(inner);
                continue;
            }
            let name = Path::new(FOLDER).join(&inner);
            fs::create_dir_all(disk::folder_of(&staging.join(&name)))?;
            // What is collected in this moment is no longer needed.
            if present(double(&entry.path(), &staging.join(&name)))?.is_some() {
                names.push(name);
            }
        }
    }
    Ok(names)
}

/// Puts the attached files among `names` of the backup `folder` into `storage`. What lies there under the same key is
/// the same file.
pub(super) fn put<'a>(folder: &Path, names: impl Iterator<Item = &'a Path>, storage: &Path) -> io::Result<()> {
    for name in names {
        let Ok(inner) = name.strip_prefix(FOLDER) else { continue };
        let target = storage.join(inner);
        if target.exists() {
            continue;
        }
        let growing = disk::beside(&target, "partial");
        fs::create_dir_all(disk::folder_of(&target))?;
        fs::copy(folder.join(name), &growing)?;
        disk::settle(&growing)?;
        fs::rename(&growing, &target)?;
    }
    Ok(())
}

/// Whether one of the files of a backup is an attached one.
pub(super) fn any<'a>(mut names: impl Iterator<Item = &'a Path>) -> bool {
    names.any(|name| name.starts_with(FOLDER))
}

fn double(from: &Path, to: &Path) -> io::Result<()> {
    fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(|_| ()))
}

/// None where there is nothing.
fn present<T>(outcome: io::Result<T>) -> io::Result<Option<T>> {
    match outcome {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
