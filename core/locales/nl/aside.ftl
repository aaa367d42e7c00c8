# Words about what was set aside. The same rules as in screens.ftl.
aside-home = { $count ->
    [one] 1 bericht staat apart
   *[other] { $count } berichten staan apart
}
aside-title = Wat staat apart?
aside-none = Er staat niets apart.
aside-what = De straat ziet deze berichten niet.
aside-more = { $count ->
    [one] Daarna komt er nog 1.
   *[other] Daarna komen er nog { $count }.
}
aside-follows = Een antwoord of wijziging
aside-not-member = { $name } doet niet meer mee.
aside-role = Dit past niet bij de taak van { $name }.
aside-charter = Dit past niet bij onze afspraken.
aside-before = Het mocht nog: afspraken van { $day }, door { $name }.
aside-after = Nu geldt: afspraken van { $day }, door { $name }.
aside-keep = Toch aan iedereen tonen
aside-own-not-member = U doet niet meer mee met deze straat.
aside-own-role = Dit past niet bij uw taak.
aside-own-charter = Dit past niet bij onze afspraken.
aside-own-seen = Alleen u en de coördinator zien dit.
aside-own-112 = Is er gevaar? Bel 112.
aside-badge = staat apart
