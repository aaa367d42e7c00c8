//! Flags and variables over a configuration file over defaults.

use std::{fs, io, net::SocketAddr, num::NonZeroU32, path::Path, path::PathBuf};

use ratel_relay::{Config, DEFAULT_LISTEN, Registration, StartError, TlsFiles};
use serde::Deserialize;

use crate::args::{Args, Who};

/// The configuration file. A name that is not known is an error: a misspelt bound must not be silently absent.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    data: Option<PathBuf>,
    listen: Option<SocketAddr>,
    admin_listen: Option<SocketAddr>,
    registration: Option<Who>,
    tls_cert: Option<PathBuf>,
    tls_key: Option<PathBuf>,
    log: Option<String>,
    limits: FileLimits,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct FileLimits {
    connections: Option<usize>,
    mailbox_mib: Option<u32>,
    disk_floor_mib: Option<u32>,
    registrations_per_hour: Option<NonZeroU32>,
    tokens_per_group: Option<u32>,
    groups: Option<u32>,
}

/// The relay's configuration and its log filter.
pub(crate) fn resolve(args: Args) -> Result<(Config, String), StartError> {
    let file = match &args.config {
        Some(path) => read(path)?,
        None => File::default(),
    };
    let data = args
        .data
        .or(file.data)
        .ok_or_else(|| StartError::Config(String::from("say with --data DIR where the relay keeps its database")))?;
    let listen = args.listen.or(file.listen).unwrap_or(DEFAULT_LISTEN);
    let mut config = Config::new(data, listen);
    config.admin_listen = args.admin_listen.or(file.admin_listen);
    let who = args.registration.or(file.registration).map_or(Registration::Auto, Registration::from);
    config.registration = if args.open { Registration::Open } else { who };
    config.tls = tls(args.tls_cert.or(file.tls_cert), args.tls_key.or(file.tls_key))?;
    let limits = &mut config.limits;
    let bounds = file.limits;
    limits.connections = args.connections.or(bounds.connections).unwrap_or(limits.connections);
    limits.mailbox_bytes = args.mailbox_mib.or(bounds.mailbox_mib).map_or(limits.mailbox_bytes, mib);
    limits.disk_floor_bytes = args.disk_floor_mib.or(bounds.disk_floor_mib).map_or(limits.disk_floor_bytes, mib);
    limits.registrations_per_hour =
        args.registrations_per_hour.or(bounds.registrations_per_hour).or(limits.registrations_per_hour);
    limits.tokens_per_group = bounds.tokens_per_group.unwrap_or(limits.tokens_per_group);
    limits.groups = bounds.groups.unwrap_or(limits.groups);
    let log = args.log.or(file.log).unwrap_or_else(|| String::from("info"));
    Ok((config, log))
}

fn read(path: &Path) -> Result<File, StartError> {
    let text = fs::read_to_string(path).map_err(|error| {
        let what = if error.kind() == io::ErrorKind::NotFound { "is not there" } else { "cannot be read" };
        StartError::Config(format!("the configuration file {} {what}: give its path with --config", path.display()))
    })?;
    toml::from_str(&text).map_err(|error| {
        // The first line says where; the message says what.
        let line =
            error.span().map_or(1, |span| text.bytes().take(span.start).filter(|byte| *byte == b'\n').count() + 1);
        StartError::Config(format!("{} line {line}: {}; see ratel-relay --help", path.display(), error.message()))
    })
}

fn tls(cert: Option<PathBuf>, key: Option<PathBuf>) -> Result<Option<TlsFiles>, StartError> {
    match (cert, key) {
        (Some(cert), Some(key)) => Ok(Some(TlsFiles { cert, key })),
        (None, None) => Ok(None),
        _ => Err(StartError::Config(String::from("TLS needs both --tls-cert and --tls-key"))),
    }
}

fn mib(mib: u32) -> u64 {
    u64::from(mib) << 20
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;

    fn args(line: &[&str]) -> Args {
        Args::parse_from([&["ratel-relay"], line].concat())
    }

    #[test]
    fn a_flag_wins_over_the_file_and_the_file_over_defaults() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("relay.toml");
        let text = "data = \"/file\"\nlisten = \"127.0.0.1:1\"\nregistration = \"codes\"\n[limits]\nmailbox_mib = 3\n";
        fs::write(&path, text).unwrap();
        let file = path.to_str().unwrap();
        let (config, log) = resolve(args(&["--config", file, "--listen", "127.0.0.1:2", "--open"])).unwrap();
        assert_eq!(config.data, Path::new("/file"));
        assert_eq!(config.listen.port(), 2);
        assert_eq!(config.registration, Registration::Open);
        assert_eq!(config.limits.mailbox_bytes, 3 << 20);
        assert_eq!(config.limits.connections, 900);
        assert_eq!(log, "info");
        let (config, _) = resolve(args(&["--config", file])).unwrap();
        assert_eq!(config.registration, Registration::Codes);
    }

    #[test]
    fn a_misspelt_setting_is_named_with_its_line() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("relay.toml");
        fs::write(&path, "data = \"x\"\n\nlissten = \"127.0.0.1:1\"\n").unwrap();
        let error = resolve(args(&["--config", path.to_str().unwrap()])).unwrap_err().to_string();
        assert!(error.contains("line 3") && error.contains("lissten"), "{error}");
        assert!(resolve(args(&["--config", "/nowhere.toml"])).unwrap_err().to_string().contains("is not there"));
        assert!(resolve(args(&[])).unwrap_err().to_string().contains("--data"));
        assert!(resolve(args(&["--data", "x", "--tls-cert", "y"])).unwrap_err().to_string().contains("--tls-key"));
    }
}
