// @ts-check
// Whom a letter may be sealed to: the key that the reporter wrote into the sealed story, which the
// server cannot read and so cannot have chosen.

/** @typedef {import("./opening.js").Opened} Opened */
/** @typedef {import("./opening.js").Unopened} Unopened */
/** @typedef {"same" | "other" | "unnamed" | "unread"} Verdict */

/**
 * Compares `box`, the key the server hands out for the reporter, with the opened story.
 * `unnamed`: the story is older than this and names none. `unread`: there is no story to ask.
 * @param {(Opened | Unopened)[]} letters of the case, opened
 * @param {string} box
 * @returns {Verdict}
 */
export function judgeBox(letters, box) {
  const story = letters.find(({ place }) => place.direction === "in" && place.seq === 0);
  if (!story || "fault" in story || story.header.kind !== "complaint") return "unread";
  if (!Object.hasOwn(story.body, "box")) return "unnamed";
  return story.body.box === box ? "same" : "other";
}
