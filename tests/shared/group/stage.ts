import { beforeEach } from "vitest";
import type { Role } from "../../../shared/group/permissions.ts";
import {
  accepted,
  act,
  anyHash,
  append,
  type Log,
  newLog,
  newPerson,
  nextLink,
  type Person,
  rotation,
} from "./people.ts";

/** A log by alice with nobody else in it, anew for each test, and what its people commonly do. */
export type LogStage = {
  readonly alice: Person;
  readonly bob: Person;
  readonly eve: Person;
  log: Log;
  epoch(): number;
  join(person: Person, role: Role, by?: Person): Promise<Log>;
  newRecord(): { id: string; ver: number; h: string };
  addRecord(by?: Person): Promise<{ id: string; ver: number; h: string }>;
  removal(target: Person, by?: Person): Promise<Log>;
};

/** To be called once in a file. */
export function stageLog(): LogStage {
  const people = {} as { alice: Person; bob: Person; eve: Person };
  let log: Log;
  beforeEach(async () => {
    Object.assign(people, { alice: await newPerson(), bob: await newPerson(), eve: await newPerson() });
    log = await newLog(people.alice);
  });
  const epoch = () => log.known.core?.epoch ?? 0;
  const newRecord = () => ({ id: crypto.randomUUID(), ver: 1, h: anyHash() });
  return {
    get alice() {
      return people.alice;
    },
    get bob() {
      return people.bob;
    },
    get eve() {
      return people.eve;
    },
    get log() {
      return log;
    },
    set log(next) {
      log = next;
    },
    epoch,
    newRecord,
    join: async (person, role, by = people.alice) => act(log, by, "add", await accepted(log, person, role)),
    async addRecord(by = people.alice) {
      const head = newRecord();
      log = await act(log, by, "records", { epoch: epoch(), heads: [head] });
      return head;
    },
    async removal(target, by = people.alice) {
      const { saying, list } = await rotation(log);
      return append(log, await nextLink(log, by, "remove", { ...saying, target: target.id }), list);
    },
  };
}
