//! Pictograms, embedded by name, and the colours of the screens.
//!
//! Every drawing lies in `core/assets/icons` beside its licence. Shells draw them in the colour of the words.

/// The pictogram of a name, as a whole SVG document.
pub fn icon(name: &str) -> Option<&'static str> {
    ICONS.iter().find(|(known, _)| *known == name).map(|(_, svg)| *svg)
}

/// All pictograms by name, in order.
pub const ICONS: &[(&str, &str)] = &[
    ("area", include_str!("../assets/icons/area.svg")),
    ("back", include_str!("../assets/icons/back.svg")),
    ("calendar", include_str!("../assets/icons/calendar.svg")),
    ("call", include_str!("../assets/icons/call.svg")),
    ("camera", include_str!("../assets/icons/camera.svg")),
    ("cannot", include_str!("../assets/icons/cannot.svg")),
    ("check", include_str!("../assets/icons/check.svg")),
    ("come", include_str!("../assets/icons/come.svg")),
    ("coordinator", include_str!("../assets/icons/coordinator.svg")),
    ("dark", include_str!("../assets/icons/dark.svg")),
    ("decide", include_str!("../assets/icons/decide.svg")),
    ("done", include_str!("../assets/icons/done.svg")),
    ("edit", include_str!("../assets/icons/edit.svg")),
    ("erase", include_str!("../assets/icons/erase.svg")),
    ("fire", include_str!("../assets/icons/fire.svg")),
    ("help", include_str!("../assets/icons/help.svg")),
    ("helper", include_str!("../assets/icons/helper.svg")),
    ("info", include_str!("../assets/icons/info.svg")),
    ("internet", include_str!("../assets/icons/internet.svg")),
    ("kind-behaviour", include_str!("../assets/icons/kind-behaviour.svg")),
    ("kind-break-in", include_str!("../assets/icons/kind-break-in.svg")),
    ("kind-doorstep", include_str!("../assets/icons/kind-doorstep.svg")),
    ("kind-vehicle", include_str!("../assets/icons/kind-vehicle.svg")),
    ("language", include_str!("../assets/icons/language.svg")),
    ("letters", include_str!("../assets/icons/letters.svg")),
    ("light", include_str!("../assets/icons/light.svg")),
    ("lock", include_str!("../assets/icons/lock.svg")),
    ("mailbox", include_str!("../assets/icons/mailbox.svg")),
    ("municipality", include_str!("../assets/icons/municipality.svg")),
    ("nearby", include_str!("../assets/icons/nearby.svg")),
    ("neighbour", include_str!("../assets/icons/neighbour.svg")),
    ("new", include_str!("../assets/icons/new.svg")),
    ("next", include_str!("../assets/icons/next.svg")),
    ("no-internet", include_str!("../assets/icons/no-internet.svg")),
    ("no-photo", include_str!("../assets/icons/no-photo.svg")),
    ("patrol", include_str!("../assets/icons/patrol.svg")),
    ("people", include_str!("../assets/icons/people.svg")),
    ("place", include_str!("../assets/icons/place.svg")),
    ("place-home", include_str!("../assets/icons/place-home.svg")),
    ("plug", include_str!("../assets/icons/plug.svg")),
    ("police", include_str!("../assets/icons/police.svg")),
    ("post", include_str!("../assets/icons/post.svg")),
    ("ratel", include_str!("../assets/icons/ratel.svg")),
    ("report", include_str!("../assets/icons/report.svg")),
    ("saved", include_str!("../assets/icons/saved.svg")),
    ("scan", include_str!("../assets/icons/scan.svg")),
    ("see", include_str!("../assets/icons/see.svg")),
    ("send", include_str!("../assets/icons/send.svg")),
    ("settings", include_str!("../assets/icons/settings.svg")),
    ("sound", include_str!("../assets/icons/sound.svg")),
    ("speak", include_str!("../assets/icons/speak.svg")),
    ("steps", include_str!("../assets/icons/steps.svg")),
    ("stop", include_str!("../assets/icons/stop.svg")),
    ("street", include_str!("../assets/icons/street.svg")),
    ("undo", include_str!("../assets/icons/undo.svg")),
    ("unplug", include_str!("../assets/icons/unplug.svg")),
    ("waiting", include_str!("../assets/icons/waiting.svg")),
    ("warning", include_str!("../assets/icons/warning.svg")),
];

/// Colours and sizes of the screens as custom properties of CSS, light and dark. The screens' contrast is computed
/// from it.
pub const TOKENS_CSS: &str = include_str!("../assets/tokens.css");

/// Letters of the screens: weight and WOFF2 file (OFL-1.1, `core/assets/fonts/OFL.txt`).
pub const FONTS: &[(u16, &[u8])] =
    &[(400, include_bytes!("../assets/fonts/400.woff2")), (700, include_bytes!("../assets/fonts/700.woff2"))];
