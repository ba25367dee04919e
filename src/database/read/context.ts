// What a read depends on beside its arguments.

export interface ReadContext {
  /** the UTC day that stands for "today" */
  today: string;
}
