// mergeCities and the like, for every type whose records may turn out to be one.
import { InputType } from "type-graphql";
import { toMerge } from "../../access/permissions";
import type { Catalogue } from "../../database/declare/catalogue";
import type { RecordType } from "../../database/declare/record-type";
import { mergeRecords } from "../../database/write/merge";
import { upperFirst } from "../../kernel/names";
import { refusal } from "../../kernel/user-errors";
import { addInput } from "../declare-field";
import { findReferred, refOf, type ReferenceInput } from "../references";
import { payloadOf } from "./payloads";
import { addWrite } from "./record-mutations";
import { addTarget, targetOf, type TargetInput } from "./target";
import { runWrite } from "./write";

interface MergeInput extends TargetInput {
  into: ReferenceInput;
}

export function addMerges(catalogue: Catalogue): void {
  for (const type of catalogue.records) if (type.mergeable) addMerge(catalogue, type);
}

function addMerge(catalogue: Catalogue, type: RecordType): void {
  const permission = toMerge(type);
  const reference = refOf(type);
  class Input {}
  InputType(`${upperFirst(permission.mutation)}Input`, { description: `Which two ${type.plural} are one.` })(Input);
  addTarget(Input, reference, "The one that goes.");
  addInput(Input, { name: "into", type: () => reference, description: "The one that stays.", required: true });
  const description = `Says that two ${type.plural} are one. What refers to the one that goes refers to the other from then on, which takes over its names, external ids and sources, and what it did not know itself; its id, slug and external ids lead to the other for ever. Refused where both have something that one can have only once, such as a part in the same project.`;
  addWrite(permission, payloadOf(type), Input, description, (input: MergeInput, context) =>
    runWrite(context, permission, type, input, async (write) => {
      const from = await targetOf(write, permission, type, input);
      const into = await findReferred(write.records, type, input.into);
      if (into === undefined) throw refusal("NOT_FOUND", `there is no such ${type.name}`, "into");
      if (into.id === from.id) throw refusal("INVALID", "into must be another one", "into");
      await mergeRecords(write.session, catalogue, type, from, into);
      return into.id;
    }),
  );
}
