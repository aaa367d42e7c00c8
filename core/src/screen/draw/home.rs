//! The first screen in simplified mode: what do you want to do?

use super::super::model::{ButtonStyle, Label, Node, Tile, TileStyle, Tone};
use super::{
    Page, Scene,
    kinds::{kind_icon, kind_key},
    parts,
};
use crate::{
    intent::Intent,
    view::{Alert, AlertState, Membership},
};

/// How long (seconds) an alert that was seen stays on the first screen; nobody closes it yet.
const STAYS_S: i64 = 24 * 60 * 60;

pub(super) fn draw<'a>(scene: &'a Scene<'a>) -> Page<'a> {
    let mut page = Page::new(scene, "home", super::words(&scene.settings.lang).get("home-title"));
    page.start = Some(settings_slot(&page));
    page.shows_status = true;
    let alerts = current(scene);
    if let Some(first) = alerts.first() {
        page.push_open_alert(first);
    }
    page.push_report();
    // U1: four tiles at most, so one of these at a time. News goes with a look, what waits stays.
    if !(page.push_news_of_people() || page.push_proposal() || page.push_leaderless() || page.push_aside()) {
        page.push_team_tile();
    }
    page.push_street();
    page.push_membership();
    match u32::try_from(alerts.len()) {
        Ok(0) => page.push_quiet(),
        Ok(1) => {}
        others => page.push_more(others.unwrap_or(u32::MAX) - 1),
    }
    page
}

/// Settings stand where other screens have Back.
pub(super) fn settings_slot(page: &Page<'_>) -> super::Button {
    parts::button(ButtonStyle::Slot, "settings", page.words.get("bar-settings"), "settings", Intent::OpenSettings)
}

/// Open alerts that matter now: unseen danger, unseen news, seen ones of others, one's own; newest first in each.
pub(super) fn current<'a>(scene: &'a Scene<'a>) -> Vec<&'a Alert> {
    let now_s = scene.now_ms.div_euclid(1000);
    let unseen = |alert: &Alert| !alert.author.me && !alert.seen_here;
    let mut alerts: Vec<&Alert> = scene
        .alerts
        .iter()
        .filter(|alert| alert.state == AlertState::Open)
        .filter(|alert| unseen(alert) || now_s - alert.time_s < STAYS_S)
        .collect();
    let danger = |alert: &Alert| alert.kind.danger() && !alert.practice;
    alerts.sort_by_key(|alert| (!unseen(alert), unseen(alert) && !danger(alert), alert.author.me));
    alerts
}

/// Whether there is a neighbourhood to write to, now or soon.
pub(super) fn may_report(scene: &Scene<'_>) -> bool {
    !matches!(scene.neighbourhood.membership, Membership::Outside | Membership::Removed)
}

/// A tile of an alert with what everybody may read of it.
pub(super) fn alert_tile(page: &Page<'_>, alert: &Alert, style: TileStyle) -> Tile {
    let words = page.words;
    let intent = Intent::Open { alert: alert.id.clone() };
    let id = format!("open-{}", alert.id);
    let practice = alert.practice.then(|| parts::state("info", words.get("practice-badge"), Tone::Info));
    if alert.to.is_some() && !alert.author.me {
        let asks = words.get_with("letter-asks", &[("name", (&alert.author.name).into())]);
        return Tile {
            detail: Some(words.get("letter-what")),
            tone: if alert.state == AlertState::Open { Tone::Attention } else { Tone::Neutral },
            badges: practice.into_iter().collect(),
            ..parts::tile(style, kind_icon(alert.kind), asks, &id, intent)
        };
    }
    Tile {
        detail: Some(page.named(&alert.author)),
        tone: if alert.state == AlertState::Open { Tone::Attention } else { Tone::Neutral },
        badges: practice.into_iter().collect(),
        ..parts::tile(style, kind_icon(alert.kind), words.get(kind_key(alert.kind)), &id, intent)
    }
}

impl Page<'_> {
    pub(super) fn push_open_alert(&mut self, alert: &Alert) {
        let look = Label { icon: "see".to_owned(), text: self.words.get("home-look") };
        let tile = Tile { look: Some(look), ..alert_tile(self, alert, TileStyle::Alert) };
        self.push(Node::Tile { tile });
    }

    pub(super) fn push_report(&mut self) {
        if may_report(self.scene) {
            let text = self.words.get("home-report");
            let tile = parts::tile(TileStyle::Primary, "report", text, "report", Intent::Report);
            self.push_saying(Node::Tile { tile }, self.words.spoken("home-report"));
        }
    }

    /// Who takes part; only who is in can know.
    pub(super) fn push_street(&mut self) {
        if self.scene.neighbourhood.membership == Membership::Member {
            let open = Intent::OpenPeople { page: 0, role: None };
            let tile = parts::tile(TileStyle::Row, "people", self.words.get("home-street"), "people", open);
            self.push(Node::Tile { tile });
        }
    }

    /// Says where the person stands while that is not simply "in".
    pub(super) fn push_membership(&mut self) {
        let (icon, key, tone) = match self.scene.neighbourhood.membership {
            Membership::Member => return,
            Membership::Alone => ("people", "home-alone", Tone::Info),
            Membership::Waiting => ("waiting", "home-waiting", Tone::Waiting),
            Membership::Spent => ("warning", "home-spent", Tone::Attention),
            Membership::Outside => ("info", "home-outside", Tone::Info),
            Membership::Removed => ("info", "home-removed", Tone::Info),
        };
        let text = self.words.get(key);
        self.push(parts::card(icon, tone, [text]));
        self.push_meeting();
    }

    /// The two scans by which phones meet: the newcomer shows, who began looks.
    fn push_meeting(&mut self) {
        let (key, id, intent) = match self.scene.neighbourhood.membership {
            Membership::Outside | Membership::Waiting | Membership::Spent => {
                ("home-show-code", "show-card", Intent::ShowCard)
            }
            Membership::Alone => ("home-let-in", "open-scan", Intent::OpenScan { replaces: None }),
            _ => return,
        };
        let tile = parts::tile(TileStyle::Row, "scan", self.words.get(key), id, intent);
        self.push(Node::Tile { tile });
    }

    pub(super) fn push_quiet(&mut self) {
        if self.scene.neighbourhood.membership == Membership::Member {
            self.push(Node::Picture { icon: "street".to_owned(), text: self.words.get("home-quiet") });
        }
    }

    fn push_more(&mut self, others: u32) {
        let text = self.words.get_with("home-more", &[("count", others.into())]);
        let button = parts::button(ButtonStyle::Minor, "sound", text, "alerts", Intent::OpenAlerts);
        self.push(Node::Button { button });
    }
}
