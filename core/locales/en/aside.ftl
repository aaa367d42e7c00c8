# Words about what was set aside. The same rules as in screens.ftl.
aside-home = { $count ->
    [one] 1 message is set aside
   *[other] { $count } messages are set aside
}
aside-title = What is set aside?
aside-none = Nothing is set aside.
aside-what = The street does not see these messages.
aside-more = { $count ->
    [one] After these there is 1 more.
   *[other] After these there are { $count } more.
}
aside-follows = An answer or a change
aside-not-member = { $name } takes part no more.
aside-role = This does not fit the role of { $name }.
aside-charter = This does not fit our agreements.
aside-before = It was allowed: agreements of { $day }, by { $name }.
aside-after = Now in force: agreements of { $day }, by { $name }.
aside-keep = Show it to everybody after all
aside-own-not-member = You take part in this street no more.
aside-own-role = This does not fit your role.
aside-own-charter = This does not fit our agreements.
aside-own-seen = Only you and the coordinator see this.
aside-own-112 = Is there danger? Call 112.
aside-badge = set aside
