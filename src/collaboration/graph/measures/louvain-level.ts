// One level of Louvain's method, over records instead of pairs. On the first level the nodes are partners, on each later one the
// communities of the level before. A record's row says which nodes share it, and how many partners of each: the strength between
// two nodes is the sum over records of weight * count * count, so a node's links are never written down.
import type { Projection } from "./projection";
import { weightedDegrees } from "./degrees";

export interface Level {
  nodeCount: number;
  /** the sum of the weighted degrees of a node's partners */
  strengths: Float64Array;
  /** record t is shared by nodes[offsets[t]] to nodes[offsets[t + 1] - 1], by as many partners of each as counts says */
  offsets: Uint32Array;
  nodes: Uint32Array;
  counts: Uint32Array;
  weights: Float64Array;
}

/** The records of each node. */
export interface RecordsByNode {
  offsets: Uint32Array;
  records: Uint32Array;
  counts: Uint32Array;
}

/** Every partner a node of its own. */
export function firstLevel(projection: Projection): Level {
  const { partnerCount, offsets, members, weights } = projection;
  const rows = new Rows(weights.length, members.length);
  for (let record = 0; record < weights.length; record++) {
    const start = offsets[record] as number;
    const end = offsets[record + 1] as number;
    // What fewer than two share makes no link.
    if (end - start < 2) continue;
    for (let at = start; at < end; at++) rows.add(members[at] as number, 1);
    rows.endRecord(weights[record] as number);
  }
  return { nodeCount: partnerCount, strengths: weightedDegrees(projection), ...rows.taken() };
}

/** Rows in the making, one record after the other. */
export class Rows {
  private readonly offsets: Uint32Array;
  private readonly nodes: Uint32Array;
  private readonly counts: Uint32Array;
  private readonly weights: Float64Array;
  private recordCount = 0;
  private length = 0;

  constructor(recordsAtMost: number, nodesAtMost: number) {
    this.offsets = new Uint32Array(recordsAtMost + 1);
    this.nodes = new Uint32Array(nodesAtMost);
    this.counts = new Uint32Array(nodesAtMost);
    this.weights = new Float64Array(recordsAtMost);
  }

  add(node: number, count: number): void {
    this.nodes[this.length] = node;
    this.counts[this.length] = count;
    this.length++;
  }

  endRecord(weight: number): void {
    this.weights[this.recordCount] = weight;
    this.recordCount++;
    this.offsets[this.recordCount] = this.length;
  }

  taken(): Pick<Level, "offsets" | "nodes" | "counts" | "weights"> {
    return {
      offsets: this.offsets.slice(0, this.recordCount + 1),
      nodes: this.nodes.slice(0, this.length),
      counts: this.counts.slice(0, this.length),
      weights: this.weights.slice(0, this.recordCount),
    };
  }
}

export function recordsByNode({ nodeCount, offsets, nodes, counts }: Level): RecordsByNode {
  const starts = new Uint32Array(nodeCount + 1);
  for (const node of nodes) (starts[node + 1] as number) += 1;
  for (let node = 0; node < nodeCount; node++) (starts[node + 1] as number) += starts[node] as number;
  const next = starts.slice();
  const byNode = { offsets: starts, records: new Uint32Array(nodes.length), counts: new Uint32Array(nodes.length) };
  for (let record = 0; record + 1 < offsets.length; record++) {
    const end = offsets[record + 1] as number;
    for (let at = offsets[record] as number; at < end; at++) {
      const node = nodes[at] as number;
      const slot = next[node] as number;
      byNode.records[slot] = record;
      byNode.counts[slot] = counts[at] as number;
      next[node] = slot + 1;
    }
  }
  return byNode;
}
