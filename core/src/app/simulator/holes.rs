//! Attacks that a careful reader found in the code, each mended: they stay tried.

use ratel_protocol::{Day, Ref};

use super::{phone::Phone, world::World};
use crate::{
    envelope::{
        crypto::seeded,
        operation::{
            Body, Content, Keys, Members, Operation,
            keys::{Channel, KeyId, Rekey},
            members::{Charter, Cosignature, NewDevice},
        },
        seal,
    },
    error::Error,
    group::{Code, Proposal, Refusal},
    identity::DeviceKeys,
    storage::{Mailbox, TokenKind},
    view::Role,
};

const FATMA: usize = 0;
const RIA: usize = 2;

fn new_device(day: Day) -> NewDevice {
    public(&DeviceKeys::generate(day).expect("keys"))
}

fn public(keys: &DeviceKeys) -> NewDevice {
    NewDevice { signing_key: keys.signing.public(), kem_key: keys.boxing.public(), token: keys.token.hash() }
}

/// So many more phones of phone 3's person.
fn linked(world: &mut World, count: usize) -> Vec<DeviceKeys> {
    let today = world.phones[3].today();
    let more: Vec<DeviceKeys> = (0..count).map(|_| DeviceKeys::generate(today).expect("keys")).collect();
    let links = more.iter().map(|keys| Members::Link(public(keys)));
    assert!(links.into_iter().all(|link| world.phones[3].administers(vec![link])));
    world.everybody_meets();
    more
}

/// Writes a proposal in the street, whatever stands in it.
fn writes_in_street(phone: &mut Phone, proposal: &Proposal) {
    let (act, until) = (proposal.to_bytes(), phone.today().plus(30));
    let passed: Result<_, Error> =
        phone.does(|state| state.write_in(Channel::Street, Content::Proposal { until, act }, None));
    passed.expect("anybody may write");
}

#[test]
fn an_erase_takes_nothing_out_of_the_log() {
    let mut world = World::street(31, 4);
    assert!(world.phones[RIA].administers(vec![Members::Helper { device: None }]));
    let own: Ref = *world.phones[RIA].log().heads().first().expect("a head");
    world.everybody_meets();
    world.phones[FATMA].alerts(crate::intent::AlertKind::Fire, "brand").expect("sent");
    let erase = Content::Erase { refs: vec![own] };
    world.phones[RIA].does(|state| state.write(erase, None)).expect("what no app writes");
    world.everybody_meets();
    for _ in 0..20 {
        world.hours_pass(24);
        for who in 0..4 {
            world.phones[who].does(super::super::state::State::end_some).expect("a day ends");
        }
    }
    for phone in &world.phones {
        assert!(phone.carries(Mailbox::Log).contains(&own), "{} still carries it", phone.name);
    }
    seeded::begin(None);
}

#[test]
fn a_charter_for_a_release_that_nobody_has_puts_no_removal_out_of_reach() {
    let mut world = World::street(32, 4);
    let charter = Charter { minimum_version: u16::MAX, ..Charter::default() };
    assert!(world.phones[FATMA].administers(vec![Members::Charter(charter)]));
    let (me, target) = (world.phones[FATMA].device(), world.phones[RIA].device());
    let log = world.phones[FATMA].log();
    let link = Members::Link(new_device(world.phones[FATMA].today()));
    assert_eq!(log.can(me, &link), Err(Refusal::Outdated), "control: what is new waits for the release");
    assert!(world.phones[FATMA].removes(target), "and a removal does not");
    assert!(world.phones[FATMA].administers(vec![Members::Charter(Charter::default())]), "nor what mends it");
    seeded::begin(None);
}

#[test]
fn a_second_phone_of_a_wijkagent_reads_what_he_reads_and_no_more() {
    let mut world = World::street(33, 4);
    let (target, today) = (world.phones[RIA].device(), world.phones[RIA].today());
    let role = Members::Role { target, role: Role::Wijkagent, badge_until: None, cosignatures: vec![] };
    assert!(world.phones[FATMA].does(|state| state.write_members(role)).is_ok());
    world.everybody_meets();
    let second = new_device(today);
    assert!(world.phones[RIA].administers(vec![Members::Link(second)]));
    let members = world.phones[RIA].log().membership();
    assert_eq!(members.role(second.id()), Some(Role::Wijkagent));
    assert!(!members.reads(second.id(), Channel::Street));
    seeded::begin(None);
}

#[test]
fn a_coordinators_token_beside_somebodys_phone_stays_a_coordinators() {
    let mut world = World::street(34, 4);
    world.makes_coordinator(3);
    let bea = world.phones[3].device();
    let token = world.phones[FATMA].log().membership().devices[&bea].token;
    let device = NewDevice { token, ..new_device(world.phones[RIA].today()) };
    // Everything so far is known to the relay.
    let known: Result<(), Error> = world.phones[FATMA].does(|state| state.store.tokens_known(i64::MAX));
    known.expect("noted");
    assert!(world.phones[RIA].administers(vec![Members::Link(device)]));
    world.everybody_meets();
    let queued = world.phones[FATMA].state.store.queued_tokens().expect("readable");
    let told: Vec<TokenKind> = queued.iter().filter(|(_, hash, _)| *hash == token).map(|(_, _, kind)| *kind).collect();
    assert_eq!(told, [TokenKind::Admin]);
    seeded::begin(None);
}

#[test]
fn a_proposal_over_two_persons_is_not_signed_and_each_of_them_alone_is() {
    let mut world = World::street(37, 5);
    world.makes_coordinator(3);
    let [ahmed, jan] = [2, 4].map(|phone: usize| world.phones[phone].device());
    let trustee = |target| Members::Role { target, role: Role::Trustee, badge_until: None, cosignatures: vec![] };
    let both = vec![trustee(ahmed), trustee(jan)];
    let code = world.phones[FATMA].does(|state| state.propose(both, "")).expect("Fatma signs for two");
    world.everybody_meets();
    let signed: Result<_, Error> = world.phones[3].does(|state| state.cosign(&code));
    assert!(matches!(signed, Err(Error::Invitation)));
    assert!(world.phones[3].does(|state| state.proposals()).is_ok_and(|asked| asked.is_empty()), "nor shown");
    let code = world.phones[FATMA].proposes(trustee(jan)).expect("Fatma signs for Jan");
    world.everybody_meets();
    assert!(world.phones[3].cosigned(&code));
    seeded::begin(None);
}

#[test]
fn no_signature_that_is_not_good_spoils_the_choice_of_a_new_coordinator() {
    let mut world = World::street(38, 7);
    let devices: Vec<_> = world.phones.iter().map(Phone::device).collect();
    let role = Members::Role { target: devices[5], role: Role::Wijkagent, badge_until: None, cosignatures: vec![] };
    assert!(world.phones[FATMA].does(|state| state.write_members(role)).is_ok());
    world.everybody_meets();
    let recover = Members::Recover { coordinators: vec![devices[4]], cosignatures: vec![] };
    let code = world.phones[RIA].proposes(recover).expect("Ria begins");
    world.everybody_meets();
    // The officer signs, and somebody puts the trustee's name under it without her key, in a code and in the street.
    let Ok(Code::Sign(bytes)) = Code::read(&code) else { panic!("a code to sign") };
    let mut spoiled = Proposal::from_bytes(&bytes).expect("readable");
    let officer = world.phones[5].cosigns(&spoiled.acts[0], &spoiled.parents);
    let forged = Cosignature { device: devices[1], signature: officer.signature };
    let cosignatures = spoiled.acts[0].cosignatures_mut().expect("signed");
    cosignatures.extend([officer, forged]);
    cosignatures.sort_by_key(|by| by.device);
    assert!(!spoiled.is_signed(|device| world.phones[FATMA].log().signing_key(device)), "one is forged");
    writes_in_street(&mut world.phones[3], &spoiled);
    world.everybody_meets();
    let more: Result<_, Error> = world.phones[6].does(|state| state.cosign(&spoiled.to_code()));
    let more = more.expect("Jan signs").expect("two of three");
    let asked = world.phones[6].does(|state| state.proposals()).expect("readable");
    assert_eq!((asked.len(), asked[0].signed.len()), (1, 2), "Ria and Jan");
    assert!(world.phones[1].cosigned(&more), "the trustee had not signed: now she does, and that is enough");
    world.everybody_meets();
    assert_eq!(world.phones[3].log().membership().role(devices[4]), Some(Role::Coordinator));
    seeded::begin(None);
}

/// What Ria and Jan sign for: phone 4 coordinates.
fn begun(world: &mut World) -> (String, Members) {
    let recover = Members::Recover { coordinators: vec![world.phones[4].device()], cosignatures: vec![] };
    let code = world.phones[RIA].proposes(recover.clone()).expect("Ria begins");
    world.everybody_meets();
    (code, recover)
}

#[test]
fn who_came_after_a_choice_was_begun_signs_nothing_and_spoils_nothing() {
    let mut world = World::street(39, 7);
    let (code, recover) = begun(&mut world);
    let clock = std::sync::Arc::clone(&world.clock);
    world.phones.push(Phone::new("Late", &clock));
    world.joins(7, FATMA);
    world.everybody_meets();
    assert!(world.phones[7].is_member());
    let signed: Result<_, Error> = world.phones[7].does(|state| state.cosign(&code));
    assert!(matches!(signed, Err(Error::CameLater)));
    assert!(world.phones[7].does(|state| state.proposals()).is_ok_and(|asked| asked.is_empty()), "nor is he asked");
    // With a changed app he signs all the same, in the street, where everybody reads it.
    let Ok(Code::Sign(bytes)) = Code::read(&code) else { panic!("a code to sign") };
    let proposal = Proposal::from_bytes(&bytes).expect("readable");
    let mut late = Proposal { acts: vec![recover], ..proposal.clone() };
    let by = world.phones[7].cosigns(&late.acts[0], &late.parents);
    late.acts[0].cosignatures_mut().expect("signed").push(by);
    writes_in_street(&mut world.phones[7], &late);
    world.everybody_meets();
    let more: Result<_, Error> = world.phones[6].does(|state| state.cosign(&code));
    let more = more.expect("Jan signs").expect("two of three");
    assert!(world.phones[5].cosigned(&more), "the third makes it so");
    seeded::begin(None);
}

#[test]
fn eight_phones_of_one_neighbour_are_one_signature_and_push_out_nobodys() {
    let mut world = World::street(41, 7);
    let more = linked(&mut world, 7);
    let (code, _) = begun(&mut world);
    let Ok(Code::Sign(bytes)) = Code::read(&code) else { panic!("a code to sign") };
    let mut crowd = Proposal::from_bytes(&bytes).expect("readable");
    for keys in &more {
        crowd.sign(keys.device(), &keys.signing);
    }
    assert_eq!(crowd.signers().len(), 8);
    let next: Result<_, Error> = world.phones[6].does(|state| state.cosign(&crowd.to_code()));
    let next = next.expect("Jan signs");
    assert_eq!(next, None, "Ria, one neighbour with seven phones, and Jan are three");
    world.everybody_meets();
    assert_eq!(world.phones[3].log().membership().role(world.phones[4].device()), Some(Role::Coordinator));

    let mut world = World::street(42, 7);
    let (code, _) = begun(&mut world);
    let next: Result<_, Error> = world.phones[6].does(|state| state.cosign(&code));
    assert!(next.expect("Jan signs").is_some(), "the control: without that neighbour it is one too few");
    seeded::begin(None);
}

#[test]
fn nine_who_stop_beside_each_other_make_no_coordinators_phone_write_secrets_without_end() {
    let mut world = World::street(43, 5);
    let more = linked(&mut world, 9);
    // An act holds eight parents, so that no Rekey can have seen all nine.
    let phone = &world.phones[3];
    let (parents, group) = (phone.log().heads(), phone.state.group().expect("a group"));
    let leaves = more.iter().map(|keys| {
        let body = Members::Remove { target: keys.device(), cosignatures: vec![] };
        let leave = phone.forged(1, parents.clone(), None, Body::Members(body));
        let leave = Operation { device: keys.device(), ..leave };
        let (key, address) = (group.log_key(), group.address(Mailbox::Log));
        seal(&leave, &keys.signing, key, &address, Day::NEVER).expect("sealed").bytes
    });
    let leaves: Vec<Vec<u8>> = leaves.collect();
    world.phones[FATMA].hears(Mailbox::Log, &leaves);
    let rekeys = |phone: &Phone| phone.carries_kind(crate::envelope::operation::number::REKEY).len();
    let before = rekeys(&world.phones[FATMA]);
    for _ in 0..6 {
        world.phones[FATMA].ticks();
        world.seconds_pass(30);
    }
    let made = rekeys(&world.phones[FATMA]) - before;
    assert!((1..=2).contains(&made), "{made}");
    seeded::begin(None);
}

#[test]
fn nobody_signs_in_the_street_for_others() {
    let mut world = World::street(40, 7);
    begun(&mut world);
    // Papers of Ahmed's own choice, on what exists and on what nobody knows, with the names of all.
    let devices: Vec<_> = world.phones.iter().map(Phone::device).collect();
    for parents in [vec![Ref([9; 16])], world.phones[3].log().heads()] {
        let mut act = Members::Recover { coordinators: vec![devices[3]], cosignatures: vec![] };
        let own = world.phones[3].cosigns(&act, &parents);
        let forged = devices.iter().map(|device| Cosignature { device: *device, ..own });
        let cosignatures = act.cosignatures_mut().expect("signed");
        cosignatures.extend(forged);
        cosignatures.sort_by_key(|by| by.device);
        let group = world.phones[3].state.group().expect("a group").id;
        writes_in_street(&mut world.phones[3], &Proposal { group, parents, acts: vec![act] });
    }
    world.everybody_meets();
    let asked = world.phones[6].does(|state| state.proposals()).expect("readable");
    let mut signed: Vec<usize> = asked.iter().map(|proposal| proposal.signed.len()).collect();
    signed.sort_unstable();
    assert_eq!(
        signed,
        [1, 1],
        "Ria for one choice, and he for his; of what follows nothing that is known, nobody is asked"
    );
    seeded::begin(None);
}

#[test]
fn a_resident_who_writes_a_hundred_rekeys_fills_nobodys_ring() {
    let mut world = World::street(35, 4);
    let reader = world.phones[FATMA].device();
    let heads = world.phones[RIA].log().heads();
    let mut made = Vec::new();
    for generation in 1..=100 {
        let (key_id, boxes) = world.phones[RIA].boxes(&[reader]);
        let rekey = Rekey { channel: Channel::Street, key_id: KeyId(key_id), generation, heads: heads.clone(), boxes };
        world.phones[RIA].forges_keys(Keys::Rekey(rekey));
        made.push(key_id);
    }
    world.meet(RIA, FATMA);
    let held = made.iter().filter(|key_id| world.phones[FATMA].holds(key_id)).count();
    assert_eq!(held, 64);
    world.phones[FATMA].alerts(crate::intent::AlertKind::Fire, "brand").expect("an alert goes all the same");
    assert!(!made.contains(&world.phones[FATMA].writes_with(Channel::Street)));
    seeded::begin(None);
}
