//! "Wie doet mee?" in full mode: everybody in one list, by role if one likes, and what a coordinator can do.

use super::super::model::{Mode, Node};
use super::{
    ButtonStyle, Page, Scene,
    kinds::{role_icon, role_key},
    parts,
    people::in_order,
    words,
};
use crate::{
    intent::Intent,
    view::{Member, Role},
};

/// Neighbours on a page.
const MOST: usize = 50;
/// Roles to choose from, the most responsible first.
const ROLES: [Role; 4] = [Role::Coordinator, Role::Trustee, Role::Patrol, Role::Wijkagent];

pub(super) fn draw<'a>(scene: &'a Scene<'a>, page_number: u32, role: Option<Role>) -> Page<'a> {
    let mut page = Page::new(scene, "people", words(&scene.settings.lang).get("people-title"));
    page.mode = Mode::Full;
    if page_number == 0 {
        page.push_police();
        page.push_count();
        page.push_new_neighbour();
        page.push_recover();
        page.push_lapse();
        page.push_about_us();
        page.push_filter(role);
    }
    let has_role = |member: &&&Member| role.is_none_or(|role| member.shown_role() == role);
    let from = MOST.saturating_mul(usize::try_from(page_number).unwrap_or(usize::MAX));
    let members = in_order(scene.members);
    let shown: Vec<&&Member> = members.iter().filter(has_role).skip(from).take(MOST + 1).collect();
    for member in shown.iter().take(MOST) {
        let tile = page.member_tile(member);
        page.push(Node::Tile { tile });
    }
    if shown.len() > MOST {
        let intent = Intent::OpenPeople { page: page_number.saturating_add(1), role };
        page.push_minor("people", "people-more", "more", intent);
    }
    page
}

impl Page<'_> {
    /// One choice for each role that somebody has; the one that is shown has a tick.
    fn push_filter(&mut self, chosen: Option<Role>) {
        let there = |role: Role| self.scene.members.iter().any(|member| member.shown_role() == role);
        let roles: Vec<Role> = ROLES.into_iter().filter(|role| there(*role)).collect();
        if roles.is_empty() {
            return;
        }
        for role in std::iter::once(None).chain(roles.into_iter().map(Some)) {
            let (icon, text, id) = match role {
                None => ("people", self.words.get("people-all"), "all".to_owned()),
                Some(role) => {
                    (role_icon(role), self.words.get(role_key(role)), format!("only-{role:?}").to_lowercase())
                }
            };
            let button = parts::button(ButtonStyle::Minor, icon, text, &id, Intent::OpenPeople { page: 0, role });
            let button = if role == chosen { parts::chosen(button) } else { button };
            self.push(Node::Button { button });
        }
    }
}
