//! Which acts took a reader away, and who had seen them.

use super::street::*;
use crate::{
    envelope::operation::{
        keys::Channel,
        members::{Charter, Members, Party},
    },
    view::Role,
};

#[test]
fn what_took_a_reader_away_is_known_by_channel_and_by_heads() {
    let mut street = Street::usual(1);
    let unseen = |street: &Street, channel, heads: &[_]| street.log.unseen_takings(channel, heads);
    let before = street.log.heads();
    assert_eq!(unseen(&street, Channel::Street, &[]), 0, "nobody was taken away yet");

    street.write(FATMA, role(AHMED, Role::Patrol));
    let patrol = street.log.heads();
    street.write(FATMA, role(AHMED, Role::Resident));
    assert_eq!(unseen(&street, Channel::Team, &patrol), 1);
    assert_eq!(unseen(&street, Channel::Street, &before), 0, "he reads the street all the time");
    assert_eq!(unseen(&street, Channel::Team, &street.log.heads()), 0, "whoever wrote after it had seen it");

    street.write(BEA, remove(RIA));
    let removed = street.log.heads();
    street.write(JAN, remove(JAN));
    assert_eq!(unseen(&street, Channel::Street, &before), 2);
    assert_eq!(unseen(&street, Channel::Street, &removed), 1);
    assert_eq!(unseen(&street, Channel::Coordination, &before), 0);
    let nowhere = [ratel_protocol::Ref([0xEE; 16])];
    assert_eq!(unseen(&street, Channel::Street, &nowhere), 2, "heads that are not here cover nothing");
}

#[test]
fn what_does_not_count_took_nobody_away_and_going_up_may_take_too() {
    let mut street = Street::usual(2);
    let before = street.log.heads();
    street.write(AHMED, remove(JAN));
    assert_eq!(street.log.unseen_takings(Channel::Street, &before), 0, "a resident removes nobody");
    street.write(FATMA, role(AHMED, Role::Patrol));
    let patrol = street.log.heads();
    street.write_with(FATMA, role(AHMED, Role::Trustee), &[BEA]);
    assert_eq!(street.log.unseen_takings(Channel::Team, &patrol), 1, "a trustee reads no patrol log");
    assert_eq!(street.log.unseen_takings(Channel::Street, &patrol), 0);
}

#[test]
fn agreements_about_the_police_take_nothing_where_no_wijkagent_is() {
    let mut street = Street::usual(4);
    let before = street.log.heads();
    for police_read in [true, false] {
        street.write(
            FATMA,
            Members::Charter(Charter {
                police_read,
                partners: vec![partner(Party::Police, [1; 32])],
                ..Charter::default()
            }),
        );
    }
    assert_eq!(street.log.unseen_takings(Channel::Street, &before), 0);
}
