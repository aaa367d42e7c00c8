//! Coming in by two codes, in separate processes, with no relay running.

use crate::programs::{Phone, free_port};

#[test]
fn ria_is_let_in_by_two_codes_and_alerts_while_there_is_no_relay() {
    let root = tempfile::tempdir().unwrap();
    let (fatma, ria) = (Phone::new(root.path().join("fatma")), Phone::new(root.path().join("ria")));
    let nobody = format!("http://127.0.0.1:{}", free_port());
    fatma.ok(["new", "Fatma", "--street", "Zonnebloemstraat", "--number", "12", "--relay", &nobody]);

    let card = ria.json(["card", "--as", "Ria", "--number", "14", "--json"])["card"].as_str().unwrap().to_owned();
    assert_eq!(ria.ok(["card", "--as", "Ria", "--number", "14"]).lines().next(), Some(card.as_str()));
    assert_eq!(ria.membership(), "waiting");
    let said = fatma.ok(["admit", &card]);
    let answer = said.lines().next().unwrap();
    assert!(answer.starts_with("RATEL-OPEN-"), "{said}");

    // The folder is opened by a new process each time: everything is on the disk.
    ria.ok(["join", answer]);
    assert_eq!(ria.membership(), "member");
    let id = ria.alert(&["break-in", "--note", "Iemand duwt tegen de deur."]);
    let status = ria.json(["status", "--json"]);
    assert_eq!(status["waiting"], 1, "the alert is sealed and queued: {status}");
    assert_eq!(ria.json(["show", &id, "--json"])["delivery"]["delivery"], "saved");

    // The same codes again change nothing, and each gets a sentence.
    for (phone, arguments) in [
        (&fatma, vec!["admit", card.as_str()]),
        (&ria, vec!["join", answer]),
        (&fatma, vec!["admit", answer]),
        (&fatma, vec!["join", card.as_str()]),
        (&ria, vec!["admit", card.as_str()]),
    ] {
        let said = phone.run(&arguments);
        assert_eq!((said.code, said.out.as_str()), (Some(1), ""), "{arguments:?}: {said:?}");
        assert!(said.err.matches('.').count() >= 2, "{}", said.err);
    }
    let again = fatma.ok(["admit", &card, "--again"]);
    assert!(again.starts_with("RATEL-OPEN-"), "who could not scan it gets the answer once more");
}
