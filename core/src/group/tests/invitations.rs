//! One invitation and several admissions: by two coordinators who are apart, and by one who dates them back.
//!
//! An invitation lets in one person as far as its coordinators know: an admission whose author had seen another by the
//! same invitation is void. Of two whose authors had not seen each other both stand. Any rule that lets one of them win
//! is a weapon: whoever is in office could date a second admission to before the first, and a neighbour who came in long
//! ago would be out, with all that she did since, and with no removal to be seen. The control is that rule.

use ratel_protocol::Ref;

use super::{
    dice::{Dice, histories},
    reference::{Reference, Rules},
    street::*,
};
use crate::{
    envelope::operation::members::{Charter, Genesis, Members, Newcomer},
    group::Refusal,
    view::Role,
};

/// Came in by a code, and by another.
const SAM: Who = 13;
const MO: Who = 14;
/// Sam's second phone, and the one that Sam helped Ria to.
const SAM_TWO: Who = 15;
const RIA_NEW: Who = 16;

fn by_code(who: Who, code: u8) -> Members {
    Members::Admit(Newcomer { invitation: Some([code; 16]), ..newcomer(who, Role::Resident) })
}

#[test]
fn of_two_admissions_by_one_code_that_did_not_see_each_other_both_stand() {
    let mut street = Street::usual(8);
    let heads = street.log.heads();
    street.write_after(FATMA, &heads, by_code(SAM, 7), &[]);
    street.write_after(BEA, &heads, by_code(MO, 7), &[]);
    assert_eq!([SAM, MO].map(|who| street.role(who)), [Some(Role::Resident); 2], "everybody sees both");
    assert_eq!(street.log.can(device(FATMA), &by_code(30, 7)), Err(Refusal::InvitationUsed));
    let third = street.write(BEA, by_code(30, 7));
    assert!(!street.counts(third), "Bea had seen it used");
    // The coordinators decide who of the two stays.
    street.write(FATMA, remove(MO));
    assert_eq!([SAM, MO].map(|who| street.role(who)), [Some(Role::Resident), None]);
    let again = street.write(BEA, by_code(31, 7));
    assert!(!street.counts(again), "who was let in by it and is out has used it");
}

#[test]
fn the_same_newcomer_whom_two_let_in_by_one_code_is_in_once() {
    let mut street = Street::usual(9);
    let heads = street.log.heads();
    let admissions = [FATMA, BEA].map(|by| street.write_after(by, &heads, by_code(SAM, 7), &[]));
    assert_eq!(admissions.iter().filter(|id| street.counts(**id)).count(), 1);
    assert_eq!(street.role(SAM), Some(Role::Resident));
}

/// Sam and Mo came in by codes and live there; then a coordinator dates ghosts by the same codes back. Also what counted
/// before.
fn dated_back(seed: u64) -> (Street, Vec<Ref>) {
    let mut dice = Dice::new(seed ^ 0x1217);
    let mut street = Street::usual(seed);
    street.write(RIA, Members::Helper { device: Some(device(SAM)) });
    street.write(dice.pick(&[FATMA, BEA]), by_code(SAM, 7));
    street.write(dice.pick(&[FATMA, BEA]), by_code(MO, 8));
    street.write(RIA, Members::Helper { device: Some(device(SAM)) });
    if dice.chance(50) {
        street.write(SAM, Members::Link(keys(SAM_TWO)));
    }
    if dice.chance(50) {
        street.write(SAM, replace(RIA, RIA_NEW));
    }
    if dice.chance(30) {
        street.write_with(FATMA, role(MO, Role::Trustee), &[CEES]);
    }
    let counted = street.membership().counting.iter().copied().collect();
    let thief = dice.pick(&[FATMA, BEA]);
    for ghost in PUPPET..=PUPPET + dice.small(3) {
        let known: Vec<Ref> = street.written.iter().map(|operation| operation.id).collect();
        let count = 1 + dice.below(2);
        let parents = dice.some(&known, count);
        street.write_after(thief, &parents, by_code(ghost, dice.pick(&[7, 8])), &[]);
    }
    (street, counted)
}

#[test]
fn nobody_is_put_out_by_an_admission_that_is_dated_to_before_hers() {
    let mut ghosts = 0;
    for seed in 0..histories(600) {
        let (street, counted) = dated_back(seed);
        let members = street.membership();
        assert!(counted.iter().all(|id| members.counting.contains(id)), "seed {seed}: what counted counts");
        assert!(street.role(SAM).is_some() && street.role(MO).is_some(), "seed {seed}");
        ghosts += (PUPPET..PUPPET + 4).filter(|ghost| street.role(*ghost).is_some()).count();
    }
    println!("0 put out by {} coordinators who dated admissions back; {ghosts} ghosts, seen by all", histories(600));
    assert!(ghosts > 0, "what is dated to before the code was used stands: a coordinator needs no code for a ghost");
}

#[test]
fn control_where_the_first_by_a_code_wins_neighbours_are_put_out() {
    let put_out = |seed: &u64| {
        let (street, _) = dated_back(*seed);
        let old = Reference::new(&street.written, Rules::FirstByCode).evaluate_all();
        [SAM, MO].iter().any(|who| !old.members.contains_key(&device(*who)))
    };
    let out = (0..histories(600)).filter(put_out).count();
    println!("where the first by a code wins, {out} of {} coordinators put somebody out unseen", histories(600));
    assert!(out as u64 > histories(600) / 10);
}

#[test]
fn founders_who_came_by_a_code_used_it_up() {
    let by_seven = |who| Newcomer { invitation: Some([7; 16]), ..newcomer(who, Role::Coordinator) };
    let founders = vec![by_seven(FATMA), by_seven(BEA)];
    let genesis = Genesis { nonce: NONCE, charter: Charter::default(), founders };
    let mut street = Street::of(genesis, 50);
    let again = street.write(FATMA, by_code(SAM, 7));
    let other = street.write(FATMA, by_code(MO, 8));
    assert!(!street.counts(again) && street.counts(other));
}
