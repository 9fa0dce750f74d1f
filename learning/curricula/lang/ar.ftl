# المواد والصفوف، لكل ما يلي.
subject-mathematics = الرياضيات
subject-language = اللغة
subject-science = العلوم
subject-social-studies = الدراسات الاجتماعية
subject-life-skills = المهارات الحياتية
subject-arts = الفنون
subject-physical-education = التربية البدنية
subject-religion = التربية الدينية
subject-technology = التكنولوجيا
subject-vocational = التدريب المهني
subject-early-learning = التعليم المبكر
subject-teacher-training = تدريب المعلمين
subject-other = مادة أخرى
grade-label =
    { $n ->
        [0] ما قبل الصف الأول
       *[other] الصف { $n }
    }
grade-range = من { $from } إلى { $to }
column-school-subject = المادة
column-grade = الصف
column-grades = الصفوف
column-grade-from = من الصف
column-grade-to = إلى الصف
column-framework = المنهاج
column-competency = الكفاية
column-competencies = الكفايات
column-edition = الطبعة
column-statement = النص
column-term = الفصل الدراسي
column-week = الأسبوع
column-weeks = الأسابيع
column-adopted-on = اعتُمد في
field-school-subject = المادة
field-grade = الصف
field-grade-from = من الصف
field-grade-to = إلى الصف
field-framework = المنهاج
field-competency = الكفاية
field-competencies = الكفايات
field-term = الفصل الدراسي
field-week = الأسبوع
