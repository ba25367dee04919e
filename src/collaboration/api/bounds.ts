// Whole numbers in arguments, within their bounds.
import { Int } from "type-graphql";
import type { ArgDeclaration } from "../../graph/declare-field";
import { badInput } from "../../kernel/errors";

export interface Bounded {
  name: string;
  least: number;
  most: number;
  byDefault: number;
  description: string;
}

export function boundedArg({ name, least, most, byDefault, description }: Bounded): ArgDeclaration {
  const bounds = `${least} to ${most.toLocaleString("en")}`;
  return { name, type: () => Int, description: `${description} ${bounds}.`, defaultValue: byDefault };
}

/** @throws BAD_USER_INPUT with reason OUT_OF_BOUNDS; null counts as left out */
export function boundedValue(
  { name, least, most, byDefault }: Bounded,
  args: Readonly<Record<string, unknown>>,
): number {
  const value = (args[name] ?? byDefault) as number;
  if (value < least || value > most) {
    throw badInput("OUT_OF_BOUNDS", `${name} must be ${least} to ${most}, but got ${value}`);
  }
  return value;
}

/** What an argument says within its bounds, where nobody knows yet whether it keeps them: for the cost of a query. */
export function limitIn(args: Readonly<Record<string, unknown>>, { name, least, most, byDefault }: Bounded): number {
  const value = args[name] ?? byDefault;
  return typeof value === "number" ? Math.min(Math.max(value, least), most) : byDefault;
}
