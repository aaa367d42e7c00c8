//! What happens by itself: the clock, and the link to the relay.

use std::{future::Future, pin::pin, time::Duration};

use ratel_protocol::MailboxId;
use tokio::{
    select,
    time::{Instant, sleep, sleep_until},
};

use super::{App, admin::AtFormer, state::State};
use crate::{
    error::Error,
    link::{Live, RelayAddress, RelayClient, Response},
    screen::Route,
    sync::{Pass, Replica as _, SyncReport},
};

/// Longest pause between two attempts to reach the relay.
const MAX_PAUSE: Duration = Duration::from_secs(5);
/// Pause after the first failure; doubles up to [`MAX_PAUSE`].
const MIN_PAUSE: Duration = Duration::from_millis(250);
/// A whole set is compared at least so often.
const CHECK_EVERY: Duration = Duration::from_hours(24);
/// How long a relay without room is left in peace before it is asked again.
const FULL_PAUSE: Duration = Duration::from_mins(1);
/// How often a former relay is asked.
const FORMER_EVERY: Duration = Duration::from_mins(1);
/// How often the relay's store may turn out to be another within one pass.
const MAX_STORE_CHANGES: u32 = 3;
/// Longest sleep of the clock: hours in words change by themselves.
const MAX_SLEEP_MS: i64 = 20_000;

/// Runs until `shutdown`.
pub(super) async fn run(app: &App, shutdown: impl Future<Output = ()>) {
    let mut shutdown = pin!(shutdown);
    let work = async { tokio::join!(clock(app), link(app)) };
    select! {
        () = &mut shutdown => {}
        _ = work => {}
    }
}

/// Seals what is due and redraws what changes with time.
async fn clock(app: &App) {
    loop {
        // First of all: what fell due while the app was off does not wait for a sleep to end.
        if let Err(error) = app.tick_quietly() {
            tracing::error!(%error, "the clock could not do its work");
            sleep(MIN_PAUSE).await;
        }
        loop {
            let sleep_ms = app.state().next_wake_ms();
            select! {
                () = sleep(Duration::from_millis(sleep_ms)) => break,
                // Something may fall due earlier now.
                () = app.inner.clock.notified() => {}
            }
        }
    }
}

/// Keeps up with the relay as long as there is one.
async fn link(app: &App) {
    let mut pause = MIN_PAUSE;
    loop {
        let ended = connect(app).await;
        if let Err(error) = &ended {
            tracing::debug!(%error, "no connection with the relay");
        }
        app.lost(ended.as_ref().err());
        // A stream that ended was a good connection: the pauses begin anew.
        pause = if ended.is_ok() { MIN_PAUSE } else { (pause * 2).min(MAX_PAUSE) };
        select! {
            () = sleep(pause) => {}
            () = app.inner.outbox.notified() => sleep(MIN_PAUSE).await,
        }
    }
}

/// One connection: a pass, then the stream of new mail beside what is written here, until it ends.
async fn connect(app: &App) -> Result<(), Error> {
    let Some(client) = app.client()? else { return Err(Error::NoNeighbourhood) };
    former_pass(app).await;
    let mut former = Instant::now() + FORMER_EVERY;
    let check_is_due = app.state().check_is_due()?;
    pass(app, &client, check_is_due).await?;
    let mut live = open_live(app, &client).await?;
    let mut mailboxes = app.state().mailboxes()?.len();
    let mut check = Instant::now() + CHECK_EVERY;
    loop {
        if app.state().relay_has_moved()? {
            return Ok(());
        }
        // What a pass left behind found no room at the relay.
        let full = app.state().has_work()?;
        let moved = app.state().former_relay()?.is_some();
        select! {
            () = sleep_until(former), if moved => {
                former_pass(app).await;
                former = Instant::now() + FORMER_EVERY;
            }
            mail = live.next() => {
                if mail.is_err() {
                    return Ok(());
                }
                pass(app, &client, false).await?;
            }
            () = sleep(FULL_PAUSE), if full => {
                pass(app, &client, false).await?;
            }
            () = app.inner.outbox.notified() => {
                if app.state().has_work()? {
                    pass(app, &client, false).await?;
                }
            }
            () = sleep_until(check) => {
                pass(app, &client, true).await?;
                check = Instant::now() + CHECK_EVERY;
            }
        }
        let now = app.state().mailboxes()?.len();
        if now != mailboxes {
            // Let in: the content mailbox is known now.
            mailboxes = now;
            pass(app, &client, false).await?;
            live = open_live(app, &client).await?;
        }
    }
}

async fn open_live(app: &App, client: &RelayClient) -> Result<Live, Error> {
    let (cursors, token) = {
        let state = app.state();
        let cursors: Result<Vec<(MailboxId, u64)>, Error> =
            state.mailboxes()?.into_iter().map(|(mailbox, id)| Ok((id, state.cursor(mailbox)?))).collect();
        (cursors?, state.bearer()?)
    };
    Ok(client.live(&cursors, &token).await?)
}

/// One pass with the relay, for a command line.
pub(super) async fn sync_once(app: &App) -> Result<SyncReport, Error> {
    app.tick()?;
    let client = app.client()?.ok_or(Error::NoNeighbourhood)?;
    former_pass(app).await;
    let check = app.state().check_is_due()?;
    match pass(app, &client, check).await {
        Ok(_) if app.state().is_spent()? => Err(Error::CodeUsed),
        Ok(Passed { report, tokens_failed: None }) => Ok(report),
        Ok(Passed { tokens_failed: Some(error), .. }) => Err(error),
        Err(error) => {
            app.lost(Some(&error));
            // The relay knows an invitation's token until it is taken back.
            let unknown = matches!(error, Error::RelayRefused(401 | 403)) && app.state().waits_on_invitation()?;
            Err(if unknown { Error::CodeRevoked } else { error })
        }
    }
}

/// What a pass did, and what the relay did not take while everything else went.
struct Passed {
    report: SyncReport,
    /// The relay is there, but those whom the tokens are for cannot use it yet. They are offered again.
    tokens_failed: Option<Error>,
}

/// Asks and answers until there is nothing to ask.
async fn pass(app: &App, client: &RelayClient, check: bool) -> Result<Passed, Error> {
    let (mut pass, mut changes, mut tokens_failed) = (Pass::new(check), 0, None);
    loop {
        let (ask, token) = {
            let state = app.state();
            let Some(ask) = pass.next(&*state)? else { break };
            (ask, state.bearer()?)
        };
        let response = match client.ask(&ask, &token).await {
            Ok(response) => response,
            Err(error) if pass.goes_on_without(&ask) => {
                tokens_failed = Some(Error::from(error));
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        let mut state = app.state();
        if state.heard(&response)? {
            // Another store answers: everything is offered and asked for anew. One that is another each time is none.
            changes += 1;
            if changes > MAX_STORE_CHANGES {
                return Err(Error::Network);
            }
            pass = Pass::new(true);
            continue;
        }
        pass.take(&mut *state, &ask, response.reply)?;
        app.show(&state);
    }
    if check {
        let state = app.state();
        state.store.transact(|store| store.set_fact("checked-day", &state.today().0.to_string()))?;
    }
    if let Some(Error::RelayRefused(status)) = tokens_failed {
        app.state().link.refused = Some(status);
    }
    Ok(Passed { report: pass.report(), tokens_failed })
}

/// Asks the former relay too, for those who have not heard of the move. What does not work there holds up nothing.
async fn former_pass(app: &App) {
    if let Err(error) = try_former_pass(app).await {
        tracing::debug!(%error, "no connection with the former relay");
    }
}

async fn try_former_pass(app: &App) -> Result<(), Error> {
    let (mut former, client) = {
        let state = app.state();
        let Some((former, address)) = state.former_relay()? else { return Ok(()) };
        (former, RelayClient::new(address, state.config.extra_root.as_deref())?)
    };
    let (mut pass, mut missing) = (Pass::new(true), Vec::new());
    loop {
        let (ask, token) = {
            let mut state = app.state();
            let token = state.bearer()?;
            let replica = AtFormer { state: &mut state, former: &mut former, missing: &mut missing };
            let Some(ask) = pass.next(&replica)? else { return Ok(()) };
            (ask, token)
        };
        let response = client.ask(&ask, &token).await?;
        let mut state = app.state();
        let mut replica = AtFormer { state: &mut state, former: &mut former, missing: &mut missing };
        pass.take(&mut replica, &ask, response.reply)?;
        app.show(&state);
    }
}

impl App {
    fn client(&self) -> Result<Option<RelayClient>, Error> {
        let mut state = self.state();
        if state.relay_has_moved()? {
            state.in_transaction(State::follow_relay)?;
        }
        let Some(address) = state.store.fact("relay")? else { return Ok(None) };
        let address = RelayAddress::parse(&address).ok_or(Error::RelayAddress)?;
        Ok(Some(RelayClient::new(address, state.config.extra_root.as_deref())?))
    }

    /// The connection ended, or could not be made.
    fn lost(&self, why: Option<&Error>) {
        if matches!(why, Some(Error::NoNeighbourhood)) {
            return;
        }
        let mut state = self.state();
        state.link.online = false;
        state.link.refused = if let Some(Error::RelayRefused(status)) = why { Some(*status) } else { None };
        self.show(&state);
    }

    /// A tick that wakes the link only if there is something to send.
    fn tick_quietly(&self) -> Result<(), Error> {
        let mut state = self.state();
        let mut ticked = Ok(());
        state.move_day()?;
        if state.something_is_due()? {
            ticked = state.in_transaction(State::tick);
            self.inner.outbox.notify_one();
        }
        self.show(&state);
        drop(state);
        // What is over ends, whatever else went wrong.
        self.end()?;
        ticked
    }
}

impl State {
    /// Milliseconds until the clock has something to do.
    fn next_wake_ms(&self) -> u64 {
        let now_ms = self.now_ms();
        let counting =
            matches!(self.route.last(), Some(Route::Sent { alert }) if super::send::draft_number(alert).is_some());
        // While seconds are shown, wake a little after each full second of the count.
        let step_ms = if counting { 250 } else { MAX_SLEEP_MS };
        let due_ms = self.store.next_due().ok().flatten().map_or(MAX_SLEEP_MS, |due| (due - now_ms).max(20));
        u64::try_from(step_ms.min(due_ms)).unwrap_or(1000)
    }

    fn something_is_due(&self) -> Result<bool, Error> {
        let now_ms = self.now_ms();
        let waits = self.is_member() && self.a_draft_may_go()?;
        Ok(waits
            || self.keys_are_due()?
            || self.store.next_due()?.is_some_and(|due| due <= now_ms || due - now_ms > 3_600_000))
    }

    /// Whether a pass would push anything.
    fn has_work(&self) -> Result<bool, Error> {
        if self.registration()?.is_some() || self.token_change()?.is_some() {
            return Ok(true);
        }
        for (mailbox, _) in self.mailboxes()? {
            if !self.queued(mailbox, 1)?.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn check_is_due(&self) -> Result<bool, Error> {
        Ok(self.store.fact("checked-day")?.is_none_or(|day| day != self.today().0.to_string()))
    }

    /// The token to show: an invitation's until this phone is let in.
    fn bearer(&self) -> Result<ratel_protocol::Token, Error> {
        match (&self.group, self.invitation()?) {
            (None, Some(invitation)) => invitation.token(),
            _ => Ok(self.keys()?.token),
        }
    }

    /// Notes that the relay answered; `true` if its store is another than last time.
    fn heard(&mut self, response: &Response) -> Result<bool, Error> {
        let now_ms = self.now_ms();
        let was_online = std::mem::replace(&mut self.link.online, true);
        self.link.refused = None;
        if let Some(date_s) = response.date_s {
            self.hear_time(date_s.saturating_mul(1000))?;
        }
        let contact_s = now_ms.div_euclid(1000);
        let stale = self.link.last_contact_s.is_none_or(|last_s| (contact_s - last_s).abs() >= 60);
        self.link.last_contact_s = Some(contact_s);
        let store_id = self.store.fact("relay-store")?;
        let changed = store_id.as_deref() != Some(response.store.as_str());
        // The first relay ever heard is not another one.
        let another = changed && store_id.is_some();
        let tokens = if another { self.tokens()? } else { Vec::new() };
        if changed || stale || !was_online {
            self.store.transact(|store| {
                store.set_fact("last-contact", &contact_s.to_string())?;
                if changed {
                    store.set_fact("relay-store", &response.store)?;
                    store.offer_refused_again()?;
                    tokens.iter().try_for_each(|(hash, kind)| store.queue_token(*hash, *kind))?;
                    for mailbox in crate::storage::Mailbox::ALL {
                        store.set_cursor(mailbox, 0)?;
                    }
                }
                Ok(())
            })?;
        }
        Ok(another)
    }
}
