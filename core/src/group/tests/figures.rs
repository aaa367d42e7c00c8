//! A log of years: what it costs, printed, and that asking along the way changes nothing.

use std::time::Instant;

use super::{dice::Dice, street::*};
use crate::{envelope::operation::members::Members, group::Log, view::Role};

/// Operations of a neighbourhood of about 500 devices over years: admissions, removals, roles, helpers, links, keeps.
fn years(operations: usize) -> Street {
    let mut dice = Dice::new(5000);
    let mut street = Street::usual(5000);
    let mut heads = street.log.heads();
    let mut members: Vec<Who16> = Vec::new();
    let mut next = 1000;
    while street.written.len() < operations {
        let by = dice.pick(&[FATMA, BEA]);
        let body = match dice.below(10) {
            0..=4 => {
                next += 1;
                members.push(next);
                Members::Admit(newcomer_16(next, Role::Resident))
            }
            5..=7 if members.len() > 40 => {
                let gone = members.swap_remove(dice.below(members.len()));
                Members::Remove { target: keys_16(gone).id(), cosignatures: Vec::new() }
            }
            8 => Members::Relay { url: format!("https://relay{}.example", dice.below(9)) },
            _ => {
                members.push(RIA.into());
                let target = keys_16(dice.pick(&members)).id();
                members.pop();
                let role = dice.pick(&[Role::Resident, Role::Patrol]);
                Members::Role { target, role, badge_until: None, cosignatures: Vec::new() }
            }
        };
        let cosigners: &[Who] = if dice.chance(2) { &[CEES] } else { &[] };
        heads = vec![street.write_after(by, &heads, body, cosigners)];
    }
    street
}

#[test]
fn years_of_a_neighbourhood_are_evaluated_and_what_it_cost_is_printed() {
    let count = 1000 * usize::try_from(super::dice::histories(1)).unwrap();
    let street = years(count);
    let begin = Instant::now();
    let mut log = Log::with_verifier(group(), verify);
    for operation in &street.written {
        log.insert(operation.clone());
    }
    let inserted = begin.elapsed();
    let whole = street.log.replay(None);
    let begin = Instant::now();
    assert_eq!(street.log.replay(None).counting.len(), whole.counting.len());
    let replayed = begin.elapsed();
    let begin = Instant::now();
    let before = log.membership().clone();
    let drawn = begin.elapsed();
    assert_eq!(before, *street.membership());
    let mut more = street.clone();
    let mut spent = Vec::new();
    for (who, cosigners) in [(RIA, &[][..]), (AHMED, &[CEES])] {
        let heads = more.log.heads();
        let begin = Instant::now();
        more.write_after(FATMA, &heads, remove(who), cosigners);
        assert_eq!(more.role(who), None);
        spent.push(begin.elapsed());
    }
    println!(
        "{count} operations, {} count, {} devices in: inserted with verdicts in {inserted:?}, replayed from nothing in \
         {replayed:?}, told in {drawn:?}; one more Remove {:?}, with two signatures {:?}",
        before.counting.len(),
        before.devices.len(),
        spent[0],
        spent[1],
    );
}
