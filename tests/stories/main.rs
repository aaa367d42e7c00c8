//! Stories of a street: named people, real cores and a real relay, a clock that moves.
//!
//! Each test names the requirements (R) and proofs (G) that it shows.

mod acts;
mod alert;
mod aside;
mod backup;
mod blind;
mod cards;
mod charter;
mod clocks;
mod erase;
mod first_run;
mod insider;
mod joining;
mod letters;
mod naughty;
mod people;
mod phones;
mod relay;
mod retention;
mod rubbish;
mod secrets;
mod team;
mod tls;
mod together;
mod trust;
mod trust_ghost;
mod trust_lost;
mod trust_many;
mod trust_move;
mod trust_recover;
mod trust_stolen;
mod trust_two;
