//! Pictograms and words of kinds, roles and answers.

use super::super::model::Tone;
use crate::{
    intent::{AlertKind, Answer},
    view::Role,
};

pub(super) const fn kind_icon(kind: AlertKind) -> &'static str {
    match kind {
        AlertKind::BreakIn => "kind-break-in",
        AlertKind::Fire => "fire",
        AlertKind::Help => "help",
        AlertKind::Behaviour => "kind-behaviour",
        AlertKind::DoorstepScam => "kind-doorstep",
        AlertKind::Vehicle => "kind-vehicle",
    }
}

pub(super) const fn kind_key(kind: AlertKind) -> &'static str {
    match kind {
        AlertKind::BreakIn => "kind-break-in",
        AlertKind::Fire => "kind-fire",
        AlertKind::Help => "kind-help",
        AlertKind::Behaviour => "kind-behaviour",
        AlertKind::DoorstepScam => "kind-doorstep-scam",
        AlertKind::Vehicle => "kind-vehicle",
    }
}

/// Key of the whole sentence "U ziet: ...".
pub(super) const fn sees_key(kind: AlertKind) -> &'static str {
    match kind {
        AlertKind::BreakIn => "kind-break-in.sees",
        AlertKind::Fire => "kind-fire.sees",
        AlertKind::Help => "kind-help.sees",
        AlertKind::Behaviour => "kind-behaviour.sees",
        AlertKind::DoorstepScam => "kind-doorstep-scam.sees",
        AlertKind::Vehicle => "kind-vehicle.sees",
    }
}

/// Kinds for which 112 takes the largest row before "Stuur": life is at stake, minutes count.
pub(super) const fn calls_first(kind: AlertKind) -> bool {
    matches!(kind, AlertKind::Fire | AlertKind::Help)
}

pub(super) const fn role_icon(role: Role) -> &'static str {
    match role {
        Role::Resident => "neighbour",
        Role::Wijkagent => "police",
        Role::Patrol => "patrol",
        Role::Trustee => "helper",
        Role::Coordinator => "coordinator",
    }
}

pub(super) const fn role_key(role: Role) -> &'static str {
    match role {
        Role::Resident => "role-resident",
        Role::Wijkagent => "role-wijkagent",
        Role::Patrol => "role-patrol",
        Role::Trustee => "role-trustee",
        Role::Coordinator => "role-coordinator",
    }
}

pub(super) const fn role_tone(role: Role) -> Tone {
    match role {
        Role::Wijkagent => Tone::Official,
        Role::Coordinator => Tone::Done,
        Role::Resident | Role::Patrol | Role::Trustee => Tone::Neutral,
    }
}

pub(super) const fn answer_icon(answer: Answer) -> &'static str {
    match answer {
        Answer::See => "see",
        Answer::Come => "come",
        Answer::Cannot => "cannot",
        Answer::Call => "call",
    }
}

/// In the first person, as the button says it.
pub(super) const fn answer_key(answer: Answer) -> &'static str {
    match answer {
        Answer::See => "answer-see",
        Answer::Come => "answer-come",
        Answer::Cannot => "answer-cannot",
        Answer::Call => "answer-call",
    }
}

/// In the third person, as a fact.
pub(super) const fn answered_key(answer: Answer) -> &'static str {
    match answer {
        Answer::See => "answered-see",
        Answer::Come => "answered-come",
        Answer::Cannot => "answered-cannot",
        Answer::Call => "answered-call",
    }
}

/// The same of this phone's own person.
pub(super) const fn answered_by_me_key(answer: Answer) -> &'static str {
    match answer {
        Answer::See => "answered-see-me",
        Answer::Come => "answered-come-me",
        Answer::Cannot => "answered-cannot-me",
        Answer::Call => "answered-call-me",
    }
}

pub(super) const fn answer_id(answer: Answer) -> &'static str {
    match answer {
        Answer::See => "answer-see",
        Answer::Come => "answer-come",
        Answer::Cannot => "answer-cannot",
        Answer::Call => "answer-call",
    }
}
