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
    [one] Police officer { $name } reads all reports.
   *[other] Police officers { $name } read all reports.
}
police-apart = { $count ->
    [one] Police officer { $name } does not read your reports.
   *[other] Police officers { $name } do not read your reports.
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
member-vouched = Let in by { $name }, { $day }
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
news-many = Something has changed: { $count } things
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
change-charter = The agreements have changed.
change-relay = The post box of the street has moved.
change-recovered = Neighbours chose a new coordinator: { $name }.
change-kept = Old messages stay.
