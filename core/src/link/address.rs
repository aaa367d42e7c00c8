//! Where a relay is. Plain HTTP is accepted to this machine only: what is carried is sealed, but tokens are not.

use reqwest::Url;

/// A relay's address: `https://host[:port]`, or `http://` to this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelayAddress(Url);

impl RelayAddress {
    /// Checks an address; `None` if it is not usable.
    pub fn parse(text: &str) -> Option<Self> {
        // Host names are ASCII here, in every way to write them: what maps other letters is not compiled in.
        if !text.is_ascii() || text.contains('%') || text.len() > 200 {
            return None;
        }
        let url = Url::parse(text.trim()).ok()?;
        let host = url.host_str()?;
        let here = matches!(host, "127.0.0.1" | "localhost" | "[::1]");
        let plain =
            url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.fragment().is_none();
        let usable = match url.scheme() {
            "https" => true,
            "http" => here,
            _ => false,
        };
        (usable && plain && url.path() == "/").then_some(Self(url))
    }

    /// The address as it is stored and put into invitations, without the last slash.
    pub fn as_text(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_accepted_to_this_machine_only() {
        for good in
            ["https://relay.example", "https://relay.example:8443/", "http://127.0.0.1:4000", "http://localhost:1"]
        {
            assert!(RelayAddress::parse(good).is_some(), "{good}");
        }
        for bad in [
            "http://relay.example",
            "http://127.0.0.1.example:80",
            "ftp://127.0.0.1",
            "https://user@relay.example",
            "https://relay.example/path",
            "relay.example",
            "https://Bücher.example",
            "https://B%C3%BCcher.example",
            "",
        ] {
            assert!(RelayAddress::parse(bad).is_none(), "{bad}");
        }
    }
}
