//! What the neighbourhood agreed, and who signed along (R36, R37, R49).

use ratel_core::{
    Error, PartnerFile, PartnerKey,
    intent::{AlertKind, CharterChange, CharterTemplate},
    view::{Party, Role},
};
use ratel_tests::{Phone, Street, section};

const DAY_S: i64 = 86_400;
const TERMS: &str = "De gemeente antwoordt binnen vijf dagen. Zij leest niet mee.";

fn file(party: Party, street: &str, key: &PartnerKey) -> Vec<u8> {
    serde_json::to_vec(&PartnerFile::sign(party, street, TERMS, key).unwrap()).unwrap()
}

/// Who takes part, as a phone sees it.
fn members(phone: &Phone) -> (u32, Role) {
    let neighbourhood = phone.app().neighbourhood().unwrap();
    (neighbourhood.others, neighbourhood.me.role)
}

#[tokio::test]
async fn a_signature_that_comes_three_weeks_later_changes_nobodys_membership() {
    section("Fatma begins with a template, alone and without waiting for anybody");
    let street = Street::new().await;
    let fatma = street.founder("Fatma").await;
    let template = Some(CharterTemplate::EveningQuiet);
    fatma.app().set_charter(&CharterChange { template, ..CharterChange::default() }).unwrap();
    let first = fatma.app().charter().unwrap();
    assert_eq!((first.version.as_str(), first.quiet, first.provisional), ("", Some((1320, 420)), true));
    let ria = street.neighbour(&fatma, "Ria", "14").await;
    let agreed = ria.app().charter().unwrap();
    assert_eq!((agreed.quiet, agreed.provisional), (Some((1320, 420)), true), "it is the beginning's");
    assert!(!agreed.version.is_empty() && agreed.by.name == "Fatma" && !agreed.by.me);
    let before = (members(&fatma), members(&ria));

    section("rubbish in the municipality's place is refused, and nothing changes");
    street.clock.advance_s(21 * DAY_S);
    let key = PartnerKey::generate().unwrap();
    let good = file(Party::Municipality, &agreed.group, &key);
    let as_police = String::from_utf8(good.clone()).unwrap().replace("municipality", "police").into_bytes();
    let other_street = file(Party::Municipality, &"0".repeat(32), &key);
    for (what, file) in [("another party", as_police), ("another street", other_street)] {
        assert!(matches!(fatma.app().sign_charter(&file), Err(Error::PartnerSignature)), "{what}");
    }
    for file in [b"".as_slice(), b"{}", b"not even json", &good[..good.len() - 2], &[0xFF; 3000]] {
        assert!(matches!(fatma.app().sign_charter(file), Err(Error::PartnerFile)));
    }
    assert!(matches!(ria.app().sign_charter(&good), Err(Error::NotCoordinator)));
    assert_eq!(fatma.app().charter().unwrap().version, agreed.version);

    section("the file comes: provisional no more, and everybody is who they were");
    fatma.app().sign_charter(&good).unwrap();
    fatma.syncs().await;
    ria.syncs().await;
    for phone in [&fatma, &ria] {
        let charter = phone.app().charter().unwrap();
        assert!(!charter.provisional, "{}", phone.name);
        assert_eq!((charter.partners.len(), charter.partners[0].signed), (1, true));
        assert_eq!(charter.quiet, Some((1320, 420)), "the rest stays");
        assert_ne!(charter.version, agreed.version);
    }
    assert_eq!((members(&fatma), members(&ria)), before);

    section("the same file again changes nothing; the municipality's agreement can end");
    let signed = fatma.app().charter().unwrap();
    fatma.app().sign_charter(&good).unwrap();
    assert_eq!(fatma.app().charter().unwrap().version, signed.version);
    let without = vec![signed.partners[0].fingerprint.clone()];
    fatma.app().set_charter(&CharterChange { without, ..CharterChange::default() }).unwrap();
    assert!(fatma.app().charter().unwrap().provisional);
}

#[tokio::test]
async fn only_a_coordinator_agrees_and_every_version_can_be_signed_anew() {
    let (_street, fatma, ria, _ahmed) = Street::of_three().await;
    let forbid = CharterChange { forbid: vec![AlertKind::Vehicle], ..CharterChange::default() };
    assert!(matches!(ria.app().set_charter(&forbid), Err(Error::NotCoordinator)));
    let first = fatma.app().charter().unwrap();
    fatma.app().set_charter(&forbid).unwrap();
    let second = fatma.app().charter().unwrap();
    assert!(first.kinds.contains(&AlertKind::Vehicle) && !second.kinds.contains(&AlertKind::Vehicle));
    fatma.app().renew_charter(&first.version[..8]).unwrap();
    let third = fatma.app().charter().unwrap();
    assert_eq!((third.kinds, third.other), (first.kinds, None));
    assert!(matches!(fatma.app().renew_charter("0000"), Err(Error::NoSuchCharter)));
    assert!(matches!(fatma.app().renew_charter(""), Err(Error::NoSuchCharter)));
}
