# كلمات مشتركة بين كل الغرف.
yes = نعم
no = لا
unknown = غير معروف
not-applicable = لا ينطبق
none = لا يوجد

month-1 = يناير
month-2 = فبراير
month-3 = مارس
month-4 = أبريل
month-5 = مايو
month-6 = يونيو
month-7 = يوليو
month-8 = أغسطس
month-9 = سبتمبر
month-10 = أكتوبر
month-11 = نوفمبر
month-12 = ديسمبر

moment = { $day }، الساعة { $time } بالتوقيت العالمي
moment-there = { $day }، الساعة { $time } بتوقيت { $zone }
site-zone = الأيام والأوقات هنا بتوقيت { $name } (الآن { $zone }).
site-zone-utc = الأيام والأوقات هنا بالتوقيت العالمي.
list-end = { $head } و{ $last }

lang-en = الإنجليزية
lang-fr = الفرنسية
lang-ar = العربية
lang-es = الإسبانية
lang-sw = السواحيلية
lang-pt = البرتغالية

role-authority-focal-point = منسّق السلطة الوطنية
role-authority-signatory = المفوّض بالتوقيع عن السلطة الوطنية
role-member-focal-point = منسّق منظمة عضو
role-member-officer = المسؤول المفوّض لمنظمة عضو
role-secretariat-officer = موظف الأمانة
role-secretariat-approver = معتمِد الأمانة
role-independent-verifier = محقّق مستقل
role-auditor = مدقّق
role-administrator = مدير النظام
role-learning-officer = مسؤول التعلّم
role-resource-reviewer = مراجع الموارد
role-school-head = مدير المدرسة
role-teacher = معلّم
role-learner = متعلّم
role-guardian = وليّ الأمر

four-eyes = يجب أن يقوم بهذه الخطوة شخص غير الذي قام بالخطوة السابقة.
days =
    { $n ->
        [zero] لا أيام
        [one] يوم واحد
        [two] يومان
        [few] { $n } أيام
        [many] { $n } يومًا
       *[other] { $n } يوم
    }
