//! Why a relay cannot start: one sentence for the operator each, with what to do.

use std::{fmt, io, net::SocketAddr, path::PathBuf};

/// A relay that did not start. Nothing on disk was deleted or changed.
#[derive(Debug)]
pub enum StartError {
    /// Another program listens there.
    PortInUse(SocketAddr),
    /// The address cannot be used for another reason.
    Listen(SocketAddr, io::Error),
    /// The data folder cannot be made, read or written.
    Data(PathBuf, io::Error),
    /// Another relay works in the data folder.
    InUse(PathBuf),
    /// The file is no SQLite database, or a damaged one.
    NotADatabase(PathBuf),
    /// The file is a database of another program.
    Foreign(PathBuf),
    /// A newer release made the database.
    Newer(PathBuf),
    /// SQLite refused for another reason.
    Database(PathBuf, Box<dyn std::error::Error + Send + Sync>),
    /// The certificate or its key cannot be used.
    Tls(String),
    /// A setting is wrong.
    Config(String),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PortInUse(address) => {
                write!(
                    f,
                    "another program already listens on {address}: stop it, or choose another address with --listen"
                )
            }
            Self::Listen(address, error) => {
                write!(f, "cannot listen on {address} ({error}): choose an address of this machine with --listen")
            }
            Self::Data(path, error) => write!(
                f,
                "the data folder {} cannot be used ({error}): give this user the right to write there, or choose another with --data",
                path.display()
            ),
            Self::InUse(path) => write!(
                f,
                "another relay already works in {}: stop it, or choose another folder with --data",
                path.display()
            ),
            Self::NotADatabase(path) => write!(
                f,
                "{} is damaged or no database, and was left as it is: move it aside, or put a backup in its place",
                path.display()
            ),
            Self::Foreign(path) => write!(
                f,
                "{} is a database of another program, and was left as it is: choose another folder with --data",
                path.display()
            ),
            Self::Newer(path) => write!(
                f,
                "{} was made by a newer release of this relay, and was left as it is: run that release",
                path.display()
            ),
            Self::Database(path, error) => write!(
                f,
                "the database {} cannot be opened ({error}): check the disk and the rights on the folder",
                path.display()
            ),
            Self::Tls(reason) => write!(f, "TLS cannot be used: {reason}"),
            Self::Config(reason) => f.write_str(reason),
        }
    }
}

impl std::error::Error for StartError {}
