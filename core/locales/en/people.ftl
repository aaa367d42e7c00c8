# Who takes part, who may do what, and what has changed about that. The same rules of language as for the screens.

## Who takes part
home-street = My street
people-title = Who takes part?
people-more = More neighbours
people-all = All neighbours
people-and = { $first } and { $last }
people-count = { $count ->
    [0] You are still alone.
    [one] You and 1 neighbour take part.
   *[other] You and { $count } neighbours take part.
}
people-new-ask = Is there a new neighbour? Ask { $name }.

## The police; this card is always true
police-yes = Do the police take part? Yes.
police-no = Do the police take part? No.
police-no-how = The police do not read along. Call 112 or 0900-8844.
police-reads = { $count ->
    [one] { $name } is from the police. { $name } reads every report.
   *[other] { $name } are from the police. They read every report.
}
police-apart = { $count ->
    [one] { $name } is from the police. { $name } does not read your reports.
   *[other] { $name } are from the police. They do not read your reports.
}
police-call = Is there danger? Call 112.
police-not-always = { $count ->
    [one] { $name } is not always here.
   *[other] They are not always here.
}
police-since = This is so since { $day }.
police-fake = Police never come for your money or your jewels. Do you doubt? Call 112.
police-line-yes = The police read along.
police-line-no = The police do not read along.

## One neighbour
member-me = this is you
member-my-helper = my helper
member-not-met = not met yet
member-vouched = May take part, says { $name }, since { $day }
member-since = Takes part since { $day }
member-until = { $role } up to and with { $day }
member-phones = { $count ->
    [one] Has 1 phone.
   *[other] Has { $count } phones.
}
does-resident = A neighbour reads and sends reports.
does-wijkagent = A local officer is from the police.
does-patrol = Walks rounds through the street.
does-trustee = Signs too when something big changes.
does-coordinator = Lets new neighbours in and keeps the rules.

## What has changed
changes-title = What has changed?
changes-open = What has changed
changes-none = Nothing has changed yet.
changes-older = What was before
news-admitted = New in the street: { $name }
news-many = { $count } things have changed
change-you = you
change-by = By { $name }
change-by-two = By { $name }, together with { $other }
change-reason = Why: { $reason }
change-began = The street began.
change-admitted = { $name } takes part now.
change-admitted-you = You take part now.
change-role = New role of { $name }: { $role }.
change-role-you = Your new role: { $role }.
change-role-none = { $name } is a plain neighbour now.
change-role-none-you = You are a plain neighbour now.
change-removed = { $name } takes part no more.
change-removed-you = You take part no more.
change-left = { $name } has stopped.
change-replaced = { $name } has a new phone.
change-replaced-you = You have a new phone.
change-linked = { $name } has one more phone.
change-linked-you = You have one more phone.
change-helper = { $name } now helps a neighbour.
change-helper-you = You now help a neighbour.
change-helper-none = A neighbour has no helper any more.
change-charter = There are new agreements.
change-relay = The post box of the street has moved.
change-recovered = The neighbours chose { $name }. { $name } takes care of the street now.
change-recovered-you = The neighbours chose you. You take care of the street now.
change-kept = What someone wrote before stays.

## What a coordinator can do
people-new = New neighbour
member-met = I have met this neighbour
member-role = Give a role
member-replace = New phone
member-replace-of = New phone for { $name }
member-remove = Take out of the street
roles-title = Which role for { $name }?
roles-two = The last two roles take two people.
roles-police = First the police sign. Then an officer can join.
remove-why = Why does { $name } go?
remove-who-reads = Only a coordinator reads why.
remove-moved = Moved away
remove-rules = Does not do what we agreed
remove-stranger = This is no neighbour
remove-lost = The phone is gone
remove-untold = I do not say why
remove-tell = Or write why.
remove-next = Go on
remove-title = Does { $name } leave the street?
remove-reads = { $name } reads new messages no more.
remove-stays = What { $name } wrote before stays.
remove-shown = All neighbours see that { $name } is gone.
remove-keep = { $name } stays
remove-act = Take { $name } out
act-two = A second person has to sign too.
home-second-coordinator = Choose one more coordinator. A phone breaks now and then.
home-second-trustee = Choose one more trusted neighbour. A phone breaks now and then.

## Stopping
leave-open = I stop with this street
leave-title = Do you want to stop with this street?
leave-reads = Then you read messages no more.
leave-stays = What you wrote before stays.
leave-again = You can join again later. Ask a neighbour.
leave-stay = I stay
leave-act = I stop

## The helper
settings-helper = My helper
helper-title = Who is your helper?
helper-does = Is your phone gone? Then your helper helps.
helper-reads = Your helper does not read what is yours alone.
helper-none = I choose nobody

## The agreements
charter-open = Our agreements
charter-title = What did we agree?
charter-provisional = This is for now. The municipality has not signed yet.
charter-two = There are two versions. A coordinator has to choose.
charter-kinds = This we report
charter-not = This we do not report
charter-more = This holds too
charter-only-few = only who walks patrols
charter-loud = A report always makes a sound.
charter-quiet = Quiet from { $begin }. Sound from { $end }. You always hear danger.
charter-police-yes = The police may read every report.
charter-police-no = The police do not read along.
charter-police-wait = First the police have to sign.
charter-since = Signed by { $name }, { $day }
charter-change = Change the agreements
charter-renew = Sign the other version
charter-edit-title = Change the agreements
charter-press = Press what you want to change.
charter-all = { $kind }: everybody reports this
charter-few = { $kind }: only who walks patrols
charter-nobody = { $kind }: this we do not report
charter-quiet-on = It is quiet in the evening and at night.
charter-quiet-off = A report always makes a sound.
charter-told = All neighbours see the new agreements.
charter-sign = Put my name under it
partner-police = The police have said yes.
partner-police-unsigned = The police have not said yes yet.
partner-municipality = The municipality has said yes.
partner-municipality-unsigned = The municipality has not said yes yet.
partner-other = Someone else has said yes too.
partner-other-unsigned = Someone else has not said yes yet.

## A second signature
sign-second = Let someone else sign too
sign-code-label = Code for a second signature
sign-from-afar = This code is too big. Someone else signs from afar.
sign-how = Show this code to a trusted neighbour.
sign-done = Done
sign-title = Do you sign too?
sign-signed = { $name } has said yes.
sign-not = I do not do this
sign-act = Put my name under it
sign-waits = This waits for someone else
sign-asked = { $count ->
    [one] { $name } asks: sign too
   *[other] { $name } ask: sign too
}
sign-removed = { $name } leaves the street.
sign-replaced = { $name } gets a new phone.
sign-kept = The new phone of { $name } is right.
sign-role = A new role for { $name }: { $role }.
people-scan = Scan a code

## What the team writes down
team-open = From the team
team-title = What did the team write?
team-only = Only the team reads this.
team-none = The team wrote nothing yet.
team-write = Write for the team
team-full-use = You can write in full use.
team-write-title = What do you want to tell the team?
team-send = Send to the team

## Another place for the letters
settings-relay = Move the post box
postbox-title = Where does the post box go?
postbox-what = The post box keeps messages. It does not read them.
postbox-now = Now the post box stands here:
postbox-type = Type the new address.
postbox-right = Is this address right?
postbox-all = Every phone goes to this address.
postbox-former = They look at the old post box for 30 days.
postbox-told = All neighbours see that the post box has moved.
postbox-stays = The post box stays
postbox-act = Move the post box

## Nobody coordinates any more
recover-nobody = Nobody takes care of the street now
recover-few = Nobody takes care of the street. You are too few to choose. Begin anew together.
recover-choose = Choose together who will do that
recover-open = Choose who takes care of the street
recover-title = Who will take care of the street?
recover-when = You do this when nobody takes care of the street.
recover-needs = { $count } neighbours put their name. You are the first.
recover-stays = Nobody leaves the street.
recover-then = After that new neighbours can join again.
recover-chosen = You choose { $name }.
recover-most = Choose no more than three.
recover-signed = { $signed } of { $needed } neighbours have said yes.
sign-recovered = { $count ->
    [one] { $name } will take care of the street.
   *[other] { $name } will take care of the street.
}
sign-recovered-you = You will take care of the street.
recover-afar = With internet neighbours see it themselves too.
recover-enough = Enough neighbours said yes
recover-finish = Finish it
sign-how-any = Show this code to one more neighbour.

## Long silent
lapse-open = Not heard from for long
lapse-title = From whom did we hear nothing for long?
lapse-when = From these neighbours nothing came for three months.
lapse-choose = Press who no longer takes part.
lapse-nobody = Nobody is on this list.
lapse-heard = Last heard: { $day }
lapse-all = Choose everybody
lapse-chosen = { $count ->
    [one] You choose { $name }.
   *[other] You choose { $count } neighbours.
}
lapse-sure = { $count ->
    [one] Does { $name } leave the street?
   *[other] Do { $count } neighbours leave the street?
}
lapse-more = And { $count } more
lapse-reads = { $count ->
    [one] { $name } reads new messages no more.
   *[other] They read new messages no more.
}
lapse-stays = { $count ->
    [one] What { $name } wrote before stays.
   *[other] What they wrote before stays.
}
lapse-again = { $count ->
    [one] { $name } can join again later.
   *[other] They can join again later.
}
lapse-keep = { $count ->
    [one] { $name } stays
   *[other] They stay
}
lapse-act = { $count ->
    [one] Take { $name } out
   *[other] Take { $count } neighbours out
}

## Until which day
member-badge = Choose a last day
member-past = The last day as { $role } has been.
badge-title = How long is { $name } { $role }?
badge-after = After that neighbours see a plain neighbour.
badge-month = A month, up to and with { $day }
badge-quarter = Three months, up to and with { $day }
badge-half = Half a year, up to and with { $day }
badge-year = A year, up to and with { $day }
badge-open = No last day
change-until = Up to and with { $day }
home-badge-past = The last day of your role has been. The coordinator can choose a new day.

## An official who stopped
leave-official = After that two others sign that you are out.
leave-last = Then nobody takes care of the street. Choose someone first.
left-asked = Sign too that someone stops
left-why = That phone then arranges nothing here any more.
