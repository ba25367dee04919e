// Sets of topics, one for each partner: bit sets, in as many words of 32 bits as the topics need. A question looks at the sets of all
// partners, and of a few dozen topics a set is a word or two.

const WORD_BITS = 32;

export class TopicSets {
  private readonly wordsOfSet: number;
  private readonly words: Int32Array;

  /** @param count how many sets @param size all topics are below this number */
  constructor(count: number, size: number) {
    this.wordsOfSet = Math.ceil(size / WORD_BITS);
    this.words = new Int32Array(count * this.wordsOfSet);
  }

  add(set: number, topic: number): void {
    const at = set * this.wordsOfSet + Math.floor(topic / WORD_BITS);
    this.words[at] = (this.words[at] as number) | (1 << (topic % WORD_BITS));
  }

  /** Adds all that a set of others of the same topics has. */
  addAll(set: number, others: TopicSets, other: number): void {
    const { words, wordsOfSet } = this;
    const to = set * wordsOfSet;
    const from = other * wordsOfSet;
    for (let word = 0; word < wordsOfSet; word++) {
      words[to + word] = (words[to + word] as number) | (others.words[from + word] as number);
    }
  }

  /** Puts topics in the place of what a set has. */
  replace(set: number, topics: readonly number[]): void {
    for (let word = 0; word < this.wordsOfSet; word++) this.words[set * this.wordsOfSet + word] = 0;
    for (const topic of topics) this.add(set, topic);
  }

  /** The topics of a set, in ascending order; none for one that there is not. */
  of(set: number): number[] {
    const topics: number[] = [];
    for (let word = 0; word < this.wordsOfSet; word++) {
      for (let left = this.wordOf(set, word); left !== 0; left &= left - 1) {
        topics.push(word * WORD_BITS + lowestBit(left));
      }
    }
    return topics;
  }

  /** The sum over the topics of a set of a value of each. */
  sum(set: number, values: Float64Array): number {
    let sum = 0;
    for (let word = 0; word < this.wordsOfSet; word++) {
      for (let left = this.wordOf(set, word); left !== 0; left &= left - 1) {
        sum += values[word * WORD_BITS + lowestBit(left)] as number;
      }
    }
    return sum;
  }

  /** The greatest value of a topic of a set; 0 for one without any. */
  most(set: number, values: Float64Array): number {
    let most = 0;
    for (let word = 0; word < this.wordsOfSet; word++) {
      for (let left = this.wordOf(set, word); left !== 0; left &= left - 1) {
        most = Math.max(most, values[word * WORD_BITS + lowestBit(left)] as number);
      }
    }
    return most;
  }

  /** Adds 1 to the count of each topic of a set. */
  count(set: number, counts: Uint32Array): void {
    for (let word = 0; word < this.wordsOfSet; word++) {
      for (let left = this.wordOf(set, word); left !== 0; left &= left - 1) {
        (counts[word * WORD_BITS + lowestBit(left)] as number) += 1;
      }
    }
  }

  private wordOf(set: number, word: number): number {
    return this.words[set * this.wordsOfSet + word] ?? 0;
  }
}

/** The place of the lowest bit of a word that is not 0. */
function lowestBit(word: number): number {
  return WORD_BITS - 1 - Math.clz32(word & -word);
}
