//! The internet of one phone of the street: a forwarder between the phone and the relay.
//!
//! "Internet off" must be what it is on a phone: sockets that close, open streams too, and connections that are
//! refused. The core is told nothing; it learns by failing. So the phone knows only this forwarder's address, and
//! switching off closes the listener and cuts every connection. Switching on opens the same port again.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use futures_util::{StreamExt, stream::FuturesUnordered};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::{Mutex, watch},
    task::JoinHandle,
};

/// A forwarder on loopback.
#[derive(Debug)]
pub(crate) struct Forwarder {
    port: u16,
    target: u16,
    running: Mutex<Option<JoinHandle<()>>>,
    on: watch::Sender<bool>,
}

impl Forwarder {
    /// Opens a forwarder on `port` (0 takes a free one) of loopback that leads to `target`, and switches it on.
    pub(crate) async fn open(port: u16, target: u16) -> io::Result<Arc<Self>> {
        let listener = listen(port).await?;
        let port = listener.local_addr()?.port();
        let running = Mutex::new(Some(serve(listener, target)));
        Ok(Arc::new(Self { port, target, running, on: watch::Sender::new(true) }))
    }

    /// The port that the phone knows.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Whether it is on; changes as it is switched.
    pub(crate) fn on(&self) -> watch::Receiver<bool> {
        self.on.subscribe()
    }

    /// Switches it on or off. Off returns once the listener and every connection are closed.
    pub(crate) async fn switch(&self, on: bool) -> io::Result<()> {
        let mut running = self.running.lock().await;
        match (on, running.take()) {
            (true, None) => *running = Some(serve(listen(self.port).await?, self.target)),
            (false, Some(task)) => {
                task.abort();
                // Once the task is gone, so is every socket it held.
                let _ = task.await;
            }
            (_, unchanged) => *running = unchanged,
        }
        self.on.send_replace(on);
        Ok(())
    }
}

async fn listen(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await
}

/// One task holds the listener and all its connections, so that they end together.
fn serve(listener: TcpListener, target: u16) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut connections = FuturesUnordered::new();
        loop {
            tokio::select! {
                accepted = listener.accept() => match accepted {
                    Ok((phone, _)) => connections.push(carry(phone, target)),
                    // Out of descriptors, or the peer was gone at once: wait a little instead of spinning.
                    Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
                },
                Some(()) = connections.next() => {}
            }
        }
    })
}

async fn carry(mut phone: TcpStream, target: u16) {
    // An unplugged relay refuses: then the phone's connection just closes.
    let Ok(mut relay) = TcpStream::connect((Ipv4Addr::LOCALHOST, target)).await else { return };
    let _ = phone.set_nodelay(true);
    let _ = relay.set_nodelay(true);
    let _ = copy_bidirectional(&mut phone, &mut relay).await;
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    /// A relay that says back what it hears.
    async fn echo() -> u16 {
        let listener = listen(0).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let (mut read, mut write) = socket.split();
                    let _ = tokio::io::copy(&mut read, &mut write).await;
                });
            }
        });
        port
    }

    async fn says_back(socket: &mut TcpStream) -> bool {
        let mut heard = [0; 3];
        socket.write_all(b"hoi").await.is_ok() && socket.read_exact(&mut heard).await.is_ok() && &heard == b"hoi"
    }

    async fn dial(forwarder: &Forwarder) -> io::Result<TcpStream> {
        TcpStream::connect((Ipv4Addr::LOCALHOST, forwarder.port())).await
    }

    #[tokio::test]
    async fn internet_off_cuts_open_streams_and_refuses_new_ones() {
        let forwarder = Forwarder::open(0, echo().await).await.unwrap();
        let mut open = dial(&forwarder).await.unwrap();
        assert!(says_back(&mut open).await);

        forwarder.switch(false).await.unwrap();
        assert!(!says_back(&mut open).await, "an open stream outlived the internet");
        assert!(dial(&forwarder).await.is_err(), "a new connection came through");
        assert!(!*forwarder.on().borrow());

        forwarder.switch(true).await.unwrap();
        assert!(says_back(&mut dial(&forwarder).await.unwrap()).await, "the same port carries again");
        assert!(!says_back(&mut open).await, "the old stream stays closed");
    }

    #[tokio::test]
    async fn switching_twice_changes_nothing() {
        let forwarder = Forwarder::open(0, echo().await).await.unwrap();
        let mut open = dial(&forwarder).await.unwrap();
        assert!(says_back(&mut open).await);
        forwarder.switch(true).await.unwrap();
        assert!(says_back(&mut open).await, "switching on what is on cut a stream");
        forwarder.switch(false).await.unwrap();
        forwarder.switch(false).await.unwrap();
        assert!(dial(&forwarder).await.is_err());
    }

    #[tokio::test]
    async fn an_unplugged_relay_closes_the_connection() {
        let nobody = listen(0).await.unwrap().local_addr().unwrap().port();
        let forwarder = Forwarder::open(0, nobody).await.unwrap();
        let mut open = dial(&forwarder).await.unwrap();
        assert!(!says_back(&mut open).await);
    }
}
