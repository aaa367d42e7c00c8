//! Power over an official takes two persons: the second signs by one scan, or from afar.

use ratel_core::{
    Error,
    intent::Intent,
    view::{ChangeKind, Membership, Role},
};
use ratel_tests::section;

use super::trust::{names, notes, of_four, says, sync};

#[tokio::test]
async fn fatma_and_jan_make_ahmed_coordinator_and_a_coerced_ahmed_alone_changes_nothing_of_them() {
    let (street, fatma, jan, ria, ahmed) = of_four().await;
    section("Fatma signs first; what she signed does nothing yet");
    let code = fatma.app().give_role("Ahmed", Role::Coordinator).unwrap().expect("it takes two");
    assert!(code.starts_with("RATEL-SIGN-"), "{code}");
    sync(&street, &[&fatma, &jan, &ria, &ahmed]).await;
    assert_eq!(ahmed.app().neighbourhood().unwrap().me.role, Role::Resident);

    section("nobody but an official, and nobody twice");
    assert!(matches!(fatma.app().cosign(&code), Err(Error::SignedAlready)));
    assert!(matches!(ria.app().cosign(&code), Err(Error::NotCoordinator)));
    assert!(matches!(ahmed.app().cosign(&code), Err(Error::NotCoordinator)));
    let wrong = code.replace(['2', '3'], "4");
    assert!(matches!(jan.app().cosign(&wrong), Err(Error::Invitation)), "a slip of the pen is noticed");
    assert!(matches!(jan.app().cosign("hallo"), Err(Error::CodeUnknown)));

    section("Jan scans it, and Ahmed is coordinator everywhere");
    jan.does(Intent::Cosign { code: code.clone() });
    assert!(matches!(jan.app().cosign(&code), Err(Error::DoneAlready)));
    sync(&street, &[&jan, &fatma, &ahmed, &ria]).await;
    for phone in [&fatma, &jan, &ria, &ahmed] {
        let changes = phone.app().changes().unwrap();
        let newest = changes.first().unwrap();
        assert_eq!((newest.what, newest.role), (ChangeKind::Role, Some(Role::Coordinator)), "{}", phone.name);
        assert_eq!((newest.by.name.as_str(), newest.with[0].name.as_str()), ("Jan", "Fatma"), "{}", phone.name);
    }

    section("somebody forces Ahmed to remove Fatma: alone he only signs, and takes no office from anybody");
    ahmed.app().remove("Fatma", "gedwongen").unwrap().expect("a code, no removal");
    ahmed.app().give_role("Jan", Role::Resident).unwrap().expect("a code, no demotion");
    sync(&street, &[&ahmed, &fatma, &jan, &ria]).await;
    for phone in [&fatma, &jan, &ria] {
        assert_eq!(names(phone), ["Ahmed", "Fatma", "Jan", "Ria"], "{}", phone.name);
    }
    assert_eq!(fatma.app().neighbourhood().unwrap().me.role, Role::Coordinator);
    assert_eq!(jan.app().neighbourhood().unwrap().me.role, Role::Trustee);
}

#[tokio::test]
async fn a_proposal_is_signed_from_afar_and_what_the_removed_one_said_stays() {
    let (street, fatma, jan, ria, ahmed) = of_four().await;
    let code = fatma.app().give_role("Ahmed", Role::Coordinator).unwrap().unwrap();
    jan.app().cosign(&code).unwrap();
    sync(&street, &[&jan, &fatma, &ahmed, &ria]).await;
    sync(&street, &[&fatma, &ahmed]).await;
    says(&jan, "boom op het pad");
    sync(&street, &[&jan, &fatma, &ahmed, &ria]).await;

    section("Fatma proposes that Jan goes; Jan's phone has not heard of it and may not sign it either");
    fatma.app().remove("Jan", "afspraken geschonden").unwrap().expect("it takes two");
    let own = fatma.app().proposals().unwrap();
    assert_eq!((own.len(), own[0].what, own[0].signed_by_me), (1, ChangeKind::Removed, true));
    assert!(matches!(ahmed.app().cosign(&own[0].code), Err(Error::NotHereYet)), "her Keep has not come to Ahmed");
    sync(&street, &[&fatma, &jan, &ahmed]).await;
    assert!(matches!(jan.app().cosign(&own[0].code), Err(Error::NotOneself)));

    section("Ahmed finds it in coordination and signs");
    let found = ahmed.app().proposals().unwrap();
    assert_eq!((found.len(), found[0].signed_by_me), (1, false));
    assert_eq!((found[0].whom[0].name.as_str(), found[0].signed[0].name.as_str()), ("Jan", "Fatma"));
    ahmed.does(Intent::Cosign { code: found[0].code.clone() });
    assert!(ahmed.app().proposals().unwrap().is_empty());
    sync(&street, &[&ahmed, &fatma, &ria]).await;
    let _ = jan.tries_to_sync().await;
    for phone in [&fatma, &ahmed, &ria] {
        assert_eq!(names(phone), ["Ahmed", "Fatma", "Ria"], "{}", phone.name);
        assert_eq!(notes(phone), ["boom op het pad"], "{}", phone.name);
    }
    let reason = fatma.app().changes().unwrap().first().unwrap().reason.clone();
    assert_eq!(reason.as_deref(), Some("afspraken geschonden"));
    assert_eq!(ria.app().changes().unwrap().first().unwrap().reason, None);
    assert_eq!(fatma.app().neighbourhood().unwrap().membership, Membership::Member);
}
