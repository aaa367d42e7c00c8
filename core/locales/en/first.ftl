# The first run: one question a screen.
first-next = Next
first-language = Choose your language
first-letters = Is this text large enough?
first-read-aloud = Shall we read aloud?
first-read-aloud-how = At the top you always see: Read aloud.
first-read-aloud-on = Read every screen aloud
first-read-aloud-off = I press Read aloud myself
first-name = What is your name?
first-name-label = Your first name. You may leave this empty.
first-name-keep = Keep my name
first-name-shown = Your neighbours see: { $name }

## Meeting a neighbour
first-code = Take part in your neighbourhood
first-code-how = Go to a neighbour who takes part.
first-code-show = Show my code
first-code-paper = I have a code on paper
first-code-none = I have no code
first-no-code = What do you want to do?
first-no-code-how = Ask a neighbour who takes part. Or ask your town.
first-no-code-begin = Begin a neighbourhood myself
first-no-code-later = Go on without a code

## Beginning a neighbourhood
first-street = Begin a neighbourhood
first-street-how = You wait for nobody. Your neighbours come in later.
first-street-first = The first neighbour helps you to decide.
first-street-label = What is your street called?
first-street-keep = Keep this name
first-street-nameless = Our street
first-street-shown = Your neighbourhood is called: { $street }
first-street-begin = Begin this neighbourhood
first-agreements = What do you agree on?
first-agreements-few = Only break-ins and fire
first-agreements-all = Everything that you see
first-agreements-quiet = Everything, but softly in the evening
first-agreements-later = You can change this later.

## Four agreements
first-agreement = Agreement { $count } of { $others }
first-agree = I will do that
first-danger = Is there danger? Call 112 first.
first-danger-why = Tell your neighbours after that.
first-behaviour = Tell what somebody does.
first-behaviour-why = Not what somebody looks like.
first-follow = Never follow anybody yourself.
first-follow-why = Stay safe yourself.
first-photo = Share no photo of a person.
first-photo-why = To search is the work of the police.

## What the phone asks
first-ask = Ask me
first-not-now = Not now
first-notifications = May Ratel call you?
first-notifications-why = Then you hear it when a neighbour sees something.
first-camera = May Ratel look for a moment?
first-camera-why = Only to scan a code.
first-position = May Ratel know where you are?
first-position-why = Only when you report something yourself.

## The end
first-practise = Do a practice alert now
first-practise-how = Your neighbours see that it is practice.
first-practise-begin = Begin the practice
first-practise-later = I practise later
first-ready = You are ready.
first-end = To the first screen
