# The front page.
portal-home = Home
portal-title = Every learner’s right to learn, kept together
portal-intro = National authorities say what their schools need. Members of the coalition – international organisations, companies, universities, civil society, media – offer what they have. Here both meet in the open: who asked for what, who offers it, what arrived, and how surely that is known.
portal-see-needs = See what is needed
portal-join = Join as a member
portal-now = Where the coalition stands
portal-as-of = Counted on { $day }, up to recorded fact { $seq }.
portal-snapshot = { $moment } · fact { $seq } · { $hash }
portal-all-figures = All figures, how they are counted, as a file
portal-at-least = at least { $n }
portal-learners-unknown = Every school counted once. Not known for { $unknown } of { $places } schools and places.
portal-answered-of = of { $n } received.
portal-median-hours =
    { $n ->
        [one] Half of them within { $n } hour.
       *[other] Half of them within { $n } hours.
    }
portal-median-days =
    { $n ->
        [one] Half of them within { $n } day.
       *[other] Half of them within { $n } days.
    }
portal-no-needs = No need has been validated yet. The first one will appear here with everything that becomes of it.

portal-figure-members = members today
portal-figure-authorities = countries with an accredited authority
portal-figure-countries = countries with validated needs
portal-figure-needs = validated needs
portal-figure-need-lines = need lines: one service at one school or place
portal-figure-learners = learners concerned
portal-figure-places-unknown = schools and places with an unknown number of learners
portal-figure-offers = offers available
portal-figure-calls = calls for support open
portal-figure-requests-answered = requests answered
portal-figure-answer-hours = hours until half of the answers

portal-rows-members = The directory
portal-rows-authorities = The authorities
portal-rows-countries = The map
portal-rows-needs = The needs
portal-rows-need-lines = By service
portal-rows-learners = By country
portal-rows-places-unknown = By country
portal-rows-offers = The offers
portal-rows-calls = The calls
portal-rows-requests-answered = Every answer time
portal-rows-answer-hours = Every answer time

portal-method-members = Organisations admitted and in standing at the end of the day; suspended ones are not counted.
portal-method-authorities = Countries whose authority is verified and within its days.
portal-method-countries = Countries with at least one need that was validated, whatever became of it since.
portal-method-needs = Needs validated by two people of the secretariat, whatever became of them since.
portal-method-need-lines = Lines of validated needs: one service class at one school or place each.
portal-method-learners = The largest number any line says of a school, added up over schools; of lines for a whole area only what its schools do not already account for. Places without a number are not in it.
portal-method-places-unknown = Schools and places in validated needs of which no line knows the number of learners.
portal-method-offers = Offers checked by two people whose window is not over. Pledges are never counted.
portal-method-calls = Calls for support that are published and whose last day is not over.
portal-method-requests-answered = Requests validated or declined; withdrawn ones are not counted.
portal-method-answer-hours = From receipt to answer, started hours included: half of all answers took no longer.

portal-comparator-exactly = exactly
portal-comparator-at-least = at least

portal-where = Where needs are
portal-country-needs = { $n ->
        [one] { $n } need, { $lines } lines
       *[other] { $n } needs, { $lines } lines
    }
portal-map-all = All countries, as a map and a list
portal-units-title = Where every unit is
portal-units-intro = Every unit of every validated need is in exactly one of eight places: uncovered, proposed, committed, in transit, delivered, confirmed, returned, lost. Delivered is what members say; confirmed is what the authority says.
portal-units-caption = Units of validated needs; each strip is one service as a whole
portal-all-units = All services, unit by unit
portal-round-title = The latest matching round
portal-no-round = No matching round has been finished yet.
portal-round-plain = Round { $number } was finished on { $day }.
portal-round-value = Round { $number }, finished on { $day }, found a plan worth { $value } points. No plan under the same rules can be worth more than { $bound }: this one is certainly within { $gap } of the best.
portal-counterfactual = Of the learners the priority rule puts first – mostly disadvantaged, or where need is most severe – the plan reaches { $with }. Without the rule it would have reached { $without }.
portal-round-link = Round { $number }: what was matched, what not, and why
portal-how = How the coalition works
portal-how-all = Both published versions
portal-flagships = Flagships
portal-missions = Missions
portal-missions-intro = These are targets the coalition has set itself. They are not results and are never added to results.
portal-target = Target: { $n }
portal-target-unknown = Target unknown
portal-source = Source: { $source }
portal-data = Open data and how to check it
portal-answer-times = How long each request waited for its answer
portal-chain = The chain of facts and its last fingerprint

portal-figures-title = All figures
portal-figures-intro = Each figure with the day and the fact it was counted up to, how it is counted, and where its rows are.
portal-map-title = Map of needs
portal-map-intro = Countries with validated needs. Other countries have none recorded here, which does not mean that they need nothing.
portal-map-needs = Validated needs by country
portal-sources-title = Sources and licences
portal-sources-intro = Whose data ship with the product, and under which licence.

column-figure = Figure
column-comparator = Comparator
column-as-of = As of
column-as-of-fact = Up to fact
column-how-counted = How it is counted
column-rows-at = Its rows
column-units-lines = Lines
column-units-all = Needed
column-units-uncovered = Uncovered
column-units-proposed = Proposed
column-units-committed = Committed
column-units-in-transit = In transit
column-units-delivered = Delivered
column-units-confirmed = Confirmed
column-units-returned = Returned
column-units-lost = Lost
column-needs-validated = Validated needs
column-need-lines = Need lines
column-learners-at-least = Learners, at least
column-places-unknown = Places with unknown learners
column-data-file = File
column-data-source = Source
column-data-licence = Licence
column-data-credit = To be credited as
