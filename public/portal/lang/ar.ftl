# الصفحة الأولى.
portal-home = الرئيسية
portal-title = حق كل متعلّم في التعلّم، نصونه معًا
portal-intro = تقول السلطات الوطنية ما تحتاج إليه مدارسها، ويعرض أعضاء التحالف – من منظمات دولية وشركات وجامعات ومجتمع مدني ووسائل إعلام – ما لديهم. هنا يلتقي الطرفان علنًا: من طلب ماذا، ومن يعرضه، وماذا وصل، وبأي يقين نعرف ذلك.
portal-see-needs = اطّلع على الاحتياجات
portal-join = انضمّ عضوًا
portal-now = أين وصل التحالف
portal-as-of = أُحصي في { $day } حتى الواقعة المسجّلة رقم { $seq }.
portal-snapshot = { $moment } · الواقعة { $seq } · { $hash }
portal-all-figures = كل الأرقام وطريقة حسابها، في ملف
portal-at-least = { $n } على الأقل
portal-learners-unknown = تُحسب كل مدرسة مرة واحدة. العدد غير معروف في { $unknown } من { $places } من المدارس والأماكن.
portal-answered-of = من أصل { $n } وردت.
portal-median-hours =
    { $n ->
        [zero] نصفها في أقل من ساعة.
        [one] نصفها خلال ساعة واحدة.
        [two] نصفها خلال ساعتين.
        [few] نصفها خلال { $n } ساعات.
        [many] نصفها خلال { $n } ساعة.
       *[other] نصفها خلال { $n } ساعة.
    }
portal-median-days =
    { $n ->
        [zero] نصفها في أقل من يوم.
        [one] نصفها خلال يوم واحد.
        [two] نصفها خلال يومين.
        [few] نصفها خلال { $n } أيام.
        [many] نصفها خلال { $n } يومًا.
       *[other] نصفها خلال { $n } يوم.
    }
portal-no-needs = لم يُعتمد أي احتياج بعد. سيظهر الأول هنا مع كل ما يؤول إليه.

portal-figure-members = الأعضاء اليوم
portal-figure-authorities = بلدان لها سلطة معتمدة
portal-figure-countries = بلدان لها احتياجات معتمدة
portal-figure-needs = الاحتياجات المعتمدة
portal-figure-need-lines = سطور الاحتياج: خدمة واحدة في مدرسة أو مكان واحد
portal-figure-learners = المتعلّمون المعنيون
portal-figure-places-unknown = مدارس وأماكن عدد متعلّميها غير معروف
portal-figure-offers = العروض المتاحة
portal-figure-calls = نداءات الدعم المفتوحة
portal-figure-requests-answered = الطلبات التي أُجيب عنها
portal-figure-answer-hours = الساعات حتى نصف الأجوبة

portal-rows-members = الدليل
portal-rows-authorities = السلطات
portal-rows-countries = الخريطة
portal-rows-needs = الاحتياجات
portal-rows-need-lines = بحسب الخدمة
portal-rows-learners = بحسب البلد
portal-rows-places-unknown = بحسب البلد
portal-rows-offers = العروض
portal-rows-calls = النداءات
portal-rows-requests-answered = مدة كل جواب
portal-rows-answer-hours = مدة كل جواب

portal-method-members = منظمات قُبلت وهي مستوفية في نهاية اليوم؛ ولا تُحسب المعلّقة عضويتها.
portal-method-authorities = بلدان جرى التحقق من سلطتها وهي ضمن مدة صلاحيتها.
portal-method-countries = بلدان لها احتياج معتمد واحد على الأقل، مهما آل إليه منذ ذلك.
portal-method-needs = احتياجات اعتمدها شخصان من الأمانة، مهما آلت إليه منذ ذلك.
portal-method-need-lines = سطور الاحتياجات المعتمدة: فئة خدمة واحدة في مدرسة أو مكان واحد لكل سطر.
portal-method-learners = أكبر عدد يذكره أي سطر عن المدرسة، مجموعًا على المدارس؛ ومن سطور منطقة بأكملها ما لا تفسّره مدارسها فقط. ولا تدخل فيه الأماكن التي لا عدد لها.
portal-method-places-unknown = مدارس وأماكن في احتياجات معتمدة لا يعرف أي سطر عدد متعلّميها.
portal-method-offers = عروض تحقّق منها شخصان ولم تنتهِ مدتها. لا تُحسب التعهدات أبدًا.
portal-method-calls = نداءات دعم منشورة لم ينقضِ يومها الأخير.
portal-method-requests-answered = طلبات اعتُمدت أو رُفضت؛ ولا تُحسب المسحوبة.
portal-method-answer-hours = من الاستلام إلى الجواب، مع احتساب كل ساعة بدأت: نصف الأجوبة لم يستغرق أكثر من ذلك.

portal-comparator-exactly = بالضبط
portal-comparator-at-least = على الأقل

portal-where = أين الاحتياجات
portal-country-needs = { $n ->
        [zero] لا احتياجات
        [one] احتياج واحد، عدد سطوره { $lines }
        [two] احتياجان، عدد سطورهما { $lines }
        [few] { $n } احتياجات، عدد سطورها { $lines }
        [many] { $n } احتياجًا، عدد سطورها { $lines }
       *[other] { $n } احتياج، عدد سطورها { $lines }
    }
portal-map-all = كل البلدان، خريطةً وقائمة
portal-units-title = أين كل وحدة
portal-units-intro = كل وحدة من كل احتياج معتمد في موضع واحد من ثمانية: غير مغطّاة، مقترحة، ملتزَم بها، قيد النقل، مسلَّمة، مؤكَّدة، مُعادة، مفقودة. «مسلَّمة» قول الأعضاء، و«مؤكَّدة» قول السلطة.
portal-units-caption = وحدات الاحتياجات المعتمدة؛ كل شريط خدمة كاملة
portal-all-units = كل الخدمات، وحدةً وحدة
portal-round-title = آخر جولة مطابقة
portal-no-round = لم تكتمل أي جولة مطابقة بعد.
portal-round-plain = اكتملت الجولة { $number } في { $day }.
portal-round-value = وجدت الجولة { $number }، المكتملة في { $day }، خطة قيمتها { $value } نقطة. لا يمكن لأي خطة بالقواعد نفسها أن تتجاوز { $bound }: فهي يقينًا ضمن { $gap } من الأفضل.
portal-counterfactual = من المتعلّمين الذين تقدّمهم قاعدة الأولوية – ومعظمهم من المحرومين أو حيث الحاجة أشد – تصل الخطة إلى { $with }. ولولا القاعدة لوصلت إلى { $without }.
portal-round-link = الجولة { $number }: ما طوبق وما لم يطابَق ولماذا
portal-how = كيف يعمل التحالف
portal-how-all = النسختان المنشورتان
portal-flagships = المبادرات الرائدة
portal-missions = المهام
portal-missions-intro = هذه أهداف وضعها التحالف لنفسه. ليست نتائج ولا تُجمع مع النتائج أبدًا.
portal-target = الهدف: { $n }
portal-target-unknown = الهدف غير معروف
portal-source = المصدر: { $source }
portal-data = البيانات المفتوحة وكيفية التحقق منها
portal-answer-times = كم انتظر كل طلب جوابه
portal-chain = سلسلة الوقائع وبصمتها الأخيرة

portal-figures-title = كل الأرقام
portal-figures-intro = كل رقم مع اليوم والواقعة اللذين أُحصي حتى حدّهما، وطريقة حسابه، وموضع صفوفه.
portal-map-title = خريطة الاحتياجات
portal-map-intro = البلدان التي لها احتياجات معتمدة. لا احتياجات مسجّلة هنا لسائر البلدان، ولا يعني ذلك أنها لا تحتاج إلى شيء.
portal-map-needs = الاحتياجات المعتمدة بحسب البلد
portal-sources-title = المصادر والتراخيص
portal-sources-intro = لمن البيانات المرفقة بالمنتج، وبأي ترخيص.

column-figure = الرقم
column-comparator = المقارنة
column-as-of = في تاريخ
column-as-of-fact = حتى الواقعة
column-how-counted = طريقة الحساب
column-rows-at = صفوفه
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
