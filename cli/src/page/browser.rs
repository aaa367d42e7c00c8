//! Opens the page in the person's browser.
//!
//! The address holds the secret, and what a program is started with can be read by every account of a computer. So
//! the browser is given a file that only this account can read, which leads on to the address.

use std::{
    fs::{self, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::computer::private;

/// Name of the file that leads on.
const FILE: &str = "open.html";

/// Tries to open `address`. A computer without a screen or a browser is no error: the address was printed.
pub(super) fn open(address: &str, folder: &Path) {
    if !has_screen() {
        return;
    }
    if let Ok(file) = write(address, folder) {
        // The browser outlives us; that it started is all we need to know.
        let _ = opener().arg(file).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    }
}

fn write(address: &str, folder: &Path) -> std::io::Result<PathBuf> {
    let path = fs::canonicalize(folder)?.join(FILE);
    let _ = fs::remove_file(&path);
    let page =
        format!("<!doctype html><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"0;url={address}\">");
    private(OpenOptions::new().write(true).create_new(true)).open(&path)?.write_all(page.as_bytes())?;
    Ok(path)
}

#[cfg(target_os = "macos")]
fn opener() -> Command {
    Command::new("open")
}

#[cfg(windows)]
fn opener() -> Command {
    Command::new("explorer")
}

#[cfg(not(any(target_os = "macos", windows)))]
fn opener() -> Command {
    Command::new("xdg-open")
}

/// Without a display `xdg-open` would start a browser for terminals over what we print.
fn has_screen() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(any(target_os = "macos", windows)) || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_leads_to_the_address_and_is_private() {
        let folder = tempfile::tempdir().unwrap();
        for secret in ["aa", "bb"] {
            let path = write(&format!("http://127.0.0.1:1/#{secret}"), folder.path()).unwrap();
            assert!(fs::read_to_string(&path).unwrap().contains(&format!("url=http://127.0.0.1:1/#{secret}\"")));
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
            }
        }
    }
}
