# L’audit.
audit-title = Audit
audit-intro = Chaque acte laisse un fait que personne ne peut modifier. Le plus récent vient en premier. Les comptes apparaissent par leur numéro, sans nom.
audit-fact-title = Fait { $seq } : { $verb }
audit-fact-before = Fait précédent
audit-fact-after = Fait suivant
audit-no-rows = Ce fait n’a enregistré aucune ligne.
audit-rows-saved = { $place }. Enregistré dans { $table } : { $n ->
        [one] { $n } ligne
       *[other] { $n } lignes
    }
audit-rows-gone = { $place }. Retiré de { $table } : { $n ->
        [one] { $n } ligne
       *[other] { $n } lignes
    }
audit-rows-more = Les { $shown } premières lignes sur { $n } sont affichées ; le fichier les contient toutes.
audit-rows-file = Toutes les lignes dans un fichier
audit-not-an-id = « { $entered } » n’est pas un identifiant. Copiez-le depuis un fait.
audit-chain-title = La chaîne des faits
audit-chain-intro = Chaque fait porte une empreinte calculée à partir de lui-même et du fait précédent. Modifier un ancien fait change toutes les empreintes suivantes. Notez la dernière : face à votre note, personne ne peut couper la fin sans être vu.
audit-chain-whole = Toutes les empreintes viennent d’être recalculées. Tous les faits sont tels qu’ils ont été enregistrés.
audit-chain-broken = La chaîne est rompue. Arrêtez-vous, gardez une copie de la base telle qu’elle est et prévenez l’auditeur.
audit-chain-check = La commande « harambee check » de l’exploitant parcourt la chaîne, les soldes et les références ; avec « --replay », elle reconstruit aussi chaque table à partir des seuls faits.

chain-state-whole = Intacte
chain-state-broken = Rompue
chain-state-not-walked = Non vérifiée pour cette page

column-seq = Numéro
column-verb = Ce qui a été fait
column-subject-kind = Sur quoi
column-subject-id = Son identifiant
column-actor = Compte
column-about = Ce qui est dit
column-hash = Empreinte
column-previous-hash = Empreinte précédente
column-facts = Faits
column-head-hash = Dernière empreinte
column-last-at = Dernier fait
column-chain = Chaîne
column-broken-at = Premier fait erroné
column-broken-why = Ce qui ne va pas

field-verb = Ce qui a été fait
field-subject-kind = Sur quoi (need, offer, round …)
field-subject-id = Son identifiant
field-actor = Compte
field-from = À partir du jour
field-to = Jusqu’au jour

# Soldes.
quantity-not-positive = Indiquez une quantité d’au moins 1.
movement-not-possible = Les unités ne passent pas de « { $from } » à « { $to } ».
quantity-over-balance = { $asked } unités étaient demandées ; il n’y en a que { $held } (ligne { $line }).
