//! Acts of administration on the screen: new coordinators where none is left, who has been silent for long, until which
//! day a badge shows a role, and an official who stops.

use ratel_core::{
    Error,
    intent::{BadgeDay, Intent},
    screen::{Mode, Node, Screen},
    view::{Badge, ChangeKind, Member, Party, Role},
};
use ratel_protocol::Ref;
use ratel_tests::{Insider, Phone, Street, reading::texts, section};

use crate::{
    insider::twin,
    trust::{names, notes, of_four, says, sync},
    trust_stolen::{newest_act, of_two_coordinators, puppet},
};

const DAY_S: i64 = 86_400;

fn reads(phone: &Phone, words: &str) -> bool {
    let screen = phone.screen();
    let foot = screen.foot.iter().flat_map(|foot| foot.line.iter().map(|line| line.text.clone()));
    screen.nodes.iter().flat_map(texts).chain(foot).chain([screen.title.text.clone()]).any(|text| text.contains(words))
}

fn has(screen: &Screen, action: &str) -> bool {
    serde_json::to_string(screen).unwrap().contains(&format!("\"id\":\"{action}\""))
}

fn code_on(screen: &Screen) -> String {
    let code = screen.nodes.iter().find_map(|node| match node {
        Node::Code { code } => Some(code.content.clone()),
        _ => None,
    });
    code.unwrap()
}

fn to_people(phone: &Phone) {
    phone.does(Intent::Home);
    phone.presses("people");
}

fn scans(phone: &Phone, code: &str) {
    phone.presses("scan");
    phone.does(Intent::Scanned { code: code.to_owned() });
}

fn member(phone: &Phone, name: &str) -> Member {
    phone.app().members().unwrap().into_iter().find(|member| member.person.name == name).unwrap()
}

fn opens(phone: &Phone, name: &str) {
    phone.does(Intent::Home);
    phone.does(Intent::OpenMember { person: member(phone, name).id });
}

#[tokio::test]
async fn the_last_coordinator_stops_and_three_neighbours_choose_ahmed_by_screens_and_scans() {
    let (street, fatma, jan, ria, ahmed) = of_four().await;
    to_people(&fatma);
    assert!(!has(&fatma.screen(), "recover"), "who coordinates chooses others by giving a task");
    fatma.presses("charter");
    fatma.presses("leave");
    assert!(reads(&fatma, "Dan regelt niemand de straat meer."), "it is said before");
    fatma.presses("goes");
    sync(&street, &[&fatma, &jan, &ria, &ahmed]).await;

    section("Ria sees it on her first screen, chooses Ahmed, and may change her mind");
    ria.does(Intent::OpenChanges { page: 0 });
    ria.does(Intent::Home);
    assert!(reads(&ria, "Niemand regelt de straat nu"));
    ria.presses("recover");
    assert!(reads(&ria, "3 buren zetten hun naam."));
    assert!(ria.screen().foot.is_none(), "nothing to sign before somebody is chosen");
    let choose = format!("choose-{}", member(&ria, "Ahmed").id);
    for chosen in [true, false, true] {
        ria.presses(&choose);
        assert_eq!(reads(&ria, "U kiest Ahmed."), chosen);
    }
    ria.presses("back");
    assert_eq!(ria.screen().id, "home", "each press took the place of the one before");
    ria.presses("recover");
    ria.presses(&choose);
    ria.presses("sign");
    assert!(reads(&ria, "Ahmed gaat de straat regelen.") && reads(&ria, "1 van 3 buren zeiden al ja."));
    let first = code_on(&ria.screen());

    section("Jan scans it, reads what it does, and hands it on; neither can sign twice");
    to_people(&jan);
    scans(&jan, &first);
    assert!(reads(&jan, "Ria zei al ja.") && reads(&jan, "Niemand gaat weg uit de buurt."));
    jan.presses("sign");
    assert!(reads(&jan, "2 van 3 buren zeiden al ja."));
    let second = code_on(&jan.screen());
    ria.presses("home");
    assert!(reads(&ria, "Dit wacht op een ander"), "it waits on her first screen");
    assert!(ria.app().cosign(&second).unwrap().is_some(), "Ria sees who signed after her");
    assert!(matches!(ria.app().cosign(&second), Err(Error::SignedAlready)));
    assert_eq!(member(&ria, "Ahmed").rights, Role::Resident);

    section("Ahmed signs last, and sees at once what has changed; all see it");
    ahmed.does(Intent::OpenRecover { page: 0, chosen: Vec::new() });
    scans(&ahmed, &second);
    ahmed.presses("sign");
    assert_eq!(ahmed.screen().id, "changes");
    assert!(reads(&ahmed, "De buren kozen u. U zorgt nu voor de straat."));
    sync(&street, &[&ahmed, &jan, &ria]).await;
    for phone in [&jan, &ria, &ahmed] {
        assert_eq!(member(phone, "Ahmed").rights, Role::Coordinator, "{}", phone.name);
    }
    ria.does(Intent::Home);
    assert!(!reads(&ria, "Dit wacht op een ander") && reads(&ria, "De buren kozen Ahmed."));
}

#[tokio::test]
async fn an_officer_of_the_police_has_no_voice_in_who_coordinates() {
    let (street, fatma, _jan, ria, ahmed) = of_four().await;
    fatma.takes_signature_of(Party::Police);
    fatma.app().give_role("Ahmed", Role::Wijkagent).unwrap();
    sync(&street, &[&fatma, &ria, &ahmed]).await;
    let code = ria.app().recover(&["Ria".to_owned()]).unwrap();
    assert!(matches!(ahmed.app().cosign(&code), Err(Error::NotAllowed)), "his name would spoil the others'");
    ahmed.does(Intent::OpenRecover { page: 0, chosen: Vec::new() });
    assert_eq!(ahmed.screen().id, "people");
}

#[tokio::test]
async fn r22_fatma_sees_who_has_been_silent_for_long_and_takes_them_out_in_one_act() {
    let (street, fatma, jan, ria, ahmed) = of_four().await;
    says(&ria, "fiets weg");
    sync(&street, &[&ria, &ahmed, &fatma, &jan]).await;
    let weeks = |weeks: u32| {
        let (street, fatma, jan) = (&street, &fatma, &jan);
        async move {
            for _ in 0..weeks {
                street.clock.advance_s(7 * DAY_S);
                for phone in [fatma, jan, fatma] {
                    phone.app().tick().unwrap();
                    let _ = phone.tries_to_sync().await;
                }
            }
        }
    };

    section("after twelve weeks nobody is on the list yet, after fourteen Ria and Ahmed are; Jan's phone is on");
    weeks(12).await;
    to_people(&fatma);
    assert!(!has(&fatma.screen(), "lapse"));
    weeks(2).await;
    let silent: Vec<String> = fatma
        .app()
        .members()
        .unwrap()
        .into_iter()
        .filter(|it| it.silent_since_s.is_some())
        .map(|it| it.person.name)
        .collect();
    assert_eq!(silent, ["Ahmed", "Ria"]);
    to_people(&jan);
    assert!(!has(&jan.screen(), "lapse"), "a coordinator's act");

    section("she chooses both, thinks again, and takes them out");
    to_people(&fatma);
    fatma.presses("lapse");
    assert!(reads(&fatma, "Van deze buren kwam al drie maanden niets."));
    fatma.presses("all");
    assert!(reads(&fatma, "U kiest 2 buren."));
    fatma.presses("next");
    assert!(reads(&fatma, "Gaan 2 buren weg uit de buurt?"));
    fatma.presses("stays");
    assert_eq!((fatma.screen().id.as_str(), names(&fatma).len()), ("people", 4), "the safe act changes nothing (U17)");
    fatma.presses("lapse");
    fatma.presses("all");
    fatma.presses("next");
    fatma.presses("goes");

    section("what has changed tells it, to Jan as well; what they said stays");
    assert_eq!(fatma.screen().id, "changes");
    assert!(reads(&fatma, "Ria doet niet meer mee.") && reads(&fatma, "Ahmed doet niet meer mee."));
    sync(&street, &[&fatma, &jan]).await;
    jan.does(Intent::OpenChanges { page: 0 });
    assert!(reads(&jan, "Ria doet niet meer mee."));
    assert_eq!(names(&jan), ["Fatma", "Jan"]);
    to_people(&fatma);
    assert!(!has(&fatma.screen(), "lapse"));
}

#[tokio::test]
async fn r22_a_phone_that_was_off_itself_takes_nobody_for_silent() {
    let (street, fatma, jan, ria, ahmed) = of_four().await;
    street.clock.advance_s(200 * DAY_S);
    fatma.app().tick().unwrap();
    assert!(
        fatma.app().members().unwrap().iter().all(|member| member.silent_since_s.is_none()),
        "she heard nothing, of anybody"
    );
    sync(&street, &[&ria, &ahmed, &jan, &fatma]).await;
    assert!(fatma.app().members().unwrap().iter().all(|member| member.silent_since_s.is_none()));
}

#[tokio::test]
async fn r12_a_badge_shows_a_role_until_its_day_and_the_rights_stay() {
    let (street, fatma, jan, ria, ahmed) = of_four().await;
    section("Fatma gives Ahmed a task, and then a last day, on the screen");
    opens(&fatma, "Ahmed");
    fatma.presses("roles");
    fatma.presses("give-patrol");
    fatma.presses("last-day");
    fatma.presses("badge-month");
    assert_eq!(fatma.screen().id, "member");
    assert!(reads(&fatma, "tot en met"));
    sync(&street, &[&fatma, &jan, &ria, &ahmed]).await;
    for phone in [&fatma, &jan, &ria, &ahmed] {
        let ahmed = member(phone, "Ahmed");
        assert!(matches!(ahmed.badge, Badge::Until { .. }), "{}", phone.name);
        assert_eq!(ahmed.shown_role(), Role::Patrol, "{}", phone.name);
    }
    jan.does(Intent::OpenChanges { page: 0 });
    assert!(reads(&jan, "Tot en met"));

    section("that she has met him changes no day; a day that is past is refused");
    fatma.does(Intent::GiveRole { person: "Ahmed".to_owned(), role: Role::Patrol, until: BadgeDay::Same });
    assert!(matches!(member(&fatma, "Ahmed").badge, Badge::Until { .. }));
    let yesterday = BadgeDay::Until { until_s: street.clock.now_ms() / 1000 - DAY_S };
    assert!(matches!(fatma.app().give_role_until("Ahmed", Role::Patrol, yesterday), Err(Error::DayPast)));
    let tomorrow = BadgeDay::Until { until_s: street.clock.now_ms() / 1000 + DAY_S };
    assert!(matches!(fatma.app().give_role_until("Ahmed", Role::Resident, tomorrow), Err(Error::NoBadge)));

    section("on the last day he is a patrol volunteer, the day after a neighbour, on every phone");
    for (days, shown) in [(29, Role::Patrol), (2, Role::Resident)] {
        street.clock.advance_s(days * DAY_S);
        sync(&street, &[&fatma, &jan, &ria, &ahmed]).await;
        for phone in [&fatma, &jan, &ria, &ahmed] {
            phone.app().tick().unwrap();
            assert_eq!(member(phone, "Ahmed").shown_role(), shown, "{}", phone.name);
        }
    }
    ahmed.does(Intent::SetMode { mode: Mode::Full });
    ahmed.does(Intent::Home);
    assert!(reads(&ahmed, "De laatste dag van uw taak is geweest."));
    assert_eq!(ahmed.app().neighbourhood().unwrap().me.role, Role::Patrol, "what he may do stays");
    assert_eq!(member(&fatma, "Ahmed").rights, Role::Patrol);

    section("met once more, he loses no task by it; without a day the badge is back");
    opens(&fatma, "Ahmed");
    assert!(reads(&fatma, "is geweest."));
    fatma.presses("last-day");
    fatma.presses("badge-open");
    sync(&street, &[&fatma, &jan]).await;
    assert_eq!((member(&jan, "Ahmed").badge, member(&jan, "Ahmed").shown_role()), (Badge::Standing, Role::Patrol));
}

#[tokio::test]
async fn over_an_official_a_last_day_takes_two_persons() {
    let (street, fatma, jan, _ria, ahmed) = of_two_coordinators().await;
    opens(&fatma, "Jan");
    fatma.presses("last-day");
    assert!(reads(&fatma, "Een tweede persoon moet ook tekenen."));
    fatma.presses("badge-year");
    assert_eq!(fatma.screen().id, "sign-code");
    assert_eq!(member(&fatma, "Jan").badge, Badge::Standing, "one name does nothing");
    sync(&street, &[&fatma, &ahmed]).await;
    ahmed.does(Intent::Home);
    ahmed.does(Intent::OpenChanges { page: 0 });
    ahmed.does(Intent::Home);
    ahmed.presses("proposal");
    ahmed.presses("sign");
    sync(&street, &[&ahmed, &jan]).await;
    assert!(matches!(member(&jan, "Jan").badge, Badge::Until { .. }));
    assert_eq!(member(&jan, "Jan").rights, Role::Trustee);
}

/// Somebody whom nobody has met, let in by the phone of Ahmed, who has stopped; dated to when he was in office.
async fn forges(street: &Street, ahmed: &Insider, carrier: &Insider, in_office: Ref) {
    ahmed.administers(street, &carrier.keys.token, vec![in_office], puppet()).await;
}

#[tokio::test]
async fn r20_a_coordinator_stops_at_once_and_two_others_sign_that_the_phone_is_out() {
    let (street, fatma, jan, ria, ahmed) = of_two_coordinators().await;
    says(&ahmed, "stoep is glad");
    sync(&street, &[&ahmed, &fatma, &jan, &ria]).await;
    let in_office = newest_act(&ria);

    section("Ahmed stops: he is told that two others sign, and is out at once");
    ahmed.does(Intent::OpenLeave);
    assert!(reads(&ahmed, "Daarna tekenen twee anderen nog dat u weg bent."));
    ahmed.presses("goes");
    assert!(reads(&ahmed, "U doet hier niet meer mee."));
    sync(&street, &[&ahmed, &fatma, &jan, &ria]).await;
    for phone in [&fatma, &jan, &ria] {
        assert_eq!(names(phone), ["Fatma", "Jan", "Ria"], "{}", phone.name);
        assert_eq!(notes(phone), ["stoep is glad"], "{}", phone.name);
    }

    section("the control: with the phone that he left, somebody lets in a stranger, dated to before");
    let thief = Insider::of(&street, ahmed);
    let carrier = Insider::of(&street, twin(&ria));
    forges(&street, &thief, &carrier, in_office).await;
    sync(&street, &[&fatma, &jan, &ria]).await;
    assert_eq!(ria.app().members().unwrap().len(), 4, "it counts: nothing that others saw may be lost by leaving");

    section("Fatma is asked on her first screen, and Jan too; Ria, who holds no office, is not");
    for phone in [&fatma, &jan, &ria] {
        phone.does(Intent::OpenChanges { page: 0 });
        phone.does(Intent::Home);
    }
    assert!(!has(&ria.screen(), "proposal"));
    assert!(has(&jan.screen(), "proposal"));
    fatma.presses("proposal");
    assert!(reads(&fatma, "Ahmed is zelf gestopt.") && reads(&fatma, "Een tweede persoon moet ook tekenen."));
    fatma.presses("stays");
    assert_eq!(fatma.screen().id, "home");
    fatma.presses("proposal");
    fatma.presses("sign");
    assert_eq!(fatma.screen().id, "sign-code");
    let code = code_on(&fatma.screen());

    section("Jan signs by one scan; what has changed still says that Ahmed stopped by himself");
    sync(&street, &[&fatma, &jan]).await;
    to_people(&jan);
    scans(&jan, &code);
    assert!(reads(&jan, "Ahmed is zelf gestopt.") && reads(&jan, "Fatma zei al ja."));
    jan.presses("sign");
    assert_eq!(jan.screen().id, "changes");
    assert!(reads(&jan, "Ahmed is zelf gestopt.") && !reads(&jan, "Ahmed doet niet meer mee."));
    sync(&street, &[&jan, &fatma, &ria]).await;

    section("no further stranger gets in, what was seen and what Ahmed said stays, and nobody is asked any more");
    forges(&street, &thief, &carrier, in_office).await;
    sync(&street, &[&fatma, &jan, &ria]).await;
    for phone in [&fatma, &jan, &ria] {
        assert_eq!(phone.app().members().unwrap().len(), 4, "{}: the first one only", phone.name);
        assert_eq!(notes(phone), ["stoep is glad"], "{}", phone.name);
        let changes = phone.app().changes().unwrap();
        let left = changes.iter().filter(|change| change.what == ChangeKind::Left).count();
        assert_eq!(left, 1, "{}: told once", phone.name);
        phone.does(Intent::Home);
        assert!(!has(&phone.screen(), "proposal"), "{}", phone.name);
    }
}

#[tokio::test]
async fn nobody_is_asked_where_nobody_is_left_to_sign_with() {
    let (street, fatma, jan, ria, _ahmed) = of_four().await;
    jan.app().leave().unwrap();
    sync(&street, &[&jan, &fatma, &ria]).await;
    assert_eq!(names(&fatma), ["Ahmed", "Fatma", "Ria"]);
    assert!(fatma.app().proposals().unwrap().is_empty(), "Fatma alone cannot do it");
}
