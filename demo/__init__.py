"""Fictional authorities: what they decide, their sites and delta feeds, and a server that shows them on loopback.

Enters: a seed and a size (zittingen per organ). Leaves: a folder of plain HTML pages and JSON delta files, and a server
that shows that folder. The same seed and size give the same bytes. Nothing here is real: no bestuur, no person, no
rijksregisternummer. May not be imported by any other package.

    dice       numbers and choices that follow from a seed, the same on every Python
    names      parts of names of places, persons, streets, associations
    codes      the code lists that the register uses
    model      what the world consists of (frozen dataclasses)
    besturen   seed → besturen with organen, mandaten, mandatarissen, leidinggevenden
    topics     texts of decisions (with topics_raad, topics_college)
    rhythm     when the organs meet
    generate   seed, size → World; zittingen one at a time
    lblodweb   a zitting → pages in the markup of the first platform
    raadpleeg  a zitting → pages in the markup of the second platform
    pages      World → files
    register   World → delta files; planted private values
    server     a folder → http://127.0.0.1:PORT
"""
