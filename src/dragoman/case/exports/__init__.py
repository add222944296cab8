"""Ways in which a case leaves dragoman: lines that give the same case back, flat tables, the columns of other data sets."""
