//! All alerts that are open now, where the first screen shows one of them.

use super::super::model::{Node, TileStyle};
use super::{Page, Scene, home, words};

/// U1: a screen offers at most six choices.
const MOST: usize = 6;

pub(super) fn draw<'a>(scene: &'a Scene<'a>) -> Page<'a> {
    let mut page = Page::new(scene, "alerts", words(&scene.settings.lang).get("alerts-title"));
    let alerts = home::current(scene);
    if alerts.is_empty() {
        page.push_quiet();
    }
    for alert in alerts.into_iter().take(MOST) {
        let tile = home::alert_tile(&page, alert, TileStyle::Row);
        page.push(Node::Tile { tile });
    }
    page
}
