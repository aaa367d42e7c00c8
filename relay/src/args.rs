//! The command line. Every flag has a variable `RATEL_RELAY_*`; a flag wins over its variable, a variable over the
//! configuration file.

use std::{net::SocketAddr, num::NonZeroU32, path::PathBuf};

use clap::{Parser, Subcommand, ValueEnum};
use ratel_relay::Registration;
use serde::Deserialize;

const EXAMPLES: &str = "\
Examples:
  A relay for trying, on this machine only; everybody here may register:
    ratel-relay --data ./relay

  A relay for a town, with its own certificate; groups need a code:
    ratel-relay --data /var/lib/ratel-relay --listen 0.0.0.0:443 \\
      --tls-cert /etc/ratel/chain.pem --tls-key /etc/ratel/key.pem
    ratel-relay code --data /var/lib/ratel-relay

  The same behind a proxy that does TLS on this machine:
    ratel-relay --data /var/lib/ratel-relay --registration codes --admin-listen 127.0.0.1:8474

Settings: a flag wins over its variable (RATEL_RELAY_DATA, RATEL_RELAY_LISTEN ...), a variable over the file of
--config (TOML, the same names with underscores, bounds under [limits]), the file over the defaults.
SIGTERM or SIGINT stops the relay within five seconds.";

/// Keeps sealed envelopes for groups of neighbours, without being able to read them.
#[derive(Debug, Parser)]
#[command(name = "ratel-relay", version, about = "Keeps sealed envelopes for groups of neighbours, without being able to read them", after_help = EXAMPLES, args_conflicts_with_subcommands = false)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    /// Folder of the database; made if it is not there.
    #[arg(long, env = "RATEL_RELAY_DATA", value_name = "DIR", global = true)]
    pub(crate) data: Option<PathBuf>,
    /// Configuration file.
    #[arg(long, env = "RATEL_RELAY_CONFIG", value_name = "FILE", global = true)]
    pub(crate) config: Option<PathBuf>,
    /// Address and port [default: 127.0.0.1:8473].
    #[arg(long, env = "RATEL_RELAY_LISTEN", value_name = "ADDR")]
    pub(crate) listen: Option<SocketAddr>,
    /// Address and port of /healthz, /readyz and /metrics [default: off].
    #[arg(long, env = "RATEL_RELAY_ADMIN_LISTEN", value_name = "ADDR")]
    pub(crate) admin_listen: Option<SocketAddr>,
    /// Everybody may register a group: short for --registration open.
    #[arg(long, conflicts_with = "registration")]
    pub(crate) open: bool,
    /// Who may register a group.
    #[arg(long, env = "RATEL_RELAY_REGISTRATION", value_name = "WHO")]
    pub(crate) registration: Option<Who>,
    /// Certificate chain (PEM).
    #[arg(long, env = "RATEL_RELAY_TLS_CERT", value_name = "FILE")]
    pub(crate) tls_cert: Option<PathBuf>,
    /// Private key of the certificate (PEM).
    #[arg(long, env = "RATEL_RELAY_TLS_KEY", value_name = "FILE")]
    pub(crate) tls_key: Option<PathBuf>,
    /// Connections at one time [default: 900].
    #[arg(long, env = "RATEL_RELAY_CONNECTIONS", value_name = "N")]
    pub(crate) connections: Option<usize>,
    /// Size of one mailbox [default: 512].
    #[arg(long, env = "RATEL_RELAY_MAILBOX_MIB", value_name = "MIB")]
    pub(crate) mailbox_mib: Option<u32>,
    /// Space that stays free on the disk [default: 256].
    #[arg(long, env = "RATEL_RELAY_DISK_FLOOR_MIB", value_name = "MIB")]
    pub(crate) disk_floor_mib: Option<u32>,
    /// Registrations an hour from one address on an open relay [default: 10].
    #[arg(long, env = "RATEL_RELAY_REGISTRATIONS_PER_HOUR", value_name = "N")]
    pub(crate) registrations_per_hour: Option<NonZeroU32>,
    /// What to log: error, warn, info, debug [default: info].
    #[arg(long, env = "RATEL_RELAY_LOG", value_name = "LEVEL")]
    pub(crate) log: Option<String>,
}

/// What else the program does.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Print a code with which one group may register.
    Code {
        /// For how many days it works.
        #[arg(long, default_value_t = 14, value_parser = clap::value_parser!(u16).range(1..=400))]
        days: u16,
        /// Let it take over a group that is registered: then the founder's token is the only one.
        #[arg(long)]
        replace: bool,
    },
    /// Say that the disk was turned back to an earlier state, so that phones compare everything. (A backup that was
    /// put back file by file is noticed without this.) The relay must not run.
    Restored,
}

/// Who may register a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Who {
    /// Everybody if the relay listens on this machine only, else holders of a code.
    Auto,
    /// Everybody.
    Open,
    /// Holders of a code.
    Codes,
}

impl From<Who> for Registration {
    fn from(who: Who) -> Self {
        match who {
            Who::Auto => Self::Auto,
            Who::Open => Self::Open,
            Who::Codes => Self::Codes,
        }
    }
}
