//! What each intent does.

use super::{send::document_of, state::State};
use crate::{
    envelope::operation::{Content, content::MAX_PLACE_BYTES},
    error::Error,
    intent::{Answer, Intent, PlaceChoice},
    screen::{Report, Route},
};

/// Longest text of a person (bytes of UTF-8).
pub(super) const MAX_NOTE_BYTES: usize = 4096;
/// Letter sizes in percent (U7).
const LETTERS: std::ops::RangeInclusive<u16> = 100..=310;
/// Most steps that "Terug" remembers.
const MAX_ROUTE: usize = 16;

impl State {
    /// Does what the person asked for. Runs inside a transaction.
    pub(super) fn handle(&mut self, intent: Intent) -> Result<(), Error> {
        match intent {
            Intent::Home => self.go_home(),
            Intent::Back => self.go_back(),
            Intent::Report => self.begin_report(false),
            Intent::Practise => self.begin_report(true),
            Intent::ChooseKind { kind } => {
                let report = self.report_mut()?;
                report.kind = Some(kind);
                if !kind.to_the_group() {
                    // Whoever stands at the door, stands at one's own.
                    report.place = PlaceChoice::Home;
                }
                self.go(Route::ReportPlace);
            }
            Intent::ChoosePlace { place } => {
                check_place(&place)?;
                self.report_mut()?.place = place;
            }
            Intent::Note { note } => self.report_mut()?.note = check_note(&note)?,
            Intent::Send => self.send()?,
            Intent::Stop { alert } => self.stop(&alert)?,
            Intent::Withdraw { alert } => self.withdraw(&alert)?,
            Intent::OpenEdit { alert } => self.go(Route::Edit { alert }),
            Intent::Edit { alert, note } => self.edit(&alert, &note)?,
            Intent::Open { alert } => self.open_alert(&alert)?,
            Intent::Answer { alert, answer } => self.answer(&alert, answer)?,
            Intent::ChangeAnswer { alert } => {
                self.route.pop();
                self.go(Route::Detail { alert, changing: true });
            }
            Intent::Called112 { alert, called } => self.called_112(&alert, called)?,
            Intent::Dial112 => self.platform.dial("112")?,
            Intent::OpenAlerts => self.go(Route::Alerts),
            Intent::OpenStatus => self.go(Route::Status),
            Intent::OpenAside => self.go(Route::Aside),
            Intent::Keep { id } => self.keep(&id)?,
            Intent::OpenSettings => self.go(Route::Settings),
            Intent::OpenPeople { page, role } => self.go(Route::People { page, role }),
            Intent::OpenMember { person } => self.go(Route::Member { person }),
            Intent::OpenChanges { page } => self.open_changes(page)?,
            Intent::OpenRemove { person, note } => self.go(Route::Remove { person, why: note }),
            Intent::OpenRoles { person } => self.go(Route::Roles { person }),
            Intent::OpenBadgeDay { person, role } => self.go(Route::BadgeDay { person, role }),
            Intent::OpenLeft { person } => self.go(Route::Left { person }),
            Intent::OpenRecover { page, chosen } => self.choose(Route::Recover { page, chosen }),
            Intent::OpenLapse { page, chosen, sure } => self.choose(Route::Lapse { page, chosen, sure }),
            Intent::OpenSign { code } => self.go(Route::Sign { code }),
            Intent::OpenLeave => self.go(Route::Leave),
            Intent::OpenHelpers { page } => self.go(Route::Helpers { page }),
            Intent::OpenCharter => self.go(Route::Charter),
            Intent::EditCharter { edit } => self.edit_charter(edit)?,
            Intent::OpenLetters => self.go(Route::Letters),
            Intent::OpenLanguage => self.go(Route::Language),
            meets @ (Intent::ShowCard
            | Intent::OpenScan { .. }
            | Intent::Scanned { .. }
            | Intent::LetIn { .. }
            | Intent::LinkPhone
            | Intent::ReplacePhone
            | Intent::Invite
            | Intent::RevokeInvitation) => self.meet(meets)?,
            other => self.administer_intent(other)?,
        }
        Ok(())
    }

    /// Acts on people. Where it takes another signature, the screen shows the code for it.
    fn administer_intent(&mut self, intent: Intent) -> Result<(), Error> {
        let code = match intent {
            Intent::RemoveMember { person, why } => self.remove_person(&person, &why)?,
            Intent::GiveRole { person, role, until } => self.give_role(&person, role, until)?,
            Intent::SignLeft { person } => self.sign_left(&person).map(Some)?,
            Intent::Cosign { code } => match self.cosign(&code)? {
                Some(code) => Some(code),
                None => return self.show_done(),
            },
            Intent::Recover { persons } => self.recover(&persons).map(Some)?,
            Intent::Lapse { persons } => {
                self.lapse(&persons)?;
                return self.show_done();
            }
            Intent::ChooseHelper { person } => self.choose_helper(person.as_deref()).map(|()| None)?,
            Intent::Leave => {
                self.leave()?;
                self.go_home();
                return Ok(());
            }
            Intent::MoveRelay { address } => {
                self.move_relay(&address)?;
                self.leave_act();
                return self.open_changes(0);
            }
            other => return self.write_intent(other),
        };
        self.leave_act();
        if let Some(code) = code {
            self.go(Route::Sign { code });
        }
        Ok(())
    }

    /// What several people did together is done: it stands first among what has changed.
    fn show_done(&mut self) -> Result<(), Error> {
        self.go_home();
        self.open_changes(0)
    }

    /// Erasing, the team's notes, and the page of the relay; all others go on to the first run.
    fn write_intent(&mut self, intent: Intent) -> Result<(), Error> {
        match intent {
            Intent::OpenErase { alert } => self.open_erase(&alert),
            Intent::Erase { alert } => self.erase_shown(&alert),
            Intent::OpenTeam { page } => self.open_team(page),
            Intent::OpenTeamWrite => self.open_team_write(),
            Intent::TeamDraft { note } => self.keep_team_draft(&note),
            Intent::TeamSend => self.send_to_team(),
            Intent::WithdrawNote { id } => self.withdraw_note(&id),
            Intent::OpenRelay { note } => self.open_relay(note),
            other => self.first_run_intent(other),
        }
    }

    pub(super) fn set(&mut self, intent: Intent) -> Result<(), Error> {
        match intent {
            Intent::SetLetters { percent } if LETTERS.contains(&percent) => self.settings.letters = percent,
            Intent::SetLanguage { lang } if crate::screen::LANGUAGES.contains(&lang.as_str()) => {
                self.settings.lang = lang;
            }
            Intent::SetMode { mode } => self.settings.mode = mode,
            Intent::SetTheme { theme } => self.settings.theme = theme,
            Intent::SetReadAloud { on } => self.set_read_aloud(on),
            _ => return Err(Error::Setting),
        }
        self.store.set_fact("settings", &serde_json::to_string(&self.settings)?)
    }

    pub(super) fn go(&mut self, route: Route) {
        if self.route.last() == Some(&route) {
            return;
        }
        if self.route.len() >= MAX_ROUTE {
            self.route.remove(1);
        }
        self.route.push(route);
    }

    pub(super) fn go_home(&mut self) {
        self.route = vec![Route::Home];
    }

    fn go_back(&mut self) {
        if let Some(Route::Detail { changing: changing @ true, .. }) = self.route.last_mut() {
            *changing = false;
            return;
        }
        self.route.pop();
        if self.route.is_empty() {
            self.route.push(Route::Home);
            self.back_in_first_run();
        }
    }

    fn begin_report(&mut self, practice: bool) {
        self.end_first_run();
        self.report = Some(Report { kind: None, place: PlaceChoice::Here, note: String::new(), practice });
        self.go_home();
        self.go(Route::ReportWhat);
    }

    fn report_mut(&mut self) -> Result<&mut Report, Error> {
        self.report.as_mut().ok_or(Error::ReportIncomplete)
    }

    fn open_alert(&mut self, alert: &str) -> Result<(), Error> {
        let alert = self.alert(alert)?;
        if alert.author.me {
            self.go(Route::Sent { alert: alert.id });
            return Ok(());
        }
        self.note_read(&alert)?;
        self.go(Route::Detail { alert: alert.id, changing: false });
        Ok(())
    }

    fn answer(&mut self, alert: &str, answer: Answer) -> Result<(), Error> {
        let alert = self.alert(alert)?;
        let document = document_of(&alert)?;
        if alert.my_answer() == Some(answer) {
            // Said already.
        } else if alert.to.is_some() {
            self.note_read(&alert)?;
            self.answer_letter(document, answer)?;
        } else if !Answer::ALL.contains(&answer) {
            return Err(Error::Setting);
        } else {
            self.note_read(&alert)?;
            self.write(Content::Answer { answer }, Some(document))?;
        }
        if let Some(Route::Detail { changing, .. }) = self.route.last_mut() {
            *changing = false;
        }
        Ok(())
    }
}

/// A text of at most 4 KiB without control characters.
pub(super) fn check_note(note: &str) -> Result<String, Error> {
    if note.len() > MAX_NOTE_BYTES {
        return Err(Error::TextTooLong { bytes: note.len(), most: MAX_NOTE_BYTES });
    }
    let kept: String = note.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    Ok(kept.trim().to_owned())
}

/// Words of a place fit their field.
pub(super) fn check_place(place: &PlaceChoice) -> Result<(), Error> {
    match place {
        PlaceChoice::Words { words } if words.len() > MAX_PLACE_BYTES => {
            Err(Error::TextTooLong { bytes: words.len(), most: MAX_PLACE_BYTES })
        }
        _ => Ok(()),
    }
}
