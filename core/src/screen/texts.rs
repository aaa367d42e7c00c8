//! Walks over every text of a screen that a person can see.

use super::model::{Badge, Button, Card, Input, Line, Node, Screen, Step, Tile};

/// Calls `change` on each visible text, in reading order. What somebody is typing is left alone.
pub(super) fn change_texts(screen: &mut Screen, change: &mut impl FnMut(&mut String)) {
    if let Some(start) = &mut screen.bar.start {
        button(start, change);
    }
    change(&mut screen.bar.speak.text);
    change(&mut screen.bar.no_voice);
    change(&mut screen.title.text);
    for each in &mut screen.nodes {
        node(each, change);
    }
    if let Some(foot) = &mut screen.foot {
        foot.line.iter_mut().for_each(|each| line(each, change));
        button(&mut foot.button, change);
    }
    if let Some(status) = &mut screen.status {
        change(&mut status.text);
    }
    button(&mut screen.call, change);
}

fn node(node: &mut Node, change: &mut impl FnMut(&mut String)) {
    match node {
        Node::Tile { tile: it } => tile(it, change),
        Node::Pair { first, second } => {
            tile(first, change);
            tile(second, change);
        }
        Node::Button { button: it } => button(it, change),
        Node::Text { text, .. } | Node::Picture { text, .. } | Node::People { text, .. } => change(text),
        Node::Line { line: it } => line(it, change),
        Node::Facts { lines } => lines.iter_mut().for_each(|it| line(it, change)),
        Node::Card { card: it } => card(it, change),
        Node::Badges { badges } => badges.iter_mut().for_each(|it| badge(it, change)),
        Node::Path { steps } => steps.iter_mut().for_each(|it| step(it, change)),
        Node::Ring { label, .. } => change(label),
        Node::Input { input: it } => input(it, change),
        Node::Code { code } => change(&mut code.label),
        Node::Scanner { scanner } => {
            change(&mut scanner.label);
            change(&mut scanner.searching);
            change(&mut scanner.blind);
            button(&mut scanner.take, change);
            scanner.field.iter_mut().for_each(|it| input(it, change));
        }
    }
}

fn tile(tile: &mut Tile, change: &mut impl FnMut(&mut String)) {
    change(&mut tile.text);
    tile.detail.iter_mut().for_each(&mut *change);
    tile.badges.iter_mut().for_each(|it| badge(it, change));
    if let Some(look) = &mut tile.look {
        change(&mut look.text);
    }
}

fn button(button: &mut Button, change: &mut impl FnMut(&mut String)) {
    change(&mut button.text);
}

fn input(input: &mut Input, change: &mut impl FnMut(&mut String)) {
    change(&mut input.label);
    button(&mut input.submit, change);
}

fn line(line: &mut Line, change: &mut impl FnMut(&mut String)) {
    change(&mut line.text);
    line.badge.iter_mut().for_each(|it| badge(it, change));
}

fn card(card: &mut Card, change: &mut impl FnMut(&mut String)) {
    card.lines.iter_mut().for_each(|it| line(it, change));
    card.button.iter_mut().for_each(|it| button(it, change));
}

fn badge(badge: &mut Badge, change: &mut impl FnMut(&mut String)) {
    change(&mut badge.text);
}

fn step(step: &mut Step, change: &mut impl FnMut(&mut String)) {
    change(&mut step.text);
    step.detail.iter_mut().for_each(&mut *change);
    step.badge.iter_mut().for_each(|it| badge(it, change));
}
