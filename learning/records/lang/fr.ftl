records-id-taken = Un autre enregistrement porte déjà ce numéro.
