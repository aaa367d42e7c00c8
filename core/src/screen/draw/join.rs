//! Coming in by two scans: one's own card, the scanner, whom to let in, and the answer.

use super::super::model::{ButtonStyle, Code, Foot, Input, Node, Scanner, Tone};
use super::{Mode, Page, Scene, Words, kinds::role_icon, parts, words};
use crate::{
    intent::Intent,
    screen::{CodePurpose, CodeView},
    view::Role,
};

/// Most bytes of a code that is typed: more than any QR code holds.
const MOST_CODE_BYTES: u32 = 4096;

/// One's own code, for a coordinator to scan; then the answer is scanned here.
pub(super) fn card<'a>(scene: &'a Scene<'a>) -> Page<'a> {
    let mut page = Page::new(scene, "card", words(&scene.settings.lang).get("card-title"));
    page.push_code();
    let first = parts::line("come", page.words.get("card-how"));
    let scan = parts::button(
        ButtonStyle::Primary,
        "scan",
        page.words.get("card-scan"),
        "open-scan",
        Intent::OpenScan { replaces: None },
    );
    page.foot = Some(Foot { line: Some(first), button: scan, urgent: false });
    page
}

pub(super) fn scan<'a>(scene: &'a Scene<'a>) -> Page<'a> {
    let mut page = Page::new(scene, "scan", words(&scene.settings.lang).get("scan-title"));
    let words = page.words;
    let take = parts::button(
        ButtonStyle::Primary,
        "scan",
        words.get("scan-take"),
        "scanned",
        Intent::Scanned { code: String::new() },
    );
    let scanner = Scanner {
        label: words.get("scan-label"),
        searching: words.get("scan-searching"),
        blind: words.get("scan-blind"),
        take,
        field: (scene.settings.mode == Mode::Full).then(|| typed(words)),
    };
    page.push(Node::Scanner { scanner });
    if scene.neighbourhood.me.role == Role::Coordinator {
        let text = page.words.get("scan-absent");
        let button = parts::button(ButtonStyle::Minor, "send", text, "invite", Intent::Invite);
        page.push(Node::Button { button });
    }
    page
}

/// A code for a neighbour who is not here; it lets in one person, once.
pub(super) fn invitation<'a>(scene: &'a Scene<'a>) -> Page<'a> {
    let mut page = Page::new(scene, "invitation", words(&scene.settings.lang).get("invitation-title"));
    page.push_code();
    if scene.code.is_some() {
        page.push(parts::strong("neighbour", page.words.get("invitation-how")));
        let text = page.words.get("invitation-revoke");
        let button = parts::button(ButtonStyle::Minor, "undo", text, "revoke", Intent::RevokeInvitation);
        page.push(Node::Button { button });
    }
    let done = parts::button(ButtonStyle::Primary, "check", page.words.get("answer-done"), "home", Intent::Home);
    page.foot = Some(Foot { line: None, button: done, urgent: false });
    page
}

/// For a code that came in writing; simplified use types nothing.
fn typed(words: Words) -> Input {
    let intent = Intent::Scanned { code: String::new() };
    Input {
        id: "written-code".to_owned(),
        label: words.get("scan-written"),
        value: String::new(),
        max_bytes: MOST_CODE_BYTES,
        submit: parts::button(ButtonStyle::Minor, "check", words.get("scan-use"), "written", intent),
    }
}

/// Somebody's card was scanned: who is it, and what may the phone do?
pub(super) fn let_in<'a>(scene: &'a Scene<'a>, replaces: Option<&str>) -> Page<'a> {
    let key = if replaces.is_some() { "let-in-replace-title" } else { "let-in-title" };
    let mut page = Page::new(scene, "let-in", words(&scene.settings.lang).get(key));
    if replaces.is_some() {
        page.push_choice("check", "let-in-replace", "replace-phone", Intent::ReplacePhone);
        return page;
    }
    if scene.neighbourhood.me.role == Role::Coordinator {
        page.push(parts::strong("see", page.words.get("let-in-know")));
        page.push_choice(
            role_icon(Role::Resident),
            "let-in-resident",
            "let-in-resident",
            Intent::LetIn { role: Role::Resident },
        );
        page.push_choice(
            role_icon(Role::Patrol),
            "let-in-patrol",
            "let-in-patrol",
            Intent::LetIn { role: Role::Patrol },
        );
        if scene.neighbourhood.others == 0 {
            let trustee = Intent::LetIn { role: Role::Trustee };
            page.push_choice(role_icon(Role::Trustee), "let-in-trustee", "let-in-trustee", trustee);
        }
    }
    if scene.neighbourhood.others > 0 {
        page.push_choice("settings", "let-in-link", "link-phone", Intent::LinkPhone);
    }
    let unknown =
        parts::button(ButtonStyle::Minor, "cannot", page.words.get("let-in-unknown"), "unknown", Intent::Home);
    page.push(Node::Button { button: unknown });
    page
}

/// The answer, for the newcomer to scan.
pub(super) fn give_answer<'a>(scene: &'a Scene<'a>) -> Page<'a> {
    let mut page = Page::new(scene, "give-answer", words(&scene.settings.lang).get("answer-title"));
    page.push_code();
    let purpose = scene.code.map(|code| code.purpose);
    if purpose == Some(CodePurpose::AnswerAgain) {
        page.push(parts::strong("check", page.words.get("answer-again")));
    }
    page.push(parts::strong("come", page.words.get("answer-how")));
    let done = parts::button(ButtonStyle::Primary, "check", page.words.get("answer-done"), "home", Intent::Home);
    page.foot = Some(Foot { line: None, button: done, urgent: false });
    page
}

impl Page<'_> {
    fn push_choice(&mut self, icon: &str, key: &str, id: &str, intent: Intent) {
        let button = parts::button(ButtonStyle::Choice, icon, self.words.get(key), id, intent);
        self.push(Node::Button { button });
    }

    fn push_code(&mut self) {
        let code = self.scene.code.and_then(|CodeView { text, purpose }| {
            let key = match purpose {
                CodePurpose::Card => "code-card-label",
                CodePurpose::Answer | CodePurpose::AnswerAgain => "code-answer-label",
                CodePurpose::Invitation => "code-invitation-label",
            };
            Code::of(text.clone(), self.words.get(key))
        });
        match code {
            Some(code) => self.push(Node::Code { code }),
            None => self.push(parts::tinted("info", self.words.get("code-none"), Tone::Info)),
        }
    }
}
