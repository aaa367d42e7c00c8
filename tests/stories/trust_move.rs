//! Moving to another relay: nobody is cut off who was not there when it was said.

use std::{future::pending, time::Duration};

use ratel_core::{Error, view::ChangeKind};
use ratel_tests::{Phone, Street, section};

use super::trust::{names, notes, of_four, says, sync};

#[tokio::test]
async fn fatma_moves_the_street_to_another_relay_and_ria_whose_phone_was_off_follows() {
    let (mut street, fatma, jan, ria, ahmed) = of_four().await;
    let elsewhere = Street::new().await;
    let new = elsewhere.relay_url();

    section("only a coordinator moves it, and only to an address that is one");
    assert!(matches!(ahmed.app().move_relay(&new), Err(Error::NotCoordinator)));
    assert!(matches!(fatma.app().move_relay("overal"), Err(Error::RelayAddress)));
    assert!(matches!(fatma.app().move_relay(&street.relay_url()), Err(Error::DoneAlready)));

    section("Fatma moves it; Ahmed and Jan hear of it at the former relay and follow, Ria's phone is off");
    fatma.app().move_relay(&new).unwrap();
    sync(&street, &[&fatma, &ahmed, &jan]).await;
    says(&ahmed, "hond los");
    sync(&street, &[&ahmed, &fatma, &jan]).await;
    for phone in [&fatma, &jan, &ahmed] {
        assert_eq!(notes(phone), ["hond los"], "{}", phone.name);
        assert_eq!(phone.app().changes().unwrap().first().unwrap().what, ChangeKind::Relay, "{}", phone.name);
    }

    section("three days later Ria says something at the former relay, where she still is: it reaches the others");
    for clock in [&street.clock, &elsewhere.clock] {
        clock.advance_s(3 * 86_400);
    }
    says(&ria, "poort staat open");
    ria.syncs().await;
    sync(&street, &[&fatma, &ahmed]).await;
    for phone in [&fatma, &ahmed] {
        assert_eq!(notes(phone), ["hond los", "poort staat open"], "{}", phone.name);
    }

    section("Ria follows as soon as she has heard; then the former relay may go");
    sync(&street, &[&ria, &fatma]).await;
    street.unplug().await;
    says(&ria, "lamp stuk");
    for phone in [&ria, &fatma, &jan, &ahmed] {
        phone.syncs().await;
    }
    for phone in [&fatma, &jan, &ahmed] {
        assert!(notes(phone).contains(&"lamp stuk".to_owned()), "{}: {:?}", phone.name, notes(phone));
    }

    section("and Mo comes in by the new one");
    let mo = elsewhere.neighbour(&fatma, "Mo", "20").await;
    assert_eq!(mo.app().members().unwrap().len(), 5);
    assert!(names(&fatma).contains(&"Mo".to_owned()));
}

/// Invariant 6: nobody is cut off by an address at which nobody is, nor by two of them.
#[tokio::test]
async fn two_moves_to_where_nobody_is_cut_nobody_off_and_fatma_moves_back() {
    let (street, fatma, jan, ria, ahmed) = of_four().await;
    let phones = [&fatma, &jan, &ria, &ahmed];
    let try_all = async || {
        for _ in 0..3 {
            street.clock.advance_s(60);
            for phone in phones {
                // Where they went nobody answers; the former relay is asked all the same.
                let _ = phone.tries_to_sync().await;
            }
        }
    };
    for nowhere in ["http://127.0.0.1:9", "http://127.0.0.1:19"] {
        section(&format!("Fatma moves the street to {nowhere}"));
        fatma.app().move_relay(nowhere).unwrap();
        try_all().await;
        for phone in phones {
            assert!(phone.tries_to_sync().await.is_err(), "{} went there", phone.name);
        }
    }

    section("Ahmed says something: Ria hears it by the relay where all of them were");
    says(&ahmed, "hond los");
    try_all().await;
    assert_eq!(notes(&ria), ["hond los"]);

    section("Fatma moves back; everything is as it was");
    fatma.app().move_relay(&street.relay_url()).unwrap();
    try_all().await;
    says(&ria, "poort staat open");
    sync(&street, &phones).await;
    assert_eq!(notes(&jan), ["hond los", "poort staat open"]);
}

#[tokio::test]
async fn without_the_move_nobody_meets_at_another_relay() {
    let (mut street, fatma, _jan, _ria, ahmed) = of_four().await;
    let elsewhere = Street::new().await;
    fatma.app().set_relay(&elsewhere.relay_url()).unwrap();
    street.unplug().await;
    says(&ahmed, "hond los");
    for phone in [&ahmed, &fatma] {
        assert!(phone.tries_to_sync().await.is_err(), "the control: {} is alone", phone.name);
    }
    assert!(notes(&fatma).is_empty());
}

/// Looks again until it is so; the test fails by its harness if that never comes.
async fn until(what: &str, mut so: impl FnMut() -> bool) {
    for _ in 0..600 {
        if so() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("it never came: {what}");
}

#[tokio::test]
async fn phones_that_watch_follow_by_themselves() {
    let (mut street, fatma, _jan, _ria, ahmed) = of_four().await;
    let elsewhere = Street::new().await;
    let watch = |phone: &Phone| {
        let app = phone.app().clone();
        tokio::spawn(async move { app.run(pending()).await })
    };
    let watching = [watch(&fatma), watch(&ahmed)];
    fatma.app().move_relay(&elsewhere.relay_url()).unwrap();
    let moved = || ahmed.app().changes().unwrap().first().unwrap().what == ChangeKind::Relay;
    until("Ahmed hears of the move", moved).await;
    street.unplug().await;
    says(&ahmed, "hond los");
    until("Fatma hears Ahmed at the new relay", || notes(&fatma) == ["hond los"]).await;
    watching.iter().for_each(tokio::task::JoinHandle::abort);
}
