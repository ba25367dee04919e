// Documents are kept up to a bound of their texts together, the ones that were asked for last.
import { parse } from "graphql";
import { documentStore } from "../../../src/http/document-store";

const documentOf = (characters: number): ReturnType<typeof parse> => parse(`{ ${"a".repeat(characters - 4)} }`);

it("keeps what was asked for last, and forgets what is too much", async () => {
  const store = documentStore();
  for (let i = 0; i < 3; i++) await store.set(`document ${i}`, documentOf(100_000));
  await store.get("document 0");
  await store.set("document 3", documentOf(100_000));
  const kept = await Promise.all([0, 1, 2, 3].map((i) => store.get(`document ${i}`)));
  expect(kept.map((document) => document !== undefined)).toEqual([true, false, true, true]);
});

it("does not keep what is longer than all may be, and forgets what it is told to", async () => {
  const store = documentStore();
  await store.set("long", documentOf(300_001));
  expect(await store.get("long")).toBeUndefined();
  await store.set("short", documentOf(100));
  await store.delete("short");
  expect(await store.get("short")).toBeUndefined();
});
