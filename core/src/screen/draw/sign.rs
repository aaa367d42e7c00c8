//! Two persons over an official: the code for the second, and what the second is asked to sign.

use super::super::model::{Card, Code, Foot, Line, Mark, Node, Tile, TileStyle, Tone};
use super::{ButtonStyle, Page, Scene, kinds::role_key, parts, words};
use crate::{
    intent::Intent,
    view::{ChangeKind, Proposal},
};

/// U20: up to five people are shown one by one.
const MOST_FACES: usize = 5;

pub(super) fn draw<'a>(scene: &'a Scene<'a>, proposal: &'a Proposal) -> Page<'a> {
    match proposal.signed_by_me {
        true if is_enough(proposal) => finishes(scene, proposal),
        true => waits(scene, proposal),
        false => asked(scene, proposal),
    }
}

/// Neighbours signed at the same time, each on the own phone: it is enough, and nobody was the last.
fn finishes<'a>(scene: &'a Scene<'a>, proposal: &'a Proposal) -> Page<'a> {
    let mut page = Page::new(scene, "finish", words(&scene.settings.lang).get("recover-enough"));
    let words = page.words;
    let text = page.will(proposal);
    page.push(parts::strong("decide", text));
    page.push_signed(proposal);
    page.push(Node::Line { line: parts::line("people", words.get("recover-stays")) });
    let finish = Intent::Cosign { code: proposal.code.clone() };
    let button = parts::button(ButtonStyle::Primary, "check", words.get("recover-finish"), "finish", finish);
    page.foot = Some(Foot { line: None, button, urgent: false });
    page
}

/// This phone's person has signed; somebody else scans the code.
fn waits<'a>(scene: &'a Scene<'a>, proposal: &'a Proposal) -> Page<'a> {
    let mut page = Page::new(scene, "sign-code", words(&scene.settings.lang).get("sign-second"));
    let words = page.words;
    let text = page.will(proposal);
    page.push(parts::strong("decide", text));
    match Code::of(proposal.code.clone(), words.get("sign-code-label")) {
        Some(code) => page.push(Node::Code { code }),
        None => page.push(parts::tinted("info", words.get("sign-from-afar"), Tone::Info)),
    }
    page.push_signed(proposal);
    let recover = proposal.what == ChangeKind::Recovered;
    if recover {
        // In a large street a code holds a part of the names: others who signed show theirs.
        page.push(Node::Line { line: parts::line("come", words.get("sign-how-any")) });
        page.push(Node::Line { line: parts::line("info", words.get("recover-afar")) });
        let scan = Intent::OpenScan { replaces: None };
        let button = parts::button(ButtonStyle::Minor, "scan", words.get("people-scan"), "scan", scan);
        page.push(Node::Button { button });
    } else {
        page.push(Node::Line { line: parts::line("come", words.get("sign-how")) });
    }
    let done = parts::button(ButtonStyle::Primary, "check", words.get("sign-done"), "home", Intent::Home);
    page.foot = Some(Foot { line: None, button: done, urgent: false });
    page
}

fn is_enough(proposal: &Proposal) -> bool {
    let signed = u32::try_from(proposal.signed.len()).unwrap_or(u32::MAX);
    proposal.what == ChangeKind::Recovered && signed >= proposal.needed
}

/// Somebody asks for a second signature. Nothing happens to who does not sign.
fn asked<'a>(scene: &'a Scene<'a>, proposal: &'a Proposal) -> Page<'a> {
    let mut page = Page::new(scene, "sign", words(&scene.settings.lang).get("sign-title"));
    let words = page.words;
    let what = Line { strong: true, ..parts::marked(Mark::None, page.will(proposal)) };
    let mut lines = vec![what];
    if let Some(until_s) = proposal.until_s {
        let day = page.moment(until_s).day;
        lines.push(parts::marked(Mark::None, words.get_with("change-until", &[("day", (&day).into())])));
    }
    for person in proposal.signed.iter().take(MOST_FACES) {
        let face = Mark::Face { initial: parts::initial(&person.name) };
        let text = words.get_with("sign-signed", &[("name", (&person.name).into())]);
        lines.push(Line { badge: Some(page.role(person)), ..parts::marked(face, text) });
    }
    if proposal.what == ChangeKind::Recovered {
        lines.extend(["recover-stays", "recover-then"].map(|key| parts::marked(Mark::None, words.get(key))));
    }
    if proposal.left.is_some() {
        lines.extend(["left-why", "act-two"].map(|key| parts::marked(Mark::None, words.get(key))));
    }
    let icon = Some("decide".to_owned());
    page.push(Node::Card { card: Card { tone: Some(Tone::Info), icon, centre: false, lines, button: None } });
    page.push_signed(proposal);
    let not = parts::button(ButtonStyle::Choice, "back", words.get("sign-not"), "stays", Intent::Back);
    page.push(Node::Button { button: not });
    let sign = match &proposal.left {
        Some(person) => Intent::SignLeft { person: person.clone() },
        None => Intent::Cosign { code: proposal.code.clone() },
    };
    let sign = parts::button(ButtonStyle::Choice, "check", words.get("sign-act"), "sign", sign);
    page.push(Node::Button { button: sign });
    page
}

impl Page<'_> {
    /// What waits for a signature, on the first screen: one at a time. Whether there is anything.
    pub(super) fn push_proposal(&mut self) -> bool {
        let Some(proposal) = self.scene.proposals.first() else { return false };
        self.push_waiting(proposal, "proposal");
        true
    }

    /// The way to what waits for a signature.
    pub(super) fn push_waiting(&mut self, proposal: &Proposal, id: &str) {
        let others: Vec<_> = proposal.signed.iter().filter(|person| !person.me).cloned().collect();
        let text = if proposal.left.is_some() {
            self.words.get("left-asked")
        } else if proposal.signed_by_me && is_enough(proposal) {
            self.words.get("recover-enough")
        } else if proposal.signed_by_me {
            self.words.get("sign-waits")
        } else {
            let count = u32::try_from(others.len()).unwrap_or(u32::MAX);
            self.words.get_with("sign-asked", &[("name", (&self.names(&others)).into()), ("count", count.into())])
        };
        let open = match &proposal.left {
            Some(person) => Intent::OpenLeft { person: person.clone() },
            None => Intent::OpenSign { code: proposal.code.clone() },
        };
        let tile = parts::tile(TileStyle::Row, "decide", text, id, open);
        let tile = Tile { detail: Some(self.will(proposal)), tone: Tone::Attention, ..tile };
        self.push(Node::Tile { tile });
    }

    /// How many have signed, where it takes more than two.
    fn push_signed(&mut self, proposal: &Proposal) {
        if proposal.what != ChangeKind::Recovered {
            return;
        }
        let signed = u32::try_from(proposal.signed.len()).unwrap_or(u32::MAX);
        let given = [("signed", signed.into()), ("needed", proposal.needed.into())];
        let text = self.words.get_with("recover-signed", &given);
        let faces = proposal.signed.iter().take(MOST_FACES).map(|person| parts::initial(&person.name)).collect();
        self.push(Node::People { faces, text });
    }

    /// What an act will do once it is signed.
    fn will(&self, proposal: &Proposal) -> String {
        let names = self.names(&proposal.whom);
        let role = proposal.role.map(|role| self.words.get(role_key(role))).unwrap_or_default();
        let count = u32::try_from(proposal.whom.len()).unwrap_or(u32::MAX);
        self.words.get_with(
            proposal.sentence_key(),
            &[("name", (&names).into()), ("role", (&role).into()), ("count", count.into())],
        )
    }
}
