package-kilobytes = { $n } كيلوبايت
package-megabytes = { $n } ميغابايت
package-weighs = { $kind }: يُحمَّل منه { $size } على الأكثر؛ عدد ملفاته { $n }، وحجمه بعد فك الضغط { $open }.
package-needs-scripts = لا يعمل محتواه إلا في متصفح يشغّل JavaScript.
package-forgets = يعمل بمعزل عن هذا الموقع: لا يرى عنك شيئًا ولا يحفظ شيئًا ولا يبلّغ عن شيء.
package-is-looked-at = أنت تعاين فقط: لا يُسجَّل شيء مما تفعله فيه. يُسجَّل للمتعلمين بعد تسجيل دخولهم.
package-is-recorded = ما تفعله هنا يُحفظ.
package-reports-nothing = هذا الجزء لا يبلّغ عن شيء.
package-any-order = يمكن فتح الأجزاء بأي ترتيب.
package-contents = المحتويات
package-way = التنقل في الحزمة
package-before = السابق
package-next = التالي
package-open = افتح ({ $size })
package-go-on = تابع من حيث توقفت ({ $size })
package-again = افتح من جديد ({ $size })
package-see = افتح { $name } ({ $size })
package-done = اكتمل { $n } من { $all } من الأجزاء
package-state-begun = بدأ
package-state-completed = اكتمل
package-state-passed = نجح
package-state-failed = لم ينجح
package-score = النتيجة { $score }
package-minutes = { $n ->
    [zero] أقل من دقيقة
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $n } دقائق
    [many] { $n } دقيقة
   *[other] { $n } دقيقة
}
package-lies-elsewhere = يقع في موقع آخر ولا يُفتح هنا
package-otherwise = من دون فتحه
package-read-text = اقرأ نصه
package-download = نزّل الحزمة ({ $size })
package-h5p-items = هذه أسئلة حزمة H5P، تُطرح هنا من دون برنامجها. أما الأجزاء من أنواع أخرى فلا تُطرح.
package-h5p-text = لا يمكن تشغيل هذا النوع من H5P هنا. يمكن قراءة نصه، وتنزيل الحزمة حيث يسمح ترخيصها.
package-h5p-player = يستطيع من يدير هذا الموقع أن يثبّت مشغّلًا له.
package-h5p-plays = يشغّله برنامجه الخاص. ويضيف المشغّل { $size } إلى ما يُحمَّل.
package-h5p-missing = لا يحتوي هذا الملف على برنامجه الخاص ولا يمكن تشغيله. يستطيع من أعدّه أن يصدّره مع مكتباته. وينقصه:
package-not-opened = لا يُفتح هذا النوع من الحزم هنا. يمكن قراءة نصه، وتنزيل الحزمة حيث يسمح ترخيصها.
package-saved = حُفظ
package-unsaved = لم يُحفظ بعد. ستُعاد المحاولة.
package-elsewhere = فُتح هذا من جديد في مكان آخر: ما تفعله هنا لم يعد يُحفظ.
package-broken = لا تبدأ الحزمة.
package-report-unreadable = تعذّرت قراءة ما أبلغت به الحزمة.
package-report-large = تبلّغ الحزمة بأكثر مما يُحفظ لمتعلم واحد.
package-answer = { $n ->
    [zero] لا أسئلة
    [one] أجب عن سؤال واحد
    [two] أجب عن سؤالين
    [few] أجب عن { $n } أسئلة
    [many] أجب عن { $n } سؤالًا
   *[other] أجب عن { $n } سؤال
}
package-question = السؤال { $n }
package-mark = انظر ما هو صحيح
package-answer-again = أجب من جديد
package-not-answered = لم يُجب عنه.
package-answers-read = لا شيء هنا يمكن تصحيحه من دون معلم.
package-questions-kept = تُحفظ نتيجتك حين ترسل إجاباتك.
package-own-order = الحزمة نفسها تحدد ترتيب فتح أجزائها.
package-whole = الحزمة كلها:
package-leave = الخروج والمتابعة لاحقًا
package-resume = المتابعة من حيث توقفت
package-start = البدء
package-exit = إنهاء هذا الجزء
package-exit-all = إنهاء الكل
package-on-with = متابعة
package-choose = فتح
package-is-open = مفتوح الآن
package-is-skipped = يُتخطى في الطريق
package-no-unknown = هذا الجزء ليس في حزمتك.
package-no-closed = لا شيء مفتوح الآن.
package-no-open = هناك جزء مفتوح بالفعل.
package-no-suspended = ليس هناك ما يُتابَع.
package-no-flow = هنا تختار الجزء التالي بنفسك.
package-no-back = لا رجوع إلى الوراء هنا.
package-no-choice = الأجزاء هنا تتوالى ولا يُختار أيٌّ منها.
package-no-hidden = لا يُختار هذا الجزء الآن.
package-no-stopped = يجب إنجاز شيء قبله أولًا.
package-no-leaving = أنهِ الجزء المفتوح أولًا.
package-no-entered = يُفتح بعد أن تصل إلى مجموعته.
package-no-far = لا يُختار إلا ما يجاور الجزء المفتوح.
package-no-disabled = مغلق الآن بحسب قواعد الحزمة.
package-no-attempts = جُرِّب بقدر ما تسمح به الحزمة.
package-no-more = لا شيء بعدُ في هذا الاتجاه.
