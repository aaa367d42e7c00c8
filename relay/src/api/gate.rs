//! How often one address may register on an open relay.

use std::{
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
};

use governor::{DefaultKeyedRateLimiter, Quota};

/// Counts registrations by address, in memory and only while they count.
pub(crate) struct Gate(Option<DefaultKeyedRateLimiter<IpAddr>>);

impl Gate {
    /// `an_hour` registrations from one address; all when `None`.
    pub(crate) fn new(an_hour: Option<NonZeroU32>) -> Self {
        Self(an_hour.map(|an_hour| DefaultKeyedRateLimiter::keyed(Quota::per_hour(an_hour))))
    }

    /// Whether an address may register once more.
    pub(crate) fn passes(&self, address: IpAddr) -> bool {
        self.0.as_ref().is_none_or(|limiter| limiter.check_key(&network(address)).is_ok())
    }

    /// Forgets addresses whose registrations no longer count.
    pub(crate) fn forget(&self) {
        if let Some(limiter) = &self.0 {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }
}

/// A household or server has a /64 of IPv6 to itself: it counts as one.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_network_counts_as_one_and_others_pass() {
        let gate = Gate::new(NonZeroU32::new(2));
        let address = |text: &str| text.parse::<IpAddr>().unwrap();
        assert!(gate.passes(address("2001:db8::1")));
        assert!(gate.passes(address("2001:db8::2")));
        assert!(!gate.passes(address("2001:db8::3")));
        assert!(gate.passes(address("2001:db8:0:1::1")));
        assert!(gate.passes(address("192.0.2.1")));
        assert!(gate.passes(address("::ffff:192.0.2.1")));
        assert!(!gate.passes(address("192.0.2.1")));
        gate.forget();
        assert!(!gate.passes(address("192.0.2.1")), "what still counts is not forgotten");
        assert!(Gate::new(None).passes(address("192.0.2.1")));
    }
}
