//! A lost phone, a second phone, a helper: a person is more than one phone (protocol: Replace, Link).

use ratel_core::{
    Error, NewAlert,
    intent::{AlertKind, Intent, PlaceChoice},
    view::{Membership, Role},
};
use ratel_tests::{Phone, Street, section};

fn says(phone: &Phone, note: &str) -> String {
    let new = NewAlert {
        kind: AlertKind::Vehicle,
        place: PlaceChoice::Here,
        note: note.to_owned(),
        called_112: None,
        practice: false,
    };
    phone.app().post_alert(&new).unwrap()
}

fn notes(phone: &Phone) -> Vec<(String, String, bool)> {
    let alerts = phone.alerts().into_iter().rev();
    alerts.map(|alert| (alert.author.name.clone(), alert.note, alert.author.me)).collect()
}

fn names(phone: &Phone) -> Vec<(String, u32)> {
    phone.app().members().unwrap().into_iter().map(|member| (member.person.name, member.devices)).collect()
}

/// Everybody syncs until nothing is on its way.
async fn all_sync(phones: &[&Phone]) {
    for _ in 0..3 {
        for phone in phones {
            let _ = phone.tries_to_sync().await;
        }
    }
}

#[tokio::test]
async fn jans_lost_phone_is_replaced_by_one_scan_and_he_stays_who_he_was() {
    let (street, fatma, ria, ahmed) = Street::of_three().await;
    let jan = street.neighbour(&fatma, "Jan", "18").await;
    all_sync(&[&fatma, &ria, &ahmed, &jan]).await;
    says(&jan, "Eerste bericht van Jan.");
    all_sync(&[&jan, &fatma, &ria]).await;

    section("Jan's phone is lost; his new phone shows a card, Fatma scans it at Jan's name");
    let new = street.phone("Jan2");
    let card = new.app().card("Jan", Some("18")).unwrap();
    assert!(matches!(ahmed.app().replace("Jan", &card), Err(Error::NotCoordinator)), "never just any neighbour");
    fatma.does(Intent::OpenScan { replaces: Some("Jan".to_owned()) });
    fatma.does(Intent::Scanned { code: card.clone() });
    fatma.does(Intent::ReplacePhone);
    let answer = fatma.app().answer(&card).unwrap();
    new.app().accept(&answer).unwrap();
    all_sync(&[&fatma, &new, &ria, &ahmed]).await;
    let me = new.app().neighbourhood().unwrap();
    assert_eq!((me.membership, me.me.role), (Membership::Member, Role::Resident));
    street.clock.advance_s(60);
    says(&new, "Nieuwe telefoon.");
    all_sync(&[&new, &fatma, &ria]).await;
    assert_eq!(
        notes(&ria),
        [
            ("Jan".to_owned(), "Eerste bericht van Jan.".to_owned(), false),
            ("Jan".to_owned(), "Nieuwe telefoon.".to_owned(), false)
        ],
        "what he said before stays, and it is the same Jan"
    );
    assert!(names(&ria).contains(&("Jan".to_owned(), 1)), "{:?}", names(&ria));
    assert_eq!(new.app().neighbourhood().unwrap().others, 3, "one of four persons");

    section("what the finder of the lost phone writes does not show, and it reads nothing new");
    says(&jan, "Geef mij uw sleutel.");
    all_sync(&[&jan, &fatma, &ria, &jan]).await;
    assert_eq!((notes(&ria).len(), notes(&fatma).len()), (2, 2));
    assert!(jan.tries_to_sync().await.is_err(), "the relay knows it no more");
}

#[tokio::test]
async fn the_helper_whom_jan_named_puts_a_new_phone_in_the_place_of_the_lost_one() {
    let (street, fatma, ria, ahmed) = Street::of_three().await;
    let jan = street.neighbour(&fatma, "Jan", "18").await;
    all_sync(&[&fatma, &ria, &ahmed, &jan]).await;
    jan.app().choose_helper(Some("Ahmed")).unwrap();
    all_sync(&[&jan, &ahmed, &fatma]).await;
    let new = street.phone("Jan2");
    let card = new.app().card("Jan", None).unwrap();
    let answer = ahmed.app().replace("Jan", &card).unwrap();
    new.app().accept(&answer).unwrap();
    all_sync(&[&ahmed, &fatma, &new, &ria]).await;
    assert_eq!(new.app().neighbourhood().unwrap().membership, Membership::Member);
    assert_eq!(new.app().neighbourhood().unwrap().others, 3);
    section("a new phone of a person is named helper by nobody: Ahmed may not do it again");
    let third = street.phone("Jan3");
    let card = third.app().card("Jan", None).unwrap();
    assert!(matches!(ahmed.app().replace("Jan", &card), Err(Error::NotCoordinator)));
}

#[tokio::test]
async fn over_a_trustees_lost_phone_two_sign_and_no_answer_goes_out_before() {
    let street = Street::new().await;
    let fatma = street.founder("Fatma").await;
    let (jan, ria) = (street.phone("Jan"), street.phone("Ria"));
    for (phone, role) in [(&jan, Some(Role::Coordinator)), (&ria, None)] {
        let card = phone.app().card(phone.name, None).unwrap();
        phone.app().accept(&fatma.app().admit(&card, role).unwrap()).unwrap();
    }
    all_sync(&[&fatma, &jan, &ria]).await;
    let code = fatma.app().give_role("Ria", Role::Trustee).unwrap().expect("it takes two");
    jan.app().cosign(&code).unwrap();
    all_sync(&[&jan, &fatma, &ria]).await;
    assert_eq!(ria.app().neighbourhood().unwrap().me.role, Role::Trustee);

    section("Ria's phone is lost: Fatma's phone gives a code to sign, and no answer");
    let new = street.phone("Ria2");
    let card = new.app().card("Ria", None).unwrap();
    let code = fatma.app().replace("Ria", &card).unwrap();
    assert!(code.starts_with("RATEL-SIGN-"), "{code}");
    assert!(matches!(fatma.app().answer(&card), Err(Error::NotInYet)), "nothing opens before both have signed");

    assert!(matches!(jan.app().cosign(&code), Err(Error::NotHereYet)), "Jan's phone has not seen all that Fatma's had");
    all_sync(&[&fatma, &jan]).await;
    section("Jan scans it from Fatma's screen; now the new phone gets its answer, as resident");
    jan.does(Intent::Scanned { code: code.clone() });
    assert_eq!(jan.screen().id, "sign");
    jan.app().cosign(&code).unwrap();
    all_sync(&[&jan, &fatma]).await;
    new.app().accept(&fatma.app().answer(&card).unwrap()).unwrap();
    all_sync(&[&new, &fatma, &jan]).await;
    let me = new.app().neighbourhood().unwrap();
    assert_eq!((me.membership, me.me.role, me.others), (Membership::Member, Role::Resident, 2));
}

#[tokio::test]
async fn a_second_phone_of_ahmeds_is_his_own_and_a_card_of_somebody_else_under_its_name_gets_no_answer() {
    let (street, fatma, ria, ahmed) = Street::of_three().await;
    section("Ahmed's tablet shows its card to his own phone");
    let tablet = street.phone("Tablet");
    let card = tablet.app().card("Ahmed", Some("16")).unwrap();
    ahmed.does(Intent::Scanned { code: card.clone() });
    assert_eq!(ahmed.screen().id, "let-in");
    ahmed.presses("link-phone");
    tablet.app().accept(&ahmed.app().answer(&card).unwrap()).unwrap();
    all_sync(&[&ahmed, &fatma, &tablet, &ria]).await;
    let id = says(&tablet, "Van de tablet.");
    all_sync(&[&tablet, &fatma, &ahmed, &ria]).await;
    assert_eq!(notes(&ahmed), [("Ahmed".to_owned(), "Van de tablet.".to_owned(), true)], "his own, on both");
    assert_eq!(ria.app().alert(&id).unwrap().author.name, "Ahmed");
    assert!(names(&ria).contains(&("Ahmed".to_owned(), 2)), "{:?}", names(&ria));
    assert_eq!(ria.app().neighbourhood().unwrap().others, 2, "still one person");

    section("scanned again it gets its answer once more, with a sentence, and nothing changes");
    let before = names(&fatma);
    fatma.does(Intent::Scanned { code: card.clone() });
    assert_eq!(fatma.screen().id, "give-answer");
    assert_eq!(names(&fatma), before);
    section("a card that shows the tablet's name with another box key would open the street to a stranger: no answer");
    let Ok(ratel_core::group::Code::Card(shown)) = ratel_core::group::Code::read(&card) else { panic!("a card") };
    let stranger = street.phone("Stranger").app().card("Buur", None).unwrap();
    let Ok(ratel_core::group::Code::Card(theirs)) = ratel_core::group::Code::read(&stranger) else { panic!("a card") };
    let mut forged = shown;
    forged.device.kem_key = theirs.device.kem_key;
    assert!(matches!(fatma.app().answer(&forged.to_code()), Err(Error::CodeUsed)));
    assert!(matches!(fatma.app().admit(&forged.to_code(), None), Err(Error::CodeUsed)));
}
