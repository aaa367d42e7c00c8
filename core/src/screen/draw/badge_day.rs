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
        let until_s = noon_s(now_s + days * DAY_S, scene.utc_offset_s);
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

/// Noon in UTC of the day that it is here: an act holds a day, and late in the evening it is another one there.
fn noon_s(time_s: i64, utc_offset_s: i32) -> i64 {
    (time_s + i64::from(utc_offset_s)).div_euclid(DAY_S) * DAY_S + DAY_S / 2
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

#[cfg(test)]
mod tests {
    use super::*;
    use ratel_protocol::Day;

    #[test]
    fn the_last_day_is_the_one_that_the_button_names_at_any_hour() {
        let day = 20_000 * DAY_S;
        for (hour_utc, utc_offset_s, later) in [(23, 7200, 1), (12, 7200, 0), (0, 3600, 0), (1, -18_000, -1)] {
            let chosen = noon_s(day + hour_utc * 3600 + 1800, utc_offset_s);
            let here = Day::from_unix_s(day + (later * DAY_S));
            assert_eq!(Day::from_unix_s(chosen), here, "{hour_utc}:30 in UTC");
        }
    }
}
