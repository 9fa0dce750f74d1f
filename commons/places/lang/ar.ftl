
# Titles and lists.
countries-title = البلدان
countries-intro = جميع البلدان وما هو معروف عنها. وما لم يقسه أحد فهو غير معروف، ويُقال ذلك صراحة.
country-facts-title = أرقام عن { $country }
country-places-title = أماكن { $country }
schools-title = المدارس
schools-intro = المدارس كما هي في سجل بلدها. وما لا يذكره السجل غير معروف، وليس صفرًا.
schools-more = ما يقوله السجل أيضًا
places-see-schools = عرض المدارس
places-section-register = سجل المدارس
places-no-register = لم يُقدّم هذا البلد سجل مدارس بعد.
places-by-department = المدارس حسب المنطقة
places-map-schools = خريطة المدارس حسب المنطقة
places-map-borders = لا تعني الحدود المبيّنة إقرارًا بها ولا قبولًا لها.
places-map-place = المدارس في { $place }
places-map-school = موقع { $school }
places-services = الخدمات في المدارس
places-service = الخدمة
places-languages = اللغات
places-languages-note = تشمل النسب اللغات الثانية أيضًا، فقد يزيد مجموعها على 100٪. المصدر: Unicode CLDR.
places-speakers = المتحدثون
places-standing = المكانة
places-facts = ما هو معروف
places-facts-note = كل رقم هو أحدث ما لدى مصدره مع سنته. والرقم غير الوارد هنا غير معروف.
places-no-facts = لا شيء معروف بعد.
places-below = أماكن في الداخل
places-header = العنوان في الملف

# Bringing a register.
school-import-title = تقديم سجل مدارس
school-import-button = تقديم سجل
school-import-intro = يُقرأ الملف أولًا دون أي تغيير: ترى كل صف مرفوض وسبب رفضه، والصفوف المتشابهة. ثم تقرّر.
school-import-country = البلد
school-import-register = السجل
school-import-register-hint = CSV أو XLSX أو ODS؛ مدرسة في كل صف، وأسماء الأعمدة في الصف الأول.
school-import-columns = لا يُشترط إلا رمز المدرسة واسمها. هذه الأعمدة معروفة بالعربية والإنجليزية والفرنسية والإسبانية، وما عداها لا يُقرأ ولا يُحفظ:
school-import-page-title = سجل مدارس { $country }: القراءة
school-import-reading = تجري قراءة السجل
school-import-putting = تجري إضافة المدارس
school-import-refused-whole = لا يمكن قراءة الملف:
school-import-put = أُدرجت المدارس: { $added } جديدة، { $changed } معدّلة، { $same } كما كانت، { $left } تُركت.
school-import-refused = الصفوف المرفوضة
school-import-duplicates = الصفوف المتشابهة
school-import-remarks = للعلم
school-import-notes = كيف قُرئ الملف
school-import-columns-read = الأعمدة المقروءة
school-import-columns-unread = لم تُقرأ ولم تُحفظ: { $columns }
school-import-rows =
    { $rows ->
        [one] صف واحد، رقمه { $first }.
        [two] صفان، أولهما رقم { $first }.
        [few] { $rows } صفوف، أولها رقم { $first }.
        [many] { $rows } صفًا، أولها رقم { $first }.
       *[other] { $rows } صف، أولها رقم { $first }.
    }
school-import-row-numbers = الصفوف { $rows }
school-import-more =
    { $n ->
        [one] واحد آخر
        [two] اثنان آخران
        [few] { $n } أخرى
        [many] { $n } غيرها
       *[other] { $n } غيرها
    }
school-import-figure-rows = صفوف في الملف
school-import-figure-schools = مدارس قُرئت
school-import-figure-refused-rows = صفوف مرفوضة
school-import-figure-duplicate-groups = مجموعات متشابهة
school-import-figure-placed = في قضاء معروف
school-import-figure-placed-in-area = في منطقة معروفة فقط
school-import-figure-placed-in-country = في البلد فقط
school-import-acceptance-title = اعتماد ما قُرئ
school-import-acceptance-button = اعتماد هذه المدارس
school-import-acceptance-intro = تبقى الصفوف المرفوضة خارجًا. والمدارس المسجّلة بالرمز نفسه تُحدَّث، ولا تُحذف أي مدرسة.
school-import-acceptance-alike = الصفوف المتشابهة
school-alike-keep-all = إبقاؤها كلها: هي مدارس مختلفة
school-alike-first-only = إبقاء الأولى من كل مجموعة وترك الباقي
school-alike-code = الرمز نفسه
school-alike-survey = سجل المسح نفسه
school-alike-name-near = الاسم والمرحلة نفسهما وعلى مسافة قريبة
school-alike-name-and-place = الاسم والمرحلة نفسهما في المكان نفسه
places-nothing-to-take = لم يُقرأ أي صف، فلا شيء يُعتمد. صحّح الملف وقدّمه من جديد.
places-still-reading = ما زالت قراءة السجل جارية. عُد عند انتهائها.
places-already-taken = هذه هي عملية الاعتماد نفسها، وقد تقرّرت.

# Why a row is refused.
places-code-repeated = الصف { $row }: الرمز { $code } وارد في الصف { $first }. لا يمكن أن تتقاسم مدرستان رمزًا واحدًا.
places-year-strange = الصف { $row }: لا يمكن أن تكون { $year } سنة هذه الأرقام.
places-gps-unreadable = الصف { $row }: «{ $gps }» ليس موقعًا. اكتب خط العرض ثم خط الطول بالدرجات العشرية.
places-gps-zero = الصف { $row }: الموقع «{ $gps }» يقع في البحر قبالة أفريقيا، والأرجح أنه لم يُقس. اترك الخلية فارغة.
places-gps-swapped = الصف { $row }: خط العرض وخط الطول في «{ $gps }» معكوسان.
places-gps-outside = الصف { $row }: الموقع «{ $gps }» خارج البلد.
places-outside-your-places = الصف { $row }: { $place } خارج الأماكن التي تمثّلها.

# What the owner of a register should know.
places-remark-no-name = الاسم ناقص: تظهر المدرسة برمزها.
places-remark-learners-differ = عدد المتعلّمين لا يساوي مجموع الفتيات والفتيان؛ حُفظت الأعداد الثلاثة كما كُتبت.
places-remark-teachers-differ = عدد المعلّمين لا يساوي مجموع النساء والرجال؛ حُفظت الأعداد الثلاثة كما كُتبت.
places-remark-level-unknown = المرحلة «{ $level }» غير معروفة: حُفظت كما كُتبت ويبقى مستوى التعليم غير معروف.
places-remark-area-unknown = «{ $area }» لا تعني الريف ولا الحضر: يبقى ذلك غير معروف.
places-remark-rural-derived = استُنتج كون المدرسة ريفية: أقل من عشر مدارس أخرى في نطاق كيلومترين. وهذا تقدير ومُعلَّم كذلك.
places-remark-no-gazetteer = أماكن هذا البلد غير معروفة هنا بعد: تُنسب المدارس إلى البلد. اطلب من الأمانة إضافة دليل أماكنه.
places-remark-code-unknown = رمز المكان { $code } غير معروف: تُنسب المدرسة إلى البلد.
places-remark-district-unknown = «{ $name }» غير معروف في «{ $area }»: تُنسب المدرسة إلى المكان الأكبر.
places-remark-district-several = أماكن عدة في «{ $area }» تحمل اسم «{ $name }»: تُنسب المدرسة إلى المكان الأكبر.
places-remark-area-not-found = المنطقة «{ $area }» غير معروفة: تُنسب المدرسة إلى البلد.
places-remark-no-place = لم يُذكر مكان: تُنسب المدرسة إلى البلد.
places-remark-more = هناك ما هو أكثر مما ورد هنا.

# Why a gazetteer is refused.
places-code-twice = الرمز { $code } وارد مرتين.
places-parent-missing = { $code } بلا أصل وليس بلدًا.
places-cycle = { $code } يقع داخل نفسه: أصوله تدور في حلقة.
places-parent-unknown = الأصل { $parent } للمكان { $code } غير معروف.
places-not-below-parent = يجب أن يكون { $code } في مستوى أدنى من أصله { $parent }.
places-other-country = { $code } وأصله { $parent } في بلدين مختلفين.

# Columns.
column-region = الإقليم
column-income-group = فئة الدخل
column-ldc = من أقل البلدان نموًا
column-landlocked = بلا سواحل
column-schools = المدارس
column-learners = المتعلّمون
column-learners-unknown = مدارس بلا عدد متعلّمين
column-iso3 = الرمز الثلاثي
column-indicator = المؤشر
column-value = القيمة
column-year = السنة
column-level = المستوى
column-parent = يقع في
column-aliases = أسماء أخرى
column-department = المنطقة الإدارية
column-levels = المراحل التعليمية
column-learners-girls = الفتيات
column-learners-boys = الفتيان
column-teachers = المعلّمون
column-teachers-female = المعلّمات
column-teachers-male = المعلّمون الرجال
column-water = المياه
column-internet = الإنترنت
column-electricity = الكهرباء
column-computers = الحواسيب
column-rural = ريفية
column-rural-basis = أساس معرفة الريفية
column-longitude = خط الطول
column-latitude = خط العرض
column-row = الصف
column-rows = الصفوف
column-column = العمود
column-shared = ما تشترك فيه

# Filters.
field-department = المنطقة الإدارية
field-level = المرحلة التعليمية
field-water = المياه
field-internet = الإنترنت
field-electricity = الكهرباء
field-computers = الحواسيب
field-region = الإقليم
field-income-group = فئة الدخل
three-yes = نعم
three-no = لا
three-unknown = غير معروف

# Codes.
isced-0 = الطفولة المبكرة
isced-1 = الابتدائي
isced-2 = الإعدادي
isced-3 = الثانوي
isced-4 = ما بعد الثانوي غير العالي
isced-5 = العالي القصير
isced-6 = الإجازة الجامعية
isced-7 = الماجستير
isced-8 = الدكتوراه
rural-basis-written = السجل يذكره
rural-basis-density = مقدّر من المدارس المحيطة
fact-source-gapminder = غابمايندر، Systema Globalis (CC BY 4.0)
fact-source-education-recovery-tracker = المتتبّع العالمي لتعافي التعليم: جامعة جونز هوبكنز والبنك الدولي واليونيسف (CC BY 4.0)
language-standing-official = رسمية
language-standing-official-regional = رسمية في إقليم
language-standing-de-facto-official = رسمية بحكم الواقع
school-attribute-address = العنوان
school-attribute-ward = الحي
school-attribute-status = الإدارة
school-attribute-level = المرحلة كما كُتبت
school-attribute-survey = سجل المسح
school-attribute-grid = موصولة بالشبكة الكهربائية
income-group-low-income = دخل منخفض
income-group-lower-middle-income = دخل متوسط أدنى
income-group-upper-middle-income = دخل متوسط أعلى
income-group-high-income = دخل مرتفع
region-australia-and-new-zealand = أستراليا ونيوزيلندا
region-central-and-southern-asia = وسط آسيا وجنوبها
region-eastern-and-south-eastern-asia = شرق آسيا وجنوب شرقها
region-europe-and-northern-america = أوروبا وأمريكا الشمالية
region-latin-america-and-the-caribbean = أمريكا اللاتينية والكاريبي
region-northern-africa-and-western-asia = شمال أفريقيا وغرب آسيا
region-oceania-exc-australia-and-new-zealand = أوقيانوسيا عدا أستراليا ونيوزيلندا
region-sub-saharan-africa = أفريقيا جنوب الصحراء
place-kind-area = منطقة
place-kind-cadastre = منطقة عقارية
place-kind-country = بلد
place-kind-county = مقاطعة (كاونتي)
place-kind-department = مقاطعة
place-kind-district = قضاء
place-kind-governorate = محافظة
place-kind-municipality = بلدية
place-kind-sub-county = مقاطعة فرعية
indicator-internet-users-percent = مستخدمو الإنترنت
indicator-broadband-per-100 = اشتراكات النطاق العريض لكل 100 شخص
indicator-cell-phones-per-100 = اشتراكات الهاتف المحمول لكل 100 شخص
indicator-rural-percent = سكان الريف
indicator-basic-water-percent = من لديهم خدمة مياه أساسية على الأقل
indicator-home-electricity-kwh-per-person = استهلاك الكهرباء المنزلي للفرد بالكيلوواط ساعة
indicator-personal-computers-per-100 = الحواسيب الشخصية لكل 100 شخص
indicator-extreme-poverty-percent = من يعيشون في فقر مدقع
indicator-out-of-school-primary = أطفال في سن الابتدائي خارج المدرسة
indicator-out-of-school-primary-girls = فتيات في سن الابتدائي خارج المدرسة
indicator-out-of-school-primary-boys = فتيان في سن الابتدائي خارج المدرسة
indicator-girls-per-boy-enrolled = عدد الفتيات المسجّلات لكل فتى
indicator-primary-completion-percent = من يُتمّون المرحلة الابتدائية
indicator-youth-literacy-percent = الشباب الملمّون بالقراءة والكتابة
indicator-youth-literacy-girls-percent = الشابات الملمّات بالقراءة والكتابة
indicator-population = عدد السكان
indicator-population-0-14 = السكان من 0 إلى 14 سنة
indicator-enrolled-preprimary = المتعلّمون المسجّلون، ما قبل الابتدائي
indicator-enrolled-preprimary-girls = الفتيات المسجّلات، ما قبل الابتدائي
indicator-enrolled-preprimary-boys = الفتيان المسجّلون، ما قبل الابتدائي
indicator-enrolled-primary = المتعلّمون المسجّلون، الابتدائي
indicator-enrolled-primary-girls = الفتيات المسجّلات، الابتدائي
indicator-enrolled-primary-boys = الفتيان المسجّلون، الابتدائي
indicator-enrolled-lower-secondary = المتعلّمون المسجّلون، الإعدادي
indicator-enrolled-lower-secondary-girls = الفتيات المسجّلات، الإعدادي
indicator-enrolled-lower-secondary-boys = الفتيان المسجّلون، الإعدادي
indicator-enrolled-upper-secondary = المتعلّمون المسجّلون، الثانوي
indicator-enrolled-upper-secondary-girls = الفتيات المسجّلات، الثانوي
indicator-enrolled-upper-secondary-boys = الفتيان المسجّلون، الثانوي
indicator-age-group-preprimary = السكان في سن ما قبل الابتدائي
indicator-age-group-primary = السكان في سن الابتدائي
indicator-age-group-primary-girls = الفتيات في سن الابتدائي
indicator-age-group-primary-boys = الفتيان في سن الابتدائي
indicator-age-group-lower-secondary = السكان في سن الإعدادي
indicator-age-group-upper-secondary = السكان في سن الثانوي
indicator-learning-poverty-percent = فقر التعلّم: أطفال العاشرة العاجزون عن قراءة نص بسيط
indicator-primary-schools-with-internet-percent = المدارس الابتدائية الموصولة بالإنترنت
indicator-lower-secondary-schools-with-internet-percent = المدارس الإعدادية الموصولة بالإنترنت
indicator-upper-secondary-schools-with-internet-percent = المدارس الثانوية الموصولة بالإنترنت
