# السجلات: ما فعله المتعلمون، ومن غيرنا يجوز له قراءته.
records-title = سجلات التعلّم
records-intro = يُحفظ هنا ما فعله المتعلمون في بيانات لا يُضاف إليها إلا جديد. ولا تدل على الأشخاص إلا بأرقام.
records-rule = كم تدل السجلات على صاحبها
records-no-rule = لم تُوضع قاعدة بعد. وحتى توضع لا يفقد أي سجل صاحبه.
records-rule-set = حُفظت القاعدة.
records-programs = برامج أخرى
records-programs-intro = تكتب هنا وتقرأ البرامج التي تتحدث xAPI، لكل منها مفتاحه الخاص.
records-keys = مفاتيح البرامج الأخرى
records-keys-intro = يسمح المفتاح لبرنامج واحد بكتابة سجلات التعلّم أو قراءتها. أنهِه حين لا يُستعمل البرنامج.
records-key-has-ended = انتهى المفتاح. لم يعد البرنامج يستطيع الدخول به.
records-signatures = البيانات الموقَّعة
records-signatures-intro = يجوز للبرنامج أن يوقّع ما يرسله. التوقيع الذي يذكر شهادته يُتحقَّق منه بها عند وصوله، ولكم أن تقرّروا بمن تثقون. أمّا الذي لا يذكر شهادة فيُحفظ كما ورد.
records-export = للأخذ
records-export-intro = بيان واحد في كل سطر، بصيغة JSON.
records-export-all = كل البيانات
records-export-research = للبحث: ممن وافقوا فقط، بلا أسماء
records-export-learner = خذ كل شيء
records-erasures = عمليات المحو
records-erasures-intro = حين تُمحى سجلات شخص تبقى الأرقام ويُنزع منها الشخص. ولا رجوع في ذلك.
records-erased = نُزع الشخص من السجلات.
records-retention-before = كل ما خُزّن قبل { $day } يفقد صاحبه: الأسماء ونصوص الإجابات والساعات. وتبقى الأرقام. ولا رجوع في ذلك.
records-retention-done = فقد كل ما تجاوز المدة المسموحة صاحبه.
records-retention-more = فقدت سجلات كثيرة أصحابها، وبقي غيرها. أعد ذلك.
records-of-learner = السجلات
records-last = آخر سجل: { $day }.
records-none-yet = لم يُسجَّل شيء بعد.
records-not-asked = لم يُسأل أحد بعد
records-consent-kept = دُوّن الجواب.

# الرفض.
records-id-taken = يوجد سجل آخر بهذا الرقم.
records-key-name = لا يجوز أن يكون الاسم فارغًا ولا أن يحوي نقطتين.
records-key-secret = يحتاج السر إلى اثنتي عشرة علامة على الأقل.
records-key-scopes = اختر ما يجوز بالمفتاح.
records-key-taken = يوجد مفتاح بهذا الاسم.
records-key-ended = انتهى المفتاح من قبل.
records-day-is-past = مضى هذا اليوم.
records-home-page-shape = اكتب عنوانًا يبدأ بـ http.
records-home-page-fixed = توجد سجلات كُتبت بالعنوان السابق، فلا يمكن تغييره بعد.
records-no-such-learner = لا يوجد متعلم كهذا، أو ليس لك.

# الأفعال.
record-key-new-title = أنشئ مفتاحًا لبرنامج
record-key-new-button = أنشئ مفتاحًا
record-key-new-intro = يظهر السر مرة واحدة. ضعه في البرنامج فورًا.
record-key-end-title = أنهِ المفتاح
record-key-end-button = أنهِ المفتاح
record-key-end-intro = لن يستطيع البرنامج الدخول بعد. ويبقى ما كتبه.
record-rule-edit-title = حدّد كم تدل السجلات على صاحبها
record-rule-edit-button = احفظ القاعدة
record-erasure-new-title = امحُ شخصًا من السجلات
record-erasure-new-button = امحُ
record-erasure-new-intro = تذهب الإجابات والأوقات وتبقى الأرقام بلا صاحب. ولا رجوع في ذلك.
record-retention-title = انزع الأشخاص من السجلات القديمة
record-retention-button = انزعهم
record-consent-title = دوّن ما وُوفق عليه
record-consent-button = دوّن
record-consent-intro = لا تحتاج الدروس والدرجات إلى موافقة. أما هذه الاستعمالات فتحتاج.

# الحقول والأعمدة.
record-key-new-label = لأي غرض
field-record-scopes = ما يجوز به
field-record-ends-on = آخر يوم
field-record-home-page = العنوان الذي يمثل البلد في البيانات
field-record-home-page-hint = لا يمكن تغييره متى وُجدت سجلات.
field-record-kept-years = السنوات التي يدل فيها السجل على صاحبه
field-record-basis = القانون أو القرار الذي يستند إليه
field-record-learner-code = رمز المتعلم
field-record-learner-code-hint = كما طُبع على البطاقة.
field-record-sure = أنا متأكد: لا رجوع في ذلك
field-record-purpose = الاستعمال
field-record-answer = الجواب
column-record-user = اسم المستخدم
column-record-scopes = يجوز به
column-record-made-on = أُنشئ في
column-record-ends-on = آخر يوم
column-record-key-state = الحالة
column-record-statements = البيانات
column-record-documents = الوثائق
column-record-statement = البيان
column-record-algorithm = طريقة التوقيع
column-record-signature-state = التوقيع
column-record-certificate = الشهادة (SHA-256)

# المفردات.
record-scope-write = كتابة البيانات
record-scope-read-mine = قراءة ما كتبه هو
record-scope-read = قراءة البيانات
record-scope-state = حفظ حالات الأنشطة
record-scope-profile = حفظ الملفات التعريفية
record-scope-define = وصف الأنشطة
record-scope-all-read = قراءة كل شيء
record-scope-all = كل شيء
record-key-state-good = مستعمل
record-key-state-ended = منتهٍ
record-key-state-over = انقضت مدته
record-purpose-research = البحث، بلا أسماء
record-purpose-other-programs = قراءة البرامج الأخرى
record-answer-given = موافق
record-answer-refused = مرفوض
record-signature-state-verified = يطابق شهادته
record-signature-state-unverified = لا يذكر شهادة

shown-record-key = المفتاح الجديد: اسم المستخدم ثم نقطتان ثم السر
shown-record-key-help = ضعهما في البرنامج الذي سيستعمله. من يملكهما يستطيع قراءة سجلات التعلّم أو كتابتها في حدود المفتاح.
