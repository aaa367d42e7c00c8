//! What a shell draws, restated. `ratel_core::screen` says what each part means.

use ratel_core::{
    intent::Intent,
    screen::{
        Action, Alarm, Badge, BadgeKind, Bar, Button, ButtonStyle, Card, Code, Direction, FirstStep, Foot, Input,
        Label, Line, Mark, Mode, Node, Permission, Scanner, Screen, Sound, Spoken, Status, Step, StepState, TextRole,
        Theme, Tile, TileStyle, Title, Tone,
    },
};

#[uniffi::remote(Record)]
pub struct Screen {
    pub id: String,
    pub mode: Mode,
    pub chosen_mode: Mode,
    pub lang: String,
    pub direction: Direction,
    pub letters: u16,
    pub theme: Theme,
    pub bar: Bar,
    pub title: Title,
    pub nodes: Vec<Node>,
    pub foot: Option<Foot>,
    pub status: Option<Status>,
    pub call: Button,
    pub spoken: Vec<Spoken>,
    pub read_aloud: bool,
    pub alarm: Option<Alarm>,
}

#[uniffi::remote(Enum)]
pub enum Mode {
    Simplified,
    Full,
}

#[uniffi::remote(Enum)]
pub enum Direction {
    Ltr,
    Rtl,
}

#[uniffi::remote(Enum)]
pub enum Theme {
    Light,
    Dark,
}

#[uniffi::remote(Enum)]
pub enum Tone {
    Neutral,
    Emergency,
    Attention,
    Done,
    Info,
    Waiting,
    Official,
}

#[uniffi::remote(Record)]
pub struct Action {
    pub id: String,
    pub intent: Intent,
}

#[uniffi::remote(Record)]
pub struct Bar {
    pub start: Option<Button>,
    pub speak: Label,
    pub no_voice: String,
}

#[uniffi::remote(Record)]
pub struct Label {
    pub icon: String,
    pub text: String,
}

#[uniffi::remote(Record)]
pub struct Title {
    pub icon: Option<String>,
    pub text: String,
}

#[uniffi::remote(Enum)]
pub enum Node {
    Tile { tile: Tile },
    Pair { first: Tile, second: Tile },
    Button { button: Button },
    Text { role: TextRole, text: String },
    Line { line: Line },
    Facts { lines: Vec<Line> },
    Card { card: Card },
    Badges { badges: Vec<Badge> },
    People { faces: Vec<String>, text: String },
    Path { steps: Vec<Step> },
    Ring { seconds_left: u32, seconds_total: u32, label: String },
    Picture { icon: String, text: String },
    Input { input: Input },
    Code { code: Code },
    Scanner { scanner: Scanner },
}

#[uniffi::remote(Enum)]
pub enum TextRole {
    Body,
    Sub,
    Soft,
}

#[uniffi::remote(Record)]
pub struct Tile {
    pub style: TileStyle,
    pub icon: String,
    pub text: String,
    pub detail: Option<String>,
    pub badges: Vec<Badge>,
    pub look: Option<Label>,
    pub tone: Tone,
    pub chosen: bool,
    pub action: Action,
}

#[uniffi::remote(Enum)]
pub enum TileStyle {
    Row,
    Stack,
    Primary,
    Alert,
}

#[uniffi::remote(Record)]
pub struct Button {
    pub style: ButtonStyle,
    pub icon: String,
    pub text: String,
    pub lang: Option<String>,
    pub sample: Option<u16>,
    pub tone: Tone,
    pub chosen: bool,
    pub action: Action,
}

#[uniffi::remote(Enum)]
pub enum ButtonStyle {
    Choice,
    Primary,
    Minor,
    Huge,
    Slot,
    Call,
}

#[uniffi::remote(Record)]
pub struct Line {
    pub mark: Mark,
    pub text: String,
    pub lang: Option<String>,
    pub badge: Option<Badge>,
    pub tone: Option<Tone>,
    pub strong: bool,
}

#[uniffi::remote(Enum)]
pub enum Mark {
    None,
    Icon { icon: String },
    Clock { hour: u8, minute: u8 },
    Face { initial: String },
}

#[uniffi::remote(Record)]
pub struct Card {
    pub tone: Option<Tone>,
    pub icon: Option<String>,
    pub centre: bool,
    pub lines: Vec<Line>,
    pub button: Option<Button>,
}

#[uniffi::remote(Record)]
pub struct Badge {
    pub kind: BadgeKind,
    pub icon: String,
    pub text: String,
    pub tone: Tone,
}

#[uniffi::remote(Enum)]
pub enum BadgeKind {
    Role,
    State,
}

#[uniffi::remote(Record)]
pub struct Step {
    pub state: StepState,
    pub icon: String,
    pub text: String,
    pub detail: Option<String>,
    pub badge: Option<Badge>,
}

#[uniffi::remote(Enum)]
pub enum StepState {
    Done,
    Now,
    Later,
}

#[uniffi::remote(Record)]
pub struct Input {
    pub id: String,
    pub label: String,
    pub value: String,
    pub max_bytes: u32,
    pub submit: Button,
}

#[uniffi::remote(Record)]
pub struct Code {
    pub size: u16,
    pub rows: Vec<String>,
    pub content: String,
    pub label: String,
}

#[uniffi::remote(Record)]
pub struct Scanner {
    pub label: String,
    pub searching: String,
    pub blind: String,
    pub take: Button,
    pub field: Option<Input>,
}

#[uniffi::remote(Record)]
pub struct Foot {
    pub line: Option<Line>,
    pub button: Button,
    pub urgent: bool,
}

#[uniffi::remote(Record)]
pub struct Status {
    pub icon: String,
    pub text: String,
    pub tone: Tone,
    pub action: Action,
}

#[uniffi::remote(Record)]
pub struct Spoken {
    pub text: String,
    pub lang: Option<String>,
    pub node: Option<u32>,
}

#[uniffi::remote(Record)]
pub struct Alarm {
    pub id: String,
    pub sound: Sound,
    pub repeats: bool,
    pub spoken: Option<String>,
    pub muted: String,
    pub notice: String,
}

#[uniffi::remote(Enum)]
pub enum Sound {
    Danger,
    Knock,
}

#[uniffi::remote(Enum)]
pub enum FirstStep {
    Language,
    Letters,
    ReadAloud,
    Name,
    Code,
    NoCode,
    Street,
    Agreements,
    Danger,
    Behaviour,
    Follow,
    Photo,
    Notifications,
    Camera,
    Position,
    Practise,
    Done,
}

#[uniffi::remote(Enum)]
pub enum Permission {
    Notifications,
    Camera,
    Position,
}
