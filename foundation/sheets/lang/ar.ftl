# كلمات الرفض والملاحظات: ما الخطأ، وأين، وما العمل.

## الملف كله
sheets-empty = الملف فارغ. اختر ملفًا فيه جدول له صف عناوين.
sheets-too-big = حجم الملف { $bytes } بايت، والحد الأقصى { $limit }. قسّمه إلى ملفات أصغر.
sheets-unpacked-too-big = حجم الملف بعد فك الضغط أكبر من { $limit } بايت. قسّمه إلى ملفات أصغر.
sheets-too-many-rows = في الملف أكثر من { $limit } صف. قسّمه إلى ملفات أصغر.
sheets-too-many-columns = في الصف { $row } أكثر من { $limit } عمود. احذف الأعمدة التي لا حاجة إليها.
sheets-too-many-cells = في الملف أكثر من { $limit } خلية. قسّمه إلى ملفات أصغر.
sheets-cell-too-long = الصف { $row }، العمود { $column }: في الخلية أكثر من { $limit } بايت. اختصرها، أو ابحث عن علامة اقتباس لم تُغلق.
sheets-broken = تعذّرت قراءة الملف إلى نهايته ({ $format }: { $detail }). احفظه من جديد، أو أرسله من جديد.
sheets-encoding = يقول الملف إن ترميزه { $encoding }، لكن بعض حروفه تالف. احفظه من جديد بترميز UTF-8.
sheets-old-excel = الملف محمي بكلمة مرور أو بصيغة إكسل قديمة. احفظه بلا كلمة مرور بصيغة XLSX.
sheets-web-page = الملف صفحة ويب أو XML وليس جدولًا. افتحه في برنامج جداول واحفظه بصيغة XLSX.
sheets-not-a-table = الملف ليس CSV ولا XLSX ولا ODS. احفظ الجدول بإحدى هذه الصيغ.
sheets-no-sheet = لا توجد في الملف ورقة ظاهرة باسم «{ $wanted }». فيه: { $found }. اختر واحدة منها.
sheets-quote-open = الصف { $row }: علامة اقتباس فُتحت ولم تُغلق. أغلقها، أو اكتبها مرتين.
sheets-row-ragged = في الصف { $row } عدد { $found } من الخلايا، وفي صف العناوين { $expected }. ابحث عن فاصل ناقص أو زائد.
sheets-more = وهناك { $count } أخرى من هذا النوع. صحّح ما ظهر، ثم أعد المحاولة.

## العناوين
sheets-header-empty = العمود { $column } بلا عنوان، لكن في الصف { $filled } قيمة فيه. سمِّ العمود أو احذفه.
sheets-header-twice = العنوان «{ $column }» موجود في العمود { $first } وفي العمود { $second }. غيّر اسم أحدهما.
sheets-header-merged = عنوان الأعمدة من { $column } إلى { $last } في الصف { $row } مدموج، ولا أسماء تحته. ألغِ الدمج وسمِّ كل عمود.
sheets-column-missing = العمود «{ $wanted }» غير موجود. في الملف: { $found }. أضفه، أو أعطِ العمود الصحيح هذا الاسم.
sheets-column-double = عمودان قد يكونان «{ $wanted }»: { $first } و{ $second }. غيّر اسم أحدهما أو احذفه.
sheets-column-shared = العمود «{ $column }» مطلوب مرتين: باسم «{ $wanted }» وباسم «{ $other }». استعمل عمودًا لكل منهما.
sheets-column-undeclared = يطلب الاستيراد عمودًا «{ $wanted }» لم يُعلن عنه. يرجى الإبلاغ عن هذا الخلل.

## خلايا المصنف
sheets-formula-empty = في الخلية { $place } صيغة بلا قيمة. افتح الملف في برنامج جداول، ودعه يحسب، ثم احفظه.
sheets-cell-error = في الخلية { $place } الخطأ { $error }. صحّح الصيغة، أو اكتب القيمة.

## القيم
sheets-cell-empty = الصف { $row }، «{ $column }»: الخلية فارغة. املأها.
sheets-text-long = الصف { $row }، «{ $column }»: النص أطول من { $max } حرفًا. اختصره.
sheets-number = الصف { $row }، «{ $column }»: «{ $value }» ليس عددًا. اكتب أرقامًا فقط، أو اترك الخلية فارغة إن لم يكن معروفًا.
sheets-whole = الصف { $row }، «{ $column }»: «{ $value }» ليس عددًا صحيحًا. اكتبه بلا كسور.
sheets-negative = الصف { $row }، «{ $column }»: «{ $value }» أقل من الصفر. اكتب العدد الصحيح، أو اترك الخلية فارغة إن لم يكن معروفًا.
sheets-small = الصف { $row }، «{ $column }»: «{ $value }» صغير جدًا. الحد الأدنى { $min }.
sheets-large = الصف { $row }، «{ $column }»: «{ $value }» كبير جدًا. الحد الأقصى { $max }.
sheets-number-ambiguous = الصف { $row }، «{ $column }»: «{ $value }» قد يعني آلافًا أو كسورًا. اكتبه بلا فاصل الآلاف.
sheets-number-shortened = الصف { $row }، «{ $column }»: «{ $value }» فقد بعض أرقامه. اجعل تنسيق العمود رقمًا أو نصًا، واكتبه كاملًا.
sheets-day = الصف { $row }، «{ $column }»: «{ $value }» ليس يومًا. اكتب السنة-الشهر-اليوم، مثل 2026-03-09.
sheets-day-ambiguous = الصف { $row }، «{ $column }»: في «{ $value }» قد يكون أي من العددين هو الشهر. اكتب السنة-الشهر-اليوم، مثل 2026-03-09.
sheets-day-short-year = الصف { $row }، «{ $column }»: في «{ $value }» سنة من رقمين. اكتب الأرقام الأربعة.
sheets-yes-no = الصف { $row }، «{ $column }»: «{ $value }» ليس نعم ولا لا. اكتب نعم أو لا، أو اترك الخلية فارغة إن لم يكن معروفًا.
sheets-code-unknown = الصف { $row }، «{ $column }»: «{ $value }» ليس في القائمة. اكتب واحدًا من: { $codes }.
sheets-longitude = الصف { $row }، «{ $column }»: «{ $value }» ليس خط طول. اكتب درجات من -180 إلى 180.
sheets-latitude = الصف { $row }، «{ $column }»: «{ $value }» ليس خط عرض. اكتب درجات من -90 إلى 90.
sheets-place-swapped = الصف { $row }: يبدو أن خط الطول { $longitude } وخط العرض { $latitude } متبادلان. بدّل بينهما.
sheets-place-outside = الصف { $row }: خط الطول { $longitude } وخط العرض { $latitude } خارج المنطقة. صحّحهما، أو اترك كليهما فارغًا.
sheets-place-half = الصف { $row }: «{ $column }» فارغ، لكن الإحداثي الآخر موجود. اكتب الاثنين، أو لا تكتب أيًا منهما.
sheets-place-zero = الصف { $row }: خط الطول 0 وخط العرض 0 مكان في البحر. اترك كليهما فارغًا إن لم يكن المكان معروفًا.

## ملاحظات
sheets-note-encoding = قُرئ الملف بترميز { $encoding }. تحقق من صحة الحروف.
sheets-note-sheet-read = قُرئت الورقة «{ $sheet }».
sheets-note-sheet-left = لم تُقرأ الورقة «{ $sheet }».
sheets-note-sheet-hidden = لم تُقرأ الورقة المخفية «{ $sheet }».
sheets-note-rows-hidden = صفوف مخفية: { $count }، أولها الصف { $row }. قُرئت كغيرها؛ تحقق من أنها من الجدول.
sheets-note-columns-hidden = أعمدة مخفية: { $columns }. قُرئت كغيرها.
sheets-note-rows-above = صفوف فوق العناوين: { $count }. تُركت؛ وصف العناوين هو { $row }.
sheets-note-header-joined = في صف العناوين { $row } خلايا مدموجة؛ ضُمّ كل اسم إلى الاسم الذي تحته.
sheets-note-tags = في الصف { $row } وسوم HXL، وليس صف قيم.
sheets-note-no-rows = يوجد صف عناوين، ولا صف تحته.
sheets-note-cells-merged = خلايا مدموجة تحت العناوين: { $count }، أولها في الصف { $row }. قيمتها للخلية الأولى فقط.
sheets-note-decoded-twice = أُصلح نص كانت حروفه تالفة: { $count } خلية، أولها { $place } («{ $example }»). تحقق من صحته.
sheets-note-formulas = خلايا فيها صيغ: { $count }، أولها { $place }. استُعملت القيم المحفوظة في الملف.
sheets-note-formula-text = خلايا تشبه الصيغ: { $count }، أولها { $place } («{ $example }»). بقيت نصًا.
