//! One alert crosses between two processes and a relay (R01, R02, R04).

use serde_json::json;

use crate::programs::{Phone, Relay, Running, Said, fatma_and_ahmed, ratel, until};

/// R01, R02: what Ahmed sees reaches Fatma, with 112 and with who comes.
#[test]
fn an_alert_crosses_and_the_answer_comes_back() {
    let root = tempfile::tempdir().unwrap();
    let relay = Relay::start(root.path().join("relay"));
    let (fatma, ahmed) = fatma_and_ahmed(root.path(), &relay.url());

    let note = "Iemand duwt tegen de achterdeur.";
    let id = ahmed.alert(&["break-in", "--at", "home", "--note", note, "--called-112", "yes"]);
    assert!(fatma.alerts().is_empty(), "only sync talks to the relay");
    fatma.ok(["sync"]);
    let [alert] = &fatma.alerts()[..] else { panic!("not one alert") };
    assert_eq!(
        (&alert["id"], &alert["kind"], &alert["state"], &alert["note"], &alert["called_112"]),
        (&json!(id), &json!("break-in"), &json!("open"), &json!(note), &json!(true))
    );
    assert_eq!(alert["author"]["name"], "Ahmed");

    let few = &id[..6];
    fatma.ok(["answer", few, "see"]);
    fatma.ok(["answer", few, "come"]);
    fatma.ok(["sync"]);
    ahmed.ok(["sync"]);
    let shown = ahmed.json(["show", few, "--json"]);
    assert_eq!(shown["answers"].as_array().unwrap().len(), 1, "the last answer stands");
    assert_eq!(
        (&shown["answers"][0]["person"]["name"], &shown["answers"][0]["answer"]),
        (&json!("Fatma"), &json!("come"))
    );

    ahmed.ok(["edit", few, "--note", "De man is weg."]);
    ahmed.ok(["sync"]);
    fatma.ok(["sync"]);
    assert_eq!(fatma.json(["show", few, "--json"])["note"], "De man is weg.");

    ahmed.ok(["withdraw", few]);
    ahmed.ok(["sync"]);
    fatma.ok(["sync"]);
    assert_eq!(fatma.json(["show", few, "--json"])["state"], "withdrawn");
    println!("{}", fatma.ok(["show", few]));

    ahmed.ok(["erase", few]);
    assert_eq!(ahmed.alerts().len(), 0, "one's own phone has forgotten it");
    ahmed.ok(["sync"]);
    fatma.ok(["sync"]);
    assert_eq!(fatma.alerts().len(), 0, "and nobody shows it any more");
}

/// R01, G4 in small: a relay that is killed delays an alert and loses nothing, neither what it acknowledged nor what
/// was written meanwhile.
#[test]
fn an_alert_survives_a_killed_relay() {
    let root = tempfile::tempdir().unwrap();
    let mut relay = Relay::start(root.path().join("relay"));
    let (fatma, ahmed) = fatma_and_ahmed(root.path(), &relay.url());

    let before = ahmed.alert(&["fire", "--at", "here", "--called-112", "yes"]);
    assert_eq!(ahmed.json(["show", &before, "--json"])["delivery"]["delivery"], "sent");
    relay.kill();

    let said = ahmed.ok(["alert", "help", "--at", "behind the school", "--note", "Kom snel.", "--called-112", "no"]);
    assert!(said.contains("Saved"), "{said}");
    let meanwhile = said.lines().next().unwrap();
    assert_eq!(ahmed.json(["show", meanwhile, "--json"])["delivery"]["delivery"], "saved");
    let refused = ahmed.run(["sync"]);
    assert_eq!((refused.code, refused.err.lines().count()), (Some(1), 1), "{refused:?}");
    assert_eq!(ahmed.json(["status", "--json"])["waiting"], 1);

    relay.again();
    ahmed.ok(["sync"]);
    assert_eq!(ahmed.json(["status", "--json"])["waiting"], 0);
    fatma.ok(["sync"]);
    let mut arrived: Vec<_> = fatma.alerts().iter().map(|alert| alert["id"].as_str().unwrap().to_owned()).collect();
    let mut expected = vec![before, meanwhile.to_owned()];
    arrived.sort();
    expected.sort();
    assert_eq!(arrived, expected);

    let (status, took) = relay.terminate();
    println!("the relay ended {took:?} after SIGTERM");
    assert!(status.success());
}

/// R01: who is the first in the street keeps drafts, is told so, and they go when the first neighbour is in.
#[test]
fn a_founder_alone_keeps_drafts_and_is_told_so() {
    let root = tempfile::tempdir().unwrap();
    let relay = Relay::start(root.path().join("relay"));
    let fatma = Phone::new(root.path().join("fatma"));
    fatma.ok(["new", "Fatma", "--street", "Zonnebloemstraat", "--relay", &relay.url()]);
    assert_eq!(fatma.membership(), "alone");
    let said = fatma.ok(["alert", "vehicle", "--note", "Een bus zonder licht."]);
    assert!(said.starts_with("draft-") && said.contains("neighbour"), "{said}");

    let invitation = fatma.json(["invite", "--json"]);
    let ria = Phone::new(root.path().join("ria"));
    ria.ok(["join", invitation["invitation"].as_str().unwrap(), "--as", "Ria"]);
    for phone in [&fatma, &ria, &fatma, &ria] {
        phone.ok(["sync"]);
    }
    let [alert] = &ria.alerts()[..] else { panic!("the draft did not arrive") };
    assert_eq!((&alert["note"], &alert["place"]), (&json!("Een bus zonder licht."), &json!("Zonnebloemstraat")));
    assert_eq!(fatma.alerts().len(), 1, "the draft became the alert");
}

/// Invariant 1: views can be thrown away; exports of both formats are there; the doctor finds nothing.
#[test]
fn a_rebuilt_phone_shows_the_same() {
    let root = tempfile::tempdir().unwrap();
    let relay = Relay::start(root.path().join("relay"));
    let (fatma, ahmed) = fatma_and_ahmed(root.path(), &relay.url());
    let id = ahmed.alert(&["behaviour", "--at", "home", "--note", "Iemand kijkt in auto's."]);
    fatma.ok(["sync"]);
    fatma.ok(["answer", &id, "cannot"]);
    let before = fatma.alerts();
    fatma.ok(["rebuild"]);
    assert_eq!(fatma.alerts(), before);
    fatma.ok(["doctor"]);

    let export = fatma.json(["export", &id, "--as", "json"]);
    assert!(export["document"].is_object(), "{export}");
    let said = fatma.run(["export", &id, "--as", "automerge"]);
    assert_eq!(said.code, Some(0));
    assert!(said.out.len() > 64, "an Automerge file is more than this");
}

/// G10 in small: a clock that is ten years off, either way, stops no alert and is said to be wrong.
#[test]
fn a_wrong_clock_stops_no_alert() {
    let root = tempfile::tempdir().unwrap();
    let relay = Relay::start(root.path().join("relay"));
    let (fatma, ahmed) = fatma_and_ahmed(root.path(), &relay.url());
    let mut sent = Vec::new();
    for (years, told) in [(10, "ahead"), (-10, "behind")] {
        let wrong = |arguments: &[&str]| {
            let offset_s = (years * 365 * 86_400).to_string();
            let mut command = ratel();
            command.env("RATEL_CLOCK_OFFSET_S", offset_s).args(arguments).arg("--data").arg(&ahmed.folder);
            Said::by(&mut command).ok()
        };
        let said = wrong(&["alert", "help", "--at", "home", "--called-112", "no"]);
        sent.insert(0, said.lines().next().unwrap().to_owned());
        wrong(&["sync"]);
        let status = wrong(&["status"]);
        println!("{status}");
        assert!(status.contains(told), "the clock is {told}: {status}");
    }
    fatma.ok(["sync"]);
    let mut arrived: Vec<_> = fatma.alerts().iter().map(|alert| alert["id"].as_str().unwrap().to_owned()).collect();
    arrived.sort();
    sent.sort();
    assert_eq!(arrived, sent);
    assert!(!ahmed.ok(["status"]).contains("clock"), "the right clock is not doubted");
}

/// R01: who watches hears of an alert without asking again, also after the relay was away.
#[test]
fn a_watching_phone_hears_by_itself() {
    let root = tempfile::tempdir().unwrap();
    let mut relay = Relay::start(root.path().join("relay"));
    let (fatma, ahmed) = fatma_and_ahmed(root.path(), &relay.url());
    let mut watching = Running::start(ratel().args(["sync", "--watch", "--data"]).arg(&fatma.folder));
    assert!(watching.line().contains("watches"));
    let first = ahmed.alert(&["fire", "--called-112", "yes"]);
    assert!(watching.line().starts_with(&first[..8]));
    relay.kill();
    relay.again();
    let second = ahmed.alert(&["vehicle"]);
    until("the second alert is printed", || watching.line().starts_with(&second[..8]).then_some(()));
    assert!(watching.terminate().0.success());
    assert_eq!(fatma.alerts().len(), 2);
}
