//! Of whom nothing was heard for long: a coordinator chooses who lapses, and takes them out in one act (R22).

use super::super::model::{Foot, Line, Mark, Node, Tone};
use super::{ButtonStyle, Page, Scene, choose::Choice, parts, people::may_administer, words};
use crate::{intent::Intent, view::Member};

/// Who may lapse: the longest silent first. Over an official it takes two, one by one.
pub(super) fn silent<'a>(scene: &'a Scene<'a>) -> Vec<&'a Member> {
    if !may_administer(scene) {
        return Vec::new();
    }
    let mut silent: Vec<&Member> =
        scene.members.iter().filter(|member| member.silent_since_s.is_some() && !member.rights.is_official()).collect();
    silent.sort_by_key(|member| member.silent_since_s);
    silent
}

/// Who goes.
pub(super) fn draw<'a>(scene: &'a Scene<'a>, page_number: u32, chosen: &'a [String]) -> Page<'a> {
    let mut page = Page::new(scene, "lapse", words(&scene.settings.lang).get("lapse-title"));
    page.mode = scene.settings.mode;
    let words = page.words;
    let choice = Choice { members: silent(scene), chosen, page: page_number };
    if choice.members.is_empty() {
        page.push(parts::strong("done", words.get("lapse-nobody")));
        return page;
    }
    if page_number == 0 {
        page.push(parts::card("info", Tone::Info, ["lapse-when", "lapse-choose"].map(|key| words.get(key))));
    }
    let heard = |page: &Page<'_>, member: &Member| {
        let day = page.moment(member.silent_since_s?).day;
        Some(page.words.get_with("lapse-heard", &[("day", (&day).into())]))
    };
    page.push_choosing(&choice, heard, |page, chosen| Intent::OpenLapse { page, chosen, sure: false });
    let names = choice.names();
    if names.len() < choice.members.len() {
        let all = choice.members.iter().map(|member| member.id.clone()).collect();
        let intent = Intent::OpenLapse { page: page_number, chosen: all, sure: false };
        page.push_minor("people", "lapse-all", "all", intent);
    }
    if !names.is_empty() {
        let go = Intent::OpenLapse { page: page_number, chosen: chosen.to_vec(), sure: true };
        let button = parts::button(ButtonStyle::Primary, "cannot", words.get("remove-next"), "next", go);
        let line = Some(Line { strong: true, ..parts::line("people", page.counted("lapse-chosen", &names)) });
        page.foot = Some(Foot { line, button, urgent: false });
    }
    page
}

/// What it means that they go, and the two ways on.
pub(super) fn sure<'a>(scene: &'a Scene<'a>, page_number: u32, chosen: &'a [String]) -> Page<'a> {
    let choice = Choice { members: silent(scene), chosen, page: page_number };
    let names = choice.names();
    if names.is_empty() {
        return draw(scene, page_number, chosen);
    }
    let mut page = Page::new(scene, "lapse-sure", String::new());
    page.title.text = page.counted("lapse-sure", &names);
    let words = page.words;
    let mut lines: Vec<Line> = names
        .iter()
        .take(MOST_NAMES)
        .map(|name| {
            let face = Mark::Face { initial: parts::initial(name) };
            Line { strong: true, ..parts::marked(face, name.clone()) }
        })
        .collect();
    if let Ok(more @ 1..) = u32::try_from(names.len().saturating_sub(MOST_NAMES)) {
        lines.push(parts::line("people", words.get_with("lapse-more", &[("count", more.into())])));
    }
    page.push(Node::Facts { lines });
    let texts = ["lapse-reads", "lapse-stays", "lapse-again"].map(|key| page.counted(key, &names));
    page.push(parts::card("info", Tone::Info, texts));
    let text = page.counted("lapse-keep", &names);
    let stay = parts::button(ButtonStyle::Choice, "people", text, "stays", Intent::Back);
    page.push(Node::Button { button: stay });
    let persons = choice.ids();
    let text = page.counted("lapse-act", &names);
    let go = parts::button(ButtonStyle::Choice, "cannot", text, "goes", Intent::Lapse { persons });
    page.push(Node::Button { button: go });
    page
}

/// U20: up to five people are named one by one.
const MOST_NAMES: usize = 5;

impl Page<'_> {
    /// The way to the list, where somebody is on it.
    pub(super) fn push_lapse(&mut self) {
        if !silent(self.scene).is_empty() {
            let open = Intent::OpenLapse { page: 0, chosen: Vec::new(), sure: false };
            self.push_minor("waiting", "lapse-open", "lapse", open);
        }
    }

    /// Words about as many people.
    fn counted(&self, key: &str, names: &[String]) -> String {
        let count = u32::try_from(names.len()).unwrap_or(u32::MAX);
        let first = names.first().cloned().unwrap_or_default();
        self.words.get_with(key, &[("count", count.into()), ("name", (&first).into())])
    }
}
