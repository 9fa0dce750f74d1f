publications-title = Données ouvertes
