// One level of Louvain's method, over things instead of pairs. On the first level the nodes are partners, on each later one the
// communities of the level before. A thing's row says which nodes share it, and how many partners of each: the strength between
// two nodes is the sum over things of weight * count * count, so a node's links are never written down.
import type { Projection } from "./projection";
import { weightedDegrees } from "./degrees";

export interface Level {
  nodeCount: number;
  /** the sum of the weighted degrees of a node's partners */
  strengths: Float64Array;
  /** thing t is shared by nodes[offsets[t]] to nodes[offsets[t + 1] - 1], by as many partners of each as counts says */
  offsets: Uint32Array;
  nodes: Uint32Array;
  counts: Uint32Array;
  weights: Float64Array;
}

/** The things of each node. */
export interface ThingsByNode {
  offsets: Uint32Array;
  things: Uint32Array;
  counts: Uint32Array;
}

/** Every partner a node of its own. */
export function firstLevel(projection: Projection): Level {
  const { partnerCount, offsets, members, weights } = projection;
  const rows = new Rows(weights.length, members.length);
  for (let thing = 0; thing < weights.length; thing++) {
    const start = offsets[thing] as number;
    const end = offsets[thing + 1] as number;
    // What fewer than two share makes no link.
    if (end - start < 2) continue;
    for (let at = start; at < end; at++) rows.add(members[at] as number, 1);
    rows.endThing(weights[thing] as number);
  }
  return { nodeCount: partnerCount, strengths: weightedDegrees(projection), ...rows.taken() };
}

/** Rows in the making, one thing after the other. */
export class Rows {
  private readonly offsets: Uint32Array;
  private readonly nodes: Uint32Array;
  private readonly counts: Uint32Array;
  private readonly weights: Float64Array;
  private thingCount = 0;
  private length = 0;

  constructor(thingsAtMost: number, nodesAtMost: number) {
    this.offsets = new Uint32Array(thingsAtMost + 1);
    this.nodes = new Uint32Array(nodesAtMost);
    this.counts = new Uint32Array(nodesAtMost);
    this.weights = new Float64Array(thingsAtMost);
  }

  add(node: number, count: number): void {
    this.nodes[this.length] = node;
    this.counts[this.length] = count;
    this.length++;
  }

  endThing(weight: number): void {
    this.weights[this.thingCount] = weight;
    this.thingCount++;
    this.offsets[this.thingCount] = this.length;
  }

  taken(): Pick<Level, "offsets" | "nodes" | "counts" | "weights"> {
    return {
      offsets: this.offsets.slice(0, this.thingCount + 1),
      nodes: this.nodes.slice(0, this.length),
      counts: this.counts.slice(0, this.length),
      weights: this.weights.slice(0, this.thingCount),
    };
  }
}

export function thingsByNode({ nodeCount, offsets, nodes, counts }: Level): ThingsByNode {
  const starts = new Uint32Array(nodeCount + 1);
  for (const node of nodes) (starts[node + 1] as number) += 1;
  for (let node = 0; node < nodeCount; node++) (starts[node + 1] as number) += starts[node] as number;
  const next = starts.slice();
  const byNode = { offsets: starts, things: new Uint32Array(nodes.length), counts: new Uint32Array(nodes.length) };
  for (let thing = 0; thing + 1 < offsets.length; thing++) {
    const end = offsets[thing + 1] as number;
    for (let at = offsets[thing] as number; at < end; at++) {
      const node = nodes[at] as number;
      const slot = next[node] as number;
      byNode.things[slot] = thing;
      byNode.counts[slot] = counts[at] as number;
      next[node] = slot + 1;
    }
  }
  return byNode;
}
