//! Who may write what into a document, apart from being a member. The caller asks this with what the membership log
//! says now, and puts the answer into [`super::Change::counts`].

use crate::{envelope::operation::Content, identity::PersonId};

/// Whether `author` may write `content` into a document that `opening_author` opened (of an opening: the same person).
///
/// A text is changed by the person who wrote the alert or by a coordinator; only that person takes it back. Everybody
/// answers and says whether 112 was called. The street's name is a coordinator's.
pub fn may_write(content: &Content, author: PersonId, opening_author: PersonId, is_coordinator: bool) -> bool {
    match content {
        Content::Edit { .. } => author == opening_author || is_coordinator,
        Content::Withdraw => author == opening_author,
        Content::Street { .. } => is_coordinator,
        Content::Alert(_)
        | Content::Note { .. }
        | Content::Reason { .. }
        | Content::Invitation { .. }
        | Content::Letter(_)
        | Content::Erase { .. }
        | Content::Proposal { .. }
        | Content::Profile { .. }
        | Content::Answer { .. }
        | Content::Seen
        | Content::Called112 { .. } => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intent::Answer;

    const RIA: PersonId = PersonId([1; 16]);
    const AHMED: PersonId = PersonId([2; 16]);

    #[test]
    fn ria_and_a_coordinator_change_her_text_and_only_ria_takes_it_back() {
        let edit = Content::Edit { note: "Het was de buurman".to_owned(), lang: "nl".to_owned() };
        assert!(may_write(&edit, RIA, RIA, false));
        assert!(may_write(&edit, AHMED, RIA, true));
        assert!(!may_write(&edit, AHMED, RIA, false));
        assert!(may_write(&Content::Withdraw, RIA, RIA, false));
        assert!(!may_write(&Content::Withdraw, AHMED, RIA, true), "not even a coordinator");
    }

    #[test]
    fn everybody_answers_and_a_coordinator_names_the_street() {
        let street = Content::Street { until: ratel_protocol::Day(400), name: "Dorpsstraat".to_owned() };
        assert!(may_write(&Content::Answer { answer: Answer::Come }, AHMED, RIA, false));
        assert!(may_write(&Content::Seen, AHMED, RIA, false));
        assert!(may_write(&Content::Called112 { called: true }, AHMED, RIA, false));
        assert!(may_write(&street, RIA, RIA, true));
        assert!(!may_write(&street, RIA, RIA, false));
    }
}
