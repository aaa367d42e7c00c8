//! Days pass: what has expired is destroyed, and nothing else.

use std::{fs, path::Path, time::Duration};

use ratel_protocol::Day;
use ratel_relay::inspect;

use crate::world::{Person, Street, World, envelope};

/// Whether any file of a folder holds these bytes.
fn on_disk(data: &Path, needle: &[u8]) -> bool {
    fs::read_dir(data).unwrap().any(|file| {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        bytes.windows(needle.len()).any(|window| window == needle)
    })
}

/// Waits until the relay's own sweep has left `count` envelopes.
async fn swept(world: &World, count: u64) {
    while inspect(&world.config.data, 0).unwrap().envelopes != count {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn an_alert_goes_after_its_day_and_membership_stays() {
    let mut world = World::new().await;
    let street = Street::new(1);
    let ria = Person::new(&world, 1);
    ria.register(street).await;
    let today = world.today();
    let alert = envelope(0xA1B2_C3D4, today.plus(35), 512);
    let profile = envelope(2, today.plus(400), 256);
    let greedy = envelope(3, Day::NEVER, 256);
    let admit = envelope(4, Day::NEVER, 256);
    ria.posted(street.content, &[alert.clone(), profile.clone(), greedy.clone()]).await;
    ria.posted(street.log, std::slice::from_ref(&admit)).await;
    assert!(on_disk(&world.config.data, &alert));

    world.days_pass(35);
    assert_eq!(ria.pull(street.content, 0).await.len(), 3, "the last day is a day");
    world.days_pass(1);
    let left: Vec<_> = ria.pull(street.content, 0).await.into_iter().map(|(_, bytes)| bytes).collect();
    assert_eq!(left, [profile, greedy]);
    swept(&world, 3).await;
    assert_eq!(inspect(&world.config.data, 9).unwrap().bytes, 768);

    world.days_pass(365);
    swept(&world, 1).await;
    assert_eq!(ria.pull(street.content, 0).await, [], "content is never kept for ever");
    assert_eq!(ria.pull(street.log, 0).await[0].1, admit);
    world.stop().await;
    assert!(!on_disk(&world.config.data, &alert), "destroyed means that the bytes are gone");
    assert!(on_disk(&world.config.data, &admit), "the search finds what is there");
}

#[tokio::test]
async fn a_cursor_is_not_given_again_after_a_sweep() {
    let world = World::new().await;
    let street = Street::new(1);
    let ria = Person::new(&world, 1);
    ria.register(street).await;
    ria.posted(street.content, &[envelope(1, world.today(), 256)]).await;
    let cursor = ria.pull(street.content, 0).await[0].0;
    world.days_pass(1);
    swept(&world, 0).await;
    ria.posted(street.content, &[envelope(2, world.today().plus(1), 256)]).await;
    assert!(ria.pull(street.content, 0).await[0].0 > cursor);
}

#[tokio::test]
async fn what_the_relay_knows_can_be_listed_beside_it() {
    let world = World::new().await;
    let street = Street::new(1);
    let ria = Person::new(&world, 1);
    ria.register(street).await;
    let sent: Vec<_> = (0..5).map(|number| envelope(number, world.today().plus(35), 384)).collect();
    let posted = ria.posted(street.content, &sent).await;
    let known = inspect(&world.config.data, 2).unwrap();
    assert_eq!((known.mailboxes, known.tokens, known.envelopes, known.bytes), (2, 1, 5, 5 * 384));
    let ids: Vec<_> = known.newest.iter().map(|envelope| envelope.id).collect();
    assert_eq!(ids, [posted.results[4].id, posted.results[3].id], "the newest first");
    assert_eq!(known.newest[0].mailbox, street.content);
    assert_eq!((known.newest[0].size, known.newest[0].expires), (384, world.today().plus(35)));
    assert_eq!(known.newest[0].received_unix_s % 3_600, 0);
    assert!(inspect(&world.dir.path().join("nothing"), 2).is_err());
}
