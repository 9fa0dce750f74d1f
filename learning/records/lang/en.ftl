# Records: what learners did, and who else may read it.
records-title = Learning records
records-intro = What learners did is kept here as statements that are only ever added to. They name people by numbers alone.
records-rule = How long records name a person
records-no-rule = No rule has been set yet. Until one is, no record loses its person.
records-rule-set = The rule was kept.
records-programs = Other programs
records-programs-intro = Programs that speak xAPI write and read here, each with a key of its own.
records-keys = Keys of other programs
records-keys-intro = A key lets one program write or read learning records. End it when the program is no longer used.
records-key-has-ended = The key has ended. The program can no longer come in with it.
records-signatures = Signed statements
records-signatures-intro = A program may sign what it sends. A signature that names its certificate is checked with it when it comes; whom to trust is yours to decide. One that names none is kept as it came.
records-export = Take away
records-export-intro = One statement a line, as JSON.
records-export-all = Every statement
records-export-research = For research: only of those who agreed, without names
records-export-learner = Take away everything
records-erasures = Erasures
records-erasures-intro = When a person’s records are erased, the figures stay and the person is taken out. This cannot be undone.
records-erased = The person was taken out of the records.
records-retention-before = Everything stored before { $day } loses its person: names, answers’ texts, hours. The figures stay. This cannot be undone.
records-retention-done = Everything older than the rule allows has lost its person.
records-retention-more = Many records have lost their person; there are more. Do it again.
records-of-learner = Records
records-last = Last record: { $day }.
records-none-yet = Nothing is recorded yet.
records-not-asked = nobody was asked yet
records-consent-kept = The answer was written down.

# Refusals.
records-id-taken = Another record has this number already.
records-key-name = The name must not be empty nor hold a colon.
records-key-secret = The secret needs twelve signs at least.
records-key-scopes = Choose what the key may do.
records-key-taken = There is a key of this name.
records-key-ended = The key has ended already.
records-day-is-past = This day is over already.
records-home-page-shape = Write an address that begins with http.
records-home-page-fixed = There are records already that were written with the earlier address; it can no longer change.
records-no-such-learner = There is no such learner, or not for you.

# Acts.
record-key-new-title = Make a key for a program
record-key-new-button = Make a key
record-key-new-intro = The secret is shown once. Put it into the program at once.
record-key-end-title = End the key
record-key-end-button = End the key
record-key-end-intro = The program can no longer come in. What it wrote stays.
record-rule-edit-title = Set how long records name a person
record-rule-edit-button = Keep the rule
record-erasure-new-title = Erase a person from the records
record-erasure-new-button = Erase
record-erasure-new-intro = Answers and times go, figures without a person stay. This cannot be undone.
record-retention-title = Take people out of old records
record-retention-button = Take them out
record-consent-title = Write down what was agreed to
record-consent-button = Write down
record-consent-intro = Lessons and marks need no consent. These uses do.

# Fields and columns.
record-key-new-label = What it is for
field-record-scopes = What it may do
field-record-ends-on = Last day
field-record-home-page = Address that stands for the country in statements
field-record-home-page-hint = It cannot change once there are records.
field-record-kept-years = Years a record names its person
field-record-basis = Law or decision it rests on
field-record-learner-code = The learner’s code
field-record-learner-code-hint = As printed on the card.
field-record-sure = I am sure: this cannot be undone
field-record-purpose = Use
field-record-answer = Answer
column-record-user = User name
column-record-scopes = May
column-record-made-on = Made on
column-record-ends-on = Last day
column-record-key-state = State
column-record-statements = Statements
column-record-documents = Documents
column-record-statement = Statement
column-record-algorithm = Signed with
column-record-signature-state = Signature
column-record-certificate = Certificate (SHA-256)

# Vocabularies.
record-scope-write = write statements
record-scope-read-mine = read what it wrote itself
record-scope-read = read statements
record-scope-state = keep states of activities
record-scope-profile = keep profiles
record-scope-define = describe activities
record-scope-all-read = read everything
record-scope-all = everything
record-key-state-good = in use
record-key-state-ended = ended
record-key-state-over = over
record-purpose-research = Research, without names
record-purpose-other-programs = Reading by other programs
record-answer-given = agreed
record-answer-refused = refused
record-signature-state-verified = fits its certificate
record-signature-state-unverified = names no certificate

shown-record-key = The new key: user name, colon, secret
shown-record-key-help = Put both into the program that will use it. Whoever has them can read or write learning records within the key’s limits.
