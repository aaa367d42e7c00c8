//! G6, G7: whatever is sent, the answer is a refusal, and the next good envelope is taken.

use ratel_protocol::http;
use ratel_relay::Relay;
use reqwest::Method;

use crate::world::{Person, Street, World, envelope};

/// A small generator, so that a failure can be run again (xorshift, Marsaglia 2003).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn bytes(&mut self) -> Vec<u8> {
        let length = self.next() % 600;
        (0..length).map(|_| self.next().to_be_bytes()[0]).collect()
    }
}

#[tokio::test]
async fn rubbish_is_refused_and_the_next_good_envelope_is_taken() {
    let world = World::new().await;
    let street = Street::new(1);
    let ria = Person::new(&world, 1);
    ria.register(street).await;
    let mut random = Random(0x5EED);
    let paths = [
        http::GROUPS.to_owned(),
        http::envelopes(street.content),
        http::envelopes(street.log),
        http::tokens(street.log),
    ];
    for round in 0..400 {
        let path = &paths[round % paths.len()];
        let method = if path.ends_with("tokens") { Method::PUT } else { Method::POST };
        let mut body = random.bytes();
        if round % 3 == 0 {
            // Begins well: a length that fits, or JSON.
            let length = u32::try_from(body.len()).unwrap().to_be_bytes();
            body = if path.ends_with("envelopes") {
                [&length[..], &body].concat()
            } else {
                [b"{\"add\":[", &body[..]].concat()
            };
        }
        let response = ria.call(method, path, body).await;
        let status = response.status().as_u16();
        // A well-framed body of no envelope is answered for each: malformed.
        let fine = (400..500).contains(&status) || (status == 200 && path.ends_with("envelopes"));
        assert!(fine, "round {round}: {status}");
    }
    for query in ["after=-1", "after=99999999999999999999", "limit=x", "after=1&after=%00", "%%%", "limit=0"] {
        let status = ria.get(&format!("{}?{query}", http::envelopes(street.content))).await.status().as_u16();
        assert!(status == 400 || status == 200, "{query}: {status}");
    }
    assert_eq!(ria.pull(street.content, 0).await, []);
    let alert = envelope(1, world.today().plus(35), 256);
    ria.posted(street.content, std::slice::from_ref(&alert)).await;
    assert_eq!(ria.pull(street.content, 0).await[0].1, alert);
}

#[tokio::test]
async fn a_relay_that_is_dropped_gives_its_folder_back() {
    let dir = tempfile::tempdir().unwrap();
    let config = ratel_relay::Config::new(dir.path(), "127.0.0.1:0".parse().unwrap());
    drop(Relay::start(config.clone()).await.unwrap());
    loop {
        if let Ok(again) = Relay::start(config.clone()).await {
            again.stop().await;
            break;
        }
        tokio::task::yield_now().await;
    }
}
