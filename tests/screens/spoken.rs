//! U13: everything that can be read can be heard, in order, 112 first.

use ratel_core::screen::{Node, Screen};
use ratel_tests::{
    reading::{texts, unbroken},
    scenes::Staged,
};

use crate::{control, holds};

/// What is said of a node holds what is read on it, or an own sentence for the ear; a ring repeats the title.
fn u13_everything_is_said(_: &Staged, screen: &Screen) -> Option<String> {
    let said = |node: Option<u32>| -> Vec<String> {
        screen.spoken.iter().filter(|said| said.node == node).map(|said| said.text.clone()).collect()
    };
    for (at, node) in screen.nodes.iter().enumerate() {
        if matches!(node, Node::Ring { .. }) {
            continue;
        }
        let heard = said(Some(u32::try_from(at).unwrap())).join(" ");
        let look = "Bekijk Look";
        if let Some(silent) =
            texts(node).into_iter().find(|text| !heard.contains(text) && !look.contains(text.as_str()))
        {
            return Some(format!("silent: {silent}"));
        }
    }
    let outside = said(None).join(" ");
    let foot = screen.foot.iter().flat_map(|foot| foot.line.iter().map(|line| &line.text).chain([&foot.button.text]));
    let status = screen.status.iter().map(|status| &status.text);
    foot.chain(status).chain([&screen.title.text]).map(|text| unbroken(text)).find(|text| !outside.contains(text))
}

/// 112, the title, the nodes as they stand, then the foot and the status line.
fn u13_in_order(_: &Staged, screen: &Screen) -> Option<String> {
    let nodes: Vec<u32> = screen.spoken.iter().filter_map(|said| said.node).collect();
    let known = nodes.iter().all(|at| usize::try_from(*at).is_ok_and(|at| at < screen.nodes.len()));
    let first = screen.spoken.first().is_some_and(|said| said.node.is_none() && said.text.contains("112"));
    let title = screen.spoken.get(1).is_some_and(|said| said.text == unbroken(&screen.title.text));
    (!(nodes.is_sorted() && known && first && title)).then(|| "out of order".to_owned())
}

/// A voice would stumble over marks for the eye.
fn u13_speakable(_: &Staged, screen: &Screen) -> Option<String> {
    screen
        .spoken
        .iter()
        .map(|said| said.text.clone())
        .find(|text| text.trim().is_empty() || text.contains(['\u{ad}', '\u{2068}', '{', '\n']))
}

#[test]
fn u13_everything_is_said_in_order() {
    holds(u13_everything_is_said);
    holds(u13_in_order);
    holds(u13_speakable);
    control(u13_everything_is_said, "detail-called", |screen| {
        screen.spoken.pop();
    });
    control(u13_in_order, "detail-called", |screen| screen.spoken.reverse());
    control(u13_speakable, "detail-called", |screen| screen.spoken[1].text = "ver\u{ad}stuurd".to_owned());
}
