// Several mutations in one operation, and mutations that come by the wrong method.
import "reflect-metadata";
import { bearing } from "../../support/keys";
import { WriteFixture } from "../../support/writing/write-fixture";

let fixture: WriteFixture;
beforeAll(async () => {
  fixture = await WriteFixture.open();
}, 60_000);
afterAll(() => fixture.close());

const publication = (slug: string): string => `{ slug: "${slug}", title: "Title", kind: GUIDE }`;
const FIELDS = "revision userErrors { code path } publication { id title }";

it("are done in order, each by itself: each sees what the ones before it wrote", async () => {
  const before = BigInt(await fixture.revision());
  const { data, errors } = await fixture.query(
    fixture.tokens.secretariat,
    `mutation {
      made: createPublication(input: ${publication("in-order")}) { ${FIELDS} }
      changed: updatePublication(input: { by: { slug: "in-order" }, title: "Changed" }) { ${FIELDS} }
      gone: deletePublication(input: { by: { slug: "in-order" } }) { revision userErrors { code } deletedId }
      again: createPublication(input: ${publication("in-order")}) { ${FIELDS} }
    }`,
  );
  expect(errors).toBeUndefined();
  expect([data.made, data.changed, data.gone, data.again].map(({ revision }) => BigInt(revision) - before)).toEqual([
    1n,
    2n,
    3n,
    4n,
  ]);
  expect(data.made.publication.title).toBe("Title");
  expect(data.changed.publication).toEqual({ id: data.made.publication.id, title: "Changed" });
  expect(data.gone.deletedId).toBe(data.made.publication.id);
  expect(data.again.publication.id).not.toBe(data.made.publication.id);
});

it("stand by themselves: one that is refused leaves what others wrote", async () => {
  const before = BigInt(await fixture.revision());
  const { data, errors } = await fixture.query(
    fixture.tokens.secretariat,
    `mutation {
      first: createPublication(input: ${publication("first")}) { ${FIELDS} }
      same: createPublication(input: ${publication("first")}) { ${FIELDS} }
      third: createPublication(input: ${publication("third")}) { ${FIELDS} }
    }`,
  );
  expect(errors).toBeUndefined();
  expect(data.same).toMatchObject({ publication: null, userErrors: [{ code: "NOT_UNIQUE", path: ["input", "slug"] }] });
  expect([data.first.userErrors, data.third.userErrors]).toEqual([[], []]);
  expect(BigInt(data.third.revision) - before).toBe(2n);
  expect(BigInt(await fixture.revision()) - before).toBe(2n);
});

it("that fail with an error leave what was written before them", async () => {
  const { token, id } = fixture.stranger("CITY");
  const before = BigInt(await fixture.revision());
  const { errors } = await fixture.query(
    token,
    `mutation ($id: ID!) {
      mine: createExpert(input: { slug: "mine", name: "Mine", city: { id: $id } }) { revision }
      notMine: createPublication(input: ${publication("not-mine")}) { revision }
    }`,
    { id },
  );
  expect(errors).toMatchObject([{ path: ["notMine"], extensions: { code: "FORBIDDEN" } }]);
  expect(BigInt(await fixture.revision()) - before).toBe(1n);
  const { data } = await fixture.query(null, '{ expert(by: { slug: "mine" }) { name } }');
  expect(data.expert).toEqual({ name: "Mine" });
});

it.each(["GET", "HEAD"])("are not taken by %s, and nothing is written", async (method) => {
  const traces = await fixture.traces();
  const query = `mutation { createPublication(input: ${publication("by-get")}) { revision } }`;
  const response = await fetch(`${fixture.api.url}/graphql?${new URLSearchParams({ query }).toString()}`, {
    method,
    headers: { ...bearing(fixture.tokens.secretariat), "apollo-require-preflight": "true" },
  });
  expect(response.status).toBe(405);
  expect(response.headers.get("allow")).toContain("POST");
  expect(await fixture.traces()).toEqual(traces);
});
