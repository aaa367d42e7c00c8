//! A backup that was put back is noticed, however it was put back; a restart or a kill is not taken for one.

use std::{fs, path::Path};

use ratel_relay::SqliteStore;

use crate::world::{Person, Street, World, envelope, store_of};

async fn store(world: &World) -> String {
    store_of(&Person::new(world, 1).get("/v1/anything").await)
}

/// Ria posts one more envelope.
async fn post(world: &World, number: u32) {
    Person::new(world, 1).posted(Street::new(1).content, &[envelope(number, world.today().plus(35), 256)]).await;
}

async fn world_with_mail() -> World {
    let world = World::new().await;
    Person::new(&world, 1).register(Street::new(1)).await;
    post(&world, 1).await;
    world
}

/// Copies the files of a folder over those of another, into the files that are there.
fn copy(from: &Path, to: &Path, names: &[&str]) {
    fs::create_dir_all(to).unwrap();
    for name in names {
        fs::copy(from.join(name), to.join(name)).unwrap();
    }
}

const ALL: [&str; 4] = ["relay.db", "relay.commits", "relay.witness", "registration.key"];

#[tokio::test]
async fn restarts_keep_the_id() {
    let mut world = world_with_mail().await;
    let before = store(&world).await;
    for number in 2..5 {
        world.stop().await;
        world.start().await;
        post(&world, number).await;
        assert_eq!(store(&world).await, before);
    }
}

#[tokio::test]
async fn an_old_database_put_back_over_the_new_one_gets_a_new_id() {
    let mut world = world_with_mail().await;
    let before = store(&world).await;
    let backup = world.dir.path().join("backup");
    world.stop().await;
    copy(&world.config.data, &backup, &ALL);
    world.start().await;
    post(&world, 2).await;
    let cursor = Person::new(&world, 1).pull(Street::new(1).content, 0).await[1].0;
    world.stop().await;
    copy(&backup, &world.config.data, &["relay.db"]);
    world.days_pass(1);
    world.start().await;
    let after = store(&world).await;
    assert_ne!(after, before);
    let ria = Person::new(&world, 1);
    assert_eq!(
        ria.pull(Street::new(1).content, 0).await.len(),
        1,
        "the second is lost to the relay, and phones have it"
    );
    post(&world, 3).await;
    assert!(ria.pull(Street::new(1).content, 0).await[1].0 > cursor, "no cursor is given to two envelopes");
    world.stop().await;
    world.start().await;
    assert_eq!(store(&world).await, after, "once noticed it is a store like any other");
}

#[tokio::test]
async fn a_whole_folder_put_back_gets_a_new_id() {
    for into_the_same_files in [true, false] {
        let mut world = world_with_mail().await;
        let before = store(&world).await;
        let backup = world.dir.path().join("backup");
        world.stop().await;
        copy(&world.config.data, &backup, &ALL);
        world.start().await;
        post(&world, 2).await;
        world.stop().await;
        if !into_the_same_files {
            fs::remove_dir_all(&world.config.data).unwrap();
        }
        copy(&backup, &world.config.data, &ALL);
        world.start().await;
        assert_ne!(store(&world).await, before, "into the same files: {into_the_same_files}");
    }
}

#[tokio::test]
async fn an_operator_can_say_that_the_disk_was_turned_back() {
    let mut world = world_with_mail().await;
    let before = store(&world).await;
    assert!(SqliteStore::declare_restored(&world.config.data).is_err(), "not while a relay works there");
    world.stop().await;
    SqliteStore::declare_restored(&world.config.data).unwrap();
    world.start().await;
    assert_ne!(store(&world).await, before);
    assert_eq!(Person::new(&world, 1).pull(Street::new(1).content, 0).await.len(), 1, "nothing was lost by it");
}
