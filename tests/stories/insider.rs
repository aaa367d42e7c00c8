//! A neighbour with valid keys writes what no app writes: it costs nobody else anything (G7, R12).

use ratel_core::{
    NewAlert,
    envelope::{
        crypto::{BoxKey, SigningKey},
        operation::{Body, Content, Join, members::NewDevice},
    },
    group::Invitation,
    intent::{AlertKind, Answer, Intent, PlaceChoice},
    view::{Membership, Role},
};
use ratel_protocol::{Ref, Token};
use ratel_tests::{Insider, Phone, Street, section};

fn vehicle() -> NewAlert {
    NewAlert {
        kind: AlertKind::Vehicle,
        place: PlaceChoice::Here,
        note: "grijze bus".into(),
        called_112: None,
        practice: false,
    }
}

#[tokio::test]
async fn a_forged_number_in_ahmeds_name_leaves_his_answers_in_order() {
    let (street, fatma, ria, ahmed) = Street::of_three().await;
    let device = Insider::of(&street, twin(&ahmed)).keys.device();
    let id = fatma.app().post_alert(&vehicle()).unwrap();
    fatma.syncs().await;
    ahmed.syncs().await;

    section("Ria's phone writes in Ahmed's name, with the greatest number and her own signature");
    let ria = Insider::of(&street, ria);
    let answer = Body::Content(Content::Answer { answer: Answer::Cannot });
    let mut forged = ria.operation(Ref::from_hex(&id), answer);
    (forged.device, forged.seq) = (device, u64::MAX);
    ria.posts(&street, &forged).await;
    ahmed.syncs().await;
    assert!(ahmed.app().alert(&id).unwrap().answers.is_empty(), "it is no answer of Ahmed's");

    section("Ahmed's own answers stand in the order in which he gave them");
    for answer in [Answer::Come, Answer::See].into_iter().cycle().take(12) {
        ahmed.does(Intent::Answer { alert: id.clone(), answer });
        let shown: Vec<Answer> = ahmed.app().alert(&id).unwrap().answers.iter().map(|given| given.answer).collect();
        assert_eq!(shown, [answer]);
    }
}

/// The same phone from a copy of its folder: only to learn its ids.
pub(crate) fn twin(phone: &Phone) -> Phone {
    let folder = phone.folder().with_extension("twin");
    std::fs::create_dir_all(&folder).unwrap();
    for entry in std::fs::read_dir(phone.folder()).unwrap().flatten() {
        std::fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
    }
    Phone::new(phone.name, folder, ratel_tests::MovableClock::default())
}

/// What somebody asks with whose signing key is new; the rest is of choice.
fn wanted(insider: &mut Insider, token: Token) -> Body {
    (insider.keys.signing, insider.keys.boxing) = (SigningKey::generate().unwrap(), BoxKey::generate().unwrap());
    let (signing_key, kem_key) = (insider.keys.signing.public(), insider.keys.boxing.public());
    Body::Join(Join::Wanted { device: NewDevice { signing_key, kem_key, token: token.hash() } })
}

#[tokio::test]
async fn nobody_comes_in_with_fatmas_token() {
    let (street, fatma, ria, ahmed) = Street::of_three().await;
    let fatmas = Insider::of(&street, twin(&fatma));
    let token = fatmas.keys.token;
    let mut ria = Insider::of(&street, ria);

    for (what, token) in [("Fatma's token", token), ("Ria's own token again", ria.keys.token)] {
        section(what);
        let code = fatma.app().invite().unwrap();
        fatma.syncs().await;
        let invitation = Invitation::from_code(&code).unwrap();
        let body = wanted(&mut ria, token);
        ria.asks(&street, &invitation, body).await;
        fatma.syncs().await;
        fatma.syncs().await;
        let neighbourhood = fatma.app().neighbourhood().unwrap();
        assert_eq!((neighbourhood.others, neighbourhood.me.role), (2, Role::Coordinator), "nobody came in");
    }

    section("Fatma still lets in whoever asks rightly");
    let jan = street.neighbour(&fatma, "Jan", "18").await;
    assert_eq!(jan.app().neighbourhood().unwrap().membership, Membership::Member);
    ahmed.syncs().await;
    assert_eq!(ahmed.app().neighbourhood().unwrap().others, 3);
}

#[tokio::test]
async fn a_flooded_log_lets_jan_in_all_the_same() {
    let (street, fatma, ria, _ahmed) = Street::of_three().await;
    let ria = Insider::of(&street, ria);
    let flood = ria.floods_the_log(&street).await;
    assert!(flood > 3 << 20, "the relay takes a day's share: {flood}");
    fatma.syncs().await;
    assert!(fatma.app().doctor().unwrap().sealed > 700);
    let jan = street.neighbour(&fatma, "Jan", "18").await;
    assert_eq!(jan.app().neighbourhood().unwrap().membership, Membership::Member);
}
