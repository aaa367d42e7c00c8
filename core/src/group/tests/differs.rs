//! What is another one after than before: whose roles, and which envelopes are kept.

use std::collections::BTreeSet;

use ratel_protocol::Ref;

use super::street::*;
use crate::{envelope::operation::members::Members, group::Log, identity::PersonId, view::Role};

#[test]
fn whose_role_changed_who_came_and_who_went_is_told_and_nobody_else() {
    let mut street = Street::usual(3);
    let before = street.membership().clone();
    assert_eq!(before.changed(&before), BTreeSet::new());
    street.write(FATMA, role(AHMED, Role::Patrol));
    street.write(FATMA, admit(15));
    street.write(BEA, remove(RIA));
    street.write(JAN, Members::Helper { device: Some(device(AHMED)) });
    let changed = BTreeSet::from([AHMED, 15, RIA].map(device));
    assert_eq!(before.changed(street.membership()), changed);
    assert_eq!(street.membership().changed(&before), changed);
}

#[test]
fn a_street_is_empty_until_it_began() {
    assert!(Log::with_verifier(group(), verify).membership().is_empty());
    assert!(!Street::usual(6).membership().is_empty());
}

#[test]
fn whose_a_device_is_is_known_of_who_is_in_and_of_who_went_and_of_no_stranger() {
    let mut street = Street::usual(4);
    street.write(AHMED, Members::Link(keys(15)));
    street.write(FATMA, remove(RIA));
    for (who, whose) in [(FATMA, FATMA), (AHMED, AHMED), (15, AHMED), (RIA, RIA)] {
        assert_eq!(street.log.person(device(who)), Some(person(whose)), "{who}");
    }
    assert_eq!(street.log.person(device(16)), None::<PersonId>);
}

#[test]
fn what_is_kept_now_and_was_not_before_is_told_once() {
    let mut street = Street::usual(5);
    let (officials, own) = (Ref([0x71; 16]), Ref([0x72; 16]));
    let [bus, lamp, dog] = [1, 2, 3].map(|at| Ref([at; 16]));
    street.log.insert_list(officials, vec![bus, lamp]);
    street.log.insert_list(own, vec![dog]);
    let before = street.membership().clone();
    street.write(FATMA, Members::Keep { lists: vec![officials] });
    let by_fatma = street.membership().clone();
    assert_eq!(by_fatma.newly_kept(&before), [bus, lamp]);
    assert_eq!(by_fatma.newly_kept(&by_fatma), []);
    street.write(AHMED, Members::Keep { lists: vec![own] });
    let by_ahmed = street.membership().clone();
    assert_eq!(by_ahmed.newly_kept(&by_fatma), [dog], "his own too");
    street.write(RIA, Members::Keep { lists: vec![own] });
    assert_eq!(street.membership().newly_kept(&by_ahmed), [dog], "kept for one more");
    assert_eq!(by_ahmed.newly_kept(street.membership()), [dog], "the other way round as well: it is another one");
}
