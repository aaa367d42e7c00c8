//! U2 and U3 over the graph of screens: from the first screen by what people can press.
//!
//! The graph follows the acts that screens hand out; where an act leads is said here once, as the app does it.

use std::collections::{BTreeMap, VecDeque};

use ratel_core::{
    intent::{AlertKind, Intent, PlaceChoice},
    screen::{Mode, Node, Report, Route, Screen},
    view::{Delivery, Role},
};
use ratel_tests::scenes::{NEW_RELAY, NOW_MS, Staged, agreed, own, street, theirs};

use crate::choices::{buttons, tiles};

/// Everything on a screen that can be pressed, but the way back.
fn acts(screen: &Screen) -> Vec<Intent> {
    let start = screen.bar.start.iter().map(|button| button.action.intent.clone());
    let status = screen.status.iter().map(|status| status.action.intent.clone());
    let tiles = tiles(screen).into_iter().map(|tile| tile.action.intent.clone());
    let buttons = buttons(screen).into_iter().map(|button| button.action.intent.clone());
    start.chain(tiles).chain(buttons).chain(status).filter(|intent| *intent != Intent::Back).collect()
}

/// Where a press leads.
fn press(staged: &Staged, intent: &Intent) -> Staged {
    let mut next = staged.clone();
    match intent {
        Intent::Report | Intent::Practise => {
            let practice = *intent == Intent::Practise;
            next.report = Some(Report { kind: None, place: PlaceChoice::Here, note: String::new(), practice });
            next.route = Route::ReportWhat;
        }
        Intent::ChooseKind { kind } => {
            next.report.as_mut().unwrap().kind = Some(*kind);
            next.route = Route::ReportPlace;
        }
        Intent::Send => {
            let kind = next.report.take().unwrap().kind.unwrap();
            let draft = own("draft-1", kind, Delivery::Draft { due_ms: Some(NOW_MS + 10_000) });
            next.alerts.insert(0, draft);
            next.route = Route::Sent { alert: "draft-1".to_owned() };
        }
        Intent::Open { alert } => next.route = Route::Detail { alert: alert.clone(), changing: false },
        Intent::ChangeAnswer { alert } => next.route = Route::Detail { alert: alert.clone(), changing: true },
        Intent::OpenAlerts => next.route = Route::Alerts,
        Intent::OpenStatus => next.route = Route::Status,
        Intent::OpenSettings => next.route = Route::Settings,
        Intent::OpenPeople { page, role } => next.route = Route::People { page: *page, role: *role },
        Intent::OpenChanges { page } => next.route = Route::Changes { page: *page },
        Intent::OpenHelpers { page } => next.route = Route::Helpers { page: *page },
        Intent::OpenCharter => next.route = Route::Charter,
        Intent::OpenLeave => next.route = Route::Leave,
        Intent::OpenLetters => next.route = Route::Letters,
        Intent::OpenLanguage => next.route = Route::Language,
        Intent::OpenTeam { page } => next.route = Route::Team { page: *page },
        Intent::OpenTeamWrite => next.route = Route::TeamWrite { note: String::new() },
        Intent::OpenRelay { note } => {
            next.route = match note {
                None => Route::Relay { typed: NEW_RELAY.to_owned() },
                Some(address) => Route::RelayMove { address: address.clone() },
            }
        }
        Intent::OpenErase { alert } => next.route = Route::Erase { alert: alert.clone() },
        Intent::Erase { .. } => next.route = Route::Erased { letter: false },
        Intent::Stop { .. } | Intent::Withdraw { .. } | Intent::Home => next.route = Route::Home,
        _ => {}
    }
    next
}

/// Presses from the first screen to each screen, and the fewest to `Send` for each kind. `allowed` can close a way.
fn explore(start: Staged, allowed: impl Fn(&Intent) -> bool) -> (BTreeMap<String, u32>, BTreeMap<AlertKind, u32>) {
    let mut screens = BTreeMap::new();
    let mut sent = BTreeMap::new();
    let mut seen: Vec<(Route, Option<Report>)> = Vec::new();
    let mut queue = VecDeque::from([(start, 0)]);
    while let Some((staged, presses)) = queue.pop_front() {
        let place = (staged.route.clone(), staged.report.clone());
        if seen.contains(&place) {
            continue;
        }
        seen.push(place);
        let screen = staged.screen();
        screens.entry(screen.id.clone()).or_insert(presses);
        for intent in acts(&screen).into_iter().filter(|intent| allowed(intent)) {
            if intent == Intent::Send {
                let kind = staged.report.as_ref().and_then(|report| report.kind).unwrap();
                sent.entry(kind).or_insert(presses + 1);
            }
            queue.push_back((press(&staged, &intent), presses + 1));
        }
    }
    (screens, sent)
}

fn ria() -> Staged {
    let alerts = [theirs("7f3a", AlertKind::BreakIn), theirs("8e4b", AlertKind::Fire)];
    Staged::new("Ria", Route::Home).with(alerts).among(street()).under(agreed())
}

#[test]
fn u3_an_alert_of_every_kind_that_goes_to_the_group_is_three_presses_away() {
    let (_, sent) = explore(ria(), |_| true);
    for kind in AlertKind::ALL {
        assert_eq!(sent.get(&kind).copied(), kind.to_the_group().then_some(3), "{kind:?}");
    }
    let (_, sent) = explore(ria(), |intent| !matches!(intent, Intent::ChooseKind { .. }));
    assert!(sent.is_empty(), "the control: without the choice of a kind nothing can be sent");
}

#[test]
fn u2_every_screen_is_at_most_three_presses_from_the_first() {
    let (screens, _) = explore(ria(), |_| true);
    for id in [
        "home",
        "alerts",
        "report-what",
        "report-place",
        "report-card",
        "report-wait",
        "detail",
        "status",
        "settings",
        "letters",
        "language",
        "people",
        "changes",
        "charter",
        "leave",
        "helper",
    ] {
        let presses = screens.get(id);
        assert!(presses.is_some_and(|presses| *presses <= 3), "{id}: {presses:?}");
    }
    let (screens, _) = explore(ria().held_by(Role::Coordinator).used(Mode::Full), |_| true);
    for id in ["team", "team-write", "relay", "relay-move"] {
        assert!(screens.get(id).is_some_and(|presses| *presses <= 3), "{id}: {:?}", screens.get(id));
    }
    let (screens, _) = explore(ria(), |intent| *intent != Intent::OpenSettings);
    assert!(!screens.contains_key("letters"), "the control: a way that is closed is not found");
}

#[test]
fn u3_the_place_is_chosen_already_and_can_be_changed() {
    let staged = Staged::new("Ria", Route::ReportPlace).reporting(Some(AlertKind::Vehicle), false);
    let screen = staged.screen();
    let pair = screen.nodes.iter().find_map(|node| match node {
        Node::Pair { first, second } => Some((first.chosen, second.chosen)),
        _ => None,
    });
    assert_eq!(pair, Some((true, false)));
    assert_eq!(screen.foot.unwrap().button.action.id, "send");
}
