// A conversation with the official client: `node chat_journey.js` with PLAN in the environment, a JSON object of url,
// transports, and users (three of {userId, username, token}). Ends with 0 if every step held, else tells which did not.
const assert = require("node:assert/strict");
const { randomUUID } = require("node:crypto");
const { io } = require("socket.io-client");

const plan = JSON.parse(process.env.PLAN);
const [ann, bob, eve] = plan.users;
const WAIT_MS = 8000;
const OURS = /^(message|dm|room|notification|typing|location):/;

// A client that remembers every event of conversations from its first moment on.
function client({ token }) {
  const socket = io(plan.url, { auth: { token }, transports: plan.transports, reconnection: false, forceNew: true });
  const heard = [];
  const waiting = [];
  socket.onAny((event, payload) => {
    if (OURS.test(event)) heard.push({ event, payload });
    for (const look of [...waiting]) look();
  });
  const hear = (event) =>
    new Promise((resolve, reject) => {
      const look = () => {
        const at = heard.findIndex((one) => one.event === event);
        if (at < 0) return;
        const [found] = heard.splice(at, 1);
        clearTimeout(timer);
        waiting.splice(waiting.indexOf(look), 1);
        resolve(found.payload);
      };
      const timer = setTimeout(() => {
        const names = heard.map((one) => one.event).join(", ");
        reject(new Error(`no ${event} within ${WAIT_MS} ms; unread: ${names}`));
      }, WAIT_MS);
      waiting.push(look);
      look();
    });
  const ask = (event, ...payload) => socket.timeout(WAIT_MS).emitWithAck(event, ...payload);
  const ready = new Promise((resolve, reject) => {
    socket.once("online:users", resolve);
    socket.once("connect_error", reject);
  });
  return { socket, hear, ask, ready, unread: () => heard.splice(0).map((one) => one.event) };
}

const words = (conversationId, text, more = {}) => ({ conversationId, id: randomUUID(), text, ...more });

async function journey() {
  let step = "connected";
  const done = [];
  const next = (name) => {
    done.push(step);
    step = name;
  };
  try {
    const [a, b, c] = [client(ann), client(bob), client(eve)];
    await Promise.all([a.ready, b.ready, c.ready]);

    next("direct conversation");
    const opened = await a.ask("dm:open", { userId: bob.userId });
    const where = opened.conversation.id;
    assert.equal((await b.hear("dm:opened")).conversation.id, where);
    await a.hear("dm:opened");
    assert.equal((await b.ask("dm:open", { userId: ann.userId })).conversation.id, where);

    next("typing");
    assert.deepEqual(await a.ask("typing:update", { conversationId: where }), { success: true });
    const typing = { conversationId: where, userId: ann.userId, typing: true };
    assert.deepEqual(await b.hear("typing:changed"), typing);

    next("send");
    const hello = words(where, "안녕, **Bob**! 👋");
    const sent = await a.ask("message:send", hello);
    assert.deepEqual([sent.message.id, sent.message.seq, sent.message.text], [hello.id, 1, hello.text]);
    assert.deepEqual(await b.hear("message:new"), sent);
    assert.deepEqual(await a.hear("message:new"), sent);
    assert.equal((await b.hear("typing:changed")).typing, false);
    assert.deepEqual(await a.ask("message:send", hello), sent);
    for (const who of [a, b]) assert.deepEqual(await who.hear("message:changed"), sent);

    next("edit");
    const edited = await a.ask("message:edit", { conversationId: where, id: hello.id, text: "안녕!" });
    assert.deepEqual([edited.message.text, edited.message.change], ["안녕!", 2]);
    assert.deepEqual(await b.hear("message:changed"), edited);

    next("react");
    const reacted = await b.ask("message:react", { conversationId: where, id: hello.id, emoji: "👍" });
    assert.deepEqual(reacted.message.reactions, [{ emoji: "👍", userIds: [bob.userId] }]);
    assert.deepEqual(await a.hear("message:changed"), edited);
    assert.deepEqual(await a.hear("message:changed"), reacted);

    next("many without waiting");
    const texts = Array.from({ length: 30 }, (_, number) => `number ${number}`);
    const answers = await Promise.all(texts.map((text) => a.ask("message:send", words(where, text))));
    assert.deepEqual(
      answers.map(({ message }) => [message.seq, message.text]),
      texts.map((text, number) => [number + 2, text]),
    );
    for (const answer of answers) assert.deepEqual(await b.hear("message:new"), answer);

    next("marks");
    const marks = await b.ask("message:mark", { conversationId: where, readSeq: 31 });
    assert.deepEqual(marks, { conversationId: where, userId: bob.userId, deliveredSeq: 31, readSeq: 31 });
    assert.deepEqual(await a.hear("message:marks"), marks);
    assert.equal((await b.hear("notification:unread")).unread, 0);

    next("missed");
    b.socket.close();
    const late = await a.ask("message:send", words(where, `late @${bob.username}`));
    const back = client(bob);
    await back.ready;
    const { conversations } = await back.ask("notification:list");
    assert.deepEqual(
      conversations.map((one) => [one.id, one.lastChange, one.unread, one.mentions]),
      [[where, 34, 1, 1]],
    );
    const missed = await back.ask("message:missed", { conversationId: where, after: 33 });
    assert.deepEqual([missed.messages, missed.more], [[late.message], false]);
    const page = await back.ask("message:history", { conversationId: where, before: 3, limit: 5 });
    assert.deepEqual(page.messages.map((one) => one.seq), [1, 2]);

    next("room");
    const wanted = { id: randomUUID(), title: "실험실", userIds: [bob.userId, eve.userId] };
    const room = (await a.ask("room:create", wanted)).conversation;
    for (const who of [a, back, c]) assert.equal((await who.hear("room:updated")).conversation.id, room.id);
    assert.deepEqual(await c.ask("location:update", { roomId: room.id }), { success: true });
    assert.deepEqual((await a.ask("location:here", { roomId: room.id })).users, [eve.userId]);
    const first = await a.ask("message:send", words(room.id, "@all welcome"));
    for (const who of [back, c]) {
      assert.deepEqual(await who.hear("message:new"), first);
      assert.equal((await who.hear("notification:mention")).id, first.message.id);
    }

    next("put out while connected");
    await a.ask("room:remove", { conversationId: room.id, userId: eve.userId });
    assert.deepEqual(await c.hear("room:removed"), { conversationId: room.id, byId: ann.userId });
    c.unread();
    await a.ask("message:send", words(room.id, "among us"));
    await back.hear("message:new");
    for (const [event, payload] of [
      ["message:send", words(room.id, "me too")],
      ["message:history", { conversationId: room.id }],
      ["typing:update", { conversationId: room.id }],
      ["location:update", { roomId: room.id }],
    ]) {
      const answer = await c.ask(event, payload);
      assert.deepEqual([answer.success, answer.error.code], [false, "unknown_conversation"], event);
    }
    assert.deepEqual(c.unread(), []);
    next("");
  } catch (error) {
    console.log(JSON.stringify({ done, step, error: String(error.stack || error) }));
    process.exit(1);
  }
  console.log(JSON.stringify({ done }));
  process.exit(0);
}

journey();
