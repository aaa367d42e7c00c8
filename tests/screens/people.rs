//! R12, R13, U17: who takes part. The police card is first and true, a badge past its day is none, and where something
//! cannot be taken back the safe act comes first.

use ratel_core::{
    intent::Intent,
    screen::{BadgeKind, Mode, Node, Route, Screen},
    view::{Badge, Role},
};
use ratel_tests::{
    reading::texts,
    scenes::{LAMP, Staged, gallery, street},
};

use crate::{
    choices::{buttons, tiles},
    control, holds,
};

/// What must be read of the police, in both languages: yes or no, and how a false officer gives himself away.
const NO: [&str; 2] =
    ["De politie leest niet mee. Bel 112 of 0900-8844.", "The police do not read along. Call 112 or 0900-8844."];
const FALSE_OFFICER: [&str; 2] =
    ["De politie komt nooit uw geld of sieraden halen.", "Police never come for your money or your jewels."];
const APART: [&str; 2] = ["niet", "not"];

fn says(node: Option<&Node>, sentences: [&str; 2]) -> bool {
    node.is_some_and(|node| texts(node).iter().any(|text| sentences.iter().any(|sentence| text.contains(sentence))))
}

/// The first card of "Wie doet mee?" says whether the police read along; the line under it names the false officer.
fn r13_police_first(staged: &Staged, screen: &Screen) -> Option<String> {
    if screen.id != "people"
        || !matches!(staged.route, Route::People { page: 0, .. })
        || staged.alerts.iter().any(|it| !it.seen_here)
    {
        return None;
    }
    let (first, second) = (screen.nodes.first(), screen.nodes.get(1));
    let police = &staged.police;
    let true_card = match (police.officers.is_empty(), police.reads_street) {
        (true, _) => says(first, NO),
        (false, reads) => {
            let named = police.officers.iter().all(|name| says(first, [name, name]));
            // "Jan leest alle meldingen" denies nothing in its second line.
            let line = first.and_then(|node| texts(node).get(1).cloned()).unwrap_or_default();
            named && APART.iter().any(|word| line.split([' ', '.']).any(|it| it == *word)) != reads
        }
    };
    if !true_card {
        return Some("the first card does not say who of the police reads".to_owned());
    }
    (!says(second, FALSE_OFFICER)).then(|| "no word about false officers".to_owned())
}

/// Under an alert stands whether the police read it.
fn r13_under_an_alert(staged: &Staged, screen: &Screen) -> Option<String> {
    use ratel_core::view::{AlertState, Membership};
    let open = staged.alerts.iter().any(|alert| alert.state == AlertState::Open);
    if screen.id != "detail" || !open || staged.neighbourhood.membership != Membership::Member {
        return None;
    }
    let word = if staged.police.reads_street {
        ["De politie leest mee.", "The police read along."]
    } else {
        ["De politie leest niet mee.", "The police do not read along."]
    };
    (!screen.nodes.iter().any(|node| says(Some(node), word)))
        .then(|| "does not say whether the police read it".to_owned())
}

/// Roles of the badges on a screen, by their pictograms.
fn badges(screen: &Screen) -> Vec<String> {
    let data = serde_json::to_value(&screen.nodes).unwrap();
    let mut found = Vec::new();
    collect(&data, &mut found);
    found
}

fn collect(value: &serde_json::Value, found: &mut Vec<String>) {
    match value {
        serde_json::Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        serde_json::Value::Object(fields) => {
            let role = serde_json::to_value(BadgeKind::Role).unwrap();
            if fields.get("kind") == Some(&role) {
                found.push(fields["icon"].as_str().unwrap().to_owned());
            }
            fields.values().for_each(|inner| collect(inner, found));
        }
        _ => {}
    }
}

/// R12: on the screen of somebody whose badge is past its day stands no role.
fn r12_expired_is_a_neighbour(staged: &Staged, screen: &Screen) -> Option<String> {
    let Route::Member { person } = &staged.route else { return None };
    let member = staged.members.iter().find(|member| member.id == *person)?;
    (member.badge == Badge::Expired && !badges(screen).is_empty()).then(|| "an expired badge shows a role".to_owned())
}

/// U17: stopping, taking out and taking away for ever are asked once more; the safe act stands first, and both say what they do.
fn u17_safe_first(_: &Staged, screen: &Screen) -> Option<String> {
    if !["leave", "remove", "erase", "relay-move"].contains(&screen.id.as_str()) {
        return None;
    }
    let choices = buttons(screen);
    let [safe, other] = choices.as_slice() else { return Some(format!("{} choices", choices.len())) };
    let takes = |intent: &Intent| {
        matches!(intent, Intent::Leave | Intent::RemoveMember { .. } | Intent::Erase { .. } | Intent::MoveRelay { .. })
    };
    let order = !takes(&safe.action.intent) && takes(&other.action.intent);
    (!order || safe.icon == other.icon || safe.text == other.text).then(|| "the safe act is not first".to_owned())
}

/// R23: what the team writes is drawn for nobody else, and nobody else is shown a way to it.
fn r23_the_team_only(staged: &Staged, screen: &Screen) -> Option<String> {
    let drawn = screen.id.starts_with("team") || screen.nodes.iter().flat_map(texts).any(|text| text == LAMP);
    let opens = |intent: &Intent| matches!(intent, Intent::OpenTeam { .. } | Intent::OpenTeamWrite);
    let led = buttons(screen).iter().any(|button| opens(&button.action.intent))
        || tiles(screen).iter().any(|tile| opens(&tile.action.intent));
    ((drawn || led) && !staged.reads_team()).then(|| "a neighbour is led to the team".to_owned())
}

/// Only a coordinator moves the street, where there is a keyboard.
fn only_a_coordinator_moves_the_street(staged: &Staged, screen: &Screen) -> Option<String> {
    let moves = screen.id.starts_with("relay")
        || tiles(screen).iter().any(|tile| matches!(tile.action.intent, Intent::OpenRelay { .. }));
    let may = staged.neighbourhood.me.role == Role::Coordinator && staged.settings.mode == Mode::Full;
    (moves && !may).then(|| "moves the street without a right to".to_owned())
}

/// Reasons are for those who read coordination: a screen says one only where the phone has it.
fn reasons_only_where_they_are(staged: &Staged, screen: &Screen) -> Option<String> {
    let told =
        screen.nodes.iter().flat_map(texts).any(|text| text.starts_with("Waarom: ") || text.starts_with("Why: "));
    (told && staged.changes.iter().all(|change| change.reason.is_none())).then(|| "a reason from nowhere".to_owned())
}

#[test]
fn r13_the_police_card_is_first_and_true() {
    holds(r13_police_first);
    holds(r13_under_an_alert);
    control(r13_police_first, "people-police", |screen| screen.nodes.swap(0, 2));
    control(r13_police_first, "people-no-police", |screen| {
        screen.nodes.remove(1);
    });
    let no = ratel_tests::scenes::gallery().into_iter().find(|it| it.name == "people-police-apart").unwrap().screen();
    control(r13_police_first, "people-police", |screen| screen.nodes[0] = no.nodes[0].clone());
    control(r13_under_an_alert, "detail-new", |screen| {
        screen.nodes.retain(|node| !says(Some(node), ["De politie", "The police"]));
    });
}

#[test]
fn r12_a_badge_past_its_day_shows_a_neighbour() {
    holds(r12_expired_is_a_neighbour);
    let jan = ratel_tests::scenes::gallery().into_iter().find(|it| it.name == "member-wijkagent").unwrap().screen();
    assert_eq!(badges(&jan), ["police"], "a badge that stands is seen");
    control(r12_expired_is_a_neighbour, "member-expired", |screen| screen.nodes = jan.nodes);
}

#[test]
fn u17_the_safe_act_comes_first() {
    holds(u17_safe_first);
    for name in ["leave", "erase", "full-relay-move"] {
        control(u17_safe_first, name, |screen| screen.nodes.reverse());
    }
    control(u17_safe_first, "remove", |screen| {
        screen.nodes.pop();
    });
}

#[test]
fn r23_the_team_is_for_who_reads_it_and_the_relay_for_coordinators() {
    holds(r23_the_team_only);
    holds(only_a_coordinator_moves_the_street);
    let picture = |name: &str| gallery().into_iter().find(|it| it.name == name).unwrap().screen();
    let (team, home, relay) = (picture("team"), picture("home-patrol"), picture("full-settings-coordinator"));
    control(r23_the_team_only, "home-quiet", |screen| screen.nodes = home.nodes);
    control(r23_the_team_only, "changes-none", |screen| screen.nodes = team.nodes);
    control(only_a_coordinator_moves_the_street, "settings", |screen| screen.nodes = relay.nodes);
    assert!(
        picture("full-home-patrol")
            .nodes
            .iter()
            .any(|node| matches!(node, Node::Tile { tile } if tile.action.intent == Intent::OpenTeam { page: 0 }))
    );
}

#[test]
fn reasons_show_only_where_they_are_known() {
    holds(reasons_only_where_they_are);
    let told = ratel_tests::scenes::gallery().into_iter().find(|it| it.name == "changes").unwrap().screen();
    control(reasons_only_where_they_are, "changes-none", |screen| screen.nodes = told.nodes);
}

#[test]
fn only_a_coordinator_is_offered_acts_on_others() {
    for member in street().into_iter().filter(|member| !member.person.me) {
        for role in [Role::Resident, Role::Patrol, Role::Wijkagent] {
            for mode in [Mode::Simplified, Mode::Full] {
                let staged =
                    Staged::new("acts", Route::Member { person: member.id.clone() }).among(street()).used(mode);
                let acts = buttons(&staged.clone().held_by(role).screen()).len();
                assert_eq!(acts, 0, "{role:?} on {}", member.person.name);
                let screen = staged.held_by(Role::Coordinator).screen();
                assert!(buttons(&screen).len() >= 3, "the control: a coordinator acts on {}", member.person.name);
            }
        }
    }
}
