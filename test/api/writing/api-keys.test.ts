// Keys as the Secretariat makes, lists and revokes them: a token is shown once, and nobody else learns of keys.
import "reflect-metadata";
import { startApi, type TestApi } from "../../support/api";
import { askWith, makeKey, scopeId } from "../../support/keys";

let api: TestApi;
let secretariat: string;
beforeAll(async () => {
  api = await startApi();
  secretariat = await makeKey(api.database, "SECRETARIAT");
});
afterAll(() => api.close());

const KEY =
  "apiKey { name role createdBy expiresAt revokedAt belongsTo { ... on City { slug } ... on Network { slug } } }";
const CREATE = `mutation ($input: CreateApiKeyInput!) {
  createApiKey(input: $input) { token revision userErrors { code path } ${KEY} }
}`;

async function create(input: object): Promise<any> {
  const { data, errors } = await askWith(api.url, secretariat, CREATE, { input });
  expect(errors).toBeUndefined();
  return data.createApiKey;
}

it("makes a key whose token is good at once, and shows it once", async () => {
  const input = { name: "Kraków", role: "CITY", belongsTo: { city: "krakow" }, idempotencyKey: "k1" };
  const made = await create(input);
  expect(made).toMatchObject({
    userErrors: [],
    apiKey: { name: "Kraków", role: "CITY", belongsTo: { slug: "krakow" } },
  });
  expect(made.token).toMatch(/^ccg_[A-Za-z0-9_-]{43}$/);
  const { data } = await askWith(api.url, made.token, "{ viewer { role keyName city { slug } } apiKeys { name } }");
  expect(data).toEqual({ viewer: { role: "CITY", keyName: "Kraków", city: { slug: "krakow" } }, apiKeys: null });
  expect(await create(input)).toEqual({ ...made, token: null });
});

it.each([
  [{ name: "no scope", role: "CITY" }, "INVALID", "belongsTo"],
  [{ name: "a scope too many", role: "READER", belongsTo: { city: "krakow" } }, "INVALID", "belongsTo"],
  [{ name: "another type", role: "CITY", belongsTo: { network: "gnlc" } }, "INVALID", "belongsTo"],
  [{ name: "nobody", role: "CITY", belongsTo: { city: "nowhere" } }, "NOT_FOUND", "belongsTo"],
  [{ name: "over", role: "READER", expiresAt: "2020-01-01T00:00:00Z" }, "INVALID", "expiresAt"],
  [{ name: " ", role: "READER" }, "INVALID", "name"],
])("refuses %j", async (input, code, field) => {
  expect(await create(input)).toMatchObject({
    token: null,
    apiKey: null,
    userErrors: [{ code, path: ["input", field] }],
  });
});

it("gives no name twice, and no token for a name that is taken", async () => {
  await create({ name: "once", role: "READER" });
  expect(await create({ name: "once", role: "READER" })).toMatchObject({
    token: null,
    userErrors: [{ code: "NOT_UNIQUE", path: ["input", "name"] }],
  });
});

it("lists keys for the Secretariat alone, without anything that a token could be made of", async () => {
  const query = "{ apiKeys { name role createdBy createdAt lastUsedAt revokedAt } }";
  const { data } = await askWith(api.url, secretariat, query);
  expect(data.apiKeys.length).toBeGreaterThan(1);
  const network = await makeKey(api.database, "NETWORK", await scopeId(api.database, "NETWORK", "gnlc"));
  for (const token of [network, await makeKey(api.database, "READER")]) {
    expect((await askWith(api.url, token, query)).data).toEqual({ apiKeys: null });
  }
  expect(await api.untypedData(query)).toEqual({ apiKeys: null });
});

describe("revokeApiKey", () => {
  it("refuses the key from the next request on", async () => {
    const { token } = await create({ name: "short-lived", role: "READER" });
    const revoke = `mutation { revokeApiKey(input: { name: "short-lived" }) { userErrors { code } apiKey { revokedAt } } }`;
    const { data } = await askWith(api.url, secretariat, revoke);
    expect(data.revokeApiKey).toEqual({ userErrors: [], apiKey: { revokedAt: "2026-11-20T12:00:00.000Z" } });
    const refused = await askWith(api.url, token, "{ revision }");
    expect([refused.status, refused.errors?.[0]?.extensions.reason]).toEqual([401, "REVOKED_KEY"]);
    const listed = await askWith(api.url, secretariat, "{ apiKeys(revoked: false) { name } }");
    expect(listed.data.apiKeys).not.toContainEqual({ name: "short-lived" });
    const nobody = await askWith(
      api.url,
      secretariat,
      `mutation { revokeApiKey(input: { name: "nobody" }) { userErrors { code } } }`,
    );
    expect(nobody.data.revokeApiKey.userErrors).toEqual([{ code: "NOT_FOUND" }]);
  });
});

it("makes no key whose name looks like another's, and revokes one by a name that looks like its own", async () => {
  await create({ name: "Office of York", role: "READER" });
  expect(await create({ name: "office of Yоrk", role: "READER" })).toMatchObject({
    token: null,
    apiKey: null,
    userErrors: [{ code: "NOT_UNIQUE", path: ["input", "name"] }],
  });
  expect(await create({ name: "Dataset", role: "READER" })).toMatchObject({
    userErrors: [{ code: "INVALID", path: ["input", "name"] }],
  });
  const revoke = `mutation { revokeApiKey(input: { name: "OFFICE OF YORK" }) { apiKey { name revokedAt } } }`;
  const { data } = await askWith(api.url, secretariat, revoke);
  expect(data.revokeApiKey.apiKey).toMatchObject({ name: "Office of York", revokedAt: expect.any(String) });
});
