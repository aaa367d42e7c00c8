//! Small changes to good inputs, the same for the same seed.

/// Longest input that is made (bytes): one more than the largest envelope.
const MAX_BYTES: usize = 65_537;
/// Values at which arithmetic turns over.
const EDGES: [u8; 6] = [0x00, 0x01, 0x7F, 0x80, 0xFE, 0xFF];

/// Makes inputs.
pub(crate) struct Mutator {
    state: u64,
}

impl Mutator {
    pub(crate) fn new(seed: u64) -> Mutator {
        Mutator { state: seed }
    }

    /// The next number (splitmix64).
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 for 0.
    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).expect("a length").max(1);
        usize::try_from(self.next() % end).expect("below a length")
    }

    fn byte(&mut self) -> u8 {
        u8::try_from(self.next() & 0xFF).expect("one byte")
    }

    /// A seed with one to four changes.
    pub(crate) fn mutate(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = seeds[self.below(seeds.len())].clone();
        for _ in 0..=self.below(4) {
            self.change(&mut bytes, seeds);
        }
        bytes.truncate(MAX_BYTES);
        bytes
    }

    fn change(&mut self, bytes: &mut Vec<u8>, seeds: &[Vec<u8>]) {
        let at = self.below(bytes.len());
        match self.below(9) {
            0 => bytes.truncate(at),
            1 => bytes.insert(at, 0),
            2 if !bytes.is_empty() => drop(bytes.remove(at)),
            3 => {
                let end = at + self.below(bytes.len() - at);
                let part = bytes[at..end].to_vec();
                bytes.splice(at..at, part);
            }
            4 => {
                let other = &seeds[self.below(seeds.len())];
                let from = self.below(other.len());
                bytes.splice(at.., other[from..].iter().copied());
            }
            5 => {
                let rubbish: Vec<u8> = (0..self.below(40)).map(|_| self.byte()).collect();
                bytes.splice(at..at, rubbish);
            }
            6 if !bytes.is_empty() => bytes[at] = EDGES[self.below(EDGES.len())],
            7 if !bytes.is_empty() => bytes[at] = self.byte(),
            _ if !bytes.is_empty() => bytes[at] ^= 1 << self.below(8),
            _ => bytes.push(self.byte()),
        }
    }
}
