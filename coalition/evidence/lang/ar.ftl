evidence-title = الأدلّة
