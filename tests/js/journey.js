// The contract's journey with the official client: `node journey.js` with PLAN in the environment, a JSON object of
// url, transports, and users (two of {userId, username, token}). Ends with 0 if every step held, else tells which did not.
const assert = require("node:assert/strict");
const { io } = require("socket.io-client");

const plan = JSON.parse(process.env.PLAN);
const [ann, bob] = plan.users;
const WAIT_MS = 8000;

// A client that remembers every event from its first moment on.
function client(auth) {
  const socket = io(plan.url, { auth, transports: plan.transports, reconnection: false, forceNew: true });
  const heard = [];
  const waiting = [];
  const take = (event, payload) => {
    heard.push({ event, payload });
    for (const look of [...waiting]) look();
  };
  socket.onAny(take);
  socket.on("connect_error", (error) => take("connect_error", error));
  socket.on("disconnect", (reason) => take("disconnect", reason));
  const hear = (event, wanted = () => true) =>
    new Promise((resolve, reject) => {
      const look = () => {
        const at = heard.findIndex((one) => one.event === event && wanted(one.payload));
        if (at < 0) return;
        const [found] = heard.splice(at, 1);
        clearTimeout(timer);
        waiting.splice(waiting.indexOf(look), 1);
        resolve(found.payload);
      };
      const timer = setTimeout(() => {
        const names = heard.map((one) => one.event).join(", ");
        reject(new Error(`no ${event} as wanted within ${WAIT_MS} ms; unread: ${names}`));
      }, WAIT_MS);
      waiting.push(look);
      look();
    });
  return { socket, hear, order: () => heard.map((one) => one.event) };
}

const isMoment = (value) => Number.isInteger(value) && Math.abs(value - Date.now()) < 60_000;
const ask = (who, event, ...payload) => who.socket.timeout(WAIT_MS).emitWithAck(event, ...payload);

async function journey() {
  let step = "connected";
  const done = [];
  const next = (name) => {
    done.push(step);
    step = name;
  };
  try {
    const a = client({ token: ann.token });
    const connected = await a.hear("connected");
    assert.deepEqual([connected.userId, connected.username, connected.status], [ann.userId, ann.username, "online"]);
    assert.ok(isMoment(connected.timestamp));

    next("snapshot unasked");
    const first = await a.hear("online:users");
    assert.equal(first.count, 1);
    assert.deepEqual(
      first.users.map((user) => [user.userId, user.username, user.status, user.avatar]),
      [[ann.userId, ann.username, "online", null]],
    );
    assert.ok(isMoment(first.users[0].lastSeen));

    next("somebody comes");
    const b = client({ token: bob.token });
    await b.hear("connected");
    assert.equal((await b.hear("online:users")).count, 2);
    const came = await a.hear("user:status", (status) => status.userId === bob.userId);
    assert.deepEqual([came.username, came.status, isMoment(came.timestamp)], [bob.username, "online", true]);

    next("upgrade");
    if (plan.transports.length === 2) {
      while (b.socket.io.engine.transport.name !== "websocket") {
        await new Promise((resolve) => b.socket.io.engine.once("upgrade", resolve));
      }
    }
    const transport = b.socket.io.engine.transport.name;
    assert.equal(transport, plan.transports.at(-1));

    next("status change seen by another");
    const acknowledged = await ask(a, "status:update", { status: "busy" });
    const confirmed = await a.hear("status:updated");
    assert.deepEqual(acknowledged, confirmed);
    assert.deepEqual([confirmed.userId, confirmed.status], [ann.userId, "busy"]);
    for (const observer of [a, b]) {
      const seen = await observer.hear("user:status", (status) => status.userId === ann.userId);
      assert.deepEqual([seen.username, seen.status, isMoment(seen.timestamp)], [ann.username, "busy", true]);
    }

    next("list on demand");
    const listed = await ask(b, "online:list");
    assert.deepEqual(listed, await b.hear("online:users"));
    assert.deepEqual(
      listed.users.map((user) => [user.userId, user.status]).sort(),
      [[ann.userId, "busy"], [bob.userId, "online"]].sort(),
    );

    next("query");
    const queried = await ask(b, "status:query", { targetUserId: ann.userId });
    assert.deepEqual([queried.userId, queried.username, queried.status], [ann.userId, ann.username, "busy"]);
    assert.deepEqual(await b.hear("user:status"), queried);

    next("heartbeat");
    const beat = await ask(b, "heartbeat");
    assert.ok(isMoment(beat.timestamp));
    assert.deepEqual(await b.hear("heartbeat:ack"), beat);

    next("refused requests");
    const refusals = [
      ["status:update", { status: "sleeping" }, "invalid_status"],
      ["status:update", "busy", "invalid_payload"],
      ["status:update", { userId: bob.userId, status: "away" }, "forbidden"],
      ["status:query", { targetUserId: "1" }, "invalid_user_id"],
      ["status:query", { targetUserId: 999_999 }, "unknown_user"],
      ["no:such", {}, "unknown_event"],
    ];
    for (const [event, payload, code] of refusals) {
      const answer = await ask(a, event, payload);
      assert.deepEqual([answer.success, answer.error.code], [false, code], event);
      const told = await a.hear("request:error");
      assert.deepEqual([told.event, told.code], [event, code]);
    }
    assert.ok(a.socket.connected);

    next("refused token");
    const refused = [
      [{ token: plan.forged }, "token_invalid"],
      [{ token: plan.expired }, "token_expired"],
      [{ token: 7 }, "token_invalid"],
      [{}, "token_missing"],
      [undefined, "token_missing"],
    ];
    for (const [auth, code] of refused) {
      const stranger = client(auth);
      const error = await stranger.hear("connect_error");
      assert.equal(error.data?.code, code);
      stranger.socket.disconnect();
      assert.deepEqual(stranger.order(), []);
    }

    next("somebody goes");
    const leaving = Date.now();
    b.socket.close();
    const gone = await a.hear("user:status", (status) => status.userId === bob.userId);
    assert.equal(gone.status, "offline");
    assert.ok(Date.now() - leaving < 1000, "offline within a second");

    next("signing out cuts the socket, telling why");
    const answer = await fetch(`${plan.url}/api/auth/logout`, {
      method: "POST",
      headers: { authorization: `Bearer ${ann.token}` },
    });
    assert.equal(answer.status, 200);
    assert.equal((await a.hear("session:ended")).code, "token_revoked");
    assert.equal(await a.hear("disconnect"), "io server disconnect");
    next("");
  } catch (error) {
    console.log(JSON.stringify({ done, step, error: String(error.stack || error) }));
    process.exit(1);
  }
  console.log(JSON.stringify({ done }));
  process.exit(0);
}

journey();
