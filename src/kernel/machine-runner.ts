// Runs a machine whose table says what is to be done: tells it what happens and what time it is, and has its effects brought about.
import type { Machine, Transitions } from "./transitions";

/** A machine that is told when the time has come that its `alarmOf` says. */
interface Alarm {
  alarm: Readonly<Record<string, never>>;
}

export interface RunOptions<State extends string, Data, Events extends Alarm, Effect> {
  from: Machine<State, Data>;
  table: Transitions<State, Data, Events, Effect>;
  /** when the next alarm is due, by performance.now(); Infinity for never */
  alarmOf: (machine: Machine<State, Data>) => number;
  /** whether the alarm keeps the process alive; not where nothing is said */
  keepsAlive?: (data: Data) => boolean;
  /** may tell of further events */
  bringAbout: (effect: Effect) => void;
}

export class MachineRunner<State extends string, Data, Events extends Alarm, Effect> {
  private machine: Machine<State, Data>;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: RunOptions<State, Data, Events, Effect>) {
    this.machine = options.from;
  }

  get state(): State {
    return this.machine.state;
  }

  get data(): Data {
    return this.machine.data;
  }

  tell<Event extends keyof Events>(event: Event, facts: Events[Event]): void {
    const { table, bringAbout } = this.options;
    const { state, data, effects } = table[this.machine.state][event](this.machine.data, facts, performance.now());
    this.machine = { state, data };
    for (const effect of effects) bringAbout(effect);
    this.setAlarm();
  }

  private setAlarm(): void {
    clearTimeout(this.timer);
    const { alarmOf, keepsAlive } = this.options;
    const due = alarmOf(this.machine);
    if (due === Infinity) return;
    // Rounded up: a timer that fires too early would only be set again.
    this.timer = setTimeout(() => this.tell("alarm", {}), Math.ceil(due - performance.now()));
    if (keepsAlive?.(this.machine.data) !== true) this.timer.unref();
  }
}
