// The moves of one level of Louvain's method: node by node, each goes to the community where modularity gains most.
import { CommunityRows, PROPOSED } from "./community-rows";
import { recordsByNode, type Level, type RecordsByNode } from "./louvain-level";

/** A pass over all nodes that gains less modularity than this is the last one of its level. */
const WORTH_ANOTHER_PASS = 1e-4;
/** What a move must gain, as a share of the node's strength: less is rounding, which could move a node back and forth. */
const ROUNDING = 1e-12;

export class Moves {
  /** the community of each node: at first its own, by the node's number */
  private readonly community: Uint32Array;
  /** the sum of the strengths of each community's nodes */
  private readonly totals: Float64Array;
  private readonly byNode: RecordsByNode;
  private readonly rows: CommunityRows;
  /** the strength between the visited node and each community; 0 between visits */
  private readonly strengthTo: Float64Array;
  private readonly neighbours: Uint32Array;
  private neighbourCount = 0;

  /**
   * @param allStrength the sum of all weighted degrees, above 0
   * @param resolution 1 for modularity as it is; above 1 makes smaller communities
   */
  constructor(
    private readonly level: Level,
    private readonly allStrength: number,
    private readonly resolution: number,
  ) {
    this.community = Uint32Array.from({ length: level.nodeCount }, (_, node) => node);
    this.totals = level.strengths.slice();
    this.byNode = recordsByNode(level);
    this.rows = new CommunityRows(level);
    this.strengthTo = new Float64Array(level.nodeCount);
    this.neighbours = new Uint32Array(level.nodeCount);
  }

  /**
   * Visits all nodes in this order, again and again while it is worth it. Answers whether any moved. Before it says that none did,
   * every community of every neighbour was considered for every node.
   */
  improve(order: Uint32Array): boolean {
    let moved = false;
    for (let gained = Infinity; gained >= WORTH_ANOTHER_PASS;) {
      this.rows.putLargestFirst();
      gained = this.pass(order, false);
      moved ||= gained > 0;
    }
    if (!moved && this.rows.someAreWide) moved = this.pass(order, true) > 0;
    return moved;
  }

  /** The communities as nodes of the next level, numbered in the order of their first nodes, and which one each node became. */
  nextLevel(): { level: Level; became: Uint32Array } {
    const unnumbered = this.level.nodeCount;
    const numbers = new Uint32Array(this.level.nodeCount).fill(unnumbered);
    let nodeCount = 0;
    for (const community of this.community) if (numbers[community] === unnumbered) numbers[community] = nodeCount++;
    const strengths = new Float64Array(nodeCount);
    for (const community of this.community) strengths[numbers[community] as number] = this.totals[community] as number;
    const level = { nodeCount, strengths, ...this.rows.renumbered(numbers) };
    return { level, became: this.community.map((community) => numbers[community] as number) };
  }

  private pass(order: Uint32Array, everything: boolean): number {
    let gained = 0;
    for (const node of order) gained += this.visit(node, everything);
    return gained;
  }

  /** Moves the node to the best community among those of its neighbours. Answers how much modularity it gained. */
  private visit(node: number, everything: boolean): number {
    if (this.byNode.offsets[node] === this.byNode.offsets[node + 1]) return 0;
    const own = this.community[node] as number;
    const strength = this.level.strengths[node] as number;
    const toItself = this.meetNeighbours(node, everything);
    // What chance would put between the node and a community, for each unit of that community's strength.
    const chance = (this.resolution * strength) / this.allStrength;
    const stay = (this.strengthTo[own] as number) - toItself - chance * ((this.totals[own] as number) - strength);
    let best = own;
    let most = stay + ROUNDING * strength;
    for (let at = 0; at < this.neighbourCount; at++) {
      const community = this.neighbours[at] as number;
      const gain = (this.strengthTo[community] as number) - chance * (this.totals[community] as number);
      this.strengthTo[community] = 0;
      if (gain <= most || community === own) continue;
      most = gain;
      best = community;
    }
    this.neighbourCount = 0;
    if (best === own) return 0;
    this.move(node, own, best);
    return (2 * (most - stay)) / this.allStrength;
  }

  /**
   * Sums up the strength to each community near the node, and answers what of it is the node's with itself. Of a wide row, where
   * each community adds little, only its own community and the first few are read, unless everything is asked for. So the strength
   * to the own community is exact, to others it is that or less: a move gains at least what it seems to.
   */
  private meetNeighbours(node: number, everything: boolean): number {
    const { byNode, rows, level } = this;
    const own = this.community[node] as number;
    let toItself = 0;
    const last = byNode.offsets[node + 1] as number;
    for (let at = byNode.offsets[node] as number; at < last; at++) {
      const record = byNode.records[at] as number;
      const partners = byNode.counts[at] as number;
      const each = (level.weights[record] as number) * partners;
      toItself += each * partners;
      const start = rows.starts[record] as number;
      if (everything || !rows.isWide(record)) {
        this.meet(start, rows.ends[record] as number, each);
      } else {
        this.meet(start, start + PROPOSED, each);
        const ownSlot = rows.slotOf(record, own);
        if (ownSlot >= start + PROPOSED) this.meet(ownSlot, ownSlot + 1, each);
      }
    }
    return toItself;
  }

  /** Adds what the communities from one slot of a row to before another share. */
  private meet(from: number, to: number, each: number): void {
    const { strengthTo, neighbours } = this;
    const { communities, counts } = this.rows;
    let count = this.neighbourCount;
    for (let slot = from; slot < to; slot++) {
      const community = communities[slot] as number;
      const known = strengthTo[community] as number;
      if (known === 0) neighbours[count++] = community;
      strengthTo[community] = known + each * (counts[slot] as number);
    }
    this.neighbourCount = count;
  }

  private move(node: number, from: number, to: number): void {
    const { byNode } = this;
    const strength = this.level.strengths[node] as number;
    this.community[node] = to;
    (this.totals[from] as number) -= strength;
    (this.totals[to] as number) += strength;
    const last = byNode.offsets[node + 1] as number;
    for (let at = byNode.offsets[node] as number; at < last; at++)
      this.rows.move(byNode.records[at] as number, byNode.counts[at] as number, from, to);
  }
}
