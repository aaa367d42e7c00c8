//! Clocks that are wrong: nothing is lost, and the screen says so (G10 for one phone).

use ratel_core::{
    NewAlert,
    intent::{AlertKind, PlaceChoice},
    view::Delivery,
};
use ratel_tests::{Street, section};

const YEARS_TEN_S: i64 = 3650 * 86_400;

fn alert() -> NewAlert {
    NewAlert { kind: AlertKind::Fire, place: PlaceChoice::Here, note: String::new(), called_112: None, practice: false }
}

#[tokio::test]
async fn an_alert_from_a_clock_ten_years_off_arrives_and_the_phone_says_that_its_clock_is_wrong() {
    for off_s in [YEARS_TEN_S, -YEARS_TEN_S] {
        section(&format!("Ria's clock is {off_s} seconds off after a boot"));
        let (street, _fatma, mut ria, ahmed) = Street::of_three().await;
        ria.set_clock_off_s(off_s);
        ria.reboot();
        ria.syncs().await;
        let id = ria.app().post_alert(&alert()).unwrap();
        ria.syncs().await;
        assert_eq!(ria.app().alert(&id).unwrap().delivery, Delivery::Sent);
        let ahead = ria.app().connection().unwrap().clock_ahead_s.expect("the clock is doubted");
        assert_eq!(ahead.signum(), off_s.signum());
        ahmed.syncs().await;
        let shown = ahmed.alert();
        assert_eq!(shown.kind, AlertKind::Fire);
        let now_s = street.clock.now_ms().div_euclid(1000);
        assert!(shown.time_s <= now_s + 120, "a time from the future is clamped");
    }
}

#[tokio::test]
async fn a_street_keeps_its_alerts_when_one_phone_leaps_ahead() {
    let (_street, _fatma, mut ria, ahmed) = Street::of_three().await;
    ahmed.app().post_alert(&alert()).unwrap();
    ahmed.syncs().await;
    ria.syncs().await;
    ria.set_clock_off_s(YEARS_TEN_S);
    ria.reboot();
    assert_eq!(ria.alerts().len(), 1, "the alert is not thought expired");
    ria.syncs().await;
    assert_eq!(ria.alerts().len(), 1);
}

#[tokio::test]
async fn after_a_week_a_watching_coordinators_phone_makes_a_new_key_that_all_can_use() {
    let (street, fatma, ria, ahmed) = Street::of_three().await;
    let envelopes = || ratel_relay::inspect(&street.relay_folder(), 1).unwrap().envelopes;
    let watch = async || {
        // The clock of the running app does it by itself; nobody taps anything.
        let app = fatma.app().clone();
        app.run(tokio::time::sleep(std::time::Duration::from_secs(2))).await;
    };
    watch().await;
    let before = envelopes();
    section("the control: a day later nothing happens");
    street.clock.advance_s(86_400);
    watch().await;
    assert_eq!(envelopes(), before);
    section("a week and the two days of the stagger later there is a Rekey for each of the three channels");
    street.clock.advance_s(9 * 86_400);
    watch().await;
    assert_eq!(envelopes(), before + 3);
    ria.syncs().await;
    ria.app().post_alert(&alert()).unwrap();
    ria.syncs().await;
    for phone in [&ahmed, &fatma] {
        phone.syncs().await;
        assert_eq!(phone.alert().kind, AlertKind::Fire, "{}", phone.name);
    }
}
