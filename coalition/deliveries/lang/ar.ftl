deliveries-menu = عمليات التسليم
deliveries-title = عمليات التسليم
deliveries-intro = ما يرسله الأعضاء أو يبدؤون تقديمه أو يفتحونه للمدارس، وما تجده المدارس والسلطات.
deliveries-public = يظهر هنا ما سجّل المستلمون استلامه. أما ما هو في الطريق فلا يعرفه إلا الأطراف.
deliveries-none = لا توجد شحنة بعد. يُعلن العضو عنها في صفحة نشره.
deliveries-none-public = لم يسجّل أي مستلم شيئًا بعد.
deliveries-none-here = لم يُرسل شيء بعد، أو لم يسجّل أي مستلم شيئًا.
deliveries-consignment = الشحنة { $code }
deliveries-lines-of = مستلمو الشحنة { $code }
deliveries-lines = جميع المستلمين
deliveries-areas = إلى أين تذهب
deliveries-by-area = حسب المنطقة
deliveries-note = ملاحظة العضو
deliveries-paper = المستند المرافق لها
deliveries-overdue = { $n ->
    [one] كان ينبغي أن تصل قبل يوم واحد، وما زال شيء منها منتظرًا.
    [two] كان ينبغي أن تصل قبل يومين، وما زال شيء منها منتظرًا.
    [few] كان ينبغي أن تصل قبل { $n } أيام، وما زال شيء منها منتظرًا.
   *[other] كان ينبغي أن تصل قبل { $n } يومًا، وما زال شيء منها منتظرًا.
}
deliveries-back = العودة إلى الشحنة

consignment-kind-goods = سلع
consignment-kind-service = خدمة تُقدَّم على مدى فترة
consignment-kind-access = وصول رقمي

consignment-state-requested = أُعلن عنها
consignment-state-accepted = مقبولة
consignment-state-on-hold = قيد الانتظار
consignment-state-rejected = مرفوضة
consignment-state-withdrawn = مسحوبة
consignment-state-dispatched = في الطريق
consignment-state-begun = قيد التقديم
consignment-state-opened = مفتوحة
consignment-state-arrived = وصلت، بحسب العضو
consignment-state-given = قُدِّمت، بحسب العضو
consignment-state-partly-received = استُلمت جزئيًا
consignment-state-received = استُلمت
consignment-state-discrepancy-open = فرق مفتوح
consignment-state-closed = مغلقة
consignment-overdue-yes = متأخرة
consignment-overdue-no = في موعدها
consignment-checked-in-no = لم يُسجَّل استلامها بعد

deliveries-now-requested = أعلن العضو عنها. تقبلها السلطة أو تطلب انتظارها أو ترفضها.
deliveries-now-accepted = قبلتها السلطة. بعد ذلك يرسلها العضو أو يبدؤها أو يفتحها.
deliveries-now-on-hold = تطلب السلطة الانتظار:
deliveries-now-rejected = رفضتها السلطة. يمكن إرسال وحداتها بطريقة أخرى.
deliveries-now-withdrawn = سحبها العضو. يمكن إرسال وحداتها بطريقة أخرى.
deliveries-now-dispatched = هي في الطريق. يسجّل المستلمون ما يجدونه.
deliveries-now-begun = الخدمة قيد التقديم. يسجّل المستلمون ما حصلوا عليه.
deliveries-now-opened = الوصول مفتوح. يسجّل المستلمون هل يعمل.
deliveries-now-arrived = يقول العضو إن كل شيء وصل. يتأكد ذلك حين يسجّل المستلمون الاستلام.
deliveries-now-given = يقول العضو إن كل شيء قُدِّم. يتأكد ذلك حين يسجّل المستلمون الاستلام.
deliveries-now-partly-received = سجّل بعض المستلمين الاستلام، وما زال غيرهم منتظرًا.
deliveries-now-received = سجّل جميع المستلمين الاستلام، ولا خلاف على شيء.
deliveries-now-discrepancy-open = شيء ما تالف أو ناقص أو زائد، ولم يقرر أحد بشأنه.
deliveries-now-closed = استُلم كل شيء أو تقرر أمره. الشحنة مغلقة.

deliveries-do-dispatch = تسجيل الإرسال
deliveries-do-begin = تسجيل البدء
deliveries-do-open = تسجيل الفتح
deliveries-do-arrive = تسجيل ما وصل
deliveries-do-give = تسجيل ما قُدِّم

deliveries-destination = { $place }: { $units } وحدة، { $lines ->
    [one] مستلم واحد
    [two] مستلمان
    [few] { $lines } مستلمين
   *[other] { $lines } مستلمًا
}
deliveries-left-to-send = { $n ->
    [one] وحدة واحدة من هذا النشر ليست في أي شحنة بعد.
    [two] وحدتان من هذا النشر ليستا في أي شحنة بعد.
    [few] { $n } وحدات من هذا النشر ليست في أي شحنة بعد.
   *[other] { $n } وحدة من هذا النشر ليست في أي شحنة بعد.
}
deliveries-nothing-left = جميع وحدات هذا النشر موجودة في شحنات.

consignment-new-title = الإعلان عن شحنة
consignment-new-button = الإعلان عن شحنة
consignment-new-intro = تراها السلطة قبل إرسال أي شيء.
consignment-new-to-place = إلى أين تذهب
consignment-new-planned-on = اليوم الذي ينبغي أن تصل فيه
consignment-new-schools = هذه المدارس فقط
consignment-new-schools-hint = مدرسة في كل سطر: رمز المدرسة، ثم عدد الوحدات إن لم تكن كل ما تبقى لها. فارغ: كل ما تبقى للمكان.
consignment-new-note = ملاحظة للسلطة
consignment-new-note-hint = الناقل والتغليف ومن يُتصل به. لا يقرؤها إلا الأطراف.

consignment-acceptance-title = قبول الشحنة
consignment-acceptance-button = قبول
consignment-hold-title = طلب انتظار الشحنة
consignment-hold-button = طلب الانتظار
consignment-rejection-title = رفض الشحنة
consignment-rejection-button = رفض
consignment-withdrawal-title = سحب الشحنة
consignment-withdrawal-button = سحب
consignment-closure-title = إغلاق الشحنة
consignment-closure-button = إغلاق
consignment-closure-intro = استُلم كل شيء أو تقرر أمره. بعد ذلك لا يمكن تسجيل أي استلام.

consignment-dispatch-title = أُرسلت أو بدأت أو فُتحت
consignment-dispatch-button = تسجيل
consignment-dispatch-intro = من هذا اليوم تكون الوحدات في الطريق، ويكون الوصول الرقمي مفتوحًا لمستلميه.
consignment-dispatch-dispatched-on = يوم الإرسال أو البدء أو الفتح
consignment-dispatch-paper = بوليصة الشحن أو قائمة ما أُرسل
consignment-dispatch-paper-hint = صورة أو ملف PDF. لا يراه إلا الأطراف.

consignment-arrival-title = وصلت أو قُدِّمت
consignment-arrival-button = تسجيل
consignment-arrival-intro = هذا قول العضو. تتأكد الوحدات حين يسجّل المستلمون استلامها.
consignment-arrival-arrived-on = يوم الوصول أو التقديم
consignment-arrival-places = هذه فقط
consignment-arrival-places-hint = رموز مدارس أو أماكن أو مناطق، تفصل بينها مسافات. فارغ: كل شيء.

consignment-check-in-title = وصل كل شيء بحالة جيدة
consignment-check-in-button = تسجيل استلام كل شيء بحالة جيدة
consignment-check-in-intro = يُسجَّل كل ما هو منتظر على أنه جيد. حيث يكون شيء تالفًا أو ناقصًا أو زائدًا، سجّلوا تلك المدرسة أولًا، وحدها أو بجدول.
consignment-check-in-received-on = يوم الاستلام
consignment-check-in-department = هذه المنطقة فقط
consignment-check-in-proof = دليل
consignment-check-in-proof-hint = صورة أو الورقة الموقعة، كصورة أو PDF. لا يراه إلا الأطراف.
consignment-check-in-note = ملاحظة
consignment-check-in-note-hint = لا يقرؤها إلا الأطراف.

consignment-line-check-in-title = تسجيل استلام مستلم واحد
consignment-line-check-in-button = تسجيل الاستلام
consignment-line-check-in-intro = ما لا تذكرونه يبقى منتظرًا. تتأكد الوحدات الجيدة، وتبقى التالفة والناقصة مفتوحة حتى يقرر أحد بشأنها.
consignment-line-check-in-good = بحالة جيدة
consignment-line-check-in-good-hint = للتدريب: قُدِّم. للوصول الرقمي: يعمل.
consignment-line-check-in-damaged = تالفة
consignment-line-check-in-short = ناقصة
consignment-line-check-in-short-hint = ما لن يأتي. لا تذكروا ما سيأتي لاحقًا.
consignment-line-check-in-surplus = زائدة
consignment-line-check-in-surplus-hint = أكثر مما كان مقررًا.
consignment-line-check-in-received-on = يوم الاستلام
consignment-line-check-in-proof = دليل
consignment-line-check-in-proof-hint = صورة أو الورقة الموقعة، كصورة أو PDF. لا يراه إلا الأطراف.
consignment-line-check-in-note = ملاحظة
consignment-line-check-in-note-hint = لا يقرؤها إلا الأطراف.

consignment-line-recount-title = إعادة العد
consignment-line-recount-button = الإبلاغ عن وحدات تلفت أو نقصت بعد ذلك
consignment-line-recount-intro = تبيّن أن وحدات مؤكدة تالفة أو ناقصة. تبقى مؤكدة، لكن موضع خلاف، حتى يقرر أحد بشأنها.
consignment-line-recount-damaged = تالفة
consignment-line-recount-short = ناقصة

consignment-table-title = تسجيل الاستلام بجدول
consignment-table-button = تسجيل الاستلام بجدول
consignment-table-intro = جدول CSV أو Excel بالأعمدة school_code وgood وdamaged وshort وsurplus. يُجرَّب أولًا: ترون كل صف مرفوض وسببه قبل تسجيل أي شيء.
consignment-table-file = الجدول
consignment-table-file-hint = نزّلوا جدول ما هو منتظر من صفحة الشحنة، واملؤوه وأحضروه هنا.
consignment-table-received-on = يوم الاستلام
check-in-file-acceptance-title = تسجيل استلام ما في الجدول
check-in-file-acceptance-button = تسجيل استلام كل ما فيه

deliveries-table-title = جدول استلام، قيد التجربة
deliveries-table-says = قُرئ { $rows } صفًا: { $lines } للتسجيل ({ $good } جيدة، { $damaged } تالفة، { $short } ناقصة، { $surplus } زائدة)، و{ $silent } بلا عدد فتُركت.
deliveries-table-clean = لا خطأ فيه. لم يُسجَّل شيء بعد لـ{ $place }.
deliveries-table-accepted = سُجِّل استلام ما فيه.
deliveries-table-empty = لا يقول أي صف شيئًا.
deliveries-table-refused = { $n ->
    [one] هناك خطأ واحد، فلم يُسجَّل شيء. صحّحوا الجدول وأحضروه ثانية.
    [two] هناك خطآن، فلم يُسجَّل شيء. صحّحوا الجدول وأحضروه ثانية.
    [few] هناك { $n } أخطاء، فلم يُسجَّل شيء. صحّحوا الجدول وأحضروه ثانية.
   *[other] هناك { $n } خطأ، فلم يُسجَّل شيء. صحّحوا الجدول وأحضروه ثانية.
}
deliveries-table-taken = سُجِّل هذا الجدول من قبل.
deliveries-table-blank = تنزيل الجدول لملئه
deliveries-refused-rows = الأخطاء صفًا صفًا
deliveries-row = الصف
deliveries-column = العمود
deliveries-why = السبب

deliveries-links = روابط للمستلمين
consignment-links-title = روابط لجميع المستلمين
consignment-links-button = إنشاء روابط لكل من ليس له رابط
consignment-links-intro = من معه رابط يسجّل استلام مدرسة واحدة دون حساب. أعطوا كل رابط لمدرسته فقط.
consignment-links-expires-on = تفتح الروابط حتى
consignment-line-link-title = رابط لهذا المستلم
consignment-line-link-button = إنشاء رابط
consignment-line-link-intro = من معه الرابط يسجّل استلام هذه المدرسة دون حساب.
consignment-line-link-expires-on = يفتح الرابط حتى
receipt-link-revocation-title = إنهاء الرابط
receipt-link-revocation-button = إنهاء الرابط
deliveries-sheet-title = روابط الشحنة { $code }
deliveries-sheet-intro = اطبعوا هذه الورقة وقصّوها وأعطوا كل مدرسة جزأها. لا يرى العضو هذه الروابط أبدًا.
deliveries-sheet-what = { $n } { $unit }: { $service }
deliveries-square = رمز مربع فيه العنوان
deliveries-no-links = لا رابط مفتوحًا الآن. أنشئوا روابط لجميع المدارس التي لم تسجّل الاستلام.
deliveries-link-until = يفتح حتى { $day }
deliveries-link-used = استُعمل في { $day }
deliveries-link-expired = انتهى وقته في { $day }
deliveries-link-revoked-state = أنهته السلطة

receive-title = ماذا وصل؟
receive-button = إرسال
receive-what-goods = أرسل إليكم { $member }: { $n } { $unit } ({ $service }).
receive-what-service = كان على { $member } أن يقدم لكم: { $n } { $unit } ({ $service }).
receive-what-access = فتح لكم { $member }: { $n } { $unit } ({ $service }).
receive-good = جيد
receive-damaged = تالف
receive-short = ناقص
receive-short-hint = لا تذكروا ما سيأتي لاحقًا.
receive-surplus = زائد
receive-photo = صورة
receive-photo-hint = غير لازمة. 8 ميغابايت على الأكثر؛ إن كان الخط ضعيفًا فأرسلوا بدونها.
receive-note = ملاحظة
receive-so-far = سُجِّل حتى الآن: { $found }.
receive-outstanding = { $n ->
    [0] لا شيء منتظر.
    [zero] لا شيء منتظر.
   *[other] ما زال منتظرًا: { $n }.
}
receive-thanks = شكرًا لكم
receive-photo-kept = حُفظت صورتكم.
receive-disputed = ستنظر سلطة التعليم في ما هو تالف أو ناقص.
receive-again = وصل شيء آخر

column-consignment = الشحنة
column-consignment-code = الرمز
column-deployment-served = النشر
column-goes-to = تذهب إلى
column-due-there-on = موعد وصولها
column-delivery-overdue = متأخرة
column-sent-on = أُرسلت أو بدأت أو فُتحت في
column-delivery-arrived-on = وصلت في، بحسب العضو
column-first-received-on = أول استلام في
column-last-received-on = آخر استلام في
column-receivers = المستلمون
column-receiver = المستلم
column-need-line-served = بند الاحتياج
column-sent-units = الوحدات المرسلة
column-arrived-units = الوحدات التي وصلت، بحسب العضو
column-good-units = جيدة عند الاستلام
column-damaged-units = تالفة
column-short-units = ناقصة
column-surplus-units = زائدة
column-outstanding-units = منتظرة
column-confirmed-units = مؤكدة الآن
column-disputed-units = موضع خلاف
column-discrepancy = الفرق
column-what-is-wrong = ما الخلل
column-open-units = مفتوحة
column-open-since = مفتوح منذ
column-found-later = اكتُشف بعد الاستلام
column-found-units = عُثر عليها أو أُصلحت
column-replaced-units = استُبدلت
column-lost-units = فُقدت
column-gone-back-units = أُعيدت
column-kept-units = أُبقيت
column-given-units = أُعطيت لغيرها
column-needed-again-units = لازمة من جديد
column-in-dispute-units = الوحدات
field-delivery-overdue = في موعدها
field-school-area = المنطقة
field-checked-in = سُجِّل الاستلام
field-what-is-wrong = ما الخلل

deliveries-receipts = ما قاله المستلم
deliveries-no-receipts = لم يسجّل أحد استلام هذا بعد.
deliveries-found = وُجد
deliveries-via = كيف
deliveries-proof = دليل
deliveries-receipt-note = ملاحظة
receipt-via-account = من السلطة
receipt-via-link = برابط المستلم
receipt-via-sheet = بجدول
deliveries-n-good = جيد: { $n }
deliveries-n-damaged = تالف: { $n }
deliveries-n-short = ناقص: { $n }
deliveries-n-surplus = زائد: { $n }
deliveries-late-damaged = تالف اكتُشف لاحقًا: { $n }
deliveries-late-short = ناقص اكتُشف لاحقًا: { $n }
deliveries-disputes = الفروق
deliveries-dispute-open = مفتوح
deliveries-dispute-settled = تقرر أمره

deliveries-open-title = الفروق المفتوحة
deliveries-open-intro = وحدات تالفة أو ناقصة أو زائدة لم يقرر أحد بشأنها؛ الأقدم أولًا.
deliveries-none-open = لا فرق مفتوحًا.
discrepancy-wrong-damaged = تالف
discrepancy-wrong-short = ناقص
discrepancy-wrong-surplus = زائد
discrepancy-resolution-title = القرار في وحدات موضع خلاف
discrepancy-resolution-button = قرار
discrepancy-resolution-intro = تتأكد الوحدات التي عُثر عليها أو استُبدلت. وتخرج المفقودة والمعادة من التسليم، ويُقرَّر على حدة هل هي لازمة من جديد.
discrepancy-resolution-resolution = ماذا صار بها
discrepancy-resolution-units = الوحدات
discrepancy-resolution-to-line = بند الاحتياج الذي يحصل عليها
discrepancy-resolution-to-line-hint = فقط إذا أُعطي الزائد لغيره: عنوان بند احتياج مفتوح للخدمة نفسها.
discrepancy-need-title = لازمة من جديد
discrepancy-need-button = القول إنها لازمة من جديد
discrepancy-need-intro = الوحدات المفقودة أو المعادة تصبح بلا تغطية من جديد، ويمكن لعرض آخر أن يلبيها. وما عاد إلى العضو فله أن يعرضه من جديد.
discrepancy-need-units = الوحدات
resolution-damaged-found = أُصلحت وهي مستعملة
resolution-damaged-replaced = استُبدلت بغيرها ووصلت
resolution-damaged-lost = شُطبت
resolution-damaged-returned = عادت إلى العضو
resolution-damaged-needed-again = لازمة من جديد
resolution-short-found = عُثر عليها وهي مستعملة
resolution-short-replaced = استُبدلت بغيرها ووصلت
resolution-short-lost = فُقدت
resolution-short-returned = عادت إلى العضو
resolution-short-needed-again = لازمة من جديد
resolution-surplus-kept = أبقتها المدرسة بموافقة السلطة
resolution-surplus-returned = عادت إلى العضو
resolution-surplus-given = أُعطيت لبند احتياج مفتوح آخر
deliveries-decisions = القرارات
deliveries-no-decision = لم يقرر أحد بشأنه بعد.
deliveries-became = ماذا صار بها
deliveries-units = الوحدات
deliveries-reason = السبب
deliveries-to-line = البند الذي حصل عليها

deliveries-requested = أُعلن عن الشحنة. السلطة تجيب.
deliveries-accepted = قُبلت الشحنة.
deliveries-held = الشحنة تنتظر.
deliveries-rejected = رُفضت الشحنة.
deliveries-withdrawn = سُحبت الشحنة.
deliveries-dispatched = سُجِّل: وحداتها في الطريق.
deliveries-begun = سُجِّل: بدأت.
deliveries-opened = سُجِّل: فُتحت.
deliveries-arrived = سُجِّل على أنه قول العضو.
deliveries-checked-in = سُجِّل الاستلام.
deliveries-recounted = سُجِّل. الوحدات موضع خلاف حتى يقرر أحد بشأنها.
deliveries-closed = أُغلقت الشحنة.
deliveries-resolved = تقرر الأمر.
deliveries-needed-again = الوحدات بلا تغطية من جديد.
deliveries-links-issued = أُنشئت الروابط.
deliveries-link-revoked = انتهى الرابط.

deliveries-waits-answer = الشحنة { $code } تنتظر جوابًا
deliveries-waits-check-in = الشحنة { $code } تنتظر تسجيل استلامها
deliveries-waits-closure = يمكن إغلاق الشحنة { $code }
deliveries-waits-dispatch = قُبلت الشحنة { $code } ويمكن إرسالها
deliveries-waits-held = طُلب انتظار الشحنة { $code }
deliveries-waits-disputes = { $n ->
    [one] فرق واحد مفتوح
    [two] فرقان مفتوحان
    [few] { $n } فروق مفتوحة
   *[other] { $n } فرقًا مفتوحًا
}

deliveries-day-past = مضى هذا اليوم.
deliveries-day-ahead = لم يأت هذا اليوم بعد.
deliveries-no-lines = لم يبق شيء يُرسل إلى هناك.
deliveries-line-twice = ذُكر مستلم مرتين.
deliveries-line-unreadable = لا يمكن قراءة «{ $text }»: اكتبوا رمز مدرسة ثم عدد وحدات.
deliveries-more-than-left = { $units } وحدة أكثر مما تبقى لهذا المستلم، وهو { $left }.
deliveries-school-not-left = لم يبق شيء يُرسل هناك إلى «{ $code }».
deliveries-school-not-in-it = «{ $code }» ليست من مستلمي هذه الشحنة.
deliveries-school-several-lines = لـ«{ $code }» عدة بنود هنا: سجّلوا كل واحد على حدة.
deliveries-place-not-in-it = «{ $code }» ليس مدرسة ولا مكانًا ولا منطقة في هذه الشحنة.
deliveries-all-arrived = لم يبق شيء لم يُسجَّل وصوله.
deliveries-all-checked-in = سُجِّل استلام كل شيء هناك من قبل.
deliveries-already-received = استُلم شيء منها من قبل.
deliveries-not-now = لا يمكن ذلك لشحنة في هذه الحالة: { $state }.
deliveries-nothing-travels = الوصول الرقمي يُفتح؛ لا شيء يسافر ليصل.
deliveries-nothing-said = قولوا كم وصل أو تلف أو نقص أو زاد.
deliveries-below-zero = عدد الوحدات خارج الحدود.
deliveries-more-than-outstanding = مجموع الجيد والتالف والناقص { $said }، والمنتظر { $left }. ما زاد يُكتب في «زائد».
deliveries-more-than-confirmed = المؤكد وغير المختلف فيه { $left } وحدة فقط.
deliveries-more-than-disputed = المفتوح { $left } وحدة فقط.
deliveries-more-than-gone = المفقود أو المعاد { $left } وحدة فقط.
deliveries-surplus-was-never-needed = الزائد لم يكن يومًا جزءًا من الاحتياج.
deliveries-resolution-not-possible = لا يمكن أن يصير هذا بمثل هذه الوحدات.
deliveries-line-unknown = لا يوجد بند احتياج كهذا.
deliveries-line-of-another-kind = بند الاحتياج هذا لخدمة أخرى أو بلد آخر.
deliveries-line-takes-less = لبند الاحتياج هذا { $left } وحدة فقط بلا تغطية.
deliveries-outstanding = ما زالت { $left } وحدة منتظرة: سجّلوا استلامها أو قولوا إنها ناقصة.
deliveries-disputed = { $n ->
    [one] فرق واحد مفتوح.
    [two] فرقان مفتوحان.
    [few] { $n } فروق مفتوحة.
   *[other] { $n } فرقًا مفتوحًا.
}
deliveries-not-a-proof = أرسلوا صورة أو ملف PDF.
deliveries-row-hidden = هذا الصف مخفي في الجدول. أظهروه أو احذفوه.
deliveries-row-twice = هذه المدرسة موجودة في الصف { $row }.
deliveries-link-over = لم يعد هذا الرابط يفتح. اطلبوا رابطًا جديدًا من سلطة التعليم.
deliveries-link-days = اختاروا يومًا بين اليوم و{ $most } يومًا من الآن.
deliveries-no-links-needed = سجّل كل مستلم الاستلام أو له رابط.
