//! "Wat spraken wij af?": what neighbours report, when it is quiet, who reads along and who signed; and for coordinators
//! in full mode a way to change it, which ends in one signature.

use super::super::{
    clock::time_words,
    model::{Line, Mode, Node, Tone},
};
use super::{
    ButtonStyle, Page, Scene,
    kinds::{kind_icon, kind_key},
    parts,
    people::may_administer,
    words,
};
use crate::{
    envelope::operation::members::Party,
    intent::{AlertKind, CharterDraft, CharterEdit, Intent},
    screen::Foot,
    view::{CharterView, PartnerView},
};

/// Whether the police have signed what they may do: before that nobody becomes a wijkagent.
pub(super) fn police_signed(charter: &CharterView) -> bool {
    charter.partners.iter().any(|partner| partner.party == Party::Police && partner.signed)
}

/// Agreements are changed by a coordinator in full mode.
pub(super) fn may_edit(scene: &Scene<'_>) -> bool {
    may_administer(scene) && scene.settings.mode == Mode::Full
}

pub(super) fn draw<'a>(scene: &'a Scene<'a>, charter: &'a CharterView) -> Page<'a> {
    let mut page = Page::new(scene, "charter", words(&scene.settings.lang).get("charter-title"));
    let words = page.words;
    if charter.provisional {
        page.push(parts::tinted("info", words.get("charter-provisional"), Tone::Info));
    }
    if charter.other.is_some() {
        page.push(parts::tinted("warning", words.get("charter-two"), Tone::Attention));
    }
    page.push_kinds("charter-kinds", |kind| charter.kinds.contains(&kind), charter);
    page.push_kinds("charter-not", |kind| !charter.kinds.contains(&kind), charter);
    page.push(parts::sub(words.get("charter-more")));
    let mut lines = vec![page.quiet_line(charter.quiet)];
    lines.push(parts::line("police", words.get(police_key(charter.police_read))));
    if charter.police_read && !police_signed(charter) {
        lines.push(parts::line("waiting", words.get("charter-police-wait")));
    }
    lines.extend(charter.partners.iter().map(|partner| page.partner_line(partner)));
    if charter.since_s > 0 {
        let (day, by) = (page.moment(charter.since_s).day, page.names(std::slice::from_ref(&charter.by)));
        let given = [("name", (&by).into()), ("day", (&day).into())];
        lines.push(parts::line("check", words.get_with("charter-since", &given)));
    }
    page.push(Node::Facts { lines });
    if may_edit(scene) {
        page.push_minor("edit", "charter-change", "edit", Intent::EditCharter { edit: CharterEdit::Begin });
        if let Some(other) = &charter.other {
            let renew = Intent::EditCharter { edit: CharterEdit::Renew { version: other.clone() } };
            page.push_minor("undo", "charter-renew", "renew", renew);
        }
    }
    page.push_minor("come", "leave-open", "leave", Intent::OpenLeave);
    page
}

/// Each press changes one thing; nothing counts before "Onderteken".
pub(super) fn edit<'a>(scene: &'a Scene<'a>, draft: &'a CharterDraft) -> Page<'a> {
    let mut page = Page::new(scene, "charter-edit", words(&scene.settings.lang).get("charter-edit-title"));
    page.mode = Mode::Full;
    let words = page.words;
    page.push(Node::Line { line: parts::line("info", words.get("charter-press")) });
    for kind in AlertKind::ALL.into_iter().filter(|kind| kind.to_the_group()) {
        let (key, mark) = if draft.officials_only.contains(&kind) {
            ("charter-few", "patrol")
        } else if draft.kinds.contains(&kind) {
            ("charter-all", "people")
        } else {
            ("charter-nobody", "cannot")
        };
        let text = words.get_with(key, &[("kind", (&words.get(kind_key(kind))).into())]);
        page.push_edit(mark, text, kind.code(), CharterEdit::Kind { kind });
    }
    let quiet = if draft.quiet { "charter-quiet-on" } else { "charter-quiet-off" };
    page.push_edit("dark", words.get(quiet), "quiet", CharterEdit::Quiet);
    page.push_edit("police", words.get(police_key(draft.police_read)), "police", CharterEdit::Police);
    let sign = Intent::EditCharter { edit: CharterEdit::Sign };
    page.foot = Some(Foot {
        line: Some(Line { strong: true, ..parts::line("people", words.get("charter-told")) }),
        button: parts::button(ButtonStyle::Primary, "decide", words.get("charter-sign"), "sign", sign),
        urgent: false,
    });
    page
}

const fn police_key(reads: bool) -> &'static str {
    if reads { "charter-police-yes" } else { "charter-police-no" }
}

const MINUTES_OF_AN_HOUR: u16 = 60;

impl Page<'_> {
    /// The kinds that a heading is about; one that goes to no group needs no agreement.
    fn push_kinds(&mut self, heading: &str, wanted: impl Fn(AlertKind) -> bool, charter: &CharterView) {
        let kinds = AlertKind::ALL.into_iter().filter(|kind| kind.to_the_group() && wanted(*kind));
        let lines: Vec<Line> = kinds
            .map(|kind| {
                let few = charter.officials_only.contains(&kind);
                let badge = few.then(|| parts::state("patrol", self.words.get("charter-only-few"), Tone::Neutral));
                Line { strong: true, badge, ..parts::line(kind_icon(kind), self.words.get(kind_key(kind))) }
            })
            .collect();
        if !lines.is_empty() {
            self.push(parts::sub(self.words.get(heading)));
            self.push(Node::Facts { lines });
        }
    }

    fn quiet_line(&self, quiet: Option<(u16, u16)>) -> Line {
        let Some((from, to)) = quiet else { return parts::line("sound", self.words.get("charter-loud")) };
        let at = |minute: u16| {
            time_words(self.words, u32::from(minute / MINUTES_OF_AN_HOUR), u32::from(minute % MINUTES_OF_AN_HOUR))
        };
        let (from, to) = (at(from), at(to));
        let given = [("begin", (&from).into()), ("end", (&to).into())];
        parts::line("dark", self.words.get_with("charter-quiet", &given))
    }

    fn partner_line(&self, partner: &PartnerView) -> Line {
        let (icon, key) = match (partner.party, partner.signed) {
            (Party::Police, true) => ("police", "partner-police"),
            (Party::Police, false) => ("police", "partner-police-unsigned"),
            (Party::Municipality, true) => ("municipality", "partner-municipality"),
            (Party::Municipality, false) => ("municipality", "partner-municipality-unsigned"),
            (Party::Other, true) => ("people", "partner-other"),
            (Party::Other, false) => ("people", "partner-other-unsigned"),
        };
        parts::line(icon, self.words.get(key))
    }

    fn push_edit(&mut self, icon: &str, text: String, id: &str, edit: CharterEdit) {
        let id = format!("agree-{id}");
        let button = parts::button(ButtonStyle::Choice, icon, text, &id, Intent::EditCharter { edit });
        self.push(Node::Button { button });
    }
}
