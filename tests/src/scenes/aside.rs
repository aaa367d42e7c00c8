//! What was set aside, on the phones of those who decide and of its author; and screens under narrower agreements.

use ratel_core::{
    intent::AlertKind,
    screen::Route,
    view::{Alert, CharterView, Delivery, Person, QuarantineReason, Quarantined, Role},
};

use super::{NOTE, NOW_MS, Staged, ahmed, fatma, own, theirs};

const REASONS: [QuarantineReason; 3] = [QuarantineReason::NotMember, QuarantineReason::Role, QuarantineReason::Charter];

/// Agreements by Fatma, as many days ago, without the kinds that are left out.
fn agreed(days: i64, without: Option<AlertKind>) -> CharterView {
    CharterView {
        group: "0a".repeat(16),
        version: format!("{days:032x}"),
        since_s: NOW_MS / 1000 - days * 86_400,
        by: fatma(),
        kinds: AlertKind::ALL.into_iter().filter(|kind| Some(*kind) != without).collect(),
        officials_only: Vec::new(),
        quiet: None,
        alert_days: 30,
        police_read: false,
        partners: Vec::new(),
        provisional: true,
        other: None,
    }
}

/// Ahmed's alert, or his answer, set aside.
fn aside(id: &str, why: QuarantineReason, kind: Option<AlertKind>) -> Quarantined {
    let charter = why == QuarantineReason::Charter;
    let alert = kind.map(|kind| Alert { note: NOTE.to_owned(), set_aside: Some(why), ..theirs(id, kind) });
    Quarantined {
        id: id.to_owned(),
        author: ahmed(),
        time_s: NOW_MS / 1000 - 120,
        kind,
        alert,
        about: kind.is_none().then(|| "7f3a91c2".to_owned()),
        why,
        before: charter.then(|| agreed(40, None)),
        after: charter.then(|| agreed(2, kind)),
    }
}

fn with_role(mut staged: Staged, role: Role) -> Staged {
    staged.neighbourhood.me.role = role;
    staged
}

fn showing(name: &str, route: Route, role: Role, quarantined: Vec<Quarantined>) -> Staged {
    let mut staged = with_role(Staged::new(name, route), role);
    staged.quarantined = quarantined;
    staged
}

/// Ria's own alert, set aside.
fn own_aside(name: &str, kind: AlertKind, why: QuarantineReason, delivery: Delivery) -> Staged {
    let alert = Alert { set_aside: Some(why), ..own("1a2b", kind, delivery) };
    let author = Person { me: true, ..fatma() };
    let one = Quarantined { author, alert: Some(alert.clone()), ..aside("1a2b", why, Some(kind)) };
    let waits = delivery == Delivery::Saved;
    let staged = showing(name, Route::Sent { alert: "1a2b".to_owned() }, Role::Resident, vec![one]).with([alert]);
    if waits { staged.offline(1) } else { staged }
}

/// Only break-in and fire, and what goes to no group.
fn few_kinds(name: &str) -> Staged {
    let mut staged = Staged::new(name, Route::ReportWhat).reporting(None, false);
    staged.offers = vec![AlertKind::BreakIn, AlertKind::Fire, AlertKind::DoorstepScam];
    staged
}

/// The screens that somebody should look at.
pub(super) fn gallery() -> Vec<Staged> {
    let both = vec![
        aside("1a2b", QuarantineReason::Charter, Some(AlertKind::Vehicle)),
        aside("2b3c", QuarantineReason::NotMember, None),
    ];
    vec![
        showing("home-aside", Route::Home, Role::Coordinator, both.clone()),
        showing("aside", Route::Aside, Role::Coordinator, both),
        showing("aside-none", Route::Aside, Role::Coordinator, Vec::new()),
        own_aside("sent-aside", AlertKind::Vehicle, QuarantineReason::Charter, Delivery::Sent),
        few_kinds("report-what-few"),
    ]
}

/// Every reason, kind, role and number of them.
pub(super) fn every() -> Vec<Staged> {
    let mut all = vec![few_kinds("few kinds")];
    for why in REASONS {
        for kind in AlertKind::ALL.into_iter().filter(|kind| kind.to_the_group()) {
            for role in [Role::Resident, Role::Trustee, Role::Coordinator] {
                for count in [1, 6, 9] {
                    for route in [Route::Home, Route::Aside] {
                        let ids = (0..count).map(|at| format!("{at}d"));
                        let list = ids.map(|id| aside(&id, why, Some(kind).filter(|_| count != 6))).collect();
                        all.push(showing(&format!("{why:?} {kind:?} {role:?} {count}"), route, role, list));
                    }
                }
            }
            for delivery in [Delivery::Saved, Delivery::Sent] {
                all.push(own_aside(&format!("{why:?} {kind:?} {delivery:?}"), kind, why, delivery));
            }
        }
    }
    all
}
