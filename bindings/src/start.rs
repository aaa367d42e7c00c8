//! What a shell gives before there is anything to draw, restated.

use std::path::PathBuf;

use ratel_core::{Config, Founding, screen::Permission, sync::SyncReport};

/// Language of a phone that has not said another: that of `ratel_core`.
pub(crate) const LANGUAGE: &str = "nl";

/// Language in which an error of opening is told.
pub(crate) fn first_language(config: &Config) -> String {
    config.lang.clone().unwrap_or_else(|| LANGUAGE.to_owned())
}

uniffi::custom_type!(PathBuf, String, {
    remote,
    lower: |path| path.to_string_lossy().into_owned(),
    try_lift: |text| Ok(text.into()),
});

#[uniffi::remote(Record)]
pub struct Config {
    pub data_dir: PathBuf,
    #[uniffi(default = 10)]
    pub undo_s: u32,
    #[uniffi(default = 60)]
    pub seen_delay_max_s: u32,
    #[uniffi(default)]
    pub lang: Option<String>,
    #[uniffi(default)]
    pub extra_root: Option<Vec<u8>>,
    #[uniffi(default = [])]
    pub permissions: Vec<Permission>,
    #[uniffi(default)]
    pub relay: Option<String>,
}

#[uniffi::remote(Record)]
pub struct Founding {
    pub name: String,
    #[uniffi(default)]
    pub number: Option<String>,
    pub street: String,
    pub relay: String,
}

#[uniffi::remote(Record)]
pub struct SyncReport {
    pub pushed: u32,
    pub pulled: u32,
}
