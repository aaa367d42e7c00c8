//! Register, post, pull, digest, ids.

use ratel_protocol::{
    Day, EnvelopeId,
    http::{Outcome, TokenChange},
};
use reqwest::StatusCode;

use crate::world::{Person, Street, World, envelope, id_of, store_of};

#[tokio::test]
async fn fatma_registers_and_ahmed_pulls_what_ria_posted() {
    let world = World::new().await;
    let street = Street::new(1);
    let (fatma, ria, ahmed) = (Person::new(&world, 1), Person::new(&world, 2), Person::new(&world, 3));
    assert_eq!(fatma.register(street).await.status(), StatusCode::OK);
    let members = TokenChange { add: vec![ria.token.hash(), ahmed.token.hash()], ..TokenChange::default() };
    assert_eq!(fatma.tokens(street.log, &members).await.status(), StatusCode::OK);

    let soon = world.today().plus(35);
    let alert = envelope(1, soon, 384);
    let answer = envelope(2, soon, 256);
    let posted = ria.posted(street.content, &[alert.clone(), answer.clone()]).await;
    assert_eq!(posted.results.iter().map(|item| item.outcome).collect::<Vec<_>>(), [Outcome::Stored; 2]);
    assert_eq!(posted.results[0].id, id_of(street.content, &alert));

    let pulled = ahmed.pull(street.content, 0).await;
    assert_eq!(pulled.iter().map(|(_, bytes)| bytes).collect::<Vec<_>>(), [&alert, &answer]);
    assert_eq!(ahmed.pull(street.content, pulled[0].0).await, pulled[1..]);
    assert_eq!(ahmed.pull(street.content, u64::MAX).await, []);
    assert_eq!(ahmed.pull(street.log, 0).await, []);
}

#[tokio::test]
async fn the_same_bytes_again_are_one_envelope() {
    let world = World::new().await;
    let street = Street::new(1);
    let ria = Person::new(&world, 2);
    ria.register(street).await;
    let alert = envelope(1, world.today().plus(35), 256);
    for _ in 0..3 {
        let posted = ria.posted(street.content, &[alert.clone(), alert.clone()]).await;
        assert!(posted.results.iter().all(|item| item.outcome == Outcome::Stored));
    }
    assert_eq!(ria.pull(street.content, 0).await.len(), 1);
    // The same bytes in another mailbox are another envelope.
    ria.posted(street.log, std::slice::from_ref(&alert)).await;
    assert_eq!(ria.pull(street.log, 0).await.len(), 1);
}

#[tokio::test]
async fn one_bad_envelope_costs_only_itself() {
    let world = World::new().await;
    let street = Street::new(1);
    let ria = Person::new(&world, 2);
    ria.register(street).await;
    let today = world.today();
    let mut newer = envelope(1, today.plus(35), 256);
    newer[0] = 0x20;
    let odd = envelope(2, today.plus(35), 300);
    let old = envelope(3, Day(today.0 - 1), 256);
    let good = envelope(4, today.plus(35), 256);
    let posted = ria.posted(street.content, &[newer, odd, old, good.clone()]).await;
    let outcomes: Vec<_> = posted.results.iter().map(|item| item.outcome).collect();
    assert_eq!(outcomes, [Outcome::Malformed, Outcome::Malformed, Outcome::Expired, Outcome::Stored]);
    assert_eq!(ria.pull(street.content, 0).await[0].1, good);
}

#[tokio::test]
async fn digest_and_ids_name_the_set_that_lives_beyond_today() {
    let world = World::new().await;
    let street = Street::new(1);
    let ria = Person::new(&world, 2);
    ria.register(street).await;
    let today = world.today();
    let mut sent: Vec<_> = (0..70).map(|number| envelope(number, today.plus(35), 256)).collect();
    ria.posted(street.content, &sent[..64]).await;
    ria.posted(street.content, &sent[64..]).await;
    // What expires today still travels, but both sides leave it out of the comparison.
    ria.posted(street.content, &[envelope(900, today, 256)]).await;
    sent.sort_by_key(|bytes| id_of(street.content, bytes));
    let ids: Vec<EnvelopeId> = sent.iter().map(|bytes| id_of(street.content, bytes)).collect();
    let refs: Vec<_> = ids.iter().map(EnvelopeId::short).collect();
    assert_eq!(ria.digest(street.content).await, ratel_protocol::digest::of_sorted(&refs));
    assert_eq!(ria.ids(street.content).await, refs.iter().flat_map(|id| id.0).collect::<Vec<_>>());
    assert_eq!(ria.pull(street.content, 0).await.len(), 71);
}

#[tokio::test]
async fn a_restart_loses_nothing_and_gives_no_cursor_twice() {
    let mut world = World::new().await;
    let street = Street::new(1);
    let ria = Person::new(&world, 2);
    let store = store_of(&ria.register(street).await);
    let soon = world.today().plus(35);
    ria.posted(street.content, &[envelope(1, soon, 256)]).await;
    let before = ria.pull(street.content, 0).await;
    world.stop().await;
    world.start().await;
    let response = ria.post(street.content, &[envelope(2, soon, 256)]).await;
    assert_eq!(store_of(&response), store, "a restart is no restored backup");
    let after = ria.pull(street.content, 0).await;
    assert_eq!(after[0], before[0]);
    assert_eq!(after.len(), 2);
    assert!(after[1].0 > before[0].0);
}
