//! What a shell draws: whole screens as data.
//!
//! A shell maps every node to its widget and every [`Tone`] to colours, and decides nothing else. Everything a
//! person can read is in here in the person's language, together with what "Lees voor" says. A control carries an
//! [`Action`]: its `id` names it for tests and assistive tools, its `intent` is what the shell hands back to
//! `App::handle`.

use serde::{Deserialize, Serialize};

use crate::intent::Intent;

/// One whole screen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Screen {
    /// Stable name, such as `home`: each file below `screen/draw/mod.rs` gives its own.
    pub id: String,
    /// How it is set. In full use, home, detail, edit, people, changes, recover and lapse have their own form; the other screens are the simplified
    /// ones.
    pub mode: Mode,
    /// The use that the person chose in the settings.
    pub chosen_mode: Mode,
    /// BCP 47 tag of the texts, such as `nl`.
    pub lang: String,
    /// Reading direction of the language.
    pub direction: Direction,
    /// Letter size in percent, 100 to 310.
    pub letters: u16,
    /// Light or dark.
    pub theme: Theme,
    /// The bar above: always at the same place.
    pub bar: Bar,
    /// The question or name of the screen.
    pub title: Title,
    /// The contents in reading order.
    pub nodes: Vec<Node>,
    /// The act that ends this step; stays in view.
    pub foot: Option<Foot>,
    /// Whether everything is sent; opens the status screen.
    pub status: Option<Status>,
    /// 112, at its fixed place: a strip below in simplified mode, a button in the head in full mode.
    pub call: Button,
    /// What reading aloud says, in order; 112 comes first.
    pub spoken: Vec<Spoken>,
    /// Read it aloud without being asked.
    pub read_aloud: bool,
    /// A sound to make now.
    pub alarm: Option<Alarm>,
}

/// How much a screen asks of its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// One question a screen, large targets, everything spoken.
    #[default]
    Simplified,
    /// Closer together, more on a screen.
    Full,
}

/// Reading direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

/// Colours of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// Dark ink on paper.
    #[default]
    Light,
    /// Light ink on dark ground.
    Dark,
}

/// What a node is about; a shell maps it to five colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// Nothing special.
    Neutral,
    /// 112 and nothing else.
    Emergency,
    /// Open now.
    Attention,
    /// A fact that is done.
    Done,
    /// An explanation, a search.
    Info,
    /// Stored here, not gone yet.
    Waiting,
    /// An official role.
    Official,
}

/// A control's act.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Action {
    /// Stable id, unique on the screen, such as `report`, `kind-fire`, `send`, `answer-come`.
    pub id: String,
    /// What the shell hands to the core.
    pub intent: Intent,
}

/// The bar above the title.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bar {
    /// Back, or the settings on the home screen.
    pub start: Option<Button>,
    /// Reads the screen aloud; the shell does that itself from [`Screen::spoken`].
    pub speak: Label,
    /// Shown when reading aloud is asked for and the shell has no voice for the language (U13).
    pub no_voice: String,
}

/// An icon and a word.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Label {
    /// Name of a pictogram in `core/assets`.
    pub icon: String,
    /// The word.
    pub text: String,
}

/// The title of a screen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Title {
    /// A pictogram beside it, for an alert.
    pub icon: Option<String>,
    /// The words.
    pub text: String,
}

/// Part of a screen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "node", rename_all = "kebab-case")]
pub enum Node {
    /// A large choice.
    Tile {
        /// The tile.
        tile: Tile,
    },
    /// Two choices side by side; one column when letters are large.
    Pair {
        /// First in reading order.
        first: Tile,
        /// Second.
        second: Tile,
    },
    /// A choice with an icon.
    Button {
        /// The button.
        button: Button,
    },
    /// A paragraph or a heading.
    Text {
        /// Which of them.
        role: TextRole,
        /// The words.
        text: String,
    },
    /// Icon and words in one line.
    Line {
        /// The line.
        line: Line,
    },
    /// Lines that belong together, close to each other.
    Facts {
        /// In reading order.
        lines: Vec<Line>,
    },
    /// A framed group, not pressable as a whole.
    Card {
        /// The card.
        card: Card,
    },
    /// Roles and states in a row.
    Badges {
        /// In reading order.
        badges: Vec<Badge>,
    },
    /// Who comes: at most five faces, then words.
    People {
        /// Initials.
        faces: Vec<String>,
        /// The words.
        text: String,
    },
    /// The path of an alert.
    Path {
        /// In order.
        steps: Vec<Step>,
    },
    /// Seconds left.
    Ring {
        /// Seconds until it is due.
        seconds_left: u32,
        /// Seconds it took in all.
        seconds_total: u32,
        /// The words for it.
        label: String,
    },
    /// A decoration that says nothing new; hidden when letters are large.
    Picture {
        /// Name of the drawing.
        icon: String,
        /// Words beside it.
        text: String,
    },
    /// A field to type in: the first name, and in full mode.
    Input {
        /// The field.
        input: Input,
    },
    /// A code that another phone's camera reads: dark modules on white in both themes, with four modules of quiet
    /// around it.
    Code {
        /// The code.
        code: Code,
    },
    /// What the camera sees, until it sees a code.
    Scanner {
        /// The scanner.
        scanner: Scanner,
    },
}

/// How a [`Node::Text`] is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextRole {
    /// A sentence.
    Body,
    /// A heading under the title.
    Sub,
    /// A second line.
    Soft,
}

/// A large choice with a picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tile {
    /// How it is set.
    pub style: TileStyle,
    /// Pictogram.
    pub icon: String,
    /// The words.
    pub text: String,
    /// A second line, smaller.
    pub detail: Option<String>,
    /// States under the words (full mode).
    pub badges: Vec<Badge>,
    /// Words of the inner button of an alert card ("Bekijk"); the whole tile is the target.
    pub look: Option<Label>,
    /// Colours of the stamp under the pictogram, or of the whole for an alert card.
    pub tone: Tone,
    /// Marked as the person's choice.
    pub chosen: bool,
    /// What a press does.
    pub action: Action,
}

/// How a [`Tile`] is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TileStyle {
    /// Picture at the start, words after it.
    Row,
    /// Picture above the words.
    Stack,
    /// Filled and big: the one thing we expect.
    Primary,
    /// An open alert.
    Alert,
}

/// A choice with an icon.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Button {
    /// How it is set.
    pub style: ButtonStyle,
    /// Pictogram; a tick when chosen.
    pub icon: String,
    /// The words.
    pub text: String,
    /// Language of the words where it is not the screen's.
    pub lang: Option<String>,
    /// Size of the words against the screen's, in percent, for the choice of letter size.
    pub sample: Option<u16>,
    /// Colours.
    pub tone: Tone,
    /// Marked as the person's choice.
    pub chosen: bool,
    /// What a press does.
    pub action: Action,
}

/// How a [`Button`] is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ButtonStyle {
    /// One of several equals; with [`Tone::Emergency`] it calls 112.
    Choice,
    /// The one thing we expect here.
    Primary,
    /// Less expected: take back, change.
    Minor,
    /// Twice as high: Stop, and 112 where it comes first.
    Huge,
    /// In the bar: back, settings.
    Slot,
    /// 112.
    Call,
}

/// Icon and words in one line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// What stands before the words.
    pub mark: Mark,
    /// The words.
    pub text: String,
    /// Language of the words where a person wrote them in another than the screen's.
    pub lang: Option<String>,
    /// Role of the person named.
    pub badge: Option<Badge>,
    /// Tinted when present.
    pub tone: Option<Tone>,
    /// Bold.
    pub strong: bool,
}

/// What stands before the words of a [`Line`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "mark", rename_all = "kebab-case")]
pub enum Mark {
    /// Nothing.
    None,
    /// A small pictogram.
    Icon {
        /// Its name.
        icon: String,
    },
    /// A clock face with hands.
    Clock {
        /// Hour, 0 to 23.
        hour: u8,
        /// Minute, 0 to 59.
        minute: u8,
    },
    /// A person's initial in a circle.
    Face {
        /// The initial.
        initial: String,
    },
}

/// A framed group of words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// Tinted when present.
    pub tone: Option<Tone>,
    /// A pictogram above or beside the words.
    pub icon: Option<String>,
    /// One large picture with the words under it, in the middle.
    pub centre: bool,
    /// The words.
    pub lines: Vec<Line>,
    /// An act on what the card shows.
    pub button: Option<Button>,
}

/// A role (pill) or a state (box): icon and word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Badge {
    /// Role or state; they differ in shape.
    pub kind: BadgeKind,
    /// Pictogram.
    pub icon: String,
    /// The word.
    pub text: String,
    /// Colours.
    pub tone: Tone,
}

/// Whether a [`Badge`] says who somebody is or how something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BadgeKind {
    /// A role: drawn as a pill.
    Role,
    /// A state: drawn as a box.
    State,
}

/// A step of [`Node::Path`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Done, now or later.
    pub state: StepState,
    /// Pictogram.
    pub icon: String,
    /// The words.
    pub text: String,
    /// A second line, such as the time (full mode).
    pub detail: Option<String>,
    /// Role of the person named.
    pub badge: Option<Badge>,
}

/// Where on the path a step lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepState {
    /// It happened.
    Done,
    /// It is happening.
    Now,
    /// Not yet.
    Later,
}

/// A field to type in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Input {
    /// Stable id.
    pub id: String,
    /// The words above it.
    pub label: String,
    /// What it holds now.
    pub value: String,
    /// Most bytes of UTF-8 it takes.
    pub max_bytes: u32,
    /// The button that takes the text; the shell puts the text into the intent's `note`. It also does so when the
    /// field loses the focus, before the next press, so that nothing typed is lost.
    pub submit: Button,
}

/// A QR code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// Modules on a side, without the quiet zone.
    pub size: u16,
    /// `size` rows from top to bottom, each of `size` characters: `1` is dark.
    pub rows: Vec<String>,
    /// What the code says, for a shell that can hand it on in another way than by light.
    pub content: String,
    /// The picture in words, for who cannot see it.
    pub label: String,
}

/// A camera that looks for a code. The shell opens the camera and puts what it reads into the `code` of the
/// button's intent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scanner {
    /// The picture of the camera in words.
    pub label: String,
    /// Shown while no code is in view.
    pub searching: String,
    /// Shown where there is no camera, or the person does not allow it.
    pub blind: String,
    /// Takes the code in view, where the shell does not take it by itself.
    pub take: Button,
    /// For a code that came in writing; full mode only.
    pub field: Option<Input>,
}

/// The act that ends a step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Foot {
    /// A line above the button: who gets it.
    pub line: Option<Line>,
    /// The act.
    pub button: Button,
    /// Time runs out: stays in view at any letter size.
    pub urgent: bool,
}

/// The status line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Status {
    /// Pictogram.
    pub icon: String,
    /// The words.
    pub text: String,
    /// Colour of the pictogram.
    pub tone: Tone,
    /// Opens the status screen.
    pub action: Action,
}

/// A sentence for the ear.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spoken {
    /// The sentence.
    pub text: String,
    /// Language where it is not the screen's.
    pub lang: Option<String>,
    /// Index into [`Screen::nodes`] of what is being read, to mark it.
    pub node: Option<u32>,
}

/// A sound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alarm {
    /// Changes with every new reason to sound; a shell plays each id once, or again and again if `repeats`.
    pub id: String,
    /// Which sound.
    pub sound: Sound,
    /// Repeats until the alert is seen: then the alarm is gone from the next screen.
    pub repeats: bool,
    /// Said after the sound of a practice alert.
    pub spoken: Option<String>,
    /// Shown where the shell may not make sound yet.
    pub muted: String,
    /// A notice for a locked phone or a hidden page: no name, no place, not even what it is.
    pub notice: String,
}

/// The sounds there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sound {
    /// A wooden rattle, then a low bell.
    Danger,
    /// One knock on wood.
    Knock,
}
