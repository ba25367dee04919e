-- The slugs of records that were merged into others: whoever knows one is led to the record that stands for it now.
CREATE TABLE "former_slug" (
    "type" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "record_id" UUID NOT NULL,

    CONSTRAINT "former_slug_pkey" PRIMARY KEY ("type","slug")
);

CREATE INDEX "former_slug_record_id_idx" ON "former_slug"("record_id");

ALTER TABLE "former_slug" ADD CONSTRAINT "former_slug_record_id_fkey" FOREIGN KEY ("record_id") REFERENCES "record"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A slug that leads somewhere is not given again. Argument: the type's name in the graph.
CREATE FUNCTION refuse_former_slugs() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE taken text;
BEGIN
  SELECT n.slug INTO taken FROM new_rows n JOIN former_slug f ON f.slug = n.slug AND f.type = TG_ARGV[0] LIMIT 1;
  IF taken IS NOT NULL THEN
    RAISE EXCEPTION 'the slug % is that of a record that was merged into another', taken
      USING ERRCODE = 'unique_violation', CONSTRAINT = lower(TG_ARGV[0]) || '_slug_key';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER former_slugs_insert AFTER INSERT ON "city" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION refuse_former_slugs('City');
CREATE TRIGGER former_slugs_update AFTER UPDATE ON "city" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION refuse_former_slugs('City');
CREATE TRIGGER former_slugs_insert AFTER INSERT ON "organization" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION refuse_former_slugs('Organization');
CREATE TRIGGER former_slugs_update AFTER UPDATE ON "organization" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION refuse_former_slugs('Organization');
