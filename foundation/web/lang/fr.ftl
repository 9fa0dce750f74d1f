# Formulaires.
form-missing = Remplissez ce champ.
form-of-field = { $field } : { $reason }
form-choose = Choisissez une réponse.
form-must-be-ticked = Cochez cette case pour continuer.
form-file-missing = Choisissez un fichier.
form-too-long = Écrivez au plus { $max } caractères ; il y en a { $count }.
form-control-characters = Ce texte contient des caractères qui ne peuvent pas être affichés. Saisissez-le à nouveau.
form-one-line = Écrivez ceci sur une seule ligne.
form-not-an-email = Écrivez une adresse électronique comme nom@exemple.org.
form-not-a-number = « { $entered } » n’est pas un nombre. N’écrivez que des chiffres.
form-out-of-range = Écrivez un nombre de { $least } à { $most }.
form-not-a-day = « { $entered } » n’est pas un jour. Écrivez année-mois-jour, par exemple 2026-03-09.
form-not-a-choice = « { $entered } » ne figure pas parmi les réponses. Choisissez dans la liste.
form-file-too-large = Ce fichier est trop volumineux. Choisissez-en un de { $max } Mo au plus.
form-file-kept = Conservé de l’essai précédent : { $name }. Choisissez un autre fichier seulement pour le remplacer.
form-expired = Ce formulaire a été ouvert il y a trop longtemps ou depuis une autre page. Votre saisie est toujours là : envoyez-la de nouveau.
form-not-utf8 = Le texte n’a pas pu être lu. Envoyez-le en UTF-8.
form-body-too-large = L’envoi est trop volumineux ou la connexion a été coupée. Réessayez avec un fichier plus petit.
form-broken-upload = L’envoi s’est interrompu. Recommencez.
form-not-json = Le corps n’est pas du JSON : { $where }
form-not-json-type = Envoyez du JSON avec l’en-tête Content-Type: application/json.
form-not-an-object = Le corps doit être un objet JSON avec les champs du formulaire.
form-unknown-field = Il n’existe pas de champ de ce nom.
form-wrong-shape = Cette valeur n’a pas la forme attendue pour ce champ.
form-key-used = Cette clé d’idempotence a servi pour une autre requête. Choisissez-en une nouvelle.
form-key-too-long = La clé d’idempotence compte au plus 200 caractères.
form-public = Tout le monde pourra lire ce texte.
form-public-telephone = Ce texte sera lu par tout le monde : retirez le numéro de téléphone « { $found } ».
form-public-email = Ce texte sera lu par tout le monde : retirez l’adresse électronique « { $found } ».
form-public-person = Ce texte sera lu par tout le monde : retirez le nom de la personne « { $found } ». Écrivez plutôt sa fonction, par exemple « la directrice de l’école ».

# Ce qui n’a pas marché.
problem-refused = Cela n’a pas été fait
problem-refused-help = Une règle s’y oppose. Voici pourquoi :
problem-missing = Introuvable
problem-missing-help = Il n’y a rien ici, ou cela ne vous est pas destiné. Vérifiez l’adresse ou repartez de la page d’accueil.
problem-forbidden = Non autorisé
problem-forbidden-help = Vous êtes connecté, mais cet acte revient à quelqu’un d’autre.
problem-sign-in = Connectez-vous d’abord
problem-sign-in-help = Cette page est réservée aux personnes connectées.
problem-conflict = Quelqu’un d’autre a modifié ceci avant vous
problem-conflict-help = Les deux versions sont affichées. Choisissez ce qu’il faut garder et envoyez de nouveau.
problem-later = Trop d’essais
problem-later-help = Attendez un peu et réessayez.
problem-later-seconds =
    { $seconds ->
        [one] Trop d’essais. Réessayez dans { $seconds } seconde.
       *[other] Trop d’essais. Réessayez dans { $seconds } secondes.
    }
problem-fault = La machine a failli
problem-fault-help = Rien n’a été enregistré. Réessayez ; si cela persiste, dites à l’opérateur ce que vous faisiez et quand.
problem-home = Vers la page d’accueil
forbidden-role = Cela revient au rôle : { $role }.

# Pages du cadre.
inbox-title = Ce qui vous attend
inbox-empty = Rien ne vous attend.
inbox-count =
    { $n ->
        [one] Une chose vous attend.
       *[other] { $n } choses vous attendent.
    }
inbox-due = À faire pour le { $day }
style-title = Éléments de nos pages
foot-catalogue = Vocabulaires
foot-data-attribution = Sources et licences
foot-style = Éléments de nos pages
column-done = Fait
column-result = Résultat
column-see = Où regarder
demo-notice = Ceci est une démonstration. Les écoles sont réelles ; les personnes, les membres, les offres et les lettres sont des exemples.
menu-work = Votre travail
menu-coalition = Coalition
menu-results = Résultats
menu-data = Données
menu-learning = Apprendre
