# Mots de la salle deployments.

deployments-title = Déploiements
deployments-intro = Ce que les membres font dans les pays en vertu d’accords signés. Chaque déploiement nomme les lignes de besoin qu’il sert ; ce qui serait fait deux fois pour les mêmes personnes est repéré avant de commencer.
deployments-see-all = Tous
deployments-so-many = { $n ->
    [one] { $n } déploiement non annulé.
   *[other] { $n } déploiements non annulés.
}
deployments-none-yet = Rien n’est encore prévu au titre de cet accord.
deployments-all-learners = Tous les élèves
deployments-more-places = { $n } de plus
deployments-beside = { $title }, par { $member }. Lieux : { $places }. Prévu du { $from } au { $to }.
deployments-planned = Le déploiement est prévu. Personne d’autre n’y fait la même chose.
deployments-planned-replaces = Le déploiement est prévu. Il remplace l’enseignement en présence : un avertissement le dit à tout le monde.
deployments-planned-overlaps = Le déploiement est prévu, mais il en chevauche un autre. Il ne peut pas commencer tant que le chevauchement n’est pas résolu en public.

# Colonnes
column-agreement-code = Accord
column-past-due = En retard
column-implementing = Mis en œuvre par
column-served-group = Groupe servi
column-missions-served = Missions
column-planned-start = Début prévu
column-planned-end = Fin prévue
column-actual-start = Commencé le
column-actual-end = Terminé le
column-planned-reach = Personnes à toucher
column-units-served = Unités
column-assets-kept-by = Ensuite les biens reviennent à
column-maintenance-after = Entretien
column-financing-after = Financement après la gratuité
column-units-sent = Unités envoyées
column-units-given-back = Unités rendues
column-overlap-between = Entre
column-shared-places = Où
column-crossing-from = Ensemble dès le
column-crossing-to = Ensemble jusqu’au
column-reach-of-both = Les deux veulent toucher
column-need-there = Personnes dans le besoin
column-reach-beyond-need = Au-delà du besoin
column-found-at = Repéré
column-settled-at = Résolu
column-first-deployment = L’un
column-second-deployment = L’autre
column-organisations-there = Qui
column-deployments-there = Déploiements
column-reach-at-least = À toucher, au moins
column-reach-at-most = À toucher, au plus
column-need-gap = Servies par personne, au moins
column-need-at-least = Personnes dans le besoin, au moins
column-overlaps-open = Chevauchements ouverts

# États
deployment-state-planned = Prévu
deployment-state-blocked = Bloqué par un chevauchement
deployment-state-cleared = Peut commencer
deployment-state-active = En cours
deployment-state-paused = En pause
deployment-state-suspended = Suspendu
deployment-state-completion-claimed = Déclaré achevé
deployment-state-confirmed = Confirmé
deployment-state-closed = Clos
deployment-state-cancelled = Annulé
deployment-in-person-supplements = Complète l’enseignement en présence
deployment-in-person-replaces = Remplace l’enseignement en présence
deployment-assets-authority = L’autorité nationale
deployment-assets-schools = Les écoles
deployment-assets-member = Le membre, qui les reprend
deployment-assets-nothing-remains = Personne : rien ne reste
deployment-involved-yes = Des enseignants ont participé
deployment-involved-no = Aucun enseignant n’a participé
overlap-state-open = Ouvert
overlap-state-complementary = Complémentaires
overlap-state-split = Séparés
overlap-state-replaced = L’un a remplacé l’autre
overlap-state-withdrawn = L’un a été annulé
overlap-state-accepted = Accepté

# Un déploiement
deployments-replaces-warning = Ceci remplace l’enseignement en présence. Pourquoi : { $why }
deployments-is-suspended = L’accord est suspendu. Rien ne se poursuit avant sa reprise.
deployments-should-have-begun = Ceci aurait dû commencer le { $on }.
deployments-should-have-ended = Ceci aurait dû se terminer le { $on }.
deployments-before-it-begins = Avant de commencer
deployments-nothing-missing = Rien ne s’oppose à ce qu’il commence.
deployments-serves = Il sert ces besoins :
deployments-lines = Lignes de besoin servies
deployments-all-lines = { $n ->
    [one] La seule ligne
   *[other] Les { $n } lignes
}
deployments-teachers-title = La part des enseignants
deployments-teachers-intro = À chaque étape, les membres disent comment les enseignants ont participé, ou pourquoi ils ne l’ont pas fait.
deployments-teachers-not-told = Rien de dit encore.
deployments-teachers-so-many = { $on }, { $n ->
    [one] { $n } enseignant a participé :
   *[other] { $n } enseignants ont participé :
}
deployments-teachers-some = { $on }, des enseignants ont participé, leur nombre est inconnu :
deployments-teachers-none = { $on }, aucun enseignant n’a participé :
deployments-history = Ce qui s’est passé
deployment-step-planned = Prévu
deployment-step-changed = Plan modifié
deployment-step-activated = Commencé
deployment-step-extended = Fin prévue reportée
deployment-step-paused = Mis en pause
deployment-step-resumed = Repris
deployment-step-claimed = Le membre le dit achevé
deployment-step-refused = L’autorité dit qu’il n’est pas achevé
deployment-step-confirmed = L’autorité l’a confirmé
deployment-step-closed = Clos
deployment-step-cancelled = Annulé
deployment-step-agreement-suspended = Accord suspendu
deployment-step-agreement-resumed = Accord repris
deployment-step-agreement-terminated = Annulé : accord résilié

# Actes
deployment-new-title = Prévoir un déploiement
deployment-new-button = Prévoir un déploiement
deployment-new-intro = Choisissez ce que ce déploiement livre du calendrier de l’accord. Qui fait la même chose aux mêmes endroits au même moment est aussitôt recherché.
deployment-change-title = Modifier le plan
deployment-change-button = Modifier le plan
deployment-change-intro = Les lignes hors des nouveaux lieux redeviennent libres pour un autre plan. Les chevauchements sont recherchés de nouveau.
field-deployment-title = Titre
field-areas = Régions
field-areas-hint = Ne cochez rien pour toutes les régions du calendrier de l’accord.
field-smaller-places = Lieux plus petits
field-smaller-places-hint = Codes du répertoire des lieux, séparés par des espaces, quand une région entière est trop grande.
field-implementers = Mis en œuvre par
field-implementers-hint = Le membre lui-même si personne n’est choisi.
field-learner-group = Groupe servi
field-learner-group-hint = Laissez vide s’il s’adresse à tous les élèves.
field-flagship = Initiative phare
field-missions = Missions
field-in-person-hint = Ce qui remplace l’enseignement en présence porte un avertissement que tout le monde voit.
field-replaces-reason = Pourquoi il remplace l’enseignement en présence
field-replaces-reason-hint = Seulement dans ce cas.
field-planned-from = Début prévu
field-planned-to = Fin prévue
field-reach-planned = Personnes qu’il veut toucher
field-reach-planned-hint = Chaque personne une fois. Laissez vide si ce n’est pas connu ; un chevauchement ne peut alors être exclu.
field-assets-to = Ensuite les biens reviennent à
field-maintenance = Qui l’entretient, et comment
field-maintenance-hint = Pendant le déploiement et après.
field-financing-after = Qui paie après la gratuité
deployment-start-title = Commencer le déploiement
deployment-start-button = Commencer
deployment-start-actual-from = Jour du début
deployment-extension-title = Reporter la fin prévue
deployment-extension-button = Reporter la fin
deployment-extension-intro = Les chevauchements sont recherchés de nouveau avec la nouvelle fin.
deployment-pause-title = Mettre le déploiement en pause
deployment-pause-button = Mettre en pause
deployment-resumption-title = Reprendre le déploiement
deployment-resumption-button = Reprendre
deployment-completion-title = Dire qu’il est achevé
deployment-completion-button = Il est achevé
deployment-completion-intro = L’autorité nationale est alors priée de le confirmer.
deployment-completion-actual-to = Jour de la fin
deployment-completion-refusal-title = Dire qu’il n’est pas achevé
deployment-completion-refusal-button = Il n’est pas achevé
deployment-confirmation-title = Confirmer l’achèvement
deployment-confirmation-button = Confirmer
deployment-confirmation-intro = L’autorité confirme que le travail a été fait.
deployment-closure-title = Clore le déploiement
deployment-closure-button = Clore
deployment-closure-intro = Un déploiement clos n’est plus modifié.
deployment-cancellation-title = Annuler le déploiement
deployment-cancellation-button = Annuler
deployment-cancellation-intro = Les unités encore engagées reviennent aux besoins comme non couvertes et aux offres comme libres. Ce qui est en route ou arrivé reste où il est.
deployment-cancellation-in-favour-of = Au profit de
deployment-cancellation-in-favour-of-hint = Seulement s’il cède la place à un déploiement qu’il chevauche.
deployment-teachers-title = Dire comment les enseignants ont participé
deployment-teachers-button = Part des enseignants
deployment-teachers-intro = La conception et l’essai doivent être dits avant qu’il commence, le déploiement avant qu’il soit achevé, le passage à l’échelle avant sa clôture. Ce que vous écrivez est visible de tous : ne nommez personne.
deployment-teachers-teacher-stage = Étape
deployment-teachers-involved = Des enseignants ont-ils participé ?
deployment-teachers-teachers = Combien
deployment-teachers-teachers-hint = Laissez vide si ce n’est pas connu.
deployment-teachers-on = Jour
deployment-teachers-words = Ce qu’ils ont fait, ou pourquoi ils n’ont pas participé
overlap-complementary-title = Dire que l’un complète l’autre
overlap-complementary-button = Ils se complètent
overlap-complementary-intro = Le chevauchement est résolu quand les responsables habilités des deux membres et un chargé du secrétariat l’ont dit. Ce que vous écrivez est visible de tous.
overlap-complementary-words = Comment l’un complète l’autre
overlap-acceptance-title = Accepter le chevauchement
overlap-acceptance-button = Accepter le chevauchement
overlap-acceptance-intro = Les deux déploiements peuvent alors se poursuivre. Votre raison est visible de tous.
overlap-acceptance-words = Raison, en public
agreement-suspension-title = Suspendre l’accord
agreement-suspension-button = Suspendre
agreement-resumption-title = Reprendre l’accord
agreement-resumption-button = Reprendre
agreement-termination-title = Résilier l’accord
agreement-termination-button = Résilier
agreement-termination-intro = Chaque déploiement non terminé est aussitôt annulé, et ce qui est encore engagé revient. On ne peut pas le défaire.
agreement-termination-paper = Document qui y met fin
deployments-of-agreement-beside = { $code } { $title } : { $n ->
    [0] aucun déploiement n’est concerné.
    [one] un déploiement non terminé est concerné.
   *[other] { $n } déploiements non terminés sont concernés.
}

# Chevauchements
overlaps-title = Chevauchements
overlaps-intro = Deux déploiements se chevauchent quand ils apportent le même service au même groupe, aux mêmes lieux ou l’un dans l’autre, au même moment, et veulent ensemble toucher plus de personnes qu’il n’y en a dans le besoin. Aucun qui n’a pas commencé ne peut commencer avant que ce soit résolu ici, en public.
overlap-title = Chevauchement { $first }
overlap-why = Les deux apportent { $service } à { $places } pour : { $group }, entre le { $from } et le { $to }. Ensemble ils veulent y toucher { $reach } personnes, et { $people } y sont dans le besoin.
overlap-why-reach-unknown = Les deux apportent { $service } à { $places } pour : { $group }, entre le { $from } et le { $to }. On ne sait pas combien de personnes l’un d’eux veut toucher ; on ne peut donc exclure qu’ils fassent la même chose.
overlap-why-need-unknown = Les deux apportent { $service } à { $places } pour : { $group }, entre le { $from } et le { $to }. Ensemble ils veulent toucher { $reach } personnes. On ne connaît pas entièrement combien y sont dans le besoin ; on ne peut donc exclure qu’ils fassent la même chose.
overlap-said = Ce qui a été dit
overlap-secretariat = le secrétariat
overlap-the-rule = la règle
overlap-step-found = Repéré
overlap-step-found-again = Repéré de nouveau après un changement
overlap-step-complementary = Dits complémentaires
overlap-step-accepted = Accepté
overlap-step-split = Séparés par un changement de lieux ou de dates
overlap-step-replaced = Annulé au profit de l’autre
overlap-step-withdrawn = Annulé
overlap-ways-title = Comment le résoudre
overlap-ways = Changer les lieux ou les dates de l’un d’eux ; en annuler un ; les deux membres et le secrétariat les disent complémentaires ; ou l’approbateur du secrétariat l’accepte avec une raison publique.

# Qui fait quoi où
coverage-title = Qui fait quoi où
coverage-intro = Chaque région et chaque service demandé ou prévu : qui y est, combien de personnes sont dans le besoin, combien doivent être touchées, et ce qui manque. Le nombre prévu est un intervalle : deux peuvent compter les mêmes personnes.
coverage-map-unserved = { $country } : part des élèves demandés que ne sert aucun déploiement
coverage-map-overlaps = { $country } : chevauchements ouverts
coverage-gaps = Avec un manque
coverage-overlaps = Avec des chevauchements ouverts
coverage-unserved = Sans personne
field-coverage = Montrer seulement

# À faire
deployments-waits-start = { $title } peut commencer
deployments-waits-confirmation = { $title } : confirmer l’achèvement
deployments-waits-closure = { $title } : à clore
deployments-waits-overdue = { $title } aurait dû se terminer
deployments-waits-overlap = Chevauchement de { $first } et { $second } à résoudre

# Refus
deployments-not-active = Ce déploiement n’est pas en cours : { $state }.
deployments-not-possible = Ce n’est pas possible maintenant : { $state }.
deployments-agreement-not-signed = Un déploiement suppose un accord signé par toutes ses parties ; celui-ci ne l’est pas : { $state }.
deployments-agreement-not-in-force = L’accord { $code } n’est pas en vigueur : { $state }.
deployments-overlap-open = Il chevauche { $code }, et personne ne l’a résolu.
deployments-need-ended = Le besoin { $code } ne peut plus être servi : { $state }.
deployments-teachers-missing = La participation des enseignants n’a pas été dite : { $stage }.
teacher-stage-design = conception
teacher-stage-testing = essai
teacher-stage-rollout = déploiement
teacher-stage-scaling = passage à l’échelle
deployments-teachers-why-not = Dites pourquoi aucun enseignant n’a participé.
deployments-teachers-count = On ne compte les enseignants que là où ils ont participé.
deployments-ends-before-it-begins = Ce jour précède le début.
deployments-outside-agreement = L’accord dure du { $from } au { $to } ; le déploiement doit s’y tenir.
deployments-after-agreement = L’accord se termine le { $on }.
deployments-free-ends-early = La gratuité doit durer au moins jusqu’à la fin prévue.
deployments-reach-nobody = Un déploiement qui touche des personnes en touche au moins une.
deployments-replaces-why = Dites pourquoi il remplace l’enseignement en présence.
deployments-place-unknown = Le répertoire de ce pays n’a pas de lieu au code { $place }.
deployments-no-lines = Aucune ligne de besoin convenue ne reste pour ce service en ces lieux : elles sont ailleurs, ou un autre déploiement les a.
deployments-day-to-come = Ce jour est encore à venir.
deployments-starts-before-plan = Il est prévu à partir du { $on }. Modifiez d’abord le plan.
deployments-not-later = Choisissez un jour après la fin prévue, et pas dans le passé.
deployments-overlap-resolved = Ce chevauchement est déjà résolu : { $state }.
deployments-said-already = Votre côté l’a déjà dit.
deployments-not-so-many = Il ne reste ici que { $left } unités de cette ligne (ligne { $line }).
