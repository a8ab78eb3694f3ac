// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { sender } from "../../services/complaints/static/src/lapor/sending.js";
import { Told, Unreachable } from "../../services/complaints/static/src/lapor/told.js";

const ROUTE = /** @type {any} */ ({ unit: "u", epoch: 1 });
const ACCEPTED = { case: "c", desk: "apip_kab", excluded: 0, promised: [] };
const LOST = new Unreachable();
const BUSY = new Told(503, [{ code: "busy", field: null, message: "" }]);

/** @param {string} code @param {string | null} [field] */
const refused = (code, field = null) => new Told(422, [{ code, field, message: "" }]);

/** @param {string} text @returns {any} */
const story = (text) => ({ disclosed: {}, body: { story: text }, address: "" });

/** A line to a server that answers as told, one answer a post. @param {...(Error | object)} answers */
function line(...answers) {
  /** @type {Uint8Array[]} */
  const sent = [];
  const asked = { times: 0 };
  const send = sender({
    ask: async () => {
      asked.times += 1;
      return { ...ROUTE, epoch: ROUTE.epoch + asked.times };
    },
    seal: async ({ body }, { epoch }) => new TextEncoder().encode(`${body.story} ${epoch} ${sent.length}`),
    post: async (body) => {
      sent.push(body);
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return /** @type {any} */ (answer);
    },
    wait: async () => {},
  });
  return { send, sent, asked };
}

for (const fault of [LOST, BUSY])
  test(`after no certain answer the same bytes go out again: ${fault.code}`, async () => {
    const { send, sent } = line(fault, fault, ACCEPTED);

    await assert.rejects(send(story("a"), ROUTE), fault);
    await assert.rejects(send(story("a"), ROUTE), fault);
    const done = await send(story("a"), ROUTE);

    assert.deepEqual(done, { answer: ACCEPTED, differs: false });
    assert.deepEqual(sent[1], sent[0]);
    assert.deepEqual(sent[2], sent[0]);
  });

test("words changed meanwhile do not go out while the first may have come in", async () => {
  const { send, sent } = line(LOST, ACCEPTED);

  await assert.rejects(send(story("a"), ROUTE));
  const done = await send(story("b"), ROUTE);

  assert.deepEqual(done, { answer: ACCEPTED, differs: true });
  assert.deepEqual(sent[1], sent[0]);
});

test("once the first is refused for certain, the new words are sealed", async () => {
  const { send, sent } = line(LOST, refused("required", "envelope"), ACCEPTED);

  await assert.rejects(send(story("a"), ROUTE));
  const done = await send(story("b"), ROUTE);

  assert.equal(done.differs, false);
  assert.match(new TextDecoder().decode(sent[2]), /^b/);
});

test("a refusal is told, and the next press seals anew", async () => {
  const fault = refused("unknown_code", "disclosed.service");
  const { send, sent } = line(fault, ACCEPTED);

  await assert.rejects(send(story("a"), ROUTE), fault);
  await send(story("a"), ROUTE);

  assert.notDeepEqual(sent[1], sent[0]);
});

test("a key that grew old is asked for again and sealed to again", async () => {
  const { send, sent, asked } = line(refused("stale_key", "epoch"), ACCEPTED);

  const done = await send(story("a"), ROUTE);

  assert.equal(done.answer, ACCEPTED);
  assert.equal(asked.times, 1);
  assert.match(new TextDecoder().decode(sent[1]), /^a 2/);
});

test("a server that never knows its own key is not asked without end", async () => {
  const stale = refused("stale_key", "epoch");
  const { send, asked } = line(stale, stale, stale, stale);

  await assert.rejects(send(story("a"), ROUTE), stale);

  assert.equal(asked.times, 2);
});
