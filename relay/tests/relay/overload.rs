//! More than a relay can take: bounded, and said.

use std::time::Duration;

use ratel_protocol::http;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::world::{Person, Street, World, envelope, refusal};

/// Everything that the relay sends until it closes.
async fn until_closed(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    // A reset is a close too.
    let _ = stream.read_to_end(&mut bytes).await;
    String::from_utf8(bytes).unwrap()
}

#[tokio::test]
async fn one_connection_too_many_is_told_to_come_back() {
    let world = World::with(|config| config.limits.connections = 2).await;
    let first = TcpStream::connect(world.addr()).await.unwrap();
    let _second = TcpStream::connect(world.addr()).await.unwrap();
    let third = TcpStream::connect(world.addr()).await.unwrap();
    let answer = until_closed(third).await;
    assert!(answer.starts_with("HTTP/1.1 503 ") && answer.contains("retry-after: 5"), "{answer}");
    drop(first);
    // The place comes free as soon as the relay has seen the first one go.
    loop {
        let mut again = TcpStream::connect(world.addr()).await.unwrap();
        again.write_all(b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.unwrap();
        if until_closed(again).await.starts_with("HTTP/1.1 404 ") {
            break;
        }
    }
}

#[tokio::test]
async fn who_sends_its_head_or_body_too_slowly_is_let_go() {
    let world = World::with(|config| {
        config.limits.header_timeout = Duration::from_millis(50);
        config.limits.body_timeout = Duration::from_millis(50);
    })
    .await;
    let street = Street::new(1);
    let ria = Person::new(&world, 1);
    ria.register(street).await;
    let mut head = TcpStream::connect(world.addr()).await.unwrap();
    head.write_all(b"POST /v1/groups HT").await.unwrap();
    let answer = until_closed(head).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408 "), "{answer}");

    let mut body = TcpStream::connect(world.addr()).await.unwrap();
    let request = format!(
        "POST {} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-length: 260\r\n\r\nslow",
        http::envelopes(street.content),
        ria.token.to_hex()
    );
    body.write_all(request.as_bytes()).await.unwrap();
    let answer = until_closed(body).await;
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
}

#[tokio::test]
async fn bodies_beyond_the_memory_are_put_off_and_the_memory_comes_back() {
    let world = World::with(|config| config.limits.bytes_in_flight = 300).await;
    let street = Street::new(1);
    let ria = Person::new(&world, 1);
    ria.register(street).await;
    let soon = world.today().plus(35);
    let two = [envelope(1, soon, 256), envelope(2, soon, 256)];
    let (status, code, retry) = refusal(ria.post(street.content, &two).await).await;
    assert_eq!((status, code.as_str(), retry), (503, "busy", Some(1)));
    for one in &two {
        ria.posted(street.content, std::slice::from_ref(one)).await;
    }
    // Pages have room of their own: here for one envelope at a time.
    let page = ria.get(&format!("{}?limit=200", http::envelopes(street.content))).await;
    assert_eq!((page.status().as_u16(), &page.headers()[http::MORE]), (200, &"1".parse().unwrap()));
}
