//! "Wat staat apart?": what does not count, with the reason and what was agreed before and after; who decides can show
//! it to the street after all. Its author sees his own alert, marked.

use super::super::model::{Card, Line, Mark, Node, Tile, TileStyle, Tone};
use super::{
    ButtonStyle, Page, Scene,
    kinds::{kind_icon, kind_key},
    parts, words,
};
use crate::{
    intent::Intent,
    view::{Alert, QuarantineReason, Quarantined},
};

/// U1: a screen offers at most six choices.
const MOST: usize = 6;

pub(super) fn draw<'a>(scene: &'a Scene<'a>) -> Page<'a> {
    let mut page = Page::new(scene, "aside", words(&scene.settings.lang).get("aside-title"));
    let words = page.words;
    if scene.quarantined.is_empty() {
        page.push(parts::strong("done", words.get("aside-none")));
        return page;
    }
    page.push(Node::Line { line: parts::line("info", words.get("aside-what")) });
    for one in scene.quarantined.iter().take(MOST) {
        let card = page.aside_card(one);
        page.push(Node::Card { card });
    }
    if let Some(others @ 1..) = scene.quarantined.len().checked_sub(MOST) {
        let count = u32::try_from(others).unwrap_or(u32::MAX);
        page.push(Node::Line {
            line: parts::line("waiting", words.get_with("aside-more", &[("count", count.into())])),
        });
    }
    page
}

impl Page<'_> {
    /// One line for those who decide: so much is set aside. Whether there is anything.
    pub(super) fn push_aside(&mut self) -> bool {
        let others = self.scene.quarantined.iter().filter(|one| !one.author.me).count();
        let Ok(count @ 1..) = u32::try_from(others) else { return false };
        let text = self.words.get_with("aside-home", &[("count", count.into())]);
        let tile = parts::tile(TileStyle::Row, "lock", text, "aside", Intent::OpenAside);
        self.push(Node::Tile { tile: Tile { tone: Tone::Waiting, ..tile } });
        true
    }

    /// Says of one's own alert that it is set aside, why, and that 112 is always there.
    pub(super) fn push_own_aside(&mut self, alert: &Alert) {
        let Some(why) = alert.set_aside else { return };
        let words = self.words;
        let key = match why {
            QuarantineReason::NotMember => "aside-own-not-member",
            QuarantineReason::Role => "aside-own-role",
            QuarantineReason::Charter => "aside-own-charter",
        };
        let mut texts = vec![words.get(key), words.get("aside-own-seen")];
        if let Some(one) = self.scene.quarantined.iter().find(|one| one.id == alert.id) {
            texts.extend(self.versions_of(one));
        }
        texts.push(words.get("aside-own-112"));
        self.push(parts::card("lock", Tone::Waiting, texts));
    }

    fn aside_card(&self, one: &Quarantined) -> Card {
        let words = self.words;
        let (icon, what) = match one.kind {
            Some(kind) => (kind_icon(kind), words.get(kind_key(kind))),
            None => ("see", words.get("aside-follows")),
        };
        let mut lines = vec![Line { strong: true, ..parts::line(icon, what) }];
        if let Some(alert) = &one.alert {
            if !alert.place.is_empty() {
                lines.push(parts::line("place", alert.place.clone()));
            }
            lines.extend(self.note_lines(alert));
        }
        let moment = self.moment(one.time_s);
        lines.push(parts::marked(Mark::Clock { hour: moment.hour, minute: moment.minute }, moment.words));
        lines.push(self.sender(&one.author));
        let name = [("name", (&one.author.name).into())];
        lines.push(parts::line(
            "lock",
            match one.why {
                QuarantineReason::NotMember => words.get_with("aside-not-member", &name),
                QuarantineReason::Role => words.get_with("aside-role", &name),
                QuarantineReason::Charter => words.get("aside-charter"),
            },
        ));
        lines.extend(self.versions_of(one).into_iter().map(|text| parts::line("decide", text)));
        let decides = self.scene.neighbourhood.me.role.is_official();
        let keep = || {
            let intent = Intent::Keep { id: one.id.clone() };
            parts::button(ButtonStyle::Minor, "people", words.get("aside-keep"), &format!("keep-{}", one.id), intent)
        };
        Card { tone: None, icon: None, centre: false, lines, button: decides.then(keep) }
    }

    /// The agreements before and after, where they are the reason.
    fn versions_of(&self, one: &Quarantined) -> Vec<String> {
        let version = |key: &str, version: &crate::view::CharterView| {
            let (day, by) = (self.moment(version.since_s).day, self.names(std::slice::from_ref(&version.by)));
            self.words.get_with(key, &[("day", (&day).into()), ("name", (&by).into())])
        };
        let before = one.before.as_ref().map(|before| version("aside-before", before));
        before.into_iter().chain(one.after.as_ref().map(|after| version("aside-after", after))).collect()
    }
}
