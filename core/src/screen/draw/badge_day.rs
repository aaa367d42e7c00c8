//! Until which day a badge shows somebody's role: an official comes from outside, and stays for a time (R12).

use super::super::model::Node;
use super::{ButtonStyle, Page, Scene, kinds::role_key, parts, words};
use crate::{
    intent::{BadgeDay, Intent},
    view::{Badge, Member, Role},
};

const DAY_S: i64 = 86_400;
/// Spans to choose from: key of the words, days.
const SPANS: [(&str, i64); 4] = [("badge-month", 30), ("badge-quarter", 91), ("badge-half", 182), ("badge-year", 365)];

pub(super) fn draw<'a>(scene: &'a Scene<'a>, member: &'a Member, role: Role) -> Page<'a> {
    let task = words(&scene.settings.lang).get(role_key(role));
    let given = [("name", (&member.person.name).into()), ("role", (&task).into())];
    let title = words(&scene.settings.lang).get_with("badge-title", &given);
    let mut page = Page::new(scene, "last-day", title);
    let words = page.words;
    page.push(Node::Line { line: parts::line("calendar", words.get("badge-after")) });
    let now_s = scene.now_ms.div_euclid(1000);
    for (key, days) in SPANS {
        let until_s = now_s + days * DAY_S;
        let day = page.moment(until_s).day;
        let text = words.get_with(key, &[("day", (&day).into())]);
        page.push_day(text, key, member, role, BadgeDay::Until { until_s });
    }
    page.push_day(words.get("badge-open"), "badge-open", member, role, BadgeDay::Open);
    if role.is_official() {
        page.push(Node::Line { line: parts::line("decide", words.get("act-two")) });
    }
    page
}

impl Page<'_> {
    fn push_day(&mut self, text: String, id: &str, member: &Member, role: Role, until: BadgeDay) {
        let give = Intent::GiveRole { person: member.id.clone(), role, until };
        let icon = if until == BadgeDay::Open { "undo" } else { "calendar" };
        let button = parts::button(ButtonStyle::Choice, icon, text, id, give);
        let stands = until == BadgeDay::Open && role == member.rights && member.badge == Badge::Standing;
        self.push(Node::Button { button: if stands { parts::chosen(button) } else { button } });
    }
}
