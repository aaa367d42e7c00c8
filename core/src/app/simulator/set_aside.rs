//! The places for what does not count: nobody fills them for everybody, and what found none is fetched when it may count.

use ratel_protocol::{Head, Ref};

use super::{phone::Phone, world::World};
use crate::{
    app::state::State,
    envelope::{
        crypto::{random, seeded},
        operation::{
            Body, Content, Members,
            content::{Alert, Place},
            keys::Channel,
            members::Charter,
            number,
        },
    },
    identity::DeviceId,
    intent::AlertKind,
    storage::{Mailbox, OpenedColumns},
};

const FATMA: usize = 0;
const JAN: usize = 4;

/// Content of a device that is no member, as it lies in the store: what is in it is of no matter here.
fn holds(phone: &Phone, device: DeviceId, seq: u64) -> Ref {
    let until = phone.today().plus(35);
    let group = phone.state.group().expect("a group");
    let key_id = group.writing_key(Channel::Street).expect("a key").key.id;
    let columns = OpenedColumns { kind: number::ALERT, device, seq, document: None, until: Some(until), life: 35 };
    phone.lays_down(Mailbox::Content, Head { key_id, salt: [0; 16], expires: until }, columns, &[7; 256])
}

fn leaves_surplus(phone: &mut Phone) {
    phone.does(State::leave_aside_surplus).expect("room is made");
}

#[test]
fn forty_former_phones_leave_room_for_the_last_words_of_a_neighbour() {
    let mut world = World::street(61, 5);
    let held = |phone: &Phone| phone.state.store.content_of_others().expect("readable").len();
    let profiles = held(&world.phones[FATMA]);
    let device = || DeviceId(random().expect("randomness"));
    for former in (0..40).map(|_| device()) {
        for seq in 1..=64 {
            holds(&world.phones[FATMA], former, seq);
        }
    }
    leaves_surplus(&mut world.phones[FATMA]);
    let before = held(&world.phones[FATMA]) - profiles;
    assert!((900..=1000).contains(&before), "{before}: the places are full");
    let ria = device();
    let last: Vec<Ref> = (1..=10).map(|seq| holds(&world.phones[FATMA], ria, seq)).collect();
    leaves_surplus(&mut world.phones[FATMA]);
    assert!(last.iter().all(|id| world.phones[FATMA].held(*id).is_some()), "who has most gives way");
    let after = held(&world.phones[FATMA]) - profiles;
    println!("40 devices with 64 each: {before} held; with ten more of one that has few: {after}");
    assert!(after <= 1000);
    seeded::begin(None);
}

#[test]
fn what_found_no_place_is_fetched_when_the_agreements_allow_it() {
    let mut world = World::street(62, 5);
    assert!(world.phones[FATMA].administers(vec![Members::Charter(Charter { alert_kinds: 0, ..Charter::default() })]));
    let (until, jan) = (world.phones[JAN].today().plus(30), &world.phones[JAN]);
    let key = jan.state.group().expect("a group").writing_key(Channel::Street).expect("a key").key.clone();
    let vehicle = |seq| {
        let (place, note, lang) = (Place::Street, format!("nummer {seq}"), "nl".to_owned());
        let alert = Alert { until, kind: AlertKind::Vehicle, practice: false, place, note, lang };
        let operation = jan.forged(seq, Vec::new(), None, Body::Content(Content::Alert(alert)));
        jan.seals(Mailbox::Content, &key, jan.today().plus(35), &operation).bytes
    };
    let alerts: Vec<Vec<u8>> = (1..=70).map(vehicle).collect();
    world.phones[FATMA].hears(Mailbox::Content, &alerts);
    let shown = |phone: &Phone| {
        let all = phone.state.store.views(number::ALERT, ratel_protocol::Day(0), u32::MAX);
        all.expect("readable").len()
    };
    let aside = |phone: &Phone| phone.state.count_quarantined().expect("readable");
    assert_eq!((shown(&world.phones[FATMA]), aside(&world.phones[FATMA])), (0, 64));
    assert!(world.phones[FATMA].administers(vec![Members::Charter(Charter::default())]));
    world.phones[FATMA].hears(Mailbox::Content, &alerts);
    assert_eq!((shown(&world.phones[FATMA]), aside(&world.phones[FATMA])), (70, 0), "all seventy count");
    seeded::begin(None);
}
