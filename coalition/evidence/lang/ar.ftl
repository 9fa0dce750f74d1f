# Lists and pages.
evidence-title = الأدلّة
claims-title = الأرقام ومصادرها
claims-intro = كل رقم يتحمّل أحدٌ مسؤوليته: ما درجة اليقين فيه، وأين يمكن التحقق منه، وهل يعترض عليه أحد. لكل من له حساب أن يعترض على رقم مع ذكر السبب.
evidence-reports-title = التقارير
evidence-reports-intro = ما أبلغت عنه عمليات النشر فترةً بعد فترة. الأرقام علنية منذ يوم تسليم التقرير، والسرد للأطراف وحدهم.
evidence-reports-due-title = التقارير المستحقة
evidence-reports-due-intro = على كل نشر بدأ أن يقدّم تقريرًا عن كل فترة. التاريخ قد يجعل التقرير مستحقًا أو متأخرًا، ولا شيء غير ذلك.
indicators-title = المؤشرات
indicators-intro = ما الذي يُعدّ، وبأي وحدة، وكيف يمكن التحقق منه. الوحدات المختلفة لا تُجمع أبدًا.
lessons-title = الدروس المستفادة
lessons-intro = ما نجح وما لم ينجح كما يرويه من قاموا به. ينشره شخص غير كاتبه.
visits-title = زيارات التحقق
visits-intro = طرف ثالث بلا صلة يعاين بنفسه. ما رآه كما أُعلن فهو متحقَّق منه، وحيث رأى رقمًا آخر يصبح الرقم معترَضًا عليه.
public-record-title = ما قيل علنًا
public-record-intro = ما قالته صفحات علنية عن التحالف العالمي للتعليم حرفيًا، بما فيه من تناقضات. لا يدخل شيء من ذلك في أي مجموع.
public-record-empty = لم يُسجَّل شيء بعد. يستطيع موظف في الأمانة استيراد الملفات.
public-record-said =
    { $different ->
        [one] قيل { $n } مرات بالرقم نفسه كل مرة.
       *[other] قيل { $n } مرات بأرقام مختلفة عددها { $different }.
    }
public-record-said-once = قيل مرة واحدة
public-record-rows = كل الأقوال في جدول
public-record-commitments = ما وعد به أعضاء علنًا
evidence-everybody = الجميع
evidence-at-least = { $n } على الأقل
evidence-at-most = { $n } على الأكثر
evidence-about = نحو { $n }
evidence-from-to = من { $low } إلى { $high }
evidence-period = { $from } – { $to }
evidence-claim-sentence = { $indicator }: { $figure } ({ $group }، { $place }، { $period })
evidence-earlier-claim = الرقم السابق
evidence-later-claim = الرقم القائم الآن
evidence-see-report = التقرير
evidence-see-claim = عرض
evidence-history = السجل
evidence-visited = ما عاينه طرف ثالث
evidence-told-retracted = سُحب هذا الرقم. لا يدخل في أي مجموع.
evidence-told-corrected = حلّ رقم آخر محل هذا الرقم. لا يدخل في أي مجموع.
evidence-told-contested = هذا الرقم معترَض عليه ولم يبتّ فيه أحد بعد. ما زال يُحسب موسومًا بالاعتراض.
evidence-told-reported = هذا الرقم مُبلَّغ عنه فقط. لا يدخل في أي مجموع قبل أن يقبل شخص آخر التقرير.
evidence-claims-of-indicator = أرقام هذا المؤشر
evidence-claims-count =
    { $n ->
        [one] رقم واحد مع مصدره
       *[other] { $n } من الأرقام مع مصادرها
    }
evidence-report-of = تقرير { $code }، { $period }
evidence-was-sent-back = أُعيد هذا التقرير:
evidence-figures = الأرقام
evidence-no-figures = لا أرقام بعد. أدخلها واحدًا واحدًا أو ارفع جدول البيانات الذي لديك.
evidence-all-figures = كل الأرقام وعددها { $n }
evidence-no-period-open = يوجد تقرير لكل فترة مستحقة.
evidence-published-on = نُشر في { $day }
evidence-visit-to = زيارة إلى { $place }، { $day }
evidence-figures-to-see = الأرقام المطلوب معاينتها
evidence-not-found-yet = لم يُدخَل شيء بعد
evidence-seen = شوهد: { $n }

# Partners' files.
evidence-files = الملفات المستلمة
evidence-file-of = الملف { $name }
evidence-file-asks =
    { $n ->
        [one] لم يُستورد شيء. سؤال واحد ينتظر نعم أو لا.
       *[other] لم يُستورد شيء. أسئلة عددها { $n } تنتظر نعم أو لا.
    }
evidence-file-ready = أُجيب عن كل الأسئلة. يمكن استيراد الأرقام.
evidence-file-imported = استُوردت الأرقام إلى التقرير.
evidence-file-discarded = استُبعد هذا الملف. تُحفظ بصمات صفوفه لتُعرف إن عادت.
evidence-file-original = الملف كما وصل
evidence-file-notes = عن الملف
evidence-questions = الأسئلة
evidence-all-questions = كل الأسئلة واحدًا واحدًا
evidence-answers-tally = (مفتوح: { $open }، نعم: { $yes }، لا: { $no })
evidence-rows-asked =
    { $n ->
        [one] صف واحد: { $why }
       *[other] صفوف عددها { $n }: { $why }
    }
evidence-wholes-asked = { $n } مرات: { $why }
evidence-all-of = معًا: { $group }
evidence-about-sheet = الورقة «{ $sheet }»
evidence-about-column = الورقة «{ $sheet }»، العمود { $n }
evidence-about-row = الورقة «{ $sheet }»، الصف { $n }
evidence-mark-hidden-sheet = الورقة كلها مخفية
evidence-mark-hidden-column =
    { $n ->
        [one] العمود «{ $header }» مخفي ويقوم عليه رقم واحد
       *[other] العمود «{ $header }» مخفي وتقوم عليه أرقام عددها { $n }
    }
evidence-mark-hidden = مخفي
evidence-mark-outside = بتاريخ { $when }، خارج فترة التقرير
evidence-mark-no-days =
    { $n ->
        [one] لا تذكر الورقة تواريخ: يؤخذ صفها لفترة التقرير
       *[other] لا تذكر الورقة تواريخ: تؤخذ صفوفها وعددها { $n } لفترة التقرير
    }
evidence-mark-undated = بلا تاريخ
evidence-mark-total = يبدو صف مجاميع
evidence-mark-twice = مطابق للصف { $row } في «{ $sheet }»
evidence-mark-received =
    { $n ->
        [one] سبق استلامه في ملف آخر واحد ({ $first })
       *[other] سبق استلامه في ملفات أخرى عددها { $n } ({ $first } – { $last })
    }
evidence-mark-stands =
    { $n ->
        [one] الرقم نفسه موجود من قبل
       *[other] الرقم نفسه موجود من قبل { $n } مرات
    }
evidence-mark-sheet-unreadable = لا تُقرأ فلا يُستورد منها شيء: { $why } هل نمضي دونها؟
evidence-cell-figure = «{ $value }» في العمود { $column } ليس رقمًا
evidence-cell-ends = الحد الأدنى في العمود { $column } فوق الحد الأعلى
evidence-cell-no-indicator = العمود { $column } لا يقول ماذا عُدّ
evidence-cell-indicator = «{ $value }» في العمود { $column } ليس مؤشرًا
evidence-cell-group = «{ $value }» في العمود { $column } ليس فئة
evidence-cell-comparator = «{ $value }» في العمود { $column } ليس أداة مقارنة
evidence-cell-place = «{ $value }» في العمود { $column } ليس مكانًا في البلد
evidence-cell-place-several = «{ $value }» في العمود { $column } اسم لعدة أماكن
evidence-cell-place-empty = العمود { $column } لا يذكر مكانًا
evidence-cell-day = «{ $value }» في العمود { $column } ليس تاريخًا
evidence-note-sheet-without-figures = لم توجد أرقام في صفوفها وعددها { $rows }
evidence-note-no-places = لا تذكر أماكن؛ تؤخذ أرقامها لـ { $place }
evidence-note-columns-unread = لا يُقرأ شيء من هذه الأعمدة (⌀ مخفي): { $columns }

# Acts on reports.
report-new-title = كتابة تقرير
report-new-button = كتابة تقرير
report-new-intro = اختر الفترة. تُدخل الأرقام والدروس في الصفحة التالية، ولا يرى أحد غيرك شيئًا قبل التسليم.
report-new-period = الفترة
report-edit-title = تعديل السرد
report-edit-button = تعديل السرد
figure-new-title = إدخال رقم
figure-new-button = إدخال رقم
figure-new-intro = أعطِ قيمة واحدة، أو الحدين إن لم تُعرف بدقة. سيقرأ الجميع المصدر: اذكر قائمة أو مكانًا يمكن التحقق فيه، ولا تذكر شخصًا.
figure-removal-title = إزالة رقم
figure-removal-button = إزالة
figure-removal-intro = من المسودة يزول الرقم ببساطة. وبعد تسليم التقرير يبقى الرقم مسجَّلًا كمسحوب مع سببك.
figure-removal-reason = السبب (لازم بعد التسليم؛ يقرؤه الجميع)
report-submission-title = تسليم التقرير
report-submission-button = تسليم
report-submission-intro = أرقامه علنية من الآن كأرقام مُبلَّغ عنها. يقبل موظف في الأمانة التقرير أو يعيده.
report-return-title = إعادة التقرير
report-return-button = إعادة
report-return-reason = ما الناقص أو غير الواضح
report-acceptance-title = قبول التقرير
report-acceptance-button = قبول
report-acceptance-intro = تدخل أرقامه في المجاميع بوصفها ما يقول العضو إنه سُلّم. يجب ألا تكون لك يد في التقرير ولا صلة بالعضو.
report-confirmation-title = تأكيد أرقام
report-confirmation-button = تأكيد أرقام
report-confirmation-intro = أكّد ما تعلم سلطتك أنه صحيح. لا تختر شيئًا لتأكيدها كلها؛ واترك ما تشك فيه واعترض عليه.
report-confirmation-figures = الأرقام
lesson-new-title = كتابة درس
lesson-new-button = كتابة درس
lesson-new-intro = في جملة تنفع غيرك. يقرؤها الجميع بعد نشرها: لا تذكر شخصًا.
lesson-removal-title = إزالة الدرس
lesson-removal-button = إزالة
lesson-publication-title = نشر الدرس
lesson-publication-button = نشر
file-new-title = رفع جدول بيانات
file-new-button = رفع جدول بيانات
file-new-intro = كما تحتفظ به: عدة أوراق، رؤوس مدمجة، أعمدة بأي ترتيب. لا يُستورد شيء قبل أن تجيب عن كل سؤال.
file-new-columns = الأعمدة المفهومة: المؤشر، المكان، الفئة، من، إلى أو الفترة، القيمة، الطريقة، المصدر؛ أو عمود لكل مؤشر وفئة مثل «المتعلمون بنات».
file-new-sheet = جدول بيانات (XLSX أو ODS أو CSV)
file-answers-title = الإجابة عن أسئلة الملف
file-answers-button = إجابة
file-answers-intro = اختر أسئلة ثم نعم لاستيراد ما تسأل عنه أو لا لتركه. يمكن تغيير الإجابة حتى الاستيراد.
file-answers-questions = الأسئلة
file-answers-answer = الإجابة
file-rest-title = ترك الباقي
file-rest-button = لا لكل الأسئلة المفتوحة
file-rest-intro = كل سؤال ما زال مفتوحًا يُجاب عنه بلا.
file-import-title = استيراد الأرقام
file-import-button = استيراد الأرقام
file-discard-title = استبعاد الملف
file-discard-button = استبعاد

# Acts on claims.
claim-contest-title = الاعتراض على هذا الرقم
claim-contest-button = اعتراض
claim-contest-intro = قل لماذا الرقم خطأ. يقرأ الجميع سببك لا اسمك. يبتّ فيه صاحب صلاحية الموافقة.
claim-upholding-title = تثبيت الرقم
claim-upholding-button = تثبيت
claim-correction-title = تصحيح الرقم
claim-correction-button = تصحيح
claim-correction-intro = يبقى الرقم السابق مسجَّلًا. ما أُكّد أو تُحقق منه كان الرقم السابق: يبدأ الجديد مقبولًا.
claim-retraction-title = سحب الرقم
claim-retraction-button = سحب
claim-retraction-intro = يبقى الرقم مسجَّلًا ولا يدخل في أي مجموع.
public-record-import-title = استيراد ما قيل علنًا
public-record-import-button = استيراد ملفات الأقوال العلنية
public-record-import-intro = يؤخذ كل صف كما هو. الصف نفسه لا يغيّر شيئًا، والصف المعدَّل يحل محل صاحب الرمز نفسه.
public-record-import-claims = الأقوال (CSV)
public-record-import-sources = المصادر (CSV)
public-record-import-members = الأسماء (CSV)
public-record-import-commitments = الوعود (CSV)

# Acts on visits.
visit-new-title = التخطيط لزيارة
visit-new-button = التخطيط لزيارة
visit-new-intro = يجب ألا تكون للمتحقق صلة بالعضو أو المنفّذين أو السلطة ولا يد في الأرقام.
visit-new-figures = الأرقام المطلوب معاينتها
visit-acceptance-title = قبول الزيارة
visit-acceptance-button = قبول الزيارة
visit-refusal-title = رفض الزيارة
visit-refusal-button = رفض
visit-finding-new-title = ماذا وجدت؟
visit-finding-new-button = إدخال ما وجدت
visit-report-title = تقرير الزيارة
visit-report-button = تسليم
visit-return-title = إعادة تقرير الزيارة
visit-return-button = إعادة
visit-approval-title = اعتماد الزيارة
visit-approval-button = اعتماد
visit-approval-intro = الأرقام التي شوهدت كما أُعلنت متحقَّق منها. وحيث شوهد رقم آخر يصبح الرقم معترَضًا عليه.
visit-cancellation-title = إلغاء الزيارة
visit-cancellation-button = إلغاء الزيارة

# Fields.
field-narrative = ما الذي أُنجز
field-narrative-hint = يقرؤه الأطراف والأمانة والمدقق وحدهم.
field-indicator = المؤشر
field-compared = الرقم
field-figure = القيمة
field-figure-low = الحد الأدنى
field-figure-high = الحد الأعلى
field-figure-high-hint = املأ الحدين بدل القيمة إن كانت بينهما.
field-place-of-figure = المكان
field-people-group = الفئة
field-counted-how = كيف عُدّ
field-source-of-figure = أين يمكن التحقق منه
field-known-on = معلوم حتى
field-known-level = المستوى
field-claim-state = الحالة
field-report-state = الحالة
field-lesson = الدرس
field-lesson-kind = يحكي عن
field-visit-on = يوم الزيارة
field-visit-task = ما المطلوب معاينته
field-verifier = المتحقق
field-visit-state = الحالة
field-no-tie = لا صلة لي بأي من الأطراف
field-claim = الرقم
field-finding = النتيجة
field-seen = الرقم الذي رأيته
field-seen-hint = فقط إن اختلف.
field-visited-on = يوم الزيارة
field-visit-report = ما رأيته
field-answered = الإجابة

# Columns.
column-claimed = الرقم
column-claimed-comparator = الدقة
column-claimed-low = على الأقل
column-claimed-high = على الأكثر
column-counted-unit = الوحدة
column-people-group = الفئة
column-known-level = المستوى
column-claim-state = الحالة
column-counted-how = كيف عُدّ
column-known-on = معلوم حتى
column-serving-deployment = النشر
column-in-place-of = بدلًا من
column-replaced-by = حلّ محله
column-said-alike = سجلات تقول الشيء نفسه تمامًا
column-means-of-verification = كيف يمكن التحقق منه
column-counted-population = لمن أو لأي شيء
column-result-kind = النتيجة
column-definition = التعريف
column-missions-counted = المهام
column-reported-period = الفترة
column-report-state = الحالة
column-submitted-at = سُلّم في
column-report-begun = بدأ
column-corrected-figures = أرقام مصحَّحة
column-narrative = ما الذي أُنجز
column-file-state = الحالة
column-of-report = التقرير
column-file-name = الملف
column-rows-found = صفوف فيها أرقام أو أسئلة
column-file-figures = الأرقام الموجودة
column-file-questions = الأسئلة
column-questions-open = الأسئلة المفتوحة
column-figures-imported = الأرقام المستوردة
column-question-number = السؤال
column-asked-of = عن
column-asked-why = لماذا يُسأل
column-row-in-words = الصف
column-answered = الإجابة
column-visit-on = مقررة في
column-visit-state = الحالة
column-visited-on = جرت في
column-verifier = المتحقق
column-visit-task = ما المطلوب معاينته
column-visit-report = ما شوهد
column-lesson = الدرس
column-lesson-kind = يحكي عن
column-record-code = الرمز
column-said-topic = الموضوع
column-said-metric = ماذا
column-said-comparator = الدقة
column-said-value = الرقم
column-said-number = عددًا
column-said-unit = الوحدة
column-said-as-of = معلوم حتى
column-said-country = البلد
column-said-by = المصدر
column-said-where = أين قُرئ
column-said-words = بهذه الكلمات
column-member-named = العضو
column-promised-kind = النوع
column-promised-quantity = الكمية
column-promised-status = الوضع

# Codes.
comparator-equal = بالضبط
comparator-at-least = على الأقل
comparator-at-most = على الأكثر
comparator-about = نحو
counted-unit-people = أشخاص
counted-unit-enrolments = تسجيلات
counted-unit-contacts = مرات تواصل
counted-unit-accounts = حسابات
counted-unit-certificates = شهادات
counted-unit-items = مواد
counted-unit-schools = مدارس
counted-unit-hours = ساعات
counted-population-learners = متعلّمون
counted-population-youth = شباب
counted-population-teachers = معلّمون
counted-population-parents = أولياء أمور
counted-population-schools = مدارس
counted-population-accounts = حسابات
counted-population-items = مواد
counted-population-hours = ساعات
result-kind-output = ما أُنجز
result-kind-outcome = ما تغيّر
claim-level-reported = مُبلَّغ عنه
claim-level-target = مستهدَف
claim-level-pledged = موعود
claim-level-committed = ملتزَم به
claim-level-delivered = مسلَّم
claim-level-confirmed = مؤكَّد
claim-level-verified = متحقَّق منه
claim-state-stands = قائم
claim-state-contested = معترَض عليه
claim-state-corrected = مصحَّح
claim-state-retracted = مسحوب
claim-standing-stands = قائم
claim-standing-contested = معترَض عليه
claim-standing-corrected = مصحَّح
claim-standing-retracted = مسحوب
claim-method-attendance = قوائم الحضور
claim-method-register = سجل المدرسة
claim-method-head-count = عدّ مباشر
claim-method-platform-log = سجل منصة
claim-method-delivery-note = سندات التسليم
claim-method-survey = مسح
claim-method-estimate = تقدير
claim-method-other = بطريقة أخرى
claim-step-submitted = أُبلغ عنه
claim-step-put = وُضع مكان الرقم السابق
claim-step-accepted = قبلته الأمانة
claim-step-confirmed = أكدته السلطة
claim-step-verified = تحقق منه طرف ثالث
claim-step-contested = اعتُرض عليه
claim-step-upheld = ثُبّت
claim-step-corrected = صُحّح
claim-step-retracted = سُحب
report-state-draft = مسودة
report-state-not-due = لم يُستحق بعد
report-state-due = مستحق
report-state-overdue = متأخر
report-state-submitted = مسلَّم
report-state-sent-back = معاد
report-state-accepted = مقبول
report-step-drafted = بدأ
report-step-edited = عُدّل
report-step-submitted = سُلّم
report-step-sent-back = أُعيد
report-step-accepted = قُبل
report-step-confirmed = أكدت السلطة أرقامًا
file-state-read = ينتظر إجابات
file-state-imported = مستورد
file-state-discarded = مستبعد
file-answer-open = مفتوح
file-answer-yes = نعم
file-answer-no = لا
file-say-yes = نعم، يُستورد
file-say-no = لا، يُترك
lesson-kind-good = ما نجح
lesson-kind-bad = ما لم ينجح
visit-state-assigned = مسندة
visit-state-accepted = مقبولة
visit-state-refused = مرفوضة
visit-state-reported = قُدّم تقريرها
visit-state-sent-back = معادة
visit-state-approved = معتمدة
visit-state-cancelled = ملغاة
visit-step-assigned = أُسندت
visit-step-accepted = قُبلت
visit-step-refused = رُفضت
visit-step-found = أُدخلت نتيجة
visit-step-reported = قُدّم التقرير
visit-step-sent-back = أُعيدت
visit-step-approved = اعتُمدت
visit-step-cancelled = أُلغيت
visit-finding-as-claimed = كما أُعلن
visit-finding-differs = شوهد رقم آخر
visit-finding-not-seen = تعذرت معاينته
said-over = أكثر من
said-more-than = أكثر من
said-around = حوالي
said-about = نحو
said-at-least = على الأقل
said-up-to = حتى
said-some = قرابة
vocabulary-indicators = المؤشرات
vocabulary-reporting-rules = متى تُستحق التقارير
term-attribute-result = ناتج أم أثر
term-attribute-missions = المهام
term-attribute-aliases = عناوين الأعمدة عند الشركاء
term-attribute-means-of-verification-en = كيف يمكن التحقق منه، بالإنكليزية
term-attribute-means-of-verification-fr = كيف يمكن التحقق منه، بالفرنسية
term-attribute-means-of-verification-ar = كيف يمكن التحقق منه، بالعربية
term-attribute-months = أشهر الفترة
term-attribute-days = أيام تقديم التقرير بعد نهايتها

# What waits.
inbox-report-due = اكتب التقرير عن { $code }، { $period }
inbox-report-overdue = متأخر: التقرير عن { $code }، { $period }
inbox-report-sent-back = معاد: التقرير عن { $code }، { $period }
inbox-report-to-judge = اقبل التقرير عن { $code } أو أعده، { $period }
inbox-report-to-confirm = أكّد أرقام { $code }، { $period }
inbox-claim-contested = معترَض عليه: { $claim }
inbox-visit-assigned = اقبل زيارة إلى { $place } أو ارفضها
inbox-visit-accepted = قدّم تقرير الزيارة إلى { $place }
inbox-visit-sent-back = معاد: تقريرك عن الزيارة إلى { $place }
inbox-visit-reported = ابتّ في الزيارة إلى { $place }
inbox-visit-refused = جِد متحققًا آخر لـ { $place }
inbox-lesson = انشر درسًا: { $lesson }

# Refusals.
evidence-no-figure = أدخل رقمًا أو حدّيه.
evidence-value-or-interval = أدخل رقمًا واحدًا أو الحدين، لا كليهما.
evidence-interval-has-no-comparator = مع الحدين يكون الرقم «بالضبط» أو «نحو».
evidence-interval-backwards = الحد الأعلى دون الحد الأدنى.
evidence-figure-out-of-range = لا يمكن أن يكون رقم هنا بهذا الكبر.
evidence-days-backwards = اليوم الأخير قبل الأول.
evidence-in-the-future = هذا اليوم لم يأت بعد.
evidence-as-of-before = هذا قبل أول يوم يتحدث عنه الرقم.
evidence-outside-period = هذه الأيام ليست ضمن فترة التقرير، من { $from } إلى { $to }.
evidence-indicator-unknown = لا يوجد مؤشر كهذا.
evidence-place-unknown = لا يوجد مكان كهذا.
evidence-place-elsewhere = هذا المكان في بلد آخر.
evidence-group-unknown = لا توجد فئة كهذه.
evidence-figure-twice = في التقرير هذا الرقم نفسه من قبل.
evidence-same-figure = هذا هو الرقم كما هو.
evidence-period-not-owed = ليس على النشر تقرير عن هذه الفترة.
evidence-report-there = يوجد تقرير عن هذه الفترة من قبل.
evidence-report-empty = أدخل رقمًا، أو قل في السرد لماذا لا يوجد.
evidence-files-wait = ملف من هذا التقرير ما زال ينتظر: استورده أو استبعده أولًا.
evidence-report-not-now = لا يمكن هذا مع تقرير { $state }.
evidence-affiliated = لك صلة بالمنظمة المبلِّغة: يجب أن يبتّ شخص آخر.
evidence-figure-not-here = هذا الرقم ليس جزءًا منه.
evidence-nothing-to-confirm = لم يبق ما يؤكَّد.
evidence-claim-closed = هذا الرقم { $standing }؛ لا يمكن فعل شيء آخر به.
evidence-claim-not-accepted = لم يُقبل التقرير الذي فيه هذا الرقم.
evidence-claim-contested = هذا الرقم { $standing }: ابتّ في ذلك أولًا.
evidence-claim-not-now = لا يمكن هذا مع رقم { $standing } في مستواه.
evidence-lesson-not-now = يُنشر الدرس مرة واحدة بعد قبول تقريره.
evidence-file-not-now = هذا الملف { $state } من قبل.
evidence-file-without-figures = لم توجد أرقام في هذا الملف. انظر أدناه أي الأعمدة مفهومة.
evidence-too-many-sheets = في الملف أكثر من { $max } ورقة.
evidence-questions-open =
    { $n ->
        [one] سؤال واحد ما زال مفتوحًا.
       *[other] أسئلة عددها { $n } ما زالت مفتوحة.
    }
evidence-sheet-needed = الورقة «{ $sheet }» لازمة ولا تُقرأ: استبعد الملف وارفع ملفًا سليمًا.
evidence-visit-past = مضى هذا اليوم.
evidence-visit-day = لا تكون الزيارة إلا بين التخطيط لها واليوم.
evidence-visit-not-now = لا يمكن هذا مع زيارة { $state }.
evidence-figure-not-to-verify = أحد الأرقام ليس من هذا النشر أو لم يُقبل.
evidence-no-verifier = هذا الشخص ليس متحققًا مستقلًا.
evidence-verifier-conflict = لهذا المتحقق صلة بأحد الأطراف أو يد في رقم.
evidence-findings-open =
    { $n ->
        [one] لم يُدخل شيء عن رقم واحد.
       *[other] لم يُدخل شيء عن أرقام عددها { $n }.
    }
evidence-record-column-missing = العمود «{ $column }» ناقص.
evidence-record-row-broken = الصف { $row } لا يُقرأ.
evidence-record-row-nameless = الصف { $row } بلا رمز.
evidence-record-row-twice = رمز الصف { $row } مذكور فوقه.
evidence-record-not-text = هذا ليس ملفًا نصيًا بترميز UTF-8.
