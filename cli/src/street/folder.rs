//! The street's folder: one sub-folder for each phone and the relay, a note of the ports, and a lock.
//!
//! Only a folder that a street made is ever emptied, and of it only what a street puts there.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::{
    computer::{make_folder, private},
    failure::Failure,
};

/// Names of the sub-folders.
pub(super) const PARTS: [&str; 5] = ["fatma", "ahmed", "ria", "newcomer", "relay"];
/// The note that marks a folder as a street's.
const NOTE: &str = "street.json";
const LOCK: &str = "street.lock";

/// Ports of last time, so that the addresses that phones know stay true. 0: none yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ports {
    pub(super) relay: u16,
    pub(super) fatma: u16,
    pub(super) ahmed: u16,
    pub(super) ria: u16,
    /// Absent in the note of a street that had no fourth phone.
    #[serde(default)]
    pub(super) newcomer: u16,
}

/// A street's folder, held by this process alone.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    _lock: File,
}

impl Folder {
    /// Takes the folder at `path`, makes it if it is not there, and with `fresh` deletes the street in it.
    pub(super) fn take(path: &Path, fresh: bool) -> Result<Self, Failure> {
        make_folder(path)?;
        if !is_street(path)? {
            return Err(Failure::folder("cli-street-foreign", path));
        }
        let lock = private(OpenOptions::new().create(true).truncate(false).write(true)).open(path.join(LOCK))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Failure::folder("cli-street-busy", path)),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        let folder = Self { path: path.to_owned(), _lock: lock };
        if fresh {
            folder.empty()?;
        }
        if !path.join(NOTE).exists() {
            folder.keep_ports(Ports::default())?;
        }
        Ok(folder)
    }

    fn empty(&self) -> Result<(), Failure> {
        for part in PARTS {
            match fs::remove_dir_all(self.part(part)) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        Ok(())
    }

    /// Sub-folder of a phone or the relay.
    pub(super) fn part(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// The folder itself.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The ports of last time; a note that cannot be read counts as none.
    pub(super) fn ports(&self) -> Ports {
        fs::read(self.path.join(NOTE)).ok().and_then(|note| serde_json::from_slice(&note).ok()).unwrap_or_default()
    }

    /// Notes the ports for next time.
    pub(super) fn keep_ports(&self, ports: Ports) -> Result<(), Failure> {
        let draft = self.path.join(format!("{NOTE}.new"));
        let mut file = File::create(&draft)?;
        let note = serde_json::to_vec(&ports).map_err(|_| ratel_core::Error::Internal("ports are no JSON"))?;
        file.write_all(&note)?;
        file.sync_all()?;
        Ok(fs::rename(draft, self.path.join(NOTE))?)
    }
}

/// Whether a street may live here: one made it, or it is empty.
fn is_street(path: &Path) -> Result<bool, Failure> {
    if path.join(NOTE).exists() {
        return Ok(true);
    }
    for entry in fs::read_dir(path)? {
        // A lock alone is a street that was stopped in its first moment.
        if entry?.file_name() != LOCK {
            return Ok(false);
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fresh_deletes_a_street_and_nothing_else() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("street-data");
        let street = Folder::take(&path, false).unwrap();
        for part in PARTS {
            fs::create_dir(street.part(part)).unwrap();
        }
        fs::write(path.join("letter-to-my-sister.txt"), "dear").unwrap();
        drop(street);

        let street = Folder::take(&path, true).unwrap();
        assert!(PARTS.iter().all(|part| !street.part(part).exists()));
        assert!(path.join("letter-to-my-sister.txt").exists());
    }

    #[test]
    fn a_folder_of_something_else_is_left_alone() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("ria")).unwrap();
        for fresh in [false, true] {
            let refused = Folder::take(root.path(), fresh).unwrap_err();
            assert!(matches!(refused, Failure::Said("cli-street-foreign", _)));
            assert!(root.path().join("ria").exists());
        }
    }

    #[test]
    fn one_folder_holds_one_street_at_a_time() {
        let root = tempfile::tempdir().unwrap();
        let first = Folder::take(root.path(), false).unwrap();
        assert!(matches!(Folder::take(root.path(), true).unwrap_err(), Failure::Said("cli-street-busy", _)));
        drop(first);
        assert!(Folder::take(root.path(), false).is_ok());
    }

    #[test]
    fn ports_are_found_again() {
        let root = tempfile::tempdir().unwrap();
        let street = Folder::take(root.path(), false).unwrap();
        assert_eq!(street.ports(), Ports::default());
        let ports = Ports { relay: 1, fatma: 2, ahmed: 3, ria: 4, newcomer: 5 };
        street.keep_ports(ports).unwrap();
        assert_eq!(street.ports(), ports);
        fs::write(root.path().join(NOTE), "rubbish").unwrap();
        assert_eq!(street.ports(), Ports::default());
    }
}
