//! When nobody is left to coordinate, and when people go and come back.

use ratel_core::{
    Error,
    view::{ChangeKind, Role},
};
use ratel_tests::{Street, section};

use super::trust::{names, notes, of_four, reads, says, sync};

#[tokio::test]
async fn the_last_coordinator_leaves_three_neighbours_recover_and_she_comes_back_with_a_new_key() {
    let (street, fatma, jan, ria, ahmed) = of_four().await;
    let mo = street.neighbour(&fatma, "Mo", "20").await;
    says(&fatma, "straatfeest zaterdag");
    sync(&street, &[&fatma, &jan, &ria, &ahmed, &mo]).await;

    section("Fatma leaves; what she said stays, and nobody can let anybody in");
    fatma.app().leave().unwrap();
    sync(&street, &[&fatma, &jan, &ria, &ahmed, &mo]).await;
    for phone in [&jan, &ria, &ahmed, &mo] {
        assert_eq!(names(phone), ["Ahmed", "Jan", "Mo", "Ria"], "{}", phone.name);
        assert_eq!(notes(phone), ["straatfeest zaterdag"], "{}", phone.name);
        assert!(phone.app().invite().is_err(), "{}", phone.name);
    }

    section("alerts go on all the same");
    says(&ria, "vreemd geluid");
    sync(&street, &[&ria, &ahmed]).await;
    assert_eq!(notes(&ahmed).len(), 2);

    section("three neighbours make Ahmed coordinator, each by one scan; two are too few");
    let first = ria.app().recover(&["Ahmed".to_owned()]).unwrap();
    let second = jan.app().cosign(&first).unwrap().expect("two are too few");
    assert!(ria.app().cosign(&second).unwrap().is_some(), "Ria sees that Jan has signed too");
    assert!(matches!(ria.app().cosign(&second), Err(Error::SignedAlready)), "and knew it the second time");
    assert_eq!(ahmed.app().neighbourhood().unwrap().me.role, Role::Resident);
    assert_eq!(mo.app().cosign(&second).unwrap(), None);
    sync(&street, &[&mo, &jan, &ria, &ahmed]).await;
    for phone in [&jan, &ria, &ahmed, &mo] {
        let changes = phone.app().changes().unwrap();
        let newest = changes.first().unwrap();
        assert_eq!((newest.what, newest.with.len()), (ChangeKind::Recovered, 2), "{}", phone.name);
    }
    assert_eq!(ahmed.app().neighbourhood().unwrap().me.role, Role::Coordinator);

    section("the relay knows no coordinator any more: Ahmed moves the street to another one");
    let elsewhere = Street::new().await;
    ahmed.app().move_relay(&elsewhere.relay_url()).unwrap();
    sync(&street, &[&ahmed, &jan, &ria, &mo]).await;

    section("Fatma comes back with a new key, and finds what she said");
    let again = elsewhere.neighbour(&ahmed, "Fatma", "12").await;
    for _ in 0..2 {
        elsewhere.clock.advance_s(120);
        sync(&street, &[&ahmed, &again, &jan, &ria, &mo]).await;
    }
    assert_eq!(names(&again), ["Ahmed", "Fatma", "Jan", "Mo", "Ria"]);
    assert_eq!(again.app().neighbourhood().unwrap().me.role, Role::Resident);
    assert_eq!(notes(&again), ["straatfeest zaterdag", "vreemd geluid"]);
    says(&again, "ik ben er weer");
    sync(&street, &[&again, &jan]).await;
    assert!(notes(&jan).contains(&"ik ben er weer".to_owned()));
}

#[tokio::test]
async fn r22_who_has_been_silent_for_long_lapses_in_one_act_and_what_they_said_stays() {
    let (street, fatma, jan, ria, ahmed) = of_four().await;
    says(&ria, "fiets weg");
    says(&ahmed, "rook");
    sync(&street, &[&ria, &ahmed, &fatma, &jan]).await;
    section("nobody who has an office lapses by one hand, and nobody by a slip of the pen");
    let lapse = |people: &[&str]| fatma.app().lapse(&people.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
    assert!(matches!(lapse(&["Ria", "Jan"]), Err(Error::TwoSignatures)));
    assert!(matches!(lapse(&["Ria", "Xander"]), Err(Error::NoSuchMember)));
    assert!(matches!(lapse(&["Ria", "Fatma"]), Err(Error::NotOneself)));
    assert_eq!(names(&fatma), ["Ahmed", "Fatma", "Jan", "Ria"]);

    lapse(&["Ria", "Ahmed"]).unwrap();
    sync(&street, &[&fatma, &jan]).await;
    for phone in [&fatma, &jan] {
        assert_eq!(names(phone), ["Fatma", "Jan"], "{}", phone.name);
        assert_eq!(notes(phone), ["fiets weg", "rook"], "{}", phone.name);
    }

    section("a lapsed phone opens what is old and nothing that is new (R22, G12)");
    let new = says(&jan, "nieuwe code voor de schuur");
    assert!(!reads(&ria, &jan, &new));
    assert!(reads(&fatma, &jan, &new), "the control: Fatma reads the same bytes");
    assert!(notes(&ria).contains(&"fiets weg".to_owned()));
}

#[tokio::test]
async fn r25_ria_names_ahmed_as_helper_and_both_see_it() {
    let (street, fatma, jan, ria, ahmed) = of_four().await;
    ria.app().choose_helper(Some("Ahmed")).unwrap();
    assert!(matches!(ria.app().choose_helper(Some("Ria")), Err(Error::NotOneself)));
    sync(&street, &[&ria, &ahmed, &fatma, &jan]).await;
    let helps = |phone: &ratel_tests::Phone| -> Vec<(String, bool, bool)> {
        let members = phone.app().members().unwrap();
        let known = members.into_iter().filter(|member| member.helps_me || member.helped_by_me);
        known.map(|member| (member.person.name, member.helps_me, member.helped_by_me)).collect()
    };
    assert_eq!(helps(&ria), [("Ahmed".to_owned(), true, false)]);
    assert_eq!(helps(&ahmed), [("Ria".to_owned(), false, true)]);
    assert!(helps(&jan).is_empty());
    ria.app().choose_helper(None).unwrap();
    sync(&street, &[&ria, &ahmed]).await;
    assert!(helps(&ahmed).is_empty());
}
