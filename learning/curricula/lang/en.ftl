# Subjects and grades, for every room after this one.
subject-mathematics = Mathematics
subject-language = Language
subject-science = Science
subject-social-studies = Social studies
subject-life-skills = Life skills
subject-arts = Arts
subject-physical-education = Physical education
subject-religion = Religious education
subject-technology = Technology
subject-vocational = Vocational training
subject-early-learning = Early learning
subject-teacher-training = Training of teachers
subject-other = Another subject
grade-label =
    { $n ->
        [0] Before grade 1
       *[other] Grade { $n }
    }
grade-range = { $from } to { $to }
column-school-subject = Subject
column-grade = Grade
column-grades = Grades
column-grade-from = From grade
column-grade-to = To grade
column-framework = Curriculum
column-competency = Competency
column-competencies = Competencies
column-edition = Edition
column-statement = Statement
column-term = Term
column-week = Week
column-weeks = Weeks
column-adopted-on = Adopted on
field-school-subject = Subject
field-grade = Grade
field-grade-from = From grade
field-grade-to = To grade
field-framework = Curriculum
field-competency = Competency
field-competencies = Competencies
field-term = Term
field-week = Week
