// What the API answers about links, and what it ought to answer by the reference, in one shape.
import type { Collaborator, Link } from "./links";
import type { Graph } from "./graphs";
import type { Path } from "./paths";
import type { AskAs } from "./rows";

export const PARTNER = "... on City { id } ... on Network { id } ... on Organization { id }";

/** The evidence of a link is one page of it: no two partners of the tests share more. */
export const LINK = `source { ${PARTNER} } target { ${PARTNER} } kinds strength since
  evidence(first: 100) { totalCount edges { kind weight since until node { id } } }`;

function linkAnswer(source: string, target: string, { kinds, strength, since, evidence }: Link): object {
  return {
    source: { id: source },
    target: { id: target },
    kinds,
    strength,
    since,
    evidence: {
      totalCount: evidence.length,
      edges: evidence.map(({ id, ...item }) => ({ ...item, node: { id } })),
    },
  };
}

export interface CollaboratorsAnswer {
  totalCount: number;
  edges: object[];
}

/** Whom the API says that a partner is linked to, on pages of the sizes that it is asked for. */
export async function askCollaborators(
  ask: AskAs,
  id: string,
  filter: object | undefined,
  nextSize: () => number,
): Promise<CollaboratorsAnswer> {
  const edges: object[] = [];
  const page = `collaborators(first: $first, after: $after, filter: $filter) {
    totalCount edges { node { ${PARTNER} } ${LINK} } pageInfo { hasNextPage endCursor } }`;
  const types = ["City", "Network", "Organization"].map((type) => `... on ${type} { ${page} }`).join(" ");
  const query = `query ($id: ID!, $first: Int, $after: String, $filter: CollaborationFilter) { node(id: $id) { ${types} } }`;
  let after: string | null = null;
  for (;;) {
    const data = await ask(query, { id, first: nextSize(), after, filter });
    const { totalCount, pageInfo, edges: found } = data.node.collaborators;
    edges.push(...found);
    if (!pageInfo.hasNextPage) return { totalCount, edges };
    after = pageInfo.endCursor;
  }
}

export function collaboratorsAnswer(id: string, collaborators: readonly Collaborator[]): CollaboratorsAnswer {
  return {
    totalCount: collaborators.length,
    edges: collaborators.map((other) => ({ node: { id: other.id }, ...linkAnswer(id, other.id, other.link) })),
  };
}

export interface PathVariables {
  from: string;
  to: string;
  maxLength?: number;
  limit?: number;
  maxSharedBy?: number;
  filter?: object;
}

export async function askPaths(ask: AskAs, variables: PathVariables): Promise<object[]> {
  const data = await ask(
    `query ($from: ID!, $to: ID!, $maxLength: Int, $limit: Int, $maxSharedBy: Int, $filter: CollaborationFilter) {
      collaborationPaths(from: { id: $from }, to: { id: $to }, maxLength: $maxLength, limit: $limit, maxSharedBy: $maxSharedBy, filter: $filter) {
        length nodes { ${PARTNER} } links { ${LINK} } } }`,
    variables,
  );
  return data.collaborationPaths;
}

export function pathsAnswer(paths: readonly Path[]): object[] {
  return paths.map(({ nodes, links }) => ({
    length: links.length,
    nodes: nodes.map((id) => ({ id })),
    links: links.map((link, i) => linkAnswer(nodes[i] ?? "", nodes[i + 1] ?? "", link)),
  }));
}

const GRAPH = (link: string): string => `{ truncated nodes { ${PARTNER} } links { ${link} } }`;
/** Of thousands of links their evidence would be too much for one answer. */
const BARE_LINK = `source { ${PARTNER} } target { ${PARTNER} } kinds strength since`;

export interface NeighbourhoodVariables {
  of: string;
  depth?: number;
  limit?: number;
  maxSharedBy?: number;
  filter?: object;
}

export async function askNeighbourhood(ask: AskAs, variables: NeighbourhoodVariables): Promise<object> {
  const data = await ask(
    `query ($of: ID!, $depth: Int, $limit: Int, $maxSharedBy: Int, $filter: CollaborationFilter) {
      collaborationNeighborhood(of: { id: $of }, depth: $depth, limit: $limit, maxSharedBy: $maxSharedBy, filter: $filter)
        ${GRAPH(BARE_LINK)} }`,
    variables,
  );
  return data.collaborationNeighborhood;
}

export async function askWholeGraph(ask: AskAs, filter: object | undefined, limit: number): Promise<object> {
  const data = await ask(
    `query ($limit: Int, $filter: CollaborationFilter) {
      collaborationGraph(limit: $limit, filter: $filter) ${GRAPH(BARE_LINK)} }`,
    { limit, filter },
  );
  return data.collaborationGraph;
}

export function graphAnswer({ nodes, links, truncated }: Graph): object {
  return {
    truncated,
    nodes: nodes.map((id) => ({ id })),
    links: links.map(({ source, target, link: { kinds, strength, since } }) => {
      return { source: { id: source }, target: { id: target }, kinds, strength, since };
    }),
  };
}
