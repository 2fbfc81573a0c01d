"""How dates and numbers are typed and shown where Django's own Vietnamese formats say nothing or differ."""
