# Listes.
offers-menu = Offres
offers-mine-menu = Offres des membres
offers-title = Offres
offers-count =
    { $n ->
        [0] Aucune offre n’est ouverte. Les annonces et les brouillons ne sont jamais comptés.
        [one] { $n } offre est ouverte. Les annonces et les brouillons ne sont jamais comptés.
       *[other] { $n } offres sont ouvertes. Les annonces et les brouillons ne sont jamais comptés.
    }
offers-all = Offres de tous les membres
offers-of = Offres de { $name }
offers-frozen = Cette organisation n’est pas un membre en règle : elle ne peut pas faire de nouvelles offres. Ce qui est retenu de ses offres le reste.
offers-none-open = Aucune offre ouverte pour le moment.
offers-world = Le monde entier
offers-any-language = Toutes les langues
offers-unit-countries = pays où elle peut être ouverte
offers-unit-per-quarter = { $unit }, par trimestre
field-service = Service

column-capacity = Capacité
column-free-now = Libre maintenant
column-places = Lieux
column-spoken-languages = Langues
column-available-from = Disponible du
column-available-to = Disponible jusqu’au
column-free-until = Gratuite jusqu’au
column-lot-min = Plus petit lot
column-lot-step = Pas des lots
column-lot-max = Plus grand lot
column-modality = Modalité
column-connectivity-needed = Connexion nécessaire
column-setup-days = Jours de mise en place
column-conditions-required = Conditions requises
column-licence = Licence
column-accessibility = Accessibilité
column-evidence-level = Preuves
column-unit-cost-usd = Coût d’une unité non pris en charge par le membre (USD)
column-fixed-cost-usd = Coût d’une livraison non pris en charge par le membre (USD)
column-in-person = Enseignement en présence
column-assured-on = Dernière confirmation
column-notice-until = Parts retenues fournies jusqu’au
column-people-ready = Personnes
column-equipment-ready = Matériel
column-funding-ready = Financement
column-assured-lately = Confirmée depuis moins de 90 jours

offer-kind-stock = Stock : donné une fois
offer-kind-rate = Débit : tant par trimestre
offer-kind-inexhaustible = Inépuisable : l’usage ne la consomme pas
offer-state-draft = Brouillon
offer-state-pledge = Annonce, jamais comptée
offer-state-registered = Enregistrée
offer-state-checked = Vérifiée
offer-state-available = Disponible
offer-state-partly-reserved = Réservée en partie
offer-state-fully-reserved = Entièrement réservée
offer-state-exhausted = Épuisée
offer-state-stale = Périmée : pas confirmée depuis 90 jours
offer-state-expired = Expirée
offer-state-withdrawn = Retirée
offer-in-person-supplements = Complète l’enseignement en présence
offer-in-person-replaces = Remplace l’enseignement en présence
readiness-ready = Prêt
readiness-within-a-month = Dans le mois
readiness-to-be-found = À trouver
readiness-not-needed = Pas nécessaire

# Une offre.
offers-capacity-title = Ce qu’il y a, ce qui est retenu, ce qui reste
offers-period-head = Période
offers-capacity-head = Capacité
offers-reserved = Réservé
offers-committed = Engagé
offers-left = Reste
offers-whole-window = Toute la période
offers-countries-row = Pays
offers-principles = Réponses aux quatre principes de protection des données
offers-principle-own = Dit pour cette offre
offers-principle-member = Comme le membre répond pour toutes ses offres
offers-check-note = Note de la vérification
offers-sent-back = Le secrétariat a renvoyé cette offre. Corrigez l’offre et enregistrez-la de nouveau :
offers-pledge-notice = Une annonce faite en réunion. Elle n’engage personne et n’est jamais comptée tant que le membre ne l’a pas complétée et enregistrée comme offre. Sa source :
offers-replaces-notice = Cette offre remplace l’enseignement en présence. La technologie devrait le compléter : demandez ce que deviennent les repas, la protection et la compagnie.
offers-stale-notice = Le membre n’a pas confirmé cette offre depuis plus de 90 jours. Elle ne participe pas aux rapprochements avant une nouvelle confirmation.
offers-notice-until = Retirée. Ce qui est encore retenu est fourni jusqu’au { $day }.
offers-withdrawn-because = Raison du retrait :

# Le formulaire.
field-title = Ce qui est offert
field-service-class-hint = L’unité et le type découlent du service.
field-quantity = Quantité
field-quantity-hint = Biens : nombre total d’unités. Travail : unités par trimestre. Ce que l’usage ne consomme pas : nombre de pays où vous pouvez l’ouvrir.
field-lot-min = Plus petit lot
field-lot-min-hint = Le moins que vous livrez à un lieu ; vide signifie 1.
field-lot-step = Pas des lots
field-lot-step-hint = Unités par carton ; vide signifie 1.
field-lot-max = Plus grand lot pour un lieu
field-places = Lieux
field-places-hint = Codes de pays et de leurs divisions de premier niveau, par exemple HN ou HN08 HN15 ; * pour le monde entier.
field-languages = Langues
field-languages-hint = Codes, par exemple es en miq ; * pour toutes les langues.
field-levels = Niveaux d’enseignement
field-modality = Modalité
field-tier = Connexion que le lieu doit déjà avoir
field-window-from = Disponible du
field-window-to = Disponible jusqu’au
field-setup-days = Jours de mise en place
field-free-until = Gratuite jusqu’au
field-free-until-hint = « Gratuit » a une date de fin. Vous et les utilisateurs êtes prévenus avant.
field-conditions = Conditions qu’un lieu doit remplir
field-licence = Licence
field-accessibility = Accessibilité
field-accessibility-hint = Par exemple sous-titres, langue des signes, gros caractères, lecteur d’écran.
field-evidence-level = Preuves de son efficacité
field-unit-cost = Coût d’une unité que vous ne prenez pas en charge, en dollars
field-unit-cost-hint = Vide signifie aucun.
field-fixed-cost = Coût d’une livraison que vous ne prenez pas en charge, en dollars
field-in-person = Enseignement en présence
field-principle-appropriate-use = Usage approprié des données, si la réponse diffère de celle de votre organisation
field-principle-access-and-control = Accès et contrôle, si la réponse diffère
field-principle-security-and-protection = Sécurité et protection, si la réponse diffère
field-principle-lifespan-of-services = Durée des services, si la réponse diffère
offer-new-title = Faire une offre
offer-new-button = Faire une offre
offer-new-intro = Offrez ce que vous pouvez vraiment donner, avec la période, les lots et la fin de la gratuité. Deux personnes du secrétariat l’examinent avant tout rapprochement.
offer-new-service-class = Service
offer-new-code = Votre propre numéro
offer-new-register = Enregistrer maintenant ; sinon elle reste un brouillon
offer-edit-title = Modifier l’offre
offer-edit-button = Modifier l’offre
offer-edit-intro = Une offre vérifiée ou disponible est examinée de nouveau par deux personnes. Une offre retenue en partie ne peut pas être modifiée.
offer-edit-service-class = Service
offer-edit-code = Votre propre numéro
offer-registration-title = Enregistrer l’offre
offer-registration-button = Enregistrer
offer-registration-intro = Le secrétariat l’examine désormais.
offer-check-title = Vérifier l’offre
offer-check-button = Vérifier
offer-check-intro = Dites comment vous l’avez vérifiée. Une autre personne la rend disponible.
offer-check-note = Note
offer-approval-title = Rendre l’offre disponible
offer-approval-button = Rendre disponible
offer-approval-intro = Elle est désormais publique et peut être rapprochée d’un besoin.
offer-return-title = Renvoyer l’offre
offer-return-button = Renvoyer
offer-return-intro = Le membre lit votre raison, corrige l’offre et l’enregistre de nouveau.
offer-assurance-title = L’offre tient toujours
offer-assurance-button = Elle tient toujours
offer-assurance-intro = Vous dites aujourd’hui que tout ce qui suit est toujours vrai.
offer-withdrawal-title = Retirer l’offre
offer-withdrawal-button = Retirer
offer-withdrawal-intro = Ce que personne ne retient est retiré aussitôt. Ce qui est retenu est encore fourni pendant le préavis.
pledge-new-title = Consigner une annonce de réunion
pledge-new-button = Consigner une annonce
pledge-new-intro = Une annonce est consignée avec sa source. Seuls le membre et le secrétariat la voient ; elle n’est jamais comptée ni rapprochée.
pledge-new-service-class = Service
pledge-new-minute = Source : quel procès-verbal de quelle réunion
offers-drafted = Le brouillon est conservé.
offers-registered = L’offre est enregistrée ; le secrétariat l’examine.
offers-changed = L’offre est modifiée.
offers-checked = L’offre est vérifiée ; une autre personne la rend disponible.
offers-available = L’offre est disponible.
offers-returned = L’offre est renvoyée.
offers-assured = Il est consigné que cela tient aujourd’hui.
offers-withdrawn = Ce que personne ne retenait est retiré.
offers-pledged = L’annonce est consignée ; elle n’est pas comptée.

# Fichiers.
offer-import-title = Offres par fichier
offer-import-button = Offres par fichier
offer-import-intro = Un tableau (CSV, XLSX ou ODS) avec une ligne par offre. Il est d’abord essayé : vous voyez chaque ligne refusée et pourquoi, et rien n’est importé avant votre accord.
offer-import-file = Fichier
offer-import-acceptance-title = Importer les offres
offer-import-acceptance-button = Importer et enregistrer
offer-import-acceptance-intro = Toutes les lignes deviennent des offres enregistrées, ou aucune.
offers-import-result = Ce que contient le fichier
offers-import-says =
    { $n ->
        [one] { $file } : { $n } ligne.
       *[other] { $file } : { $n } lignes.
    }
offers-import-clean = Toutes les lignes peuvent être importées. Rien n’est encore importé.
offers-import-refused =
    { $n ->
        [one] { $n } remarque s’oppose à ce fichier. Rien n’a été importé : corrigez le fichier et renvoyez-le.
       *[other] { $n } remarques s’opposent à ce fichier. Rien n’a été importé : corrigez le fichier et renvoyez-le.
    }
offers-import-refused-rows = Lignes refusées, et pourquoi
offers-import-notes = Ce qui a été supposé
offers-import-row = Ligne
offers-import-column = Colonne
offers-import-why = Pourquoi
offers-import-accepted = Ce fichier a été importé.
offers-imported = Les offres sont importées et enregistrées.
offers-note-free-until = La fin de la gratuité manque : la fin de la période est retenue, le { $day }.
offers-note-countries =
    { $n ->
        [one] Le nombre de pays manque : { $n } est retenu.
       *[other] Le nombre de pays manque : { $n } sont retenus.
    }
offers-row-hidden = Cette ligne est masquée dans le fichier. Affichez-la ou supprimez-la.
offers-more-refused =
    { $n ->
        [one] { $n } autre remarque n’est pas affichée.
       *[other] { $n } autres remarques ne sont pas affichées.
    }
offers-kind-unknown = Écrivez stock, rate ou inexhaustible.
offers-day-missing = Écrivez le jour.
offers-member-missing = Nommez le membre.
offers-member-unknown = Aucun membre ne porte ce nom.

# Capacités permanentes.
offers-capabilities = Capacités permanentes
offers-capabilities-intro = Ce à quoi les membres sont prêts, indépendamment de toute quantité. Une offre dit combien, où et quand.
capability-new-title = Déclarer une capacité permanente
capability-new-button = Déclarer une capacité
capability-new-service-class = Service
capability-new-people = Personnes
capability-new-equipment = Matériel
capability-new-funding = Financement
capability-new-note = Note
capability-assurance-title = La capacité tient toujours
capability-assurance-button = Elle tient toujours
capability-end-title = La capacité a pris fin
capability-end-button = Elle a pris fin
offers-capability-kept = La capacité est consignée.
offers-capability-over = La capacité a pris fin.

# Ce qui attend.
offers-waits-check = Offre à vérifier : { $title }
offers-waits-approval = Offre vérifiée, attend votre approbation : { $title }
offers-waits-correction = Renvoyée pour correction : { $title }
offers-waits-assurance = Tient-elle toujours ? { $title }
offers-waits-free-end = Gratuite pour quelques jours encore seulement : { $title }

# Ce qui est refusé.
offers-title-missing = Dites dans au moins une langue ce qui est offert.
offers-cost-negative = Un coût n’est jamais inférieur à zéro.
offers-class-unknown = Aucun service ne s’appelle « { $code } ».
offers-kind-of-class = Les offres de ce service sont d’un autre type : { $kind }
offers-languages-missing = Indiquez les langues, ou * pour toutes.
offers-places-missing = Indiquez les lieux, ou * pour le monde entier.
offers-place-unknown = « { $code } » n’est ni un pays ni une division de premier niveau.
offers-language-unknown = Aucune langue n’a le code « { $code } ».
offers-levels-missing = Choisissez au moins un niveau d’enseignement.
offers-level-unknown = « { $code } » n’est pas un niveau d’enseignement.
offers-modality-unknown = « { $code } » n’est pas une modalité.
offers-condition-unknown = « { $code } » n’est pas une condition.
offers-licence-unknown = « { $code } » n’est pas une licence de la liste.
offers-evidence-unknown = « { $code } » n’est pas un niveau de preuve.
offers-tier-unknown = La connexion est un nombre de 0 à 3.
offers-quantity-missing = Écrivez une quantité d’au moins 1.
offers-lot-not-positive = Un lot compte au moins 1 unité.
offers-lots-reversed = Le plus grand lot est inférieur au plus petit.
offers-no-lot-fits = Aucun lot ne convient : le pas dépasse le plus grand lot.
offers-less-than-a-lot = Il y a moins d’un lot en tout.
offers-window-reversed = La période finit avant de commencer.
offers-window-over = La période est déjà finie.
offers-window-too-long = Une période dure au plus 20 ans.
offers-free-over = La gratuité est déjà finie.
offers-free-before-window = La gratuité finit avant le début de la période.
offers-setup-too-long = La mise en place dure plus que la période.
offers-code-taken = Vous avez une autre offre avec ce numéro.
offers-not-open = Cette offre ne peut pas être retenue. État : { $state }
offers-lot = { $quantity } n’est pas un nombre entier de lots : les lots vont de { $step } en { $step } et commencent à { $least }.
offers-period = L’offre n’a pas cette période.
offers-capacity = { $wanted } demandés, { $left } restants. Rien n’a été retenu.
offers-more-than-held = { $wanted } demandés, mais seulement { $left } retenus. Rien n’a changé.
offers-already-held = Cette proposition retient déjà une part d’une offre.
offers-held = Une part de cette offre est retenue, elle ne peut donc pas être modifiée. Retirez le reste et faites une autre offre.
offers-not-in-this-state = Ce n’est pas possible maintenant. État : { $state }
offers-pledge-is-no-offer = Une annonce ne peut pas être enregistrée. Complétez-la d’abord : faites-en une offre à vous.
offers-reason-missing = Écrivez la raison. Rien n’est renvoyé ni retiré sans raison.
offers-conflict-of-interest = Vous avez un lien avec ce membre et ne pouvez pas juger ses offres. Quelqu’un d’autre doit le faire.
