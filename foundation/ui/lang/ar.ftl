# Page
ui-brand = هارامبي
ui-skip = انتقل إلى المحتوى
ui-menu = القائمة الرئيسية
ui-languages = اللغات
ui-sign-in = تسجيل الدخول
ui-sign-out = تسجيل الخروج
ui-trail = موقعك في الموقع
ui-foot-data = كل رقم محسوب من وقائع مسجّلة، ومصدره مذكور بجانبه.
ui-as-of = الأرقام حتى

# Notices
ui-notice-plain = ملاحظة
ui-notice-good = تمّ
ui-notice-warn = مهم
ui-notice-bad = مشكلة
ui-notice-busy = قيد التنفيذ
ui-errors-title = يُرجى تصحيح ما يلي

# Forms
ui-optional = (اختياري)
ui-more-fields = مزيد مما يمكن قوله (اختياري)
ui-choose = اختر…
ui-no-answer = بلا إجابة
ui-cancel = إلغاء
ui-file-max = { $size } على الأكثر
ui-kilobytes = { $n } كيلوبايت
ui-megabytes = { $n } ميغابايت
ui-conflict-title = ما أدخلته وما هو محفوظ
ui-conflict-intro = حفظ شخص آخر هذا السجل أثناء عملك عليه. لم يضِع شيء مما أدخلته: قارن ثم احفظ من جديد.
ui-conflict-field = الحقل
ui-conflict-yours = ما أدخلته
ui-conflict-saved = المحفوظ الآن

# Lists
ui-table = جدول
ui-table-empty = لا شيء هنا بعد.
ui-table-no-match = لا شيء يطابق ما تبحث عنه. ابحث عن شيء آخر أو أزل عوامل التصفية.
ui-search = بحث
ui-filter = عرض
ui-filters = عوامل التصفية
ui-any = الكل
ui-clear = إزالة عوامل التصفية
ui-pager = الصفحات
ui-pager-first = الصفحة الأولى
ui-pager-next = الصفحة التالية
ui-pager-count = معروض { $shown } من { $total }
ui-downloads = تنزيل هذه القائمة

# Steps and jobs
ui-step-done = أُنجزت
ui-step-now = الخطوة الحالية
ui-step-ahead = قادمة
ui-progress = أُنجز { $done } حتى الآن.
ui-progress-of = أُنجز { $done } من { $total }.
ui-refresh = تتجدّد هذه الصفحة من تلقاء نفسها.

# Charts and maps
ui-chart-table = الأرقام في جدول
ui-chart-name = الاسم
ui-chart-value = الرقم
ui-chart-total = المجموع
ui-chart-none = لا أرقام بعد.
ui-chart-line = من { $first } عند { $from } إلى { $last } عند { $to }؛ الأدنى { $low } والأعلى { $high }.
ui-chart-most = الأعلى: { $name }، { $value }.
ui-range-certain = على الأقل
ui-range-possible = على الأكثر
ui-range-open = لا أحد يعلم كم أكثر من ذلك
ui-range-at-least = على الأقل { $n }
ui-range-at-most = على الأكثر { $n }
ui-range-target = المستهدَف: { $n }
ui-map-range = من { $from } إلى { $to }
ui-map-known = { $known } من أصل { $all } من المناطق لها رقم؛ أعلاها { $name } بقيمة { $value }.
ui-map-unknown = لا رقم
ui-map-points = عدد المواقع { $n }، ممثّلة بنقاط عددها { $dots }؛ النقطة الأكبر تمثّل مواقع أكثر.
ui-map-dot-one = موقع واحد
ui-map-dots =
    { $to ->
        [few] من { $from } إلى { $to } مواقع
       *[other] من { $from } إلى { $to } موقعًا
    }
ui-map-dots-more =
    { $from ->
        [few] { $from } مواقع فأكثر
        [many] { $from } موقعًا فأكثر
       *[other] { $from } موقع فأكثر
    }
ui-map-places = المواقع

# Columns rooms share
column-name = الاسم
column-title = العنوان
column-code = الرمز
column-id = المعرّف
column-kind = النوع
column-state = الحالة
column-country = البلد
column-place = المكان
column-group = الفئة
column-unit = الوحدة
column-quantity = الكمية
column-service = الخدمة
column-organisation = المنظمة
column-person = الشخص
column-role = الدور
column-email = البريد الإلكتروني
column-language = اللغة
column-description = الوصف
column-reason = السبب
column-source = المصدر
column-method = المنهجية
column-total = المجموع
column-share = النسبة
column-version = الإصدار
column-created-at = تاريخ الإنشاء
column-updated-at = آخر تعديل
column-from-on = من
column-until-on = حتى
column-due-on = تاريخ الاستحقاق
column-at = التاريخ والوقت
column-on = التاريخ

# Buckets
bucket-uncovered = غير مغطّى
bucket-proposed = مقترح
bucket-committed = ملتزَم به
bucket-in-transit = قيد النقل
bucket-delivered = مسلَّم
bucket-confirmed = مؤكَّد
bucket-returned = مُعاد
bucket-lost = مفقود

# Gallery
gallery-title = دليل المظهر
gallery-intro = كل أجزاء الصفحات بجميع حالاتها. غيّر اللغة أو العرض أو نمط الألوان، أو اطبع الصفحة.
gallery-text = النص
gallery-notices = الإشعارات والأخطاء
gallery-buttons = الأزرار والتبويبات
gallery-fields = الحقول
gallery-lists = القوائم
gallery-records = السجلات
gallery-steps = الخطوات والتقدّم
gallery-charts = الرسوم البيانية
gallery-maps = الخرائط
gallery-saved = حُفظ الاحتياج وأُرسل إلى الأمانة.
gallery-error = اكتب رقمًا من 1 إلى 500
gallery-open = تسجيل احتياج
gallery-close = سحب الطلب
gallery-hint = كما تكتبه السلطة في رسالتها.
gallery-reason = انهار سقف فصلين دراسيين أثناء الأمطار. تُعقد الدروس في الكنيسة إلى أن يُصلَح.
gallery-edit = فصلان بلا سقف منذ أمطار أكتوبر؛ الدروس مستمرة في قاعة مستعارة.
gallery-words-own = كلمات السلطة نفسها
gallery-words-edit = صياغة الأمانة
gallery-letter = الرسالة الموقّعة
gallery-agree = قرأت الرسالة وأرقامها أرقامنا.
gallery-secret = عبارة المرور
gallery-one-time = رمز من ستة أرقام
gallery-phone = الهاتف
gallery-desks = مقاعد مدرسية
gallery-books = كتب قراءة
gallery-radios = أجهزة راديو شمسية
gallery-teachers = معلّمون مدرَّبون
gallery-state-open = مفتوح
gallery-state-submitted = مُقدَّم
gallery-state-validated = معتمَد
gallery-state-overdue = متأخر
gallery-state-declined = مرفوض
gallery-with = مع القاعدة
gallery-without = بدون القاعدة
gallery-import = قراءة سجل المدارس
