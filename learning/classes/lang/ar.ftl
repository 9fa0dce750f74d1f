classes-menu = فصولي
sign-in-school-menu = الدخول في المدرسة

# Coming in
sign-in-school-title = الدخول في المدرسة
sign-in-class-code = رمز فصلك
sign-in-class-code-hint = تجده على بطاقتك، مثل BKT-42.
sign-in-class-button = متابعة
sign-in-adults = المعلمون والمديرون وأولياء الأمور
class-code-unknown = لا يوجد فصل بهذا الرمز. انظر إلى بطاقتك مرة أخرى أو اسأل معلمك.
class-over = انتهى هذا الفصل. اسأل معلمك عن رمز الفصل الجديد.

child-sign-in-title = من أنت؟
child-sign-in-button = دخول
child-sign-in-how = اختر نفسك من القائمة، ثم الصور الثلاث التي على بطاقتك بترتيبها. أو اكتب الأرقام الأربعة التي على بطاقتك.
child-sign-in-learner = أنت
child-sign-in-learner-hint = الرقم الذي على بطاقتك، أو اسمك.
child-sign-in-wrong = ليس هذا ما على البطاقة. حاول مرة أخرى أو اسأل معلمك.
field-learner = المتعلم
field-picture-1 = الصورة الأولى
field-picture-2 = الصورة الثانية
field-picture-3 = الصورة الثالثة
field-short-code = الأرقام الأربعة على بطاقتك
field-own-phone = هذا هاتفي الخاص: أبقني داخلًا 30 يومًا
picture-sun = شمس
picture-fish = سمكة
picture-tree = شجرة
picture-house = بيت
picture-moon = قمر
picture-ball = كرة
picture-bird = طائر
picture-cup = فنجان
picture-star = نجمة
picture-drum = طبل
picture-flower = زهرة
picture-key = مفتاح

adult-sign-in-title = الدخول بكلمة مرور
adult-sign-in-button = الدخول بكلمة مرور
adult-sign-in-wrong = اسم المستخدم وكلمة المرور لا يتوافقان.
first-sign-in-link = أول مرة: لدي بطاقة من المدرسة
first-sign-in-title = اختر كلمة مرورك
first-sign-in-intro = على بطاقة المدرسة اسم مستخدم ورمز بداية. بهما تختار كلمة مرور، مرة واحدة.
first-sign-in-button = اختيار ودخول
first-sign-in-wrong = اسم المستخدم ورمز البداية لا يتوافقان، أو أن البطاقة قديمة. اطلب من المدرسة بطاقة جديدة.
field-user-name = اسم المستخدم
field-user-name-hint = اسم المستخدم، أو الرمز الذي على بطاقتك.
field-start-code = رمز البداية
school-person-new-user-name-hint = حروف وأرقام ونقاط وشرطات. وبدونه يدخل الشخص برمزه.
school-person-edit-user-name-hint = حروف وأرقام ونقاط وشرطات. وبدونه يدخل الشخص برمزه.
school-link-title = دخول
school-link-button = دخول
school-link-for = هذا الرابط يُدخل { $name }.
school-link-used = استُعمل هذا الرابط من قبل أو انتهت مدته.
school-sign-out-title = خروج
school-sign-out-button = خروج
school-account-title = أنت في المدرسة
school-account-roles = صفتك وفي أي مدرسة
school-password-title = تغيير كلمة المرور
school-password-button = تغيير كلمة المرور
school-password-done = غُيّرت كلمة مرورك.
school-password-wrong = ليست هذه كلمة مرورك الحالية.
school-password-short = كلمة المرور { $min } أحرف على الأقل. ثلاث كلمات يسهل تذكرها.
school-password-easy = يسهل على غيرك تخمين كلمة المرور هذه: فيها اسمك أو هي تسلسل بسيط.
school-password-differs = يجب أن تكون كلمة المرور نفسها في المرتين.
user-name-shape = اسم المستخدم من 3 إلى 40 من الحروف والأرقام والنقاط والشرطات.
user-name-taken = اسم المستخدم هذا لشخص آخر.

# A teacher's day
teach-title = اليوم
teach-hours = حصصك اليوم
teach-class = الفصل
teach-classes = فصولك
teach-no-classes = لا تعلّم في أي فصل الآن. مدير مدرستك هو من يضع المعلمين في الفصول.
class-size =
    { $n ->
        [zero] لا متعلمين
        [one] متعلم واحد
        [two] متعلمان
        [few] { $n } متعلمين
        [many] { $n } متعلمًا
       *[other] { $n } متعلم
    }
register-is-taken = سُجّل الحضور

# A class
class-tab-list = القائمة
class-tab-registers = سجلات الحضور
class-tab-timetable = جدول الحصص
class-tab-groups = المجموعات
class-tab-cards = البطاقات
class-code-is = يدخل الأطفال برمز الفصل { $code }.
class-empty = لا أحد في هذا الفصل بعد. أضف متعلمين أو استورد قائمة المدرسة.
class-number = الرقم
class-needs = الاحتياجات
class-add-learner = إضافة متعلم
class-new-title = فصل جديد
class-new-button = فصل جديد
class-edit-title = تعديل الفصل
class-edit-button = تعديل الفصل
field-class-names = اسم الفصل
field-class-subjects = المواد
field-class-subjects-hint = إن لم تحدد شيئًا فالمقصود كل المواد.
field-school-year = السنة أو الفترة الدراسية
field-first-on = اليوم الأول
field-last-on = اليوم الأخير
field-shows-names = في صفحة الدخول، اعرض الأسماء الأولى بدل الأرقام
field-shows-names-hint = أسهل على الصغار. ومن يعرف رمز الفصل يستطيع عندئذ قراءة الأسماء الأولى.
class-code-title = رمز جديد للفصل
class-code-intro = الرمز المكتوب على بطاقات هذا الفصل لن يعمل بعد الآن. اطبع البطاقات من جديد.
class-code-button = إعطاء رمز جديد
class-of-another-school = هذا الفصل لمدرسة أخرى.
role-not-in-a-class = لا يوضع في الفصل إلا المتعلمون والمعلمون.

# Registers
register-title = سجل الحضور
register-button = تسجيل الحضور
register-intro = كل من في القائمة كان حاضرًا إلا من تسميهم. اكتب أرقامًا من القائمة، مثل 3، 17.
register-taken = سجّل { $name } هذا الحضور في { $at }. ما تحفظه الآن يصححه؛ فاذكر السبب.
register-done = حُفظ سجل الحضور.
field-on-day = اليوم
field-absent = الغائبون
field-excused = غائبون بعذر أو مرض (أرقام)
field-late = حضروا متأخرين (أرقام)
field-left-early = غادروا مبكرًا (أرقام)
register-reason = السبب، عند التصحيح
register-day-to-come = لا يُسجَّل حضور يوم لم يأت بعد.
register-outside-the-class = لا ينعقد الفصل في ذلك اليوم: فهو خارج يومه الأول والأخير.
register-nobody = لم يكن أحد في هذا الفصل في ذلك اليوم.
number-is-a-word = «{ $word }» ليس رقمًا من القائمة. اكتبوا أرقامًا أو اتركوا الحقل فارغًا.
number-not-on-the-list = الرقم { $number } ليس في قائمة ذلك اليوم.
number-said-twice = الرقم { $number } مذكور في موضعين.
correction-needs-reason = اذكر سبب تصحيح السجل.
registers-empty = لم يُسجَّل حضور بعد. سجّل الأول اليوم.
registers-earlier = سجلات أقدم
registers-corrections = تصحيحات الأسبوعين الأخيرين
correction-was = كان
correction-is = أصبح
correction-by = صحّحه
attendance-present = حاضر
attendance-late = متأخر
attendance-left-early = غادر مبكرًا
attendance-excused = بعذر
attendance-absent = غائب
attendance-there = الحضور
attendance-short-present = ·
attendance-short-late = م
attendance-short-left-early = ب
attendance-short-excused = ع
attendance-short-absent = غ
sheet-title = طباعة السجل
sheet-title-of = سجل حضور { $class }
sheet-sums = الأيام لكل متعلم
sheet-signature = توقيع المعلم: ______________________  التاريخ: ______________

# Timetable
weekday-1 = الاثنين
weekday-2 = الثلاثاء
weekday-3 = الأربعاء
weekday-4 = الخميس
weekday-5 = الجمعة
weekday-6 = السبت
weekday-7 = الأحد
timetable-when = الوقت
timetable-subject = المادة
timetable-teacher = المعلم
timetable-place = القاعة
timetable-change = تعديل
timetable-empty = جدول الحصص فارغ. أضف الحصص الأولى.
hour-new-title = إضافة حصص
hour-new-button = إضافة حصص
hour-end-title = حذف حصة من الجدول
hour-end-button = حذف
field-weekdays = الأيام
field-begins-at = تبدأ عند
field-begins-at-hint = ساعات ودقائق، مثل 08:40.
field-minutes = الدقائق
field-hour-teacher = المعلم
field-hour-place = القاعة
hour-shape = اكتب الوقت بالساعات والدقائق، مثل 08:40؛ وتنتهي الحصة قبل منتصف الليل.
hour-crosses = للفصل حصة يوم { $day } عند { $begins }.
hour-crosses-teacher = للمعلم فصل آخر يوم { $day } عند { $begins }.

# Groups
group-kind-free = مجموعة كوّنها المعلم
group-kind-level = مجموعة بحسب المستوى
groups-empty = لا مجموعات بعد. كوّن واحدة لتعطي بعض المتعلمين عملًا خاصًا بهم.
group-new-title = مجموعة جديدة
group-new-button = مجموعة جديدة
group-edit-title = تعديل المجموعة
group-edit-button = تعديل
group-end-title = حل المجموعة
group-end-button = حل
field-group-name = اسم المجموعة
field-members = المتعلمون
not-in-the-class = أحد من اخترتهم ليس في هذا الفصل اليوم.

# Cards
cards-title = بطاقات { $class }
cards-intro = اطبع هذه الصفحة وقص البطاقات، عشر في كل ورقة. البطاقة المطبوعة ثانية هي البطاقة نفسها؛ أعط بطاقة جديدة إذا رآها شخص آخر.
cards-picture = بطاقات للقص، على كل منها الاسم ورمز الفصل والرقم وثلاث صور وأربعة أرقام
cards-new-title = بطاقات جديدة
cards-new-intro = يحصل هؤلاء المتعلمون على صور وأرقام أخرى؛ وتتوقف بطاقاتهم القديمة عن العمل ويخرجون من كل الأجهزة.
cards-new-button = بطاقات جديدة للبعض
card-code-number = الفصل { $code } · الرقم { $number }
card-short-code = أو { $code }
card-what = ما
card-write = ما يُكتب
card-where = العنوان
card-until = صالحة حتى
card-none = لا بطاقة للطباعة: أنشئ بطاقة جديدة أولًا.
card-not-for-oneself = يجب أن ينشئ شخص آخر بطاقتك.
adult-card-title = بطاقة الدخول الأول
adult-card-button = بطاقة الدخول الأول
adult-card-intro = البطاقة الجديدة تلغي البطاقة القديمة وكلمة مرور هذا الشخص.
adult-card-how = أعط هذه البطاقة لصاحبها وحده. تُستعمل مرة واحدة.

# People
person-sex-female = أنثى
person-sex-male = ذكر
person-need-vision = الرؤية
person-need-hearing = السمع
person-need-mobility = المشي
person-need-cognition = التذكر
person-need-self-care = العناية بالنفس
person-need-speech = التعبير المفهوم
person-need-learning = التعلم
column-birth-year = سنة الميلاد
column-sex = الجنس
column-needs = يحتاج إلى دعم في
column-user-name = اسم المستخدم
column-has-password = له كلمة مرور
column-at-school = المدرسة
column-class = الفصل
column-school-year = السنة الدراسية
column-guardian = ولي الأمر
column-learner = المتعلم
column-relation = الصلة
column-verified = جرى التحقق
column-in-lesson = الحصة
column-mark = ما يقوله السجل
column-marked-by = كتبه
column-marked-at = كُتب في
field-mark = ما يقوله السجل
field-register = السجلات
register-of-day = سجلات الأيام
register-of-lesson = سجلات الحصص
marks-link = السجلات في قائمة
marks-of = سجلات { $whose }
field-given = الأسماء الأولى
field-family = اسم العائلة
field-birth-year = سنة الميلاد
field-sex = الجنس
field-needs = يحتاج إلى دعم في
field-class = الفصل
field-school-role = الدور
field-at-school = المدرسة
field-class-role = صفته في الفصل
field-tie-state = المعروض
birth-year-not-likely = اكتب سنة من { $least } إلى { $most }.
school-person-new-title = شخص جديد
school-person-new-button = شخص جديد
school-person-edit-title = تعديل ما كتبته المدرسة
school-person-edit-button = تعديل
school-role-new-title = إعطاء دور
school-role-new-button = إعطاء دور
school-role-end-title = إنهاء دور
school-role-end-intro = يغادر الشخص بهذا الدور فصول هذه المدرسة ويُخرج من النظام. ويبقى ما كان محفوظًا.
school-role-end-button = إنهاء
enrolment-new-title = الوضع في فصل
enrolment-new-button = الوضع في فصل
enrolment-move-title = الانتقال إلى فصل آخر
enrolment-move-button = نقل
enrolment-move-intro = اليوم الأخير في الفصل القديم؛ ويبدأ الجديد في اليوم التالي.
enrolment-end-title = مغادرة الفصل
enrolment-end-button = مغادرة
enrolment-held = الشخص في هذا الفصل في ذلك الوقت بالفعل.
enrolment-outside-the-class = اليوم خارج اليوم الأول والأخير للفصل.
enrolment-over = انتهى هذا المكان في الفصل من قبل.
no-such-role-here = ليس للشخص هذا الدور في المدرسة في ذلك اليوم. أعط الدور أولًا.
role-over = انتهى هذا الدور من قبل.
role-not-of-a-school = هذا الدور لا تعطيه المدرسة.
head-by-the-officer = مدير المدرسة يسميه مسؤول التعلم في البلد.
last-day-before-first = اليوم الأخير قبل اليوم الأول، { $first }.
still = مستمر
school-person-roles = الأدوار
person-classes = الفصول
person-guardians = أولياء الأمور
person-no-wards = لا طفل مرتبط بعد. افتحوا صفحة الطفل وأضيفوا فيها ولي أمر واكتبوا هذا الرمز: { $code }
person-no-guardians = لا ولي أمر مرتبط بعد.
person-wards = ولي أمر
person-attendance = أيام نصف السنة الأخير
person-code-unknown = لا أحد له هذا الرمز.

# Guardians
relation-mother = الأم
relation-father = الأب
relation-grandparent = الجد أو الجدة
relation-sibling = الأخ أو الأخت
relation-relative = قريب
relation-guardian = ولي أمر
guardian-basis-known-in-person = تعرفه المدرسة شخصيًا
guardian-basis-birth-certificate = اطُّلع على شهادة الميلاد
guardian-basis-identity-card = اطُّلع على بطاقة الهوية
guardian-basis-court-order = اطُّلع على حكم المحكمة
guardian-basis-community-leader = كفله أحد وجهاء المجتمع
guardian-state-waiting = ينتظر التحقق
guardian-state-verified = جرى التحقق
guardian-state-sees = جرى التحقق، وله أن يرى
guardian-state-ended = انتهى
guardian-relation = الصلة
guardian-verified = جرى التحقق
guardian-of = { $guardian } – { $relation } – { $learner }
guardian-new-title = ربط ولي أمر
guardian-new-button = ربط ولي أمر
guardian-new-intro = يتحقق شخص آخر من المدرسة من الرابط قبل أن يرى ولي الأمر أي شيء.
guardian-verification-title = التحقق من ولي أمر
guardian-verification-button = تحقق
guardian-end-title = إنهاء رابط ولي أمر
guardian-end-button = إنهاء
field-person-code = رمز شخص تعرفه المدرسة
field-person-code-hint = فقط إن كان لولي الأمر رمز من قبل، مثل KTBQ-492M. وإلا فاكتب الاسم.
guardian-new-relation = صلته بالمتعلم
field-seen-by = كيف جرى التحقق
field-may-see = له أن يرى عمل الطفل
guardian-of-oneself = لا أحد ولي أمر نفسه.
guardian-held = ولي الأمر هذا مرتبط بالمتعلم بالفعل.
guardian-link-settled = جرى التحقق من هذا الرابط أو أُنهي في هذه الأثناء.
not-a-learner-here = هذا الشخص ليس متعلمًا في مدرستك اليوم.
inbox-guardian = رابط ولي أمر ينتظر التحقق

# A school
school-people-link = أشخاص هذه المدرسة وفصولها
school-people = الأشخاص
school-people-of = { $school }: { $role }
school-classes = الفصول
school-classes-of = فصول { $school }
school-guardians = أولياء الأمور
school-guardians-of = أولياء الأمور في { $school }
school-guardians-intro = لا يرى ولي الأمر عمل طفله إلا بعد أن يتحقق من الرابط شخص غير الذي أدخله.
school-export = تنزيل بصيغة OneRoster 1.2
guardians-wait =
    { $n ->
        [zero] لا أولياء أمور ينتظرون التحقق
        [one] ولي أمر واحد ينتظر التحقق
        [two] وليا أمر ينتظران التحقق
        [few] { $n } أولياء أمور ينتظرون التحقق
        [many] { $n } ولي أمر ينتظرون التحقق
       *[other] { $n } ولي أمر ينتظرون التحقق
    }

# Rosters
roster-import-title = استيراد قائمة
roster-import-button = قراءة القائمة
roster-import-intro = ملف zip فيه ملفات CSV بصيغة OneRoster 1.2. يُقرأ كاملًا أولًا؛ ولا يتغير شيء قبل أن تقبل.
field-scope = من أجل
field-roster = القائمة (zip)
roster-acceptance-title = اعتماد القائمة
roster-acceptance-button = اعتماد
roster-again = إحضار الملف المصحَّح
roster-busy = القائمة قيد القراءة أو الاعتماد. يمكنك مغادرة هذه الصفحة والعودة.
roster-clean = كل صف يمكن اعتماده.
roster-done = اعتُمدت القائمة.
roster-refused =
    { $n ->
        [zero] لم يُرفض أي صف.
        [one] رُفض صف واحد. لم يتغير شيء؛ صحّح الملف واستورده من جديد.
        [two] رُفض صفان. لم يتغير شيء؛ صحّح الملف واستورده من جديد.
        [few] رُفضت { $n } صفوف. لم يتغير شيء؛ صحّح الملف واستورده من جديد.
        [many] رُفض { $n } صفًا. لم يتغير شيء؛ صحّح الملف واستورده من جديد.
       *[other] رُفض { $n } صف. لم يتغير شيء؛ صحّح الملف واستورده من جديد.
    }
roster-refused-rows = الصفوف المرفوضة
roster-file = الملف
roster-what = ما
roster-how-many = العدد
roster-found-schools = المدارس
roster-found-classes = الفصول
roster-found-users = الأشخاص
roster-found-enrolments = التسجيلات
roster-count-people-new = أشخاص جدد
roster-count-people-changed = أشخاص عُدّلوا
roster-count-classes-new = فصول جديدة
roster-count-enrolments-new = تسجيلات جديدة
roster-count-enrolments-ended = تسجيلات انتهت
roster-count-guardians-new = أولياء أمور للتحقق
roster-left = ما لم يُعتمد
roster-left-class = فصول معلَّمة محذوفة: { $n }؛ فالفصل ينتهي في يومه الأخير
roster-left-password = كلمات مرور: { $n }؛ فكل شخص يختار كلمته
roster-left-contact = عناوين بريد أو أرقام هواتف: { $n }؛ فسجل المتعلم لا يحوي شيئًا منها
roster-left-role = أدوار لا تعطيها المدرسة هنا: { $n }
roster-not-to-accept = هذه القائمة لا تنتظر الاعتماد.
roster-not-a-zip = هذا ليس ملف zip، أو هو تالف.
roster-too-many-files = في ملف zip ملفات كثيرة جدًا.
roster-too-large = ملف zip بعد فكه أكبر من المسموح.
roster-not-readable = لا يمكن قراءة هذا الصف بصيغة CSV وترميز UTF-8.
roster-file-missing = { $said } ناقص.
roster-file-needed = { $said } مطلوب، والبيان يقول إنه غير موجود.
roster-manifest-value = قل bulk أو delta أو absent بدل «{ $said }».
roster-version = لا يُقرأ إلا OneRoster 1.2، لا «{ $said }».
roster-column-missing = العمود { $said } ناقص.
roster-row-length = في الصف { $said } خلايا، وهو عدد غير عدد الصف الأول.
roster-id-missing = ليس للصف sourcedId، أو هو طويل جدًا.
roster-id-twice = المعرّف { $said } مذكور في صف سابق.
roster-status = قل active أو tobedeleted بدل «{ $said }».
roster-not-a-day = «{ $said }» ليس يومًا؛ اكتبه مثل 2026-01-31.
roster-org-type = «{ $said }» ليس نوع مؤسسة.
roster-org-not-yours = { $said } ليست مدرستك.
roster-org-not-known = لا مدرسة في السجل رمزها { $said }.
roster-unknown-org = لا مؤسسة { $said } في orgs.csv.
roster-unknown-term = لا فترة { $said } في academicSessions.csv.
roster-unknown-user = لا مستخدم { $said } في users.csv.
roster-unknown-class = لا فصل { $said } في classes.csv.
roster-days-order = الأيام ليست مرتبة: { $said }.
roster-days-missing = اليوم الأول أو الأخير ناقص.
roster-grade = «{ $said }» ليس صفًا دراسيًا؛ اكتب KG أو من 01 إلى 13.
roster-name-missing = ليس للشخص اسم.
roster-name-long = الاسم طويل جدًا.
roster-user-name-twice = اسم المستخدم { $said } مذكور في صف سابق.

# سجلات الحضور لكل حصة
attendance-partly = حاضر جزئياً
attendance-short-partly = ج
register-by-lessons = سجل ذلك اليوم يُمسك حصةً حصة: افتح الحصة.
register-way-title = كيف تُمسك سجلات الحضور
register-way-button = إمساك السجلات هكذا
register-way-intro = باليوم: سجل واحد كل يوم. بالحصة: سجل لكل حصة من الجدول، وما يُقال عن اليوم يُستخلص منها. يسري ذلك من اليوم.
register-way-way = السجلات
register-way-day = واحد كل يوم
register-way-lesson = واحد لكل حصة من الجدول
register-way-done = هكذا تُمسك السجلات من اليوم.
lesson-register-title = سجل حضور حصة
lesson-register-button = تسجيل الحضور
lesson-register-intro = كل من في القائمة كان حاضراً إلا من تذكرهم. اكتب أرقام القائمة، مثل 3، 17.
lesson-register-on-day = اليوم
lesson-register-absent = الغائبون
lesson-register-excused = المعذورون (أرقام)
lesson-register-late = المتأخرون (أرقام)
lesson-register-left-early = المنصرفون مبكراً (أرقام)
lesson-register-reason = السبب، عند التصحيح
lesson-register-weekday = لا تُعقد هذه الحصة في ذلك اليوم من الأسبوع.
lesson-register-ended = لم تعد هذه الحصة في الجدول في ذلك اليوم.
lesson-register-by-day = سجل ذلك اليوم يُمسك لليوم كله.
lesson-register-correct = عرض أو تصحيح
lesson-register-day = اليوم كله
lesson-register-learners = من كان حاضراً ومتى
lesson-register-rule = غائبٌ عن اليوم من غاب عن كل حصة سُجل حضورها. متأخر: فاتته البداية فقط؛ منصرف مبكراً: فاتته النهاية فقط؛ حاضر جزئياً: ما سوى ذلك.
lesson-registers = حصص اليوم
lesson-registers-none = لا توجد في هذا اليوم حصة يُمسك سجلها.
