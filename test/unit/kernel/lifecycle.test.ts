import { isRefusal, nextState, refuse, type Lifecycle, type NoFacts } from "../../../src/kernel/lifecycle";

type Lamp = "ON" | "OFF";
interface Events {
  press: NoFacts;
  dim: { percent: number };
}

const lamp: Lifecycle<Lamp, Events> = {
  ON: { press: "OFF", dim: ({ percent }) => (percent > 0 ? "ON" : "OFF") },
  OFF: { press: "ON", dim: refuse("the lamp is off: press it first") },
};

it("leads where the table says, or where the facts decide", () => {
  expect(nextState(lamp, "ON", "press", {})).toBe("OFF");
  expect(nextState(lamp, "ON", "dim", { percent: 0 })).toBe("OFF");
  expect(nextState(lamp, "ON", "dim", { percent: 1 })).toBe("ON");
});

it("tells a refusal from a state", () => {
  const outcome = nextState(lamp, "OFF", "dim", { percent: 50 });
  expect(outcome).toEqual({ refused: "the lamp is off: press it first" });
  expect(isRefusal(outcome)).toBe(true);
  expect(isRefusal(nextState(lamp, "OFF", "press", {}))).toBe(false);
});

it("is total, or does not compile", () => {
  // @ts-expect-error: nothing is said of dim
  const partial: Lifecycle<Lamp, Events> = { ON: { press: "OFF" }, OFF: { press: "ON" } };
  // @ts-expect-error: a state that there is not
  const astray: Lifecycle<Lamp, Events> = { ...lamp, OFF: { press: "BROKEN", dim: "ON" } };
  // @ts-expect-error: dimming is decided by how far
  const guessed = (): unknown => nextState(lamp, "ON", "dim", {});
  expect([partial, astray, guessed]).toHaveLength(3);
});
