# Page
ui-brand = Harambee
ui-skip = Aller au contenu
ui-menu = Menu principal
ui-languages = Langues
ui-sign-in = Se connecter
ui-sign-out = Se déconnecter
ui-trail = Vous êtes ici
ui-foot-data = Chaque chiffre est calculé à partir de faits enregistrés ; sa source figure à côté.
ui-as-of = Chiffres en date du

# Notices
ui-notice-plain = À noter
ui-notice-good = C’est fait
ui-notice-warn = Important
ui-notice-bad = Problème
ui-notice-busy = En cours
ui-errors-title = Veuillez corriger ce qui suit

# Forms
ui-optional = (facultatif)
ui-more-fields = Dire davantage (facultatif)
ui-choose = Choisissez…
ui-no-answer = Sans réponse
ui-cancel = Annuler
ui-file-max = { $size } au maximum
ui-kilobytes = { $n } ko
ui-megabytes = { $n } Mo
ui-conflict-title = Vos saisies et les valeurs enregistrées
ui-conflict-intro = Quelqu’un d’autre a enregistré cette fiche pendant que vous y travailliez. Rien de votre saisie n’est perdu : comparez, puis enregistrez de nouveau.
ui-conflict-field = Champ
ui-conflict-yours = Votre saisie
ui-conflict-saved = Enregistré à présent

# Lists
ui-table = Tableau
ui-table-empty = Rien pour l’instant.
ui-table-no-match = Rien ne correspond. Cherchez autre chose ou effacez les filtres.
ui-search = Rechercher
ui-filter = Afficher
ui-filters = Filtres
ui-any = Tous
ui-clear = Effacer les filtres
ui-pager = Pages
ui-pager-first = Première page
ui-pager-next = Page suivante
ui-pager-count = { $shown } affichés sur { $total }
ui-downloads = Télécharger cette liste

# Steps and jobs
ui-step-done = Fait
ui-step-now = En cours
ui-step-ahead = À venir
ui-progress = { $done } traités jusqu’ici.
ui-progress-of = { $done } sur { $total } traités.
ui-refresh = Cette page s’actualise d’elle-même.

# Charts and maps
ui-chart-table = Les chiffres en tableau
ui-chart-name = Nom
ui-chart-value = Chiffre
ui-chart-total = Total
ui-chart-none = Pas encore de chiffres.
ui-chart-line = De { $first } ({ $from }) à { $last } ({ $to }) ; minimum { $low }, maximum { $high }.
ui-chart-most = Le plus élevé : { $name }, { $value }.
ui-range-certain = Au moins
ui-range-possible = Au plus
ui-range-open = Nul ne sait combien de plus
ui-range-at-least = au moins { $n }
ui-range-at-most = au plus { $n }
ui-range-target = Cible : { $n }
ui-map-range = de { $from } à { $to }
ui-map-known = { $known } zones sur { $all } ont un chiffre ; le plus élevé est { $name } avec { $value }.
ui-map-unknown = Pas de chiffre
ui-map-points = { $n } lieux, figurés par { $dots } points ; un point plus grand représente plus de lieux.
ui-map-dot-one = 1 lieu
ui-map-dots = de { $from } à { $to } lieux
ui-map-dots-more = { $from } lieux et plus
ui-map-places = Lieux

# Columns rooms share
column-name = Nom
column-title = Intitulé
column-code = Code
column-id = Identifiant
column-kind = Type
column-state = État
column-country = Pays
column-place = Lieu
column-group = Groupe
column-unit = Unité
column-quantity = Quantité
column-service = Service
column-organisation = Organisation
column-person = Personne
column-role = Rôle
column-email = Courriel
column-language = Langue
column-description = Description
column-reason = Motif
column-source = Source
column-method = Méthode
column-total = Total
column-share = Part
column-version = Version
column-created-at = Créé le
column-updated-at = Dernière modification
column-from-on = Du
column-until-on = Jusqu’au
column-due-on = Échéance
column-at = Date et heure
column-on = Date

# Buckets
bucket-uncovered = Non couvert
bucket-proposed = Proposé
bucket-committed = Engagé
bucket-in-transit = En acheminement
bucket-delivered = Livré
bucket-confirmed = Confirmé
bucket-returned = Retourné
bucket-lost = Perdu

# Gallery
gallery-title = Style
gallery-intro = Tous les éléments des pages, dans tous leurs états. Changez la langue, la largeur ou le thème, ou imprimez la page.
gallery-text = Texte
gallery-notices = Messages et erreurs
gallery-buttons = Boutons et onglets
gallery-fields = Champs
gallery-lists = Listes
gallery-records = Fiches
gallery-steps = Étapes et avancement
gallery-charts = Graphiques
gallery-maps = Cartes
gallery-saved = Le besoin a été enregistré et transmis au secrétariat.
gallery-error = Écrivez un nombre de 1 à 500
gallery-open = Exprimer un besoin
gallery-close = Retirer la demande
gallery-hint = Comme l’autorité l’écrirait dans sa lettre.
gallery-reason = Le toit de deux salles de classe s’est effondré pendant les pluies. Les cours ont lieu à l’église en attendant la réparation.
gallery-edit = Deux salles de classe sans toit depuis les pluies d’octobre ; les cours continuent dans une salle prêtée.
gallery-words-own = Les mots de l’autorité
gallery-words-edit = La version du secrétariat
gallery-letter = Lettre signée
gallery-agree = J’ai lu la lettre et ses chiffres sont les nôtres.
gallery-secret = Phrase secrète
gallery-one-time = Code à six chiffres
gallery-phone = Téléphone
gallery-desks = Pupitres
gallery-books = Livres de lecture
gallery-radios = Radios solaires
gallery-teachers = Enseignants formés
gallery-state-open = Ouvert
gallery-state-submitted = Soumis
gallery-state-validated = Validé
gallery-state-overdue = En retard
gallery-state-declined = Décliné
gallery-with = Avec la règle
gallery-without = Sans la règle
gallery-import = Lecture du registre des écoles
