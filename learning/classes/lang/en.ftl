classes-menu = My classes
