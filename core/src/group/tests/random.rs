//! Random small histories: every phone computes the same, and what the slow reference computes (G2, G11).

use std::collections::BTreeSet;

use ratel_protocol::{Day, Ref};

use super::{
    dice::{Dice, histories},
    reference::{Reference, Rules},
    street::*,
};
use crate::{
    envelope::operation::members::{Charter, Members, Newcomer},
    group::{Inserted, Log, MembersOperation},
    view::Role,
};

const ROLES: [Role; 5] = [Role::Resident, Role::Wijkagent, Role::Patrol, Role::Trustee, Role::Coordinator];
pub(crate) const EVERYBODY: [Who; 9] = [FATMA, BEA, CEES, DIRK, RIA, AHMED, JAN, 13, 14];

fn body(dice: &mut Dice) -> Members {
    let target = dice.pick(&EVERYBODY);
    match dice.below(16) {
        0..=2 => Members::Admit(Newcomer {
            invitation: dice.chance(30).then(|| [dice.small(2); 16]),
            role: dice.pick(&ROLES[..3]),
            ..newcomer(target, Role::Resident)
        }),
        3..=5 => remove(target),
        6..=8 => Members::Role {
            target: device(target),
            role: dice.pick(&ROLES),
            badge_until: dice.chance(30).then_some(Day(700)),
            cosignatures: Vec::new(),
        },
        9 => replace(target, dice.pick(&[14, 15, 16])),
        10 => Members::Link(keys(dice.pick(&[14, 15, 16]))),
        11 => Members::Helper { device: dice.chance(80).then(|| device(target)) },
        12 => recover(&dice.some(&EVERYBODY, 2)),
        13 => Members::Keep { lists: vec![Ref([dice.small(3); 16])] },
        14 => Members::Charter(Charter {
            police_read: true,
            alert_days: 1 + u16::from(dice.small(9)),
            ..Charter::default()
        }),
        _ => Members::Relay { url: format!("https://relay{}.example", dice.below(9)) },
    }
}

/// A history of which much is not allowed; with one coordinator who counts, a good part is.
pub(crate) fn history(dice: &mut Dice, salt: u64) -> Street {
    let mut street = if dice.chance(50) {
        Street::usual(salt)
    } else {
        Street::begin(&[(FATMA, Role::Coordinator), (BEA, Role::Coordinator), (CEES, Role::Trustee)], salt)
    };
    for _ in 0..=3 + dice.below(12) {
        let ids: Vec<Ref> = street.written.iter().map(|operation| operation.id).collect();
        let parents = if dice.chance(50) {
            street.log.heads()
        } else {
            let count = 1 + dice.below(3);
            dice.some(&ids, count)
        };
        let by = dice.pick(&[FATMA, FATMA, BEA, CEES, DIRK, RIA, AHMED, JAN, 13, 14, 15]);
        let count = dice.pick(&[0, 0, 1, 1, 2, 3]);
        let signers: &[Who] =
            if dice.chance(60) { &[FATMA, BEA, CEES, DIRK] } else { &[FATMA, BEA, CEES, DIRK, RIA, AHMED, JAN, 14] };
        let cosigners = dice.some(signers, count);
        let mut body = body(dice);
        if dice.chance(4) {
            // A signature over something else, as a thief would carry over from another operation.
            let other = Members::Recover { coordinators: Vec::new(), cosignatures: Vec::new() };
            body = forged(body, &other);
        }
        street.write_after(by, &parents, body, &cosigners);
    }
    street
}

fn forged(mut body: Members, other: &Members) -> Members {
    let message = other.cosign_message(group(), &[]);
    if let Some(cosignatures) = body.cosignatures_mut() {
        cosignatures.push(cosign(BEA, &message));
    }
    body
}

pub(crate) fn log_of<'a>(operations: impl IntoIterator<Item = &'a MembersOperation>) -> Log {
    let mut log = Log::with_verifier(group(), verify);
    for operation in operations {
        assert!(matches!(log.insert(operation.clone()), Inserted::Entered | Inserted::Waiting));
    }
    for list in 0..3 {
        log.insert_list(Ref([list; 16]), vec![Ref([list; 16])]);
    }
    assert_eq!(log.waiting(), 0, "a closed set leaves nobody waiting");
    log
}

/// What these operations name, and what that names, to the beginning.
pub(crate) fn closed(written: &[MembersOperation], from: &[Ref]) -> Vec<MembersOperation> {
    let mut inside: BTreeSet<Ref> = from.iter().copied().collect();
    for operation in written.iter().rev() {
        if inside.contains(&operation.id) {
            inside.extend(&operation.parents);
        }
    }
    written.iter().filter(|operation| inside.contains(&operation.id)).cloned().collect()
}

#[test]
fn every_order_and_every_closed_part_gives_what_the_rules_say() {
    let (mut counting, mut all) = (0, 0);
    for seed in 0..3000 {
        let mut dice = Dice::new(seed);
        let street = history(&mut dice, seed);
        let reference = Reference::new(&street.written, Rules::All);
        let ids: Vec<Ref> = street.written.iter().map(|operation| operation.id).collect();
        let from = dice.some(&ids, 3);
        for mut part in [street.written.clone(), closed(&street.written, &from)] {
            let expected = reference.evaluate(&part.iter().map(|operation| operation.id).collect());
            let first = log_of(&part);
            expected.assert_equal(first.membership(), &format!("seed {seed}, as written"));
            assert_eq!(first.heads(), reference.heads(&expected), "seed {seed}, heads");
            dice.shuffle(&mut part);
            let second = log_of(&part);
            assert_eq!(first.membership(), second.membership(), "seed {seed}, in another order");
            counting += first.membership().counting.len();
            all += part.len();
        }
    }
    println!("{counting} of {all} operations count");
    assert!(counting * 4 > all && counting < all, "the histories must try both sides of the rules");
}

#[test]
fn a_log_that_is_asked_after_every_operation_says_the_same() {
    for seed in 0..histories(150) {
        let mut dice = Dice::new(seed ^ 0xA5);
        let street = history(&mut dice, seed);
        let mut log = Log::with_verifier(group(), verify);
        for (count, operation) in street.written.iter().enumerate() {
            log.insert(operation.clone());
            let fresh = log_of(&street.written[..=count]);
            let mut asked = log.clone();
            for list in 0..3 {
                asked.insert_list(Ref([list; 16]), vec![Ref([list; 16])]);
            }
            assert_eq!(asked.membership(), fresh.membership(), "seed {seed}, after {count}");
            let _ = log.membership();
        }
    }
}
