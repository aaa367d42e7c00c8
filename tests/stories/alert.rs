//! How an alert crosses the street.

use ratel_core::{
    intent::{AlertKind, Answer},
    view::{AlertState, Delivery},
};
use ratel_tests::{Phone, Street, section};

/// Three taps: Melden, what, Stuur; then the ten seconds pass.
fn three_taps(street: &Street, ria: &Phone) {
    ria.does(ratel_core::intent::Intent::Home);
    ria.presses("report");
    ria.presses("kind-break-in");
    ria.presses("send");
    street.clock.advance_s(11);
    ria.app().tick().unwrap();
}

#[tokio::test]
async fn rias_three_taps_reach_ahmed_and_fatma_and_she_sees_who_comes() {
    // R01, R02, R04, U3
    let (street, fatma, ria, ahmed) = Street::of_three().await;
    section("three taps; a draft counts down, on the disk already");
    ria.presses("report");
    ria.presses("kind-break-in");
    ria.presses("send");
    assert!(matches!(ria.alert().delivery, Delivery::Draft { due_ms: Some(_) }));
    street.clock.advance_s(11);
    ria.app().tick().unwrap();
    assert_eq!(ria.alert().delivery, Delivery::Saved);
    ria.presses("called-112");

    section("it crosses");
    ria.syncs().await;
    assert_eq!(ria.alert().delivery, Delivery::Sent);
    for neighbour in [&ahmed, &fatma] {
        neighbour.syncs().await;
        let alert = neighbour.alert();
        assert_eq!((alert.kind, alert.author.name.as_str()), (AlertKind::BreakIn, "Ria"));
        assert_eq!((alert.called_112, alert.place.as_str()), (Some(true), "Zonnebloemstraat"));
        assert!(neighbour.screen().alarm.as_ref().is_some_and(|alarm| alarm.repeats), "danger repeats until seen");
    }

    section("Ahmed looks and answers; his sound ends; Ria sees who comes");
    let id = ahmed.alert().id;
    ahmed.does(ratel_core::intent::Intent::Open { alert: id });
    assert!(ahmed.screen().alarm.is_none());
    ahmed.presses("answer-come");
    ahmed.syncs().await;
    ria.syncs().await;
    let alert = ria.alert();
    assert_eq!(alert.answers.len(), 1);
    assert_eq!((alert.answers[0].person.name.as_str(), alert.answers[0].answer), ("Ahmed", Answer::Come));
    assert_eq!(alert.seen_by, 1);

    section("Ahmed changes his answer; everybody agrees");
    ahmed.presses("change-answer");
    ahmed.presses("answer-cannot");
    ahmed.syncs().await;
    for phone in [&ria, &fatma] {
        phone.syncs().await;
        assert_eq!(phone.alert().answers[0].answer, Answer::Cannot, "{}", phone.name);
    }
}

#[tokio::test]
async fn without_internet_it_is_kept_through_a_kill_and_goes_by_itself() {
    // R01, R59
    let (mut street, fatma, mut ria, ahmed) = Street::of_three().await;
    street.unplug().await;
    section("the plug is out; Ria's phone is killed in the ten seconds");
    ria.presses("report");
    ria.presses("kind-fire");
    ria.presses("send");
    ria.restart();
    assert!(matches!(ria.alert().delivery, Delivery::Draft { .. }));
    street.clock.advance_s(11);
    ria.app().tick().unwrap();
    assert!(ria.tries_to_sync().await.is_err());
    assert_eq!(ria.alert().delivery, Delivery::Saved);
    assert!(!ria.app().connection().unwrap().online);

    section("and killed once more while it waits");
    ria.restart();
    assert_eq!(ria.alert().delivery, Delivery::Saved);
    street.plug_in().await;
    ria.syncs().await;
    assert_eq!(ria.alert().delivery, Delivery::Sent);
    for phone in [&ahmed, &fatma] {
        phone.syncs().await;
        assert_eq!(phone.alert().kind, AlertKind::Fire, "{}", phone.name);
    }
}

#[tokio::test]
async fn stop_in_time_sends_nothing_and_keeps_the_choice() {
    // U16
    let (street, _fatma, ria, ahmed) = Street::of_three().await;
    ria.presses("report");
    ria.presses("kind-vehicle");
    ria.presses("send");
    street.clock.advance_s(9);
    ria.presses("stop");
    street.clock.advance_s(60);
    ria.syncs().await;
    ahmed.syncs().await;
    assert!(ria.alerts().is_empty() && ahmed.alerts().is_empty());
    assert_eq!(ria.screen().id, "report-place");
    ria.presses("send");
    assert_eq!(ria.alert().kind, AlertKind::Vehicle);
}

#[tokio::test]
async fn what_ria_takes_back_is_taken_back_for_all() {
    let (street, fatma, ria, ahmed) = Street::of_three().await;
    three_taps(&street, &ria);
    ria.syncs().await;
    ahmed.syncs().await;
    assert_eq!(ahmed.alert().state, AlertState::Open);
    ria.presses("withdraw");
    ria.syncs().await;
    for phone in [&ahmed, &fatma] {
        phone.syncs().await;
        assert_eq!(phone.alert().state, AlertState::Withdrawn);
        assert!(phone.screen().alarm.is_none(), "nobody is woken for it any more");
    }
}

#[tokio::test]
async fn who_looks_at_one_alert_sees_the_next_one_come() {
    // R01: seen without pressing anything, wherever the person is
    let (street, _fatma, ria, ahmed) = Street::of_three().await;
    three_taps(&street, &ria);
    ria.syncs().await;
    ahmed.syncs().await;
    let first = ahmed.alert().id;
    ahmed.does(ratel_core::intent::Intent::Open { alert: first.clone() });
    street.clock.advance_s(60);
    three_taps(&street, &ria);
    ria.syncs().await;
    ahmed.syncs().await;
    let second = ahmed.alerts().into_iter().find(|alert| alert.id != first).expect("another").id;
    assert_eq!(ahmed.screen().id, "detail");
    ahmed.presses(&format!("open-{second}"));
    assert!(ahmed.screen().alarm.is_none(), "now it is seen");
}
