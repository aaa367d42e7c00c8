//! What a computer supplies to the core in the place of a phone: clocks, the key that wraps this phone's keys, and
//! word that the dialler would open.
//!
//! The wrapping key is a file that only this account can read. A desktop has no vault that works everywhere without
//! asking for a password; whoever can read the account's files can read the keys (SECURITY.md says so).

use std::{
    env,
    fs::{self, DirBuilder, File, OpenOptions},
    io::{ErrorKind, Read, Write},
    path::{Path, PathBuf},
    time::{Instant, SystemTime, UNIX_EPOCH},
};

use chrono::{Local, Offset, TimeZone};
use ratel_core::platform::{BootClock, Platform, PlatformError};
use ring::rand::{SecureRandom, SystemRandom};
use zeroize::Zeroizing;

use crate::random::random_hex;

/// Name of the file with the wrapping key.
const KEY_FILE: &str = "wrapping.key";
/// Environment variable that makes the clock wrong by so many seconds, for trying what a wrong clock does.
pub(crate) const CLOCK_OFFSET: &str = "RATEL_CLOCK_OFFSET_S";

/// Called with the number when the dialler would open.
pub(crate) type Dialler = Box<dyn Fn(&str) -> Result<(), PlatformError> + Send + Sync>;

/// A computer as a phone.
pub(crate) struct Computer {
    folder: PathBuf,
    offset_ms: i64,
    started: Instant,
    boot_id: String,
    dialler: Dialler,
}

impl Computer {
    /// A computer that keeps its wrapping key in `folder`.
    pub(crate) fn new(folder: &Path, dialler: Dialler) -> Self {
        let offset_s = env::var(CLOCK_OFFSET).ok().and_then(|text| text.parse::<i64>().ok()).unwrap_or(0);
        Self {
            folder: folder.to_owned(),
            offset_ms: offset_s.saturating_mul(1000),
            started: Instant::now(),
            boot_id: boot_id(),
            dialler,
        }
    }
}

impl Platform for Computer {
    #[expect(clippy::disallowed_methods, reason = "this is the clock port of a computer")]
    fn now_ms(&self) -> i64 {
        let now_ms = match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_millis()).unwrap_or(i64::MAX),
            Err(before) => -i64::try_from(before.duration().as_millis()).unwrap_or(i64::MAX),
        };
        now_ms.saturating_add(self.offset_ms)
    }

    fn utc_offset_s(&self) -> i32 {
        Local.timestamp_millis_opt(self.now_ms()).single().map_or(0, |local| local.offset().fix().local_minus_utc())
    }

    fn boot(&self) -> BootClock {
        BootClock { boot_id: self.boot_id.clone(), elapsed_ms: uptime_ms().unwrap_or_else(|| self.process_ms()) }
    }

    fn wrapping_key(&self) -> Result<Zeroizing<[u8; 32]>, PlatformError> {
        wrapping_key(&self.folder)
    }

    fn position(&self) -> Option<(i32, i32)> {
        None
    }

    fn dial(&self, number: &str) -> Result<(), PlatformError> {
        (self.dialler)(number)
    }
}

impl Computer {
    fn process_ms(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// Linux names every boot. Elsewhere every start of the program counts as one, which only means that the count of
/// days asks its witnesses more often. Without random bytes all starts look like one boot whose clock runs backwards,
/// which the core must bear anyway.
fn boot_id() -> String {
    let linux = uptime_ms().and_then(|_| fs::read_to_string("/proc/sys/kernel/random/boot_id").ok());
    linux.map_or_else(|| random_hex::<16>().unwrap_or_default(), |id| id.trim().to_owned())
}

/// Time since boot that counts sleep: the first field of `/proc/uptime`, in seconds with two decimals.
fn uptime_ms() -> Option<u64> {
    let text = fs::read_to_string("/proc/uptime").ok()?;
    let (seconds, hundredths) = text.split_ascii_whitespace().next()?.split_once('.')?;
    let seconds: u64 = seconds.parse().ok()?;
    let hundredths: u64 = hundredths.parse().ok()?;
    seconds.checked_mul(1000)?.checked_add(hundredths.checked_mul(10)?)
}

/// Reads the key, or makes it. It appears under its name only once it is whole and on the disk, and never replaces
/// another, so that two programs that start at once agree.
fn wrapping_key(folder: &Path) -> Result<Zeroizing<[u8; 32]>, PlatformError> {
    let path = folder.join(KEY_FILE);
    match read_key(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        other => return other.map_err(|error| refused("read", &error)),
    }
    make_folder(folder).map_err(|error| refused("make the folder of", &error))?;
    let mut key = Zeroizing::new([0; 32]);
    SystemRandom::new().fill(&mut key[..]).map_err(|_| PlatformError { reason: "no random bytes".into() })?;
    store_key(folder, &path, &key).map_err(|error| refused("store", &error))?;
    read_key(&path).map_err(|error| refused("read", &error))
}

fn refused(verb: &str, error: &std::io::Error) -> PlatformError {
    PlatformError { reason: format!("cannot {verb} the wrapping key: {}", error.kind()) }
}

fn read_key(path: &Path) -> std::io::Result<Zeroizing<[u8; 32]>> {
    let mut file = File::open(path)?;
    let mut key = Zeroizing::new([0; 32]);
    file.read_exact(&mut key[..])?;
    if file.read(&mut [0])? == 0 { Ok(key) } else { Err(ErrorKind::InvalidData.into()) }
}

fn store_key(folder: &Path, path: &Path, key: &[u8; 32]) -> std::io::Result<()> {
    let draft = folder.join(format!("{KEY_FILE}.{}", std::process::id()));
    let _ = fs::remove_file(&draft);
    let mut file = private(OpenOptions::new().write(true).create_new(true)).open(&draft)?;
    file.write_all(key)?;
    file.sync_all()?;
    // A link never replaces; a rename would. Only a disk without links gets the rename.
    match fs::hard_link(&draft, path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists && !path.exists() => fs::rename(&draft, path)?,
        _ => fs::remove_file(&draft)?,
    }
    // The name itself must survive a power cut; not every system can open a folder, those write names through.
    if let Ok(opened) = File::open(folder) {
        opened.sync_all()?;
    }
    Ok(())
}

/// Makes a folder that only this account can enter.
pub(crate) fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// A file that only this account can read.
pub(crate) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    fn computer(folder: &Path) -> Computer {
        Computer::new(folder, Box::new(|_| Ok(())))
    }

    #[test]
    fn the_key_is_made_once_and_private() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("ria");
        let first = computer(&inner).wrapping_key().unwrap();
        assert_eq!(first, computer(&inner).wrapping_key().unwrap());
        assert_ne!(first, computer(&folder.path().join("ahmed")).wrapping_key().unwrap());
        assert_ne!(*first, [0; 32]);
        assert_eq!(fs::read_dir(&inner).unwrap().count(), 1, "no draft stays");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(inner.join(KEY_FILE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn a_damaged_key_is_refused_and_stays() {
        let folder = tempfile::tempdir().unwrap();
        for bytes in [&b"short"[..], &[7; 33]] {
            fs::write(folder.path().join(KEY_FILE), bytes).unwrap();
            assert!(computer(folder.path()).wrapping_key().is_err());
            assert_eq!(fs::read(folder.path().join(KEY_FILE)).unwrap(), bytes);
        }
    }

    #[test]
    fn the_boot_clock_runs_forward() {
        let folder = tempfile::tempdir().unwrap();
        let (first, second) = (computer(folder.path()), computer(folder.path()));
        let before = first.boot();
        let after = first.boot();
        assert_eq!(before.boot_id, after.boot_id);
        assert!(before.elapsed_ms <= after.elapsed_ms);
        if uptime_ms().is_some() {
            assert_eq!(before.boot_id, second.boot().boot_id, "two programs of one boot agree");
        }
    }
}
