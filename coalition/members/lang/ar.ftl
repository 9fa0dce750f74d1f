# الدليل وسجل العضو.
members-menu = الأعضاء
members-title = أعضاء التحالف
members-marked = { $name } «نموذج»
members-sample-notice = نموذج: هذه المنظمة مختلقة لبيان عمل المنصة. ليست عضوًا حقيقيًا ولم تعِد بشيء.
members-suspended-notice = عضوية هذه المنظمة معلّقة: لا تقدّم عروضًا جديدة. وما هو جارٍ يبقى ظاهرًا ويستمر.
members-count-today =
    { $n ->
        [0] لا أعضاء بوضع نظامي في { $day }.
        [one] عضو واحد بوضع نظامي في { $day }.
        [two] عضوان بوضع نظامي في { $day }.
        [few] { $n } أعضاء بوضع نظامي في { $day }.
        [many] { $n } عضوًا بوضع نظامي في { $day }.
       *[other] { $n } عضو بوضع نظامي في { $day }.
    }
members-count-link = عدد الأعضاء في أي يوم
members-count-title = كم عضوًا في يوم معيّن
members-count-day = اليوم
members-count-method = المنظمات التي قُبلت في هذا اليوم أو قبله ولم تكن في نهايته معلّقة ولا مستبعدة ولا منسحبة. لا تُحسب الطلبات ولا الإعلانات ولا حضور الاجتماعات.
members-count-over-time = الأعضاء بوضع نظامي في نهاية كل شهر
members-principles = الإجابات عن المبادئ الأربعة لحماية البيانات
members-names = أسماؤها
members-standing-history = الوضع وتواريخه
members-from = منذ { $from }
members-from-until = من { $from } إلى { $until }
members-no-member = ليست عضوًا

column-member-since = عضو منذ
column-objectives = الأهداف
column-strengths = مواطن القوة
column-registered-as = رقم التسجيل
column-members = أعضاء بوضع نظامي
column-members-suspended = معلّقون، يُحسبون على حدة
column-applied-on = تاريخ الطلب
column-criteria-answered = معايير فُحصت
column-obligations = الالتزامات المقبولة
column-obligations-accepted-on = قُبلت الالتزامات في
column-do-no-harm-signed-on = وُقّع تعهّد عدم الإضرار في
field-objective = الهدف

member-state-applied = قُدّم الطلب
member-state-under-review = قيد الفحص
member-state-clarification = سؤال لمقدّم الطلب
member-state-admitted = عضو
member-state-declined = مرفوض
member-state-suspended = معلّق
member-state-removed = مستبعد
member-state-withdrawn = منسحب
member-outcome-met = مستوفى
member-outcome-not-met = غير مستوفى
member-outcome-open = لم يُفحص بعد
member-invitee-contact = جهة الاتصال
member-invitee-officer = الشخص المخوّل

# تقديم الطلب.
member-application-title = الانضمام إلى التحالف
member-application-button = قدّم طلب انضمام
member-application-intro = أخبرونا بالتفصيل من أنتم وما تستطيعون فعله. تتحقق الأمانة من كل طلب وفق المعايير المنشورة، ثم يقرّر شخص آخر. وتتلقون ردًا في كل الأحوال مع سببه.
member-application-name = اسم المنظمة
member-application-name-hint = كما هو مسجّل. املؤوا كل لغة لكم فيها اسم.
member-application-kind = نوع المنظمة
member-application-country = بلد المنظمة
member-application-country-hint = اتركوه فارغًا إن كانت المنظمة لا تتبع بلدًا بعينه.
member-application-website-hint = يبدأ بـ https://
member-application-identifier-scheme = السجل الذي قُيّدت فيه المنظمة
member-application-identifier-scheme-hint = القوائم والرموز هي المعتمدة في org-id.guide.
member-application-identifier = الرقم في ذلك السجل
member-application-second-scheme = سجل آخر
member-application-second-identifier = الرقم في السجل الآخر
member-application-strengths = مواطن قوتكم
member-application-strengths-hint = ما تستطيعون فعله وما فعلتموه من قبل، بكلماتكم. سيكون هذا النص علنيًا.
member-application-objectives = الأهداف التي تدعمونها
member-application-objectives-hint = هدف واحد على الأقل.
member-application-obligations = الالتزامات التي تقبلونها
member-application-obligations-hint = يقبل العضو الالتزامات الثلاثة كلها.
member-application-do-no-harm = لن نُلحق ضررًا بما نعرفه عن المتعلّمين، ونوقّع على ذلك اليوم
member-application-principle-appropriate-use = الاستخدام الملائم: هل تستبعدون الإعلان والتنميط ببيانات المتعلّمين؟
member-application-principle-appropriate-use-hint = ستكون إجاباتكم عن المبادئ الأربعة علنية.
member-application-principle-access-and-control = الوصول والتحكّم: هل يستطيع المتعلّمون الاطلاع على بياناتهم وتصحيحها ومشاركتها وحذفها؟
member-application-principle-security-and-protection = الأمن والحماية: كيف تُحمى بيانات المتعلّمين وأين تُحفظ؟
member-application-principle-lifespan-of-services = عمر الخدمات: ما مصير البيانات حين تنتهي الخدمة أو مدتها المجانية؟
member-application-contact-name = جهة الاتصال
member-application-contact-name-hint = اتركوا الحقلين فارغين إن كنتم قد سجّلتم الدخول وتتحدثون باسم المنظمة.
member-application-contact-email = البريد الإلكتروني لجهة الاتصال
member-application-officer-name = الشخص المخوّل
member-application-officer-name-hint = من يقبل ويوقّع باسم المنظمة. يمكن تسميته لاحقًا.
member-application-officer-email = البريد الإلكتروني للشخص المخوّل
members-criteria-published = يُفحص كل طلب وفق هذه المعايير:
members-obligations-published = يقبل كل عضو هذه الالتزامات:
members-applied = وصل طلبكم.
members-received-title = وصل طلبكم
members-received = ستتولاه الأمانة وتكتب إلى جهة الاتصال. وبعد دعوة جهة الاتصال يمكنها متابعة مسار الطلب كله هنا.
members-received-number = رقم الطلب: { $number }

# الطلبات.
members-applications = طلبات الانضمام
members-own-applications = طلباتي
members-persons = الأشخاص المذكورون
members-contact = جهة الاتصال
members-officer = الشخص المخوّل
members-criteria = المعايير المنشورة
members-criterion = المعيار
members-outcome = النتيجة
members-note = ملاحظة
members-evidence = الدليل
members-conversation = أسئلة وأجوبة
members-question = تسأل الأمانة
members-answer = يجيب مقدّم الطلب
members-history = مسار الطلب

application-review-title = تولّي الطلب
application-review-button = تولَّ الطلب
application-review-intro = يبدأ الفحص. من يتولّى الطلب أو يتحقق منه لا يقرّر فيه.
members-review-started = بدأ الفحص.
application-clarification-title = سؤال مقدّم الطلب
application-clarification-button = اسأل مقدّم الطلب
application-clarification-intro = يتوقف الفحص حتى يجيب مقدّم الطلب.
application-clarification-question = السؤال
members-clarification-asked = طُرح السؤال على مقدّم الطلب.
application-answer-title = الرد على الأمانة
application-answer-button = أجب
application-answer-answer = الجواب
members-clarified = أُرسل جوابكم، ويستمر الفحص.
application-verification-title = التحقق من معيار
application-verification-button = تحقّق من معيار
application-verification-intro = سجّل ما وجدته وإن لم يكن المعيار مستوفى. تحلّ النتيجة اللاحقة محل السابقة في المعيار نفسه، وتبقى السابقة مدوّنة.
application-verification-criterion = المعيار
application-verification-outcome = النتيجة
application-verification-note = ملاحظة
application-verification-evidence = الدليل
application-verification-evidence-hint = أين يمكن التأكد منه: قيد في سجل أو وثيقة أو مكالمة في يوم محدد.
members-verified = سُجّلت النتيجة.
application-invitation-title = رابط للشخص المذكور
application-invitation-button = رابط للشخص المذكور
application-invitation-intro = يفتح هذا الرابط حسابًا لهذا الشخص. لا ترسله إلى العنوان إلا إذا تيقّنت من صاحبه.
application-invitation-who = لمن
application-admission-title = قبول مقدّم الطلب
application-admission-button = اقبل
application-admission-intro = يجب أن تُستوفى كل المعايير المنشورة وألا تكون لك يد في الطلب. تصبح جهة الاتصال فورًا منسّق العضو.
application-admission-note = ملاحظة
members-admitted = المنظمة عضو ابتداءً من اليوم.
application-refusal-title = رفض الطلب
application-refusal-button = ارفض
application-refusal-intro = يقرأ مقدّم الطلب السبب والقاعدة المنشورة التي يستند إليها.
application-refusal-rule = القاعدة المنشورة
application-refusal-reason = السبب
members-declined = رُفض الطلب.

# الوضع.
member-suspension-title = تعليق العضوية
member-suspension-button = علّق
member-suspension-intro = لا عروض جديدة ابتداءً من اليوم. وما هو جارٍ يبقى ظاهرًا ويستمر. السبب علني.
members-suspended = عُلّقت العضوية.
member-reinstatement-title = إعادة العضوية
member-reinstatement-button = أعد العضوية
member-reinstatement-intro = ينتهي التعليق اليوم ويسقط معه أي استبعاد مقترح. السبب علني.
members-reinstated = عاد العضو إلى وضعه النظامي.
member-removal-proposal-title = اقتراح استبعاد العضو
member-removal-proposal-button = اقترح الاستبعاد
member-removal-proposal-intro = يقرّر معتمِد آخر. ويبقى العضو معلّقًا حتى ذلك الحين.
members-removal-proposed = ينتظر الاستبعاد معتمِدًا آخر.
member-removal-title = استبعاد العضو
member-removal-button = استبعد
member-removal-intro = أنت المعتمِد الثاني. تنتهي العضوية اليوم ويفقد أشخاص العضو أدوارهم. السبب علني.
members-removal-reason = السبب الذي ذكره المعتمِد الأول:
members-removed = استُبعد العضو.
member-withdrawal-title = مغادرة التحالف
member-withdrawal-button = غادر التحالف
member-withdrawal-intro = تنتهي العضوية اليوم. وما التزمتم به يبقى عليكم إتمامه. السبب علني.
members-withdrawn = انتهت العضوية.

# ما ينتظر.
members-waits-review = طلب { $name }: ينتظر من يتولاه
members-waits-verification = طلب { $name }: معايير للتحقق
members-waits-decision = طلب { $name }: جرى التحقق منه وينتظر قرارك
members-waits-answer = طلب { $name }: تسألكم الأمانة عن أمر
members-waits-removal = { $name }: استبعاد مقترح ينتظر معتمِدًا ثانيًا

# ما يُرفض.
members-name-missing = اكتبوا اسم المنظمة بلغة واحدة على الأقل.
members-kind-unknown = اختاروا نوع المنظمة من القائمة.
members-country-unknown = اختاروا البلد من القائمة.
members-identifier-missing = اكتبوا الرقم الذي سُجّلت به المنظمة. لا ينضم أحد دون اسم يمكن التحقق منه.
members-identifier-strange = اكتب رقم التسجيل كما يعطيه السجل: حروف وأرقام وشرطات.
members-scheme-unknown = اختاروا السجل من القائمة.
members-strengths-missing = اذكروا ما تستطيع المنظمة فعله بلغة واحدة على الأقل.
members-objective-missing = اختاروا هدفًا واحدًا على الأقل.
members-objective-unknown = اختاروا الأهداف من القائمة.
members-obligations-missing = يقبل العضو الالتزامات الثلاثة. ضعوا علامة أمام كل منها.
members-do-no-harm-missing = يوقّع العضو على ألا يُلحق ضررًا بما يعرفه عن المتعلّمين. ضعوا علامة للتوقيع.
members-principle-missing = أجيبوا عن هذا المبدأ بجملة واحدة على الأقل.
members-contact-missing = لا ينضم أحد دون شخص يمكن الوصول إليه: سمّوا جهة اتصال وبريدها الإلكتروني، أو سجّلوا الدخول أولًا.
members-website-strange = اكتبوا عنوان الموقع كاملًا مبتدئًا بـ https://
members-identifiers-of-two = هذان الرقمان لمنظمتين مختلفتين. تحقّقوا منهما.
members-already-running = هذه المنظمة عضو بالفعل، أو طلبها قيد النظر.
members-not-in-this-state = لا يمكن فعل هذا الآن. الحالة: { $state }
members-criterion-unknown = اختر أحد المعايير المنشورة.
members-note-missing = اكتب ملاحظة بما وجدته.
members-evidence-missing = اذكر أين يمكن التأكد منه.
members-criterion-open = لم يُتحقّق منه بعد: { $criterion }
members-criterion-not-met = غير مستوفى: { $criterion }
members-reason-missing = اكتب السبب. لا يُرفض شيء ولا يُعلّق ولا يُنهى دون سبب.
members-rule-missing = اختر القاعدة المنشورة التي يستند إليها القرار.
members-removal-not-proposed = يحتاج الاستبعاد إلى معتمِدَين: يقترحه أحدهما ويقرّره آخر. لم يقترحه أحد بعد.
members-conflict-of-interest = لك صلة بهذه المنظمة فلا يمكنك الحكم عليها. يجب أن يقوم بهذا شخص آخر.
members-no-officer = لا يسمّي هذا الطلب شخصًا مخوّلًا.
members-not-in-standing = لا يمكن هذا إلا لعضو بوضع نظامي. وضع المنظمة: { $state }
forbidden-members-applicant = لا يجيب عن أسئلة الأمانة إلا مقدّم الطلب.
