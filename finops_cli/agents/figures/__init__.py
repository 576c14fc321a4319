"""The check of a prose: are its figures those of the Answers?"""
