# النماذج
form-missing = املأ هذا الحقل.
form-of-field = { $field }: { $reason }
form-choose = اختر إجابة.
form-must-be-ticked = ضع علامة في هذه الخانة للمتابعة.
form-file-missing = اختر ملفًا.
form-too-long = اكتب { $max } حرفًا على الأكثر؛ عددها الآن { $count }.
form-control-characters = يحتوي هذا النص على رموز لا يمكن عرضها. اكتبه من جديد.
form-one-line = اكتب هذا في سطر واحد.
form-not-an-email = اكتب عنوان بريد إلكتروني مثل name@example.org.
form-not-a-number = «{ $entered }» ليس عددًا. اكتب أرقامًا فقط.
form-out-of-range = اكتب عددًا من { $least } إلى { $most }.
form-not-a-day = «{ $entered }» ليس يومًا. اكتبه بصيغة سنة-شهر-يوم، مثل 2026-03-09.
form-not-a-choice = «{ $entered }» ليس من بين الإجابات. اختر من القائمة.
form-file-too-large = هذا الملف كبير جدًا. اختر ملفًا لا يتجاوز { $max } ميغابايت.
form-file-kept = محفوظ من المحاولة السابقة: { $name }. لا تختر ملفًا آخر إلا لاستبداله.
form-expired = فُتح هذا النموذج منذ وقت طويل أو من صفحة أخرى. ما أدخلته لا يزال هنا: أرسله مرة أخرى.
form-not-utf8 = تعذّرت قراءة النص. أرسله بترميز UTF-8.
form-body-too-large = الحجم كبير جدًا أو انقطع الاتصال. حاول مجددًا بملف أصغر.
form-broken-upload = انقطع الرفع. أعد الإرسال.
form-not-json = المحتوى ليس JSON: { $where }
form-not-json-type = أرسل JSON مع الترويسة Content-Type: application/json.
form-not-an-object = يجب أن يكون المحتوى كائن JSON يضم حقول النموذج.
form-unknown-field = لا يوجد حقل بهذا الاسم.
form-wrong-shape = شكل هذه القيمة لا يناسب حقلها.
form-key-used = استُعمل مفتاح عدم التكرار هذا لطلب آخر. اختر مفتاحًا جديدًا.
form-key-too-long = لا يتجاوز مفتاح عدم التكرار 200 حرف.
form-public = يستطيع الجميع قراءة هذا النص.
form-public-telephone = سيقرأ الجميع هذا النص: احذف رقم الهاتف «{ $found }».
form-public-email = سيقرأ الجميع هذا النص: احذف عنوان البريد الإلكتروني «{ $found }».
form-public-person = سيقرأ الجميع هذا النص: احذف اسم الشخص «{ $found }»، واكتب صفته بدلًا منه، مثل «مدير المدرسة».

# ما الذي حدث
problem-refused = لم يُنفَّذ هذا
problem-refused-help = هناك قاعدة تمنع ذلك. السبب:
problem-missing = غير موجود
problem-missing-help = لا يوجد شيء هنا، أو ليس لك الاطلاع عليه. تحقق من العنوان أو ابدأ من الصفحة الرئيسية.
problem-forbidden = غير مسموح
problem-forbidden-help = لقد سجلت الدخول، لكن هذا الإجراء من شأن شخص آخر.
problem-sign-in = سجّل الدخول أولًا
problem-sign-in-help = هذه الصفحة لمن سجّلوا الدخول.
problem-conflict = غيّر شخص آخر هذا قبلك
problem-conflict-help = النسختان معروضتان. اختر ما تريد إبقاءه ثم أرسل من جديد.
problem-later = محاولات كثيرة جدًا
problem-later-help = انتظر قليلًا ثم حاول مجددًا.
problem-later-seconds =
    { $seconds ->
        [zero] محاولات كثيرة جدًا. حاول الآن من جديد ({ $seconds }).
        [one] محاولات كثيرة جدًا. حاول بعد ثانية واحدة ({ $seconds }).
        [two] محاولات كثيرة جدًا. حاول بعد ثانيتين ({ $seconds }).
        [few] محاولات كثيرة جدًا. حاول بعد { $seconds } ثوانٍ.
        [many] محاولات كثيرة جدًا. حاول بعد { $seconds } ثانية.
       *[other] محاولات كثيرة جدًا. حاول بعد { $seconds } ثانية.
    }
problem-fault = حدث عطل في النظام
problem-fault-help = لم يُحفظ شيء. حاول مجددًا؛ وإن تكرر الأمر فأخبر مشغّل النظام بما كنت تفعله ومتى.
problem-home = إلى الصفحة الرئيسية
forbidden-role = هذا من صلاحية: { $role }.

# صفحات الإطار
inbox-title = ما ينتظرك
inbox-empty = لا شيء ينتظرك.
inbox-count =
    { $n ->
        [zero] لا شيء ينتظرك ({ $n }).
        [one] ينتظرك أمر واحد ({ $n }).
        [two] ينتظرك أمران ({ $n }).
        [few] تنتظرك { $n } أمور.
        [many] ينتظرك { $n } أمرًا.
       *[other] ينتظرك { $n } أمر.
    }
inbox-due = موعده { $day }
style-title = عناصر صفحاتنا
foot-catalogue = المفردات
foot-data-attribution = المصادر والتراخيص
foot-style = عناصر صفحاتنا
column-done = أُنجز
column-result = النتيجة
column-see = أين تنظر
demo-notice = هذا عرض توضيحي. المدارس حقيقية، أما الأشخاص والأعضاء والعروض والرسائل فنماذج.
menu-work = عملك
menu-coalition = الائتلاف
menu-results = النتائج
menu-data = البيانات
menu-learning = التعلّم
