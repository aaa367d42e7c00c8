//! Several people write at once: nothing is lost and all phones agree.

use ratel_core::{
    NewAlert,
    intent::{AlertKind, Answer, Intent, PlaceChoice},
};
use ratel_tests::{Phone, Street, section};

fn help(note: &str) -> NewAlert {
    NewAlert {
        kind: AlertKind::Help,
        place: PlaceChoice::Home,
        note: note.into(),
        called_112: Some(false),
        practice: false,
    }
}

#[tokio::test]
async fn two_texts_written_at_once_are_both_kept_and_shown() {
    // R01: "Two people editing at once: nothing lost"
    let (street, fatma, ria, ahmed) = Street::of_three().await;
    let id = ria.app().post_alert(&help("oud")).unwrap();
    for phone in [&ria, &fatma, &ahmed] {
        phone.syncs().await;
    }
    section("Ria and her coordinator change the text, apart from each other");
    ria.does(Intent::Edit { alert: id.clone(), note: "van Ria".into() });
    street.clock.advance_s(5);
    fatma.does(Intent::Open { alert: id.clone() });
    let refused = ahmed.app().handle(Intent::Edit { alert: id.clone(), note: "van Ahmed".into() });
    assert!(refused.is_err(), "it is not Ahmed's");
    fatma.does(Intent::Edit { alert: id.clone(), note: "van Fatma".into() });
    meet(&[&ria, &fatma, &ahmed]).await;
    let seen: Vec<(String, Vec<String>)> = [&ria, &fatma, &ahmed]
        .iter()
        .map(|phone| phone.app().alert(&id).map(|alert| (alert.note, alert.other_notes)).unwrap())
        .collect();
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[1], seen[2]);
    let mut texts = vec![seen[0].0.clone()];
    texts.extend(seen[0].1.clone());
    texts.sort();
    assert_eq!(texts, ["van Fatma", "van Ria"]);
    assert!(ahmed.alert().place.contains("14"), "at Ria's house");

    section("one more edit settles it");
    ria.does(Intent::Edit { alert: id.clone(), note: "samen".into() });
    meet(&[&ria, &fatma, &ahmed]).await;
    let settled = ahmed.app().alert(&id).unwrap();
    assert_eq!((settled.note.as_str(), settled.other_notes.len()), ("samen", 0));
}

#[tokio::test]
async fn answers_given_offline_all_arrive_whatever_their_order() {
    // R01, R59
    let (mut street, fatma, ria, ahmed) = Street::of_three().await;
    let id = ria.app().post_alert(&help("gevallen")).unwrap();
    meet(&[&ria, &fatma, &ahmed]).await;
    street.unplug().await;
    ahmed.does(Intent::Answer { alert: id.clone(), answer: Answer::See });
    ahmed.does(Intent::Answer { alert: id.clone(), answer: Answer::Come });
    fatma.does(Intent::Answer { alert: id.clone(), answer: Answer::Come });
    fatma.does(Intent::Called112 { alert: id.clone(), called: true });
    street.plug_in().await;
    meet(&[&fatma, &ahmed, &ria]).await;
    for phone in [&ria, &fatma, &ahmed] {
        let alert = phone.app().alert(&id).unwrap();
        let answers: Vec<_> = alert.answers.iter().map(|a| (a.person.name.as_str(), a.answer)).collect();
        assert_eq!(answers, [("Ahmed", Answer::Come), ("Fatma", Answer::Come)], "{}", phone.name);
        assert_eq!(alert.called_112, Some(true), "any yes wins");
    }
}

#[tokio::test]
async fn a_practice_alert_is_marked_everywhere() {
    let (street, _fatma, ria, ahmed) = Street::of_three().await;
    ria.does(Intent::Practise);
    ria.presses("kind-fire");
    ria.presses("send");
    street.clock.advance_s(11);
    ria.app().tick().unwrap();
    ria.syncs().await;
    ahmed.syncs().await;
    assert!(ahmed.alert().practice);
    let alarm = ahmed.screen().alarm.clone().expect("it is heard");
    assert!(!alarm.repeats && alarm.spoken.is_some(), "a knock and the word, not the rattle");
}

async fn meet(phones: &[&Phone]) {
    for _ in 0..2 {
        for phone in phones {
            phone.syncs().await;
        }
    }
}
