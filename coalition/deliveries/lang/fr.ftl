deliveries-menu = Livraisons
deliveries-title = Livraisons
deliveries-intro = Ce que les membres envoient, commencent à donner ou ouvrent pour les écoles, et ce que les écoles et les autorités constatent.
deliveries-public = On voit ici ce que les destinataires ont réceptionné. Ce qui est en route n’est connu que des parties.
deliveries-none = Aucun envoi pour l’instant. Un membre l’annonce sur la page de son déploiement.
deliveries-none-public = Aucun destinataire n’a encore rien réceptionné.
deliveries-none-here = Rien n’a encore été envoyé, ou aucun destinataire n’a rien réceptionné.
deliveries-consignment = Envoi { $code }
deliveries-lines-of = Destinataires de l’envoi { $code }
deliveries-lines = Tous les destinataires
deliveries-areas = Où il va
deliveries-by-area = Par zone
deliveries-note = Note du membre
deliveries-paper = Document qui l’accompagne
deliveries-overdue = { $n ->
    [one] Il aurait dû être là il y a { $n } jour, et il reste quelque chose à recevoir.
   *[other] Il aurait dû être là il y a { $n } jours, et il reste quelque chose à recevoir.
}
deliveries-back = Retour à l’envoi

consignment-kind-goods = Biens
consignment-kind-service = Service donné dans la durée
consignment-kind-access = Accès numérique

consignment-state-requested = Annoncé
consignment-state-accepted = Accepté
consignment-state-on-hold = En attente
consignment-state-rejected = Refusé
consignment-state-withdrawn = Retiré
consignment-state-dispatched = En route
consignment-state-begun = En cours
consignment-state-opened = Ouvert
consignment-state-arrived = Arrivé, selon le membre
consignment-state-given = Donné, selon le membre
consignment-state-partly-received = Reçu en partie
consignment-state-received = Reçu
consignment-state-discrepancy-open = Écart ouvert
consignment-state-closed = Clos
consignment-overdue-yes = En retard
consignment-overdue-no = Dans les temps
consignment-checked-in-no = Pas encore réceptionné

deliveries-now-requested = Le membre l’a annoncé. L’autorité l’accepte, le fait attendre ou le refuse.
deliveries-now-accepted = L’autorité l’a accepté. Le membre l’envoie, le commence ou l’ouvre ensuite.
deliveries-now-on-hold = L’autorité demande d’attendre :
deliveries-now-rejected = L’autorité l’a refusé. Ses unités peuvent être envoyées autrement.
deliveries-now-withdrawn = Le membre l’a retiré. Ses unités peuvent être envoyées autrement.
deliveries-now-dispatched = Il est en route. Les destinataires réceptionnent ce qu’ils trouvent.
deliveries-now-begun = Le service est en cours. Les destinataires disent ce qu’ils ont reçu.
deliveries-now-opened = L’accès est ouvert. Les destinataires disent s’il fonctionne.
deliveries-now-arrived = Le membre dit que tout est là. C’est confirmé quand les destinataires réceptionnent.
deliveries-now-given = Le membre dit que tout a été donné. C’est confirmé quand les destinataires réceptionnent.
deliveries-now-partly-received = Des destinataires ont réceptionné ; d’autres pas encore.
deliveries-now-received = Tous les destinataires ont réceptionné, et rien n’est contesté.
deliveries-now-discrepancy-open = Quelque chose est abîmé, manque ou est en trop, et personne n’a encore décidé.
deliveries-now-closed = Tout a été reçu ou décidé. L’envoi est clos.

deliveries-do-dispatch = Noter l’envoi
deliveries-do-begin = Noter le début
deliveries-do-open = Noter l’ouverture
deliveries-do-arrive = Noter ce qui est arrivé
deliveries-do-give = Noter ce qui a été donné

deliveries-destination = { $place } : { $units } unités pour { $lines ->
    [one] un destinataire
   *[other] { $lines } destinataires
}
deliveries-left-to-send = { $n ->
    [one] { $n } unité de ce déploiement ne figure encore dans aucun envoi.
   *[other] { $n } unités de ce déploiement ne figurent encore dans aucun envoi.
}
deliveries-nothing-left = Toutes les unités de ce déploiement figurent déjà dans des envois.

consignment-new-title = Annoncer un envoi
consignment-new-button = Annoncer un envoi
consignment-new-intro = L’autorité le voit avant que quoi que ce soit ne parte.
consignment-new-to-place = Où il va
consignment-new-planned-on = Jour où il doit être là
consignment-new-schools = Seulement ces écoles
consignment-new-schools-hint = Une par ligne : le code de l’école, et les unités si elle ne reçoit pas tout ce qui reste. Vide : tout ce qui reste pour le lieu.
consignment-new-note = Note pour l’autorité
consignment-new-note-hint = Le transporteur, l’emballage, qui appeler. Seules les parties la lisent.

consignment-acceptance-title = Accepter l’envoi
consignment-acceptance-button = Accepter
consignment-hold-title = Faire attendre l’envoi
consignment-hold-button = Faire attendre
consignment-rejection-title = Refuser l’envoi
consignment-rejection-button = Refuser
consignment-withdrawal-title = Retirer l’envoi
consignment-withdrawal-button = Retirer
consignment-closure-title = Clore l’envoi
consignment-closure-button = Clore
consignment-closure-intro = Tout a été reçu ou décidé. Ensuite, plus rien ne peut être réceptionné.

consignment-dispatch-title = Envoyé, commencé ou ouvert
consignment-dispatch-button = Noter
consignment-dispatch-intro = Dès ce jour, les unités sont en route ; un accès est ouvert à ses destinataires.
consignment-dispatch-dispatched-on = Jour de l’envoi, du début ou de l’ouverture
consignment-dispatch-paper = Lettre de voiture ou liste de ce qui est envoyé
consignment-dispatch-paper-hint = Une photo ou un PDF. Seules les parties le voient.

consignment-arrival-title = Arrivé ou donné
consignment-arrival-button = Noter
consignment-arrival-intro = C’est la parole du membre. Les unités sont confirmées quand les destinataires réceptionnent.
consignment-arrival-arrived-on = Jour de l’arrivée ou du service
consignment-arrival-places = Seulement ceux-ci
consignment-arrival-places-hint = Codes d’écoles, de lieux ou de zones, séparés par des espaces. Vide : tout.

consignment-check-in-title = Tout est arrivé en bon état
consignment-check-in-button = Tout réceptionner en bon état
consignment-check-in-intro = Tout ce qui reste est réceptionné en bon état. Là où quelque chose est abîmé, manque ou est en trop, réceptionnez d’abord cette école, seule ou par tableau.
consignment-check-in-received-on = Jour de la réception
consignment-check-in-department = Seulement cette zone
consignment-check-in-proof = Preuve
consignment-check-in-proof-hint = Une photo ou le papier signé, en image ou PDF. Seules les parties la voient.
consignment-check-in-note = Note
consignment-check-in-note-hint = Seules les parties la lisent.

consignment-line-check-in-title = Réceptionner pour un destinataire
consignment-line-check-in-button = Réceptionner
consignment-line-check-in-intro = Ce que vous ne comptez pas reste attendu. Les bonnes unités sont confirmées ; les abîmées et les manquantes restent ouvertes jusqu’à une décision.
consignment-line-check-in-good = En bon état
consignment-line-check-in-good-hint = Formation : donnée. Accès : il fonctionne.
consignment-line-check-in-damaged = Abîmées
consignment-line-check-in-short = Manquantes
consignment-line-check-in-short-hint = Ce qui ne viendra pas. Ne comptez pas ce qui vient plus tard.
consignment-line-check-in-surplus = En trop
consignment-line-check-in-surplus-hint = Au-delà de ce qui était prévu.
consignment-line-check-in-received-on = Jour de la réception
consignment-line-check-in-proof = Preuve
consignment-line-check-in-proof-hint = Une photo ou le papier signé, en image ou PDF. Seules les parties la voient.
consignment-line-check-in-note = Note
consignment-line-check-in-note-hint = Seules les parties la lisent.

consignment-line-recount-title = Recompté
consignment-line-recount-button = Signaler des unités abîmées ou manquantes depuis
consignment-line-recount-intro = Des unités confirmées se révèlent abîmées ou manquantes. Elles restent confirmées, mais contestées, jusqu’à une décision.
consignment-line-recount-damaged = Abîmées
consignment-line-recount-short = Manquantes

consignment-table-title = Réceptionner par tableau
consignment-table-button = Réceptionner par tableau
consignment-table-intro = Un tableau CSV ou Excel avec les colonnes school_code, good, damaged, short et surplus. Il est d’abord essayé : vous voyez chaque ligne refusée, et pourquoi, avant que rien ne soit réceptionné.
consignment-table-file = Tableau
consignment-table-file-hint = Téléchargez le tableau de ce qui reste sur la page de l’envoi, remplissez-le et apportez-le ici.
consignment-table-received-on = Jour de la réception
check-in-file-acceptance-title = Réceptionner ce que dit le tableau
check-in-file-acceptance-button = Tout réceptionner

deliveries-table-title = Un tableau de réceptions, à l’essai
deliveries-table-says = { $rows } lignes lues : { $lines } à réceptionner ({ $good } bonnes, { $damaged } abîmées, { $short } manquantes, { $surplus } en trop), { $silent } sans nombre, laissées de côté.
deliveries-table-clean = Rien à redire. Rien n’est encore réceptionné pour { $place }.
deliveries-table-accepted = Ce qu’il dit a été réceptionné.
deliveries-table-empty = Aucune ligne ne dit quoi que ce soit.
deliveries-table-refused = { $n ->
    [one] Une chose ne va pas : rien n’a été réceptionné. Corrigez le tableau et rapportez-le.
   *[other] { $n } choses ne vont pas : rien n’a été réceptionné. Corrigez le tableau et rapportez-le.
}
deliveries-table-taken = Ce tableau a déjà été réceptionné.
deliveries-table-blank = Télécharger le tableau à remplir
deliveries-refused-rows = Ce qui ne va pas, ligne par ligne
deliveries-row = Ligne
deliveries-column = Colonne
deliveries-why = Pourquoi

deliveries-links = Liens pour les destinataires
consignment-links-title = Des liens pour tous les destinataires
consignment-links-button = Créer des liens pour tous ceux qui n’en ont pas
consignment-links-intro = Qui tient un lien réceptionne pour une école, sans compte. Ne donnez chaque lien qu’à son école.
consignment-links-expires-on = Les liens ouvrent jusqu’au
consignment-line-link-title = Un lien pour ce destinataire
consignment-line-link-button = Créer un lien
consignment-line-link-intro = Qui tient le lien réceptionne pour cette école, sans compte.
consignment-line-link-expires-on = Le lien ouvre jusqu’au
receipt-link-revocation-title = Mettre fin au lien
receipt-link-revocation-button = Mettre fin au lien
deliveries-sheet-title = Liens de l’envoi { $code }
deliveries-sheet-intro = Imprimez cette feuille, découpez-la et donnez à chaque école sa part. Le membre ne voit jamais ces liens.
deliveries-sheet-what = { $n } { $unit } : { $service }
deliveries-square = Code carré avec l’adresse
deliveries-no-links = Aucun lien n’est ouvert. Créez-en pour toutes les écoles qui n’ont pas réceptionné.
deliveries-link-until = Ouvert jusqu’au { $day }
deliveries-link-used = Utilisé le { $day }
deliveries-link-expired = Terminé le { $day }
deliveries-link-revoked-state = L’autorité y a mis fin

receive-title = Qu’est-ce qui est arrivé ?
receive-button = Envoyer
receive-what-goods = { $member } vous a envoyé { $n } { $unit } ({ $service }).
receive-what-service = { $member } devait vous donner { $n } { $unit } ({ $service }).
receive-what-access = { $member } vous a ouvert { $n } { $unit } ({ $service }).
receive-good = En bon état
receive-damaged = Abîmés
receive-short = Manquants
receive-short-hint = Ne comptez pas ce qui vient plus tard.
receive-surplus = En trop
receive-photo = Photo
receive-photo-hint = Pas nécessaire. 8 Mo au plus ; si la ligne est mauvaise, envoyez sans.
receive-note = Note
receive-so-far = Réceptionné jusqu’ici : { $found }.
receive-outstanding = { $n ->
    [0] Il ne reste rien à recevoir.
    [one] Il en reste { $n } à recevoir.
   *[other] Il en reste { $n } à recevoir.
}
receive-thanks = Merci
receive-photo-kept = Votre photo est conservée.
receive-disputed = L’autorité éducative s’occupera de ce qui est abîmé ou manque.
receive-again = Autre chose est arrivé

column-consignment = Envoi
column-consignment-code = Code
column-deployment-served = Déploiement
column-goes-to = Va à
column-due-there-on = Attendu le
column-delivery-overdue = En retard
column-sent-on = Envoyé, commencé ou ouvert le
column-delivery-arrived-on = Arrivé le, selon le membre
column-first-received-on = Première réception le
column-last-received-on = Dernière réception le
column-receivers = Destinataires
column-receiver = Destinataire
column-need-line-served = Ligne de besoin
column-sent-units = Unités envoyées
column-arrived-units = Unités arrivées, selon le membre
column-good-units = Bonnes à la réception
column-damaged-units = Abîmées
column-short-units = Manquantes
column-surplus-units = En trop
column-outstanding-units = Attendues
column-confirmed-units = Confirmées à ce jour
column-disputed-units = Contestées
column-discrepancy = Écart
column-what-is-wrong = Ce qui ne va pas
column-open-units = Ouvertes
column-open-since = Ouvert depuis
column-found-later = Constaté après la réception
column-found-units = Retrouvées ou réparées
column-replaced-units = Remplacées
column-lost-units = Perdues
column-gone-back-units = Retournées
column-kept-units = Gardées
column-given-units = Données plus loin
column-needed-again-units = De nouveau nécessaires
column-in-dispute-units = Unités
field-delivery-overdue = Dans les temps
field-school-area = Zone
field-checked-in = Réceptionné
field-what-is-wrong = Ce qui ne va pas

deliveries-receipts = Ce qu’a dit le destinataire
deliveries-no-receipts = Personne n’a encore réceptionné cela.
deliveries-found = Constaté
deliveries-via = Comment
deliveries-proof = Preuve
deliveries-receipt-note = Note
receipt-via-account = Par l’autorité
receipt-via-link = Par le lien du destinataire
receipt-via-sheet = Par tableau
deliveries-n-good = { $n ->
    [one] { $n } bonne
   *[other] { $n } bonnes
}
deliveries-n-damaged = { $n ->
    [one] { $n } abîmée
   *[other] { $n } abîmées
}
deliveries-n-short = { $n ->
    [one] { $n } manquante
   *[other] { $n } manquantes
}
deliveries-n-surplus = { $n } en trop
deliveries-late-damaged = { $n ->
    [one] { $n } abîmée, constatée plus tard
   *[other] { $n } abîmées, constatées plus tard
}
deliveries-late-short = { $n ->
    [one] { $n } manquante, constatée plus tard
   *[other] { $n } manquantes, constatées plus tard
}
deliveries-disputes = Écarts
deliveries-dispute-open = Ouvert
deliveries-dispute-settled = Décidé

deliveries-open-title = Écarts ouverts
deliveries-open-intro = Unités abîmées, manquantes ou en trop, sur lesquelles personne n’a décidé ; les plus anciennes d’abord.
deliveries-none-open = Aucun écart n’est ouvert.
discrepancy-wrong-damaged = Abîmé
discrepancy-wrong-short = Manquant
discrepancy-wrong-surplus = En trop
discrepancy-resolution-title = Décider des unités contestées
discrepancy-resolution-button = Décider
discrepancy-resolution-intro = Les unités retrouvées ou remplacées sont confirmées. Les perdues et les retournées quittent la livraison ; si elles sont de nouveau nécessaires se décide à part.
discrepancy-resolution-resolution = Ce qu’elles sont devenues
discrepancy-resolution-units = Unités
discrepancy-resolution-to-line = La ligne de besoin qui les reçoit
discrepancy-resolution-to-line-hint = Seulement si le surplus est donné plus loin : l’adresse d’une ligne de besoin ouverte du même service.
discrepancy-need-title = De nouveau nécessaires
discrepancy-need-button = Dire qu’elles sont de nouveau nécessaires
discrepancy-need-intro = Les unités perdues ou retournées sont de nouveau sans couverture : une autre offre peut les servir. Ce qui est retourné au membre, c’est à lui de l’offrir de nouveau.
discrepancy-need-units = Unités
resolution-damaged-found = Réparées, utilisées
resolution-damaged-replaced = Remplacées par d’autres, arrivées
resolution-damaged-lost = Passées par pertes
resolution-damaged-returned = Retournées au membre
resolution-damaged-needed-again = De nouveau nécessaires
resolution-short-found = Retrouvées, utilisées
resolution-short-replaced = Remplacées par d’autres, arrivées
resolution-short-lost = Perdues
resolution-short-returned = Retournées au membre
resolution-short-needed-again = De nouveau nécessaires
resolution-surplus-kept = Gardées par l’école, avec l’accord de l’autorité
resolution-surplus-returned = Retournées au membre
resolution-surplus-given = Données à une autre ligne de besoin ouverte
deliveries-decisions = Décisions
deliveries-no-decision = Personne n’a encore décidé.
deliveries-became = Ce qu’elles sont devenues
deliveries-units = Unités
deliveries-reason = Raison
deliveries-to-line = la ligne qui les a reçues

deliveries-requested = L’envoi est annoncé. L’autorité répond.
deliveries-accepted = L’envoi est accepté.
deliveries-held = L’envoi attend.
deliveries-rejected = L’envoi est refusé.
deliveries-withdrawn = L’envoi est retiré.
deliveries-dispatched = Noté : ses unités sont en route.
deliveries-begun = Noté : il a commencé.
deliveries-opened = Noté : il est ouvert.
deliveries-arrived = Noté comme parole du membre.
deliveries-checked-in = Réceptionné.
deliveries-recounted = Noté. Les unités sont contestées jusqu’à une décision.
deliveries-closed = L’envoi est clos.
deliveries-resolved = Décidé.
deliveries-needed-again = Les unités sont de nouveau sans couverture.
deliveries-links-issued = Les liens sont créés.
deliveries-link-revoked = Le lien a pris fin.

deliveries-waits-answer = L’envoi { $code } attend une réponse
deliveries-waits-check-in = L’envoi { $code } est à réceptionner
deliveries-waits-closure = L’envoi { $code } peut être clos
deliveries-waits-dispatch = L’envoi { $code } est accepté et peut partir
deliveries-waits-held = L’envoi { $code } doit attendre
deliveries-waits-disputes = { $n ->
    [one] { $n } écart est ouvert
   *[other] { $n } écarts sont ouverts
}

deliveries-day-past = Ce jour est passé.
deliveries-day-ahead = Ce jour n’est pas encore venu.
deliveries-no-lines = Il ne reste rien à y envoyer.
deliveries-line-twice = Un destinataire est nommé deux fois.
deliveries-line-unreadable = « { $text } » ne peut pas être lu : écrivez le code d’une école, puis un nombre d’unités.
deliveries-more-than-left = { $units } unités, c’est plus que les { $left } qui restent pour ce destinataire.
deliveries-school-not-left = Il ne reste rien à envoyer là à « { $code } ».
deliveries-school-not-in-it = « { $code } » n’est pas parmi les destinataires de cet envoi.
deliveries-school-several-lines = « { $code } » a plusieurs lignes ici : réceptionnez chacune à part.
deliveries-place-not-in-it = « { $code } » n’est ni école, ni lieu, ni zone de cet envoi.
deliveries-all-arrived = Il ne reste rien qui ne soit noté comme arrivé.
deliveries-all-checked-in = Tout y est déjà réceptionné.
deliveries-already-received = Une partie en a déjà été reçue.
deliveries-not-now = Cela ne se peut pas avec un envoi dans cet état : { $state }.
deliveries-nothing-travels = Un accès s’ouvre ; rien ne voyage qui puisse arriver.
deliveries-nothing-said = Dites combien sont arrivés, abîmés, manquants ou en trop.
deliveries-below-zero = Un nombre d’unités est hors limites.
deliveries-more-than-outstanding = Bons, abîmés et manquants font { $said }, mais { $left } sont attendus. Le surplus se note sous « en trop ».
deliveries-more-than-confirmed = Seules { $left } unités sont confirmées et non contestées.
deliveries-more-than-disputed = Seules { $left } unités sont ouvertes.
deliveries-more-than-gone = Seules { $left } unités sont perdues ou retournées.
deliveries-surplus-was-never-needed = Le surplus n’a jamais fait partie du besoin.
deliveries-resolution-not-possible = De telles unités ne peuvent pas devenir cela.
deliveries-line-unknown = Cette ligne de besoin n’existe pas.
deliveries-line-of-another-kind = Cette ligne de besoin est d’un autre service ou pays.
deliveries-line-takes-less = Cette ligne de besoin n’a que { $left } unités sans couverture.
deliveries-outstanding = { $left } unités sont attendues : réceptionnez-les, ou dites qu’elles manquent.
deliveries-disputed = { $n ->
    [one] { $n } écart est ouvert.
   *[other] { $n } écarts sont ouverts.
}
deliveries-not-a-proof = Envoyez une image ou un PDF.
deliveries-row-hidden = Cette ligne est masquée dans le tableau. Affichez-la ou supprimez-la.
deliveries-row-twice = Cette école figure déjà à la ligne { $row }.
deliveries-link-over = Ce lien n’ouvre plus. Demandez-en un nouveau à votre autorité éducative.
deliveries-link-days = Choisissez un jour entre aujourd’hui et dans { $most } jours.
deliveries-no-links-needed = Chaque destinataire a réceptionné ou a un lien.
