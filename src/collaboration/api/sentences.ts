// What a link says in one sentence, for people: by the evidence that says most, and how much there is besides.
import { type AnyRecord, titleOf } from "./any-record";
import type { Evidence, LinkView } from "./link-view";

/**
 * @param first the record of a piece of evidence
 * @returns such as "Kraków and York took part in the project “Drop the Mic”, and share 2 things more."
 */
export function sentenceOf({ source, target, evidence }: LinkView, first: AnyRecord): string {
  const more = evidence.length - 1;
  const rest = more === 0 ? "" : `, and share ${more} ${more === 1 ? "thing" : "things"} more`;
  const kind = evidence.find(({ id }) => id === first.id)?.kind;
  if (kind === undefined) throw new Error("the record is no evidence of the link");
  return `${clauseOf(kind, source, target, first)}${rest}.`;
}

function clauseOf(kind: Evidence["kind"], source: AnyRecord, target: AnyRecord, shared: AnyRecord): string {
  const both = `${titleOf(source)} and ${titleOf(target)}`;
  const title = titleOf(shared);
  switch (kind) {
    case "PROJECT":
      return `${both} took part in the project “${title}”`;
    case "NETWORK":
      if (shared.id === source.id) return `${titleOf(target)} is a member of ${title}`;
      if (shared.id === target.id) return `${titleOf(source)} is a member of ${title}`;
      return `${both} are members of ${title}`;
    case "AGREEMENT":
      return `${both} are parties to “${title}”`;
    case "PRACTICE":
      return `${both} share the practice “${title}”`;
    case "EXPERT_MISSION":
      return `${both} share the expert mission “${title}”`;
    case "MEETING":
      return `${both} hosted “${title}” together`;
  }
}
