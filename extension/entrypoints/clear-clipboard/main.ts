import { answerClearing } from "../../clipboard/clearing-channel.ts";
import { compareAndClear } from "../../clipboard/compare-and-clear.ts";

// The offscreen document: there for the moment in which a copied code is due, and never seen.
answerClearing(compareAndClear);
