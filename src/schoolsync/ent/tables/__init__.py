"""The rows of the directory, by make of portal. Nothing but data: `directory` reads them.

`kosmos` and `kosmos_local`, `edifice` and `edifice_local` are the two great makes, with EduConnect and with
accounts of their own; `others` is everything else that may be walked, `retired` what is over. Rows that are
one portal under several names share the very object of their settings: that is how it is seen to be meant.

Dates are those of the evidence. What an evidence calls a guess was concluded, and seen by nobody.
"""
