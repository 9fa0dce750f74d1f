# Mots communs à toutes les pièces.
yes = Oui
no = Non
unknown = Inconnu
not-applicable = Sans objet
none = Aucun

month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre

moment = { $day } à { $time } UTC
moment-there = { $day } à { $time } { $zone }
site-zone = Les jours et les heures sont ceux de { $name } (actuellement { $zone }).
site-zone-utc = Les jours et les heures sont ceux du temps universel (UTC).
list-end = { $head } et { $last }

lang-en = anglais
lang-fr = français
lang-ar = arabe
lang-es = espagnol
lang-sw = swahili
lang-pt = portugais

role-authority-focal-point = Point focal de l’autorité nationale
role-authority-signatory = Signataire de l’autorité nationale
role-member-focal-point = Point focal d’un membre
role-member-officer = Responsable habilité d’un membre
role-secretariat-officer = Agent du secrétariat
role-secretariat-approver = Approbateur du secrétariat
role-independent-verifier = Vérificateur indépendant
role-auditor = Auditeur
role-administrator = Administrateur
role-learning-officer = Responsable de l’apprentissage
role-resource-reviewer = Évaluateur de ressources
role-school-head = Directeur d’école
role-teacher = Enseignant
role-learner = Apprenant
role-guardian = Parent ou tuteur

four-eyes = Cette étape revient à une autre personne que celle qui a fait la précédente.
days =
    { $n ->
        [one] { $n } jour
       *[other] { $n } jours
    }
