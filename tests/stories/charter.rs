//! What the neighbourhood agreed, and who signed along (R36, R37, R49).

use ratel_core::{
    Error, NewAlert, PartnerKey,
    intent::{AlertKind, CharterChange, CharterTemplate, Intent, PlaceChoice, QuietHours},
    screen::{Node, Sound},
    view::{Party, Role},
};
use ratel_tests::{Phone, Street, partner_file as file, section};

const DAY_S: i64 = 86_400;
/// Who takes part, as a phone sees it.
fn members(phone: &Phone) -> (u32, Role) {
    let neighbourhood = phone.app().neighbourhood().unwrap();
    (neighbourhood.others, neighbourhood.me.role)
}

#[tokio::test]
async fn a_signature_that_comes_three_weeks_later_changes_nobodys_membership() {
    section("Fatma begins with a template, alone and without waiting for anybody");
    let street = Street::new().await;
    let fatma = street.founder("Fatma").await;
    let template = Some(CharterTemplate::EveningQuiet);
    fatma.app().set_charter(&CharterChange { template, ..CharterChange::default() }).unwrap();
    let first = fatma.app().charter().unwrap();
    assert_eq!((first.version.as_str(), first.quiet, first.provisional), ("", Some((1320, 420)), true));
    let ria = street.neighbour(&fatma, "Ria", "14").await;
    let agreed = ria.app().charter().unwrap();
    assert_eq!((agreed.quiet, agreed.provisional), (Some((1320, 420)), true), "it is the beginning's");
    assert!(!agreed.version.is_empty() && agreed.by.name == "Fatma" && !agreed.by.me);
    let before = (members(&fatma), members(&ria));

    section("rubbish in the municipality's place is refused, and nothing changes");
    street.clock.advance_s(21 * DAY_S);
    let key = PartnerKey::generate().unwrap();
    let good = file(Party::Municipality, &agreed.group, &key);
    let as_police = String::from_utf8(good.clone()).unwrap().replace("municipality", "police").into_bytes();
    let other_street = file(Party::Municipality, &"0".repeat(32), &key);
    for (what, file) in [("another party", as_police), ("another street", other_street)] {
        assert!(matches!(fatma.app().sign_charter(&file), Err(Error::PartnerSignature)), "{what}");
    }
    for file in [b"".as_slice(), b"{}", b"not even json", &good[..good.len() - 2], &[0xFF; 3000]] {
        assert!(matches!(fatma.app().sign_charter(file), Err(Error::PartnerFile)));
    }
    assert!(matches!(ria.app().sign_charter(&good), Err(Error::NotCoordinator)));
    assert_eq!(fatma.app().charter().unwrap().version, agreed.version);

    section("the file comes: provisional no more, and everybody is who they were");
    fatma.app().sign_charter(&good).unwrap();
    fatma.syncs().await;
    ria.syncs().await;
    for phone in [&fatma, &ria] {
        let charter = phone.app().charter().unwrap();
        assert!(!charter.provisional, "{}", phone.name);
        assert_eq!((charter.partners.len(), charter.partners[0].signed), (1, true));
        assert_eq!(charter.quiet, Some((1320, 420)), "the rest stays");
        assert_ne!(charter.version, agreed.version);
    }
    assert_eq!((members(&fatma), members(&ria)), before);

    section("the same file again changes nothing; the municipality's agreement can end");
    let signed = fatma.app().charter().unwrap();
    fatma.app().sign_charter(&good).unwrap();
    assert_eq!(fatma.app().charter().unwrap().version, signed.version);
    let without = vec![signed.partners[0].fingerprint.clone()];
    fatma.app().set_charter(&CharterChange { without, ..CharterChange::default() }).unwrap();
    assert!(fatma.app().charter().unwrap().provisional);
}

#[tokio::test]
async fn only_a_coordinator_agrees_and_every_version_can_be_signed_anew() {
    let (_street, fatma, ria, _ahmed) = Street::of_three().await;
    let forbid = CharterChange { forbid: vec![AlertKind::Vehicle], ..CharterChange::default() };
    assert!(matches!(ria.app().set_charter(&forbid), Err(Error::NotCoordinator)));
    let first = fatma.app().charter().unwrap();
    fatma.app().set_charter(&forbid).unwrap();
    let second = fatma.app().charter().unwrap();
    assert!(first.kinds.contains(&AlertKind::Vehicle) && !second.kinds.contains(&AlertKind::Vehicle));
    fatma.app().renew_charter(&first.version[..8]).unwrap();
    let third = fatma.app().charter().unwrap();
    assert_eq!((third.kinds, third.other), (first.kinds, None));
    assert!(matches!(fatma.app().renew_charter("0000"), Err(Error::NoSuchCharter)));
    assert!(matches!(fatma.app().renew_charter(""), Err(Error::NoSuchCharter)));
}

#[tokio::test]
async fn nobody_is_a_wijkagent_before_the_police_have_signed() {
    let (_street, fatma, ria, ahmed) = Street::of_three().await;
    let read = CharterChange { police_read: Some(true), ..CharterChange::default() };
    fatma.app().set_charter(&read).unwrap();

    section("without a signature the grant is refused, with a sentence and without a trace");
    let acts = fatma.app().changes().unwrap().len();
    fatma.takes_signature_of(Party::Municipality);
    let refused = fatma.app().give_role("Ahmed", Role::Wijkagent).unwrap_err();
    assert!(matches!(refused, Error::PartnerUnsigned));
    assert!(refused.sentence("nl").starts_with("De politie heeft nog niet getekend."));
    assert_eq!(fatma.app().changes().unwrap().len(), acts + 1, "the municipality's signature only");
    assert!(!fatma.app().police().unwrap().reads_street);

    section("with it the grant is made, and everybody sees who reads along");
    fatma.takes_signature_of(Party::Police);
    fatma.app().give_role("Ahmed", Role::Wijkagent).unwrap();
    for phone in [&fatma, &ria, &ahmed] {
        phone.syncs().await;
        let police = phone.app().police().unwrap();
        assert!(police.reads_street && police.officers == ["Ahmed"], "{}: {police:?}", phone.name);
    }
    assert_eq!(ahmed.app().neighbourhood().unwrap().me.role, Role::Wijkagent);

    section("the police's agreement ends: the badge is none any more, and nothing flows");
    let partners = fatma.app().charter().unwrap().partners;
    let police = partners.iter().find(|partner| partner.party == Party::Police).unwrap();
    let without = vec![police.fingerprint.clone()];
    fatma.app().set_charter(&CharterChange { without, ..CharterChange::default() }).unwrap();
    fatma.syncs().await;
    ria.syncs().await;
    assert!(!ria.app().police().unwrap().reads_street);
    assert_eq!(fatma.app().members().unwrap().iter().filter(|member| member.person.role == Role::Wijkagent).count(), 0);
}

fn alert(kind: AlertKind, practice: bool) -> NewAlert {
    NewAlert { kind, place: PlaceChoice::Here, note: String::new(), called_112: None, practice }
}

/// Quiet hours, as agreed: danger always sounds.
#[tokio::test]
async fn in_quiet_hours_only_danger_makes_a_sound() {
    let (street, fatma, ria, _ahmed) = Street::of_three().await;
    let sound = |phone: &Phone| phone.screen().alarm.as_ref().map(|alarm| (alarm.sound, alarm.repeats));
    let sends = async |kind, practice| {
        fatma.app().post_alert(&alert(kind, practice)).unwrap();
        fatma.syncs().await;
        ria.syncs().await;
    };
    // It is 21:04 in the street.
    let quiet = Some(QuietHours { from: 21 * 60, to: 7 * 60 });
    fatma.app().set_charter(&CharterChange { quiet, ..CharterChange::default() }).unwrap();

    section("a car and a drill make no sound at four past nine; they are on the screen all the same");
    sends(AlertKind::Vehicle, false).await;
    sends(AlertKind::Fire, true).await;
    assert_eq!(sound(&ria), None);
    assert_eq!(ria.alerts().len(), 2);

    section("fire does, until she has seen it");
    sends(AlertKind::Fire, false).await;
    assert_eq!(sound(&ria), Some((Sound::Danger, true)));
    let fire = ria.alerts().into_iter().find(|alert| alert.kind == AlertKind::Fire && !alert.practice).unwrap();
    ria.does(Intent::Open { alert: fire.id });
    ria.does(Intent::Home);
    assert_eq!(sound(&ria), None);

    section("at seven in the morning what nobody has seen knocks once");
    street.clock.advance_s(10 * 3600);
    ria.app().tick().unwrap();
    assert_eq!(sound(&ria), Some((Sound::Knock, false)));
}

/// R03: what the report screen offers follows from the agreements.
#[tokio::test]
async fn the_report_screen_offers_what_was_agreed() {
    let (_street, fatma, ria, ahmed) = Street::of_three().await;
    let template = Some(CharterTemplate::BreakInAndFire);
    let officials_only = vec![AlertKind::Help];
    fatma.app().set_charter(&CharterChange { template, officials_only, ..CharterChange::default() }).unwrap();
    for phone in [&fatma, &ria, &ahmed] {
        phone.syncs().await;
        phone.does(Intent::Report);
    }
    let offered = |phone: &Phone| {
        let screen = phone.screen();
        let kinds = screen.nodes.iter().filter_map(|node| match node {
            Node::Tile { tile } => tile.action.id.strip_prefix("kind-").map(str::to_owned),
            _ => None,
        });
        kinds.collect::<Vec<_>>()
    };
    assert_eq!(offered(&ahmed), ["break-in", "fire", "doorstep-scam"], "what goes to no group needs no agreement");
    assert_eq!(offered(&ria), ["break-in", "fire", "help", "doorstep-scam"], "Ria is a trustee");
    assert_eq!(offered(&fatma), offered(&ria));
}

/// Two coordinators change the agreements while their phones are apart: both see both, and one of them ends the doubt.
#[tokio::test]
async fn two_coordinators_who_agree_on_different_things_see_both_and_sign_one_anew() {
    let (_street, fatma, ria, ahmed) = Street::of_three().await;
    let first = fatma.app().give_role("Ahmed", Role::Coordinator).unwrap().expect("a second signature is needed");
    ria.app().cosign(&first).unwrap();
    for phone in [&ria, &fatma, &ahmed] {
        phone.syncs().await;
    }
    assert_eq!(ahmed.app().neighbourhood().unwrap().me.role, Role::Coordinator);

    section("Fatma and Ahmed are apart and each changes something else");
    let forbid = |kind| CharterChange { forbid: vec![kind], ..CharterChange::default() };
    fatma.app().set_charter(&forbid(AlertKind::Vehicle)).unwrap();
    ahmed.app().set_charter(&forbid(AlertKind::Behaviour)).unwrap();
    let made = [&fatma, &ahmed].map(|phone| phone.app().charter().unwrap().version);
    for phone in [&fatma, &ahmed, &fatma, &ria] {
        phone.syncs().await;
    }
    let seen = [&fatma, &ria, &ahmed].map(|phone| phone.app().charter().unwrap());
    for charter in &seen {
        let both = [charter.version.clone(), charter.other.clone().expect("the other is named")];
        assert!(made.iter().all(|version| both.contains(version)), "{both:?}");
        assert_eq!(charter.version, seen[0].version, "all see the same in force");
    }

    section("Ahmed signs the other one anew");
    let other = seen[0].other.clone().unwrap();
    ahmed.app().renew_charter(&other).unwrap();
    for phone in [&ahmed, &fatma, &ria] {
        phone.syncs().await;
        let charter = phone.app().charter().unwrap();
        let (lost, kept) = if other == made[0] {
            (AlertKind::Vehicle, AlertKind::Behaviour)
        } else {
            (AlertKind::Behaviour, AlertKind::Vehicle)
        };
        assert!(!charter.kinds.contains(&lost) && charter.kinds.contains(&kept), "{}", phone.name);
        assert_eq!((charter.other, charter.by.name.as_str()), (None, "Ahmed"), "{}", phone.name);
    }
}
