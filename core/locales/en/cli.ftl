# Words of the command line.

## Beginning and joining
cli-new-done = You begin the neighbourhood { $street }.
cli-new-registered = The post box knows.
cli-new-next = Now invite a neighbour with: ratel invite
cli-relay-later = The post box is not there. Try later: ratel sync
cli-invite-use = Give this code to one neighbour. It works once.
cli-invite-ready = The post box knows the code. Let the neighbour join now.
cli-invite-later = The post box does not know the code. First do: ratel sync
cli-invite-revoked = Nobody comes in by this code any more.
cli-card-next = Give this code to a coordinator. You get an answer.
cli-answer-next = Give this code to your new neighbour. Then: ratel join CODE
cli-replace-sign = A second one signs with: ratel cosign CODE. Then do: ratel admit CODE --again
cli-join-in = You take part. You can alert now.
cli-join-known = The post box knows you now.
cli-join-waiting = Almost done. You are waiting for a coordinator.
cli-join-asked = Your question is sent. Look later with: ratel sync

## Alerts
cli-alert-sent = Sent.
cli-alert-saved = Saved. Send it with: ratel sync
cli-alert-draft = Saved. It goes when a neighbour has joined.
cli-alert-112 = Is there danger? Call 112 first.
cli-saved = Saved. Send it with: ratel sync
cli-erased = Erased. Send it with: ratel sync
cli-alerts-none = It is quiet. There are no reports.
cli-notes-none = Nothing was written down yet.
cli-state-open = open
cli-state-withdrawn = taken back
cli-state-draft = waits for a neighbour
cli-state-saved = saved
cli-state-sent = sent
cli-two-versions = There are two versions of the text.
cli-seen-by =
    { $count ->
        [one] Seen by 1 neighbour.
       *[other] Seen by { $count } neighbours.
    }

## This phone
cli-status-outside = You are in no neighbourhood yet. Begin with: ratel join
cli-status-alone = { $name }, { $street }. No neighbour has joined yet.
cli-status-member =
    { $name }, { $street }. { $others ->
        [one] There is 1 neighbour.
       *[other] There are { $others } neighbours.
    }
cli-status-removed = You are no longer in this neighbourhood. Ask the coordinator.
cli-status-all-sent = Everything is sent.
cli-status-waiting =
    { $count ->
        [one] 1 message still waits.
       *[other] { $count } messages still wait.
    }
cli-sync-done = Done. Sent: { $pushed }. Received: { $pulled }.
cli-sync-watching = Ratel now watches. Stop with Ctrl+C.
cli-rebuilt = Everything is made anew from the letters.
cli-serve-ready = Your phone is ready. Stop with Ctrl+C.

## What was set aside
cli-received = Received.
cli-received-waiting = Received. A key or a letter is still missing.
cli-received-known = This letter was here already.
cli-aside-none = Nothing is set aside.
cli-aside-follows = an answer or a change
cli-aside-not-member = takes part no more
cli-aside-role = does not fit the role
cli-aside-charter = does not fit our agreements
cli-status-aside =
    { $count ->
        [one] 1 message is set aside. Look with: ratel aside
       *[other] { $count } messages are set aside. Look with: ratel aside
    }

## Agreements
cli-member-vouched = let in by { $name }
cli-member-not-met = not met yet
cli-left = You take part no more.
cli-sign-nothing = Nothing waits for your name.
cli-sign-next = Let the next one sign with: ratel cosign
cli-charter-group = Number of this street: { $group }
cli-charter-version = Version { $version }, by { $name }.
cli-charter-first = This holds as soon as the first neighbour joins.
cli-charter-allowed = May be reported: { $kind }
cli-charter-reserved = Only the team reports: { $kind }
cli-charter-quiet = From { $from } to { $to } only danger sounds.
cli-charter-not-quiet = There are no quiet hours.
cli-charter-alert-days =
    { $count ->
        [one] A report stays 1 day.
       *[other] A report stays { $count } days.
    }
cli-charter-police-yes = The police officer reads the street.
cli-charter-police-later = The police officer reads when the police sign.
cli-charter-police-no = The police officer does not read the street.
cli-charter-signed = Signed: { $party }, key { $key }
cli-charter-unsigned = Not signed well: { $party }, key { $key }
cli-charter-provisional = Provisional. The municipality has not signed yet.
cli-charter-other = There is another version. Choose with: ratel charter sign { $version }
cli-party-police = police
cli-party-municipality = municipality
cli-party-other = other party
cli-cannot-read = { $file } cannot be read. Choose another file.

## What happened, and the one thing to do now
cli-no-home = There is no standard folder. Choose one with --data.
cli-no-phone = There is no phone in { $folder }. Begin with: ratel join
cli-not-loopback = { $address } is not this computer. Choose 127.0.0.1.
cli-port-in-use = { $address } is taken. Choose another port.
cli-cannot-listen = { $address } does not work here. Choose 127.0.0.1:0.
cli-relay-broken = The post box in { $folder } does not start. Choose another folder with --data.
cli-street-foreign = There is something else in { $folder }. Choose another folder.
cli-street-busy = The street in { $folder } is already open. Close it first.
cli-street-stuck = The neighbours do not find each other. Begin anew with --fresh.
cli-doctor-problem = Something is wrong in { $folder }. First do: ratel rebuild
