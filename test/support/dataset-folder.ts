// Copies of the reference dataset with a few cells changed, in folders that are thrown away.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DATA_FOLDER } from "../../src/installation";

/** From the text of a file to what it holds instead. */
export type Edits = Readonly<Record<string, (content: string) => string | Buffer>>;

const made: string[] = [];

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "ccg-dataset-"));
  made.push(folder);
  return folder;
}

export function editedDataset(edits: Edits): string {
  const folder = newFolder();
  cpSync(DATA_FOLDER, folder, { recursive: true, dereference: true });
  for (const [file, edit] of Object.entries(edits)) {
    writeFileSync(join(folder, file), edit(readFileSync(join(folder, file), "utf8")));
  }
  return folder;
}

export function removeFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Replaces text in one line, counted from 1. @throws when the line does not have it: the dataset has moved on */
export function inLine(line: number, from: string, to: string): (content: string) => string {
  return (content) => {
    const lines = content.split("\n");
    const found = lines[line - 1];
    if (found?.includes(from) !== true) throw new Error(`line ${line} is "${found}" and has no "${from}"`);
    lines[line - 1] = found.replace(from, () => to);
    return lines.join("\n");
  };
}

export function appended(row: string): (content: string) => string {
  return (content) => `${content}${row}\n`;
}

/** The number of the line that a text begins, counted from 1. */
export function lineOf(content: string, start: string): number {
  const at = content.split("\n").findIndex((line) => line.startsWith(start));
  if (at === -1) throw new Error(`no line begins with "${start}"`);
  return at + 1;
}
