//! Rooms of their own: what the team writes down, residents cannot open (R23).

use ratel_core::{ErrorKind, envelope::operation::keys::Channel, view::Role};
use ratel_tests::{Phone, Street, section};

async fn meet(phones: &[&Phone]) {
    for _ in 0..2 {
        for phone in phones {
            phone.syncs().await;
        }
    }
}

fn texts(phone: &Phone, channel: Channel) -> Vec<String> {
    phone.app().notes(channel).unwrap().into_iter().map(|note| note.text).collect()
}

fn shut(phone: &Phone) -> u64 {
    phone.app().doctor().unwrap().sealed
}

#[tokio::test]
async fn a_residents_phone_carries_what_the_team_wrote_down_and_cannot_open_it() {
    // R23
    let (street, fatma, ria, ahmed) = Street::of_three().await;
    section("Ahmed walks patrols now; he and Fatma write to each other");
    fatma.app().give_role("Ahmed", Role::Patrol).unwrap();
    meet(&[&fatma, &ahmed, &ria]).await;
    // What coordinators tell each other lies shut on both phones.
    let (rias, ahmeds) = (shut(&ria), shut(&ahmed));
    ahmed.app().note(Channel::Team, "De lamp bij nummer 9 is stuk.").unwrap();
    meet(&[&ahmed, &fatma, &ria]).await;
    assert_eq!(texts(&fatma, Channel::Team), ["De lamp bij nummer 9 is stuk."]);
    let note = &fatma.app().notes(Channel::Team).unwrap()[0];
    assert_eq!((note.author.name.as_str(), note.author.role), ("Ahmed", Role::Patrol));

    section("Ria carries it sealed; she is told in words that it is not hers to read or to write");
    assert_eq!((shut(&ria), shut(&ahmed)), (rias + 1, ahmeds));
    for refused in [ria.app().notes(Channel::Team).unwrap_err(), ria.app().note(Channel::Team, "Dag").unwrap_err()] {
        assert_eq!(refused.kind(), ErrorKind::State);
        assert_eq!(refused.sentence("nl"), "Dit hoort niet bij uw taak. Vraag het de coördinator.");
    }
    assert!(ahmed.app().notes(Channel::Coordination).is_err(), "coordination is Fatma's alone");
    assert!(ahmed.app().note(Channel::Street, "Dag").is_err(), "notes are not for the street");

    section("days later she has asked for the key and has it no more than before");
    for _ in 0..3 {
        street.clock.advance_s(86_400);
        meet(&[&ria, &fatma, &ahmed]).await;
    }
    assert_eq!(shut(&ria), rias + 1);

    section("Ahmed is a neighbour like others again: no later entry opens on his phone");
    fatma.app().give_role("Ahmed", Role::Resident).unwrap();
    meet(&[&fatma, &ahmed, &ria]).await;
    let ahmeds = shut(&ahmed);
    fatma.app().note(Channel::Team, "Na Ahmed.").unwrap();
    meet(&[&fatma, &ahmed, &ria]).await;
    assert_eq!(texts(&fatma, Channel::Team), ["Na Ahmed.", "De lamp bij nummer 9 is stuk."]);
    assert!(ahmed.app().notes(Channel::Team).is_err());
    assert_eq!(shut(&ahmed), ahmeds + 1, "only the later one is shut for him");

    section("when he walks again he reads both");
    fatma.app().give_role("Ahmed", Role::Patrol).unwrap();
    meet(&[&fatma, &ahmed]).await;
    street.clock.advance_s(90_000);
    meet(&[&ahmed, &fatma, &ahmed]).await;
    assert_eq!(texts(&ahmed, Channel::Team).len(), 2);
}
