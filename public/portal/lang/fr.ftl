# La page d’accueil.
portal-home = Accueil
portal-title = Le droit d’apprendre de chaque élève, tenu ensemble
portal-intro = Les autorités nationales disent ce dont leurs écoles ont besoin. Les membres de la coalition – organisations internationales, entreprises, universités, société civile, médias – offrent ce qu’ils ont. Ici, les deux se rencontrent au grand jour : qui a demandé quoi, qui l’offre, ce qui est arrivé, et avec quelle certitude on le sait.
portal-see-needs = Voir les besoins
portal-join = Devenir membre
portal-now = Où en est la coalition
portal-as-of = Compté le { $day }, jusqu’au fait enregistré n° { $seq }.
portal-snapshot = { $moment } · fait { $seq } · { $hash }
portal-all-figures = Tous les chiffres, leur mode de calcul, en fichier
portal-at-least = au moins { $n }
portal-learners-unknown = Chaque école comptée une fois. Inconnu pour { $unknown } écoles et lieux sur { $places }.
portal-answered-of = sur { $n } reçues.
portal-median-hours =
    { $n ->
        [one] La moitié en { $n } heure au plus.
       *[other] La moitié en { $n } heures au plus.
    }
portal-median-days =
    { $n ->
        [one] La moitié en { $n } jour au plus.
       *[other] La moitié en { $n } jours au plus.
    }
portal-no-needs = Aucun besoin n’a encore été validé. Le premier apparaîtra ici avec tout ce qu’il en advient.

portal-figure-members = membres aujourd’hui
portal-figure-authorities = pays dont l’autorité est accréditée
portal-figure-countries = pays ayant des besoins validés
portal-figure-needs = besoins validés
portal-figure-need-lines = lignes de besoin : un service dans une école ou un lieu
portal-figure-learners = apprenants concernés
portal-figure-places-unknown = écoles et lieux au nombre d’apprenants inconnu
portal-figure-offers = offres disponibles
portal-figure-calls = appels à soutien ouverts
portal-figure-requests-answered = demandes ayant reçu réponse
portal-figure-answer-hours = heures jusqu’à la moitié des réponses

portal-rows-members = L’annuaire
portal-rows-authorities = Les autorités
portal-rows-countries = La carte
portal-rows-needs = Les besoins
portal-rows-need-lines = Par service
portal-rows-learners = Par pays
portal-rows-places-unknown = Par pays
portal-rows-offers = Les offres
portal-rows-calls = Les appels
portal-rows-requests-answered = Chaque délai de réponse
portal-rows-answer-hours = Chaque délai de réponse

portal-method-members = Organisations admises et en règle à la fin de la journée ; celles qui sont suspendues ne comptent pas.
portal-method-authorities = Pays dont l’autorité est vérifiée et dans sa période de validité.
portal-method-countries = Pays ayant au moins un besoin validé, quoi qu’il en soit advenu depuis.
portal-method-needs = Besoins validés par deux personnes du secrétariat, quoi qu’il en soit advenu depuis.
portal-method-need-lines = Lignes de besoins validés : une classe de service dans une école ou un lieu.
portal-method-learners = Le plus grand nombre indiqué par une ligne pour une école, additionné sur les écoles ; des lignes portant sur une zone entière, seulement ce que ses écoles n’expliquent pas déjà. Les lieux sans nombre n’y figurent pas.
portal-method-places-unknown = Écoles et lieux de besoins validés pour lesquels aucune ligne ne connaît le nombre d’apprenants.
portal-method-offers = Offres vérifiées par deux personnes et dont la période n’est pas terminée. Les promesses ne comptent jamais.
portal-method-calls = Appels à soutien publiés dont le dernier jour n’est pas passé.
portal-method-requests-answered = Demandes validées ou refusées ; celles qui ont été retirées ne comptent pas.
portal-method-answer-hours = De la réception à la réponse, toute heure entamée comprise : la moitié des réponses n’a pas pris plus longtemps.

portal-comparator-exactly = exactement
portal-comparator-at-least = au moins

portal-where = Où sont les besoins
portal-country-needs = { $n ->
        [one] { $n } besoin, { $lines } lignes
       *[other] { $n } besoins, { $lines } lignes
    }
portal-map-all = Tous les pays, en carte et en liste
portal-units-title = Où se trouve chaque unité
portal-units-intro = Chaque unité de chaque besoin validé se trouve à un seul de huit endroits : non couverte, proposée, engagée, en acheminement, livrée, confirmée, retournée, perdue. « Livrée » est ce que disent les membres ; « confirmée », ce que dit l’autorité.
portal-units-caption = Unités des besoins validés ; chaque bande est un service dans son entier
portal-all-units = Tous les services, unité par unité
portal-round-title = Le dernier cycle d’attribution
portal-no-round = Aucun cycle d’attribution n’est encore terminé.
portal-round-plain = Le cycle { $number } s’est terminé le { $day }.
portal-round-value = Le cycle { $number }, terminé le { $day }, a trouvé un plan valant { $value } points. Aucun plan suivant les mêmes règles ne peut valoir plus de { $bound } : celui-ci est avec certitude à moins de { $gap } du meilleur.
portal-counterfactual = Parmi les apprenants que la règle de priorité place en premier – surtout défavorisés, ou là où le besoin est le plus grave –, le plan en atteint { $with }. Sans la règle, il en aurait atteint { $without }.
portal-round-link = Cycle { $number } : ce qui a été attribué, ce qui ne l’a pas été, et pourquoi
portal-how = Comment fonctionne la coalition
portal-how-all = Les deux versions publiées
portal-flagships = Initiatives phares
portal-missions = Missions
portal-missions-intro = Ce sont des cibles que la coalition s’est fixées. Ce ne sont pas des résultats et elles ne s’y ajoutent jamais.
portal-target = Cible : { $n }
portal-target-unknown = Cible inconnue
portal-source = Source : { $source }
portal-data = Données ouvertes et comment les vérifier
portal-answer-times = Combien de temps chaque demande a attendu sa réponse
portal-chain = La chaîne des faits et sa dernière empreinte

portal-figures-title = Tous les chiffres
portal-figures-intro = Chaque chiffre avec le jour et le fait jusqu’auxquels il est compté, son mode de calcul et l’endroit où sont ses lignes.
portal-map-title = Carte des besoins
portal-map-intro = Pays ayant des besoins validés. Les autres pays n’en ont pas d’enregistrés ici, ce qui ne veut pas dire qu’ils n’aient besoin de rien.
portal-map-needs = Besoins validés par pays
portal-sources-title = Sources et licences
portal-sources-intro = À qui sont les données fournies avec le produit, et sous quelle licence.

column-figure = Chiffre
column-comparator = Comparateur
column-as-of = En date du
column-as-of-fact = Jusqu’au fait
column-how-counted = Mode de calcul
column-rows-at = Ses lignes
column-units-lines = Lignes
column-units-all = Nécessaires
column-units-uncovered = Non couvertes
column-units-proposed = Proposées
column-units-committed = Engagées
column-units-in-transit = En acheminement
column-units-delivered = Livrées
column-units-confirmed = Confirmées
column-units-returned = Retournées
column-units-lost = Perdues
column-needs-validated = Besoins validés
column-need-lines = Lignes de besoin
column-learners-at-least = Apprenants, au moins
column-places-unknown = Lieux au nombre d’apprenants inconnu
column-data-file = Fichier
column-data-source = Source
column-data-licence = Licence
column-data-credit = Mention à faire
