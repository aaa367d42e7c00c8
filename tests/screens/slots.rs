//! U4, U10, U14 and the shape of every screen: places that do not move, pictures with words, ids that are unique.

use std::collections::BTreeSet;

use ratel_core::{
    assets,
    intent::Intent,
    screen::{ButtonStyle, Mark, Node, Screen, Tone},
};
use ratel_tests::scenes::Staged;
use serde_json::Value;

use crate::{
    choices::{buttons, tiles},
    control, holds,
};

/// Back (on the first screen, and the first of the first run, the settings), reading aloud, and 112 are always there, and always the same.
fn u4_slots(_: &Staged, screen: &Screen) -> Option<String> {
    let (id, intent) = if ["home", "first-language"].contains(&screen.id.as_str()) {
        ("settings", Intent::OpenSettings)
    } else {
        ("back", Intent::Back)
    };
    let Some(start) = &screen.bar.start else { return Some("nothing at the start of the bar".to_owned()) };
    if start.action.id != id || start.action.intent != intent || start.style != ButtonStyle::Slot {
        return Some(format!("{} at the start of the bar", start.action.id));
    }
    if screen.bar.speak.icon != "speak" || screen.bar.no_voice.is_empty() {
        return Some("no reading aloud".to_owned());
    }
    let call = &screen.call;
    let same = call.action.id == "call-112"
        && call.action.intent == Intent::Dial112
        && call.style == ButtonStyle::Call
        && call.tone == Tone::Emergency
        && call.text.contains("112");
    (!same).then(|| "112 is not in its place".to_owned())
}

/// The status line says whether everything is sent: always on the first screen, elsewhere when something waits.
fn u4_status_line(_: &Staged, screen: &Screen) -> Option<String> {
    let opens = screen.status.as_ref().is_none_or(|status| status.action.intent == Intent::OpenStatus);
    (!opens || (screen.id == "home" && screen.status.is_none())).then(|| "no way to see what is sent".to_owned())
}

/// Red calls 112 and does nothing else.
fn red_is_112(_: &Staged, screen: &Screen) -> Option<String> {
    buttons(screen)
        .into_iter()
        .find(|button| (button.tone == Tone::Emergency) != (button.action.intent == Intent::Dial112))
        .map(|button| format!("{} is red or calls, not both", button.action.id))
}

/// Every state and role is a picture and a word; so is every control.
fn u10_u14_picture_and_word(_: &Staged, screen: &Screen) -> Option<String> {
    let bare = |icon: &str, text: &str| icon.is_empty() || text.trim().is_empty();
    let control = buttons(screen)
        .into_iter()
        .map(|it| (&it.icon, &it.text))
        .chain(tiles(screen).into_iter().map(|it| (&it.icon, &it.text)))
        .any(|(icon, text)| bare(icon, text));
    let status = screen.status.iter().any(|status| bare(&status.icon, &status.text));
    let node = screen.nodes.iter().any(|node| match node {
        Node::Line { line } => (line.tone.is_some() && line.mark == Mark::None) || line.text.trim().is_empty(),
        Node::Card { card } => (card.tone.is_some() && card.icon.is_none()) || card.lines.is_empty(),
        Node::Badges { badges } => badges.iter().any(|badge| bare(&badge.icon, &badge.text)),
        Node::Path { steps } => steps.iter().any(|step| bare(&step.icon, &step.text)),
        Node::Picture { icon, text } => bare(icon, text),
        Node::People { faces, text } => faces.is_empty() || faces.len() > 5 || text.is_empty(),
        _ => false,
    });
    (control || status || node).then(|| "a picture without a word, or a word without its picture".to_owned())
}

/// Two states that look alike in colour differ in picture (red and green are one without green cones).
fn u10_states_differ(_: &Staged, screen: &Screen) -> Option<String> {
    let mut seen: Vec<(&str, &str)> = Vec::new();
    for node in &screen.nodes {
        let Node::Badges { badges } = node else { continue };
        for badge in badges {
            let alike = seen.iter().find(|(icon, text)| *icon == badge.icon && *text != badge.text);
            if let Some((_, text)) = alike {
                return Some(format!("{} and {text} have one picture", badge.text));
            }
            seen.push((&badge.icon, &badge.text));
        }
    }
    None
}

fn walk<'a>(value: &'a Value, field: &str, found: &mut Vec<&'a Value>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| walk(item, field, found)),
        Value::Object(fields) => {
            found.extend(fields.get(field));
            fields.values().for_each(|inner| walk(inner, field, found));
        }
        _ => {}
    }
}

fn every_icon_exists(_: &Staged, screen: &Screen) -> Option<String> {
    let data = serde_json::to_value(screen).unwrap();
    let mut icons = Vec::new();
    walk(&data, "icon", &mut icons);
    icons
        .into_iter()
        .filter_map(Value::as_str)
        .find(|name| assets::icon(name).is_none())
        .map(|name| format!("there is no pictogram {name}"))
}

fn ids_are_unique(_: &Staged, screen: &Screen) -> Option<String> {
    let data = serde_json::to_value(screen).unwrap();
    let mut actions = Vec::new();
    walk(&data, "action", &mut actions);
    let mut seen = BTreeSet::new();
    actions
        .into_iter()
        .filter_map(|action| action["id"].as_str())
        .find(|id| !seen.insert(*id))
        .map(|id| format!("{id} twice"))
}

#[test]
fn u4_back_read_aloud_and_112_do_not_move() {
    holds(u4_slots);
    holds(u4_status_line);
    control(u4_slots, "detail-new", |screen| screen.bar.start = None);
    control(u4_slots, "detail-new", |screen| screen.call.action.intent = Intent::Home);
    control(u4_status_line, "home-quiet", |screen| screen.status = None);
}

#[test]
fn u10_u14_nothing_is_said_by_colour_or_picture_alone() {
    holds(u10_u14_picture_and_word);
    holds(u10_states_differ);
    holds(red_is_112);
    control(u10_u14_picture_and_word, "home-quiet", |screen| screen.status.as_mut().unwrap().icon.clear());
    control(u10_u14_picture_and_word, "detail-called", |screen| {
        for node in &mut screen.nodes {
            if let Node::Line { line } = node {
                line.mark = Mark::None;
            }
        }
    });
    control(u10_states_differ, "full-detail", |screen| {
        for node in &mut screen.nodes {
            if let Node::Badges { badges } = node {
                for badge in badges {
                    badge.icon = "info".to_owned();
                }
            }
        }
    });
    control(red_is_112, "detail-vehicle", |screen| {
        for node in &mut screen.nodes {
            if let Node::Button { button } = node {
                button.tone = Tone::Emergency;
            }
        }
    });
}

#[test]
fn every_pictogram_exists_and_ids_are_unique() {
    holds(every_icon_exists);
    holds(ids_are_unique);
    control(every_icon_exists, "report-what", |screen| screen.bar.speak.icon = "burglar".to_owned());
    control(ids_are_unique, "home-quiet", |screen| screen.call.action.id = "status".to_owned());
}

#[test]
fn the_list_of_pictograms_and_the_folder_hold_the_same_names_with_a_licence_each() {
    let list = include_str!("../../core/assets/icons/README.md");
    let rows: Vec<&str> = list.lines().filter(|line| line.starts_with("| `")).collect();
    let listed: Vec<&str> = rows.iter().map(|row| row.split('`').nth(1).unwrap()).collect();
    let embedded: Vec<&str> = assets::ICONS.iter().map(|(name, _)| *name).collect();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/assets/icons");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().to_str().unwrap().strip_suffix(".svg").map(str::to_owned))
        .collect();
    files.sort();
    assert_eq!(listed, embedded);
    assert_eq!(files, embedded);
    for row in rows {
        assert!(row.contains("Apache-2.0"), "no licence that may be used: {row}");
    }
    for (name, svg) in assets::ICONS {
        assert!(svg.contains("currentColor") && !svg.contains("<script"), "{name} is not drawn in the words' colour");
    }
}
