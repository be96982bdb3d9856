//! Backups that are made again and again, and how many of them are kept.
use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use chrono::NaiveDateTime;
use entity::Date;

use super::{
    BackupError, Made, Manifest, make,
    make::blocking,
    staging::{self, remove_abandoned},
};
use crate::{clock::Ambient, config::Config, disk};

/// What the names begin with; the moment in UTC follows.
const PREFIX: &str = "jianghai-";
/// How the moment is written.
const MOMENT: &str = "%Y%m%dT%H%M%SZ";

/// A backup made, and old ones removed.
#[derive(Debug)]
pub struct Rotated {
    /// The new one.
    pub made: Made,
    /// Those removed.
    pub removed: Vec<PathBuf>,
    /// Those that were to be removed and could not be.
    pub stuck: Vec<(PathBuf, io::Error)>,
}

/// Makes one backup in the folder for backups and keeps the newest of each of the last `backup.keep` days that have
/// one. Only what this function made itself is ever removed, and only after the new one is complete.
pub async fn rotate(config: &Config, ambient: &Ambient, with_key: Option<&Path>) -> Result<Rotated, BackupError> {
    let directory = config.backup_directory().ok_or(BackupError::NoPlace)?;
    fs::create_dir_all(&directory).map_err(|error| BackupError::Place(directory.clone(), error))?;
    let name = format!("{PREFIX}{}", ambient.now().to_utc().format(MOMENT));
    let made = make(config, ambient, &directory.join(name), with_key).await?;
    let (keep, ambient) = (config.backup.keep, ambient.clone());
    let place = directory.clone();
    let thinned = blocking(move || thin_out(&directory, keep, &ambient)).await;
    let (removed, stuck) = thinned.unwrap_or_else(|error| (Vec::new(), vec![(place, error)]));
    Ok(Rotated { made, removed, stuck })
}

type Thinned = (Vec<PathBuf>, Vec<(PathBuf, io::Error)>);

fn thin_out(directory: &Path, keep: u32, ambient: &Ambient) -> io::Result<Thinned> {
    let mut found: Vec<(Date, PathBuf)> = Vec::new();
    let (mut removed, mut stuck) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if let Some(at) = moment(&name) {
            if Manifest::read(&path).is_ok() {
                found.push((ambient.date_of(at.and_utc().into()), path));
            }
        } else if let Some(rest) = name.strip_prefix('.')
            && let Some((name, suffix)) = rest.rsplit_once('.')
            && moment(name).is_some()
            && (suffix == staging::SUFFIX || suffix == REMOVING)
        {
            // Left by a process that was killed; one at work is locked.
            let _busy = remove_abandoned(&path);
        }
    }
    found.sort();
    let mut days = BTreeSet::new();
    for (day, path) in found.into_iter().rev() {
        let newest_of_day = days.insert(day);
        if newest_of_day && days.len() <= keep as usize {
            continue;
        }
        match remove(&path) {
            Ok(()) => removed.push(path),
            Err(error) => stuck.push((path, error)),
        }
    }
    Ok((removed, stuck))
}

const REMOVING: &str = "removing";

/// Takes the name away first, so that half a backup never looks like one.
fn remove(path: &Path) -> io::Result<()> {
    let doomed = disk::beside(path, REMOVING);
    fs::rename(path, &doomed)?;
    fs::remove_dir_all(doomed)
}

fn moment(name: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(name.strip_prefix(PREFIX)?, MOMENT).ok()
}
