// Where the first right answer stands, also among equals.
import { rankOfFirstRight } from "../../../../../src/collaboration/graph/suggestions/ranks";

const figures = (scores: readonly number[], right: readonly number[]): ReturnType<typeof rankOfFirstRight> =>
  rankOfFirstRight(
    scores.map((_score, place) => place),
    (place) => scores[place] ?? 0,
    (place) => right.includes(place),
  );

describe("the rank of the first right answer", () => {
  it("is its place where no scores are equal", () => {
    expect(figures([5, 4, 3], [1, 2])).toEqual({ hitAt10: 1, reciprocalRank: 1 / 2 });
  });

  it("is no hit from the eleventh place on", () => {
    const falling = Array.from({ length: 20 }, (_, place) => 20 - place);
    expect(figures(falling, [9])).toEqual({ hitAt10: 1, reciprocalRank: 1 / 10 });
    expect(figures(falling, [10])).toEqual({ hitAt10: 0, reciprocalRank: 1 / 11 });
  });

  it("is the mean over all orders of equal ones", () => {
    // One right one among three: first, second or third, each as likely.
    expect(figures([1, 1, 1], [0]).reciprocalRank).toBeCloseTo((1 + 1 / 2 + 1 / 3) / 3, 12);
    // One right one among twenty: in half of all orders within the first ten.
    expect(
      figures(
        Array.from({ length: 20 }, () => 1),
        [3],
      ).hitAt10,
    ).toBeCloseTo(1 / 2, 12);
    // Two right ones among three: the first place in two of three orders, else the second.
    expect(figures([1, 1, 1], [0, 1]).reciprocalRank).toBeCloseTo(2 / 3 + 1 / 6, 12);
  });
});
