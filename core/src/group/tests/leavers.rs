//! Officials who stopped: who they are, what two who stay sign, and on which acts.

use std::collections::BTreeSet;

use super::street::*;
use crate::{
    envelope::operation::members::{Cosignature, Members},
    group::Refusal,
    view::Role,
};

fn by_two(target: Who, second: Who) -> Members {
    let cosignatures = vec![Cosignature { device: device(second), signature: [0; 64] }];
    Members::Remove { target: device(target), cosignatures }
}

#[test]
fn of_an_official_who_stopped_two_sign_on_what_counts_without_the_leave() {
    let mut street = Street::usual(40);
    street.write(BEA, admit(15));
    let jans = street.write(JAN, remove(JAN));
    let before = street.log.heads();
    assert_eq!(before, [jans]);
    assert_eq!(street.log.left_officials(), BTreeSet::new(), "a resident who stops is nobody's business");
    street.write_after(BEA, &before, remove(BEA), &[]);
    let beside = street.write_after(RIA, &before, Members::Helper { device: Some(device(AHMED)) }, &[]);
    let behind = street.write(FATMA, admit(16));
    let left = BTreeSet::from([device(BEA)]);
    assert_eq!(street.log.left_officials(), left);
    assert!(street.log.has_left(device(BEA)) && street.log.has_left(device(JAN)) && !street.log.has_left(device(RIA)));
    assert_eq!(street.log.heads_without(&left), [beside], "Jan's leave and all that Bea did before stay");
    assert_eq!(street.log.heads_without(&BTreeSet::new()), [behind]);

    assert_eq!(street.log.can(device(FATMA), &by_two(BEA, CEES)), Ok(()), "she still stood there");
    assert_eq!(street.log.can(device(FATMA), &remove(BEA)), Err(Refusal::TwoSignatures));
    assert_eq!(street.log.can(device(FATMA), &remove(JAN)), Err(Refusal::NoTarget));
    assert_eq!(street.log.can(device(BEA), &remove(BEA)), Err(Refusal::NotMember), "she cannot do it twice");
    assert_eq!(street.log.can(device(FATMA), &by_two(RIA, CEES)), Ok(()), "who is in is not asked of the past");

    assert_eq!(street.log.can(device(FATMA), &by_two(RIA, BEA)), Err(Refusal::TwoSignatures), "Bea signs for nobody");

    let out = street.write_after(FATMA, &[beside], remove(BEA), &[CEES]);
    assert!(street.counts(out) && street.counts(behind));
    assert_eq!(street.log.left_officials(), BTreeSet::new());
    // The control: without it a thief who has her phone dates acts back, and they count.
    let dated = street.write_after(BEA, &before, admit(17), &[]);
    assert!(!street.counts(dated));
    let mut street = Street::usual(40);
    let before = street.log.heads();
    street.write(BEA, remove(BEA));
    let dated = street.write_after(BEA, &before, admit(17), &[]);
    assert!(street.counts(dated) && street.role(17) == Some(Role::Resident));
}

#[test]
fn a_removal_that_had_a_leave_in_sight_answers_it_no_more() {
    let mut street = Street::usual(42);
    let before = street.log.heads();
    let left = street.write(RIA, remove(RIA));
    street.write_after(JAN, &before, remove(JAN), &[]);
    let seen = street.write_after(FATMA, &[left], remove(RIA), &[]);
    let unseen = street.write_after(FATMA, &before, remove(RIA), &[]);
    assert_eq!(street.log.leaves_before_removal(&seen), Vec::new());
    assert_eq!(street.log.leaves_before_removal(&unseen), [left], "and not Jan's");
    assert_eq!(street.log.leaves_before_removal(&left), Vec::new(), "the leave itself");
    let others = street.write(FATMA, remove(AHMED));
    assert_eq!(street.log.leaves_before_removal(&others), Vec::new(), "Ahmed has not left");
}

#[test]
fn who_may_sign_for_new_coordinators_is_who_stood_where_it_was_begun_but_the_police() {
    let mut street = Street::usual(43);
    street.write(FATMA, role(JAN, Role::Wijkagent));
    let begun = street.log.heads();
    street.write(FATMA, admit(15));
    street.write(FATMA, remove(AHMED));
    let then = street.log.begun_at(&begun).unwrap();
    let expected: BTreeSet<_> = [FATMA, BEA, CEES, DIRK, RIA, AHMED].into_iter().map(device).collect();
    assert_eq!(then.voters, expected);
    assert_eq!(then.quorum, 3, "half of six, where two trustees stand");
    assert_eq!(street.log.begun_at(&[ratel_protocol::Ref([9; 16])]), None, "nobody knows it");
}
