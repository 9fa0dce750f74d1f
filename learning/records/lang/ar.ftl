records-id-taken = يوجد سجل آخر بهذا الرقم.
