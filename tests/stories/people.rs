//! Who takes part, as people see it: every admission is news until somebody looks; acts lead from screen to screen.

use ratel_core::{intent::Intent, screen::Screen, view::Role};
use ratel_tests::{Phone, reading::texts, section};

use crate::trust::{of_four, sync};

/// Everything that stands on a screen.
fn read(screen: &Screen) -> Vec<String> {
    screen.nodes.iter().flat_map(texts).collect()
}

fn reads(phone: &Phone, words: &str) -> bool {
    read(&phone.screen()).iter().any(|text| text.contains(words))
}

/// Opens the screen of a neighbour, from home.
fn opens(phone: &Phone, name: &str) {
    phone.does(Intent::Home);
    phone.does(Intent::OpenPeople { page: 0, role: None });
    let person = phone.app().members().unwrap().into_iter().find(|it| it.person.name == name).unwrap().id;
    phone.does(Intent::OpenMember { person });
}

#[tokio::test]
async fn r20_every_admission_is_news_for_all_until_they_look_and_history_is_none_for_a_newcomer() {
    let (street, fatma, jan, ria, ahmed) = of_four().await;
    for phone in [&jan, &ria, &ahmed] {
        phone.does(Intent::OpenChanges { page: 0 });
        phone.does(Intent::Home);
    }

    section("Fatma lets in Noor: everybody hears of it on the first screen, Noor of nothing that was before her");
    let noor = street.neighbour(&fatma, "Noor", "8").await;
    sync(&street, &[&fatma, &jan, &ria, &ahmed, &noor]).await;
    for phone in [&jan, &ria, &ahmed] {
        assert!(reads(phone, "Nieuw in de buurt: Noor"), "{}: {:?}", phone.name, read(&phone.screen()));
        assert!(reads(phone, "Door Fatma"), "{}", phone.name);
    }
    assert!(!reads(&fatma, "Nieuw in de buurt"), "what one did oneself is no news");
    assert!(!reads(&noor, "Nieuw in de buurt") && !reads(&noor, "veranderd"), "{:?}", read(&noor.screen()));

    section("a restart forgets nothing; who has looked is told no more, the others still");
    let mut ria = ria;
    ria.restart();
    assert!(reads(&ria, "Nieuw in de buurt: Noor"));
    ria.presses("news");
    assert!(reads(&ria, "Noor doet nu mee."));
    ria.does(Intent::Home);
    assert!(!reads(&ria, "Nieuw in de buurt"), "{:?}", read(&ria.screen()));
    assert!(reads(&jan, "Nieuw in de buurt: Noor"));
}

#[tokio::test]
async fn r13_r12_acts_on_the_screen_lead_to_where_they_are_seen() {
    let (street, fatma, jan, ria, ahmed) = of_four().await;

    section("Fatma gives Ahmed a task, and meets Ria, who came by a link");
    opens(&fatma, "Ahmed");
    fatma.presses("roles");
    fatma.presses("give-patrol");
    assert_eq!(fatma.screen().id, "member");
    assert!(reads(&fatma, "loopt mee"));
    opens(&fatma, "Ria");
    assert!(reads(&fatma, "nog niet gezien"), "the control: she is not met");
    fatma.presses("met");
    assert!(!reads(&fatma, "nog niet gezien"));

    section("to make Ahmed a coordinator takes two: Fatma shows a code, Jan scans it, reads what it does, and signs");
    opens(&fatma, "Ahmed");
    fatma.presses("roles");
    fatma.presses("give-coordinator");
    assert_eq!(fatma.screen().id, "sign-code");
    let code = fatma.app().proposals().unwrap().remove(0).code;
    sync(&street, &[&fatma, &jan, &ria, &ahmed]).await;
    jan.does(Intent::OpenScan { replaces: None });
    jan.does(Intent::Scanned { code });
    assert_eq!(jan.screen().id, "sign");
    assert!(reads(&jan, "Er komt een nieuwe taak voor Ahmed: coördinator.") && reads(&jan, "Fatma zei al ja."));
    jan.presses("sign");
    sync(&street, &[&jan, &fatma, &ria, &ahmed]).await;
    let role = |phone: &Phone| phone.app().members().unwrap().into_iter().find(|it| it.person.name == "Ahmed").unwrap();
    for phone in [&fatma, &jan, &ria, &ahmed] {
        assert_eq!(role(phone).person.role, Role::Coordinator, "{}", phone.name);
    }

    section("Ahmed sees on his first screen what Fatma and Jan did; Fatma's phone asks nothing any more");
    fatma.does(Intent::Home);
    assert!(!reads(&fatma, "Dit wacht op een ander"), "{:?}", read(&fatma.screen()));
    ahmed.does(Intent::OpenChanges { page: 0 });
    assert!(reads(&ahmed, "samen met"), "{:?}", read(&ahmed.screen()));

    section("Fatma takes Ria out; the safe act is pressed first and does nothing (U17)");
    opens(&fatma, "Ria");
    fatma.presses("remove");
    fatma.presses("untold");
    fatma.presses("stays");
    assert_eq!(fatma.screen().id, "member");
    fatma.presses("remove");
    fatma.presses("why-decide");
    fatma.presses("goes");
    assert_eq!(fatma.screen().id, "people");
    assert!(!reads(&fatma, "Ria"), "{:?}", read(&fatma.screen()));
    sync(&street, &[&fatma, &jan, &ria, &ahmed]).await;
    jan.does(Intent::OpenChanges { page: 0 });
    assert!(reads(&jan, "Ria doet niet meer mee.") && !reads(&jan, "Waarom"), "a trustee reads no reason");
    fatma.does(Intent::OpenChanges { page: 0 });
    assert!(reads(&fatma, "Waarom: Doet niet wat wij afspraken"));

    section("Ahmed stops: asked once, and then he is out (U17)");
    ahmed.does(Intent::OpenCharter);
    ahmed.presses("leave");
    ahmed.presses("stays");
    assert_eq!(ahmed.screen().id, "charter");
    ahmed.presses("leave");
    ahmed.presses("goes");
    assert!(reads(&ahmed, "U doet hier niet meer mee."), "{:?}", read(&ahmed.screen()));
}
