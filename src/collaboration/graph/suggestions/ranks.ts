// Where in a ranking the first right answer stands, those that are equal in every order being as likely: so no model gains or loses by
// how ties are broken (McSherry and Najork, "Computing information retrieval performance measures efficiently in the presence of
// tied scores", ECIR 2008).

export interface RankFigures {
  /** how likely it is that a right answer is among the first ten */
  hitAt10: number;
  /** 1 by the place of the first right answer, on average */
  reciprocalRank: number;
}

const FIRST = 10;

/**
 * @param candidates by their numbers
 * @param scoreOf higher is better
 * @param isRight at least one candidate must be
 */
export function rankOfFirstRight(
  candidates: readonly number[],
  scoreOf: (candidate: number) => number,
  isRight: (candidate: number) => boolean,
): RankFigures {
  let best = -Infinity;
  for (const candidate of candidates) if (isRight(candidate)) best = Math.max(best, scoreOf(candidate));
  let [before, tied, right] = [0, 0, 0];
  for (const candidate of candidates) {
    const score = scoreOf(candidate);
    if (score > best) before += 1;
    if (score !== best) continue;
    tied += 1;
    if (isRight(candidate)) right += 1;
  }
  return firstAmongTied(before, tied, right);
}

/** Of `tied` in any order, after `before` that are better, `right` are right ones. */
function firstAmongTied(before: number, tied: number, right: number): RankFigures {
  const figures: RankFigures = { hitAt10: 0, reciprocalRank: 0 };
  // How likely it is that all places so far are wrong.
  let noneYet = 1;
  for (let place = 0; place <= tied - right; place++) {
    const here = noneYet * (right / (tied - place));
    figures.reciprocalRank += here / (before + place + 1);
    if (before + place < FIRST) figures.hitAt10 += here;
    noneYet -= here;
  }
  return figures;
}
