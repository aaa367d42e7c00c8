//! U1, U2, U15, U16, U17, U23: how much a screen asks of its reader.

use ratel_core::{
    intent::Intent,
    screen::{Button, ButtonStyle, Mode, Node, Screen, TextRole, Tile, TileStyle, Tone},
};
use ratel_tests::scenes::Staged;

use crate::{control, holds};

/// The one screen of simplified use with a field: it may stay empty.
const NAMING: &str = "first-name";

/// Buttons of the nodes, in order.
pub(crate) fn buttons(screen: &Screen) -> Vec<&Button> {
    screen
        .nodes
        .iter()
        .filter_map(|node| match node {
            Node::Button { button } => Some(button),
            Node::Card { card } => card.button.as_ref(),
            Node::Input { input } => Some(&input.submit),
            Node::Scanner { scanner } => Some(&scanner.take),
            _ => None,
        })
        .chain(screen.foot.iter().map(|foot| &foot.button))
        .collect()
}

/// Tiles of the nodes, in order.
pub(crate) fn tiles(screen: &Screen) -> Vec<&Tile> {
    screen
        .nodes
        .iter()
        .flat_map(|node| match node {
            Node::Tile { tile } => vec![tile],
            Node::Pair { first, second } => vec![first, second],
            _ => Vec::new(),
        })
        .collect()
}

/// Fixed slots and rows that call 112 are no choices. The list of alerts on the full home is one to read.
fn u1_few_choices(_: &Staged, screen: &Screen) -> Option<String> {
    let tiles = tiles(screen);
    let rows = buttons(screen).into_iter().filter(|button| button.tone != Tone::Emergency).count();
    let choices = tiles.len() + rows;
    if screen.mode == Mode::Simplified && choices > 6 {
        return Some(format!("{choices} choices"));
    }
    (screen.id == "home" && screen.mode == Mode::Simplified && tiles.len() > 4)
        .then(|| format!("{} tiles on the first screen", tiles.len()))
}

fn u1_one_question(_: &Staged, screen: &Screen) -> Option<String> {
    let asked = |text: &str| usize::from(text.ends_with('?'));
    let subs = screen.nodes.iter().map(|node| match node {
        Node::Text { role: TextRole::Sub, text } => asked(text),
        _ => 0,
    });
    let questions = asked(&screen.title.text) + subs.sum::<usize>();
    (questions > 1).then(|| format!("{questions} questions"))
}

fn u1_one_primary(_: &Staged, screen: &Screen) -> Option<String> {
    let tiles = tiles(screen).into_iter().filter(|tile| tile.style == TileStyle::Primary).count();
    let buttons = buttons(screen).into_iter().filter(|button| button.style == ButtonStyle::Primary).count();
    (tiles + buttons > 1).then(|| format!("{} filled acts", tiles + buttons))
}

fn u2_kinds_of_nodes(_: &Staged, screen: &Screen) -> Option<String> {
    let known = screen.nodes.iter().all(|node| match node {
        Node::Tile { .. }
        | Node::Pair { .. }
        | Node::Button { .. }
        | Node::Text { .. }
        | Node::Line { .. }
        | Node::Facts { .. }
        | Node::Card { .. }
        | Node::Badges { .. }
        | Node::People { .. }
        | Node::Path { .. }
        | Node::Ring { .. }
        | Node::Picture { .. }
        | Node::Code { .. } => true,
        Node::Scanner { scanner } => scanner.field.is_none() || screen.chosen_mode == Mode::Full,
        Node::Input { .. } => screen.chosen_mode == Mode::Full || screen.id == NAMING,
    });
    (!known).then(|| "a node that simplified use does not have".to_owned())
}

fn u15_no_typing(_: &Staged, screen: &Screen) -> Option<String> {
    let typing = screen.nodes.iter().any(|node| matches!(node, Node::Input { .. }));
    (typing && screen.chosen_mode == Mode::Simplified && screen.id != NAMING).then(|| "asks to type".to_owned())
}

/// U16: while seconds run, Stop stays in view; an alert that is out can be taken back.
fn u16_undo(_: &Staged, screen: &Screen) -> Option<String> {
    let stop = screen.foot.as_ref().is_some_and(|foot| {
        foot.urgent
            && matches!(foot.button.action.intent, Intent::Stop { .. })
            && foot.button.style == ButtonStyle::Huge
    });
    if screen.id == "report-wait" && !stop {
        return Some("no Stop that stays in view".to_owned());
    }
    let open = screen.id == "sent"
        && screen.nodes.iter().all(|node| !matches!(node, Node::Card { card } if card.icon.as_deref() == Some("undo")));
    let back = buttons(screen).iter().any(|button| matches!(button.action.intent, Intent::Withdraw { .. }));
    (open && !back).then(|| "cannot be taken back".to_owned())
}

/// U17: choices are worded by their act.
fn u17_no_yes_or_no(_: &Staged, screen: &Screen) -> Option<String> {
    let bare = |text: &str| ["ja", "nee", "yes", "no", "ok"].contains(&text.to_lowercase().trim_end_matches('.'));
    let texts =
        buttons(screen).into_iter().map(|button| &button.text).chain(tiles(screen).into_iter().map(|tile| &tile.text));
    texts.into_iter().find(|text| bare(text)).map(|text| format!("a choice called {text}"))
}

/// U23: one labelled control leads to the other use.
fn u23_one_switch(_: &Staged, screen: &Screen) -> Option<String> {
    let switches = tiles(screen).iter().filter(|tile| matches!(tile.action.intent, Intent::SetMode { .. })).count();
    (screen.id == "settings" && switches != 1).then(|| format!("{switches} switches between the uses"))
}

#[test]
fn u1_a_screen_has_six_choices_at_most_and_the_first_four_tiles() {
    holds(u1_few_choices);
    control(u1_few_choices, "report-what", |screen| {
        let more = screen.nodes.last().unwrap().clone();
        screen.nodes.push(more);
    });
    control(u1_few_choices, "home-alert", |screen| {
        let more = screen.nodes[0].clone();
        screen.nodes.extend([more.clone(), more.clone(), more]);
    });
}

#[test]
fn u1_a_screen_asks_one_question_and_fills_one_act() {
    holds(u1_one_question);
    holds(u1_one_primary);
    control(u1_one_question, "report-what", |screen| {
        screen.nodes.push(Node::Text { role: TextRole::Sub, text: "Waar is het?".to_owned() });
    });
    control(u1_one_primary, "home-alert", |screen| {
        let Node::Tile { tile } = &mut screen.nodes[0] else { panic!("the alert comes first") };
        tile.style = TileStyle::Primary;
    });
}

#[test]
fn u2_u15_simplified_use_has_no_field_to_type_in() {
    holds(u2_kinds_of_nodes);
    holds(u15_no_typing);
    for rule in [u2_kinds_of_nodes, u15_no_typing] {
        control(rule, "report-place-full", |screen| screen.chosen_mode = Mode::Simplified);
    }
}

#[test]
fn u16_there_is_stop_and_later_take_it_back() {
    holds(u16_undo);
    control(u16_undo, "sent-counting", |screen| screen.foot.as_mut().unwrap().urgent = false);
    let withdraws = |node: &Node| matches!(node, Node::Button { button } if matches!(button.action.intent, Intent::Withdraw { .. }));
    control(u16_undo, "sent-fresh", |screen| screen.nodes.retain(|node| !withdraws(node)));
}

#[test]
fn u17_u23_choices_are_called_by_what_they_do() {
    holds(u17_no_yes_or_no);
    holds(u23_one_switch);
    control(u17_no_yes_or_no, "sent-counting", |screen| {
        screen.foot.as_mut().unwrap().button.text = "Ja".to_owned();
    });
    control(u23_one_switch, "settings", |screen| screen.nodes.truncate(2));
}
