// @ts-check
// The heavy half, a bundle of its own: loaded after the first paint, used at the last step, with
// what only that step and the receipt show.

export { derive, group, newReceipt } from "../../../../../shared/web/js/receipt.js";
export { compose } from "./filing.js";
export { sealInParts } from "../../../../../shared/web/js/seal.js";
export { showRoute } from "./handlers.js";
export { showAnswers } from "./review.js";
export { forgetPicture, groups, showReceipt } from "./receipt.js";
export { PROOF_HEADER, prove } from "../../../../../shared/web/js/proof.js";
