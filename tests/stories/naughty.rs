//! Other people's list of strings that break programs, as notes and as names (G7).

use ratel_core::{
    ExportFormat, NewAlert,
    identity::check_name,
    intent::{AlertKind, PlaceChoice},
};
use ratel_tests::{Street, section};

const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn decode(text: &str) -> String {
    let mut out = Vec::new();
    let (mut buffer, mut bits) = (0_u32, 0);
    for value in text.chars().filter_map(|c| DIGITS.find(c)) {
        buffer = buffer << 6 | u32::try_from(value).unwrap();
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((buffer >> bits & 0xFF) as u8);
            buffer &= (1 << bits) - 1;
        }
    }
    String::from_utf8(out).unwrap()
}

fn strings() -> Vec<String> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/blns/blns.base64.json");
    let list: Vec<String> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    list.iter().map(|text| decode(text)).collect()
}

/// What may be left out of a text on the way: marks that draw nothing, and another spelling of the same letters.
fn letters(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect()
}

#[tokio::test]
async fn strings_that_break_programs_are_notes_like_any_other() {
    let (_street, _fatma, ria, ahmed) = Street::of_three().await;
    let strings = strings();
    assert!(strings.len() > 400 && strings.iter().any(|text| text.contains("<script>")), "the list is the real one");
    let mut written = Vec::new();
    for text in &strings {
        let new = NewAlert {
            kind: AlertKind::Vehicle,
            place: PlaceChoice::Words { words: text.chars().take(40).collect() },
            note: text.clone(),
            called_112: None,
            practice: false,
        };
        written.push((ria.app().post_alert(&new).unwrap(), text));
    }
    section("Ria's own phone shows and exports each");
    for (id, text) in &written {
        let alert = ria.app().alert(id).unwrap();
        assert_eq!(letters(&alert.note), letters(text));
        ria.app().export(id, ExportFormat::Json).unwrap();
        ria.app().export(id, ExportFormat::Automerge).unwrap();
    }
    section("and what a day's share lets through reaches Ahmed as it was");
    let _ = ria.tries_to_sync().await;
    ahmed.syncs().await;
    let arrived = ahmed.alerts();
    assert!(arrived.len() > 150, "{}", arrived.len());
    for alert in arrived {
        assert_eq!(alert.note, ria.app().alert(&alert.id).unwrap().note);
    }
    assert!(ahmed.app().doctor().unwrap().checks.iter().all(|check| check.ok));
}

#[test]
fn no_such_string_is_a_name_unless_people_could_be_called_that() {
    for text in strings() {
        if let Ok(name) = check_name(&text) {
            assert!(name.chars().any(char::is_alphabetic), "{name:?}");
            assert!(!name.chars().any(|c| c.is_control() || matches!(c, '<' | '>' | '"' | '\u{202E}')), "{name:?}");
        }
    }
}
