//! A log that goes on from where it was says what one says that begins anew (G2): histories come in any order, and
//! somebody asks now and then.

use std::collections::BTreeSet;

use super::{
    dice::{Dice, histories},
    random::history,
    street::*,
};
use crate::group::{Log, rights::Act, state::State};

/// Everything that a replay comes to.
fn told(state: &State) -> String {
    let slots: Vec<_> = state.slots().collect();
    let values = (&state.charter, &state.relay, &state.invitations, &state.keeps, &state.leaves);
    format!("{:?} {values:?} {slots:?}", state.counting)
}

/// The same operations replayed from the beginning.
fn anew(log: &Log) -> State {
    log.seen_by(&vec![true; log.len()])
}

/// A history in an order in which phones that were apart may get it: what names an operation may come before it.
fn log_in_any_order(street: &Street, dice: &mut Dice, mut each: impl FnMut(&Log, &mut Dice)) -> Log {
    let mut written = street.written.clone();
    dice.shuffle(&mut written);
    let mut log = Log::with_verifier(group(), verify);
    for operation in written {
        log.insert(operation);
        each(&log, dice);
    }
    log
}

#[test]
fn a_log_that_goes_on_says_what_one_says_that_begins_anew() {
    let (mut asked, mut leaves) = (0, 0);
    for seed in 0..histories(3000) {
        let mut dice = Dice::new(seed ^ 0xA1_0006);
        let street = history(&mut dice, seed);
        let often = dice.pick(&[0, 10, 50, 100]);
        let log = log_in_any_order(&street, &mut dice, |log, dice| {
            if dice.chance(often) {
                asked += 1;
                assert_eq!(told(log.whole()), told(&anew(log)), "seed {seed}, after {}", log.len());
            }
        });
        assert_eq!(told(log.whole()), told(&anew(&log)), "seed {seed}");
        let left = |it: &crate::group::log::Node| !it.void && matches!(it.act, Act::Leave);
        leaves += log.nodes.iter().filter(|node| left(node)).count();
    }
    println!("asked {asked} times on the way; {leaves} leaves");
    assert!(asked > 1000 && leaves > 100);
}

#[test]
fn verdicts_are_those_of_what_the_author_had_seen_in_whatever_order_all_came() {
    for seed in 0..histories(1000) {
        let mut dice = Dice::new(seed ^ 0xA1_0007);
        let street = history(&mut dice, seed);
        let verdicts = |log: &Log| -> BTreeSet<_> {
            log.nodes.iter().map(|node| (node.place, node.void, node.act.is_taking())).collect()
        };
        let log = log_in_any_order(&street, &mut dice, |_, _| {});
        assert_eq!(verdicts(&log), verdicts(&street.log), "seed {seed}");
    }
}

/// What a log would say that never went back: each operation at its turn of arrival.
fn as_they_came(log: &Log) -> BTreeSet<usize> {
    let mut state = State::default();
    let live = |number: &usize| log.nodes.get(*number).is_some_and(|node| !node.void);
    (0..log.len()).filter(live).for_each(|number| log.count(&mut state, number));
    state.counting.into_iter().collect()
}

#[test]
fn control_a_log_that_never_goes_back_says_something_else() {
    let differs = |seed: &u64| {
        let mut dice = Dice::new(*seed ^ 0xA1_0006);
        let street = history(&mut dice, *seed);
        let log = log_in_any_order(&street, &mut dice, |_, _| {});
        as_they_came(&log) != log.whole().counting.iter().copied().collect()
    };
    let differ = (0..1000).filter(differs).count();
    println!("{differ} of 1000 differ");
    assert!(differ > 20);
}
