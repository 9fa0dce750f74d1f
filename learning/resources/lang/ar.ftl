resources-title = المكتبة
resources-menu = المكتبة
resources-desk-menu = مكتب المكتبة
resources-school-menu = مواد مدرستنا
resources-intro = كتب وقصص ودروس وتسجيلات وتمارين. تذكر كل مادة رخصتها وحجمها؛ يُفتح النص أولاً، وما كان ثقيلاً يذكر ذلك قبل تنزيله.
resources-none = لا شيء من هذا في المكتبة. جرّب كلمات أقل أو لغة أخرى.
resource-at-least = يوجد أكثر من { $n }؛ أضف كلمة لترى الباقي.
resource-narrow = تضييق البحث
resource-none-for-competency = لا شيء في المكتبة يخدم هذا بعد.

resources-desk-title = مكتب المكتبة
resources-desk-empty = لا شيء هنا. اختر حالة أخرى أعلاه.
resources-mine-title = ما أضفته
resources-mine-empty = لا شيء بعد. أضف ملفاً أو اكتب نصاً.
resources-school-title = مواد مدرستنا
resources-school-intro = ما أضافه معلمو هذه المدرسة. يمكن استعماله هنا فوراً، ومن شاء عرضه على البلاد كلها.
resources-school-empty = لا شيء بعد. يمكن إضافة صورة أو ورقة عمل أو تسجيل أو نص من دون إنترنت.
resource-waits-review = للمراجعة: { $title }
resource-waits-maker = عاد مع الأسباب: { $title }
resource-for-library = مكتبة { $country }
resource-for-school = { $school }، لدروسنا

# مادة واحدة
resource-is-recommended = في قائمة المواد الموصى بها.
resource-withdrawn-notice = سُحبت. لا تستعملها بعد الآن.
resource-returned-notice = أعادها المراجع:
resource-proposed-notice = تنتظر مراجعاً.
resource-own-notice = من مواد مدرستنا. يمكن استعمالها هنا فوراً.
resource-draft-notice = مسودة. لا يراها إلا من يعمل في المكتبة.
resource-no-text = لا نص يُقرأ هنا؛ انظر الملفات أدناه.
resource-picture = صورة: { $alt } ({ $size })
resource-sound = استمع: { $alt } ({ $size })
resource-show-pictures = إظهار الصور ({ $size })
resource-page-before = الصفحات السابقة
resource-page-after = الصفحات التالية
resource-page-of = الصفحات { $n } إلى { $to } من { $all }
resource-files = الملفات
resource-size-minutes = { $size }، { $n ->
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $n } دقائق
   *[other] { $n } دقيقة
  }
resource-package-note = تُفتح في صفحة خاصة تشغّل برامجها ولا ترى شيئاً من هذا الموقع. وما يُجاب عنه فيها لا يُسجَّل.
resource-other-languages = بلغات أخرى
resource-built-on-it = بُني عليها
resource-reviews = المراجعات
resource-print = طباعة النص
resource-read-it = قراءتها

resource-kind-markdown = نص
resource-kind-html = صفحة
resource-kind-text = نص بسيط
resource-kind-pdf = PDF
resource-kind-epub = كتاب (EPUB)
resource-kind-audio = صوت
resource-kind-video = فيلم
resource-kind-image = صورة
resource-kind-subtitles = ترجمة مكتوبة
resource-kind-html5 = صفحات متحركة (HTML5)
resource-kind-scorm12 = حزمة SCORM 1.2
resource-kind-scorm2004 = حزمة SCORM 2004
resource-kind-cmi5 = مقرر cmi5
resource-kind-h5p = تمرين H5P
resource-kind-common-cartridge = Common Cartridge
resource-kind-qti = تمارين (QTI)
resource-kind-office = مستند مكتبي

resource-state-draft = مسودة
resource-state-proposed = تنتظر المراجعة
resource-state-approved = معتمدة
resource-state-returned = معادة
resource-state-withdrawn = مسحوبة

resource-channel-text = نص
resource-channel-print = للطباعة
resource-channel-audio = للاستماع
resource-channel-video = للمشاهدة
resource-channel-image = للنظر
resource-channel-subtitles = ترجمة مكتوبة
resource-channel-package = حزمة
resource-channel-original = الأصل
resource-channel-asset = صورة أو صوت في النص

resource-use-show = العرض
resource-use-print = الطباعة
resource-use-change = التعديل
resource-use-pass-on = النقل إلى غيره

resource-access-textual = تُقرأ
resource-access-visual = يجب أن تُرى
resource-access-auditory = يجب أن تُسمع
resource-access-tactile = تُلمس
resource-access-alternative-text = الصور موصوفة
resource-access-captions = كتابة للصم
resource-access-transcript = نص الكلام
resource-access-audio-description = ما يُرى يُحكى
resource-access-sign-language = لغة الإشارة
resource-access-large-print = حروف كبيرة
resource-access-braille = برايل
resource-access-read-aloud = يمكن أن تُقرأ جهراً
resource-access-no-flashing = لا شيء يومض

# المعايير والرخص
resource-rubric-title = ما ينظر فيه المراجعون
resource-rubric-intro = ينظر في كل هذه شخص غير الذي أضاف المادة. وما كان ضعيفاً في نقطة لازمة أبقى المادة خارج المكتبة.
resource-rubric-criterion = النقطة
resource-rubric-asks = السؤال
resource-rubric-weight = الوزن
resource-rubric-required = يجب ألا تكون ضعيفة
resource-rubric-advised = للإرشاد
resource-rubric-accuracy = الصحة
resource-rubric-question-accuracy = هل كل ما فيها صحيح وحديث؟
resource-rubric-curriculum = المنهاج
resource-rubric-question-curriculum = هل تخدم ما يطلبه المنهاج في هذه الصفوف؟
resource-rubric-age = العمر
resource-rubric-question-age = هل يفهمها أطفال هذا العمر، وهل تخلو مما يضرهم؟
resource-rubric-language = اللغة
resource-rubric-question-language = هل اللغة واضحة وصحيحة، وهي لغة هؤلاء المتعلمين؟
resource-rubric-inclusion = الشمول
resource-rubric-question-inclusion = هل تُظهر البنات والبنين وكل الفئات وذوي الإعاقة باحترام؟
resource-rubric-access = الوصول
resource-rubric-question-access = هل تصلح على هاتف صغير وعلى الورق ولمن يضعف بصره أو سمعه؟
resource-rubric-rights = الحقوق
resource-rubric-question-rights = هل الرخصة صحيحة، وهل ذُكر كل من يجب ذكره؟
resource-mark-good = جيد
resource-mark-fair = مقبول
resource-mark-poor = ضعيف
resource-reviewed-on = { $decision }، { $day }
resource-licences-title = الرخص وما تسمح به
resource-licences-intro = كل صفحة وطباعة وتصدير تسأل هذا الجدول أولاً. وحيث يقرر إذن المالك، تذكر المادة نفسها ما يسمح به.

# الأعمدة والحقول
column-resource-languages = اللغات
column-resource-kind = النوع
column-resource-licence = الرخصة
column-resource-size = الحجم
column-resource-bytes = البايتات
column-resource-recommended = موصى بها
column-resource-credit = تأليف
column-resource-about = عنها
column-resource-lets = الرخصة تسمح بـ
column-resource-source = المصدر
column-resource-base = مبنية على
column-access-features = كيف تُستعمل
column-reading-level = مستوى القراءة
column-resource-minutes = الدقائق
column-resource-state = الحالة
column-resource-changed = تغيرت في
column-may-show = يجوز عرضها
column-may-print = تجوز طباعتها
column-may-change = يجوز تعديلها
column-may-pass-on = يجوز نقلها
column-must-credit = يجب ذكر المؤلفين
column-share-alike = الرخصة نفسها لما يُبنى عليها
column-non-commercial = لغير الربح
field-resource-owner = لمن
field-resource-text = أو اكتبها هنا
field-resource-text-hint = السطر الذي يبدأ بـ ## عنوان، والذي يبدأ بـ - بند من قائمة. اتركه فارغاً إن كان هناك ملف.
field-resource-about = ما هي، في كلمات قليلة
field-resource-language = اللغة
field-resource-languages = اللغات
field-other-languages = لغات أخرى
field-other-languages-hint = رموز، مثلاً: guz luo
field-competency-codes = رموز الكفايات التي تخدمها
field-competency-codes-hint = كما في المنهاج، تفصل بينها مسافات.
field-resource-licence = الرخصة
field-permits = ما يسمح به إذن المالك
field-permits-hint = فقط حين تكون الرخصة إذناً من المالك.
field-permission = الإذن
field-permission-hint = من أعطاه، ومتى، وبأي رقم.
field-resource-credit = المؤلفون كما يجب ذكرهم
field-resource-credit-hint = يكفي اسم المدرسة لموادها.
field-resource-source = من أين جاءت
field-resource-source-hint = عنوان أو ناشر.
field-based-on = مبنية على
field-based-on-hint = رمز المادة التي تترجمها هذه أو تعدّلها، مثلاً KE-R-000012.
field-access-features = كيف تُستعمل
field-reading-level = مستوى القراءة
field-reading-level-hint = 1 سطر في الصفحة، و10 صحيفة.
field-resource-minutes = الدقائق اللازمة
field-resource-kind = النوع
field-resource-recommended = موصى بها
field-resource-use = الرخصة تسمح بـ
field-resource-state = الحالة
field-rubric-accuracy = الصحة: هل كل شيء صحيح؟
field-rubric-curriculum = المنهاج: هل تخدم هذه الصفوف؟
field-rubric-age = العمر: أهي لأطفال هذا العمر ولا تضرهم؟
field-rubric-language = اللغة: واضحة، صحيحة، لغتهم؟
field-rubric-inclusion = الشمول: الجميع باحترام؟
field-rubric-access = الوصول: هاتف صغير، ورق، ضعف بصر أو سمع؟
field-rubric-rights = الحقوق: هل الرخصة صحيحة والجميع مذكور؟
field-resource-decision = القرار
field-review-words = بكلماتك
field-review-words-hint = لازمة حين تعود: ماذا يجب أن يتغير؟

# الأفعال
resource-new-title = إضافة مادة
resource-new-button = إضافة مادة
resource-new-intro = ملف أو نص مكتوب. تستعمل المدرسة موادها فوراً، ومواد المكتبة الوطنية تنتظر مراجعاً.
resource-new-file = الملف
resource-new-file-hint = صورة أو PDF أو تسجيل أو فيلم أو كتاب أو حزمة أو نص. يُحذف من الصورة مكان التقاطها.
resource-new-names = العنوان
resource-new-names-hint = يمكن تركه فارغاً إن ذكره الملف.
resource-edit-title = تغيير المعلومات
resource-edit-button = تغيير
resource-edit-intro = إن تغيرت الرخصة أو المؤلفون أو المصدر أو الأصل، رُوجعت المادة المعتمدة من جديد.
resource-edit-names = العنوان
resource-form-title = إضافة شكل آخر
resource-form-button = إضافة شكل آخر
resource-form-intro = صوت النص، أو نسخة للطباعة، أو ترجمة مكتوبة. يحل الملف محل ملف بالاسم نفسه. وتُراجع المادة المعتمدة من جديد.
resource-form-file = الملف
resource-proposal-title = عرضها للمراجعة
resource-proposal-button = عرضها للمراجعة
resource-proposal-intro = ينظر فيها مراجع من البلاد. ولا يتغير شيء قبل ذلك لمن يستعملها.
resource-review-title = مراجعة
resource-review-button = مراجعة
resource-review-intro = انظر في كل نقطة ثم قرر.
resource-recommendation-title = التوصية بها
resource-recommendation-button = التوصية بها
resource-recommendation-intro = تظهر أولاً في البحث وفي القائمة التي تُعطى للمدارس.
resource-recommendation-end-title = إنهاء التوصية
resource-recommendation-end-button = إنهاء التوصية
resource-recommendation-end-intro = تبقى في المكتبة.
resource-withdrawal-title = سحبها
resource-withdrawal-button = سحبها
resource-withdrawal-intro = لا يستعملها أحد بعد الآن. والدروس التي فيها تذكر ذلك وتعرض الباقي.
resource-withdrawal-reason = لماذا
resource-withdrawal-reason-hint = يقرأ الجميع هذا.
resource-restoration-title = إرجاعها
resource-restoration-button = إرجاعها
resource-restoration-intro = تصبح مسودة وتُراجع من جديد قبل أن تعرضها المكتبة.
resource-import-title = إضافة كثير من جدول
resource-import-button = إضافة كثير من جدول
resource-import-intro = جدول فيه سطر لكل مادة، وأرشيف (ZIP) بالملفات التي يذكرها. لا يُحفظ شيء حتى يصح كل سطر.
resource-import-resource-owner = لمن
resource-import-resource-sheet = الجدول
resource-import-resource-sheet-hint = ‏CSV أو XLSX بالأعمدة file وtitle وlanguage وsubject وgrade_from وgrade_to وlicence وcredit؛ وكذلك source وabout وseries وaccessibility وreading_level وminutes وcompetencies.
resource-import-resource-archive = الملفات
resource-import-acceptance-title = حفظها
resource-import-acceptance-button = حفظها
resource-import-acceptance-intro = تنتظر مراجعاً.
resource-import-result = جدول جُرِّب
resource-import-says = { $file }: { $n ->
    [one] سطر واحد
    [two] سطران
    [few] { $n } أسطر
   *[other] { $n } سطراً
  }.
resource-import-clean = كل الأسطر صحيحة.
resource-import-refused = { $n ->
    [one] أمر واحد يجب تصحيحه أولاً.
    [two] أمران يجب تصحيحهما أولاً.
    [few] { $n } أمور يجب تصحيحها أولاً.
   *[other] { $n } أمراً يجب تصحيحها أولاً.
  }
resource-import-done = حُفظت وتنتظر مراجعاً.
resource-import-row = السطر
resource-import-column = العمود
resource-import-why = السبب

# الرفض
resource-gate-show = الرخصة { $licence } لا تسمح بعرضها.
resource-gate-print = الرخصة { $licence } لا تسمح بطباعتها.
resource-gate-change = الرخصة { $licence } لا تسمح بتعديلها.
resource-gate-pass-on = الرخصة { $licence } لا تسمح بنقلها.
resource-gate-withdrawn = سُحبت.
resource-title-missing = تحتاج إلى عنوان.
resource-title-long = العنوان طويل جداً.
resource-language-missing = اختر لغة واحدة على الأقل.
resource-language-strange = لا لغة لها الرمز «{ $code }».
resource-grades-crossed = الصف الأخير قبل الأول.
resource-competency-strange = لا منهاج نافذاً فيه الرمز «{ $code }».
resource-access-strange = هذه طريقة استعمال غير معروفة.
resource-licence-missing = الرخصة لازمة: لا يُحفظ شيء من دونها.
resource-credit-missing = هذه الرخصة تطلب ذكر المؤلفين.
resource-permits-missing = اذكر ما يسمح به إذن المالك.
resource-permission-missing = اذكر من أعطى الإذن ومتى.
resource-licence-of-school = هذه الرخصة لمواد المدرسة نفسها فقط.
resource-base-missing = لا مادة لها هذا الرمز.
resource-share-alike = رخصة الأصل { $licence }؛ ويجب أن تكون هي نفسها.
resource-stays-non-commercial = رخصة الأصل { $licence }؛ ويجب أن تبقى لغير الربح.
resource-is-withdrawn = هي مسحوبة.
resource-not-withdrawn = ليست مسحوبة.
resource-not-a-draft = لا تُعرض للمراجعة إلا مسودة أو ما أُعيد.
resource-without-file = ليس فيها بعد ما يُقرأ أو يُسمع أو يُرى.
resource-offer-needs-licence = أعطها أولاً رخصة تسمح للمدارس الأخرى باستعمالها، مثلاً CC BY 4.0.
resource-not-proposed = لا تنتظر مراجعة.
resource-poor-not-approved = ما كان ضعيفاً هنا أبقاها خارج المكتبة؛ أعدها.
resource-return-needs-words = اذكر ما يجب أن يتغير.
resource-not-approved = لا يوصى إلا بما اعتُمد.
resource-recommended-already = الأمر كذلك من قبل.
resource-file-empty = الملف فارغ.
resource-file-or-text = اختر ملفاً أو اكتب نصاً.
resource-file-known = في المكتبة هذا الملف نفسه: { $code }.
resource-import-file-missing = لا ملف في الأرشيف باسم «{ $file }».
resource-import-value-strange = «{ $value }» غير معروف هنا.
resource-import-known = في المكتبة من قبل: { $code }.
resource-import-rows = لا أسطر في الجدول.
# رخص الدولة الخاصة بها
licence-new-title = رخصة للدولة
licence-new-button = إضافة رخصة
licence-new-intro = لا تتغير شروطها لاحقا: ما يُحفظ بموجبها يحملها. أغلقها وأضف غيرها حين لا تعود مناسبة.
licence-closing-title = إغلاق رخصة
licence-closing-button = أغلقها
licence-closing-intro = لا يُحفظ بموجبها شيء جديد. وما كان تحتها يبقى تحتها بالشروط نفسها.
field-licence-country = الدولة
field-licence-code = الرمز
field-licence-code-hint = يبدأ برمز الدولة، مثل KE-SCHOOLS-1.0: أحرف لاتينية كبيرة وأرقام ونقاط وشرطات.
field-licence-names = الاسم
field-licence-url = عنوان نصها
field-licence-permits = تسمح بما يلي
field-licence-duties = تشترط
licence-duty-credit = ذكر أسماء المؤلفين
licence-duty-share-alike = الرخصة نفسها لما يُبنى عليها
licence-duty-non-commercial = البقاء دون ربح
column-licence-open = يمكن اختيارها
licence-added = يمكن اختيار الرخصة من الآن.
licence-closed = لم يعد اختيار الرخصة ممكنا.
licence-code-form = يبدأ الرمز بـ { $start } وتليه أحرف لاتينية كبيرة وأرقام ونقاط وشرطات.
licence-code-taken = توجد رخصة { $code } من قبل.
licence-shows-nothing = رخصة لا تسمح بعرض العمل لا فائدة منها في مكتبة.
licence-share-alike-unchanged = لا معنى لشرط «الرخصة نفسها» إلا حيث يُسمح بالتعديل.
licence-url-form = يبدأ العنوان بـ https://.
licence-too-many = لدى الدولة مئة رخصة. استعمل إحداها.
licence-is-closed = هي مغلقة من قبل.
licence-close-one = إغلاق { $code }
