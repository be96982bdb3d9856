//! A folder that grows under another name and takes its own when it is whole.
use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use crate::disk;

/// What the other name ends in.
pub(super) const SUFFIX: &str = "partial";

/// A folder on its way. Dropped before [`Staging::publish`] it is gone.
pub(super) struct Staging {
    path: PathBuf,
    target: PathBuf,
    published: bool,
    /// Locked as long as somebody works on the folder. The system lets go of it even when the process is killed.
    _lock: File,
}

impl Staging {
    /// Begins the folder that will be `target`. What a killed attempt at the same left is removed.
    pub(super) fn begin(target: &Path) -> io::Result<Self> {
        refuse_existing(target)?;
        let path = disk::beside(target, SUFFIX);
        if path.exists() {
            remove_abandoned(&path)?;
        }
        disk::create_folder(&path)?;
        let lock = File::open(&path)?;
        lock.try_lock()?;
        Ok(Self { path, target: target.to_path_buf(), published: false, _lock: lock })
    }

    /// Where the files go for now.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// What it will be.
    pub(super) fn target(&self) -> &Path {
        &self.target
    }

    /// Gives the one file `path` in the folder the name instead; nothing else of the folder stays.
    pub(super) fn publish_file(self, path: &Path) -> io::Result<()> {
        refuse_existing(&self.target)?;
        fs::rename(path, &self.target)?;
        disk::sync(disk::folder_of(&self.target))
    }

    /// Gives the folder its name. All files in it are on the disk already.
    pub(super) fn publish(mut self) -> io::Result<()> {
        disk::sync(&self.path)?;
        refuse_existing(&self.target)?;
        fs::rename(&self.path, &self.target)?;
        self.published = true;
        disk::sync(disk::folder_of(&self.target))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.published {
            // What cannot be removed now is removed by the next attempt.
            let _left = fs::remove_dir_all(&self.path);
        }
    }
}

fn refuse_existing(target: &Path) -> io::Result<()> {
    match fs::symlink_metadata(target) {
        Ok(_) => Err(io::Error::new(io::ErrorKind::AlreadyExists, "it exists already; nothing is overwritten")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

/// Removes a folder that nobody works on any more.
pub(super) fn remove_abandoned(path: &Path) -> io::Result<()> {
    File::open(path)?
        .try_lock()
        .map_err(|_| io::Error::new(io::ErrorKind::ResourceBusy, "another backup with the same name is being made"))?;
    fs::remove_dir_all(path)
}
