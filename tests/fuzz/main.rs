//! Every parser of bytes that others send, fed with what is almost right (part of G6).
//!
//! Seeds are good inputs; a mutation flips, cuts, repeats, joins and overwrites. Nothing may panic, and what is
//! accepted must be written again as the same bytes. The numbers come from a seed that is printed at failure:
//! `RATEL_FUZZ_SEED=... RATEL_FUZZ_RUNS=... cargo test -p ratel-tests --test fuzz` repeats or widens a run. There is
//! no coverage to guide it: that is what separates it from a fuzzer, and why it can run on every change.

mod mutate;
mod parsers;

use std::panic::{AssertUnwindSafe, catch_unwind};

use mutate::Mutator;

/// Inputs for each parser, unless `RATEL_FUZZ_RUNS` says otherwise.
const RUNS: u64 = 20_000;

/// What one parser did with its inputs.
#[derive(Debug, Default)]
struct Tally {
    accepted: u64,
    refused: u64,
}

/// A parser: whether it accepts. It panics where an accepted input is not written again as it was.
type Parser = fn(&[u8]) -> bool;

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// Feeds `parser`; `Err` holds how to repeat the first failure.
fn feed(name: &str, parser: Parser, seeds: &[Vec<u8>], runs: u64) -> Result<Tally, String> {
    let seed = number("RATEL_FUZZ_SEED", 1);
    let mut mutator = Mutator::new(seed);
    let mut tally = Tally::default();
    for good in seeds {
        if !catch_unwind(AssertUnwindSafe(|| parser(good))).unwrap_or(false) {
            return Err(format!("{name}: a good input is refused: {}", ratel_protocol::hex::encode(good)));
        }
    }
    for run in 0..runs {
        let input = mutator.mutate(seeds);
        match catch_unwind(AssertUnwindSafe(|| parser(&input))) {
            Ok(true) => tally.accepted += 1,
            Ok(false) => tally.refused += 1,
            Err(_) => {
                let bytes = ratel_protocol::hex::encode(&input);
                return Err(format!("{name}: seed {seed}, run {run}, input {bytes}"));
            }
        }
    }
    Ok(tally)
}

#[test]
fn no_parser_panics_and_what_is_accepted_is_canonical() {
    for (name, parser, seeds) in parsers::all() {
        let runs = number("RATEL_FUZZ_RUNS", RUNS);
        let tally = feed(name, parser, &seeds, runs).unwrap_or_else(|failure| panic!("{failure}"));
        println!("{name}: {} accepted, {} refused", tally.accepted, tally.refused);
        assert!(tally.refused > runs / 20, "{name}: mutations hardly change anything");
    }
}

#[test]
fn control_a_parser_that_trusts_a_length_and_one_that_is_not_canonical_are_found() {
    let trusting: Parser = |bytes| bytes.first().is_none_or(|length| bytes[1..=usize::from(*length)].is_ascii());
    let lax: Parser = |bytes| {
        let read = bytes.first().is_some_and(|first| *first == 3);
        assert!(!read || bytes.len() == 4, "four bytes were read, more were there");
        read
    };
    let seeds = [vec![3, b'a', b'b', b'c']];
    assert!(feed("trusting", trusting, &seeds, 2000).is_err());
    assert!(feed("lax", lax, &seeds, 2000).is_err());
}
