//! Ria, Ahmed and Fatma write into the same alert; every order gives one document, and it equals the fold (G2).

use ratel_protocol::{Day, Ref};
use serde_json::json;

use super::{order::order, *};
use crate::{
    envelope::operation::{
        Content,
        content::{Alert, Place},
    },
    identity::{DeviceId, PersonId},
    intent::{AlertKind, Answer},
};

const RIA: u8 = 1;
const AHMED: u8 = 2;
const FATMA: u8 = 3;
const OPENING: u8 = 100;

fn id(number: u8) -> Ref {
    Ref([number; 16])
}

fn device(number: u8) -> DeviceId {
    DeviceId([number; 16])
}

fn change(number: u8, author: u8, seq: u64, parents: &[u8], content: Content) -> Change {
    let parents = parents.iter().map(|parent| id(*parent)).collect();
    let (device, person) = (device(author), PersonId([author; 16]));
    Change { id: id(number), device, person, seq, time: 1000 + u32::from(number), parents, content, counts: true }
}

fn opening() -> Change {
    let alert = Alert {
        until: Day(730),
        kind: AlertKind::Behaviour,
        practice: false,
        place: Place::Words("bij de speeltuin".to_owned()),
        note: "Man voelt aan auto's".to_owned(),
        lang: "nl".to_owned(),
    };
    change(OPENING, RIA, 1, &[], Content::Alert(alert))
}

fn edit(number: u8, author: u8, parents: &[u8], note: &str) -> Change {
    change(number, author, 2, parents, Content::Edit { note: note.to_owned(), lang: "nl".to_owned() })
}

fn answer(number: u8, author: u8, seq: u64, answer: Answer) -> Change {
    change(number, author, seq, &[], Content::Answer { answer })
}

/// Builds in both directions, compares with the fold, and gives the fields.
fn read(changes: &[Change]) -> Option<Fields> {
    let document = Document::build(id(OPENING), changes).unwrap();
    let fields = document.fields().unwrap();
    let fold = Fold::of(id(OPENING), changes);
    assert_eq!(fields, fold.fields().unwrap(), "the document equals the fold");
    assert_eq!(document.json().unwrap(), fold.json());
    let mut turned = changes.to_vec();
    turned.reverse();
    assert_eq!(document.save(), Document::build(id(OPENING), &turned).unwrap().save(), "any order, the same bytes");
    fields
}

fn alert(changes: &[Change]) -> AlertFields {
    let Some(Fields::Alert(alert)) = read(changes) else { panic!("an alert") };
    alert
}

fn texts(alert: &AlertFields) -> Vec<&str> {
    std::iter::once(&alert.notes.shown).chain(&alert.notes.others).map(|note| note.text.as_str()).collect()
}

fn numbers(changes: &[Change]) -> Vec<u8> {
    order(id(OPENING), changes).iter().map(|placed| placed.change.id.0[0]).collect()
}

#[test]
fn the_opening_is_first_then_depth_and_id_then_leaves() {
    let changes = [
        answer(1, FATMA, 2, Answer::See),
        answer(2, FATMA, 1, Answer::Come),
        answer(3, AHMED, 9, Answer::Come),
        edit(4, RIA, &[60], "dieper"),
        edit(60, RIA, &[OPENING], "eerst"),
        edit(50, FATMA, &[OPENING], "ook eerst"),
        edit(40, FATMA, &[99], "op iets wat er niet is"),
        edit(41, FATMA, &[1], "op een antwoord"),
        opening(),
    ];
    assert_eq!(numbers(&changes), [OPENING, 40, 41, 50, 60, 4, 3, 2, 1]);
    let places = order(id(OPENING), &changes);
    let follows: Vec<&[usize]> = places.iter().map(|placed| placed.follows.as_slice()).collect();
    assert_eq!(follows, [&[][..], &[0], &[0], &[0], &[0], &[4], &[0], &[0], &[0, 7]]);
}

#[test]
fn a_circle_and_a_second_opening_refuse_nothing() {
    let mut other = opening();
    other.id = id(101);
    let changes = [
        edit(9, RIA, &[8], "a"),
        edit(8, RIA, &[9], "b"),
        edit(7, RIA, &[7], "c"),
        other,
        edit(6, RIA, &[101], "d"),
        opening(),
    ];
    assert_eq!(numbers(&changes), [OPENING, 6, 7, 8, 9]);
    alert(&changes);
}

#[test]
fn a_chain_of_ten_thousand_does_not_overflow_the_stack() {
    let name = |number: u32| {
        let mut out = [0; 16];
        out[..4].copy_from_slice(&number.to_be_bytes());
        Ref(out)
    };
    let mut changes = vec![opening()];
    for number in (0..10_000_u32).rev() {
        let mut edit = edit(0, RIA, &[], &format!("versie {number}"));
        edit.id = name(number);
        edit.parents = vec![if number == 0 { id(OPENING) } else { name(number - 1) }];
        changes.push(edit);
    }
    let fold = Fold::of(id(OPENING), &changes).fields().unwrap();
    let Some(Fields::Alert(alert)) = fold else { panic!("an alert") };
    assert_eq!(texts(&alert), ["versie 9999"]);
}

#[test]
fn two_people_edit_at_once_and_nothing_is_lost() {
    let both = [opening(), edit(10, RIA, &[OPENING], "Het zijn er twee"), edit(11, FATMA, &[OPENING], "Politie komt")];
    assert_eq!(texts(&alert(&both)), ["Politie komt", "Het zijn er twee"]);

    let mut later = both.to_vec();
    later.push(edit(5, RIA, &[10, 11], "Het zijn er twee, politie komt"));
    assert_eq!(texts(&alert(&later)), ["Het zijn er twee, politie komt"]);
}

/// Automerge leaves out a write of the value that is there; a document made that way would show one version.
#[test]
fn writing_the_same_words_again_still_counts_as_writing() {
    let same = "Man voelt aan auto's";
    let changes = [opening(), edit(10, RIA, &[OPENING], same), edit(11, FATMA, &[OPENING], "Hij is weg")];
    assert_eq!(texts(&alert(&changes)), ["Hij is weg", same]);

    let equal = [opening(), edit(10, RIA, &[OPENING], "Hij is weg"), edit(11, FATMA, &[OPENING], "Hij is weg")];
    let alert = alert(&equal);
    assert_eq!(alert.notes.others.len(), 1);
    assert!(alert.notes.other_texts().is_empty(), "nobody is shown two versions of the same words");
}

#[test]
fn what_does_not_count_is_stepped_over() {
    let mut forged = edit(10, AHMED, &[OPENING], "niets aan de hand");
    forged.counts = false;
    let changes = [opening(), forged, edit(11, RIA, &[10], "hij staat er nog"), edit(12, FATMA, &[OPENING], "ik bel")];
    assert_eq!(texts(&alert(&changes)), ["hij staat er nog", "ik bel"]);
}

#[test]
fn a_missing_parent_is_as_if_not_there() {
    let changes = [opening(), edit(12, RIA, &[11], "nieuwste")];
    assert_eq!(texts(&alert(&changes)), ["nieuwste"], "it stands on the opening");
}

#[test]
fn any_withdrawal_wins_also_one_repeated_or_beside_an_edit() {
    let withdraw = |number, parents: &[u8]| change(number, RIA, 5, parents, Content::Withdraw);
    assert!(!alert(&[opening()]).withdrawn);
    let changes = [opening(), withdraw(10, &[OPENING]), withdraw(11, &[10]), edit(12, FATMA, &[OPENING], "toch niet")];
    let alert = alert(&changes);
    assert!(alert.withdrawn);
    assert_eq!(texts(&alert), ["toch niet"]);
}

#[test]
fn of_each_device_the_last_answer_by_seq_shows_whatever_came_first() {
    let mut kept_out = answer(23, AHMED, 9, Answer::Come);
    kept_out.counts = false;
    let changes = [
        answer(22, AHMED, 3, Answer::Cannot),
        answer(21, AHMED, 2, Answer::Come),
        kept_out,
        answer(24, FATMA, 1, Answer::See),
        answer(25, FATMA, 1, Answer::Come),
        change(26, FATMA, 4, &[], Content::Seen),
        change(27, FATMA, 5, &[], Content::Seen),
        opening(),
    ];
    let alert = alert(&changes);
    let answers: Vec<(DeviceId, Answer)> =
        alert.answers.iter().map(|(device, (answer, _))| (*device, *answer)).collect();
    assert_eq!(answers, [(device(AHMED), Answer::Cannot), (device(FATMA), Answer::Come)], "equal seq: the greater id");
    assert_eq!(alert.seen.into_iter().collect::<Vec<_>>(), [device(FATMA)]);
}

#[test]
fn one_yes_about_112_is_enough() {
    let called = |number, author, seq, called| change(number, author, seq, &[], Content::Called112 { called });
    assert_eq!(alert(&[opening()]).called_112, None);
    assert_eq!(alert(&[opening(), called(30, RIA, 2, false)]).called_112, Some(false));
    assert_eq!(alert(&[opening(), called(30, RIA, 2, false), called(31, AHMED, 1, true)]).called_112, Some(true));
    let corrected = [opening(), called(31, AHMED, 1, true), called(32, AHMED, 2, false)];
    assert_eq!(alert(&corrected).called_112, Some(false), "a device's last word is its word");
}

#[test]
fn without_an_opening_that_counts_there_is_nothing() {
    let follows = [edit(10, RIA, &[OPENING], "x"), answer(11, AHMED, 1, Answer::See)];
    assert_eq!(read(&follows), None);
    let mut quarantined = follows.to_vec();
    quarantined.push(Change { counts: false, ..opening() });
    assert_eq!(read(&quarantined), None);
    assert_eq!(Document::build(id(OPENING), &quarantined).unwrap().json().unwrap(), json!({}));
}

#[test]
fn a_profile_and_the_street_say_their_names_and_take_no_edit() {
    let profile = Content::Profile { until: Day(800), name: "Ria".to_owned(), number: "14".to_owned() };
    let Some(Fields::Profile(ria)) = read(&[change(OPENING, RIA, 1, &[], profile), edit(9, AHMED, &[OPENING], "Bob")])
    else {
        panic!("a profile")
    };
    assert_eq!((ria.name.as_str(), ria.number.as_str(), ria.until), ("Ria", "14", Day(800)));
    let street = Content::Street { until: Day(800), name: "Dorpsstraat".to_owned() };
    let Some(Fields::Street(street)) = read(&[change(OPENING, FATMA, 1, &[], street)]) else { panic!("a street") };
    assert_eq!((street.name.as_str(), street.device), ("Dorpsstraat", device(FATMA)));
}

#[test]
fn the_json_holds_maps_text_whole_numbers_and_yes_or_no() {
    let changes =
        [opening(), answer(2, AHMED, 1, Answer::Come), change(3, RIA, 2, &[], Content::Called112 { called: true })];
    let document = Document::build(id(OPENING), &changes).unwrap();
    let (ria, ahmed) = (device(RIA).to_hex(), device(AHMED).to_hex());
    let expected = json!({
        "document": "alert", "id": id(OPENING).to_hex(), "device": ria, "time": 1_704_068_300, "until": 730,
        "kind": "behaviour", "practice": false, "place": { "place": "words", "words": "bij de speeltuin" },
        "note": { "text": "Man voelt aan auto's", "lang": "nl" },
        "withdrawn": false, "answers": { ahmed: { "answer": "come", "time": 1_704_068_202 } }, "seen": {},
        "called_112": { ria: true },
    });
    assert_eq!(document.json().unwrap(), expected);
    assert!(Document::build(id(OPENING), &changes).unwrap().save().starts_with(&[0x85, 0x6f, 0x4a, 0x83]));
}

#[test]
fn the_state_hash_tells_documents_apart() {
    let hash = |changes: &[Change]| state_hash(read(changes).as_ref());
    let mut seen = vec![hash(&[]), hash(&[opening()])];
    seen.push(hash(&[opening(), edit(9, RIA, &[OPENING], "anders")]));
    seen.push(hash(&[opening(), answer(9, AHMED, 1, Answer::See)]));
    seen.push(hash(&[opening(), change(9, AHMED, 1, &[], Content::Seen)]));
    seen.push(hash(&[opening(), change(9, AHMED, 1, &[], Content::Called112 { called: false })]));
    seen.push(hash(&[opening(), change(9, RIA, 2, &[OPENING], Content::Withdraw)]));
    seen.push(hash(&[Change { time: 7, ..opening() }]));
    let all = seen.len();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), all);
}

/// A few small histories on every run; `tests/properties` makes ten thousand large ones in release.
#[test]
fn random_small_histories_equal_their_fold_in_any_order() {
    let mut state = 112_u64;
    let mut below = |limit: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % limit
    };
    let mut side_by_side = 0;
    for _ in 0..40 {
        let mut changes = vec![opening()];
        for place in 0..20 {
            let ids: Vec<u8> = changes.iter().map(|change| change.id.0[0]).collect();
            let parents = [ids[below(ids.len())], ids[below(ids.len())]];
            let author = [RIA, AHMED, FATMA][below(3)];
            let content = match below(6) {
                0 => Content::Withdraw,
                1 => Content::Answer { answer: Answer::ALL[below(3)] },
                2 => Content::Called112 { called: below(2) == 0 },
                _ => Content::Edit { note: ["weg", "er nog", "bel 112"][below(3)].to_owned(), lang: "nl".to_owned() },
            };
            // Multiplied, so that ids do not ascend with time.
            let number = u8::try_from((place * 37 + 101) % 251).unwrap();
            let mut made = change(number, author, 1 + u64::try_from(below(6)).unwrap(), &parents, content);
            made.counts = below(5) != 0;
            changes.push(made);
        }
        for at in (2..changes.len()).rev() {
            if below(8) == 0 {
                changes.remove(at);
            }
        }
        side_by_side += usize::from(!alert(&changes).notes.others.is_empty());
    }
    assert!(side_by_side > 5, "the histories fork");
}
