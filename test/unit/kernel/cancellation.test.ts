// Work that is no longer wanted hears of it once, and nothing begins after.
import { CancellationSource, NEVER_CANCELED } from "../../../src/kernel/cancellation";

const GONE = new Error("the caller has left");

it("tells each listener once, and keeps the first reason", () => {
  const source = new CancellationSource();
  const told: string[] = [];
  const twice = (): void => void told.push("twice");
  const never = (): void => void told.push("never");
  source.listen(twice);
  source.listen(twice);
  source.listen(never);
  source.unlisten(never);
  expect([source.isCanceled, source.reason]).toEqual([false, undefined]);
  expect(() => {
    source.throwIfCanceled();
  }).not.toThrow();
  source.cancel(GONE);
  source.cancel(new Error("another reason"));
  expect(told).toEqual(["twice"]);
  expect([source.isCanceled, source.reason]).toEqual([true, GONE]);
  expect(() => {
    source.throwIfCanceled();
  }).toThrow(GONE);
});

it("lets a listener take itself and others away while it is told", () => {
  const source = new CancellationSource();
  const told: string[] = [];
  const second = (): void => void told.push("second");
  const first = (): void => {
    told.push("first");
    source.unlisten(first);
    source.unlisten(second);
  };
  source.listen(first);
  source.listen(second);
  source.cancel(GONE);
  expect(told).toEqual(["first"]);
});

it("never comes for what is always wanted", () => {
  NEVER_CANCELED.listen(() => {
    throw GONE;
  });
  NEVER_CANCELED.throwIfCanceled();
  expect(NEVER_CANCELED.isCanceled).toBe(false);
});
