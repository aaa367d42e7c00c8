//! Choosing several people: each press marks one, or takes the mark away; the act below says what is done with them.

use super::super::model::{Mode, Node, Tile, TileStyle, Tone};
use super::{Page, kinds::role_icon, parts};
use crate::{intent::Intent, view::Member};

/// Neighbours on a page, beside three other choices (U1), and in full mode.
const SIMPLE: usize = 3;
const FULL: usize = 50;

/// Who can be chosen and who is.
pub(super) struct Choice<'m> {
    /// In the order of the screen.
    pub(super) members: Vec<&'m Member>,
    /// Ids of those who are chosen.
    pub(super) chosen: &'m [String],
    /// Which page, from 0.
    pub(super) page: u32,
}

impl Choice<'_> {
    /// The chosen ones who are still there.
    fn standing(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().copied().filter(|member| self.chosen.contains(&member.id))
    }

    /// Their names.
    pub(super) fn names(&self) -> Vec<String> {
        self.standing().map(|member| member.person.name.clone()).collect()
    }

    /// Their ids: what is done, is done with whom the screen names.
    pub(super) fn ids(&self) -> Vec<String> {
        self.standing().map(|member| member.id.clone()).collect()
    }

    /// Who would be chosen after a press.
    fn after(&self, id: &str) -> Vec<String> {
        let mut chosen: Vec<String> = self.chosen.iter().filter(|known| *known != id).cloned().collect();
        if chosen.len() == self.chosen.len() {
            chosen.push(id.to_owned());
        }
        chosen
    }
}

impl Page<'_> {
    /// The people of this page as choices, and a way to the next. `open` is the same screen with another page or choice.
    pub(super) fn push_choosing(
        &mut self,
        choice: &Choice<'_>,
        detail: impl Fn(&Self, &Member) -> Option<String>,
        open: impl Fn(u32, Vec<String>) -> Intent,
    ) {
        let most = if self.mode == Mode::Full { FULL } else { SIMPLE };
        let from = most.saturating_mul(usize::try_from(choice.page).unwrap_or(usize::MAX));
        for member in choice.members.iter().skip(from).take(most) {
            let id = format!("choose-{}", member.id);
            let intent = open(choice.page, choice.after(&member.id));
            let name = self.member_name(&member.person);
            let mut tile = parts::tile(TileStyle::Row, role_icon(member.shown_role()), name, &id, intent);
            if choice.chosen.contains(&member.id) {
                "check".clone_into(&mut tile.icon);
                tile.tone = Tone::Done;
                tile.chosen = true;
            }
            let tile = Tile { detail: detail(self, member), badges: self.member_badges(member), ..tile };
            self.push(Node::Tile { tile });
        }
        if choice.members.len() > from.saturating_add(most) {
            let next = open(choice.page.saturating_add(1), choice.chosen.to_vec());
            self.push_minor("people", "people-more", "more", next);
        }
    }
}
