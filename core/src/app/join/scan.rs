//! What a phone does with a code that its camera saw, or that somebody typed: each kind leads where it belongs.

use super::link::Given;
use crate::{
    app::state::State,
    error::Error,
    group::{Card, Code, CodeKind, Invitation},
    intent::Intent,
    screen::{CodePurpose, CodeView, Route},
    view::Role,
};

impl State {
    /// What people do who stand beside each other with two phones, or send a code.
    pub(in crate::app) fn meet(&mut self, intent: Intent) -> Result<(), Error> {
        match intent {
            Intent::ShowCard => self.show_card(),
            Intent::Scanned { code } => self.scanned(&code),
            Intent::LetIn { role } => self.let_in(role),
            Intent::LinkPhone => self.link_shown(),
            Intent::ReplacePhone => self.replace_shown(),
            Intent::Invite => self.show_invitation(),
            Intent::RevokeInvitation => self.revoke_shown(),
            Intent::OpenScan { replaces } => {
                self.go(Route::Scan { replaces });
                Ok(())
            }
            _ => Err(Error::Setting),
        }
    }

    /// Makes an invitation and shows it. The route names it only: its secret stays wrapped.
    fn show_invitation(&mut self) -> Result<(), Error> {
        let key = Invitation::from_code(&self.invite()?)?.key()?;
        self.leave_scanner();
        self.go(Route::Invitation { id: ratel_protocol::hex::encode(&key.id) });
        Ok(())
    }

    fn revoke_shown(&mut self) -> Result<(), Error> {
        let shown = self.invitation_on_screen()?.ok_or(Error::CodeUnknown)?;
        self.revoke(&shown)?;
        self.go_home();
        Ok(())
    }

    /// The code of the invitation that the screen shows, while somebody can come in by it.
    fn invitation_on_screen(&self) -> Result<Option<String>, Error> {
        let Some(Route::Invitation { id }) = self.route.last() else { return Ok(None) };
        let Some(key_id) = ratel_protocol::hex::decode::<16>(id) else { return Ok(None) };
        let given = self.given()?.remove(&key_id).filter(Given::is_open);
        Ok(given.map(|given| given.invitation.to_code()))
    }

    /// Shows this phone's card; its person is called as was said before, or "neighbour".
    fn show_card(&mut self) -> Result<(), Error> {
        let (name, number) = self.said_name()?;
        self.card(&name, number.as_deref())?;
        self.go(Route::Card);
        Ok(())
    }

    /// Does with a code what it is for.
    fn scanned(&mut self, code: &str) -> Result<(), Error> {
        let replaces = match self.route.last() {
            Some(Route::Scan { replaces }) => replaces.clone(),
            _ => None,
        };
        match Code::read(code)? {
            Code::Invitation(invitation) => self.scanned_invitation(&invitation)?,
            Code::Card(card) => return self.scanned_card(code, &card, replaces),
            Code::Open(_) => self.accept_answer(code)?,
            Code::Sign(_) => {
                self.proposal_of(code)?;
                self.gather(code)?;
                self.leave_scanner();
                self.go(Route::Sign { code: code.to_owned() });
                return Ok(());
            }
        }
        self.go_home();
        Ok(())
    }

    /// A phone that is in already gets its answer once more: perhaps it could not see it the first time.
    fn scanned_card(&mut self, code: &str, card: &Card, replaces: Option<String>) -> Result<(), Error> {
        let is_in = self.group.as_ref().is_some_and(|group| group.membership().is_member(card.device.id()));
        if is_in && self.device() != Some(card.device.id()) {
            let answer = self.answer_again(code)?;
            self.give(answer, CodePurpose::AnswerAgain);
            return Ok(());
        }
        self.new_card(code)?;
        self.leave_scanner();
        self.go(Route::LetIn { code: code.to_owned(), replaces });
        Ok(())
    }

    fn scanned_invitation(&mut self, invitation: &Invitation) -> Result<(), Error> {
        if let Some(group) = &self.group {
            return Err(if group.id == invitation.group { Error::AlreadyIn } else { Error::CodeElsewhere });
        }
        let (name, number) = self.said_name()?;
        self.join(&invitation.to_code(), &name, number.as_deref())
    }

    /// The phone of the card on the screen comes in.
    fn let_in(&mut self, role: Role) -> Result<(), Error> {
        let code = self.card_on_screen()?;
        let answer = self.admit_card(&code, Some(role))?;
        self.give(answer, CodePurpose::Answer);
        Ok(())
    }

    /// The phone of the card on the screen is this person's second.
    fn link_shown(&mut self) -> Result<(), Error> {
        let code = self.card_on_screen()?;
        let answer = self.link_card(&code)?;
        self.give(answer, CodePurpose::Answer);
        Ok(())
    }

    /// The phone of the card on the screen takes the place of the lost one for which it was scanned.
    fn replace_shown(&mut self) -> Result<(), Error> {
        let Some(Route::LetIn { code, replaces: Some(person) }) = self.route.last().cloned() else {
            return Err(Error::CodeUnknown);
        };
        let next = self.replace_by_card(&person, &code)?;
        if Code::read(&next)?.kind() == CodeKind::Sign {
            self.go_home();
            self.go(Route::Sign { code: next });
        } else {
            self.give(next, CodePurpose::Answer);
        }
        Ok(())
    }

    fn card_on_screen(&self) -> Result<String, Error> {
        match self.route.last() {
            Some(Route::LetIn { code, .. }) => Ok(code.clone()),
            _ => Err(Error::CodeUnknown),
        }
    }

    fn leave_scanner(&mut self) {
        if matches!(self.route.last(), Some(Route::Scan { .. })) {
            self.route.pop();
        }
    }

    /// Shows a code for somebody else to scan.
    fn give(&mut self, code: String, purpose: CodePurpose) {
        self.go_home();
        self.go(Route::GiveAnswer { code, purpose });
    }

    /// What this phone's person is called, as far as was said.
    fn said_name(&self) -> Result<(String, Option<String>), Error> {
        let pending = self.pending()?;
        let number = pending.as_ref().and_then(|pending| pending.number.clone());
        let name = self.said_first_name().or(pending.map(|pending| pending.name));
        Ok((name.unwrap_or_else(|| self.first_name()), number))
    }

    /// The code that the screen shows to another phone.
    pub(in crate::app) fn code_view(&self) -> Result<Option<CodeView>, Error> {
        Ok(match self.route.last() {
            Some(Route::Card) => {
                self.own_card()?.map(|card| CodeView { text: card.to_code(), purpose: CodePurpose::Card })
            }
            Some(Route::GiveAnswer { code, purpose }) => Some(CodeView { text: code.clone(), purpose: *purpose }),
            Some(Route::Invitation { .. }) => {
                let code = self.invitation_on_screen()?;
                code.map(|text| CodeView { text, purpose: CodePurpose::Invitation })
            }
            _ => None,
        })
    }
}
