//! The street: a relay and three phones in one process, as a visitor starts it (R01, R02).

use std::{fs, net::TcpListener, path::Path};

use serde_json::{Value, json};

use crate::{
    programs::{Phone, Relay, Running, Said, ratel, until},
    web::Page,
};

/// Three taps, as Ria makes them.
fn three_taps() -> [Value; 3] {
    [json!({ "type": "report" }), json!({ "type": "choose-kind", "kind": "break-in" }), json!({ "type": "send" })]
}

/// Starts the street with a short time to stop an alert, and waits until it is ready.
fn start(folder: &Path, more: &[&str]) -> (Running, Page) {
    let options = ["street", "--no-open", "--undo-s", "1", "--seen-delay-s", "0"];
    let mut running = Running::start(ratel().args(options).args(more).arg("--data").arg(folder));
    let page = Page::at(&running.line());
    assert_eq!(page.get("/api/street").status, 200);
    (running, page)
}

/// Waits until a phone has an open alert on its first screen.
fn sees_it(page: &Page, phone: &str) {
    until(&format!("{phone} sees the alert"), || has_alert(page, phone).then_some(()));
}

fn has_alert(page: &Page, phone: &str) -> bool {
    page.screen(phone)["nodes"].to_string().contains(r#""type":"open""#)
}

/// R01: Ria has no internet; what she sends waits, and goes by itself when the internet returns.
#[test]
fn an_alert_waits_for_the_internet_and_goes_by_itself() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("street");
    let (running, page) = start(&folder, &[]);
    let street: Value = serde_json::from_str(&page.get("/api/street").body).unwrap();
    let ids: Vec<_> = street["phones"].as_array().unwrap().iter().map(|phone| phone["id"].clone()).collect();
    assert_eq!(ids, ["ria", "ahmed", "fatma", "newcomer"]);
    assert_eq!(street["relay"]["switches"][0]["value"], "true");

    page.throw("ria", "internet", "false");
    page.tap("ria", &three_taps());
    until("Ria's alert is sealed and waits", || (page.screen("ria")["id"] == "sent").then_some(()));
    assert!(!has_alert(&page, "ahmed") && !has_alert(&page, "fatma"), "it crossed without internet");
    page.throw("ria", "internet", "true");
    sees_it(&page, "ahmed");
    sees_it(&page, "fatma");

    // Streams are open while the street is asked to end.
    let mut open = [page.follow(), page.follow()];
    assert!(open.iter_mut().all(|stream| stream.next().is_some()));
    let (status, took) = running.terminate();
    println!("the street ended {took:?} after SIGTERM");
    assert!(status.success());
    assert!(took.as_secs() < 5, "SIGTERM ends the street within five seconds");

    // What the street leaves can be used by command line.
    for name in ["ria", "ahmed", "fatma"] {
        assert_eq!(Phone::new(folder.join(name)).alerts().len(), 1, "{name}");
    }
    Relay::start(folder.join("relay"));
}

/// R01, G4 in small: the plug is pulled, the process killed, started again, and the plug put back.
#[test]
fn an_alert_survives_a_killed_street() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("street");
    let (running, page) = start(&folder, &[]);
    page.plug(false);
    page.tap("ria", &three_taps());
    running.kill();

    let (running, page) = start(&folder, &[]);
    sees_it(&page, "ahmed");
    sees_it(&page, "fatma");
    let letters = page.follow().find(|event| event["event"] == "relay").unwrap();
    assert!(!letters["letters"].as_array().unwrap().is_empty());
    running.kill();

    let (_running, page) = start(&folder, &["--fresh"]);
    assert!(!has_alert(&page, "ahmed"), "--fresh starts anew");
}

/// The addresses that phones know stay true after a restart, also when somebody took their ports meanwhile.
#[test]
fn a_street_whose_ports_were_taken_finds_others() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("street");
    let (running, _) = start(&folder, &[]);
    let second = Said::by(ratel().args(["street", "--no-open", "--data"]).arg(&folder));
    assert_eq!((second.code, second.err.lines().count()), (Some(1), 1), "one street a folder: {second:?}");
    running.terminate();

    let note: Value = serde_json::from_slice(&fs::read(folder.join("street.json")).unwrap()).unwrap();
    let _taken: Vec<_> = ["relay", "ria", "fatma"]
        .map(|name| TcpListener::bind(("127.0.0.1", u16::try_from(note[name].as_u64().unwrap()).unwrap())).unwrap())
        .into();
    let (_running, page) = start(&folder, &[]);
    page.tap("ria", &three_taps());
    sees_it(&page, "ahmed");
    sees_it(&page, "fatma");
}

/// R02: the street opens no dialler; it shows that one would open.
#[test]
fn the_dialler_is_shown_and_never_opened() {
    let root = tempfile::tempdir().unwrap();
    let (_running, page) = start(&root.path().join("street"), &[]);
    let mut events = page.follow();
    assert!(events.any(|event| event["event"] == "screen" && event["phone"] == "ria"));
    page.tap("ria", &[json!({ "type": "dial112" })]);
    let dial = events.find(|event| event["event"] == "dial").unwrap();
    assert_eq!(dial["phone"], "ria");
    for words in ["title", "text", "close"] {
        assert!(!dial[words].as_str().unwrap().is_empty());
    }
}

/// The first command of README: without a word it is the street, its address stands alone on the first line, and it
/// says at once what it does.
#[test]
fn without_a_word_it_is_the_street() {
    let root = tempfile::tempdir().unwrap();
    let mut running = Running::start(ratel().current_dir(root.path()));
    let page = Page::at(&running.line());
    assert!(running.line().contains("street-data"));
    until("the street is ready", || running.line().contains("ready").then_some(()));
    assert_eq!(page.call("GET", "/", &page.host, &[], "").status, 200);
    assert!(running.terminate().0.success());
    for part in ["ria", "ahmed", "fatma", "relay"] {
        assert!(root.path().join("street-data").join(part).is_dir(), "{part}");
    }
}
