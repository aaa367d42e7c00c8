//! Two coordinators agree on different things at the same time (R03): nothing is lost, and one of them ends the doubt.

use super::street::*;
use crate::{
    envelope::operation::members::{Charter, Members},
    intent::AlertKind,
};

fn without(kind: AlertKind) -> Members {
    let mut charter = Charter::default();
    charter.forbid(kind);
    Members::Charter(charter)
}

#[test]
fn of_two_versions_made_at_once_one_is_in_force_and_the_other_is_named() {
    for salt in 0..8 {
        let mut street = Street::usual(salt);
        assert_eq!(street.log.agreements().len(), 1, "the beginning");
        assert_eq!(street.log.other_agreement(), None);

        let heads = street.log.heads();
        let fatmas = street.write_after(FATMA, &heads, without(AlertKind::Vehicle), &[]);
        let beas = street.write_after(BEA, &heads, without(AlertKind::Behaviour), &[]);
        let versions: Vec<_> = street.log.agreements().iter().map(|agreement| agreement.id).collect();
        let current = street.membership().charter_in.unwrap();
        let other = street.log.other_agreement().unwrap();
        assert_eq!(versions.last(), Some(&current));
        assert_eq!(
            [current, other.id].iter().collect::<std::collections::BTreeSet<_>>(),
            [fatmas, beas].iter().collect()
        );

        let anew = Members::Charter(other.charter.clone());
        let wanted = other.charter.clone();
        let signed = street.write(CEES, anew.clone());
        assert!(!street.counts(signed), "a trustee agrees on nothing");
        assert!(street.log.other_agreement().is_some());
        let signed = street.write(BEA, anew);
        assert_eq!(street.membership().charter_in, Some(signed));
        assert_eq!(street.membership().charter, Some(wanted));
        assert_eq!(street.log.other_agreement(), None, "both were seen");
    }
}
