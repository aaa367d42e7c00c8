//! Who may do what: 401, 403, 404, 409 and registration codes.

use std::num::NonZeroU32;

use ratel_protocol::{
    MailboxId,
    http::{self, Outcome, TokenChange},
};
use ratel_relay::{CodeKey, Registration};
use reqwest::{Method, StatusCode};

use crate::world::{Person, Street, World, envelope, refusal};

fn members(people: &[&Person]) -> TokenChange {
    TokenChange { add: people.iter().map(|person| person.token.hash()).collect(), ..TokenChange::default() }
}

#[tokio::test]
async fn strangers_members_and_admins() {
    let world = World::new().await;
    let (here, there) = (Street::new(1), Street::new(2));
    let (fatma, ria, piet) = (Person::new(&world, 1), Person::new(&world, 2), Person::new(&world, 3));
    fatma.register(here).await;
    fatma.tokens(here.content, &members(&[&ria])).await;
    piet.register(there).await;
    let alert = [envelope(1, world.today().plus(35), 256)];

    let stranger = Person::new(&world, 9);
    for path in [http::envelopes(here.content), http::digest(here.content), http::ids(MailboxId([9; 16]))] {
        assert_eq!(refusal(stranger.get(&path).await).await.0, 401, "{path}");
    }
    assert_eq!(refusal(stranger.post(here.content, &alert).await).await.1, "unauthorised");
    let nobody = stranger.http.get(world.url(&http::envelopes(here.content))).send().await.unwrap();
    assert_eq!(nobody.headers()["www-authenticate"], "Bearer");
    assert_eq!(nobody.status(), 401);

    // Piet has a token, of another street.
    assert_eq!(refusal(piet.get(&http::ids(here.log)).await).await.0, 403);
    assert_eq!(refusal(piet.post(here.content, &alert).await).await.1, "forbidden");
    assert_eq!(refusal(piet.get(&http::ids(MailboxId([9; 16]))).await).await.0, 404);
    assert_eq!(refusal(piet.get("/v1/mailboxes/rubbish/ids").await).await.0, 404);
    assert_eq!(refusal(piet.get("/v1/rubbish").await).await.1, "not-found");
    assert_eq!(refusal(piet.call(Method::PATCH, http::GROUPS, Vec::new()).await).await.0, 405);

    // Ria is a member, so she posts, but changes no tokens.
    assert_eq!(ria.post(here.content, &alert).await.status(), StatusCode::OK);
    assert_eq!(refusal(ria.tokens(here.log, &members(&[&stranger])).await).await.0, 403);

    // Fatma takes Ria's right away: reading and writing end at once.
    let without = TokenChange { remove: vec![ria.token.hash()], ..TokenChange::default() };
    assert_eq!(fatma.tokens(here.content, &without).await.status(), StatusCode::OK);
    assert_eq!(refusal(ria.get(&http::envelopes(here.content)).await).await.0, 401);
    assert_eq!(refusal(ria.post(here.content, &alert).await).await.0, 401);
}

#[tokio::test]
async fn an_admin_makes_another_admin_and_lowers_her_again() {
    let world = World::new().await;
    let street = Street::new(1);
    let (fatma, joke) = (Person::new(&world, 1), Person::new(&world, 2));
    fatma.register(street).await;
    let raise = TokenChange { admin: vec![joke.token.hash()], ..TokenChange::default() };
    fatma.tokens(street.log, &raise).await;
    assert_eq!(joke.tokens(street.log, &TokenChange::default()).await.status(), StatusCode::OK);
    fatma.tokens(street.log, &members(&[&joke])).await;
    assert_eq!(refusal(joke.tokens(street.log, &raise).await).await.0, 403);
    let twice = TokenChange { add: vec![joke.token.hash()], remove: vec![joke.token.hash()], ..raise };
    assert_eq!(refusal(fatma.tokens(street.log, &twice).await).await.1, "bad-request");
}

#[tokio::test]
async fn an_invitation_reads_and_writes_the_log_only_and_little() {
    let world = World::new().await;
    let street = Street::new(1);
    let (fatma, guest, ria) = (Person::new(&world, 1), Person::new(&world, 2), Person::new(&world, 3));
    fatma.register(street).await;
    fatma.tokens(street.log, &members(&[&ria])).await;
    // Ria's own token among the invitations changes nothing for her.
    let invite = TokenChange { join: vec![guest.token.hash(), ria.token.hash()], ..TokenChange::default() };
    fatma.tokens(street.log, &invite).await;
    let soon = world.today().plus(100);
    assert_eq!(ria.post(street.content, &[envelope(50, soon, 256)]).await.status(), StatusCode::OK);

    let wanted: Vec<_> = (0..4).map(|number| envelope(number, soon, 1024)).collect();
    guest.posted(street.log, &wanted).await;
    assert_eq!(guest.pull(street.log, 0).await.len(), 4);
    assert_eq!(refusal(guest.post(street.content, &wanted).await).await.0, 403);
    assert_eq!(refusal(guest.get(&http::envelopes(street.content)).await).await.0, 403);
    assert_eq!(refusal(guest.tokens(street.log, &invite).await).await.0, 403);
    let more = [envelope(9, soon, 256)];
    assert_eq!(refusal(guest.post(street.log, &more).await).await.1, "quota");
    world.days_pass(1);
    assert_eq!(refusal(guest.post(street.log, &more).await).await.1, "quota", "a day brings no new share");
    let again = guest.posted(street.log, &wanted).await;
    assert!(again.results.iter().all(|item| item.outcome == Outcome::Stored), "the same bytes cost nothing");
    world.days_pass(101);
    assert_eq!(refusal(guest.get(&http::envelopes(street.log)).await).await.0, 401, "an invitation ends by itself");
}

#[tokio::test]
async fn a_taken_mailbox_is_refused_and_the_same_registration_is_not() {
    let world = World::new().await;
    let street = Street::new(1);
    let (fatma, thief) = (Person::new(&world, 1), Person::new(&world, 2));
    for _ in 0..2 {
        assert_eq!(fatma.register(street).await.status(), StatusCode::OK);
    }
    assert_eq!(refusal(thief.register(street).await).await.0, 409);
    let half = Street { log: street.log, content: MailboxId([77; 16]) };
    assert_eq!(refusal(thief.register(half).await).await.1, "taken");
    let turned = Street { log: street.content, content: street.log };
    assert_eq!(refusal(fatma.register(turned).await).await.0, 409);
    let one = Street { log: street.log, content: street.log };
    assert_eq!(refusal(fatma.register(one).await).await.0, 400);
}

#[tokio::test]
async fn without_open_a_group_needs_a_code_that_works_once() {
    let world = World::with(|config| config.registration = Registration::Codes).await;
    let key = CodeKey::open(&world.config.data).unwrap();
    let (fatma, piet) = (Person::new(&world, 1), Person::new(&world, 2));
    assert_eq!(refusal(fatma.register(Street::new(1)).await).await.1, "registration");
    assert_eq!(refusal(fatma.register_with(Street::new(1), Some("rubbish")).await).await.0, 403);
    let old = key.issue(ratel_protocol::Day(1), false).unwrap();
    assert_eq!(refusal(fatma.register_with(Street::new(1), Some(&old)).await).await.0, 403);

    let code = key.issue(world.today().plus(14), false).unwrap();
    // Sent twice, as the first answer may be lost.
    for _ in 0..2 {
        assert_eq!(fatma.register_with(Street::new(1), Some(&code)).await.status(), StatusCode::OK);
    }
    assert_eq!(refusal(piet.register_with(Street::new(2), Some(&code)).await).await.1, "registration");
    let plain = key.issue(world.today().plus(14), false).unwrap();
    assert_eq!(refusal(piet.register_with(Street::new(1), Some(&plain)).await).await.0, 409);
}

#[tokio::test]
async fn a_code_that_replaces_leaves_the_founder_alone_with_the_mail() {
    let world = World::new().await;
    let street = Street::new(1);
    let (thief, fatma, ria) = (Person::new(&world, 1), Person::new(&world, 2), Person::new(&world, 3));
    thief.register(street).await;
    thief.tokens(street.log, &members(&[&ria])).await;
    let alert = envelope(1, world.today().plus(35), 256);
    ria.posted(street.content, std::slice::from_ref(&alert)).await;
    let key = CodeKey::open(&world.config.data).unwrap();
    let code = key.issue(world.today().plus(14), true).unwrap();
    for _ in 0..2 {
        assert_eq!(fatma.register_with(street, Some(&code)).await.status(), StatusCode::OK);
    }
    assert_eq!(refusal(thief.get(&http::ids(street.log)).await).await.0, 401);
    assert_eq!(refusal(ria.get(&http::ids(street.log)).await).await.0, 401);
    assert_eq!(fatma.pull(street.content, 0).await[0].1, alert);
    fatma.tokens(street.log, &members(&[&ria])).await;
    assert_eq!(fatma.register_with(street, Some(&code)).await.status(), StatusCode::OK);
    assert_eq!(ria.pull(street.content, 0).await.len(), 1, "a code that was used replaces nothing more");
}

/// Needs an address beside loopback to listen on, so it asks the gate through a relay that is open to all addresses.
#[tokio::test]
async fn an_open_relay_limits_registrations_from_one_address() {
    let world = World::with(|config| {
        config.listen = "0.0.0.0:0".parse().unwrap();
        config.registration = Registration::Open;
        config.limits.registrations_per_hour = NonZeroU32::new(3);
    })
    .await;
    let fatma = Person::new(&world, 1);
    for seed in 1..=3 {
        assert_eq!(fatma.register(Street::new(seed)).await.status(), StatusCode::OK);
    }
    let (status, code, retry) = refusal(fatma.register(Street::new(4)).await).await;
    assert_eq!((status, code.as_str(), retry), (429, "quota", Some(3600)));
}
