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

CREATE TEMP TABLE duplicates AS
WITH named AS (
    SELECT p.*, f.first_path AS duplicate_path, concat_ws(': ', nullif(f.first_page, ''), nullif(
        CASE WHEN p.page = '' THEN p.record WHEN p.record = p.page THEN '' ELSE substr(p.record, len(p.page) + 3) END, ''
    )) AS duplicate_record
    FROM plain p JOIN repeats f ON f.path = p.path AND f.page = p.page
)
SELECT n.* REPLACE (
    coalesce(o.date, d.date) AS date,
    list_prepend('repeats ' || duplicate_path || if(duplicate_record = '', '', ' [' || duplicate_record || ']'), n.reasons)
        AS reasons
), 'duplicate' AS state
FROM named n
LEFT JOIN plain o ON o.path = duplicate_path AND o.record = duplicate_record
LEFT JOIN documents d ON d.path = duplicate_path AND d.record = duplicate_record;

CREATE TEMP VIEW checked AS
SELECT r.* FROM raw r LEFT JOIN repeats f ON f.path = r.path AND f.page = r.page
WHERE f.path IS NULL OR r.state NOT IN ('checked', 'unchanged')
UNION ALL BY NAME
SELECT * FROM duplicates;
