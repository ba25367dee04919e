// Fragments that spread each other in a circle are a mistake that validation tells of. In a document of very many, what compares
// their fields (graphql-js 16, OverlappingFieldsCanBeMergedRule) calls itself once for each pair, and no stack is that deep.
import { GraphQLError, Kind, parse, visit, type DocumentNode } from "graphql";
import { TOKENS_AT_MOST } from "../graph/operation-cost";
import { ApiError } from "../kernel/errors";

/** Of fewer, validation itself says what is wrong. */
const FRAGMENTS_COMPARED = 20;

/** @throws ApiError QUERY_TOO_COMPLEX for a document of many fragments some of which spread themselves */
export function refuseFragmentCycles(query: string): void {
  if (query.split("fragment").length <= FRAGMENTS_COMPARED) return;
  const document = parsed(query);
  if (document === undefined || !hasCycle(spreadsByFragment(document))) return;
  throw new ApiError(
    "QUERY_TOO_COMPLEX",
    `in a document of ${FRAGMENTS_COMPARED} fragments or more, none may spread itself, directly or through others`,
    "FRAGMENT_CYCLE",
  );
}

function parsed(query: string): DocumentNode | undefined {
  try {
    return parse(query, { maxTokens: TOKENS_AT_MOST, noLocation: true });
  } catch (error) {
    // Whoever parses it next says so.
    if (error instanceof GraphQLError) return undefined;
    throw error;
  }
}

function spreadsByFragment(document: DocumentNode): Map<string, Set<string>> {
  const spreads = new Map<string, Set<string>>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
    const names = new Set<string>();
    visit(definition, {
      [Kind.FRAGMENT_SPREAD]: ({ name }) => {
        names.add(name.value);
      },
    });
    spreads.set(definition.name.value, names);
  }
  return spreads;
}

/** Fragments that only spread what is done with are done with, until none is left or all that are left wait for each other. */
function hasCycle(spreads: Map<string, Set<string>>): boolean {
  for (let before = -1; before !== spreads.size;) {
    before = spreads.size;
    for (const [name, names] of spreads) if (![...names].some((one) => spreads.has(one))) spreads.delete(name);
  }
  return spreads.size > 0;
}
