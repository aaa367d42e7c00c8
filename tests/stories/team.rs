//! The team's notes and the move of the relay by the screens: who is shown a way to them, who is refused, and what is kept
//! of what somebody typed.

use ratel_core::{
    Error,
    intent::Intent,
    screen::{Mode, Node},
    view::Role,
};
use ratel_tests::{Phone, Street, section};

const LAMP: &str = "De lamp bij nummer 9 is stuk.";

async fn meet(phones: &[&Phone]) {
    for _ in 0..2 {
        for phone in phones {
            phone.syncs().await;
        }
    }
}

/// What stands in the field of the screen.
fn typed(phone: &Phone) -> String {
    let screen = phone.screen();
    let field = screen.nodes.iter().find_map(|node| match node {
        Node::Input { input } => Some(input.value.clone()),
        _ => None,
    });
    field.expect("a field to type in")
}

#[tokio::test]
async fn ria_finds_no_way_to_the_team() {
    // R23
    let (_street, fatma, ria, ahmed) = Street::of_three().await;
    fatma.app().give_role("Ahmed", Role::Patrol).unwrap();
    meet(&[&fatma, &ahmed, &ria]).await;

    section("Ria sees no entry, in neither use, and by hand it is refused in words");
    for mode in [Mode::Simplified, Mode::Full] {
        ria.does(Intent::SetMode { mode });
        ria.does(Intent::Home);
        assert!(!ria.offers("team"));
        ria.presses("people");
        assert!(!ria.offers("team"));
        let asked = [Intent::OpenTeam { page: 0 }, Intent::OpenTeamWrite, Intent::TeamSend];
        for refused in asked.map(|intent| ria.app().handle(intent).unwrap_err()) {
            assert!(matches!(refused, Error::NotAllowed | Error::Setting), "{refused}");
        }
        assert_eq!(ria.screen().id, "people", "and nothing has changed");
    }
}

#[tokio::test]
async fn ahmed_writes_for_the_team_and_takes_it_back() {
    // R23, U15
    let (_street, fatma, ria, ahmed) = Street::of_three().await;
    fatma.app().give_role("Ahmed", Role::Patrol).unwrap();
    meet(&[&fatma, &ahmed, &ria]).await;

    section("Ahmed looks at the news; then he reads in simplified use, where nothing asks him to type");
    ahmed.does(Intent::OpenChanges { page: 0 });
    ahmed.does(Intent::Home);
    ahmed.presses("team");
    assert!(ahmed.words().contains("Het team schreef nog niets.") && !ahmed.offers("team-write"));

    section(
        "in full use he writes: an empty note is refused with what to do, and what he typed survives a kill and a way back",
    );
    ahmed.does(Intent::SetMode { mode: Mode::Full });
    ahmed.presses("team-write");
    let refused = ahmed.app().handle(Intent::TeamSend).unwrap_err();
    assert_eq!(refused.sentence("nl"), "Er staat nog niets. Schrijf eerst iets.");
    ahmed.does(Intent::TeamDraft { note: LAMP.to_owned() });
    ahmed.presses("back");
    assert!(!ahmed.words().contains(LAMP), "nobody has it yet");
    let mut ahmed = ahmed;
    ahmed.restart();
    ahmed.presses("team-write");
    assert_eq!(typed(&ahmed), LAMP);
    ahmed.presses("team-send");
    assert_eq!(ahmed.screen().id, "team");
    assert!(ahmed.words().contains(LAMP));
    ahmed.presses("team-write");
    assert_eq!(typed(&ahmed), "", "what was sent is not sent twice");
    ahmed.presses("back");
    assert_eq!(ahmed.app().connection().unwrap().waiting, 1, "it waits, and the status line says so");

    section("Fatma reads it, and who wrote it; Ria's phone carries it shut");
    meet(&[&ahmed, &fatma, &ria]).await;
    fatma.does(Intent::OpenTeam { page: 0 });
    assert!(fatma.words().contains(LAMP) && fatma.words().contains("Van Ahmed, nummer 16"));
    let id = fatma.app().notes(ratel_core::envelope::operation::keys::Channel::Team).unwrap()[0].id.clone();
    assert!(!fatma.offers(&format!("withdraw-{id}")), "it is not hers to take back");
    assert!(matches!(fatma.app().handle(Intent::WithdrawNote { id: id.clone() }), Err(Error::NotYours)));

    section("Ahmed takes it back; Fatma, who looks at it, sees it go");
    ahmed.presses(&format!("withdraw-{id}"));
    meet(&[&ahmed, &fatma, &ria]).await;
    for phone in [&ahmed, &fatma] {
        assert_eq!(phone.screen().id, "team");
        assert!(
            !phone.words().contains(LAMP) && phone.words().contains("Het team schreef nog niets."),
            "{}",
            phone.name
        );
    }

    section("Ahmed walks no more while he looks at it: he is led home");
    fatma.app().give_role("Ahmed", Role::Resident).unwrap();
    meet(&[&fatma, &ahmed]).await;
    assert_eq!(ahmed.screen().id, "home");
    assert!(!ahmed.offers("team"));
}

#[tokio::test]
async fn fatma_moves_the_post_box_by_the_screens_and_all_are_told_and_follow() {
    let (mut street, fatma, ria, ahmed) = Street::of_three().await;
    meet(&[&ria, &ahmed, &fatma]).await;
    let elsewhere = Street::new().await;
    let new = elsewhere.relay_url();

    section("Ahmed is no coordinator: no row in his settings, and by hand it is refused");
    ahmed.does(Intent::SetMode { mode: Mode::Full });
    ahmed.presses("settings");
    assert!(!ahmed.offers("relay"));
    assert!(matches!(ahmed.app().handle(Intent::OpenRelay { note: None }), Err(Error::NotCoordinator)));

    section("Fatma finds it in full use; a wrong address is refused with what to do, and changes nothing");
    fatma.presses("settings");
    assert!(!fatma.offers("relay"));
    fatma.does(Intent::SetMode { mode: Mode::Full });
    fatma.presses("relay");
    assert!(fatma.words().contains(&street.relay_url()), "where it is now");
    let types = |text: &str| fatma.app().handle(Intent::OpenRelay { note: Some(text.to_owned()) });
    for wrong in ["overal", "http://postbus.example", "https://postbus.example/pad", "https://Bücher.example", ""] {
        let refused = types(wrong).unwrap_err();
        assert_eq!(refused.sentence("nl"), "Dit adres kan niet. Schrijf https:// en dan alleen de naam.", "{wrong}");
        assert_eq!(fatma.screen().id, "relay");
    }
    assert!(matches!(types(&street.relay_url()), Err(Error::DoneAlready)));

    section("a good one is shown once more, the safe way first; the way back keeps what she typed");
    types(&new).unwrap();
    assert_eq!(fatma.screen().id, "relay-move");
    assert!(fatma.words().contains(&new) && fatma.words().contains("Elke telefoon gaat mee naar dit adres."));
    fatma.presses("back");
    assert_eq!(typed(&fatma), new);
    fatma.presses("relay-next");
    fatma.presses("stays");
    assert_eq!(fatma.screen().id, "home");
    assert!(!fatma.app().changes().unwrap().iter().any(|change| change.what == ratel_core::view::ChangeKind::Relay));

    section("she moves it, and stands before what has changed; the others hear of it on their first screen");
    fatma.does(Intent::OpenRelay { note: None });
    types(&new).unwrap();
    fatma.presses("goes");
    assert_eq!(fatma.screen().id, "changes");
    assert!(fatma.words().contains("De postbus van de buurt is verhuisd."));
    fatma.presses("back");
    assert_eq!(fatma.screen().id, "home", "what she typed is not left open");
    meet(&[&fatma, &ria, &ahmed]).await;
    for phone in [&ria, &ahmed] {
        phone.does(Intent::Home);
        assert!(phone.words().contains("De postbus van de buurt is verhuisd."), "{}", phone.name);
    }

    section("the old one goes, and they meet at the new one");
    street.unplug().await;
    for press in ["report", "kind-vehicle", "send"] {
        ria.presses(press);
    }
    elsewhere.clock.advance_s(11);
    street.clock.advance_s(11);
    ria.app().tick().unwrap();
    for phone in [&ria, &fatma, &ahmed] {
        phone.tries_to_sync().await.unwrap();
    }
    assert_eq!((fatma.alerts().len(), ahmed.alerts().len()), (1, 1));
}
