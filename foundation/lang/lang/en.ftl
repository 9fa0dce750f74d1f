# Words all rooms share.
yes = Yes
no = No
unknown = Unknown
not-applicable = Not applicable
none = None

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

moment = { $day }, { $time } UTC
moment-there = { $day }, { $time } { $zone }
site-zone = Days and times here are those of { $name } (now { $zone }).
site-zone-utc = Days and times here are those of UTC.
list-end = { $head } and { $last }

lang-en = English
lang-fr = French
lang-ar = Arabic
lang-es = Spanish
lang-sw = Swahili
lang-pt = Portuguese

role-authority-focal-point = National authority focal point
role-authority-signatory = National authority signatory
role-member-focal-point = Member focal point
role-member-officer = Member authorised officer
role-secretariat-officer = Secretariat officer
role-secretariat-approver = Secretariat approver
role-independent-verifier = Independent verifier
role-auditor = Auditor
role-administrator = Administrator
role-learning-officer = Learning officer
role-resource-reviewer = Resource reviewer
role-school-head = School head
role-teacher = Teacher
role-learner = Learner
role-guardian = Guardian

four-eyes = This step needs another person than the one who did the step before.
days =
    { $n ->
        [one] { $n } day
       *[other] { $n } days
    }
