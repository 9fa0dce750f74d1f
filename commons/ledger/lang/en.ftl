# The audit.
audit-title = Audit
audit-intro = Every act leaves a fact that nobody can change. The newest stands first. Accounts are shown by their number, not by name.
audit-fact-title = Fact { $seq }: { $verb }
audit-fact-before = Fact before
audit-fact-after = Fact after
audit-no-rows = This fact saved no rows.
audit-rows-saved = { $place }. Saved in { $table }: { $n ->
        [one] { $n } row
       *[other] { $n } rows
    }
audit-rows-gone = { $place }. Removed from { $table }: { $n ->
        [one] { $n } row
       *[other] { $n } rows
    }
audit-rows-more = The first { $shown } of { $n } rows are shown; the file has all of them.
audit-rows-file = All rows as a file
audit-not-an-id = “{ $entered }” is not an identifier. Copy it from a fact.
audit-chain-title = The chain of facts
audit-chain-intro = Each fact carries a fingerprint made from itself and from the fact before it. Whoever changes an old fact changes every fingerprint after it. Write down the last one: beside your note, nobody can cut off the end unseen.
audit-chain-whole = Every fingerprint was made anew just now. All facts are as they were recorded.
audit-chain-broken = The chain is broken. Stop, keep a backup of the database as it is, and tell the auditor.
audit-chain-check = The operator’s command “harambee check” walks the chain, the balances and the references; with “--replay” it also rebuilds every table from the facts alone.

chain-state-whole = Whole
chain-state-broken = Broken
chain-state-not-walked = Not checked for this page

column-seq = Number
column-verb = What was done
column-subject-kind = To what
column-subject-id = Identifier of it
column-actor = Account
column-about = What is told
column-hash = Fingerprint
column-previous-hash = Fingerprint before
column-facts = Facts
column-head-hash = Last fingerprint
column-last-at = Last fact
column-chain = Chain
column-broken-at = First fact that is wrong
column-broken-why = What is wrong

field-verb = What was done
field-subject-kind = To what (need, offer, round …)
field-subject-id = Identifier of it
field-actor = Account
field-from = From the day
field-to = To the day

# Balances.
quantity-not-positive = Write a quantity of at least 1.
movement-not-possible = Units do not go from “{ $from }” to “{ $to }”.
quantity-over-balance = { $asked } units were asked for; only { $held } are there (line { $line }).
