//! What the table of rights means, told with people (G11).

use super::street::*;
use ratel_protocol::{Day, Ref};
use zeroize::Zeroizing;

use crate::{
    envelope::{
        crypto::SigningKey,
        operation::{
            Content,
            content::{Alert, Place},
            keys::Channel,
            members::{Charter, Cosignature, Genesis, Members, NewDevice, Newcomer, Partner, Party, group_id},
        },
    },
    group::{Inserted, Log, MembersOperation, Refusal},
    intent::AlertKind,
    view::Role,
};

#[test]
fn a_coordinator_lets_in_and_removes_residents_and_touches_no_official_alone() {
    let mut street = Street::usual(1);
    assert_eq!(street.role(RIA), Some(Role::Resident));
    street.write(BEA, remove(RIA));
    assert_eq!(street.role(RIA), None);
    assert!(street.membership().was_removed(device(RIA)));
    let again = street.write(FATMA, admit(RIA));
    assert!(!street.counts(again), "who comes back makes a new key");
    street.write(BEA, remove(FATMA));
    assert_eq!(street.role(FATMA), Some(Role::Coordinator), "one coordinator has no power over another");
    let resident = street.write(AHMED, remove(JAN));
    assert!(!street.counts(resident));
    street.write_with(BEA, remove(FATMA), &[CEES]);
    assert_eq!(street.role(FATMA), None, "two have");
}

#[test]
fn leaving_is_never_refused() {
    let mut street = Street::usual(2);
    street.write(AHMED, remove(AHMED));
    street.write(FATMA, remove(FATMA));
    assert_eq!((street.role(AHMED), street.role(FATMA)), (None, None));
    assert_eq!(street.log.can(device(RIA), &remove(RIA)), Ok(()));
    assert_eq!(street.log.can(device(RIA), &remove(JAN)), Err(Refusal::NotCoordinator));
    assert_eq!(street.log.can(device(BEA), &remove(CEES)), Err(Refusal::TwoSignatures));
    let after = street.write(AHMED, Members::Helper { device: Some(device(RIA)) });
    assert!(!street.counts(after), "who left writes nothing that counts");
}

#[test]
fn power_over_an_official_takes_two_persons_who_sign_for_this_very_moment() {
    let mut street = Street::usual(3);
    street.write_with(FATMA, role(RIA, Role::Trustee), &[BEA]);
    assert_eq!(street.role(RIA), Some(Role::Trustee));
    let same = street.write_with(FATMA, role(RIA, Role::Resident), &[FATMA]);
    let target = street.write_with(FATMA, role(RIA, Role::Resident), &[RIA]);
    let resident = street.write_with(FATMA, role(RIA, Role::Resident), &[AHMED]);
    assert!([same, target, resident].into_iter().all(|id| !street.counts(id)));
    // Fatma's second phone is no second person.
    street.write(FATMA, Members::Link(keys(15)));
    street.write_with(FATMA, role(15, Role::Trustee), &[BEA]);
    let own = street.write_with(FATMA, role(RIA, Role::Resident), &[15]);
    assert!(!street.counts(own));
    // A signature that Bea gave for another moment is worth nothing now.
    let earlier = [street.written[0].id];
    let message = remove(RIA).cosign_message(group(), &earlier);
    let carried = Members::Remove { target: device(RIA), cosignatures: vec![cosign(BEA, &message)] };
    let carried = street.write(FATMA, carried);
    assert!(!street.counts(carried));
    street.write_with(FATMA, role(RIA, Role::Resident), &[CEES]);
    assert_eq!(street.role(RIA), Some(Role::Resident));
}

#[test]
fn who_came_to_office_late_cannot_date_an_act_to_before_it() {
    let mut street = Street::usual(4);
    let before = street.log.heads();
    street.write_with(FATMA, role(RIA, Role::Coordinator), &[BEA]);
    let early = street.write_after(RIA, &before, remove(AHMED), &[]);
    assert!(!street.counts(early) && street.role(AHMED).is_some());
    let now = street.write(RIA, remove(AHMED));
    assert!(street.counts(now) && street.role(AHMED).is_none());
}

#[test]
fn what_was_taken_unseen_is_not_given_back_by_chance() {
    let mut street = Street::usual(5);
    street.write_with(FATMA, role(RIA, Role::Coordinator), &[BEA]);
    let both_see = street.log.heads();
    street.write_after(BEA, &both_see, role(RIA, Role::Resident), &[CEES]);
    let raised = street.write_after(FATMA, &both_see, role(RIA, Role::Coordinator), &[DIRK]);
    assert_eq!(street.role(RIA), Some(Role::Resident));
    assert!(!street.counts(raised));
    let seen = street.write_with(FATMA, role(RIA, Role::Coordinator), &[DIRK]);
    assert!(street.counts(seen), "knowing of it, two may");
}

#[test]
fn a_helper_named_beforehand_replaces_a_lost_phone() {
    let mut street = Street::usual(6);
    let any_neighbour = street.write(AHMED, replace(RIA, 16));
    assert!(!street.counts(any_neighbour), "else neighbours could steal each other's identity");
    street.write(RIA, Members::Helper { device: Some(device(AHMED)) });
    let coordinator = street.write_with(AHMED, replace(FATMA, 17), &[]);
    assert!(!street.counts(coordinator));
    street.write(AHMED, replace(RIA, 16));
    assert_eq!((street.role(RIA), street.role(16)), (None, Some(Role::Resident)));
    assert_eq!(street.membership().person(device(16)), Some(person(RIA)));
    // An official's phone takes two, and the rights come back by Role.
    street.write_with(BEA, replace(FATMA, 17), &[CEES]);
    assert_eq!((street.role(FATMA), street.role(17)), (None, Some(Role::Resident)));
}

#[test]
fn a_helper_who_was_removed_cannot_take_the_phone_of_whom_he_helped() {
    let mut street = Street::usual(21);
    let named = street.write(RIA, Members::Helper { device: Some(device(AHMED)) });
    for who in 30..34 {
        street.write(FATMA, admit(who));
    }
    street.write(BEA, remove(AHMED));
    // He dates it back to when he was her helper: earlier than his removal, and by as many signatures.
    let forged = street.write_after(AHMED, &[named], replace(RIA, PUPPET), &[]);
    assert!(!street.counts(forged));
    assert_eq!((street.role(RIA), street.role(PUPPET)), (Some(Role::Resident), None));
}

#[test]
fn a_helper_who_was_a_coordinator_and_lost_that_takes_no_phone_by_what_he_was() {
    let mut street = Street::usual(22);
    let named = street.write(RIA, Members::Helper { device: Some(device(BEA)) });
    street.write_with(FATMA, role(BEA, Role::Resident), &[CEES]);
    street.write(FATMA, remove(BEA));
    // She dates it back to when she was both: by the office it would go first, by the help it would have the right.
    let forged = street.write_after(BEA, &[named], replace(RIA, PUPPET), &[]);
    assert!(!street.counts(forged));
    assert_eq!((street.role(RIA), street.role(PUPPET)), (Some(Role::Resident), None));
    // The control: the help alone is good while she is in.
    let mut street = Street::usual(22);
    street.write(RIA, Members::Helper { device: Some(device(BEA)) });
    street.write_with(FATMA, role(BEA, Role::Resident), &[CEES]);
    let helped = street.write(BEA, replace(RIA, PUPPET));
    assert!(street.counts(helped));
}

#[test]
fn linked_devices_are_one_person_with_resident_rights() {
    let mut street = Street::usual(7);
    street.write(FATMA, Members::Link(keys(15)));
    assert_eq!(street.role(15), Some(Role::Resident));
    assert_eq!(street.membership().person(device(15)), Some(person(FATMA)));
    assert_eq!(street.membership().persons(), 7);
    assert_eq!(street.membership().devices[&device(15)].admitted_by, device(FATMA));
}

#[test]
fn many_make_a_new_coordinator_when_the_officials_are_lost() {
    // Seven persons, two of them trustees: half of seven is four.
    let mut street = Street::usual(9);
    let three = street.write_with(RIA, recover(&[AHMED]), &[AHMED, JAN]);
    assert!(!street.counts(three));
    let four = street.write_with(RIA, recover(&[AHMED]), &[AHMED, JAN, CEES]);
    assert!(street.counts(four));
    assert_eq!(street.role(AHMED), Some(Role::Coordinator));
    assert_eq!(street.role(FATMA), Some(Role::Coordinator), "nobody is removed by it");
    // Ten persons and no trustee: a third is four; a wijkagent neither counts nor signs.
    let mut street = Street::begin(&[(FATMA, Role::Coordinator), (BEA, Role::Resident)], 9);
    for who in 30..37 {
        street.write(FATMA, admit(who));
    }
    street.write(FATMA, admit(37));
    street.write(FATMA, role(37, Role::Wijkagent));
    let two = street.write_with(BEA, recover(&[BEA]), &[30]);
    let police = street.write_with(BEA, recover(&[BEA]), &[30, 37]);
    assert!(!street.counts(two) && !street.counts(police));
    let three = street.write_with(BEA, recover(&[BEA]), &[30, 31]);
    assert!(street.counts(three) && street.role(BEA) == Some(Role::Coordinator), "nine persons: three are a third");
}

#[test]
fn a_stolen_coordinators_phone_cannot_stop_a_recover_by_removing_a_signer() {
    let mut street = Street::begin(&[(FATMA, Role::Coordinator), (BEA, Role::Resident)], 10);
    for who in [RIA, AHMED, JAN] {
        street.write(FATMA, admit(who));
    }
    let heads = street.log.heads();
    street.write_after(FATMA, &heads, remove(RIA), &[]);
    let recover = street.write_after(BEA, &heads, recover(&[BEA]), &[RIA, AHMED]);
    assert!(street.counts(recover), "two signatures go before one");
    assert_eq!(street.role(BEA), Some(Role::Coordinator));
}

#[test]
fn of_one_device_only_so_much_counts_and_leaving_always() {
    let mut street = Street::usual(11);
    let counted = (0..70).filter(|_| {
        let id = street.write(RIA, Members::Helper { device: Some(device(AHMED)) });
        street.counts(id)
    });
    assert_eq!(counted.count(), 64);
    assert_eq!(street.log.can(device(RIA), &Members::Helper { device: None }), Err(Refusal::TooMany));
    street.write(RIA, remove(RIA));
    assert_eq!(street.role(RIA), None);
}

#[test]
fn readers_follow_from_roles_and_the_charter() {
    let mut street = Street::usual(12);
    street.write(FATMA, role(AHMED, Role::Patrol));
    let reads = |street: &Street, who, channel| street.membership().reads(device(who), channel);
    assert!(reads(&street, AHMED, Channel::Team) && !reads(&street, AHMED, Channel::Coordination));
    assert!(reads(&street, RIA, Channel::Street) && !reads(&street, RIA, Channel::Team));
    assert!(!reads(&street, PUPPET, Channel::Street));
    assert_eq!(street.membership().readers(Channel::Team).len(), 3, "two coordinators and Ahmed");
    street.write(FATMA, Members::Charter(Charter { minimum_version: 2, ..Charter::default() }));
    assert_eq!(street.log.can(device(FATMA), &admit(15)), Err(Refusal::Outdated));
    assert_eq!(street.log.can(device(FATMA), &remove(FATMA)), Ok(()));
}

/// R49: nothing flows to a partner that has not signed, whatever role and charter say.
#[test]
fn a_wijkagent_reads_what_the_police_signed_for() {
    let mut street = Street::usual(14);
    let agree = |street: &mut Street, police_read, partner: Partner| {
        let partners = vec![partner];
        street.write(FATMA, Members::Charter(Charter { police_read, partners, ..Charter::default() }));
    };
    let reads = |street: &Street| {
        [Channel::Street, Channel::Team, Channel::Coordination]
            .map(|channel| street.membership().reads(device(JAN), channel))
    };
    street.write(FATMA, role(JAN, Role::Wijkagent));
    assert_eq!(reads(&street), [false; 3], "the police are no partner");
    assert!(!street.membership().police_signed());

    let police = partner(Party::Police, [1; 32]);
    agree(&mut street, false, police);
    assert_eq!(reads(&street), [false, false, true]);
    agree(&mut street, true, police);
    assert_eq!(reads(&street), [true, false, true]);
    assert!(street.membership().police_signed());

    let taken = |street: &Street, since: &[Ref]| {
        [Channel::Street, Channel::Coordination].map(|channel| street.log.unseen_takings(channel, since))
    };
    let along = street.log.heads();
    agree(&mut street, false, police);
    assert_eq!(taken(&street, &along), [1, 0], "the street needs a new key, coordination does not");
    let apart = street.log.heads();
    agree(&mut street, true, police);
    assert_eq!(taken(&street, &apart), [0, 0], "who reads more took nothing from anybody");

    for (what, unsigned) in [
        ("other terms", Partner { terms: [2; 32], ..police }),
        ("the signature of another", Partner { signature: [3; 64], ..police }),
        ("the municipality's", partner(Party::Municipality, [1; 32])),
        (
            "the municipality's, called the police's",
            Partner { party: Party::Police, ..partner(Party::Municipality, [1; 32]) },
        ),
    ] {
        agree(&mut street, true, unsigned);
        assert_eq!(reads(&street), [false; 3], "{what}");
        assert_eq!(street.role(JAN), Some(Role::Wijkagent), "the log gives the role; {what}");
    }
}

#[test]
fn what_a_thief_dated_back_counts_no_more_and_what_was_kept_does() {
    let mut street = Street::usual(13);
    let alert = |kind| {
        let place = Place::Street;
        let (note, lang) = (String::new(), "nl".to_owned());
        Content::Alert(Alert { until: Day(700), kind, practice: false, place, note, lang })
    };
    let fire = alert(AlertKind::Fire);
    let (good, forged, of_jan) = (Ref([1; 16]), Ref([2; 16]), Ref([3; 16]));
    let (list, own_list) = (Ref([8; 16]), Ref([9; 16]));
    let counts = |street: &Street, id, who| street.membership().counts(id, device(who), Channel::Street, &fire);
    assert!(counts(&street, good, RIA) && !counts(&street, good, PUPPET));
    street.write(FATMA, Members::Keep { lists: vec![list] });
    street.write(FATMA, remove(RIA));
    assert!(!counts(&street, good, RIA), "the list has not come");
    street.log.insert_list(list, vec![good]);
    assert!(counts(&street, good, RIA) && !counts(&street, forged, RIA));
    // Ahmed keeps his own when he leaves, and cannot keep what Ria, or Jan, is said to have written.
    street.log.insert_list(own_list, vec![forged, of_jan]);
    street.write(AHMED, Members::Keep { lists: vec![own_list] });
    street.write(AHMED, remove(AHMED));
    assert!(counts(&street, forged, AHMED) && !counts(&street, forged, RIA));
    street.write(FATMA, remove(JAN));
    assert!(!counts(&street, of_jan, JAN));
    // A kind that the neighbourhood does not want, and a wijkagent's alert.
    let kinds = Charter { alert_kinds: 0, ..Charter::default() };
    street.write(BEA, Members::Charter(kinds));
    assert!(!counts(&street, Ref([4; 16]), BEA));
    assert!(street.membership().counts(Ref([4; 16]), device(BEA), Channel::Street, &Content::Seen));
}

#[test]
fn the_helper_of_a_removed_phone_keeps_nothing_of_it_afterwards() {
    let mut street = Street::usual(23);
    let (before, after) = (Ref([8; 16]), Ref([9; 16]));
    let (good, forged) = (Ref([1; 16]), Ref([2; 16]));
    street.log.insert_list(before, vec![good]);
    street.log.insert_list(after, vec![forged]);
    street.write(RIA, Members::Helper { device: Some(device(AHMED)) });
    street.write(AHMED, Members::Keep { lists: vec![before] });
    street.write(FATMA, remove(RIA));
    let late = street.write(AHMED, Members::Keep { lists: vec![after] });
    assert!(street.counts(late), "his own he keeps");
    let kept = |list: Ref, who| street.membership().is_kept(list, device(who));
    assert!(kept(good, RIA) && kept(forged, AHMED));
    assert!(!kept(forged, RIA), "what was written on a stolen phone stays away");
}

#[test]
fn what_comes_before_what_it_names_waits_and_is_forgotten() {
    let mut street = Street::usual(14);
    let mut last = street.log.heads();
    for _ in 0..16_500 {
        last = vec![street.write_after(FATMA, &last, Members::Relay { url: "https://a.example".to_owned() }, &[])];
    }
    let mut log = Log::with_verifier(group(), verify);
    for operation in street.written.iter().skip(1) {
        assert_eq!(log.insert(operation.clone()), Inserted::Waiting);
        assert!(log.is_waiting(&operation.id));
    }
    assert_eq!(log.insert(street.written[5].clone()), Inserted::Waiting, "it was among the oldest and had to go");
    assert_eq!(log.insert(street.written.last().unwrap().clone()), Inserted::Known);
    assert_eq!(log.waiting(), 16_384);
    let last = street.written.last().unwrap().id;
    log.forget_waiting(last);
    assert!(log.is_empty() && !log.is_waiting(&last) && log.waiting() == 16_383);
    for waiting in &street.written {
        log.forget_waiting(waiting.id);
    }
    assert_eq!(log.waiting(), 0);
    for operation in &street.written {
        assert_eq!(log.insert(operation.clone()), Inserted::Entered);
        assert_eq!(log.insert(operation.clone()), Inserted::Known);
    }
    assert_eq!(log.membership(), street.membership());
    assert_eq!(log.len(), street.written.len());
}

#[test]
fn a_group_begins_once_with_two_persons_and_by_the_key_that_named_it() {
    let genesis = |founders: &[(Who, Role)]| {
        let founders = founders.iter().map(|(who, role)| newcomer(*who, *role)).collect();
        Genesis { nonce: NONCE, charter: Charter::default(), founders }
    };
    let both = [(FATMA, Role::Coordinator), (BEA, Role::Trustee)];
    let operation = |author, parents: &[Ref], genesis| MembersOperation {
        id: Ref([1; 16]),
        author: device(author),
        parents: parents.to_vec(),
        body: Members::Genesis(genesis),
    };
    let begin = |operation| Log::with_verifier(group(), verify).insert(operation);
    let refused = Inserted::Refused(Refusal::Malformed);
    assert_eq!(begin(operation(FATMA, &[], genesis(&both))), Inserted::Entered);
    assert_eq!(begin(operation(FATMA, &[], genesis(&both[..1]))), refused, "one person alone");
    let mut twice = genesis(&both);
    twice.founders[1].device = keys(FATMA);
    assert_eq!(begin(operation(FATMA, &[], twice)), refused, "one phone twice");
    assert_eq!(begin(operation(BEA, &[], genesis(&both))), refused, "not by its first founder");
    assert_eq!(begin(operation(FATMA, &[Ref([2; 16])], genesis(&both))), refused, "something before it");
    let other = Genesis { nonce: [1; 16], ..genesis(&both) };
    assert_eq!(begin(operation(FATMA, &[], other)), refused, "another group's");
    let mut street = Street::usual(15);
    let second = operation(FATMA, &[], genesis(&both));
    assert_eq!(street.log.insert(second), Inserted::Refused(Refusal::SecondBeginning));
    let orphan = MembersOperation { parents: Vec::new(), body: admit(13), ..operation(FATMA, &[], genesis(&both)) };
    assert_eq!(street.log.insert(orphan), refused);
    let head = street.log.heads()[0];
    let named = |parents| MembersOperation { parents, body: admit(13), ..operation(FATMA, &[], genesis(&both)) };
    assert_eq!(street.log.clone().insert(named(vec![head])), Inserted::Entered);
    assert_eq!(street.log.insert(named(vec![head, head])), refused, "one act named twice");
}

#[test]
fn a_kind_of_a_later_release_keeps_its_place_and_does_nothing() {
    let mut street = Street::usual(16);
    let before = street.membership().devices.clone();
    let later = street.write(FATMA, Members::Other { kind: 79, bytes: vec![1] });
    let after = street.write_after(BEA, &[later], admit(13), &[]);
    assert!(!street.counts(later) && street.counts(after));
    assert_eq!(street.membership().devices.len(), before.len() + 1);
}

#[test]
fn extra_signatures_are_ed25519_and_one_changed_bit_makes_them_void() {
    let signing = |seed| SigningKey::from_seed(Zeroizing::new([seed; 32])).unwrap();
    let (fatma, bea, ria) = (signing(1), signing(2), signing(3));
    let joining = |key: &SigningKey, who, role| {
        let device = NewDevice { signing_key: key.public(), ..keys(who) };
        Newcomer { device, ..newcomer(who, role) }
    };
    let group = group_id(&fatma.public(), &NONCE);
    let founders = [
        joining(&fatma, FATMA, Role::Coordinator),
        joining(&bea, BEA, Role::Trustee),
        joining(&ria, RIA, Role::Resident),
    ];
    let genesis = Genesis { nonce: NONCE, charter: Charter::default(), founders: founders.to_vec() };
    let [author, cosigner, target] = founders.each_ref().map(|founder| founder.device.id());
    let mut log = Log::new(group);
    let first = MembersOperation { id: Ref([1; 16]), author, parents: vec![], body: Members::Genesis(genesis) };
    assert_eq!(log.insert(first), Inserted::Entered);
    let raise = |cosignatures| Members::Role { target, role: Role::Trustee, badge_until: None, cosignatures };
    let parents = log.heads();
    let message = raise(vec![]).cosign_message(group, &parents);
    let good = Cosignature { device: cosigner, signature: bea.sign(&message) };
    for (id, bit) in [(2, Some(0)), (3, Some(511)), (4, None)] {
        let mut cosignature = good;
        if let Some(bit) = bit {
            cosignature.signature[bit / 8] ^= 1 << (bit % 8);
        }
        let body = raise(vec![cosignature]);
        log.insert(MembersOperation { id: Ref([id; 16]), author, parents: parents.clone(), body });
        let expected = if bit.is_none() { Role::Trustee } else { Role::Resident };
        assert_eq!(log.membership().role(target), Some(expected));
    }
}

#[test]
fn what_a_removed_neighbour_wrote_meanwhile_does_not_count() {
    let mut street = Street::usual(17);
    let before = street.log.heads();
    let helper = street.write_after(RIA, &before, Members::Helper { device: Some(device(JAN)) }, &[]);
    let after = street.write_after(RIA, &[helper], Members::Link(keys(15)), &[]);
    assert!(street.counts(helper) && street.counts(after));
    street.write_after(BEA, &before, remove(RIA), &[]);
    assert!(!street.counts(helper) && !street.counts(after), "taking goes before giving");
    assert_eq!((street.role(RIA), street.role(15)), (None, None));
}

#[test]
fn two_who_take_go_before_two_who_give() {
    let mut street = Street::usual(18);
    let before = street.log.heads();
    let raised = street.write_after(FATMA, &before, role(RIA, Role::Coordinator), &[DIRK]);
    assert!(street.counts(raised));
    // Bea and Cees knew nothing of it, and wrote later than Fatma did.
    let between = street.write_after(BEA, &before, Members::Helper { device: None }, &[]);
    street.write_after(BEA, &[between], remove(FATMA), &[CEES]);
    assert_eq!(street.role(FATMA), None);
    assert!(!street.counts(raised), "what Fatma granted beside her removal is gone with her");
    assert_eq!(street.role(RIA), Some(Role::Resident));
}

#[test]
fn one_trustee_asks_no_half_of_the_street_for_a_recover() {
    let mut street = Street::begin(&[(FATMA, Role::Coordinator), (BEA, Role::Trustee)], 19);
    for who in 30..38 {
        street.write(FATMA, admit(who));
    }
    let three = street.write_with(30, recover(&[30]), &[31, 32]);
    let four = street.write_with(30, recover(&[30]), &[31, 32, 33]);
    assert!(!street.counts(three) && street.counts(four), "of ten persons a third is four");
}

#[test]
fn of_many_heads_the_eight_deepest_are_named() {
    let mut street = Street::usual(20);
    let before = street.log.heads();
    let relay = || Members::Relay { url: "https://a.example".to_owned() };
    let mut shallow: Vec<Ref> = (0..9).map(|_| street.write_after(FATMA, &before, relay(), &[])).collect();
    let last = *shallow.last().unwrap();
    let deep = street.write_after(BEA, &[last], relay(), &[]);
    shallow.pop();
    shallow.sort();
    let mut expected = shallow[1..].to_vec();
    expected.push(deep);
    expected.sort();
    assert_eq!(street.log.heads(), expected);
}
