-- Names of keys that look alike are one name: the log tells by it who wrote. A key is compared by a folded form of its name.

-- Compatibility forms, case, accents, punctuation and white space undone, as fold() does; before that, what nobody sees is left
-- out, and Cyrillic and Greek letters stand for the Latin ones that they look like, in either case. What is compared is at most
-- 400 characters long, so that an index can hold it; null for a name without a letter or a digit, which only its spelling tells
-- apart.
CREATE FUNCTION folded_key_name(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT nullif(left(public.fold(translate(
    regexp_replace(
      normalize(name, NFKC),
      '[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uFE00-\uFE0F\uFEFF\uFFA0\U000E0000-\U000E0FFF]',
      '', 'g'),
    'АВЕЅЗІЈКМНОРСТУХҺԀԚԜавеѕзіјкмнорстухһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβεζηικμνορτυχƖɑɡɩꞮӏӀ',
    'abes3ijkmhopctyxhdqwabes3ijkmhopctyxhdqwabezhikmnoptyxabezhikmnoptyxlagiill')), 400), '')
$$;

ALTER TABLE "api_key" ADD COLUMN "folded_name" TEXT;

-- Of keys that look alike already, the oldest has the folded name; the others stay good, are found by their own spelling, and are
-- told to the operator.
UPDATE "api_key" k SET "folded_name" = folded_key_name(k."name")
WHERE NOT EXISTS (
  SELECT FROM "api_key" older
  WHERE folded_key_name(older."name") = folded_key_name(k."name")
    AND (older."created_at", older."id") < (k."created_at", k."id"));

DO $$
DECLARE alike text;
BEGIN
  FOR alike IN
    SELECT string_agg('"' || "name" || '"', ', ' ORDER BY "created_at", "id") FROM "api_key"
    GROUP BY folded_key_name("name") HAVING count(*) > 1 AND folded_key_name("name") IS NOT NULL
  LOOP
    RAISE WARNING 'API keys whose names look alike: %. They stay good; give new keys in their place where the log must tell them apart', alike;
  END LOOP;
END $$;

CREATE UNIQUE INDEX "api_key_folded_name_key" ON "api_key"("folded_name");

-- Whoever makes a key, from a console too, makes none that looks like another.
CREATE FUNCTION fold_key_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.folded_name := public.folded_key_name(NEW.name);
  RETURN NEW;
END $$;

CREATE TRIGGER name_is_folded BEFORE INSERT OR UPDATE OF "name" ON "api_key" FOR EACH ROW EXECUTE FUNCTION fold_key_name();
