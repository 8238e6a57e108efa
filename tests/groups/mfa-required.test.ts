import { expect, test } from "vitest";
import { err, ok } from "../../shared/result.ts";
import { value } from "./device.ts";
import { eachWithServer } from "./each-with-server.ts";
import { codeAt, newOwnDevice } from "./own-device.ts";
import { cancelling, setUpIn, showing, withClock } from "./own-factors.ts";
import { EMAIL, FIRST, secretsOn } from "./own-world.ts";

const server = eachWithServer('{ "required": "everybody", "graceDays": 0 }');
withClock();

test("who registers where a second factor is wanted sets one up before anything is opened, or begins again later", async () => {
  const { db, served } = server();
  const alice = await newOwnDevice(FIRST);
  const code = await codeAt(db, served, served.origin);
  const register = (show?: Parameters<typeof alice.register.registerWithCode>[2]) =>
    alice.register.registerWithCode({ code, email: EMAIL, passphrase: FIRST }, Date.now(), show);
  expect(await register()).toEqual(err("factor-missing"));
  expect(await register(cancelling)).toEqual(err("factor-cancelled"));
  expect(await db.selectFrom("session").selectAll().execute()).toEqual([]);
  expect(await alice.db.servers.count()).toBe(0);

  const phones: Awaited<ReturnType<typeof setUpIn>>[] = [];
  const lacked: string[] = [];
  const { serverId } = value(
    await register(async (half) => {
      lacked.push(half.lacks);
      phones.push(await setUpIn(alice, half));
      return ok(undefined);
    }),
  );
  expect(lacked).toEqual(["factor-missing"]);
  value(await alice.sync.syncServer(serverId));
  expect((await secretsOn(alice, serverId)).device).toBeNull();

  const [phone] = phones;
  if (phone === undefined) throw Error("nothing was set up");
  const show = showing(alice, phone);
  value(await alice.again.signInAgain(serverId, FIRST, {}, show));
  expect(show.asked).toMatchObject([{ lacks: "factor-needed" }]);
  value(await alice.sync.syncServer(serverId));
});
