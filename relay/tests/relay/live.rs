//! Live streams: at once, with resume, ended by who may end them.

use std::time::Duration;

use ratel_protocol::{
    MailboxId,
    http::{self, Mail, TokenChange},
};
use reqwest::Response;

use crate::world::{Person, Street, World, envelope, refusal};

/// A stream as a client reads it.
struct Stream {
    response: Response,
    text: String,
}

impl Stream {
    async fn open(person: &Person, wanted: &[(MailboxId, u64)]) -> Self {
        let response = person.get(&path(wanted)).await;
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self { response, text: String::new() }
    }

    /// The next event that is no comment; `None` when the stream has ended.
    async fn mail(&mut self) -> Option<Mail> {
        loop {
            let piece = self.piece().await?;
            if let Some(event) = piece.strip_prefix("event: mail\ndata: ") {
                return Some(serde_json::from_str(event).unwrap());
            }
            assert!(piece.starts_with(':'), "{piece:?}");
        }
    }

    async fn piece(&mut self) -> Option<String> {
        loop {
            if let Some((piece, rest)) = self.text.split_once("\n\n") {
                let (piece, rest) = (piece.to_owned(), rest.to_owned());
                self.text = rest;
                return Some(piece);
            }
            let chunk = self.response.chunk().await.ok().flatten()?;
            self.text.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }
}

fn path(wanted: &[(MailboxId, u64)]) -> String {
    let wanted: Vec<_> = wanted.iter().map(|(id, after)| format!("mailbox={id}:{after}")).collect();
    format!("{}?{}", http::LIVE, wanted.join("&"))
}

async fn street_of_two(world: &World) -> (Street, Person, Person) {
    let street = Street::new(1);
    let (fatma, ria) = (Person::new(world, 1), Person::new(world, 2));
    fatma.register(street).await;
    let members = TokenChange { add: vec![ria.token.hash()], ..TokenChange::default() };
    fatma.tokens(street.log, &members).await;
    (street, fatma, ria)
}

#[tokio::test]
async fn ria_hears_of_mail_in_both_mailboxes_without_asking_again() {
    let world = World::new().await;
    let (street, fatma, ria) = street_of_two(&world).await;
    let mut stream = Stream::open(&ria, &[(street.log, 0), (street.content, 0)]).await;
    let soon = world.today().plus(35);
    for (number, mailbox) in [(1, street.content), (2, street.log), (3, street.content)] {
        fatma.posted(mailbox, &[envelope(number, soon, 256)]).await;
        let mail = stream.mail().await.unwrap();
        assert_eq!(mail.mailbox, mailbox);
        assert_eq!(mail.cursor, ria.pull(mailbox, 0).await.last().unwrap().0);
    }
}

#[tokio::test]
async fn what_came_before_the_stream_is_said_at_once_and_what_is_known_is_not() {
    let world = World::new().await;
    let (street, fatma, ria) = street_of_two(&world).await;
    let soon = world.today().plus(35);
    fatma.posted(street.content, &[envelope(1, soon, 256)]).await;
    fatma.posted(street.log, &[envelope(2, soon, 256)]).await;
    let known = ria.pull(street.log, 0).await[0].0;
    let mut stream = Stream::open(&ria, &[(street.log, known), (street.content, 0)]).await;
    assert_eq!(stream.mail().await.unwrap().mailbox, street.content);
    fatma.posted(street.log, &[envelope(3, soon, 256)]).await;
    let mail = stream.mail().await.unwrap();
    assert!(mail.mailbox == street.log && mail.cursor > known);
}

#[tokio::test]
async fn a_silent_stream_sends_comments() {
    let world = World::with(|config| config.limits.keepalive = Duration::from_millis(20)).await;
    let (street, _, ria) = street_of_two(&world).await;
    let mut stream = Stream::open(&ria, &[(street.content, 0)]).await;
    for _ in 0..4 {
        assert_eq!(stream.piece().await.unwrap(), ":");
    }
}

#[tokio::test]
async fn the_stream_of_a_removed_member_ends_and_the_others_go_on() {
    let world = World::new().await;
    let (street, fatma, ria) = street_of_two(&world).await;
    let mut hers = Stream::open(&ria, &[(street.log, 0), (street.content, 0)]).await;
    let mut fatmas = Stream::open(&fatma, &[(street.content, 0)]).await;
    let remove = TokenChange { remove: vec![ria.token.hash()], ..TokenChange::default() };
    fatma.tokens(street.log, &remove).await;
    assert_eq!(hers.mail().await, None);
    fatma.posted(street.content, &[envelope(1, world.today().plus(35), 256)]).await;
    assert!(fatmas.mail().await.is_some());
}

#[tokio::test]
async fn stopping_ends_streams_and_a_resumed_one_says_what_was_missed() {
    let mut world = World::new().await;
    let (street, fatma, ria) = street_of_two(&world).await;
    let soon = world.today().plus(35);
    fatma.posted(street.content, &[envelope(1, soon, 256)]).await;
    let known = ria.pull(street.content, 0).await[0].0;
    let mut stream = Stream::open(&ria, &[(street.content, known)]).await;
    // Longer than any relay may take: the stop itself waits for the stream to end.
    tokio::time::timeout(Duration::from_secs(5), world.stop()).await.unwrap();
    assert_eq!(stream.mail().await, None);
    world.start().await;
    fatma.posted(street.content, &[envelope(2, soon, 256)]).await;
    let mut stream = Stream::open(&ria, &[(street.content, known)]).await;
    assert!(stream.mail().await.unwrap().cursor > known);
}

#[tokio::test]
async fn a_burst_before_a_slow_reader_is_one_event_with_the_newest_cursor() {
    let world = World::new().await;
    let (street, fatma, ria) = street_of_two(&world).await;
    let soon = world.today().plus(35);
    let burst: Vec<_> = (0..64).map(|number| envelope(number, soon, 256)).collect();
    let mut stream = Stream::open(&ria, &[(street.content, 0)]).await;
    fatma.posted(street.content, &burst).await;
    let newest = ria.pull(street.content, 0).await.last().unwrap().0;
    assert_eq!(stream.mail().await.unwrap().cursor, newest);
}

#[tokio::test]
async fn a_stream_that_is_not_allowed_or_names_nothing_is_refused() {
    let world = World::new().await;
    let (street, _, ria) = street_of_two(&world).await;
    let stranger = Person::new(&world, 9);
    assert_eq!(refusal(stranger.get(&path(&[(street.log, 0)])).await).await.0, 401);
    assert_eq!(refusal(ria.get(&path(&[(street.log, 0), (MailboxId([9; 16]), 0)])).await).await.0, 404);
    assert_eq!(refusal(ria.get(http::LIVE).await).await.0, 400);
    assert_eq!(refusal(ria.get(&format!("{}?mailbox={}", http::LIVE, street.log)).await).await.0, 400);
    let many: Vec<_> = (0..33).map(|seed| (MailboxId([seed; 16]), 0)).collect();
    assert_eq!(refusal(ria.get(&path(&many)).await).await.1, "bad-request");
}
