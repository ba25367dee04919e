// Lists of what has a strength, the strongest first, and of equal ones the one whose id comes first.
import type { MemoryList } from "../../graph/memory-list";

interface Strong {
  id: string;
  strength: number;
}

/** @param items in that order @param binding a digest of what gives a position its meaning */
export function strongestFirst<Item extends Strong>(items: readonly Item[], binding: string): MemoryList<Item> {
  return {
    items,
    binding,
    positionOf: ({ strength, id }) => [strength, id],
    isValue: [(value) => typeof value === "number", (value) => typeof value === "string"],
    compare: ([strengthA, idA], [strengthB, idB]) =>
      Number(strengthB) - Number(strengthA) || compareText(String(idA), String(idB)),
  };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a !== b);
}
