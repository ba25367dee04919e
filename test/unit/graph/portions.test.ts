import { inParts, Portions, resolvedInPortions } from "../../../src/graph/portions";

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Hands over as many values at once, of so many rows each, and tells how many rows came in each turn of the event loop. */
async function rowsByTurn(values: number, rows: number): Promise<number[]> {
  const portions = new Portions();
  let came = 0;
  const all = Promise.all(
    Array.from({ length: values }, (_, i) =>
      portions
        .pass(Promise.resolve(i), () => rows)
        .then((value) => {
          came += 1;
          return value;
        }),
    ),
  );
  const byTurn: number[] = [];
  while (came < values) {
    const before = came;
    await nextTurn();
    byTurn.push((came - before) * rows);
  }
  expect(await all).toEqual(Array.from({ length: values }, (_, i) => i));
  return byTurn;
}

it("hands over what is little in one turn", async () => {
  expect((await rowsByTurn(10, 10)).filter((rows) => rows > 0)).toEqual([100]);
});

it("hands over what is much in portions, and all of it", async () => {
  const byTurn = await rowsByTurn(1_000, 20);
  expect(Math.max(...byTurn)).toBeLessThanOrEqual(270);
  expect(byTurn.reduce((sum, rows) => sum + rows, 0)).toBe(20_000);
});

it("counts what has no rows too", async () => {
  expect(Math.max(...(await rowsByTurn(1_000, 0)), 0)).toBe(0);
  const portions = new Portions();
  const order: number[] = [];
  const all = Array.from({ length: 600 }, (_, i) =>
    portions.pass(Promise.resolve(i), () => 0).then((value) => order.push(value)),
  );
  await nextTurn();
  expect(order.length).toBeLessThanOrEqual(500);
  await Promise.all(all);
  expect(order).toEqual(Array.from({ length: 600 }, (_, i) => i));
});

it("hands on a reading that fails", async () => {
  const failure = new Error("the database is gone");
  await expect(new Portions().pass(Promise.reject(failure), () => 1)).rejects.toBe(failure);
});

it("resolves the items of a long list in portions, in their order", async () => {
  const items = Array.from({ length: 1_000 }, (_, i) => i);
  const list = resolvedInPortions(items);
  const came: number[] = [];
  for (const item of list) void Promise.resolve(item).then((value) => came.push(value));
  const byTurn: number[] = [];
  while (came.length < items.length) {
    const before = came.length;
    await nextTurn();
    byTurn.push(came.length - before);
  }
  expect(Math.max(...byTurn)).toBeLessThanOrEqual(500);
  expect(await Promise.all(list.map((item) => Promise.resolve(item)))).toEqual(items);
});

it("loads for many items in parts, each at its item's place", async () => {
  let atOnce = 0;
  let most = 0;
  const loaded = await inParts(
    Array.from({ length: 25 }, (_, i) => i),
    10,
    async (item) => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await nextTurn();
      atOnce -= 1;
      return item * 2;
    },
  );
  expect(loaded).toEqual(Array.from({ length: 25 }, (_, i) => i * 2));
  expect(most).toBe(10);
});
