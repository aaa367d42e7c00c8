//! A relay, or what pretends to be one, behaves badly: words about delivery stay true and nothing is lost (R01, R59).

use ratel_core::{
    NewAlert,
    intent::{AlertKind, PlaceChoice},
    view::{Delivery, Membership},
};
use ratel_tests::{Mood, Phone, Proxy, Street, section};

fn vehicle(note: &str) -> NewAlert {
    NewAlert {
        kind: AlertKind::Vehicle,
        place: PlaceChoice::Here,
        note: note.to_owned(),
        called_112: None,
        practice: false,
    }
}

async fn street_with_proxy() -> (Street, Phone, Phone, Phone, Proxy) {
    let (street, fatma, ria, ahmed) = Street::of_three().await;
    let proxy = Proxy::start(street.relay_address()).await;
    ria.app().set_relay(&proxy.url()).unwrap();
    (street, fatma, ria, ahmed, proxy)
}

#[tokio::test]
async fn whatever_is_said_in_the_relays_place_saved_is_not_called_sent() {
    let (_street, _fatma, ria, ahmed, proxy) = street_with_proxy().await;
    let id = ria.app().post_alert(&vehicle("grijze bus")).unwrap();
    for mood in [Mood::Overloaded, Mood::Hotel, Mood::Rubbish, Mood::WrongItems, Mood::MissingItem] {
        section(&format!("{mood:?}"));
        proxy.becomes(mood);
        assert!(ria.tries_to_sync().await.is_err(), "{mood:?} is no success");
        assert_eq!(ria.app().alert(&id).unwrap().delivery, Delivery::Saved, "{mood:?}");
        assert!(!ria.app().connection().unwrap().online, "{mood:?} is no connection");
    }
    section("a used-up quota is no loss and no lie either");
    proxy.becomes(Mood::Quota);
    let _ = ria.tries_to_sync().await;
    assert_eq!(ria.app().alert(&id).unwrap().delivery, Delivery::Saved);

    section("the control: an honest relay makes it Sent, and it arrives once");
    proxy.becomes(Mood::Honest);
    ria.syncs().await;
    assert_eq!(ria.app().alert(&id).unwrap().delivery, Delivery::Sent);
    assert!(ria.app().connection().unwrap().online);
    ahmed.syncs().await;
    assert_eq!(ahmed.alert().note, "grijze bus");
}

#[tokio::test]
async fn a_relay_restored_from_a_backup_gets_back_what_it_forgot() {
    let (mut street, fatma, ria, ahmed) = Street::of_three().await;
    section("a backup is made; then Ria's alert comes, and Ahmed's");
    street.unplug().await;
    let backup = copy_of(&street.relay_folder());
    street.plug_in().await;
    ria.app().post_alert(&vehicle("een")).unwrap();
    ria.syncs().await;
    ahmed.app().post_alert(&vehicle("twee")).unwrap();
    ahmed.syncs().await;

    section("the relay burns down and the backup is restored");
    street.unplug().await;
    let held = ratel_relay::inspect(&street.relay_folder(), 100).unwrap().envelopes;
    for (path, bytes) in &backup {
        std::fs::write(path, bytes).unwrap();
    }
    let before = ratel_relay::inspect(&street.relay_folder(), 100).unwrap().envelopes;
    assert_eq!(before, held - 2, "both alerts are forgotten");
    street.plug_in().await;

    section("whoever comes first brings back what is missing, also the others'");
    ahmed.syncs().await;
    fatma.syncs().await;
    let mut notes: Vec<String> = fatma.alerts().into_iter().map(|alert| alert.note).collect();
    notes.sort();
    assert_eq!(notes, ["een", "twee"]);
    ria.syncs().await;
    assert_eq!(ria.alerts().len(), 2);
}

/// The database of a stopped relay, as a backup program would keep it.
fn copy_of(folder: &std::path::Path) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let path = folder.join("relay.db");
    let bytes = std::fs::read(&path).unwrap();
    assert!(!folder.join("relay.db-wal").exists(), "a stopped relay leaves no journal behind");
    vec![(path, bytes)]
}

#[tokio::test]
async fn a_relay_that_is_another_one_at_every_answer_holds_no_phone_for_ever() {
    let (_street, _fatma, ria, ahmed, proxy) = street_with_proxy().await;
    ria.app().post_alert(&vehicle("zwart")).unwrap();
    proxy.becomes(Mood::Flapping);
    let ended = tokio::time::timeout(std::time::Duration::from_mins(1), ria.tries_to_sync()).await;
    assert!(ended.expect("the pass ends").is_err());
    proxy.becomes(Mood::Honest);
    ria.syncs().await;
    ahmed.syncs().await;
    assert_eq!(ahmed.alert().note, "zwart");
}

#[tokio::test]
async fn marks_that_turn_words_around_are_not_shown() {
    let (_street, _fatma, ria, ahmed) = Street::of_three().await;
    assert_eq!(ahmed.app().neighbourhood().unwrap().others, 2);
    ria.app().post_alert(&vehicle("\u{202E}omgedraaid\u{7}")).unwrap();
    ria.syncs().await;
    ahmed.syncs().await;
    assert_eq!(ahmed.alert().note, "omgedraaid", "marks that turn words around are not shown");
}

#[tokio::test]
async fn a_relay_that_takes_no_more_tokens_still_carries_fatmas_alerts() {
    let (street, fatma, ria, _ahmed) = Street::of_three().await;
    let proxy = Proxy::start(street.relay_address()).await;
    fatma.app().set_relay(&proxy.url()).unwrap();
    proxy.becomes(Mood::NoTokens);
    section("Fatma has an invitation that the relay does not take, and there is news both ways");
    fatma.app().invite().unwrap();
    let from_fatma = fatma.app().post_alert(&vehicle("grijs")).unwrap();
    let from_ria = ria.app().post_alert(&vehicle("zwart")).unwrap();
    ria.syncs().await;
    assert!(fatma.tries_to_sync().await.is_err(), "that the invitation is not known there is not kept quiet");
    assert_eq!(fatma.app().alert(&from_fatma).unwrap().delivery, Delivery::Sent);
    assert_eq!(fatma.app().alert(&from_ria).unwrap().note, "zwart");

    section("with room again the relay learns of the invitation");
    proxy.becomes(Mood::Honest);
    let jan = street.neighbour(&fatma, "Jan", "18").await;
    assert!(jan.alerts().len() >= 2);
}

#[tokio::test]
async fn what_one_relay_never_wanted_is_offered_to_the_next() {
    let (_street, _fatma, ria, ahmed, proxy) = street_with_proxy().await;
    let id = ria.app().post_alert(&vehicle("rood")).unwrap();
    proxy.becomes(Mood::Picky);
    ria.syncs().await;
    assert_eq!(ria.app().alert(&id).unwrap().delivery, Delivery::Saved, "refused is not sent");

    section("another relay stands there");
    proxy.becomes(Mood::Honest);
    ria.syncs().await;
    assert_eq!(ria.app().alert(&id).unwrap().delivery, Delivery::Sent);
    ahmed.syncs().await;
    assert_eq!(ahmed.alert().note, "rood");
}

#[tokio::test]
async fn whoever_came_in_after_the_backup_is_let_in_again() {
    let (mut street, fatma, ria, _ahmed) = Street::of_three().await;
    section("a backup is made; then Jan comes in, and Fatma gives out one more invitation");
    street.unplug().await;
    let backup = copy_of(&street.relay_folder());
    street.plug_in().await;
    let jan = street.neighbour(&fatma, "Jan", "18").await;
    let code = fatma.app().invite().unwrap();
    fatma.syncs().await;

    section("the relay burns down and the backup is restored");
    street.unplug().await;
    for (path, bytes) in &backup {
        std::fs::write(path, bytes).unwrap();
    }
    street.plug_in().await;
    jan.app().post_alert(&vehicle("grijs")).unwrap();
    assert!(jan.tries_to_sync().await.is_err(), "the backup knows no Jan");
    fatma.syncs().await;
    jan.syncs().await;
    ria.syncs().await;
    assert_eq!(ria.alert().note, "grijs");

    section("the invitation works too");
    let kees = street.phone("Kees");
    kees.app().join(&code, "Kees", None).unwrap();
    kees.syncs().await;
    fatma.syncs().await;
    kees.syncs().await;
    assert_eq!(kees.app().neighbourhood().unwrap().membership, Membership::Member);
}
