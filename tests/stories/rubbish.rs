//! Rubbish from people and from the wire: a clear refusal, and nothing lost.

use ratel_core::{
    Error, Founding, NewAlert,
    intent::{AlertKind, Intent, PlaceChoice},
    view::{Delivery, Membership},
};
use ratel_tests::{Street, section};

fn alert(kind: AlertKind, note: String) -> NewAlert {
    NewAlert { kind, place: PlaceChoice::Here, note, called_112: None, practice: false }
}

#[tokio::test]
async fn names_notes_and_codes_that_cannot_be_are_refused_and_change_nothing() {
    let street = Street::new().await;
    let phone = street.phone("Ria");
    let found = |name: &str, relay: &str| {
        phone.app().found(&Founding {
            name: name.to_owned(),
            number: None,
            street: "Zonnebloemstraat".to_owned(),
            relay: relay.to_owned(),
        })
    };
    let here = street.relay_url();
    assert!(matches!(found(&"a".repeat(10_000), &here), Err(Error::TextTooLong { .. })));
    assert!(matches!(found("Wijkagent Jan", &here), Err(Error::NameNotAllowed)));
    assert!(matches!(found("Ria", "http://relay.example"), Err(Error::RelayAddress)));
    assert!(matches!(phone.app().join("hallo", "Ria", None), Err(Error::CodeUnknown)));
    assert!(matches!(phone.app().post_alert(&alert(AlertKind::Fire, String::new())), Err(Error::NoNeighbourhood)));
    assert_eq!(phone.app().neighbourhood().unwrap().membership, Membership::Outside);
    found("Ria", &here).unwrap();
    assert!(matches!(found("Ria", &here), Err(Error::AlreadyIn)));
}

#[tokio::test]
async fn a_note_of_64_kib_is_refused_and_the_report_is_kept() {
    let (_street, _fatma, ria, _ahmed) = Street::of_three().await;
    ria.presses("report");
    ria.presses("kind-vehicle");
    ria.does(Intent::Note { note: "grijs".into() });
    let refused = ria.app().handle(Intent::Note { note: "x".repeat(65_536) });
    assert!(matches!(refused, Err(Error::TextTooLong { most: 4096, .. })));
    ria.presses("send");
    assert_eq!(ria.alert().note, "grijs");
}

#[tokio::test]
async fn while_alone_drafts_wait_and_go_to_the_first_neighbour() {
    let street = Street::new().await;
    let fatma = street.founder("Fatma").await;
    let id = fatma.app().post_alert(&alert(AlertKind::Vehicle, "eerste".into())).unwrap();
    assert_eq!(fatma.app().alert(&id).unwrap().delivery, Delivery::Draft { due_ms: None });
    section("Ria comes; the draft goes by itself");
    let ria = street.neighbour(&fatma, "Ria", "14").await;
    fatma.syncs().await;
    ria.syncs().await;
    assert_eq!(ria.alert().note, "eerste");
}

#[tokio::test]
async fn the_doorstep_scam_card_goes_to_no_group() {
    // R27, as far as it goes without helpers
    let (_street, _fatma, ria, ahmed) = Street::of_three().await;
    assert!(matches!(ria.app().post_alert(&alert(AlertKind::DoorstepScam, String::new())), Err(Error::NoHelper)));
    ria.presses("report");
    ria.presses("kind-doorstep-scam");
    let screen = ria.screen();
    assert!(screen.foot.is_none(), "nothing to send");
    ria.presses("call-112");
    assert_eq!(ria.dialled(), ["112"]);
    assert!(ria.app().handle(Intent::Send).is_err());
    ria.syncs().await;
    ahmed.syncs().await;
    assert!(ahmed.alerts().is_empty());
}

#[tokio::test]
async fn a_stranger_with_a_code_of_another_street_changes_nothing_here() {
    let (street, fatma, _ria, _ahmed) = Street::of_three().await;
    let elsewhere = Street::new().await;
    let jan = elsewhere.founder("Jan").await;
    let code = jan.app().invite().unwrap();
    jan.syncs().await;
    let stranger = street.phone("Kees");
    stranger.app().join(&code, "Kees", None).unwrap();
    stranger.syncs().await;
    fatma.syncs().await;
    assert_eq!(fatma.app().neighbourhood().unwrap().others, 2);
    assert_eq!(stranger.app().neighbourhood().unwrap().membership, Membership::Waiting);
}

#[tokio::test]
async fn rubbish_in_the_log_costs_itself_only_and_ria_still_gets_in() {
    // G7: bytes that crash Automerge, noise, and a bomb of nothing, posted with an invitation's own token
    let street = Street::new().await;
    let fatma = street.founder("Fatma").await;
    let code = fatma.app().invite().unwrap();
    fatma.syncs().await;
    let invitation = ratel_core::group::Invitation::from_code(&code).unwrap();
    let hostile = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hostile");
    let mut posted = 0;
    for entry in std::fs::read_dir(hostile).unwrap().flatten().filter(|entry| entry.path().extension().is_some()) {
        let mut bytes = vec![0x10];
        // Sealed for nobody, under the key id that Fatma's phone will try.
        bytes.extend(invitation.key().unwrap().id);
        bytes.extend([0; 16]);
        bytes.extend(ratel_protocol::Day::from_unix_s(street.clock.now_ms().div_euclid(1000)).plus(30).0.to_be_bytes());
        bytes.extend(std::fs::read(entry.path()).unwrap());
        bytes.resize(if bytes.len() <= 256 { 256 } else { 1024 }, 0xAA);
        let body = ratel_protocol::frame::encode_batch([bytes.as_slice()]);
        posted += i32::from(post(&street, &invitation, body).await);
    }
    assert!(posted >= 2, "the relay takes what it cannot judge, up to the invitation's share: {posted}");
    fatma.syncs().await;
    assert_eq!(fatma.app().neighbourhood().unwrap().membership, Membership::Alone);
    assert!(fatma.app().doctor().unwrap().refused >= 2, "it is kept apart and counted");

    section("the next good envelope is taken");
    let ria = street.neighbour(&fatma, "Ria", "14").await;
    assert_eq!(ria.app().neighbourhood().unwrap().others, 1);
}

async fn post(street: &Street, invitation: &ratel_core::group::Invitation, body: Vec<u8>) -> bool {
    let url = format!("{}{}", street.relay_url(), ratel_protocol::http::envelopes(invitation.log));
    let client = ratel_tests::plain_client();
    let sent = client.post(url).bearer_auth(invitation.token().unwrap().to_hex()).body(body).send().await.unwrap();
    let posted: Option<ratel_protocol::http::Posted> = serde_json::from_slice(&sent.bytes().await.unwrap()).ok();
    posted.is_some_and(|posted| posted.results[0].outcome == ratel_protocol::http::Outcome::Stored)
}
