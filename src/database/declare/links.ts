// Links: relations whose joining rows are nothing but the two records that they join, and belong to one of them. Such a
// list is written with the record that has it: the hosts of a meeting, the goals of a project.
import type { Catalogue } from "./catalogue";
import type { RecordType } from "./record-type";
import type { JoinedRelation, Relation } from "./relation";

/** The column of a table of links that names the record whose part they are. */
export const LINK_OWNER = "recordId";

function isLink(relation: Relation): relation is JoinedRelation {
  return relation.kind === "joined" && relation.join.fromColumn === LINK_OWNER;
}

/** The links that a record of the type has. */
export function linksOf(catalogue: Catalogue, type: RecordType): JoinedRelation[] {
  return catalogue.relationsFrom(type).filter(isLink);
}

/** The links of other records that lead to records of the type. */
export function linksTo(catalogue: Catalogue, type: RecordType): JoinedRelation[] {
  return catalogue.relations.filter(isLink).filter((link) => link.to === type);
}
