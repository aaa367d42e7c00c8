//! What people hand to each other, what they call themselves, and acts of administration put into a log.

use std::sync::LazyLock;

use ratel_core::{
    envelope::{
        Reader,
        crypto::{SigningKey, sha256},
        operation::{
            Body, Members, Operation,
            members::{Charter, Cosignature, Genesis, NewDevice, Newcomer, group_id},
        },
    },
    group::{Card, Code, CodeKind, Inserted, Log, MembersOperation, Proposal, write_code},
    identity::{DeviceId, check_name, check_number, check_street},
    view::Role,
};
use ratel_protocol::{GroupId, Ref, Token};
use ratel_tests::samples;

use crate::Parser;

/// Name, parser, seeds.
pub(crate) fn all() -> Vec<(&'static str, Parser, Vec<Vec<u8>>)> {
    let names = ["Ria", "Jan-Willem de Vries", "Ahmed (14)", "Zoë"].map(Vec::from).to_vec();
    vec![
        ("code", code as Parser, codes()),
        ("proposal", proposal, proposals()),
        ("name", name, names),
        ("members log", into_a_log, histories()),
    ]
}

fn code(bytes: &[u8]) -> bool {
    match Code::read(&String::from_utf8_lossy(bytes)) {
        Ok(Code::Card(card)) => {
            let again = Code::read(&card.to_code());
            assert!(matches!(again, Ok(Code::Card(read)) if read == card), "written otherwise than read");
            true
        }
        Ok(_) => true,
        Err(_) => false,
    }
}

fn codes() -> Vec<Vec<u8>> {
    let card = Card { device: new_device(20), nonce: [7; 16] };
    let sign = write_code(CodeKind::Sign, &[0x5A; 90]);
    let telephone = card.to_code().to_lowercase().replace('-', " ");
    vec![card.to_code().into_bytes(), sign.into_bytes(), telephone.into_bytes()]
}

fn proposal(bytes: &[u8]) -> bool {
    Proposal::from_bytes(bytes).is_ok_and(|proposal| {
        assert_eq!(proposal.to_bytes(), bytes, "written otherwise than read");
        proposal.is_signed(|_| Some(signing(20).public()));
        true
    })
}

fn proposals() -> Vec<Vec<u8>> {
    let none = Vec::new;
    let role = Members::Role { target: id(23), role: Role::Coordinator, badge_until: None, cosignatures: none() };
    let recover = Members::Recover { coordinators: vec![id(22)], cosignatures: none() };
    let replace = Members::Replace { target: id(22), device: new_device(25), cosignatures: none() };
    let remove = Members::Remove { target: id(22), cosignatures: none() };
    let signed = [vec![role], vec![recover], vec![replace, remove]].map(|acts| {
        let mut proposal = Proposal { group: group(), parents: vec![Ref([1; 16]), Ref([2; 16])], acts };
        proposal.sign(id(20), &signing(20));
        proposal.sign(id(21), &signing(21));
        proposal.to_bytes()
    });
    signed.to_vec()
}

/// What is accepted is what will be drawn: it is accepted again as it stands, and breaks no line.
fn name(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let accepted = [check_name(&text), check_number(&text), check_street(&text)].into_iter().map(Result::ok);
    let checks = [check_name, check_number, check_street];
    let all: Vec<String> = accepted
        .zip(checks)
        .filter_map(|(name, check)| {
            let name = name?;
            assert_eq!(check(&name).ok().as_ref(), Some(&name), "not accepted as it was written");
            assert!(!name.contains(|c: char| c.is_control() || c == '\u{202E}'), "it draws otherwise than it reads");
            Some(name)
        })
        .collect();
    !all.is_empty()
}

const NONCE: [u8; 16] = [0x6E; 16];
/// Most operations of one input.
const MOST: usize = 40;

fn signing(number: u8) -> SigningKey {
    SigningKey::from_seed([number; 32].into()).expect("a seed")
}

fn new_device(number: u8) -> NewDevice {
    let kem_key = samples::new_device(number).kem_key;
    NewDevice { signing_key: signing(number).public(), kem_key, token: Token([number; 32]).hash() }
}

fn newcomer(number: u8, role: Role) -> Newcomer {
    let device = new_device(number);
    Newcomer { device, role, invitation: None, badge_until: None }
}

fn id(number: u8) -> DeviceId {
    new_device(number).id()
}

fn group() -> GroupId {
    group_id(&signing(20).public(), &NONCE)
}

/// A street of two coordinators, a trustee and a neighbour; every input is put on top of it.
static STREET: LazyLock<Log> = LazyLock::new(|| {
    let founders = vec![
        newcomer(20, Role::Coordinator),
        newcomer(21, Role::Coordinator),
        newcomer(22, Role::Trustee),
        newcomer(23, Role::Resident),
    ];
    let genesis = Genesis { nonce: NONCE, charter: Charter::default(), founders };
    let mut log = Log::new(group());
    let body = Members::Genesis(genesis);
    let first = MembersOperation { id: Ref([1; 16]), author: id(20), parents: Vec::new(), body };
    assert_eq!(log.insert(first), Inserted::Entered);
    log
});

fn operation(author: u8, body: Members) -> Operation {
    Operation {
        device: id(author),
        seq: 1,
        time: 1,
        document: None,
        parents: vec![Ref([1; 16])],
        body: Body::Members(body),
    }
}

fn signed(author: u8, mut body: Members, beside: u8) -> Operation {
    let message = body.cosign_message(group(), &[Ref([1; 16])]);
    if let Some(cosignatures) = body.cosignatures_mut() {
        cosignatures.push(Cosignature { device: id(beside), signature: signing(beside).sign(&message) });
    }
    operation(author, body)
}

fn histories() -> Vec<Vec<u8>> {
    let none = Vec::new;
    let role = |target, role| Members::Role { target: id(target), role, badge_until: None, cosignatures: none() };
    let acts = [
        operation(20, Members::Admit(newcomer(24, Role::Resident))),
        operation(23, Members::Helper { device: Some(id(24)) }),
        operation(24, Members::Replace { target: id(23), device: new_device(25), cosignatures: none() }),
        signed(20, role(23, Role::Coordinator), 21),
        signed(21, Members::Remove { target: id(20), cosignatures: none() }, 22),
        operation(23, Members::Remove { target: id(23), cosignatures: none() }),
        operation(22, Members::Keep { lists: vec![Ref([9; 16])] }),
        operation(20, Members::Link(new_device(26))),
        signed(22, Members::Recover { coordinators: vec![id(22)], cosignatures: none() }, 23),
        operation(21, Members::Other { kind: 79, bytes: vec![1] }),
    ];
    let encoded: Vec<Vec<u8>> = acts.iter().map(Operation::encode).collect();
    [&encoded[..4], &encoded[4..7], &encoded[7..], &encoded[..]].map(<[Vec<u8>]>::concat).to_vec()
}

/// The acts of an input, one after another, written by somebody who is known on something that is there. Then, in
/// another order, the log says the same.
fn into_a_log(bytes: &[u8]) -> bool {
    let mut log = STREET.clone();
    let mut there = vec![Ref([1; 16])];
    let mut written = Vec::new();
    let mut reader = Reader::new(bytes);
    while written.len() < MOST && reader.remaining() > 0 {
        let before = reader.remaining();
        let Ok(operation) = Operation::decode(&mut reader) else { break };
        let Body::Members(body) = operation.body else { break };
        let Ok(number) = u8::try_from(written.len() + 2) else { break };
        let mut parents: Vec<Ref> =
            operation.parents.iter().map(|parent| there[usize::from(parent.0[0]) % there.len()]).collect();
        parents.sort_unstable();
        parents.dedup();
        let known = log.signing_key(operation.device).is_some();
        let author = if known { operation.device } else { id(20 + operation.device.0[0] % 7) };
        // Of two inputs that differ, so do the ids, and with them the order among equals.
        let hash = sha256(&[&[number], &bytes[bytes.len() - before..bytes.len() - reader.remaining()]]);
        let act = MembersOperation { id: Ref(hash[..16].try_into().expect("16 bytes")), author, parents, body };
        if log.insert(act.clone()) == Inserted::Entered {
            there.push(act.id);
            written.push(act);
        }
    }
    let mut again = STREET.clone();
    for act in written.iter().rev() {
        again.insert(act.clone());
    }
    assert_eq!(again.membership(), log.membership(), "in another order it says something else");
    assert!(log.surplus(&std::collections::BTreeSet::new()).len() <= written.len());
    !written.is_empty()
}
