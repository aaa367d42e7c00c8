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
fn who_coordinates_and_who_is_out_is_told() {
    let mut street = Street::usual(9);
    street.write(FATMA, remove(RIA));
    let members = street.membership();
    let coordinates = [FATMA, BEA, CEES, AHMED, RIA, 16].map(|who| members.is_coordinator(device(who)));
    assert_eq!(coordinates, [true, true, false, false, false, false]);
    let out = [FATMA, AHMED, RIA, 16].map(|who| members.was_removed(device(who)));
    assert_eq!(out, [false, false, true, false]);
    let author = |who| street.written.iter().rev().find(|it| it.author == device(who)).map(|it| it.id).unwrap();
    assert_eq!(street.log.author_of(&author(FATMA)), Some(device(FATMA)));
    assert_eq!(street.log.author_of(&Ref([0xEE; 16])), None);
}

#[test]
fn how_many_make_a_new_coordinator_is_told() {
    // Seven persons, two of them trustees: half.
    assert_eq!(Street::usual(7).membership().quorum, 4);
    // Eleven, and no trustee: a third.
    let mut street = Street::begin(&[(FATMA, Role::Coordinator), (BEA, Role::Resident)], 7);
    for who in 30..39 {
        street.write(FATMA, admit(who));
    }
    assert_eq!(street.membership().quorum, 4);
}

#[test]
fn whose_keys_came_since_is_told_in_the_order_in_which_they_came() {
    let mut street = Street::usual(8);
    let before = street.log.learned_since(0).len();
    assert_eq!(before, street.membership().devices.len());
    street.write(FATMA, admit(15));
    street.write(AHMED, Members::Link(keys(16)));
    assert_eq!(street.log.learned_since(before), [15, 16].map(device));
    assert_eq!(street.log.learned_since(before + 2), []);
}

#[test]
fn what_is_kept_now_and_was_not_before_is_told_once() {
    let mut street = Street::usual(5);
    let (officials, own) = (Ref([0x71; 16]), Ref([0x72; 16]));
    let [bus, lamp, dog] = [1, 2, 3].map(|at| Ref([at; 16]));
    street.log.insert_list(officials, vec![bus, lamp]);
    street.log.insert_list(own, vec![dog]);
    let before = street.membership().clone();
    assert_eq!(street.log.kept_lists(), 0);
    street.write(FATMA, Members::Keep { lists: vec![officials] });
    let by_fatma = street.membership().clone();
    assert_eq!(by_fatma.newly_kept(&before), [bus, lamp]);
    assert_eq!(by_fatma.newly_kept(&by_fatma), []);
    assert_eq!(street.log.kept_lists(), 1, "Ahmed's is here, and nobody keeps it yet");
    street.write(AHMED, Members::Keep { lists: vec![own] });
    let by_ahmed = street.membership().clone();
    assert_eq!(by_ahmed.newly_kept(&by_fatma), [dog], "his own too");
    assert_eq!(street.log.kept_lists(), 2);
    street.write(RIA, Members::Keep { lists: vec![own] });
    assert_eq!(street.membership().newly_kept(&by_ahmed), [dog], "kept for one more");
    assert_eq!(by_ahmed.newly_kept(street.membership()), [dog], "the other way round as well: it is another one");
    let nobodys = Ref([0x73; 16]);
    street.log.insert_list(nobodys, vec![bus]);
    assert!(street.log.forget_list(&nobodys) && !street.log.has_list(&nobodys));
    assert!(!street.log.forget_list(&own) && street.log.has_list(&own), "a Keep names it");
}
