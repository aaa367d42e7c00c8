//! One neighbour: who it is, since when, who let the person in; and what a coordinator can do.

use super::super::model::{Card, Node};
use super::{Page, Scene, acts::may_act_on, kinds::role_key, parts, people::may_administer, words};
use crate::{
    intent::{BadgeDay, Intent},
    view::{Badge, Member, Role},
};

pub(super) fn draw<'a>(scene: &'a Scene<'a>, member: &'a Member) -> Page<'a> {
    let mut page = Page::new(scene, "member", member.person.name.clone());
    let mut lines = page.member_lines(member);
    lines.extend(page.more_about(member));
    page.push(Node::Card { card: Card { tone: None, icon: None, centre: false, lines, button: None } });
    let role = member.shown_role();
    page.push(Node::Line { line: parts::line("info", words(&scene.settings.lang).get(does_key(role))) });
    page.push_acts(member);
    page
}

impl Page<'_> {
    /// What this phone's person can do: meet, give a task, replace a lost phone, take out.
    fn push_acts(&mut self, member: &Member) {
        let person = member.id.clone();
        if may_administer(self.scene) && !member.met && !member.person.me {
            let met = Intent::GiveRole { person: person.clone(), role: member.rights, until: BadgeDay::Same };
            self.push_minor("see", "member-met", "met", met);
        }
        if may_act_on(self.scene, member) {
            self.push_minor("edit", "member-role", "roles", Intent::OpenRoles { person: person.clone() });
            if member.rights != Role::Resident {
                let open = Intent::OpenBadgeDay { person: person.clone(), role: member.rights };
                self.push_minor("calendar", "member-badge", "last-day", open);
            }
        }
        if may_act_on(self.scene, member) || member.helped_by_me {
            self.push_minor("nearby", "member-replace", "replace", Intent::OpenScan { replaces: Some(person.clone()) });
        }
        if may_act_on(self.scene, member) {
            self.push_minor("cannot", "member-remove", "remove", Intent::OpenRemove { person, note: None });
        }
    }

    /// Until when a badge is shown, and how many phones there are.
    fn more_about(&self, member: &Member) -> Vec<super::super::model::Line> {
        let mut lines = Vec::new();
        match member.badge {
            Badge::Until { until_s } if member.shown_role() != Role::Resident => {
                let (day, role) = (self.moment(until_s).day, self.words.get(role_key(member.person.role)));
                let given = [("day", (&day).into()), ("role", (&role).into())];
                lines.push(parts::line("calendar", self.words.get_with("member-until", &given)));
            }
            Badge::Expired if may_act_on(self.scene, member) && member.rights != Role::Resident => {
                let role = self.words.get(role_key(member.rights));
                let past = self.words.get_with("member-past", &[("role", (&role).into())]);
                lines.push(parts::line("calendar", past));
            }
            _ => {}
        }
        if member.devices > 1 {
            lines.push(parts::line("info", self.words.get_with("member-phones", &[("count", member.devices.into())])));
        }
        lines
    }
}

/// What somebody with this role does.
const fn does_key(role: Role) -> &'static str {
    match role {
        Role::Resident => "does-resident",
        Role::Wijkagent => "does-wijkagent",
        Role::Patrol => "does-patrol",
        Role::Trustee => "does-trustee",
        Role::Coordinator => "does-coordinator",
    }
}
