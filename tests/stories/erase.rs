//! "Verwijder voor altijd", by the screens: what goes, what others see of it, and who may.

use ratel_core::{
    Error, ExportFormat, NewAlert,
    intent::{AlertKind, Intent, PlaceChoice},
    screen::Mode,
    view::Alert,
};
use ratel_tests::{Phone, Street, section};

const NOTE: &str = "Een grijze bus rijdt al een uur rondjes";

fn bus() -> NewAlert {
    NewAlert {
        kind: AlertKind::Vehicle,
        place: PlaceChoice::Here,
        note: NOTE.to_owned(),
        called_112: None,
        practice: false,
    }
}

async fn meet(phones: &[&Phone]) {
    for _ in 0..2 {
        for phone in phones {
            phone.syncs().await;
        }
    }
}

/// Whether the words stand in a file of the phone's store.
fn holds_words(phone: &Phone) -> bool {
    let files = std::fs::read_dir(phone.folder()).unwrap().flatten();
    files.into_iter().any(|file| {
        let bytes = std::fs::read(file.path()).unwrap();
        bytes.windows(NOTE.len()).any(|window| window == NOTE.as_bytes())
    })
}

fn opens(phone: &Phone, alert: &str) -> Alert {
    phone.does(Intent::Open { alert: alert.to_owned() });
    phone.app().alert(alert).unwrap()
}

#[tokio::test]
async fn ria_takes_her_alert_away_for_ever_and_is_told_first_what_that_does() {
    // U17, R29
    let (street, fatma, ria, ahmed) = Street::of_three().await;
    let id = ria.app().post_alert(&bus()).unwrap();
    meet(&[&ria, &fatma, &ahmed]).await;

    section("Ahmed, a neighbour, finds no way to it, and asking for it by hand is refused in words");
    ahmed.does(Intent::SetMode { mode: Mode::Full });
    opens(&ahmed, &id);
    assert!(!ahmed.offers("erase"));
    let refused = ahmed.app().handle(Intent::Erase { alert: id.clone() }).unwrap_err();
    assert!(matches!(refused, Error::NotYours));
    assert_eq!(refused.sentence("nl"), "Deze melding is van een ander. Maak zelf een melding.");
    assert_eq!(ahmed.screen().id, "detail", "and nothing has changed");

    section("Ria is told what happens at her neighbours; the safe way comes first and leads back");
    opens(&ria, &id);
    ria.presses("erase");
    assert_eq!(ria.screen().id, "erase");
    for said in [
        "Uw buren zien de melding dan niet meer.",
        "Een telefoon die dit hoort, wist het na een week.",
        "komt nooit meer terug",
    ] {
        assert!(ria.words().contains(said), "{}", ria.words());
    }
    ria.presses("stays");
    assert_eq!((ria.screen().id.as_str(), ria.alert().note.as_str()), ("sent", NOTE));
    assert!(holds_words(&ria), "the search finds what there is to find");

    section("she does it without internet: gone here at once, and the screen says that it waits for the others");
    ria.presses("erase");
    ria.presses("goes");
    assert_eq!(ria.screen().id, "erased");
    assert!(ria.words().contains("Bij uw buren verdwijnt het zodra het kan."));
    assert!(ria.alerts().is_empty() && !holds_words(&ria));
    assert!(matches!(ria.app().export(&id, ExportFormat::Json), Err(Error::NoSuchAlert)));
    assert!(matches!(ria.app().handle(Intent::Open { alert: id.clone() }), Err(Error::NoSuchAlert)));
    assert_eq!(ahmed.alert().note, NOTE, "Ahmed has not heard of it");

    section("it came through: hidden at the others, where Ahmed looks at it no more");
    meet(&[&ria, &fatma, &ahmed]).await;
    assert!(ria.words().contains("Bij uw buren verdwijnt het ook."));
    ria.presses("back");
    assert_eq!(ria.screen().id, "home");
    for phone in [&fatma, &ahmed] {
        assert!(phone.alerts().is_empty(), "{}", phone.name);
        assert!(matches!(phone.app().export(&id, ExportFormat::Json), Err(Error::NoSuchAlert)), "{}", phone.name);
        assert!(!phone.words().contains(NOTE), "{}", phone.name);
    }
    assert_eq!(ahmed.screen().id, "home");

    section("after a week the words are on no disk");
    street.clock.advance_s(8 * 86_400);
    for phone in [&fatma, &ahmed] {
        phone.app().tick().unwrap();
        assert!(!holds_words(phone), "{}", phone.name);
    }
}

#[tokio::test]
async fn fatma_coordinates_and_takes_away_what_ahmed_wrote() {
    let (_street, fatma, ria, ahmed) = Street::of_three().await;
    let id = ahmed.app().post_alert(&bus()).unwrap();
    meet(&[&ahmed, &fatma, &ria]).await;

    section("in simplified use she has the answers only; in full use it stands last");
    opens(&fatma, &id);
    assert!(!fatma.offers("erase"));
    fatma.does(Intent::SetMode { mode: Mode::Full });
    fatma.presses("erase");
    assert!(fatma.words().contains("Ook Ahmed ziet de melding dan niet meer."));
    fatma.presses("goes");
    assert_eq!(fatma.screen().id, "erased");
    assert!(fatma.alerts().is_empty());

    section("Ahmed looks at his alert while it goes: he is led home, and the alert is nowhere");
    opens(&ahmed, &id);
    meet(&[&fatma, &ahmed, &ria]).await;
    assert_eq!(ahmed.screen().id, "home");
    for phone in [&ahmed, &ria] {
        assert!(phone.alerts().is_empty(), "{}", phone.name);
    }
}

#[tokio::test]
async fn ria_takes_a_letter_away_from_the_helper_too() {
    // R27
    let (_street, fatma, ria, ahmed) = Street::of_three().await;
    meet(&[&ria, &ahmed, &fatma]).await;
    ria.app().choose_helper(Some("Ahmed")).unwrap();
    let id = ria.app().post_alert(&NewAlert { kind: AlertKind::DoorstepScam, ..bus() }).unwrap();
    meet(&[&ria, &ahmed, &fatma]).await;
    opens(&ahmed, &id);
    opens(&ria, &id);
    ria.presses("withdraw");
    ria.presses("erase");
    assert!(ria.words().contains("Ahmed ziet het bericht dan niet meer."));
    ria.presses("goes");
    meet(&[&ria, &ahmed, &fatma]).await;
    assert!(ria.words().contains("Bij uw helper verdwijnt het ook."));
    assert!(ria.alerts().is_empty() && ahmed.alerts().is_empty());
    assert_eq!(ahmed.screen().id, "home");
}
