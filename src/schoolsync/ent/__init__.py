"""Entering through a school portal: ENT, as they are called in France.

A *portal* is a row of data: its name, its hosts, which family it belongs to, and how we know. A *family* is
the way through portals of one make, written once. The provider hands in a *door*: where its own page is,
where that page sent us, and how to tell that we have arrived. `walk.enter` does the rest.

Where to look:

- `portal` and `families` are the words; `tables` the rows; `directory` finds one by its name or host, and
  `lookup` tells from a school's addresses which one it has.
- `trip` is the one place that sends; `border` decides what may leave for where, `discretion` what may be
  shown.
- `walk` is the way common to all families; `educonnect`, `saml`, `own_pages` and `sentences` are the blocks
  that they share. Every other file is the way of one family.
"""
