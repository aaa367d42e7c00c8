//! Bytes of the log's operations: one spelling each, and no bytes that hurt (G7).

use ratel_protocol::{Day, Ref, TokenHash};

use super::{
    Body, Join, Keys, Members, Operation,
    keys::{BoxedSecret, Channel, KeyId, MAX_READERS, Rekey},
    members::{Charter, Cosignature, Genesis, NewDevice, Newcomer, Partner, Party},
};
use crate::{
    envelope::{Reader, unpadded_len},
    identity::DeviceId,
    view::Role,
};

const FATMA: u8 = 1;
const RIA: u8 = 2;
const AHMED: u8 = 3;

fn device(who: u8) -> NewDevice {
    // Some bytes that are points of the curve: decoding refuses others.
    let signing_key = crate::envelope::crypto::SigningKey::from_seed([who; 32].into()).unwrap().public();
    NewDevice { signing_key, kem_key: [who; 32], token: TokenHash([0x70 + who; 32]) }
}

fn newcomer(who: u8, role: Role) -> Newcomer {
    Newcomer { device: device(who), role, invitation: None, badge_until: None }
}

fn cosignatures(count: u8) -> Vec<Cosignature> {
    (0..count).map(|who| Cosignature { device: DeviceId([who; 16]), signature: [0xC0 + who; 64] }).collect()
}

fn genesis() -> Genesis {
    let partner = Partner { party: Party::Police, key: [5; 32], terms: [6; 32], signature: [7; 64] };
    let charter = Charter { police_read: true, partners: vec![partner], ..Charter::default() };
    let founders = vec![
        newcomer(FATMA, Role::Coordinator),
        Newcomer { invitation: Some([0xAA; 16]), ..newcomer(RIA, Role::Trustee) },
    ];
    Genesis { nonce: [9; 16], charter, founders }
}

fn boxed(byte: u8) -> BoxedSecret {
    BoxedSecret { encapsulated: [byte; 32], ciphertext: [byte ^ 0xFF; 48] }
}

/// One body of every kind, and the variants that have other bytes.
fn bodies() -> Vec<(&'static str, Body)> {
    let target = DeviceId([4; 16]);
    let admitted = Newcomer { invitation: Some([8; 16]), badge_until: Some(Day(900)), ..newcomer(AHMED, Role::Patrol) };
    let rekey = Rekey {
        channel: Channel::Street,
        key_id: KeyId([1; 16]),
        generation: 300,
        heads: vec![Ref([2; 16]), Ref([3; 16])],
        boxes: vec![(DeviceId([1; 16]), boxed(1)), (DeviceId([2; 16]), boxed(2))],
    };
    let members = [
        ("genesis", Members::Genesis(genesis())),
        ("admit", Members::Admit(newcomer(AHMED, Role::Resident))),
        ("admit-invited", Members::Admit(admitted)),
        ("role", Members::Role { target, role: Role::Trustee, badge_until: None, cosignatures: cosignatures(2) }),
        (
            "role-badge",
            Members::Role { target, role: Role::Wijkagent, badge_until: Some(Day(1)), cosignatures: vec![] },
        ),
        ("remove", Members::Remove { target, cosignatures: vec![] }),
        ("remove-signed", Members::Remove { target, cosignatures: cosignatures(1) }),
        ("replace", Members::Replace { target, device: device(AHMED), cosignatures: cosignatures(1) }),
        ("link", Members::Link(device(AHMED))),
        ("helper", Members::Helper { device: Some(target) }),
        ("helper-none", Members::Helper { device: None }),
        ("charter", Members::Charter(Charter::default())),
        ("relay", Members::Relay { url: "https://relay.example".to_owned() }),
        ("recover", Members::Recover { coordinators: vec![target], cosignatures: cosignatures(3) }),
        ("keep", Members::Keep { lists: vec![Ref([1; 16]), Ref([2; 16])] }),
        ("members-later", Members::Other { kind: 79, bytes: vec![1, 2, 3] }),
    ];
    let keys = [
        ("rekey", Keys::Rekey(rekey)),
        ("prekey", Keys::Prekey { kem_key: [3; 32] }),
        ("key-wanted", Keys::KeyWanted { key_ids: vec![KeyId([1; 16])], kem_key: [3; 32] }),
        (
            "key-given",
            Keys::KeyGiven { to: target, channel: Channel::Coordination, key_id: KeyId([6; 16]), boxed: boxed(9) },
        ),
        ("list", Keys::List { refs: vec![Ref([1; 16]), Ref([7; 16])] }),
    ];
    let join = [
        ("join-wanted", Join::Wanted { device: device(AHMED) }),
        ("join-answer", Join::Answer { encapsulated: [4; 32], ciphertext: vec![5; 120] }),
    ];
    let members = members.into_iter().map(|(name, body)| (name, Body::Members(body)));
    let keys = keys.into_iter().map(|(name, body)| (name, Body::Keys(body)));
    members.chain(keys).chain(join.into_iter().map(|(name, body)| (name, Body::Join(body)))).collect()
}

fn operation(body: Body) -> Operation {
    Operation {
        device: DeviceId([0xD0; 16]),
        seq: 200,
        time: 91_000_000,
        document: None,
        parents: vec![Ref([1; 16]), Ref([2; 16])],
        body,
    }
}

#[test]
fn every_body_reads_back_as_it_was_written() {
    for (name, body) in bodies() {
        let written = operation(body);
        let bytes = written.encode();
        let mut reader = Reader::new(&bytes);
        assert_eq!(Operation::decode(&mut reader).as_ref(), Ok(&written), "{name}");
        assert_eq!(reader.remaining(), 0, "{name}");
    }
}

#[test]
fn bytes_on_the_wire_are_the_ones_of_release_one() {
    let written: Vec<String> = bodies()
        .into_iter()
        .map(|(name, body)| format!("{:3} {name} {}", body.kind(), ratel_protocol::hex::encode(&body.encode())))
        .collect();
    let released: Vec<&str> = include_str!("vectors.txt").lines().collect();
    assert_eq!(written, released, "bytes of a release never change; new kinds get new lines");
}

#[test]
fn cut_or_changed_bytes_are_refused_or_mean_exactly_themselves() {
    for (name, body) in bodies() {
        let (kind, bytes) = (body.kind(), body.encode());
        for length in 0..bytes.len() {
            let cut = Body::decode(kind, &bytes[..length]);
            let unread = matches!(cut, Ok(Body::Members(Members::Other { .. })));
            assert!(cut.is_err() || unread, "{name} of {length} bytes");
        }
        for bit in 0..bytes.len() * 8 {
            let mut changed = bytes.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            if let Ok(read) = Body::decode(kind, &changed) {
                assert_eq!(read.encode(), changed, "{name} with bit {bit} changed has two spellings");
            }
        }
        for other in 60..100 {
            if let Ok(read) = Body::decode(other, &bytes) {
                assert_eq!((read.kind(), read.encode()), (other, bytes.clone()), "{name} read as {other}");
            }
        }
    }
}

#[test]
fn a_beginning_that_breaks_a_rule_is_no_beginning() {
    let decode = |genesis: &Genesis| {
        let body = Body::Members(Members::Genesis(genesis.clone()));
        Body::decode(body.kind(), &body.encode()).map(|_| ()).map_err(|error| error.0)
    };
    let good = genesis();
    assert_eq!(decode(&good), Ok(()));
    let with = |founders| Genesis { founders, ..good.clone() };
    let [first, second] = <[Newcomer; 2]>::try_from(good.founders.clone()).unwrap();
    assert_eq!(decode(&with(vec![first])), Err("a beginning takes two persons"));
    assert_eq!(decode(&with(vec![second, first])), Err("the first founder is no coordinator"));
    let twice = Newcomer { device: first.device, ..second };
    assert_eq!(decode(&with(vec![first, twice])), Err("a founder twice"));
    let more = |role| (10..17).map(move |who| newcomer(who, role));
    let all = |role, count| with([first, second].into_iter().chain(more(role).take(count)).collect());
    assert_eq!(decode(&all(Role::Coordinator, 2)), Ok(()));
    assert_eq!(decode(&all(Role::Coordinator, 3)), Err("too many officials"));
    assert_eq!(decode(&all(Role::Trustee, 4)), Ok(()));
    assert_eq!(decode(&all(Role::Trustee, 5)), Err("too many officials"));
    assert_eq!(decode(&all(Role::Resident, 6)), Ok(()));
    assert_eq!(decode(&all(Role::Resident, 7)), Err("count too large"));
}

#[test]
fn keys_of_small_order_let_in_nobody() {
    let refused = |device: NewDevice| {
        let target = DeviceId([4; 16]);
        let newcomer = Newcomer { device, ..newcomer(AHMED, Role::Resident) };
        let mut genesis = genesis();
        genesis.founders.push(newcomer);
        let bodies = [
            Body::Members(Members::Genesis(genesis)),
            Body::Members(Members::Admit(newcomer)),
            Body::Members(Members::Link(device)),
            Body::Members(Members::Replace { target, device, cosignatures: vec![] }),
            Body::Join(Join::Wanted { device }),
        ];
        let errors = bodies.map(|body| Body::decode(body.kind(), &body.encode()).err().map(|error| error.0));
        assert!(errors.iter().all(|error| *error == errors[0]));
        errors[0]
    };
    let good = device(AHMED);
    assert_eq!(refused(good), None);
    for signing_key in [[0; 32], std::array::from_fn(|at| u8::from(at == 0))] {
        assert_eq!(refused(NewDevice { signing_key, ..good }), Some("device key of small order"));
        assert_eq!(refused(NewDevice { kem_key: signing_key, ..good }), Some("device key of small order"));
    }
}

#[test]
fn nobody_is_admitted_as_an_official() {
    for role in [Role::Trustee, Role::Coordinator] {
        let body = Body::Members(Members::Admit(newcomer(AHMED, role)));
        assert!(Body::decode(body.kind(), &body.encode()).is_err());
    }
}

#[test]
fn an_admit_fits_384_bytes_and_a_rekey_for_a_whole_neighbourhood_64_kib() {
    let admit = bodies().into_iter().find(|(name, _)| *name == "admit-invited").map(|(_, body)| body).unwrap();
    let length = unpadded_len(&operation(admit));
    println!("an Admit on two heads takes {length} bytes");
    assert!(length <= 384);
    let reader = |number: usize| {
        let mut id = [0; 16];
        id[..8].copy_from_slice(&(number as u64).to_be_bytes());
        (DeviceId(id), boxed(1))
    };
    let rekey = |readers| Rekey {
        channel: Channel::Street,
        key_id: KeyId([1; 16]),
        generation: u64::MAX,
        heads: (0..8).map(|head| Ref([head; 16])).collect(),
        boxes: (0..readers).map(reader).collect(),
    };
    let length = unpadded_len(&operation(Body::Keys(Keys::Rekey(rekey(MAX_READERS)))));
    println!("a Rekey for {MAX_READERS} readers takes {length} bytes");
    assert!(length <= ratel_protocol::MAX_ENVELOPE_BYTES);
    let body = Body::Keys(Keys::Rekey(rekey(MAX_READERS + 1)));
    assert!(Body::decode(body.kind(), &body.encode()).is_err());
}

/// R49: a partner signs for one group, as one kind of party, for one text; nobody signs in its place.
#[test]
fn a_partners_signature_is_good_for_its_group_its_party_and_its_terms_only() {
    let group = ratel_protocol::GroupId([1; 16]);
    let signing = crate::envelope::crypto::SigningKey::from_seed([30; 32].into()).unwrap();
    let message = Partner::message(group, Party::Municipality, &[6; 32]);
    let partner = Partner {
        party: Party::Municipality,
        key: signing.public(),
        terms: [6; 32],
        signature: signing.sign(&message),
    };
    assert!(partner.is_signed(group));
    assert!(!partner.is_signed(ratel_protocol::GroupId([2; 16])), "another street");
    assert!(!Partner { party: Party::Police, ..partner }.is_signed(group), "not as the police");
    assert!(!Partner { terms: [7; 32], ..partner }.is_signed(group), "other terms");
    assert!(!Partner { key: device(RIA).signing_key, ..partner }.is_signed(group), "another's key");

    let (mut key, mut signature) = ([0; 32], [0; 64]);
    (key[0], signature[0]) = (1, 1);
    assert!(crate::envelope::crypto::verify(&key, &message, &signature), "the control: such a key signs anything");
    assert!(!Partner { key, signature, ..partner }.is_signed(group));
}

#[test]
fn the_names_of_channels_that_key_ids_commit_to_never_change() {
    assert_eq!(Channel::ALL.map(Channel::name), ["street", "team", "coordination"]);
}
