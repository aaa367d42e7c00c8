//! Nobody coordinates any more: neighbours choose who will, and sign one after the other.

use super::super::model::{Line, Node, Tile, TileStyle, Tone};
use super::{ButtonStyle, Page, Scene, choose::Choice, parts, people::in_order, words};
use crate::{
    intent::Intent,
    screen::{Foot, Mode},
    view::{Member, Membership, Role},
};

/// Most new coordinators at once, and most proposals that are shown.
const MOST: usize = 3;

/// Whether this phone's person may take part. Who coordinates chooses others by the usual way; an officer of the police
/// has no voice in it.
pub(super) fn may_recover(scene: &Scene<'_>) -> bool {
    let me = scene.neighbourhood.me.role;
    scene.neighbourhood.membership == Membership::Member && !matches!(me, Role::Coordinator | Role::Wijkagent)
}

/// Who is chosen, and what it takes.
pub(super) fn draw<'a>(scene: &'a Scene<'a>, page_number: u32, chosen: &'a [String]) -> Page<'a> {
    let mut page = Page::new(scene, "recover", words(&scene.settings.lang).get("recover-title"));
    page.mode = scene.settings.mode;
    let words = page.words;
    let able = |member: &&Member| !matches!(member.rights, Role::Coordinator | Role::Wijkagent);
    let members = in_order(scene.members).into_iter().filter(able).collect();
    let choice = Choice { members, chosen, page: page_number };
    if page_number == 0 {
        let count = [("count", scene.officials.quorum.into())];
        let texts = [words.get("recover-when"), words.get_with("recover-needs", &count), words.get("recover-stays")];
        // U1: so many choices at a time.
        let most = match (chosen.is_empty(), page.mode) {
            (false, _) => 0,
            (true, Mode::Simplified) => 1,
            (true, Mode::Full) => MOST,
        };
        for (number, proposal) in scene.proposals.iter().take(most).enumerate() {
            let id = if number == 0 { "proposal".to_owned() } else { format!("proposal-{number}") };
            page.push_waiting(proposal, &id);
        }
        page.push(parts::card("coordinator", Tone::Info, texts));
    }
    page.push_choosing(&choice, |_, _| None, |page, chosen| Intent::OpenRecover { page, chosen });
    // The next signer comes with the code of the first.
    let scan = parts::button(
        ButtonStyle::Minor,
        "scan",
        words.get("people-scan"),
        "scan",
        Intent::OpenScan { replaces: None },
    );
    page.push(Node::Button { button: scan });
    let names = choice.names();
    if names.len() > MOST {
        page.push(parts::tinted("warning", words.get("recover-most"), Tone::Attention));
    } else if !names.is_empty() {
        let text = words.get_with("recover-chosen", &[("name", (&page.list(&names)).into())]);
        let sign = Intent::Recover { persons: choice.ids() };
        let button = parts::button(ButtonStyle::Primary, "decide", words.get("sign-act"), "sign", sign);
        let line = Some(Line { strong: true, ..parts::line("coordinator", text) });
        page.foot = Some(Foot { line, button, urgent: false });
    }
    page
}

impl Page<'_> {
    /// The way to it: in sight where nobody coordinates, and for whoever cannot reach the one who does.
    pub(super) fn push_recover(&mut self) {
        if !may_recover(self.scene) {
            return;
        }
        if self.push_too_few() {
            return;
        }
        if self.scene.officials.coordinators == 0 {
            self.push(parts::tinted("coordinator", self.words.get("recover-nobody"), Tone::Attention));
        }
        self.push_minor("coordinator", "recover-open", "recover", begin());
    }

    /// Fewer are left than have to sign: what to do then, where nobody coordinates. Whether that is so.
    fn push_too_few(&mut self) -> bool {
        let officials = self.scene.officials;
        if officials.coordinators == 0 && !officials.can_recover() {
            self.push(parts::tinted("coordinator", self.words.get("recover-few"), Tone::Attention));
        }
        !officials.can_recover()
    }

    /// On the first screen, where nobody coordinates. Whether that is so.
    pub(super) fn push_leaderless(&mut self) -> bool {
        if !may_recover(self.scene) || self.scene.officials.coordinators > 0 {
            return false;
        }
        if self.push_too_few() {
            return true;
        }
        let text = self.words.get("recover-nobody");
        let tile = parts::tile(TileStyle::Row, "coordinator", text, "recover", begin());
        let detail = Some(self.words.get("recover-choose"));
        self.push(Node::Tile { tile: Tile { detail, tone: Tone::Attention, ..tile } });
        true
    }
}

fn begin() -> Intent {
    Intent::OpenRecover { page: 0, chosen: Vec::new() }
}
