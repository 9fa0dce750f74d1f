classes-menu = فصولي
