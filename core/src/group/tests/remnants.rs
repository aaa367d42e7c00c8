//! Who is out, or nearly, and acts together or a great many times: three residents removed one by one, phones let in by
//! who was removed or has left, and acts without number.

use ratel_protocol::Ref;

use super::{
    dice::{Dice, histories},
    street::*,
};
use crate::{
    envelope::operation::members::Members,
    group::rights::{COORDINATOR_CAP, RESIDENT_CAP},
    view::Role,
};

/// A second phone of somebody who is out.
const SECOND: Who = 15;

/// Nine neighbours and one coordinator, who removes three of them one by one, alone or with a trustee beside her. Then
/// those three date a Recover back to before the first removal, with so many puppets of theirs beside them.
fn three_removed(seed: u64, with_a_trustee: bool, puppets: u8) -> Street {
    let mut street = Street::begin(&[(FATMA, Role::Coordinator), (CEES, Role::Trustee)], seed);
    for who in [RIA, AHMED, JAN, 30, 31, 32, 33] {
        street.write(FATMA, admit(who));
    }
    let before = street.log.heads();
    for who in [RIA, AHMED, JAN] {
        let beside: &[Who] = if with_a_trustee { &[CEES] } else { &[] };
        street.write_with(FATMA, remove(who), beside);
        assert_eq!(street.role(who), None);
    }
    let mut signers = vec![AHMED, JAN];
    let mut parents = before.clone();
    for puppet in PUPPET..PUPPET + puppets {
        // A resident lets in only what becomes a second phone of hers: no person more.
        parents = vec![street.write_after(RIA, &parents, Members::Link(keys(puppet)), &[])];
        signers.push(puppet);
    }
    street.write_after(RIA, &parents, recover(&[RIA]), &signers);
    street
}

#[test]
fn three_who_were_removed_one_by_one_are_a_third_of_nine_unless_two_removed_them() {
    let mut back = [0, 0];
    for seed in 0..histories(50) {
        for puppets in 0..3 {
            for (at, with_a_trustee) in [false, true].into_iter().enumerate() {
                let street = three_removed(seed, with_a_trustee, puppets);
                back[at] += u64::from(street.role(RIA).is_some());
                let others = [FATMA, CEES, 30, 31, 32, 33];
                assert!(others.iter().all(|who| street.role(*who).is_some()), "seed {seed}: a Recover removes nobody");
            }
        }
    }
    let tried = histories(50) * 3;
    println!(
        "three removed by one hand, a third of the street, came back by a dated Recover in {} of {tried};",
        back[0]
    );
    println!("removed by two hands in {} of {tried}", back[1]);
    // What one hand takes from a third of the street, that third can undo: the same rule lets neighbours stop the stolen
    // phone of their only coordinator. Two hands go before any Recover.
    assert_eq!(back, [tried, 0]);
}

#[test]
fn fewer_than_the_quorum_never_come_back_however_many_phones_they_link() {
    for seed in 0..histories(50) {
        let mut street = Street::begin(&[(FATMA, Role::Coordinator), (CEES, Role::Resident)], seed);
        for who in [RIA, AHMED, JAN, 30, 31, 32, 33] {
            street.write(FATMA, admit(who));
        }
        let before = street.log.heads();
        for who in [RIA, AHMED] {
            street.write(FATMA, remove(who));
        }
        let mut parents = before;
        for phone in PUPPET..PUPPET + 5 {
            parents = vec![street.write_after(RIA, &parents, Members::Link(keys(phone)), &[])];
        }
        let signers: Vec<Who> = (PUPPET..PUPPET + 5).chain([AHMED]).collect();
        street.write_after(RIA, &parents, recover(&[RIA]), &signers);
        assert_eq!([RIA, AHMED, PUPPET].map(|who| street.role(who)), [None; 3], "seed {seed}");
    }
}

#[test]
fn no_phone_comes_in_by_who_was_removed() {
    let mut tried = 0;
    for seed in 0..histories(300) {
        let mut dice = Dice::new(seed ^ 0x11_4B);
        let mut street = Street::usual(seed);
        street.write(RIA, Members::Helper { device: Some(device(AHMED)) });
        let known: Vec<Ref> = street.written.iter().map(|operation| operation.id).collect();
        let by_two = dice.chance(30);
        let thief = if by_two { BEA } else { AHMED };
        let beside: &[Who] = if by_two { &[CEES] } else { &[] };
        street.write_with(FATMA, remove(thief), beside);
        let before = street.membership().clone();
        for _ in 0..=dice.below(4) {
            let parents = dice.some(&known, 1);
            let new = dice.pick(&[SECOND, PUPPET, PUPPET + 1]);
            let body =
                if dice.chance(50) { Members::Link(keys(new)) } else { replace(dice.pick(&[RIA, JAN, thief]), new) };
            street.write_after(thief, &parents, body, &[]);
            tried += 1;
        }
        assert_eq!(street.membership().devices, before.devices, "seed {seed}");
    }
    println!("0 of {tried} phones came in by who was removed");
}

#[test]
fn a_phone_that_who_left_dates_to_before_it_is_seen_and_removed() {
    let mut street = Street::usual(31);
    let before = street.log.heads();
    street.write(AHMED, remove(AHMED));
    street.write_after(AHMED, &before, Members::Link(keys(SECOND)), &[]);
    assert_eq!((street.role(AHMED), street.role(SECOND)), (None, Some(Role::Resident)), "leaving goes last of all");
    assert_eq!(street.membership().person(device(SECOND)), Some(person(AHMED)), "everybody sees whose it is");
    street.write(FATMA, remove(SECOND));
    street.write_after(SECOND, &before, Members::Link(keys(PUPPET)), &[]);
    assert_eq!([AHMED, SECOND, PUPPET].map(|who| street.role(who)), [None; 3]);
}

/// Bea, who let in Ria, dates so many acts back that nothing of hers counts that came later.
fn flooded(cap: usize, by: Who, two: bool) -> Street {
    let mut street = Street::usual(40);
    let before = street.log.heads();
    street.write(FATMA, admit(31));
    street.write(by, if by == BEA { admit(30) } else { Members::Link(keys(30)) });
    if two {
        street.write_with(FATMA, role(DIRK, Role::Coordinator), &[CEES]);
    }
    for _ in 0..cap {
        street.write_after(by, &before, Members::Helper { device: None }, &[]);
    }
    street
}

#[test]
fn acts_without_number_cost_their_author_and_whom_that_author_alone_let_in() {
    for (cap, by) in [(COORDINATOR_CAP, BEA), (RESIDENT_CAP, JAN)] {
        let street = flooded(cap - 1, by, false);
        assert_eq!(street.role(30), Some(Role::Resident), "below the cap");
        let street = flooded(cap, by, false);
        assert_eq!(street.role(30), None, "what came later counts no more");
        let others = [FATMA, BEA, CEES, DIRK, RIA, AHMED, JAN];
        assert!(others.iter().all(|who| street.role(*who).is_some()), "and hurts nobody else");
        let street = flooded(cap, by, true);
        assert_eq!(street.role(30), Some(Role::Resident), "an act of two has it in its past: it stands");
    }
}

#[test]
fn at_the_cap_who_was_removed_changes_nothing() {
    let mut street = Street::usual(41);
    let before = street.log.heads();
    let mut last = street.write(BEA, admit(30));
    for _ in 0..COORDINATOR_CAP - 1 {
        last = street.write_after(BEA, &[last], Members::Helper { device: None }, &[]);
    }
    let over = street.write_after(BEA, &[last], Members::Helper { device: None }, &[]);
    assert!(!street.counts(over) && street.role(30).is_some(), "the cap is reached");
    street.write_with(FATMA, remove(BEA), &[CEES]);
    let now = street.membership().devices.clone();
    for body in [admit(PUPPET), remove(JAN), replace(RIA, PUPPET), Members::Link(keys(PUPPET)), recover(&[BEA])] {
        street.write_after(BEA, &before, body, &[]);
    }
    assert_eq!(street.membership().devices, now);
}

/// Ahmed, whom Ria named, put a new phone in the place of hers; Cees signs beside him or nobody does.
fn helped(beside: &[Who]) -> Street {
    let mut street = Street::usual(42);
    street.write(RIA, Members::Helper { device: Some(device(AHMED)) });
    street.write_with(AHMED, replace(RIA, SECOND), beside);
    street
}

#[test]
fn a_phone_that_a_helper_alone_let_in_is_told_until_an_act_of_two_follows_it() {
    let alone = vec![(device(SECOND), device(AHMED))];
    let mut street = helped(&[]);
    assert_eq!(street.log.replaced_alone(), alone);
    assert_eq!(helped(&[CEES]).log.replaced_alone(), [], "two have signed");
    let mut by_office = Street::usual(43);
    by_office.write(BEA, replace(RIA, SECOND));
    assert_eq!(by_office.log.replaced_alone(), [], "a coordinator is no helper");

    // What follows it by one hand says nothing, nor what two did beside it or in vain.
    let before = street.written[4].id;
    street.write(FATMA, role(SECOND, Role::Resident));
    street.write_after(FATMA, &[before], role(JAN, Role::Trustee), &[BEA]);
    street.write_with(FATMA, role(JAN, Role::Coordinator), &[RIA]);
    assert_eq!(street.log.replaced_alone(), alone);
    let mut gone = street.clone();
    gone.write(FATMA, remove(SECOND));
    assert_eq!(gone.log.replaced_alone(), [], "the phone is out");

    let id = street.write_with(DIRK, role(SECOND, Role::Resident), &[BEA]);
    assert!(street.counts(id), "a trustee writes what a coordinator signed too");
    assert_eq!(street.log.replaced_alone(), []);
    street.write_after(BEA, &[before], remove(AHMED), &[]);
    assert_eq!((street.role(AHMED), street.role(RIA), street.role(SECOND)), (None, None, Some(Role::Resident)));
}

#[test]
fn one_coordinator_is_among_two_who_act_over_a_resident() {
    for (by, beside, counts) in
        [(DIRK, CEES, false), (DIRK, BEA, true), (BEA, DIRK, true), (RIA, BEA, false), (DIRK, RIA, false)]
    {
        let mut street = Street::usual(44);
        let id = street.write_with(by, remove(JAN), &[beside]);
        assert_eq!(street.counts(id), counts, "{by} beside {beside}");
    }
    let mut street = Street::usual(44);
    let alone = street.write(DIRK, remove(JAN));
    assert!(!street.counts(alone));
}
