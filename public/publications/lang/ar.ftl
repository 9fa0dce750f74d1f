# البيانات المفتوحة
publications-menu = البيانات المفتوحة
publications-title = البيانات المفتوحة
publications-intro = كل ما اتفق عليه التحالف وقدّمه وأحصاه، بالصيغ التي يقرؤها الآخرون. كل نشر إصدارٌ لا تتغيّر بياناته أبدًا، وكل تصحيح ينشئ إصدارًا جديدًا يسمّي سابقه.
publications-about-iati = كل عملية نشر ميداني بوصفها نشاطًا في المبادرة الدولية لشفافية المعونة. لا معاملة مالية للدعم العيني ولا قيمة مختلقة.
publications-about-ocds = كل احتياج يخدمه اتفاق بوصفه عملية تعاقد في معيار التعاقد المفتوح. البلاغات تُضاف ولا تُعاد كتابتها، والسجلات تجمعها.
publications-about-hxl = الاحتياجات، ومن يفعل ماذا وأين، والنتائج: جداول بوسوم لغة التبادل الإنساني.
publications-about-csv = جداول بسيطة مع مخطّط يبيّن محتوى كل عمود.
publications-none-yet = لم يُنشر شيء بعد. تُعدّ الأمانة إصدارًا وينشره شخص آخر.
publications-file = { $rows ->
    [one] صف واحد
   *[other] { $rows } من الصفوف
}، { $size }
publications-clean = { $validators ->
    [one] مدقّق واحد، بلا أخطاء
   *[other] { $validators } من المدقّقات، بلا أخطاء
}
publications-warned = { $validators ->
    [one] مدقّق واحد، بلا أخطاء
   *[other] { $validators } من المدقّقات، بلا أخطاء
}، { $warnings ->
    [one] تنبيه واحد
   *[other] { $warnings } من التنبيهات
}
publications-broken = { $errors ->
    [one] خطأ واحد
   *[other] { $errors } من الأخطاء
} وجدها { $validators ->
    [one] مدقّق واحد
   *[other] { $validators } من المدقّقات
}، { $warnings ->
    [one] تنبيه واحد
   *[other] { $warnings } من التنبيهات
}
publications-more = المزيد
publications-all-releases = كل الإصدارات
publications-figures = الأرقام الرئيسية مع صفوفها
publications-attribution = لمن البيانات المرفقة بالمنصّة
publications-feed = تلقيم ما تغيّر (Atom)
publications-api = البيانات نفسها صفحة صفحة: واجهة البرمجة
publications-terms = شروط الاستخدام
publications-licence = لكل أحد أن يستخدم هذه البيانات وينشرها ويكيّفها ما دام يذكر المصدر:
publications-licence-name = المشاع الإبداعي، نسب المصنَّف 4.0
publications-publisher = الناشر: { $name }؛ المعرّف { $iati }، وبادئة التعاقد { $ocds }.
publications-sample-publisher = لم يحدّد هذا التحالف بعدُ المعرّفات المسجّلة التي ينشر بها: المعروض هنا أمثلة.
publications-releases-title = الإصدارات
publications-releases-intro = الأحدث أولًا. عنوان الإصدار يعطي البيانات نفسها دائمًا.
publications-files-title = الملفات
publications-validators-title = ما وجدته المدقّقات
publications-changed-title = ما صُحّح منذ الإصدار السابق
publications-here = دُقّق عند الإعداد
publications-elsewhere = أضافه شخص
publications-head-validator = المدقّق
publications-head-file = الملف
publications-head-errors = الأخطاء
publications-head-warnings = التنبيهات
publications-head-messages = الرسائل
publications-corrections-title = التصحيحات
publications-corrections-intro = كل رقم صُحّح أو سُحب: ما كان، وما صار، ولماذا. الأحدث أولًا.
publications-no-corrections = لم يُصحَّح أي رقم بعد.
publications-retracted = مسحوب
publications-waits = الإصدار { $release } ينتظر النشر

publication-format-iati = IATI 2.03
publication-format-ocds = OCDS 1.1
publication-format-hxl = HXL 1.1
publication-format-csv = CSV مع مخطّط
publication-state-built = مُعَدّ وغير منشور
publication-state-published = منشور
publication-state-discarded = مستبعَد

column-release = الإصدار
column-format = الصيغة
column-built-at = أُعدّ
column-size-bytes = البايتات
column-last-fact = آخر واقعة يرويها
column-supersedes = يحلّ محلّ
column-superseded-by = حلّ محلّه
column-release-note = ملاحظة
column-corrected-at = صُحّح
column-before-correction = قبل
column-after-correction = الآن
field-format = الصيغة
field-formats = الصيغ

publication-new-title = إعداد إصدارات
publication-new-button = إعداد إصدارات
publication-new-intro = تُكتب الملفات من نظرة واحدة إلى البيانات ثم تُدقَّق. الصيغة التي لا جديد فيها لا تنشئ إصدارًا. ينشر شخص آخر.
publication-new-note = ملاحظة
publication-new-note-hint = ما ينبغي أن يعرفه القرّاء عن هذا الإصدار.
publication-title = نشر الإصدار
publication-button = نشر
publication-intro = من الآن يستطيع الجميع قراءته، ولا يمكن تغييره ولا سحبه.
publication-discard-title = استبعاد الإصدار
publication-discard-button = استبعاد
publication-discard-intro = لا يُنشر الإصدار. تُحفظ ملفاته ويُعرض السبب على الأمانة.
publication-check-title = إضافة نتيجة مدقّق
publication-check-button = إضافة نتيجة مدقّق
publication-check-intro = ما وجده مدقّق في مكان آخر في ملف من هذا الإصدار. يستطيع الجميع قراءته.
publication-check-file = الملف
publication-check-validator = المدقّق
publication-check-validator-version = نسخته
publication-check-errors = الأخطاء
publication-check-warnings = التنبيهات
publication-check-found = ما قاله
publisher-title = من ينشر
publisher-button = تحديد من ينشر
publisher-intro = المعرّفات التي يعرف بها الآخرون التحالف. تظهر في كل ملف، فلا تغيّروها إلا بعد تسجيلها.
publisher-publisher-name = الاسم
publisher-publisher-kind = نوع المنظمة
publisher-iati-ref = معرّف المنظمة
publisher-iati-ref-hint = جهة التسجيل والرقم، مثل XM-DAC-41304.
publisher-ocds-prefix = بادئة عمليات التعاقد
publisher-ocds-prefix-hint = كما منحتها جهة التعاقد المفتوح: ‎ocds-‎ وستة أحرف.
publisher-kind-10 = حكومة
publisher-kind-15 = قطاع عام آخر
publisher-kind-21 = منظمة غير حكومية دولية
publisher-kind-22 = منظمة غير حكومية وطنية
publisher-kind-23 = منظمة غير حكومية إقليمية
publisher-kind-30 = شراكة بين القطاعين العام والخاص
publisher-kind-40 = متعددة الأطراف
publisher-kind-60 = مؤسسة خيرية
publisher-kind-70 = قطاع خاص
publisher-kind-80 = جامعات وتدريب وبحث
publisher-kind-90 = أخرى

publications-busy = انتهى للتوّ إعداد آخر لهذه الصيغة. حاولوا من جديد.
publications-not-waiting = لم يعد هذا الإصدار ينتظر قرارًا.
publications-newer = نُشر إصدار أحدث بهذه الصيغة.
publications-not-clean = وجد { $validator } في { $file } { $errors ->
    [one] خطأ واحدًا
   *[other] { $errors } من الأخطاء
}.
publications-no-such-file = ليس في الإصدار ملف بهذا الاسم.
publications-publisher-said = حدّد شخص آخر للتوّ من ينشر. انظروا من جديد.
publications-identifier-shape = المعرّف جهة تسجيل ورقم تفصل بينهما شَرطات، مثل XM-DAC-41304.
publications-prefix-shape = البادئة ‎ocds-‎ ثم ستة أحرف صغيرة أو أرقام.

publications-schema-title = كيف نعبّر عن الدعم العيني
publications-schema-intro = لا يوجد معيار يعبّر عن دعم ليس مالًا. هذا تعبيرنا، ولم يراجعه أحد من تلك المجتمعات بعد.
publications-rules-title = قواعد كل ملف
publications-rule-value = لا ثمن للدعم العيني: لا معاملة ولا قيمة، بل كميات بوحداتها.
publications-rule-intervals = قد يكون الرقم مجالًا. وحيث لا تتّسع الصيغة إلا لقيمة واحدة فهي الحد الأدنى ويكمّلها تعليق؛ والقيمة المجهولة تُترك ولا تصير صفرًا.
publications-rule-levels = لكل رقم مستواه: مستهدف، معلن، ملتزم به، مسلَّم بحسب العضو، أكّدته السلطة، تحقّق منه طرف ثالث. لا تُجمع المستويات معًا أبدًا.
publications-rule-sector = رمز غرض واحد من لجنة المساعدة الإنمائية لكل نشاط؛ وعند خدمة عدة مستويات تعليمية يُستعمل رمز المرافق والتدريب لأن الحصص مجهولة.
publications-rule-identifiers = لا تتغيّر الرموز والمعرّفات أبدًا، ومعرّفات عمليات التعاقد لا تنبئ عمّا تدل عليه.
publications-rule-persons = لا يُذكر اسم أحد. لا يُنشر نص حر إلا إذا علم كاتبه بذلك، ويُفحص مرة أخرى عند خروجه.
publications-rule-own = سمات HXL التالية من وضعنا كما تسمح اللغة: lower وupper وvalid_to وagreement وclaim وcomparator وmethod وrecord وimpl.
publications-rule-releases = تحتفظ أحدث الملفات بعناوينها، ولكل إصدار عنوانه الذي لا تتغيّر بياناته أبدًا.
publications-mapped-record = سجلّنا
publications-mapped-need = احتياج مصادق عليه
publications-mapped-need-iati = لا يُنشر قبل موافقة شريك
publications-mapped-need-ocds = ‏planning لعملية تعاقد متى خدمه اتفاق
publications-mapped-need-hxl = #sector+code #adm1+code #inneed+lower #inneed+upper #indicator+name #date+valid_to
publications-mapped-offer = عرض
publications-mapped-offer-iati = لا شيء: التعهّد يحتاج إلى مال
publications-mapped-offer-ocds = لا شيء قبل الاختيار
publications-mapped-offer-hxl = لا شيء في هذه الملفات؛ قائمة العروض تحمل وسومًا
publications-mapped-match = مواءمة مقبولة
publications-mapped-match-iati = ‏participating-org بالأدوار 1 ممول و2 مسؤول و3 موسِّع و4 منفّذ
publications-mapped-match-ocds = ‏awards بحالة active مع سبب الاختيار
publications-mapped-match-hxl = #org+provider #org+receiver #status
publications-mapped-agreement = اتفاق
publications-mapped-agreement-iati = ‏document-link A09 وother-identifier A9 وrelated-activity 3 لعمليات الاتفاق نفسه
publications-mapped-agreement-ocds = ‏contracts مع وثائق؛ الوسوم contract وcontractAmendment وcontractTermination
publications-mapped-agreement-hxl = #meta+agreement+id
publications-mapped-deployment = نشر ميداني
publications-mapped-deployment-iati = نشاط بأربعة تواريخ على الأكثر، وأماكن برموز المعجم، وقطاع لجنة المساعدة، ومقصد التنمية المستدامة
publications-mapped-deployment-ocds = ‏implementation وmilestones
publications-mapped-deployment-hxl = #activity+id #targeted #reached+lower #reached+upper
publications-mapped-delivery = تسليم عيني
publications-mapped-delivery-iati = نتيجة من النوع 1 والوحدة في العنوان؛ المستهدف والفعلي
publications-mapped-delivery-ocds = ‏items بكمية ووحدة؛ implementation وdocuments
publications-mapped-delivery-hxl = لا شيء في هذه الملفات؛ انظر deliveries.csv
publications-mapped-result = نتيجة
publications-mapped-result-iati = نتيجة من النوع 1 أو 2، وقيمة فعلية لكل ادّعاء بمستواه ومكانه وفئته
publications-mapped-result-ocds = معلَم تحقّق
publications-mapped-result-hxl = #indicator+value+num+lower #indicator+value+num+upper #meta+claim+level

feeds-title = { $of }: ما تغيّر
feeds-agreement-signed = وقّعت كل الأطراف الاتفاق { $name }
feeds-agreement-amended = عُدّل الاتفاق { $name }
feeds-agreement-suspended = عُلّق الاتفاق { $name }
feeds-agreement-resumed = عاد الاتفاق { $name } نافذًا
feeds-agreement-terminated = أُنهي الاتفاق { $name }
feeds-deployment-planned = خُطّط النشر الميداني { $name }
feeds-deployment-activated = بدأ النشر الميداني { $name }
feeds-deployment-paused = أُوقف النشر الميداني { $name } مؤقتًا
feeds-deployment-resumed = استؤنف النشر الميداني { $name }
feeds-deployment-completion-claimed = يقول العضو إن النشر الميداني { $name } اكتمل
feeds-deployment-confirmed = أكّدت السلطة النشر الميداني { $name }
feeds-deployment-closed = أُغلق النشر الميداني { $name }
feeds-deployment-cancelled = أُلغي النشر الميداني { $name }
feeds-claim-contested = اعتُرض على رقم: { $name }
feeds-claim-upheld = ثُبّت رقم معترَض عليه: { $name }
feeds-claim-corrected = صُحّح رقم: { $name }
feeds-claim-retracted = سُحب رقم: { $name }
feeds-publications-published = بيانات مفتوحة: نُشر الإصدار { $name }

# ما تقوله الملفات المنشورة نفسها
publications-activity = { $class }: المجموع { $units }. بنود الاحتياج: { $lines }. الاحتياجات التي تُلبّى: { $needs }. الاتفاق: { $agreement }.
publications-paper-agreement = الاتفاق
publications-paper-deployment = النشر
publications-figure-exact = { $low } بالضبط.
publications-figure-between = { $low } على الأقل و{ $high } على الأكثر.
publications-figure-at-least = { $low } على الأقل؛ الحد الأعلى غير معروف.
publications-figure-at-most = { $high } على الأكثر؛ الحد الأدنى غير معروف.
publications-need-served = الاحتياج المعتمد { $need }: { $class }. تلبّي هذه العملية منه { $units } { $unit }.
publications-amendment = النسخة { $number } من الاتفاق، وقّعها جميع الأطراف.
