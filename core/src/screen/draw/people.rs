//! "Wie doet mee?" in simplified mode: the police first and always true, then the coordinators, then the neighbours.
//!
//! Who only looks sees cards to read, which are no choices; a coordinator's own phone shows tiles that lead to the
//! neighbour.

use super::super::model::{Badge, Button, ButtonStyle, Card, Line, Mark, Node, Tile, TileStyle, Tone};
use super::{Page, Scene, kinds::role_icon, lapse, parts, people_full, words};
use crate::{
    intent::Intent,
    screen::Mode,
    view::{Member, Membership, Person, Role},
};

/// Cards on a page; they are read, not chosen from.
const CARDS: usize = 8;
/// U1 leaves so many tiles on the first page, where five other choices stand; none where somebody may lapse.
const FIRST_TILES: usize = 1;
/// U1 leaves so many tiles on the pages after it, beside "Meer buren".
const TILES: usize = 5;

pub(super) fn draw<'a>(scene: &'a Scene<'a>, page_number: u32, role: Option<Role>) -> Page<'a> {
    if scene.settings.mode == Mode::Full {
        return people_full::draw(scene, page_number, role);
    }
    let title = if page_number == 0 { "people-title" } else { "people-more" };
    let mut page = Page::new(scene, "people", words(&scene.settings.lang).get(title));
    let shown = in_order(scene.members);
    let tiles =
        may_administer(scene).then(|| if lapse::silent(scene).is_empty() { FIRST_TILES } else { FIRST_TILES - 1 });
    let (members, more) = part(&shown, page_number, tiles);
    if page_number == 0 {
        page.push_police();
    }
    for member in members {
        page.push_neighbour(member);
    }
    if more {
        let intent = Intent::OpenPeople { page: page_number.saturating_add(1), role: None };
        page.push_minor("people", "people-more", "more", intent);
    }
    if page_number == 0 {
        page.push_count();
        page.push_new_neighbour();
        page.push_recover();
        page.push_lapse();
        page.push_about_us();
    }
    page
}

/// Whether this phone's person lets in and removes.
pub(super) fn may_administer(scene: &Scene<'_>) -> bool {
    scene.neighbourhood.membership == Membership::Member && scene.neighbourhood.me.role == Role::Coordinator
}

/// Coordinators, then one's own helper, then the others as they come.
pub(super) fn in_order(members: &[Member]) -> Vec<&Member> {
    let mut order: Vec<&Member> = members.iter().collect();
    order.sort_by_key(|member| (member.person.role != Role::Coordinator, !member.helps_me, member.person.me));
    order
}

/// The members of a page, as cards or as so many tiles on the first, and whether others come after it.
fn part<'m>(members: &'m [&'m Member], page: u32, tiles: Option<usize>) -> (&'m [&'m Member], bool) {
    let (first, later) = tiles.map_or((CARDS, CARDS), |first| (first, TILES));
    let page = usize::try_from(page).unwrap_or(usize::MAX);
    let (from, most) =
        if page == 0 { (0, first) } else { (later.saturating_mul(page - 1).saturating_add(first), later) };
    let to = from.saturating_add(most).min(members.len());
    (members.get(from..to).unwrap_or_default(), to < members.len())
}

impl Page<'_> {
    /// Whether the police read along, who, since when and what; and how to know a false officer (R13).
    pub(super) fn push_police(&mut self) {
        let words = self.words;
        let police = self.scene.police;
        let mut texts = Vec::new();
        if police.officers.is_empty() {
            texts.extend([words.get("police-no"), words.get("police-no-how")]);
        } else {
            let count = u32::try_from(police.officers.len()).unwrap_or(u32::MAX);
            let names = self.list(&police.officers);
            let given = [("name", (&names).into()), ("count", count.into())];
            let reads = if police.reads_street { "police-reads" } else { "police-apart" };
            texts.extend([words.get("police-yes"), words.get_with(reads, &given)]);
            texts.push(words.get_with("police-not-always", &given));
            let day = self.moment(police.since_s).day;
            texts.push(words.get_with("police-since", &[("day", (&day).into())]));
            if !police.reads_street {
                texts.push(words.get("police-call"));
            }
        }
        let mut lines: Vec<Line> = texts.into_iter().map(|text| parts::marked(Mark::None, text)).collect();
        if let Some(first) = lines.first_mut() {
            first.strong = true;
        }
        let tone = (!police.officers.is_empty()).then_some(Tone::Official);
        self.push(Node::Card {
            card: Card { tone, icon: Some("police".to_owned()), centre: false, lines, button: None },
        });
        self.push(parts::tinted("warning", words.get("police-fake"), Tone::Attention));
    }

    /// Whether the police read along, in one line under an alert.
    pub(super) fn push_police_line(&mut self) {
        if self.scene.neighbourhood.membership == Membership::Member {
            let key = if self.scene.police.reads_street { "police-line-yes" } else { "police-line-no" };
            let line = parts::line("police", self.words.get(key));
            self.push(Node::Line { line });
        }
    }

    /// "Jan", "Jan en Noor", "Jan, Noor en Ali".
    pub(super) fn list(&self, names: &[String]) -> String {
        match names {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => {
                let first = first.join(", ");
                self.words.get_with("people-and", &[("first", (&first).into()), ("last", last.into())])
            }
        }
    }

    fn push_neighbour(&mut self, member: &Member) {
        if may_administer(self.scene) {
            let tile = self.member_tile(member);
            self.push(Node::Tile { tile });
        } else {
            let lines = self.member_lines(member);
            let button = member.helped_by_me.then(|| self.replace_button(member));
            self.push(Node::Card { card: Card { tone: None, icon: None, centre: false, lines, button } });
        }
    }

    /// Whoever chose this phone's person as helper may get a new phone here (R25).
    fn replace_button(&self, member: &Member) -> Button {
        let given = [("name", (&member.person.name).into())];
        let text = self.words.get_with("member-replace-of", &given);
        let replace = Intent::OpenScan { replaces: Some(member.id.clone()) };
        parts::button(ButtonStyle::Minor, "nearby", text, &format!("replace-{}", member.id), replace)
    }

    /// Name, number and badge; who let the person in and when; what is to be known of it.
    pub(super) fn member_lines(&self, member: &Member) -> Vec<Line> {
        let face = Mark::Face { initial: parts::initial(&member.person.name) };
        let named = parts::marked(face, self.member_name(&member.person));
        let mut lines = vec![Line { badge: self.member_badges(member).into_iter().next(), strong: true, ..named }];
        lines.extend(self.member_badges(member).into_iter().skip(1).map(|badge| parts::line(&badge.icon, badge.text)));
        lines.push(parts::line("calendar", self.vouched(member)));
        if !member.met && !member.person.me {
            let line = parts::line("waiting", self.words.get("member-not-met"));
            lines.push(Line { tone: Some(Tone::Waiting), ..line });
        }
        lines
    }

    /// A neighbour as a choice.
    pub(super) fn member_tile(&self, member: &Member) -> Tile {
        let icon = role_icon(member.shown_role());
        let id = format!("neighbour-{}", member.id);
        let intent = Intent::OpenMember { person: member.id.clone() };
        let mut badges = self.member_badges(member);
        if !member.met && !member.person.me {
            badges.push(parts::state("waiting", self.words.get("member-not-met"), Tone::Waiting));
        }
        Tile {
            detail: Some(self.vouched(member)),
            badges,
            ..parts::tile(TileStyle::Row, icon, self.member_name(&member.person), &id, intent)
        }
    }

    /// "Ria, nummer 14"; one's own with it.
    pub(super) fn member_name(&self, person: &Person) -> String {
        match &person.number {
            Some(number) => {
                self.words.get_with("person-number", &[("name", (&person.name).into()), ("number", number.into())])
            }
            None => person.name.clone(),
        }
    }

    /// What marks somebody: a role, and whether it is oneself or one's helper. A neighbour has no badge.
    pub(super) fn member_badges(&self, member: &Member) -> Vec<Badge> {
        let role = member.shown_role();
        let mut badges = Vec::new();
        if role != Role::Resident {
            badges.push(self.role(&Person { role, ..member.person.clone() }));
        }
        if member.person.me {
            badges.push(parts::state("neighbour", self.words.get("member-me"), Tone::Neutral));
        }
        if member.helps_me {
            badges.push(parts::state("helper", self.words.get("member-my-helper"), Tone::Done));
        }
        badges
    }

    /// Who let somebody in and when; of a founder, since when.
    pub(super) fn vouched(&self, member: &Member) -> String {
        let day = self.moment(member.since_s).day;
        let day = ("day", (&day).into());
        match &member.vouched_by {
            Some(name) => self.words.get_with("member-vouched", &[("name", name.into()), day]),
            None => self.words.get_with("member-since", &[day]),
        }
    }

    pub(super) fn push_count(&mut self) {
        let count = [("count", self.scene.neighbourhood.others.into())];
        self.push(parts::strong("people", self.words.get_with("people-count", &count)));
    }

    /// A way to let somebody in, or whom to ask.
    pub(super) fn push_new_neighbour(&mut self) {
        if may_administer(self.scene) {
            let text = self.words.get("people-new");
            let scan = Intent::OpenScan { replaces: None };
            let button = parts::button(ButtonStyle::Primary, "new", text, "new", scan);
            self.push(Node::Button { button });
            return;
        }
        // A second signature is given by scanning; where nobody coordinates, everybody gives it.
        if self.scene.neighbourhood.me.role == Role::Trustee || self.scene.officials.coordinators == 0 {
            self.push_minor("scan", "people-scan", "scan", Intent::OpenScan { replaces: None });
        }
        let coordinator = self.scene.members.iter().find(|it| it.person.role == Role::Coordinator && !it.person.me);
        if let Some(coordinator) = coordinator {
            let text = self.words.get_with("people-new-ask", &[("name", (&coordinator.person.name).into())]);
            self.push(Node::Line { line: parts::line("new", text) });
        }
    }

    /// What was agreed, and what has changed.
    pub(super) fn push_about_us(&mut self) {
        self.push_team();
        self.push_minor("decide", "charter-open", "charter", Intent::OpenCharter);
        self.push_minor("info", "changes-open", "changes", Intent::OpenChanges { page: 0 });
    }

    /// A choice among others, by the key of its words.
    pub(super) fn push_minor(&mut self, icon: &str, key: &str, id: &str, intent: Intent) {
        let button = parts::button(ButtonStyle::Minor, icon, self.words.get(key), id, intent);
        self.push(Node::Button { button });
    }
}
