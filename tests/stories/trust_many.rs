//! A large street whose only coordinator stopped: more have to sign than a code holds.

use ratel_core::{
    Error,
    intent::Intent,
    view::{ChangeKind, Role},
};
use ratel_tests::{Phone, Street, section};

/// Fatma and fifty-three neighbours, of whom the first is a trustee. Fatma has stopped, and everybody knows.
async fn of_many() -> (Street, Vec<Phone>) {
    let street = Street::new().await;
    let fatma = street.founder("Fatma").await;
    let mut people = Vec::new();
    for number in 0..53 {
        let name: &'static str = Box::leak(format!("Buur{number}").into_boxed_str());
        let phone = street.phone(name);
        let letters = ["Anna", "Bram", "Cees", "Dina", "Emre"][number % 5];
        let card = phone.app().card(letters, Some(&number.to_string())).unwrap();
        phone.app().accept(&fatma.app().admit(&card, None).unwrap()).unwrap();
        people.push(phone);
    }
    fatma.app().leave().unwrap();
    fatma.syncs().await;
    for phone in &people {
        phone.syncs().await;
    }
    (street, people)
}

/// Anna at number 5 shall coordinate.
fn begins(phone: &Phone, whom: &Phone) -> String {
    let person = whom.app().neighbourhood().unwrap().me;
    let members = phone.app().members().unwrap();
    let anna = members.iter().find(|member| member.person.number == person.number).unwrap();
    phone.app().recover(std::slice::from_ref(&anna.id)).unwrap()
}

/// Looks at what is new, and signs what waits.
fn signs(phone: &Phone) {
    if phone.offers("news") {
        phone.presses("news");
        phone.does(Intent::Home);
    }
    phone.presses("proposal");
    phone.presses("sign");
}

fn signed(phone: &Phone) -> (usize, u32) {
    let waiting = phone.app().proposals().unwrap();
    let [recover] = waiting.as_slice() else { panic!("one matter waits: {}", waiting.len()) };
    (recover.signed.len(), recover.needed)
}

#[tokio::test]
async fn eighteen_neighbours_sign_by_codes_alone_though_a_code_holds_eight() {
    let (mut street, people) = of_many().await;
    section("no internet: each signs what the one before shows");
    street.unplug().await;
    let mut code = begins(&people[6], &people[5]);
    let mut lengths = vec![code.len()];
    for phone in &people[7..24] {
        code = phone.app().cosign(&code).unwrap().expect("eighteen have to sign");
        lengths.push(code.len());
    }
    assert_eq!(lengths[7], *lengths.last().unwrap(), "a code grows no more");
    let last = &people[23];
    assert_eq!(signed(last), (9, 18), "what the last was shown, and the own name");
    assert!(matches!(last.app().cosign(&code), Err(Error::SignedAlready)), "its own brings nothing");
    section("the last goes from door to door and looks at the codes of others who signed, until it is done");
    let mut scans = 0;
    for other in people[6..23].iter().rev() {
        let theirs = other.app().proposals().unwrap()[0].code.clone();
        scans += 1;
        match last.app().cosign(&theirs) {
            Ok(None) => break,
            Ok(Some(_)) | Err(Error::SignedAlready) => {}
            Err(error) => panic!("{error}"),
        }
    }
    println!("{scans} codes were looked at");
    assert!(scans < 17);
    street.plug_in().await;
    for phone in [last, &people[5], &people[40]] {
        phone.syncs().await;
        let changes = phone.app().changes().unwrap();
        assert_eq!((changes[0].what, changes[0].with.len()), (ChangeKind::Recovered, 17));
    }
    assert_eq!(people[5].app().neighbourhood().unwrap().me.role, Role::Coordinator);
}

#[tokio::test]
async fn neighbours_sign_from_afar_each_at_home_and_whoever_looks_next_finishes() {
    let (_street, people) = of_many().await;
    begins(&people[6], &people[5]);
    people[6].syncs().await;
    section("fifteen more see it on the first screen and sign at home");
    for phone in &people[7..22] {
        phone.syncs().await;
        signs(phone);
        phone.syncs().await;
    }
    assert_eq!(signed(&people[21]), (16, 18));
    section("two sign at once: each is one short");
    let (one, other) = (&people[22], &people[23]);
    one.syncs().await;
    other.syncs().await;
    for phone in [one, other] {
        signs(phone);
        assert_eq!(signed(phone), (17, 18));
    }
    for phone in [one, other, one] {
        phone.syncs().await;
    }
    assert_eq!(signed(one), (18, 18));
    section("whoever looks next finishes it");
    one.does(Intent::Home);
    one.presses("proposal");
    one.presses("finish");
    for phone in [one, other, &people[5], &people[40]] {
        phone.syncs().await;
        phone.syncs().await;
        assert_eq!(phone.app().changes().unwrap()[0].what, ChangeKind::Recovered, "{}", phone.name);
        let waiting = phone.app().proposals().unwrap();
        assert!(waiting.iter().all(|it| it.what != ChangeKind::Recovered), "{}: nothing waits any more", phone.name);
    }
    assert_eq!(people[5].app().neighbourhood().unwrap().me.role, Role::Coordinator);
}

#[tokio::test]
async fn where_somebody_coordinates_nobody_is_asked_on_the_first_screen_for_another() {
    let (street, fatma, ria, ahmed) = Street::of_three().await;
    let jan = street.neighbour(&fatma, "Jan", "30").await;
    for phone in [&fatma, &ria, &ahmed, &jan, &fatma, &ria, &ahmed] {
        phone.syncs().await;
    }
    jan.app().recover(&["Jan".to_owned()]).unwrap();
    for phone in [&jan, &fatma, &ria, &ahmed] {
        phone.syncs().await;
    }
    assert!(fatma.offers("proposal"), "who coordinates sees what others ask for");
    let resident =
        [&ria, &ahmed].into_iter().find(|phone| phone.app().neighbourhood().unwrap().me.role < Role::Trustee);
    let resident = resident.unwrap();
    assert!(!resident.offers("proposal"));
    resident.does(Intent::OpenRecover { page: 0, chosen: Vec::new() });
    assert!(resident.offers("proposal"), "whoever looks for it finds it");
}
