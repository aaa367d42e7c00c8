//! What an operator sees: health, readiness, metrics, the request log.

use ratel_protocol::http;
use reqwest::StatusCode;

use crate::world::{Person, Street, World, client, envelope, refusal};

async fn text(url: String) -> (StatusCode, String) {
    let response = client().get(url).send().await.unwrap();
    (response.status(), response.text().await.unwrap())
}

#[tokio::test]
async fn health_readiness_and_metrics_have_a_door_of_their_own() {
    let world = World::with(|config| config.admin_listen = Some("127.0.0.1:0".parse().unwrap())).await;
    let street = Street::new(1);
    let ria = Person::new(&world, 1);
    ria.register(street).await;
    ria.posted(street.content, &[envelope(1, world.today().plus(35), 256), vec![1; 256]]).await;
    assert_eq!(text(world.admin_url("/healthz")).await, (StatusCode::OK, String::from("alive\n")));
    assert_eq!(text(world.admin_url("/readyz")).await, (StatusCode::OK, String::from("ready\n")));
    let (_, metrics) = text(world.admin_url("/metrics")).await;
    for line in [
        "ratel_relay_requests_total{method=\"POST\",route=\"/v1/groups\",status=\"200\"} 1",
        "ratel_relay_envelopes_total{outcome=\"stored\"} 1",
        "ratel_relay_envelopes_total{outcome=\"malformed\"} 1",
        "ratel_relay_request_duration_microseconds_count 2",
        "ratel_relay_live_streams 0",
    ] {
        assert!(metrics.lines().any(|have| have == line), "{line} in\n{metrics}");
    }
    // Strangers see none of it on the phones' door.
    for path in ["/healthz", "/readyz", "/metrics"] {
        assert_eq!(text(world.url(path)).await.0, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_relay_below_its_disk_floor_is_alive_but_not_ready() {
    let world = World::with(|config| {
        config.admin_listen = Some("127.0.0.1:0".parse().unwrap());
        config.limits.disk_floor_bytes = u64::MAX;
    })
    .await;
    assert_eq!(text(world.admin_url("/healthz")).await.0, StatusCode::OK);
    assert_eq!(text(world.admin_url("/readyz")).await.0, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn the_street_sees_the_request_log_and_it_names_nobody() {
    let world = World::new().await;
    let street = Street::new(1);
    let ria = Person::new(&world, 1);
    ria.register(street).await;
    ria.posted(street.content, &[envelope(1, world.today().plus(35), 256)]).await;
    refusal(ria.get(&format!("/v1/secrets/{}", ria.token.to_hex())).await).await;
    let lines = world.log.lock().unwrap().clone();
    let seen: Vec<_> = lines.iter().map(|line| (line.method, line.route.as_str(), line.status)).collect();
    let envelopes = "/v1/mailboxes/{mailbox}/envelopes";
    assert_eq!(seen, [("POST", http::GROUPS, 200), ("POST", envelopes, 200), ("GET", "unknown", 404)]);
    assert_eq!(lines[1].bytes_up, 260);
}
