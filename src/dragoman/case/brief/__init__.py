"""The brief: what a case comes to on a day, as plain sentences, each with the sentences of the reports that it rests on."""
