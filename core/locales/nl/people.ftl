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
    [one] Wijkagent { $name } leest alle meldingen.
   *[other] Wijkagenten { $name } lezen alle meldingen.
}
police-apart = { $count ->
    [one] Wijkagent { $name } leest uw meldingen niet.
   *[other] Wijkagenten { $name } lezen uw meldingen niet.
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
member-vouched = Toegelaten door { $name }, { $day }
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
news-many = Er is iets veranderd: { $count } dingen
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
change-charter = De afspraken zijn veranderd.
change-relay = De postbus van de buurt is verhuisd.
change-recovered = Buren kozen een nieuwe coördinator: { $name }.
change-kept = Oude berichten blijven bewaard.
