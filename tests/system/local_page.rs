//! The local page lets nobody else in.

use crate::programs::{Relay, Running, Said, fatma_and_ahmed, ratel};
use crate::web::Page;

/// Every door with every stranger: 403 for a foreign name or page whatever the path, 401 without the secret, 404 for
/// what is not there, and the secret opens.
#[test]
fn strangers_stay_outside() {
    let root = tempfile::tempdir().unwrap();
    let relay = Relay::start(root.path().join("relay"));
    let (fatma, _) = fatma_and_ahmed(root.path(), &relay.url());
    let mut running = Running::start(ratel().args(["serve", "--no-open", "--data"]).arg(&fatma.folder));
    let page = Page::at(&running.line());
    let bearer = format!("Authorization: Bearer {}", page.secret);
    let (host, secret) = (page.host.clone(), bearer.as_str());
    let own = format!("Origin: http://{host}");
    let port = host.rsplit(':').next().unwrap();
    let local = format!("localhost:{port}");
    let rebound = format!("evil.example:{port}");

    for path in ["/", "/assets/main.js", "/api/street", "/api/events", "/api/nothing", "/nothing", "/api"] {
        for host in [rebound.as_str(), "127.0.0.1", "localhost", "[::1]"] {
            assert_eq!(page.call("GET", path, host, &[secret], "").status, 403, "{path} as {host}");
        }
        for origin in ["Origin: http://evil.example", "Origin: null", "Origin: https://127.0.0.1"] {
            for method in ["GET", "POST", "OPTIONS"] {
                let status = page.call(method, path, &host, &[secret, origin], "").status;
                assert_eq!(status, 403, "{method} {path} from {origin}");
            }
        }
    }
    let wrong = format!("Authorization: Bearer {}", "0".repeat(64));
    for path in ["/api/street", "/api/events", "/api/phones/me/intents", "/api/nothing", "/api", "/api/"] {
        for method in ["GET", "POST", "PUT"] {
            for headers in [&[][..], &[wrong.as_str()], &["Cookie: secret=1"]] {
                assert_eq!(page.call(method, path, &host, headers, "").status, 401, "{method} {path}");
            }
        }
        let query = format!("{path}?secret={}", page.secret);
        assert_eq!(page.call("GET", &query, &host, &[], "").status, 401, "the secret in a query opens nothing");
    }
    for path in ["/api/nothing", "/api", "/api/phones/me", "/api/relay", "/nothing", "/assets/../main.rs"] {
        assert_eq!(page.get(path).status, 404, "{path}");
    }
    assert_eq!(page.call("GET", "/api/street", &local, &[secret, &own], "").status, 200, "our own page");
    let front = page.call("GET", "/", &host, &[], "");
    assert_eq!(front.status, 200, "the page itself needs no secret");
    for rule in ["content-security-policy: default-src 'none'", "x-content-type-options: nosniff"] {
        assert!(front.head.contains(rule), "{}", front.head);
    }
    assert!(!front.body.contains(&page.secret));
    assert!(page.get("/api/street").head.contains("cache-control: no-store"));
}

/// What a phone refuses comes back as a sentence; rubbish is no intent.
#[test]
fn a_refused_act_comes_back_as_a_sentence() {
    let root = tempfile::tempdir().unwrap();
    let relay = Relay::start(root.path().join("relay"));
    let (fatma, _) = fatma_and_ahmed(root.path(), &relay.url());
    let mut running = Running::start(ratel().args(["serve", "--no-open", "--data"]).arg(&fatma.folder));
    let page = Page::at(&running.line());
    let intents = "/api/phones/me/intents";
    for (intent, status) in [
        (serde_json::json!({ "type": "open", "alert": "ffffffff" }), 404),
        (serde_json::json!({ "type": "fly" }), 400),
        (serde_json::json!(["rubbish"]), 400),
        (serde_json::json!({ "type": "set-letters", "percent": 5000 }), 400),
    ] {
        let answer = page.post(intents, &intent);
        assert_eq!(answer.status, status, "{intent}: {}", answer.body);
        let body: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        assert!(body["message"].as_str().unwrap().contains(". "), "{intent}: {body}");
    }
    // The folder is in use: a second program says so and changes nothing.
    let second = fatma.run(["alerts"]);
    assert_eq!((second.code, second.err.lines().count()), (Some(1), 1), "{second:?}");
}

/// A laptop that never saw Ratel: with a relay named, a folder that is not there becomes a phone, and begins with the
/// first run (R29). Without one, a mistyped folder stays what it is.
#[test]
fn a_new_phone_begins_in_the_browser() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("jan");
    let relay = "https://relay.example";
    let mut running = Running::start(ratel().args(["serve", "--no-open", "--relay", relay, "--data"]).arg(&folder));
    let screen = Page::at(&running.line()).screen("me");
    assert_eq!(screen["id"], "first-language");
    drop(running);
    let other = root.path().join("mistyped");
    for args in [&["serve", "--no-open"][..], &["serve", "--no-open", "--relay", "ftp://nowhere"]] {
        let said = Said::by(ratel().args(args).arg("--data").arg(&other));
        assert_eq!((said.code, said.err.lines().count()), (Some(1), 1), "{said:?}");
        assert!(!other.exists());
    }
}
