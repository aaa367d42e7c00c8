//! A coordinator who cannot be trusted lets in a device of her own and would like it to pass for a neighbour.

use ratel_core::{
    envelope::{
        crypto::SigningKey,
        operation::{Body, Content, Members, members::Newcomer},
    },
    intent::{Answer, Intent},
    view::{AlertState, Role},
};
use ratel_protocol::{Ref, Token};
use ratel_tests::{Insider, section};

use super::{
    insider::twin,
    trust::{names, notes, of_four, says, sync},
    trust_stolen::newest_act,
};

const DAY_S: i64 = 86_400;

#[tokio::test]
async fn fatmas_ghost_neither_takes_back_nor_erases_what_ria_reported() {
    let (street, fatma, jan, ria, ahmed) = of_four().await;
    let alert = says(&ria, "grijze bus voor de deur");
    sync(&street, &[&ria, &fatma, &jan, &ahmed]).await;
    let opening = Ref::from_hex(&alert).unwrap();
    let rias = ria.app().members().unwrap().into_iter().find(|member| member.person.me).unwrap().id;

    section("Fatma lets in a ghost, and says as loudly as the log lets her that it is Ria's");
    let coordinator = Insider::of(&street, twin(&fatma));
    let mut ghost = Insider::of(&street, twin(&fatma));
    (ghost.keys.signing, ghost.keys.token) = (SigningKey::generate().unwrap(), Token([0x61; 32]));
    let device = ghost.keys.new_device();
    let invitation = ratel_protocol::hex::decode(&rias);
    let said = Newcomer { device, role: Role::Resident, invitation, badge_until: None };
    assert!(said.invitation.is_some());
    let token = coordinator.keys.token;
    coordinator.administers(&street, &token, vec![newest_act(&fatma)], Members::Admit(said)).await;
    sync(&street, &[&fatma, &jan, &ria, &ahmed]).await;
    for phone in [&jan, &ria, &ahmed] {
        assert_eq!(names(phone).len(), 5, "{}: everybody sees one more", phone.name);
        let hers: Vec<_> = phone.app().members().unwrap().into_iter().filter(|member| member.id == rias).collect();
        assert_eq!(hers.iter().map(|member| member.devices).collect::<Vec<_>>(), [1], "Ria has one phone");
    }

    section("the ghost takes Ria's alert back, and erases it");
    let mut withdraw = ghost.operation(Some(opening), Body::Content(Content::Withdraw));
    withdraw.parents = vec![opening];
    ghost.posts(&street, &withdraw).await;
    let mut erase = ghost.operation(None, Body::Content(Content::Erase { refs: vec![opening] }));
    erase.seq += 1;
    ghost.posts(&street, &erase).await;
    let mut answer = ghost.operation(Some(opening), Body::Content(Content::Answer { answer: Answer::Come }));
    answer.seq += 2;
    ghost.posts(&street, &answer).await;
    sync(&street, &[&jan, &ria, &ahmed]).await;
    for _ in 0..9 {
        street.clock.advance_s(DAY_S);
        sync(&street, &[&jan, &ria, &ahmed]).await;
    }
    for phone in [&jan, &ria, &ahmed] {
        assert_eq!(notes(phone), ["grijze bus voor de deur"], "{}", phone.name);
        let shown = phone.app().alert(&alert).unwrap();
        assert_eq!(shown.state, AlertState::Open, "{}", phone.name);
        assert_eq!(shown.answers.len(), 1, "{}: the ghost's words come, and count as its own", phone.name);
    }

    section("the control: Ria herself takes it back, and away for ever");
    ria.does(Intent::Withdraw { alert: alert.clone() });
    sync(&street, &[&ria, &jan, &ahmed]).await;
    assert_eq!(jan.app().alert(&alert).unwrap().state, AlertState::Withdrawn);
    ria.app().erase(&alert).unwrap();
    sync(&street, &[&ria, &jan, &ahmed]).await;
    for phone in [&jan, &ahmed] {
        assert!(phone.app().alert(&alert).is_err(), "{}: hidden at once", phone.name);
    }
}
