// Writers at once: each adds tokens of its own to lists of records that all the others write too, over HTTP, and remembers
// what it was told became of each.
import type { UntypedAnswer, TestApi } from "./api";
import { askWith } from "./keys";
import { pick, type Random } from "../../src/kernel/random";

/** The lists that tokens are added to. */
export type TokenList = "themes" | "externalIds" | "sources";

export interface Token {
  text: string;
  slug: string;
  list: TokenList;
}

/** A write that was acknowledged, and changed something. */
export interface Acknowledged extends Token {
  revision: string;
  actor: string;
}

/** What all writers together were told. */
export class WriteOutcomes {
  readonly acknowledged: Acknowledged[] = [];
  /** refused by ifRevision, or because too many write at once */
  readonly refused: Token[] = [];
  /** acknowledged in an operation whose later mutation was refused: GraphQL then drops the answers before it too */
  readonly unanswered: Token[] = [];
  /** revisions given for writes that changed nothing */
  readonly unchanged: string[] = [];
}

export const SCHEME = "contended-city";
const LISTS: readonly TokenList[] = ["themes", "externalIds", "sources"];

/** How many of the five kinds of writes each writer does: about five writes. */
const KINDS_EACH = 4;

export interface Key {
  token: string;
  actor: string;
}

export class ConcurrentWriter {
  private made = 0;

  constructor(
    private readonly api: TestApi,
    private readonly name: string,
    private readonly key: Key,
    private readonly slugs: readonly string[],
    private readonly random: Random,
    private readonly outcomes: WriteOutcomes,
  ) {}

  /** Writes of several kinds, in random order. */
  async write(): Promise<void> {
    const kinds = [
      () => this.one(),
      () => this.several(),
      () => this.knowing(),
      () => this.twiceAtOnce(),
      () => this.again(),
    ];
    for (let i = 0; i < KINDS_EACH; i++) {
      const kind = pick(this.random, kinds);
      kinds.splice(kinds.indexOf(kind), 1);
      await kind();
    }
  }

  private token(): Token {
    this.made += 1;
    const text = `${this.name}-${this.made}`;
    return { text, slug: pick(this.random, this.slugs), list: pick(this.random, LISTS) };
  }

  private async one(): Promise<void> {
    await this.add([this.token()]);
  }

  private async several(): Promise<void> {
    await this.add([this.token(), this.token()]);
  }

  /** Only if nobody wrote since this writer looked. */
  private async knowing(): Promise<void> {
    const token = this.token();
    const query = `query ($slug: String!) { project(by: { slug: $slug }) { revision } }`;
    const looked = await this.ask(query, { slug: token.slug });
    if (isUnwritten(looked) || looked.data.project === null) return;
    await this.add([token], { ifRevision: looked.data.project.revision });
  }

  /** The same write with the same idempotency key on two connections: it is done once, and both hear the same. */
  private async twiceAtOnce(): Promise<void> {
    const token = this.token();
    const more = { idempotencyKey: token.text };
    const [first, second] = await Promise.all([this.send([token], more), this.send([token], more)]);
    const answered = [first, second].filter((answer) => !isUnwritten(answer));
    expect(new Set(answered.map(({ data }) => data.w0.revision)).size).toBeLessThanOrEqual(1);
    this.remember([token], answered[0] ?? first);
  }

  /** What is there already: nothing changes, and no revision is minted. */
  private async again(): Promise<void> {
    const own = this.outcomes.acknowledged.filter(({ text }) => text.startsWith(`${this.name}-`));
    if (own.length === 0) return;
    const answer = await this.send([pick(this.random, own)], {});
    if (!isUnwritten(answer)) this.outcomes.unchanged.push(answer.data.w0.revision);
  }

  private async add(tokens: readonly Token[], more: object = {}): Promise<void> {
    this.remember(tokens, await this.send(tokens, more));
  }

  private async send(tokens: readonly Token[], more: object): Promise<UntypedAnswer> {
    const inputs = tokens.map((token) => ({
      by: { slug: token.slug },
      [token.list]: { add: [itemOf(token)] },
      ...more,
    }));
    const variables = Object.fromEntries(inputs.map((input, i) => [`i${i}`, input]));
    const declared = tokens.map((_, i) => `$i${i}: UpdateProjectInput!`).join(", ");
    const writes = tokens.map(
      (_, i) => `w${i}: updateProject(input: $i${i}) { revision userErrors { code } project { slug } }`,
    );
    return this.ask(`mutation (${declared}) { ${writes.join(" ")} }`, variables);
  }

  private ask(query: string, variables: object): Promise<UntypedAnswer> {
    return askWith(this.api.url, this.key.token, query, variables);
  }

  private remember(tokens: readonly Token[], answer: UntypedAnswer): void {
    if (isUnwritten(answer)) {
      // Mutations run one after the other and end with the first that fails: those before it are written.
      const [alias] = answer.errors?.[0]?.path ?? [];
      const failed = typeof alias === "string" ? Number(alias.slice(1)) : 0;
      this.outcomes.unanswered.push(...tokens.slice(0, failed));
      this.outcomes.refused.push(...tokens.slice(failed));
      return;
    }
    tokens.forEach((token, i) => {
      const { revision, userErrors, project } = answer.data[`w${i}`];
      // Where the record itself could not be read any more, the write stands all the same.
      if (answer.errors === undefined) expect(project).toEqual({ slug: token.slug });
      if (userErrors.length === 0) this.outcomes.acknowledged.push({ ...token, revision, actor: this.key.actor });
      else {
        expect(userErrors).toEqual([{ code: "CONFLICT" }]);
        this.outcomes.refused.push(token);
      }
    });
  }
}

/** Without data. Too many at once is the one error that may be, also where there is data. */
function isUnwritten({ data, errors }: UntypedAnswer): boolean {
  if (errors === undefined) return false;
  expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set(["OVERLOADED"]));
  return data === null || data === undefined;
}

function itemOf({ list, text }: Token): unknown {
  if (list === "themes") return text;
  return list === "sources" ? { title: text } : { scheme: SCHEME, value: text };
}
