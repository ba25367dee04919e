import { ApiError, badInput, ERROR_CODES } from "../../../src/kernel/errors";

it("carries its code, its reason and a message for the developer", () => {
  const error = new ApiError("RATE_LIMITED", "too many requests: wait a minute", "KEY_BUDGET");
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({
    name: "ApiError",
    code: "RATE_LIMITED",
    message: "too many requests: wait a minute",
    reason: "KEY_BUDGET",
  });
});

it("calls what the caller can mend BAD_USER_INPUT", () => {
  expect(badInput("BAD_ID", "an id must be one that this API gave")).toMatchObject({
    code: "BAD_USER_INPUT",
    reason: "BAD_ID",
    message: "an id must be one that this API gave",
  });
});

it("has one closed list of codes, each once and in upper case", () => {
  expect(new Set(ERROR_CODES).size).toBe(ERROR_CODES.length);
  for (const code of ERROR_CODES) expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
});
