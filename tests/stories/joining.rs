//! How a neighbourhood begins.

use ratel_core::view::{Membership, Role};
use ratel_tests::{Street, section};

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
    assert_eq!(ahmed.app().neighbourhood().unwrap().membership, Membership::Waiting);
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
