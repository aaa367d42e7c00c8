//! Which sound the phone makes now: only for alerts of others that are open and that nobody here has seen.

use super::{
    Scene,
    model::{Alarm, Sound},
    words::Words,
};
use crate::view::{Alert, AlertState};

/// The alert that sounds: danger goes before other news.
pub(super) fn sounding<'a>(scene: &Scene<'a>) -> Option<&'a Alert> {
    let mut unseen = scene.alerts.iter().filter(|alert| sounds(alert));
    scene.alerts.iter().find(|alert| sounds(alert) && danger(alert)).or_else(|| unseen.next())
}

/// Danger repeats until it is seen, at any hour; a practice alert is one knock and a word. What is no danger makes no
/// sound in quiet hours.
pub(super) fn alarm(scene: &Scene<'_>, words: Words) -> Option<Alarm> {
    let alert = sounding(scene)?;
    let danger = danger(alert);
    if scene.quiet && !danger {
        return None;
    }
    Some(Alarm {
        id: alert.id.clone(),
        sound: if danger { Sound::Danger } else { Sound::Knock },
        repeats: danger,
        spoken: alert.practice.then(|| words.get("practice-spoken")),
        muted: words.get("sound-off"),
        notice: words.get("alarm-notice"),
    })
}

fn sounds(alert: &Alert) -> bool {
    !alert.author.me && !alert.seen_here && alert.state == AlertState::Open
}

fn danger(alert: &Alert) -> bool {
    alert.kind.danger() && !alert.practice
}
