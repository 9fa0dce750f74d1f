# Données ouvertes
publications-menu = Données ouvertes
publications-title = Données ouvertes
publications-intro = Tout ce que la coalition a convenu, donné et compté, dans les formats que d’autres lisent déjà. Chaque publication est une version : ses octets ne changent jamais, et une correction donne une nouvelle version qui nomme la précédente.
publications-about-iati = Chaque déploiement comme activité de l’Initiative internationale pour la transparence de l’aide. L’appui en nature n’a ni transaction ni valeur inventée.
publications-about-ocds = Chaque besoin servi par un accord comme processus de passation du standard Open Contracting. Les annonces s’ajoutent et ne sont jamais réécrites ; les dossiers les compilent.
publications-about-hxl = Besoins, qui fait quoi où, et résultats : des tableaux avec les étiquettes du langage d’échange humanitaire.
publications-about-csv = Des tableaux simples avec un schéma qui dit ce que contient chaque colonne.
publications-none-yet = Rien n’est encore publié. Le secrétariat prépare une version et une autre personne la publie.
publications-file = { $rows ->
    [one] { $rows } ligne
   *[other] { $rows } lignes
}, { $size }
publications-clean = { $validators ->
    [one] { $validators } validateur, aucune erreur
   *[other] { $validators } validateurs, aucune erreur
}
publications-warned = { $validators ->
    [one] { $validators } validateur, aucune erreur
   *[other] { $validators } validateurs, aucune erreur
}, { $warnings ->
    [one] { $warnings } avertissement
   *[other] { $warnings } avertissements
}
publications-broken = { $errors ->
    [one] { $errors } erreur trouvée
   *[other] { $errors } erreurs trouvées
} par { $validators ->
    [one] { $validators } validateur
   *[other] { $validators } validateurs
}, { $warnings ->
    [one] { $warnings } avertissement
   *[other] { $warnings } avertissements
}
publications-more = Voir aussi
publications-all-releases = Toutes les versions
publications-figures = Chiffres principaux avec leurs lignes
publications-attribution = À qui sont les données livrées avec la plateforme
publications-feed = Fil de ce qui a changé (Atom)
publications-api = Les mêmes données page par page : l’API
publications-terms = Conditions d’utilisation
publications-licence = Chacun peut utiliser, partager et adapter ces données en nommant la source :
publications-licence-name = Creative Commons Attribution 4.0
publications-publisher = Publié par { $name } ; identifiant { $iati }, préfixe des processus { $ocds }.
publications-sample-publisher = Cette coalition n’a pas encore dit sous quels identifiants enregistrés elle publie : ceux affichés sont des exemples.
publications-releases-title = Versions
publications-releases-intro = Les plus récentes d’abord. L’adresse d’une version donne toujours les mêmes octets.
publications-files-title = Fichiers
publications-validators-title = Ce que les validateurs ont trouvé
publications-changed-title = Corrigé depuis la version précédente
publications-here = vérifié à la préparation
publications-elsewhere = apporté par une personne
publications-head-validator = Validateur
publications-head-file = Fichier
publications-head-errors = Erreurs
publications-head-warnings = Avertissements
publications-head-messages = Messages
publications-corrections-title = Corrections
publications-corrections-intro = Chaque chiffre corrigé ou retiré : ce qu’il était, ce qu’il est, et pourquoi. Les plus récents d’abord.
publications-no-corrections = Aucun chiffre n’a encore été corrigé.
publications-retracted = Retiré
publications-waits = La version { $release } attend d’être publiée

publication-format-iati = IITA 2.03
publication-format-ocds = OCDS 1.1
publication-format-hxl = HXL 1.1
publication-format-csv = CSV avec schéma
publication-state-built = Préparée, non publiée
publication-state-published = Publiée
publication-state-discarded = Écartée

column-release = Version
column-format = Format
column-built-at = Préparée
column-size-bytes = Octets
column-last-fact = Dernier fait relaté
column-supersedes = Remplace
column-superseded-by = Remplacée par
column-release-note = Note
column-corrected-at = Corrigé
column-before-correction = Avant
column-after-correction = Maintenant
field-format = Format
field-formats = Formats

publication-new-title = Préparer des versions
publication-new-button = Préparer des versions
publication-new-intro = Les fichiers sont écrits d’un seul regard sur les données, puis vérifiés. Un format qui ne dirait rien de nouveau ne donne pas de version. Une autre personne publie.
publication-new-note = Note
publication-new-note-hint = Ce que les lecteurs doivent savoir de cette version.
publication-title = Publier la version
publication-button = Publier
publication-intro = Dès maintenant chacun peut la lire, et elle ne pourra être ni changée ni retirée.
publication-discard-title = Écarter la version
publication-discard-button = Écarter
publication-discard-intro = La version n’est pas publiée. Ses fichiers sont gardés et la raison est montrée au secrétariat.
publication-check-title = Ajouter le résultat d’un validateur
publication-check-button = Ajouter le résultat d’un validateur
publication-check-intro = Ce qu’un validateur a trouvé ailleurs dans un fichier de cette version. Chacun peut le lire.
publication-check-file = Fichier
publication-check-validator = Validateur
publication-check-validator-version = Sa version
publication-check-errors = Erreurs
publication-check-warnings = Avertissements
publication-check-found = Ce qu’il a dit
publisher-title = Qui publie
publisher-button = Dire qui publie
publisher-intro = Les identifiants sous lesquels d’autres connaissent la coalition. Ils figurent dans chaque fichier : ne les changez qu’une fois enregistrés.
publisher-publisher-name = Nom
publisher-publisher-kind = Type d’organisation
publisher-iati-ref = Identifiant de l’organisation
publisher-iati-ref-hint = Registre et numéro, comme XM-DAC-41304.
publisher-ocds-prefix = Préfixe des processus de passation
publisher-ocds-prefix-hint = Tel que donné par Open Contracting : ocds- et six caractères.
publisher-kind-10 = Gouvernement
publisher-kind-15 = Autre secteur public
publisher-kind-21 = ONG internationale
publisher-kind-22 = ONG nationale
publisher-kind-23 = ONG régionale
publisher-kind-30 = Partenariat public-privé
publisher-kind-40 = Multilatéral
publisher-kind-60 = Fondation
publisher-kind-70 = Secteur privé
publisher-kind-80 = Université, formation et recherche
publisher-kind-90 = Autre

publications-busy = Une autre préparation de ce format vient de finir. Réessayez.
publications-not-waiting = Cette version n’attend plus de décision.
publications-newer = Une version plus récente de ce format est déjà publiée.
publications-not-clean = { $validator } a trouvé { $errors ->
    [one] { $errors } erreur
   *[other] { $errors } erreurs
} dans { $file }.
publications-no-such-file = La version n’a pas ce fichier.
publications-publisher-said = Quelqu’un d’autre vient de dire qui publie. Regardez de nouveau.
publications-identifier-shape = Un identifiant est un registre et un numéro joints par des traits d’union, comme XM-DAC-41304.
publications-prefix-shape = Un préfixe est ocds- et six lettres minuscules ou chiffres.

publications-schema-title = Notre correspondance pour l’appui en nature
publications-schema-intro = Aucun standard ne prévoit l’appui qui n’est pas de l’argent. Voici notre correspondance ; personne dans ces communautés ne l’a encore relue.
publications-rules-title = Règles de chaque fichier
publications-rule-value = L’appui en nature n’a pas de prix : ni transaction ni valeur, seulement des quantités dans leur unité.
publications-rule-intervals = Un chiffre peut être un intervalle. Là où un format n’a de place que pour une valeur, c’est la borne inférieure et un commentaire dit le reste ; une valeur inconnue est omise, jamais zéro.
publications-rule-levels = Chaque chiffre nomme son niveau : visé, annoncé, engagé, livré selon le membre, confirmé par l’autorité, vérifié par un tiers. Les niveaux ne s’additionnent jamais.
publications-rule-sector = Un seul code-objet du CAD par activité ; quand plusieurs niveaux d’enseignement sont servis, celui des équipements et de la formation, car les parts sont inconnues.
publications-rule-identifiers = Codes et identifiants ne changent jamais. Ceux des processus de passation ne disent rien de ce qu’ils désignent.
publications-rule-persons = Aucune personne n’est nommée. Un texte libre n’est publié que si son auteur le savait, et il est relu une fois encore à la sortie.
publications-rule-own = Les attributs HXL lower, upper, valid_to, agreement, claim, comparator, method, record et impl sont les nôtres, comme HXL le permet.
publications-rule-releases = Les derniers fichiers gardent leur adresse ; chaque version a la sienne, dont les octets ne changent jamais.
publications-mapped-record = Notre objet
publications-mapped-need = Besoin validé
publications-mapped-need-iati = non publié avant l’accord d’un partenaire
publications-mapped-need-ocds = planning d’un processus, dès qu’un accord le sert
publications-mapped-need-hxl = #sector+code #adm1+code #inneed+lower #inneed+upper #indicator+name #date+valid_to
publications-mapped-offer = Offre
publications-mapped-offer-iati = rien : une promesse exige une somme
publications-mapped-offer-ocds = rien avant la sélection
publications-mapped-offer-hxl = rien dans ces fichiers ; la liste des offres porte des étiquettes
publications-mapped-match = Appariement accepté
publications-mapped-match-iati = participating-org, rôles 1 financement, 2 responsable, 3 gestion, 4 exécution
publications-mapped-match-ocds = awards, statut active, avec la raison du choix
publications-mapped-match-hxl = #org+provider #org+receiver #status
publications-mapped-agreement = Accord
publications-mapped-agreement-iati = document-link A09, other-identifier A9, related-activity 3 entre déploiements d’un même accord
publications-mapped-agreement-ocds = contracts avec documents ; étiquettes contract, contractAmendment, contractTermination
publications-mapped-agreement-hxl = #meta+agreement+id
publications-mapped-deployment = Déploiement
publications-mapped-deployment-iati = activité avec jusqu’à quatre dates, lieux par code du répertoire, secteur CAD, cible ODD
publications-mapped-deployment-ocds = implementation, milestones
publications-mapped-deployment-hxl = #activity+id #targeted #reached+lower #reached+upper
publications-mapped-delivery = Livraison en nature
publications-mapped-delivery-iati = résultat de type 1, l’unité dans le titre ; cible et réalisé
publications-mapped-delivery-ocds = items avec quantité et unité ; implementation, documents
publications-mapped-delivery-hxl = rien dans ces fichiers ; voir deliveries.csv
publications-mapped-result = Résultat
publications-mapped-result-iati = résultat de type 1 ou 2, un réalisé par déclaration avec niveau, lieu et groupe
publications-mapped-result-ocds = jalon atteint
publications-mapped-result-hxl = #indicator+value+num+lower #indicator+value+num+upper #meta+claim+level

feeds-title = { $of } : ce qui a changé
feeds-agreement-signed = L’accord { $name } a été signé par toutes les parties
feeds-agreement-amended = L’accord { $name } a été modifié
feeds-agreement-suspended = L’accord { $name } a été suspendu
feeds-agreement-resumed = L’accord { $name } est de nouveau en vigueur
feeds-agreement-terminated = L’accord { $name } a été résilié
feeds-deployment-planned = Le déploiement { $name } a été planifié
feeds-deployment-activated = Le déploiement { $name } a commencé
feeds-deployment-paused = Le déploiement { $name } a été interrompu
feeds-deployment-resumed = Le déploiement { $name } reprend
feeds-deployment-completion-claimed = Le membre déclare achevé le déploiement { $name }
feeds-deployment-confirmed = L’autorité a confirmé le déploiement { $name }
feeds-deployment-closed = Le déploiement { $name } a été clos
feeds-deployment-cancelled = Le déploiement { $name } a été annulé
feeds-claim-contested = Un chiffre a été contesté : { $name }
feeds-claim-upheld = Un chiffre contesté a été maintenu : { $name }
feeds-claim-corrected = Un chiffre a été corrigé : { $name }
feeds-claim-retracted = Un chiffre a été retiré : { $name }
feeds-publications-published = Données ouvertes : la version { $name } a été publiée

# Ce que disent les fichiers publiés
publications-activity = { $class } : { $units } en tout. Lignes de besoin : { $lines }. Besoins servis : { $needs }. Accord : { $agreement }.
publications-paper-agreement = Accord
publications-paper-deployment = Déploiement
publications-figure-exact = Exactement { $low }.
publications-figure-between = Au moins { $low }, au plus { $high }.
publications-figure-at-least = Au moins { $low } ; borne supérieure inconnue.
publications-figure-at-most = Au plus { $high } ; borne inférieure inconnue.
publications-need-served = Besoin validé { $need } : { $class }. Ce processus en sert { $units } { $unit }.
publications-amendment = Version { $number } de l’accord, signée par toutes les parties.
