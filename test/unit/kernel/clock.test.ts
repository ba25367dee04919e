import { systemClock, utcDay } from "../../../src/kernel/clock";

it("gives the day of an instant in UTC, wherever the process runs", () => {
  expect(utcDay(new Date("2018-12-31T23:59:59.999Z"))).toBe("2018-12-31");
  expect(utcDay(new Date("2019-01-01T00:00:00.000Z"))).toBe("2019-01-01");
  expect(utcDay(new Date("2019-01-01T01:00:00+02:00"))).toBe("2018-12-31");
});

it("gives the present instant as the system's clock", () => {
  const before = Date.now();
  const now = systemClock().getTime();
  expect(now).toBeGreaterThanOrEqual(before);
  expect(now).toBeLessThanOrEqual(Date.now());
});
