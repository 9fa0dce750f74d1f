classes-menu = Mes classes
