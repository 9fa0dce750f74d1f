# Forms.
form-missing = Fill in this field.
form-of-field = { $field }: { $reason }
form-choose = Choose an answer.
form-must-be-ticked = Tick this box to go on.
form-file-missing = Choose a file.
form-too-long = Write at most { $max } characters; there are { $count }.
form-control-characters = This text holds characters that cannot be shown. Type it again.
form-one-line = Write this on one line.
form-not-an-email = Write an e-mail address like name@example.org.
form-not-a-number = “{ $entered }” is not a number. Write digits only.
form-out-of-range = Write a number from { $least } to { $most }.
form-not-a-day = “{ $entered }” is not a day. Write it as year-month-day, for example 2026-03-09.
form-not-a-choice = “{ $entered }” is not one of the answers. Choose one from the list.
form-file-too-large = This file is too large. Choose one of at most { $max } MB.
form-file-kept = Kept from before: { $name }. Choose another file only to replace it.
form-expired = This form was opened too long ago or from another page. What you entered is still here: send it again.
form-not-utf8 = The text could not be read. Send it as UTF-8.
form-body-too-large = This is too large, or the connection broke. Try again with a smaller file.
form-broken-upload = The upload broke off. Send it again.
form-not-json = The body is not JSON: { $where }
form-not-json-type = Send JSON with the header Content-Type: application/json.
form-not-an-object = The body must be a JSON object with the fields of the form.
form-unknown-field = There is no field of this name.
form-wrong-shape = This value has the wrong shape for its field.
form-key-used = This idempotency key was used for another request. Choose a new one.
form-key-too-long = The idempotency key may have at most 200 characters.
form-public = Everybody may read this.
form-public-telephone = This text will be read by everybody: take out the telephone number “{ $found }”.
form-public-email = This text will be read by everybody: take out the e-mail address “{ $found }”.
form-public-person = This text will be read by everybody: take out the person’s name “{ $found }”. Write their task instead, for example “the head teacher”.

# What went wrong.
problem-refused = This was not done
problem-refused-help = A rule stands against it. Here is why:
problem-missing = Not found
problem-missing-help = There is nothing here, or it is not yours to know. Check the address, or go on from the front page.
problem-forbidden = Not allowed
problem-forbidden-help = You are signed in, but this is for somebody else to do.
problem-sign-in = Sign in first
problem-sign-in-help = This page is for people who are signed in.
problem-conflict = Somebody else changed this first
problem-conflict-help = Both versions are shown. Choose what to keep and send it again.
problem-later = Too many tries
problem-later-help = Wait a little and try again.
problem-later-seconds =
    { $seconds ->
        [one] Too many tries. Try again in { $seconds } second.
       *[other] Too many tries. Try again in { $seconds } seconds.
    }
problem-fault = The machine failed
problem-fault-help = Nothing was saved. Try again; if it stays so, tell the operator what you did and when.
problem-home = To the front page
forbidden-role = This is for the role: { $role }.

# The framework's own pages.
inbox-title = What waits for you
inbox-empty = Nothing waits for you.
inbox-count =
    { $n ->
        [one] One thing waits for you.
       *[other] { $n } things wait for you.
    }
inbox-due = Due { $day }
style-title = Parts of our pages
foot-catalogue = Vocabularies
foot-data-attribution = Sources and licences
foot-style = Parts of our pages
column-done = Done
column-result = Outcome
column-see = Where to look
demo-notice = This is a demonstration. The schools are real; people, members, offers and letters are samples.
menu-work = Your work
menu-coalition = Coalition
menu-results = Results
menu-data = Data
menu-learning = Learning
