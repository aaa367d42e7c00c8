//! What ends is gone from the disk and does not come back; what must not end stays (R29, G10).

use std::path::Path;

use ratel_core::{
    NewAlert,
    envelope::operation::{Body, Content},
    intent::{AlertKind, Answer, Intent, PlaceChoice},
};
use ratel_protocol::Ref;
use ratel_tests::{Insider, Phone, Street, section};

const DAY_S: i64 = 86_400;
const YEARS_TEN_S: i64 = 3650 * DAY_S;
const NOTE: &str = "Een grijze bus rijdt al een uur rondjes";

fn alert(note: &str) -> NewAlert {
    NewAlert {
        kind: AlertKind::Vehicle,
        place: PlaceChoice::Here,
        note: note.to_owned(),
        called_112: Some(false),
        practice: false,
    }
}

/// How often `what` stands in the files of a phone's store: the database, its log and its index.
fn found(phone: &Phone, what: &[u8]) -> usize {
    let mut count = 0;
    for entry in std::fs::read_dir(phone.folder()).unwrap().flatten() {
        let bytes = std::fs::read(entry.path()).unwrap();
        count += bytes.windows(what.len()).filter(|window| *window == what).count();
    }
    count
}

/// The sealed bytes in the relay's database, without their clear heads.
fn sealed_at(relay: &Path) -> Vec<Vec<u8>> {
    let database = rusqlite::Connection::open(relay.join("relay.db")).unwrap();
    let mut statement = database.prepare("SELECT bytes FROM envelopes").unwrap();
    let rows = statement.query_map([], |row| row.get::<_, Vec<u8>>(0)).unwrap();
    rows.map(|bytes| bytes.unwrap().split_off(35)).collect()
}

#[tokio::test]
async fn rias_alert_is_gone_from_every_disk_on_its_thirty_first_day_and_does_not_come_back() {
    let (street, fatma, ria, ahmed) = Street::of_three().await;
    let before = sealed_at(&street.relay_folder());
    let id = ria.app().post_alert(&alert(NOTE)).unwrap();
    ria.syncs().await;
    for phone in [&fatma, &ahmed] {
        phone.syncs().await;
        phone.does(Intent::Open { alert: id.clone() });
        phone.does(Intent::Answer { alert: id.clone(), answer: Answer::See });
        phone.syncs().await;
    }
    for phone in [&fatma, &ria] {
        phone.syncs().await;
    }
    ria.does(Intent::Open { alert: id.clone() });
    let sealed: Vec<_> = sealed_at(&street.relay_folder()).into_iter().filter(|one| !before.contains(one)).collect();
    assert!(sealed.len() >= 4, "an alert, its word about 112, two answers: {}", sealed.len());

    section("on its last day it is everywhere: the search finds what there is to find");
    street.clock.advance_s(30 * DAY_S);
    for phone in [&fatma, &ria, &ahmed] {
        phone.app().tick().unwrap();
        assert_eq!(phone.alert().note, NOTE);
        assert!(found(phone, NOTE.as_bytes()) > 0, "{} holds the words", phone.name);
        assert!(sealed.iter().all(|one| found(phone, one) > 0), "{} holds the bytes", phone.name);
    }

    section("a day later it is nowhere: no word and no sealed byte, on the disk or on a screen");
    street.clock.advance_s(DAY_S);
    for phone in [&fatma, &ria, &ahmed] {
        phone.app().tick().unwrap();
        assert!(phone.alerts().is_empty());
        assert_eq!(phone.screen().id, "home", "{} looks at nothing that is gone", phone.name);
        assert_eq!(found(phone, NOTE.as_bytes()), 0, "{}", phone.name);
        assert_eq!(sealed.iter().map(|one| found(phone, one)).sum::<usize>(), 0, "{}", phone.name);
    }

    section("the relay holds it still, as it knows only the coarse day, and nobody fetches it back");
    let held = sealed_at(&street.relay_folder());
    assert!(sealed.iter().all(|one| held.contains(one)));
    for phone in [&fatma, &ria, &ahmed] {
        phone.syncs().await;
        street.clock.advance_s(DAY_S);
        phone.syncs().await;
        assert!(phone.alerts().is_empty());
        assert_eq!(sealed.iter().map(|one| found(phone, one)).sum::<usize>(), 0, "{}", phone.name);
    }

    section("names and membership stay");
    assert_eq!(ahmed.app().neighbourhood().unwrap().others, 2);
    assert_eq!(fatma.app().post_alert(&alert("twee")).unwrap().len(), 32);
}

#[tokio::test]
async fn of_two_hundred_alerts_the_old_half_leaves_no_trace_and_the_new_half_stays() {
    let (street, _fatma, ria, _ahmed) = Street::of_three().await;
    let words = |number: u32| format!("Woorden nummer {number:04} van Ria, die ergens staan");
    for number in 0..100 {
        ria.app().post_alert(&alert(&words(number))).unwrap();
    }
    street.clock.advance_s(10 * DAY_S);
    for number in 100..200 {
        ria.app().post_alert(&alert(&words(number))).unwrap();
    }
    street.clock.advance_s(21 * DAY_S);
    ria.app().tick().unwrap();
    let traces =
        |numbers: std::ops::Range<u32>| numbers.filter(|number| found(&ria, words(*number).as_bytes()) > 0).count();
    assert_eq!((ria.alerts().len(), traces(100..200)), (100, 100));
    assert_eq!(traces(0..100), 0, "no trace of what is over");
    section("a phone that is killed in between goes on with it");
    street.clock.advance_s(10 * DAY_S);
    let mut ria = ria;
    ria.restart();
    ria.app().tick().unwrap();
    assert_eq!((0..200).filter(|number| found(&ria, words(*number).as_bytes()) > 0).count(), 0);
}

#[tokio::test]
async fn a_relay_that_is_ten_years_ahead_destroys_nothing_and_gets_everything_back_later() {
    let (street, fatma, mut ria, mut ahmed) = Street::of_three().await;
    fatma.app().post_alert(&alert(NOTE)).unwrap();
    for phone in [&fatma, &ria, &ahmed] {
        phone.syncs().await;
    }
    section("the relay's clock leaps; phones are switched off and on");
    street.set_relay_off_s(YEARS_TEN_S);
    for phone in [&mut ria, &mut ahmed] {
        street.clock.advance_s(DAY_S);
        phone.syncs().await;
        phone.reboot();
        phone.syncs().await;
        phone.app().tick().unwrap();
        assert_eq!(phone.alert().note, NOTE, "{}", phone.name);
        assert!(phone.app().connection().unwrap().clock_ahead_s.is_some(), "and the screen says that clocks differ");
    }
    section("an alert that is posted now waits, as the relay takes it for expired");
    let second = ria.app().post_alert(&alert("twee")).unwrap();
    ria.syncs().await;

    section("the relay is set right: all that it threw away comes back to it, and to a newcomer");
    street.set_relay_off_s(0);
    street.clock.advance_s(DAY_S);
    for phone in [&fatma, &ria, &ahmed, &fatma] {
        phone.syncs().await;
    }
    assert_eq!(ahmed.app().alert(&second).unwrap().note, "twee");
    let jan = street.neighbour(&fatma, "Jan", "18").await;
    assert_eq!(jan.alerts().len(), 2);

    section("the control: a month later it is over on all of them");
    street.clock.advance_s(31 * DAY_S);
    for phone in [&fatma, &ahmed, &jan] {
        phone.app().tick().unwrap();
        assert!(phone.alerts().iter().all(|alert| alert.note != NOTE), "{}", phone.name);
    }
}

#[tokio::test]
async fn a_phone_whose_clock_is_ten_years_ahead_ends_nothing_until_the_relay_agrees() {
    let (street, _fatma, mut ria, ahmed) = Street::of_three().await;
    ahmed.app().post_alert(&alert(NOTE)).unwrap();
    ahmed.syncs().await;
    ria.syncs().await;
    ria.set_clock_off_s(YEARS_TEN_S);
    ria.reboot();
    for _ in 0..5 {
        street.clock.advance_s(DAY_S);
        ria.syncs().await;
        assert_eq!(ria.alert().note, NOTE);
    }
    section("the control: clock and relay together are believed");
    street.set_relay_off_s(YEARS_TEN_S);
    ria.syncs().await;
    ria.app().tick().unwrap();
    assert!(ria.alerts().is_empty());
}

/// Ria's alert, known to all three: its id, and its sealed bytes.
async fn with_rias_alert() -> (Street, [Phone; 3], String, Vec<u8>) {
    let (street, fatma, ria, ahmed) = Street::of_three().await;
    let before = sealed_at(&street.relay_folder());
    let note = NewAlert { called_112: None, ..alert(NOTE) };
    let id = ria.app().post_alert(&note).unwrap();
    for phone in [&ria, &fatma, &ahmed] {
        phone.syncs().await;
        assert_eq!(phone.alert().note, NOTE);
    }
    let sealed = sealed_at(&street.relay_folder()).into_iter().find(|one| !before.contains(one)).unwrap();
    (street, [fatma, ria, ahmed], id, sealed)
}

async fn days_pass(street: &Street, days: i64, phones: &[&Phone]) {
    for _ in 0..days {
        street.clock.advance_s(DAY_S);
        for phone in phones {
            phone.syncs().await;
        }
    }
}

#[tokio::test]
async fn what_ria_erases_is_hidden_at_once_and_gone_from_the_others_disks_after_a_week() {
    let (street, [fatma, ria, ahmed], id, sealed) = with_rias_alert().await;
    ria.does(Intent::Open { alert: id.clone() });
    ria.app().erase(&id[..6]).unwrap();
    assert!(ria.alerts().is_empty());
    assert_eq!(found(&ria, NOTE.as_bytes()), 0, "her own phone destroys it at once");
    assert_eq!(ria.screen().id, "home");
    ria.syncs().await;
    for phone in [&fatma, &ahmed] {
        phone.syncs().await;
        assert!(phone.alerts().is_empty(), "hidden on {}", phone.name);
        phone.app().rebuild().unwrap();
        assert!(phone.alerts().is_empty(), "also after the views are made anew");
    }
    section("six days later a word could still bring it back; a newcomer does not see it either");
    days_pass(&street, 6, &[&fatma, &ahmed]).await;
    assert!(found(&ahmed, &sealed) > 0, "the control: the sealed bytes are there");
    let jan = street.neighbour(&fatma, "Jan", "18").await;
    assert!(jan.alerts().is_empty());
    section("after more than a week it is destroyed, and nobody fetches it back");
    days_pass(&street, 3, &[&fatma, &ahmed, &ria]).await;
    for phone in [&fatma, &ahmed, &ria] {
        assert_eq!(found(phone, &sealed), 0, "{}", phone.name);
    }
}

#[tokio::test]
async fn nobody_erases_for_others_but_a_coordinator() {
    let (street, [fatma, ria, ahmed], id, sealed) = with_rias_alert().await;
    assert!(matches!(ahmed.app().erase(&id), Err(ratel_core::Error::NotYours)));
    section("an Erase that no app of Ahmed's writes does nothing");
    let thief = Insider::of(&street, ahmed);
    let refs = vec![Ref::from_hex(&id).unwrap()];
    thief.posts(&street, &thief.operation(None, Body::Content(Content::Erase { refs }))).await;
    days_pass(&street, 9, &[&fatma, &ria]).await;
    assert_eq!((fatma.alert().note, ria.alert().note), (NOTE.to_owned(), NOTE.to_owned()));
    section("the control: Fatma's does");
    fatma.app().erase(&id).unwrap();
    fatma.syncs().await;
    ria.syncs().await;
    assert!(fatma.alerts().is_empty() && ria.alerts().is_empty());
    days_pass(&street, 9, &[&fatma, &ria]).await;
    assert_eq!((found(&fatma, &sealed), found(&ria, &sealed)), (0, 0));
}

#[tokio::test]
async fn a_thief_who_erases_all_from_ahmeds_phone_has_erased_nothing_once_the_phone_is_out() {
    for (days, stays) in [(5, 1), (9, 0)] {
        section(&format!("the thief taps, and after {days} days Fatma takes the phone out of the street"));
        let (street, fatma, ria, ahmed) = Street::of_three().await;
        let id = ahmed.app().post_alert(&alert(NOTE)).unwrap();
        for phone in [&ahmed, &fatma, &ria] {
            phone.syncs().await;
            assert_eq!(phone.alert().note, NOTE);
        }
        ahmed.app().erase(&id).unwrap();
        ahmed.syncs().await;
        days_pass(&street, days, &[&fatma, &ria]).await;
        assert!(fatma.alerts().is_empty() && ria.alerts().is_empty(), "hidden so far");
        assert_eq!(fatma.app().remove("Ahmed", "zijn telefoon is gestolen").unwrap(), None);
        days_pass(&street, 5, &[&fatma, &ria]).await;
        assert_eq!((fatma.alerts().len(), ria.alerts().len()), (stays, stays));
    }
}

#[tokio::test]
async fn after_two_years_everybody_still_has_a_name_and_the_street_too() {
    let (street, fatma, ria, ahmed) = Street::of_three().await;
    // Phones are on and meet the relay once in ten days.
    for _ in 0..73 {
        street.clock.advance_s(10 * DAY_S);
        for phone in [&fatma, &ria, &ahmed] {
            phone.syncs().await;
        }
    }
    let id = ria.app().post_alert(&alert(NOTE)).unwrap();
    ria.syncs().await;
    for phone in [&fatma, &ahmed] {
        phone.syncs().await;
        let alert = phone.app().alert(&id).unwrap();
        assert_eq!((alert.author.name.as_str(), alert.author.number.as_deref()), ("Ria", Some("14")), "{}", phone.name);
        assert_eq!(phone.app().neighbourhood().unwrap().street, "Zonnebloemstraat");
    }
}
