//! A lost phone, a second phone: a new phone takes its place by one scan, and the person stays the same.

use ratel_core::{
    Error,
    envelope::operation::Members,
    intent::Intent,
    view::{ChangeKind, Membership, Role},
};
use ratel_tests::{Insider, Phone, Street, section};

use super::{
    insider::twin,
    trust::{names, notes, of_four, reads, says, sync},
    trust_stolen::newest_act,
};

/// A phone that has shown its card and read the answer.
fn answered(street: &Street, folder: &'static str, name: &str, scan: impl FnOnce(&str) -> String) -> Phone {
    let phone = street.phone(folder);
    let card = phone.app().card(name, Some("14")).unwrap();
    phone.app().join(&scan(&card), name, Some("14")).unwrap();
    phone
}

#[tokio::test]
async fn r25_ria_loses_her_phone_and_ahmed_whom_she_named_replaces_it_by_one_scan() {
    let (street, fatma, jan, ria, ahmed) = of_four().await;
    says(&ria, "kat gevonden");
    sync(&street, &[&ria, &fatma, &jan, &ahmed]).await;

    section("a neighbour whom she did not name cannot: that would be theft");
    let thief = street.phone("Dief");
    let card = thief.app().card("Ria", Some("14")).unwrap();
    assert!(matches!(ahmed.app().replace("Ria", &card), Err(Error::NotCoordinator)));

    section("she names Ahmed; when the phone is gone he scans the card of the new one");
    ria.app().choose_helper(Some("Ahmed")).unwrap();
    sync(&street, &[&ria, &ahmed, &fatma]).await;
    let new = answered(&street, "Ria's new phone", "Ria", |card| ahmed.app().replace("Ria", card).unwrap());
    sync(&street, &[&ahmed, &fatma, &new, &jan, &fatma, &new, &ahmed]).await;
    for phone in [&fatma, &jan, &ahmed, &new] {
        assert_eq!(names(phone), ["Ahmed", "Fatma", "Jan", "Ria"], "{}", phone.name);
        assert_eq!(notes(phone), ["kat gevonden"], "{}", phone.name);
    }
    assert!(new.alerts()[0].author.me, "she is the same person: the alert is hers");
    let id = new.alerts()[0].id.clone();
    new.does(ratel_core::intent::Intent::Withdraw { alert: id });

    section("the lost phone opens nothing that is said afterwards (G12)");
    let later = says(&fatma, "sleutel onder de mat");
    assert!(!reads(&ria, &fatma, &later));
    assert!(reads(&new, &fatma, &later), "the control: the new phone reads the same bytes");
}

#[tokio::test]
async fn a_trustees_phone_is_replaced_by_two_and_the_office_comes_back_by_a_role() {
    let (street, fatma, jan, ria, ahmed) = of_four().await;
    let code = fatma.app().give_role("Ahmed", Role::Coordinator).unwrap().unwrap();
    jan.app().cosign(&code).unwrap();
    sync(&street, &[&jan, &fatma, &ahmed, &ria]).await;

    section("Fatma scans the card of Jan's new phone: she only signs, Ahmed has to sign too");
    let new = street.phone("Jan's new phone");
    let card = new.app().card("Jan", Some("10")).unwrap();
    let code = fatma.app().replace("Jan", &card).unwrap();
    assert!(code.starts_with("RATEL-SIGN-"), "{code}");
    assert!(fatma.app().answer(&card).is_err(), "no answer before that");
    sync(&street, &[&fatma, &ahmed]).await;
    assert_eq!(ahmed.app().cosign(&code).unwrap(), None);
    let answer = ahmed.app().answer(&card).unwrap();
    new.app().join(&answer, "Jan", Some("10")).unwrap();
    sync(&street, &[&ahmed, &fatma, &new, &ria, &fatma, &new]).await;
    assert_eq!(new.app().neighbourhood().unwrap().me.role, Role::Resident);
    assert_eq!(names(&ria), ["Ahmed", "Fatma", "Jan", "Ria"]);

    section("his office comes back by two who give it");
    let code = fatma.app().give_role("Jan", Role::Trustee).unwrap().unwrap();
    sync(&street, &[&fatma, &ahmed]).await;
    ahmed.app().cosign(&code).unwrap();
    sync(&street, &[&ahmed, &fatma, &new]).await;
    assert_eq!(new.app().neighbourhood().unwrap().me.role, Role::Trustee);
}

#[tokio::test]
async fn ria_has_a_second_phone_and_goes_with_both() {
    let (street, fatma, jan, ria, ahmed) = of_four().await;
    let tablet = answered(&street, "Ria's tablet", "Ria", |card| ria.app().link(card).unwrap());
    sync(&street, &[&ria, &fatma, &tablet, &ahmed, &fatma, &tablet, &jan]).await;
    let member = fatma.app().members().unwrap().into_iter().find(|member| member.person.name == "Ria").unwrap();
    assert_eq!(member.devices, 2);
    says(&tablet, "vuur in de bak");
    sync(&street, &[&tablet, &fatma, &ahmed, &jan]).await;
    section("one tap takes out both phones, and what both said stays");
    fatma.app().remove("Ria", "verhuisd").unwrap();
    sync(&street, &[&fatma, &ahmed, &jan]).await;
    assert_eq!(names(&ahmed), ["Ahmed", "Fatma", "Jan"]);
    assert_eq!(notes(&ahmed), ["vuur in de bak"]);
    let removals = ahmed.app().changes().unwrap();
    let removed = removals.iter().filter(|change| change.what == ratel_core::view::ChangeKind::Removed);
    assert_eq!(removed.count(), 1, "one tap is one line");
}

#[tokio::test]
async fn what_ahmed_did_alone_for_rias_lost_phone_is_signed_by_two_and_stands_against_one_in_office() {
    for signed in [true, false] {
        let (street, fatma, jan, ria, ahmed) = of_four().await;
        ria.app().choose_helper(Some("Ahmed")).unwrap();
        sync(&street, &[&ria, &ahmed, &fatma, &jan]).await;
        let (before, ahmeds) = (newest_act(&fatma), Insider::of(&street, twin(&ahmed)).keys.device());
        let new = answered(&street, "Ria's new phone", "Ria", |card| ahmed.app().replace("Ria", card).unwrap());
        sync(&street, &[&ahmed, &fatma, &new, &jan, &fatma, &new, &ahmed]).await;

        if signed {
            section("Fatma's first screen asks her to sign too, in her language; her name alone is not enough");
            fatma.does(Intent::OpenChanges { page: 0 });
            for (lang, asks, what) in [
                ("en", "Ahmed asks: sign too", "The new phone of Ria is right."),
                ("nl", "Ahmed vraagt: teken mee", "De nieuwe telefoon van Ria klopt."),
            ] {
                fatma.does(Intent::SetLanguage { lang: lang.to_owned() });
                fatma.does(Intent::Home);
                assert!(fatma.words().contains(asks) && fatma.words().contains(what), "{}", fatma.words());
            }
            for other in [&ahmed, &new] {
                assert!(other.app().proposals().unwrap().is_empty(), "{}: not an official", other.name);
            }
            fatma.presses("proposal");
            assert!(fatma.words().contains("Ahmed zei al ja."), "{}", fatma.words());
            fatma.presses("sign");
            assert_eq!(fatma.screen().id, "sign-code");
            let waits = fatma.app().proposals().unwrap();
            assert_eq!((waits.len(), waits[0].what, waits[0].signed_by_me), (1, ChangeKind::Kept, true));

            section("Jan scans what she shows, and signs; nothing waits any more");
            sync(&street, &[&fatma, &jan]).await;
            jan.does(Intent::OpenScan { replaces: None });
            jan.does(Intent::Scanned { code: waits[0].code.clone() });
            assert!(jan.words().contains("Fatma zei al ja."), "{}", jan.words());
            jan.presses("sign");
            sync(&street, &[&jan, &fatma, &new, &ahmed]).await;
            for phone in [&fatma, &jan] {
                assert!(phone.app().proposals().unwrap().is_empty(), "{}", phone.name);
            }
        }

        section("a coordinator removes Ahmed, dated to before he helped");
        let office = Insider::of(&street, twin(&fatma));
        let act = Members::Remove { target: ahmeds, cosignatures: Vec::new() };
        office.administers(&street, &office.keys.token, vec![before], act).await;
        sync(&street, &[&jan, &new]).await;
        assert_eq!(names(&jan), ["Fatma", "Jan", "Ria"]);
        let standing = new.app().neighbourhood().unwrap().membership;
        assert_eq!(standing == Membership::Member, signed, "unsigned, the lost phone is in and the new one out");
    }
}
