-- A record is deleted with its links to others: what the foreign key takes along is no change of a deleted record.
CREATE OR REPLACE FUNCTION log_part_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  field CONSTANT text := TG_ARGV[0];
  minted bigint;
  ids uuid[]; types text[]; changes jsonb[]; audiences text[]; gone uuid;
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(p.record_id), array_agg(jsonb_build_object(field, jsonb_build_array(NULL, p.came)))
    INTO ids, changes
    FROM (SELECT record_id, jsonb_agg(to_jsonb(n) - 'id' - 'record_id') AS came FROM new_rows n GROUP BY record_id) p;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(p.record_id), array_agg(jsonb_build_object(field, jsonb_build_array(p.went, NULL)))
    INTO ids, changes
    FROM (SELECT record_id, jsonb_agg(to_jsonb(o) - 'id' - 'record_id') AS went FROM old_rows o GROUP BY record_id) p;
  ELSE
    SELECT array_agg(p.record_id), array_agg(jsonb_build_object(field, jsonb_build_array(p.went, p.came)))
    INTO ids, changes
    FROM (
      SELECT record_id, jsonb_agg(part) FILTER (WHERE NOT is_new) AS went, jsonb_agg(part) FILTER (WHERE is_new) AS came
      FROM (
        SELECT o.record_id, to_jsonb(o) - 'id' - 'record_id' AS part, false AS is_new
        FROM old_rows o LEFT JOIN new_rows n USING (id) WHERE o IS DISTINCT FROM n
        UNION ALL
        SELECT n.record_id, to_jsonb(n) - 'id' - 'record_id', true
        FROM new_rows n LEFT JOIN old_rows o USING (id) WHERE o IS DISTINCT FROM n
      ) moved GROUP BY record_id
    ) p;
  END IF;

  IF ids IS NULL THEN
    RETURN NULL;
  END IF;
  SELECT r.id INTO gone FROM record r WHERE r.id = ANY (ids) AND r.operation = 'DELETE' LIMIT 1;
  IF gone IS NOT NULL AND TG_OP <> 'DELETE' THEN
    RAISE EXCEPTION 'record % is deleted and takes no %', gone, field USING ERRCODE = 'integrity_constraint_violation';
  ELSIF gone IS NOT NULL THEN
    -- Parts that go along with their record: its own deletion is in the log.
    SELECT array_agg(p.id), array_agg(p.change) INTO ids, changes
    FROM unnest(ids, changes) AS p(id, change) JOIN record r ON r.id = p.id
    WHERE r.operation <> 'DELETE';
    IF ids IS NULL THEN
      RETURN NULL;
    END IF;
  END IF;
  minted := mint_revision();

  UPDATE record SET revision = minted, updated_at = c.minted_at FROM revision_counter c WHERE record.id = ANY (ids);
  SELECT array_agg(r.type ORDER BY i.n), array_agg(l.audience_after ORDER BY i.n)
  INTO types, audiences
  FROM unnest(ids) WITH ORDINALITY AS i(id, n)
  JOIN record r ON r.id = i.id
  CROSS JOIN LATERAL (
    SELECT audience_after FROM change_log WHERE record_id = i.id ORDER BY revision DESC, ordinal DESC LIMIT 1) l;
  PERFORM log_change(minted, ids, types, 'UPSERT', changes, audiences, audiences);
  RETURN NULL;
END $$;
