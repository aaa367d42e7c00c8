//! What a coordinator changes in the agreements, and the ready-made ones to begin with.

use serde::{Deserialize, Serialize};

use super::AlertKind;

/// A change of the agreements; what is not named stays. The whole is signed anew.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CharterChange {
    /// Kinds and quiet hours of a template come first, the rest of the change goes on top of them.
    pub template: Option<CharterTemplate>,
    /// Kinds that everybody may post.
    pub allow: Vec<AlertKind>,
    /// Kinds that only patrol volunteers and officials may post.
    pub officials_only: Vec<AlertKind>,
    /// Kinds that nobody may post.
    pub forbid: Vec<AlertKind>,
    /// Quiet hours.
    pub quiet: Option<QuietHours>,
    /// Days that an alert lives, 1 to 400.
    pub alert_days: Option<u16>,
    /// Whether a wijkagent reads the street, once the police have signed.
    pub police_read: Option<bool>,
    /// Partners that are none any more: first digits of their keys.
    pub without: Vec<String>,
}

/// The agreements while a coordinator changes them on a screen; nothing of it counts before it is signed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CharterDraft {
    /// Kinds that somebody may post.
    pub kinds: Vec<AlertKind>,
    /// Of these, kinds that only patrol volunteers and officials may post.
    pub officials_only: Vec<AlertKind>,
    /// Quiet in the evening and at night.
    pub quiet: bool,
    /// Whether a wijkagent reads the street, once the police have signed.
    pub police_read: bool,
}

/// One press on the screen of the agreements.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "edit", rename_all = "kebab-case", rename_all_fields = "snake_case", deny_unknown_fields)]
pub enum CharterEdit {
    /// Begin, with what is in force.
    Begin,
    /// Who may post a kind: everybody, then few, then nobody, then everybody again.
    Kind {
        /// The kind.
        kind: AlertKind,
    },
    /// Quiet hours, or none.
    Quiet,
    /// Whether a wijkagent reads the street.
    Police,
    /// Sign what is on the screen.
    Sign,
    /// Sign another version anew, of two that were made at the same time.
    Renew {
        /// The version in hexadecimal.
        version: String,
    },
}

impl CharterDraft {
    /// The next answer to who may post a kind.
    pub fn turn(&mut self, kind: AlertKind) {
        match (self.kinds.contains(&kind), self.officials_only.contains(&kind)) {
            (true, false) => self.officials_only.push(kind),
            (true, true) => {
                self.kinds.retain(|known| *known != kind);
                self.officials_only.retain(|known| *known != kind);
            }
            (false, _) => self.kinds.push(kind),
        }
    }

    /// The change that makes the agreements so. Hours that were agreed before stay as they are.
    pub fn change(&self, was_quiet: bool) -> CharterChange {
        let open = |kind: &AlertKind| self.kinds.contains(kind) && !self.officials_only.contains(kind);
        let quiet = if self.quiet { QuietHours::EVENING } else { QuietHours::NONE };
        CharterChange {
            allow: AlertKind::ALL.into_iter().filter(open).collect(),
            officials_only: self.officials_only.clone(),
            forbid: AlertKind::ALL
                .into_iter()
                .filter(|kind| kind.to_the_group() && !self.kinds.contains(kind))
                .collect(),
            quiet: (self.quiet != was_quiet).then_some(quiet),
            police_read: Some(self.police_read),
            ..CharterChange::default()
        }
    }
}

/// Hours in which alerts without danger make no sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct QuietHours {
    /// Minutes after midnight at which they begin.
    pub from: u16,
    /// Minutes after midnight at which they end; equal to `from` for none.
    pub to: u16,
}

impl QuietHours {
    /// No quiet hours.
    pub const NONE: Self = Self { from: 0, to: 0 };
    /// Ten in the evening until seven in the morning.
    pub const EVENING: Self = Self { from: 22 * 60, to: 7 * 60 };
}

/// Agreements to begin with (R36).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CharterTemplate {
    /// Only what may lead to catching somebody in the act, and fire.
    BreakInAndFire,
    /// All kinds at all hours.
    Standard,
    /// All kinds; in the evening and at night only danger makes a sound.
    EveningQuiet,
}

/// Each template: its code, its kinds and its quiet hours. A kind that goes to no group needs no agreement.
const TEMPLATES: [(CharterTemplate, &str, &[AlertKind], QuietHours); 3] = [
    (
        CharterTemplate::BreakInAndFire,
        "break-in-and-fire",
        &[AlertKind::BreakIn, AlertKind::Fire, AlertKind::DoorstepScam],
        QuietHours::NONE,
    ),
    (CharterTemplate::Standard, "standard", &AlertKind::ALL, QuietHours::NONE),
    (CharterTemplate::EveningQuiet, "evening-quiet", &AlertKind::ALL, QuietHours::EVENING),
];

impl CharterTemplate {
    /// Every template in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::BreakInAndFire, Self::Standard, Self::EveningQuiet];

    /// The code on the command line, and the end of the name of its words.
    pub fn code(self) -> &'static str {
        self.row().1
    }

    /// Reads a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|template| template.code() == code)
    }

    /// Kinds of alert that count.
    pub fn kinds(self) -> &'static [AlertKind] {
        self.row().2
    }

    /// Quiet hours.
    pub fn quiet(self) -> QuietHours {
        self.row().3
    }

    fn row(self) -> (Self, &'static str, &'static [AlertKind], QuietHours) {
        let [first, second, third] = TEMPLATES;
        match self {
            Self::BreakInAndFire => first,
            Self::Standard => second,
            Self::EveningQuiet => third,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_press_goes_from_everybody_to_few_to_nobody_and_round() {
        let mut draft = CharterDraft { kinds: AlertKind::ALL.to_vec(), ..CharterDraft::default() };
        let kind = AlertKind::Vehicle;
        draft.turn(kind);
        assert!(draft.kinds.contains(&kind) && draft.officials_only.contains(&kind), "few");
        assert_eq!(draft.change(false).officials_only, [kind]);
        draft.turn(kind);
        assert!(!draft.kinds.contains(&kind) && !draft.officials_only.contains(&kind), "nobody");
        assert_eq!(draft.change(false).forbid, [kind]);
        draft.turn(kind);
        assert!(draft.kinds.contains(&kind) && draft.officials_only.is_empty(), "everybody");
        assert_eq!(draft.change(true).quiet, Some(QuietHours::NONE));
        assert_eq!(draft.change(false).quiet, None, "hours that were agreed stay");
    }

    #[test]
    fn every_template_has_its_row_and_its_code() {
        for template in CharterTemplate::ALL {
            assert_eq!(template.row().0, template);
            assert_eq!(CharterTemplate::from_code(template.code()), Some(template));
        }
        assert!(!CharterTemplate::BreakInAndFire.kinds().contains(&AlertKind::Vehicle));
        assert_eq!(CharterTemplate::from_code("everything"), None);
    }
}
