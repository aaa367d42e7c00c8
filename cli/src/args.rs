//! The command line's grammar: what can be asked, with examples.
//!
//! Help and the names of commands are English everywhere; what a command prints follows `--lang`, else `LANG`, else
//! Dutch.

mod charter;
mod join;
mod notes;
mod people;

use std::{net::SocketAddr, path::PathBuf};

pub(crate) use charter::{Charter, CharterAct, CharterSet, CharterSign};
use clap::{Args, Parser, Subcommand, ValueEnum, value_parser};
pub(crate) use join::{Admit, AdmitRole, Card, Invite, Join, Link, Replace};
pub(crate) use notes::{Note, Notes};
pub(crate) use people::{Cosign, GiveRole, Helper, HelperAct, Lapse, Look, MoveRelay, Recover, Remove};

use crate::{
    phone::UNDO_S,
    speech::{LANGUAGES, language},
};

const EXAMPLES: &str = "\
Examples:
  ratel                                       three phones and a relay in one local page
  ratel new Fatma --street Zonnebloemstraat --number 12 --relay http://127.0.0.1:8473
  ratel invite                                a code for one neighbour
  ratel join CODE --as Ahmed --number 16
  ratel card --as Ria                         without internet: ratel admit CARD beside you, then ratel join ANSWER
  ratel alert break-in --at home --note 'Somebody pushes against the back door.' --called-112 yes
  ratel alerts --json
  ratel answer 3fa1 come
  ratel sync --watch

Kinds of alert: break-in, fire, help, behaviour, doorstep-scam, vehicle.
Exit codes: 0 done, 1 refused or not found, 2 wrong use.";

/// Neighbourhood alerts that work without internet.
#[derive(Debug, Parser)]
#[command(name = "ratel", version, about, after_help = EXAMPLES, propagate_version = true)]
pub(crate) struct Cli {
    /// Folder of this phone, or of the street [default: this account's data folder, or ./street-data for the street]
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// Language of what is printed: nl or en [default: from LANG, else nl]
    #[arg(long, global = true, value_name = "LANG", value_parser = parse_language)]
    pub(crate) lang: Option<&'static str>,
    /// What to do; without it, the street
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

fn parse_language(tag: &str) -> Result<&'static str, String> {
    language(tag).ok_or_else(|| format!("there are words for {} only", LANGUAGES.join(" and ")))
}

/// Everything that can be asked.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Three phones and a real relay, side by side in one local page
    Street(Street),
    /// This phone in the browser
    Serve(ServeOne),
    /// Begin a neighbourhood
    New(New),
    /// Make a code that lets one neighbour in, or take one back
    Invite(Invite),
    /// Join a neighbourhood with a code
    Join(Join),
    /// Show this phone to a coordinator who stands beside you
    Card(Card),
    /// Let in the phone of a card
    Admit(Admit),
    /// Put a new phone in the place of a lost one
    Replace(Replace),
    /// Take a second phone of your own into use
    Link(Link),
    /// Alert the neighbours
    Alert(Alert),
    /// List the alerts, newest first
    Alerts(Json),
    /// Show one alert and who answered what
    Show(Show),
    /// Answer an alert, or change the answer
    Answer(Answer),
    /// Change the text of your own alert
    Edit(Edit),
    /// Take your own alert back
    Withdraw(Id),
    /// Take an alert away for ever: hidden everywhere at once, destroyed after a week
    Erase(Id),
    /// Write a note for the team or for coordination
    Note(Note),
    /// List the notes of the team or of coordination, newest first
    Notes(Notes),
    /// Who takes part, in which role, let in by whom
    Members(Look),
    /// Take a person out
    Remove(Remove),
    /// Give a person a role
    Role(GiveRole),
    /// Sign what somebody else signed first
    Cosign(Cosign),
    /// Leave the neighbourhood
    Leave,
    /// Choose who may replace this phone when it is lost
    Helper(Helper),
    /// Take out people who have been silent for long
    Lapse(Lapse),
    /// Make new coordinators where none is left
    Recover(Recover),
    /// Move the neighbourhood to another relay
    Relay(MoveRelay),
    /// What was done in administration, newest first
    Changes(Look),
    /// What the neighbourhood agreed
    Charter(Charter),
    /// Exchange what is new with the relay
    Sync(Sync),
    /// Who and where this phone is, and what waits
    Status(Json),
    /// Write an alert with everything that belongs to it to standard output
    Export(Export),
    /// Take an envelope from a file, as from a neighbour's phone
    Receive(Receive),
    /// What was set aside: it does not fit the agreements, or its author takes part no more
    Aside(Json),
    /// Keep what was set aside: it counts from now on, for everybody
    Keep(Id),
    /// Look whether everything in the folder is sound
    Doctor,
    /// Throw computed views away and make them anew from the envelopes
    Rebuild,
}

/// How a page is served.
#[derive(Debug, Args, Clone)]
pub(crate) struct Serve {
    /// Address of the page; only this computer itself can be reached, port 0 takes a free one
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    pub(crate) listen: SocketAddr,
    /// Do not open a browser
    #[arg(long)]
    pub(crate) no_open: bool,
    /// Seconds in which an alert can be stopped before it goes
    #[arg(long, value_name = "S", default_value_t = UNDO_S, value_parser = value_parser!(u32).range(0..=60))]
    pub(crate) undo_s: u32,
    /// Longest random wait before neighbours hear that you saw an alert (seconds)
    #[arg(long, value_name = "S", value_parser = value_parser!(u32).range(0..=60))]
    pub(crate) seen_delay_s: Option<u32>,
}

impl Default for Serve {
    fn default() -> Self {
        Self { listen: SocketAddr::from(([127, 0, 0, 1], 0)), no_open: false, undo_s: UNDO_S, seen_delay_s: None }
    }
}

/// `ratel serve`.
#[derive(Debug, Args, Clone)]
#[command(
    after_help = "Examples:\n  ratel serve\n  ratel serve --data phone --relay https://relay.example    a new phone, from the first run on"
)]
pub(crate) struct ServeOne {
    #[command(flatten)]
    pub(crate) page: Serve,
    /// Make a new phone if there is none; its person may begin a neighbourhood with this relay, or join one by a code
    #[arg(long, value_name = "URL")]
    pub(crate) relay: Option<String>,
}

/// `ratel street`.
#[derive(Debug, Args, Clone, Default)]
#[command(
    after_help = "Examples:\n  ratel street\n  ratel street --fresh --data /tmp/street\n  ratel street --no-open --listen 127.0.0.1:8080"
)]
pub(crate) struct Street {
    #[command(flatten)]
    pub(crate) serve: Serve,
    /// Delete the street of last time first
    #[arg(long)]
    pub(crate) fresh: bool,
}

/// `ratel new`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  ratel new Fatma --street Zonnebloemstraat --number 12 --relay https://relay.example"
)]
pub(crate) struct New {
    /// Your first name
    pub(crate) name: String,
    /// Name of the street or neighbourhood
    #[arg(long, value_name = "NAME")]
    pub(crate) street: String,
    /// Address of the relay; http:// only on this computer itself
    #[arg(long, value_name = "URL")]
    pub(crate) relay: String,
    /// Your house number
    #[arg(long, value_name = "NUMBER")]
    pub(crate) number: Option<String>,
}

/// `ratel alert`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ratel alert fire --at here
  ratel alert vehicle --at 'behind the school' --note 'A van without lights drives slowly.' --called-112 no
  ratel alert help --at home --practice")]
pub(crate) struct Alert {
    /// break-in, fire, help, behaviour, doorstep-scam or vehicle
    #[arg(value_parser = ["break-in", "fire", "help", "behaviour", "doorstep-scam", "vehicle"])]
    pub(crate) kind: String,
    /// Where: here, home, or words
    #[arg(long, value_name = "here|home|WORDS", default_value = "here")]
    pub(crate) at: String,
    /// What the person does, not how the person looks
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) note: String,
    /// Whether 112 was called
    #[arg(long, value_enum, value_name = "yes|no")]
    pub(crate) called_112: Option<YesNo>,
    /// A drill: marked as practice on every phone
    #[arg(long)]
    pub(crate) practice: bool,
}

/// Yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum YesNo {
    /// Yes.
    Yes,
    /// No.
    No,
}

/// A command that can print JSON.
#[derive(Debug, Args)]
pub(crate) struct Json {
    /// Print JSON for programs
    #[arg(long)]
    pub(crate) json: bool,
}

/// An alert.
#[derive(Debug, Args)]
pub(crate) struct Id {
    /// The alert's id, or its first four digits or more
    pub(crate) id: String,
}

/// `ratel show`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ratel show 3fa1\n  ratel show 3fa1 --json")]
pub(crate) struct Show {
    #[command(flatten)]
    pub(crate) alert: Id,
    #[command(flatten)]
    pub(crate) format: Json,
}

/// `ratel answer`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ratel answer 3fa1 come\n  ratel answer 3fa1 cannot")]
pub(crate) struct Answer {
    #[command(flatten)]
    pub(crate) alert: Id,
    /// see: I see it too. come: I am coming to look. cannot: I cannot. call: I call you, to who asks you for help
    #[arg(value_parser = ["see", "come", "cannot", "call"])]
    pub(crate) answer: String,
}

/// `ratel edit`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  ratel edit 3fa1 --note 'The man has gone.'")]
pub(crate) struct Edit {
    #[command(flatten)]
    pub(crate) alert: Id,
    /// The new text
    #[arg(long, value_name = "TEXT")]
    pub(crate) note: String,
}

/// `ratel sync`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ratel sync\n  ratel sync --watch")]
pub(crate) struct Sync {
    /// Stay connected and print what comes, until Ctrl-C
    #[arg(long)]
    pub(crate) watch: bool,
}

/// `ratel export`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  ratel export 3fa1 --as json\n  ratel export 3fa1 --as automerge > alert.automerge\n  ratel export 3fa1 --as envelope > alert.envelope"
)]
pub(crate) struct Export {
    #[command(flatten)]
    pub(crate) alert: Id,
    /// Format
    #[arg(long = "as", value_enum)]
    pub(crate) format: Format,
}

/// `ratel receive`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  ratel receive alert.envelope")]
pub(crate) struct Receive {
    /// What `ratel export ID --as envelope` wrote
    pub(crate) file: PathBuf,
}

/// Formats of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// The alert and its whole document as JSON.
    Json,
    /// The document as an Automerge file.
    Automerge,
    /// The sealed envelope: the mailbox's id (16 bytes), then the envelope.
    Envelope,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_grammar_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn without_a_command_it_is_the_street() {
        let cli = Cli::try_parse_from(["ratel"]).unwrap();
        assert!(cli.command.is_none());
    }

    #[test]
    fn the_folder_may_stand_before_or_after_the_command() {
        for words in [["ratel", "--data", "here", "status"], ["ratel", "status", "--data", "here"]] {
            assert_eq!(Cli::try_parse_from(words).unwrap().data, Some(PathBuf::from("here")));
        }
    }

    #[test]
    fn an_unknown_kind_is_wrong_use() {
        assert!(Cli::try_parse_from(["ratel", "alert", "ghost"]).is_err());
        assert!(Cli::try_parse_from(["ratel", "alert", "fire"]).is_ok());
    }

    #[test]
    fn every_kind_and_answer_of_the_core_can_be_typed() {
        for kind in ratel_core::intent::AlertKind::ALL {
            assert!(Cli::try_parse_from(["ratel", "alert", kind.code()]).is_ok(), "{}", kind.code());
        }
        for answer in ratel_core::intent::Answer::ALL.into_iter().chain(ratel_core::intent::Answer::TO_LETTER) {
            assert!(Cli::try_parse_from(["ratel", "answer", "3fa1", answer.code()]).is_ok(), "{}", answer.code());
        }
    }
}
