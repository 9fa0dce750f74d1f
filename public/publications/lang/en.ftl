# Open data
publications-menu = Open data
publications-title = Open data
publications-intro = Everything the coalition agreed, gave and counted, in the formats others already read. Each publication is a release: its bytes never change, and a correction makes a new release that names the one before.
publications-about-iati = Every deployment as an activity of the International Aid Transparency Initiative. Support in kind carries no transaction and no invented value.
publications-about-ocds = Every need an agreement serves as a contracting process of the Open Contracting Data Standard. Releases are added and never rewritten; records compile them.
publications-about-hxl = Needs, who does what where, and results, as tables with the humanitarian exchange language’s tags.
publications-about-csv = Plain tables with a schema that says what every column holds.
publications-none-yet = Nothing is published yet. The secretariat builds a release and another person publishes it.
publications-file = { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}, { $size }
publications-clean = { $validators ->
    [one] { $validators } validator, no error
   *[other] { $validators } validators, no error
}
publications-warned = { $validators ->
    [one] { $validators } validator, no error
   *[other] { $validators } validators, no error
}, { $warnings ->
    [one] { $warnings } warning
   *[other] { $warnings } warnings
}
publications-broken = { $errors ->
    [one] { $errors } error
   *[other] { $errors } errors
} found by { $validators ->
    [one] { $validators } validator
   *[other] { $validators } validators
}, { $warnings ->
    [one] { $warnings } warning
   *[other] { $warnings } warnings
}
publications-more = More
publications-all-releases = All releases
publications-figures = Headline figures with their rows
publications-attribution = Whose data ship with the platform
publications-feed = Feed of what changed (Atom)
publications-api = The same data page by page: the API
publications-terms = Terms of use
publications-licence = Anybody may use, share and adapt these data who names the source:
publications-licence-name = Creative Commons Attribution 4.0
publications-publisher = Published by { $name }; identifier { $iati }, contracting prefix { $ocds }.
publications-sample-publisher = This coalition has not said yet under which registered identifiers it publishes: those shown are samples.
publications-releases-title = Releases
publications-releases-intro = The newest first. An address of a release answers the same bytes for ever.
publications-files-title = Files
publications-validators-title = What validators found
publications-changed-title = Corrected since the release before
publications-here = checked at building
publications-elsewhere = brought by a person
publications-head-validator = Validator
publications-head-file = File
publications-head-errors = Errors
publications-head-warnings = Warnings
publications-head-messages = Messages
publications-corrections-title = Corrections
publications-corrections-intro = Every figure that was corrected or taken back: what it was, what it is, and why. The newest first.
publications-no-corrections = No figure has been corrected yet.
publications-retracted = Taken back
publications-waits = Release { $release } waits to be published

publication-format-iati = IATI 2.03
publication-format-ocds = OCDS 1.1
publication-format-hxl = HXL 1.1
publication-format-csv = CSV with schema
publication-state-built = Built, not published
publication-state-published = Published
publication-state-discarded = Discarded

column-release = Release
column-format = Format
column-built-at = Built
column-size-bytes = Bytes
column-last-fact = Last fact it tells of
column-supersedes = Takes the place of
column-superseded-by = Its place was taken by
column-release-note = Note
column-corrected-at = Corrected
column-before-correction = Before
column-after-correction = Now
field-format = Format
field-formats = Formats

publication-new-title = Build releases
publication-new-button = Build releases
publication-new-intro = Files are written from one view of the data and checked. A format that would say nothing new makes no release. Another person publishes.
publication-new-note = Note
publication-new-note-hint = What readers should know of this release.
publication-title = Publish the release
publication-button = Publish
publication-intro = From now on everybody can read it, and it can never be changed or taken back.
publication-discard-title = Discard the release
publication-discard-button = Discard
publication-discard-intro = The release is not published. Its files are kept and the reason is shown to the secretariat.
publication-check-title = Add a validator’s result
publication-check-button = Add a validator’s result
publication-check-intro = What a validator elsewhere found in a file of this release. Everybody can read it.
publication-check-file = File
publication-check-validator = Validator
publication-check-validator-version = Its version
publication-check-errors = Errors
publication-check-warnings = Warnings
publication-check-found = What it said
publisher-title = Who publishes
publisher-button = Say who publishes
publisher-intro = The identifiers others know the coalition by. They stand in every file, so change them only when they were registered.
publisher-publisher-name = Name
publisher-publisher-kind = Kind of organisation
publisher-iati-ref = Organisation identifier
publisher-iati-ref-hint = Registration agency and number, such as XM-DAC-41304.
publisher-ocds-prefix = Prefix of contracting processes
publisher-ocds-prefix-hint = As Open Contracting gave it: ocds- and six characters.
publisher-kind-10 = Government
publisher-kind-15 = Other public sector
publisher-kind-21 = International NGO
publisher-kind-22 = National NGO
publisher-kind-23 = Regional NGO
publisher-kind-30 = Public-private partnership
publisher-kind-40 = Multilateral
publisher-kind-60 = Foundation
publisher-kind-70 = Private sector
publisher-kind-80 = Academic, training and research
publisher-kind-90 = Other

publications-busy = Another build of this format has just finished. Try again.
publications-not-waiting = This release does not wait for a decision any more.
publications-newer = A newer release of this format is already published.
publications-not-clean = { $validator } found { $errors ->
    [one] { $errors } error
   *[other] { $errors } errors
} in { $file }.
publications-no-such-file = The release has no such file.
publications-publisher-said = Somebody else has just said who publishes. Look again.
publications-identifier-shape = An identifier is a registration agency and a number, joined by hyphens, such as XM-DAC-41304.
publications-prefix-shape = A prefix is ocds- and six small letters or digits.

publications-schema-title = How we map support in kind
publications-schema-intro = No standard has a mapping for support that is not money. This is ours; nobody in those communities has reviewed it yet.
publications-rules-title = Rules of every file
publications-rule-value = Support in kind has no price: no transaction, no value, only quantities in their own units.
publications-rule-intervals = A figure may be an interval. Where a format has room for one value only, it is the lower bound and a comment says the rest; an unknown value is left out and never zero.
publications-rule-levels = Every figure names its level: target, pledged, committed, delivered as the member says, confirmed by the authority, verified by a third party. Levels are never added to each other.
publications-rule-sector = One DAC purpose code for each activity; when several levels of education are served, the code for facilities and training, since shares are unknown.
publications-rule-identifiers = Codes and identifiers never change. Those of contracting processes say nothing of what they stand for.
publications-rule-persons = No person is named. Free text is published only where its author was told so, and is looked through once more on its way out.
publications-rule-own = The HXL attributes lower, upper, valid_to, agreement, claim, comparator, method, record and impl are our own, as HXL allows.
publications-rule-releases = The latest files keep their address; each release has an address of its own whose bytes never change.
publications-mapped-record = Our record
publications-mapped-need = Validated need
publications-mapped-need-iati = not published before a partner agreed
publications-mapped-need-ocds = planning of a contracting process, once an agreement serves it
publications-mapped-need-hxl = #sector+code #adm1+code #inneed+lower #inneed+upper #indicator+name #date+valid_to
publications-mapped-offer = Offer
publications-mapped-offer-iati = nothing: a pledge transaction needs money
publications-mapped-offer-ocds = nothing before it is selected
publications-mapped-offer-hxl = nothing in these files; the list of offers carries tags
publications-mapped-match = Accepted match
publications-mapped-match-iati = participating-org, roles 1 funding, 2 accountable, 3 extending, 4 implementing
publications-mapped-match-ocds = awards, status active, with the reason of the selection
publications-mapped-match-hxl = #org+provider #org+receiver #status
publications-mapped-agreement = Agreement
publications-mapped-agreement-iati = document-link A09, other-identifier A9, related-activity 3 for deployments under the same one
publications-mapped-agreement-ocds = contracts with documents; tags contract, contractAmendment, contractTermination
publications-mapped-agreement-hxl = #meta+agreement+id
publications-mapped-deployment = Deployment
publications-mapped-deployment-iati = activity with up to four dates, locations by gazetteer code, DAC sector, SDG target
publications-mapped-deployment-ocds = implementation, milestones
publications-mapped-deployment-hxl = #activity+id #targeted #reached+lower #reached+upper
publications-mapped-delivery = Delivery in kind
publications-mapped-delivery-iati = result type 1 with the unit in its title; target and actual
publications-mapped-delivery-ocds = items with quantity and unit; implementation, documents
publications-mapped-delivery-hxl = nothing in these files; deliveries.csv has it
publications-mapped-result = Result
publications-mapped-result-iati = result type 1 or 2, one actual for each claim with its level, place and group
publications-mapped-result-ocds = milestone met
publications-mapped-result-hxl = #indicator+value+num+lower #indicator+value+num+upper #meta+claim+level

feeds-title = { $of }: what changed
feeds-agreement-signed = Agreement { $name } was signed by every party
feeds-agreement-amended = Agreement { $name } was amended
feeds-agreement-suspended = Agreement { $name } was suspended
feeds-agreement-resumed = Agreement { $name } is in force again
feeds-agreement-terminated = Agreement { $name } was terminated
feeds-deployment-planned = Deployment { $name } was planned
feeds-deployment-activated = Deployment { $name } began
feeds-deployment-paused = Deployment { $name } was paused
feeds-deployment-resumed = Deployment { $name } goes on
feeds-deployment-completion-claimed = The member says deployment { $name } is complete
feeds-deployment-confirmed = The authority confirmed deployment { $name }
feeds-deployment-closed = Deployment { $name } was closed
feeds-deployment-cancelled = Deployment { $name } was cancelled
feeds-claim-contested = A figure was contested: { $name }
feeds-claim-upheld = A contested figure was upheld: { $name }
feeds-claim-corrected = A figure was corrected: { $name }
feeds-claim-retracted = A figure was taken back: { $name }
feeds-publications-published = Open data: release { $name } was published

# What released files say themselves
publications-activity = { $class }: { $units } in all. Need lines: { $lines }. Needs served: { $needs }. Agreement: { $agreement }.
publications-paper-agreement = Agreement
publications-paper-deployment = Deployment
publications-figure-exact = Exactly { $low }.
publications-figure-between = At least { $low }, at most { $high }.
publications-figure-at-least = At least { $low }; no upper bound is known.
publications-figure-at-most = At most { $high }; no lower bound is known.
publications-need-served = Validated need { $need }: { $class }. This process serves { $units } { $unit } of it.
publications-amendment = Version { $number } of the agreement, signed by every party.
