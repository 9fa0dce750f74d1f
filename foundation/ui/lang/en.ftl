# Page
ui-brand = Harambee
ui-skip = Skip to the content
ui-menu = Main menu
ui-languages = Languages
ui-sign-in = Sign in
ui-sign-out = Sign out
ui-trail = You are here
ui-foot-data = Every figure is counted from recorded facts; its source stands beside it.
ui-as-of = Figures as of

# Notices
ui-notice-plain = Note
ui-notice-good = Done
ui-notice-warn = Important
ui-notice-bad = Problem
ui-notice-busy = Under way
ui-errors-title = Please correct the following

# Forms
ui-optional = (optional)
ui-more-fields = More that can be said (optional)
ui-choose = Choose…
ui-no-answer = No answer
ui-cancel = Cancel
ui-file-max = At most { $size }
ui-kilobytes = { $n } kB
ui-megabytes = { $n } MB
ui-conflict-title = Your entries and the saved ones
ui-conflict-intro = Someone else saved this while you were working on it. Nothing of yours is lost: compare, then save again.
ui-conflict-field = Field
ui-conflict-yours = Yours
ui-conflict-saved = Saved now

# Lists
ui-table = Table
ui-table-empty = Nothing here yet.
ui-table-no-match = Nothing matches. Look for something else, or clear the filters.
ui-search = Search
ui-filter = Show
ui-filters = Filters
ui-any = All
ui-clear = Clear the filters
ui-pager = Pages
ui-pager-first = First page
ui-pager-next = Next page
ui-pager-count = { $shown } of { $total } shown
ui-downloads = Download this list

# Steps and jobs
ui-step-done = Done
ui-step-now = Now
ui-step-ahead = Ahead
ui-progress = { $done } done so far.
ui-progress-of = { $done } of { $total } done.
ui-refresh = This page renews itself.

# Charts and maps
ui-chart-table = The figures as a table
ui-chart-name = Name
ui-chart-value = Figure
ui-chart-total = Total
ui-chart-none = No figures yet.
ui-chart-line = From { $first } at { $from } to { $last } at { $to }; lowest { $low }, highest { $high }.
ui-chart-most = Most: { $name }, { $value }.
ui-range-certain = At least
ui-range-possible = At most
ui-range-open = Nobody knows how many more
ui-range-at-least = at least { $n }
ui-range-at-most = at most { $n }
ui-range-target = Target: { $n }
ui-map-range = { $from } to { $to }
ui-map-known = { $known } of { $all } areas have a figure; the highest is { $name } with { $value }.
ui-map-unknown = No figure
ui-map-points = { $n } places, drawn as { $dots } dots; a larger dot stands for more places.
ui-map-dot-one = 1 place
ui-map-dots = { $from } to { $to } places
ui-map-dots-more = { $from } places and more
ui-map-places = Places

# Columns rooms share
column-name = Name
column-title = Title
column-code = Code
column-id = Identifier
column-kind = Kind
column-state = State
column-country = Country
column-place = Place
column-group = Group
column-unit = Unit
column-quantity = Quantity
column-service = Service
column-organisation = Organisation
column-person = Person
column-role = Role
column-email = E-mail
column-language = Language
column-description = Description
column-reason = Reason
column-source = Source
column-method = Method
column-total = Total
column-share = Share
column-version = Version
column-created-at = Created
column-updated-at = Last changed
column-from-on = From
column-until-on = Until
column-due-on = Due
column-at = Moment
column-on = Day

# Buckets
bucket-uncovered = Uncovered
bucket-proposed = Proposed
bucket-committed = Committed
bucket-in-transit = In transit
bucket-delivered = Delivered
bucket-confirmed = Confirmed
bucket-returned = Returned
bucket-lost = Lost

# Gallery
gallery-title = Style
gallery-intro = Every part of every page, in its states. Change the language, the width or the colour scheme, or print the page.
gallery-text = Text
gallery-notices = Notices and errors
gallery-buttons = Buttons and tabs
gallery-fields = Fields
gallery-lists = Lists
gallery-records = Records
gallery-steps = Steps and progress
gallery-charts = Charts
gallery-maps = Maps
gallery-saved = The need was saved and sent to the secretariat.
gallery-error = Write a number from 1 to 500
gallery-open = State a need
gallery-close = Withdraw the request
gallery-hint = As the authority would say it in its letter.
gallery-reason = The roof of two classrooms fell in during the rains. Lessons are held in the church until it is mended.
gallery-edit = Two classrooms without a roof since the rains of October; lessons continue in a borrowed room.
gallery-words-own = The authority’s own words
gallery-words-edit = The secretariat’s edit
gallery-letter = Signed letter
gallery-agree = I have read the letter and its figures are ours.
gallery-secret = Passphrase
gallery-one-time = Six-digit code
gallery-phone = Telephone
gallery-desks = School desks
gallery-books = Reading books
gallery-radios = Solar radios
gallery-teachers = Teachers trained
gallery-state-open = Open
gallery-state-submitted = Submitted
gallery-state-validated = Validated
gallery-state-overdue = Overdue
gallery-state-declined = Declined
gallery-with = With the rule
gallery-without = Without the rule
gallery-import = Reading the school register
