# Les mots des refus et des remarques de sheets. Ce qui n’allait pas, où, et que faire.

## Le fichier entier
sheets-empty = Le fichier est vide. Choisissez un fichier qui contient un tableau avec une ligne d’en-têtes.
sheets-too-big = Le fichier fait { $bytes } octets ; le maximum est { $limit }. Divisez-le en fichiers plus petits.
sheets-unpacked-too-big = Décompressé, le fichier dépasse { $limit } octets. Divisez-le en fichiers plus petits.
sheets-too-many-rows = Le fichier a plus de { $limit } lignes. Divisez-le en fichiers plus petits.
sheets-too-many-columns = La ligne { $row } a plus de { $limit } colonnes. Supprimez les colonnes inutiles.
sheets-too-many-cells = Le fichier a plus de { $limit } cellules. Divisez-le en fichiers plus petits.
sheets-cell-too-long = Ligne { $row }, colonne { $column } : la cellule dépasse { $limit } octets. Raccourcissez-la, ou cherchez un guillemet qui n’est pas fermé.
sheets-broken = Le fichier ne peut pas être lu jusqu’au bout ({ $format } : { $detail }). Enregistrez-le de nouveau, ou renvoyez-le.
sheets-encoding = Le fichier dit être en { $encoding }, mais certaines lettres sont abîmées. Enregistrez-le de nouveau en UTF-8.
sheets-old-excel = Le fichier est protégé par un mot de passe ou d’un ancien format Excel. Enregistrez-le sans mot de passe en XLSX.
sheets-web-page = Le fichier est une page web ou du XML, pas un tableau. Ouvrez-le dans un tableur et enregistrez-le en XLSX.
sheets-not-a-table = Le fichier n’est ni CSV, ni XLSX, ni ODS. Enregistrez le tableau dans l’un de ces formats.
sheets-no-sheet = Il n’y a pas de feuille visible « { $wanted } » dans le fichier. Il contient : { $found }. Choisissez-en une.
sheets-quote-open = Ligne { $row } : un guillemet est ouvert et jamais fermé. Fermez-le, ou écrivez-le deux fois.
sheets-row-ragged = La ligne { $row } a { $found } cellules ; l’en-tête en a { $expected }. Cherchez un séparateur manquant ou en trop.
sheets-more = Et { $count } autres de ce genre. Corrigez ceux qui sont montrés, puis réessayez.

## L’en-tête
sheets-header-empty = La colonne { $column } n’a pas d’en-tête, mais la ligne { $filled } y a une valeur. Nommez la colonne, ou supprimez-la.
sheets-header-twice = L’en-tête « { $column } » se trouve dans la colonne { $first } et dans la colonne { $second }. Donnez un autre nom à l’une d’elles.
sheets-header-merged = L’en-tête des colonnes { $column } à { $last } de la ligne { $row } est fusionné, sans noms en dessous. Défusionnez-le et nommez chaque colonne.
sheets-column-missing = La colonne « { $wanted } » manque. Le fichier contient : { $found }. Ajoutez-la, ou donnez ce nom à la bonne colonne.
sheets-column-double = Deux colonnes peuvent être « { $wanted } » : { $first } et { $second }. Renommez ou supprimez l’une d’elles.
sheets-column-shared = La colonne « { $column } » est demandée deux fois : comme « { $wanted } » et comme « { $other } ». Utilisez une colonne pour chacune.
sheets-column-undeclared = L’importation demande une colonne « { $wanted } » qu’elle n’a pas déclarée. Merci de signaler cette panne.

## Les cellules d’un classeur
sheets-formula-empty = La cellule { $place } contient une formule sans valeur. Ouvrez le fichier dans un tableur, laissez-le calculer, et enregistrez-le.
sheets-cell-error = La cellule { $place } contient l’erreur { $error }. Corrigez la formule, ou écrivez la valeur.

## Les valeurs
sheets-cell-empty = Ligne { $row }, « { $column } » : la cellule est vide. Remplissez-la.
sheets-text-long = Ligne { $row }, « { $column } » : le texte dépasse { $max } lettres. Raccourcissez-le.
sheets-number = Ligne { $row }, « { $column } » : « { $value } » n’est pas un nombre. N’écrivez que des chiffres, ou laissez la cellule vide si on ne sait pas.
sheets-whole = Ligne { $row }, « { $column } » : « { $value } » n’est pas un nombre entier. Écrivez-le sans décimales.
sheets-negative = Ligne { $row }, « { $column } » : « { $value } » est inférieur à zéro. Écrivez le vrai nombre, ou laissez la cellule vide si on ne sait pas.
sheets-small = Ligne { $row }, « { $column } » : « { $value } » est trop petit. Le minimum est { $min }.
sheets-large = Ligne { $row }, « { $column } » : « { $value } » est trop grand. Le maximum est { $max }.
sheets-number-ambiguous = Ligne { $row }, « { $column } » : « { $value } » peut vouloir dire des milliers ou des décimales. Écrivez-le sans séparateur de milliers.
sheets-number-shortened = Ligne { $row }, « { $column } » : « { $value } » a perdu des chiffres. Mettez la colonne au format nombre ou texte, et écrivez-le en entier.
sheets-day = Ligne { $row }, « { $column } » : « { $value } » n’est pas un jour. Écrivez année-mois-jour, comme 2026-03-09.
sheets-day-ambiguous = Ligne { $row }, « { $column } » : dans « { $value } », chacun des deux nombres peut être le mois. Écrivez année-mois-jour, comme 2026-03-09.
sheets-day-short-year = Ligne { $row }, « { $column } » : « { $value } » a une année à deux chiffres. Écrivez-en quatre.
sheets-yes-no = Ligne { $row }, « { $column } » : « { $value } » n’est ni oui ni non. Écrivez oui ou non, ou laissez la cellule vide si on ne sait pas.
sheets-code-unknown = Ligne { $row }, « { $column } » : « { $value } » n’est pas dans la liste. Écrivez l’un de : { $codes }.
sheets-longitude = Ligne { $row }, « { $column } » : « { $value } » n’est pas une longitude. Écrivez des degrés de -180 à 180.
sheets-latitude = Ligne { $row }, « { $column } » : « { $value } » n’est pas une latitude. Écrivez des degrés de -90 à 90.
sheets-place-swapped = Ligne { $row } : la longitude { $longitude } et la latitude { $latitude } semblent échangées. Échangez-les.
sheets-place-outside = Ligne { $row } : la longitude { $longitude }, latitude { $latitude } est hors de la zone. Corrigez-les, ou laissez les deux vides.
sheets-place-half = Ligne { $row } : « { $column } » est vide, mais l’autre coordonnée est donnée. Écrivez les deux, ou aucune.
sheets-place-zero = Ligne { $row } : longitude 0, latitude 0 est un lieu en mer. Laissez les deux vides si le lieu n’est pas connu.

## Les remarques
sheets-note-encoding = Le fichier a été lu en { $encoding }. Vérifiez que les lettres accentuées sont justes.
sheets-note-sheet-read = La feuille « { $sheet } » a été lue.
sheets-note-sheet-left = La feuille « { $sheet } » n’a pas été lue.
sheets-note-sheet-hidden = La feuille masquée « { $sheet } » n’a pas été lue.
sheets-note-rows-hidden = Lignes masquées : { $count }, la première est la ligne { $row }. Elles ont été lues comme les autres ; vérifiez qu’elles font partie du tableau.
sheets-note-columns-hidden = Colonnes masquées : { $columns }. Elles ont été lues comme les autres.
sheets-note-rows-above = Lignes au-dessus de l’en-tête : { $count }. Elles ont été laissées de côté ; l’en-tête est la ligne { $row }.
sheets-note-header-joined = L’en-tête de la ligne { $row } a des cellules fusionnées ; chaque nom a été joint à celui d’en dessous.
sheets-note-tags = La ligne { $row } contient des étiquettes HXL et n’est pas une ligne de valeurs.
sheets-note-no-rows = Il y a un en-tête, mais aucune ligne en dessous.
sheets-note-cells-merged = Cellules fusionnées sous l’en-tête : { $count }, la première à la ligne { $row }. Leur valeur ne compte que pour la première cellule.
sheets-note-decoded-twice = Du texte aux accents abîmés a été réparé : { $count } cellules, la première est { $place } (« { $example } »). Vérifiez que c’est juste.
sheets-note-formulas = Cellules avec formule : { $count }, la première est { $place }. Les valeurs enregistrées dans le fichier ont été utilisées.
sheets-note-formula-text = Cellules qui ressemblent à une formule : { $count }, la première est { $place } (« { $example } »). Elles ont été gardées comme texte.
