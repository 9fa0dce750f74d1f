package-kilobytes = { $n } ko
package-megabytes = { $n } Mo
package-weighs = { $kind } : { $size } à charger au plus ; { $n } fichiers, { $open } une fois décompressé.
package-needs-scripts = Son contenu ne fonctionne que dans un navigateur avec JavaScript.
package-forgets = Il fonctionne à l’écart de ce site : il ne voit rien de vous, ne garde rien et ne transmet rien.
package-is-looked-at = Vous ne faites que regarder : rien de ce que vous y faites n’est enregistré. L’enregistrement se fait pour les élèves connectés.
package-is-recorded = Ce que vous faites ici est conservé.
package-reports-nothing = Cette partie ne transmet rien.
package-any-order = Les parties s’ouvrent dans n’importe quel ordre. Les règles du paquet qui bloqueraient ou sauteraient des parties ne sont pas appliquées ici.
package-contents = Sommaire
package-way = Parcours du paquet
package-before = Précédent
package-next = Suivant
package-open = Ouvrir ({ $size })
package-go-on = Reprendre où vous en étiez ({ $size })
package-again = Ouvrir de nouveau ({ $size })
package-see = Ouvrir { $name } ({ $size })
package-done = { $n } parties terminées sur { $all }
package-state-begun = Commencé
package-state-completed = Terminé
package-state-passed = Réussi
package-state-failed = Non réussi
package-score = Score { $score }
package-minutes = { $n ->
    [one] une minute
   *[other] { $n } minutes
}
package-lies-elsewhere = se trouve sur un autre site et ne s’ouvre pas ici
package-otherwise = Sans l’ouvrir
package-read-text = Lire son texte
package-download = Télécharger le paquet ({ $size })
package-h5p-items = Voici les questions du paquet H5P, posées ici sans son propre programme. Les parties d’autres types ne sont pas posées.
package-h5p-text = Ce type de contenu H5P ne peut pas être joué ici. On peut lire son texte, et télécharger le paquet là où sa licence le permet.
package-not-opened = Ce type de paquet ne s’ouvre pas ici. On peut lire son texte, et télécharger le paquet là où sa licence le permet.
package-saved = Enregistré
package-unsaved = Pas encore enregistré. Un nouvel essai suit.
package-elsewhere = Ceci a été rouvert ailleurs : ce que vous faites ici n’est plus conservé.
package-report-unreadable = Ce que le paquet a transmis est illisible.
package-report-large = Le paquet transmet plus que ce qui est conservé pour un élève.
package-answer = { $n ->
    [one] Répondre à une question
   *[other] Répondre à { $n } questions
}
package-question = Question { $n }
package-mark = Voir ce qui est juste
package-answer-again = Répondre de nouveau
package-not-answered = Sans réponse.
package-answers-read = Rien ici ne peut être corrigé sans un enseignant.
package-questions-kept = Votre résultat est conservé quand vous envoyez vos réponses.
