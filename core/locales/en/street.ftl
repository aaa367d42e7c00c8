# The page of the street: houses, switches on the pavement, and the post box.
street-title = Ratel
street-lead = Three neighbours. Three phones. One street.
street-lead-own = Your street on your screen.
street-how-report = On Ria's phone, tap Report.
street-how-see = Look who sees it.
street-how-unplug = Pull the plug. Nothing gets lost.
street-about-ria = 82 years old, simple
street-about-ahmed = walks patrols
street-about-fatma = coordinator
street-about-newcomer = wants to take part
street-newcomer = New neighbour
street-internet = Internet
street-letters = Letters
street-language = Language
street-language-nl = Nederlands
street-language-en = English
street-theme = Screen
street-theme-light = Light
street-theme-dark = Dark
street-mode = Use
street-mode-simplified = Simple
street-mode-full = Full
street-plug = Plug
street-dial-title = Call 112
street-dial-text = On a phone you can call now. This page makes no calls.
street-dial-close = Close
street-lost = Ratel has stopped. Start Ratel again.
street-log = What does a phone ask?
street-locked = This address is not complete. Open the whole address.
street-foreign = This page may not come in. Open its own address.

## The post box, as the relay shows itself
street-relay-name = Post box
street-relay-title = What does the post box know?
street-relay-lead = Closed letters only.
street-relay-letter = letter
street-relay-size = size
street-relay-time = time
street-relay-bytes = { $count } bytes
street-relay-no-name = No name
street-relay-no-street = No street
street-relay-no-text = No text

## What the terminal says while the street starts and stops
street-starts = The street starts. Everything is in { $folder }.
street-starts-relay = The post box starts.
street-starts-phones = The three phones start.
street-starts-founding = Fatma begins the neighbourhood.
street-starts-joining = { $name } joins.
street-ready = The street is ready. Stop with Ctrl+C.
street-stops = The street has stopped. Everything is saved.
