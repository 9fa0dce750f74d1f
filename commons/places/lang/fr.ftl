
# Titles and lists.
countries-title = Pays
countries-intro = Tous les pays, avec ce que l’on en sait. Ce que personne n’a mesuré est inconnu, et c’est dit.
country-facts-title = Chiffres sur { $country }
country-places-title = Lieux de { $country }
schools-title = Écoles
schools-intro = Les écoles telles que le registre de leur pays les tient. Ce que le registre ne dit pas est inconnu, jamais zéro.
schools-more = Ce que le registre dit encore
places-see-schools = Voir les écoles
places-section-register = Registre des écoles
places-no-register = Ce pays n’a pas encore apporté de registre des écoles.
places-by-department = Écoles par région
places-map-schools = Carte des écoles par région
places-map-borders = Les frontières montrées n’impliquent ni approbation ni acceptation.
places-map-place = Écoles à { $place }
places-map-school = Où se trouve { $school }
places-services = Services des écoles
places-service = Service
places-languages = Langues
places-languages-note = Les parts comptent aussi les langues secondes : leur somme peut dépasser 100 %. Source : Unicode CLDR.
places-speakers = Locuteurs
places-standing = Statut
places-facts = Ce que l’on sait
places-facts-note = Chaque chiffre est le dernier de sa source, avec son année. Un chiffre absent est inconnu.
places-no-facts = On ne sait encore rien.
places-below = Lieux à l’intérieur
places-header = En-tête dans le fichier

# Bringing a register.
school-import-title = Apporter un registre des écoles
school-import-button = Apporter un registre
school-import-intro = Le fichier est d’abord lu sans rien changer : vous voyez chaque ligne refusée et pourquoi, et les lignes qui se ressemblent. Ensuite, vous décidez.
school-import-country = Pays
school-import-register = Registre
school-import-register-hint = CSV, XLSX ou ODS ; une école par ligne, les noms de colonnes sur la première ligne.
school-import-columns = Seuls le code et le nom de l’école sont exigés. Ces colonnes sont connues, en français, anglais, espagnol ou arabe ; les autres ne sont ni lues ni gardées :
school-import-page-title = Registre des écoles, { $country } : lecture
school-import-reading = Le registre est en cours de lecture
school-import-putting = Les écoles sont en cours de reprise
school-import-refused-whole = Le fichier ne peut pas être lu :
school-import-put = Reprises : { $added } nouvelles, { $changed } modifiées, { $same } inchangées, { $left } laissées de côté.
school-import-refused = Lignes refusées
school-import-duplicates = Lignes qui se ressemblent
school-import-remarks = À savoir
school-import-notes = Comment le fichier a été lu
school-import-columns-read = Colonnes lues
school-import-columns-unread = Ni lues ni gardées : { $columns }
school-import-rows =
    { $rows ->
        [one] Une ligne, numéro { $first }.
       *[other] { $rows } lignes, la première porte le numéro { $first }.
    }
school-import-row-numbers = lignes { $rows }
school-import-more =
    { $n ->
        [one] Encore une
       *[other] Encore { $n }
    }
school-import-figure-rows = lignes dans le fichier
school-import-figure-schools = écoles lues
school-import-figure-refused-rows = lignes refusées
school-import-figure-duplicate-groups = groupes qui se ressemblent
school-import-figure-placed = dans un district connu
school-import-figure-placed-in-area = seulement dans une région connue
school-import-figure-placed-in-country = seulement dans le pays
school-import-acceptance-title = Reprendre ce qui a été lu
school-import-acceptance-button = Reprendre ces écoles
school-import-acceptance-intro = Les lignes refusées restent dehors. Les écoles déjà au registre sous le même code sont mises à jour ; aucune n’est retirée.
school-import-acceptance-alike = Lignes qui se ressemblent
school-alike-keep-all = Les garder toutes : ce sont des écoles différentes
school-alike-first-only = Garder la première de chaque groupe, laisser les autres
school-alike-code = Même code
school-alike-survey = Même fiche d’enquête
school-alike-name-near = Même nom et niveau, tout près
school-alike-name-and-place = Même nom et niveau au même lieu
places-nothing-to-take = Aucune ligne n’a pu être lue : il n’y a rien à reprendre. Corrigez le fichier et apportez-le de nouveau.
places-still-reading = Le registre est encore en lecture. Revenez quand elle sera finie.
places-already-taken = C’est la reprise elle-même ; elle est déjà décidée.

# Why a row is refused.
places-code-repeated = Ligne { $row } : le code { $code } figure déjà à la ligne { $first }. Deux écoles ne peuvent pas partager un code.
places-year-strange = Ligne { $row } : { $year } ne peut pas être l’année de ces nombres.
places-gps-unreadable = Ligne { $row } : « { $gps } » n’est pas une position. Écrivez la latitude, puis la longitude, en degrés décimaux.
places-gps-zero = Ligne { $row } : la position « { $gps } » tombe en mer au large de l’Afrique ; elle n’a sans doute jamais été mesurée. Laissez la case vide.
places-gps-swapped = Ligne { $row } : latitude et longitude de « { $gps } » sont inversées.
places-gps-outside = Ligne { $row } : la position « { $gps } » est hors du pays.
places-outside-your-places = Ligne { $row } : { $place } est hors des lieux pour lesquels vous parlez.

# What the owner of a register should know.
places-remark-no-name = Le nom manque : l’école est montrée sous son code.
places-remark-learners-differ = Le total des élèves ne correspond pas aux filles et aux garçons ; les trois sont gardés tels quels.
places-remark-teachers-differ = Le total des enseignants ne correspond pas aux femmes et aux hommes ; les trois sont gardés tels quels.
places-remark-level-unknown = Le niveau « { $level } » n’est pas connu : gardé tel quel, le niveau d’enseignement reste inconnu.
places-remark-area-unknown = « { $area } » ne dit ni rural ni urbain : cela reste inconnu.
places-remark-rural-derived = Le caractère rural a été déduit : moins de dix autres écoles à deux kilomètres. C’est une estimation, marquée comme telle.
places-remark-no-gazetteer = Les lieux de ce pays ne sont pas encore connus ici : les écoles sont rattachées au pays. Demandez au secrétariat d’apporter sa liste des lieux.
places-remark-code-unknown = Le code de lieu { $code } n’est pas connu : l’école est rattachée au pays.
places-remark-district-unknown = « { $name } » n’est pas connu dans « { $area } » : l’école est rattachée au lieu plus grand.
places-remark-district-several = Plusieurs lieux de « { $area } » s’appellent « { $name } » : l’école est rattachée au lieu plus grand.
places-remark-area-not-found = La région « { $area } » n’est pas connue : l’école est rattachée au pays.
places-remark-no-place = Aucun lieu n’est donné : l’école est rattachée au pays.
places-remark-more = Il y a plus à savoir que ce qui est listé ici.

# Why a gazetteer is refused.
places-code-twice = Le code { $code } figure deux fois.
places-parent-missing = { $code } n’a pas de parent et n’est pas un pays.
places-cycle = { $code } se contient lui-même : ses parents tournent en rond.
places-parent-unknown = Le parent { $parent } de { $code } n’est pas connu.
places-not-below-parent = { $code } doit être d’un niveau inférieur à son parent { $parent }.
places-other-country = { $code } et son parent { $parent } sont dans des pays différents.

# Columns.
column-region = Région
column-income-group = Groupe de revenu
column-ldc = Pays moins avancé
column-landlocked = Sans littoral
column-schools = Écoles
column-learners = Élèves
column-learners-unknown = Écoles sans nombre d’élèves
column-iso3 = Code à trois lettres
column-indicator = Indicateur
column-value = Valeur
column-year = Année
column-level = Niveau
column-parent = Se trouve dans
column-aliases = Aussi appelé
column-department = Région administrative
column-levels = Niveaux d’enseignement
column-learners-girls = Filles
column-learners-boys = Garçons
column-teachers = Enseignants
column-teachers-female = Enseignantes
column-teachers-male = Enseignants hommes
column-water = Eau
column-internet = Internet
column-electricity = Électricité
column-computers = Ordinateurs
column-rural = Rural
column-rural-basis = D’où vient « rural »
column-longitude = Longitude
column-latitude = Latitude
column-row = Ligne
column-rows = Lignes
column-column = Colonne
column-shared = Ce qu’elles partagent

# Filters.
field-department = Région administrative
field-level = Niveau d’enseignement
field-water = Eau
field-internet = Internet
field-electricity = Électricité
field-computers = Ordinateurs
field-region = Région
field-income-group = Groupe de revenu
three-yes = Oui
three-no = Non
three-unknown = Inconnu

# Codes.
isced-0 = Petite enfance
isced-1 = Primaire
isced-2 = Premier cycle du secondaire
isced-3 = Second cycle du secondaire
isced-4 = Postsecondaire non supérieur
isced-5 = Supérieur de cycle court
isced-6 = Licence
isced-7 = Master
isced-8 = Doctorat
rural-basis-written = Le registre le dit
rural-basis-density = Estimé d’après les écoles alentour
fact-source-gapminder = Gapminder, Systema Globalis (CC BY 4.0)
fact-source-education-recovery-tracker = Global Education Recovery Tracker : université Johns-Hopkins, Banque mondiale, UNICEF (CC BY 4.0)
language-standing-official = Officielle
language-standing-official-regional = Officielle dans une région
language-standing-de-facto-official = Officielle de fait
school-attribute-address = Adresse
school-attribute-ward = Quartier
school-attribute-status = Gestion
school-attribute-level = Niveau tel qu’écrit
school-attribute-survey = Fiche d’enquête
school-attribute-grid = Raccordée au réseau électrique
income-group-low-income = Revenu faible
income-group-lower-middle-income = Revenu intermédiaire, tranche inférieure
income-group-upper-middle-income = Revenu intermédiaire, tranche supérieure
income-group-high-income = Revenu élevé
region-australia-and-new-zealand = Australie et Nouvelle-Zélande
region-central-and-southern-asia = Asie centrale et Asie du Sud
region-eastern-and-south-eastern-asia = Asie de l’Est et du Sud-Est
region-europe-and-northern-america = Europe et Amérique du Nord
region-latin-america-and-the-caribbean = Amérique latine et Caraïbes
region-northern-africa-and-western-asia = Afrique du Nord et Asie de l’Ouest
region-oceania-exc-australia-and-new-zealand = Océanie sans l’Australie ni la Nouvelle-Zélande
region-sub-saharan-africa = Afrique subsaharienne
place-kind-area = Région
place-kind-cadastre = Cadastre
place-kind-country = Pays
place-kind-county = Comté
place-kind-department = Département
place-kind-district = District
place-kind-governorate = Gouvernorat
place-kind-municipality = Commune
place-kind-sub-county = Sous-comté
indicator-internet-users-percent = Personnes qui utilisent internet
indicator-broadband-per-100 = Abonnements au haut débit pour 100 personnes
indicator-cell-phones-per-100 = Abonnements de téléphone mobile pour 100 personnes
indicator-rural-percent = Personnes vivant à la campagne
indicator-basic-water-percent = Personnes ayant au moins l’eau de base
indicator-home-electricity-kwh-per-person = Électricité consommée à la maison par personne, en kWh
indicator-personal-computers-per-100 = Ordinateurs personnels pour 100 personnes
indicator-extreme-poverty-percent = Personnes dans l’extrême pauvreté
indicator-out-of-school-primary = Enfants d’âge primaire non scolarisés
indicator-out-of-school-primary-girls = Filles d’âge primaire non scolarisées
indicator-out-of-school-primary-boys = Garçons d’âge primaire non scolarisés
indicator-girls-per-boy-enrolled = Filles inscrites pour un garçon
indicator-primary-completion-percent = Enfants qui achèvent le primaire
indicator-youth-literacy-percent = Jeunes qui savent lire et écrire
indicator-youth-literacy-girls-percent = Jeunes femmes qui savent lire et écrire
indicator-population = Population
indicator-population-0-14 = Population de 0 à 14 ans
indicator-enrolled-preprimary = Élèves inscrits, préprimaire
indicator-enrolled-preprimary-girls = Filles inscrites, préprimaire
indicator-enrolled-preprimary-boys = Garçons inscrits, préprimaire
indicator-enrolled-primary = Élèves inscrits, primaire
indicator-enrolled-primary-girls = Filles inscrites, primaire
indicator-enrolled-primary-boys = Garçons inscrits, primaire
indicator-enrolled-lower-secondary = Élèves inscrits, premier cycle du secondaire
indicator-enrolled-lower-secondary-girls = Filles inscrites, premier cycle du secondaire
indicator-enrolled-lower-secondary-boys = Garçons inscrits, premier cycle du secondaire
indicator-enrolled-upper-secondary = Élèves inscrits, second cycle du secondaire
indicator-enrolled-upper-secondary-girls = Filles inscrites, second cycle du secondaire
indicator-enrolled-upper-secondary-boys = Garçons inscrits, second cycle du secondaire
indicator-age-group-preprimary = Population en âge, préprimaire
indicator-age-group-primary = Population en âge, primaire
indicator-age-group-primary-girls = Filles en âge, primaire
indicator-age-group-primary-boys = Garçons en âge, primaire
indicator-age-group-lower-secondary = Population en âge, premier cycle du secondaire
indicator-age-group-upper-secondary = Population en âge, second cycle du secondaire
indicator-learning-poverty-percent = Pauvreté des apprentissages : enfants de dix ans qui ne savent pas lire un texte simple
indicator-primary-schools-with-internet-percent = Écoles primaires ayant internet
indicator-lower-secondary-schools-with-internet-percent = Établissements du premier cycle secondaire ayant internet
indicator-upper-secondary-schools-with-internet-percent = Établissements du second cycle secondaire ayant internet
