-- The store of many pages, schema version 1. What each table and column means stands in docs/corpus.md.

CREATE TABLE about (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);      -- schema_version, tool_version

CREATE TABLE runs (
    run INTEGER PRIMARY KEY,                 -- 1, 2, 3 …
    started TIMESTAMP NOT NULL,              -- UTC
    finished TIMESTAMP NOT NULL,
    signature JSON NOT NULL,                 -- tool version, glossary, rules, options, as of the summary of a check
    pages INTEGER NOT NULL,                  -- that this run added or replaced
    unchanged INTEGER NOT NULL,              -- that the store already held, checked in the same way
    errors INTEGER NOT NULL
);

CREATE TABLE documents (
    document BIGINT PRIMARY KEY,
    path VARCHAR NOT NULL,
    record VARCHAR NOT NULL,                 -- '' where the file is one page
    run INTEGER NOT NULL,                    -- that checked it last
    page VARCHAR NOT NULL,                   -- the record of its page: as `record`, but for one of several texts of a page
    page_key VARCHAR NOT NULL,               -- of its bytes and of what it was checked with
    exact VARCHAR,                           -- a hash of the page's folded text, null without words
    near BIGINT,                             -- its simhash less 2 to the 63rd, null for a short page
    site VARCHAR NOT NULL,                   -- host of the address; else the first folder of the path; else ''
    section VARCHAR NOT NULL,                -- first folder of the address, below the site; else ''
    date VARCHAR,                            -- ISO, as far as known: 2021, 2021-03, 2021-03-05
    words INTEGER NOT NULL,
    subject VARCHAR NOT NULL,
    triage VARCHAR NOT NULL,
    reasons VARCHAR[] NOT NULL,
    duplicate_of BIGINT,                     -- the document whose text this one repeats; it has no mentions or findings
    UNIQUE (path, record)
);

CREATE TABLE metrics (document BIGINT NOT NULL, name VARCHAR NOT NULL, value DOUBLE NOT NULL);

CREATE TABLE mentions (                      -- one row for each rendering of a concept on a page
    document BIGINT NOT NULL,
    concept VARCHAR NOT NULL,
    zh VARCHAR NOT NULL,
    rendering VARCHAR NOT NULL,              -- as counted by the report of a check: folded
    status VARCHAR NOT NULL,                 -- preferred, admitted, abbreviation, short, wrong, deprecated, pattern …
    count INTEGER NOT NULL
);

CREATE TABLE findings (
    document BIGINT NOT NULL,
    number INTEGER NOT NULL,                 -- within the document, by place
    rule VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    category VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    confidence VARCHAR NOT NULL,
    concept VARCHAR,
    zh VARCHAR,
    quote VARCHAR NOT NULL,
    suggestion VARCHAR,
    count INTEGER NOT NULL,
    fingerprint VARCHAR NOT NULL,
    since INTEGER NOT NULL,                  -- the first run that found it on this page
    object JSON NOT NULL                     -- the whole finding, as in `--format jsonl`
);

CREATE TABLE texts (                         -- absent rows where the store was made with --no-texts
    document BIGINT NOT NULL,
    text VARCHAR NOT NULL,                   -- what the offsets of the findings count in
    source VARCHAR                           -- the Chinese beside it
);

CREATE TABLE errors (run INTEGER NOT NULL, path VARCHAR NOT NULL, record VARCHAR NOT NULL, reason VARCHAR NOT NULL, message VARCHAR NOT NULL);

CREATE TABLE history (                       -- the store as a whole at the end of each run
    run INTEGER NOT NULL,
    kind VARCHAR NOT NULL,                   -- 'rendering' (key: concept, detail: rendering), 'rule' (key: code), 'triage' (key: verdict), 'total'
    key VARCHAR NOT NULL,
    detail VARCHAR NOT NULL,
    pages INTEGER NOT NULL,
    places INTEGER NOT NULL
);
