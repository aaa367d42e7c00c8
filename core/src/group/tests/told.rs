//! What screens tell of the acts that count: since when somebody is in, who was met, who gave whom a role.

use std::collections::{BTreeMap, BTreeSet};

use ratel_protocol::Ref;

use super::street::*;
use crate::{
    envelope::operation::members::{Members, Newcomer},
    view::Role,
};

#[test]
fn an_act_is_not_before_what_it_follows_and_what_does_not_count_has_no_time() {
    let mut street = Street::usual(30);
    let beginning = street.written[0].id;
    let first = street.write(FATMA, admit(13));
    let heads = street.log.heads();
    let beside = street.write_after(BEA, &heads, admit(14), &[]);
    let forged = street.write(RIA, admit(15));
    let late = street.write(FATMA, remove(14));
    // Fatma's clock was an hour behind when she let somebody in; of Bea's act nobody knows when it was.
    let said: BTreeMap<Ref, i64> = street
        .written
        .iter()
        .map(|it| (it.id, if it.id == first { 6400 } else { 10_000 }))
        .filter(|(id, _)| *id != beside)
        .collect();
    let times = street.log.times(|id| said.get(id).copied());
    assert_eq!(times.get(&first), Some(&10_000), "not before the acts that it follows");
    assert_eq!(times.get(&late), Some(&10_000));
    assert_eq!((times.get(&beside), times.get(&forged)), (None, None));
    assert_eq!(times.len(), street.membership().counting.len() - 1);
    assert_eq!(street.log.beginning(), Some(beginning));
    assert!(street.log.contains(&forged) && !street.log.contains(&Ref([0xEE; 16])), "counting is another matter");
    let placed = street.log.len();
    assert_eq!(street.log.placed_since(placed - 2), [forged, late]);
    assert_eq!(street.log.placed_since(placed), []);
    assert_eq!(street.log.history().len(), street.membership().counting.len());
    assert_eq!(street.log.history().first(), Some(&beginning));
}

#[test]
fn who_came_by_a_code_is_met_once_a_role_was_given() {
    let mut street = Street::usual(31);
    let by_code = |who| Members::Admit(Newcomer { invitation: Some([who; 16]), ..newcomer(who, Role::Resident) });
    street.write(FATMA, by_code(13));
    street.write(FATMA, by_code(14));
    street.write(FATMA, role(14, Role::Resident));
    street.write(RIA, role(13, Role::Patrol));
    street.write(FATMA, replace(JAN, 15));
    let expected: BTreeSet<_> = [FATMA, BEA, CEES, DIRK, RIA, AHMED, JAN, 14, 15].map(device).into();
    assert_eq!(street.log.met(), expected, "a role that does not count says nothing of 13");
}

#[test]
fn a_role_that_was_given_names_its_act_the_first_one_too() {
    let mut street = Street::usual(32);
    let admitted = street.write(FATMA, admit(13));
    let up = street.write(BEA, role(13, Role::Patrol));
    street.write(FATMA, role(RIA, Role::Patrol));
    street.write(RIA, role(13, Role::Resident));
    assert_eq!(street.log.roles_given(&[device(13)].into()), [admitted, up]);
    assert!(street.log.roles_given(&BTreeSet::new()).is_empty());
}

#[test]
fn what_came_before_an_act_is_what_it_follows_and_itself() {
    let mut street = Street::usual(33);
    let usual: BTreeSet<Ref> = street.written.iter().map(|it| it.id).collect();
    let heads = street.log.heads();
    let first = street.write_after(FATMA, &heads, admit(13), &[]);
    let beside = street.write_after(BEA, &heads, admit(14), &[]);
    let behind = street.write(FATMA, admit(15));
    let with = |more: &[Ref]| usual.iter().chain(more).copied().collect::<BTreeSet<_>>();
    assert_eq!(street.log.before(&first), with(&[first]));
    assert_eq!(street.log.before(&beside), with(&[beside]));
    assert_eq!(street.log.before(&behind), with(&[first, beside, behind]));
    assert_eq!(street.log.before(&Ref([0xEE; 16])), BTreeSet::new());
    assert!(!street.log.is_empty());
}
