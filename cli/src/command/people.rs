//! Who takes part, and what a person may change about it.

use chrono::{DateTime, Local, SecondsFormat, TimeZone};
use ratel_core::{
    Error,
    view::{Badge, Change, ChangeKind, Member, Person, Proposal, Role},
};
use serde::Serialize;

use super::{Place, print_json};
use crate::{
    args,
    failure::Failure,
    speech::{Speech, print_line},
};

/// A member as JSON: what the view says, and the names that programs ask for.
#[expect(clippy::struct_excessive_bools, reason = "they are answers, not states of anything")]
#[derive(Serialize)]
struct MemberJson<'a> {
    name: &'a str,
    /// The role that screens show.
    roles: [Role; 1],
    vouched_by: Option<&'a str>,
    /// RFC 3339, UTC.
    since: String,
    /// The last day of the badge.
    badge_until: Option<String>,
    id: &'a str,
    number: Option<&'a str>,
    me: bool,
    met: bool,
    devices: u32,
    helps_me: bool,
    helped_by_me: bool,
}

/// `ratel members`.
pub(super) fn members(place: &Place, as_json: bool) -> Result<(), Failure> {
    let members = place.open()?.members()?;
    if as_json {
        return print_json(&members.iter().map(json).collect::<Vec<_>>());
    }
    for member in &members {
        print_line(&line(&place.speech, member));
    }
    Ok(())
}

fn json(member: &Member) -> MemberJson<'_> {
    MemberJson {
        name: &member.person.name,
        roles: [member.shown_role()],
        vouched_by: member.vouched_by.as_deref(),
        since: DateTime::from_timestamp(member.since_s, 0)
            .map_or_else(String::new, |time| time.to_rfc3339_opts(SecondsFormat::Secs, true)),
        badge_until: until(member),
        id: &member.id,
        number: member.person.number.as_deref(),
        me: member.person.me,
        met: member.met,
        devices: member.devices,
        helps_me: member.helps_me,
        helped_by_me: member.helped_by_me,
    }
}

fn line(speech: &Speech, member: &Member) -> String {
    let mut parts = vec![who(&member.person), speech.get(role_key(member.shown_role())), day(member.since_s)];
    if let Some(name) = &member.vouched_by {
        parts.push(speech.with("cli-member-vouched", &[("name", name.into())]));
    }
    if let Some(day) = until(member) {
        parts.push(speech.with("change-until", &[("day", (&day).into())]));
    }
    if !member.met {
        parts.push(speech.get("cli-member-not-met"));
    }
    parts.join("  ")
}

/// The last day of a badge that has one.
fn until(member: &Member) -> Option<String> {
    match member.badge {
        Badge::Until { until_s } => DateTime::from_timestamp(until_s, 0).map(|day| day.format("%Y-%m-%d").to_string()),
        Badge::Standing | Badge::Expired => None,
    }
}

/// `ratel remove`.
pub(super) fn remove(place: &Place, remove: &args::Remove) -> Result<(), Failure> {
    let second = place.open()?.remove(&remove.name, &remove.why)?;
    said(place, second.as_deref());
    Ok(())
}

/// `ratel role`.
pub(super) fn role(place: &Place, given: &args::GiveRole) -> Result<(), Failure> {
    let role = match given.role.as_str() {
        "resident" => Role::Resident,
        "wijkagent" => Role::Wijkagent,
        "patrol" => Role::Patrol,
        "trustee" => Role::Trustee,
        "coordinator" => Role::Coordinator,
        _ => return Err(Error::Setting.into()),
    };
    let second = place.open()?.give_role_until(&given.name, role, given.until.unwrap_or_default())?;
    said(place, second.as_deref());
    Ok(())
}

/// `ratel cosign`.
pub(super) fn cosign(place: &Place, code: Option<&str>) -> Result<(), Failure> {
    let app = place.open()?;
    let waiting = app.proposals()?;
    let Some(code) = code else {
        if waiting.is_empty() {
            place.speech.say("cli-sign-nothing");
        }
        for proposal in &waiting {
            show_proposal(&place.speech, proposal);
        }
        return Ok(());
    };
    // Who stopped has signed nothing that could be a code: the id stands for it.
    let left = waiting.iter().any(|proposal| proposal.left.as_deref() == Some(code));
    let next = if left { Some(app.sign_left(code)?) } else { app.cosign(code)? };
    said(place, next.as_deref());
    Ok(())
}

/// What it will do, who said yes, and the code.
fn show_proposal(speech: &Speech, proposal: &Proposal) {
    let role = proposal.role.map(|role| speech.get(role_key(role))).unwrap_or_default();
    let count = u32::try_from(proposal.whom.len()).unwrap_or(u32::MAX);
    let names = names(&proposal.whom);
    let given = [("name", (&names).into()), ("role", (&role).into()), ("count", count.into())];
    print_line(&speech.with(proposal.sentence_key(), &given));
    if proposal.what == ChangeKind::Recovered {
        let signed = u32::try_from(proposal.signed.len()).unwrap_or(u32::MAX);
        let given = [("signed", signed.into()), ("needed", proposal.needed.into())];
        print_line(&speech.with("recover-signed", &given));
    }
    for person in &proposal.signed {
        print_line(&speech.with("sign-signed", &[("name", (&who(person)).into())]));
    }
    print_line(proposal.left.as_ref().unwrap_or(&proposal.code));
}

/// `ratel leave`.
pub(super) fn leave(place: &Place) -> Result<(), Failure> {
    place.open()?.leave()?;
    place.speech.say("cli-left");
    Ok(())
}

/// `ratel helper`.
pub(super) fn helper(place: &Place, act: &args::HelperAct) -> Result<(), Failure> {
    let app = place.open()?;
    match act {
        args::HelperAct::Set { name } => app.choose_helper(Some(name))?,
        args::HelperAct::None => app.choose_helper(None)?,
    }
    said(place, None);
    Ok(())
}

/// `ratel lapse`.
pub(super) fn lapse(place: &Place, names: &[String]) -> Result<(), Failure> {
    let app = place.open()?;
    if names.is_empty() {
        let mut silent: Vec<(i64, Member)> =
            app.members()?.into_iter().filter_map(|it| it.silent_since_s.zip(Some(it))).collect();
        silent.sort_by_key(|(since_s, _)| *since_s);
        if silent.is_empty() {
            place.speech.say("lapse-nobody");
        }
        for (since_s, member) in silent {
            let heard = place.speech.with("lapse-heard", &[("day", (&day(since_s)).into())]);
            print_line(&format!("{}: {heard}", who(&member.person)));
        }
        return Ok(());
    }
    app.lapse(names)?;
    said(place, None);
    Ok(())
}

/// `ratel recover`.
pub(super) fn recover(place: &Place, names: &[String]) -> Result<(), Failure> {
    let code = place.open()?.recover(names)?;
    said(place, Some(&code));
    Ok(())
}

/// `ratel relay`.
pub(super) fn relay(place: &Place, url: &str) -> Result<(), Failure> {
    place.open()?.move_relay(url)?;
    said(place, None);
    Ok(())
}

/// Done, or signed: then the code for the next signer stands alone on the first line.
fn said(place: &Place, next: Option<&str>) {
    match next {
        None => place.speech.say("cli-saved"),
        Some(code) => {
            print_line(code);
            place.speech.say("cli-sign-next");
        }
    }
}

/// `ratel changes`.
pub(super) fn changes(place: &Place, as_json: bool) -> Result<(), Failure> {
    let changes = place.open()?.changes()?;
    if as_json {
        return print_json(&changes);
    }
    for change in &changes {
        print_line(&change_line(&place.speech, change));
    }
    Ok(())
}

fn change_line(speech: &Speech, change: &Change) -> String {
    let names = names(&change.whom);
    let role = change.role.map(|role| speech.get(role_key(role))).unwrap_or_default();
    let what = speech.with(change_key(change), &[("name", (&names).into()), ("role", (&role).into())]);
    let by = who(&change.by);
    let by = match self::names(&change.with) {
        with if with.is_empty() => speech.with("change-by", &[("name", (&by).into())]),
        with => speech.with("change-by-two", &[("name", (&by).into()), ("other", (&with).into())]),
    };
    let until = change.until_s.and_then(|until_s| DateTime::from_timestamp(until_s, 0)).map(|last| {
        let last = last.format("%Y-%m-%d").to_string();
        speech.with("change-until", &[("day", (&last).into())])
    });
    let reason = change.reason.as_ref().map(|why| speech.with("change-reason", &[("reason", why.into())]));
    [day(change.time_s), what, by].into_iter().chain(until).chain(reason).collect::<Vec<_>>().join("  ")
}

fn change_key(change: &Change) -> &'static str {
    match change.what {
        ChangeKind::Began => "change-began",
        ChangeKind::Admitted => "change-admitted",
        ChangeKind::Role if change.role == Some(Role::Resident) => "change-role-none",
        ChangeKind::Role => "change-role",
        ChangeKind::Removed => "change-removed",
        ChangeKind::Left => "change-left",
        ChangeKind::Replaced => "change-replaced",
        ChangeKind::Linked => "change-linked",
        ChangeKind::Helper if change.whom.is_empty() => "change-helper-none",
        ChangeKind::Helper => "change-helper",
        ChangeKind::Charter => "change-charter",
        ChangeKind::Relay => "change-relay",
        ChangeKind::Recovered => "change-recovered",
        ChangeKind::Kept => "change-kept",
    }
}

const fn role_key(role: Role) -> &'static str {
    match role {
        Role::Resident => "role-resident",
        Role::Wijkagent => "role-wijkagent",
        Role::Patrol => "role-patrol",
        Role::Trustee => "role-trustee",
        Role::Coordinator => "role-coordinator",
    }
}

fn names(people: &[Person]) -> String {
    people.iter().map(who).collect::<Vec<_>>().join(", ")
}

fn who(person: &Person) -> String {
    person.number.as_ref().map_or_else(|| person.name.clone(), |number| format!("{} ({number})", person.name))
}

fn day(time_s: i64) -> String {
    Local.timestamp_opt(time_s, 0).single().map_or_else(String::new, |time| time.format("%Y-%m-%d %H:%M").to_string())
}
