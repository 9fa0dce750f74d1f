# Words of the room deployments.

deployments-title = Deployments
deployments-intro = What members do in countries under signed agreements. Each deployment names the need lines it serves; what would be done twice for the same people is found before it begins.
deployments-see-all = All of them
deployments-so-many = { $n ->
    [one] { $n } deployment that was not called off.
   *[other] { $n } deployments that were not called off.
}
deployments-none-yet = Nothing has been planned under this agreement yet.
deployments-all-learners = All learners
deployments-more-places = { $n } more
deployments-beside = { $title }, by { $member }. Places: { $places }. Planned from { $from } to { $to }.
deployments-planned = The deployment is planned. Nobody else does the same there.
deployments-planned-replaces = The deployment is planned. It replaces teaching in person: this is shown to everybody as a warning.
deployments-planned-overlaps = The deployment is planned, but it overlaps with another one. It cannot begin until the overlap is resolved in public.

# Columns
column-agreement-code = Agreement
column-past-due = Overdue
column-implementing = Carried out by
column-served-group = Group served
column-missions-served = Missions
column-planned-start = Planned start
column-planned-end = Planned end
column-actual-start = Began on
column-actual-end = Ended on
column-planned-reach = People to reach
column-units-served = Units
column-assets-kept-by = Afterwards the goods belong to
column-maintenance-after = Maintenance
column-financing-after = Financing after the free period
column-units-sent = Units sent
column-units-given-back = Units given back
column-overlap-between = Between
column-shared-places = Where
column-crossing-from = Both from
column-crossing-to = Both until
column-reach-of-both = Both want to reach
column-need-there = People in need
column-reach-beyond-need = Beyond the need
column-found-at = Found
column-settled-at = Resolved
column-first-deployment = One
column-second-deployment = The other
column-organisations-there = Who
column-deployments-there = Deployments
column-reach-at-least = Planned to reach, at least
column-reach-at-most = Planned to reach, at most
column-need-gap = Served by nobody, at least
column-need-at-least = People in need, at least
column-overlaps-open = Open overlaps

# States
deployment-state-planned = Planned
deployment-state-blocked = Blocked by an overlap
deployment-state-cleared = Cleared to begin
deployment-state-active = At work
deployment-state-paused = Paused
deployment-state-suspended = Suspended
deployment-state-completion-claimed = Completion claimed
deployment-state-confirmed = Confirmed
deployment-state-closed = Closed
deployment-state-cancelled = Called off
deployment-in-person-supplements = Adds to teaching in person
deployment-in-person-replaces = Replaces teaching in person
deployment-assets-authority = The national authority
deployment-assets-schools = The schools
deployment-assets-member = The member, which takes them back
deployment-assets-nothing-remains = Nobody: nothing remains
deployment-involved-yes = Teachers took part
deployment-involved-no = Teachers did not take part
overlap-state-open = Open
overlap-state-complementary = Complementary
overlap-state-split = Split
overlap-state-replaced = One replaced the other
overlap-state-withdrawn = One was called off
overlap-state-accepted = Accepted

# One deployment
deployments-replaces-warning = This replaces teaching in person. Why: { $why }
deployments-is-suspended = The agreement is suspended. Nothing goes on until it is resumed.
deployments-should-have-begun = This should have begun on { $on }.
deployments-should-have-ended = This should have ended on { $on }.
deployments-before-it-begins = Before it begins
deployments-nothing-missing = Nothing stands against its beginning.
deployments-serves = It serves these needs:
deployments-lines = Need lines served
deployments-all-lines = { $n ->
    [one] The one line
   *[other] All { $n } lines
}
deployments-teachers-title = Teachers’ part
deployments-teachers-intro = At each stage the members say how teachers took part, or why they did not.
deployments-teachers-not-told = Nothing told yet.
deployments-teachers-so-many = { $on }, { $n ->
    [one] { $n } teacher took part:
   *[other] { $n } teachers took part:
}
deployments-teachers-some = { $on }, teachers took part, how many is unknown:
deployments-teachers-none = { $on }, teachers did not take part:
deployments-history = What happened
deployment-step-planned = Planned
deployment-step-changed = Plan changed
deployment-step-activated = Begun
deployment-step-extended = Planned end moved
deployment-step-paused = Paused
deployment-step-resumed = Resumed
deployment-step-claimed = The member says it is complete
deployment-step-refused = The authority says it is not complete
deployment-step-confirmed = The authority confirmed it
deployment-step-closed = Closed
deployment-step-cancelled = Called off
deployment-step-agreement-suspended = Agreement suspended
deployment-step-agreement-resumed = Agreement resumed
deployment-step-agreement-terminated = Called off: agreement terminated

# Acts
deployment-new-title = Plan a deployment
deployment-new-button = Plan a deployment
deployment-new-intro = Choose what of the agreement’s schedule this deployment delivers. Whoever does the same in the same places at the same time is looked for at once.
deployment-change-title = Change the plan
deployment-change-button = Change the plan
deployment-change-intro = Lines outside of the new places become free for another plan. Overlaps are looked for again.
field-deployment-title = Title
field-areas = Areas
field-areas-hint = Leave all empty for every area of the agreement’s schedule.
field-smaller-places = Smaller places
field-smaller-places-hint = Codes of the gazetteer, with spaces between, when whole areas are too large.
field-implementers = Carried out by
field-implementers-hint = The member itself when nobody is chosen.
field-learner-group = Group served
field-learner-group-hint = Leave empty when it is for all learners.
field-flagship = Flagship
field-missions = Missions
field-in-person-hint = What replaces teaching in person is marked with a warning that everybody sees.
field-replaces-reason = Why it replaces teaching in person
field-replaces-reason-hint = Needed only then.
field-planned-from = Planned start
field-planned-to = Planned end
field-reach-planned = People it means to reach
field-reach-planned-hint = Each person once. Leave empty when it is not known; an overlap then cannot be ruled out.
field-assets-to = Afterwards the goods belong to
field-maintenance = Who maintains it, and how
field-maintenance-hint = During the deployment and after.
field-financing-after = Who pays after the free period
deployment-start-title = Begin the deployment
deployment-start-button = Begin
deployment-start-actual-from = Day it began
deployment-extension-title = Move the planned end
deployment-extension-button = Move the end
deployment-extension-intro = Overlaps are looked for again with the new end.
deployment-pause-title = Pause the deployment
deployment-pause-button = Pause
deployment-resumption-title = Resume the deployment
deployment-resumption-button = Resume
deployment-completion-title = Say that it is complete
deployment-completion-button = It is complete
deployment-completion-intro = The national authority is then asked to confirm it.
deployment-completion-actual-to = Day it ended
deployment-completion-refusal-title = Say that it is not complete
deployment-completion-refusal-button = It is not complete
deployment-confirmation-title = Confirm the completion
deployment-confirmation-button = Confirm
deployment-confirmation-intro = The authority confirms that the work was done.
deployment-closure-title = Close the deployment
deployment-closure-button = Close
deployment-closure-intro = A closed deployment is not changed any more.
deployment-cancellation-title = Call the deployment off
deployment-cancellation-button = Call off
deployment-cancellation-intro = Units that are still committed go back to the needs as uncovered and to the offers as free. What is on its way or has arrived stays where it is.
deployment-cancellation-in-favour-of = In favour of
deployment-cancellation-in-favour-of-hint = Only when it gives way to a deployment it overlaps with.
deployment-teachers-title = Tell how teachers took part
deployment-teachers-button = Teachers’ part
deployment-teachers-intro = Design and testing must be told before it begins, rollout before it is complete, scaling before it is closed. What you write is shown to everybody: name nobody.
deployment-teachers-teacher-stage = Stage
deployment-teachers-involved = Did teachers take part?
deployment-teachers-teachers = How many
deployment-teachers-teachers-hint = Leave empty when it is not known.
deployment-teachers-on = Day
deployment-teachers-words = What they did, or why they did not take part
overlap-complementary-title = Say that one adds to the other
overlap-complementary-button = They add to each other
overlap-complementary-intro = The overlap is resolved when both members’ authorised officers and an officer of the secretariat have said so. What you write is shown to everybody.
overlap-complementary-words = How one adds to the other
overlap-acceptance-title = Accept the overlap
overlap-acceptance-button = Accept the overlap
overlap-acceptance-intro = Both deployments may then go on. Your reason is shown to everybody.
overlap-acceptance-words = Reason, in public
agreement-suspension-title = Suspend the agreement
agreement-suspension-button = Suspend
agreement-resumption-title = Resume the agreement
agreement-resumption-button = Resume
agreement-termination-title = Terminate the agreement
agreement-termination-button = Terminate
agreement-termination-intro = Every deployment that has not ended is called off at once, and what is still committed goes back. This cannot be undone.
agreement-termination-paper = Paper that ends it
deployments-of-agreement-beside = { $code } { $title }: { $n ->
    [0] no deployment is concerned.
    [one] one deployment that has not ended is concerned.
   *[other] { $n } deployments that have not ended are concerned.
}

# Overlaps
overlaps-title = Overlaps
overlaps-intro = Two deployments overlap when they bring the same service to the same group, in the same places or one inside the other, at the same time, and together mean to reach more people than are in need there. Neither that has not begun may begin before people resolve it here, in public.
overlap-title = Overlap { $first }
overlap-why = Both bring { $service } to { $places } for: { $group }, between { $from } and { $to }. Together they mean to reach { $reach } people there, and { $people } are in need there.
overlap-why-reach-unknown = Both bring { $service } to { $places } for: { $group }, between { $from } and { $to }. How many people one of them means to reach is unknown, so it cannot be ruled out that they do the same.
overlap-why-need-unknown = Both bring { $service } to { $places } for: { $group }, between { $from } and { $to }. Together they mean to reach { $reach } people there. How many are in need there is not wholly known, so it cannot be ruled out that they do the same.
overlap-said = What was said
overlap-secretariat = the secretariat
overlap-the-rule = the rule
overlap-step-found = Found
overlap-step-found-again = Found again after a change
overlap-step-complementary = Called complementary
overlap-step-accepted = Accepted
overlap-step-split = Split by a change of places or dates
overlap-step-replaced = Called off in favour of the other
overlap-step-withdrawn = Called off
overlap-ways-title = How it can be resolved
overlap-ways = Change the places or dates of one of them; call one off; both members and the secretariat call them complementary; or the secretariat’s approver accepts it with a public reason.

# Who does what where
coverage-title = Who does what where
coverage-intro = Each area and each service that is asked for or planned: who is there, how many people are in need, how many are to be reached, and what is missing. Planned reach is an interval: the same people may be counted by two.
coverage-map-unserved = { $country }: share of the learners asked for whom no deployment serves
coverage-map-overlaps = { $country }: open overlaps
coverage-gaps = With a gap
coverage-overlaps = With open overlaps
coverage-unserved = With nobody there
field-coverage = Show only

# Inbox
deployments-waits-start = { $title } is cleared to begin
deployments-waits-confirmation = { $title }: confirm that it is complete
deployments-waits-closure = { $title }: close it
deployments-waits-overdue = { $title } should have ended
deployments-waits-overlap = Overlap of { $first } and { $second } to resolve

# Refusals
deployments-not-active = This deployment is not at work: { $state }.
deployments-not-possible = This is not possible now: { $state }.
deployments-agreement-not-signed = Deployments need an agreement signed by all its parties; this one is not: { $state }.
deployments-agreement-not-in-force = The agreement { $code } is not in force: { $state }.
deployments-overlap-open = It overlaps with { $code }, and nobody has resolved it.
deployments-need-ended = The need { $code } cannot be served any more: { $state }.
deployments-teachers-missing = How teachers took part was not told: { $stage }.
teacher-stage-design = design
teacher-stage-testing = testing
teacher-stage-rollout = rollout
teacher-stage-scaling = scaling
deployments-teachers-why-not = Say why teachers did not take part.
deployments-teachers-count = Teachers are counted only where they took part.
deployments-ends-before-it-begins = This lies before its beginning.
deployments-outside-agreement = The agreement lasts from { $from } to { $to }; the deployment must lie within it.
deployments-after-agreement = The agreement ends on { $on }.
deployments-free-ends-early = The free time must last at least until the planned end.
deployments-reach-nobody = A deployment that reaches people reaches one at least.
deployments-replaces-why = Say why it replaces teaching in person.
deployments-place-unknown = The gazetteer of this country has no place with the code { $place }.
deployments-no-lines = No agreed line of need is left for this service in these places: they are elsewhere, or another deployment has them.
deployments-day-to-come = This day is still to come.
deployments-starts-before-plan = It is planned from { $on }. Change the plan first.
deployments-not-later = Choose a day after the planned end, and not in the past.
deployments-overlap-resolved = This overlap is resolved already: { $state }.
deployments-said-already = Your side has said so already.
deployments-not-so-many = This line has only { $left } units left here (line { $line }).
