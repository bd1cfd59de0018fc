"""Public search over published pages, one index per language.

A page changes   signals -> outbox.mark (in the publishing transaction) -> indexing.drain -> documents -> backends
A visitor asks   views.results -> forms.SearchForm -> answering -> queries -> backends -> templates/search/results.html
The engine fails answering -> breaker (leaves it alone for a while) -> standby (the embedded index of this machine)
A visitor types   views.suggest -> suggesting -> backends -> static/js/search.js
All again        manage.py rebuild_search [language ...]: building aside, swaps, reconciles what changed meanwhile
In step?         manage.py search_status: what is missing, extra or stale, and how long changes have been waiting

Where things are
  understanding  the question in other words: editors' synonyms, the glossary's terms in all languages
  wordings    these in the engine's query
  curation    recommended pages above the results
  documents   page -> PageDocument, from the page's own ``search_fields``; the only such place
  visibility  which pages visitors may find: one queryset, asked by everybody
  scripts     which language a query is in, by its characters
  keyboard    Hangul and the keys it is typed with, the wrong layout
  particles   Korean particles, which are no part of what is sought
  kana        Japanese by how it is read
  letters     text as it is typed: half a word, half a syllable
  suggesting  what is suggested while a question is typed
  themes      names of themes, cached
  spelling    the question as it was probably meant
  ways_on     where to go from a question: what was meant, other languages, fewer words
  similar     pages like the one that is read, at its foot; similar_queries: the engine's query for them
  withdrawals what was withdrawn a moment ago, left out of answers that still name it
  folding     one form for characters that mean the same: width, case, accents, Traditional and Simplified
  analysis    language -> analyzers and mapping of the engine, one row each
  outbox      which pages changed, with a version that never goes back
  indexing    drain, index_page, remove_page, index_subtree, rebuild: the only writers of an engine
  building    an index built aside from all pages, in batches; progress: how far it is
  standby     the index that stands in for the engine on this machine, kept by this machine's worker
  answering   the engine within a visitor's time, else the standby; breaker: sparing an engine that fails
  status      what the index says against what is published
  queries     SearchRequest -> the engine's query; pure
  facets      what a search can be narrowed by, and where calls and events stand at a moment, for every engine
  narrowing   facets, their counts and sorting as Elasticsearch's clauses; pure
  timeliness  how time moves a page up or down, each factor with its reason
  choices     facets as a reader meets them: names in the query string, labels; facet_lists, addresses
  reading     which languages a reader also reads, in a cookie
  relevance   what was typed -> which pages match it, and how well; pure
  evaluation  corpora with known answers asked through the public search; judged: the network's own queries
  attachments the files a page offers, and attachment_queries: finding a page by them
  document_texts, extraction, decoding, layout: files of documents -> their texts, read by the worker
  admin_backend the admin's own search, on the database
  snippets    text with its matches marked, never HTML; graphemes: where it may be cut
  visitors    who asks, without keeping who: the address as a hash of the day, in a cache only
  rate_limit  how often one visitor may ask; bounds: how much
  log         what was looked for and whether it was found, without anything about who looked
  reports     the same counted, for editors
  judging     editors judge what is found: their choices, how well readers are answered by them, files of them
  backends    base (the Protocol), elasticsearch, embedded (one SQLite file)
"""
