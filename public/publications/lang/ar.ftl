publications-title = البيانات المفتوحة
