//! A lost phone, a second phone: a new phone takes its place by one scan, and the person stays the same.

use ratel_core::{Error, view::Role};
use ratel_tests::{Phone, Street, section};

use super::trust::{names, notes, of_four, reads, says, sync};

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
