//! Agreements, partners and what stands apart, by separate processes (R03, R37, R49).

use std::{fs, path::Path};

use crate::programs::{Phone, Relay, Said, fatma_and_ahmed, ratel};

/// Fatma lets one more neighbour in; Ahmed, the first, is a trustee.
fn joins(root: &Path, fatma: &Phone, name: &str) -> Phone {
    let phone = Phone::new(root.join(name));
    let code = fatma.json(["invite", "--json"])["invitation"].as_str().unwrap().to_owned();
    phone.ok(["join", &code, "--as", name]);
    fatma.ok(["sync"]);
    phone.ok(["sync"]);
    assert_eq!(phone.membership(), "member");
    fatma.ok(["sync"]);
    phone
}

fn apart(phone: &Phone) -> u64 {
    phone.json(["status", "--json"])["quarantined"].as_u64().unwrap()
}

/// Writes a partner's file as the partner does, on a computer without a phone.
fn partner_signs(root: &Path, party: &str, street: &str) -> String {
    let path = |name: &str| root.join(format!("{party}-{name}")).to_string_lossy().into_owned();
    fs::write(path("terms"), "Wij antwoorden binnen vijf dagen.").unwrap();
    let file = ratel()
        .args(["charter", "sign", "--as", party, "--terms", &path("terms"), "--key", &path("key"), "--street", street])
        .args(["--data", &path("no-phone")])
        .output()
        .unwrap();
    assert!(file.status.success(), "{file:?}");
    assert!(!Path::new(&path("no-phone")).exists(), "a partner needs no phone");
    fs::write(path("file.json"), &file.stdout).unwrap();
    path("file.json")
}

#[test]
fn a_municipality_signs_by_a_file_and_a_wijkagent_waits_for_the_police() {
    let root = tempfile::tempdir().unwrap();
    let relay = Relay::start(root.path().join("relay"));
    let (fatma, ahmed) = fatma_and_ahmed(root.path(), &relay.url());
    let jan = joins(root.path(), &fatma, "Jan");
    let charter = |phone: &Phone| phone.json(["charter", "show", "--json"]);
    let before = charter(&fatma);
    assert_eq!((before["provisional"].as_bool(), before["quiet"].is_null()), (Some(true), true));
    let street = before["group"].as_str().unwrap().to_owned();

    let set = ["--forbid", "vehicle", "--quiet", "22:00-07:00", "--alert-days", "14", "--police-reads", "yes"];
    fatma.ok(["charter", "set"].iter().chain(&set));
    let refused = ahmed.run(["charter", "set", "--forbid", "fire"]);
    assert_eq!(refused.code, Some(1), "only a coordinator agrees: {refused:?}");

    let municipality = partner_signs(root.path(), "municipality", &street);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let key = root.path().join("municipality-key");
        assert_eq!(fs::metadata(key).unwrap().permissions().mode() & 0o777, 0o600, "its key is its own");
    }
    let elsewhere = partner_signs(root.path(), "police", &"0".repeat(32));
    for wrong in [elsewhere.as_str(), "/no/such/file", &ahmed.folder.to_string_lossy()] {
        let said = fatma.run(["charter", "sign", wrong]);
        assert_eq!((said.code, said.err.lines().count()), (Some(1), 1), "{said:?}");
    }
    let members = fatma.json(["members", "--json"]);
    fatma.ok(["charter", "sign", &municipality]);
    assert_eq!(fatma.json(["members", "--json"]), members, "nobody's membership changes");
    let said = fatma.run(["role", "Jan", "wijkagent"]);
    assert_eq!(said.code, Some(1), "the police have not signed: {said:?}");
    assert!(said.err.contains("police"), "{said:?}");

    fatma.ok(["charter", "sign", &partner_signs(root.path(), "police", &street)]);
    fatma.ok(["role", "Jan", "wijkagent"]);
    fatma.ok(["sync"]);
    for phone in [&ahmed, &jan] {
        phone.ok(["sync"]);
        let charter = charter(phone);
        assert_eq!(charter["provisional"], false);
        assert_eq!(charter["quiet"], serde_json::json!([1320, 420]));
        assert_eq!((charter["alert_days"].as_u64(), charter["police_read"].as_bool()), (Some(14), Some(true)));
        assert!(!charter["kinds"].as_array().unwrap().contains(&"vehicle".into()));
        let signed = charter["partners"].as_array().unwrap();
        assert!(signed.len() == 2 && signed.iter().all(|partner| partner["signed"] == true), "{charter}");
    }
    let shown = ahmed.ok(["charter", "show"]);
    assert!(shown.contains(&street) && shown.contains("Signed: municipality"), "{shown}");
    let refused = ahmed.run(["alert", "vehicle"]);
    assert_eq!(refused.code, Some(1));
    assert!(refused.err.contains("112"), "112 is always there: {refused:?}");
    fatma.ok(["charter", "sign", &before["version"].as_str().unwrap()[..8]]);
    assert_eq!(charter(&fatma)["alert_days"], 30, "a version of before, signed anew");
}

#[test]
fn an_envelope_of_a_removed_member_stands_apart_until_somebody_keeps_it() {
    let root = tempfile::tempdir().unwrap();
    let relay = Relay::start(root.path().join("relay"));
    let (fatma, ahmed) = fatma_and_ahmed(root.path(), &relay.url());
    let jan = joins(root.path(), &fatma, "Jan");
    ahmed.ok(["sync"]);
    fatma.ok(["remove", "Jan", "--why", "verhuisd"]);
    fatma.ok(["sync"]);
    ahmed.ok(["sync"]);
    // The relay takes nothing from him any more; his phone does not know and seals it.
    let late = jan.alert(&["fire", "--note", "rook bij de schuur"]);
    let exported = Said::bytes(ratel().args(["export", &late, "--as", "envelope", "--data"]).arg(&jan.folder));
    let file = root.path().join("late.envelope");
    fs::write(&file, &exported).unwrap();

    for phone in [&fatma, &ahmed] {
        let receive = |file: &Path| phone.run(["receive", &file.to_string_lossy()]);
        let before = (apart(phone), phone.alerts());
        assert_eq!(receive(&file).code, Some(0));
        assert_eq!((apart(phone), phone.alerts()), (before.0 + 1, before.1), "held, and counts for nothing");
        assert_eq!(receive(&file).code, Some(0), "once more changes nothing");
        assert_eq!(apart(phone), before.0 + 1);
    }
    assert!(fatma.ok(["aside"]).contains("Jan"));
    fatma.ok(["keep", &late[..8]]);
    fatma.ok(["sync"]);
    ahmed.ok(["sync"]);
    for phone in [&fatma, &ahmed] {
        assert_eq!((apart(phone), phone.alerts().len()), (0, 1));
        assert!(phone.ok(["show", &late]).contains("rook bij de schuur"));
    }
}

#[test]
fn rubbish_from_a_file_is_refused_and_leaves_the_phone_as_it_was() {
    let root = tempfile::tempdir().unwrap();
    let relay = Relay::start(root.path().join("relay"));
    let (fatma, ahmed) = fatma_and_ahmed(root.path(), &relay.url());
    let (bram, _dina) = fatma_and_ahmed(&root.path().join("elsewhere"), &relay.url());
    let export = |phone: &Phone, id: &str| {
        Said::bytes(ratel().args(["export", id, "--as", "envelope", "--data"]).arg(&phone.folder))
    };
    let good = export(&ahmed, &ahmed.alert(&["fire", "--note", "rook"]));
    let foreign = export(&bram, &bram.alert(&["fire"]));
    let at_the_end = [good.as_slice(), &[0]].concat();
    let flipped = |at: usize| {
        let mut bytes = good.clone();
        bytes[at] ^= 0x40;
        bytes
    };
    let before = (fatma.alerts(), fatma.json(["status", "--json"]), fatma.json(["doctor"]));
    let rubbish: &[(&str, Vec<u8>)] = &[
        ("nothing", Vec::new()),
        ("a mailbox's id alone", good[..16].to_vec()),
        ("cut in the middle", good[..good.len() / 2].to_vec()),
        ("one byte short", good[..good.len() - 1].to_vec()),
        ("one byte more", at_the_end),
        ("another mailbox", flipped(3)),
        ("another version", flipped(16)),
        ("a flipped bit of the salt", flipped(40)),
        ("a flipped bit of what is sealed", flipped(120)),
        ("a flipped bit at the end", flipped(good.len() - 1)),
        ("another neighbourhood's", foreign),
        ("a text", b"Beste buren, er is brand.".repeat(20)),
        ("a megabyte", vec![0x5A; 1 << 20]),
    ];
    let file = root.path().join("rubbish.envelope");
    for (why, bytes) in rubbish {
        fs::write(&file, bytes).unwrap();
        let said = fatma.run(["receive", &file.to_string_lossy()]);
        println!("{why}: {}", said.err.trim());
        assert_eq!((said.code, said.out.as_str(), said.err.lines().count()), (Some(1), "", 1), "{why}: {said:?}");
        assert!(!said.err.contains("panicked") && !said.err.contains("Err("), "{why}: {}", said.err);
    }
    assert_eq!(fatma.run(["receive", "/no/such/file"]).code, Some(1));
    assert_eq!((fatma.alerts(), fatma.json(["status", "--json"]), fatma.json(["doctor"])), before);
    fs::write(&file, &good).unwrap();
    fatma.ok(["receive", &file.to_string_lossy()]);
    assert_eq!(fatma.alerts().len(), before.0.len() + 1, "the control");
}
