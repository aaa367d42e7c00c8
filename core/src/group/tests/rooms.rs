//! Who may write what in which room: the whole table, role by role (R23).

use ratel_protocol::{Day, Ref};

use super::street::*;
use crate::{
    envelope::operation::{
        Content,
        content::{Alert, Place},
        keys::Channel,
    },
    intent::{AlertKind, Answer},
    view::Role,
};

/// Resident, wijkagent, patrol volunteer, trustee, coordinator: a letter for who may, a dot for who may not.
fn who_may(street: &Street, channel: Channel, content: &Content) -> String {
    let roles = [
        (Role::Resident, 'r'),
        (Role::Wijkagent, 'w'),
        (Role::Patrol, 'p'),
        (Role::Trustee, 't'),
        (Role::Coordinator, 'c'),
    ];
    let may = |role| street.membership().role_may_write(role, channel, content);
    roles.into_iter().map(|(role, letter)| if may(role) { letter } else { '.' }).collect()
}

fn contents() -> Vec<(&'static str, Content, [&'static str; 3])> {
    let until = Day(700);
    let alert = Alert {
        until,
        kind: AlertKind::Fire,
        practice: false,
        place: Place::Street,
        note: String::new(),
        lang: "nl".into(),
    };
    let text = || String::from("nl");
    let nobody = ".....";
    vec![
        ("alert", Content::Alert(alert), ["r.ptc", nobody, nobody]),
        ("answer", Content::Answer { answer: Answer::Come }, ["r.ptc", nobody, nobody]),
        ("seen", Content::Seen, ["rwptc", nobody, nobody]),
        ("called 112", Content::Called112 { called: true }, ["rwptc", nobody, nobody]),
        ("profile", Content::Profile { until, name: text(), number: text() }, ["rwptc", nobody, nobody]),
        ("street", Content::Street { until, name: text() }, ["....c", nobody, nobody]),
        ("edit", Content::Edit { note: text(), lang: text() }, ["r.ptc", "..p.c", ".w..c"]),
        ("withdraw", Content::Withdraw, ["r.ptc", "..p.c", ".w..c"]),
        ("erase", Content::Erase { refs: vec![Ref([1; 16])] }, ["rwptc", "..p.c", ".w..c"]),
        ("note", Content::Note { until, text: text(), lang: text() }, [nobody, "..p.c", ".w..c"]),
        ("reason", Content::Reason { until, about: Ref([1; 16]), text: text() }, [nobody, nobody, "....c"]),
        ("invitation", Content::Invitation { until, secret: [1; 16], revoked: false }, [nobody, nobody, "....c"]),
        ("proposal", Content::Proposal { until, act: vec![1] }, ["r.ptc", nobody, "....c"]),
    ]
}

#[test]
fn each_role_writes_what_the_table_says_and_nothing_else() {
    let street = Street::usual(80);
    for (name, content, expected) in contents() {
        let said = Channel::ALL.map(|channel| who_may(&street, channel, &content));
        assert_eq!(said, expected, "{name} in street, team and coordination");
    }
}
