# La page d’accueil.
portal-home = Accueil
portal-title = Le droit d’apprendre de chaque élève, tenu ensemble
portal-intro = Les autorités nationales disent ce dont leurs écoles ont besoin. Les membres de la coalition – organisations internationales, entreprises, universités, société civile, médias – offrent ce qu’ils ont. Ici, les deux se rencontrent au grand jour : qui a demandé quoi, qui l’offre, ce qui est arrivé, et avec quelle certitude on le sait.
portal-see-needs = Voir les besoins
portal-join = Devenir membre
portal-now = Où en est la coalition
portal-as-of = Compté le { $day }, jusqu’au fait enregistré n° { $seq }.
portal-learners-unknown = Chaque école comptée une fois. Inconnu pour { $unknown } écoles et lieux sur { $places }.
portal-median-hours =
    { $n ->
        [one] La moitié des réponses en { $n } heure au plus.
       *[other] La moitié des réponses en { $n } heures au plus.
    }
portal-median-days =
    { $n ->
        [one] La moitié des réponses en { $n } jour au plus.
       *[other] La moitié des réponses en { $n } jours au plus.
    }
portal-no-needs = Aucun besoin n’a encore été validé. Le premier apparaîtra ici avec tout ce qu’il en advient.

portal-where = Où sont les besoins
portal-units-title = Où se trouve chaque unité
portal-units-intro = Chaque unité de chaque besoin validé se trouve à un seul de huit endroits : non couverte, proposée, engagée, en acheminement, livrée, confirmée, retournée, perdue. « Livrée » est ce que disent les membres ; « confirmée », ce que dit l’autorité.
portal-all-units = Tous les services, unité par unité
portal-round-title = Le dernier cycle d’attribution
portal-no-round = Aucun cycle d’attribution n’est encore terminé.
portal-round-plain = Le cycle { $number } s’est terminé le { $day }.
portal-round-value = Le cycle { $number }, terminé le { $day }, a trouvé un plan valant { $value } points. Aucun plan suivant les mêmes règles ne peut valoir plus de { $bound } : celui-ci est avec certitude à moins de { $gap } du meilleur.
portal-counterfactual = Parmi les apprenants que la règle de priorité place en premier – surtout défavorisés, ou là où le besoin est le plus grave –, le plan en atteint { $with }. Sans la règle, il en aurait atteint { $without }.
portal-round-link = Cycle { $number } : ce qui a été attribué, ce qui ne l’a pas été, et pourquoi
portal-how = Comment fonctionne la coalition
portal-how-all = Les deux versions publiées
portal-data = Données ouvertes et comment les vérifier
portal-answer-times = Combien de temps chaque demande a attendu sa réponse
portal-chain = La chaîne des faits et sa dernière empreinte

portal-sources-title = Sources et licences
portal-sources-intro = À qui sont les données fournies avec le produit, et sous quelle licence.

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

portal-map-title = Carte du monde
portal-map-all = Tous les pays, en carte et en liste
portal-map-intro = Où des besoins ont été validés, où des déploiements sont en cours, où des écoles ont reçu quelque chose. Les pays sans chiffre n’ont rien d’enregistré ici, ce qui ne veut pas dire qu’ils n’ont besoin de rien.
portal-map-show = Ce que montre la carte
portal-all-figures = Tous les chiffres, comment ils sont comptés, en fichier
portal-answered-of = { $n ->
        [one] { $n } demande a été reçue.
       *[other] { $n } demandes ont été reçues.
    }
portal-country-needs = { $n ->
        [one] { $n } besoin
       *[other] { $n } besoins
    }, { $work ->
        [0] aucun déploiement encore
        [one] { $work } déploiement
       *[other] { $work } déploiements
    }
portal-public-record = Ce qui a été dit en public de la coalition jusqu’ici, côte à côte avec les sources
portal-3w = Qui fait quoi et où, lacunes et recoupements
portal-open-data = Données ouvertes, publications et flux
portal-board = En chiffres
portal-board-none = Rien n’a encore été enregistré ici. Ce qui a été demandé ou donné hors de cette plateforme est inconnu.
portal-nothing-recorded = Rien d’enregistré encore : { $list }.
portal-lessons = Leçons apprises
portal-lessons-all = Toutes les leçons, bonnes et mauvaises
portal-lesson-good = Ce qui a marché
portal-lesson-bad = Ce qui n’a pas marché
portal-embed = Des graphiques pour votre page
portal-embed-intro = Copiez une ligne dans votre page : le graphique montre le compte le plus récent, le nomme et mène à ses lignes.
portal-embed-see = Voir le graphique seul
portal-embed-source = Source : { $name }
column-agreements-signed = Accords
column-deployments-all = Déploiements
column-schools-receiving = Écoles ayant reçu quelque chose
portal-country-title = { $country } en chiffres
portal-country-facts = Le pays, ses écoles et ce qu’on en sait
portal-country-alone = Ces chiffres seuls, à imprimer ou à partager
portal-further = Pour aller plus loin
