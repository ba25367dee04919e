// A dump is restored with an empty search_path: what constraints, indexes and defaults call must be found all the same.
import { openTestDatabase, type TestDatabase } from "../support/test-database";

let backend: TestDatabase;
beforeAll(async () => {
  backend = await openTestDatabase();
});
afterAll(() => backend.close());

it.each([
  "public.fold('Krak\u00f3w') = 'krakow'",
  "public.first_day('2016-05') = '2016-05-01'",
  "public.is_partial_date('2016-05')",
  "public.in_force('2016', '2017', '2016-06-01')",
  "public.is_slug('krakow')",
  "public.folded_key_name('Office') = 'office'",
  "public.distance_km(50, 20, 50, 20) = 0",
  "public.are_language_tags(ARRAY['fr', 'pt-BR'])",
  "public.new_record_id() IS NOT NULL",
])("finds what it calls: %s", async (expression) => {
  await backend.database.execute(`
    BEGIN;
    SET LOCAL search_path = '';
    DO $$ BEGIN ASSERT ${expression}; END $$;
    ROLLBACK;`);
});
