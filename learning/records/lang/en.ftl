records-id-taken = Another record has this number already.
