# كلمات قاعة deployments.

deployments-title = عمليات النشر
deployments-intro = ما يفعله الأعضاء في البلدان بموجب اتفاقات موقّعة. تسمّي كل عملية نشر أسطر الاحتياج التي تخدمها، وما كان سيُفعل مرتين للأشخاص أنفسهم يُكتشف قبل أن يبدأ.
deployments-see-all = جميعها
deployments-so-many = { $n ->
    [zero] لا عملية نشر لم تُلغَ.
    [one] عملية نشر واحدة لم تُلغَ.
    [two] عمليتا نشر لم تُلغيا.
    [few] { $n } عمليات نشر لم تُلغَ.
    [many] { $n } عملية نشر لم تُلغَ.
   *[other] { $n } عملية نشر لم تُلغَ.
}
deployments-none-yet = لم يُخطَّط لشيء بموجب هذا الاتفاق بعد.
deployments-all-learners = جميع المتعلّمين
deployments-more-places = و{ $n } أخرى
deployments-beside = { $title }، تنفّذها { $member }. الأماكن: { $places }. مخطّط لها من { $from } إلى { $to }.
deployments-planned = خُطّط لعملية النشر. لا أحد غيركم يفعل الشيء نفسه هناك.
deployments-planned-replaces = خُطّط لعملية النشر. وهي تحلّ محلّ التعليم الحضوري: يظهر ذلك للجميع تحذيرًا.
deployments-planned-overlaps = خُطّط لعملية النشر، لكنها تتداخل مع أخرى. لا يمكن أن تبدأ حتى يُحلّ التداخل علنًا.

# الأعمدة
column-agreement-code = الاتفاق
column-past-due = متأخرة
column-implementing = ينفّذها
column-served-group = الفئة المخدومة
column-missions-served = المهمّات
column-planned-start = البداية المخطّطة
column-planned-end = النهاية المخطّطة
column-actual-start = بدأت في
column-actual-end = انتهت في
column-planned-reach = المراد بلوغهم
column-units-served = الوحدات
column-assets-kept-by = تؤول الأصول بعدها إلى
column-maintenance-after = الصيانة
column-financing-after = التمويل بعد الفترة المجانية
column-units-sent = وحدات أُرسلت
column-units-given-back = وحدات أُعيدت
column-overlap-between = بين
column-shared-places = أين
column-crossing-from = معًا من
column-crossing-to = معًا حتى
column-reach-of-both = ما تريد الاثنتان بلوغه
column-need-there = المحتاجون
column-reach-beyond-need = فوق الاحتياج
column-found-at = اكتُشف
column-settled-at = حُلّ
column-first-deployment = الأولى
column-second-deployment = الأخرى
column-organisations-there = من
column-deployments-there = عمليات النشر
column-reach-at-least = المراد بلوغهم على الأقل
column-reach-at-most = المراد بلوغهم على الأكثر
column-need-gap = لا يخدمهم أحد، على الأقل
column-need-at-least = المحتاجون على الأقل
column-overlaps-open = التداخلات المفتوحة

# الحالات
deployment-state-planned = مخطّطة
deployment-state-blocked = موقوفة بسبب تداخل
deployment-state-cleared = يمكن أن تبدأ
deployment-state-active = جارية
deployment-state-paused = متوقفة مؤقتًا
deployment-state-suspended = معلّقة
deployment-state-completion-claimed = أُعلن اكتمالها
deployment-state-confirmed = مؤكّدة
deployment-state-closed = مغلقة
deployment-state-cancelled = ملغاة
deployment-in-person-supplements = تضيف إلى التعليم الحضوري
deployment-in-person-replaces = تحلّ محلّ التعليم الحضوري
deployment-assets-authority = السلطة الوطنية
deployment-assets-schools = المدارس
deployment-assets-member = العضو الذي يستعيدها
deployment-assets-nothing-remains = لا أحد: لا يبقى شيء
deployment-involved-yes = شارك معلّمون
deployment-involved-no = لم يشارك معلّمون
overlap-state-open = مفتوح
overlap-state-complementary = تكامل
overlap-state-split = فُصلتا
overlap-state-replaced = حلّت إحداهما محلّ الأخرى
overlap-state-withdrawn = أُلغيت إحداهما
overlap-state-accepted = مقبول

# عملية نشر
deployments-replaces-warning = هذا يحلّ محلّ التعليم الحضوري. السبب: { $why }
deployments-is-suspended = الاتفاق معلّق. لا يجري شيء حتى يُستأنف.
deployments-should-have-begun = كان ينبغي أن تبدأ في { $on }.
deployments-should-have-ended = كان ينبغي أن تنتهي في { $on }.
deployments-before-it-begins = قبل أن تبدأ
deployments-nothing-missing = لا شيء يمنع بدايتها.
deployments-serves = تخدم هذه الاحتياجات:
deployments-lines = أسطر الاحتياج المخدومة
deployments-all-lines = { $n ->
    [zero] لا أسطر
    [one] السطر الوحيد
    [two] السطران
    [few] الأسطر الـ{ $n } كلها
    [many] الأسطر الـ{ $n } كلها
   *[other] الأسطر الـ{ $n } كلها
}
deployments-teachers-title = دور المعلّمين
deployments-teachers-intro = في كل مرحلة يقول الأعضاء كيف شارك المعلّمون، أو لماذا لم يشاركوا.
deployments-teachers-not-told = لم يُقل شيء بعد.
deployments-teachers-so-many = { $on }، { $n ->
    [zero] لم يشارك معلّم:
    [one] شارك معلّم واحد:
    [two] شارك معلّمان:
    [few] شارك { $n } معلّمين:
    [many] شارك { $n } معلّمًا:
   *[other] شارك { $n } معلّم:
}
deployments-teachers-some = { $on }، شارك معلّمون وعددهم غير معروف:
deployments-teachers-none = { $on }، لم يشارك معلّمون:
deployments-history = ما حدث
deployment-step-planned = خُطّط لها
deployment-step-changed = عُدّلت الخطة
deployment-step-activated = بدأت
deployment-step-extended = أُجّلت النهاية المخطّطة
deployment-step-paused = أُوقفت مؤقتًا
deployment-step-resumed = استؤنفت
deployment-step-claimed = يقول العضو إنها اكتملت
deployment-step-refused = تقول السلطة إنها لم تكتمل
deployment-step-confirmed = أكّدتها السلطة
deployment-step-closed = أُغلقت
deployment-step-cancelled = أُلغيت
deployment-step-agreement-suspended = عُلّق الاتفاق
deployment-step-agreement-resumed = استؤنف الاتفاق
deployment-step-agreement-terminated = أُلغيت: أُنهي الاتفاق

# الأفعال
deployment-new-title = التخطيط لعملية نشر
deployment-new-button = خطّط لعملية نشر
deployment-new-intro = اختاروا ما تقدّمه عملية النشر هذه من جدول الاتفاق. يُبحث فورًا عمّن يفعل الشيء نفسه في الأماكن نفسها وفي الوقت نفسه.
deployment-change-title = تعديل الخطة
deployment-change-button = عدّل الخطة
deployment-change-intro = تصبح الأسطر الواقعة خارج الأماكن الجديدة متاحة لخطة أخرى. ويُبحث عن التداخلات من جديد.
field-deployment-title = العنوان
field-areas = المناطق
field-areas-hint = اتركوها كلها فارغة لكل مناطق جدول الاتفاق.
field-smaller-places = أماكن أصغر
field-smaller-places-hint = رموز من سجل الأماكن تفصل بينها مسافات، حين تكون المناطق الكاملة كبيرة جدًا.
field-implementers = ينفّذها
field-implementers-hint = العضو نفسه إذا لم يُختر أحد.
field-learner-group = الفئة المخدومة
field-learner-group-hint = اتركوه فارغًا إن كانت لجميع المتعلّمين.
field-flagship = المبادرة الرئيسية
field-missions = المهمّات
field-in-person-hint = ما يحلّ محلّ التعليم الحضوري يُوسم بتحذير يراه الجميع.
field-replaces-reason = لماذا تحلّ محلّ التعليم الحضوري
field-replaces-reason-hint = يلزم عندئذ فقط.
field-planned-from = البداية المخطّطة
field-planned-to = النهاية المخطّطة
field-reach-planned = عدد من يُراد بلوغهم
field-reach-planned-hint = كل شخص مرة واحدة. اتركوه فارغًا إن لم يُعرف؛ عندها لا يمكن استبعاد التداخل.
field-assets-to = تؤول الأصول بعدها إلى
field-maintenance = من يتولى الصيانة وكيف
field-maintenance-hint = أثناء النشر وبعده.
field-financing-after = من يدفع بعد الفترة المجانية
deployment-start-title = بدء عملية النشر
deployment-start-button = ابدأ
deployment-start-actual-from = يوم البداية
deployment-extension-title = تأجيل النهاية المخطّطة
deployment-extension-button = أجّل النهاية
deployment-extension-intro = يُبحث عن التداخلات من جديد بالنهاية الجديدة.
deployment-pause-title = إيقاف عملية النشر مؤقتًا
deployment-pause-button = أوقف مؤقتًا
deployment-resumption-title = استئناف عملية النشر
deployment-resumption-button = استأنف
deployment-completion-title = القول إنها اكتملت
deployment-completion-button = اكتملت
deployment-completion-intro = يُطلب بعدها من السلطة الوطنية تأكيد ذلك.
deployment-completion-actual-to = يوم النهاية
deployment-completion-refusal-title = القول إنها لم تكتمل
deployment-completion-refusal-button = لم تكتمل
deployment-confirmation-title = تأكيد الاكتمال
deployment-confirmation-button = أكّد
deployment-confirmation-intro = تؤكّد السلطة أن العمل أُنجز.
deployment-closure-title = إغلاق عملية النشر
deployment-closure-button = أغلق
deployment-closure-intro = عملية النشر المغلقة لا تُعدّل بعد ذلك.
deployment-cancellation-title = إلغاء عملية النشر
deployment-cancellation-button = ألغِ
deployment-cancellation-intro = تعود الوحدات التي ما زالت ملتزَمًا بها إلى الاحتياجات غير مغطّاة وإلى العروض متاحة. ويبقى ما هو في الطريق أو وصل حيث هو.
deployment-cancellation-in-favour-of = لصالح
deployment-cancellation-in-favour-of-hint = فقط إذا أفسحت المجال لعملية نشر تتداخل معها.
deployment-teachers-title = القول كيف شارك المعلّمون
deployment-teachers-button = دور المعلّمين
deployment-teachers-intro = يجب ذكر التصميم والتجريب قبل أن تبدأ، والنشر قبل أن تكتمل، والتوسيع قبل أن تُغلق. ما تكتبونه يظهر للجميع: لا تسمّوا أحدًا.
deployment-teachers-teacher-stage = المرحلة
deployment-teachers-involved = هل شارك معلّمون؟
deployment-teachers-teachers = كم عددهم
deployment-teachers-teachers-hint = اتركوه فارغًا إن لم يُعرف.
deployment-teachers-on = اليوم
deployment-teachers-words = ما فعلوه، أو لماذا لم يشاركوا
overlap-complementary-title = القول إن إحداهما تكمّل الأخرى
overlap-complementary-button = تكمّل إحداهما الأخرى
overlap-complementary-intro = يُحلّ التداخل حين يقول ذلك المسؤولان المخوّلان لدى العضوين وموظف في الأمانة. ما تكتبونه يظهر للجميع.
overlap-complementary-words = كيف تكمّل إحداهما الأخرى
overlap-acceptance-title = قبول التداخل
overlap-acceptance-button = اقبل التداخل
overlap-acceptance-intro = يمكن أن تستمر العمليتان بعدها. يظهر سببكم للجميع.
overlap-acceptance-words = السبب، علنًا
agreement-suspension-title = تعليق الاتفاق
agreement-suspension-button = علّق
agreement-resumption-title = استئناف الاتفاق
agreement-resumption-button = استأنف
agreement-termination-title = إنهاء الاتفاق
agreement-termination-button = أنهِ
agreement-termination-intro = تُلغى فورًا كل عملية نشر لم تنتهِ، ويعود ما زال ملتزَمًا به. لا يمكن الرجوع عن ذلك.
agreement-termination-paper = الوثيقة التي تنهيه
deployments-of-agreement-beside = { $code } { $title }: { $n ->
    [0] لا تعني أي عملية نشر.
    [zero] لا تعني أي عملية نشر.
    [one] تعني عملية نشر واحدة لم تنتهِ.
    [two] تعني عمليتي نشر لم تنتهيا.
    [few] تعني { $n } عمليات نشر لم تنتهِ.
    [many] تعني { $n } عملية نشر لم تنتهِ.
   *[other] تعني { $n } عملية نشر لم تنتهِ.
}

# التداخلات
overlaps-title = التداخلات
overlaps-intro = تتداخل عمليتا نشر حين تقدّمان الخدمة نفسها للفئة نفسها، في الأماكن نفسها أو إحداها داخل الأخرى، وفي الوقت نفسه، وتريدان معًا بلوغ أكثر ممن هم محتاجون هناك. لا تبدأ أيّ منهما لم تبدأ بعد حتى يحلّ الناس ذلك هنا علنًا.
overlap-title = تداخل { $first }
overlap-why = تقدّم الاثنتان { $service } في { $places } لـ: { $group }، بين { $from } و{ $to }. تريدان معًا بلوغ { $reach } شخصًا هناك، والمحتاجون هناك { $people }.
overlap-why-reach-unknown = تقدّم الاثنتان { $service } في { $places } لـ: { $group }، بين { $from } و{ $to }. لا يُعرف كم شخصًا تريد إحداهما بلوغه، فلا يمكن استبعاد أنهما تفعلان الشيء نفسه.
overlap-why-need-unknown = تقدّم الاثنتان { $service } في { $places } لـ: { $group }، بين { $from } و{ $to }. تريدان معًا بلوغ { $reach } شخصًا. عدد المحتاجين هناك غير معروف كليًا، فلا يمكن استبعاد أنهما تفعلان الشيء نفسه.
overlap-said = ما قيل
overlap-secretariat = الأمانة
overlap-the-rule = القاعدة
overlap-step-found = اكتُشف
overlap-step-found-again = اكتُشف من جديد بعد تغيير
overlap-step-complementary = قيل إنه تكامل
overlap-step-accepted = قُبل
overlap-step-split = فُصلتا بتغيير الأماكن أو التواريخ
overlap-step-replaced = أُلغيت لصالح الأخرى
overlap-step-withdrawn = أُلغيت
overlap-ways-title = كيف يمكن حلّه
overlap-ways = تغيير أماكن إحداهما أو تواريخها؛ أو إلغاء إحداهما؛ أو قول العضوين والأمانة إنهما متكاملتان؛ أو قبول المعتمِد في الأمانة بسبب علني.

# من يفعل ماذا وأين
coverage-title = من يفعل ماذا وأين
coverage-intro = كل منطقة وكل خدمة مطلوبة أو مخطّطة: من هناك، وكم عدد المحتاجين، وكم يُراد بلوغهم، وما الناقص. البلوغ المخطّط مجال: قد يعدّ اثنان الأشخاص أنفسهم.
coverage-map-unserved = { $country }: نسبة المتعلّمين المطلوب خدمتهم الذين لا تخدمهم أي عملية نشر
coverage-map-overlaps = { $country }: تداخلات مفتوحة
coverage-gaps = فيها نقص
coverage-overlaps = فيها تداخلات مفتوحة
coverage-unserved = لا أحد فيها
field-coverage = اعرض فقط

# ما ينتظر
deployments-waits-start = يمكن أن تبدأ { $title }
deployments-waits-confirmation = { $title }: تأكيد اكتمالها
deployments-waits-closure = { $title }: إغلاقها
deployments-waits-overdue = كان ينبغي أن تنتهي { $title }
deployments-waits-overlap = تداخل { $first } و{ $second } ينتظر الحلّ

# الرفض
deployments-not-active = عملية النشر هذه ليست جارية: { $state }.
deployments-not-possible = هذا غير ممكن الآن: { $state }.
deployments-agreement-not-signed = تحتاج عمليات النشر إلى اتفاق وقّعته كل أطرافه، وهذا ليس كذلك: { $state }.
deployments-agreement-not-in-force = الاتفاق { $code } غير نافذ: { $state }.
deployments-overlap-open = تتداخل مع { $code } ولم يحلّ أحد ذلك.
deployments-need-ended = لم يعد ممكنًا خدمة الاحتياج { $code }: { $state }.
deployments-teachers-missing = لم يُذكر كيف شارك المعلّمون: { $stage }.
teacher-stage-design = التصميم
teacher-stage-testing = التجريب
teacher-stage-rollout = النشر
teacher-stage-scaling = التوسيع
deployments-teachers-why-not = قولوا لماذا لم يشارك معلّمون.
deployments-teachers-count = لا يُعدّ المعلّمون إلا حيث شاركوا.
deployments-ends-before-it-begins = هذا اليوم يسبق بدايتها.
deployments-outside-agreement = يمتد الاتفاق من { $from } إلى { $to }؛ يجب أن تقع عملية النشر ضمنه.
deployments-after-agreement = ينتهي الاتفاق في { $on }.
deployments-free-ends-early = يجب أن تدوم الفترة المجانية حتى النهاية المخطّطة على الأقل.
deployments-reach-nobody = عملية نشر تبلغ أشخاصًا تبلغ شخصًا واحدًا على الأقل.
deployments-replaces-why = قولوا لماذا تحلّ محلّ التعليم الحضوري.
deployments-place-unknown = ليس في سجل أماكن هذا البلد مكان رمزه { $place }.
deployments-no-lines = لم يبق لهذه الخدمة في هذه الأماكن سطر احتياج متفق عليه: الأسطر في أماكن أخرى، أو لدى عملية نشر أخرى.
deployments-day-to-come = هذا اليوم لم يأتِ بعد.
deployments-starts-before-plan = مخطّط لها من { $on }. عدّلوا الخطة أولًا.
deployments-not-later = اختاروا يومًا بعد النهاية المخطّطة وليس في الماضي.
deployments-overlap-resolved = هذا التداخل محلول: { $state }.
deployments-said-already = قال طرفكم ذلك من قبل.
deployments-not-so-many = لم يبق هنا من هذا السطر سوى { $left } من الوحدات (السطر { $line }).
