// The verbs of the rooms as mutations: each done to one record, under the right that it declares.
import { InputType } from "type-graphql";
import { toDo } from "../../access/permissions";
import type { Catalogue } from "../../database/declare/catalogue";
import type { Verb } from "../../database/write/deed";
import { upperFirst } from "../../kernel/names";
import { addInput } from "../declare-field";
import { refOf } from "../references";
import { payloadOf } from "./payloads";
import { addWrite, readFields } from "./record-mutations";
import { addTarget, targetOf, type TargetInput } from "./target";
import { columnField, referenceWritten, type WritableField } from "./writable-fields";
import { runWrite } from "./write";

export function addVerbs(catalogue: Catalogue): void {
  for (const verb of catalogue.verbs) addVerb(verb);
}

function addVerb(verb: Verb): void {
  const { name, on, takes } = verb;
  const permission = toDo(verb);
  const fields: WritableField[] = [
    ...Object.entries(takes?.columns ?? {}).map(([column, declared]) => columnField(column, declared)),
    ...Object.entries(takes?.references ?? {}).map(([column, declared]) => referenceWritten(column, declared)),
  ];
  class VerbInput {}
  InputType(`${upperFirst(name)}Input`, { description: `What ${name} is done to, and with what.` })(VerbInput);
  addTarget(VerbInput, refOf(on), `Which ${on.name}.`);
  for (const { name: input, description, required, type } of fields) {
    addInput(VerbInput, { name: input, description, required, type });
  }
  addWrite(permission, payloadOf(verb.gives ?? on), VerbInput, verb.description, (input: TargetInput, context) =>
    runWrite(context, permission, verb.gives ?? on, input, async (write) => {
      const target = await targetOf(write, permission, on, input);
      const { values } = await readFields(fields, input, write);
      return verb.act(write, target, { ...nothing(verb), ...values });
    }),
  );
}

function nothing({ takes }: Verb): Record<string, null> {
  const names = [...Object.keys(takes?.columns ?? {}), ...Object.keys(takes?.references ?? {})];
  return Object.fromEntries(names.map((name) => [name, null]));
}
