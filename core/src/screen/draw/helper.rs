//! "Mijn helper": whom to trust with a lost phone. A helper reads nothing that others do not read (R25).

use super::super::model::{Node, TileStyle, Tone};
use super::{Page, Scene, parts, words};
use crate::{
    intent::Intent,
    view::{Member, Role},
};

/// U1: beside "Meer buren" and "Ik kies niemand" stand so many neighbours.
const MOST: usize = 4;

pub(super) fn draw<'a>(scene: &'a Scene<'a>, page_number: u32) -> Page<'a> {
    let mut page = Page::new(scene, "helper", words(&scene.settings.lang).get("helper-title"));
    let words = page.words;
    page.push(parts::card("helper", Tone::Info, ["helper-does", "helper-reads"].map(|key| words.get(key))));
    let others: Vec<&Member> = scene.members.iter().filter(|member| !member.person.me).collect();
    let mut able: Vec<&Member> = others.into_iter().filter(|member| member.person.role != Role::Wijkagent).collect();
    able.sort_by_key(|member| !member.helps_me);
    let from = MOST.saturating_mul(usize::try_from(page_number).unwrap_or(usize::MAX));
    for member in able.iter().skip(from).take(MOST) {
        let id = format!("helper-{}", member.id);
        let choose = Intent::ChooseHelper { person: Some(member.id.clone()) };
        let name = page.member_name(&member.person);
        let mut tile = parts::tile(TileStyle::Row, "neighbour", name, &id, choose);
        if member.helps_me {
            "check".clone_into(&mut tile.icon);
            tile.tone = Tone::Done;
            tile.chosen = true;
        }
        page.push(Node::Tile { tile });
    }
    if able.len() > from.saturating_add(MOST) {
        let intent = Intent::OpenHelpers { page: page_number.saturating_add(1) };
        page.push_minor("people", "people-more", "more", intent);
    }
    if able.iter().any(|member| member.helps_me) {
        page.push_minor("cannot", "helper-none", "nobody", Intent::ChooseHelper { person: None });
    }
    page
}
