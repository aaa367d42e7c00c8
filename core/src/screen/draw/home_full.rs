//! The first screen in full mode: the street, one's role, and every alert with how it stands.

use super::super::model::{Badge, Mode, Node, Tile, TileStyle, Tone};
use super::{Page, Scene, home, parts, people::may_administer, words};
use crate::{
    intent::{Answer, Intent},
    screen::Officials,
    view::{Alert, AlertState, Delivery, Person},
};

/// Alerts on one screen; older ones are in exports and on the command line.
const MOST: usize = 50;
/// Coordinators, and trustees, that a neighbourhood should have.
const WANTED: u32 = 2;

pub(super) fn draw<'a>(scene: &'a Scene<'a>) -> Page<'a> {
    let street = &scene.neighbourhood.street;
    let title = if street.is_empty() { words(&scene.settings.lang).get("home-title-full") } else { street.clone() };
    let mut page = Page::new(scene, "home", title);
    page.mode = Mode::Full;
    page.start = Some(home::settings_slot(&page));
    page.shows_status = true;
    let me = &scene.neighbourhood.me;
    let shown = Person { role: scene.badge.shows(me.role), ..me.clone() };
    page.push(Node::Badges { badges: vec![page.role(&shown)] });
    if shown.role != me.role {
        page.push(parts::tinted("calendar", words(&scene.settings.lang).get("home-badge-past"), Tone::Info));
    }
    page.push_report_button();
    page.push_news_of_people();
    page.push_proposal();
    page.push_leaderless();
    page.push_aside();
    page.push_membership();
    page.push_fragile();
    for alert in scene.alerts.iter().take(MOST) {
        let drawn = tile(&page, alert);
        page.push(Node::Tile { tile: drawn });
    }
    if scene.alerts.is_empty() {
        page.push_quiet();
    }
    page.push_street();
    page.push_team_tile();
    page
}

fn tile(page: &Page<'_>, alert: &Alert) -> Tile {
    let when = page.moment(alert.time_s).digits;
    let who = if alert.author.me { page.words.get("from-me") } else { alert.author.name.clone() };
    let detail = page.words.get_with("person-when", &[("name", (&who).into()), ("when", (&when).into())]);
    Tile { detail: Some(detail), badges: badges(page, alert), ..home::alert_tile(page, alert, TileStyle::Row) }
}

/// How an alert stands: open or withdrawn, practice, delivered, 112, and who comes.
pub(super) fn badges(page: &Page<'_>, alert: &Alert) -> Vec<Badge> {
    let words = page.words;
    let open = alert.state == AlertState::Open;
    let mut badges = vec![if open {
        parts::state("sound", words.get("detail-open"), Tone::Attention)
    } else {
        parts::state("undo", words.get("withdrawn-badge"), Tone::Waiting)
    }];
    if alert.practice {
        badges.push(parts::state("info", words.get("practice-badge"), Tone::Info));
    }
    if alert.set_aside.is_some() {
        badges.push(parts::state("lock", words.get("aside-badge"), Tone::Waiting));
    }
    match alert.delivery {
        Delivery::Draft { .. } | Delivery::Saved => {
            badges.push(parts::state("saved", words.get("saved-badge"), Tone::Waiting));
        }
        Delivery::Sent => badges.push(parts::state("done", words.get("path-sent"), Tone::Done)),
        Delivery::Received => {}
    }
    if alert.called_112 == Some(true) {
        badges.push(parts::state("call", words.get("called-yes"), Tone::Done));
    }
    let come = alert.answers.iter().filter(|it| it.answer == Answer::Come).count();
    if let Ok(come @ 1..) = u32::try_from(come) {
        badges.push(parts::state("come", words.get_with("home-come", &[("count", come.into())]), Tone::Neutral));
    }
    badges
}

impl Page<'_> {
    /// What a coordinator should do so that one lost phone ends nothing.
    fn push_fragile(&mut self) {
        let Officials { coordinators, trustees, .. } = self.scene.officials;
        let key = match (coordinators, trustees) {
            _ if !may_administer(self.scene) || self.scene.neighbourhood.others == 0 => return,
            (0..WANTED, _) => "home-second-coordinator",
            (_, 0..WANTED) => "home-second-trustee",
            _ => return,
        };
        self.push(parts::tinted("people", self.words.get(key), Tone::Info));
    }

    fn push_report_button(&mut self) {
        if home::may_report(self.scene) {
            let text = self.words.get("home-report");
            let button = parts::button(super::ButtonStyle::Primary, "report", text, "report", Intent::Report);
            self.push_saying(Node::Button { button }, self.words.spoken("home-report"));
        }
    }
}
