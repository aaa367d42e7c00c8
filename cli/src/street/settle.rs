//! How the three find each other when the street is new: over HTTP, as three computers would.
//!
//! Fatma begins the neighbourhood. For each of the others she makes an invitation, tells the relay its one-use token,
//! and lets in who asks with it. What was done when the street was stopped halfway is not done again.

use std::time::Duration;

use ratel_core::{Founding, view::Membership};

use super::{
    house::House,
    neighbours::{FATMA, STREET},
};
use crate::{failure::Failure, phone::exchange, speech::Speech};

/// Rounds of asking and answering before we say that it does not work.
const ROUNDS: u32 = 40;
/// Between two rounds (milliseconds).
const ROUND_MS: u64 = 250;

/// Brings Ahmed and Ria into the neighbourhood of Fatma.
pub(super) async fn settle(fatma: &House, ahmed: &House, ria: &House, speech: &Speech) -> Result<(), Failure> {
    if fatma.membership()? == Membership::Outside {
        speech.say("street-starts-founding");
        fatma.app.found(&Founding {
            name: FATMA.name.to_owned(),
            number: Some(FATMA.number.to_owned()),
            street: STREET.to_owned(),
            relay: fatma.address(),
        })?;
    }
    for newcomer in [ahmed, ria] {
        if newcomer.membership()? != Membership::Member {
            speech.say_with("street-starts-joining", &[("name", newcomer.neighbour.name.into())]);
            let_in(fatma, newcomer).await?;
        }
    }
    // Everybody hears of everybody before the page is drawn.
    for house in [fatma, ahmed, ria] {
        exchange(&house.app).await?;
    }
    Ok(())
}

async fn let_in(fatma: &House, newcomer: &House) -> Result<(), Failure> {
    if newcomer.membership()? == Membership::Outside {
        let invitation = fatma.app.invite()?;
        exchange(&fatma.app).await?;
        newcomer.app.join(&invitation, newcomer.neighbour.name, Some(newcomer.neighbour.number))?;
        newcomer.know_the_way()?;
    }
    for _ in 0..ROUNDS {
        exchange(&newcomer.app).await?;
        exchange(&fatma.app).await?;
        exchange(&newcomer.app).await?;
        if newcomer.membership()? == Membership::Member {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(ROUND_MS)).await;
    }
    Err(Failure::said("cli-street-stuck"))
}
