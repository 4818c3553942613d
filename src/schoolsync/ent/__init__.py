"""Entering through a school portal: ENT, as they are called in France.

A *portal* is a row of data: its name, its hosts, which family it belongs to, and how we know. A *family* is
the way through portals of one make, written once. The provider hands in a *door*: where its own page is,
where that page sent us, and how to tell that we have arrived. `walk.enter` does the rest.

`portal` and `families` are the words, `directory` the rows, `border` what may leave for where, `trip` the one
place that sends, `walk` the way common to all families, `educonnect`, `saml` and `own_pages` the blocks that
they share; every other file is one family, or looks something up.
"""
