# Lists and pages.
evidence-title = Preuves
claims-title = Les chiffres et leurs sources
claims-intro = Chaque chiffre que quelqu’un soutient : avec quelle certitude il est connu, où on peut le vérifier et si quelqu’un le conteste. Toute personne ayant un compte peut en contester un, avec un motif.
evidence-reports-title = Rapports
evidence-reports-intro = Ce que les déploiements ont rapporté, période par période. Les chiffres sont publics dès le dépôt du rapport ; le récit est réservé aux parties.
evidence-reports-due-title = Rapports attendus
evidence-reports-due-intro = Tout déploiement commencé doit un rapport pour chaque période. Une date peut rendre un rapport attendu ou en retard, et rien d’autre.
indicators-title = Indicateurs
indicators-intro = Ce que l’on compte, dans quelle unité, et comment on peut le vérifier. Des unités différentes ne s’additionnent jamais.
lessons-title = Enseignements tirés
lessons-intro = Ce qui a bien marché et ce qui n’a pas marché, raconté par ceux qui l’ont fait. Publié par une autre personne que son auteur.
visits-title = Visites de vérification
visits-intro = Un tiers sans lien va voir lui-même. Ce qu’il a vu comme annoncé est vérifié ; là où il a vu un autre chiffre, le chiffre est contesté.
public-record-title = Ce qui a été dit en public
public-record-intro = Ce que des pages publiques ont dit de la Coalition mondiale pour l’éducation, mot pour mot, contradictions comprises. Rien de cela n’entre dans un total.
public-record-empty = Rien n’a encore été consigné. Un agent du secrétariat peut importer les fichiers.
public-record-said =
    { $different ->
        [one] Dit { $n } fois, toujours avec le même chiffre.
       *[other] Dit { $n } fois, avec { $different } chiffres différents.
    }
public-record-said-once = Dit une seule fois
public-record-rows = Toutes les déclarations en tableau
public-record-commitments = Ce que des membres ont promis en public
evidence-everybody = Tous
evidence-at-least = au moins { $n }
evidence-at-most = au plus { $n }
evidence-about = environ { $n }
evidence-from-to = { $low } à { $high }
evidence-period = { $from } – { $to }
evidence-claim-sentence = { $indicator } : { $figure } ({ $group }, { $place }, { $period })
evidence-earlier-claim = Le chiffre précédent
evidence-later-claim = Le chiffre valable aujourd’hui
evidence-see-report = Le rapport
evidence-see-claim = Voir
evidence-history = Historique
evidence-visited = Vu par un tiers
evidence-told-retracted = Ce chiffre a été retiré. Il n’entre dans aucun total.
evidence-told-corrected = Un autre chiffre a pris la place de celui-ci. Il n’entre dans aucun total.
evidence-told-contested = Ce chiffre est contesté et personne n’a encore tranché. Il compte toujours, marqué comme contesté.
evidence-told-reported = Ce chiffre est seulement rapporté. Il n’entre dans aucun total avant qu’une autre personne ait accepté le rapport.
evidence-claims-of-indicator = Les chiffres de cet indicateur
evidence-claims-count =
    { $n ->
        [one] Un chiffre avec sa source
       *[other] { $n } chiffres avec leurs sources
    }
evidence-report-of = Rapport { $code }, { $period }
evidence-was-sent-back = Ce rapport a été renvoyé :
evidence-figures = Chiffres
evidence-no-figures = Pas encore de chiffres. Saisissez-les un à un ou déposez la feuille de calcul que vous tenez.
evidence-all-figures = Les { $n } chiffres
evidence-no-period-open = Il existe un rapport pour chaque période due.
evidence-published-on = Publié le { $day }
evidence-visit-to = Visite à { $place }, { $day }
evidence-figures-to-see = Chiffres à examiner
evidence-not-found-yet = Rien de saisi
evidence-seen = Vu : { $n }

# Partners' files.
evidence-files = Fichiers reçus
evidence-file-of = Fichier { $name }
evidence-file-asks =
    { $n ->
        [one] Rien n’a été importé. Une question attend un oui ou un non.
       *[other] Rien n’a été importé. { $n } questions attendent un oui ou un non.
    }
evidence-file-ready = Toutes les questions ont une réponse. Les chiffres peuvent être importés.
evidence-file-imported = Les chiffres ont été importés dans le rapport.
evidence-file-discarded = Ce fichier a été écarté. Ses lignes restent en mémoire, pour être reconnues si elles reviennent.
evidence-file-original = Le fichier tel qu’il est arrivé
evidence-file-notes = À propos du fichier
evidence-questions = Questions
evidence-all-questions = Toutes les questions, une à une
evidence-answers-tally = (ouvertes : { $open }, oui : { $yes }, non : { $no })
evidence-rows-asked =
    { $n ->
        [one] 1 ligne : { $why }
       *[other] { $n } lignes : { $why }
    }
evidence-wholes-asked = { $n } fois : { $why }
evidence-all-of = Ensemble : { $group }
evidence-about-sheet = Feuille « { $sheet } »
evidence-about-column = Feuille « { $sheet } », colonne { $n }
evidence-about-row = Feuille « { $sheet } », ligne { $n }
evidence-mark-hidden-sheet = toute la feuille est masquée
evidence-mark-hidden-column =
    { $n ->
        [one] la colonne « { $header } » est masquée et un chiffre repose sur elle
       *[other] la colonne « { $header } » est masquée et { $n } chiffres reposent sur elle
    }
evidence-mark-hidden = masquée
evidence-mark-outside = datée { $when }, hors de la période du rapport
evidence-mark-no-days =
    { $n ->
        [one] la feuille n’indique pas de dates : prendre sa ligne pour la période du rapport
       *[other] la feuille n’indique pas de dates : prendre ses { $n } lignes pour la période du rapport
    }
evidence-mark-undated = sans date
evidence-mark-total = ressemble à une ligne de totaux
evidence-mark-twice = identique à la ligne { $row } de « { $sheet } »
evidence-mark-received =
    { $n ->
        [one] déjà reçue dans 1 autre fichier ({ $first })
       *[other] déjà reçue dans { $n } autres fichiers ({ $first } – { $last })
    }
evidence-mark-stands =
    { $n ->
        [one] le même chiffre existe déjà
       *[other] le même chiffre existe déjà { $n } fois
    }
evidence-mark-sheet-unreadable = illisible, donc rien n’en est importé : { $why } Continuer sans elle ?
evidence-cell-figure = « { $value } » dans la colonne { $column } n’est pas un chiffre
evidence-cell-ends = la borne basse de la colonne { $column } dépasse la borne haute
evidence-cell-no-indicator = la colonne { $column } ne dit pas ce qui a été compté
evidence-cell-indicator = « { $value } » dans la colonne { $column } n’est pas un indicateur
evidence-cell-group = « { $value } » dans la colonne { $column } n’est pas un groupe
evidence-cell-comparator = « { $value } » dans la colonne { $column } n’est pas un comparateur
evidence-cell-place = « { $value } » dans la colonne { $column } n’est pas un lieu du pays
evidence-cell-place-several = « { $value } » dans la colonne { $column } est le nom de plusieurs lieux
evidence-cell-place-empty = la colonne { $column } ne nomme aucun lieu
evidence-cell-day = « { $value } » dans la colonne { $column } n’est pas une date
evidence-note-sheet-without-figures = aucun chiffre trouvé dans ses { $rows } lignes
evidence-note-no-places = elle ne nomme aucun lieu ; ses chiffres sont pris pour { $place }
evidence-note-columns-unread = rien n’est lu dans ces colonnes (⌀ : masquée) : { $columns }

# Acts on reports.
report-new-title = Écrire un rapport
report-new-button = Écrire un rapport
report-new-intro = Choisissez la période. Vous saisissez chiffres et enseignements à la page suivante ; personne d’autre ne voit rien avant le dépôt.
report-new-period = Période
report-edit-title = Modifier le récit
report-edit-button = Modifier le récit
figure-new-title = Saisir un chiffre
figure-new-button = Saisir un chiffre
figure-new-intro = Donnez une valeur, ou les deux bornes si elle n’est pas connue exactement. Tout le monde lira la source : nommez une liste ou un lieu où l’on peut vérifier, et aucune personne.
figure-removal-title = Retirer un chiffre
figure-removal-button = Retirer
figure-removal-intro = D’un brouillon, le chiffre disparaît simplement. Une fois le rapport déposé, le chiffre reste consigné comme retiré, avec votre motif.
figure-removal-reason = Pourquoi (obligatoire après le dépôt ; lu par tous)
report-submission-title = Déposer le rapport
report-submission-button = Déposer
report-submission-intro = Ses chiffres sont désormais publics, comme rapportés. Un agent du secrétariat accepte le rapport ou le renvoie.
report-return-title = Renvoyer le rapport
report-return-button = Renvoyer
report-return-reason = Ce qui manque ou n’est pas clair
report-acceptance-title = Accepter le rapport
report-acceptance-button = Accepter
report-acceptance-intro = Ses chiffres entrent dans les totaux comme ce que le membre dit avoir livré. Vous ne devez avoir aucune part au rapport ni aucun lien avec le membre.
report-confirmation-title = Confirmer des chiffres
report-confirmation-button = Confirmer des chiffres
report-confirmation-intro = Confirmez ce que votre autorité sait être vrai. N’en choisissez aucun pour les confirmer tous ; laissez ceux dont vous doutez, et contestez-les.
report-confirmation-figures = Chiffres
lesson-new-title = Écrire un enseignement
lesson-new-button = Écrire un enseignement
lesson-new-intro = En une phrase utile aux autres. Tout le monde la lit une fois publiée : ne nommez personne.
lesson-removal-title = Retirer l’enseignement
lesson-removal-button = Retirer
lesson-publication-title = Publier l’enseignement
lesson-publication-button = Publier
file-new-title = Déposer une feuille de calcul
file-new-button = Déposer une feuille de calcul
file-new-intro = Telle que vous la tenez : plusieurs feuilles, en-têtes fusionnés, colonnes dans n’importe quel ordre. Rien n’est importé avant que vous ayez répondu à chaque question.
file-new-columns = Colonnes comprises : indicateur, lieu, groupe, du, au ou période, valeur, méthode, source ; ou une colonne par indicateur et groupe, comme « Élèves filles ».
file-new-sheet = Feuille de calcul (XLSX, ODS ou CSV)
file-answers-title = Répondre aux questions sur le fichier
file-answers-button = Répondre
file-answers-intro = Choisissez des questions, puis oui pour importer ce dont elles parlent ou non pour le laisser de côté. Une réponse peut changer jusqu’à l’importation.
file-answers-questions = Questions
file-answers-answer = Réponse
file-rest-title = Laisser le reste de côté
file-rest-button = Non à toutes les questions ouvertes
file-rest-intro = Toute question encore ouverte reçoit la réponse non.
file-import-title = Importer les chiffres
file-import-button = Importer les chiffres
file-discard-title = Écarter le fichier
file-discard-button = Écarter

# Acts on claims.
claim-contest-title = Contester ce chiffre
claim-contest-button = Contester
claim-contest-intro = Dites pourquoi le chiffre est faux. Tout le monde lit votre motif, pas votre nom. Un approbateur tranche.
claim-upholding-title = Maintenir le chiffre
claim-upholding-button = Maintenir
claim-correction-title = Corriger le chiffre
claim-correction-button = Corriger
claim-correction-intro = Le chiffre précédent reste consigné. Ce qui a été confirmé ou vérifié était le précédent : le nouveau commence comme accepté.
claim-retraction-title = Retirer le chiffre
claim-retraction-button = Retirer
claim-retraction-intro = Le chiffre reste consigné et n’entre dans aucun total.
public-record-import-title = Importer ce qui a été dit en public
public-record-import-button = Importer des fichiers de déclarations
public-record-import-intro = Chaque ligne est prise telle quelle. La même ligne ne change rien ; une ligne modifiée remplace celle du même code.
public-record-import-claims = Déclarations (CSV)
public-record-import-sources = Sources (CSV)
public-record-import-members = Noms (CSV)
public-record-import-commitments = Promesses (CSV)

# Acts on visits.
visit-new-title = Prévoir une visite
visit-new-button = Prévoir une visite
visit-new-intro = Le vérificateur ne doit avoir aucun lien avec le membre, les exécutants ou l’autorité, ni aucune part aux chiffres.
visit-new-figures = Chiffres à examiner
visit-acceptance-title = Accepter la visite
visit-acceptance-button = Accepter la visite
visit-refusal-title = Refuser la visite
visit-refusal-button = Refuser
visit-finding-new-title = Qu’avez-vous constaté ?
visit-finding-new-button = Saisir le constat
visit-report-title = Rendre compte de la visite
visit-report-button = Déposer
visit-return-title = Renvoyer le compte rendu
visit-return-button = Renvoyer
visit-approval-title = Approuver la visite
visit-approval-button = Approuver
visit-approval-intro = Les chiffres vus comme annoncés sont vérifiés. Là où un autre chiffre a été vu, le chiffre est contesté.
visit-cancellation-title = Annuler la visite
visit-cancellation-button = Annuler la visite

# Fields.
field-narrative = Ce qui a été fait
field-narrative-hint = Lu par les parties, le secrétariat et l’auditeur seulement.
field-indicator = Indicateur
field-compared = Le chiffre est
field-figure = Chiffre
field-figure-low = Borne basse
field-figure-high = Borne haute
field-figure-high-hint = Remplissez les deux bornes à la place du chiffre s’il se situe entre elles.
field-place-of-figure = Lieu
field-people-group = Groupe
field-counted-how = Comment on a compté
field-source-of-figure = Où on peut le vérifier
field-known-on = État au
field-known-level = Niveau
field-claim-state = État
field-report-state = État
field-lesson = Enseignement
field-lesson-kind = Il raconte
field-visit-on = Jour de la visite
field-visit-task = Ce qu’il faut examiner
field-verifier = Vérificateur
field-visit-state = État
field-no-tie = Je n’ai de lien avec aucune des parties
field-claim = Chiffre
field-finding = Constat
field-seen = Le chiffre que vous avez vu
field-seen-hint = Seulement s’il diffère.
field-visited-on = Jour de la visite
field-visit-report = Ce que vous avez vu
field-answered = Réponse

# Columns.
column-claimed = Chiffre
column-claimed-comparator = Précision
column-claimed-low = Au moins
column-claimed-high = Au plus
column-counted-unit = Unité
column-people-group = Groupe
column-known-level = Niveau
column-claim-state = État
column-counted-how = Comment on a compté
column-known-on = État au
column-serving-deployment = Déploiement
column-in-place-of = À la place de
column-replaced-by = Remplacé par
column-said-alike = Enregistrements strictement identiques
column-means-of-verification = Comment on peut le vérifier
column-counted-population = De qui ou de quoi
column-result-kind = Résultat
column-definition = Définition
column-missions-counted = Missions
column-reported-period = Période
column-report-state = État
column-submitted-at = Déposé
column-report-begun = Commencé
column-corrected-figures = Chiffres corrigés
column-narrative = Ce qui a été fait
column-file-state = État
column-of-report = Rapport
column-file-name = Fichier
column-rows-found = Lignes avec chiffres ou questions
column-file-figures = Chiffres trouvés
column-file-questions = Questions
column-questions-open = Questions ouvertes
column-figures-imported = Chiffres importés
column-question-number = Question
column-asked-of = À propos de
column-asked-why = Pourquoi la question
column-row-in-words = La ligne
column-answered = Réponse
column-visit-on = Prévue le
column-visit-state = État
column-visited-on = Visitée le
column-verifier = Vérificateur
column-visit-task = Ce qu’il faut examiner
column-visit-report = Ce qui a été vu
column-lesson = Enseignement
column-lesson-kind = Il raconte
column-record-code = Code
column-said-topic = Sujet
column-said-metric = Quoi
column-said-comparator = Précision
column-said-value = Chiffre
column-said-number = En nombre
column-said-unit = Unité
column-said-as-of = État au
column-said-country = Pays
column-said-by = Source
column-said-where = Où on l’a lu
column-said-words = En ces mots
column-member-named = Membre
column-promised-kind = Nature
column-promised-quantity = Quantité
column-promised-status = Statut

# Codes.
comparator-equal = exactement
comparator-at-least = au moins
comparator-at-most = au plus
comparator-about = environ
counted-unit-people = personnes
counted-unit-enrolments = inscriptions
counted-unit-contacts = contacts
counted-unit-accounts = comptes
counted-unit-certificates = certificats
counted-unit-items = articles
counted-unit-schools = écoles
counted-unit-hours = heures
counted-population-learners = apprenants
counted-population-youth = jeunes
counted-population-teachers = enseignants
counted-population-parents = parents
counted-population-schools = écoles
counted-population-accounts = comptes
counted-population-items = articles
counted-population-hours = heures
result-kind-output = Ce qui a été fait
result-kind-outcome = Ce qui a changé
claim-level-reported = rapporté
claim-level-target = cible
claim-level-pledged = promis
claim-level-committed = engagé
claim-level-delivered = livré
claim-level-confirmed = confirmé
claim-level-verified = vérifié
claim-state-stands = valable
claim-state-contested = contesté
claim-state-corrected = corrigé
claim-state-retracted = retiré
claim-standing-stands = valable
claim-standing-contested = contesté
claim-standing-corrected = corrigé
claim-standing-retracted = retiré
claim-method-attendance = Listes de présence
claim-method-register = Registre scolaire
claim-method-head-count = Comptage
claim-method-platform-log = Journal d’une plateforme
claim-method-delivery-note = Bons de livraison
claim-method-survey = Enquête
claim-method-estimate = Estimation
claim-method-other = Autrement
claim-step-submitted = Rapporté
claim-step-put = Mis à la place du chiffre précédent
claim-step-accepted = Accepté par le secrétariat
claim-step-confirmed = Confirmé par l’autorité
claim-step-verified = Vérifié par un tiers
claim-step-contested = Contesté
claim-step-upheld = Maintenu
claim-step-corrected = Corrigé
claim-step-retracted = Retiré
report-state-draft = brouillon
report-state-not-due = pas encore attendu
report-state-due = attendu
report-state-overdue = en retard
report-state-submitted = déposé
report-state-sent-back = renvoyé
report-state-accepted = accepté
report-step-drafted = Commencé
report-step-edited = Modifié
report-step-submitted = Déposé
report-step-sent-back = Renvoyé
report-step-accepted = Accepté
report-step-confirmed = Chiffres confirmés par l’autorité
file-state-read = attend des réponses
file-state-imported = importé
file-state-discarded = écarté
file-answer-open = ouverte
file-answer-yes = oui
file-answer-no = non
file-say-yes = Oui, importer
file-say-no = Non, laisser de côté
lesson-kind-good = Ce qui a bien marché
lesson-kind-bad = Ce qui n’a pas marché
visit-state-assigned = confiée
visit-state-accepted = acceptée
visit-state-refused = refusée
visit-state-reported = rendue
visit-state-sent-back = renvoyée
visit-state-approved = approuvée
visit-state-cancelled = annulée
visit-step-assigned = Confiée
visit-step-accepted = Acceptée
visit-step-refused = Refusée
visit-step-found = Constat saisi
visit-step-reported = Compte rendu déposé
visit-step-sent-back = Renvoyée
visit-step-approved = Approuvée
visit-step-cancelled = Annulée
visit-finding-as-claimed = comme annoncé
visit-finding-differs = un autre chiffre a été vu
visit-finding-not-seen = n’a pas pu être vu
said-over = plus de
said-more-than = plus de
said-around = autour de
said-about = environ
said-at-least = au moins
said-up-to = jusqu’à
said-some = quelque
vocabulary-indicators = Indicateurs
vocabulary-reporting-rules = Quand les rapports sont attendus
term-attribute-result = Réalisation ou effet
term-attribute-missions = Missions
term-attribute-aliases = Comment les partenaires intitulent leurs colonnes
term-attribute-means-of-verification-en = Comment le vérifier, en anglais
term-attribute-means-of-verification-fr = Comment le vérifier, en français
term-attribute-means-of-verification-ar = Comment le vérifier, en arabe
term-attribute-months = Mois d’une période
term-attribute-days = Jours pour rapporter après sa fin

# What waits.
inbox-report-due = Écrire le rapport sur { $code }, { $period }
inbox-report-overdue = En retard : le rapport sur { $code }, { $period }
inbox-report-sent-back = Renvoyé : le rapport sur { $code }, { $period }
inbox-report-to-judge = Accepter ou renvoyer le rapport sur { $code }, { $period }
inbox-report-to-confirm = Confirmer les chiffres de { $code }, { $period }
inbox-claim-contested = Contesté : { $claim }
inbox-visit-assigned = Accepter ou refuser une visite à { $place }
inbox-visit-accepted = Rendre compte de la visite à { $place }
inbox-visit-sent-back = Renvoyé : votre compte rendu de la visite à { $place }
inbox-visit-reported = Décider de la visite à { $place }
inbox-visit-refused = Trouver un autre vérificateur pour { $place }
inbox-lesson = Publier un enseignement : { $lesson }

# Refusals.
evidence-no-figure = Saisissez un chiffre, ou ses deux bornes.
evidence-value-or-interval = Saisissez soit un chiffre, soit les deux bornes, pas tout à la fois.
evidence-interval-has-no-comparator = Avec deux bornes, le chiffre est « exactement » ou « environ ».
evidence-interval-backwards = La borne haute est inférieure à la borne basse.
evidence-figure-out-of-range = Aucun chiffre ne peut être si grand ici.
evidence-days-backwards = Le dernier jour précède le premier.
evidence-in-the-future = Ce jour est encore à venir.
evidence-as-of-before = C’est avant le premier jour dont parle le chiffre.
evidence-outside-period = Ces jours ne sont pas dans la période du rapport, du { $from } au { $to }.
evidence-indicator-unknown = Cet indicateur n’existe pas.
evidence-place-unknown = Ce lieu n’existe pas.
evidence-place-elsewhere = Ce lieu se trouve dans un autre pays.
evidence-group-unknown = Ce groupe n’existe pas.
evidence-figure-twice = Le rapport contient déjà ce chiffre même.
evidence-same-figure = C’est le chiffre actuel.
evidence-period-not-owed = Le déploiement ne doit pas de rapport pour cette période.
evidence-report-there = Il existe déjà un rapport pour cette période.
evidence-report-empty = Saisissez un chiffre, ou dites dans le récit pourquoi il n’y en a pas.
evidence-files-wait = Un fichier de ce rapport attend encore : importez-le ou écartez-le d’abord.
evidence-report-not-now = Impossible avec un rapport { $state }.
evidence-affiliated = Vous avez un lien avec l’organisation qui rapporte : une autre personne doit décider.
evidence-figure-not-here = Ce chiffre n’en fait pas partie.
evidence-nothing-to-confirm = Il ne reste rien à confirmer.
evidence-claim-closed = Ce chiffre est { $standing } ; on ne peut plus rien en faire.
evidence-claim-not-accepted = Le rapport contenant ce chiffre n’a pas été accepté.
evidence-claim-contested = Ce chiffre est { $standing } : tranchez d’abord.
evidence-claim-not-now = Impossible avec un chiffre { $standing } à son niveau.
evidence-lesson-not-now = Un enseignement se publie une fois, après l’acceptation de son rapport.
evidence-file-not-now = Ce fichier est déjà { $state }.
evidence-file-without-figures = Aucun chiffre trouvé dans ce fichier. Voyez ci-dessous quelles colonnes sont comprises.
evidence-too-many-sheets = Le fichier a plus de { $max } feuilles.
evidence-questions-open =
    { $n ->
        [one] Une question est encore ouverte.
       *[other] { $n } questions sont encore ouvertes.
    }
evidence-sheet-needed = La feuille « { $sheet } » est nécessaire et illisible : écartez le fichier et déposez-en un correct.
evidence-visit-past = Ce jour est passé.
evidence-visit-day = La visite ne peut avoir eu lieu qu’entre sa prévision et aujourd’hui.
evidence-visit-not-now = Impossible avec une visite { $state }.
evidence-figure-not-to-verify = Un chiffre n’est pas de ce déploiement, ou n’a pas été accepté.
evidence-no-verifier = Cette personne n’est pas vérificateur indépendant.
evidence-verifier-conflict = Ce vérificateur a un lien avec une partie, ou une part à un chiffre.
evidence-findings-open =
    { $n ->
        [one] Pour un chiffre, rien n’a été saisi.
       *[other] Pour { $n } chiffres, rien n’a été saisi.
    }
evidence-record-column-missing = La colonne « { $column } » manque.
evidence-record-row-broken = La ligne { $row } est illisible.
evidence-record-row-nameless = La ligne { $row } n’a pas de code.
evidence-record-row-twice = Le code de la ligne { $row } figure déjà plus haut.
evidence-record-not-text = Ce n’est pas un fichier texte en UTF-8.
