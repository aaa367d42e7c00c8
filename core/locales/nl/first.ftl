# The first run: one question a screen.
first-next = Verder
first-language = Kies uw taal
first-letters = Is deze tekst groot genoeg?
first-read-aloud = Zullen wij voorlezen?
first-read-aloud-how = Boven ziet u altijd: Lees voor.
first-read-aloud-on = Lees elk scherm voor
first-read-aloud-off = Ik druk zelf op Lees voor
first-name = Hoe heet u?
first-name-label = Uw voornaam. U mag dit leeg laten.
first-name-keep = Bewaar mijn naam
first-name-shown = Uw buren zien: { $name }

## Meeting a neighbour
first-code = Doe mee met uw buurt
first-code-how = Ga naar een buur die al meedoet.
first-code-show = Laat mijn code zien
first-code-paper = Ik heb een code op papier
first-code-none = Ik heb geen code
first-no-code = Wat wilt u doen?
first-no-code-how = Vraag een buur die al meedoet. Of vraag uw gemeente.
first-no-code-begin = Begin zelf een buurt
first-no-code-later = Ga verder zonder code

## Beginning a neighbourhood
first-street = Begin een buurt
first-street-how = U wacht op niemand. Uw buren komen er straks bij.
first-street-first = De eerste buur helpt u met besluiten.
first-street-label = Hoe heet uw straat?
first-street-keep = Bewaar deze naam
first-street-nameless = Onze straat
first-street-shown = Uw buurt heet: { $street }
first-street-begin = Begin deze buurt
first-agreements = Wat spreekt u af?
first-agreements-few = Alleen inbraak en brand
first-agreements-all = Alles wat u ziet
first-agreements-quiet = Alles, maar 's avonds zacht
first-agreements-later = U kunt dit later veranderen.

## Four agreements
first-agreement = Afspraak { $count } van { $others }
first-agree = Dat doe ik
first-danger = Is er gevaar? Bel eerst 112.
first-danger-why = Vertel het daarna aan uw buren.
first-behaviour = Vertel wat iemand doet.
first-behaviour-why = Niet hoe iemand eruitziet.
first-follow = Ga nooit zelf achter iemand aan.
first-follow-why = Blijf zelf veilig.
first-photo = Deel geen foto van een persoon.
first-photo-why = Zoeken is werk voor de politie.

## What the phone asks
first-ask = Vraag het mij
first-not-now = Nu niet
first-notifications = Mag Ratel u roepen?
first-notifications-why = Dan hoort u het als een buur iets ziet.
first-camera = Mag Ratel door de camera kijken?
first-camera-why = Alleen om een code te scannen.
first-position = Mag Ratel weten waar u bent?
first-position-why = Alleen als u zelf iets meldt.

## The end
first-practise = Doe nu een oefening
first-practise-how = Uw buren zien dat het een oefening is.
first-practise-begin = Begin de oefening
first-practise-later = Ik doe dit later
first-ready = U bent klaar.
first-end = Naar het eerste scherm
