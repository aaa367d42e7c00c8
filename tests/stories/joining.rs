//! How a neighbourhood begins.

use ratel_core::{
    Error,
    view::{Membership, Role},
};
use ratel_tests::{Phone, Street, section};

#[tokio::test]
async fn fatma_begins_alone_and_ria_becomes_trustee_by_joining_first() {
    let street = Street::new().await;
    let fatma = street.founder("Fatma").await;
    section("alone, Fatma's phone knows its street and waits");
    let alone = fatma.app().neighbourhood().unwrap();
    assert_eq!((alone.membership, alone.street.as_str(), alone.others), (Membership::Alone, "Zonnebloemstraat", 0));

    section("Ria asks; until Fatma's phone answers she waits");
    let code = fatma.app().invite().unwrap();
    fatma.syncs().await;
    let ria = street.phone("Ria");
    ria.app().join(&code, "Ria", Some("14")).unwrap();
    ria.syncs().await;
    assert_eq!(ria.app().neighbourhood().unwrap().membership, Membership::Waiting);

    section("the answer comes, with the street and the names");
    fatma.syncs().await;
    ria.syncs().await;
    fatma.syncs().await;
    let (at_ria, at_fatma) = (ria.app().neighbourhood().unwrap(), fatma.app().neighbourhood().unwrap());
    assert_eq!((at_ria.membership, at_ria.street.as_str()), (Membership::Member, "Zonnebloemstraat"));
    assert_eq!((at_ria.me.name.as_str(), at_ria.me.role), ("Ria", Role::Trustee));
    assert_eq!((at_fatma.me.name.as_str(), at_fatma.me.role), ("Fatma", Role::Coordinator));
    assert_eq!((at_ria.others, at_fatma.others), (1, 1));

    section("the code was for one person");
    let ahmed = street.phone("Ahmed");
    ahmed.app().join(&code, "Ahmed", None).unwrap();
    let _ = ahmed.tries_to_sync().await;
    fatma.syncs().await;
    let _ = ahmed.tries_to_sync().await;
    assert_eq!(ahmed.app().neighbourhood().unwrap().membership, Membership::Spent);
}

#[tokio::test]
async fn a_neighbourhood_survives_restarts_of_every_phone() {
    let (_street, mut fatma, mut ria, mut ahmed) = Street::of_three().await;
    for phone in [&mut fatma, &mut ria, &mut ahmed] {
        phone.restart();
        let neighbourhood = phone.app().neighbourhood().unwrap();
        assert_eq!((neighbourhood.membership, neighbourhood.others), (Membership::Member, 2), "{}", phone.name);
        assert_eq!(neighbourhood.me.name, phone.name);
    }
}

/// Fatma and Jan, both coordinators, without a relay between them until they sync.
async fn two_coordinators() -> (Street, Phone, Phone) {
    let street = Street::new().await;
    let fatma = street.founder("Fatma").await;
    let jan = street.phone("Jan");
    let card = jan.app().card("Jan", Some("20")).unwrap();
    jan.app().accept(&fatma.app().admit(&card, Some(Role::Coordinator)).unwrap()).unwrap();
    fatma.syncs().await;
    jan.syncs().await;
    fatma.syncs().await;
    assert_eq!(jan.app().neighbourhood().unwrap().me.role, Role::Coordinator);
    (street, fatma, jan)
}

fn is_in(phone: &Phone) -> bool {
    phone.app().neighbourhood().unwrap().membership == Membership::Member
}

#[tokio::test]
async fn any_coordinators_phone_answers_and_who_came_by_link_is_marked_until_met() {
    let (street, fatma, jan) = two_coordinators().await;
    section("Fatma gives out a code and switches her phone off; Jan's phone lets Ria in");
    let code = fatma.app().invite().unwrap();
    fatma.syncs().await;
    let ria = street.phone("Ria");
    ria.app().join(&code, "Ria", Some("14")).unwrap();
    ria.syncs().await;
    assert!(!is_in(&ria), "she waits: nobody's phone was on");
    jan.syncs().await;
    ria.syncs().await;
    assert!(is_in(&ria), "Jan's phone knew of the code by coordination");

    section("she came by a link: marked until a coordinator says that he met her");
    jan.syncs().await;
    let met =
        |phone: &Phone| phone.app().members().unwrap().into_iter().find(|it| it.person.name == "Ria").unwrap().met;
    assert!(!met(&jan));
    jan.app().give_role("Ria", Role::Resident).unwrap();
    assert!(met(&jan));
    jan.syncs().await;
    fatma.syncs().await;
    assert!(met(&fatma) && fatma.app().members().unwrap().len() == 3);

    section("a resident's phone knows nothing of codes that were given out");
    let next = fatma.app().invite().unwrap();
    fatma.syncs().await;
    let ahmed = street.phone("Ahmed");
    ahmed.app().join(&next, "Ahmed", None).unwrap();
    ahmed.syncs().await;
    ria.syncs().await;
    let _ = ahmed.tries_to_sync().await;
    assert!(!is_in(&ahmed));
}

#[tokio::test]
async fn a_code_that_another_coordinator_took_back_lets_nobody_in() {
    let (street, fatma, jan) = two_coordinators().await;
    let (code, other) = (fatma.app().invite().unwrap(), fatma.app().invite().unwrap());
    fatma.syncs().await;
    jan.syncs().await;
    section("a letter with the code was lost in the street: Jan takes it back");
    jan.app().revoke(&code).unwrap();
    jan.syncs().await;
    fatma.syncs().await;
    section("whoever found it is let in by no phone, and hears that the code works no more");
    let finder = street.phone("Finder");
    finder.app().join(&code, "Buur", None).unwrap();
    assert!(matches!(finder.tries_to_sync().await, Err(Error::CodeRevoked)));
    fatma.syncs().await;
    jan.syncs().await;
    assert!(finder.tries_to_sync().await.is_err() && !is_in(&finder));
    section("the control: the code that was not taken back works, on the same phone");
    finder.app().join(&other, "Buur", None).unwrap();
    finder.syncs().await;
    jan.syncs().await;
    finder.syncs().await;
    assert!(is_in(&finder));
    section("who came in stays: a used code cannot be taken back, and a resident takes none back");
    jan.syncs().await;
    fatma.syncs().await;
    assert!(matches!(fatma.app().revoke(&other), Err(Error::CodeUsed)));
    assert!(matches!(finder.app().revoke(&code), Err(Error::NotCoordinator)));
    let elsewhere = Street::new().await.founder("Piet").await.app().invite().unwrap();
    assert!(matches!(fatma.app().revoke(&elsewhere), Err(Error::CodeElsewhere)));
}

#[tokio::test]
async fn who_comes_with_a_used_code_hears_it_and_comes_in_with_another() {
    let street = Street::new().await;
    let fatma = street.founder("Fatma").await;
    let code = fatma.app().invite().unwrap();
    fatma.syncs().await;
    let (ria, late) = (street.phone("Ria"), street.phone("Late"));
    for phone in [&ria, &late] {
        phone.app().join(&code, "Buur", None).unwrap();
        let _ = phone.tries_to_sync().await;
        fatma.syncs().await;
    }
    ria.syncs().await;
    assert!(is_in(&ria), "first use wins");
    assert!(matches!(late.tries_to_sync().await, Err(Error::CodeUsed)));
    assert_eq!(late.app().neighbourhood().unwrap().membership, Membership::Spent, "the screen says it too");
    let new = fatma.app().invite().unwrap();
    fatma.syncs().await;
    late.app().join(&new, "Buur", None).unwrap();
    late.syncs().await;
    fatma.syncs().await;
    late.syncs().await;
    assert!(is_in(&late));
}

#[tokio::test]
async fn fatma_makes_a_code_on_her_screen_for_who_is_not_here_and_takes_it_back() {
    let street = Street::new().await;
    let fatma = street.founder("Fatma").await;
    let shown = || {
        fatma.does(ratel_core::intent::Intent::OpenScan { replaces: None });
        fatma.presses("invite");
        let screen = fatma.screen();
        screen.nodes.iter().find_map(|node| match node {
            ratel_core::screen::Node::Code { code } => Some(code.content.clone()),
            _ => None,
        })
    };
    let lost = shown().expect("a code is shown");
    fatma.presses("revoke");
    let code = shown().expect("another code");
    assert_ne!(code, lost);
    let files = std::fs::read_dir(fatma.folder()).unwrap().map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
    let files: Vec<Vec<u8>> = files.collect();
    let lies_in = |words: &[u8]| files.iter().any(|file| file.windows(words.len()).any(|it| it == words));
    assert!(!lies_in(&code.as_bytes()[..20]), "its secret lies open in no file");
    assert!(lies_in(b"Zonnebloemstraat"), "the control: what lies open is found");
    fatma.syncs().await;
    let ria = street.phone("Ria");
    ria.app().join(&lost, "Ria", None).unwrap();
    assert!(ria.tries_to_sync().await.is_err());
    assert_eq!(ria.app().neighbourhood().unwrap().membership, Membership::Spent);
    ria.does(ratel_core::intent::Intent::Scanned { code });
    ria.syncs().await;
    fatma.syncs().await;
    ria.syncs().await;
    assert!(is_in(&ria));
}
