//! Letting people in and coming in: invitations, cards, and the answers to them.

use ratel_core::{
    Error,
    group::{Code, CodeKind},
    view::Role,
};
use serde_json::json;

use super::{Place, print_json};
use crate::{
    args::{Admit, AdmitRole, Card, Invite, Join, Link, Replace},
    failure::Failure,
    phone::{open_or_make, try_exchange},
    speech::print_line,
};

/// `ratel invite`. The code stands alone on the first line.
pub(super) async fn invite(place: &Place, invite: &Invite) -> Result<(), Failure> {
    let app = place.open()?;
    if let Some(code) = &invite.revoke {
        app.revoke(code)?;
        let known = try_exchange(&app).await;
        place.speech.say("cli-invite-revoked");
        place.speech.say(if known { "cli-alert-sent" } else { "cli-relay-later" });
        return Ok(());
    }
    let invitation = app.invite()?;
    let ready = try_exchange(&app).await;
    if invite.format.json {
        return print_json(&json!({ "invitation": invitation, "relay_knows": ready }));
    }
    print_line(&invitation);
    place.speech.say("cli-invite-use");
    place.speech.say(if ready { "cli-invite-ready" } else { "cli-invite-later" });
    Ok(())
}

/// `ratel join`: asks with an invitation, or takes the answer to this phone's card.
pub(super) async fn join(place: &Place, join: &Join) -> Result<(), Failure> {
    if Code::read(&join.code)?.kind() == CodeKind::Open {
        let app = place.open()?;
        app.accept(&join.code)?;
        let known = try_exchange(&app).await;
        place.speech.say("cli-join-in");
        place.speech.say(if known { "cli-join-known" } else { "cli-relay-later" });
        return Ok(());
    }
    let name = join.name.as_deref().ok_or(Error::NameMissing)?;
    let app = open_or_make(&place.folder, &place.speech)?;
    app.join(&join.code, name, join.number.as_deref())?;
    let asked = try_exchange(&app).await;
    place.speech.say("cli-join-waiting");
    place.speech.say(if asked { "cli-join-asked" } else { "cli-relay-later" });
    Ok(())
}

/// `ratel card`. The code stands alone on the first line.
pub(super) fn card(place: &Place, card: &Card) -> Result<(), Failure> {
    let app = open_or_make(&place.folder, &place.speech)?;
    let code = app.card(&card.name, card.number.as_deref())?;
    if card.format.json {
        return print_json(&json!({ "card": code }));
    }
    print_line(&code);
    place.speech.say("cli-card-next");
    Ok(())
}

/// `ratel admit`. The answer stands alone on the first line.
pub(super) async fn admit(place: &Place, admit: &Admit) -> Result<(), Failure> {
    let app = place.open()?;
    let role = admit.role.map(|role| match role {
        AdmitRole::Resident => Role::Resident,
        AdmitRole::Patrol => Role::Patrol,
        AdmitRole::Trustee => Role::Trustee,
        AdmitRole::Coordinator => Role::Coordinator,
    });
    let answer = if admit.again { app.answer(&admit.code)? } else { app.admit(&admit.code, role)? };
    try_exchange(&app).await;
    give(place, &answer, admit.format.json)
}

/// `ratel replace`.
pub(super) async fn replace(place: &Place, replace: &Replace) -> Result<(), Failure> {
    let app = place.open()?;
    let next = app.replace(&replace.person, &replace.code)?;
    try_exchange(&app).await;
    if Code::read(&next)?.kind() != CodeKind::Sign {
        return give(place, &next, replace.format.json);
    }
    if replace.format.json {
        return print_json(&json!({ "sign": next }));
    }
    print_line(&next);
    place.speech.say("cli-replace-sign");
    Ok(())
}

/// `ratel link`.
pub(super) async fn link(place: &Place, link: &Link) -> Result<(), Failure> {
    let app = place.open()?;
    let answer = app.link(&link.code)?;
    try_exchange(&app).await;
    give(place, &answer, link.format.json)
}

fn give(place: &Place, answer: &str, as_json: bool) -> Result<(), Failure> {
    if as_json {
        return print_json(&json!({ "answer": answer }));
    }
    print_line(answer);
    place.speech.say("cli-answer-next");
    Ok(())
}
