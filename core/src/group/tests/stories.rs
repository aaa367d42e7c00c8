//! What the table of rights means, told with people.

use super::street::*;
use crate::{envelope::operation::members::Members, group::Refusal, view::Role};

#[test]
fn a_coordinator_lets_in_and_removes_residents_and_touches_no_official_alone() {
    let mut street = Street::usual(1);
    assert_eq!(street.role(RIA), Some(Role::Resident));
    street.write(BEA, remove(RIA));
    assert_eq!(street.role(RIA), None);
    assert!(street.membership().was_removed(device(RIA)));
    let again = street.write(FATMA, admit(RIA));
    assert!(!street.counts(again), "who comes back makes a new key");
    street.write(BEA, remove(FATMA));
    assert_eq!(street.role(FATMA), Some(Role::Coordinator), "one coordinator has no power over another");
    let resident = street.write(AHMED, remove(JAN));
    assert!(!street.counts(resident));
    street.write_with(BEA, remove(FATMA), &[CEES]);
    assert_eq!(street.role(FATMA), None, "two have");
}

#[test]
fn leaving_is_never_refused() {
    let mut street = Street::usual(2);
    street.write(AHMED, remove(AHMED));
    street.write(FATMA, remove(FATMA));
    assert_eq!((street.role(AHMED), street.role(FATMA)), (None, None));
    assert_eq!(street.log.can(device(RIA), &remove(RIA)), Ok(()));
    assert_eq!(street.log.can(device(RIA), &remove(JAN)), Err(Refusal::NotCoordinator));
    assert_eq!(street.log.can(device(BEA), &remove(CEES)), Err(Refusal::TwoSignatures));
    let after = street.write(AHMED, Members::Helper { device: Some(device(RIA)) });
    assert!(!street.counts(after), "who left writes nothing that counts");
}
