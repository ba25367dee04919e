// The commands of the rooms as mutations: each done to one record, under the right that it declares.
import { InputType } from "type-graphql";
import { toDo } from "../../access/permissions";
import type { Catalogue } from "../../database/declare/catalogue";
import type { Command } from "../../database/write/command";
import { upperFirst } from "../../kernel/names";
import { addInput } from "../declare-field";
import { refOf } from "../references";
import { payloadOf } from "./payloads";
import { addWrite, readFields } from "./record-mutations";
import { addTarget, targetOf, type TargetInput } from "./target";
import { columnField, referenceWritten, type WritableField } from "./writable-fields";
import { runWrite } from "./write";

export function addCommands(catalogue: Catalogue): void {
  for (const command of catalogue.commands) addCommand(command);
}

function addCommand(command: Command): void {
  const { name, on, takes } = command;
  const permission = toDo(command);
  const fields: WritableField[] = [
    ...Object.entries(takes?.columns ?? {}).map(([column, declared]) => columnField(column, declared)),
    ...Object.entries(takes?.references ?? {}).map(([column, declared]) => referenceWritten(column, declared)),
  ];
  class CommandInput {}
  InputType(`${upperFirst(name)}Input`, { description: `What ${name} is done to, and with what.` })(CommandInput);
  addTarget(CommandInput, refOf(on), `Which ${on.name}.`);
  for (const { name: input, description, required, type } of fields) {
    addInput(CommandInput, { name: input, description, required, type });
  }
  addWrite(
    permission,
    payloadOf(command.gives ?? on),
    CommandInput,
    command.description,
    (input: TargetInput, context) =>
      runWrite(context, permission, command.gives ?? on, input, async (write) => {
        const target = await targetOf(write, permission, on, input);
        const { values } = await readFields(fields, input, write);
        return command.act(write, target, { ...nothing(command), ...values });
      }),
  );
}

function nothing({ takes }: Command): Record<string, null> {
  const names = [...Object.keys(takes?.columns ?? {}), ...Object.keys(takes?.references ?? {})];
  return Object.fromEntries(names.map((name) => [name, null]));
}
