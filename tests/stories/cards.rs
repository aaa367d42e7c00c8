//! Coming in by two scans, and what people show by mistake instead of the right code.

use ratel_core::{
    Error, NewAlert,
    intent::{AlertKind, Intent, PlaceChoice},
    view::{Delivery, Membership, Role},
};
use ratel_tests::{Phone, Street, section};

fn break_in() -> NewAlert {
    NewAlert {
        kind: AlertKind::BreakIn,
        place: PlaceChoice::Here,
        note: "Iemand duwt tegen de deur.".to_owned(),
        called_112: Some(true),
        practice: false,
    }
}

/// The code that a phone's screen shows.
fn shown(phone: &Phone) -> String {
    let screen = phone.screen();
    let code = screen.nodes.iter().find_map(|node| match node {
        ratel_core::screen::Node::Code { code } => Some(code.content.clone()),
        _ => None,
    });
    code.unwrap_or_else(|| panic!("{} shows no code on {}", phone.name, screen.id))
}

/// One phone's camera sees what another shows.
fn scans(phone: &Phone, other: &Phone) {
    phone.does(Intent::Scanned { code: shown(other) });
}

#[tokio::test]
async fn two_scans_without_internet_let_ria_in_and_she_alerts_at_once() {
    section("R22: nobody has internet; Fatma begins and Ria shows her card");
    let mut street = Street::new().await;
    let fatma = street.founder("Fatma").await;
    street.unplug().await;
    let ria = street.phone("Ria");
    ria.app().card("Ria", Some("14")).unwrap();
    ria.does(Intent::ShowCard);
    scans(&fatma, &ria);
    fatma.does(Intent::LetIn { role: Role::Resident });
    scans(&ria, &fatma);
    let neighbourhood = ria.app().neighbourhood().unwrap();
    assert_eq!((neighbourhood.membership, neighbourhood.me.role), (Membership::Member, Role::Resident));

    section("her first alert is sealed at once, and waits for a way");
    let id = ria.app().post_alert(&break_in()).unwrap();
    assert_eq!(ria.app().alert(&id).unwrap().delivery, Delivery::Saved);
    assert_eq!(fatma.app().neighbourhood().unwrap().others, 1);

    section("R20: with a link, each sees the other's card and Fatma sees the alert");
    street.plug_in().await;
    assert!(ria.tries_to_sync().await.is_err(), "the relay has not heard of her yet");
    fatma.syncs().await;
    ria.syncs().await;
    fatma.syncs().await;
    let at_ria = ria.app().neighbourhood().unwrap();
    assert_eq!((at_ria.street.as_str(), at_ria.others, at_ria.me.role), ("Zonnebloemstraat", 1, Role::Resident));
    assert_eq!(fatma.alert().author.name, "Ria");
    assert_eq!(ria.app().alert(&id).unwrap().delivery, Delivery::Sent);
}

#[tokio::test]
async fn a_card_that_is_shown_twice_and_other_peoples_codes_change_nothing() {
    let (street, fatma, ria, _ahmed) = Street::of_three().await;
    let jan = street.phone("Jan");
    let card = jan.app().card("Jan", None).unwrap();
    section("the same card when asked again");
    assert_eq!(jan.app().card("Jan", None).unwrap(), card);
    let answer = fatma.app().admit(&card, None).unwrap();

    let says = |result: Result<(), Error>, key: &str| {
        let error = result.expect_err(key);
        assert_eq!(error.sentence_key(), key);
        for lang in ["nl", "en"] {
            assert!(error.sentence(lang).matches('.').count() >= 2, "what happened, and what to do: {key}");
        }
    };
    let others = || fatma.app().neighbourhood().unwrap().others;
    let before = others();
    section("a photo of the card, shown to the coordinator again");
    says(fatma.app().admit(&card, None).map(drop), "error-code-used");
    section("who could not scan the answer gets it once more, and nobody else comes in by it");
    assert_ne!(fatma.app().answer(&card).unwrap(), answer);
    section("her own card, a card at a resident's phone, a role that takes two to give");
    let eve = street.phone("Eve");
    let hers = eve.app().card("Eve", None).unwrap();
    says(eve.app().admit(&hers, None).map(drop), "error-code-own");
    says(ria.app().admit(&hers, None).map(drop), "error-not-coordinator");
    says(fatma.app().admit(&hers, Some(Role::Coordinator)).map(drop), "error-role-later");
    section("an answer for another phone, and one that was used");
    says(eve.app().accept(&answer), "error-code-other-phone");
    jan.app().accept(&answer).unwrap();
    says(jan.app().accept(&answer), "error-already-in");
    section("codes of other kinds, rubbish, and a code of another street");
    says(fatma.app().admit(&answer, None).map(drop), "error-code-is-answer");
    says(eve.app().accept(&hers), "error-code-is-card");
    says(eve.app().accept(&fatma.app().invite().unwrap()), "error-code-is-invitation");
    says(eve.app().handle(Intent::Scanned { code: "https://example.org".to_owned() }), "error-code-unknown");
    says(eve.app().handle(Intent::Scanned { code: hers.replace('5', "6") }), "error-invitation");
    let elsewhere = Street::new().await;
    let piet = elsewhere.founder("Piet").await;
    says(ria.app().handle(Intent::Scanned { code: piet.app().invite().unwrap() }), "error-code-elsewhere");
    assert_eq!(others(), before, "nothing changed");
    assert_eq!(eve.app().neighbourhood().unwrap().membership, Membership::Waiting);
    assert_eq!(ria.app().neighbourhood().unwrap().membership, Membership::Member);
}

#[tokio::test]
async fn r22_forty_newcomers_come_in_on_one_evening_by_one_scan_of_one_coordinator_each() {
    let street = Street::new().await;
    let fatma = street.founder("Fatma").await;
    section("forty students move in; nobody has internet on the stairs");
    let mut students = Vec::new();
    for number in 0..40 {
        let name: &'static str = Box::leak(format!("Buur{number}").into_boxed_str());
        let phone = street.phone(name);
        let letters = ["Anna", "Bram", "Cees", "Dina", "Emre"][number % 5];
        let card = phone.app().card(letters, Some(&number.to_string())).unwrap();
        phone.app().accept(&fatma.app().admit(&card, None).unwrap()).unwrap();
        assert_eq!(phone.app().neighbourhood().unwrap().membership, Membership::Member);
        students.push(phone);
    }
    assert_eq!(fatma.app().neighbourhood().unwrap().others, 40);
    section("with a link everybody knows everybody");
    fatma.syncs().await;
    for student in &students {
        student.syncs().await;
    }
    fatma.syncs().await;
    for student in students.iter().step_by(8) {
        student.syncs().await;
        let there = student.app().neighbourhood().unwrap();
        assert_eq!((there.others, there.street.as_str()), (40, "Zonnebloemstraat"), "{}", student.name);
    }
    let members = fatma.app().members().unwrap();
    assert_eq!(members.iter().filter(|member| member.person.number.is_some()).count(), 41, "all said who they are");
    assert!(members.iter().all(|member| member.met), "each stood before her");
}

#[tokio::test]
async fn a_phone_whose_clock_is_ten_years_ahead_joins_with_the_day_of_the_answer() {
    const TEN_YEARS_S: i64 = 10 * 365 * 86_400;
    for off_s in [TEN_YEARS_S, -TEN_YEARS_S] {
        let street = Street::new().await;
        let fatma = street.founder("Fatma").await;
        let ria = street.phone("Ria");
        ria.set_clock_off_s(off_s);
        let card = ria.app().card("Ria", None).unwrap();
        ria.app().accept(&fatma.app().admit(&card, None).unwrap()).unwrap();
        fatma.syncs().await;
        ria.syncs().await;
        fatma.app().post_alert(&break_in()).unwrap();
        fatma.syncs().await;
        ria.syncs().await;
        assert_eq!(ria.alerts().len(), 1, "clock off by {off_s}: what the others say is not over for her");
        assert!(ria.app().connection().unwrap().clock_ahead_s.is_some(), "and the screen doubts the clock");
        ria.app().post_alert(&break_in()).unwrap();
        ria.syncs().await;
        fatma.syncs().await;
        assert_eq!(fatma.alerts().len(), 2, "clock off by {off_s}: what she says is not over for the others");
    }
}
