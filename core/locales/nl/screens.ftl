# Words of the screens. Simple Dutch (A2): "u", at most ten words a sentence, one thought a sentence.
# An attribute .spoken is what reading aloud says instead of the written words.

## Fixed places
bar-back = Terug
bar-settings = Instellen
bar-speak = Lees voor
bar-no-voice = Deze telefoon kan nu niet voorlezen.
call = Bel 112
    .spoken = Is er gevaar? Bel 112.
sound-off = geluid uit
alarm-notice = Een buur heeft iets gemeld.
practice-spoken = oefening
practice-badge = oefening
practice-line = Dit is een oefening.

## Home
home-title = Wat wilt u doen?
home-title-full = Uw straat
home-report = Melden
    .spoken = Melden. Vertel uw buren wat u ziet.
home-look = Bekijk
home-more = { $count ->
    [one] Nog 1 melding
   *[other] Nog { $count } meldingen
}
home-quiet = Het is rustig.
home-alone = U bent nog alleen. Uw bericht wacht op de eerste buur.
home-waiting = U wacht op uw buurt. Een buur laat u straks toe.
home-spent = Deze code werkt nu niet. Vraag het uw buur.
home-outside = U hoort nog bij geen buurt. Vraag een buur om een code.
home-removed = U doet hier niet meer mee. Vraag een buur om hulp.
home-show-code = Laat mijn code zien
home-let-in = Laat een buur toe
home-come = { $count ->
    [one] 1 komt
   *[other] { $count } komen
}
alerts-title = Wat is er gebeurd?

## The status line and its screen
status-sent = Alles is verstuurd.
status-offline = Alles is verstuurd. Er is nu geen verbinding.
status-waiting = { $count ->
    [one] 1 bericht wacht nog. Wij sturen het later.
   *[other] { $count } berichten wachten nog. Wij sturen ze later.
}
status-title = Is alles verstuurd?
status-yes = Ja. Alles is verstuurd.
status-wait = { $count ->
    [one] 1 bericht wacht nog.
   *[other] { $count } berichten wachten nog.
}
status-wait-how = { $count ->
    [one] Wij sturen het zodra het kan.
   *[other] Wij sturen ze zodra het kan.
}
status-no-connection = Er is nu geen verbinding.
status-last = Laatst bijgewerkt: { $when }
status-never = Nog niet bijgewerkt.
status-clock-ahead = { $count ->
    [one] De klok loopt 1 dag voor. Zet de klok goed.
   *[other] De klok loopt { $count } dagen voor. Zet de klok goed.
}
status-clock-behind = { $count ->
    [one] De klok loopt 1 dag achter. Zet de klok goed.
   *[other] De klok loopt { $count } dagen achter. Zet de klok goed.
}

## Making an alert
report-danger = Is er nu gevaar? Bel eerst 112.
report-call-first = Bel eerst 112.
report-what = Wat ziet u?
report-where = Waar is het?
report-here = Hier
report-home = Bij mijn huis
report-behaviour = Vertel wat de persoon doet. Niet hoe de persoon eruitziet.
report-note = Vertel wat er gebeurt.
report-note-save = Bewaar deze tekst
report-send = Stuur naar de buurt
report-gets = { $count ->
    [0] De eerste buur krijgt dit.
    [one] 1 buur krijgt dit.
   *[other] { $count } buren krijgen dit.
}
scam-door = Houd de deur dicht.
scam-call = Twijfelt u? Bel 112.
scam-police = De politie komt nooit uw geld of sieraden halen.

## After sending
sent-counting = { $seconds ->
    [one] Uw bericht gaat weg over 1 seconde.
   *[other] Uw bericht gaat weg over { $seconds } seconden.
}
sent-stop = Stop
sent-title = Verstuurd.
sent-withdraw = Neem terug
sent-edit = Verander de tekst
saved-title = Bewaard.
saved-badge = Bewaard
saved-now = Wij sturen het nu.
saved-offline = Er is nu geen verbinding. Wij sturen het zodra het kan.
saved-alone = Uw bericht wacht op de eerste buur. Dan sturen wij het.
saved-no-helper = Uw helper doet niet meer mee. Niemand krijgt dit bericht.
saved-waiting = Een buur laat u eerst toe. Dan sturen wij het.
withdrawn-title = Teruggenomen.
withdrawn-badge = Teruggenomen
withdrawn-own = Uw buren zien dat ook.
withdrawn-own-later = Uw buren zien dat zodra het kan.
withdrawn-line = Teruggenomen door { $name }
called-question = Is 112 gebeld?
called-by-me = Ik heb 112 gebeld
called-not-yet = Nog niet. Bel 112.
called-yes = 112 is gebeld
called-no = Niemand heeft 112 gebeld
edit-title = Verander uw tekst

## An alert
from-number = Van { $name }, nummer { $number }
from-name = Van { $name }
from-me = Van u
person-number = { $name }, nummer { $number }
person-nameless = Buur
person-when = { $name }, { $when }
detail-question = Wat doet u?
detail-answer = Uw antwoord
detail-change = Verander
detail-safe = Blijf zelf veilig. Ga niet achter iemand aan.
detail-happened = Wat is er gebeurd
detail-open = Open
detail-versions = { $count ->
    [2] Twee versies
   *[other] { $count } versies
}
path-sent = Verstuurd
path-sent-by = Verstuurd door { $name }
path-seen = { $count ->
    [0] Gezien
    [one] Gezien door 1 buur
   *[other] Gezien door { $count } buren
}
answer-see = Ik zie het ook
answer-come = Ik kom kijken
answer-cannot = Ik kan niet
answer-call = Ik bel u
answered-see = { $name } ziet het ook
answered-come = { $name } komt kijken
answered-cannot = { $name } kan niet
answered-call = { $name } belt u
answered-see-me = U ziet het ook
answered-come-me = U komt kijken
answered-cannot-me = U kunt niet
answered-call-me = U belt
answered-see-many = { $count } buren zien het ook
answered-come-many = { $count } buren komen

## Letters: one neighbour asks another for help
letter-ask = Vraag { $name } om hulp
letter-only = Alleen { $name } krijgt dit.
letter-asks = { $name } vraagt om hulp
letter-what = Iemand aan de deur.
letter-come = Ik kom
letter-answered-come = { $name } komt
letter-withdrawn = { $name } ziet dat ook.

## Taking an alert away for ever
erase-open = Verwijder voor altijd
erase-title = Moet deze melding echt weg?
erase-letter-title = Moet dit bericht echt weg?
erase-hidden = Uw buren zien de melding dan niet meer.
erase-letter-hidden = { $name } ziet het bericht dan niet meer.
erase-author = Ook { $name } ziet de melding dan niet meer.
erase-week = Een telefoon die dit hoort, wist het na een week.
erase-never = Wat weg is, komt nooit meer terug.
erase-keep = De melding blijft staan
erase-act = Verwijder de melding
erase-letter-keep = Het bericht blijft staan
erase-letter-act = Verwijder het bericht
erased-title = Verwijderd.
erased-here = U ziet het hier niet meer.
erased-others = Bij uw buren verdwijnt het ook.
erased-others-later = Bij uw buren verdwijnt het zodra het kan.
erased-letter = Bij uw helper verdwijnt het ook.
erased-letter-later = Bij uw helper verdwijnt het zodra het kan.

## Kinds; .sees is a whole sentence
kind-break-in = Iemand wil naar binnen
    .sees = U ziet: iemand wil naar binnen.
kind-fire = Brand of rook
    .sees = U ziet: brand of rook.
kind-help = Iemand heeft hulp nodig
    .sees = U ziet: iemand heeft hulp nodig.
kind-behaviour = Iemand doet raar
    .sees = U ziet: iemand doet raar.
kind-doorstep-scam = Iemand aan de deur die u niet vertrouwt
    .sees = U ziet: iemand aan de deur.
kind-vehicle = Een auto of fiets
    .sees = U ziet: een auto of fiets.

## Roles
role-resident = buur
role-wijkagent = wijkagent
role-patrol = loopt mee
role-trustee = vertrouwde buur
role-coordinator = coördinator

## Places
place-near-number = { $street }, bij { $number }

## Settings
settings-title = Wat wilt u anders?
settings-letters = Letters
settings-language = Taal
settings-simplified = Eenvoudig gebruik
settings-full = Uitgebreid gebruik
settings-dark = Donker scherm
settings-light = Licht scherm
settings-read-aloud = Lees elk scherm voor
settings-read-aloud-off = Lees alleen voor als ik druk
settings-practise = Doe een oefening
letters-title = Is deze tekst groot genoeg?
letters-sample = Iemand wil naar binnen. Bel eerst 112.
letters-normal = Gewoon
letters-large = Groot
letters-huge = Heel groot
language-title = Kies uw taal
language-nl = Nederlands
language-en = English

## Coming in by two scans
card-title = Laat deze code zien.
card-how = Eerst scant uw buur deze code.
card-scan = Scan nu de code
code-card-label = De code van uw telefoon
code-answer-label = Het antwoord voor de nieuwe buur
code-none = Er is nu geen code. Ga terug.
scan-title = Scan de code van uw buur.
scan-label = Wat uw telefoon ziet
scan-searching = Houd de code voor de telefoon.
scan-blind = Hier werkt de camera niet. Vraag een buur om hulp.
scan-take = Scan de code van
scan-written = Of plak hier een code.
scan-use = Neem deze code
let-in-title = Kent u deze nieuwe buur?
let-in-know = Laat alleen toe wie u kent.
let-in-resident = Laat toe als buur
let-in-patrol = Laat toe voor de ronde
let-in-trustee = Laat toe als vertrouwde buur
let-in-unknown = Ik ken deze buur niet
let-in-link = Dit is mijn tweede telefoon
let-in-replace-title = Is dit de nieuwe telefoon?
let-in-replace = Zet deze telefoon in de plaats
answer-title = Laat nu deze code zien.
answer-how = Uw nieuwe buur scant deze code.
answer-again = Deze buur doet al mee.
scan-absent = Mijn buur is niet hier
invitation-title = Geef deze code aan uw buur.
invitation-how = De code werkt voor één buur.
invitation-revoke = Neem de code terug
code-invitation-label = De code voor een nieuwe buur
answer-done = Klaar
