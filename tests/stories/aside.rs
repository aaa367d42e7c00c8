//! What does not count is set aside: shown to whom it concerns, lost to nobody (R03, R13).

use ratel_core::{
    Error, ExportFormat, NewAlert, Taken,
    intent::{AlertKind, Answer, CharterChange, Intent, PlaceChoice},
    screen::Node,
    view::{Delivery, QuarantineReason},
};
use ratel_tests::{Phone, Street, section};

fn alert(kind: AlertKind, note: &str) -> NewAlert {
    NewAlert { kind, place: PlaceChoice::Here, note: note.to_owned(), called_112: None, practice: false }
}

/// Vehicles are no alert any more.
fn no_vehicles() -> CharterChange {
    CharterChange { forbid: vec![AlertKind::Vehicle], ..CharterChange::default() }
}

async fn all_sync(phones: &[&Phone]) {
    for phone in phones.iter().chain(phones) {
        phone.syncs().await;
    }
}

/// R03 as the requirement tells it, over a real relay.
#[tokio::test]
async fn an_alert_that_no_longer_fits_is_shown_to_its_author_and_to_the_coordinator_only() {
    let (_street, fatma, ria, ahmed) = Street::of_three().await;
    let kept = ria.app().post_alert(&alert(AlertKind::Vehicle, "voor de afspraak")).unwrap();
    all_sync(&[&ria, &fatma, &ahmed]).await;

    section("Fatma switches vehicles off; Ahmed's phone has not heard of it and posts one");
    let before = fatma.app().charter().unwrap();
    fatma.app().set_charter(&no_vehicles()).unwrap();
    let late = ahmed.app().post_alert(&alert(AlertKind::Vehicle, "grijze bus")).unwrap();
    assert_eq!(ahmed.app().alert(&late).unwrap().set_aside, None);
    all_sync(&[&fatma, &ahmed, &ria]).await;
    fatma.syncs().await;

    section("what was posted before the change stays, on every phone");
    for phone in [&fatma, &ria, &ahmed] {
        assert_eq!(phone.app().alert(&kept).unwrap().set_aside, None, "{}", phone.name);
    }

    section("the late one: Ahmed sees it marked, Fatma sees it with both versions, Ria sees nothing");
    let own = ahmed.app().alert(&late).unwrap();
    assert_eq!((own.set_aside, own.note.as_str()), (Some(QuarantineReason::Charter), "grijze bus"));
    assert!(ahmed.alerts().iter().any(|alert| alert.id == late), "in his own list too");
    let seen = fatma.app().quarantined().unwrap();
    assert_eq!(seen.len(), 1);
    let one = &seen[0];
    assert_eq!(
        (one.id.as_str(), one.why, one.kind),
        (late.as_str(), QuarantineReason::Charter, Some(AlertKind::Vehicle))
    );
    assert_eq!((one.author.name.as_str(), one.alert.as_ref().unwrap().note.as_str()), ("Ahmed", "grijze bus"));
    let versions = (one.before.as_ref().unwrap(), one.after.as_ref().unwrap());
    assert_eq!((&versions.0.version, &versions.1.version), (&before.version, &fatma.app().charter().unwrap().version));
    assert!(versions.0.kinds.contains(&AlertKind::Vehicle) && !versions.1.kinds.contains(&AlertKind::Vehicle));
    let his = ahmed.app().quarantined().unwrap();
    assert!(his.len() == 1 && his[0].author.me && his[0].after.is_some(), "with both versions for him too");
    assert!(fatma.alerts().iter().all(|alert| alert.id != late), "it is no alert of the street");
    assert!(ria.app().quarantined().unwrap().is_empty());
    assert!(matches!(ria.app().alert(&late), Err(Error::NoSuchAlert)));
    assert_eq!(ria.app().count_quarantined().unwrap(), 1, "it lies there, and is nobody's to see");
    assert!(matches!(ria.app().keep(&late), Err(Error::NoSuchAlert)));
    assert!(matches!(ahmed.app().keep(&late), Err(Error::NotCoordinator)), "its author does not decide");

    section("views made anew say the same");
    for phone in [&fatma, &ria, &ahmed] {
        let before = phone.app().quarantined().unwrap();
        phone.app().rebuild().unwrap();
        assert_eq!(phone.app().quarantined().unwrap(), before);
    }

    section("Fatma keeps it: from now on it counts for everybody");
    fatma.app().keep(&late[..8]).unwrap();
    all_sync(&[&fatma, &ahmed, &ria]).await;
    for phone in [&fatma, &ria, &ahmed] {
        assert_eq!(phone.app().alert(&late).unwrap().set_aside, None, "{}", phone.name);
        assert_eq!(phone.app().count_quarantined().unwrap(), 0, "{}", phone.name);
    }
}

#[tokio::test]
async fn a_forbidden_kind_is_not_offered_and_a_draft_that_was_pressed_is_never_lost() {
    let (street, fatma, ria, ahmed) = Street::of_three().await;

    section("Ria presses Stuur; within her ten seconds the change arrives");
    ria.does(Intent::Report);
    ria.does(Intent::ChooseKind { kind: AlertKind::Vehicle });
    ria.does(Intent::ChoosePlace { place: PlaceChoice::Here });
    ria.does(Intent::Send);
    fatma.app().set_charter(&no_vehicles()).unwrap();
    all_sync(&[&fatma, &ria, &ahmed]).await;
    assert!(matches!(ria.alert().delivery, Delivery::Draft { due_ms: Some(_) }));
    street.clock.advance_s(11);
    ria.app().tick().unwrap();
    let own = ria.alert();
    assert_eq!((own.set_aside, &own.delivery), (Some(QuarantineReason::Charter), &Delivery::Saved));
    all_sync(&[&ria, &fatma]).await;
    assert_eq!(fatma.app().quarantined().unwrap().len(), 1);

    section("a new one is refused, with what to do and 112");
    let refused = ria.app().post_alert(&alert(AlertKind::Vehicle, "bus")).unwrap_err();
    assert!(matches!(refused, Error::KindForbidden));
    for lang in ["nl", "en"] {
        assert!(refused.sentence(lang).contains("112"), "{}", refused.sentence(lang));
    }
    assert_eq!(ria.alerts().len(), 1, "and nothing was written");

    section("a kind for few: Ahmed, a resident, may not post it, Ria, a trustee, may");
    let reserve = CharterChange { officials_only: vec![AlertKind::Behaviour], ..CharterChange::default() };
    fatma.app().set_charter(&reserve).unwrap();
    all_sync(&[&fatma, &ria, &ahmed]).await;
    let behaviour = alert(AlertKind::Behaviour, "loopt heen en weer");
    assert!(matches!(ahmed.app().post_alert(&behaviour), Err(Error::KindForbidden)));
    assert!(ria.app().post_alert(&behaviour).is_ok());
    assert!(ahmed.app().post_alert(&alert(AlertKind::Fire, "")).is_ok(), "the control");
}

/// G12 and issue 5: a removed member's late content has its line on the coordinator's screen and counts for nobody.
#[tokio::test]
async fn what_a_removed_member_writes_late_is_set_aside_and_can_be_kept() {
    let (_street, fatma, ria, ahmed) = Street::of_three().await;
    let rias = ria.app().post_alert(&alert(AlertKind::Fire, "rook")).unwrap();
    let before = ahmed.app().post_alert(&alert(AlertKind::BreakIn, "bij de schuur")).unwrap();
    all_sync(&[&ria, &ahmed, &fatma]).await;

    section("Fatma removes Ahmed; his phone is offline, writes an alert and answers Ria");
    fatma.app().remove("Ahmed", "leende zijn telefoon uit").unwrap();
    let late = ahmed.app().post_alert(&alert(AlertKind::Fire, "te laat")).unwrap();
    ahmed.does(Intent::Answer { alert: rias.clone(), answer: Answer::Come });
    let file = ahmed.app().export(&late, ExportFormat::Envelope).unwrap();
    fatma.syncs().await;
    ria.syncs().await;
    assert_eq!(fatma.app().alert(&before).unwrap().set_aside, None, "what he wrote before stays");
    assert_eq!(fatma.app().count_quarantined().unwrap(), 0);

    section("his alert comes by another way");
    for phone in [&fatma, &ria] {
        assert_eq!(phone.app().take_file(&file).unwrap(), Taken::Opened);
        assert_eq!(phone.app().take_file(&file).unwrap(), Taken::Known);
        assert_eq!(phone.app().count_quarantined().unwrap(), 1, "{}", phone.name);
        assert!(phone.alerts().iter().all(|alert| alert.id != late), "{}", phone.name);
    }
    let seen = fatma.app().quarantined().unwrap();
    assert_eq!((seen.len(), seen[0].why, seen[0].author.name.as_str()), (1, QuarantineReason::NotMember, "Ahmed"));
    assert_eq!((&seen[0].before, &seen[0].after), (&None, &None), "the agreements have nothing to do with it");
    assert!(ria.app().quarantined().unwrap().len() == 1, "a trustee can decide too");

    section("Ria, a trustee, keeps it");
    ria.app().keep(&late).unwrap();
    all_sync(&[&ria, &fatma]).await;
    assert_eq!(fatma.app().alert(&late).unwrap().note, "te laat");
    assert_eq!(fatma.app().count_quarantined().unwrap(), 0);
}

#[tokio::test]
async fn rubbish_from_a_file_is_refused_and_changes_nothing() {
    let (street, fatma, ria, _ahmed) = Street::of_three().await;
    let good = {
        let id = ria.app().post_alert(&alert(AlertKind::Fire, "rook")).unwrap();
        ria.app().export(&id, ExportFormat::Envelope).unwrap()
    };
    let elsewhere = street.founder("Bram").await;
    let neighbour = street.neighbour(&elsewhere, "Dina", "3").await;
    let foreign = neighbour.app().post_alert(&alert(AlertKind::Fire, "elders")).unwrap();
    let foreign = neighbour.app().export(&foreign, ExportFormat::Envelope).unwrap();
    let foreign_log =
        elsewhere.app().export(&elsewhere.app().charter().unwrap().version, ExportFormat::Envelope).unwrap();

    let before = (fatma.app().doctor().unwrap(), fatma.alerts());
    let mut refused = 0;
    let mut tries: Vec<Vec<u8>> = vec![Vec::new(), vec![0; 15], vec![0; 16], vec![0xFF; 70_000], foreign, foreign_log];
    tries.extend((0..good.len()).step_by(7).map(|length| good[..length].to_vec()));
    tries.push([good.as_slice(), &[0]].concat());
    // A key that nobody here holds may still come, so its id is left alone.
    for bit in (0..16 * 8).chain(33 * 8..good.len() * 8).step_by(11) {
        let mut changed = good.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        tries.push(changed);
    }
    for file in &tries {
        assert!(matches!(fatma.app().take_file(file), Err(Error::Envelope)));
        refused += 1;
    }
    assert!(refused > 200);
    assert_eq!((fatma.app().doctor().unwrap(), fatma.alerts()), before);
    assert_eq!(fatma.app().take_file(&good).unwrap(), Taken::Opened, "the control");
    assert_eq!(fatma.alerts().len(), 1);
}

/// A removed member's late answers count for nothing: not shown, not named as coming, one line for those who decide.
#[tokio::test]
async fn a_late_answer_of_a_removed_member_says_nobody_comes() {
    let (street, fatma, ria, _ahmed) = Street::of_three().await;
    let jan = street.neighbour(&fatma, "Jan", "18").await;
    let fire = ria.app().post_alert(&alert(AlertKind::Fire, "rook")).unwrap();
    all_sync(&[&ria, &jan, &fatma]).await;
    jan.does(Intent::Answer { alert: fire.clone(), answer: Answer::See });
    all_sync(&[&jan, &fatma, &ria]).await;
    assert_eq!(ria.app().alert(&fire).unwrap().answers.len(), 1, "the control: before, his answer counts");

    section("Fatma removes Jan on a phone that is offline; Jan, who cannot know, says that he comes after all");
    fatma.app().remove("Jan", "").unwrap();
    jan.does(Intent::Answer { alert: fire.clone(), answer: Answer::Come });
    jan.syncs().await;
    all_sync(&[&fatma, &ria]).await;
    for phone in [&fatma, &ria] {
        let answers = phone.app().alert(&fire).unwrap().answers;
        assert_eq!(answers.iter().map(|it| it.answer).collect::<Vec<_>>(), [Answer::See], "{}", phone.name);
        let aside = phone.app().quarantined().unwrap();
        assert_eq!((aside.len(), aside[0].about.as_deref()), (1, Some(fire.as_str())), "{}", phone.name);
        assert_eq!((aside[0].why, &aside[0].author.name), (QuarantineReason::NotMember, &"Jan".to_owned()));
        // News stands there first, and goes with a look.
        phone.does(Intent::OpenChanges { page: 0 });
        phone.does(Intent::Home);
        let line =
            phone.screen().nodes.iter().any(|node| matches!(node, Node::Tile { tile } if tile.action.id == "aside"));
        assert!(line, "{} has one line for it", phone.name);
    }

    section("Fatma opens the list and shows it after all");
    fatma.presses("aside");
    assert_eq!(fatma.screen().id, "aside");
    fatma.presses(&format!("keep-{}", fatma.app().quarantined().unwrap()[0].id));
    all_sync(&[&fatma, &ria]).await;
    assert_eq!(ria.app().alert(&fire).unwrap().answers[0].answer, Answer::Come);
    assert!(ria.app().quarantined().unwrap().is_empty());
}
