# The front page.
portal-home = Home
portal-title = Every learner’s right to learn, kept together
portal-intro = National authorities say what their schools need. Members of the coalition – international organisations, companies, universities, civil society, media – offer what they have. Here both meet in the open: who asked for what, who offers it, what arrived, and how surely that is known.
portal-see-needs = See what is needed
portal-join = Join as a member
portal-now = Where the coalition stands
portal-as-of = Counted on { $day }, up to recorded fact { $seq }.
portal-learners-unknown = Every school counted once. Not known for { $unknown } of { $places } schools and places.
portal-median-hours =
    { $n ->
        [one] Half of the answers came within { $n } hour.
       *[other] Half of the answers came within { $n } hours.
    }
portal-median-days =
    { $n ->
        [one] Half of the answers came within { $n } day.
       *[other] Half of the answers came within { $n } days.
    }
portal-no-needs = No need has been validated yet. The first one will appear here with everything that becomes of it.

portal-where = Where needs are
portal-units-title = Where every unit is
portal-units-intro = Every unit of every validated need is in exactly one of eight places: uncovered, proposed, committed, in transit, delivered, confirmed, returned, lost. Delivered is what members say; confirmed is what the authority says.
portal-all-units = All services, unit by unit
portal-round-title = The latest matching round
portal-no-round = No matching round has been finished yet.
portal-round-plain = Round { $number } was finished on { $day }.
portal-round-value = Round { $number }, finished on { $day }, found a plan worth { $value } points. No plan under the same rules can be worth more than { $bound }: this one is certainly within { $gap } of the best.
portal-counterfactual = Of the learners the priority rule puts first – mostly disadvantaged, or where need is most severe – the plan reaches { $with }. Without the rule it would have reached { $without }.
portal-round-link = Round { $number }: what was matched, what not, and why
portal-how = How the coalition works
portal-how-all = Both published versions
portal-data = Open data and how to check it
portal-answer-times = How long each request waited for its answer
portal-chain = The chain of facts and its last fingerprint

portal-sources-title = Sources and licences
portal-sources-intro = Whose data ship with the product, and under which licence.

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

portal-map-title = World map
portal-map-all = All countries, as a map and a list
portal-map-intro = Where needs were validated, where deployments go on, where schools received something. Countries without a figure have nothing recorded here, which does not mean that they need nothing.
portal-map-show = Shown on the map
portal-all-figures = All figures, how they are counted, as a file
portal-answered-of = { $n ->
        [one] { $n } request was received.
       *[other] { $n } requests were received.
    }
portal-country-needs = { $n ->
        [one] { $n } need
       *[other] { $n } needs
    }, { $work ->
        [0] no deployment yet
        [one] { $work } deployment
       *[other] { $work } deployments
    }
portal-public-record = What was said of the coalition in public before, side by side with its sources
portal-3w = Who does what where, gaps and overlaps
portal-open-data = Open data, releases and feeds
portal-board = In figures
portal-board-none = Nothing has been recorded here yet. What was needed or given outside this platform is unknown.
portal-nothing-recorded = Nothing recorded yet: { $list }.
portal-lessons = Lessons learnt
portal-lessons-all = All lessons, good and bad
portal-lesson-good = What went well
portal-lesson-bad = What did not
portal-embed = Charts for your own page
portal-embed-intro = Copy a line into your page: the chart shows the newest count, names it, and links to its rows.
portal-embed-see = See the chart alone
portal-embed-source = Source: { $name }
column-agreements-signed = Agreements
column-deployments-all = Deployments
column-schools-receiving = Schools that received something
portal-country-title = { $country } in figures
portal-country-facts = The country, its schools and its known facts
portal-country-alone = These figures alone, to print or to share
portal-further = Further
