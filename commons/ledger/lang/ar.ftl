# التدقيق.
audit-title = التدقيق
audit-intro = يترك كل إجراء واقعة لا يستطيع أحد تغييرها. الأحدث أولًا. تظهر الحسابات بأرقامها لا بأسمائها.
audit-fact-title = الواقعة { $seq }: { $verb }
audit-fact-before = الواقعة السابقة
audit-fact-after = الواقعة التالية
audit-no-rows = لم تحفظ هذه الواقعة أي صف.
audit-rows-saved = { $place }. حُفظ في { $table }: { $n ->
        [zero] لا صفوف
        [one] صف واحد
        [two] صفان
        [few] { $n } صفوف
        [many] { $n } صفًا
       *[other] { $n } صف
    }
audit-rows-gone = { $place }. أُزيل من { $table }: { $n ->
        [zero] لا صفوف
        [one] صف واحد
        [two] صفان
        [few] { $n } صفوف
        [many] { $n } صفًا
       *[other] { $n } صف
    }
audit-rows-more = تظهر أول { $shown } من أصل { $n }؛ ويحتوي الملف عليها كلها.
audit-rows-file = كل الصفوف في ملف
audit-not-an-id = «{ $entered }» ليس معرّفًا. انسخه من إحدى الوقائع.
audit-chain-title = سلسلة الوقائع
audit-chain-intro = تحمل كل واقعة بصمة محسوبة منها ومن الواقعة التي قبلها. من يغيّر واقعة قديمة يغيّر كل البصمات بعدها. دوّن البصمة الأخيرة: فلا يستطيع أحد أن يقطع نهاية السلسلة دون أن يُكتشف.
audit-chain-whole = أُعيد حساب كل البصمات الآن. جميع الوقائع كما سُجّلت.
audit-chain-broken = السلسلة مكسورة. توقّف، واحتفظ بنسخة من قاعدة البيانات كما هي، وأبلغ المدقق.
audit-chain-check = أمر المشغّل «harambee check» يمرّ على السلسلة والأرصدة والمراجع؛ ومع «--replay» يعيد أيضًا بناء كل جدول من الوقائع وحدها.

chain-state-whole = سليمة
chain-state-broken = مكسورة
chain-state-not-walked = لم تُفحص لهذه الصفحة

column-seq = الرقم
column-verb = ما الذي جرى
column-subject-kind = على ماذا
column-subject-id = معرّفه
column-actor = الحساب
column-about = ما يُروى عنه
column-hash = البصمة
column-previous-hash = البصمة السابقة
column-facts = الوقائع
column-head-hash = آخر بصمة
column-last-at = آخر واقعة
column-chain = السلسلة
column-broken-at = أول واقعة خاطئة
column-broken-why = ما الخطأ

field-verb = ما الذي جرى
field-subject-kind = على ماذا (need أو offer أو round …)
field-subject-id = معرّفه
field-actor = الحساب
field-from = من يوم
field-to = إلى يوم

# الأرصدة.
quantity-not-positive = اكتب كمية لا تقل عن 1.
movement-not-possible = لا تنتقل الوحدات من «{ $from }» إلى «{ $to }».
quantity-over-balance = طُلبت { $asked } وحدة، والموجود { $held } فقط (السطر { $line }).
