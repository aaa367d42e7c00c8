//! The relay is blind (G13): its database and every byte that went over the wire hold no word of a person.

use std::path::Path;

use ratel_core::{
    NewAlert,
    intent::{AlertKind, Answer, Intent, PlaceChoice},
};
use ratel_protocol::Head;
use ratel_tests::{Proxy, Street, section};

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
