//! The relay is blind (G13): its database and every byte that went over the wire hold no word of a person.

use std::path::Path;

use ratel_core::{
    NewAlert,
    intent::{AlertKind, Answer, CharterChange, CharterTemplate, Intent, PlaceChoice},
    storage::Mailbox,
    view::{Party, Role},
};
use ratel_protocol::Head;
use ratel_tests::{Insider, Proxy, Street, section};

const NOTE: &str = "Iemand klimt over de schutting achter";
const PLACE: &str = "bij de speeltuin";

/// Words of people and of the protocol that must not be seen from outside.
const SECRETS: [&str; 10] =
    [NOTE, PLACE, "Fatma", "Ahmed", "Zonnebloemstraat", "break-in", "vehicle", "street", "schutting", "Ria\u{0}"];

/// The forms in which something could lie about: plain, hexadecimal, base 64 at each of three offsets.
fn forms(secret: &[u8]) -> Vec<Vec<u8>> {
    let mut forms = vec![secret.to_vec(), ratel_protocol::hex::encode(secret).into_bytes()];
    for skip in 0..3 {
        let text = base64(secret.get(skip..).unwrap_or_default());
        let whole = text.len() - text.len() % 4;
        forms.push(text.as_bytes()[..whole.saturating_sub(4)].to_vec());
    }
    forms.retain(|form| form.len() >= 4);
    forms
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let mut word = [0; 3];
        word[..chunk.len()].copy_from_slice(chunk);
        let bits = u32::from_be_bytes([0, word[0], word[1], word[2]]);
        for at in 0..4 {
            out.push(char::from(DIGITS[(bits >> (18 - 6 * at) & 63) as usize]));
        }
    }
    out
}

fn hits(haystack: &[u8], secrets: &[Vec<u8>]) -> usize {
    secrets
        .iter()
        .flat_map(|secret| forms(secret))
        .filter(|form| haystack.windows(form.len()).any(|window| window == form.as_slice()))
        .count()
}

fn everything_in(folder: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_file() {
            all.extend(std::fs::read(entry.path()).unwrap());
        }
    }
    all
}

#[tokio::test]
async fn neither_the_relays_disk_nor_the_wire_holds_a_word() {
    let street = Street::new().await;
    let proxy = Proxy::start(street.relay_address()).await;
    let fatma = street.phone("Fatma");
    let founding = ratel_core::Founding {
        name: "Fatma".into(),
        number: Some("12".into()),
        street: "Zonnebloemstraat".into(),
        relay: proxy.url(),
    };
    fatma.app().found(&founding).unwrap();
    fatma.syncs().await;
    let ahmed = street.neighbour(&fatma, "Ahmed", "16").await;
    let new = NewAlert {
        kind: AlertKind::BreakIn,
        place: PlaceChoice::Words { words: PLACE.into() },
        note: NOTE.into(),
        called_112: Some(true),
        practice: false,
    };
    let id = ahmed.app().post_alert(&new).unwrap();
    ahmed.syncs().await;
    fatma.syncs().await;
    fatma.does(Intent::Answer { alert: id.clone(), answer: Answer::Come });
    fatma.syncs().await;
    ahmed.syncs().await;
    assert_eq!(ahmed.app().alert(&id).unwrap().answers.len(), 1, "the run was a real one");

    section("search");
    let mut secrets: Vec<Vec<u8>> = SECRETS.iter().map(|secret| secret.as_bytes().to_vec()).collect();
    let group = {
        let code = fatma.app().invite().unwrap();
        ratel_core::group::Invitation::from_code(&code).unwrap().group
    };
    secrets.push(group.0.to_vec());
    let (disk, wire) = (everything_in(&street.relay_folder()), proxy.captured());
    assert!(disk.len() > 10_000 && wire.len() > 10_000, "there is something to search");
    assert_eq!((hits(&disk, &secrets), hits(&wire, &secrets)), (0, 0));

    section("the control: planted words are found, in every form");
    for form in forms(NOTE.as_bytes()) {
        let mut planted = disk.clone();
        planted.splice(5000..5000, form);
        assert!(hits(&planted, &secrets) > 0);
    }
}

const REASON: &str = "leent zijn telefoon uit aan onbekenden";
const PROFILE_WORDS: [&str; 8] =
    ["Fatma", "Ahmed", "Dragomira", "Zonnebloemstraat", "112bis", "114-ter", REASON, "leent zijn telefoon"];

/// Names, house numbers, the street's name and reasons are profile or coordination: the log keeps none of them, since it
/// is kept for ever and by whoever was ever a member; and the relay, which keeps all of it sealed, can read none.
#[tokio::test]
async fn the_log_in_clear_and_the_relay_hold_no_name_number_street_or_reason() {
    let street = Street::new().await;
    let fatma = street.phone("Fatma");
    let (name, number) = ("Fatma".into(), Some("112bis".into()));
    let founding = ratel_core::Founding { name, number, street: "Zonnebloemstraat".into(), relay: street.relay_url() };
    fatma.app().found(&founding).unwrap();
    fatma.syncs().await;
    let ahmed = street.neighbour(&fatma, "Ahmed", "16").await;
    let dragomira = street.neighbour(&fatma, "Dragomira", "114-ter").await;
    let kees = street.neighbour(&fatma, "Kees", "18").await;

    section("admissions, agreements, a partner, roles, a helper, a removal with its reason, what stays of it");
    let template = Some(CharterTemplate::EveningQuiet);
    fatma.app().set_charter(&CharterChange { template, ..CharterChange::default() }).unwrap();
    fatma.takes_signature_of(Party::Municipality);
    fatma.takes_signature_of(Party::Police);
    fatma.app().give_role("Dragomira", Role::Patrol).unwrap();
    let fire = NewAlert {
        kind: AlertKind::Fire,
        place: PlaceChoice::Home,
        note: NOTE.into(),
        called_112: Some(true),
        practice: false,
    };
    kees.app().post_alert(&fire).unwrap();
    for phone in [&kees, &fatma, &dragomira, &ahmed] {
        phone.syncs().await;
    }
    ahmed.app().choose_helper(Some("Dragomira")).unwrap();
    ahmed.syncs().await;
    fatma.app().remove("Kees", REASON).unwrap();
    for phone in [&fatma, &dragomira, &ahmed, &fatma] {
        phone.syncs().await;
    }
    let changes = fatma.app().changes().unwrap();
    assert!(changes.len() >= 8, "the log is a rich one: {}", changes.len());
    assert!(changes.iter().any(|change| change.reason.as_deref() == Some(REASON)), "and the reason was given");
    assert_eq!(ahmed.app().alerts().unwrap()[0].note, NOTE, "what Kees said stays");

    section("search");
    let secrets: Vec<Vec<u8>> = PROFILE_WORDS.iter().map(|word| word.as_bytes().to_vec()).collect();
    let disk = everything_in(&street.relay_folder());
    let insider = Insider::of(&street, fatma);
    let (log, content) = (insider.in_clear(Mailbox::Log), insider.in_clear(Mailbox::Content));
    assert!(log.len() >= 12 && content.len() >= 6 && disk.len() > 10_000, "{} {}", log.len(), content.len());
    assert_eq!((hits(&log.concat(), &secrets), hits(&disk, &secrets)), (0, 0));

    section("the control: the same search finds every word in what neighbours may read, and any that is planted");
    let content = content.concat();
    for secret in &secrets {
        assert!(hits(&content, std::slice::from_ref(secret)) > 0, "{}", String::from_utf8_lossy(secret));
        for form in forms(secret) {
            let planted = [log.concat(), form].concat();
            assert!(hits(&planted, &secrets) > 0);
        }
    }
}

#[tokio::test]
async fn no_clear_field_tells_one_kind_of_alert_from_another() {
    let (street, _fatma, ria, _ahmed) = Street::of_three().await;
    let mut seen = Vec::new();
    for kind in AlertKind::ALL.into_iter().filter(|kind| kind.to_the_group()) {
        for practice in [false, true] {
            let new = NewAlert { kind, place: PlaceChoice::Here, note: String::new(), called_112: None, practice };
            let before = envelopes(&street);
            ria.app().post_alert(&new).unwrap();
            ria.syncs().await;
            let new: Vec<Vec<u8>> = envelopes(&street).into_iter().filter(|bytes| !before.contains(bytes)).collect();
            assert_eq!(new.len(), 1);
            let head = Head::parse(&new[0]).unwrap();
            seen.push((new[0].len(), new[0][0], head.key_id, head.expires));
        }
    }
    assert_eq!(seen.len(), 10);
    assert!(seen.iter().all(|clear| *clear == seen[0]), "{seen:?}");
}

/// The sealed bytes in the relay's database, read as anybody could who holds its disk.
fn envelopes(street: &Street) -> Vec<Vec<u8>> {
    let database = rusqlite::Connection::open(street.relay_folder().join("relay.db")).unwrap();
    let mut statement = database.prepare("SELECT bytes FROM envelopes").unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}
