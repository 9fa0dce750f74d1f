# الصفحة الأولى.
portal-home = الرئيسية
portal-title = حق كل متعلّم في التعلّم، نصونه معًا
portal-intro = تقول السلطات الوطنية ما تحتاج إليه مدارسها، ويعرض أعضاء التحالف – من منظمات دولية وشركات وجامعات ومجتمع مدني ووسائل إعلام – ما لديهم. هنا يلتقي الطرفان علنًا: من طلب ماذا، ومن يعرضه، وماذا وصل، وبأي يقين نعرف ذلك.
portal-see-needs = اطّلع على الاحتياجات
portal-join = انضمّ عضوًا
portal-now = أين وصل التحالف
portal-as-of = أُحصي في { $day } حتى الواقعة المسجّلة رقم { $seq }.
portal-learners-unknown = تُحسب كل مدرسة مرة واحدة. العدد غير معروف في { $unknown } من { $places } من المدارس والأماكن.
portal-median-hours =
    { $n ->
        [zero] نصف الأجوبة في أقل من ساعة.
        [one] نصف الأجوبة خلال ساعة واحدة.
        [two] نصف الأجوبة خلال ساعتين.
        [few] نصف الأجوبة خلال { $n } ساعات.
        [many] نصف الأجوبة خلال { $n } ساعة.
       *[other] نصف الأجوبة خلال { $n } ساعة.
    }
portal-median-days =
    { $n ->
        [zero] نصف الأجوبة في أقل من يوم.
        [one] نصف الأجوبة خلال يوم واحد.
        [two] نصف الأجوبة خلال يومين.
        [few] نصف الأجوبة خلال { $n } أيام.
        [many] نصف الأجوبة خلال { $n } يومًا.
       *[other] نصف الأجوبة خلال { $n } يوم.
    }
portal-no-needs = لم يُعتمد أي احتياج بعد. سيظهر الأول هنا مع كل ما يؤول إليه.

portal-where = أين الاحتياجات
portal-units-title = أين كل وحدة
portal-units-intro = كل وحدة من كل احتياج معتمد في موضع واحد من ثمانية: غير مغطّاة، مقترحة، ملتزَم بها، قيد النقل، مسلَّمة، مؤكَّدة، مُعادة، مفقودة. «مسلَّمة» قول الأعضاء، و«مؤكَّدة» قول السلطة.
portal-all-units = كل الخدمات، وحدةً وحدة
portal-round-title = آخر جولة مطابقة
portal-no-round = لم تكتمل أي جولة مطابقة بعد.
portal-round-plain = اكتملت الجولة { $number } في { $day }.
portal-round-value = وجدت الجولة { $number }، المكتملة في { $day }، خطة قيمتها { $value } نقطة. لا يمكن لأي خطة بالقواعد نفسها أن تتجاوز { $bound }: فهي يقينًا ضمن { $gap } من الأفضل.
portal-counterfactual = من المتعلّمين الذين تقدّمهم قاعدة الأولوية – ومعظمهم من المحرومين أو حيث الحاجة أشد – تصل الخطة إلى { $with }. ولولا القاعدة لوصلت إلى { $without }.
portal-round-link = الجولة { $number }: ما طوبق وما لم يطابَق ولماذا
portal-how = كيف يعمل التحالف
portal-how-all = النسختان المنشورتان
portal-data = البيانات المفتوحة وكيفية التحقق منها
portal-answer-times = كم انتظر كل طلب جوابه
portal-chain = سلسلة الوقائع وبصمتها الأخيرة

portal-sources-title = المصادر والتراخيص
portal-sources-intro = لمن البيانات المرفقة بالمنتج، وبأي ترخيص.

column-units-lines = السطور
column-units-all = المطلوب
column-units-uncovered = غير مغطّاة
column-units-proposed = مقترحة
column-units-committed = ملتزَم بها
column-units-in-transit = قيد النقل
column-units-delivered = مسلَّمة
column-units-confirmed = مؤكَّدة
column-units-returned = مُعادة
column-units-lost = مفقودة
column-needs-validated = الاحتياجات المعتمدة
column-need-lines = سطور الاحتياج
column-learners-at-least = المتعلّمون على الأقل
column-places-unknown = أماكن عدد متعلّميها غير معروف
column-data-file = الملف
column-data-source = المصدر
column-data-licence = الترخيص
column-data-credit = صيغة الإسناد

portal-map-title = خريطة العالم
portal-map-all = كل البلدان، خريطة وقائمة
portal-map-intro = أين صُدِّقت الاحتياجات، وأين تجري عمليات النشر، وأين استلمت مدارس شيئًا. البلدان التي بلا رقم لا شيء مسجَّل لها هنا، ولا يعني ذلك أنها لا تحتاج شيئًا.
portal-map-show = ما تعرضه الخريطة
portal-all-figures = كل الأرقام وكيف تُعدّ، وكملف
portal-answered-of = ورد { $n } من الطلبات.
portal-country-needs = الاحتياجات: { $n }، عمليات النشر: { $work }
portal-public-record = ما قيل علنًا عن الائتلاف من قبل، جنبًا إلى جنب مع مصادره
portal-3w = من يفعل ماذا وأين، والفجوات والتداخلات
portal-open-data = البيانات المفتوحة والإصدارات وقنوات التغييرات
portal-board = بالأرقام
portal-board-none = لم يُسجَّل شيء هنا بعد. ما احتيج إليه أو أُعطي خارج هذه المنصة مجهول.
portal-nothing-recorded = لا شيء مسجَّل بعد: { $list }.
portal-lessons = الدروس المستفادة
portal-lessons-all = كل الدروس، الجيدة والسيئة
portal-lesson-good = ما نجح
portal-lesson-bad = ما لم ينجح
portal-embed = رسوم بيانية لصفحتك
portal-embed-intro = انسخ سطرًا إلى صفحتك: يعرض الرسم أحدث عدّ ويسمّيه ويقود إلى صفوفه.
portal-embed-see = شاهد الرسم وحده
portal-embed-source = المصدر: { $name }
column-agreements-signed = الاتفاقات
column-deployments-all = عمليات النشر
column-schools-receiving = مدارس استلمت شيئًا
portal-country-title = { $country } بالأرقام
portal-country-facts = البلد ومدارسه وما يُعرف عنه
portal-country-alone = هذه الأرقام وحدها، للطباعة أو المشاركة
portal-further = للمزيد
