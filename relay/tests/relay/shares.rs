//! Quotas by share and day, and bounds that answer 413, 429 and 507.

use ratel_protocol::{
    Day,
    frame::MAX_BATCH_BYTES,
    http::{self, Outcome, Posted, TokenChange},
};
use reqwest::{Method, StatusCode};

use crate::world::{Person, Street, World, envelope, refusal};

/// Posts `count` envelopes in batches; how many were stored.
async fn flood(
    person: &Person,
    mailbox: ratel_protocol::MailboxId,
    from: u32,
    count: u32,
    expires: Day,
    size: usize,
) -> usize {
    let mut stored = 0;
    let all: Vec<_> = (from..from + count).map(|number| envelope(number, expires, size)).collect();
    for batch in all.chunks(50) {
        let response = person.post(mailbox, batch).await;
        if response.status() == StatusCode::TOO_MANY_REQUESTS {
            continue;
        }
        assert_eq!(response.status(), StatusCode::OK);
        let posted: Posted = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap();
        stored += posted.results.iter().filter(|item| item.outcome == Outcome::Stored).count();
    }
    stored
}

async fn street_of_two(world: &World) -> (Street, Person, Person) {
    let street = Street::new(1);
    let (fatma, ria) = (Person::new(world, 1), Person::new(world, 2));
    fatma.register(street).await;
    let members = TokenChange { add: vec![ria.token.hash()], ..TokenChange::default() };
    fatma.tokens(street.log, &members).await;
    (street, fatma, ria)
}

#[tokio::test]
async fn each_share_ends_by_itself_and_a_new_day_brings_new_ones() {
    let world = World::new().await;
    let (street, fatma, ria) = street_of_two(&world).await;
    let today = world.today();
    // Content: 200 a day, of them 60 of class 400; the long ones count among the 200.
    assert_eq!(flood(&ria, street.content, 0, 70, today.plus(400), 256).await, 60);
    assert_eq!(flood(&ria, street.content, 1_000, 200, today.plus(35), 256).await, 140);
    // The log's shares are their own.
    assert_eq!(flood(&ria, street.log, 2_000, 20, Day::NEVER, 256).await, 16);
    assert_eq!(flood(&ria, street.log, 3_000, 1_010, today.plus(100), 256).await, 1_000);
    assert_eq!(flood(&fatma, street.log, 5_000, 40, Day::NEVER, 256).await, 40, "an admin signs more");
    // Another token has shares of its own.
    assert_eq!(flood(&fatma, street.content, 9_000, 10, today.plus(35), 256).await, 10);

    let (status, code, retry) = refusal(ria.post(street.content, &[envelope(7_000, today.plus(35), 256)]).await).await;
    assert_eq!((status, code.as_str(), retry), (429, "quota", Some(12 * 3600)), "it is noon, until midnight");
    world.days_pass(1);
    assert_eq!(flood(&ria, street.content, 7_000, 5, today.plus(35), 256).await, 5);
}

#[tokio::test]
async fn a_share_of_bytes_ends_before_its_count() {
    let world = World::new().await;
    let (street, _, ria) = street_of_two(&world).await;
    let soon = world.today().plus(35);
    assert_eq!(flood(&ria, street.content, 0, 20, soon, 65_536).await, 16, "1 MiB");
}

#[tokio::test]
async fn a_batch_over_the_edge_says_of_each_what_became_of_it() {
    let world = World::new().await;
    let (street, _, ria) = street_of_two(&world).await;
    let long: Vec<_> = (0..62).map(|number| envelope(number, world.today().plus(400), 256)).collect();
    let posted = ria.posted(street.content, &long).await;
    assert!(posted.results[..60].iter().all(|item| item.outcome == Outcome::Stored));
    for item in &posted.results[60..] {
        assert_eq!((item.outcome, item.retry_after_s), (Outcome::Quota, Some(12 * 3600)));
    }
    assert_eq!(ria.pull(street.content, 0).await.len(), 60);
}

#[tokio::test]
async fn what_is_too_large_or_no_batch_is_refused() {
    let world = World::new().await;
    let (street, _, ria) = street_of_two(&world).await;
    let path = http::envelopes(street.content);
    let huge = ria.call(Method::POST, &path, vec![0; MAX_BATCH_BYTES + 1]).await;
    assert_eq!(refusal(huge).await.0, 413);
    assert_eq!(refusal(ria.call(Method::POST, &path, vec![0xFF; 100]).await).await.1, "bad-request");
    assert_eq!(refusal(ria.call(Method::POST, &path, Vec::new()).await).await.0, 400);
    let many: Vec<_> = (0..65).map(|number| envelope(number, world.today().plus(35), 256)).collect();
    assert_eq!(refusal(ria.post(street.content, &many).await).await.0, 400);
    let registration = ria.call(Method::POST, http::GROUPS, vec![b' '; 2_000]).await;
    assert_eq!(refusal(registration).await.0, 413);
    assert_eq!(ria.pull(street.content, 0).await, []);
}

#[tokio::test]
async fn a_full_mailbox_and_a_full_disk_say_so_and_take_the_same_bytes_later() {
    let mut world = World::with(|config| config.limits.mailbox_bytes = 1_000).await;
    let (street, fatma, ria) = street_of_two(&world).await;
    let soon = world.today().plus(35);
    let sent: Vec<_> = (0..4).map(|number| envelope(number, soon, 256)).collect();
    let posted = ria.posted(street.content, &sent).await;
    let outcomes: Vec<_> = posted.results.iter().map(|item| item.outcome).collect();
    assert_eq!(outcomes, [Outcome::Stored, Outcome::Stored, Outcome::Stored, Outcome::Full]);
    let (status, code, retry) = refusal(ria.post(street.content, &sent[3..]).await).await;
    assert_eq!((status, code.as_str(), retry), (507, "full", Some(3600)));

    world.stop().await;
    world.config.limits.mailbox_bytes = 1 << 20;
    world.config.limits.disk_floor_bytes = u64::MAX;
    world.start().await;
    assert_eq!(refusal(ria.post(street.content, &sent[3..]).await).await.0, 507);
    assert_eq!(ria.posted(street.content, &sent[..3]).await.results[0].outcome, Outcome::Stored, "held already");
    let newcomer = TokenChange { add: vec![Person::new(&world, 7).token.hash()], ..TokenChange::default() };
    assert_eq!(refusal(fatma.tokens(street.log, &newcomer).await).await.0, 507);
    let ended = TokenChange { remove: vec![ria.token.hash()], ..TokenChange::default() };
    assert_eq!(fatma.tokens(street.log, &ended).await.status(), StatusCode::OK, "what must end can end");

    world.stop().await;
    world.config.limits.disk_floor_bytes = 0;
    world.start().await;
    assert_eq!(fatma.posted(street.content, &sent).await.results.len(), 4);
    assert_eq!(fatma.pull(street.content, 0).await.len(), 4);
}
