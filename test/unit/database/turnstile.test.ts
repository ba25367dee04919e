import { Turnstile } from "../../../src/database/turnstile";

const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

it("lets so many through at a time, in the order in which they came, whatever becomes of them", async () => {
  const turnstile = new Turnstile(2, 10_000);
  const order: number[] = [];
  let inside = 0;
  let most = 0;
  const all = Array.from({ length: 20 }, (_, i) =>
    turnstile.pass(async () => {
      order.push(i);
      inside += 1;
      most = Math.max(most, inside);
      await tick();
      inside -= 1;
      if (i % 3 === 0) throw new Error(`${i} failed`);
      return i;
    }),
  );
  const settled = await Promise.allSettled(all);
  expect(order).toEqual(Array.from({ length: 20 }, (_, i) => i));
  expect(most).toBe(2);
  expect(settled.map(({ status }) => status === "rejected")).toEqual(order.map((i) => i % 3 === 0));
});

it("refuses whoever waits too long, and lets the others through", async () => {
  const turnstile = new Turnstile(1, 20);
  let leave = (): void => undefined;
  const first = turnstile.pass(() => new Promise<void>((resolve) => (leave = resolve)));
  await expect(turnstile.pass(() => Promise.resolve())).rejects.toMatchObject({ code: "55P03" });
  leave();
  await first;
  await expect(turnstile.pass(() => Promise.resolve("through"))).resolves.toBe("through");
});
