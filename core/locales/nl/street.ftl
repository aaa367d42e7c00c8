# The page of the street: houses, switches on the pavement, and the post box.
street-title = Ratel
street-lead = Drie buren. Drie telefoons. Eén straat.
street-lead-own = Uw straat op uw scherm.
street-how-report = Tik bij Ria op Melden.
street-how-see = Kijk wie het ziet.
street-how-unplug = Trek de stekker eruit. Niets raakt kwijt.
street-about-ria = 82 jaar, eenvoudig
street-about-ahmed = loopt rondes
street-about-fatma = coördinator
street-about-newcomer = wil meedoen
street-newcomer = Nieuwe buur
street-internet = Internet
street-letters = Letters
street-language = Taal
street-language-nl = Nederlands
street-language-en = English
street-theme = Scherm
street-theme-light = Licht
street-theme-dark = Donker
street-mode = Gebruik
street-mode-simplified = Eenvoudig
street-mode-full = Uitgebreid
street-plug = Stekker
street-dial-title = Bel 112
street-dial-text = Op een telefoon kunt u nu bellen. Deze bladzijde belt zelf niet.
street-dial-close = Sluit
street-lost = Ratel is gestopt. Start Ratel opnieuw.
street-log = Wat vraagt een telefoon?
street-locked = Dit adres is niet compleet. Open het hele adres.
street-foreign = Deze bladzijde mag hier niet bij. Open het eigen adres.

## The post box, as the relay shows itself
street-relay-name = Postbus
street-relay-title = Wat weet de postbus?
street-relay-lead = Alleen dichte brieven.
street-relay-letter = brief
street-relay-size = maat
street-relay-time = tijd
street-relay-bytes = { $count } bytes
street-relay-no-name = Geen naam
street-relay-no-street = Geen straat
street-relay-no-text = Geen tekst

## What the terminal says while the street starts and stops
street-starts = De straat start. Alles staat in { $folder }.
street-starts-relay = De postbus start.
street-starts-phones = De drie telefoons starten.
street-starts-founding = Fatma begint de buurt.
street-starts-joining = { $name } doet mee.
street-ready = De straat is klaar. Stop met Ctrl+C.
street-stops = De straat is gestopt. Alles is bewaard.
