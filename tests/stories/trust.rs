//! Trust: who takes part, who may do what, and what stays when somebody goes.

use ratel_core::{
    Error, ExportFormat, NewAlert,
    intent::{AlertKind, Answer, Intent, PlaceChoice},
    view::{ChangeKind, Membership, Role},
};
use ratel_tests::{Phone, Street, section};

/// Fatma coordinates, Jan is trustee, Ria and Ahmed live there.
pub(crate) async fn of_four() -> (Street, Phone, Phone, Phone, Phone) {
    let street = Street::new().await;
    let fatma = street.founder("Fatma").await;
    let jan = street.neighbour(&fatma, "Jan", "10").await;
    let ria = street.neighbour(&fatma, "Ria", "14").await;
    let ahmed = street.neighbour(&fatma, "Ahmed", "16").await;
    sync(&street, &[&fatma, &jan, &ria, &ahmed]).await;
    (street, fatma, jan, ria, ahmed)
}

/// Everybody exchanges with the relay three times, a minute apart, so that who asks for a key is answered.
pub(crate) async fn sync(street: &Street, phones: &[&Phone]) {
    for _ in 0..3 {
        street.clock.advance_s(60);
        for phone in phones {
            let _ = phone.tries_to_sync().await;
        }
    }
}

pub(crate) fn says(phone: &Phone, note: &str) -> String {
    let alert = NewAlert {
        kind: AlertKind::Vehicle,
        place: PlaceChoice::Here,
        note: note.to_owned(),
        called_112: None,
        practice: false,
    };
    phone.app().post_alert(&alert).unwrap()
}

pub(crate) fn notes(phone: &Phone) -> Vec<String> {
    let mut notes: Vec<String> = phone.alerts().into_iter().map(|alert| alert.note).collect();
    notes.sort();
    notes
}

/// Whether the bytes of an alert, brought by hand, tell this phone anything.
pub(crate) fn reads(phone: &Phone, from: &Phone, id: &str) -> bool {
    let bytes = from.app().export(id, ExportFormat::Envelope).unwrap();
    phone.app().take_file(&bytes).unwrap();
    phone.app().alert(id).is_ok()
}

pub(crate) fn names(phone: &Phone) -> Vec<String> {
    phone.app().members().unwrap().into_iter().map(|member| member.person.name).collect()
}

#[tokio::test]
async fn what_ria_said_stays_when_she_is_removed_and_what_she_says_later_does_not_show() {
    let (street, fatma, jan, ria, ahmed) = of_four().await;
    let before = says(&ria, "grijze bus voor de deur");
    ria.syncs().await;
    sync(&street, &[&fatma, &jan, &ahmed]).await;
    ahmed.does(Intent::Answer { alert: before.clone(), answer: Answer::Come });
    sync(&street, &[&ahmed, &fatma, &jan]).await;

    section("Ahmed may not remove anybody, and Jan alone may not either");
    for phone in [&ahmed, &jan] {
        let refused = phone.app().remove("Ria", "lastig").unwrap_err();
        assert!(matches!(refused, Error::NotCoordinator), "{}: {refused:?}", phone.name);
    }
    assert_eq!(names(&fatma), ["Ahmed", "Fatma", "Jan", "Ria"]);

    section("Fatma removes Ria while Ria's phone is off; her phone writes on, without knowing");
    fatma.app().remove("ria", "verhuisd naar Ede").unwrap();
    let late = says(&ria, "nog een bus");
    for phone in [&fatma, &ahmed, &jan] {
        phone.syncs().await;
    }
    let _ = ria.tries_to_sync().await;
    sync(&street, &[&fatma, &ahmed, &jan]).await;

    section("everywhere what she said before stays, with Ahmed's answer, and nothing later shows");
    for phone in [&fatma, &jan, &ahmed] {
        assert_eq!(notes(phone), ["grijze bus voor de deur"], "{}", phone.name);
        assert_eq!(phone.app().alert(&before).unwrap().answers.len(), 1, "{}", phone.name);
        assert!(phone.app().alert(&late).is_err(), "{}", phone.name);
        assert_eq!(names(phone), ["Ahmed", "Fatma", "Jan"], "{}", phone.name);
    }

    section("Ria's phone opens nothing that is said from now on, with all that it has (G12)");
    let new = says(&ahmed, "nieuwe bus");
    assert!(!reads(&ria, &ahmed, &new));
    assert!(reads(&jan, &ahmed, &new), "the control: Jan reads the same bytes");

    section("who looks sees who did it; why, only Fatma");
    for (phone, reason) in [(&ahmed, None), (&jan, None), (&fatma, Some("verhuisd naar Ede"))] {
        let changes = phone.app().changes().unwrap();
        let newest = changes.first().unwrap();
        assert_eq!((newest.what, newest.by.name.as_str()), (ChangeKind::Removed, "Fatma"), "{}", phone.name);
        assert_eq!(newest.whom.iter().map(|person| person.name.as_str()).collect::<Vec<_>>(), ["Ria"]);
        assert_eq!(newest.reason.as_deref(), reason, "{}", phone.name);
    }
    assert!(matches!(fatma.app().remove("Ria", ""), Err(Error::NoSuchMember)), "she is out already");
}

#[tokio::test]
async fn what_was_kept_is_there_after_a_restart_and_for_who_comes_later() {
    let (street, mut fatma, jan, ria, ahmed) = of_four().await;
    says(&ria, "grijze bus");
    sync(&street, &[&ria, &fatma, &jan, &ahmed]).await;
    fatma.app().remove("Ria", "").unwrap();
    sync(&street, &[&fatma, &jan, &ahmed]).await;
    fatma.restart();
    fatma.app().rebuild().unwrap();
    assert_eq!(notes(&fatma), ["grijze bus"]);
    let mo = street.neighbour(&fatma, "Mo", "20").await;
    sync(&street, &[&fatma, &mo]).await;
    sync(&street, &[&fatma, &mo]).await;
    assert_eq!(names(&mo), ["Ahmed", "Fatma", "Jan", "Mo"]);
    assert_eq!(notes(&mo), ["grijze bus"], "the secret of last week came too");
}

#[tokio::test]
async fn a_role_given_by_fatma_opens_the_team_and_taken_back_leaves_what_was_said() {
    let (street, fatma, jan, ria, ahmed) = of_four().await;
    fatma.app().give_role("Ahmed", Role::Patrol).unwrap();
    sync(&street, &[&fatma, &ahmed, &jan, &ria]).await;
    assert_eq!(ahmed.app().neighbourhood().unwrap().me.role, Role::Patrol);
    fatma.app().give_role("Ahmed", Role::Resident).unwrap();
    sync(&street, &[&fatma, &ahmed, &jan, &ria]).await;
    assert_eq!(ahmed.app().neighbourhood().unwrap().me.role, Role::Resident);

    section("somebody whom nobody knows, oneself, and two of one beginning");
    assert!(matches!(fatma.app().remove("Xander", ""), Err(Error::NoSuchMember)));
    assert!(matches!(fatma.app().remove("Fatma", ""), Err(Error::NotOneself)));
    assert!(matches!(fatma.app().remove("", ""), Err(Error::NoSuchMember)));

    section("leaving is never refused, and what was said stays");
    says(&ria, "lamp stuk");
    sync(&street, &[&ria, &fatma]).await;
    ria.does(Intent::Leave);
    sync(&street, &[&ria, &fatma, &ahmed]).await;
    assert_eq!(ria.app().neighbourhood().unwrap().membership, Membership::Removed);
    for phone in [&fatma, &ahmed] {
        assert_eq!(notes(phone), ["lamp stuk"], "{}", phone.name);
        assert_eq!(names(phone), ["Ahmed", "Fatma", "Jan"], "{}", phone.name);
        assert_eq!(phone.app().changes().unwrap().first().unwrap().what, ChangeKind::Left);
    }

    section("Fatma's phone has made a new key by itself: what is said now, Ria's phone cannot read (G12)");
    let new = says(&ahmed, "nieuw slot op de poort");
    assert!(!reads(&ria, &ahmed, &new));
    assert!(reads(&fatma, &ahmed, &new), "the control: Fatma reads the same bytes");
}
