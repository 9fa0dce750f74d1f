# القوائم.
offers-menu = العروض
offers-mine-menu = عروض الأعضاء
offers-title = العروض
offers-count =
    { $n ->
        [0] لا عروض مفتوحة الآن. لا تُحسب الإعلانات والمسودات أبدًا.
        [one] عرض واحد مفتوح الآن. لا تُحسب الإعلانات والمسودات أبدًا.
        [two] عرضان مفتوحان الآن. لا تُحسب الإعلانات والمسودات أبدًا.
        [few] { $n } عروض مفتوحة الآن. لا تُحسب الإعلانات والمسودات أبدًا.
        [many] { $n } عرضًا مفتوحًا الآن. لا تُحسب الإعلانات والمسودات أبدًا.
       *[other] { $n } عرض مفتوح الآن. لا تُحسب الإعلانات والمسودات أبدًا.
    }
offers-all = عروض جميع الأعضاء
offers-of = عروض { $name }
offers-frozen = هذه المنظمة ليست عضوًا بوضع نظامي، فلا يمكنها تقديم عروض جديدة. وما هو محجوز من عروضها يبقى.
offers-none-open = لا عروض مفتوحة حاليًا.
offers-world = العالم كله
offers-any-language = كل اللغات
offers-unit-countries = بلدان يمكن إتاحته فيها
offers-unit-per-quarter = { $unit } في كل ربع سنة
field-service = الخدمة

column-capacity = السعة
column-free-now = المتاح الآن
column-places = الأماكن
column-spoken-languages = اللغات
column-available-from = متاح من
column-available-to = متاح حتى
column-free-until = مجاني حتى
column-lot-min = أصغر دفعة
column-lot-step = مقدار زيادة الدفعة
column-lot-max = أكبر دفعة
column-modality = الطريقة
column-connectivity-needed = الاتصال اللازم
column-setup-days = أيام التجهيز
column-conditions-required = الشروط المطلوبة
column-licence = الترخيص
column-accessibility = إمكانية الوصول
column-evidence-level = الأدلة
column-unit-cost-usd = كلفة الوحدة التي لا يتحملها العضو (دولار)
column-fixed-cost-usd = كلفة التسليم التي لا يتحملها العضو (دولار)
column-in-person = التعليم الحضوري
column-assured-on = آخر تأكيد
column-notice-until = تُقدَّم الأجزاء المحجوزة حتى
column-people-ready = الأشخاص
column-equipment-ready = المعدّات
column-funding-ready = التمويل
column-assured-lately = مؤكّدة خلال 90 يومًا

offer-kind-stock = مخزون: يُعطى مرة واحدة
offer-kind-rate = معدّل: قدر محدد في كل ربع سنة
offer-kind-inexhaustible = لا ينفد: الاستعمال لا يستهلكه
offer-state-draft = مسودة
offer-state-pledge = إعلان لا يُحسب أبدًا
offer-state-registered = مسجّل
offer-state-checked = مدقَّق
offer-state-available = متاح
offer-state-partly-reserved = محجوز جزئيًا
offer-state-fully-reserved = محجوز بالكامل
offer-state-exhausted = نفد
offer-state-stale = قديم: لم يُؤكَّد منذ 90 يومًا
offer-state-expired = انتهت مدته
offer-state-withdrawn = مسحوب
offer-in-person-supplements = يكمّل التعليم الحضوري
offer-in-person-replaces = يحل محل التعليم الحضوري
readiness-ready = جاهز
readiness-within-a-month = خلال شهر
readiness-to-be-found = يلزم توفيره
readiness-not-needed = غير لازم

# عرض واحد.
offers-capacity-title = الموجود والمحجوز والمتبقي
offers-period-head = الفترة
offers-capacity-head = السعة
offers-reserved = محجوز
offers-committed = ملتزَم به
offers-left = المتبقي
offers-whole-window = المدة كلها
offers-countries-row = البلدان
offers-principles = الإجابات عن المبادئ الأربعة لحماية البيانات
offers-principle-own = قيلت لهذا العرض
offers-principle-member = كما يجيب العضو عن جميع عروضه
offers-check-note = ملاحظة التدقيق
offers-sent-back = أعادت الأمانة هذا العرض. صحّحوه ثم سجّلوه من جديد:
offers-pledge-notice = إعلان من اجتماع. لا يُلزم أحدًا ولا يُحسب أبدًا حتى يكمله العضو ويسجّله عرضًا. مصدره:
offers-replaces-notice = يحل هذا العرض محل التعليم الحضوري. وينبغي للتقنية أن تكمّله: اسألوا عن مصير الوجبات والحماية والرفقة.
offers-stale-notice = لم يؤكّد العضو هذا العرض منذ أكثر من 90 يومًا. لا يدخل في المطابقة حتى يُؤكَّد من جديد.
offers-notice-until = مسحوب. ما زال محجوزًا منه يُقدَّم حتى { $day }.
offers-withdrawn-because = سبب السحب:

# الاستمارة.
field-title = ما المعروض
field-service-class-hint = تتبع الوحدة والنوع الخدمة المختارة.
field-quantity = الكمية
field-quantity-hint = الأشياء: عدد الوحدات كلها. العمل: الوحدات في كل ربع سنة. ما لا يستهلكه الاستعمال: عدد البلدان التي يمكنكم إتاحته فيها.
field-lot-min = أصغر دفعة
field-lot-min-hint = أقل ما تسلّمونه لمكان واحد؛ الفارغ يعني 1.
field-lot-step = مقدار زيادة الدفعة
field-lot-step-hint = عدد الوحدات في الصندوق؛ الفارغ يعني 1.
field-lot-max = أكبر دفعة لمكان واحد
field-places = الأماكن
field-places-hint = رموز البلدان ومناطقها من المستوى الأول، مثل HN أو HN08 HN15، أو * للعالم كله.
field-languages = اللغات
field-languages-hint = رموز مثل es en miq، أو * لكل اللغات.
field-levels = مستويات التعليم
field-modality = الطريقة
field-tier = الاتصال الذي يجب أن يكون في المكان مسبقًا
field-window-from = متاح من
field-window-to = متاح حتى
field-setup-days = أيام التجهيز
field-free-until = مجاني حتى
field-free-until-hint = لكلمة «مجاني» تاريخ انتهاء. تُذكَّرون أنتم والمستفيدون قبل انتهائه.
field-conditions = الشروط التي يجب أن يستوفيها المكان
field-licence = الترخيص
field-accessibility = إمكانية الوصول
field-accessibility-hint = مثل الترجمة النصية ولغة الإشارة والخط الكبير وقارئ الشاشة.
field-evidence-level = الأدلة على جدواه
field-unit-cost = كلفة الوحدة التي لا تتحملونها، بالدولار
field-unit-cost-hint = الفارغ يعني لا شيء.
field-fixed-cost = كلفة التسليم التي لا تتحملونها، بالدولار
field-in-person = التعليم الحضوري
field-principle-appropriate-use = الاستخدام الملائم للبيانات، إن اختلف عن إجابة منظمتكم
field-principle-access-and-control = الوصول والتحكّم، إن اختلفت الإجابة
field-principle-security-and-protection = الأمن والحماية، إن اختلفت الإجابة
field-principle-lifespan-of-services = عمر الخدمات، إن اختلفت الإجابة
offer-new-title = تقديم عرض
offer-new-button = قدّم عرضًا
offer-new-intro = اعرضوا ما تستطيعون تقديمه حقًا، مع المدة والدفعات وموعد انتهاء المجانية. ينظر فيه شخصان من الأمانة قبل أن يدخل في المطابقة.
offer-new-service-class = الخدمة
offer-new-code = رقمكم الخاص له
offer-new-register = سجّله الآن، وإلا بقي مسودة
offer-edit-title = تعديل العرض
offer-edit-button = عدّل العرض
offer-edit-intro = العرض المدقَّق أو المتاح ينظر فيه شخصان من جديد. ولا يُعدَّل عرض حُجز جزء منه.
offer-edit-service-class = الخدمة
offer-edit-code = رقمكم الخاص له
offer-registration-title = تسجيل العرض
offer-registration-button = سجّل
offer-registration-intro = من الآن تنظر فيه الأمانة.
offer-check-title = تدقيق العرض
offer-check-button = دقّق
offer-check-intro = اذكر كيف دقّقته. ويتيحه شخص آخر.
offer-check-note = ملاحظة
offer-approval-title = إتاحة العرض
offer-approval-button = أتِحه
offer-approval-intro = من الآن يصبح علنيًا ويمكن مطابقته.
offer-return-title = إعادة العرض
offer-return-button = أعِده
offer-return-intro = يقرأ العضو السبب ويصحّح العرض ويسجّله من جديد.
offer-assurance-title = العرض ما زال قائمًا
offer-assurance-button = ما زال قائمًا
offer-assurance-intro = تؤكّد اليوم أن كل ما يلي ما زال صحيحًا.
offer-withdrawal-title = سحب العرض
offer-withdrawal-button = اسحب
offer-withdrawal-intro = يُسحب فورًا ما لم يحجزه أحد. أما المحجوز فيُقدَّم خلال أيام الإشعار.
pledge-new-title = تدوين إعلان من اجتماع
pledge-new-button = دوّن إعلانًا
pledge-new-intro = يُدوَّن الإعلان مع مصدره. لا يراه إلا العضو والأمانة، ولا يُحسب ولا يُطابَق أبدًا.
pledge-new-service-class = الخدمة
pledge-new-minute = المصدر: أي محضر لأي اجتماع
offers-drafted = حُفظت المسودة.
offers-registered = سُجّل العرض، وتنظر فيه الأمانة.
offers-changed = عُدّل العرض.
offers-checked = دُقّق العرض، ويتيحه شخص آخر.
offers-available = أصبح العرض متاحًا.
offers-returned = أُعيد العرض.
offers-assured = دُوّن أن هذا قائم اليوم.
offers-withdrawn = سُحب ما لم يحجزه أحد.
offers-pledged = دُوّن الإعلان، ولا يُحسب.

# الملفات.
offer-import-title = عروض من ملف
offer-import-button = عروض من ملف
offer-import-intro = جدول (CSV أو XLSX أو ODS) فيه صف لكل عرض. يُجرَّب أولًا: ترون كل صف مرفوض وسببه، ولا يُستورد شيء قبل موافقتكم.
offer-import-file = الملف
offer-import-acceptance-title = استيراد العروض
offer-import-acceptance-button = استورد وسجّل
offer-import-acceptance-intro = تصبح الصفوف كلها عروضًا مسجّلة أو لا يصبح منها شيء.
offers-import-result = ما في الملف
offers-import-says =
    { $n ->
        [0] { $file }: لا صفوف.
        [one] { $file }: صف واحد.
        [two] { $file }: صفان.
        [few] { $file }: { $n } صفوف.
        [many] { $file }: { $n } صفًا.
       *[other] { $file }: { $n } صف.
    }
offers-import-clean = يمكن استيراد كل الصفوف. لم يُستورد شيء بعد.
offers-import-refused =
    { $n ->
        [one] ملاحظة واحدة على هذا الملف. لم يُستورد شيء: صحّحوا الملف وأرسلوه من جديد.
        [two] ملاحظتان على هذا الملف. لم يُستورد شيء: صحّحوا الملف وأرسلوه من جديد.
        [few] { $n } ملاحظات على هذا الملف. لم يُستورد شيء: صحّحوا الملف وأرسلوه من جديد.
        [many] { $n } ملاحظة على هذا الملف. لم يُستورد شيء: صحّحوا الملف وأرسلوه من جديد.
       *[other] { $n } ملاحظة على هذا الملف. لم يُستورد شيء: صحّحوا الملف وأرسلوه من جديد.
    }
offers-import-refused-rows = الصفوف المرفوضة وأسبابها
offers-import-notes = ما افتُرض
offers-import-row = الصف
offers-import-column = العمود
offers-import-why = السبب
offers-import-accepted = استُورد هذا الملف.
offers-imported = استُوردت العروض وسُجّلت.
offers-note-free-until = لم يُذكر موعد انتهاء المجانية، فأُخذ آخر المدة: { $day }.
offers-note-countries =
    { $n ->
        [one] لم يُذكر عدد البلدان، فأُخذ بلد واحد.
        [two] لم يُذكر عدد البلدان، فأُخذ بلدان.
        [few] لم يُذكر عدد البلدان، فأُخذ { $n } بلدان.
        [many] لم يُذكر عدد البلدان، فأُخذ { $n } بلدًا.
       *[other] لم يُذكر عدد البلدان، فأُخذ { $n } بلد.
    }
offers-row-hidden = هذا الصف مخفي في الملف. أظهروه أو احذفوه.
offers-more-refused =
    { $n ->
        [one] ملاحظة أخرى لا تظهر هنا.
        [two] ملاحظتان أخريان لا تظهران هنا.
        [few] { $n } ملاحظات أخرى لا تظهر هنا.
        [many] { $n } ملاحظة أخرى لا تظهر هنا.
       *[other] { $n } ملاحظة أخرى لا تظهر هنا.
    }
offers-kind-unknown = اكتبوا stock أو rate أو inexhaustible.
offers-day-missing = اكتبوا اليوم.
offers-member-missing = سمّوا العضو.
offers-member-unknown = لا عضو بهذا الاسم.

# القدرات الدائمة.
offers-capabilities = القدرات الدائمة
offers-capabilities-intro = ما يستعد له الأعضاء بمعزل عن أي كمية. أما العرض فيحدّد الكم والمكان والزمان.
capability-new-title = التصريح بقدرة دائمة
capability-new-button = صرّح بقدرة
capability-new-service-class = الخدمة
capability-new-people = الأشخاص
capability-new-equipment = المعدّات
capability-new-funding = التمويل
capability-new-note = ملاحظة
capability-assurance-title = القدرة ما زالت قائمة
capability-assurance-button = ما زالت قائمة
capability-end-title = انتهت القدرة
capability-end-button = انتهت
offers-capability-kept = دُوّنت القدرة.
offers-capability-over = انتهت القدرة.

# ما ينتظر.
offers-waits-check = عرض للتدقيق: { $title }
offers-waits-approval = عرض مدقَّق ينتظر موافقتك: { $title }
offers-waits-correction = أُعيد إليك للتصحيح: { $title }
offers-waits-assurance = هل ما زال قائمًا؟ { $title }
offers-waits-free-end = لم يبق من المجانية إلا أيام: { $title }

# ما يُرفض.
offers-title-missing = اذكروا بلغة واحدة على الأقل ما المعروض.
offers-cost-negative = لا تكون الكلفة أقل من صفر.
offers-class-unknown = لا خدمة باسم «{ $code }».
offers-kind-of-class = عروض هذه الخدمة من نوع آخر: { $kind }
offers-languages-missing = اذكروا اللغات، أو اكتبوا * لكل اللغات.
offers-places-missing = اذكروا الأماكن، أو اكتبوا * للعالم كله.
offers-place-unknown = «{ $code }» ليس بلدًا ولا منطقة من المستوى الأول.
offers-language-unknown = لا لغة رمزها «{ $code }».
offers-levels-missing = اختاروا مستوى تعليميًا واحدًا على الأقل.
offers-level-unknown = «{ $code }» ليس مستوى تعليميًا.
offers-modality-unknown = «{ $code }» ليست من الطرائق.
offers-condition-unknown = «{ $code }» ليس من الشروط.
offers-licence-unknown = «{ $code }» ليس ترخيصًا من القائمة.
offers-evidence-unknown = «{ $code }» ليس مستوى من مستويات الأدلة.
offers-tier-unknown = الاتصال رقم من 0 إلى 3.
offers-quantity-missing = اكتبوا كمية لا تقل عن 1.
offers-lot-not-positive = في الدفعة وحدة واحدة على الأقل.
offers-lots-reversed = أكبر دفعة أقل من أصغر دفعة.
offers-no-lot-fits = لا دفعة تناسب: مقدار الزيادة يتجاوز أكبر دفعة.
offers-less-than-a-lot = الكمية كلها أقل من دفعة واحدة.
offers-window-reversed = تنتهي المدة قبل أن تبدأ.
offers-window-over = انتهت المدة بالفعل.
offers-window-too-long = لا تتجاوز المدة 20 سنة.
offers-free-over = انتهت المجانية بالفعل.
offers-free-before-window = تنتهي المجانية قبل بدء المدة.
offers-setup-too-long = التجهيز أطول من المدة.
offers-code-taken = لديكم عرض آخر بهذا الرقم.
offers-not-open = لا يمكن حجز هذا العرض. الحالة: { $state }
offers-lot = { $quantity } ليست عددًا صحيحًا من الدفعات: تزيد الدفعات بمقدار { $step } وتبدأ من { $least }.
offers-period = ليست في العرض هذه الفترة.
offers-capacity = المطلوب { $wanted } والمتبقي { $left }. لم يُحجز شيء.
offers-more-than-held = المطلوب { $wanted } والمحجوز { $left } فقط. لم يتغير شيء.
offers-already-held = هذا الاقتراح يحجز جزءًا من عرض بالفعل.
offers-held = جزء من هذا العرض محجوز فلا يمكن تعديله. اسحبوا الباقي وقدّموا عرضًا آخر.
offers-not-in-this-state = لا يمكن فعل هذا الآن. الحالة: { $state }
offers-pledge-is-no-offer = لا يُسجَّل الإعلان. أكملوه أولًا ليصبح عرضًا لكم.
offers-reason-missing = اكتب السبب. لا يُعاد شيء ولا يُسحب دون سبب.
offers-conflict-of-interest = لك صلة بهذا العضو فلا يمكنك الحكم على عروضه. يجب أن يقوم بهذا شخص آخر.
