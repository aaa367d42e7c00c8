//! The first run: one question a screen, nothing mandatory, a green button that goes on at the same place each time.

use super::super::{
    first::FirstStep,
    model::{Button, ButtonStyle, Card, Foot, Input, Line, Mark, Node, TextRole, TileStyle, Tone},
};
use super::{Page, Scene, home::may_report, parts, words};
use crate::{
    envelope::operation::content::{MAX_NAME_BYTES, MAX_STREET_BYTES},
    intent::{CharterTemplate, Intent},
    screen::{Mode, Permission},
};

pub(super) fn draw<'a>(scene: &'a Scene<'a>, step: FirstStep, name: &str, street: &str, may_begin: bool) -> Page<'a> {
    match step {
        FirstStep::Language => language(scene),
        FirstStep::Letters => letters(scene),
        FirstStep::ReadAloud => read_aloud(scene),
        FirstStep::Name => called(scene, name),
        FirstStep::Code => code(scene),
        FirstStep::NoCode => no_code(scene, may_begin),
        FirstStep::Street => begins(scene, street),
        FirstStep::Agreements => agreements(scene),
        FirstStep::Danger => agreement(scene, step, ["first-danger", "first-danger-why"], "call", 1),
        FirstStep::Behaviour => agreement(scene, step, ["first-behaviour", "first-behaviour-why"], "kind-behaviour", 2),
        FirstStep::Follow => agreement(scene, step, ["first-follow", "first-follow-why"], "steps", 3),
        FirstStep::Photo => agreement(scene, step, ["first-photo", "first-photo-why"], "no-photo", 4),
        FirstStep::Notifications => {
            permission(scene, step, ["first-notifications", "first-notifications-why"], "sound")
        }
        FirstStep::Camera => permission(scene, step, ["first-camera", "first-camera-why"], "camera"),
        FirstStep::Position => permission(scene, step, ["first-position", "first-position-why"], "place"),
        FirstStep::Practise | FirstStep::Done => practise(scene, step),
    }
}

fn page<'a>(scene: &'a Scene<'a>, key: &'static str) -> Page<'a> {
    Page::new(scene, key, words(&scene.settings.lang).get(key))
}

/// Nothing lies before the first step: settings stand where other screens have Back, as at home.
fn language<'a>(scene: &'a Scene<'a>) -> Page<'a> {
    let mut page = page(scene, "first-language");
    page.start = Some(super::home::settings_slot(&page));
    page.push_languages();
    page.go_on(FirstStep::Language, None);
    page
}

fn letters<'a>(scene: &'a Scene<'a>) -> Page<'a> {
    let mut page = page(scene, "first-letters");
    page.push_sizes();
    page.go_on(FirstStep::Letters, None);
    page
}

fn read_aloud<'a>(scene: &'a Scene<'a>) -> Page<'a> {
    let mut page = page(scene, "first-read-aloud");
    let words = page.words;
    page.push(Node::Line { line: parts::line("speak", words.get("first-read-aloud-how")) });
    for (icon, key, id, on) in
        [("speak", "first-read-aloud-on", "aloud-on", true), ("see", "first-read-aloud-off", "aloud-off", false)]
    {
        let tile = parts::tile(TileStyle::Row, icon, words.get(key), id, Intent::SetReadAloud { on });
        page.push(Node::Tile { tile });
    }
    page
}

/// The one field that everybody sees, and may leave empty.
fn called<'a>(scene: &'a Scene<'a>, name: &str) -> Page<'a> {
    let mut page = page(scene, "first-name");
    let words = page.words;
    let typed = if name == words.get("person-nameless") { "" } else { name };
    let submit = (words.get("first-name-keep"), Intent::FirstName { note: typed.to_owned() });
    page.push_field("your-name", words.get("first-name-label"), typed, MAX_NAME_BYTES, submit);
    let shown = words.get_with("first-name-shown", &[("name", name.into())]);
    page.go_on(FirstStep::Name, Some(parts::line("neighbour", shown)));
    page
}

/// Two phones meet: the neighbour scans this phone's code, and this phone the answer.
fn code<'a>(scene: &'a Scene<'a>) -> Page<'a> {
    let mut page = page(scene, "first-code");
    let words = page.words;
    page.push(Node::Line { line: parts::line("come", words.get("first-code-how")) });
    let show = parts::tile(TileStyle::Primary, "scan", words.get("first-code-show"), "show-card", Intent::ShowCard);
    page.push(Node::Tile { tile: show });
    let scan = Intent::OpenScan { replaces: None };
    let paper = parts::tile(TileStyle::Row, "camera", words.get("first-code-paper"), "open-scan", scan);
    page.push(Node::Tile { tile: paper });
    page.push_way("next", "first-code-none", "no-code", FirstStep::Code, FirstStep::NoCode);
    page
}

fn no_code<'a>(scene: &'a Scene<'a>, may_begin: bool) -> Page<'a> {
    let mut page = page(scene, "first-no-code");
    let words = page.words;
    page.push(parts::card("people", Tone::Info, [words.get("first-no-code-how")]));
    if may_begin {
        page.push_way("area", "first-no-code-begin", "begin", FirstStep::NoCode, FirstStep::Street);
    }
    page.push_way("next", "first-no-code-later", "without", FirstStep::NoCode, FirstStep::Danger);
    page
}

/// Which alerts the neighbourhood agrees on: three that fit, and each can be changed later.
fn agreements<'a>(scene: &'a Scene<'a>) -> Page<'a> {
    let mut page = page(scene, "first-agreements");
    let words = page.words;
    for template in CharterTemplate::ALL {
        let (icon, key) = match template {
            CharterTemplate::BreakInAndFire => ("kind-break-in", "first-agreements-few"),
            CharterTemplate::Standard => ("report", "first-agreements-all"),
            CharterTemplate::EveningQuiet => ("dark", "first-agreements-quiet"),
        };
        let intent = Intent::FirstAgreements { template };
        let tile = parts::tile(TileStyle::Row, icon, words.get(key), &format!("agree-{}", template.code()), intent);
        page.push(Node::Tile { tile });
    }
    page.push(Node::Line { line: parts::line("edit", words.get("first-agreements-later")) });
    page
}

/// Simplified use types nothing: the street has a plain name until somebody gives it another.
fn begins<'a>(scene: &'a Scene<'a>, street: &str) -> Page<'a> {
    let mut page = page(scene, "first-street");
    let words = page.words;
    page.push(parts::card("area", Tone::Info, [words.get("first-street-how"), words.get("first-street-first")]));
    if scene.settings.mode == Mode::Full {
        let typed = if street == words.get("first-street-nameless") { "" } else { street };
        let submit = (words.get("first-street-keep"), Intent::FirstStreet { note: typed.to_owned() });
        page.push_field("your-street", words.get("first-street-label"), typed, MAX_STREET_BYTES, submit);
    }
    let shown = words.get_with("first-street-shown", &[("street", street.into())]);
    let begin = Intent::FirstStep { from: FirstStep::Street, to: None };
    page.foot = Some(Foot {
        line: Some(parts::line("area", shown)),
        button: parts::button(ButtonStyle::Primary, "check", words.get("first-street-begin"), "begin", begin),
        urgent: false,
    });
    page
}

/// One agreement, its picture, and what one says to it.
fn agreement<'a>(
    scene: &'a Scene<'a>,
    step: FirstStep,
    [key, why]: [&'static str; 2],
    icon: &str,
    number: u32,
) -> Page<'a> {
    let mut page = page(scene, key);
    let words = page.words;
    let all = u32::try_from(FirstStep::AGREEMENTS.len()).unwrap_or(u32::MAX);
    let of = [("count", number.into()), ("others", all.into())];
    page.push(Node::Text { role: TextRole::Soft, text: words.get_with("first-agreement", &of) });
    page.push(picture(icon, words.get(why)));
    let agree = Intent::FirstStep { from: step, to: None };
    page.end_with("check", words.get("first-agree"), "agree", agree);
    page
}

/// Why the platform will ask; the shell opens its question when the green button is pressed.
fn permission<'a>(scene: &'a Scene<'a>, step: FirstStep, [key, why]: [&'static str; 2], icon: &str) -> Page<'a> {
    let mut page = page(scene, key);
    let words = page.words;
    page.push(picture(icon, words.get(why)));
    let on = |to| Intent::FirstStep { from: step, to };
    let later = parts::button(ButtonStyle::Minor, "next", words.get("first-not-now"), "not-now", on(None));
    page.push(Node::Button { button: later });
    let id = match step.permission() {
        Some(Permission::Notifications) => "ask-notifications",
        Some(Permission::Camera) => "ask-camera",
        _ => "ask-position",
    };
    page.end_with("check", words.get("first-ask"), id, on(None));
    page
}

/// The last step: try it once. Who is in no neighbourhood has nobody to practise with.
fn practise<'a>(scene: &'a Scene<'a>, step: FirstStep) -> Page<'a> {
    if !may_report(scene) {
        return ready(scene, step);
    }
    let mut page = page(scene, "first-practise");
    let words = page.words;
    page.push(picture("ratel", words.get("first-practise-how")));
    let later = parts::button(ButtonStyle::Minor, "next", words.get("first-practise-later"), "later", end(step));
    page.push(Node::Button { button: later });
    page.end_with("report", words.get("first-practise-begin"), "practise", Intent::Practise);
    page
}

fn ready<'a>(scene: &'a Scene<'a>, step: FirstStep) -> Page<'a> {
    let mut page = page(scene, "first-ready");
    page.push_membership();
    page.end_with("check", page.words.get("first-end"), "end", end(step));
    page
}

fn end(from: FirstStep) -> Intent {
    Intent::FirstStep { from, to: Some(FirstStep::Done) }
}

/// One picture with one sentence under it.
fn picture(icon: &str, text: String) -> Node {
    let line: Line = parts::marked(Mark::None, text);
    let card = Card { tone: None, icon: Some(icon.to_owned()), centre: true, lines: vec![line], button: None };
    Node::Card { card }
}

impl Page<'_> {
    /// "Verder", at the same place on every step.
    fn go_on(&mut self, from: FirstStep, line: Option<Line>) {
        let text = self.words.get("first-next");
        let button = parts::button(ButtonStyle::Primary, "next", text, "next", Intent::FirstStep { from, to: None });
        self.foot = Some(Foot { line, button, urgent: false });
    }

    /// The one act that ends the step.
    fn end_with(&mut self, icon: &str, text: String, id: &str, intent: Intent) {
        let button = parts::button(ButtonStyle::Primary, icon, text, id, intent);
        self.foot = Some(Foot { line: None, button, urgent: false });
    }

    fn push_way(&mut self, icon: &str, key: &str, id: &str, from: FirstStep, to: FirstStep) {
        let intent = Intent::FirstStep { from, to: Some(to) };
        let tile = parts::tile(TileStyle::Row, icon, self.words.get(key), id, intent);
        self.push(Node::Tile { tile });
    }

    fn push_field(&mut self, id: &str, label: String, value: &str, most: usize, (keep, intent): (String, Intent)) {
        let submit: Button = parts::button(ButtonStyle::Minor, "saved", keep, &format!("{id}-keep"), intent);
        let max_bytes = u32::try_from(most).unwrap_or(u32::MAX);
        let input = Input { id: id.to_owned(), label, value: value.to_owned(), max_bytes, submit };
        self.push(Node::Input { input });
    }
}
