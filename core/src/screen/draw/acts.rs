//! What a coordinator does with a neighbour: give a task, take somebody out. Nothing is asked twice but what cannot be
//! taken back (U17): then the safe act comes first, and the other says what it does.

use super::super::model::{Input, Mode, Node, Tone};
use super::{
    ButtonStyle, Page, Scene,
    kinds::{role_icon, role_key},
    parts,
    people::may_administer,
    words,
};
use crate::{
    intent::{BadgeDay, Intent},
    view::{Member, Role},
};

/// Reasons to take somebody out, and their pictograms.
const REASONS: [(&str, &str); 4] =
    [("remove-moved", "come"), ("remove-rules", "decide"), ("remove-stranger", "warning"), ("remove-lost", "nearby")];
/// Most bytes of a reason.
const MOST_REASON_BYTES: u32 = 400;

/// Persons who sign over an official.
const TWO: u32 = 2;

/// Who of two signers signs what.
const fn is_official(role: Role) -> bool {
    matches!(role, Role::Trustee | Role::Coordinator)
}

/// Whether this phone's person may begin to act on somebody: alone, or as the first of two.
pub(super) fn may_act_on(scene: &Scene<'_>, member: &Member) -> bool {
    let me = scene.neighbourhood.me.role;
    !member.person.me && (may_administer(scene) || (me == Role::Trustee && is_official(member.rights)))
}

/// Why does somebody go? Only coordinators read it.
pub(super) fn why<'a>(scene: &'a Scene<'a>, member: &'a Member) -> Page<'a> {
    let name = [("name", (&member.person.name).into())];
    let title = words(&scene.settings.lang).get_with("remove-why", &name);
    let mut page = Page::new(scene, "remove-why", title);
    page.push(Node::Line { line: parts::line("lock", page.words.get("remove-who-reads")) });
    let why = |note: String| Intent::OpenRemove { person: member.id.clone(), note: Some(note) };
    for (key, icon) in REASONS {
        let text = page.words.get(key);
        let button = parts::button(ButtonStyle::Choice, icon, text.clone(), &format!("why-{icon}"), why(text));
        page.push(Node::Button { button });
    }
    let text = page.words.get("remove-untold");
    let button = parts::button(ButtonStyle::Choice, "info", text, "untold", why(String::new()));
    page.push(Node::Button { button });
    if scene.settings.mode == Mode::Full {
        let take = page.words.get("remove-next");
        let submit = parts::button(ButtonStyle::Minor, "edit", take, "save-why", why(String::new()));
        let input = Input {
            id: "why".to_owned(),
            label: page.words.get("remove-tell"),
            value: String::new(),
            max_bytes: MOST_REASON_BYTES,
            submit,
        };
        page.push(Node::Input { input });
    }
    page
}

/// What it means that somebody goes, and the two ways on.
pub(super) fn remove<'a>(scene: &'a Scene<'a>, member: &'a Member, why: &str) -> Page<'a> {
    let name = [("name", (&member.person.name).into())];
    let title = words(&scene.settings.lang).get_with("remove-title", &name);
    let mut page = Page::new(scene, "remove", title);
    let words = page.words;
    let mut texts: Vec<String> =
        ["remove-reads", "remove-stays", "remove-shown"].map(|key| words.get_with(key, &name)).to_vec();
    if is_official(member.rights) {
        texts.push(words.get("act-two"));
    }
    page.push(parts::card("info", Tone::Info, texts));
    let keep = Intent::OpenMember { person: member.id.clone() };
    let text = words.get_with("remove-keep", &name);
    let button = parts::button(ButtonStyle::Choice, "people", text, "stays", keep);
    page.push(Node::Button { button });
    let remove = Intent::RemoveMember { person: member.id.clone(), why: why.to_owned() };
    let text = words.get_with("remove-act", &name);
    let button = parts::button(ButtonStyle::Choice, "cannot", text, "goes", remove);
    page.push(Node::Button { button });
    page
}

/// Which task somebody gets. The one that the person has is marked.
pub(super) fn roles<'a>(scene: &'a Scene<'a>, member: &'a Member) -> Page<'a> {
    let name = [("name", (&member.person.name).into())];
    let title = words(&scene.settings.lang).get_with("roles-title", &name);
    let mut page = Page::new(scene, "roles", title);
    let police_signed = scene.charter.is_some_and(super::charter::police_signed);
    for role in [Role::Resident, Role::Patrol, Role::Wijkagent, Role::Trustee, Role::Coordinator] {
        if role == Role::Wijkagent && !police_signed && member.rights != role {
            continue;
        }
        let text = page.words.get(role_key(role));
        let person = member.id.clone();
        // An officer comes for a time: until when is asked first.
        let give = match role {
            Role::Wijkagent => Intent::OpenBadgeDay { person, role },
            _ => Intent::GiveRole { person, role, until: BadgeDay::Same },
        };
        let id = format!("give-{role:?}").to_lowercase();
        let button = parts::button(ButtonStyle::Choice, role_icon(role), text, &id, give);
        let button = if role == member.rights { parts::chosen(button) } else { button };
        page.push(Node::Button { button });
    }
    page.push(Node::Line { line: parts::line("info", page.words.get("roles-two")) });
    if !police_signed {
        page.push(Node::Line { line: parts::line("police", page.words.get("roles-police")) });
    }
    page
}

/// Stopping: said by oneself, about oneself.
pub(super) fn leave<'a>(scene: &'a Scene<'a>) -> Page<'a> {
    let mut page = Page::new(scene, "leave", words(&scene.settings.lang).get("leave-title"));
    let words = page.words;
    page.push(parts::card("info", Tone::Info, ["leave-reads", "leave-stays", "leave-again"].map(|key| words.get(key))));
    let (me, officials) = (scene.neighbourhood.me.role, scene.officials);
    if me == Role::Coordinator && officials.coordinators == 1 {
        page.push(parts::tinted("warning", words.get("leave-last"), Tone::Attention));
    } else if is_official(me) && officials.coordinators + officials.trustees > TWO {
        page.push(Node::Line { line: parts::line("decide", words.get("leave-official")) });
    }
    let stay = parts::button(ButtonStyle::Choice, "people", words.get("leave-stay"), "stays", Intent::Back);
    page.push(Node::Button { button: stay });
    let leave = parts::button(ButtonStyle::Choice, "come", words.get("leave-act"), "goes", Intent::Leave);
    page.push(Node::Button { button: leave });
    page
}
