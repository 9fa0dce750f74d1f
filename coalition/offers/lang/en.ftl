# Lists.
offers-menu = Offers
offers-mine-menu = Offers of members
offers-title = Offers
offers-count =
    { $n ->
        [0] No offer is open now. Pledges and drafts are never counted.
        [one] { $n } offer is open now. Pledges and drafts are never counted.
       *[other] { $n } offers are open now. Pledges and drafts are never counted.
    }
offers-all = Offers of all members
offers-of = Offers of { $name }
offers-frozen = This organisation is not a member in standing: it can make no new offers. What is held of its offers stays.
offers-none-open = No open offer at present.
offers-world = The whole world
offers-any-language = Any language
offers-unit-countries = countries it can be opened in
offers-unit-per-quarter = { $unit }, in each quarter
field-service = Service

column-capacity = Capacity
column-free-now = Free now
column-places = Places
column-spoken-languages = Languages
column-available-from = Available from
column-available-to = Available to
column-free-until = Free of charge until
column-lot-min = Smallest lot
column-lot-step = Lots grow by
column-lot-max = Largest lot
column-modality = Modality
column-connectivity-needed = Connectivity it needs
column-setup-days = Days to set up
column-conditions-required = Conditions it requires
column-licence = Licence
column-accessibility = Accessibility
column-evidence-level = Evidence
column-unit-cost-usd = Cost of a unit the member does not bear (USD)
column-fixed-cost-usd = Cost of a delivery the member does not bear (USD)
column-in-person = Lessons in person
column-assured-on = Last assured
column-notice-until = Held parts are given until
column-people-ready = People
column-equipment-ready = Equipment
column-funding-ready = Funding
column-assured-lately = Assured within 90 days

offer-kind-stock = Stock: given once
offer-kind-rate = Rate: so much in each quarter
offer-kind-inexhaustible = Inexhaustible: use does not consume it
offer-state-draft = Draft
offer-state-pledge = Pledge, never counted
offer-state-registered = Registered
offer-state-checked = Checked
offer-state-available = Available
offer-state-partly-reserved = Partly reserved
offer-state-fully-reserved = Fully reserved
offer-state-exhausted = Exhausted
offer-state-stale = Stale: not assured for 90 days
offer-state-expired = Expired
offer-state-withdrawn = Withdrawn
offer-in-person-supplements = Supplements lessons in person
offer-in-person-replaces = Replaces lessons in person
readiness-ready = Ready
readiness-within-a-month = Within a month
readiness-to-be-found = To be found
readiness-not-needed = Not needed

# One offer.
offers-capacity-title = What there is, what is held, what is left
offers-period-head = Period
offers-capacity-head = Capacity
offers-reserved = Reserved
offers-committed = Committed
offers-left = Left
offers-whole-window = Whole window
offers-countries-row = Countries
offers-principles = Answers to the four principles of data protection
offers-principle-own = Said for this offer
offers-principle-member = As the member answers for all its offers
offers-check-note = Note of the check
offers-sent-back = The secretariat sent this back. Correct it and register it again:
offers-pledge-notice = A pledge from a meeting. It binds nobody and is never counted, until the member completes it and registers it as an offer. Its source:
offers-replaces-notice = This offer replaces lessons in person. Connected technology should supplement them: ask what becomes of meals, protection and company.
offers-stale-notice = The member has not said for more than 90 days that this offer stands. It takes no part in matching until it is assured again.
offers-notice-until = Withdrawn. What is still held is given until { $day }.
offers-withdrawn-because = Reason of the withdrawal:

# The form.
field-title = What is offered
field-service-class-hint = The unit and the kind follow from the service.
field-quantity = Quantity
field-quantity-hint = Things: units in all. Work: units in each quarter. What use does not consume: the number of countries you can open it in.
field-lot-min = Smallest lot
field-lot-min-hint = The least you deliver to one place; empty means 1.
field-lot-step = Lots grow by
field-lot-step-hint = Units in a box; empty means 1.
field-lot-max = Largest lot for one place
field-places = Places
field-places-hint = Codes of countries and of their first-level areas, for example HN or HN08 HN15; * for the whole world.
field-languages = Languages
field-languages-hint = Codes, for example es en miq; * for any language.
field-levels = Education levels
field-modality = Modality
field-tier = Connectivity the place must already have
field-window-from = Available from
field-window-to = Available to
field-setup-days = Days to set up
field-free-until = Free of charge until
field-free-until-hint = «Free» has an end date. You and those who use it are reminded before it ends.
field-conditions = Conditions a place must meet
field-licence = Licence
field-accessibility = Accessibility
field-accessibility-hint = For example captions, sign language, large print, screen reader.
field-evidence-level = Evidence that it works
field-unit-cost = Cost of a unit you do not bear, in US dollars
field-unit-cost-hint = Empty means none.
field-fixed-cost = Cost of a delivery you do not bear, in US dollars
field-in-person = Lessons in person
field-principle-appropriate-use = Appropriate use of data, where it differs from your organisation’s answer
field-principle-access-and-control = Access and control, where it differs
field-principle-security-and-protection = Security and protection, where it differs
field-principle-lifespan-of-services = Lifespan of services, where it differs
offer-new-title = Make an offer
offer-new-button = Make an offer
offer-new-intro = Offer what you can really give, with the window, the lots and the end of the free time. Two people of the secretariat look at it before it can be matched.
offer-new-service-class = Service
offer-new-code = Your own number for it
offer-new-register = Register it now; otherwise it stays a draft
offer-edit-title = Change the offer
offer-edit-button = Change the offer
offer-edit-intro = A checked or available offer is looked at again by two people. Of an offer that is held in part nothing can be changed.
offer-edit-service-class = Service
offer-edit-code = Your own number for it
offer-registration-title = Register the offer
offer-registration-button = Register
offer-registration-intro = From now on the secretariat looks at it.
offer-check-title = Check the offer
offer-check-button = Check
offer-check-intro = Say how you checked it. Another person makes it available.
offer-check-note = Note
offer-approval-title = Make the offer available
offer-approval-button = Make available
offer-approval-intro = From now on it is public and can be matched.
offer-return-title = Send the offer back
offer-return-button = Send back
offer-return-intro = The member reads your reason, corrects the offer and registers it again.
offer-assurance-title = The offer still stands
offer-assurance-button = It still stands
offer-assurance-intro = You say today that everything below is still true.
offer-withdrawal-title = Withdraw the offer
offer-withdrawal-button = Withdraw
offer-withdrawal-intro = What nobody holds is withdrawn at once. What is held is still given for the days of notice.
pledge-new-title = Keep a pledge from a meeting
pledge-new-button = Keep a pledge
pledge-new-intro = An announcement is kept with its source. It is seen by the member and the secretariat only, never counted and never matched.
pledge-new-service-class = Service
pledge-new-minute = Source: which minute of which meeting
offers-drafted = The draft was kept.
offers-registered = The offer is registered; the secretariat looks at it.
offers-changed = The offer was changed.
offers-checked = The offer is checked; another person makes it available.
offers-available = The offer is available.
offers-returned = The offer was sent back.
offers-assured = It is on record that this stands today.
offers-withdrawn = What nobody holds was withdrawn.
offers-pledged = The pledge was kept; it is not counted.

# Files.
offer-import-title = Offers by file
offer-import-button = Offers by file
offer-import-intro = A table (CSV, XLSX or ODS) with a row for each offer. It is tried first: you see every row that is refused and why, and nothing is imported before you accept it.
offer-import-file = File
offer-import-acceptance-title = Import the offers
offer-import-acceptance-button = Import and register
offer-import-acceptance-intro = Every row becomes a registered offer, or none does.
offers-import-result = What the file holds
offers-import-says =
    { $n ->
        [one] { $file }: { $n } row.
       *[other] { $file }: { $n } rows.
    }
offers-import-clean = Every row can be imported. Nothing is imported yet.
offers-import-refused =
    { $n ->
        [one] { $n } remark stands against this file. Nothing was imported: correct the file and send it again.
       *[other] { $n } remarks stand against this file. Nothing was imported: correct the file and send it again.
    }
offers-import-refused-rows = Rows refused, and why
offers-import-notes = What was taken for granted
offers-import-row = Row
offers-import-column = Column
offers-import-why = Why
offers-import-accepted = This file was imported.
offers-imported = The offers were imported and registered.
offers-note-free-until = No end of the free time is given: the end of the window is taken, { $day }.
offers-note-countries =
    { $n ->
        [one] No number of countries is given: { $n } is taken.
       *[other] No number of countries is given: { $n } are taken.
    }
offers-row-hidden = This row is hidden in the file. Show it or delete it.
offers-more-refused =
    { $n ->
        [one] { $n } more remark is not shown.
       *[other] { $n } more remarks are not shown.
    }
offers-kind-unknown = Write stock, rate or inexhaustible.
offers-day-missing = Write the day.
offers-member-missing = Name the member.
offers-member-unknown = No member has this name.

# Standing capabilities.
offers-capabilities = Standing capabilities
offers-capabilities-intro = What members are ready for, apart from any quantity. An offer says how much, where and when.
capability-new-title = State a standing capability
capability-new-button = State a capability
capability-new-service-class = Service
capability-new-people = People
capability-new-equipment = Equipment
capability-new-funding = Funding
capability-new-note = Note
capability-assurance-title = The capability still stands
capability-assurance-button = It still stands
capability-end-title = The capability has ended
capability-end-button = It has ended
offers-capability-kept = The capability was kept.
offers-capability-over = The capability has ended.

# What waits.
offers-waits-check = Offer to check: { $title }
offers-waits-approval = Checked offer waits for your approval: { $title }
offers-waits-correction = Sent back to you for correction: { $title }
offers-waits-assurance = Does it still stand? { $title }
offers-waits-free-end = Free of charge only a few days more: { $title }

# What is refused.
offers-title-missing = Say in at least one language what is offered.
offers-cost-negative = A cost is never below zero.
offers-class-unknown = No service is called “{ $code }”.
offers-kind-of-class = Offers of this service are of another kind: { $kind }
offers-languages-missing = Name the languages, or write * for any.
offers-places-missing = Name the places, or write * for the whole world.
offers-place-unknown = “{ $code }” is no country and no first-level area.
offers-language-unknown = No language has the code “{ $code }”.
offers-levels-missing = Choose at least one education level.
offers-level-unknown = “{ $code }” is no education level.
offers-modality-unknown = “{ $code }” is no modality.
offers-condition-unknown = “{ $code }” is no condition.
offers-licence-unknown = “{ $code }” is no licence of the list.
offers-evidence-unknown = “{ $code }” is no level of evidence.
offers-tier-unknown = The connectivity is a number from 0 to 3.
offers-quantity-missing = Write a quantity of at least 1.
offers-lot-not-positive = A lot has at least 1 unit.
offers-lots-reversed = The largest lot is smaller than the smallest one.
offers-no-lot-fits = No lot fits: the step leads past the largest lot.
offers-less-than-a-lot = There is less than one lot in all.
offers-window-reversed = The window ends before it begins.
offers-window-over = The window is over already.
offers-window-too-long = A window has at most 20 years.
offers-free-over = The free time is over already.
offers-free-before-window = The free time ends before the window begins.
offers-setup-too-long = Setting up takes longer than the window.
offers-code-taken = You have another offer with this number.
offers-not-open = This offer cannot be held. State: { $state }
offers-lot = { $quantity } is no whole number of lots: lots grow by { $step } and begin with { $least }.
offers-period = The offer has no such period.
offers-capacity = { $wanted } wanted, { $left } left. Nothing was held.
offers-more-than-held = { $wanted } wanted, but only { $left } held. Nothing was changed.
offers-already-held = This proposal holds a part of an offer already.
offers-held = A part of this offer is held, so it cannot be changed. Withdraw the rest and make another offer.
offers-not-in-this-state = This cannot be done now. State: { $state }
offers-pledge-is-no-offer = A pledge cannot be registered. Complete it first: change it into an offer of your own.
offers-reason-missing = Write the reason. Nothing is sent back or withdrawn without one.
offers-conflict-of-interest = You have a tie to this member and cannot judge its offers. Somebody else must do this.
