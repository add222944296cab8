"""Where events took place: from the words of a reading to points on a map, each with the reason why it is that point."""
