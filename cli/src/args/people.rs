//! Grammar of the commands about people.

use chrono::{NaiveDate, NaiveTime};
use clap::{Args, Subcommand};
use ratel_core::intent::BadgeDay;

use super::Json;

/// `ratel members`, `ratel changes`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ratel members\n  ratel members --json\n  ratel changes --json")]
pub(crate) struct Look {
    #[command(flatten)]
    pub(crate) format: Json,
}

/// `ratel remove`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ratel remove Ria --why 'moved away'
  ratel remove 'Ria 14' --why 'moved away'
Over a coordinator or trustee this prints a code that a second one signs: ratel cosign CODE")]
pub(crate) struct Remove {
    /// The person: the name, a beginning that fits one name only, or the first digits of the id
    pub(crate) name: String,
    /// Why; only coordinators read it
    #[arg(long, value_name = "TEXT")]
    pub(crate) why: String,
}

/// `ratel role`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ratel role Ahmed patrol
  ratel role Ahmed resident
  ratel role Jan wijkagent --until 2027-06-30
  ratel role Ahmed coordinator        prints a code that a second one signs: ratel cosign CODE")]
pub(crate) struct GiveRole {
    /// The person: the name, a beginning that fits one name only, or the first digits of the id
    pub(crate) name: String,
    /// The role
    #[arg(value_parser = ["resident", "wijkagent", "patrol", "trustee", "coordinator"])]
    pub(crate) role: String,
    /// Last day on which a badge shows the role; the rights stay [default: as it was for the same role, else none]
    #[arg(long, value_name = "YYYY-MM-DD|none", value_parser = parse_day)]
    pub(crate) until: Option<BadgeDay>,
}

fn parse_day(text: &str) -> Result<BadgeDay, String> {
    if text == "none" {
        return Ok(BadgeDay::Open);
    }
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| "write it as 2027-06-30, or none".to_owned())?;
    Ok(BadgeDay::Until { until_s: day.and_time(NaiveTime::MIN).and_utc().timestamp() })
}

/// `ratel cosign`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  ratel cosign                   what waits for a signature, each with what to give here\n  ratel cosign RATEL-SIGN-..."
)]
pub(crate) struct Cosign {
    /// The code that somebody who signed first gave you, or the number of an official who stopped; without one, shows
    /// what waits
    pub(crate) code: Option<String>,
}

/// `ratel helper`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ratel helper set Ahmed\n  ratel helper none")]
pub(crate) struct Helper {
    /// What to choose
    #[command(subcommand)]
    pub(crate) act: HelperAct,
}

/// What can be said of a helper.
#[derive(Debug, Subcommand)]
pub(crate) enum HelperAct {
    /// This person may replace this phone when it is lost
    Set {
        /// The person: the name, a beginning that fits one name only, or the first digits of the id
        name: String,
    },
    /// Nobody may
    None,
}

/// `ratel lapse`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ratel lapse                         of whom nothing was heard for three months
  ratel lapse Ria Mo 'Jan 10'         takes these out in one act")]
pub(crate) struct Lapse {
    /// People who have been silent for long; without names they are listed
    pub(crate) names: Vec<String>,
}

/// `ratel recover`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  ratel recover Ahmed                 prints a code; neighbours sign it one after the other: ratel cosign CODE")]
pub(crate) struct Recover {
    /// One to three people who become coordinators
    #[arg(required = true)]
    pub(crate) names: Vec<String>,
}

/// `ratel relay`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  ratel relay https://relay.example")]
pub(crate) struct MoveRelay {
    /// Address of the relay to use from now on
    pub(crate) url: String,
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use crate::args::Cli;

    #[test]
    fn every_act_on_people_can_be_typed_and_a_reason_is_asked_for() {
        for words in [
            "ratel members --json",
            "ratel remove Ria --why moved",
            "ratel role Ahmed patrol",
            "ratel role Jan wijkagent --until 2027-06-30",
            "ratel role Jan wijkagent --until none",
            "ratel cosign RATEL-SIGN-0",
            "ratel leave",
            "ratel helper set Ahmed",
            "ratel helper none",
            "ratel lapse",
            "ratel lapse Ria Mo",
            "ratel recover Ahmed",
            "ratel relay https://relay.example",
            "ratel changes",
        ] {
            assert!(Cli::try_parse_from(words.split(' ')).is_ok(), "{words}");
        }
        for words in [
            "ratel remove Ria",
            "ratel role Ahmed king",
            "ratel role Jan patrol --until 2027-02-30",
            "ratel recover",
            "ratel helper",
        ] {
            assert!(Cli::try_parse_from(words.split(' ')).is_err(), "{words}");
        }
    }
}
