// @ts-check
// The pages where a person's keys are made or wrapped anew; each finds its own form here.
import "./daftar.js";
import "./sandi.js";
import "./kunci_unit.js";
import "./sandi_dulu.js";
import "./pasang_kunci.js";
