//! What can go wrong, rich inside and few kinds outside.
//!
//! Display is English for logs and holds nothing of a person. [`Error::sentence_key`] names the message in the locale
//! files that tells the person what happened and the one thing to do now.

use crate::{
    envelope::{SealError, crypto::Refused},
    group::CodeKind,
    link::LinkError,
    platform::PlatformError,
};

/// An error of the core.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The text is longer than its field allows (bytes).
    #[error("a text of {bytes} bytes is longer than {most}")]
    TextTooLong {
        /// What came.
        bytes: usize,
        /// What fits.
        most: usize,
    },
    /// A name or a street is empty.
    #[error("a name is missing")]
    NameMissing,
    /// A name holds characters that no name has, or looks like a role.
    #[error("a name holds characters that are not allowed")]
    NameNotAllowed,
    /// The invitation cannot be read.
    #[error("the invitation cannot be read")]
    Invitation,
    /// This is no code of Ratel.
    #[error("this is no code of Ratel")]
    CodeUnknown,
    /// A code of an older or newer release.
    #[error("the code is of another release")]
    CodeVersion,
    /// A code for something else than what was asked for.
    #[error("the code is of another kind")]
    CodeKind(CodeKind),
    /// An answer to another phone's card.
    #[error("the answer is for another phone")]
    CodeOtherPhone,
    /// A code of another neighbourhood.
    #[error("the code is of another neighbourhood")]
    CodeElsewhere,
    /// Somebody was let in by this code, or by this card.
    #[error("the code was used")]
    CodeUsed,
    /// A coordinator has taken the code back, or its time is over.
    #[error("the code was revoked")]
    CodeRevoked,
    /// This phone's own card.
    #[error("this is one's own card")]
    CodeOwn,
    /// This role is given later, by the log's rules for it.
    #[error("nobody is let in with this role")]
    RoleLater,
    /// The relay's address is not `https://`, or `http://` to this machine.
    #[error("the relay's address is not usable")]
    RelayAddress,
    /// No alert has this id.
    #[error("no such alert")]
    NoSuchAlert,
    /// This note is not here.
    #[error("no such note")]
    NoSuchNote,
    /// Several alerts begin with these digits.
    #[error("the id fits several alerts")]
    AmbiguousAlert,
    /// Only its author may do that.
    #[error("only the author may do this")]
    NotYours,
    /// The alert was taken back.
    #[error("the alert was withdrawn")]
    Withdrawn,
    /// This kind never goes to a group, and no helper is chosen.
    #[error("this kind of alert goes to a helper only")]
    NoHelper,
    /// A setting has no such value.
    #[error("a setting has no such value")]
    Setting,
    /// The phone is in no neighbourhood yet.
    #[error("no neighbourhood yet")]
    NoNeighbourhood,
    /// The phone is in a neighbourhood already.
    #[error("already in a neighbourhood")]
    AlreadyIn,
    /// The phone of this card is not in yet: somebody still has to sign.
    #[error("the phone is not in yet")]
    NotInYet,
    /// Only a coordinator may do that.
    #[error("only a coordinator may do this")]
    NotCoordinator,
    /// The person's role does not allow this.
    #[error("the role does not allow this")]
    NotAllowed,
    /// This phone, or whoever signed too, is no member now.
    #[error("a signer is no member now")]
    NotAMember,
    /// Power over a coordinator or trustee takes two of them.
    #[error("two officials have to sign this")]
    TwoSignatures,
    /// New coordinators take the signatures of more people.
    #[error("too few people have signed")]
    TooFewSigned,
    /// Nobody of this name takes part.
    #[error("no such member")]
    NoSuchMember,
    /// The name fits several people.
    #[error("the name fits several people")]
    AmbiguousMember,
    /// A phone that was let in before makes new keys.
    #[error("the device was let in before")]
    DeviceKnown,
    /// One device may do so much and no more.
    #[error("the device did too much")]
    TooManyActs,
    /// Somebody else did something about the same person.
    #[error("something changed meanwhile")]
    ChangedMeanwhile,
    /// The agreements ask for a newer release.
    #[error("a newer release is needed")]
    Outdated,
    /// Nobody does this to himself.
    #[error("not to oneself")]
    NotOneself,
    /// The agreements do not let this person post this kind of alert.
    #[error("the agreements do not allow this kind")]
    KindForbidden,
    /// No version of the agreements has this reference.
    #[error("no such version of the agreements")]
    NoSuchCharter,
    /// The file is no signature of a partner.
    #[error("the file is no signature of a partner")]
    PartnerFile,
    /// The partner did not sign these terms for this neighbourhood.
    #[error("a partner's signature is not good here")]
    PartnerSignature,
    /// The agreements have as many partners as they can hold.
    #[error("no room for another partner")]
    TooManyPartners,
    /// Nothing flows to a partner who has not signed.
    #[error("the partner has not signed")]
    PartnerUnsigned,
    /// The file is no letter that this phone can take.
    #[error("no letter for this neighbourhood")]
    Envelope,
    /// The acts that a proposal builds on have not come.
    #[error("what the proposal builds on has not come yet")]
    NotHereYet,
    /// This phone's person has signed this before.
    #[error("this person has signed already")]
    SignedAlready,
    /// Somebody who signed a proposal may do so no more.
    #[error("a signer may not sign this any more")]
    SignerGone,
    /// This was done before.
    #[error("this was done already")]
    DoneAlready,
    /// So many new coordinators at once are too many, or none.
    #[error("one to three new coordinators")]
    TooManyCoordinators,
    /// The last day of a badge lies before today.
    #[error("the day is past")]
    DayPast,
    /// This phone came in after a choice of new coordinators was begun.
    #[error("this phone came in after this was begun")]
    CameLater,
    /// The last day of a badge for a role that bears none.
    #[error("a resident has no badge, and so no last day of one")]
    NoBadge,
    /// The key of the channel has not come yet.
    #[error("the key of this channel has not come yet")]
    NoKeyYet,
    /// Nothing was written yet.
    #[error("the note is empty")]
    NoteMissing,
    /// There is nothing to send yet.
    #[error("the report is not complete")]
    ReportIncomplete,
    /// The file is no store of Ratel, or one of a newer release.
    #[error("the store file is not readable by this release")]
    ForeignStore,
    /// The store belongs to other keys than the phone holds.
    #[error("the store is wrapped with another key")]
    WrongKey,
    /// Another program holds the store.
    #[error("another program uses this store")]
    StoreBusy,
    /// The disk is full.
    #[error("the disk is full")]
    DiskFull,
    /// The database failed.
    #[error("storage failed: {0}")]
    Storage(#[source] rusqlite::Error),
    /// A folder or file failed.
    #[error("the data folder failed: {0}")]
    Folder(#[from] std::io::Error),
    /// The phone refused.
    #[error(transparent)]
    Platform(#[from] PlatformError),
    /// The relay could not be reached or did not answer sensibly.
    #[error("the relay did not answer")]
    Network,
    /// The relay refused: this phone's token or the registration is not accepted.
    #[error("the relay refused with status {0}")]
    RelayRefused(u16),
    /// A bug, or a system without randomness.
    #[error("internal: {0}")]
    Internal(&'static str),
}

/// What a caller can do about an [`Error`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// Give other input.
    Input,
    /// Name something that exists.
    NotFound,
    /// Not now, or not by this person.
    State,
    /// Look at the disk.
    Storage,
    /// Look at the phone's settings.
    Platform,
    /// Try again when there is a network.
    Network,
    /// Nothing.
    Other,
}

impl Error {
    /// What a caller can do.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::TextTooLong { .. }
            | Self::NameMissing
            | Self::NameNotAllowed
            | Self::Invitation
            | Self::CodeUnknown
            | Self::CodeVersion
            | Self::CodeKind(_)
            | Self::CodeOtherPhone
            | Self::CodeElsewhere
            | Self::CodeUsed
            | Self::CodeRevoked
            | Self::CodeOwn
            | Self::RoleLater
            | Self::RelayAddress
            | Self::Envelope
            | Self::PartnerSignature
            | Self::PartnerFile
            | Self::Setting
            | Self::NotOneself
            | Self::TooManyCoordinators
            | Self::DayPast
            | Self::NoBadge => ErrorKind::Input,
            Self::NoSuchAlert
            | Self::NoSuchNote
            | Self::NoSuchCharter
            | Self::AmbiguousAlert
            | Self::NoSuchMember
            | Self::AmbiguousMember => ErrorKind::NotFound,
            Self::NotYours
            | Self::Withdrawn
            | Self::NoHelper
            | Self::NoNeighbourhood
            | Self::AlreadyIn
            | Self::NotInYet
            | Self::NotCoordinator
            | Self::NotAllowed
            | Self::NotAMember
            | Self::TwoSignatures
            | Self::TooFewSigned
            | Self::DeviceKnown
            | Self::TooManyActs
            | Self::ChangedMeanwhile
            | Self::Outdated
            | Self::KindForbidden
            | Self::TooManyPartners
            | Self::PartnerUnsigned
            | Self::CameLater
            | Self::NoKeyYet
            | Self::NoteMissing
            | Self::ReportIncomplete
            | Self::NotHereYet
            | Self::SignedAlready
            | Self::SignerGone
            | Self::DoneAlready => ErrorKind::State,
            Self::ForeignStore
            | Self::WrongKey
            | Self::StoreBusy
            | Self::DiskFull
            | Self::Storage(_)
            | Self::Folder(_) => ErrorKind::Storage,
            Self::Platform(_) => ErrorKind::Platform,
            Self::Network | Self::RelayRefused(_) => ErrorKind::Network,
            Self::Internal(_) => ErrorKind::Other,
        }
    }

    /// Key of the sentence in the locale files.
    pub fn sentence_key(&self) -> &'static str {
        match self {
            Self::TextTooLong { .. } => "error-text-too-long",
            Self::NameMissing => "error-name-missing",
            Self::NameNotAllowed => "error-name-not-allowed",
            Self::Invitation => "error-invitation",
            Self::CodeUnknown => "error-code-unknown",
            Self::CodeVersion => "error-code-version",
            Self::CodeOtherPhone => "error-code-other-phone",
            Self::CodeElsewhere => "error-code-elsewhere",
            Self::CodeUsed => "error-code-used",
            Self::CodeRevoked => "error-code-revoked",
            Self::CodeOwn => "error-code-own",
            Self::RoleLater => "error-role-later",
            Self::CodeKind(CodeKind::Invitation) => "error-code-is-invitation",
            Self::CodeKind(CodeKind::Card) => "error-code-is-card",
            Self::CodeKind(CodeKind::Open) => "error-code-is-answer",
            Self::CodeKind(CodeKind::Sign) => "error-code-is-sign",
            Self::RelayAddress => "error-relay-address",
            Self::NoSuchAlert => "error-no-such-alert",
            Self::NoSuchNote => "error-no-such-note",
            Self::AmbiguousAlert => "error-ambiguous-alert",
            Self::NotYours => "error-not-yours",
            Self::Withdrawn => "error-withdrawn",
            Self::NoHelper => "error-no-helper",
            Self::Setting => "error-setting",
            Self::NoNeighbourhood => "error-no-neighbourhood",
            Self::AlreadyIn => "error-already-in",
            Self::NotInYet => "error-not-in-yet",
            Self::NotCoordinator => "error-not-coordinator",
            Self::NotAllowed => "error-not-allowed",
            Self::NotAMember => "error-not-a-member",
            Self::TwoSignatures => "error-two-signatures",
            Self::TooFewSigned => "error-too-few-signed",
            Self::NoSuchMember => "error-no-such-member",
            Self::AmbiguousMember => "error-ambiguous-member",
            Self::DeviceKnown => "error-device-known",
            Self::TooManyActs => "error-too-many-acts",
            Self::ChangedMeanwhile => "error-changed-meanwhile",
            Self::Outdated => "error-outdated",
            Self::NotOneself => "error-not-oneself",
            Self::KindForbidden => "error-kind-forbidden",
            Self::NoSuchCharter => "error-no-such-charter",
            Self::PartnerFile => "error-partner-file",
            Self::PartnerSignature => "error-partner-signature",
            Self::TooManyPartners => "error-too-many-partners",
            Self::PartnerUnsigned => "error-partner-unsigned",
            Self::Envelope => "error-envelope",
            Self::NotHereYet => "error-not-here-yet",
            Self::SignedAlready => "error-signed-already",
            Self::SignerGone => "error-signer-gone",
            Self::DoneAlready => "error-done-already",
            Self::TooManyCoordinators => "error-too-many-coordinators",
            Self::DayPast => "error-day-past",
            Self::NoBadge => "error-no-badge",
            Self::CameLater => "error-came-later",
            Self::NoKeyYet => "error-no-key-yet",
            Self::NoteMissing => "error-note-missing",
            Self::ReportIncomplete => "error-report-incomplete",
            Self::ForeignStore => "error-foreign-store",
            Self::WrongKey => "error-wrong-key",
            Self::StoreBusy => "error-store-busy",
            Self::DiskFull => "error-disk-full",
            Self::Storage(_) | Self::Folder(_) => "error-storage",
            Self::Platform(_) => "error-platform",
            Self::Network => "error-network",
            Self::RelayRefused(_) => "error-relay-refused",
            Self::Internal(_) => "error-internal",
        }
    }

    /// What happened and the one thing to do now, in the language of a BCP 47 tag. Holds no id and no name.
    pub fn sentence(&self, lang: &str) -> String {
        crate::screen::words(lang).get(self.sentence_key())
    }

    /// Every key that [`Error::sentence_key`] can give, for the check that each has a sentence.
    pub const SENTENCE_KEYS: &'static [&'static str] = &[
        "error-text-too-long",
        "error-name-missing",
        "error-name-not-allowed",
        "error-invitation",
        "error-code-unknown",
        "error-code-version",
        "error-code-other-phone",
        "error-code-elsewhere",
        "error-code-used",
        "error-code-revoked",
        "error-code-own",
        "error-role-later",
        "error-code-is-invitation",
        "error-code-is-card",
        "error-code-is-answer",
        "error-code-is-sign",
        "error-relay-address",
        "error-no-such-alert",
        "error-ambiguous-alert",
        "error-not-yours",
        "error-withdrawn",
        "error-no-helper",
        "error-setting",
        "error-no-neighbourhood",
        "error-already-in",
        "error-not-in-yet",
        "error-not-coordinator",
        "error-not-allowed",
        "error-not-a-member",
        "error-two-signatures",
        "error-too-few-signed",
        "error-no-such-member",
        "error-ambiguous-member",
        "error-device-known",
        "error-too-many-acts",
        "error-changed-meanwhile",
        "error-outdated",
        "error-not-oneself",
        "error-kind-forbidden",
        "error-no-such-charter",
        "error-partner-file",
        "error-partner-signature",
        "error-too-many-partners",
        "error-partner-unsigned",
        "error-envelope",
        "error-not-here-yet",
        "error-signed-already",
        "error-signer-gone",
        "error-done-already",
        "error-too-many-coordinators",
        "error-day-past",
        "error-no-key-yet",
        "error-note-missing",
        "error-report-incomplete",
        "error-foreign-store",
        "error-wrong-key",
        "error-store-busy",
        "error-disk-full",
        "error-storage",
        "error-platform",
        "error-network",
        "error-relay-refused",
        "error-internal",
    ];
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::DiskFull,
            Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => Self::StoreBusy,
            Some(rusqlite::ErrorCode::NotADatabase | rusqlite::ErrorCode::DatabaseCorrupt) => Self::ForeignStore,
            _ => Self::Storage(error),
        }
    }
}

impl From<Refused> for Error {
    fn from(_: Refused) -> Self {
        Self::Internal("cryptography refused")
    }
}

impl From<LinkError> for Error {
    fn from(error: LinkError) -> Self {
        match error {
            LinkError::Unreachable => Self::Network,
            LinkError::Refused(status) => Self::RelayRefused(status),
        }
    }
}

impl From<SealError> for Error {
    fn from(error: SealError) -> Self {
        match error {
            SealError::TooLarge => Self::TextTooLong {
                bytes: ratel_protocol::MAX_ENVELOPE_BYTES,
                most: ratel_protocol::MAX_ENVELOPE_BYTES,
            },
            SealError::Refused(refused) => refused.into(),
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(_: serde_json::Error) -> Self {
        Self::Internal("a stored record is not readable")
    }
}
