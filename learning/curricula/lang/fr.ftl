# Matières et années, pour toutes les pièces qui suivent.
subject-mathematics = Mathématiques
subject-language = Langue
subject-science = Sciences
subject-social-studies = Études sociales
subject-life-skills = Compétences de vie
subject-arts = Arts
subject-physical-education = Éducation physique
subject-religion = Éducation religieuse
subject-technology = Technologie
subject-vocational = Formation professionnelle
subject-early-learning = Éveil
subject-teacher-training = Formation des enseignants
subject-other = Autre matière
grade-label =
    { $n ->
        [0] Avant la 1re année
        [1] 1re année
       *[other] { $n }e année
    }
grade-range = { $from } à { $to }
column-school-subject = Matière
column-grade = Année
column-grades = Années
column-grade-from = De l’année
column-grade-to = À l’année
column-framework = Programme
column-competency = Compétence
column-competencies = Compétences
column-edition = Édition
column-statement = Énoncé
column-term = Trimestre
column-week = Semaine
column-weeks = Semaines
column-adopted-on = Adopté le
field-school-subject = Matière
field-grade = Année
field-grade-from = De l’année
field-grade-to = À l’année
field-framework = Programme
field-competency = Compétence
field-competencies = Compétences
field-term = Trimestre
field-week = Semaine
