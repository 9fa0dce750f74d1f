# Traces : ce que les élèves ont fait, et qui d’autre peut le lire.
records-title = Traces d’apprentissage
records-intro = Ce que les élèves ont fait est conservé ici sous forme d’énoncés auxquels on ne fait qu’ajouter. Ils ne désignent les personnes que par des numéros.
records-rule = Combien de temps une trace désigne une personne
records-no-rule = Aucune règle n’est encore fixée. D’ici là, aucune trace ne perd sa personne.
records-rule-set = La règle est conservée.
records-programs = Autres programmes
records-programs-intro = Les programmes qui parlent xAPI écrivent et lisent ici, chacun avec sa propre clé.
records-keys = Clés des autres programmes
records-keys-intro = Une clé permet à un programme d’écrire ou de lire des traces. Mettez-y fin quand le programme ne sert plus.
records-key-has-ended = La clé a pris fin. Le programme ne peut plus entrer.
records-signatures = Énoncés signés
records-signatures-intro = Un programme peut signer ce qu’il envoie. Une signature qui nomme son certificat est vérifiée avec lui à l’arrivée ; à vous de décider à qui vous fier. Celle qui n’en nomme pas est conservée telle quelle.
records-export = Emporter
records-export-intro = Un énoncé par ligne, en JSON.
records-export-all = Tous les énoncés
records-export-research = Pour la recherche : seulement de celles et ceux qui ont accepté, sans noms
records-export-learner = Tout emporter
records-erasures = Effacements
records-erasures-intro = Quand les traces d’une personne sont effacées, les chiffres restent et la personne en est retirée. C’est irréversible.
records-erased = La personne a été retirée des traces.
records-retention-before = Tout ce qui a été conservé avant le { $day } perd sa personne : noms, textes des réponses, heures. Les chiffres restent. C’est irréversible.
records-retention-done = Tout ce qui dépasse la durée permise a perdu sa personne.
records-retention-more = Beaucoup de traces ont perdu leur personne ; il en reste. Recommencez.
records-of-learner = Traces
records-last = Dernière trace : { $day }.
records-none-yet = Rien n’est encore consigné.
records-not-asked = personne n’a encore été interrogé
records-consent-kept = La réponse est consignée.

# Refus.
records-id-taken = Une autre trace porte déjà ce numéro.
records-key-name = Le nom ne doit être ni vide ni contenir de deux-points.
records-key-secret = Le secret demande au moins douze signes.
records-key-scopes = Choisissez ce que la clé permet.
records-key-taken = Une clé porte déjà ce nom.
records-key-ended = La clé a déjà pris fin.
records-day-is-past = Ce jour est déjà passé.
records-home-page-shape = Écrivez une adresse qui commence par http.
records-home-page-fixed = Des traces ont déjà été écrites avec l’adresse précédente ; elle ne peut plus changer.
records-no-such-learner = Cet élève n’existe pas, ou pas pour vous.

# Actes.
record-key-new-title = Créer une clé pour un programme
record-key-new-button = Créer une clé
record-key-new-intro = Le secret n’est montré qu’une fois. Mettez-le aussitôt dans le programme.
record-key-end-title = Mettre fin à la clé
record-key-end-button = Mettre fin à la clé
record-key-end-intro = Le programme ne peut plus entrer. Ce qu’il a écrit reste.
record-rule-edit-title = Fixer combien de temps une trace désigne une personne
record-rule-edit-button = Conserver la règle
record-erasure-new-title = Effacer une personne des traces
record-erasure-new-button = Effacer
record-erasure-new-intro = Les réponses et les heures disparaissent, les chiffres sans personne restent. C’est irréversible.
record-retention-title = Retirer les personnes des anciennes traces
record-retention-button = Les retirer
record-consent-title = Consigner ce qui a été accepté
record-consent-button = Consigner
record-consent-intro = Les leçons et les notes ne demandent aucun accord. Ces usages, si.

# Champs et colonnes.
record-key-new-label = À quoi elle sert
field-record-scopes = Ce qu’elle permet
field-record-ends-on = Dernier jour
field-record-home-page = Adresse qui représente le pays dans les énoncés
field-record-home-page-hint = Elle ne peut plus changer dès qu’il y a des traces.
field-record-kept-years = Années pendant lesquelles une trace désigne sa personne
field-record-basis = Loi ou décision qui la fonde
field-record-learner-code = Le code de l’élève
field-record-learner-code-hint = Comme imprimé sur la carte.
field-record-sure = J’en suis sûr : c’est irréversible
field-record-purpose = Usage
field-record-answer = Réponse
column-record-user = Nom d’utilisateur
column-record-scopes = Permet
column-record-made-on = Fait le
column-record-ends-on = Dernier jour
column-record-key-state = État
column-record-statements = Énoncés
column-record-documents = Documents
column-record-statement = Énoncé
column-record-algorithm = Signé avec
column-record-signature-state = Signature
column-record-certificate = Certificat (SHA-256)

# Vocabulaires.
record-scope-write = écrire des énoncés
record-scope-read-mine = lire ce qu’il a écrit lui-même
record-scope-read = lire des énoncés
record-scope-state = conserver l’état des activités
record-scope-profile = conserver des profils
record-scope-define = décrire des activités
record-scope-all-read = tout lire
record-scope-all = tout
record-key-state-good = en usage
record-key-state-ended = terminée
record-key-state-over = échue
record-purpose-research = Recherche, sans noms
record-purpose-other-programs = Lecture par d’autres programmes
record-answer-given = accepté
record-answer-refused = refusé
record-signature-state-verified = conforme à son certificat
record-signature-state-unverified = ne nomme aucun certificat

shown-record-key = La nouvelle clé : nom d’utilisateur, deux-points, secret
shown-record-key-help = Mettez les deux dans le programme qui s’en servira. Qui les possède peut lire ou écrire des traces dans les limites de la clé.
