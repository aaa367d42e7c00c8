//! One operation of every kind, always the same: for golden envelopes, and as seeds of mutation.

use ratel_core::{
    envelope::{
        Address, ChannelKey,
        crypto::{BoxKey, SigningKey},
        operation::{
            Body, Content, Join, Keys, Members, Operation, content,
            keys::{BoxedSecret, Channel, KeyId, Rekey},
            members::{Charter, Cosignature, Genesis, NewDevice, Newcomer, Partner, Party},
        },
    },
    identity::DeviceId,
    intent::{AlertKind, Answer},
    view::Role,
};
use ratel_protocol::{Day, GroupId, MailboxId, Ref, Token};

/// Who signs all samples.
pub fn signer() -> SigningKey {
    SigningKey::from_seed([3; 32].into()).expect("a seed")
}

/// The channel of all samples.
pub fn key() -> ChannelKey {
    ChannelKey::new(GroupId([1; 16]), "street", [4; 32].into())
}

/// The mailbox of all samples.
pub fn address() -> Address {
    Address { group: GroupId([1; 16]), mailbox: MailboxId([2; 16]) }
}

/// Every kind of operation under a name.
pub fn operations() -> Vec<(&'static str, Operation)> {
    let mut all: Vec<(&'static str, Operation)> = Vec::new();
    all.extend(openings().map(|(name, content)| (name, operation(None, 0, Body::Content(content)))));
    let alert = Some(Ref([9; 16]));
    all.extend(states().map(|(name, content)| (name, operation(alert, 2, Body::Content(content)))));
    all.extend(papers().map(|(name, content)| (name, operation(None, 0, Body::Content(content)))));
    all.extend(leaves().map(|(name, content)| (name, operation(alert, 0, Body::Content(content)))));
    all.extend(beginnings().map(|(name, members)| (name, operation(None, 1, Body::Members(members)))));
    all.extend(takings().map(|(name, members)| (name, operation(None, 8, Body::Members(members)))));
    all.extend(keys().map(|(name, keys)| (name, operation(None, 0, Body::Keys(keys)))));
    all.extend(joins().map(|(name, join)| (name, operation(None, 0, Body::Join(join)))));
    all.push(("unknown", operation(None, 0, Body::Unknown { kind: 4000, bytes: vec![0xA5; 30] })));
    all
}

fn operation(document: Option<Ref>, parents: u8, body: Body) -> Operation {
    Operation {
        device: NewDevice { signing_key: signer().public(), ..new_device(20) }.id(),
        seq: 300,
        time: 90_000_000,
        document,
        parents: (1..=parents).map(|number| Ref([number; 16])).collect(),
        body,
    }
}

fn openings() -> impl Iterator<Item = (&'static str, Content)> {
    let alert = |kind, practice, place, note: &str| {
        let (note, lang) = (String::from(note), String::from("nl"));
        Content::Alert(content::Alert { until: Day(1090), kind, practice, place, note, lang })
    };
    let position = content::Place::Position { latitude: 52_370_000, longitude: -4_890_000 };
    [
        ("alert-position", alert(AlertKind::BreakIn, false, position, "Iemand trekt aan de deur van nummer 14.")),
        ("alert-street", alert(AlertKind::Fire, true, content::Place::Street, "")),
        ("alert-home", alert(AlertKind::Help, false, content::Place::Home, "é à ñ")),
        ("alert-words", alert(AlertKind::Vehicle, false, content::Place::Words("bij de brug".into()), "bestelbus")),
        ("profile", Content::Profile { until: Day(1460), name: "Ria".into(), number: "14".into() }),
        ("street", Content::Street { until: Day(1460), name: "Lindestraat".into() }),
        ("note", Content::Note { until: Day(1455), text: "Lamp stuk bij 9".into(), lang: "nl".into() }),
    ]
    .into_iter()
}

fn papers() -> impl Iterator<Item = (&'static str, Content)> {
    let boxes = vec![BoxedSecret { encapsulated: [0xB3; 32], ciphertext: [0xB4; 48] }; content::LETTER_BOXES];
    [
        ("reason", Content::Reason { until: Day(1455), about: Ref([0x21; 16]), text: "verhuisd".into() }),
        ("invitation", Content::Invitation { until: Day(1190), secret: [0x13; 16], revoked: false }),
        ("letter", Content::Letter(content::Letter { until: Day(1090), boxes, sealed: vec![0x5E; 256] })),
        ("erase", Content::Erase { refs: vec![Ref([0x61; 16]), Ref([0x62; 16])] }),
        ("proposal", Content::Proposal { until: Day(1190), act: vec![0xAC; 90] }),
    ]
    .into_iter()
}

fn states() -> impl Iterator<Item = (&'static str, Content)> {
    let edit = Content::Edit { note: "Het zijn er twee".into(), lang: "nl".into() };
    [("edit", edit), ("withdraw", Content::Withdraw)].into_iter()
}

fn leaves() -> impl Iterator<Item = (&'static str, Content)> {
    [
        ("answer", Content::Answer { answer: Answer::Come }),
        ("seen", Content::Seen),
        ("called-112", Content::Called112 { called: true }),
    ]
    .into_iter()
}

/// A device by number.
pub fn new_device(number: u8) -> NewDevice {
    let signing = SigningKey::from_seed([number; 32].into()).expect("a seed");
    let boxing = BoxKey::from_bytes(&[number; 32]).expect("a key");
    NewDevice { signing_key: signing.public(), kem_key: boxing.public(), token: Token([number; 32]).hash() }
}

fn newcomer(number: u8, role: Role, invitation: Option<[u8; 16]>) -> Newcomer {
    Newcomer { device: new_device(number), role, invitation, badge_until: None }
}

fn device(number: u8) -> DeviceId {
    new_device(number).id()
}

fn cosignatures() -> Vec<Cosignature> {
    vec![Cosignature { device: device(21), signature: [0xC0; 64] }]
}

fn beginnings() -> impl Iterator<Item = (&'static str, Members)> {
    let partner = Partner {
        party: Party::Municipality,
        key: new_device(30).signing_key,
        terms: [0x7E; 32],
        signature: [0x51; 64],
    };
    let charter = Charter {
        officials_only: 0b0100_0000,
        quiet: (1320, 420),
        police_read: true,
        partners: vec![partner],
        ..Charter::default()
    };
    let founders = vec![newcomer(20, Role::Coordinator, None), newcomer(21, Role::Trustee, Some([0x11; 16]))];
    let guest = Newcomer { badge_until: Some(Day(1200)), ..newcomer(22, Role::Wijkagent, Some([0x12; 16])) };
    [
        ("genesis", Members::Genesis(Genesis { nonce: [0x6E; 16], charter: Charter::default(), founders })),
        ("admit", Members::Admit(guest)),
        ("link", Members::Link(new_device(23))),
        ("helper", Members::Helper { device: Some(device(22)) }),
        ("charter", Members::Charter(charter)),
        ("relay", Members::Relay { url: "https://relay.example".into() }),
        ("keep", Members::Keep { lists: vec![Ref([0x41; 16]), Ref([0x42; 16])] }),
        ("members-other", Members::Other { kind: 79, bytes: vec![1, 2, 3] }),
    ]
    .into_iter()
}

fn takings() -> impl Iterator<Item = (&'static str, Members)> {
    let (target, cosignatures) = (device(20), cosignatures());
    let role = Members::Role {
        target,
        role: Role::Resident,
        badge_until: Some(Day(1200)),
        cosignatures: cosignatures.clone(),
    };
    [
        ("role", role),
        ("remove", Members::Remove { target, cosignatures: cosignatures.clone() }),
        ("replace", Members::Replace { target, device: new_device(24), cosignatures: cosignatures.clone() }),
        ("recover", Members::Recover { coordinators: vec![device(22)], cosignatures }),
    ]
    .into_iter()
}

fn keys() -> impl Iterator<Item = (&'static str, Keys)> {
    let boxed = BoxedSecret { encapsulated: [0xB0; 32], ciphertext: [0xB1; 48] };
    let to = device(22);
    let rekey = Rekey {
        channel: Channel::Street,
        key_id: KeyId([0x1D; 16]),
        generation: 3,
        heads: vec![Ref([0x31; 16])],
        boxes: vec![(to, boxed)],
    };
    let kem_key = new_device(22).kem_key;
    [
        ("rekey", Keys::Rekey(rekey)),
        ("prekey", Keys::Prekey { kem_key }),
        ("key-wanted", Keys::KeyWanted { key_ids: vec![KeyId([0x1D; 16]), KeyId([0x1E; 16])], kem_key }),
        ("key-given", Keys::KeyGiven { to, channel: Channel::Coordination, key_id: KeyId([0x1D; 16]), boxed }),
        ("list", Keys::List { refs: vec![Ref([0x51; 16]), Ref([0x52; 16])] }),
    ]
    .into_iter()
}

fn joins() -> impl Iterator<Item = (&'static str, Join)> {
    let wanted = Join::Wanted { device: new_device(25) };
    let answer = Join::Answer { encapsulated: [0xB2; 32], ciphertext: vec![0xAB; 300] };
    [("join-wanted", wanted), ("join-answer", answer)].into_iter()
}
