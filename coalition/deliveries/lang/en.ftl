deliveries-menu = Deliveries
deliveries-title = Deliveries
deliveries-intro = What members send, begin to give or open for schools, and what the schools and authorities find.
deliveries-public = Shown here is what receivers have checked in. What is on its way is known to the parties only.
deliveries-none = No consignment yet. A member gives notice of one on the page of its deployment.
deliveries-none-public = No receiver has checked anything in yet.
deliveries-none-here = Nothing was sent yet, or no receiver has checked anything in.
deliveries-consignment = Consignment { $code }
deliveries-lines-of = Receivers of consignment { $code }
deliveries-lines = Every receiver
deliveries-areas = Where it goes
deliveries-by-area = By area
deliveries-note = The member’s note
deliveries-paper = Paper that went with it
deliveries-overdue = { $n ->
    [one] It should have been there { $n } day ago, and something is outstanding.
   *[other] It should have been there { $n } days ago, and something is outstanding.
}
deliveries-back = Back to the consignment

consignment-kind-goods = Goods
consignment-kind-service = Service, given over time
consignment-kind-access = Digital access

consignment-state-requested = Notice given
consignment-state-accepted = Accepted
consignment-state-on-hold = On hold
consignment-state-rejected = Turned down
consignment-state-withdrawn = Withdrawn
consignment-state-dispatched = On its way
consignment-state-begun = Being given
consignment-state-opened = Opened
consignment-state-arrived = Arrived, the member says
consignment-state-given = Given, the member says
consignment-state-partly-received = Partly received
consignment-state-received = Received
consignment-state-discrepancy-open = Discrepancy open
consignment-state-closed = Closed
consignment-overdue-yes = Overdue
consignment-overdue-no = In time
consignment-checked-in-no = Not checked in yet

deliveries-now-requested = The member gave notice. The authority accepts it, asks it to wait or turns it down.
deliveries-now-accepted = The authority accepted it. Next, the member sends it, begins it or opens it.
deliveries-now-on-hold = The authority asks it to wait:
deliveries-now-rejected = The authority turned it down. Its units may be sent otherwise.
deliveries-now-withdrawn = The member took it back. Its units may be sent otherwise.
deliveries-now-dispatched = It is on its way. The receivers check in what they find.
deliveries-now-begun = It is being given. The receivers check in what they got.
deliveries-now-opened = It is open. The receivers check in whether it works.
deliveries-now-arrived = The member says it is all there. It is confirmed when the receivers check it in.
deliveries-now-given = The member says it was all given. It is confirmed when the receivers check it in.
deliveries-now-partly-received = Some receivers have checked in; others are outstanding.
deliveries-now-received = Every receiver has checked in, and nothing is in dispute.
deliveries-now-discrepancy-open = Something is damaged, missing or too much, and nobody has decided about it.
deliveries-now-closed = Everything was received or decided. It is closed.

deliveries-do-dispatch = Record that it was sent
deliveries-do-begin = Record that it has begun
deliveries-do-open = Record that it was opened
deliveries-do-arrive = Record what arrived
deliveries-do-give = Record what was given

deliveries-destination = { $place }: { $units } units for { $lines ->
    [one] one receiver
   *[other] { $lines } receivers
}
deliveries-left-to-send = { $n ->
    [one] One unit of this deployment stands in no consignment yet.
   *[other] { $n } units of this deployment stand in no consignment yet.
}
deliveries-nothing-left = All units of this deployment stand in consignments already.

consignment-new-title = Give notice of a consignment
consignment-new-button = Give notice of a consignment
consignment-new-intro = The authority sees it before anything is sent.
consignment-new-to-place = Where it goes
consignment-new-planned-on = Day it should be there
consignment-new-schools = Only these schools
consignment-new-schools-hint = One in a line: the school’s code, and the units when it does not get all that is left. Empty: everything left for the place.
consignment-new-note = Note for the authority
consignment-new-note-hint = The carrier, the packing, whom to call. Only the parties read it.

consignment-acceptance-title = Accept the consignment
consignment-acceptance-button = Accept
consignment-hold-title = Ask the consignment to wait
consignment-hold-button = Ask to wait
consignment-rejection-title = Turn the consignment down
consignment-rejection-button = Turn down
consignment-withdrawal-title = Withdraw the consignment
consignment-withdrawal-button = Withdraw
consignment-closure-title = Close the consignment
consignment-closure-button = Close
consignment-closure-intro = Everything was received or decided. After this nothing can be checked in.

consignment-dispatch-title = Sent, begun or opened
consignment-dispatch-button = Record
consignment-dispatch-intro = From this day the units are on their way; an access is open for its receivers.
consignment-dispatch-dispatched-on = Day it was sent, begun or opened
consignment-dispatch-paper = Way-bill or list of what was sent
consignment-dispatch-paper-hint = A photo or a PDF. Only the parties see it.

consignment-arrival-title = Arrived or given
consignment-arrival-button = Record
consignment-arrival-intro = This is the member’s word. Units are confirmed when the receivers check them in.
consignment-arrival-arrived-on = Day it arrived or was given
consignment-arrival-places = Only these
consignment-arrival-places-hint = Codes of schools, places or areas, separated by spaces. Empty: everything.

consignment-check-in-title = Everything arrived in good order
consignment-check-in-button = Check everything in as good
consignment-check-in-intro = All that is outstanding is checked in as good. Where something is damaged, missing or too much, check that school in first, by itself or by table.
consignment-check-in-received-on = Day it was received
consignment-check-in-department = Only this area
consignment-check-in-proof = Proof
consignment-check-in-proof-hint = A photo or the signed paper, as picture or PDF. Only the parties see it.
consignment-check-in-note = Note
consignment-check-in-note-hint = Only the parties read it.

consignment-line-check-in-title = Check in one receiver
consignment-line-check-in-button = Check in
consignment-line-check-in-intro = What you leave out is still to come. Good units are confirmed; damaged and missing ones stay open until somebody decides.
consignment-line-check-in-good = In good order
consignment-line-check-in-good-hint = For training: given. For an access: it works.
consignment-line-check-in-damaged = Damaged
consignment-line-check-in-short = Missing
consignment-line-check-in-short-hint = What will not come. What comes later is left out.
consignment-line-check-in-surplus = Too many
consignment-line-check-in-surplus-hint = Beyond what was sent for.
consignment-line-check-in-received-on = Day it was received
consignment-line-check-in-proof = Proof
consignment-line-check-in-proof-hint = A photo or the signed paper, as picture or PDF. Only the parties see it.
consignment-line-check-in-note = Note
consignment-line-check-in-note-hint = Only the parties read it.

consignment-line-recount-title = Counted again
consignment-line-recount-button = Report units damaged or missing since
consignment-line-recount-intro = Units that were confirmed turn out to be damaged or missing. They stay confirmed, in dispute, until somebody decides.
consignment-line-recount-damaged = Damaged
consignment-line-recount-short = Missing

consignment-table-title = Check in by table
consignment-table-button = Check in by table
consignment-table-intro = A CSV or Excel table with the columns school_code, good, damaged, short and surplus. It is tried first: you see every row that is refused, and why, before anything is checked in.
consignment-table-file = Table
consignment-table-file-hint = Download the table of what is outstanding from the consignment’s page, fill it in and bring it here.
consignment-table-received-on = Day it was received
check-in-file-acceptance-title = Check in what the table says
check-in-file-acceptance-button = Check all of it in

deliveries-table-title = A table of check-ins, tried
deliveries-table-says = { $rows } rows read: { $lines } to check in ({ $good } good, { $damaged } damaged, { $short } missing, { $surplus } too many), { $silent } without a number and left out.
deliveries-table-clean = Nothing is wrong with it. Nothing is checked in yet for { $place }.
deliveries-table-accepted = What it says was checked in.
deliveries-table-empty = No row says anything.
deliveries-table-refused = { $n ->
    [one] One thing is wrong, so nothing was checked in. Correct the table and bring it again.
   *[other] { $n } things are wrong, so nothing was checked in. Correct the table and bring it again.
}
deliveries-table-taken = This table was checked in already.
deliveries-table-blank = Download the table to fill in
deliveries-refused-rows = What is wrong, row by row
deliveries-row = Row
deliveries-column = Column
deliveries-why = Why

deliveries-links = Links for receivers
consignment-links-title = Links for every receiver
consignment-links-button = Make links for all who have none
consignment-links-intro = Whoever holds a link checks one school in, without an account. Give each link to its school only.
consignment-links-expires-on = The links open until
consignment-line-link-title = A link for this receiver
consignment-line-link-button = Make a link
consignment-line-link-intro = Whoever holds the link checks this school in, without an account.
consignment-line-link-expires-on = The link opens until
receipt-link-revocation-title = End the link
receipt-link-revocation-button = End the link
deliveries-sheet-title = Links of consignment { $code }
deliveries-sheet-intro = Print this sheet, cut it, and give each school its own part. The member never sees these links.
deliveries-sheet-what = { $n } { $unit }: { $service }
deliveries-square = Square code with the address
deliveries-no-links = No link opens at present. Make them for all schools that have not checked in.
deliveries-link-until = Opens until { $day }
deliveries-link-used = Used on { $day }
deliveries-link-expired = Its time ended on { $day }
deliveries-link-revoked-state = Ended by the authority

receive-title = What arrived?
receive-button = Send
receive-what-goods = { $member } sent you { $n } { $unit } ({ $service }).
receive-what-service = { $member } was to give you { $n } { $unit } ({ $service }).
receive-what-access = { $member } opened { $n } { $unit } for you ({ $service }).
receive-good = Good
receive-damaged = Damaged
receive-short = Missing
receive-short-hint = Leave out what comes later.
receive-surplus = Too many
receive-photo = Photo
receive-photo-hint = Not needed. At most 8 MB; on a bad line send without it.
receive-note = Note
receive-so-far = Checked in so far: { $found }.
receive-outstanding = { $n ->
    [0] Nothing is outstanding.
    [one] { $n } is outstanding.
   *[other] { $n } are outstanding.
}
receive-thanks = Thank you
receive-photo-kept = Your photo was kept.
receive-disputed = The education authority will look at what is damaged or missing.
receive-again = Something more arrived

column-consignment = Consignment
column-consignment-code = Code
column-deployment-served = Deployment
column-goes-to = Goes to
column-due-there-on = Should be there on
column-delivery-overdue = Overdue
column-sent-on = Sent, begun or opened on
column-delivery-arrived-on = Arrived on, the member says
column-first-received-on = First received on
column-last-received-on = Last received on
column-receivers = Receivers
column-receiver = Receiver
column-need-line-served = Need line
column-sent-units = Units sent
column-arrived-units = Units arrived, the member says
column-good-units = Good at the check-in
column-damaged-units = Damaged
column-short-units = Missing
column-surplus-units = Too many
column-outstanding-units = Outstanding
column-confirmed-units = Confirmed now
column-disputed-units = In dispute
column-discrepancy = Discrepancy
column-what-is-wrong = What is wrong
column-open-units = Open
column-open-since = Open since
column-found-later = Found after the check-in
column-found-units = Found or repaired
column-replaced-units = Replaced
column-lost-units = Lost
column-gone-back-units = Gone back
column-kept-units = Kept
column-given-units = Given on
column-needed-again-units = Needed again
column-in-dispute-units = Units
field-delivery-overdue = In time
field-school-area = Area
field-checked-in = Checked in
field-what-is-wrong = What is wrong

deliveries-receipts = What the receiver said
deliveries-no-receipts = Nobody has checked this in yet.
deliveries-found = Found
deliveries-via = How
deliveries-proof = Proof
deliveries-receipt-note = Note
receipt-via-account = By the authority
receipt-via-link = By the receiver’s link
receipt-via-sheet = By table
deliveries-n-good = { $n } good
deliveries-n-damaged = { $n } damaged
deliveries-n-short = { $n } missing
deliveries-n-surplus = { $n } too many
deliveries-late-damaged = { $n } damaged, found later
deliveries-late-short = { $n } missing, found later
deliveries-disputes = Discrepancies
deliveries-dispute-open = Open
deliveries-dispute-settled = Decided

deliveries-open-title = Open discrepancies
deliveries-open-intro = Units that are damaged, missing or too many, and that nobody has decided about; the oldest first.
deliveries-none-open = No discrepancy is open.
discrepancy-wrong-damaged = Damaged
discrepancy-wrong-short = Missing
discrepancy-wrong-surplus = Too many
discrepancy-resolution-title = Decide about units in dispute
discrepancy-resolution-button = Decide
discrepancy-resolution-intro = Found and replaced units are confirmed. Lost and returned ones leave the delivery; whether they are needed again is decided apart.
discrepancy-resolution-resolution = What became of them
discrepancy-resolution-units = Units
discrepancy-resolution-to-line = The need line that gets them
discrepancy-resolution-to-line-hint = Only when surplus is given on: the address of an open need line of the same service.
discrepancy-need-title = Needed again
discrepancy-need-button = Say they are needed again
discrepancy-need-intro = Units that were lost or went back are uncovered again: another offer may serve them. What went back to a member is the member’s to offer anew.
discrepancy-need-units = Units
resolution-damaged-found = Repaired, in use
resolution-damaged-replaced = Replaced by others that arrived
resolution-damaged-lost = Written off
resolution-damaged-returned = Went back to the member
resolution-damaged-needed-again = Needed again
resolution-short-found = Found, in use
resolution-short-replaced = Replaced by others that arrived
resolution-short-lost = Lost
resolution-short-returned = Went back to the member
resolution-short-needed-again = Needed again
resolution-surplus-kept = Kept by the school, with the authority’s word
resolution-surplus-returned = Went back to the member
resolution-surplus-given = Given to another open need line
deliveries-decisions = Decisions
deliveries-no-decision = Nobody has decided about it yet.
deliveries-became = What became of them
deliveries-units = Units
deliveries-reason = Reason
deliveries-to-line = the line that got them

deliveries-requested = Notice was given. The authority answers.
deliveries-accepted = The consignment was accepted.
deliveries-held = The consignment waits.
deliveries-rejected = The consignment was turned down.
deliveries-withdrawn = The consignment was withdrawn.
deliveries-dispatched = Recorded: its units are on their way.
deliveries-begun = Recorded: it has begun.
deliveries-opened = Recorded: it is open.
deliveries-arrived = Recorded as the member’s word.
deliveries-checked-in = Checked in.
deliveries-recounted = Recorded. The units are in dispute until somebody decides.
deliveries-closed = The consignment is closed.
deliveries-resolved = Decided.
deliveries-needed-again = The units are uncovered again.
deliveries-links-issued = The links are made.
deliveries-link-revoked = The link has ended.

deliveries-waits-answer = Consignment { $code } waits for an answer
deliveries-waits-check-in = Consignment { $code } is to be checked in
deliveries-waits-closure = Consignment { $code } can be closed
deliveries-waits-dispatch = Consignment { $code } was accepted and can be sent
deliveries-waits-held = Consignment { $code } was asked to wait
deliveries-waits-disputes = { $n ->
    [one] One discrepancy is open
   *[other] { $n } discrepancies are open
}

deliveries-day-past = This day has passed.
deliveries-day-ahead = This day has not come yet.
deliveries-no-lines = Nothing is left to send there.
deliveries-line-twice = A receiver is named twice.
deliveries-line-unreadable = “{ $text }” cannot be read: write a school’s code, then a number of units.
deliveries-more-than-left = { $units } units are more than the { $left } that are left for this receiver.
deliveries-school-not-left = Nothing is left to send to “{ $code }” there.
deliveries-school-not-in-it = “{ $code }” is not among the receivers of this consignment.
deliveries-school-several-lines = “{ $code }” has several lines here: check each in by itself.
deliveries-place-not-in-it = “{ $code }” is no school, place or area of this consignment.
deliveries-all-arrived = Nothing is left that has not been recorded as arrived.
deliveries-all-checked-in = Everything there is checked in already.
deliveries-already-received = Something of it was received already.
deliveries-not-now = This cannot be done with a consignment in this state: { $state }.
deliveries-nothing-travels = An access is opened; nothing travels that could arrive.
deliveries-nothing-said = Say how many arrived, are damaged, missing or too many.
deliveries-below-zero = A number of units is out of range.
deliveries-more-than-outstanding = Good, damaged and missing make { $said }, but { $left } are outstanding. What is beyond goes to “too many”.
deliveries-more-than-confirmed = Only { $left } units are confirmed and not in dispute.
deliveries-more-than-disputed = Only { $left } units are open.
deliveries-more-than-gone = Only { $left } units are lost or gone back.
deliveries-surplus-was-never-needed = Surplus never was part of the need.
deliveries-resolution-not-possible = This cannot become of such units.
deliveries-line-unknown = There is no such need line.
deliveries-line-of-another-kind = This need line is for another service or country.
deliveries-line-takes-less = This need line has only { $left } units uncovered.
deliveries-outstanding = { $left } units are outstanding: check them in, or say that they are missing.
deliveries-disputed = { $n ->
    [one] One discrepancy is open.
   *[other] { $n } discrepancies are open.
}
deliveries-not-a-proof = Send a picture or a PDF.
deliveries-row-hidden = This row is hidden in the table. Show it or remove it.
deliveries-row-twice = This school stands in row { $row } already.
deliveries-link-over = This link no longer opens. Ask your education authority for a new one.
deliveries-link-days = Choose a day from today to { $most } days ahead.
deliveries-no-links-needed = Every receiver is checked in or has a link.
