//! Moving the neighbourhood to another relay: where to, and what that means for everybody, before it counts. A
//! coordinator's act, with an address to type, so it belongs to full use.

use super::super::model::{Input, Line, Mode, Node, Tone};
use super::{ButtonStyle, Page, Scene, parts, people::may_administer, words};
use crate::intent::Intent;

/// Longest address (bytes).
const MOST_ADDRESS_BYTES: u32 = 200;

/// Whether this phone's person moves the neighbourhood, here and now.
pub(super) fn may_move(scene: &Scene<'_>) -> bool {
    scene.settings.mode == Mode::Full && may_administer(scene)
}

/// Where to?
pub(super) fn draw<'a>(scene: &'a Scene<'a>, typed: &str) -> Page<'a> {
    let mut page = Page::new(scene, "relay", words(&scene.settings.lang).get("postbox-title"));
    page.mode = Mode::Full;
    let words = page.words;
    page.push(Node::Line { line: parts::line("info", words.get("postbox-what")) });
    if let Some(now) = scene.relay {
        let lines = vec![parts::line("mailbox", words.get("postbox-now")), address_line(now)];
        page.push(Node::Facts { lines });
    }
    let submit = Intent::OpenRelay { note: Some(typed.to_owned()) };
    page.push(Node::Input {
        input: Input {
            id: "relay-address".to_owned(),
            label: words.get("postbox-type"),
            value: typed.to_owned(),
            max_bytes: MOST_ADDRESS_BYTES,
            submit: parts::button(ButtonStyle::Primary, "next", words.get("remove-next"), "relay-next", submit),
        },
    });
    page
}

/// Is that right, and what happens then.
pub(super) fn confirm<'a>(scene: &'a Scene<'a>, address: &str) -> Page<'a> {
    let mut page = Page::new(scene, "relay-move", words(&scene.settings.lang).get("postbox-right"));
    page.mode = Mode::Full;
    let words = page.words;
    page.push(Node::Facts { lines: vec![address_line(address)] });
    let texts = ["postbox-all", "postbox-former", "postbox-told"].map(|key| words.get(key));
    page.push(parts::card("info", Tone::Info, texts));
    let stay = parts::button(ButtonStyle::Choice, "post", words.get("postbox-stays"), "stays", Intent::Home);
    page.push(Node::Button { button: stay });
    let address = address.to_owned();
    let go =
        parts::button(ButtonStyle::Choice, "mailbox", words.get("postbox-act"), "goes", Intent::MoveRelay { address });
    page.push(Node::Button { button: go });
    page
}

/// An address is in no language.
fn address_line(address: &str) -> Line {
    Line { strong: true, ..parts::line("internet", address.to_owned()) }
}
