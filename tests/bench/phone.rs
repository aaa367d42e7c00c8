//! What a phone's own work costs, as medians and as ratios to a floor measured in the same run.
//!
//! `cargo run --release -p ratel-tests --bin bench-phone` prints: a tap until it is stored and drawn, against one
//! fsync of the same disk; taking in a street's envelopes, against verifying, opening and storing them without any
//! document; opening the app, against opening its database.

use std::{
    fs::File,
    io::{Seek as _, SeekFrom, Write as _},
    path::Path,
    time::Instant,
};

use ratel_core::{
    NewAlert,
    intent::{AlertKind, Answer, Intent, PlaceChoice},
};
use ratel_tests::{Phone, Street};

/// Alerts in the street that is taken in; each has an answer and a "seen".
const ALERTS: usize = 600;
const TAPS: usize = 60;
const OPENINGS: usize = 15;

fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

fn median(mut times_us: Vec<f64>) -> f64 {
    times_us.sort_by(f64::total_cmp);
    times_us.get(times_us.len() / 2).copied().unwrap_or_default()
}

fn timed_us(act: impl FnOnce()) -> f64 {
    let start = Instant::now();
    act();
    start.elapsed().as_secs_f64() * 1e6
}

fn new_alert(note: String) -> NewAlert {
    NewAlert { kind: AlertKind::Vehicle, place: PlaceChoice::Here, note, called_112: None, practice: false }
}

/// One fsync after a write of a page, where the store lies.
fn fsync_us(folder: &Path) -> f64 {
    let mut file = File::create(folder.join("floor")).expect("a file");
    let page = [0x5A; 4096];
    let times = (0..TAPS).map(|_| {
        timed_us(|| {
            file.seek(SeekFrom::Start(0)).expect("seek");
            file.write_all(&page).expect("write");
            file.sync_data().expect("fsync");
        })
    });
    median(times.collect())
}

/// The third tap: "Stuur" until the draft is on the disk and the next screen is there.
fn tap_us(street: &Street, ria: &Phone) -> f64 {
    let times = (0..TAPS).map(|_| {
        ria.does(Intent::Report);
        ria.presses("kind-vehicle");
        let time = timed_us(|| ria.does(Intent::Send));
        ria.presses("stop");
        street.clock.advance_s(1);
        time
    });
    median(times.collect())
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (street, fatma, ria, ahmed) = Street::of_three().await;
    let fsync = fsync_us(ria.folder());
    let tap = tap_us(&street, &ria);
    say(&format!("tap to stored and drawn: {tap:.0} us, one fsync {fsync:.0} us, ratio {:.2}", tap / fsync));

    for number in 0..ALERTS {
        ria.app().post_alert(&new_alert(format!("bericht {number}"))).expect("an alert");
    }
    ria.syncs().await;
    fatma.syncs().await;
    for alert in fatma.alerts() {
        fatma.does(Intent::Answer { alert: alert.id, answer: Answer::See });
    }
    fatma.syncs().await;
    let before = ratel_relay::inspect(&street.relay_folder(), 1).expect("the relay's database").envelopes;
    let start = Instant::now();
    let report = ahmed.app().sync_once().await.expect("a pass");
    let catch_up = start.elapsed().as_secs_f64() * 1e6 / f64::from(report.pulled);
    say(&format!(
        "catch-up over HTTP with documents and views: {} of {before} envelopes, {catch_up:.0} us each",
        report.pulled
    ));
    open_again(&street, ahmed);
}

fn open_again(street: &Street, mut ahmed: Phone) {
    let folder = ahmed.folder().clone();
    let (mut app, mut sqlite) = (Vec::new(), Vec::new());
    for _ in 0..OPENINGS {
        ahmed.kill();
        sqlite.push(timed_us(|| {
            let database = rusqlite::Connection::open(folder.join("ratel.sqlite")).expect("the store");
            let mut statement =
                database.prepare("SELECT view FROM views ORDER BY opened_s DESC LIMIT 50").expect("a statement");
            let rows: Vec<String> = statement.query_map([], |row| row.get(0)).expect("rows").flatten().collect();
            assert_eq!(rows.len(), 50);
        }));
        app.push(timed_us(|| ahmed.start()));
    }
    let (app, sqlite) = (median(app), median(sqlite));
    say(&format!(
        "open to first screen: {app:.0} us, SQLite open and 50 newest {sqlite:.0} us, ratio {:.1}",
        app / sqlite
    ));
    drop(street.relay_url());
}
