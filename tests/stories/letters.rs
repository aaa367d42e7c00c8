//! Somebody at Ria's door: she asks the one helper whom she chose (R27), and nobody else reads it (R25).

use ratel_core::{
    Error, NewAlert,
    envelope::operation::{Body, Content},
    intent::{AlertKind, Answer, Intent, PlaceChoice},
    screen::Node,
    storage::{Mailbox, State, Store},
    view::{AlertState, Delivery},
};
use ratel_tests::{Insider, Phone, Street, section};

async fn meet(phones: &[&Phone]) {
    for _ in 0..2 {
        for phone in phones {
            phone.syncs().await;
        }
    }
}

fn door(note: &str) -> NewAlert {
    NewAlert {
        kind: AlertKind::DoorstepScam,
        place: PlaceChoice::Home,
        note: note.to_owned(),
        called_112: None,
        practice: false,
    }
}

fn texts(phone: &Phone) -> String {
    serde_json::to_string(&*phone.screen()).unwrap()
}

#[tokio::test]
async fn ria_asks_ahmed_and_only_ahmed_knows_of_it() {
    // R27, R25
    let (street, fatma, ria, ahmed) = Street::of_three().await;
    let bea = street.neighbour(&fatma, "Bea", "18").await;
    meet(&[&ria, &ahmed, &bea, &fatma]).await;

    section("without a helper the card says what to do, and nothing is sent");
    assert!(matches!(ria.app().post_alert(&door("")), Err(Error::NoHelper)));
    ria.does(Intent::Report);
    ria.presses("kind-doorstep-scam");
    assert!(!texts(&ria).contains("om hulp"));

    section("Ria chooses Ahmed; the card offers to ask him; ten seconds later he is asked");
    ria.app().choose_helper(Some("Ahmed")).unwrap();
    ria.does(Intent::Report);
    ria.presses("kind-doorstep-scam");
    assert!(texts(&ria).contains("Alleen Ahmed krijgt dit.") && texts(&ria).contains("Vraag Ahmed om hulp"));
    ria.presses("send");
    street.clock.advance_s(11);
    ria.app().tick().unwrap();
    meet(&[&ria, &ahmed, &bea, &fatma]).await;
    assert!(texts(&ria).contains("Alleen Ahmed krijgt dit."));
    let asked = ria.alert();
    assert_eq!((asked.delivery, asked.to.as_ref().unwrap().name.as_str()), (Delivery::Sent, "Ahmed"));

    section("Ahmed's phone sounds, says who asks, and has two answers");
    assert!(ahmed.screen().alarm.as_ref().is_some_and(|alarm| alarm.repeats));
    assert!(texts(&ahmed).contains("Ria vraagt om hulp") && texts(&ahmed).contains("Iemand aan de deur."));
    ahmed.does(Intent::Open { alert: asked.id.clone() });
    assert!(ahmed.alert().place.contains("14"), "at Ria's house");
    ahmed.presses("answer-call");
    street.clock.advance_s(5);
    ahmed.does(Intent::ChangeAnswer { alert: asked.id.clone() });
    ahmed.presses("answer-come");
    meet(&[&ahmed, &ria, &bea, &fatma]).await;
    assert_eq!(ria.alert().answers.iter().map(|it| it.answer).collect::<Vec<_>>(), [Answer::Come]);
    assert!(texts(&ria).contains("Ahmed komt"));

    section("Bea and the coordinator carry it and know nothing but that Ria wrote to somebody");
    for other in [&bea, &fatma] {
        assert!(other.alerts().is_empty());
        assert!(!texts(other).contains("Ria vraagt"));
        assert!(matches!(other.app().alert(&asked.id), Err(Error::NoSuchAlert)));
        assert!(other.screen().alarm.is_none());
    }

    section("what follows a letter is a letter too: Ria takes it back, and only Ahmed sees that");
    assert!(ria.app().handle(Intent::Called112 { alert: asked.id.clone(), called: true }).is_err());
    assert!(ria.app().handle(Intent::Edit { alert: asked.id.clone(), note: "toch niet".into() }).is_err());
    ria.does(Intent::Withdraw { alert: asked.id.clone() });
    meet(&[&ria, &ahmed, &bea, &fatma]).await;
    assert_eq!(ahmed.alert().state, AlertState::Withdrawn);
}

#[tokio::test]
async fn ahmed_still_reads_the_letter_when_the_key_that_opened_it_is_destroyed() {
    let (street, fatma, ria, ahmed) = Street::of_three().await;
    ria.app().choose_helper(Some("Ahmed")).unwrap();
    let days_pass = |days: i64| street.clock.advance_s(days * 86_400);
    days_pass(20);
    meet(&[&ria, &ahmed, &fatma]).await;
    ria.app().post_alert(&door("Hij belt weer aan.")).unwrap();
    meet(&[&ria, &ahmed]).await;
    // A month after he came in, Ahmed's phone has a new key for boxes; two weeks later the first is gone.
    days_pass(11);
    meet(&[&ahmed, &ria]).await;
    days_pass(15);
    meet(&[&ahmed, &ria]).await;
    ahmed.app().rebuild().unwrap();
    assert_eq!(ahmed.alert().note, "Hij belt weer aan.");
}

/// What lies in a phone's store about letters: sizes, and whether it could open any.
fn letters(phone: &mut Phone) -> (Vec<usize>, usize) {
    phone.kill();
    let store = Store::open(phone.folder()).unwrap();
    let kind = ratel_core::envelope::operation::number::LETTER;
    let rows = store.envelopes_in(Mailbox::Content, State::Opened).unwrap();
    let views = store.views(kind, ratel_protocol::Day(0), 100).unwrap().len();
    let sizes = rows.iter().map(|row| row.bytes.len()).filter(|size| *size == 2048).collect();
    drop(store);
    phone.start();
    (sizes, views)
}

#[tokio::test]
async fn letters_have_one_size_whatever_they_say_and_no_third_phone_opens_one() {
    // R27
    let (_street, fatma, ria, ahmed) = Street::of_three().await;
    let mut fatma = fatma;
    ria.app().choose_helper(Some("Ahmed")).unwrap();
    ria.app().post_alert(&door("")).unwrap();
    let long = "Hij zegt dat hij van de bank is. ".repeat(8);
    let id = ria.app().post_alert(&door(&long)).unwrap();
    meet(&[&ria, &ahmed, &fatma]).await;
    ahmed.does(Intent::Answer { alert: id, answer: Answer::Call });
    meet(&[&ahmed, &fatma, &ria]).await;
    let (sizes, read) = letters(&mut fatma);
    assert_eq!((sizes, read), (vec![2048; 3], 0));
    let mut ahmed = ahmed;
    assert_eq!(letters(&mut ahmed), (vec![2048; 3], 3), "a control: the helper opens all");
    let too_long = "a".repeat(281);
    assert!(matches!(ria.app().post_alert(&door(&too_long)), Err(Error::TextTooLong { .. })));
}

#[tokio::test]
async fn bea_passes_rias_letter_on_as_her_own_and_it_does_not_open() {
    // R27
    let (street, fatma, ria, ahmed) = Street::of_three().await;
    let bea = street.neighbour(&fatma, "Bea", "18").await;
    ria.app().choose_helper(Some("Ahmed")).unwrap();
    ria.app().post_alert(&door("")).unwrap();
    meet(&[&ria, &bea, &ahmed, &fatma]).await;
    assert_eq!(ahmed.alerts().len(), 1);
    let bea = Insider::of(&street, bea);
    let (letter, salt) = bea.letter().expect("Bea carries it");
    let copied = bea.operation(None, Body::Content(Content::Letter(letter)));
    bea.posts_with(&street, &copied, salt).await;
    meet(&[&ahmed, &ria, &fatma]).await;
    assert_eq!(ahmed.alerts().len(), 1, "the boxes are bound to Ria, even under the same salt");
    assert_eq!(ahmed.alert().author.name, "Ria");
    assert!(!ahmed.screen().nodes.iter().any(|node| matches!(node, Node::Tile { tile } if tile.text.contains("Bea"))));
}
