# Words of the command line.

## Beginning and joining
cli-new-done = U begint de buurt { $street }.
cli-new-registered = De postbus weet het.
cli-new-next = Nodig nu een buur uit met: ratel invite
cli-relay-later = De postbus is er niet. Probeer later: ratel sync
cli-invite-use = Geef deze code aan één buur. De code werkt één keer.
cli-invite-ready = De postbus kent de code. Laat de buur nu meedoen.
cli-invite-later = De postbus kent de code nog niet. Doe eerst: ratel sync
cli-invite-revoked = Niemand komt nog binnen met deze code.
cli-card-next = Geef deze code aan een coördinator. Die geeft u een antwoord.
cli-answer-next = Geef deze code aan uw nieuwe buur. Die doet: ratel join CODE
cli-replace-sign = Een tweede tekent met: ratel cosign CODE. Doe daarna: ratel admit CODE --again
cli-join-in = U doet mee. U kunt nu melden.
cli-join-known = De postbus kent u nu.
cli-join-waiting = Bijna klaar. Een coördinator moet u nog toelaten.
cli-join-asked = Uw vraag is verstuurd. Kijk later met: ratel sync

## Alerts
cli-alert-sent = Verstuurd.
cli-alert-saved = Bewaard. Verstuur het met: ratel sync
cli-alert-draft = Bewaard. Het gaat weg als een buur meedoet.
cli-alert-112 = Is er gevaar? Bel eerst 112.
cli-saved = Bewaard. Verstuur het met: ratel sync
cli-erased = Verwijderd. Verstuur het met: ratel sync
cli-alerts-none = Het is rustig. Er zijn geen meldingen.
cli-notes-none = Er is nog niets opgeschreven.
cli-state-open = open
cli-state-withdrawn = teruggenomen
cli-state-draft = wacht op een buur
cli-state-saved = bewaard
cli-state-sent = verstuurd
cli-two-versions = Er zijn twee versies van de tekst.
cli-seen-by =
    { $count ->
        [one] Gezien door 1 buur.
       *[other] Gezien door { $count } buren.
    }

## This phone
cli-status-outside = U hoort nog bij geen buurt. Begin met: ratel join
cli-status-alone = { $name }, { $street }. Er is nog geen buur bij.
cli-status-member =
    { $name }, { $street }. { $others ->
        [one] Er is 1 buur bij.
       *[other] Er zijn { $others } buren bij.
    }
cli-status-removed = U hoort niet meer bij deze buurt. Vraag de coördinator.
cli-status-all-sent = Alles is verstuurd.
cli-status-waiting =
    { $count ->
        [one] 1 bericht wacht nog.
       *[other] { $count } berichten wachten nog.
    }
cli-sync-done = Klaar. Verstuurd: { $pushed }. Gekregen: { $pulled }.
cli-sync-watching = Ratel let nu op. Stop met Ctrl+C.
cli-rebuilt = Alles is opnieuw gemaakt uit de brieven.
cli-serve-ready = Uw telefoon staat klaar. Stop met Ctrl+C.

## What was set aside
cli-received = Ontvangen.
cli-received-waiting = Ontvangen. Er mist nog een sleutel of een brief.
cli-received-known = Deze brief was er al.
cli-aside-none = Er staat niets apart.
cli-aside-follows = een antwoord of wijziging
cli-aside-not-member = doet niet meer mee
cli-aside-role = past niet bij de taak
cli-aside-charter = past niet bij onze afspraken
cli-status-aside =
    { $count ->
        [one] 1 bericht staat apart. Kijk met: ratel aside
       *[other] { $count } berichten staan apart. Kijk met: ratel aside
    }

## Agreements
cli-member-vouched = binnengelaten door { $name }
cli-member-not-met = nog niet ontmoet
cli-left = U doet niet meer mee.
cli-sign-nothing = Niets wacht op uw naam.
cli-sign-next = Laat de volgende tekenen met: ratel cosign
cli-charter-group = Nummer van deze straat: { $group }
cli-charter-version = Versie { $version }, van { $name }.
cli-charter-first = Dit geldt zodra de eerste buur meedoet.
cli-charter-allowed = Mag gemeld worden: { $kind }
cli-charter-reserved = Meldt alleen het team: { $kind }
cli-charter-quiet = Van { $from } tot { $to } klinkt alleen gevaar.
cli-charter-not-quiet = Er zijn geen stille uren.
cli-charter-alert-days =
    { $count ->
        [one] Een melding blijft 1 dag.
       *[other] Een melding blijft { $count } dagen.
    }
cli-charter-police-yes = De wijkagent leest de straat mee.
cli-charter-police-later = De wijkagent leest mee als de politie tekent.
cli-charter-police-no = De wijkagent leest de straat niet mee.
cli-charter-signed = Getekend: { $party }, sleutel { $key }
cli-charter-unsigned = Niet goed getekend: { $party }, sleutel { $key }
cli-charter-provisional = Voorlopig. De gemeente heeft nog niet getekend.
cli-charter-other = Er is nog een versie. Kies met: ratel charter sign { $version }
cli-party-police = politie
cli-party-municipality = gemeente
cli-party-other = andere partij
cli-cannot-read = { $file } kan niet gelezen worden. Kies een ander bestand.

## What happened, and the one thing to do now
cli-no-home = Er is geen vaste map. Kies een map met --data.
cli-no-phone = In { $folder } staat geen telefoon. Begin met: ratel join
cli-not-loopback = { $address } is niet deze computer. Kies 127.0.0.1.
cli-port-in-use = { $address } is al bezet. Kies een andere poort.
cli-cannot-listen = { $address } kan hier niet. Kies 127.0.0.1:0.
cli-relay-broken = De postbus in { $folder } start niet. Kies een andere map met --data.
cli-street-foreign = In { $folder } staat iets anders. Kies een andere map.
cli-street-busy = De straat in { $folder } is al open. Sluit die eerst.
cli-street-stuck = De buren vinden elkaar niet. Begin opnieuw met --fresh.
cli-doctor-problem = Er is iets mis in { $folder }. Doe eerst: ratel rebuild
