-- Takes the rows of a run into the store, in one transaction. `checked` holds the rows, `paths` the files read to their
-- end, $run the number of the run.

-- The documents of the run with the number that each has or is given. Two of one name: the first counts.
CREATE TEMP TABLE placed AS
WITH coming AS (
    SELECT number, part, state, path, record, page, page_key, exact, near, duplicate_path, duplicate_record
    FROM checked WHERE state IN ('checked', 'duplicate')
    QUALIFY row_number() OVER (PARTITION BY path, record ORDER BY number, part) = 1
)
SELECT c.*, d.page_key AS old_key, d.duplicate_of AS old_first,
    d.document IS NOT NULL AND (d.exact IS DISTINCT FROM c.exact OR d.near IS DISTINCT FROM c.near) AS other_text,
    coalesce(
        d.document,
        (SELECT coalesce(max(document), 0) FROM documents)
            + row_number() OVER (PARTITION BY d.document IS NULL ORDER BY c.number, c.part)
    ) AS document
FROM coming c LEFT JOIN documents d USING (path, record);

-- With the document that each repeats, and whether it is as the store has it: checked again were it for nothing else.
CREATE TEMP TABLE taken AS
SELECT p.*, first, p.state = 'duplicate' AND coalesce(p.old_key = p.page_key AND p.old_first = first, false) AS same
FROM (
    SELECT p.*, coalesce(f.document, d.document) AS first
    FROM placed p
    LEFT JOIN placed f ON f.path = p.duplicate_path AND f.record = p.duplicate_record
    LEFT JOIN documents d ON d.path = p.duplicate_path AND d.record = p.duplicate_record
) p;

CREATE TEMP TABLE met AS
SELECT path, page, bool_or(state NOT IN ('error', 'unchanged')) AS replaced FROM checked GROUP BY path, page;

-- Documents that are no more: of pages that have others now, and of pages that a file no longer holds.
CREATE TEMP TABLE gone AS
SELECT d.document FROM documents d
LEFT JOIN met m ON m.path = d.path AND m.page = d.page
LEFT JOIN placed p ON p.document = d.document
WHERE p.document IS NULL AND (m.replaced OR (m.path IS NULL AND d.path IN (SELECT path FROM paths)));

-- Pages from elsewhere that repeat a page which is no more, or has another text now: nothing is known of them any more.
CREATE TEMP TABLE orphans AS
SELECT d.document FROM documents d
LEFT JOIN met m ON m.path = d.path AND m.page = d.page
WHERE m.path IS NULL AND d.document NOT IN (SELECT document FROM gone) AND d.duplicate_of IN (
    SELECT document FROM gone UNION ALL SELECT document FROM placed WHERE other_text
);

CREATE TEMP TABLE since AS
SELECT document, rule, fingerprint, min(f.since) AS since FROM findings f
WHERE document IN (SELECT document FROM taken WHERE NOT same) GROUP BY ALL;

CREATE TEMP TABLE cleared AS
SELECT document FROM taken WHERE NOT same AND old_key IS NOT NULL
UNION ALL SELECT document FROM gone UNION ALL SELECT document FROM orphans;

DELETE FROM metrics WHERE document IN (SELECT document FROM cleared);
DELETE FROM mentions WHERE document IN (SELECT document FROM cleared);
DELETE FROM findings WHERE document IN (SELECT document FROM cleared);
DELETE FROM texts WHERE document IN (SELECT document FROM cleared);
DELETE FROM documents WHERE document IN (SELECT document FROM gone UNION ALL SELECT document FROM orphans);

INSERT INTO documents BY NAME
SELECT t.document, t.path, t.record, $run AS run, t.page, t.page_key, c.exact, c.near, c.site, c.section, c.date,
    c.words, c.subject, c.triage, c.reasons, t.first AS duplicate_of
FROM taken t JOIN checked c ON c.number = t.number AND c.part = t.part AND c.state = t.state
WHERE NOT t.same ORDER BY t.document
ON CONFLICT (document) DO UPDATE SET run = excluded.run, page = excluded.page, page_key = excluded.page_key,
    exact = excluded.exact, near = excluded.near, site = excluded.site, section = excluded.section,
    date = excluded.date, words = excluded.words, subject = excluded.subject, triage = excluded.triage,
    reasons = excluded.reasons, duplicate_of = excluded.duplicate_of;

-- What repeated a page that itself repeats another one now.
UPDATE documents SET duplicate_of = f.duplicate_of FROM documents f
WHERE f.document = documents.duplicate_of AND f.duplicate_of IS NOT NULL;

INSERT INTO metrics
SELECT document, m.name, m.value FROM (
    SELECT t.document, unnest(c.metrics) AS m
    FROM checked c JOIN taken t ON c.number = t.number AND c.part = t.part AND c.state = t.state WHERE NOT t.same
);

INSERT INTO mentions
SELECT document, m.concept, m.zh, m.rendering, m.status, m.count FROM (
    SELECT t.document, unnest(c.mentions) AS m
    FROM checked c JOIN taken t ON c.number = t.number AND c.part = t.part AND c.state = t.state WHERE NOT t.same
);

INSERT INTO findings
SELECT f.document, f.f.number, f.f.rule, f.f.name, f.f.category, f.f.severity, f.f.confidence, f.f.concept, f.f.zh,
    f.f.quote, f.f.suggestion, f.f.count, f.f.fingerprint, coalesce(s.since, $run), f.f.object
FROM (
    SELECT t.document, unnest(c.findings) AS f
    FROM checked c JOIN taken t ON c.number = t.number AND c.part = t.part AND c.state = t.state WHERE NOT t.same
) f LEFT JOIN since s ON s.document = f.document AND s.rule = f.f.rule AND s.fingerprint = f.f.fingerprint;

INSERT INTO texts
SELECT t.document, c.text, c.source
FROM checked c JOIN taken t ON c.number = t.number AND c.part = t.part AND c.state = t.state
WHERE NOT t.same AND c.text IS NOT NULL;

INSERT INTO errors
SELECT $run, path, record, reason, message FROM checked WHERE state = 'error' ORDER BY number, part;

INSERT INTO history
SELECT $run, 'rendering', concept, rendering, count(*), sum(count) FROM mentions GROUP BY concept, rendering
UNION ALL
SELECT $run, 'rule', rule, '', count(DISTINCT document), sum(count) FROM findings GROUP BY rule
UNION ALL
SELECT $run, 'triage', triage, '', count(*), 0 FROM documents WHERE duplicate_of IS NULL GROUP BY triage
UNION ALL
SELECT $run, 'total', '', '', count(*), coalesce((SELECT sum(count) FROM findings), 0)
FROM documents WHERE duplicate_of IS NULL;
