// Writes of which a half would show: records with parts in several tables, and projects formed from opportunities. Clients
// send them one after the other until the server is gone, and remember what they were told.
import { askWith } from "./keys";

export interface Sent {
  mutation: string;
  input: Record<string, unknown> & { idempotencyKey: string };
  /** the revision that it was acknowledged with; undefined while nobody knows */
  revision: string | undefined;
}

/** Slugs begin so; what follows says the round, the client and its turn. */
export const CREATED = "killed-";
export const FORMED = "formed-";
export const OFFERED = "offered-";

/** What each project that is created or formed has. */
export const FIELDS = ["film", "music"];
export const GOALS = [4, 11, 17];
export const SCHEME = "killed-city";

/** The keys and the titles of what belongs to the project with this slug. */
export function partsOf(slug: string): { externalIds: object[]; sources: object[] } {
  return {
    externalIds: [1, 2].map((n) => ({ scheme: SCHEME, value: `${slug}-${n}` })),
    sources: [1, 2].map((n) => ({ title: `${slug} ${n}`, license: "CC0-1.0" })),
  };
}

const links = (): object => ({
  creativeFields: FIELDS.map((slug) => ({ slug })),
  goals: GOALS.map((number) => ({ number })),
  areasOfAction: ["PILOT_PARTNERSHIPS"],
});

function writesOf(turn: string, city: string): Omit<Sent, "revision">[] {
  const offer = { by: { slug: OFFERED + turn } };
  const created = {
    slug: CREATED + turn,
    title: turn,
    themes: [`${turn}-1`, `${turn}-2`],
    ...links(),
    ...partsOf(CREATED + turn),
  };
  const offered = {
    slug: OFFERED + turn,
    title: turn,
    description: "Concerts at night, in every partner's city.",
    postedBy: { city },
    seeking: ["PARTNER_CITIES"],
    opensOn: "2026-01-01",
    ...links(),
  };
  const writes: [string, object][] = [
    ["createProject", created],
    ["createOpportunity", offered],
    ["publishOpportunity", offer],
    ["formProject", { ...offer, slug: FORMED + turn }],
  ];
  return writes.map(([mutation, input]) => ({
    mutation,
    input: { ...input, idempotencyKey: `${mutation} ${turn}` },
  }));
}

/** Sends it, again too: a write with the same idempotency key is done once. @throws where no answer came */
export async function send(url: string, token: string, sent: Sent): Promise<void> {
  const { mutation, input } = sent;
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { done: ${mutation}(input: $input) { revision userErrors { code message } } }`;
  const { data, errors } = await askWith(url, token, query, { input });
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  expect({ mutation, userErrors: data.done.userErrors }).toEqual({ mutation, userErrors: [] });
  sent.revision = data.done.revision;
}

/** Writes until no answer comes, and says so after each that was acknowledged. @returns what was sent; of the last one nobody knows what became of it */
export async function writeUntilGone(
  url: string,
  { token, city }: { token: string; city: string },
  client: string,
  onAcknowledged: () => void,
): Promise<Sent[]> {
  const all: Sent[] = [];
  for (let n = 0; ; n++) {
    for (const write of writesOf(`${client}-${n}`, city)) {
      const sent: Sent = { ...write, revision: undefined };
      all.push(sent);
      try {
        await send(url, token, sent);
        onAcknowledged();
      } catch (error) {
        // What fetch throws when the connection breaks or is refused, a TypeError of another realm than Jest's.
        if ((error as Error).name === "TypeError") return all;
        throw error;
      }
    }
  }
}
