//! One person has eight phones at most at a time, whoever dates what back, and no rule of that hurts anybody else (G11).

use std::collections::BTreeSet;

use ratel_protocol::Ref;

use super::{
    dice::{Dice, histories},
    random::log_of,
    reference::{Reference, Rules},
    street::*,
};
use crate::{envelope::operation::members::Members, group::Refusal};

fn link(who: Who) -> Members {
    Members::Link(keys(who))
}

/// How many phones the person of a device has.
fn phones_of(street: &Street, who: Who) -> usize {
    street.membership().devices.values().filter(|member| member.person == person(who)).count()
}

#[test]
fn ria_has_eight_phones_and_no_ninth_until_one_is_gone() {
    let mut street = Street::usual(1);
    for new in 30..37 {
        let linked = street.write(RIA, link(new));
        assert!(street.counts(linked), "{new}");
    }
    assert_eq!(phones_of(&street, RIA), 8);
    assert_eq!(street.log.can(device(RIA), &link(37)), Err(Refusal::TooManyPhones));
    let ninth = street.write(RIA, link(37));
    let by_another_phone = street.write(36, link(38));
    assert!(!street.counts(ninth) && !street.counts(by_another_phone), "whichever phone of hers");
    assert!(street.log.can(device(AHMED), &link(39)).is_ok(), "Ahmed has one");

    let swapped = street.write(FATMA, replace(RIA, 40));
    assert!(street.counts(swapped), "a lost phone is replaced, however many there are");
    assert_eq!(phones_of(&street, RIA), 8);
    street.write(36, remove(36));
    assert!(street.log.can(device(35), &link(41)).is_ok(), "one is gone");
}

#[test]
fn a_thief_who_fills_the_places_before_the_phone_is_replaced_keeps_nobody_out() {
    let mut street = Street::usual(2);
    let before = street.log.heads();
    street.write(FATMA, replace(RIA, 40));
    for new in 30..45 {
        street.write_after(RIA, &before, link(new), &[]);
    }
    assert_eq!(phones_of(&street, RIA), 1, "what the thief dates back comes after the Replace");
    assert!(street.role(40).is_some() && street.log.can(device(40), &link(50)).is_ok());
}

/// Ria and her phones link, leave and are removed and replaced on any heads.
fn history(dice: &mut Dice, salt: u64) -> Street {
    let mut street = Street::usual(salt);
    for _ in 0..24 {
        let ids: Vec<Ref> = street.written.iter().map(|operation| operation.id).collect();
        let count = 1 + dice.below(2);
        let parents = if dice.chance(80) { street.log.heads() } else { dice.some(&ids, count) };
        let hers: Vec<Who> = [RIA].into_iter().chain(30..50).filter(|who| street.role(*who).is_some()).collect();
        if hers.is_empty() {
            break;
        }
        let (one, new) = (dice.pick(&hers), 30 + dice.small(20));
        let (by, body) = match dice.below(20) {
            0 => (one, remove(one)),
            1 => (FATMA, remove(one)),
            2 => (FATMA, replace(one, new)),
            _ => (one, link(new)),
        };
        street.write_after(by, &parents, body, &[]);
    }
    street
}

#[test]
fn any_phones_in_any_order_come_to_what_the_rules_say_and_to_eight_at_most() {
    let (mut full, mut differ) = (0, 0);
    for seed in 0..histories(300) {
        let mut dice = Dice::new(seed ^ 0x8F);
        let street = history(&mut dice, seed);
        let all: BTreeSet<Ref> = street.written.iter().map(|operation| operation.id).collect();
        let expected = Reference::new(&street.written, Rules::All).evaluate(&all);
        expected.assert_equal(street.membership(), &format!("seed {seed}"));
        let mut shuffled = street.written.clone();
        dice.shuffle(&mut shuffled);
        assert_eq!(log_of(&shuffled).membership().devices, street.membership().devices, "seed {seed}");
        let phones = phones_of(&street, RIA);
        assert!(phones <= 8, "seed {seed}: {phones}");
        full += usize::from(phones == 8);
        let without = Reference::new(&street.written, Rules::AnyPhones).evaluate(&all);
        differ += usize::from(without != expected);
    }
    println!("{full} histories end with eight phones; control: without the rule {differ} end otherwise");
    assert!(full > 20 && differ > 20, "{full} {differ}");
}
