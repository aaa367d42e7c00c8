//! Phones hold different surpluses of what does not count, and compute the same (G2).

use std::collections::BTreeSet;

use ratel_protocol::Ref;

use super::{
    dice::{Dice, histories},
    random::{history, log_of},
    reference::{Reference, Rules},
    street::*,
};
use crate::{
    envelope::operation::members::Members,
    group::{Log, MembersOperation},
    view::Role,
};

/// Of what does not count and is not needed by what counts, some is left out, with all that names it.
fn without_some(street: &Street, dice: &mut Dice) -> Vec<MembersOperation> {
    let mut needed: BTreeSet<Ref> = street.membership().counting.clone();
    for operation in street.written.iter().rev() {
        if needed.contains(&operation.id) {
            needed.extend(&operation.parents);
        }
    }
    let mut left: BTreeSet<Ref> = BTreeSet::new();
    for operation in &street.written {
        let above = operation.parents.iter().any(|parent| left.contains(parent));
        if !needed.contains(&operation.id) && (above || dice.chance(40)) {
            left.insert(operation.id);
        }
    }
    street.written.iter().filter(|operation| !left.contains(&operation.id)).cloned().collect()
}

#[test]
fn phones_that_hold_other_operations_that_do_not_count_compute_the_same() {
    let mut fewer = 0;
    for seed in 0..histories(2000) {
        let mut dice = Dice::new(seed ^ 0x50_0001);
        let street = history(&mut dice, seed);
        let part = without_some(&street, &mut dice);
        fewer += u64::from(part.len() < street.written.len());
        let (all, part) = (log_of(&street.written), log_of(&part));
        assert_eq!(all.membership(), part.membership(), "seed {seed}");
    }
    println!("{fewer} of {} histories were tried with less", histories(2000));
    assert!(fewer * 2 > histories(2000));
}

/// Two coordinators scan one card at once, one as resident and one for the patrol. Behind the Admit that comes second
/// stands an act of two, one of whom was removed beside it: it does not count, and must not carry that Admit forward
/// either.
fn raced(salt: u64) -> (Street, Ref) {
    let mut street = Street::usual(salt);
    let heads = street.log.heads();
    let by_card = |role| Members::Admit(newcomer(13, role));
    let first = street.write_after(FATMA, &heads, by_card(Role::Resident), &[]);
    let other = street.write_after(BEA, &heads, by_card(Role::Patrol), &[]);
    let second = first.max(other);
    street.write_after(FATMA, &heads, remove(DIRK), &[CEES]);
    let act = street.write_after(BEA, &[second], role(RIA, Role::Trustee), &[DIRK]);
    (street, act)
}

#[test]
fn what_does_not_count_carries_nothing_forward() {
    for salt in 0..8 {
        let (street, act) = raced(salt);
        assert!(!street.counts(act) && street.role(RIA) == Some(Role::Resident));
        let fewer: Vec<_> = street.written.iter().filter(|operation| operation.id != act).cloned().collect();
        assert_eq!(log_of(&street.written).membership(), log_of(&fewer).membership(), "salt {salt}");
    }
}

#[test]
fn control_if_what_does_not_count_carried_the_two_phones_would_differ() {
    let differ = (0..8).filter(|salt| {
        let (street, act) = raced(*salt);
        let reference = Reference::new(&street.written, Rules::Carrying);
        let all: BTreeSet<Ref> = street.written.iter().map(|operation| operation.id).collect();
        let fewer = all.iter().copied().filter(|id| *id != act).collect();
        reference.evaluate(&all).members != reference.evaluate(&fewer).members
    });
    assert_eq!(differ.count(), 8);
}

/// A street where one who was removed, and his puppets, forge without end.
fn flooded(forgers: u8, each: usize) -> Street {
    let mut street = Street::usual(70);
    let before = street.log.heads();
    for puppet in 100..100 + forgers {
        street.write(FATMA, admit(puppet));
    }
    for puppet in 100..100 + forgers {
        street.write(BEA, remove(puppet));
    }
    for puppet in 100..100 + forgers {
        for _ in 0..each {
            street.write_after(puppet, &before, Members::Helper { device: None }, &[]);
        }
    }
    street
}

#[test]
fn of_what_does_not_count_64_of_a_device_and_1000_in_all_are_held() {
    let mut street = flooded(1, 70);
    let forged: Vec<Ref> = street.written.iter().skip(6).map(|operation| operation.id).collect();
    let mut latest = forged[64..].to_vec();
    latest.reverse();
    assert_eq!(street.log.surplus(&BTreeSet::new()), latest);
    // What stands on a surplus goes with it, whoever wrote it; what stands on what is held stays.
    let on_it = street.write_after(JAN, &forged[69..], Members::Other { kind: 79, bytes: Vec::new() }, &[]);
    let beside = street.write_after(JAN, &forged[..1], Members::Other { kind: 79, bytes: Vec::new() }, &[]);
    assert_eq!(street.log.surplus(&BTreeSet::new()).first(), Some(&on_it));
    assert!(!street.log.surplus(&BTreeSet::new()).contains(&beside));
    // What counts stands on one of them: from there back everything is needed, as is all of the honest.
    let needed = street.write_after(FATMA, &forged[67..68], admit(13), &[]);
    assert!(street.counts(needed));
    assert!(
        !street.log.surplus(&BTreeSet::new()).contains(&forged[67])
            && street.log.surplus(&BTreeSet::new()).contains(&forged[66])
    );
    let mut street = flooded(20, 64);
    assert_eq!(street.log.surplus(&BTreeSet::new()).len(), 280);
    let left: BTreeSet<Ref> = street.log.surplus(&BTreeSet::new()).into_iter().collect();
    let held: Vec<_> = street.written.iter().filter(|operation| !left.contains(&operation.id)).cloned().collect();
    let fewer = log_of(&held);
    assert_eq!(fewer.membership(), street.membership());
    let before = street.membership().clone();
    street.log.forget(&left);
    assert_eq!((street.log.len(), street.membership()), (held.len(), &before), "what is forgotten moves nothing");
    let ends = |log: &Log| log.tips.iter().map(|number| log.nodes[*number].place.1).collect::<BTreeSet<_>>();
    assert_eq!(ends(&street.log), ends(&fewer), "what nothing names is known again");
    assert!(fewer.surplus(&BTreeSet::new()).is_empty());
    assert!(Street::usual(71).log.surplus(&BTreeSet::new()).is_empty());
}

/// Jan's act was left out as surplus. Who waits for it alone makes phones want it again; who waits also for what never
/// came, and who is nobody, does not.
#[test]
fn what_was_left_out_is_wanted_again_by_a_member_who_lacks_nothing_else() {
    let mut street = Street::usual(31);
    let beginning = street.log.clone();
    let of_jan = street.write(JAN, Members::Helper { device: None });
    let by_ahmed = street.write(AHMED, Members::Helper { device: None });
    let behind = street.write(RIA, Members::Helper { device: None });
    let left = |gap: &Ref| (*gap == of_jan).then(|| device(JAN));
    let waiting = |inserted: &[Ref], members: &[Who]| {
        let mut log = beginning.clone();
        for operation in street.written.iter().filter(|operation| inserted.contains(&operation.id)) {
            log.insert(operation.clone());
        }
        let members: BTreeSet<_> = members.iter().map(|who| device(*who)).collect();
        log.lacks_only_left(left, |device| members.contains(&device))
    };
    let jans = |id| std::collections::BTreeMap::from([(device(JAN), id)]);
    assert_eq!(waiting(&[by_ahmed], &[AHMED]), jans(by_ahmed));
    assert_eq!(waiting(&[by_ahmed, behind], &[RIA]), jans(behind), "also through another that waits");
    assert!(waiting(&[by_ahmed], &[RIA]).is_empty(), "nobody who waits is a member");
    assert!(waiting(&[behind], &[RIA]).is_empty(), "what she waits for was never seen");
    assert!(waiting(&[], &[AHMED, RIA]).is_empty(), "nobody waits");
}
