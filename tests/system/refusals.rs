//! Bad input: a sentence in the person's language with one thing to do, the right exit code, and nothing lost.

use std::{fs, net::TcpListener, panic::catch_unwind};

use crate::programs::{Phone, Relay, Said, fatma_and_ahmed, ratel};

/// A refusal is one line on standard error, with two sentences (what happened, what to do) and nothing of Rust.
fn is_a_sentence(said: &Said, code: i32, why: &str) {
    assert_eq!(said.code, Some(code), "{why}: {said:?}");
    assert_eq!(said.out, "", "{why}");
    assert_eq!(said.err.lines().count(), 1, "{why}: {}", said.err);
    assert!(said.err.matches(['.', ':']).count() >= 2, "{why}: two sentences: {}", said.err);
    for trace in ["panicked", "Error", "Err(", "::", "os error", "RUST"] {
        assert!(!said.err.contains(trace), "{why}: {}", said.err);
    }
}

#[test]
fn what_cannot_be_is_refused_with_a_sentence_and_nothing_is_lost() {
    let root = tempfile::tempdir().unwrap();
    let relay = Relay::start(root.path().join("relay"));
    let (fatma, ahmed) = fatma_and_ahmed(root.path(), &relay.url());
    let id = ahmed.alert(&["vehicle", "--note", "Dit blijft staan."]);
    fatma.ok(["sync"]);
    let hers = fatma.alert(&["help", "--note", "Wie helpt mij?"]);
    ahmed.ok(["sync"]);
    let before = (fatma.alerts(), ahmed.alerts());

    let long_name = "n".repeat(10_000);
    let long_note = "t".repeat(64 << 10);
    let invitation = fatma.json(["invite", "--json"])["invitation"].as_str().unwrap().to_owned();
    let mut mistyped = invitation.clone();
    let last = if mistyped.pop() == Some('A') { 'B' } else { 'A' };
    mistyped.push(last);
    let relay = relay.url();
    let outside = Phone::new(root.path().join("outside"));
    let table: &[(&str, &Phone, &[&str])] = &[
        ("a rubbish code", &outside, &["join", "RATEL-RUBBISH", "--as", "Jan"]),
        ("an empty code", &outside, &["join", "", "--as", "Jan"]),
        ("a mistyped code", &outside, &["join", &mistyped, "--as", "Jan"]),
        ("a foreign invitation", &outside, &["join", "https://chat.example/invite/AbCdEf", "--as", "Jan"]),
        ("a name of 10,000 letters", &outside, &["join", &invitation, "--as", &long_name]),
        ("an empty name", &outside, &["join", &invitation, "--as", " "]),
        ("a street of 10,000 letters", &outside, &["new", "Jan", "--street", &long_name, "--relay", &relay]),
        ("http to another computer", &outside, &["new", "Jan", "--street", "S", "--relay", "http://relay.example"]),
        ("no address at all", &outside, &["new", "Jan", "--street", "S", "--relay", "relay"]),
        ("an alert from outside", &outside, &["alert", "fire"]),
        ("a note of 64 KiB", &ahmed, &["alert", "fire", "--note", &long_note]),
        ("a place of 10,000 letters", &ahmed, &["alert", "fire", "--at", &long_name]),
        ("a new note of 64 KiB", &ahmed, &["edit", &id, "--note", &long_note]),
        ("a kind that goes to no group", &ahmed, &["alert", "doorstep-scam", "--at", "home"]),
        ("an unknown id", &ahmed, &["show", "ffffffffffff"]),
        ("an id that is none", &ahmed, &["withdraw", "../../etc/passwd"]),
        ("another's text", &ahmed, &["edit", &hers, "--note", "Dit was ik."]),
        ("another's alert", &fatma, &["withdraw", &id]),
        ("an export of nothing", &ahmed, &["export", "0000000000", "--as", "json"]),
        ("an invitation by who may not", &ahmed, &["invite"]),
        ("a second beginning", &ahmed, &["new", "Ahmed", "--street", "S", "--relay", &relay]),
        ("joining twice", &ahmed, &["join", &invitation, "--as", "Ahmed"]),
    ];
    for (why, phone, arguments) in table {
        let said = phone.run(*arguments);
        println!("{why}: {}", said.err.trim());
        is_a_sentence(&said, 1, why);
        assert!(said.err.len() < 300, "{why}: what was typed does not come back");
    }
    assert_eq!((fatma.alerts(), ahmed.alerts()), before, "nothing was lost");
    assert_eq!(outside.membership(), "outside", "and nothing half done stays");
}

#[test]
fn a_folder_that_is_no_phone_stays_as_it_is() {
    let root = tempfile::tempdir().unwrap();
    let nowhere = Phone::new(root.path().join("mistyped"));
    is_a_sentence(&nowhere.run(["alerts"]), 1, "no folder");
    assert!(!nowhere.folder.exists(), "looking makes no phone");

    let relay = Relay::start(root.path().join("relay"));
    let (fatma, _) = fatma_and_ahmed(root.path(), &relay.url());
    let store = fs::read_dir(&fatma.folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| fs::read(path).unwrap().starts_with(b"SQLite format 3"))
        .unwrap();
    for (why, bytes) in [("a text file", b"dear diary".as_slice()), ("noise", &[0xA7; 8192])] {
        let foreign = Phone::new(root.path().join(why));
        fs::create_dir(&foreign.folder).unwrap();
        let planted = foreign.folder.join(store.file_name().unwrap());
        fs::write(&planted, bytes).unwrap();
        for command in ["alerts", "status", "doctor", "rebuild"] {
            is_a_sentence(&foreign.run([command]), 1, why);
        }
        assert_eq!(fs::read(&planted).unwrap(), bytes, "{why} was changed");
    }

    // Fatma's store with a key that is not hers: a copy of the file alone is of no use, and is not harmed.
    let thief = Phone::new(root.path().join("thief"));
    fs::create_dir(&thief.folder).unwrap();
    fs::copy(&store, thief.folder.join(store.file_name().unwrap())).unwrap();
    is_a_sentence(&thief.run(["alerts"]), 1, "another key");
    assert_eq!(fatma.membership(), "member");
}

#[test]
fn a_page_that_cannot_be_served_says_why() {
    let root = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    for (why, listen) in
        [("a port in use", taken.as_str()), ("all addresses", "0.0.0.0:0"), ("another", "192.0.2.7:80")]
    {
        let street = root.path().join("street");
        let said = Said::by(ratel().args(["street", "--no-open", "--listen", listen, "--data"]).arg(&street));
        println!("{why}: {}", said.err.trim());
        is_a_sentence(&said, 1, why);
    }
    let said = Said::by(ratel().args(["serve", "--no-open", "--data"]).arg(root.path().join("nobody")));
    is_a_sentence(&said, 1, "no phone to serve");

    let foreign = root.path().join("holiday");
    fs::create_dir(&foreign).unwrap();
    fs::write(foreign.join("beach.txt"), "sea").unwrap();
    for fresh in [None, Some("--fresh")] {
        let said = Said::by(ratel().args(["street", "--no-open", "--data"]).arg(&foreign).args(fresh));
        is_a_sentence(&said, 1, "a folder with something else");
    }
    assert_eq!(fs::read_to_string(foreign.join("beach.txt")).unwrap(), "sea");
}

#[test]
fn wrong_use_is_told_from_a_refusal_and_words_follow_the_language() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("nobody");
    for arguments in [&["alert", "ghost"][..], &["answer", "3fa1"], &["frobnicate"], &["alerts", "--lang", "fr"]] {
        let said = Said::by(ratel().args(arguments).arg("--data").arg(&folder));
        assert_eq!(said.code, Some(2), "{arguments:?}: {said:?}");
    }
    let say = |lang: &str, argument: Option<&str>| {
        let mut command = ratel();
        command.env("LANG", lang).arg("alerts").arg("--data").arg(&folder);
        Said::by(command.args(argument.into_iter().flat_map(|lang| ["--lang", lang]))).err
    };
    let (dutch, english) = (say("nl_NL.UTF-8", None), say("en_GB.UTF-8", None));
    assert_ne!(dutch, english);
    assert_eq!(say("C", None), dutch, "Dutch unless the environment says otherwise");
    assert_eq!(say("nl_NL.UTF-8", Some("en")), english, "what is asked for comes first");
    let help = Said::by(ratel().arg("--help"));
    assert!(help.code == Some(0) && help.out.contains("Examples:"), "{help:?}");
}

/// Control: what is no sentence for a person is found.
#[test]
fn control_what_is_no_sentence_is_found() {
    let said = |err: &str| Said { code: Some(1), out: String::new(), err: err.to_owned() };
    is_a_sentence(&said("This is taken. Choose another.\n"), 1, "a good one");
    for err in [
        "thread 'main' panicked at src/main.rs:1:1. Choose another.\n",
        "This is taken. Error: os error 98.\n",
        "This is taken\n",
        "This is taken.\nChoose another.\n",
        "",
    ] {
        assert!(catch_unwind(|| is_a_sentence(&said(err), 1, "planted")).is_err(), "{err}");
    }
    assert!(catch_unwind(|| is_a_sentence(&said("This is taken. Choose another.\n"), 2, "planted")).is_err());
}
