"""What many reports say together: readings become one record that keeps who said what. It never opens the language model."""
