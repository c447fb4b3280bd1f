export { orAborted } from "../files/or-aborted.js";
