# Who takes part, who may do what, and what has changed about that. The same rules of language as for the screens.

## Who takes part
home-street = Mijn buurt
people-title = Wie doet mee?
people-more = Meer buren
people-all = Alle buren
people-and = { $first } en { $last }
people-count = { $count ->
    [0] U bent nog alleen.
    [one] U en 1 buur doen mee.
   *[other] U en { $count } buren doen mee.
}
people-new-ask = Komt er een nieuwe buur? Vraag { $name }.

## The police; this card is always true
police-yes = Doet de politie mee? Ja.
police-no = Doet de politie mee? Nee.
police-no-how = De politie leest niet mee. Bel 112 of 0900-8844.
police-reads = { $count ->
    [one] { $name } is van de politie. { $name } leest elke melding.
   *[other] { $name } zijn van de politie. Zij lezen elke melding.
}
police-apart = { $count ->
    [one] { $name } is van de politie. { $name } leest uw meldingen niet.
   *[other] { $name } zijn van de politie. Zij lezen uw meldingen niet.
}
police-call = Is er gevaar? Bel 112.
police-not-always = { $count ->
    [one] { $name } is hier niet altijd.
   *[other] Zij zijn hier niet altijd.
}
police-since = Dit is zo sinds { $day }.
police-fake = De politie komt nooit uw geld of sieraden halen. Twijfelt u? Bel 112.
police-line-yes = De politie leest mee.
police-line-no = De politie leest niet mee.

## One neighbour
member-me = dit bent u
member-my-helper = mijn helper
member-not-met = nog niet gezien
member-vouched = Mag meedoen van { $name } sinds { $day }
member-since = Doet mee sinds { $day }
member-until = { $role } tot en met { $day }
member-phones = { $count ->
    [one] Heeft 1 telefoon.
   *[other] Heeft { $count } telefoons.
}
does-resident = Een buur leest en stuurt meldingen.
does-wijkagent = Een wijkagent is van de politie.
does-patrol = Loopt rondes door de straat.
does-trustee = Tekent mee als er iets groots verandert.
does-coordinator = Laat nieuwe buren toe en zorgt voor de afspraken.

## What has changed
changes-title = Wat is er veranderd?
changes-open = Wat is er veranderd
changes-none = Er is nog niets veranderd.
changes-older = Wat eerder was
news-admitted = Nieuw in de buurt: { $name }
news-many = { $count } dingen zijn veranderd
change-you = u
change-by = Door { $name }
change-by-two = Door { $name }, samen met { $other }
change-reason = Waarom: { $reason }
change-began = De buurt is begonnen.
change-admitted = { $name } doet nu mee.
change-admitted-you = U doet nu mee.
change-role = Nieuwe taak van { $name }: { $role }.
change-role-you = Uw nieuwe taak: { $role }.
change-role-none = { $name } is nu gewoon buur.
change-role-none-you = U bent nu gewoon buur.
change-removed = { $name } doet niet meer mee.
change-removed-you = U doet niet meer mee.
change-left = { $name } is zelf gestopt.
change-replaced = { $name } heeft een nieuwe telefoon.
change-replaced-you = U heeft een nieuwe telefoon.
change-linked = { $name } heeft er een telefoon bij.
change-linked-you = U heeft er een telefoon bij.
change-helper = { $name } helpt nu een buur.
change-helper-you = U helpt nu een buur.
change-helper-none = Een buur heeft geen helper meer.
change-charter = Er zijn nieuwe afspraken.
change-relay = De postbus van de buurt is verhuisd.
change-recovered = De buren kozen { $name }. { $name } zorgt nu voor de straat.
change-recovered-you = De buren kozen u. U zorgt nu voor de straat.
change-kept = Wat iemand al schreef, blijft staan.

## What a coordinator can do
people-new = Nieuwe buur
member-met = Ik heb deze buur gezien
member-role = Geef een taak
member-replace = Nieuwe telefoon
member-replace-of = Nieuwe telefoon voor { $name }
member-remove = Haal uit de buurt
roles-title = Welke taak krijgt { $name }?
roles-two = Voor de laatste twee taken tekent u samen.
roles-police = Eerst tekent de politie. Dan kan er een wijkagent bij.
remove-why = Waarom gaat { $name } weg?
remove-who-reads = Dit leest alleen wie de straat regelt.
remove-moved = Verhuisd
remove-rules = Doet niet wat wij afspraken
remove-stranger = Dit is geen buur
remove-lost = De telefoon is weg
remove-untold = Ik zeg niet waarom
remove-tell = Of schrijf waarom.
remove-next = Ga verder
remove-title = Gaat { $name } weg uit de buurt?
remove-reads = { $name } leest geen nieuwe berichten meer.
remove-stays = Wat { $name } al schreef, blijft staan.
remove-shown = Alle buren zien dat { $name } weg is.
remove-keep = { $name } blijft
remove-act = Haal { $name } weg
act-two = Een tweede persoon moet ook tekenen.
home-second-coordinator = Kies er nog een coördinator bij. Een telefoon gaat wel eens stuk.
home-second-trustee = Kies er nog een vertrouwde buur bij. Een telefoon gaat wel eens stuk.

## Stopping
leave-open = Ik stop met deze buurt
leave-title = Wilt u stoppen met deze buurt?
leave-reads = U leest dan geen berichten meer.
leave-stays = Wat u al schreef, blijft staan.
leave-again = U kunt later weer meedoen. Vraag het een buur.
leave-stay = Ik blijf
leave-act = Ik stop

## The helper
settings-helper = Mijn helper
helper-title = Wie is uw helper?
helper-does = Is uw telefoon weg? Dan helpt uw helper.
helper-reads = Uw helper leest niet wat van u alleen is.
helper-none = Ik kies niemand

## The agreements
charter-open = Onze afspraken
charter-title = Wat spraken wij af?
charter-provisional = Dit is voorlopig. De gemeente tekende nog niet.
charter-two = Er zijn twee versies. Een coördinator moet kiezen.
charter-kinds = Dit melden wij
charter-not = Dit melden wij niet
charter-more = Dit geldt ook
charter-only-few = alleen wie een ronde loopt
charter-loud = Een melding maakt altijd geluid.
charter-quiet = Stil vanaf { $begin }. Geluid vanaf { $end }. Gevaar hoort u altijd.
charter-police-yes = De politie mag elke melding lezen.
charter-police-no = De politie leest niet mee.
charter-police-wait = Eerst moet de politie tekenen.
charter-since = Getekend door { $name }, { $day }
charter-change = Verander de afspraken
charter-renew = Kies de andere versie
charter-edit-title = Verander de afspraken
charter-press = Druk op wat u wilt veranderen.
charter-all = { $kind }: iedereen meldt dit
charter-few = { $kind }: alleen wie een ronde loopt
charter-nobody = { $kind }: dit melden wij niet
charter-quiet-on = Het is stil in de avond en nacht.
charter-quiet-off = Een melding maakt altijd geluid.
charter-told = Alle buren zien de nieuwe afspraken.
charter-sign = Zet mijn naam eronder
partner-police = De politie heeft al ja gezegd.
partner-police-unsigned = De politie zei nog geen ja.
partner-municipality = De gemeente heeft al ja gezegd.
partner-municipality-unsigned = De gemeente zei nog geen ja.
partner-other = Nog iemand anders zei ja.
partner-other-unsigned = Iemand anders zei nog geen ja.

## A second signature
sign-second = Laat een ander ook tekenen
sign-code-label = Code voor nog een buur
sign-from-afar = Deze code is te groot. Een ander tekent van ver.
sign-how = Laat deze code zien aan een vertrouwde buur.
sign-done = Klaar
sign-title = Tekent u mee?
sign-signed = { $name } zei al ja.
sign-not = Ik doe dit niet
sign-act = Zet mijn naam eronder
sign-waits = Dit wacht op een ander
sign-asked = { $count ->
    [one] { $name } vraagt: teken mee
   *[other] { $name } vragen: teken mee
}
sign-removed = { $name } gaat weg uit de buurt.
sign-replaced = { $name } krijgt een nieuwe telefoon.
sign-kept = De nieuwe telefoon van { $name } klopt.
sign-role = Er komt een nieuwe taak voor { $name }: { $role }.
people-scan = Scan een code

## What the team writes down
team-open = Van het team
team-title = Wat schreef het team?
team-only = Alleen het team leest dit.
team-none = Het team schreef nog niets.
team-write = Schrijf voor het team
team-full-use = Schrijven kan bij uitgebreid gebruik.
team-write-title = Wat wilt u het team vertellen?
team-send = Stuur naar het team

## Another place for the letters
settings-relay = Verhuis de postbus
postbox-title = Waar komt de postbus?
postbox-what = De postbus bewaart berichten. De postbus leest ze niet.
postbox-now = Nu staat de postbus hier:
postbox-type = Schrijf hier het nieuwe adres.
postbox-right = Klopt dit adres?
postbox-all = Elke telefoon gaat mee naar dit adres.
postbox-former = Zij kijken nog 30 dagen bij de oude postbus.
postbox-told = Alle buren zien dat de postbus is verhuisd.
postbox-stays = De postbus blijft staan
postbox-act = Verhuis de postbus

## Nobody coordinates any more
recover-nobody = Niemand regelt de straat nu
recover-few = Niemand regelt de straat. U bent met te weinig om te kiezen. Begin samen opnieuw.
recover-choose = Kies samen wie dat gaat doen
recover-open = Kies wie de straat regelt
recover-title = Wie gaat de straat regelen?
recover-when = Dit doet u als niemand de straat meer regelt.
recover-needs = { $count } buren zetten hun naam. U bent de eerste.
recover-stays = Niemand gaat weg uit de buurt.
recover-then = Daarna komen er weer nieuwe buren bij.
recover-chosen = U kiest { $name }.
recover-most = Kies er niet meer dan drie.
recover-signed = { $signed } van { $needed } buren zeiden al ja.
sign-recovered = { $count ->
    [one] { $name } gaat de straat regelen.
   *[other] { $name } gaan de straat regelen.
}
sign-recovered-you = U gaat de straat regelen.
recover-afar = Met internet zien buren het ook zelf.
recover-enough = Genoeg buren zeiden ja
recover-finish = Maak het af
sign-how-any = Laat deze code zien aan nog een buur.

## Long silent
lapse-open = Lang niets gehoord
lapse-title = Van wie hoorden wij lang niets?
lapse-when = Van deze buren kwam al drie maanden niets.
lapse-choose = Druk op wie niet meer meedoet.
lapse-nobody = Niemand staat op deze lijst.
lapse-heard = Het laatst gehoord: { $day }
lapse-all = Kies iedereen
lapse-chosen = { $count ->
    [one] U kiest { $name }.
   *[other] U kiest { $count } buren.
}
lapse-sure = { $count ->
    [one] Gaat { $name } weg uit de buurt?
   *[other] Gaan { $count } buren weg uit de buurt?
}
lapse-more = En nog { $count }
lapse-reads = { $count ->
    [one] { $name } leest geen nieuwe berichten meer.
   *[other] Zij lezen geen nieuwe berichten meer.
}
lapse-stays = { $count ->
    [one] Wat { $name } al schreef, blijft staan.
   *[other] Wat zij al schreven, blijft staan.
}
lapse-again = { $count ->
    [one] { $name } kan later weer meedoen.
   *[other] Zij kunnen later weer meedoen.
}
lapse-keep = { $count ->
    [one] { $name } blijft
   *[other] Zij blijven
}
lapse-act = { $count ->
    [one] Haal { $name } weg
   *[other] Haal { $count } buren weg
}

## Until which day
member-badge = Kies een laatste dag
member-past = De laatste dag als { $role } is geweest.
badge-title = Hoe lang is { $name } { $role }?
badge-after = Daarna zien buren hier een gewone buur.
badge-month = Een maand, tot en met { $day }
badge-quarter = Drie maanden, tot en met { $day }
badge-half = Een half jaar, tot en met { $day }
badge-year = Een jaar, tot en met { $day }
badge-open = Geen laatste dag
change-until = Tot en met { $day }
home-badge-past = De laatste dag van uw taak is geweest. De coördinator kan een nieuwe dag kiezen.

## An official who stopped
leave-official = Daarna tekenen twee anderen nog dat u weg bent.
leave-last = Dan regelt niemand de straat meer. Kies eerst een ander.
left-asked = Teken mee dat iemand stopt
left-why = Die telefoon regelt hier dan niets meer.
