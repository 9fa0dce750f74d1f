# Lists and pages.
evidence-title = Evidence
claims-title = Figures and their sources
claims-intro = Every figure somebody stands for: how surely it is known, where it can be checked, and whether anybody contests it. Whoever has an account may contest one, with a reason.
evidence-reports-title = Reports
evidence-reports-intro = What deployments reported, period by period. Figures are public from the day a report is handed in; the narrative is for the parties.
evidence-reports-due-title = Reports due
evidence-reports-due-intro = Every deployment that has begun owes a report for each period. A date can make a report due or overdue, and nothing else.
indicators-title = Indicators
indicators-intro = What is counted, in which unit, and how it can be checked. Different units never add.
lessons-title = Lessons learnt
lessons-intro = What went well and what did not, as those who did it tell it. Published by another person than its writer.
visits-title = Verification visits
visits-intro = A third party without ties looks for itself. What it has seen as claimed is verified; where it saw another figure, the figure is contested.
public-record-title = What was said in public
public-record-intro = What public pages said about the Global Education Coalition, word by word, contradictions included. None of it enters a total.
public-record-empty = Nothing has been taken into the record yet. An officer of the secretariat can import its files.
public-record-said =
    { $different ->
        [one] Said { $n } times, with the same figure each time.
       *[other] Said { $n } times, with { $different } different figures.
    }
public-record-said-once = Said once
public-record-rows = All statements as a table
public-record-commitments = What members promised in public
evidence-everybody = Everybody
evidence-at-least = at least { $n }
evidence-at-most = at most { $n }
evidence-about = about { $n }
evidence-from-to = { $low } to { $high }
evidence-period = { $from } – { $to }
evidence-claim-sentence = { $indicator }: { $figure } ({ $group }, { $place }, { $period })
evidence-earlier-claim = The earlier figure
evidence-later-claim = The figure that stands now
evidence-see-report = The report
evidence-see-claim = Show
evidence-history = History
evidence-visited = Seen by a third party
evidence-told-retracted = This figure was taken back. It enters no total.
evidence-told-corrected = Another figure has taken the place of this one. It enters no total.
evidence-told-contested = This figure is contested, and nobody has decided yet. It still counts, marked as contested.
evidence-told-reported = This figure is only reported. It enters no total before another person has accepted the report.
evidence-claims-of-indicator = Figures of this indicator
evidence-claims-count =
    { $n ->
        [one] One figure with its source
       *[other] { $n } figures with their sources
    }
evidence-report-of = Report { $code }, { $period }
evidence-was-sent-back = This report was sent back:
evidence-figures = Figures
evidence-no-figures = No figures yet. Enter them one by one, or upload the spreadsheet you keep.
evidence-all-figures = All { $n } figures
evidence-no-period-open = There is a report for every period that is owed.
evidence-published-on = Published on { $day }
evidence-visit-to = Visit to { $place }, { $day }
evidence-figures-to-see = Figures to look at
evidence-not-found-yet = Nothing entered yet
evidence-seen = Seen: { $n }

# Partners' files.
evidence-files = Files received
evidence-file-of = File { $name }
evidence-file-asks =
    { $n ->
        [one] Nothing has been imported. One question waits for a yes or no.
       *[other] Nothing has been imported. { $n } questions wait for a yes or no.
    }
evidence-file-ready = Every question is answered. The figures can be imported.
evidence-file-imported = The figures were imported into the report.
evidence-file-discarded = This file was discarded. It is remembered which rows it held, so that they are known if they come again.
evidence-file-original = The file as it came
evidence-file-notes = About the file
evidence-questions = Questions
evidence-all-questions = All questions, one by one
evidence-answers-tally = (open: { $open }, yes: { $yes }, no: { $no })
evidence-rows-asked =
    { $n ->
        [one] 1 row: { $why }
       *[other] { $n } rows: { $why }
    }
evidence-wholes-asked = { $n } times: { $why }
evidence-all-of = Together: { $group }
evidence-about-sheet = Sheet «{ $sheet }»
evidence-about-column = Sheet «{ $sheet }», column { $n }
evidence-about-row = Sheet «{ $sheet }», row { $n }
evidence-mark-hidden-sheet = the whole sheet is hidden
evidence-mark-hidden-column =
    { $n ->
        [one] the column «{ $header }» is hidden and one figure rests on it
       *[other] the column «{ $header }» is hidden and { $n } figures rest on it
    }
evidence-mark-hidden = hidden
evidence-mark-outside = dated { $when }, outside the report’s period
evidence-mark-no-days =
    { $n ->
        [one] the sheet says no dates: take its row for the report’s period
       *[other] the sheet says no dates: take its { $n } rows for the report’s period
    }
evidence-mark-undated = no date
evidence-mark-total = looks like a line of totals
evidence-mark-twice = the same as row { $row } of «{ $sheet }»
evidence-mark-received =
    { $n ->
        [one] already received in 1 other file ({ $first })
       *[other] already received in { $n } other files ({ $first } – { $last })
    }
evidence-mark-stands =
    { $n ->
        [one] the same figure stands already
       *[other] the same figure stands already { $n } times
    }
evidence-mark-sheet-unreadable = cannot be read, so nothing of it is imported: { $why } Go on without it?
evidence-cell-figure = «{ $value }» in column { $column } is no figure
evidence-cell-ends = the lower end in column { $column } is above the upper one
evidence-cell-no-indicator = column { $column } does not say what was counted
evidence-cell-indicator = «{ $value }» in column { $column } is no indicator
evidence-cell-group = «{ $value }» in column { $column } is no group
evidence-cell-comparator = «{ $value }» in column { $column } is no comparator
evidence-cell-place = «{ $value }» in column { $column } is no place of the country
evidence-cell-place-several = «{ $value }» in column { $column } is the name of several places
evidence-cell-place-empty = column { $column } names no place
evidence-cell-day = «{ $value }» in column { $column } is no date
evidence-note-sheet-without-figures = no figures were found in its { $rows } rows
evidence-note-no-places = it names no places; its figures are taken for { $place }
evidence-note-columns-unread = nothing is read from these columns (⌀ is hidden): { $columns }

# Acts on reports.
report-new-title = Write a report
report-new-button = Write a report
report-new-intro = Choose the period. You enter figures and lessons on the next page; nobody else sees anything before you hand it in.
report-new-period = Period
report-edit-title = Change the narrative
report-edit-button = Change the narrative
figure-new-title = Enter a figure
figure-new-button = Enter a figure
figure-new-intro = Give one value, or both ends when it is not known exactly. Everybody will read the source: name a list or a place where it can be checked, and no person.
figure-removal-title = Take a figure out
figure-removal-button = Take out
figure-removal-intro = From a draft the figure simply goes. Once a report was handed in, the figure stays on record as taken back, with your reason.
figure-removal-reason = Why (needed once it was handed in; everybody reads it)
report-submission-title = Hand the report in
report-submission-button = Hand in
report-submission-intro = Its figures are public from now on, as reported. An officer of the secretariat accepts the report or sends it back.
report-return-title = Send the report back
report-return-button = Send back
report-return-reason = What is missing or unclear
report-acceptance-title = Accept the report
report-acceptance-button = Accept
report-acceptance-intro = Its figures enter totals as what the member says was delivered. You must have no hand in the report and no tie to the member.
report-confirmation-title = Confirm figures
report-confirmation-button = Confirm figures
report-confirmation-intro = Confirm what your authority knows to be true. Choose none to confirm all of them; leave out what you doubt, and contest it.
report-confirmation-figures = Figures
lesson-new-title = Write a lesson
lesson-new-button = Write a lesson
lesson-new-intro = In a sentence others can use. Everybody reads it once it is published: name no person.
lesson-removal-title = Take the lesson out
lesson-removal-button = Take out
lesson-publication-title = Publish the lesson
lesson-publication-button = Publish
file-new-title = Upload a spreadsheet
file-new-button = Upload a spreadsheet
file-new-intro = As you keep it: several sheets, merged headers, any order of columns. Nothing is imported before you have answered every question about it.
file-new-columns = Columns that are understood: indicator, place, group, from, to or period, value, method, source; or a column for each indicator and group, such as «Learners girls».
file-new-sheet = Spreadsheet (XLSX, ODS or CSV)
file-answers-title = Answer questions about the file
file-answers-button = Answer
file-answers-intro = Choose questions, then yes to import what they ask about or no to leave it out. An answer can be changed until the import.
file-answers-questions = Questions
file-answers-answer = Answer
file-rest-title = Leave out the rest
file-rest-button = No to all open questions
file-rest-intro = Every question that is still open is answered with no.
file-import-title = Import the figures
file-import-button = Import the figures
file-discard-title = Discard the file
file-discard-button = Discard

# Acts on claims.
claim-contest-title = Contest this figure
claim-contest-button = Contest
claim-contest-intro = Say why the figure is wrong. Everybody reads your reason, not your name. An approver decides.
claim-upholding-title = Uphold the figure
claim-upholding-button = Uphold
claim-correction-title = Correct the figure
claim-correction-button = Correct
claim-correction-intro = The earlier figure stays on record. What was confirmed or verified was the earlier one: the new figure begins as accepted.
claim-retraction-title = Take the figure back
claim-retraction-button = Take back
claim-retraction-intro = The figure stays on record and enters no total.
public-record-import-title = Import the public record
public-record-import-button = Import files of the public record
public-record-import-intro = Each row is taken as it stands. The same row again changes nothing; a changed row replaces the one with the same code.
public-record-import-claims = Statements (CSV)
public-record-import-sources = Sources (CSV)
public-record-import-members = Names (CSV)
public-record-import-commitments = Promises (CSV)

# Acts on visits.
visit-new-title = Plan a visit
visit-new-button = Plan a visit
visit-new-intro = The verifier may have no tie to the member, to those who carry it out, or to the authority, and no hand in the figures.
visit-new-figures = Figures to look at
visit-acceptance-title = Take the visit on
visit-acceptance-button = Take it on
visit-refusal-title = Refuse the visit
visit-refusal-button = Refuse
visit-finding-new-title = What did you find?
visit-finding-new-button = Enter what you found
visit-report-title = Report on the visit
visit-report-button = Hand in
visit-return-title = Send the report back
visit-return-button = Send back
visit-approval-title = Approve the visit
visit-approval-button = Approve
visit-approval-intro = Figures seen as claimed are verified. Where another figure was seen, the figure is contested.
visit-cancellation-title = Call the visit off
visit-cancellation-button = Call off

# Fields.
field-narrative = What was done
field-narrative-hint = Read by the parties, the secretariat and the auditor only.
field-indicator = Indicator
field-compared = The figure is
field-figure = Figure
field-figure-low = Lower end
field-figure-high = Upper end
field-figure-high-hint = Fill both ends instead of the figure when it lies between them.
field-place-of-figure = Place
field-people-group = Group
field-counted-how = How it was counted
field-source-of-figure = Where it can be checked
field-known-on = Known as of
field-known-level = Level
field-claim-state = State
field-report-state = State
field-lesson = Lesson
field-lesson-kind = It tells of
field-visit-on = Day of the visit
field-visit-task = What to look at
field-verifier = Verifier
field-visit-state = State
field-no-tie = I have no tie to any of the parties
field-claim = Figure
field-finding = Finding
field-seen = The figure you saw
field-seen-hint = Only when it differs.
field-visited-on = Day of the visit
field-visit-report = What you saw
field-answered = Answer

# Columns.
column-claimed = Figure
column-claimed-comparator = Precision
column-claimed-low = At least
column-claimed-high = At most
column-counted-unit = Unit
column-people-group = Group
column-known-level = Level
column-claim-state = State
column-counted-how = How it was counted
column-known-on = Known as of
column-serving-deployment = Deployment
column-in-place-of = In place of
column-replaced-by = Replaced by
column-said-alike = Records that say the very same
column-means-of-verification = How it can be checked
column-counted-population = Of whom or what
column-result-kind = Result
column-definition = Definition
column-missions-counted = Missions
column-reported-period = Period
column-report-state = State
column-submitted-at = Handed in
column-report-begun = Begun
column-corrected-figures = Corrected figures
column-narrative = What was done
column-file-state = State
column-of-report = Report
column-file-name = File
column-rows-found = Rows with figures or questions
column-file-figures = Figures found
column-file-questions = Questions
column-questions-open = Open questions
column-figures-imported = Figures imported
column-question-number = Question
column-asked-of = About
column-asked-why = Why it is asked
column-row-in-words = The row
column-answered = Answer
column-visit-on = Planned for
column-visit-state = State
column-visited-on = Visited on
column-verifier = Verifier
column-visit-task = What to look at
column-visit-report = What was seen
column-lesson = Lesson
column-lesson-kind = It tells of
column-record-code = Code
column-said-topic = Topic
column-said-metric = What
column-said-comparator = Precision
column-said-value = Figure
column-said-number = As a number
column-said-unit = Unit
column-said-as-of = As of
column-said-country = Country
column-said-by = Source
column-said-where = Where it was read
column-said-words = In these words
column-member-named = Member
column-promised-kind = Kind
column-promised-quantity = Quantity
column-promised-status = Status

# Codes.
comparator-equal = exactly
comparator-at-least = at least
comparator-at-most = at most
comparator-about = about
counted-unit-people = people
counted-unit-enrolments = enrolments
counted-unit-contacts = contacts
counted-unit-accounts = accounts
counted-unit-certificates = certificates
counted-unit-items = items
counted-unit-schools = schools
counted-unit-hours = hours
counted-population-learners = learners
counted-population-youth = young people
counted-population-teachers = teachers
counted-population-parents = parents
counted-population-schools = schools
counted-population-accounts = accounts
counted-population-items = items
counted-population-hours = hours
result-kind-output = What was done
result-kind-outcome = What changed
claim-level-reported = reported
claim-level-target = target
claim-level-pledged = pledged
claim-level-committed = committed
claim-level-delivered = delivered
claim-level-confirmed = confirmed
claim-level-verified = verified
claim-state-stands = stands
claim-state-contested = contested
claim-state-corrected = corrected
claim-state-retracted = taken back
claim-standing-stands = standing
claim-standing-contested = contested
claim-standing-corrected = corrected
claim-standing-retracted = taken back
claim-method-attendance = Attendance lists
claim-method-register = School register
claim-method-head-count = Head count
claim-method-platform-log = Log of a platform
claim-method-delivery-note = Delivery notes
claim-method-survey = Survey
claim-method-estimate = Estimate
claim-method-other = Another way
claim-step-submitted = Reported
claim-step-put = Put in the place of the earlier figure
claim-step-accepted = Accepted by the secretariat
claim-step-confirmed = Confirmed by the authority
claim-step-verified = Verified by a third party
claim-step-contested = Contested
claim-step-upheld = Upheld
claim-step-corrected = Corrected
claim-step-retracted = Taken back
report-state-draft = draft
report-state-not-due = not due yet
report-state-due = due
report-state-overdue = overdue
report-state-submitted = handed in
report-state-sent-back = sent back
report-state-accepted = accepted
report-step-drafted = Begun
report-step-edited = Changed
report-step-submitted = Handed in
report-step-sent-back = Sent back
report-step-accepted = Accepted
report-step-confirmed = Figures confirmed by the authority
file-state-read = waits for answers
file-state-imported = imported
file-state-discarded = discarded
file-answer-open = open
file-answer-yes = yes
file-answer-no = no
file-say-yes = Yes, import
file-say-no = No, leave out
lesson-kind-good = What went well
lesson-kind-bad = What did not
visit-state-assigned = assigned
visit-state-accepted = taken on
visit-state-refused = refused
visit-state-reported = reported
visit-state-sent-back = sent back
visit-state-approved = approved
visit-state-cancelled = called off
visit-step-assigned = Assigned
visit-step-accepted = Taken on
visit-step-refused = Refused
visit-step-found = Finding entered
visit-step-reported = Reported
visit-step-sent-back = Sent back
visit-step-approved = Approved
visit-step-cancelled = Called off
visit-finding-as-claimed = as claimed
visit-finding-differs = another figure was seen
visit-finding-not-seen = could not be seen
said-over = over
said-more-than = more than
said-around = around
said-about = about
said-at-least = at least
said-up-to = up to
said-some = some
vocabulary-indicators = Indicators
vocabulary-reporting-rules = When reports are due
term-attribute-result = Output or outcome
term-attribute-missions = Missions
term-attribute-aliases = How partners head their columns
term-attribute-means-of-verification-en = How it can be checked, in English
term-attribute-means-of-verification-fr = How it can be checked, in French
term-attribute-means-of-verification-ar = How it can be checked, in Arabic
term-attribute-months = Months of a period
term-attribute-days = Days to report after its end

# What waits.
inbox-report-due = Write the report on { $code }, { $period }
inbox-report-overdue = Overdue: the report on { $code }, { $period }
inbox-report-sent-back = Sent back: the report on { $code }, { $period }
inbox-report-to-judge = Accept or send back the report on { $code }, { $period }
inbox-report-to-confirm = Confirm figures of { $code }, { $period }
inbox-claim-contested = Contested: { $claim }
inbox-visit-assigned = Take on or refuse a visit to { $place }
inbox-visit-accepted = Report on the visit to { $place }
inbox-visit-sent-back = Sent back: your report on the visit to { $place }
inbox-visit-reported = Decide on the visit to { $place }
inbox-visit-refused = Find another verifier for { $place }
inbox-lesson = Publish a lesson: { $lesson }

# Refusals.
evidence-no-figure = Enter a figure, or both ends of it.
evidence-value-or-interval = Enter either one figure or both ends, not all of them.
evidence-interval-has-no-comparator = With both ends, the figure is «exactly» or «about».
evidence-interval-backwards = The upper end is below the lower one.
evidence-figure-out-of-range = No figure here can be that large.
evidence-days-backwards = The last day is before the first.
evidence-in-the-future = This day is still to come.
evidence-as-of-before = This is before the first day the figure speaks of.
evidence-outside-period = These days are not within the report’s period, { $from } to { $to }.
evidence-indicator-unknown = There is no such indicator.
evidence-place-unknown = There is no such place.
evidence-place-elsewhere = This place lies in another country.
evidence-group-unknown = There is no such group.
evidence-figure-twice = The report has this very figure already.
evidence-same-figure = This is the figure as it stands.
evidence-period-not-owed = The deployment owes no report for this period.
evidence-report-there = There is a report for this period already.
evidence-report-empty = Enter a figure, or say in the narrative why there is none.
evidence-files-wait = A file of this report still waits: import or discard it first.
evidence-report-not-now = This cannot be done with a report that is { $state }.
evidence-affiliated = You have a tie to the organisation that reports: another person must decide.
evidence-figure-not-here = This figure is not part of it.
evidence-nothing-to-confirm = There is nothing left to confirm.
evidence-claim-closed = This figure is { $standing }; nothing more can be done with it.
evidence-claim-not-accepted = The report with this figure has not been accepted.
evidence-claim-contested = This figure is { $standing }: decide on that first.
evidence-claim-not-now = This cannot be done with a figure that is { $standing } at its level.
evidence-lesson-not-now = A lesson is published once, after its report was accepted.
evidence-file-not-now = This file is already { $state }.
evidence-file-without-figures = No figures were found in this file. See below which columns are understood.
evidence-too-many-sheets = The file has more than { $max } sheets.
evidence-questions-open =
    { $n ->
        [one] One question is still open.
       *[other] { $n } questions are still open.
    }
evidence-sheet-needed = The sheet «{ $sheet }» is needed and cannot be read: discard the file and upload a sound one.
evidence-visit-past = This day is past.
evidence-visit-day = The visit can only have been between its planning and today.
evidence-visit-not-now = This cannot be done with a visit that is { $state }.
evidence-figure-not-to-verify = A figure is not of this deployment, or was not accepted.
evidence-no-verifier = This person is no independent verifier.
evidence-verifier-conflict = This verifier has a tie to a party, or a hand in a figure.
evidence-findings-open =
    { $n ->
        [one] For one figure nothing was entered.
       *[other] For { $n } figures nothing was entered.
    }
evidence-record-column-missing = The column «{ $column }» is missing.
evidence-record-row-broken = Row { $row } cannot be read.
evidence-record-row-nameless = Row { $row } has no code.
evidence-record-row-twice = The code of row { $row } stands further up.
evidence-record-not-text = This is not a text file in UTF-8.
