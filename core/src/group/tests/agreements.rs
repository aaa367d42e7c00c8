//! Two coordinators agree on different things at the same time (R03): nothing is lost, and one of them ends the doubt.

use super::street::*;
use ratel_protocol::{Day, Ref};

use crate::{
    envelope::operation::{
        Content,
        content::{Alert, Place},
        keys::Channel,
        members::{Charter, Members},
    },
    intent::AlertKind,
    view::{QuarantineReason, Role},
};

fn without(kind: AlertKind) -> Members {
    let mut charter = Charter::default();
    charter.forbid(kind);
    Members::Charter(charter)
}

#[test]
fn of_two_versions_made_at_once_one_is_in_force_and_the_other_is_named() {
    for salt in 0..8 {
        let mut street = Street::usual(salt);
        assert_eq!(street.log.agreements().len(), 1, "the beginning");
        assert_eq!(street.log.other_agreement(), None);

        let heads = street.log.heads();
        let fatmas = street.write_after(FATMA, &heads, without(AlertKind::Vehicle), &[]);
        let beas = street.write_after(BEA, &heads, without(AlertKind::Behaviour), &[]);
        let versions: Vec<_> = street.log.agreements().iter().map(|agreement| agreement.id).collect();
        let current = street.membership().charter_in.unwrap();
        let other = street.log.other_agreement().unwrap();
        assert_eq!(versions.last(), Some(&current));
        assert_eq!(
            [current, other.id].iter().collect::<std::collections::BTreeSet<_>>(),
            [fatmas, beas].iter().collect()
        );

        let anew = Members::Charter(other.charter.clone());
        let wanted = other.charter.clone();
        let signed = street.write(CEES, anew.clone());
        assert!(!street.counts(signed), "a trustee agrees on nothing");
        assert!(street.log.other_agreement().is_some());
        let signed = street.write(BEA, anew);
        assert_eq!(street.membership().charter_in, Some(signed));
        assert_eq!(street.membership().charter, Some(wanted));
        assert_eq!(street.log.other_agreement(), None, "both were seen");
    }
}

/// R03, R13: what the agreements forbid is not brought in by who wrote it, only by somebody who decides.
#[test]
fn nobody_keeps_his_own_forbidden_alert() {
    let mut street = Street::usual(3);
    let vehicle = Content::Alert(Alert {
        until: Day(700),
        kind: AlertKind::Vehicle,
        practice: false,
        place: Place::Street,
        note: String::new(),
        lang: "nl".to_owned(),
    });
    let (own, late) = (Ref([1; 16]), Ref([2; 16]));
    let (of_ahmed, of_fatma) = (Ref([8; 16]), Ref([9; 16]));
    let counts = |street: &Street, id| street.membership().counts(id, device(AHMED), Channel::Street, &vehicle);
    street.write(FATMA, without(AlertKind::Vehicle));
    street.log.insert_list(of_ahmed, vec![own]);
    street.log.insert_list(of_fatma, vec![late]);
    let kept = street.write(AHMED, Members::Keep { lists: vec![of_ahmed] });
    assert!(street.counts(kept) && street.membership().is_kept(own, device(AHMED)), "the Keep itself counts");
    assert!(!counts(&street, own), "and brings nothing in while he is here");
    let role = street.role(AHMED);
    assert_eq!(street.membership().why_not(role, Channel::Street, &vehicle), Some(QuarantineReason::Charter));
    street.write(AHMED, remove(AHMED));
    assert!(!counts(&street, own), "nor when he has left");
    assert_eq!(street.membership().why_not(None, Channel::Street, &vehicle), Some(QuarantineReason::NotMember));
    let why = |role, channel, content| street.membership().why_not(Some(role), channel, content);
    assert_eq!(why(Role::Resident, Channel::Street, &Content::Seen), None);
    assert_eq!(why(Role::Resident, Channel::Team, &vehicle), Some(QuarantineReason::Role));
    assert_eq!(why(Role::Coordinator, Channel::Street, &vehicle), Some(QuarantineReason::Charter));
    street.write(FATMA, Members::Keep { lists: vec![of_fatma] });
    assert!(counts(&street, late), "a coordinator's Keep is a decision");
}
