//! What a person can ask for, restated. `ratel_core::intent` says what each act does.

use ratel_core::{
    intent::{AlertKind, Answer, BadgeDay, CharterEdit, CharterTemplate, Intent, PlaceChoice},
    screen::{FirstStep, Mode, Theme},
    view::Role,
};

#[uniffi::remote(Enum)]
pub enum Intent {
    Back,
    Home,
    Report,
    Practise,
    ChooseKind { kind: AlertKind },
    ChoosePlace { place: PlaceChoice },
    Note { note: String },
    Send,
    Stop { alert: String },
    Withdraw { alert: String },
    OpenErase { alert: String },
    Erase { alert: String },
    OpenEdit { alert: String },
    Edit { alert: String, note: String },
    Open { alert: String },
    Answer { alert: String, answer: Answer },
    ChangeAnswer { alert: String },
    Called112 { alert: String, called: bool },
    Dial112,
    OpenAlerts,
    OpenStatus,
    OpenAside,
    Keep { id: String },
    OpenTeam { page: u32 },
    OpenTeamWrite,
    TeamDraft { note: String },
    TeamSend,
    WithdrawNote { id: String },
    OpenSettings,
    OpenRelay { note: Option<String> },
    OpenPeople { page: u32, role: Option<Role> },
    OpenMember { person: String },
    OpenChanges { page: u32 },
    OpenRemove { person: String, note: Option<String> },
    OpenRoles { person: String },
    OpenBadgeDay { person: String, role: Role },
    OpenLeft { person: String },
    OpenRecover { page: u32, chosen: Vec<String> },
    OpenLapse { page: u32, chosen: Vec<String>, sure: bool },
    OpenSign { code: String },
    OpenLeave,
    OpenHelpers { page: u32 },
    OpenCharter,
    EditCharter { edit: CharterEdit },
    OpenLetters,
    OpenLanguage,
    ShowCard,
    OpenScan { replaces: Option<String> },
    Scanned { code: String },
    LetIn { role: Role },
    LinkPhone,
    ReplacePhone,
    Invite,
    RevokeInvitation,
    SetLetters { percent: u16 },
    SetLanguage { lang: String },
    SetMode { mode: Mode },
    SetTheme { theme: Theme },
    RemoveMember { person: String, why: String },
    GiveRole { person: String, role: Role, until: BadgeDay },
    SignLeft { person: String },
    Leave,
    Cosign { code: String },
    Recover { persons: Vec<String> },
    Lapse { persons: Vec<String> },
    MoveRelay { address: String },
    ChooseHelper { person: Option<String> },
    SetReadAloud { on: bool },
    FirstStep { from: FirstStep, to: Option<FirstStep> },
    FirstName { note: String },
    FirstStreet { note: String },
    FirstAgreements { template: CharterTemplate },
}

#[uniffi::remote(Enum)]
pub enum BadgeDay {
    Same,
    Open,
    Until { until_s: i64 },
}

#[uniffi::remote(Enum)]
pub enum CharterEdit {
    Begin,
    Kind { kind: AlertKind },
    Quiet,
    Police,
    Sign,
    Renew { version: String },
}

#[uniffi::remote(Enum)]
pub enum AlertKind {
    BreakIn,
    Fire,
    Help,
    Behaviour,
    DoorstepScam,
    Vehicle,
}

#[uniffi::remote(Enum)]
pub enum PlaceChoice {
    Here,
    Home,
    Words { words: String },
}

#[uniffi::remote(Enum)]
pub enum Answer {
    See,
    Come,
    Cannot,
    Call,
}

#[uniffi::remote(Enum)]
pub enum CharterTemplate {
    BreakInAndFire,
    Standard,
    EveningQuiet,
}
