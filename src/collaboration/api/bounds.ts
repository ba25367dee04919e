// Whole numbers in arguments, within their bounds.
import { Field, Int } from "type-graphql";
import { badInput } from "../../kernel/errors";

export interface Bounds {
  least: number;
  most: number;
  byDefault: number;
}

/**
 * Declares an argument as a whole number within bounds. Whoever takes the arguments has a number within them: null counts as left out,
 * and any other number is refused with BAD_USER_INPUT and the reason OUT_OF_BOUNDS.
 * @param description what the number is; its bounds are said after that
 */
export function Bounded(bounds: Bounds, description: string): PropertyDecorator {
  const { least, most, byDefault } = bounds;
  const options = {
    nullable: true,
    defaultValue: byDefault,
    description: `${description} ${least} to ${most.toLocaleString("en")}.`,
  };
  return (prototype, name) => {
    Field(() => Int, options)(prototype, name);
    // type-graphql assigns what is given to a new object of the class.
    Object.defineProperty(prototype, name, {
      set(given: number | null) {
        Object.defineProperty(this, name, {
          value: within(bounds, String(name), given ?? byDefault),
          enumerable: true,
        });
      },
    });
  };
}

function within({ least, most }: Bounds, name: string, value: number): number {
  if (value < least || value > most) {
    throw badInput("OUT_OF_BOUNDS", `${name} must be ${least} to ${most}, but got ${value}`);
  }
  return value;
}

/** What an argument says within its bounds, where nobody knows yet whether it keeps them: for the cost of a query. */
export function limitIn(given: unknown, { least, most, byDefault }: Bounds): number {
  const value = given ?? byDefault;
  return typeof value === "number" ? Math.min(Math.max(value, least), most) : byDefault;
}
