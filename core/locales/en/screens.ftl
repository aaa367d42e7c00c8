# Words of the screens. Plain English: at most ten words a sentence, one thought a sentence.
# An attribute .spoken is what reading aloud says instead of the written words.

## Fixed places
bar-back = Back
bar-settings = Settings
bar-speak = Read aloud
bar-no-voice = This phone cannot read aloud now.
call = Call 112
    .spoken = Is there danger? Call 112.
sound-off = sound off
alarm-notice = A neighbour reported something.
practice-spoken = practice
practice-badge = practice
practice-line = This is practice.

## Home
home-title = What do you want to do?
home-title-full = Your street
home-report = Report
    .spoken = Report. Tell your neighbours what you see.
home-look = Look
home-more = { $count ->
    [one] 1 more report
   *[other] { $count } more reports
}
home-quiet = All is quiet.
home-alone = You are still alone. Your message waits for the first neighbour.
home-waiting = You wait for your street. A neighbour lets you in soon.
home-spent = This code does not work now. Ask your neighbour.
home-outside = You are in no street yet. Ask a neighbour for a code.
home-removed = You are no longer part of this. Ask a neighbour for help.
home-show-code = Show my code
home-let-in = Let a neighbour in
home-come = { $count ->
    [one] 1 comes
   *[other] { $count } come
}
alerts-title = What happened?

## The status line and its screen
status-sent = Everything is sent.
status-offline = Everything is sent. There is no connection now.
status-waiting = { $count ->
    [one] 1 message still waits. We send it later.
   *[other] { $count } messages still wait. We send them later.
}
status-title = Is everything sent?
status-yes = Yes. Everything is sent.
status-wait = { $count ->
    [one] 1 message still waits.
   *[other] { $count } messages still wait.
}
status-wait-how = { $count ->
    [one] We send it as soon as we can.
   *[other] We send them as soon as we can.
}
status-no-connection = There is no connection now.
status-last = Last updated: { $when }
status-never = Not updated yet.
status-clock-ahead = { $count ->
    [one] The clock is 1 day ahead. Set the clock.
   *[other] The clock is { $count } days ahead. Set the clock.
}
status-clock-behind = { $count ->
    [one] The clock is 1 day behind. Set the clock.
   *[other] The clock is { $count } days behind. Set the clock.
}

## Making an alert
report-danger = Is there danger now? First call 112.
report-call-first = First call 112.
report-what = What do you see?
report-where = Where is it?
report-here = Here
report-home = At my house
report-behaviour = Tell what the person does. Not how the person looks.
report-note = Tell what happens.
report-note-save = Keep this text
report-send = Send to the street
report-gets = { $count ->
    [0] The first neighbour gets this.
    [one] 1 neighbour gets this.
   *[other] { $count } neighbours get this.
}
scam-door = Keep the door closed.
scam-call = Not sure? Call 112.
scam-police = The police never come for your money or jewels.

## After sending
sent-counting = { $seconds ->
    [one] Your message goes out in 1 second.
   *[other] Your message goes out in { $seconds } seconds.
}
sent-stop = Stop
sent-title = Sent.
sent-withdraw = Take it back
sent-edit = Change the text
saved-title = Saved.
saved-badge = Saved
saved-now = We send it now.
saved-offline = There is no connection now. We send it when we can.
saved-alone = Your message waits for the first neighbour. Then we send it.
saved-no-helper = Your helper no longer takes part. Nobody gets this message.
saved-waiting = First a neighbour lets you in. Then we send it.
withdrawn-title = Taken back.
withdrawn-badge = Taken back
withdrawn-own = Your neighbours see that too.
withdrawn-own-later = Your neighbours see that when we can.
withdrawn-line = Taken back by { $name }
called-question = Did anyone call 112?
called-by-me = I called 112
called-not-yet = Not yet. Call 112.
called-yes = Someone called 112
called-no = Nobody called 112
edit-title = Change your text

## An alert
from-number = From { $name }, number { $number }
from-name = From { $name }
from-me = From you
person-number = { $name }, number { $number }
person-nameless = Neighbour
person-when = { $name }, { $when }
detail-question = What do you do?
detail-answer = Your answer
detail-change = Change
detail-safe = Stay safe. Do not go after anyone.
detail-happened = What happened
detail-open = Open
detail-versions = { $count ->
    [2] Two versions
   *[other] { $count } versions
}
path-sent = Sent
path-sent-by = Sent by { $name }
path-seen = { $count ->
    [0] Seen
    [one] Seen by 1 neighbour
   *[other] Seen by { $count } neighbours
}
answer-see = I see it too
answer-come = I come and look
answer-cannot = I cannot
answer-call = I will call you
answered-see = { $name } sees it too
answered-come = { $name } comes to look
answered-cannot = { $name } cannot
answered-call = { $name } will call you
answered-see-me = You see it too
answered-come-me = You come to look
answered-cannot-me = You cannot
answered-call-me = You will call
answered-see-many = { $count } neighbours see it too
answered-come-many = { $count } neighbours come

## Letters: one neighbour asks another for help
letter-ask = Ask { $name } for help
letter-only = Only { $name } gets this.
letter-asks = { $name } asks for help
letter-what = Somebody is at the door.
letter-come = I am coming
letter-answered-come = { $name } is coming
letter-withdrawn = { $name } sees that too.

## Taking an alert away for ever
erase-open = Remove for ever
erase-title = Must this report really go?
erase-letter-title = Must this message really go?
erase-hidden = Then your neighbours see the report no more.
erase-letter-hidden = Then { $name } sees the message no more.
erase-author = { $name } then sees the report no more either.
erase-week = A phone that hears this wipes it after a week.
erase-never = What is gone never comes back.
erase-keep = The report stays
erase-act = Remove the report
erase-letter-keep = The message stays
erase-letter-act = Remove the message
erased-title = Removed.
erased-here = You see it here no more.
erased-others = It goes away at your neighbours too.
erased-others-later = At your neighbours it goes as soon as it can.
erased-letter = It goes away at your helper too.
erased-letter-later = At your helper it goes as soon as it can.

## Kinds; .sees is a whole sentence
kind-break-in = Someone wants to get in
    .sees = You see: someone wants to get in.
kind-fire = Fire or smoke
    .sees = You see: fire or smoke.
kind-help = Someone needs help
    .sees = You see: someone needs help.
kind-behaviour = Someone acts strangely
    .sees = You see: someone acts strangely.
kind-doorstep-scam = Someone at the door you do not trust
    .sees = You see: someone at the door.
kind-vehicle = A car or bicycle
    .sees = You see: a car or bicycle.

## Roles
role-resident = neighbour
role-wijkagent = local police officer
role-patrol = walks patrols
role-trustee = trusted neighbour
role-coordinator = coordinator

## Places
place-near-number = { $street }, near { $number }

## Settings
settings-title = What do you want to change?
settings-letters = Letters
settings-language = Language
settings-simplified = Simple use
settings-full = Full use
settings-dark = Dark screen
settings-light = Light screen
settings-read-aloud = Read every screen aloud
settings-read-aloud-off = Read aloud only when I press
settings-practise = Do a practice
letters-title = Is this text big enough?
letters-sample = Someone wants to get in. First call 112.
letters-normal = Normal
letters-large = Large
letters-huge = Very large
language-title = Choose your language
language-nl = Nederlands
language-en = English

## Coming in by two scans
card-title = Show this code.
card-how = First your neighbour scans this code.
card-scan = Now scan the code
code-card-label = The code of your phone
code-answer-label = The answer for the new neighbour
code-none = There is no code now. Go back.
scan-title = Scan the code of your neighbour.
scan-label = What your phone sees
scan-searching = Hold the code before the phone.
scan-blind = The camera does not work here. Ask a neighbour for help.
scan-take = Scan the code of
scan-written = Or paste a code here.
scan-use = Take this code
let-in-title = Do you know this new neighbour?
let-in-know = Let in only whom you know.
let-in-resident = Let in as neighbour
let-in-patrol = Let in for the round
let-in-trustee = Let in as trusted neighbour
let-in-unknown = I do not know this neighbour
let-in-link = This is my second phone
let-in-replace-title = Is this the new phone?
let-in-replace = Put this phone in its place
answer-title = Now show this code.
answer-how = Your new neighbour scans this code.
answer-again = This neighbour takes part already.
scan-absent = My neighbour is not here
invitation-title = Give this code to your neighbour.
invitation-how = The code works for one neighbour.
invitation-revoke = Take the code back
code-invitation-label = The code for a new neighbour
answer-done = Done
