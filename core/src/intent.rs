//! What a person can ask for: the whole vocabulary of a shell.

mod charter;

pub use charter::{CharterChange, CharterDraft, CharterEdit, CharterTemplate, QuietHours};
use serde::{Deserialize, Serialize};

use crate::{
    screen::{FirstStep, Mode, Theme},
    view::Role,
};

/// One act of the person. Most come back from an [`crate::screen::Action`] as they were handed out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case", rename_all_fields = "snake_case", deny_unknown_fields)]
pub enum Intent {
    /// Back to where the person came from.
    Back,
    /// The home screen.
    Home,
    /// "Melden": begin an alert.
    Report,
    /// Begin a practice alert, marked "oefening" everywhere.
    Practise,
    /// What is it?
    ChooseKind {
        /// The kind.
        kind: AlertKind,
    },
    /// Where is it?
    ChoosePlace {
        /// The place.
        place: PlaceChoice,
    },
    /// What the person wrote (full mode).
    Note {
        /// Up to 4 KiB of text.
        note: String,
    },
    /// "Stuur": store the draft with its due time.
    Send,
    /// "Stop": take the draft back before it is due.
    Stop {
        /// The draft.
        alert: String,
    },
    /// "Neem terug".
    Withdraw {
        /// The alert.
        alert: String,
    },
    /// "Verwijder voor altijd": what that means, and the two ways on.
    OpenErase {
        /// The alert.
        alert: String,
    },
    /// Take an alert away for ever.
    Erase {
        /// The alert.
        alert: String,
    },
    /// Open the field to change one's own text.
    OpenEdit {
        /// The alert.
        alert: String,
    },
    /// Change one's own text.
    Edit {
        /// The alert.
        alert: String,
        /// The new text.
        note: String,
    },
    /// Look at an alert.
    Open {
        /// The alert.
        alert: String,
    },
    /// Answer an alert, or change the answer.
    Answer {
        /// The alert.
        alert: String,
        /// The answer.
        answer: Answer,
    },
    /// Show the answers again, to choose another.
    ChangeAnswer {
        /// The alert.
        alert: String,
    },
    /// "Ik heb 112 gebeld", or not.
    Called112 {
        /// The alert.
        alert: String,
        /// Whether the person called.
        called: bool,
    },
    /// Hand 112 over to the phone's dialler.
    Dial112,
    /// All alerts, where home shows one.
    OpenAlerts,
    /// "Is alles verstuurd?"
    OpenStatus,
    /// "Wat staat apart?"
    OpenAside,
    /// Show what was set aside to everybody after all.
    Keep {
        /// The envelope.
        id: String,
    },
    /// What the team wrote down; only for who reads the team.
    OpenTeam {
        /// Which page, from 0.
        page: u32,
    },
    /// Begin to write for the team (full mode).
    OpenTeamWrite,
    /// What the person wrote for the team so far; nobody gets it yet.
    TeamDraft {
        /// Up to 4 KiB of text.
        note: String,
    },
    /// Send what was written to the team.
    TeamSend,
    /// "Neem terug", of a note of one's own.
    WithdrawNote {
        /// The note.
        id: String,
    },
    /// Letters, language and the rest.
    OpenSettings,
    /// Begin to move the neighbourhood to another relay: where to, and then whether that is right.
    OpenRelay {
        /// The address, once that was typed.
        note: Option<String>,
    },
    /// "Wie doet mee?"
    OpenPeople {
        /// Which page, from 0.
        page: u32,
        /// Only those who have this role (full mode).
        role: Option<Role>,
    },
    /// Look at one neighbour.
    OpenMember {
        /// The person.
        person: String,
    },
    /// "Wat is er veranderd?" What it shows is no news any more.
    OpenChanges {
        /// Which page, from 0.
        page: u32,
    },
    /// Begin to take somebody out: why, and then what it means.
    OpenRemove {
        /// The person.
        person: String,
        /// Why, once that was said; possibly empty.
        note: Option<String>,
    },
    /// Choose a task for somebody.
    OpenRoles {
        /// The person.
        person: String,
    },
    /// Choose until which day a badge shows somebody's role.
    OpenBadgeDay {
        /// The person.
        person: String,
        /// The role.
        role: Role,
    },
    /// Look at an official who stopped, and whose phone two others take out.
    OpenLeft {
        /// The person's id.
        person: String,
    },
    /// "Wie gaat de straat regelen?" Where nobody is left who coordinates.
    OpenRecover {
        /// Which page, from 0.
        page: u32,
        /// Ids of those who are chosen, at most three.
        chosen: Vec<String>,
    },
    /// "Van wie hoorden wij lang niets?"
    OpenLapse {
        /// Which page, from 0.
        page: u32,
        /// Ids of those who are chosen.
        chosen: Vec<String>,
        /// Asks whether they go.
        sure: bool,
    },
    /// Look at what waits for another signature.
    OpenSign {
        /// The code of the proposal.
        code: String,
    },
    /// "Wilt u stoppen met deze buurt?"
    OpenLeave,
    /// "Wie is uw helper?"
    OpenHelpers {
        /// Which page, from 0.
        page: u32,
    },
    /// "Wat spraken wij af?"
    OpenCharter,
    /// Change the agreements, press by press.
    EditCharter {
        /// The press.
        edit: CharterEdit,
    },
    /// Choose the letter size.
    OpenLetters,
    /// Choose the language.
    OpenLanguage,
    /// Show this phone's card, for a coordinator to scan.
    ShowCard,
    /// Look for a code with the camera.
    OpenScan {
        /// Whose lost phone the next card replaces: the person's id or name.
        replaces: Option<String>,
    },
    /// The camera saw a code, or somebody typed one: an invitation asks to be let in, a card leads to whom to let in, an
    /// answer lets this phone in.
    Scanned {
        /// The text of the code.
        code: String,
    },
    /// Let in the phone whose card was scanned.
    LetIn {
        /// The role.
        role: Role,
    },
    /// The phone whose card was scanned is this person's second.
    LinkPhone,
    /// The phone whose card was scanned takes the place of the lost one.
    ReplacePhone,
    /// Make an invitation for a neighbour who is not here, and show it.
    Invite,
    /// Take back the invitation on the screen.
    RevokeInvitation,
    /// Letter size in percent, 100 to 310.
    SetLetters {
        /// Percent.
        percent: u16,
    },
    /// Language.
    SetLanguage {
        /// BCP 47 tag: `nl` or `en`.
        lang: String,
    },
    /// Simplified or full.
    SetMode {
        /// The mode.
        mode: Mode,
    },
    /// Light or dark.
    SetTheme {
        /// The theme.
        theme: Theme,
    },
    /// Take a person out. Over a coordinator or trustee this signs first, and a second one has to sign.
    RemoveMember {
        /// The person: the id, or the name.
        person: String,
        /// Why, for coordinators only; possibly empty.
        why: String,
    },
    /// Give a person a role.
    GiveRole {
        /// The person: the id, or the name.
        person: String,
        /// The role.
        role: Role,
        /// Until which day a badge shows it.
        #[serde(default)]
        until: BadgeDay,
    },
    /// Sign that an official who stopped is out.
    SignLeft {
        /// The person's id.
        person: String,
    },
    /// Leave the neighbourhood.
    Leave,
    /// Sign what somebody else signed first.
    Cosign {
        /// The code, or the one of a [`crate::view::Proposal`].
        code: String,
    },
    /// Sign that these people become coordinators: where none is left.
    Recover {
        /// Up to three people: ids, or names.
        persons: Vec<String>,
    },
    /// Take out people who have been silent for long.
    Lapse {
        /// The people: ids, or names.
        persons: Vec<String>,
    },
    /// Move the neighbourhood to another relay.
    MoveRelay {
        /// Its address.
        address: String,
    },
    /// Choose who may replace this phone when it is lost, or nobody.
    ChooseHelper {
        /// The person: the id, or the name.
        person: Option<String>,
    },
    /// Whether every new screen is read aloud by itself.
    SetReadAloud {
        /// By itself.
        on: bool,
    },
    /// Leaves a step of the first run. A second tap of a shaking hand leaves no second step.
    FirstStep {
        /// The step that is left; nothing happens at another.
        from: FirstStep,
        /// Where to; the next in order if none is said.
        to: Option<FirstStep>,
    },
    /// The first name, in the first run; empty for none.
    FirstName {
        /// As typed.
        note: String,
    },
    /// The street's name, for who begins a neighbourhood in the first run; empty for none.
    FirstStreet {
        /// As typed.
        note: String,
    },
    /// The agreements with which a neighbourhood begins, in the first run.
    FirstAgreements {
        /// Ready-made ones.
        template: CharterTemplate,
    },
}

/// Until which day a badge shows a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "day", rename_all = "kebab-case", rename_all_fields = "snake_case", deny_unknown_fields)]
pub enum BadgeDay {
    /// As it was, if the role stays the same; else without a day.
    #[default]
    Same,
    /// Without a day.
    Open,
    /// Up to and with a day.
    Until {
        /// A moment of that day in UTC (Unix seconds).
        until_s: i64,
    },
}

/// What an alert is about. The order is that of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AlertKind {
    /// Somebody wants to get in.
    BreakIn,
    /// Fire or smoke.
    Fire,
    /// Somebody needs help.
    Help,
    /// Somebody behaves strangely.
    Behaviour,
    /// Somebody at the door whom the person does not trust; never goes to a group.
    DoorstepScam,
    /// A car or bicycle.
    Vehicle,
}

impl AlertKind {
    /// All kinds in the order of the screen.
    pub const ALL: [Self; 6] =
        [Self::BreakIn, Self::Fire, Self::Help, Self::Behaviour, Self::DoorstepScam, Self::Vehicle];

    /// The code on the command line and in exports.
    pub const fn code(self) -> &'static str {
        match self {
            Self::BreakIn => "break-in",
            Self::Fire => "fire",
            Self::Help => "help",
            Self::Behaviour => "behaviour",
            Self::DoorstepScam => "doorstep-scam",
            Self::Vehicle => "vehicle",
        }
    }

    /// Reads a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// About a person: screens ask for behaviour and say not to follow anybody (R10, R16).
    pub const fn about_a_person(self) -> bool {
        matches!(self, Self::BreakIn | Self::Behaviour | Self::DoorstepScam)
    }

    /// Real danger: its sound repeats until the alert is seen.
    pub const fn danger(self) -> bool {
        matches!(self, Self::BreakIn | Self::Fire | Self::Help | Self::DoorstepScam)
    }

    /// 112 comes first: asked for afterwards (R02).
    pub const fn emergency_first(self) -> bool {
        self.danger()
    }

    /// Goes to the group; the others go to one chosen helper only.
    pub const fn to_the_group(self) -> bool {
        !matches!(self, Self::DoorstepScam)
    }
}

/// Where, as the person chooses it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "place", rename_all = "kebab-case")]
pub enum PlaceChoice {
    /// Where the phone is; without a position, the street.
    Here,
    /// At the person's own house.
    Home,
    /// In words.
    Words {
        /// Up to 200 bytes.
        words: String,
    },
}

/// What a neighbour answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// "Ik zie het ook".
    See,
    /// "Ik kom kijken".
    Come,
    /// "Ik kan niet".
    Cannot,
    /// "Ik bel u": to a letter only.
    Call,
}

impl Answer {
    /// In the order of the screen.
    pub const ALL: [Self; 3] = [Self::See, Self::Come, Self::Cannot];
    /// To a neighbour who asks for help in a letter, in the order of the screen.
    pub const TO_LETTER: [Self; 2] = [Self::Call, Self::Come];

    /// The code on the command line and in exports.
    pub const fn code(self) -> &'static str {
        match self {
            Self::See => "see",
            Self::Come => "come",
            Self::Cannot => "cannot",
            Self::Call => "call",
        }
    }

    /// Reads a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().chain([Self::Call]).find(|answer| answer.code() == code)
    }
}
