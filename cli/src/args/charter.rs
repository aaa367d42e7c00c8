//! Grammar of `ratel charter`.

use std::path::PathBuf;

use clap::{Args, Subcommand, value_parser};
use ratel_core::intent::QuietHours;

use super::{Json, YesNo};

/// Names of kinds of alert.
const KINDS: [&str; 6] = ["break-in", "fire", "help", "behaviour", "doorstep-scam", "vehicle"];

/// `ratel charter`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ratel charter show
  ratel charter set --forbid vehicle --quiet 22:00-07:00
  ratel charter set --template break-in-and-fire
  ratel charter sign municipality.json
  ratel charter sign --as municipality --terms terms.txt --key municipality.key --street NUMBER > municipality.json")]
pub(crate) struct Charter {
    /// What to do with the agreements
    #[command(subcommand)]
    pub(crate) act: CharterAct,
}

/// What can be done with the agreements.
#[derive(Debug, Subcommand)]
pub(crate) enum CharterAct {
    /// Show what was agreed, and who has signed
    Show(Json),
    /// Change what was agreed; the whole is signed anew
    Set(CharterSet),
    /// Take a partner's signature, sign a version anew, or sign as a partner
    Sign(CharterSign),
}

/// `ratel charter set`.
#[derive(Debug, Args, Default)]
pub(crate) struct CharterSet {
    /// Begin from ready-made agreements
    #[arg(long, value_name = "NAME", value_parser = ["break-in-and-fire", "standard", "evening-quiet"])]
    pub(crate) template: Option<String>,
    /// A kind of alert that everybody may post; may be given several times
    #[arg(long, value_name = "KIND", value_parser = KINDS)]
    pub(crate) allow: Vec<String>,
    /// A kind of alert that nobody may post
    #[arg(long, value_name = "KIND", value_parser = KINDS)]
    pub(crate) forbid: Vec<String>,
    /// A kind of alert that only the patrol and officials may post
    #[arg(long, value_name = "KIND", value_parser = KINDS)]
    pub(crate) officials_only: Vec<String>,
    /// Hours in which only danger makes a sound
    #[arg(long, value_name = "22:00-07:00|none", value_parser = parse_quiet)]
    pub(crate) quiet: Option<QuietHours>,
    /// Days that an alert lives
    #[arg(long, value_name = "N", value_parser = value_parser!(u16).range(1..=400))]
    pub(crate) alert_days: Option<u16>,
    /// Whether the police read the street, once they have signed
    #[arg(long, value_enum, value_name = "yes|no")]
    pub(crate) police_reads: Option<YesNo>,
    /// A partner that is none any more: the first digits of its key
    #[arg(long, value_name = "KEY")]
    pub(crate) without: Vec<String>,
}

/// `ratel charter sign`.
#[derive(Debug, Args)]
pub(crate) struct CharterSign {
    /// A partner's file, or the first digits of a version
    #[arg(value_name = "FILE|VERSION", required_unless_present = "party", conflicts_with = "party")]
    pub(crate) what: Option<String>,
    /// Sign as a partner; prints the file for the coordinator
    #[arg(long = "as", value_name = "PARTY", value_parser = ["police", "municipality", "other"], requires_all = ["terms", "key"])]
    pub(crate) party: Option<String>,
    /// File with the text of the terms
    #[arg(long, value_name = "FILE", requires = "party")]
    pub(crate) terms: Option<PathBuf>,
    /// File with the partner's key; made if it is not there
    #[arg(long, value_name = "FILE", requires = "party")]
    pub(crate) key: Option<PathBuf>,
    /// The street's number, as `charter show` prints it [default: that of this phone]
    #[arg(long, value_name = "NUMBER", requires = "party")]
    pub(crate) street: Option<String>,
}

fn parse_quiet(text: &str) -> Result<QuietHours, String> {
    if text == "none" {
        return Ok(QuietHours::NONE);
    }
    let hours = text.split_once('-').and_then(|(from, to)| Some(QuietHours { from: minute(from)?, to: minute(to)? }));
    hours.ok_or_else(|| "write it as 22:00-07:00, or none".to_owned())
}

/// Minutes after midnight of `HH:MM`.
fn minute(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes) = (hours.parse::<u16>().ok()?, minutes.parse::<u16>().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;
    use ratel_core::intent::{AlertKind, CharterTemplate};

    use super::*;
    use crate::args::Cli;

    fn reads(words: &[&str]) -> bool {
        Cli::try_parse_from(["ratel", "charter"].iter().chain(words)).is_ok()
    }

    #[test]
    fn hours_are_read_as_people_write_them() {
        assert_eq!(parse_quiet("22:00-07:00"), Ok(QuietHours::EVENING));
        assert_eq!(parse_quiet("none"), Ok(QuietHours::NONE));
        for wrong in ["22-7", "24:00-07:00", "22:60-07:00", "late", "22:00", "-"] {
            assert!(parse_quiet(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn every_kind_and_template_of_the_core_can_be_typed() {
        for kind in AlertKind::ALL {
            assert!(reads(&["set", "--allow", kind.code()]), "{}", kind.code());
        }
        for template in CharterTemplate::ALL {
            assert!(reads(&["set", "--template", template.code()]), "{}", template.code());
        }
    }

    #[test]
    fn a_partner_needs_terms_and_a_key_and_others_a_file() {
        assert!(reads(&["sign", "municipality.json"]));
        assert!(reads(&["sign", "--as", "municipality", "--terms", "t", "--key", "k"]));
        assert!(!reads(&["sign"]));
        assert!(!reads(&["sign", "--as", "municipality", "--terms", "t"]));
        assert!(!reads(&["sign", "--as", "mayor", "--terms", "t", "--key", "k"]));
        assert!(!reads(&["sign", "municipality.json", "--as", "police", "--terms", "t", "--key", "k"]));
    }
}
