//! "Wat is er veranderd?": every act of administration in plain words, with who, when and whom.

use super::super::model::{Card, Line, Mark, Node, Tile, TileStyle, Tone};
use super::{Page, Scene, kinds::role_key, parts, words};
use crate::{
    intent::Intent,
    screen::Mode,
    view::{Change, ChangeKind, Membership, Person, Role},
};

/// Cards on a page, in simplified and in full mode.
const SIMPLE: usize = 6;
const FULL: usize = 50;

pub(super) fn draw<'a>(scene: &'a Scene<'a>, page_number: u32) -> Page<'a> {
    let mut page = Page::new(scene, "changes", words(&scene.settings.lang).get("changes-title"));
    page.mode = scene.settings.mode;
    let most = if page.mode == Mode::Full { FULL } else { SIMPLE };
    let from = most.saturating_mul(usize::try_from(page_number).unwrap_or(usize::MAX));
    for change in scene.changes.iter().skip(from).take(most) {
        let card = page.change_card(change);
        page.push(Node::Card { card });
    }
    if scene.changes.is_empty() {
        page.push(parts::strong("done", words(&scene.settings.lang).get("changes-none")));
    }
    if scene.changes.len() > from.saturating_add(most) {
        let intent = Intent::OpenChanges { page: page_number.saturating_add(1) };
        page.push_minor("undo", "changes-older", "more", intent);
    }
    page
}

impl Page<'_> {
    /// News of the neighbourhood on the first screen, until somebody has looked (every admission is shown to all).
    /// Whether there is any.
    pub(super) fn push_news_of_people(&mut self) -> bool {
        if self.scene.neighbourhood.membership != Membership::Member {
            return false;
        }
        let tile = match self.scene.changes {
            [] => return false,
            [one] => {
                let (icon, text) = self.news(one);
                Tile { detail: Some(self.by(one)), ..news_tile(icon, text) }
            }
            several => {
                let count = u32::try_from(several.len()).unwrap_or(u32::MAX);
                let newest = several.first().map(|change| self.news(change).1);
                let text = self.words.get_with("news-many", &[("count", count.into())]);
                Tile { detail: newest, ..news_tile("people", text) }
            }
        };
        self.push(Node::Tile { tile });
        true
    }

    /// An admission as people tell it; every other act as it stands in the list.
    fn news(&self, change: &Change) -> (&'static str, String) {
        match change.what {
            ChangeKind::Admitted => {
                let names = self.names(&change.whom);
                ("new", self.words.get_with("news-admitted", &[("name", (&names).into())]))
            }
            what => (change_icon(what), self.what(change)),
        }
    }

    fn change_card(&self, change: &Change) -> Card {
        let moment = self.moment(change.time_s);
        let what = parts::line(change_icon(change.what), self.what(change));
        let when = match self.mode {
            Mode::Simplified => parts::marked(Mark::Clock { hour: moment.hour, minute: moment.minute }, moment.words),
            Mode::Full => parts::line("calendar", moment.digits),
        };
        let who = parts::marked(Mark::Face { initial: parts::initial(&change.by.name) }, self.by(change));
        let mut lines = vec![Line { strong: true, ..what }, who, when];
        if let Some(until_s) = change.until_s {
            let day = self.moment(until_s).day;
            lines.push(parts::line("calendar", self.words.get_with("change-until", &[("day", (&day).into())])));
        }
        if let Some(reason) = &change.reason {
            let text = self.words.get_with("change-reason", &[("reason", reason.into())]);
            lines.push(parts::line("info", text));
        }
        Card { tone: None, icon: None, centre: false, lines, button: None }
    }

    /// Who did it, and who signed with.
    fn by(&self, change: &Change) -> String {
        let by = self.names(std::slice::from_ref(&change.by));
        if change.with.is_empty() {
            return self.words.get_with("change-by", &[("name", (&by).into())]);
        }
        let with = self.names(&change.with);
        self.words.get_with("change-by-two", &[("name", (&by).into()), ("other", (&with).into())])
    }

    /// Names of people, oneself as "u" and last.
    pub(super) fn names(&self, people: &[Person]) -> String {
        let name = |person: &Person| if person.me { self.words.get("change-you") } else { person.name.clone() };
        let (others, me): (Vec<&Person>, Vec<&Person>) = people.iter().partition(|person| !person.me);
        self.list(&others.into_iter().chain(me).map(name).collect::<Vec<_>>())
    }

    /// What an act did, in one sentence.
    fn what(&self, change: &Change) -> String {
        let names = self.names(&change.whom);
        let role = change.role.map(|role| self.words.get(role_key(role))).unwrap_or_default();
        let given = [("name", (&names).into()), ("role", (&role).into())];
        self.words.get_with(what_key(change), &given)
    }
}

fn news_tile(icon: &str, text: String) -> Tile {
    let tile = parts::tile(TileStyle::Row, icon, text, "news", Intent::OpenChanges { page: 0 });
    Tile { tone: Tone::Info, ..tile }
}

const fn change_icon(what: ChangeKind) -> &'static str {
    match what {
        ChangeKind::Began => "people",
        ChangeKind::Admitted => "new",
        ChangeKind::Role | ChangeKind::Recovered => "coordinator",
        ChangeKind::Removed => "cannot",
        ChangeKind::Left => "come",
        ChangeKind::Replaced | ChangeKind::Linked => "nearby",
        ChangeKind::Helper => "helper",
        ChangeKind::Charter => "decide",
        ChangeKind::Relay => "mailbox",
        ChangeKind::Kept => "saved",
    }
}

/// The sentence of an act. Who did it with oneself did it alone.
fn what_key(change: &Change) -> &'static str {
    let own = change.whom.first().is_some_and(|person| person.me);
    match (change.what, own) {
        (ChangeKind::Began, _) => "change-began",
        (ChangeKind::Admitted, false) => "change-admitted",
        (ChangeKind::Admitted, true) => "change-admitted-you",
        (ChangeKind::Role, false) if change.role == Some(Role::Resident) => "change-role-none",
        (ChangeKind::Role, true) if change.role == Some(Role::Resident) => "change-role-none-you",
        (ChangeKind::Role, false) => "change-role",
        (ChangeKind::Role, true) => "change-role-you",
        (ChangeKind::Removed, false) => "change-removed",
        (ChangeKind::Removed, true) => "change-removed-you",
        (ChangeKind::Left, _) => "change-left",
        (ChangeKind::Replaced, false) => "change-replaced",
        (ChangeKind::Replaced, true) => "change-replaced-you",
        (ChangeKind::Linked, false) => "change-linked",
        (ChangeKind::Linked, true) => "change-linked-you",
        (ChangeKind::Helper, _) if change.whom.is_empty() => "change-helper-none",
        (ChangeKind::Helper, true) => "change-helper-you",
        (ChangeKind::Helper, false) => "change-helper",
        (ChangeKind::Charter, _) => "change-charter",
        (ChangeKind::Relay, _) => "change-relay",
        (ChangeKind::Recovered, _) if change.whom.iter().all(|person| person.me) => "change-recovered-you",
        (ChangeKind::Recovered, _) => "change-recovered",
        (ChangeKind::Kept, _) => "change-kept",
    }
}
