//! Draws the screen of a [`Scene`]: one file a screen, and the page that they all share.

mod acts;
mod alerts;
mod aside;
mod badge_day;
mod changes;
mod charter;
mod choose;
mod detail;
mod detail_full;
mod edit;
mod erase;
mod first;
mod helper;
mod home;
mod home_full;
mod join;
mod kinds;
mod lapse;
mod letter;
mod member;
mod parts;
mod people;
mod people_full;
mod recover;
mod relay;
mod report;
mod sent;
mod settings;
mod sign;
mod status;
mod team;

use super::{
    Mode, Route, Scene,
    alarm::{alarm, sounding},
    model::{Bar, Button, ButtonStyle, Foot, Label, Node, Screen, Spoken, Status, Title},
    say, texts,
    words::{Words, words},
};
use crate::{
    intent::Intent,
    view::{Alert, Delivery, Member},
};

/// Letter size (percent) up to which words need no breaks.
const ORDINARY_LETTERS: u16 = 100;

/// The screen of a scene: whole, in the person's language, with what reading aloud says.
pub fn draw(scene: &Scene<'_>) -> Screen {
    let mut screen = route(scene).finish();
    if screen.letters > ORDINARY_LETTERS {
        let words = words(&screen.lang);
        texts::change_texts(&mut screen, &mut |text| *text = words.soften(text));
    }
    screen
}

/// An alert that is gone leads home: the person is never left on an empty screen.
fn route<'a>(scene: &'a Scene<'a>) -> Page<'a> {
    match scene.route {
        Route::Home => home(scene),
        Route::Alerts => alerts::draw(scene),
        Route::ReportWhat => report::what(scene),
        Route::ReportPlace => report::place(scene),
        Route::Sent { alert } => find(scene, alert).map_or_else(|| home(scene), |alert| opened(scene, alert, false)),
        Route::Detail { alert, changing } => {
            find(scene, alert).map_or_else(|| home(scene), |alert| opened(scene, alert, *changing))
        }
        Route::Edit { alert } => find(scene, alert).map_or_else(|| home(scene), |alert| edited(scene, alert)),
        Route::Erase { alert } => find(scene, alert).map_or_else(|| home(scene), |alert| erase::draw(scene, alert)),
        Route::Erased { letter } => erase::done(scene, *letter),
        Route::Status => status::draw(scene),
        Route::Aside => aside::draw(scene),
        Route::Team { page } => scene.team.map_or_else(|| home(scene), |notes| team::draw(scene, notes, *page)),
        Route::TeamWrite { note } => scene.team.map_or_else(|| home(scene), |notes| team::write(scene, notes, note)),
        Route::Relay { typed } if relay::may_move(scene) => relay::draw(scene, typed),
        Route::RelayMove { address } if relay::may_move(scene) => relay::confirm(scene, address),
        Route::Settings | Route::Relay { .. } | Route::RelayMove { .. } => settings::overview(scene),
        Route::Letters => settings::letters(scene),
        Route::Language => settings::language(scene),
        Route::Card => join::card(scene),
        Route::Scan { .. } => join::scan(scene),
        Route::LetIn { replaces, .. } => join::let_in(scene, replaces.as_deref()),
        Route::GiveAnswer { .. } => join::give_answer(scene),
        Route::Invitation { .. } => join::invitation(scene),
        Route::People { page, role } => people::draw(scene, *page, *role),
        Route::Member { person } => about(scene, person, member::draw),
        Route::Remove { person, why: None } => about(scene, person, acts::why),
        Route::Remove { person, why: Some(why) } => about(scene, person, |scene, who| acts::remove(scene, who, why)),
        Route::Roles { person } => about(scene, person, acts::roles),
        Route::BadgeDay { person, role } => about(scene, person, |scene, who| badge_day::draw(scene, who, *role)),
        Route::Recover { page, chosen } if recover::may_recover(scene) => recover::draw(scene, *page, chosen),
        Route::Recover { .. } => people::draw(scene, 0, None),
        Route::Lapse { page, chosen, sure: false } => lapse::draw(scene, *page, chosen),
        Route::Lapse { page, chosen, sure: true } => lapse::sure(scene, *page, chosen),
        Route::Left { .. } | Route::Sign { .. } => {
            scene.proposals.first().map_or_else(|| home(scene), |it| sign::draw(scene, it))
        }
        Route::Leave => acts::leave(scene),
        Route::Helpers { page } => helper::draw(scene, *page),
        Route::Changes { page } => changes::draw(scene, *page),
        Route::FirstRun { step, name, street, may_begin } => first::draw(scene, *step, name, street, *may_begin),
        Route::CharterEdit { draft } if charter::may_edit(scene) => charter::edit(scene, draft),
        Route::Charter | Route::CharterEdit { .. } => {
            scene.charter.map_or_else(|| home(scene), |charter| charter::draw(scene, charter))
        }
    }
}

/// A screen about one neighbour; who is gone leads to those who are there.
fn about<'a>(scene: &'a Scene<'a>, person: &str, draw: impl FnOnce(&'a Scene<'a>, &'a Member) -> Page<'a>) -> Page<'a> {
    let member = scene.members.iter().find(|member| member.id == person);
    match member {
        Some(member) => draw(scene, member),
        None => people::draw(scene, 0, None),
    }
}

fn home<'a>(scene: &'a Scene<'a>) -> Page<'a> {
    match scene.settings.mode {
        Mode::Simplified => home::draw(scene),
        Mode::Full => home_full::draw(scene),
    }
}

fn opened<'a>(scene: &'a Scene<'a>, alert: &'a Alert, changing: bool) -> Page<'a> {
    match scene.settings.mode {
        _ if alert.author.me => sent::draw(scene, alert),
        _ if alert.to.is_some() => letter::received(scene, alert, changing),
        Mode::Simplified => detail::draw(scene, alert, changing),
        Mode::Full => detail_full::draw(scene, alert),
    }
}

/// Typing belongs to full use and to one's own words; elsewhere the alert itself is shown.
fn edited<'a>(scene: &'a Scene<'a>, alert: &'a Alert) -> Page<'a> {
    match scene.settings.mode {
        Mode::Full if alert.author.me && alert.to.is_none() => edit::draw(scene, alert),
        _ => opened(scene, alert, false),
    }
}

fn find<'a>(scene: &'a Scene<'a>, id: &str) -> Option<&'a Alert> {
    scene.alerts.iter().find(|alert| alert.id == id)
}

/// A screen in the making.
struct Page<'a> {
    scene: &'a Scene<'a>,
    words: Words,
    id: &'static str,
    mode: Mode,
    title: Title,
    start: Option<Button>,
    nodes: Vec<Node>,
    spoken: Vec<Spoken>,
    foot: Option<Foot>,
    shows_status: bool,
}

impl<'a> Page<'a> {
    /// A page with its name and title; back, 112 and the status line are in their places.
    fn new(scene: &'a Scene<'a>, id: &'static str, title: String) -> Self {
        let words = words(&scene.settings.lang);
        let mut page = Self {
            scene,
            words,
            id,
            mode: Mode::Simplified,
            title: Title { icon: None, text: title },
            start: Some(parts::button(ButtonStyle::Slot, "back", words.get("bar-back"), "back", Intent::Back)),
            nodes: Vec::new(),
            spoken: Vec::new(),
            foot: None,
            shows_status: scene.connection.waiting > 0,
        };
        page.push_news();
        page
    }

    /// Who looks at something else hears of a new alert and must see it too. While a person reports, or has ten seconds
    /// to stop, nothing stands between.
    fn push_news(&mut self) {
        let shown = match self.scene.route {
            // Two people who stand with two phones in their hands hold out what is on them: it stays where it is.
            Route::Card
            | Route::Scan { .. }
            | Route::LetIn { .. }
            | Route::GiveAnswer { .. }
            | Route::Invitation { .. }
            | Route::Home
            | Route::Alerts
            | Route::ReportWhat
            | Route::ReportPlace
            | Route::Edit { .. } => return,
            Route::Sent { alert } | Route::Detail { alert, .. } => Some(alert),
            _ => None,
        };
        let counting = shown
            .and_then(|id| find(self.scene, id))
            .is_some_and(|alert| matches!(alert.delivery, Delivery::Draft { due_ms: Some(_) }));
        let news = sounding(self.scene).filter(|alert| shown != Some(&alert.id) && !counting);
        if let Some(alert) = news {
            self.push_open_alert(alert);
        }
    }

    /// Adds a node; reading aloud says what it shows.
    fn push(&mut self, node: Node) {
        let index = u32::try_from(self.nodes.len()).ok();
        self.spoken.extend(say::sentences(&node).into_iter().map(|(text, lang)| Spoken { text, lang, node: index }));
        self.nodes.push(node);
    }

    /// Adds a node for which reading aloud says more than it shows.
    fn push_saying(&mut self, node: Node, text: String) {
        let index = u32::try_from(self.nodes.len()).ok();
        self.spoken.push(Spoken { text, lang: None, node: index });
        self.nodes.push(node);
    }

    fn finish(self) -> Screen {
        let words = self.words;
        let status = self.shows_status.then(|| status_line(self.scene, words));
        let call = parts::button(ButtonStyle::Call, "call", words.get("call"), "call-112", Intent::Dial112);
        let spoken = self.said(status.as_ref());
        Screen {
            id: self.id.to_owned(),
            mode: self.mode,
            chosen_mode: self.scene.settings.mode,
            lang: words.lang().to_owned(),
            direction: words.direction(),
            letters: self.scene.settings.letters,
            theme: self.scene.settings.theme,
            bar: Bar {
                start: self.start,
                speak: Label { icon: "speak".to_owned(), text: words.get("bar-speak") },
                no_voice: words.get("bar-no-voice"),
            },
            title: self.title,
            nodes: self.nodes,
            foot: self.foot,
            status,
            call: Button { tone: super::Tone::Emergency, ..call },
            spoken,
            read_aloud: self.scene.settings.read_aloud,
            alarm: alarm(self.scene, words),
        }
    }

    /// 112 first, then the title, the nodes, the foot and the status line.
    fn said(&self, status: Option<&Status>) -> Vec<Spoken> {
        let sentence = |text: String| Spoken { text, lang: None, node: None };
        let mut said = vec![sentence(self.words.spoken("call")), sentence(self.title.text.clone())];
        said.extend(self.spoken.iter().cloned());
        if let Some(foot) = &self.foot {
            said.extend(foot.line.iter().map(|line| sentence(line.text.clone())));
            said.push(sentence(foot.button.text.clone()));
        }
        said.extend(status.map(|status| sentence(status.text.clone())));
        said
    }
}

/// Seconds without contact after which the status line says so: a few retries are no news.
const NEWS_OF_NO_CONTACT_S: i64 = 20;

fn status_line(scene: &Scene<'_>, words: Words) -> Status {
    use super::{Action, Tone};
    let waiting = scene.connection.waiting;
    let quiet_s = scene.connection.last_contact_s.map_or(0, |last| scene.now_ms.div_euclid(1000) - last);
    let (icon, text, tone) = if waiting > 0 {
        ("waiting", words.get_with("status-waiting", &[("count", waiting.into())]), Tone::Waiting)
    } else if !scene.connection.online && quiet_s > NEWS_OF_NO_CONTACT_S {
        ("no-internet", words.get("status-offline"), Tone::Waiting)
    } else {
        ("done", words.get("status-sent"), Tone::Done)
    };
    Status { icon: icon.to_owned(), text, tone, action: Action { id: "status".to_owned(), intent: Intent::OpenStatus } }
}
