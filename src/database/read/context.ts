// What a read depends on beside its arguments.

import type { Viewer } from "../../kernel/viewer";

export interface ReadContext {
  /** the UTC day that stands for "today" */
  today: string;
  /** who asks: rows and columns that are not for them are not there */
  viewer: Viewer;
}
