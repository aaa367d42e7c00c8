//! Who takes part, and acts on people, in separate processes.

use serde_json::Value;

use crate::programs::{Phone, Relay, fatma_and_ahmed};

/// Fatma, who founded the street, Ahmed, its trustee, and Ria, let in by her card.
fn of_three(root: &std::path::Path, relay: &str) -> (Phone, Phone, Phone) {
    let (fatma, ahmed) = fatma_and_ahmed(root, relay);
    let ria = Phone::new(root.join("ria"));
    let card = ria.json(["card", "--as", "Ria", "--number", "14", "--json"])["card"].as_str().unwrap().to_owned();
    let said = fatma.ok(["admit", &card]);
    ria.ok(["join", said.lines().next().unwrap()]);
    sync(&[&fatma, &ria, &ahmed, &fatma]);
    (fatma, ahmed, ria)
}

fn sync(phones: &[&Phone]) {
    for phone in phones {
        phone.ok(["sync"]);
    }
}

fn members(phone: &Phone) -> Vec<Value> {
    phone.json(["members", "--json"]).as_array().unwrap().clone()
}

fn member(phone: &Phone, name: &str) -> Option<Value> {
    members(phone).into_iter().find(|member| member["name"] == name)
}

#[test]
fn fatma_gives_a_role_and_takes_ria_out_and_everybody_reads_what_changed() {
    let root = tempfile::tempdir().unwrap();
    let relay = Relay::start(root.path().join("relay"));
    let (fatma, ahmed, ria) = of_three(root.path(), &relay.url());
    let seen = member(&ahmed, "Ria").unwrap();
    assert_eq!((&seen["roles"][0], &seen["vouched_by"]), (&Value::from("resident"), &Value::from("Fatma")), "{seen}");
    assert!(seen["since"].as_str().unwrap().ends_with('Z'), "{seen}");
    assert_eq!(member(&ahmed, "Fatma").unwrap()["vouched_by"], Value::Null, "nobody let a founder in");

    fatma.ok(["role", "Ria", "patrol"]);
    sync(&[&fatma, &ria]);
    assert_eq!(member(&ria, "Ria").unwrap()["roles"][0], "patrol");
    let refused = ria.run(["remove", "Ahmed", "--why", "zomaar"]);
    assert_eq!(refused.code, Some(1), "{refused:?}");
    let no_badge = fatma.run(["role", "Ria", "resident", "--until", "2099-12-31"]);
    assert_eq!((no_badge.code, member(&fatma, "Ria").unwrap()["roles"][0].as_str()), (Some(1), Some("patrol")));
    assert_eq!(fatma.ok(["lapse"]).lines().count(), 1, "nobody has been silent for long, and nobody lapses by that");

    let id = ria.alert(&["vehicle", "--note", "grijze bus"]);
    sync(&[&ria, &fatma, &ahmed]);
    fatma.ok(["remove", "Ria", "--why", "verhuisd"]);
    sync(&[&fatma, &ahmed]);
    for phone in [&fatma, &ahmed] {
        assert!(member(phone, "Ria").is_none(), "who was removed is absent");
        assert_eq!(phone.json(["show", &id, "--json"])["note"], "grijze bus", "what she said stays");
    }
    let changes = fatma.json(["changes", "--json"]);
    assert_eq!((&changes[0]["what"], &changes[0]["reason"]), (&Value::from("removed"), &Value::from("verhuisd")));
    assert_eq!(ahmed.json(["changes", "--json"])[0]["reason"], Value::Null, "why, only coordinators read");
    assert!(ahmed.ok(["changes"]).contains("Ria"), "in plain words too");
}

#[test]
fn what_takes_two_goes_by_a_code_from_one_process_to_another() {
    let root = tempfile::tempdir().unwrap();
    let relay = Relay::start(root.path().join("relay"));
    let (fatma, ahmed, ria) = of_three(root.path(), &relay.url());
    let said = fatma.ok(["role", "Ria", "coordinator"]);
    let code = said.lines().next().unwrap();
    assert!(code.starts_with("RATEL-SIGN-"), "{said}");
    for phone in [&fatma, &ria] {
        let refused = phone.run(["cosign", code]);
        assert_eq!((refused.code, refused.out.as_str()), (Some(1), ""), "{refused:?}");
    }
    ahmed.ok(["cosign", code]);
    sync(&[&ahmed, &fatma, &ria]);
    assert_eq!(member(&ria, "Ria").unwrap()["roles"][0], "coordinator");

    ria.ok(["helper", "set", "Ahmed"]);
    ria.ok(["helper", "none"]);
    fatma.ok(["leave"]);
    sync(&[&fatma, &ria, &ahmed]);
    assert!(member(&ahmed, "Fatma").is_none());
    assert_eq!(fatma.membership(), "removed");
    assert_eq!(fatma.run(["role", "Ria", "patrol"]).code, Some(1), "who left does nothing any more");

    // Two who stay sign that the phone of an official who stopped is out: the first by its number, the second by a code.
    let waits = ahmed.ok(["cosign"]);
    let (said, number) = waits.trim_end().split_once('\n').unwrap();
    assert!(said.contains("Fatma"), "{waits}");
    let code = ahmed.ok(["cosign", number]).lines().next().unwrap().to_owned();
    assert!(code.starts_with("RATEL-SIGN-"), "{code}");
    ria.ok(["cosign", &code]);
    sync(&[&ria, &ahmed]);
    for phone in [&ria, &ahmed] {
        assert!(!phone.ok(["cosign"]).contains("Fatma"), "nobody is asked any more");
    }
}
