evidence-title = Preuves
