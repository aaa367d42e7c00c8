//! Every parser of bytes that others send, fed with what is almost right (part of G6).
//!
//! Seeds are good inputs; a mutation flips, cuts, repeats, joins and overwrites. Nothing may panic, and what is
//! accepted must be written again as the same bytes. The numbers come from a seed that is printed at failure:
//! `RATEL_FUZZ_SEED=... RATEL_FUZZ_RUNS=... cargo test -p ratel-tests --test fuzz` repeats or widens a run. There is
//! no coverage to guide it: that is what separates it from a fuzzer, and why it can run on every change.
//! `RATEL_FUZZ_SECONDS=20` tries each parser for so long instead. `corpus/` keeps inputs that once were of interest:
//! each is tried as it is, and mutated like the seeds. What the hungriest input took of memory is bounded, and printed
//! with what the slowest took of time.

mod corpus;
mod memory;
mod mutate;
mod papers;
mod parsers;
mod trust;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::{Duration, Instant},
};

use mutate::Mutator;

/// Inputs for each parser, unless `RATEL_FUZZ_RUNS` says otherwise.
const RUNS: u64 = 20_000;

/// What one parser did with its inputs.
#[derive(Debug, Default)]
struct Tally {
    accepted: u64,
    refused: u64,
    /// Most memory that one input took (bytes).
    most_bytes: usize,
    slowest: Duration,
}

/// Most memory that one input may take (bytes).
const MAX_BYTES: usize = 64 << 20;

/// A parser: whether it accepts. It panics where an accepted input is not written again as it was.
type Parser = fn(&[u8]) -> bool;

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// How long a parser is fed.
#[derive(Clone, Copy)]
enum Until {
    Runs(u64),
    Passed(Duration),
}

impl Until {
    fn asked() -> Self {
        match number("RATEL_FUZZ_SECONDS", 0) {
            0 => Self::Runs(number("RATEL_FUZZ_RUNS", RUNS)),
            seconds => Self::Passed(Duration::from_secs(seconds)),
        }
    }

    fn is_over(self, runs: u64, since: Instant) -> bool {
        match self {
            Self::Runs(most) => runs >= most,
            Self::Passed(time) => since.elapsed() >= time,
        }
    }
}

/// Feeds `parser` with what is kept, then with mutations; `Err` holds how to repeat the first failure.
fn feed(name: &str, parser: Parser, seeds: &[Vec<u8>], kept: &[Vec<u8>], until: Until) -> Result<Tally, String> {
    let seed = number("RATEL_FUZZ_SEED", 1);
    let mut mutator = Mutator::new(seed);
    let mut tally = Tally::default();
    for good in seeds {
        if !catch_unwind(AssertUnwindSafe(|| parser(good))).unwrap_or(false) {
            return Err(format!("{name}: a good input is refused: {}", ratel_protocol::hex::encode(good)));
        }
    }
    let all = [seeds, kept].concat();
    let begin = Instant::now();
    let mut run = 0;
    while !until.is_over(run, begin) {
        let as_kept = usize::try_from(run).ok().and_then(|run| kept.get(run)).cloned();
        let input = as_kept.unwrap_or_else(|| mutator.mutate(&all));
        memory::begin();
        let start = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| parser(&input)));
        tally.slowest = tally.slowest.max(start.elapsed());
        let bytes = memory::most();
        tally.most_bytes = tally.most_bytes.max(bytes);
        match outcome {
            Ok(true) if bytes <= MAX_BYTES => tally.accepted += 1,
            Ok(false) if bytes <= MAX_BYTES => tally.refused += 1,
            _ => {
                let input = ratel_protocol::hex::encode(&input);
                return Err(format!("{name}: seed {seed}, run {run}, {bytes} bytes of memory, input {input}"));
            }
        }
        run += 1;
    }
    Ok(tally)
}

#[test]
fn no_parser_panics_and_what_is_accepted_is_canonical() {
    for (name, parser, seeds) in parsers::all().into_iter().chain(trust::all()).chain(papers::all()) {
        let kept = corpus::of(name);
        let tally = feed(name, parser, &seeds, &kept, Until::asked()).unwrap_or_else(|failure| panic!("{failure}"));
        println!(
            "{name}: {} kept inputs; {} accepted, {} refused; at most {} kB and {:?} for one input",
            kept.len(),
            tally.accepted,
            tally.refused,
            tally.most_bytes >> 10,
            tally.slowest
        );
        assert!(tally.refused * 20 > tally.accepted, "{name}: mutations hardly change anything");
    }
}

#[test]
fn control_parsers_that_trust_a_length_or_are_not_canonical_or_too_hungry_are_found() {
    let trusting: Parser = |bytes| bytes.first().is_none_or(|length| bytes[1..=usize::from(*length)].is_ascii());
    let lax: Parser = |bytes| {
        let read = bytes.first().is_some_and(|first| *first == 3);
        assert!(!read || bytes.len() == 4, "four bytes were read, more were there");
        read
    };
    let seeds = [vec![3, b'a', b'b', b'c']];
    let hungry: Parser = |bytes| vec![0_u8; bytes.len() << 24].iter().all(|byte| *byte == 0);
    for (name, parser) in [("trusting", trusting), ("lax", lax), ("hungry", hungry)] {
        assert!(feed(name, parser, &seeds, &[], Until::Runs(2000)).is_err(), "{name}");
    }
}
