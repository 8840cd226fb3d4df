-- Which pages of a run on Spark repeat another one: the rows in `raw` as they are for `checked`, of which the first page
-- with a text is checked and the others are its duplicates. Pages of the store that do not come in this run (`listed`
-- are the paths that do) stand before all.

CREATE TEMP TABLE texts_of_pages AS
SELECT path, page, any_value(exact) AS exact, min(number) AS number FROM raw WHERE state = 'checked' GROUP BY path, page
UNION ALL
SELECT path, page, any_value(d.exact), min(r.number) FROM raw r JOIN documents d USING (path, page)
WHERE r.state = 'unchanged' GROUP BY path, page
UNION ALL
SELECT path, page, any_value(exact), min(document) - (1::BIGINT << 62) FROM documents
WHERE duplicate_of IS NULL AND path NOT IN (SELECT path FROM listed) GROUP BY path, page;

CREATE TEMP TABLE repeats AS
SELECT path, page, number, first_path, first_page FROM (
    SELECT path, page, number, first_value(path) OVER same AS first_path, first_value(page) OVER same AS first_page
    FROM texts_of_pages WHERE exact IS NOT NULL WINDOW same AS (PARTITION BY exact ORDER BY number)
) WHERE number >= 0 AND (path, page) <> (first_path, first_page);

CREATE TEMP TABLE plain AS
SELECT number, part, path, record, page, page_key, exact, near, site, section, date, words, subject, triage, reasons
FROM raw WHERE state = 'checked'
UNION ALL
SELECT r.number, (row_number() OVER (PARTITION BY path, page ORDER BY d.document) - 1)::INTEGER, path, d.record, page,
    d.page_key, d.exact, d.near, d.site, d.section, d.date, d.words, d.subject, d.triage, d.reasons
FROM raw r JOIN documents d USING (path, page) WHERE r.state = 'unchanged';

-- A page that repeats another has its documents, under its own name, and what is known of them.
CREATE TEMP TABLE duplicates AS
WITH firsts AS (
    SELECT path, page, record, part, words, subject, date, triage, reasons FROM plain
    UNION ALL
    SELECT path, page, record, row_number() OVER (PARTITION BY path, page ORDER BY document), words, subject, date,
        triage, reasons
    FROM documents d WHERE NOT EXISTS (FROM plain p WHERE p.path = d.path AND p.page = d.page)
), named AS (
    SELECT *, CASE WHEN page = '' THEN record WHEN record = page THEN '' ELSE substr(record, len(page) + 3) END AS inside
    FROM firsts
), own AS (
    SELECT path, page, any_value(page_key) AS page_key, any_value(exact) AS exact, any_value(near) AS near,
        any_value(site) AS site, any_value(section) AS section
    FROM plain GROUP BY path, page
)
SELECT 'duplicate' AS state, r.number, f.part::INTEGER AS part, r.path, r.page,
    concat_ws(': ', nullif(r.page, ''), nullif(f.inside, '')) AS record, o.page_key, o.exact, o.near, o.site, o.section,
    f.date, f.words, f.subject, f.triage,
    list_prepend('repeats ' || f.path || if(f.record = '', '', ' [' || f.record || ']'), f.reasons) AS reasons,
    f.path AS duplicate_path, f.record AS duplicate_record
FROM repeats r
JOIN own o ON o.path = r.path AND o.page = r.page
JOIN named f ON f.path = r.first_path AND f.page = r.first_page;

CREATE TEMP VIEW checked AS
SELECT r.* FROM raw r LEFT JOIN repeats f ON f.path = r.path AND f.page = r.page
WHERE f.path IS NULL OR r.state NOT IN ('checked', 'unchanged')
UNION ALL BY NAME
SELECT * FROM duplicates;
